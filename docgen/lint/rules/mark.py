"""Rules of the 发文机关标志."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, judges, shown
from docgen.lint.reading.model import (
    Family,
    Para,
)
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import Rule, Severity
from docgen.lint.rules import measures
from docgen.standard.measures import page

_MM: Final = 25.4 / 72
_MARK_PLACES: Final = {Form.GENERAL: 35.0, Form.UPWARD: 35.0, Form.MINUTES: 35.0, Form.ORDER: 20.0}


MARK_MISSING: Final = Rule(
    "mark-missing", "7.2.4", Severity.HINT, "发文机关标志",
    checks="有发文机关标志", mend="若不是套印红头，请加发文机关标志",
    reason="没有标志看不出由谁发文；套印红头的纸上已有",
    wrong="某政发〔2026〕12号", right="某县人民政府文件¶某政发〔2026〕12号",
    of_whole=True,
)  # fmt: skip


@judges(MARK_MISSING, never=(Form.SLIP,))
def mark_missing(seen: Seen) -> Iterator[Finding]:
    """Find a document without mark."""
    if not seen.of(Role.MARK):
        yield seen.found(MARK_MISSING, None, "没有找到发文机关标志")


MARK_COLOUR: Final = Rule(
    "mark-colour", "7.2.4", Severity.ERROR, "发文机关标志",
    checks="红色", mend="颜色改为红色（FF0000）", reason="红色是公文的标记，复印件因此可辨",
    wrong="某县人民政府文件（黑色）", right="某县人民政府文件（红色）",
)  # fmt: skip
MARK_FACE: Final = Rule(
    "mark-face", "7.2.4", Severity.WARNING, "发文机关标志",
    checks="推荐使用小标宋体", mend="字体改为方正小标宋简体", reason="小标宋庄重醒目，各地通用",
    wrong="某县人民政府文件（华文行楷）", right="某县人民政府文件（小标宋）",
)  # fmt: skip
MARK_ALIGN: Final = Rule(
    "mark-align", "7.2.4", Severity.ERROR, "发文机关标志",
    checks="居中", mend="改为居中，去掉缩进", reason="标志居中，是版头的中轴", wrong="某县人民政府文件（居左）",
    right="某县人民政府文件（居中）",
)  # fmt: skip
MARK_SIZE: Final = Rule(
    "mark-size", "7.2.4", Severity.WARNING, "发文机关标志",
    checks="字号醒目，不小于标题", mend="把字号加大到 2 号（22 磅）以上", reason="标志要比标题醒目",
    wrong="某县人民政府文件（18 磅）", right="某县人民政府文件（42 磅）",
)  # fmt: skip


@judges(MARK_COLOUR)
def mark_colour(seen: Seen) -> Iterator[Finding]:
    """Find a mark that is not red."""
    for para in seen.of(Role.MARK):
        if not para.look.is_red:
            colour = f"为 {para.look.color}" if para.look.color else "为自动（黑色）"
            yield seen.found(MARK_COLOUR, para, f"颜色{colour}", "红色")


@judges(MARK_FACE, MARK_SIZE, MARK_ALIGN, never=(Form.SERIAL,))
def mark_look(seen: Seen) -> Iterator[Finding]:
    """Judge face, size and place of the mark; a serial's masthead has its own."""
    for para in seen.of(Role.MARK):
        yield from _mark_look(seen, para)


def _mark_look(seen: Seen, para: Para) -> Iterator[Finding]:
    yield from measures.face(seen, MARK_FACE, para, Family.TITLE)
    if para.look.size < page.SIZE_2.pt:
        yield seen.found(MARK_SIZE, para, f"字号为 {shown(para.look.size)} 磅", "大于 22 磅")
    if not para.table and not para.box and not para.setting.framed and para.setting.align != "center":
        full = para.width > seen.section(para).room - para.look.size or para.setting.align == "distribute"
        if not full:
            yield seen.found(MARK_ALIGN, para, "没有居中", "居中")


MARK_WORDS: Final = Rule(
    "mark-words", "7.2.4, 10", Severity.ERROR, "发文机关标志",
    checks="信函格式标志不加“文件”", mend="删去“文件”二字",
    reason="“文件”是文件格式的标志，信函格式只写机关名称", wrong="某县发展和改革委员会文件",
    right="某县发展和改革委员会",
)  # fmt: skip


@judges(MARK_WORDS)
def mark_words(seen: Seen) -> Iterator[Finding]:
    """Find a letter's mark with 文件."""
    if seen.layout.form is Form.LETTER and seen.layout.mark.endswith("文件"):
        yield seen.found(MARK_WORDS, seen.of(Role.MARK)[0], "信函格式的标志带“文件”二字", "只写发文机关名称")


MARK_POSITION: Final = Rule(
    "mark-position", "7.2.4", Severity.HINT, "发文机关标志",
    checks="上边缘至版心上边缘 35 mm（信函 30、命令 20 mm，按页边或版心）", mend="调整标志上方的空行或段前间距",
    reason="上边留白固定，领导批示、收文章有处可盖", wrong="标志紧贴版心上边", right="标志距版心上边 35 mm",
    tolerance=12.0, unit="mm",
)  # fmt: skip


@judges(MARK_POSITION)
def mark_position(seen: Seen) -> Iterator[Finding]:
    """Find a mark at another height."""
    for mark in seen.of(Role.MARK)[:1]:
        yield from _mark_place(seen, mark)


def _mark_place(seen: Seen, mark: Para) -> Iterator[Finding]:
    wanted = _MARK_PLACES.get(seen.layout.form)
    above = seen.doc.paras[: mark.number - 1]
    if wanted is None or mark.table or mark.box or mark.setting.framed or any(para.box for para in above):
        return
    pitch = seen.section(mark).pitch
    points = sum(para.line_height(pitch) + para.setting.before + para.setting.after for para in above)
    line = mark.line_height(pitch)
    top = (points + mark.setting.before + max(0.0, 0.8 * line - 0.8 * mark.look.size)) * _MM
    if abs(top - wanted) > seen.tolerance(MARK_POSITION):
        yield seen.found(
            MARK_POSITION, mark, f"上边缘约在版心上边缘下 {shown(top)} mm", f"{shown(wanted)} mm"
        )
