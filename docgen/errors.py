"""The one root of all faults that docgen reports, and the collection that reports many at once.

A fault is a class. Its fields are the values it speaks of, its `code` never changes and leads to
`docs/messages.md`, its `exit_code` is what the shell sees (see `docs/手册.md`, 退出码). The words are
Chinese and say what is wrong and where (`what`), then what to do next (`remedy`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Final

DONE: Final = 0
DATA_WRONG: Final = 1
WRONG_USE: Final = 2
NOT_ALLOWED: Final = 3
OUTSIDE_FAILED: Final = 4
NOT_VERIFIED: Final = 5


@dataclass(eq=False)
class DocgenError(Exception):
    """A fault docgen can name. Subclasses are dataclasses whose fields are the values of the message.

    Faults can be pickled, so that worker processes can send them home.
    """

    code: ClassVar[str] = "docgen"
    exit_code: ClassVar[int] = DATA_WRONG

    @property
    def what(self) -> str:
        """Say in Chinese what is wrong and where."""
        raise NotImplementedError

    @property
    def remedy(self) -> str:
        """Say in Chinese what to do next; empty when `what` already says it."""
        return ""

    @property
    def values(self) -> Mapping[str, Any]:
        """Return the fault's values by field name, for `--json`."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    def __str__(self) -> str:
        return f"{self.what}。{self.remedy}" if self.remedy else self.what

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (type(self), dict(self.values))


def _revive(fault: type[DocgenError], values: Mapping[str, Any]) -> DocgenError:
    return fault(**values)


@dataclass(eq=False)
class Problems(DocgenError):
    """Several faults of one input, gathered so that they are shown at once."""

    code: ClassVar[str] = "problems"

    faults: tuple[DocgenError, ...]

    @property
    def what(self) -> str:
        """Say each fault on a line of its own."""
        return "\n".join(str(fault) for fault in self.faults)

    @classmethod
    def raise_any(cls, faults: Iterable[DocgenError]) -> None:
        """Raise the faults together; do nothing when there are none."""
        gathered = tuple(faults)
        if gathered:
            raise cls(gathered)


@dataclass(frozen=True)
class Advice:
    """Something the user should know although nothing is wrong (a year without a holiday schedule).

    `code` is stable, `text` is a Chinese sentence.
    """

    code: str
    text: str
