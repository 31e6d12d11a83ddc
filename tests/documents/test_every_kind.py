"""Every kind that docgen declares, by the command the manual shows: drafted, judged, signed, and with random data."""

from __future__ import annotations

import importlib.util
import json
import random
import re
import shlex
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise, permutations
from pathlib import Path
from typing import Any, Final

import docx
import ofdkit
import openpyxl
import pypdfium2
import pytest
from docx.document import Document
from lxml import etree

from docgen.documents.declared.catalogue import built_in
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.pdf.convert import make_pdfs
from docgen.sheets.faults import CellFault
from docgen.sheets.reading.reader import read_folder

ROOT: Final = Path(__file__).parents[2]
Docgen = Callable[..., Any]
KINDS: Final = {each.title: each for each in built_in()}
NEVER: Final = re.compile(
    r"None|nan\b|undefined|\{\{|\}\}|\{%|%\}|\{#|待填写"
    r"|[，。、；：！？]{2}|（[，、；）]|[，、；（]）|《》|“”|〔〕|\(\)|\[\]|【】|Decimal|<[A-Za-z_.]+ object"
)
"""What no document may show: a value of the program, a tag, doubled punctuation, empty brackets."""


def shown_in_manual() -> tuple[str, dict[str, str]]:
    spec = importlib.util.spec_from_file_location("docs_kinds", ROOT / "docs" / "kinds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.DAY, module.EXAMPLES


KEPT: Final = ("单位", "人员", "工作机制", "机构", "事项", "文种", "节假日")
"""Books that stay as they are."""
VALIDATOR: Final = tuple(
    map(str, (ROOT / ".venv" / "validator").glob("node_modules/@xarsh/*/ooxml-validator"))
)[:1]
"""The program that judges a document by the Open XML schema, for the machine it was installed on."""
SEEDS: Final = 2
"""Random workspaces; each kind is drafted in one of them."""
KEYS: Final = (
    "项目",
    "审批事项",
    "事项",
    "会议",
    "单位",
    "期",
    "报送事项",
    "序号",
    "国家项目代码",
    "项目名称",
)
"""Columns that say which row it is."""
RARE: Final = "成员调整通知"
"""A kind whose example has a character beyond the first plane."""
DAY, EXAMPLES = shown_in_manual()


W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OWN_WORDS: Final = etree.XPath(
    "./w:r/w:t/text() | ./w:hyperlink//w:t/text() | ./w:sdt//w:t/text()", namespaces={"w": W}
)
"""The words of a paragraph that are not those of a shape in it."""


def drafted(docgen: Docgen, arguments: str) -> list[dict[str, Any]]:
    ran = docgen("--json", "--date", DAY, "--by", "陶映雪", *shlex.split(arguments))
    assert ran.code in (0, 1, 3), ran.err  # what is missing or not allowed is refused
    found: list[dict[str, Any]] = json.loads(ran.out).get("documents", [])
    return found


def paragraphs_of(path: Path) -> Iterator[str]:
    """Yield each paragraph of a document, of its tables, heads and feet; the cells of a workbook."""
    if path.suffix == ".xlsx":
        for sheet in openpyxl.load_workbook(path).worksheets:
            yield from (
                str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
            )
        return
    document: Document = docx.Document(str(path))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element, section.first_page_footer._element]
    for part in parts:
        for each in part.iter(f"{{{W}}}p"):
            yield "".join(OWN_WORDS(each))


def wrong_words(path: Path, units: list[str]) -> list[str]:
    """Return the paragraphs that show what none may, or two units' names run together."""
    return [each for each in paragraphs_of(path) if NEVER.search(each) or run_together(each, units)]


def run_together(words: str, units: list[str]) -> bool:
    """Whether some words have two units' names without anything between them that are not one's name together."""
    named = [each for each in units if each in words]
    return any(a + b in words and a + b not in units for a, b in permutations(named, 2))


def records_of(root: Path) -> Records:
    records = read_folder(root / "data", "data").records
    assert records is not None
    return records


def errors_by_schema(path: Path) -> list[str]:
    """Return what the Open XML SDK's validator finds wrong in a document."""
    ran = subprocess.run([*VALIDATOR, path], capture_output=True, text=True, check=False)
    return [each["description"] for each in json.loads(ran.stdout)["errors"]]


def structures(path: Path) -> set[tuple[object, ...]]:
    """Return how each element of a document is built: its attributes, numbers and words aside, and its children."""
    found: set[tuple[object, ...]] = set()
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                for each in etree.fromstring(package.read(name)).iter(etree.Element):
                    kept = sorted(
                        (key, re.sub(r"[-\d.]+|.*[^\x00-\x7f].*", "0", value)) for key, value in each.items()
                    )
                    found.add((each.tag, *kept, *(tag for tag, _ in groupby(child.tag for child in each))))
    return found


def showing_all_structures(paths: list[Path]) -> list[Path]:
    """Return a few of many documents in which every structure of all of them occurs."""
    built = {path: structures(path) for path in paths}
    left = set().union(*built.values())
    chosen: list[Path] = []
    while left:
        chosen.append(max(built, key=lambda path: len(built[path] & left)))
        left -= built[chosen[-1]]
    return chosen


def test_every_kind_has_its_command_in_the_manual() -> None:
    assert sorted(EXAMPLES) == sorted(KINDS)


@pytest.fixture
def examples(docgen: Docgen, begin: Callable[..., None]) -> dict[str, list[Path]]:
    """The files of each kind that its command in the manual makes."""
    begin("examples", lambda: [drafted(docgen, arguments) for arguments in EXAMPLES.values()])
    found: dict[str, list[Path]] = {}
    for each in json.loads(docgen("--json", "doc", "list").out)["documents"]:
        found.setdefault(each["kind"], []).append(Path(each["path"]))
    return found


def letters(examples: dict[str, list[Path]]) -> list[Path]:
    return [path for each in examples.values() for path in each if path.suffix == ".docx"]


def test_every_command_makes_a_document_that_lint_passes_and_that_shows_no_leftover(
    docgen: Docgen, workspace: Path, examples: dict[str, list[Path]]
) -> None:
    assert set(examples) == set(KINDS)
    units = [each.short_name for each in records_of(workspace).of(Unit)]
    paths = [path for each in examples.values() for path in each]
    assert {str(path): found for path in paths if (found := wrong_words(path, units))} == {}
    judged = docgen("lint", *letters(examples))
    assert (judged.code, re.findall("错误.*|警告.*", judged.out)) == (0, [])


@pytest.mark.skipif(
    not VALIDATOR, reason="needs the validator of the Open XML schema, which make tools installs"
)
def test_every_document_is_valid_by_the_open_xml_schema(examples: dict[str, list[Path]]) -> None:
    chosen = showing_all_structures(letters(examples))
    assert {path.name: found for path in chosen if (found := errors_by_schema(path))} == {}


@pytest.mark.libreoffice
def test_every_form_is_an_ofd_whose_text_another_reader_gives_back(
    docgen: Docgen, examples: dict[str, list[Path]], tmp_path: Path
) -> None:
    """A kind of each form, and one that names somebody with a rare character: the characters are those of the PDF."""
    kinds = [*{KINDS[kind].form: kind for kind in reversed(list(KINDS))}.values(), RARE]
    named = {examples[kind][0]: tmp_path / f"{number:02}.pdf" for number, kind in enumerate(kinds)}
    pdfs = make_pdfs(named, workers=1)
    assert pdfs.faults == []
    ran = docgen("--json", "ofd", *pdfs.made)
    made = json.loads(ran.out)["ofds"]
    assert (ran.code, len(made)) == (0, len(kinds))
    for kind, pdf, said in zip(kinds, pdfs.made, made, strict=True):
        assert characters(ofdkit.extract_text(pdf.with_suffix(".ofd"))) == characters(text_of(pdf)), kind
        assert said["metadata"]["文种"] == kind  # the register knows the document that the PDF was made of
    assert max(map(ord, text_of(pdfs.made[-1]))) > 0xFFFF


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def characters(text: str) -> Counter[str]:
    return Counter(each for each in text if each.isalnum())


def test_every_signed_kind_is_reviewed_signed_sealed_where_it_is_and_verified(
    docgen: Docgen, examples: dict[str, list[Path]]
) -> None:
    signed = {title for title, each in KINDS.items() if each.signed and not each.is_list}
    assert signed <= set(examples)
    for by, *step in (
        ("方知远", "doc", "review", "--all"),
        ("万里舟", "doc", "sign", "--all"),
        ("万里舟", "seal", "mandate", "add"),
        ("陶映雪", "seal", "request", "--all", "--copies", "3"),
        ("万里舟", "seal", "approve", "--all"),
        ("范雨桐", "seal", "apply", "--all"),
        ("陶映雪", "doc", "issue", "--all"),
        ("陶映雪", "verify"),
    ):
        ran = docgen("--date", DAY, "--by", by, *step)
        assert ran.code == 0, (step, ran.err)
    listed = json.loads(docgen("--json", "doc", "list", "--state", "印发").out)["documents"]
    assert {each["kind"] for each in listed} == signed


def changed_at_random(root: Path, chance: random.Random) -> None:
    """Empty cells, move days and mix what is in the columns of the sheets that documents are made from.

    A row that the sheets' check refuses gets back what it had; where that does not help, its whole workbook.
    """
    books = {
        path: openpyxl.load_workbook(path) for path in (root / "data").glob("*.xlsx") if path.stem not in KEPT
    }
    sheets = {sheet.title: sheet for book in books.values() for sheet in book.worksheets}
    before = {
        name: [list(row) for row in sheet.iter_rows(values_only=True)] for name, sheet in sheets.items()
    }
    for sheet in sheets.values():
        for column in range(2, sheet.max_column + 1):
            if sheet.cell(2, column).value not in KEYS:
                mix(sheet, column, chance)
    changed = set(sheets)
    for turn in range(len(sheets)):
        save_changed(books, changed)
        faults = read_folder(root / "data", "data").faults
        if not faults:
            return
        changed.clear()
        for fault in faults:
            assert isinstance(fault, CellFault), fault
            for name, row in refused(fault, books, before, whole=turn >= 2):
                changed.add(name)
                for column, value in enumerate(before[name][row - 1], 1):
                    sheets[name].cell(row, column).value = value
    raise AssertionError([str(each) for each in faults])


def save_changed(books: dict[Path, Any], changed: set[str]) -> None:
    """Save the workbooks that have one of these sheets."""
    for path, book in books.items():
        if changed.intersection(book.sheetnames):
            book.save(path)


def refused(
    fault: CellFault, books: dict[Path, Any], before: dict[str, list[list[Any]]], *, whole: bool
) -> Iterator[tuple[str, int]]:
    """Yield the row that a fault is of, by its sheet; or all rows of every sheet of its workbook."""
    book, name = fault.sheet.split()[0].removesuffix(".xlsx"), fault.sheet.split()[-1]
    if not whole:
        yield name, int(fault.cell.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        return
    for path, one in books.items():
        for each in one.worksheets if path.stem == book else ():
            yield from ((each.title, row) for row in range(3, len(before[each.title]) + 1))


def mix(sheet: Any, column: int, chance: random.Random) -> None:
    cells = [sheet.cell(row, column) for row in range(3, sheet.max_row + 1)]
    for one, other in pairwise(cells):
        roll = chance.random()
        if roll < 0.06:
            one.value = None
        elif roll < 0.2:
            one.value, other.value = other.value, one.value
        elif roll < 0.3 and isinstance(one.value, date | datetime):
            one.value += timedelta(days=chance.randrange(-60, 61))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_documents_of_random_data_show_no_leftover(docgen: Docgen, workspace: Path, seed: int) -> None:
    changed_at_random(workspace, random.Random(seed))  # noqa: S311  no secret
    for title in list(KINDS)[seed::SEEDS]:
        drafted(docgen, f"draft {title} --all")
    made = sorted(each for each in (workspace / "out").rglob("*.[dx][ol][cs]x"))
    units = [each.short_name for each in records_of(workspace).of(Unit)]
    assert {each.name: found for each in made if (found := wrong_words(each, units))} == {}
    assert made
