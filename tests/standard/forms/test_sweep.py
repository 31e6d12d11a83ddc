"""Texts of 1 to 60 lines in every form: page 1 shows text, no signature stands alone, the 版记 ends an even page.

The lengths at which a signature goes over to the next page are found by the estimate; LibreOffice lays those out, and
their neighbours, in one run.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import partial

import pytest
from lxml import etree
from parts import in_document

from docgen.pdf.convert import make_pdfs
from docgen.standard.build.estimate import Pages
from docgen.standard.build.looks import W, known_looks
from docgen.standard.forms.catalogue import FORMS
from docgen.standard.forms.form import Head
from docgen.standard.forms.wording import parse
from docgen.standard.measures.lengths import NONE
from docgen.standard.measures.look import STANDARD
from docgen.template import template

pytestmark = pytest.mark.libreoffice

OFFICE = "澄湖县重大项目联审联批工作机制办公室"
ORGANS = ("澄湖县人民政府", "澄湖县水务局", "澄湖县财政局", "澄湖县林业和草原局")
DATE = "2026年3月16日"
HEAD = Head(
    OFFICE, "关于加快办理前期手续的通知", "澄联审〔2026〕　号", DATE, addressees=("澄湖县自然资源局",),
    copies=("县政府督查室",), signature=(OFFICE,),
)  # fmt: skip
ORDER = replace(HEAD, organ="澄湖县人民政府", number="第3号", signature=("县长　王小明",), copies=())
UNSIGNED = replace(HEAD, signature=(), addressees=())
ONE, TWO, FORMULA = "{{ 全文 }}", "说明如下。\n{{ 全文 }}", "{{ 全文 }}\n特此通知。"
NOTE = "\n[附注] （联系人：张三，联系电话：0990-7001234）"
CASES = {
    "信函-代章": ("信函", TWO, replace(HEAD, signature=(OFFICE, "澄湖县发展和改革委员会（代章）"))),
    "信函-无抄送": ("信函", ONE, replace(HEAD, copies=())),
    "信函-联合": ("信函", ONE, replace(HEAD, signature=ORGANS)),
    "信函-不盖章": ("信函", FORMULA, replace(HEAD, seal=NONE)),
    "文件-一段": ("文件", ONE, HEAD),
    "文件-附注": ("文件", FORMULA + NOTE, replace(HEAD, copies=())),
    "文件-联合": ("文件", ONE, replace(HEAD, signature=ORGANS)),
    "文件-附件": ("文件", ONE, replace(HEAD, annexes=("项目清单", "反馈表"))),
    "上行文-联合": ("上行文", ONE, replace(HEAD, signature=ORGANS[:2], signatories=("张三", "李四五"))),
    "命令-无版记": ("命令", ONE, ORDER),
    "命令-版记": ("命令", FORMULA, replace(ORDER, copies=("县政府督查室",))),
    "纪要-名单": ("纪要", ONE + "\n[名单] 出席：张三、李四", UNSIGNED),
    "期刊-无版记": ("期刊", ONE, replace(UNSIGNED, number="", serial="第3期", copies=())),
}
MOST = 60
LEAST = 5
MANY = (9, 17, 40)


def text(lines):
    """Return a paragraph of so many lines, the last of them short where their number is even."""
    return "现" * (28 * lines - (28 if lines % 2 == 0 and lines > 1 else 10))


def maker(form, wording, head):
    """Return what makes the document of a length, finished unless that is not wanted."""
    compiled = template.compile(FORMS[form].template(parse(wording, "行文.txt"), STANDARD), form)
    values = FORMS[form].filled(head, STANDARD) | {"标题": head.title, "附件": {}}

    def make(lines, *, finished=True):
        made = compiled.render(values | {"全文": text(lines)})
        return in_document(made, partial(FORMS[form].finish, look=STANDARD)) if finished else made

    return make


def ends_on(document):
    """Return on which page the last paragraph is."""
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        body = etree.fromstring(package.read("word/document.xml")).find(f"{W}body")
        return max(
            last for _, last in Pages(body, known_looks(package.read("word/styles.xml"))).laid().values()
        )


def turns(make):
    """Return the lengths up to the most with which a document gets a page more."""
    pages = {lines: ends_on(make(lines, finished=False)) for lines in (1, MOST)}
    found = []
    for page in range(pages[1] + 1, pages[MOST] + 1):
        low, high = 1, MOST
        while high - low > 1:
            middle = (low + high) // 2
            pages[middle] = pages.get(middle) or ends_on(make(middle, finished=False))
            low, high = (low, middle) if pages[middle] >= page else (middle, high)
        found.append(high)
    return found


@pytest.fixture(scope="module")
def swept(read_sheets, page_words, tmp_path_factory):
    """What each page says of each document near a turn of pages, and of those with many addressees."""
    folder = tmp_path_factory.mktemp("sweep")
    for name, case in CASES.items():
        make = maker(*case)
        near = {each for turn in turns(make) for each in (turn - 2, turn - 1, turn)} | {1, 2}
        for lines in near - {0}:
            (folder / f"{name}-{lines}.docx").write_bytes(make(lines))
    for form in ("信函", "文件", "上行文"):
        for count in MANY:
            names = tuple(f"澄湖县第{place}项目管理局" for place in range(count))
            make = maker(form, ONE, replace(HEAD, addressees=names, signatories=("张三",)))
            (folder / f"{form}-主送-{count}.docx").write_bytes(make(1))
    pdfs = make_pdfs({path: path.with_suffix(".pdf") for path in sorted(folder.glob("*.docx"))}, workers=1)
    assert pdfs.faults == []
    return {pdf.stem: page_words(pdf) for pdf in pdfs.made}


def test_page_one_always_shows_text(swept):
    assert {name for name, pages in swept.items() if "现" not in pages[0]} == set()


def test_no_signature_stands_alone_or_apart(swept):
    wrong = {}
    for name, pages in swept.items():
        if name.startswith(("纪要", "期刊")):
            continue
        page = next(each for each in pages if DATE in each.replace(f"{DATE}印发", ""))
        organs = ORGANS[: 4 if name[:2] != "上行" else 2] if "联合" in name else ()
        if page.count("现") < LEAST and name.rpartition("-")[2] != "1":
            wrong[name] = "stands alone"
        elif "现" not in page or any(each not in page for each in organs):
            wrong[name] = "stands apart"
    assert wrong == {}


def test_the_imprint_of_every_length_ends_an_even_page(swept):
    imprinted = {
        name: pages for name, pages in swept.items() if name.startswith(("文件", "上行", "纪要", "命令-版"))
    }
    assert imprinted
    wrong = {
        name
        for name, pages in imprinted.items()
        if len(pages) % 2
        or f"{DATE}印发" not in pages[-1]
        or any(f"{DATE}印发" in each for each in pages[:-1])
    }
    assert wrong == set()


def test_no_character_is_lost_where_a_paragraph_is_parted(swept):
    for name, pages in swept.items():
        if "主送" not in name:
            assert sum(each.count("现") for each in pages) == len(text(int(name.rpartition("-")[2])))
