"""Watching one call of LibreOffice: its PDFs as they come, and whether it hangs, dies or grows."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import field
from enum import Enum, auto
from itertools import count
from pathlib import Path
from threading import Event
from typing import Final

from docgen.dataclass import dataclass
from docgen.pdf.soffice import Call
from docgen.pdf.source import Source

START_SECONDS: Final = 90
"""Seconds that LibreOffice may take before it begins with the first file."""
FILE_SECONDS: Final = 60
"""Seconds a file may take (a letter takes a tenth of one)."""
MEGABYTE_SECONDS: Final = 30
"""Seconds more for each megabyte of a file's XML: a table of 10,000 rows has 2.3, and took 34 s."""
MOST_MEMORY: Final = 2**30
"""Bytes at which a LibreOffice that has made a PDF is ended, so that its work goes on in another."""
_TICK: Final = 0.05
_TICKS_A_LOOK: Final = 20
"""Looking up the memory of a group of processes means reading all of /proc."""


class Stopped(Exception):
    """Ends a worker's work."""


class Why(Enum):
    """Why a call is over."""

    ENDED = auto()
    CRASHED = auto()
    HUNG = auto()
    GREW = auto()


@dataclass(frozen=True)
class Ended:
    """How a call went.

    `started` tells whether it got to work at all. `suspects` are the places of the files it passed over and of the
    one it stopped at, `rest` of those it had not begun; `made` is the number of PDFs, `said` the end of what
    LibreOffice printed.
    """

    why: Why
    started: bool
    made: int
    suspects: tuple[int, ...]
    rest: tuple[int, ...]
    said: str


@dataclass
class Watch:
    """A call, the files it converts by place, and what to do with each PDF as soon as it is whole."""

    call: Call
    sources: Mapping[int, Source]
    seconds: int
    on_pdf: Callable[[int, Path], None]
    stopping: Event
    _left: dict[int, Source] = field(init=False)
    _started: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._left = dict(self.sources)

    def watch(self) -> Ended:
        """Wait until the call is over or must be ended. Raises Stopped if it is not wanted any more."""
        deadline = time.monotonic() + START_SECONDS
        for tick in count():
            over = self.call.wait(_TICK)
            if self.stopping.is_set():
                raise Stopped
            if self._has_gone_on():
                deadline = time.monotonic() + self._allowed()
            if over:
                return self._ended(Why.CRASHED if self.call.crashed else Why.ENDED)
            if time.monotonic() > deadline:
                return self._ended(Why.HUNG)
            if tick % _TICKS_A_LOOK == 0 and self._is_too_large():
                return self._ended(Why.GREW)
        raise AssertionError  # the count has no end

    def _allowed(self) -> float:
        """Return the seconds that the file in hand, the first without a PDF, may take."""
        in_hand = next(iter(self._left.values()), None)
        return self.seconds + MEGABYTE_SECONDS * (in_hand.size if in_hand else 0) / 2**20

    def _has_gone_on(self) -> bool:
        """Hand on the PDFs that have become whole; return whether there were any, or work began."""
        before, self._started = self._started, self._started or self.call.started
        return bool(self._collect()) or self._started > before

    def _collect(self) -> int:
        begun = self.call.begun()
        likely = {place: each.copy for place, each in self._left.items() if each.copy.stem in begun}
        found = {place: pdf for place, copy in likely.items() if (pdf := self.call.pdf(copy))}
        for place, pdf in found.items():
            del self._left[place]
            self.on_pdf(place, pdf)
        return len(found)

    def _is_too_large(self) -> bool:
        # A file too large by itself must be let through, or it would be tried for ever.
        return len(self._left) < len(self.sources) and self.call.memory() > MOST_MEMORY

    def _ended(self, why: Why) -> Ended:
        if not self._started:
            return Ended(
                why, started=False, made=0, suspects=(), rest=tuple(self._left), said=self.call.said()
            )
        order = list(self.sources)
        begun = max((at for at, place in enumerate(order) if place not in self._left), default=-1) + 1
        if why is not Why.GREW:
            begun += 1
        return Ended(
            why=why,
            started=True,
            made=len(order) - len(self._left),
            suspects=tuple(place for place in order[:begun] if place in self._left),
            rest=tuple(place for place in order[begun:] if place in self._left),
            said=self.call.said(),
        )
