"""Tables that fit what they say: widths and alignment are worked out in the document, from its words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
import pytest
from lxml import etree
from parts import in_document

from docgen.standard.build.fitting import fit_tables, is_asked
from docgen.standard.build.table import FITTED, Column, Table
from docgen.standard.measures.lengths import Length, Mm, Pt

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LONG = "需要协调解决用地指标缺口问题" * 3
HEADS = ("序号", "投资", "状态", "说明")
ROW = ("1", "1,234.5", "推进中", LONG)


def made(
    rows: Sequence[Sequence[str]] = (ROW,), foot: Sequence[Sequence[str]] = (), *, fits: bool = True
) -> bytes:
    """Return a document with one table, each of whose columns is 39 mm wide."""
    columns = tuple(Column(head, Mm(39), cell, None) for head, cell in zip(HEADS, rows[0], strict=True))
    table = Table(columns, more=tuple(map(tuple, rows[1:])), foot=tuple(map(tuple, foot)), fits=fits)
    plain, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as package, zipfile.ZipFile(out, "w") as written:
        for name in package.namelist():
            content = package.read(name)
            if name == "word/document.xml":
                content = content.replace(b"<w:body>", b"<w:body>" + table.xml().encode(), 1)
            written.writestr(name, content)
    return out.getvalue()


def fitted(document: bytes) -> bytes:
    return in_document(document, fit_tables)


def table_of(document: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        found = etree.fromstring(package.read("word/document.xml")).find(f".//{W}tbl")
    assert found is not None
    return found


def widths(document: bytes) -> list[int]:
    return [int(each.get(f"{W}w", "")) for each in table_of(document).iter(f"{W}gridCol")]


def aligns(document: bytes, row: int = 1) -> list[str]:
    cells = table_of(document).findall(f"{W}tr")[row].findall(f"{W}tc")
    return [cell.find(f"{W}p/{W}pPr/{W}jc").get(f"{W}val") for cell in cells]  # type: ignore[union-attr,misc]


def test_long_cells_get_what_short_ones_leave_and_the_table_is_as_wide_as_before() -> None:
    before, after = widths(made()), widths(fitted(made()))
    assert sum(after) == sum(before)
    assert after[3] > max(after[:3]) * 2
    cells = [int(each.get(f"{W}w", "")) for each in table_of(fitted(made())).iter(f"{W}tcW")]
    assert cells == after * 2


def test_numbers_stand_right_short_words_centred_and_others_left() -> None:
    assert aligns(fitted(made())) == ["center", "right", "center", "left"]


def test_a_row_below_stands_as_those_above_it() -> None:
    assert aligns(fitted(made([ROW, ("2", "3", "开工", "无")], [("", "1,237.5", "", "")])), 3)[1] == "right"


def test_an_alignment_of_its_own_is_kept() -> None:
    document = made()
    loose = table_of(document)
    assert loose.find(f".//{W}jc[@{W}val='right']") is None
    assert aligns(fitted(document))[1] == "right"
    assert aligns(fitted(fitted(document)))[1] == "right"


def test_only_a_table_that_asks_for_it_is_changed_and_does_not_ask_any_more() -> None:
    plain = made(fits=False)
    assert not is_asked(plain)
    assert fitted(plain) == plain
    assert is_asked(made())
    done = fitted(made())
    assert not is_asked(done)
    assert FITTED.encode() not in etree.tostring(table_of(done), encoding="utf-8")


def test_a_line_break_in_a_cell_ends_a_line() -> None:
    one, two = made([("1", "2", LONG + LONG, "3")]), made([("1", "2", f"{LONG}\n{LONG}", "3")])
    assert widths(fitted(two))[2] <= widths(fitted(one))[2]


@pytest.mark.parametrize("count", [1, 3000])
def test_a_table_of_any_length_fits(count: int) -> None:
    rows = [(str(at), f"{at * 1.5}", "推进中", LONG) for at in range(1, count + 1)]
    document = fitted(made(rows))
    after = widths(document)
    assert after[0] < after[3]
    assert aligns(document, count)[0] == "center"


def test_cells_that_are_merged_are_as_wide_as_their_columns_together() -> None:
    document = made()
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    root = etree.fromstring(parts["word/document.xml"])
    first, second, *_ = root.findall(f".//{W}tr")[1].findall(f"{W}tc")
    looks = first.find(f"{W}tcPr")
    looks.insert(1, looks.makeelement(f"{W}gridSpan", {f"{W}val": "2"}))
    second.getparent().remove(second)
    parts["word/document.xml"] = etree.tostring(root)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name, content in parts.items():
            written.writestr(name, content)
    done = fitted(out.getvalue())
    merged = table_of(done).findall(f"{W}tr")[1].find(f"{W}tc/{W}tcPr/{W}tcW")
    assert merged is not None
    assert int(merged.get(f"{W}w", "")) == sum(widths(done)[:2])


def test_the_widest_stays_within_the_table() -> None:
    size: Length = Pt(12)
    after = widths(fitted(made([("1", "2", "3", "澄" * 400)])))
    assert min(after) >= size.twips * 2
