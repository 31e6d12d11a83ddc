"""What is kept of a round, in the folder 收发 of the workspace: what was handed out, and each applied collection.

收发/2026年1月上旬/下发/县水利局-0123456789abcdef.json
收发/回复/收回-1, of forms that came back, 收发/导入/收回-1, of lists taken in, 收发/下拉列表/收回-1, of lists of
    drop-downs brought up to date, as
收发/2026年1月上旬/收回-1/更改.json, 原表/手续.xlsx, 报回/县水利局.xlsx,
    写完.json once the workbooks of the data folder are written, 撤回.json once it was taken back
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.files import lies_within, read_regular
from docgen.office.round.logs import checked_log
from docgen.rules.periods import Period
from docgen.sheets.round.faults import AmongData
from docgen.sheets.round.handed import Handed, Kept, kept_from
from docgen.sheets.round.merging import Place
from docgen.workspace import Workspace

FOLDER: Final = "收发"
HANDED: Final = "下发"
COLLECTED: Final = "收回"
LOG: Final = "更改.json"
REPLIES: Final = "回复"
IMPORTS: Final = "导入"
LISTS: Final = "下拉列表"
UNDONE: Final = "撤回.json"
FINISHED: Final = "写完.json"
BEFORE: Final = "原表"
RETURNED: Final = "报回"
_NUMBERED: Final = re.compile(rf"{COLLECTED}-(\d+)")
_ILLEGAL: Final = re.compile(r'[\\/:*?"<>|]')
_MISSHAPEN: Final = (KeyError, TypeError, ValueError, AttributeError, RecursionError, OSError)


class RoundDamaged(DocgenError):
    """What was written down of a round cannot be read."""

    code = "round-damaged"
    says = "{path} 读不了或已被改动"
    advises = "请从备份恢复“收发”文件夹。"

    path: str


class Mark(Enum):
    """What a workbook of the data folder is, against what a log says of it."""

    BEFORE = "before"
    AFTER = "after"
    OTHER = "other"


class Progress(Enum):
    """How far a collection was written."""

    NOTHING = "nothing"
    PART = "part"
    WHOLE = "whole"


@dataclass(frozen=True)
class Collected:
    """An applied collection: its folder, what was written down of it, and the folder of the workbooks it wrote."""

    folder: Path
    log: Mapping[str, Any]
    data: Path

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back."""
        return (self.folder / UNDONE).is_file()

    @property
    def stands(self) -> bool:
        """Whether what it wrote was written and has not been taken back."""
        return not self.is_undone and self.progress is not Progress.NOTHING

    def marks(self) -> dict[str, Mark]:
        """Return by workbook whether it is as before, as written, or something else since."""
        return {name: _mark(self.data / name, digests) for name, digests in self.log["books"].items()}

    @property
    def progress(self) -> Progress:
        """Return how far it was written; workbooks saved since count as written when all of them once were."""
        found = set(self.marks().values())
        if found <= {Mark.AFTER}:
            return Progress.WHOLE
        if found == {Mark.BEFORE}:
            return Progress.NOTHING
        finished = self.log["version"] == 1 or (self.folder / FINISHED).is_file()
        return Progress.WHOLE if finished and Mark.OTHER in found else Progress.PART


def _mark(path: Path, digests: Mapping[str, str]) -> Mark:
    try:
        found = digest_of(read_regular(path))
    except OSError:
        return Mark.OTHER
    if found == digests["after"]:
        return Mark.AFTER
    return Mark.BEFORE if found == digests["before"] else Mark.OTHER


def digest_of(data: bytes) -> str:
    """Return the SHA-256 by which a log knows a file again."""
    return sha256(data).hexdigest()


def folder_of(workspace: Workspace, period: Period) -> Path:
    """Return the folder of a period's round."""
    return workspace.root / FOLDER / period.short_name


def handed_path(workspace: Workspace, period: Period, handed: Handed) -> Path:
    """Return the file in which it is written down what a unit was handed."""
    return folder_of(workspace, period) / HANDED / f"{file_name(handed.unit)}-{handed.id}.json"


def file_name(words: str) -> str:
    """Return words as the name of a file may have them."""
    return _ILLEGAL.sub("_", words)


def as_bytes(told: Mapping[str, Any]) -> bytes:
    """Return what is written down."""
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def all_handed(workspace: Workspace, period: Period) -> dict[str, Kept]:
    """Return what was handed out for a period, by id. Raises RoundDamaged."""
    paths = sorted((folder_of(workspace, period) / HANDED).glob("*.json"))
    found = (_kept(workspace, path) for path in paths)
    return {each.id: each for each in found}


def _kept(workspace: Workspace, path: Path) -> Kept:
    try:
        return kept_from(read_regular(path), path.stem.rpartition("-")[2])
    except _MISSHAPEN as fault:
        raise RoundDamaged(workspace.shown(path)) from fault


def handed_in(workspace: Workspace, period: Period, kept: Kept) -> Handed:
    """Return what a hand-out says. Raises RoundDamaged."""
    try:
        return kept.handed()
    except _MISSHAPEN as fault:
        name = f"{file_name(kept.unit)}-{kept.id}.json"
        raise RoundDamaged(workspace.shown(folder_of(workspace, period) / HANDED / name)) from fault


def _told(path: Path) -> Any:
    return json.loads(read_regular(path))


def collections(workspace: Workspace, period: Period | None = None) -> list[Collected]:
    """Return the applied collections in the order in which they were applied. Raises RoundDamaged."""
    root = folder_of(workspace, period) if period else workspace.root / FOLDER
    pattern = f"{COLLECTED}-*/{LOG}" if period else f"*/{COLLECTED}-*/{LOG}"
    found: list[Collected] = []
    for path in root.glob(pattern):
        try:
            found.append(Collected(path.parent, checked_log(_told(path)), workspace.data))
        except _MISSHAPEN as fault:
            raise RoundDamaged(workspace.shown(path)) from fault
    return sorted(found, key=lambda each: (each.log["at"], _number(each.folder)))


def _number(folder: Path) -> int:
    found = _NUMBERED.fullmatch(folder.name)
    return int(found[1]) if found else 0


def next_folder(workspace: Workspace, name: str) -> Path:
    """Return the folder of the next collection of a period, by its short name, or of replies."""
    root = workspace.root / FOLDER / name
    taken = [_number(each) for each in root.glob(f"{COLLECTED}-*")]
    return root / f"{COLLECTED}-{max(taken, default=0) + 1}"


def said_since(collected: Iterable[Collected]) -> Iterator[tuple[str, str, tuple[str, ...], str, str]]:
    """Yield what units said in collections that stand: unit, sheet, key, field, and what the cell said."""
    for each in collected:
        for change in each.log["changes"] if each.stands else ():
            yield (
                change["unit"], change["sheet"], tuple(change["key"]), change["field"], change["new"],
            )  # fmt: skip


def heard(collected: Iterable[Collected]) -> dict[str, set[Place]]:
    """Return by the digests of files in collections that stand the cells about which they have been heard."""
    found: dict[str, set[Place]] = {}
    for each in collected:
        if not each.stands:
            continue
        places = {(one["sheet"], tuple(one["key"]), one["field"]) for one in each.log["changes"]}
        places |= {(sheet, tuple(key), name) for sheet, key, name in each.log.get("decided", ())}
        for file in each.log["files"]:
            found.setdefault(file.get("sha256", ""), set()).update(places)
    return found


def unfinished(workspace: Workspace) -> Collected | None:
    """Return the last collection where it was written in part, or taken back in part. Raises RoundDamaged."""
    left = [each for each in collections(workspace) if not each.is_undone]
    return left[-1] if left and left[-1].progress is Progress.PART else None


def refuse_among_data(workspace: Workspace, folder: Path) -> None:
    """Raise AmongData for a folder within that of the data, where workbooks would be read as sheets of the office."""
    if lies_within(folder, [workspace.data]):
        raise AmongData(workspace.shown(folder))
