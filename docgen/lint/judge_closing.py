"""Judging what stands below the text: 附件说明, signature, date, 附注, lists of those present, annexes."""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from docgen.lint import faces, measures, words
from docgen.lint.findings import Finding, Seen, shown
from docgen.lint.layout import Form, Role
from docgen.lint.model import Para
from docgen.standard.measures import page

_SIZE: Final = page.SIZE_3.pt
_ENDS: Final = "。；，、：;,.:"
_PROXY: Final = re.compile(r"（[^（）]*代章）$")
_UNDATED: Final = (Form.MINUTES, Form.ORDER)
_QUOTED: Final = str.maketrans("", "", '《》〈〉“”"、，。；：.．　 ')


def judge(seen: Seen) -> Iterator[Finding]:
    """Judge the end of the document proper and its annexes."""
    names = annex_names(seen)
    yield from _annex_list(seen)
    yield from _date(seen)
    yield from _signatures(seen)
    yield from _notes(seen)
    yield from _lists(seen)
    yield from _annex_heads(seen)
    yield from _agreement(seen, names)
    yield from _annex_texts(seen)


def annex_lines(seen: Seen) -> list[tuple[Para, str]]:
    """Return the lines of the 附件说明, each with its paragraph, the label taken off."""
    lines = [(para, line.strip()) for para in seen.of(Role.ANNEX_LIST) for line in para.words.split("\n")]
    lines = [(para, line) for para, line in lines if line]
    if lines:
        found = words.ANNEX_LIST.match(lines[0][1])
        lines[0] = (lines[0][0], found["rest"].strip() if found else lines[0][1])
    return lines


def annex_names(seen: Seen) -> list[str]:
    """Return the names the 附件说明 gives."""
    found = ((line, words.ANNEX_ITEM.match(line)) for _, line in annex_lines(seen))
    return [match["name"] if match and match["mark"] else line for line, match in found]


def _annex_list(seen: Seen) -> Iterator[Finding]:
    lines = annex_lines(seen)
    if not lines:
        return
    first = lines[0][0]
    yield from measures.begins_at(seen, "annex-list-indent", first, 2)
    label = words.ANNEX_LIST.match(first.words)
    if label and label["colon"] != "：":
        yield seen.found(
            "annex-list-colon", first, f"“附件”后{'为半角冒号' if label['colon'] else '没有冒号'}", "“：”"
        )
    for para, line in lines:
        if line[-1] in _ENDS:
            yield seen.found("annex-list-end", para, f"末尾有“{line[-1]}”", "不加标点", line)
    yield from _numbers(seen, lines)
    yield from _gap(seen, first)


def _numbers(seen: Seen, lines: Sequence[tuple[Para, str]]) -> Iterator[Finding]:
    found = [words.ANNEX_ITEM.match(line) for _, line in lines]
    numbered = [match if match and match["mark"] else None for match in found]
    if len(lines) == 1:
        if numbered[0]:
            yield seen.found("annex-list-number", lines[0][0], "只有一个附件却编了号", "不编号", lines[0][1])
        return
    for place, match in enumerate(numbered, start=1):
        if match is None or int(match["number"]) != place or match["mark"] not in ".．":
            para, line = lines[place - 1]
            yield seen.found("annex-list-number", para, f"写作“{line[:6]}”", f"“{place}.”", line)
            return


def _gap(seen: Seen, para: Para) -> Iterator[Finding]:
    before = seen.doc.paras[para.number - 2] if para.number > 1 else None
    room = para.setting.before + (before.setting.after if before else 0)
    if before and not before.blank and room < 8 and seen.layout.roles[before.number] is Role.BODY:
        yield seen.found("annex-list-gap", para, "与正文之间没有空行", "空一行")


def _date(seen: Seen) -> Iterator[Finding]:
    para = seen.layout.first(Role.DATE)
    if para is None:
        issued = any(words.TEXT_DATE.search(each.bare) for each in seen.of(Role.ISSUER))
        if seen.layout.form not in _UNDATED and not issued and seen.of(Role.BODY):
            yield seen.found("date-missing", None, "没有找到成文日期", "“2026年3月6日”的样子")
        return
    yield from _date_words(seen, para)
    if seen.layout.form is not Form.MINUTES and not para.box:
        yield from _date_place(seen, para)


def _date_words(seen: Seen, para: Para) -> Iterator[Finding]:
    found = words.DATE.match(para.bare)
    if found is None:
        yield from _loose_date(seen, para)
    elif para.words != para.bare:
        yield seen.found("date-form", para, f"写作“{para.words}”", f"“{para.bare}”，中间不加空格")
    elif found["month"].startswith("0") or found["day"].startswith("0"):
        yield seen.found("date-zero", para, f"写作“{para.bare}”", "月、日前不加 0")
    elif words.day(para.bare) is None:
        yield seen.found("date-invalid", para, f"没有“{para.bare}”这一天", "真实的日期")


def _loose_date(seen: Seen, para: Para) -> Iterator[Finding]:
    if re.search("[年月]日|年月|[×xX_]", para.bare):
        yield seen.found("placeholder", para, "日期还没有填写")
    elif re.search("[一二三四五六七八九]", para.bare):
        yield seen.found("date-hanzi", para, f"写作“{para.bare}”", "阿拉伯数字")
    else:
        yield seen.found("date-form", para, f"写作“{para.bare}”", "“2026年3月6日”的样子")


def _date_place(seen: Seen, para: Para) -> Iterator[Finding]:
    room, zi = seen.section(para).room, para.zi
    start, end = para.place(room)
    gap, away = (room - end) / zi, seen.tolerance("date-position")
    if 2 - away <= gap <= 4 + away:
        return
    names = [each.place(room) for each in seen.of(Role.SIGNATURE)]
    shifted = any(abs(start - name - 2 * zi) <= zi for name, _ in names)
    centred = any(abs(start + end - name - last) <= 2 * zi for name, last in names) and gap > 2 - away
    if not shifted and not centred:
        yield seen.found("date-position", para, f"右空 {shown(gap)} 字", "右空四字（不盖章时二字）")


def _signatures(seen: Seen) -> Iterator[Finding]:
    date, names = seen.layout.first(Role.DATE), seen.of(Role.SIGNATURE)
    if not names and date is not None and seen.layout.form not in _UNDATED:
        yield seen.found("signature-missing", None, "没有找到发文机关署名")
    dated = date is not None and seen.layout.form is not Form.ORDER and not any(_date_place(seen, date))
    for para in names:
        if "代章" in para.bare and not _PROXY.search(para.bare):
            yield seen.found("proxy-seal", para, f"写作“{para.bare}”", "名称后紧跟“（代章）”")
        if date is not None and dated and not para.box:
            yield from _signature_place(seen, para, date)


def _signature_place(seen: Seen, para: Para, date: Para) -> Iterator[Finding]:
    room, zi = seen.section(para).room, para.zi
    if "\t" in para.text or re.search(r"\S\u3000|\S {2,}\S", para.words) or para.width > 18 * zi:
        return
    start, end = para.place(room)
    first, last = date.place(seen.section(date).room)
    away = seen.tolerance("signature-position")
    centred = abs(start + end - first - last) <= 2 * away * zi
    if not centred and abs((room - end) / zi - 2) > 1 and abs(first - start - 2 * zi) > zi:
        yield seen.found(
            "signature-position",
            para,
            f"右空 {shown((room - end) / zi)} 字",
            "以成文日期为准居中，或右空二字",
        )


def _notes(seen: Seen) -> Iterator[Finding]:
    notes = seen.of(Role.NOTE)
    for para in notes:
        if not para.words.startswith("（") or not para.words.endswith("）"):
            yield seen.found("note-brackets", para, "没有用全角圆括号括起来", "（）")
        yield from measures.begins_at(seen, "note-position", para, 2)
    kind, told = seen.layout.kind, any("联系" in para.words for para in notes)
    if kind in ("请示", "函") and not told and seen.of(Role.DATE):
        yield seen.found("note-missing", None, f"{kind}没有附注联系人和电话")


def _lists(seen: Seen) -> Iterator[Finding]:
    for para in seen.of(Role.LIST):
        found = words.LIST.match(para.words)
        if found is None or seen.layout.form is not Form.MINUTES:
            continue
        start = para.text.find(found[1])
        end = start + len(found[1])
        yield from measures.face(seen, "list-face", para, faces.LABEL, start=start, end=end)
        yield from measures.face(seen, "list-face", para, faces.BODY, start=end)
        yield from measures.begins_at(seen, "list-indent", para, 2)
        if found["colon"] != "：":
            yield seen.found("list-colon", para, "用了半角冒号", "“：”")


def _annex_heads(seen: Seen) -> Iterator[Finding]:
    imprint = [para.number for para in seen.of(Role.IMPRINT)]
    for para in seen.of(Role.ANNEX_HEAD):
        yield from measures.face(seen, "annex-head-face", para, faces.LABEL)
        piece = measures.wrong_size(para, _SIZE, 0.3)
        if piece:
            yield seen.found("annex-head-face", para, f"字号为 {shown(piece.look.size)} 磅", "16 磅")
        yield from measures.flush(seen, "annex-head-position", para)
        if not para.starts_page:
            yield seen.found("annex-head-page", para, "没有另起一页", "另面编排")
        if imprint and para.number > imprint[-1]:
            yield seen.found("annex-place", para, "附件在版记之后", "在版记之前")
        found = words.ANNEX_HEAD.match(para.words)
        if found and (found["colon"] or not (found["number"] or "1").isascii()):
            count = words.counted(found["number"]) if found["number"] else 0
            yield seen.found("annex-head-words", para, f"写作“{para.words}”", f"“附件{count or ''}”")


def _agreement(seen: Seen, names: Sequence[str]) -> Iterator[Finding]:
    heads = seen.of(Role.ANNEX_HEAD)
    titles = seen.of(Role.ANNEX_TITLE)
    if not heads or heads[0].number == 1 or (titles and titles[0].number < heads[0].number):
        return  # none, bound apart, or annexes of a document that is issued by this one
    if not names:
        yield seen.found("annex-list-missing", heads[0], "有附件却没有附件说明", "正文下加附件说明")
        return
    if len(heads) != len(names):
        yield seen.found(
            "annex-agreement", heads[0], f"附件说明列 {len(names)} 个，后面有 {len(heads)} 个", "个数一致"
        )
        return
    for place, para in enumerate(heads, start=1):
        yield from _number(seen, para, place if len(heads) > 1 else 0)
    yield from _titles(seen, heads, names)


def _number(seen: Seen, para: Para, place: int) -> Iterator[Finding]:
    found = words.ANNEX_HEAD.match(para.words)
    given = words.counted(found["number"]) if found and found["number"] else 0
    if given != place:
        yield seen.found("annex-agreement", para, f"写作“{para.words}”", f"“附件{place or ''}”")


def _titles(seen: Seen, heads: Sequence[Para], names: Sequence[str]) -> Iterator[Finding]:
    titles = seen.of(Role.ANNEX_TITLE)
    ends = [*(para.number for para in heads[1:]), len(seen.doc.paras) + 1]
    numbers = [para.number for para in titles]
    for head, end, name in zip(heads, ends, names, strict=True):
        own = titles[bisect(numbers, head.number) : bisect_left(numbers, end)]
        title = "".join(para.bare for para in own)
        if own and title.translate(_QUOTED) != name.translate(_QUOTED):
            yield seen.found("annex-names", own[0], f"标题为“{title}”", f"附件说明里的“{name}”")


def _annex_texts(seen: Seen) -> Iterator[Finding]:
    for para in seen.of(Role.ANNEX_TITLE):
        look = para.look
        if (
            para.setting.align != "center"
            or abs(look.size - page.SIZE_2.pt) > 0.4
            or measures.wrong_face(para, faces.TITLE)
        ):
            said = (
                f"{look.east} {shown(look.size)} 磅{'' if para.setting.align == 'center' else '，没有居中'}"
            )
            yield seen.found("annex-title-look", para, said, "2 号小标宋、居中")
    for para in seen.of(Role.ANNEX):
        if measures.wrong_face(para, faces.BODY, faces.LABEL, faces.NAME) or measures.wrong_size(
            para, _SIZE, 2.5
        ):
            yield seen.found("annex-face", para, f"{para.look.east} {shown(para.look.size)} 磅", "3 号仿宋")
