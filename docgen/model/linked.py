"""What can be meant by one of its names: a record, a document, a mandate. Apart, because it needs no pydantic."""

from __future__ import annotations

from typing import ClassVar


class Linked:
    """Something that other records link to by one of its names."""

    __slots__ = ()

    noun: ClassVar[str]

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return every name by which a sheet or a command may speak of it, the best one first."""
        raise NotImplementedError

    @property
    def handle(self) -> str:
        """Return the name that docgen itself writes into sheets for it."""
        return self.link_names[0]
