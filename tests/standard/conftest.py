"""Letters of several sizes, rendered once a session, and a ruler for their pages (millimetres from the top left)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from PIL import Image, ImageChops
from printing import require_libreoffice

from docgen.pdf.convert import make_pdfs
from docgen.standard.build import blocks
from docgen.standard.build.elements import Align
from docgen.standard.build.parts import (
    Addressee,
    AnnexHead,
    Body,
    ForEach,
    Heading,
    Note,
    NumberLine,
    Run,
    Slot,
    TitleLines,
    When,
)
from docgen.standard.build.table import Column, Table
from docgen.standard.forms.letter import Letter, build
from docgen.standard.measures.fonts import Face
from docgen.standard.measures.lengths import Mm, Pt
from docgen.template import template

DPI = 300
FEW = 75
"""Dots an inch of a page that is only asked whether there is something on it."""
INKED = 90
"""From so dark on a dot is ink."""
DRAWN = 96
"""So many drawn pages are kept at once, each of 9 MB; all of them would take gigabytes."""
BLACK, RED = 1, 2
_INKED = [BLACK * (255 - light > INKED) for light in range(256)]
OFFICE = "澄湖县重大项目联审联批工作机制办公室"
HOST = "澄湖县发展和改革委员会（代章）"
MARKS = {8: "澄湖县人民政府办", 18: OFFICE, 28: "澄湖县重大项目联审联批工作机制办公室和优化营商环境办公室"}

_ANNEX = Table(
    tuple(
        Column(head, Mm(width), f"{{{{ 行[{place}] }}}}", Align.CENTER)
        for place, (head, width) in enumerate(
            {
                "序号": 10,
                "手续名称": 34,
                "层级": 12,
                "审批单位": 30,
                "责任人": 16,
                "申报时限": 19,
                "办结时限": 19,
                "备注": 16,
            }.items()
        )
    ),
    rows="行 in 工期",
    size=Pt(10.5),
)
LETTER = Letter(
    title="{{ 标题行 | join }}",
    parts=(
        Slot("发文机关标志"),
        NumberLine("{{ 发文字号 }}"),
        TitleLines("标题行"),
        Addressee("{{ 主送机关 }}："),
        When("小标题", (Heading(1, "一、基本情况"), Body((Run("（一）依据。", Face.NAME), "按规定办理。")))),
        ForEach("段 in 正文", (Body("{{ 段 }}"),)),
        Body("特此告知。", keep_next=True),
        Slot("附件说明"),
        Slot("署名"),
        When("附注", (Note("（{{ 附注 }}）"),)),
        When("工期", (AnnexHead("附件1", "附件标题行"), _ANNEX)),
        Slot("版记"),
    ),
)
ROW = (
    "1",
    "建设项目用地预审与选址意见书",
    "县级",
    "澄湖县自然资源局",
    "王小明",
    "2026.3.10",
    "2026.3.31",
    "",
)


def context(**asked: Any) -> dict[str, Any]:
    usual = {
        "mark": OFFICE,
        "names": (OFFICE,),
        "copies": (),
        "annexes": (),
        "date": "2026年3月6日",
        "发文字号": "澄联审办函〔2026〕12号",
        "标题行": ("关于项目前期手续办理事项的告知函",),
        "主送机关": "澄湖县自然资源局",
        "小标题": False,
        "正文": ("现将有关事项告知如下。",),
        "附注": "",
        "工期": (),
        "附件标题行": ("前期手续倒排工期表",),
    } | asked
    return usual | {
        "发文机关标志": blocks.letter_mark(usual["mark"]),
        "附件说明": blocks.annex_list(usual["annexes"]),
        "署名": blocks.signature(usual["names"], usual["date"]),
        "版记": blocks.letter_copies(usual["copies"]),
    }


def lines(count: int) -> tuple[str, ...]:
    """Return paragraphs that fill so many lines."""
    return ("现" * 26,) * count


COPIES = (
    "县委办公室",
    "县政府办公室",
    "县重大项目联审联批工作机制各成员单位",
    "各苏木镇人民政府",
    "各工业园区管委会",
)
ANNEX = ("澄湖县年产二十万吨绿色建材生产线建设项目前期手续办理倒排工期表", "分管负责人和联络员名单反馈表")
MANY = (
    tuple(
        f"澄湖县{name}"
        for name in ("发展和改革委员会", "水务局", "住房和城乡建设局", "生态环境分局", "林业和草原局")
    )
    * 4
)
CASES: Mapping[str, Mapping[str, Any]] = {
    **{f"mark-{size}": {"mark": mark} for size, mark in MARKS.items()},
    "plain": {"小标题": True, "附注": "联系人：张三，电话：0990-7001234", "annexes": ANNEX[:1]},
    "long": {"正文": ("国" * 28 * 60,)},
    "two-names": {"names": (OFFICE, HOST), "annexes": ANNEX, "copies": COPIES},
    "short-name": {"names": ("澄湖县发展和改革委员会",)},
    **{f"copies-{count}": {"copies": MANY[:count], "正文": lines(3)} for count in (1, 3, 6, 7, 8, 9, 10, 20)},
    "annex-12": {"工期": (ROW,) * 12, "copies": COPIES, "names": (OFFICE, HOST)},
    "annex-40": {"工期": (ROW,) * 40, "copies": COPIES},
    **{
        f"fill-{count}": {"正文": lines(count), "copies": COPIES, "附注": "联系人：张三"}
        for count in range(1, 30)
    },
}


@dataclass
class Sheet:
    """A page as a reader sees it."""

    text: pdfplumber.page.Page
    pdf: Path

    @cached_property
    def lines(self) -> list[dict[str, Any]]:
        """The lines of the page, found once: their text and the edges of their boxes (points)."""
        found: list[dict[str, Any]] = self.text.extract_text_lines(return_chars=False)
        return found

    def ink(
        self, left: float = 0, top: float = 0, right: float = 210, bottom: float = 297
    ) -> tuple[float, ...] | None:
        """Return the box of the ink in a part of the page, None when there is none."""
        return self._box(BLACK, left, top, right, bottom)

    def red(
        self, left: float = 0, top: float = 0, right: float = 210, bottom: float = 297
    ) -> tuple[float, ...] | None:
        """Return the box of the red ink in a part of the page."""
        return self._box(RED, left, top, right, bottom)

    def _box(self, colour: int, *part: float) -> tuple[float, ...] | None:
        scale = DPI / 25.4
        inks = _inks(self.pdf, self.text.page_number).crop(tuple(round(edge * scale) for edge in part))
        found = inks.point([seen & colour for seen in range(256)]).getbbox()
        return found and tuple(round(edge / scale + part[place % 2], 2) for place, edge in enumerate(found))

    def line(self, words: str) -> tuple[float, float, float, float]:
        """Return the box of the line that begins with some words: left, baseline region's top, right, bottom."""
        for line in self.lines:
            if line["text"].replace(" ", "").startswith(words):
                return tuple(line[edge] * 25.4 / 72 for edge in ("x0", "top", "x1", "bottom"))
        raise AssertionError(f"{words} not in {self.text.extract_text()}")

    @property
    def is_blank(self) -> bool:
        """Whether the page shows nothing; what is seen in few dots is seen in many."""
        return _drawn(self.pdf, self.text.page_number, FEW).convert("L").point(_INKED).getbbox() is None

    @cached_property
    def words(self) -> str:
        return self.text.extract_text()


@lru_cache(maxsize=DRAWN)
def _inks(pdf: Path, number: int) -> Image.Image:
    """Return where a page has ink (BLACK) and where that is red (RED as well), drawn when a test looks at it."""
    drawn = _drawn(pdf, number, DPI)
    red, green, _ = drawn.split()
    return ImageChops.add(
        drawn.convert("L").point(_INKED),
        ImageChops.subtract(red, green).point([RED * (light > INKED) for light in range(256)]),
    )


def _drawn(pdf: Path, number: int, dpi: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    drawn = document[number - 1].render(scale=dpi / 72, rev_byteorder=True).to_pil().convert("RGB")
    document.close()
    return drawn


@pytest.fixture(scope="session")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every case as a PDF, all made in one call of LibreOffice."""
    require_libreoffice()
    folder = tmp_path_factory.mktemp("letters")
    documents = [folder / f"{name}.docx" for name in CASES]
    letter = template.compile(build(LETTER), "函.docx")
    for document in documents:
        document.write_bytes(letter.render(context(**CASES[document.stem])))
    pdfs = make_pdfs({path: path.with_suffix(".pdf") for path in documents}, workers=1)
    assert pdfs.faults == []
    return {pdf.stem: pdf for pdf in pdfs.made}


@pytest.fixture(scope="session")
def sheets(pdfs: dict[str, Path]) -> Callable[[str], list[Sheet]]:
    """The pages of a case."""
    known: dict[str, list[Sheet]] = {}

    def pages(name: str) -> list[Sheet]:
        if name not in known:
            known[name] = list(_read(pdfs[name]))
        return known[name]

    return pages


@pytest.fixture(scope="session")
def read_sheets() -> Callable[[Path], list[Sheet]]:
    """The pages of a PDF as a reader sees them; skips where LibreOffice is not installed."""
    require_libreoffice()
    return lambda pdf: list(_read(pdf))


def _read(pdf: Path) -> Iterable[Sheet]:
    texts = pdfplumber.open(io.BytesIO(pdf.read_bytes())).pages
    return (Sheet(text, pdf) for text in texts)
