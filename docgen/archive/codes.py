"""Archival codes (档号, DA/T 13-2022): 全宗号-门类代码·年度-保管期限-机构（问题）代码-件号.

J001-WS·2026-D30-BGS-0005
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from docgen.dataclass import dataclass

RETENTION_CODES: Final[Mapping[str, str]] = {"永久": "Y", "30年": "D30", "10年": "D10"}
"""By the words of the sheet of kinds (保管期限)."""
_DIGITS: Final = 4


@dataclass(frozen=True)
class Series:
    """What the codes of a year have in common.

    Args:
        fonds, fonds_name: 全宗号 and 全宗名称.
        category: 门类代码.
        department, department_name: 机构（问题）代码 and its name.
        year: 年度.
    """

    fonds: str
    fonds_name: str
    category: str
    department: str
    department_name: str
    year: int

    def code(self, retention: str, item: int) -> str:
        """Return the code of an item; a retention that is not known raises KeyError."""
        group = f"{self.fonds}-{self.category}·{self.year}-{RETENTION_CODES[retention]}-{self.department}"
        return f"{group}-{item:0{_DIGITS}}"


def item_of(code: str) -> int:
    """Return the number of the item in its group (件号). Raises ValueError when the text is no code."""
    return int(code.rpartition("-")[2])


def place_of(code: str) -> tuple[str, int, str]:
    """Return by what codes are put in order: their group, then the number of the item, of however many digits."""
    group, _, item = code.rpartition("-")
    return group, len(item), item


def numbered(
    series: Series, retentions: Iterable[tuple[int, str]], given: Mapping[int, str]
) -> dict[int, str]:
    """Return the code of each document; a code once given stays, new ones follow the last of their group.

    Args:
        series: what the codes have in common.
        retentions: documents in the order of the catalogue, each with its retention.
        given: the codes of documents archived before.
    """
    codes: dict[int, str] = {}
    last: dict[str, int] = {}
    for code in given.values():
        group = code.rpartition("-")[0]
        last[group] = max(last.get(group, 0), item_of(code))
    for document, retention in retentions:
        if document in given:
            codes[document] = given[document]
            continue
        group = series.code(retention, 0).rpartition("-")[0]
        last[group] = last.get(group, 0) + 1
        codes[document] = series.code(retention, last[group])
    return codes
