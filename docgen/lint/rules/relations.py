"""Rules of elements beside one another: who signs, who is written to, who prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, judges
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Form, Role
from docgen.lint.recognition.signs import is_signed_by_hand
from docgen.lint.rule import REGULATION, Rule, Severity

_MARK_ENDS: Final = re.compile(r"(文件|便函|函|令|[（(][^（）()]*[）)])$")
_PROXY: Final = re.compile(r"[（(][^（）()]*代章[）)]$")
_OFFICE_OF: Final = re.compile(r"(办公室|办公厅|办公会|秘书处|综合科)$")
_POSTS: Final = (
    "总书记", "书记", "主席", "总理", "省长", "市长", "州长", "盟长", "县长", "区长", "旗长", "镇长", "乡长", "局长",
    "主任", "厅长", "部长", "处长", "科长", "院长", "校长", "董事长", "总经理", "同志", "先生", "女士",
)  # fmt: skip
_PERSON: Final = re.compile(rf"^(?!各)(?:尊敬的)?[\u4e00-\u9fff·]{{0,12}}?(?:{'|'.join(_POSTS)})(?:同志)?$")
_BETWEEN_NAMES: Final = re.compile("[，,、；;。]")
_ORGAN_TOO: Final = re.compile("人民政府|委员会|办公室|[局厅委]")


_TELEGRAMS: Final = ("明电", "密电", "电报")
"""Ends of marks that name no organ."""


SIGNATURE_MARK: Final = Rule(
    "signature-mark", "7.3.5", Severity.WARNING, "发文机关署名",
    checks="署名的机关就是标志上的发文机关", mend="核对发文机关标志与署名，用同一机关的全称或规范化简称",
    reason="标志和署名不是一个机关，不知道由谁负责", wrong="某县人民政府文件¶……¶某县财政局",
    right="某县人民政府文件¶……¶某县人民政府",
)  # fmt: skip


@judges(SIGNATURE_MARK, never=(Form.MINUTES, Form.ORDER, Form.SLIP, Form.SERIAL))
def signature_is_of_mark(seen: Seen) -> Iterator[Finding]:
    """Find a signature of an organ that the mark does not name; one sealed on behalf, or by hand, is not judged."""
    mark = _MARK_ENDS.sub("", seen.layout.mark)
    signed = seen.of(Role.SIGNATURE)
    if not mark or mark.endswith(_TELEGRAMS) or not signed or any(is_signed_by_hand(para) for para in signed):
        return
    if any(_PROXY.search(para.bare) or _names(mark, para.bare) for para in signed):
        return
    yield seen.found(SIGNATURE_MARK, signed[0], f"署名为“{signed[0].bare}”", f"标志上的“{mark}”")


def _names(mark: str, signature: str) -> bool:
    """Whether two names can be those of one organ: alike, one of a joint mark's, or one the other's short form."""
    if signature in mark and not _OFFICE_OF.search(mark.replace(signature, "", 1)):
        return True
    if signature.startswith(mark):
        return not _OFFICE_OF.search(signature[len(mark) :])
    return _is_short_for(mark, signature) or _is_short_for(signature, mark)


def _is_short_for(short: str, long: str) -> bool:
    rest = iter(long)
    return (
        len(short) > 2
        and len(short) < len(long)
        and short[-1] in long[-3:]
        and all(each in rest for each in short)
    )


ADDRESSEE_PERSON: Final = Rule(
    "addressee-person", REGULATION, Severity.WARNING, "主送机关",
    checks="上行文主送机关，不主送领导人个人", mend="主送上级机关；领导人直接交办的事项除外",
    reason="送个人的公文绕过了机关的办理程序", wrong="张县长：", right="县人民政府：",
)  # fmt: skip


@judges(ADDRESSEE_PERSON)
def addressed_to_person(seen: Seen) -> Iterator[Finding]:
    """Find an upward document that is sent to a person."""
    if seen.layout.kind not in words.UPWARD and seen.layout.form is not Form.UPWARD:
        return
    for para in seen.of(Role.ADDRESSEE)[:1]:
        person = _person_among(para.words.rstrip("：: 　"))
        if person:
            yield seen.found(ADDRESSEE_PERSON, para, f"主送“{person}”", "上级机关")


def _person_among(names: str) -> str:
    """Return the first of some names written one behind another that is a person's; empty when none is."""
    return next((each for each in map(str.strip, _BETWEEN_NAMES.split(names)) if _is_person(each)), "")


def _is_person(name: str) -> bool:
    """Whether a name in a list of addressees is a person's or a post's, no organ's."""
    found = _PERSON.match(name)
    return bool(found) and not _ORGAN_TOO.search(
        name.removesuffix("主任").removesuffix("局长").removesuffix("厅长")
    )


COPIES_PERSON: Final = Rule(
    "copies-person", REGULATION, Severity.WARNING, "版记",
    checks="请示不抄送领导人个人", mend="删去个人，需要时由其所在机关收文", reason="请示由机关办理，不送个人",
    wrong="抄送：张县长。", right="抄送：市财政局。",
)  # fmt: skip
COPIES_WORDS: Final = Rule(
    "copies-words", "7.4.2", Severity.WARNING, "版记",
    checks="写“抄送”，不写“抄报”“分送”等", mend="改为“抄送：”", reason="标准只有抄送；上级、平级、下级都用它",
    wrong="抄报：市政府办公室。", right="抄送：市政府办公室。",
)  # fmt: skip
_KEPT_LABELS: Final = ("抄送", "主送", "主题词")


@judges(COPIES_PERSON, COPIES_WORDS, never=(Form.SERIAL,))
def copies_to(seen: Seen) -> Iterator[Finding]:
    """Judge who gets copies and by which word; minutes are sent out by words of their own."""
    for para in seen.of(Role.IMPRINT):
        found = words.COPIES.match(para.words)
        label = "".join(found[1].split()) if found else ""
        if found and label not in _KEPT_LABELS and (label == "抄报" or seen.layout.form is not Form.MINUTES):
            yield seen.found(COPIES_WORDS, para, f"写作“{label}”", "“抄送”")
        person = _person_among(para.words[found.end() :]) if found else ""
        if person and seen.layout.kind == "请示":
            yield seen.found(COPIES_PERSON, para, f"抄送个人“{person}”", "机关")


IMPRINT_ORGAN: Final = Rule(
    "imprint-organ", "7.4.3", Severity.WARNING, "版记",
    checks="版记有印发机关和印发日期", mend="在抄送下加一行：印发机关居左，“…年…月…日印发”居右",
    reason="由谁印、哪天送印要查得到",
    wrong="抄送：县委办公室。", right="抄送：县委办公室。¶某县人民政府办公室　2026年3月9日印发",
)  # fmt: skip


@judges(IMPRINT_ORGAN, never=(Form.LETTER, Form.SLIP, Form.SERIAL, Form.MINUTES))
def printing_organ(seen: Seen) -> Iterator[Finding]:
    """Find a 版记 without printing organ or without the date of printing."""
    paras = [para for para in seen.of(Role.IMPRINT) if not para.words.startswith("主题词")]
    dates = [found for para in paras if (found := words.PRINTED.match(para.words))]
    if not paras or any(found["organ"] for found in dates):
        return
    before = [
        para for para in paras if words.ORGAN_END.search(para.bare) and not words.COPIES.match(para.words)
    ]
    if not dates:
        if not any(para.words.endswith(("印发", "印")) for para in paras):
            yield seen.found(IMPRINT_ORGAN, paras[-1], "没有印发机关和印发日期", "末行写印发机关和印发日期")
    elif not before:
        yield seen.found(IMPRINT_ORGAN, paras[-1], "没有印发机关", "日期左边写印发机关")
