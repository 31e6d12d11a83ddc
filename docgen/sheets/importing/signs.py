"""What a list says by notes on cells and by colours: that is not read, and so it is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import field
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.opc.faults import FileFault
from docgen.opc.reading import Parts, opened
from docgen.sheets.addresses import is_address, row_number

_CELL: Final = re.compile(rb'<c\b[^>]*?\br="[A-Z]+(\d+)"[^>]*?\bs="(\d+)"')
_STYLES: Final = "xl/styles.xml"
_FEW: Final = 5
_LONGEST: Final = 30


@dataclass(frozen=True)
class Signs:
    """Notes, each with its cell, and the fills that the cells of a row have, by its number from 1."""

    notes: Sequence[tuple[str, str]] = ()
    fills: Mapping[int, frozenset[int]] = field(default_factory=dict)


def signs_of(data: bytes, name: str, sheet: str) -> Signs:
    """Return the signs of a sheet of an .xlsx; none where the file is of another kind or oddly made."""
    with suppress(FileFault, KeyError, StopIteration, ValueError, IndexError), opened(data, name) as parts:
        part = _part_of(parts, sheet)
        notes = [
            (str(each.get("ref", "")), "".join(map(str, each.itertext())).strip())
            for target in _targets(parts, part)
            for each in parts.xml(target).iter("{*}comment")
            if is_address(str(each.get("ref", "")))
        ]
        return Signs(notes, _fills(parts.content(part), _solid(parts)))
    return Signs()


def told_signs(signs: Signs, sheet: str, rows: Sequence[int]) -> Iterator[Advice]:
    """Yield what is said of the signs in some rows of a sheet, which are counted from 1."""
    wanted = set(rows)
    notes = [(cell, words) for cell, words in signs.notes if row_number(cell) in wanted]
    if notes:
        some = "、".join(f"{cell}“{_short(words)}”" for cell, words in notes[:_FEW])
        more = f"等{len(notes)}处" if len(notes) > _FEW else ""
        yield Advice("import-notes", f"{sheet} 有批注，没有读：{some}{more}；请核对，要留的填在备注等栏")
    fills = {row: signs.fills.get(row, frozenset()) for row in wanted}
    usual = Counter(fills.values()).most_common(1)
    odd = sorted(row for row, fill in fills.items() if fill != usual[0][0]) if usual else []
    if odd and 2 * len(odd) <= len(fills):
        named = "、".join(map(str, odd[:_FEW])) + (f"等{len(odd)}" if len(odd) > _FEW else "")
        yield Advice("import-coloured", f"{sheet} 第{named}行的底色与别的行不同，底色的意思没有读，请核对")


def _part_of(parts: Parts, sheet: str) -> str:
    """Return the part of a sheet. Raises StopIteration or KeyError where there is none."""
    main = parts.workbook()
    found = next(each for each in parts.xml(main).iter("{*}sheet") if each.get("name") == sheet)
    relation = next(value for key, value in found.attrib.items() if str(key).endswith("}id"))
    return parts.relations(main)[str(relation)].target


def _targets(parts: Parts, part: str) -> list[str]:
    found = (each.target for each in parts.relations(part).values() if each.kind == "comments")
    return [each for each in found if each in parts]


def _solid(parts: Parts) -> dict[int, int]:
    """Return the fill of each style of cells that has one."""
    if _STYLES not in parts:
        return {}
    root = parts.xml(_STYLES)
    fills, styles = root.find("{*}fills"), root.find("{*}cellXfs")
    if fills is None or styles is None:
        return {}
    patterns = [each.find("{*}patternFill") for each in fills]
    solid = {
        at for at, each in enumerate(patterns) if each is not None and each.get("patternType") == "solid"
    }
    numbers = (int(each.get("fillId", 0)) for each in styles)
    return {at: fill for at, fill in enumerate(numbers) if fill in solid}


def _fills(xml: bytes, solid: dict[int, int]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for row, style in _CELL.findall(xml) if solid else ():
        if (fill := solid.get(int(style))) is not None:
            found.setdefault(int(row), set()).add(fill)
    return {row: frozenset(each) for row, each in found.items()}


def _short(words: str) -> str:
    plain = " ".join(words.split())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}……"
