"""Rules of what should not be there: placeholders, traces of editing, coloured grounds, empty paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.lint.findings import Finding, Seen, judges
from docgen.lint.reading.model import (
    Para,
)
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.rule import LEFT_OVER, REGULATION, Rule, Severity
from docgen.lint.rules.closing import is_open_date

_H: Final = "\u3400-\u9fff"
_GAP: Final = r"[ \u3000\xa0\t_＿]"
_NAME: Final = (
    "(?:单位|名称|日期|时间|姓名|电话|地点|地址|金额|数量|文号|字号|标题|事项|内容|机关|部门|人员|职务|年份"
    "|编号|项目|主送|抄送)"
)
# A digit hidden, or a value left open, by those who write drafts. A seat that a roster leaves open （待定） is neither:
# its post stands behind a wide space.
_HABITS: Final = (
    r"\{\{[^{}]{0,200}\}\}|\{%[^{}]{0,200}%\}|\{\{|\}\}|\{%",
    rf"[$#]\{{[^{{}}]{{0,60}}\}}|(?<!\{{)\{{[{_H}A-Za-z_]{{1,20}}\}}(?!\}})",
    r"×{2,}|(?<![A-Za-z0-9])[XxＸ]{2,}(?![A-Za-z0-9])|＊{2,}|\*{2,}",
    "(?<![一二三四五六七八九○〇])○{2,}(?![一二三四五六七八九○〇])|◯{2,}|△{2,}|某{2,}",
    r"(?<!\d)(?:19|20)[XxＸ×*＊]{2}(?![A-Za-z0-9])",
    rf"年{_GAP}*[XxＸ×○*＊]{{1,2}}{_GAP}*月|月{_GAP}*[XxＸ×○*＊]{{1,2}}{_GAP}*日",
    r"【[^【】]{0,40}(?:待|填|补充|TODO|todo)[^【】]{0,40}】",
    "（待(?:定(?!）[\u3000\t])|填|补)[^（）]{0,10}）|待填写|(?<![A-Za-z])(?:TBD|TODO)(?![A-Za-z])",
    rf"[\[［【<＜][{_H}]{{0,10}}{_NAME}[{_H}]{{0,6}}[\]］】>＞]|«[^«»]{{1,40}}»",
    "此处(?:应|须|请)?(?:加盖|盖章|盖印|填|插入|输入|写明|补充|粘贴|签[字名])",
    "(?:单击|点击|单击或点击)此处|请在此(?:处)?(?:输入|键入|填写|插入)|在此(?:处)?(?:输入|键入)|Click (?:or tap )?here",
    "错误！(?:未找到引用源|未定义书签|未指定|超链接引用无效|不能|未知)|Error! (?:Reference|Bookmark|Hyperlink)",
)
_PLACEHOLDER: Final = re.compile("|".join(_HABITS))
# Every habit has one of them; looking for them first takes a tenth of the time.
_SIGNS: Final = frozenset("{}$#×XxＸ＊*○◯△某【待T[［<＜«此C错E")
# What a form leaves to be written by hand.
_TO_FILL: Final = re.compile(
    rf"_{{2,}}|＿{{2,}}|□{{2,}}|年{_GAP}*月{_GAP}+日|年{_GAP}+月{_GAP}*日|月{_GAP}+日|(?<=[于在至到前自]){_GAP}+月(?:{_GAP}*日)?"
)
_OPEN_SEAT: Final = re.compile(rf"(?:[{_H}\u3000]{{1,16}}：)?（待定）(?=\u3000+[{_H}])")
"""How a roster begins the line of a seat for which nobody is chosen yet: it is meant to be read so."""
_PROMPT: Final = re.compile(rf"请(?:输入|选择|键入)[{_H}]{{0,10}}(?=[，。；：、）】\]”]|$)")
_OF_SYSTEMS: Final = re.compile("系统|平台|登录|网站|网址|小程序|APP|验证码", re.IGNORECASE)
"""Words of a text that tells how to use a program, where 请输入 is meant."""
_FORMS: Final = (Role.TABLE, Role.ANNEX, Role.ANNEX_TITLE, Role.ABOVE_TABLE, Role.BELOW_TABLE)
_LEAST_BLANK: Final = 8.0
# How many empty paragraphs may stand between two elements; other pairs are not judged.
_BLANKS: Final = {
    (Role.NUMBER, Role.TITLE): 3,
    (Role.TITLE, Role.ADDRESSEE): 2,
    (Role.TITLE, Role.BODY): 2,
    (Role.ADDRESSEE, Role.BODY): 0,
    (Role.BODY, Role.BODY): 0,
    (Role.BODY, Role.ANNEX_LIST): 1,
    (Role.ANNEX_LIST, Role.ANNEX_LIST): 0,
    (Role.SIGNATURE, Role.DATE): 1,
    (Role.BODY, Role.SIGNATURE): 6,
    (Role.ANNEX_LIST, Role.SIGNATURE): 6,
    (Role.BODY, Role.DATE): 6,
}


PLACEHOLDER: Final = Rule(
    "placeholder", LEFT_OVER, Severity.ERROR, "全文",
    checks="没有留待填写的占位文字", mend="填写或删去", reason="占位文字说明还没有写完",
    wrong="××局、{{ 名称 }}", right="县自然资源局",
)  # fmt: skip


OPEN_CONTROL: Final = "内容控件还没有填写"
MERGE_FIELD: Final = "有邮件合并域"


@judges(PLACEHOLDER)
def placeholders(seen: Seen) -> Iterator[Finding]:
    """Find places that still have to be filled in."""
    for para in seen.live():
        role = seen.role(para)
        if role is Role.DATE:
            if is_open_date(para.bare):
                yield seen.found(PLACEHOLDER, para, "日期还没有填写")
            continue
        if para.unfilled or "MERGEFIELD" in para.fields:
            said = OPEN_CONTROL if para.unfilled else MERGE_FIELD
            yield seen.found(PLACEHOLDER, para, said, "填写或删去")
        elif found := _open_place(para, in_form=role in _FORMS):
            where = para.words[max(0, found.start() - 8) :]
            yield seen.found(PLACEHOLDER, para, f"有占位文字“{_said(found)}”", "填写或删去", where)


def _said(found: re.Match[str]) -> str:
    """Return a place as a message shows it; blanks in it are drawn."""
    return re.sub("[ \u3000\xa0\t]+", "＿", found[0]) if found.re is _TO_FILL else found[0]


def _open_place(para: Para, *, in_form: bool) -> re.Match[str] | None:
    """Return the first place to fill in; a form, which is written in by hand, has blanks on purpose."""
    seat = _OPEN_SEAT.match(para.words)
    start = seat.end() if seat else 0
    found = None if _SIGNS.isdisjoint(para.words) else _PLACEHOLDER.search(para.words, start)
    if found or in_form:
        return found
    prompt = _PROMPT.search(para.words)
    return prompt if prompt and not _OF_SYSTEMS.search(para.words) else _TO_FILL.search(para.words)


def placeholder_in(words: str) -> str:
    """Return the first placeholder among words, a template's tag included; empty for none."""
    found = _PLACEHOLDER.search(words)
    return found[0] if found else ""


TRACKED_CHANGES: Final = Rule(
    "tracked-changes", LEFT_OVER, Severity.ERROR, "全文",
    checks="没有修订痕迹", mend="接受或拒绝全部修订", reason="修订痕迹会让人看到改动经过", wrong="（有修订）",
    right="接受或拒绝全部修订",
)  # fmt: skip


@judges(TRACKED_CHANGES)
def tracked_changes(seen: Seen) -> Iterator[Finding]:
    """Find changes nobody decided on."""
    yield from _traces(seen, TRACKED_CHANGES, seen.doc.traces.changes, "修订")


def _traces(seen: Seen, rule: Rule, places: Sequence[int], said: str) -> Iterator[Finding]:
    if places:
        yield seen.found(rule, seen.doc.paras[places[0] - 1], f"有{said}，共 {len(places)} 段")


COMMENTS: Final = Rule(
    "comments", LEFT_OVER, Severity.ERROR, "全文",
    checks="没有批注", mend="删去全部批注", reason="批注是内部意见，不应发出", wrong="（有批注）",
    right="删去批注",
)  # fmt: skip


@judges(COMMENTS)
def comments(seen: Seen) -> Iterator[Finding]:
    """Find comments."""
    yield from _traces(seen, COMMENTS, seen.doc.traces.comments, "批注")


UPDATING_DATE: Final = Rule(
    "updating-date", LEFT_OVER, Severity.ERROR, "全文",
    checks="日期不用自动更新的域", mend="选中日期，按 Ctrl+Shift+F9 变成文字，再核对", reason="换一天打开，日期就变了",
    wrong="（DATE 域）2026年3月6日", right="2026年3月6日（文字）",
)  # fmt: skip
CLOCKS: Final = frozenset(("DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE", "EDITTIME"))
"""Fields that are another date, or another length of time, each time."""


@judges(UPDATING_DATE)
def updating_dates(seen: Seen) -> Iterator[Finding]:
    """Find dates that change by themselves when the file is opened, saved or printed."""
    for para in seen.doc.paras:
        if not CLOCKS.isdisjoint(para.fields):
            yield seen.found(UPDATING_DATE, para, "日期会自动更新", "写定的日期")


OUTSIDE_CONTENT: Final = Rule(
    "outside-content", LEFT_OVER, Severity.WARNING, "全文",
    checks="不引用文件以外的图片、对象、模板和子文档", mend="把图片插入文件，断开链接，去掉附加的模板",
    reason="引用的内容不随文件走：别人打开时看不到，还会去网上或电脑里取", wrong="（图片链接到 http://… 或 D:\\…）",
    right="图片插入文件",
)  # fmt: skip
_FETCHING: Final = frozenset(("INCLUDEPICTURE", "INCLUDETEXT", "LINK", "DDE", "DDEAUTO", "DATABASE"))
"""Fields that put in what lies elsewhere."""


@judges(OUTSIDE_CONTENT)
def outside_content(seen: Seen) -> Iterator[Finding]:
    """Find what is fetched from outside when the file is opened."""
    for each in seen.doc.outside:
        yield Finding(OUTSIDE_CONTENT, OUTSIDE_CONTENT.element, 0, "", f"引用了文件以外的{each}", "")
    for para in seen.doc.paras:
        fetched = _FETCHING.intersection(para.fields)
        if fetched:
            yield seen.found(OUTSIDE_CONTENT, para, f"引用了文件以外的内容（{min(fetched)} 域）")


FILE_LINK: Final = Rule(
    "file-link", LEFT_OVER, Severity.WARNING, "全文",
    checks="没有链接到电脑里或局域网上的文件", mend="右键取消超链接", reason="收文的人打不开，路径还会露出内部的文件夹",
    wrong="（链接到 D:\\…\\清单.xlsx）", right="写明附件的名称",
)  # fmt: skip
WEB_LINK: Final = Rule(
    "web-link", LEFT_OVER, Severity.HINT, "全文",
    checks="没有超链接", mend="取消超链接，网址写成文字", reason="印出来的公文点不开链接", wrong="（“平台”链接到网址）",
    right="平台（www.example.gov.cn）",
)  # fmt: skip


@judges(FILE_LINK, WEB_LINK)
def links(seen: Seen) -> Iterator[Finding]:
    """Find hyperlinks; those to files are of one computer alone."""
    for each in seen.doc.links:
        on_web = each.lower().startswith(("http:", "https:", "mailto:", "ftp:"))
        rule = WEB_LINK if on_web else FILE_LINK
        yield Finding(rule, rule.element, 0, "", f"链接到 {each[:60]}", "")


HIGHLIGHT: Final = Rule(
    "highlight", LEFT_OVER, Severity.WARNING, "全文",
    checks="没有突出显示和底纹", mend="取消突出显示", reason="突出显示是改稿时做的记号",
    wrong="完成3个项目。（加底色）",
    right="完成3个项目。（不加底色）",
)  # fmt: skip


@judges(HIGHLIGHT)
def highlights(seen: Seen) -> Iterator[Finding]:
    """Find coloured grounds; tables may have them."""
    for para in seen.live():
        lit = next((span for span in para.spans if span.look.highlight and span.text.strip()), None)
        if (lit or para.setting.shaded) and seen.role(para) is not Role.TABLE:
            yield seen.found(HIGHLIGHT, para, "有突出显示或底纹", "", lit.text if lit else "")


HIDDEN_TEXT: Final = Rule(
    "hidden-text", LEFT_OVER, Severity.WARNING, "全文",
    checks="没有隐藏文字", mend="删去隐藏文字", reason="隐藏的文字收文的人也能打开看", wrong="完成3个项目。（隐藏）",
    right="完成3个项目。（不隐藏）",
)  # fmt: skip


@judges(HIDDEN_TEXT)
def hidden(seen: Seen) -> Iterator[Finding]:
    """Find words that are not shown."""
    for para in seen.live():
        found = next((span for span in para.spans if span.look.hidden and span.text.strip()), None)
        if found:
            yield seen.found(HIDDEN_TEXT, para, "有隐藏文字", "", found.text)


BLANK_PARAGRAPHS: Final = Rule(
    "blank-paragraphs", "5.2.3", Severity.WARNING, "全文",
    checks="正文各段之间没有空段，要素之间的空行不超过标准", mend="删去多余的空段",
    reason="用空段调版面，换一台电脑就乱了", wrong="现通知如下。¶¶一、总体要求", right="现通知如下。¶一、总体要求",
)  # fmt: skip


@judges(BLANK_PARAGRAPHS, never=(Form.SLIP,))
def blank_paragraphs(seen: Seen) -> Iterator[Finding]:
    """Find empty paragraphs where the standard has none, or fewer."""
    waiting: list[Para] = []
    before: Para | None = None
    for para in seen.of(*_CLOSE):
        if _EMPTY_LINE.search(para.text):
            yield seen.found(BLANK_PARAGRAPHS, para, "段里用换行符空了行", "没有空行")
    for para in seen.doc.paras:
        if para.table or para.box or para.setting.framed:
            continue
        if para.blank:
            waiting.append(para)
            continue
        yield from _between(seen, before, para, waiting)
        before, waiting = para, []


_CLOSE: Final = (Role.TITLE, Role.ADDRESSEE, Role.BODY, Role.ANNEX_LIST)
_EMPTY_LINE: Final = re.compile(r"\n[ \u3000\xa0\t]*(?:\n|$)|^[ \u3000\xa0\t]*\n")
"""A line of a paragraph with nothing on it, made by soft breaks."""


def _between(seen: Seen, before: Para | None, after: Para, blanks: Sequence[Para]) -> Iterator[Finding]:
    if before is None or after.starts_page or _tabled(seen, before, after):
        return
    allowed = _BLANKS.get((seen.role(before), seen.role(after)))
    empty = [para for para in blanks if not para.has_drawing and _height(seen, para) > _LEAST_BLANK]
    count = sum(1 + para.text.count("\n") for para in empty)
    if allowed is not None and count > allowed:
        said = f"“{before.words[:8]}”与“{after.words[:8]}”之间有 {count} 个空{'段' if count == len(empty) else '行'}"
        yield seen.found(BLANK_PARAGRAPHS, empty[0], said, f"最多 {allowed} 个" if allowed else "没有空段")


def _tabled(seen: Seen, before: Para, after: Para) -> bool:
    """Whether a table or a text box stands between two paragraphs."""
    return any(para.table or para.box for para in seen.doc.paras[before.number : after.number - 1])


def _height(seen: Seen, para: Para) -> float:
    return para.line_height(seen.section(para).pitch)


SUBJECT_WORDS: Final = Rule(
    "subject-words", REGULATION, Severity.WARNING, "全文",
    checks="不再标注主题词", mend="删去主题词", reason="2012 年起不再标注主题词", wrong="主题词：审批　通知",
    right="不标注",
)  # fmt: skip


@judges(SUBJECT_WORDS)
def subject_words(seen: Seen) -> Iterator[Finding]:
    """Find 主题词."""
    for para in seen.live():
        if para.words.startswith("主题词") and seen.role(para) is not Role.TABLE:
            yield seen.found(SUBJECT_WORDS, para, "标注了主题词", "不标注")
