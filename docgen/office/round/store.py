"""What is kept of a round, in the folder 收发 of the workspace: what was handed out, and each applied collection.

收发/2026年1月上旬/下发/县水利局-0123456789abcdef.json
收发/2026年1月上旬/收回-1/更改.json, 原表/手续.xlsx, 报回/县水利局.xlsx, 撤回.json once it was taken back
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docgen.errors import DocgenError
from docgen.files import read_regular
from docgen.rules.periods import Period
from docgen.sheets.round.handed import Handed, handed_from
from docgen.workspace import Workspace

FOLDER: Final = "收发"
HANDED: Final = "下发"
COLLECTED: Final = "收回"
LOG: Final = "更改.json"
UNDONE: Final = "撤回.json"
BEFORE: Final = "原表"
RETURNED: Final = "报回"
_NUMBERED: Final = re.compile(rf"{COLLECTED}-(\d+)")
_ILLEGAL: Final = re.compile(r'[\\/:*?"<>|]')


class RoundDamaged(DocgenError):
    """What was written down of a round cannot be read."""

    code = "round-damaged"
    says = "{path} 读不了或已被改动"
    advises = "请从备份恢复“收发”文件夹。"

    path: str


@dataclass(frozen=True)
class Collected:
    """An applied collection: its folder, and what was written down of it."""

    folder: Path
    log: Mapping[str, Any]

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back."""
        return (self.folder / UNDONE).is_file()


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


def all_handed(workspace: Workspace, period: Period) -> dict[str, Handed]:
    """Return what was handed out for a period, by id. Raises RoundDamaged."""
    paths = sorted((folder_of(workspace, period) / HANDED).glob("*.json"))
    found = (_handed(workspace, path) for path in paths)
    return {each.id: each for each in found}


def _handed(workspace: Workspace, path: Path) -> Handed:
    try:
        handed = handed_from(_told(path))
    except (KeyError, TypeError, ValueError, OSError) as fault:
        raise RoundDamaged(workspace.shown(path)) from fault
    if not path.stem.endswith(handed.id):
        raise RoundDamaged(workspace.shown(path))
    return handed


def _told(path: Path) -> Any:
    return json.loads(read_regular(path))


def collections(workspace: Workspace, period: Period | None = None) -> list[Collected]:
    """Return the applied collections in the order in which they were applied. Raises RoundDamaged."""
    root = folder_of(workspace, period) if period else workspace.root / FOLDER
    pattern = f"{COLLECTED}-*/{LOG}" if period else f"*/{COLLECTED}-*/{LOG}"
    found: list[Collected] = []
    for path in root.glob(pattern):
        try:
            found.append(Collected(path.parent, dict(_told(path))))
        except (ValueError, TypeError, OSError) as fault:
            raise RoundDamaged(workspace.shown(path)) from fault
    return sorted(found, key=lambda each: (str(each.log.get("at")), _number(each.folder)))


def _number(folder: Path) -> int:
    found = _NUMBERED.fullmatch(folder.name)
    return int(found[1]) if found else 0


def next_folder(workspace: Workspace, period: Period) -> Path:
    """Return the folder of the next collection of a period."""
    taken = [_number(each) for each in folder_of(workspace, period).glob(f"{COLLECTED}-*")]
    return folder_of(workspace, period) / f"{COLLECTED}-{max(taken, default=0) + 1}"


def said_since(collected: Iterable[Collected]) -> Iterator[tuple[str, str, tuple[str, ...], str, str]]:
    """Yield what units said in collections that stand: unit, sheet, key, field, and what the cell said."""
    for each in collected:
        for change in () if each.is_undone else each.log.get("changes", ()):
            yield (
                change["unit"], change["sheet"], tuple(change["key"]), change["field"], change["new"],
            )  # fmt: skip
