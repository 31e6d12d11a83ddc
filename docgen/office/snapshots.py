"""Snapshots (快照): the data sheets as they were at the end of a day, kept so that changes can be told.

A snapshot is a zip of the workbooks and of the workspace's own declarations of sheets, with a list of their SHA-256. It
is for a day: today, or the last day of a period that is over. It holds the sheets themselves and not what was worked
out of them, so that a later docgen reads it like any sheets.
"""

from __future__ import annotations

import io
import json
import re
import tempfile
import zipfile
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import DATA_WRONG, WRONG_USE, DocgenError, Problems
from docgen.files import read_regular, set_aside, write_whole
from docgen.model.records import Records
from docgen.model.schema import Schema
from docgen.office.desk import Desk
from docgen.rules.periods import Period, read_period
from docgen.sheets.reading.reader import read_folder
from docgen.workspace import OWN_SHEETS, Workspace

FOLDER: Final = "快照"
_NAME: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.zip")
_LIST: Final = "清单.json"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_MOST: Final = 200 * 2**20
_MOST_UNPACKED: Final = 400 * 2**20


class SnapshotMissing(DocgenError):
    """The state at the end of a period was not kept."""

    code = "snapshot-missing"
    exit_code = DATA_WRONG
    says = "没有{period}的快照，不知道那时的情况，不能算变化"
    advises = "每期结束时请运行 docgen snapshot --period {typed}；已经错过的，不要用后来的数据表补。"

    period: str
    typed: str


class SnapshotDamaged(DocgenError):
    """A snapshot is not as it was kept."""

    code = "snapshot-damaged"
    exit_code = DATA_WRONG
    says = "快照 {path} {why}"
    advises = "请从备份恢复这个文件。"

    path: str
    why: str


class PeriodNotOver(DocgenError):
    """A snapshot was asked for a period that still runs."""

    code = "snapshot-period-runs"
    exit_code = WRONG_USE
    says = "{period}到{end}才结束，还不能保存期末快照"
    advises = "不写 --period 就保存今天的情况。"

    period: str
    end: str


@dataclass(frozen=True)
class Snapshot:
    """A snapshot that is there.

    Args:
        day: at the end of which the sheets were so.
        path: its file.
    """

    day: date
    path: Path


@dataclass(frozen=True)
class Kept:
    """What came of keeping one.

    Args:
        snapshot: the one that is there now.
        new: whether it was written; False when one of the same sheets was there.
        late: whether the sheets are those of a later day than the one it is kept for.
        former: where the one of that day went that was there before.
    """

    snapshot: Snapshot
    new: bool
    late: bool
    former: Path | None = None


def keep(desk: Desk, period: Period | None = None) -> Kept:
    """Keep the sheets as they are, for today or for the last day of a period that is over.

    Raises:
        Problems: the sheets have faults; what cannot be read now cannot be compared later.
        PeriodNotOver: the period still runs.
        CannotWrite: the operating system refuses.
    """
    if period and period.end > desk.today:
        raise PeriodNotOver(period.name, f"{period.end.month}月{period.end.day}日")
    reading = desk.workspace.read()
    Problems.raise_any(reading.faults)
    day = period.end if period else desk.today
    found = Snapshot(day, desk.workspace.root / FOLDER / f"{day.isoformat()}.zip")
    files = dict(_files(desk.workspace))
    late = day < desk.today
    if found.path.is_file() and _holds(found, files):
        return Kept(found, new=False, late=late)
    former = set_aside(found.path) if found.path.exists() else None
    write_whole(found.path, _packed(files, day, desk.today))
    return Kept(found, new=True, late=late, former=former)


def period_asked(words: str) -> Period | None:
    """Return the period that words mean; None for none. Raises PeriodUnreadable."""
    return read_period(words) if words else None


def snapshots(workspace: Workspace) -> tuple[Snapshot, ...]:
    """Return the snapshots that are there, the oldest first."""
    dated = ((_day_of(path), path) for path in (workspace.root / FOLDER).glob("*.zip"))
    found = [Snapshot(day, path) for day, path in dated if day]
    return tuple(sorted(found, key=lambda each: each.day))


def last_of(workspace: Workspace, period: Period) -> Snapshot:
    """Return the last snapshot of a period, the sheets as they were at its end. Raises SnapshotMissing."""
    of_period = [each for each in snapshots(workspace) if period.start <= each.day <= period.end]
    if not of_period:
        raise SnapshotMissing(period.name, period.code)
    return of_period[-1]


def records_of(workspace: Workspace, snapshot: Snapshot, schema: Schema | None = None) -> Records:
    """Return the records of a snapshot.

    Args:
        workspace: whose it is.
        snapshot: where it lies.
        schema: the record types; None for those that it holds itself.

    Raises:
        SnapshotDamaged: it is not as it was kept.
        Problems: this docgen finds faults in the sheets.
    """
    shown = workspace.shown(snapshot.path)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, content in _contents(snapshot.path, shown).items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        then = Workspace(folder, workspace.settings)
        reading = read_folder(folder / "data", shown, (), schema or then.schema)
    if reading.records is None:
        raise Problems(reading.faults)
    return reading.records


def _day_of(path: Path) -> date | None:
    found = _NAME.fullmatch(path.name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def taken_on(workspace: Workspace, snapshot: Snapshot) -> date:
    """Return the day on which the sheets of a snapshot were kept, its own or a later one. Raises SnapshotDamaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(read_regular(snapshot.path, _MOST))) as package:
            return date.fromisoformat(json.loads(package.read(_LIST))["kept"])
    except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as fault:
        raise SnapshotDamaged(workspace.shown(snapshot.path), "打不开，或不是 docgen 保存的") from fault


def digest_of(snapshot: Snapshot) -> str:
    """Return the SHA-256 of a snapshot's file, in hexadecimal. Raises OSError: it cannot be read."""
    return sha256(read_regular(snapshot.path, _MOST)).hexdigest()


def _holds(found: Snapshot, files: Mapping[str, bytes]) -> bool:
    """Whether a snapshot has exactly some files; one that is damaged has not."""
    try:
        return _contents(found.path, "") == files
    except SnapshotDamaged:
        return False


def _packed(files: Mapping[str, bytes], day: date, today: date) -> bytes:
    """Return the zip of the sheets, with fixed times; workbooks are compressed as they are."""
    listed = {
        "day": day.isoformat(),
        "kept": today.isoformat(),
        "files": {name: sha256(data).hexdigest() for name, data in files.items()},
    }
    whole = {**files, _LIST: json.dumps(listed, ensure_ascii=False, indent=1).encode()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in sorted(whole.items()):
            package.writestr(zipfile.ZipInfo(name, _EPOCH), data)
    return out.getvalue()


def _files(workspace: Workspace) -> list[tuple[str, bytes]]:
    """Return the workbooks of the data folder and the declarations of own sheets, by their place in the zip."""
    books = [
        (f"data/{path.name}", path)
        for path in sorted(workspace.data.iterdir())
        if path.is_file() and not path.name.startswith((".", "~$"))
    ]
    own = [(f"{OWN_SHEETS}/{path.name}", path) for path in sorted(workspace.own_sheets.glob("*.toml"))]
    return [(name, read_regular(path, _MOST)) for name, path in (*books, *own)]


def _contents(path: Path, shown: str) -> Mapping[str, bytes]:
    """Return the files of a snapshot, each as its list says. Raises SnapshotDamaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(read_regular(path, _MOST))) as package:
            if sum(each.file_size for each in package.infolist()) > _MOST_UNPACKED:
                raise SnapshotDamaged(shown, "里的文件过大")
            listed = json.loads(package.read(_LIST))["files"]
            files = {name: package.read(name) for name in listed}
    except (
        OSError,
        KeyError,
        ValueError,
        TypeError,
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
    ) as fault:
        raise SnapshotDamaged(shown, "打不开，或不是 docgen 保存的") from fault
    wrong = [
        name
        for name, data in files.items()
        if sha256(data).hexdigest() != listed[name] or ".." in Path(name).parts or Path(name).is_absolute()
    ]
    if wrong:
        raise SnapshotDamaged(shown, f"里的 {wrong[0]} 与保存时不同")
    return files
