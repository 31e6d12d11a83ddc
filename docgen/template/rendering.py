"""What one rendering counts and gathers: the work that is left to it, gaps that would be printed, headings' numbers.

The work of a rendering is limited as a whole (decision 0025): a template's steps, what it makes and what it writes
are paid for in units, before they are done, out of one purse. A unit is about what a character costs to be written.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar, Token
from time import thread_time
from types import TracebackType
from typing import Final, Self

from docgen.errors import DocgenError, Problems
from docgen.template.faults import Refusal, TooMuchWork

WORK: Final = 40_000_000
"""Units of a document. A table of 15,000 rows and six columns takes three quarters of them; Word hardly opens it."""
WORK_OF_A_LINE: Final = 2_000_000
"""Units of a heading, a file's name, a condition: there may be thousands of them."""
_LOOK: Final = 1_000_000  # units after which the clock is looked at
_SECONDS: Final = (
    30.0  # that a rendering may keep the processor, whatever it is that costs more than was paid
)
_LEVELS: Final = 4  # of headings


class Rendering:
    """The state of one rendering, a context; at its end it raises what is missing.

    `left` are the units left to it, within another rendering no more than to that one; `faults` are those of the gaps
    that were to be printed, in order; `counts` are the numbers that the headings of each level have reached.

    Raises:
        Problems: on leaving, with the faults of the gaps, each once, and of what ended the rendering.
    """

    __slots__ = ("_begun", "_given", "_look", "_outer", "_token", "counts", "faults", "left")

    _token: Token[Rendering | None]
    _outer: Rendering | None

    def __init__(self, work: int = WORK) -> None:
        self.left = self._given = work
        self.faults: list[DocgenError] = []
        self.counts = [0] * _LEVELS
        self._begun = 0.0

    def __enter__(self) -> Self:
        self._outer = _NOW.get()
        if self._outer is not None:
            self.left = self._given = min(self._given, max(self._outer.left, 0))
        self._look = self.left - _LOOK
        self._token = _NOW.set(self)
        return self

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: TracebackType | None) -> None:
        _NOW.reset(self._token)
        if self._outer is not None:
            self._outer.left -= self._given - self.left
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

    def spend(self, units: int) -> None:
        """Take units from those left.

        Raises:
            Refusal: if there are not so many, or the rendering has kept the processor too long.
        """
        self.left -= units
        if self.left < self._look:
            self._look_at_the_clock()

    def _look_at_the_clock(self) -> None:
        now = thread_time()
        self._begun = self._begun or now
        if self.left < 0 or now - self._begun > _SECONDS:
            raise Refusal(TooMuchWork)
        self._look = max(self.left - _LOOK, 0)


_NOW: Final[ContextVar[Rendering | None]] = ContextVar("the rendering that is going on", default=None)


def now() -> Rendering | None:
    """Return the rendering that is going on, if one is."""
    return _NOW.get()


def spend(units: int) -> None:
    """Take units from those left to the rendering that goes on, if one does. Raises Refusal, as `Rendering.spend`."""
    here = _NOW.get()
    if here is not None:
        here.spend(units)


def _unique(faults: Iterable[DocgenError]) -> tuple[DocgenError, ...]:
    found: dict[str, DocgenError] = {}
    for each in faults:
        found.setdefault(str(each), each)
    return tuple(found.values())
