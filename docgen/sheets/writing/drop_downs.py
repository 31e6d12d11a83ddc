"""The lists that drop-downs draw on, brought up to the names that a workspace has now; nothing else changes.

They stand on a hidden sheet (选项), a column each, which nobody but docgen writes. Which list a column is shows by
what most of its names are: a few have been renamed since, or are new.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.opc.reading import read
from docgen.opc.writing import with_changed
from docgen.sheets.addresses import column_letters
from docgen.sheets.opening.workbook import OPTIONS, Workbook
from docgen.sheets.writing.in_place import Edit, edited
from docgen.sheets.writing.offers import NEEDED_AT

_NAMED: Final = "".join(f"&#{ord(each)};" for each in OPTIONS)
"""The name of the sheet as programs write it that write ASCII alone."""
_RANGE: Final = re.compile(rf"((?:{OPTIONS}|{_NAMED})'?!\$)([A-Z]+)(\$1:\$)\2\$\d+".encode())
_SHEETS: Final = "xl/worksheets/"


@dataclass(frozen=True)
class Refreshed:
    """A workbook with its lists as they are now: what they have beyond what they had, and what they had beyond that."""

    data: bytes
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def refreshed(
    data: bytes, offered: Mapping[type, Sequence[str]], needed: Sequence[tuple[str, str]], name: str
) -> Refreshed | None:
    """Return a workbook with the lists of its drop-downs brought up to date; None where it has no lists.

    Args:
        data: the workbook.
        offered: the names of now, by what they name.
        needed: which items each project needs, as `blank.workbook_bytes` takes it.
        name: of the workbook.

    Raises:
        UnreadableWorkbook, FileFault: it cannot be read.
    """
    book = Workbook(Path(name), data).checked()
    if OPTIONS not in book.sheet_names:
        return None
    before = _columns(book.sheet(OPTIONS).rows)
    after = {letters: _now(letters, names, offered, needed) for letters, names in before.items()}
    edits = {
        f"{letters}{row}": Edit(int(new) if new.isdigit() else new or None)
        for letters, names in before.items()
        for row, (old, new) in enumerate(_side_by_side(names, after[letters]), 1)
        if old != new
    }
    if not edits:
        return Refreshed(data)
    written = edited(data, {OPTIONS: edits}, name)
    told = [each for each in before if each not in NEEDED_AT]
    added = dict.fromkeys(new for each in told for new in after[each] if new not in before[each])
    removed = dict.fromkeys(old for each in told for old in before[each] if old not in after[each])
    lengths = {letters: len(names) for letters, names in after.items()}
    return Refreshed(_ranged(written, lengths, name), tuple(added), tuple(removed))


def _columns(rows: Sequence[Sequence[object]]) -> dict[str, list[str]]:
    """Return the names in each column down to the first blank one, by its letters."""
    found: dict[str, list[str]] = {}
    for at, column in enumerate(zip(*rows, strict=True)):
        names = ["" if each is None else str(each).removesuffix(".0") for each in column]
        names = names[: names.index("")] if "" in names else names
        if names:
            found[column_letters(at)] = names
    return found


def _now(
    letters: str,
    names: Sequence[str],
    offered: Mapping[type, Sequence[str]],
    needed: Sequence[tuple[str, str]],
) -> Sequence[str]:
    """Return what a list is to say; what it says where nobody can tell which it is."""
    if letters in NEEDED_AT:
        return [each[NEEDED_AT.index(letters)] for each in needed] or names
    best = max(offered.values(), key=lambda each: len({*names} & {*each}), default=())
    return best if 2 * len({*names} & {*best}) >= len(names) else names


def _side_by_side(before: Sequence[str], after: Sequence[str]) -> Sequence[tuple[str, str]]:
    length = max(len(before), len(after))
    return [
        (before[at] if at < len(before) else "", after[at] if at < len(after) else "") for at in range(length)
    ]


def _ranged(data: bytes, lengths: Mapping[str, int], name: str) -> bytes:
    """Let the drop-downs of all sheets draw on the whole of their lists."""

    def longer(found: re.Match[bytes]) -> bytes:
        letters = found[2].decode()
        length = lengths.get(letters)
        return found[0] if length is None else b"".join((*found.groups(), f"{letters}${length}".encode()))

    contents = {part: each for part, each in read(data, name).items() if part.startswith(_SHEETS)}
    changed = {part: _RANGE.sub(longer, content) for part, content in contents.items()}
    return with_changed(data, {part: each for part, each in changed.items() if each != contents[part]}, name)
