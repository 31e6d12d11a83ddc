"""Documents of every form and of several sizes, rendered once a session with each set of fonts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from parts import in_document

from docgen.pdf import fonts
from docgen.pdf.convert import make_pdfs
from docgen.standard.build import blocks, ending
from docgen.standard.build.blocks import Block, document_end
from docgen.standard.build.closing import joint_seals, stamped, unsealed
from docgen.standard.build.elements import CELL
from docgen.standard.build.fitting import fit_tables
from docgen.standard.build.head import Corner, file_head, upward_head
from docgen.standard.build.imprint import Imprint, imprint
from docgen.standard.build.levels import body
from docgen.standard.build.parts import Addressee, AnnexHead, BlankLine, Note, Slot, TitleLines, When
from docgen.standard.build.section import Landscape
from docgen.standard.build.table import Column, Table, even
from docgen.standard.forms import document
from docgen.standard.forms.minutes import attendance, minutes_head
from docgen.standard.forms.order import order_head
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length, Mm, Pt
from docgen.standard.measures.look import STANDARD, Look, Margins, PageNumbers
from docgen.template import template

OFFICE = "澄湖县人民政府办公室"
NUMBER = "澄政办发〔2026〕12号"
DATE = "2026年3月6日"
CORNER = Corner("000123", "秘密★1年", "特急")
COPIES = (
    "县委办公室",
    "县人大常委会办公室",
    "县政协办公室",
    "县纪委监委",
    "县法院",
    "县检察院",
    "驻县各单位",
)
IMPRINT = Imprint(OFFICE, DATE, COPIES)
INK = Look(margins=Margins.INK, page_numbers=PageNumbers.PLAIN, mark_size=Pt(36))
LEVELS = """为加快推进重大项目前期工作，现就有关事项通知如下。
一、总体要求
坚持“要素跟着项目走”，对2026年清单内的38个项目实行联审联批。
二、重点任务。各项任务按月调度。
（一）明确责任。请于2026年3月20日前逐项明确责任人和计划办结日期。
（二）倒排工期
1.用地预审
自然资源部门牵头。
2.环评审批。生态环境部门牵头，按季度通报。
（1）登记表项目
（2）报告表项目即来即办。
特此通知。"""
HEADS = ("序号", "项目名称", "所在地", "总投资（万元）", "牵头单位", "办结时限", "进展情况")
_LONG = "需协调解决用地指标缺口、林草手续和接入系统批复等三个问题"
ROWS = tuple(
    (
        str(place),
        f"澄湖县年产{place * 7}万吨绿色建材生产线建设项目" if place % 3 else "园区道路",
        ("城关镇", "沙湾镇")[place // 9 % 2],
        f"{place * 1234.5:,.1f}",
        "澄湖县自然资源局",
        "2026.3.10",
        "推进中" if place % 4 else _LONG,
    )
    for place in range(1, 31)
)
SENTENCES = (
    "截至2026年3月6日，全县38个重大项目完成手续126项，办结率68.5%，比上月提高3.2个百分点。",
    "澄湖县年产20万吨绿色建材生产线建设项目（代码2511-990124-04-01-618203）总投资12.5亿元，计划5月底前开工。",
    "各单位要按照《澄湖县重大项目联审联批工作机制》“一项目一专班”要求，倒排工期、挂图作战。",
    "对要件不齐的，一次性告知；对容缺受理的，3个工作日内补正；对超期未办结的，予以通报。",
    "执行GB/T 9704-2012的有关规定。",
)
ORGANS = {
    2: ("澄湖县人民政府", "澄湖县水务局"),
    3: ("澄湖县发展和改革委员会", "澄湖县财政局", "澄湖县自然资源局"),
    6: ("县发改委", "县财政局", "县水务局", "县林草局", "县住建局", "县教育局"),
}


def table(
    rows: Sequence[Sequence[str]] = ROWS, most: Length = page.TEXT_WIDTH, size: Length = CELL.size
) -> Block:
    """Return a table whose columns fit their contents when the document is made."""
    heads = zip(HEADS, even(len(HEADS), most), rows[0], strict=True)
    columns = tuple(Column(head, width, cell, None) for head, width, cell in heads)
    return Block(Table(columns, size=size, more=tuple(map(tuple, rows[1:])), most=most, fits=True).xml())


def filled(lines: int) -> str:
    """Return a text of so many lines, in paragraphs of three, one, two and four."""
    paragraphs, lengths = [], cycle((3, 1, 2, 4))
    while lines:
        taken = min(lines, next(lengths))
        paragraphs.append("现" * (taken * 28 - 2))
        lines -= taken
    return "\n".join(paragraphs)


def mixed(count: int) -> str:
    """Return a text of so many sentences with numbers, codes and quotations, in paragraphs of one to three."""
    said = [SENTENCES[place * place % len(SENTENCES)] for place in range(count)]
    lengths, paragraphs = cycle((2, 1, 3)), []
    while said:
        taken = next(lengths)
        paragraphs.append("".join(said[:taken]))
        said = said[taken:]
    return "\n".join(paragraphs)


_GENERAL = (
    Slot("版头"),
    TitleLines("标题行"),
    Addressee("{{ 主送 }}："),
    Slot("正文"),
    Slot("附件说明"),
    Slot("署名"),
    When("附注", (Note("（{{ 附注 }}）"),)),
)
_ANNEX = AnnexHead("附件1", "附件标题行")
TEMPLATES: Mapping[str, document.Document] = {
    "general": document.Document((*_GENERAL, Slot("版记"))),
    "annexed": document.Document((*_GENERAL, _ANNEX, Slot("附表"), Slot("版记"))),
    "across": document.Document((*_GENERAL, Landscape((_ANNEX, Slot("附表"))), Slot("版记"))),
    "minutes": document.Document(
        (Slot("版头"), TitleLines("标题行"), BlankLine(), Slot("正文"), Slot("名单"), Slot("版记"))
    ),
    "order": document.Document((Slot("版头"), Slot("正文"), Slot("署名"), Slot("文末"))),
}
_USUAL = {
    "版头": file_head([OFFICE], NUMBER),
    "标题行": ("关于印发全县重大项目联审联批", "工作机制的通知"),
    "主送": "各苏木镇人民政府，县直各部门",
    "正文": body("特此通知。"),
    "附件说明": Block(),
    "署名": blocks.signature((OFFICE,), DATE),
    "附注": "",
    "附件标题行": ("重点项目清单",),
    "附表": Block(),
    "版记": imprint(IMPRINT),
    "文末": document_end(),
}
_LISTED = {"附件说明": blocks.annex_list(["重点项目清单"])}
_MINUTES = {
    "版头": minutes_head("澄湖县联审联批会议纪要", "第3期", (OFFICE, DATE)),
    "正文": body("会议议定，用地问题由县自然资源局负责。", keep_last=False),
    "名单": attendance(["张三", "李四", "王五"] * 8, ["赵六"], ["钱七", "孙八"]),
}
_ORDER = {
    "版头": order_head("澄湖县人民政府令", "第3号"),
    "正文": body(
        "《澄湖县重大项目管理办法》已经县人民政府第3次常务会议通过，现予公布，自2026年4月1日起施行。"
    ),
    "署名": stamped([("县长", "王小明")], DATE),
}


def _up(names: int, *signatories: str) -> Mapping[str, Any]:
    organs = ORGANS[2][:names]
    return {"版头": upward_head(organs, "澄政报〔2026〕12号", signatories)}


# The case's name: its template, its look, what differs from the usual.
CASES: Mapping[str, tuple[str, Look, Mapping[str, Any]]] = {
    "one": ("general", STANDARD, {}),
    "bare": ("general", STANDARD, {"版头": file_head([OFFICE], NUMBER, Corner())}),
    "secret": ("general", STANDARD, {"版头": file_head(["澄湖县人民政府"], NUMBER, CORNER)}),
    "urgent": ("general", STANDARD, {"版头": file_head([OFFICE], NUMBER, Corner(urgency="加急"))}),
    **{
        f"joint-{count}": (
            "general",
            STANDARD,
            {
                "版头": file_head(names, NUMBER, CORNER if count == 3 else Corner()),
                "署名": joint_seals(names, DATE),
                "版记": imprint(Imprint(OFFICE, DATE)),
            },
        )
        for count, names in ORGANS.items()
    },
    "levels": (
        "general",
        STANDARD,
        {"正文": body(LEVELS), "附注": "联系人：张三，电话：0990-7001234", **_LISTED},
    ),
    "four-lines": (
        "general",
        STANDARD,
        {"标题行": ("关于印发澄湖县", "重大项目联审联批工作机制", "及成员单位职责分工的", "通知")},
    ),
    "long": ("general", STANDARD, {"正文": body("国" * 28 * 60)}),
    "unsealed": ("general", STANDARD, {"署名": unsealed([OFFICE], DATE)}),
    "unsealed-short": ("general", STANDARD, {"署名": unsealed(["水务局"], "2026年11月26日")}),
    "unsealed-two": ("general", STANDARD, {"署名": unsealed([OFFICE, "澄湖县水利事业发展中心"], DATE)}),
    "moved": (
        "general",
        STANDARD,
        {
            "版记": imprint(
                Imprint(OFFICE, DATE, COPIES, tuple(f"澄湖县第{n}管理局" for n in "一二三四五六七八"))
            )
        },
    ),
    "up-1": ("general", STANDARD, _up(1, "张三丰")),
    "up-2": ("general", STANDARD, _up(2, "张三丰", "李四")),
    "up-3": ("general", STANDARD, _up(2, "张三丰", "李四", "欧阳小明")),
    "up-4": ("general", STANDARD, _up(2, "张三丰", "李大四", "王小明", "赵小六")),
    "minutes": ("minutes", STANDARD, _MINUTES),
    "order": ("order", STANDARD, _ORDER),
    "table": ("annexed", STANDARD, {**_LISTED, "附表": table()}),
    "table-size": (
        "annexed",
        STANDARD,
        {**_LISTED, "附表": table(size=Pt(10.5))},
    ),
    "across": ("across", STANDARD, {**_LISTED, "附表": table(most=Mm(225))}),
    "ink": ("general", INK, {"版头": file_head([OFFICE], NUMBER, CORNER, INK), "正文": body("国" * 28 * 60)}),
    **{
        f"{kind}-{lines}": ("general", STANDARD, {"版头": head, "正文": body(f"{filled(lines)}\n特此通知。")})
        for kind, head in {
            "down": file_head([OFFICE], NUMBER),
            "upward": upward_head([OFFICE], "澄政办报〔2026〕2号", ["张三"], CORNER),
        }.items()
        for lines in (3, 4, 8, 14, 15, 16, 17, 18, 19, 20, 21, 22, 30)
    },
    **{
        f"text-{times}": ("general", STANDARD, {"正文": body("\n".join([LEVELS] * times)), **_LISTED})
        for times in range(1, 9)
    },
    **{f"mixed-{count}": ("general", STANDARD, {"正文": body(mixed(count))}) for count in range(4, 64, 3)},
    **{
        f"rows-{count}": ("annexed", STANDARD, {**_LISTED, "附表": table(ROWS[:count])})
        for count in range(2, 30, 2)
    },
    **{
        f"annex-rows-{count}": (
            "across",
            STANDARD,
            {**_LISTED, "附表": table(ROWS[:count], Mm(225))},
        )
        for count in range(3, 30, 3)
    },
    **{
        f"minutes-{lines}": ("minutes", STANDARD, {**_MINUTES, "正文": body(filled(lines), keep_last=False)})
        for lines in range(1, 40, 3)
    },
    **{
        f"order-{lines}": ("order", STANDARD, {**_ORDER, "正文": body(filled(lines))})
        for lines in range(1, 40, 6)
    },
}
LINES = {
    f"lines-{lines}": ("general", STANDARD, {"正文": body(f"{filled(lines - 1)}\n特此通知。".lstrip())})
    for lines in range(1, 101)
}
SETS = {
    "fandol": fonts.SUBSTITUTES,
    "microhei": {
        f"{fonts.RARE}-Regular.otf": tuple(name for names in fonts.SUBSTITUTES.values() for name in names)
    },
}


def made(cases: Mapping[str, tuple[str, Look, Mapping[str, Any]]]) -> dict[str, bytes]:
    """Return the documents of cases, as they are before their 版记 is laid on its page."""
    compiled = {
        (name, look): template.compile(document.build(TEMPLATES[name], look), name)
        for name, look, _ in cases.values()
    }
    return {
        name: compiled[case[0], case[1]].render({**_USUAL, **case[2]}, finish=fit_tables)
        for name, case in cases.items()
    }


def settled(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return documents with their 版记 laid, as estimated; the tests measure whether that was right."""
    return {name: in_document(each, ending.finish) for name, each in documents.items()}


def _pdfs(documents: Mapping[str, bytes], folder: Path) -> dict[str, Path]:
    paths = [folder / f"{name}.docx" for name in documents]
    for path in paths:
        path.write_bytes(documents[path.stem])
    pdfs = make_pdfs({path: path.with_suffix(".pdf") for path in paths}, workers=1)
    assert pdfs.faults == []
    return {pdf.stem: pdf for pdf in pdfs.made}


@pytest.fixture(scope="session")
def documents() -> dict[str, bytes]:
    """Every case as a finished .docx."""
    return settled(made(CASES))


@pytest.fixture(scope="session")
def drafts() -> dict[str, bytes]:
    """Every case before its 版记 is laid on its page."""
    return made(CASES)


@pytest.fixture(scope="session", params=list(SETS))
def form_pdfs(
    request: pytest.FixtureRequest,
    documents: dict[str, bytes],
    read_sheets: Callable[[Path], list[Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Path]:
    """Every case as a PDF, all made in one call of LibreOffice for each set of fonts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fonts, "SUBSTITUTES", SETS[request.param])
        return _pdfs(documents, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="session")
def forms(form_pdfs: dict[str, Path], read_sheets: Callable[[Path], list[Any]]) -> Callable[[str], list[Any]]:
    """The pages of a case."""
    known: dict[str, list[Any]] = {}

    def pages(name: str) -> list[Any]:
        if name not in known:
            known[name] = read_sheets(form_pdfs[name])
        return known[name]

    return pages


@pytest.fixture(scope="session")
def line_documents() -> dict[str, bytes]:
    """Documents of 1 to 100 lines of text, their 版记 laid."""
    return settled(made(LINES))


@pytest.fixture(scope="session")
def line_pages(
    line_documents: dict[str, bytes], read_sheets: object, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """What each page of the documents of 1 to 100 lines says, all made in one call of LibreOffice."""
    pdfs = _pdfs(line_documents, tmp_path_factory.mktemp("lines"))
    return {name: words(pdf) for name, pdf in pdfs.items()}


@pytest.fixture(scope="session")
def page_words() -> Callable[[Path], list[str]]:
    """What each page of a PDF says, without white space."""
    return words


def words(pdf: Path) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    said = [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in opened]
    opened.close()
    return said
