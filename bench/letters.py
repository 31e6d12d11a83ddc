"""What the rendering benchmarks write: one letter said in each program's tags, and the sample workspace's notices.

The letter has fifteen fields and a table of ten rows on the default document of python-docx, which like Word's own
brings all its style parts. Its values hold the signs that XML gives a meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from docgen.documents.frame.drafts import Draft
    from docgen.model.records import Records

ROOT: Final = Path(__file__).parent.parent
NOTICE: Final = ROOT / "templates" / "docx" / "告知函.docx"
FIELDS: Final = tuple(f"字段{number}" for number in range(1, 16))
TODAY: Final = date(2026, 3, 16)
"""The day that the sample workspace's docgen.toml calls today."""
COLUMNS: Final = ("名称", "金额", "单位", "备注")
Context = dict[str, Any]


def letter(number: int, rows: int = 10) -> Context:
    """Return the values of a letter; every letter has its own."""
    table = [
        {
            "名称": f"第{number}号项目第{row + 1}项审批",
            "金额": f"{(number + row) * 10}",
            "单位": "市发展改革委",
            "备注": f"A&B <{row + 1}>",
        }
        for row in range(rows)
    ]
    return {**{name: f"第{number}份文件的{name}，限额<5亿元" for name in FIELDS}, "清单": table}


def letters(count: int) -> list[Context]:
    """Return the values of so many letters."""
    return [letter(number) for number in range(1, count + 1)]


def jinja_template(path: Path) -> Path:
    """Write the letter for docgen and docxtpl."""
    return _written(
        path,
        lambda name: f"{{{{ {name} }}}}",
        [["{%tr for 行 in 清单 %}"], [f"{{{{ 行.{name} }}}}" for name in COLUMNS], ["{%tr endfor %}"]],
    )


def brace_template(path: Path) -> Path:
    """Write the letter for docxtemplater and easy-template-x, whose loops begin and end in the row they repeat."""
    cells = [f"{{{name}}}" for name in COLUMNS]
    row = [f"{{#清单}}{cells[0]}", *cells[1:-1], f"{cells[-1]}{{/清单}}"]
    return _written(path, lambda name: f"{{{name}}}", [row])


def merge_template(path: Path) -> Path:
    """Write the letter with Word's own merge fields, for docx-mailmerge2."""
    import docx

    document = docx.Document()
    for name in FIELDS:
        _merge_field(document.add_paragraph(f"{name}："), name)
    table = document.add_table(2, len(COLUMNS))
    for cell, name in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = name
    for cell, name in zip(table.rows[1].cells, COLUMNS, strict=True):
        _merge_field(cell.paragraphs[0], name)
    document.save(str(path))
    return path


def _written(path: Path, field: Callable[[str], str], rows: list[list[str]]) -> Path:
    import docx

    document = docx.Document()
    for name in FIELDS:
        document.add_paragraph(f"{name}：").add_run(field(name)).bold = True
    table = document.add_table(1 + len(rows), len(COLUMNS))
    for line, words in zip(table.rows, [list(COLUMNS), *rows], strict=True):
        for cell, text in zip(line.cells, words, strict=False):
            cell.text = text
    document.save(str(path))
    return path


def _merge_field(paragraph: Any, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), f" MERGEFIELD {name} ")
    run = paragraph.add_run(f"«{name}»")
    run.bold = True
    simple.append(run._r)  # noqa: SLF001  python-docx has no other way to its element
    paragraph._p.append(simple)  # noqa: SLF001


def notices(count: int) -> list[Context]:
    """Return the contexts of so many notices of the sample workspace, all its notices again and again."""
    found = notices_of(ROOT / "data")
    return [found[place % len(found)] for place in range(count)]


def notices_of(data: Path) -> list[Context]:
    """Return the contexts of all notices that some sheets give, as far as the shipped template shows them."""
    from docgen.documents.labels.views import tree_of
    from docgen.template.template import compile as compile_template

    tree = tree_of(compile_template(NOTICE.read_bytes(), NOTICE.name).fields())
    return [dict(each.compute(TODAY, tree)) for each in drafts_of(records_of(data))]


def drafts_of(records: Records) -> list[Draft]:
    """Return the drafts of all notices that some records give."""
    from docgen.documents.declared.catalogue import read_catalogue
    from docgen.documents.facts import Facts
    from docgen.documents.frame.drafting import drafts
    from docgen.documents.frame.drafts import Asked
    from docgen.model.schema import BUILT_IN

    kind = read_catalogue(ROOT / "kinds", "kinds", BUILT_IN).bound("notice", records)
    return drafts(kind, Facts(records, TODAY), Asked(everything=True)).drafts


def records_of(data: Path) -> Records:
    """Read some sheets; faults end the run."""
    from docgen.sheets.reading.reader import read_folder

    reading = read_folder(data, "data")
    if reading.records is None:
        raise SystemExit("\n".join(map(str, reading.faults[:5])))
    return reading.records


CONTEXTS: Final[dict[str, Callable[[int], list[Context]]]] = {"letters": letters, "notices": notices}
"""The contexts of the rendering benchmarks, by the name that writers are told."""


def contexts(told: str) -> list[Context]:
    """Return the contexts a writer is told to use: `letters:2000`, `notices:2000`, or a big `table:10000`."""
    kind, _, count = told.partition(":")
    if kind == "table":
        return [letter(1, int(count))]
    return CONTEXTS[kind](int(count))
