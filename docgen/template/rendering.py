"""What one rendering counts and gathers: rounds of loops, gaps that would be printed, numbers of headings."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Final, Self

from docgen.errors import DocgenError, Problems

_MOST_ROUNDS: Final = 3_000_000
_LEVELS: Final = 4  # of headings


class TooManyRounds(OverflowError):
    """The loops of a document go round more often than any document needs."""


class Rendering:
    """The state of one rendering, a context; at its end it raises what is missing.

    `rounds` are left to its loops; `faults` are those of the gaps that were to be printed, in order; `counts` are
    the numbers that the headings of each level have reached.

    Raises:
        Problems: on leaving, with the faults of the gaps, each once, and of what ended the rendering.
    """

    __slots__ = ("_token", "counts", "faults", "rounds")

    _token: Token[Rendering | None]

    def __init__(self) -> None:
        self.rounds = _MOST_ROUNDS
        self.faults: list[DocgenError] = []
        self.counts = [0] * _LEVELS

    def __enter__(self) -> Self:
        self._token = _NOW.set(self)
        return self

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: TracebackType | None) -> None:
        _NOW.reset(self._token)
        if not self.faults:
            return
        if fault is None:
            raise Problems(_unique(self.faults))
        if isinstance(fault, DocgenError):
            ended = fault.faults if isinstance(fault, Problems) else (fault,)
            raise Problems(_unique([*self.faults, *ended])) from fault

    def taken(self) -> tuple[DocgenError, ...]:
        """Return the faults, each once, and raise them no more."""
        faults = _unique(self.faults)
        self.faults.clear()
        return faults

    def spend(self, rounds: int) -> None:
        """Take rounds from those left.

        Raises:
            TooManyRounds: if there are not so many.
        """
        self.rounds -= rounds
        if self.rounds < 0:
            raise TooManyRounds


_NOW: Final[ContextVar[Rendering | None]] = ContextVar("the rendering that is going on", default=None)


def now() -> Rendering | None:
    """Return the rendering that is going on, if one is."""
    return _NOW.get()


def _unique(faults: Iterable[DocgenError]) -> tuple[DocgenError, ...]:
    found: dict[str, DocgenError] = {}
    for each in faults:
        found.setdefault(str(each), each)
    return tuple(found.values())
