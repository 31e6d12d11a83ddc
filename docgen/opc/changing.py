"""Parts of a package that are read when asked for and may be changed before it is written, or written anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

_NOTHING: Final[Mapping[str, bytes]] = {}


class Changing:
    """The parts of a package by name. Those that were set are in `changed`; others are as `read` gives them."""

    __slots__ = ("_read", "changed")

    def __init__(self, read: Callable[[str], bytes], changed: Mapping[str, bytes] = _NOTHING) -> None:
        self._read = read
        self.changed = dict(changed)

    def __getitem__(self, name: str) -> bytes:
        found = self.changed.get(name)
        return self._read(name) if found is None else found

    def __setitem__(self, name: str, content: bytes) -> None:
        self.changed[name] = content


Change: TypeAlias = Callable[[Changing], None]
"""What changes parts of a package, or leaves them."""
