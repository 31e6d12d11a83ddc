"""Witnesses of the record: files outside the database that note its head after every command.

Whoever cuts entries off the end, loses the write-ahead log or puts an older copy back leaves a record that is whole in
itself. A witness lies beside the register, and where the settings say so in a second folder, best on another machine.
Each line is

    count digest time previous

how many entries there were, the digest of the last one, when that was noted (ISO, with the offset), and the SHA-256 of
the line before it, 64 zeros in the first. Lines are only added, by one process at a time, after the entries were
committed; a process killed in between leaves a witness that the next command brings up to date. A line that a killed
process left half written is passed over. The first line of a new record says 0: it is written before the record begins,
so that a file without any line has been tampered with, as one has with a line that docgen never wrote.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from io import FileIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.digests import digests_of
from docgen.durable import BINARY
from docgen.errors import Advice, DocgenError
from docgen.files import StrangeFile, read_regular, reason_of, set_aside
from docgen.patterns import late
from docgen.register.audit_findings import (
    WitnessAhead,
    WitnessAltered,
    WitnessDiffers,
    WitnessMissing,
    WitnessUnreadable,
)
from docgen.register.databases import Connection
from docgen.register.faults import RowUnreadable
from docgen.register.life import WITNESS
from docgen.register.record import FOUNDED, START, Entry, FileSeen, entry_of
from docgen.register.schema import ENTRY, LAST_ENTRY
from docgen.register.tables import places

ROLE: Final = "见证"
NAME: Final = "登记库见证.txt"
"""The witness beside the register."""
_TIME: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[-+][0-9:.]{5,15})?"
_LINE: Final = late(rf"([0-9]{{1,12}}) ([0-9a-f]{{64}}) ({_TIME}) ([0-9a-f]{{64}})")
_HALF: Final = late(
    r"[0-9]{0,12}|[0-9]{1,12} (?:[0-9a-f]{0,64}|[0-9a-f]{64} (?:[-+T:.0-9]{0,40}|"
    + _TIME
    + " [0-9a-f]{0,63}))"
)
_AT_HAND: Final = getattr(os, "O_NONBLOCK", 0)  # not on Windows; no waiting for a pipe's writer
_TAIL: Final = 4096  # bytes; a line has some 170
_AT_ONCE: Final = 500
_FAR: Final = 2**30  # the byte that is locked on Windows, where a lock keeps others from reading too


@dataclass(frozen=True)
class Place:
    """Where a witness lies.

    Args:
        path: the file.
        shown: the path as messages and the record write it.
        is_remote: whether it lies elsewhere than the register, so that it may be out of reach for a while.
    """

    path: Path
    shown: str
    is_remote: bool = False


@dataclass(frozen=True)
class Line:
    """A line of a witness; `text` as it stands there, all else empty when docgen never wrote it."""

    text: str
    count: int = 0
    digest: str = ""
    at: str = ""
    previous: str = ""


@dataclass(frozen=True)
class Seen:
    """What was found of one witness.

    Args:
        place: where.
        lines: how many.
        count: how many entries the last one notes.
        faults: what is wrong with the register or the witness.
        advices: what is only to be known: it was never begun, its folder is out of reach.
    """

    place: Place
    lines: int = 0
    count: int = 0
    faults: tuple[DocgenError, ...] = ()
    advices: tuple[Advice, ...] = ()

    @property
    def may_go_on(self) -> bool:
        """Whether lines may be added."""
        return not self.faults and not self.advices

    @property
    def is_to_be_begun(self) -> bool:
        """Whether it has to be begun (again) by a recorded command."""
        return bool(self.faults) or any(each.code == NEVER_BEGUN for each in self.advices)


NEVER_BEGUN: Final = "witness-none"
Told = Sequence[Line] | OSError
"""The lines of a witness, or why there are none."""


def told_by(place: Place) -> Told:
    """Read a whole witness."""
    try:
        return list(_lines(read_regular(place.path)))
    except OSError as fault:
        return fault


def _told_last(place: Place) -> Told:
    """Read the last line of a witness, which is enough before each step; all when something is wrong near its end."""
    try:
        with _opened(place.path, os.O_RDONLY) as file:
            lines = list(_lines(_tail(file)))
    except OSError as fault:
        return fault
    return lines[-1:] if lines and all(each.digest for each in lines) else told_by(place)


def judge(connection: Connection, place: Place, told: Told) -> Seen:
    """Compare the lines of a witness with the record.

    Args:
        connection: in a transaction that began after the witness was read.
        place: of the witness.
        told: its lines, all or the last.
    """
    if isinstance(told, OSError):
        return _absent(connection, place, told)
    if not told:
        return Seen(place, faults=(WitnessMissing(place.shown, "是空的"),))
    whole = [each for each in told if each.digest]
    faults = (*_broken(place, told), *_contradicted(connection, place, whole))
    return Seen(place, len(told), whole[-1].count if whole else 0, faults)


def _absent(connection: Connection, place: Place, fault: OSError) -> Seen:
    if not place.is_remote and not isinstance(fault, FileNotFoundError):
        return Seen(place, faults=(WitnessUnreadable(place.shown, reason_of(fault)),))
    if not place.path.parent.is_dir() or not isinstance(fault, FileNotFoundError):
        words = f"见证 {place.shown} 读不到（{reason_of(fault)}），这一次没有核对，也没有记入"
        return Seen(place, advices=(Advice("witness-unreachable", words),))
    if _was_begun(connection, place):
        return Seen(place, faults=(WitnessMissing(place.shown, "不见了"),))
    words = f"登记库在 {place.shown} 还没有见证；请由负责人用 docgen witness begin --remark 原因 建立"
    return Seen(place, advices=(Advice(NEVER_BEGUN, words),))


def _was_begun(connection: Connection, place: Place) -> bool:
    """Whether an entry says that a witness was begun at the place."""
    wanted = ENTRY.reading("seq", "body", "previous", "digest", where="step IN (?, ?)")
    entries: list[Entry] = []
    for row in connection.rows(wanted, (FOUNDED, WITNESS.name)):
        with suppress(RowUnreadable):  # which an audit finds
            entries.append(entry_of(*row))
    return any(file.path == place.shown for each in entries for file in each.deed.files if file.role == ROLE)


def _broken(place: Place, lines: Sequence[Line]) -> Iterator[DocgenError]:
    """Yield the first line that is none, or does not follow the one before it; the first of all follows none."""
    for number, line in enumerate(lines, 1):
        if not line.digest:
            yield WitnessAltered(place.shown, number, "不是 docgen 写的")
            return
    if len(lines) > 1 and lines[0].previous != START:
        yield WitnessAltered(place.shown, 1)
        return
    for number, (before, line) in enumerate(pairwise(lines), 2):
        if line.previous != _digest(before.text) or line.count <= before.count:
            yield WitnessAltered(place.shown, number)
            return


def _contradicted(connection: Connection, place: Place, lines: Sequence[Line]) -> Iterator[DocgenError]:
    """Yield where the record first is another than the witness saw, and that it is shorter."""
    if not lines:
        return
    last = connection.value(LAST_ENTRY) or 0
    if lines[-1].count > last:
        yield WitnessAhead(last, lines[-1].count, place.shown)
    within = [each for each in lines if each.count <= last]
    for start in range(0, len(within), _AT_ONCE):
        part = within[start : start + _AT_ONCE]
        wanted = ENTRY.reading("seq", "digest", where=f"seq IN {places(part)}")
        digests: dict[Any, Any] = dict(connection.rows(wanted, [each.count for each in part]))
        digests[0] = START
        for each in part:
            if digests.get(each.count) != each.digest:
                yield WitnessDiffers(each.count, place.shown, each.at)
                return


class Watch:
    """The witnesses of one register, as one command uses them.

    Args:
        places: of the witnesses.
        say: is told what the user should know, each thing once.
    """

    def __init__(self, places: Sequence[Place], say: Callable[[Advice], None]) -> None:
        self.places, self._say = places, say
        self._said: set[str] = set()
        self._going_on: list[Place] = []

    def compare(self, connection: Connection, *, refuse: bool = True, new: bool = False) -> None:
        """Compare the record with what the witnesses noted last.

        Args:
            connection: in a transaction that keeps other writers out.
            refuse: whether a contradiction is raised.
            new: the record is only beginning; a witness that is not there is none to speak of.

        Raises:
            WitnessAhead, WitnessDiffers: the record is not the one that was witnessed.
            WitnessAltered, WitnessUnreadable: the witness is not as it was written.
        """
        there = [each for each in self.places if not new or os.path.lexists(each.path)]
        seen = [judge(connection, each, _told_last(each)) for each in there]
        self._going_on = [each.place for each in seen if each.may_go_on]
        for each in seen:
            for advice in each.advices:
                self._tell(advice)
            for fault in each.faults:
                if refuse and not isinstance(fault, WitnessMissing):
                    raise fault
                self._tell(Advice(fault.code, str(fault).rstrip("。")))

    def contradicts(self, connection: Connection) -> bool:
        """Whether a witness that is there says that the record is another's, or was altered."""
        seen = (judge(connection, each, _told_last(each)) for each in self.places)
        return any(not isinstance(fault, WitnessMissing) for each in seen for fault in each.faults)

    def begin(self, at: datetime) -> tuple[FileSeen, ...]:
        """Begin the witnesses of a new record, and return what the record says of them."""
        self._going_on = [each for each in self.places if each.path.exists() or self._begun(each, at)]
        return tuple(FileSeen(ROLE, each.shown, "", "", 0) for each in self._going_on)

    def _begun(self, place: Place, at: datetime) -> bool:
        return self._added(place, (0, START), at, new=True)

    def note(self, head: tuple[int, str], at: datetime) -> None:
        """Note the head of the record with the witnesses that go on; what cannot be written is said."""
        for each in self._going_on:
            self._added(each, head, at)

    def _added(self, place: Place, head: tuple[int, str], at: datetime, *, new: bool = False) -> bool:
        try:
            append(place.path, head, at, new=new)
        except OSError as fault:
            reason = f"见证 {place.shown} 写不进（{reason_of(fault)}），这一次没有记入"
            self._tell(Advice("witness-unreachable", reason))
            return False
        return True

    def _tell(self, advice: Advice) -> None:
        if advice.code + advice.text not in self._said:
            self._said.add(advice.code + advice.text)
            self._say(advice)


def kept(place: Place) -> FileSeen:
    """Return what the record says of a witness that is to be begun again: the file as it is now."""
    try:
        data = read_regular(place.path)
    except OSError:
        return FileSeen(ROLE, place.shown, "", "", 0)
    digests = digests_of(data)
    return FileSeen(ROLE, place.shown, digests.sha256, digests.sm3, len(data))


def begin_again(place: Place, head: tuple[int, str], at: datetime) -> Path | None:
    """Begin a witness anew and return where the former one is now; None when there was none.

    Raises:
        CannotWrite, OSError: the operating system refuses.
    """
    former = set_aside(place.path) if os.path.lexists(place.path) else None
    append(place.path, head, at, new=True)
    return former


def append(path: Path, head: tuple[int, str], at: datetime, *, new: bool = False) -> None:
    """Add a line to a witness, unless it notes as many entries already.

    Raises:
        OSError: the operating system refuses; FileNotFoundError when there is no file and none is to be made.
    """
    with _opened(path, os.O_RDWR | os.O_APPEND | (os.O_CREAT if new else 0)) as file, _alone(file):
        tail = _tail(file)
        last = next((each for each in reversed(list(_lines(tail))) if each.digest), None)
        if last and last.count >= head[0]:
            return
        previous = _digest(last.text) if last else START
        line = f"{head[0]} {head[1]} {at.isoformat(timespec='seconds')} {previous}\n"
        file.write((b"" if not tail or tail.endswith(b"\n") else b"\n") + line.encode("ascii"))
        with suppress(OSError):  # not every share can
            os.fsync(file.fileno())


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[FileIO]:
    """Open a witness without waiting for whatever else lies there. Raises OSError."""
    handle = os.open(path, flags | BINARY | _AT_HAND, 0o666)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise StrangeFile(errno.ENXIO, "不是普通文件", str(path))
        with FileIO(handle, "r" if flags == os.O_RDONLY else "r+", closefd=False) as file:
            yield file
    finally:
        os.close(handle)


def _tail(file: FileIO) -> bytes:
    """Return the end of a file: the lines that are whole in it."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _TAIL))
    data = file.read(_TAIL)
    return data if size <= _TAIL else data[data.find(b"\n") + 1 :]


def _lines(data: bytes) -> Iterator[Line]:
    """Yield the lines; what a killed process or a power cut left half written is none."""
    for text in data.decode("utf-8-sig", "replace").split("\n"):
        found = _LINE.fullmatch(text.rstrip("\r"))
        if found:
            yield Line(found[0], int(found[1]), found[2], found[3], found[4])
        elif not _HALF.fullmatch(text.rstrip("\r\0")):
            yield Line(text)


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode("ascii")).hexdigest()


@contextmanager
def _alone(file: FileIO) -> Iterator[None]:
    """Keep other processes from adding lines, where the file system has locks."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        return
    import fcntl

    with suppress(OSError):
        fcntl.flock(file, fcntl.LOCK_EX)  # until the file is closed
    yield
