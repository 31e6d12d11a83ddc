"""Building the bag of a year: written whole beside its place, then put there, then recorded; nothing half done.

What a killed build leaves lies in a locked folder on its way and is swept by the next one; a bag that was put in its
place but not recorded is found the same by the next build, and recorded then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from docgen.archive import formats
from docgen.archive.bag import MANIFEST, Unread
from docgen.archive.codes import Series, numbered
from docgen.archive.differences import changed, differences
from docgen.archive.inventory import Inventory, name_of
from docgen.archive.papers import totals
from docgen.dataclass import dataclass
from docgen.digests import digests_of
from docgen.errors import Problems
from docgen.files import cannot_write, lies_within, on_one_line, reason_of
from docgen.office.archive.before import Before, Earlier, changes_since, is_news, remark_of
from docgen.office.archive.faults import BagPlaceWrong, ChangedMeanwhile, FileAway, NothingReady
from docgen.office.archive.gathering import Case, Gathered, gather, series_of
from docgen.office.archive.known import Known, known_of
from docgen.office.archive.packing import Packed, Packing
from docgen.office.archive.placing import digest_at, put, secure, set_aside
from docgen.office.archive.prints import Prints
from docgen.office.desk import Desk
from docgen.office.life.recording import recording
from docgen.register.books import Books
from docgen.register.duties import Doing
from docgen.register.life import ARCHIVE, State
from docgen.register.record import Deed, Entry, FileRole, FileSeen
from docgen.rooms import Room
from docgen.sheets.reading.memory import collector_paused
from docgen.workspace import BAGS

_MADE_ANEW: Final = "上一版不在这里，PDF 重新转换，其余内容没有新的登记"
_WRITTEN_ANEW: Final = "公文和材料没有变，目录、说明或核对程序的写法有变"
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Built:
    """A bag that lies in its place.

    Args:
        folder: of the bag.
        inventory: what it says of itself.
        digest: SHA-256 of the payload's manifest.
        new: how many documents were archived by it for the first time.
        same: whether nothing has changed since the version that was there.
        size: bytes of the payload.
        aside: where a bag went that lay in its place and had not been recorded; None for none.
    """

    folder: Path
    inventory: Inventory
    digest: str
    new: int
    same: bool
    size: int
    aside: Path | None = None

    @property
    def totals(self) -> str:
        """Return in a sentence what became of the year's numbers."""
        return totals(self.inventory)


def build(
    desk: Desk, year: int, to: Path | None, *, leave_out: bool = False, progress: Progress | None = None
) -> Built:
    """Archive the issued documents of a year.

    Args:
        desk: where, by whom and on which day.
        year: of the numbers.
        to: the folder in which the bag is put; `归档` of the workspace when None.
        leave_out: whether documents that are not complete are left out, which the bag then says.
        progress: is told how many documents have their PDF, then how many are packed, of how many.

    Raises:
        FondsMissing, NothingToArchive, NothingReady: there is nothing to be archived yet.
        Problems: every number and document that is not complete, unless they are left out.
        BagPlaceWrong, BagThere: the bag cannot be put there.
        ChangedMeanwhile: something was recorded about the documents meanwhile.
        FileAway: a file can be read no longer.
        DocgenError: PDFs cannot be made, the disk is full, the actor may not.
    """
    _need_tools(desk)
    folder = _folder(desk, to)
    folders = (folder, desk.workspace.root / BAGS)
    known = partial(_known, folders, series_of(desk, year))
    with collector_paused(), desk.register.reading() as books:
        gathered = gather(desk, year, books, known=known)
    _refuse_incomplete(gathered, year, leave_out=leave_out)
    before = Before.of(gathered.archived)
    codes = numbered(
        gathered.series, [(each.document.id, each.retention) for each in gathered.cases], before.codes
    )
    packing = Packing(desk.workspace, gathered, codes, _version(gathered, before))
    return _built(_Making(desk, packing, before, progress), folder, folders)


def _built(making: _Making, folder: Path, folders: Sequence[Path]) -> Built:
    """Make a bag in a room of its own and put it into its folder. Raises as `build`."""
    room = _room_in(folder)
    try:
        return _placed(making.desk, folder, making.made(room, folders), making.before)
    except Unread as fault:
        raise FileAway(on_one_line(fault.filename), reason_of(fault)) from fault
    except OSError as fault:
        raise cannot_write(folder, fault) from fault
    finally:
        room.leave()


def _refuse_incomplete(gathered: Gathered, year: int, *, leave_out: bool) -> None:
    """Refuse what is not complete, unless it is left out, and a year of which nothing is left then."""
    if not leave_out:
        Problems.raise_any(gathered.faults)
    if not gathered.cases:
        lacking = len(gathered.lacking)
        raise NothingReady(year, f"不齐的{lacking}件" if lacking else "文号都已作废、替换，或在纸质登记簿上")


def _known(folders: Sequence[Path], series: Series, archived: Sequence[Entry]) -> Known:
    """Return what the last recorded version of a year's bag says of its files."""
    before = Before.of(archived)
    name = name_of(series, before.version)
    return known_of((each / name for each in folders), before.digest) if before.version else {}


def _need_tools(desk: Desk) -> None:
    """Raise what is missing to read PDFs and, where settings ask for OFDs, to make those."""
    formats.need_reader()
    if desk.workspace.settings.archive.ofd:
        from docgen.office.ofds.making import need_tools

        need_tools()


def _room_in(folder: Path) -> Room:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return Room(folder)
    except OSError as fault:
        raise cannot_write(folder, fault) from fault


@dataclass(frozen=True)
class _Made:
    """A bag that is written, how it was packed, and the documents whose archiving it records."""

    packing: Packing
    packed: Packed
    news: tuple[Case, ...]


@dataclass(frozen=True)
class _Making:
    """Writing the bag of a year: the next version, or nothing where the last one would be the same to the byte."""

    desk: Desk
    packing: Packing
    before: Before
    progress: Progress | None

    def made(self, room: Room, folders: Sequence[Path]) -> _Made:
        """Return the bag, written into a room; of one that lies in its place already only its digests are worked out.

        Raises:
            Problems: files that are not as they are on record, or cannot be converted.
            OSError, CannotWrite: the operating system refuses.
        """
        version = self.packing.version
        earlier = Earlier.found(folders, [self.packing.name_of(each) for each in range(version, 0, -1)])
        prints = Prints(
            self.desk.workspace, room.place(), *((earlier.folder, earlier.inventory) if earlier else ())
        )
        last = earlier.inventory if earlier and earlier.inventory.version == self.before.version else None
        if version > self.before.version:
            return self._with_news(room, prints, last)
        return self._again(room, prints, last, folders[0])

    def _with_news(self, room: Room, prints: Prints, last: Inventory | None) -> _Made:
        """Return the next version, of a year of which something was recorded, or became ready, since the last one."""
        cases = self.packing.gathered.cases
        news = tuple(each for each in cases if is_news(each, self.before))
        changes = tuple(changes_since(self.packing.gathered, self.before))
        told = frozenset(each.document.id for each in news)
        packing = replace(self.packing, changes=changes, earlier=last, told=told)
        return _Made(packing, self._written(packing, room, prints), news or cases[:1])

    def _again(self, room: Room, prints: Prints, last: Inventory | None, folder: Path) -> _Made:
        """Return the last version, of which nothing may have to be written; the next one where it would differ."""
        packing = replace(self.packing, changes=last.changes if last else ())
        packed = self._packed(packing, None, prints)
        if packed.digest == self.before.digest:
            there = digest_at(folder / packed.inventory.name) == packed.digest
            return _Made(packing, packed if there else self._written(packing, room, prints), ())
        words = tuple(differences(last, packed.inventory, frozenset())) if last else (_MADE_ANEW,)
        altered = changed(last, packed.inventory.filed) if last else ()
        cases = packing.gathered.cases
        news = tuple(each for each in cases if each.document.id in altered)
        packing = replace(packing, version=self.before.version + 1, changes=words or (_WRITTEN_ANEW,))
        return _Made(packing, self._written(packing, room, prints), news or cases[:1])

    def _written(self, packing: Packing, room: Room, prints: Prints) -> Packed:
        """Return the bag, written and on the disk."""
        place = room.place()
        packed = self._packed(packing, place, prints)
        secure(room, place)
        return packed

    def _packed(self, packing: Packing, folder: Path | None, prints: Prints) -> Packed:
        chain = self._chain(packing.gathered.last[0])
        return packing.pack(folder, prints, chain, self.desk.today, self.progress)

    def _chain(self, last: int) -> Iterator[tuple[str, str]]:
        """Yield body and digest of the entries up to one; the register is opened when the first is asked for."""
        with self.desk.register.reading() as books:
            yield from books.chain(last)


def _folder(desk: Desk, to: Path | None) -> Path:
    """Return the folder for bags. Raises BagPlaceWrong where other things lie."""
    workspace = desk.workspace
    folder = to or workspace.root / BAGS
    for taken, why in (
        (workspace.out, "这个文件夹只放登记过的公文"),
        (workspace.data, "这个文件夹只放数据表"),
        (workspace.docx_templates.parent, "这个文件夹只放模板"),
    ):
        if lies_within(folder, (taken,)):
            raise BagPlaceWrong(on_one_line(folder), why)
    if folder.exists() and not folder.is_dir():
        raise BagPlaceWrong(on_one_line(folder), "不是文件夹")
    return folder


def _version(gathered: Gathered, before: Before) -> int:
    """Return which version of the year's bag this is: a new one when anything was recorded, or is ready, since."""
    fresh = any(each.document.id not in before.codes for each in gathered.cases)
    return before.version + (1 if fresh or gathered.last[0] != before.last else 0)


def _placed(desk: Desk, folder: Path, made: _Made, before: Before) -> Built:
    """Put a bag that is written in its place and record it, under the register's lock."""
    packing, packed, fresh = made.packing, made.packed, made.news
    final = folder / packed.inventory.name
    moved = _to_move(packed, final)
    new = sum(each.document.id not in before.codes for each in fresh)
    built = Built(final, packed.inventory, packed.digest, new, not (moved or fresh), packed.size)
    if not fresh:
        if moved:
            put(moved, final)
        return built
    with recording(desk, ARCHIVE, "") as (books, doing):
        _refuse_changed(desk, packing.gathered, books)
        aside = None
        if moved:
            aside = set_aside(final, books)
            put(moved, final)
        books.add(*_deeds(doing, fresh, packing, packed, _manifest(desk, final)))
    return replace(built, aside=aside)


def _to_move(packed: Packed, final: Path) -> Path | None:
    """Return the folder that is to be moved to a bag's place; None where the bag lies there already.

    Raises:
        FileAway: it lay there a moment ago, was therefore not written, and is gone.
    """
    if digest_at(final) == packed.digest:
        return None
    if packed.folder is None:
        raise FileAway(on_one_line(final), "刚才还在，现在不见了或被改动")
    return packed.folder


def _refuse_changed(desk: Desk, gathered: Gathered, books: Books) -> None:
    """Raise ChangedMeanwhile where what was recorded since a year was gathered is about its documents or numbers."""
    if books.last_entry() == gathered.head:
        return
    again = gather(desk, gathered.series.year, books, gathered.judged)
    if (again.last, again.cases) != (gathered.last, gathered.cases):
        raise ChangedMeanwhile(again.last[0])


def _deeds(
    doing: Doing, cases: Sequence[Case], packing: Packing, packed: Packed, manifest: tuple[FileSeen, ...]
) -> Iterator[Deed]:
    """Yield what is recorded: an entry a document, the first of them with the bag's manifest."""
    for case in cases:
        document = case.document
        remark = remark_of(packing.codes[document.id], packed.inventory, packed.digest)
        after = State.ARCHIVED if document.state is State.ISSUED else document.state
        seen, manifest = manifest, ()
        original = case.original
        used = FileSeen(original.role, original.path, original.sha256, original.sm3, original.size)
        changes = (
            document.change(state=after.value, day=doing.day.isoformat(), archivist=doing.actor.name),
            *(each.change(document.id) for each in seen),
        )
        yield Deed(
            ARCHIVE.name, doing.day, doing.actor.name, doing.actor.unit, document.id, document.state, after,
            remark, (used, *seen), changes, doing.actor.held,
        )  # fmt: skip


def _manifest(desk: Desk, final: Path) -> tuple[FileSeen, ...]:
    """Return the manifest of a bag as the register knows it; of a bag outside the workspace only remarks speak."""
    if not lies_within(final, (desk.workspace.root,)):
        return ()
    path = final / MANIFEST
    data = path.read_bytes()
    digests = digests_of(data)
    return (FileSeen(FileRole.BAG, desk.workspace.shown(path), digests.sha256, digests.sm3, len(data)),)
