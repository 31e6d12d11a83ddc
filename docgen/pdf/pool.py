"""Several LibreOffices that share out the documents of one run.

They take tasks (places in the list of documents) from one list. When a call hangs, dies or grows, it is ended; what
it had not begun goes back on the list, and a file it stopped at or passed over is tried once more by itself, after
all others. So a bad file costs the others nothing but a new start.
"""

from __future__ import annotations

import errno
import shutil
import threading
from collections import deque
from collections.abc import Generator, Mapping, Sequence
from itertools import count
from math import ceil
from pathlib import Path
from queue import Empty, Queue
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.files import CannotWrite, cannot_write
from docgen.pdf.coverage import unshown
from docgen.pdf.faults import (
    ConversionCrashed,
    ConversionFailed,
    ConversionTimedOut,
    LibreOfficeFails,
    SheetNotConverted,
)
from docgen.pdf.fonts import write_fontconfig
from docgen.pdf.profiles import Profile, claimed, fetch_nothing
from docgen.pdf.soffice import PDF, WORD, Call, Output
from docgen.pdf.source import Source, copy_of, foreign, is_workbook, source
from docgen.pdf.watch import Ended, Stopped, Watch, Why

BATCH: Final = 120
"""Files in one call: LibreOffice 7.4 was seen to end, without a word, after the 245th."""
_FAREWELL_SECONDS: Final = 5
_LEAST_SPACE: Final = 2**20
_MOST_FAILED_STARTS: Final = 3

Task = tuple[int, ...]


@dataclass(frozen=True)
class Converted:
    """What became of the document at a place in the list: a PDF in a temporary folder, or a fault.

    `left_out` names what the document refers to outside itself and the PDF does not show; `sha256` is the document's;
    `unshown` are its hanzi that no font has.
    """

    place: int
    result: Path | DocgenError
    left_out: tuple[str, ...] = ()
    sha256: str = ""
    unshown: str = ""


class Pool:
    """One run.

    Args:
        program: LibreOffice.
        documents: the files, which are only read.
        workplace: an empty folder.
        seconds: how long a file may take, not counting what a large one has more.
        output: what is made of each; other than PDF of files of any word processor, which are given as they are.
    """

    def __init__(
        self, program: Path, documents: Sequence[Path], workplace: Path, seconds: int, output: Output = PDF
    ) -> None:
        self._output = output
        self._program, self._documents, self._workplace = program, documents, workplace
        self._seconds = seconds
        self._fontconfig = write_fontconfig(workplace)
        self._tasks: deque[Task] = deque()
        self._tried: set[int] = set()
        self._sources: dict[int, Source] = {}
        self._open = len(documents)
        self._failed_starts = 0
        self._changed = threading.Condition()
        self._stopping = threading.Event()
        self._results: Queue[Converted | BaseException] = Queue()
        self._numbers = count()
        self._threads: list[threading.Thread] = []

    def run(self, workers: int) -> Generator[Converted, None, None]:
        """Yield what became of each document as soon as it is known; when broken off, end every LibreOffice.

        Raises:
            LibreOfficeFails, CannotWrite: as `libreoffice.conversions` says.
        """
        self._share_out(workers)
        try:
            for number in range(workers):
                self._threads.append(threading.Thread(target=self._work, args=(number,), daemon=True))
                self._threads[-1].start()
            for _ in self._documents:
                yield self._result()
            for thread in self._threads:
                thread.join(_FAREWELL_SECONDS)  # a LibreOffice that is ended by force loses its profile
        finally:
            self._stop()

    def _share_out(self, workers: int) -> None:
        """Make tasks of equal size, as many for each worker, each from the whole length of the list.

        Workbooks have tasks of their own, because another part of LibreOffice converts them.
        """
        for workbooks in (False, True):
            places = [n for n, each in enumerate(self._documents) if is_workbook(each) is workbooks]
            tasks = workers * ceil(len(places) / (workers * BATCH))
            self._tasks.extend(filter(None, (tuple(places[first::tasks]) for first in range(tasks))))

    def _result(self) -> Converted:
        while True:
            try:
                found = self._results.get(timeout=1)  # on Windows nobody can interrupt a wait without end
            except Empty:
                continue
            if isinstance(found, BaseException):
                raise found
            return found

    def _stop(self) -> None:
        with self._changed:
            self._stopping.set()
            self._changed.notify_all()
        for thread in self._threads:
            if thread.ident:
                thread.join()

    def _work(self, number: int) -> None:
        """Take tasks until all documents are done; the thread of one worker."""
        try:
            with claimed(self._program, self._workplace / f"profile{number}") as profile:
                if self._output is WORD:
                    fetch_nothing(profile.folder)
                while task := self._next():
                    self._do(task, profile)
        except Stopped:
            pass
        except OSError as fault:
            self._results.put(cannot_write(self._workplace, fault))
        except BaseException as fault:  # noqa: BLE001  (it is raised again where the results are awaited)
            self._results.put(fault)

    def _next(self) -> Task | None:
        """Wait for a task, as a call that fails makes new ones; None when every document is done."""
        with self._changed:
            self._changed.wait_for(lambda: self._tasks or not self._open or self._stopping.is_set())
            return self._tasks.popleft() if self._tasks and not self._stopping.is_set() else None

    def _do(self, task: Task, profile: Profile) -> None:
        folder = self._workplace / f"{next(self._numbers):05}"
        folder.mkdir()
        sources = self._copied(task, folder)
        if not sources:
            return
        ended = self._called(sources, profile, folder)
        for each in sources.values():
            each.copy.unlink()
        self._count_failed_starts(ended)
        self._sort_out(ended)

    def _copied(self, task: Task, folder: Path) -> dict[int, Source]:
        sources = {}
        for place in task:
            if self._stopping.is_set():
                raise Stopped
            document = self._documents[place]
            try:
                if self._output is not WORD:
                    sources[place] = source(document, copy_of(document, folder, place))
                else:
                    sources[place] = foreign(document, copy_of(document, folder, place, as_it_is=True))
                self._sources[place] = sources[place]
            except CannotWrite:
                raise
            except DocgenError as fault:
                self._tell(place, fault)
        return sources

    def _called(self, sources: Mapping[int, Source], profile: Profile, folder: Path) -> Ended:
        copies = [each.copy for each in sources.values()]
        with Call(self._program, profile, copies, folder / "pdf", self._fontconfig, self._output) as call:
            return Watch(call, sources, self._seconds, self._tell, self._stopping).watch()

    def _count_failed_starts(self, ended: Ended) -> None:
        """Give up when LibreOffice did not get to work several times, none between."""
        with self._changed:
            self._failed_starts = 0 if ended.started else self._failed_starts + 1
            failed = self._failed_starts
        if failed:
            self._refuse_full_disk()
        if failed == _MOST_FAILED_STARTS:
            raise LibreOfficeFails(str(self._program), str(self._documents[0]), ended.said)

    def _sort_out(self, ended: Ended) -> None:
        """Put what a call left back on the list, or say what is wrong with it."""
        alone = not ended.rest and ended.made + len(ended.suspects) == 1
        with self._changed:
            again = [each for each in ended.suspects if each not in self._tried]
            if alone and ended.why is Why.HUNG:
                again = []
            self._tried.update(again)
            self._tasks.extend((each,) for each in again)
            if ended.rest:
                self._tasks.appendleft(ended.rest)
            self._changed.notify_all()
        for place in set(ended.suspects).difference(again):
            self._refuse_full_disk()
            self._tell(place, self._fault(place, ended))

    def _fault(self, place: int, ended: Ended) -> DocgenError:
        file = str(self._documents[place])
        match ended.why:
            case Why.HUNG:
                return ConversionTimedOut(file, self._seconds)
            case Why.CRASHED:
                return ConversionCrashed(file, ended.said)
        fault = SheetNotConverted if is_workbook(self._documents[place]) else ConversionFailed
        return fault(file, ended.said)

    def _refuse_full_disk(self) -> None:
        if shutil.disk_usage(self._workplace).free < _LEAST_SPACE:
            raise cannot_write(self._workplace, OSError(errno.ENOSPC, ""))

    def _tell(self, place: int, result: Path | DocgenError) -> None:
        with self._changed:
            self._open -= 1
            self._changed.notify_all()
        given = self._sources.get(place)
        if given is None:
            self._results.put(Converted(place, result))
            return
        boxes = unshown(given.hanzi, self._fontconfig)
        self._results.put(Converted(place, result, given.left_out, given.sha256, boxes))
