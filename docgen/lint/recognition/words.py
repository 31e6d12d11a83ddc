"""The words by which elements of a document are known, and dates in the ways people write them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

KINDS: Final = (
    "决议", "决定", "命令", "令", "公报", "公告", "通告", "意见",
    "通知", "通报", "报告", "请示", "批复", "议案", "函", "纪要",
)  # fmt: skip
PUBLIC: Final = frozenset(("公告", "通告"))
"""Kinds that everybody is told: without addressees, and counted by issues below a title that is all their head."""
UPWARD: Final = frozenset(("请示", "报告", "议案"))
_HANZI_COUNT: Final = "一二三四五六七八九十"
ORGAN_END: Final = re.compile(
    r"(政府|委员会|[委局办厅部院署社行会处科室镇乡旗县市区省司]|公司|单位|中心|集团|学校|大学|医院|机关|企业|街道|街道办事处|苏木|领导小组|部门|法院|检察院)$"
)
KIND: Final = re.compile(rf"({'|'.join(KINDS)})(?:[（(〔\[【][^）)〕\]】]*[）)〕\]】])?$")

COPY_NUMBER: Final = re.compile(r"^(?:№|No\.?)?(\d{1,8})$")
SECRECY: Final = re.compile(r"^(绝密|机密|秘密)(.{0,12})$")
CERTAIN_LABEL: Final = re.compile(
    r"^(?:特急|加急|急件|特提|平急|紧急|(?:绝密|机密|秘密)(?:★\w{1,6})?|\d{6})$"
)
"""A label that can be nothing else wherever in the head it stands: in a letter below the mark (10.1)."""
URGENCY: Final = re.compile(r"^(特急|加急|急件|特提|平急|紧急)$")
SIGNER: Final = re.compile(r"签\s*发\s*人")
NUMBER: Final = re.compile(
    r"^(?![（(]\d{1,2}[)）])(?P<organ>[^\d〔\[【（(［〖第]{0,25}?)(?P<open>[〔\[【（(［〖])(?P<year>[^〕\]】）)］〗]{1,6})(?P<close>[〕\]】）)］〗])"
    r"(?P<serial>.{0,8}?)(?P<end>号|$)"
)
"""A number with its year; what begins with （1） is an item of the fourth level."""
PLAIN_NUMBER: Final = re.compile(
    r"^[（(]?(?:(?P<year>\d{2,4})年)?第(?P<serial>[\d一二三四五六七八九十〇零]{1,6})[号期次]"
    r"(?:[（(]?总第[\d一二三四五六七八九十百〇零]{1,6}[期次][）)]?)?[）)]?$"
)
UNCOUNTED: Final = "第期"
"""The issue of a serial that is not counted yet, without the room that is left in it."""
ISSUE_NUMBER: Final = re.compile(
    r"^(?:[〔\[（(]\d{4}[〕\]）)]|\d{4}年)?[（(]?(?:第?[\d一二三四五六七八九十百〇零]{1,6}[号期次]?|第[\s\u3000]*期)[）)]?$"
)
"""The number of minutes or of a serial, as offices write it."""
SERIAL_MARK: Final = re.compile(
    r"(简报|专报|快报|周报|月报|季报|信息|动态|参考|要情|通讯|专刊|期刊|情况反映|工作交流|工作通报|督查通报)$"
)
ISSUER_LINE: Final = re.compile(
    r"^(?P<organ>\S.*?)[\s\u3000]+(?P<date>\d{4}年\d{1,2}月\d{1,2}日)\s*(?:印|印发)?$"
)
STAGE: Final = re.compile("^[（(](?:征求意见|讨论|送审|报批|审议|修订|草案|初|试行)?(?:稿|草案|试行)[）)]$")
"""How far a draft has come, below its title."""
CAPTION: Final = re.compile(r"^(?P<what>[图表])\s*\d{1,2}[\s\u3000]\s*[^。；]+$")
"""The line above a table or below a picture: 表1　…, 图1　…."""
UNIT: Final = re.compile("^[（(]?(?:计量)?单位[:：]")
"""What a table counts in, above it."""
ADDRESSEE_END: Final = re.compile(r"[:：]$")
ANNEX_HEAD: Final = re.compile(
    rf"^附(?=\s*件|\s*[0-9０-９]{{1,2}}\s*[:：.、]?$)\s*件?\s*(?P<number>[0-9０-９]{{1,2}}|[{_HANZI_COUNT}]{{1,3}})?\s*(?P<colon>[:：.、]?)$"
)
ANNEX_LIST: Final = re.compile(
    r"^附(?:\s*件\s*|(?=[:：]))(?P<colon>[:：]?)\s*(?P<rest>(?:\d{1,2}\s*[.．、])?\s*\S.*)$", re.DOTALL
)
ANNEX_ITEM: Final = re.compile(
    r"^(?P<number>\d{1,2})\s*(?P<mark>[.．、,，)）]?)\s*(?P<name>\S.*)$", re.DOTALL
)
ANNEX_BY_NAME: Final = re.compile(
    rf"^附\s*件\s*(?P<number>\d{{1,2}}|[{_HANZI_COUNT}]{{1,3}})\s*[:：、.．]?\s*(?P<name>[^\s\d:：、.．].*)$",
    re.DOTALL,
)
"""A line of a 附件说明 that names its annex 附件一 or 附件1 instead of numbering it."""
COPIES: Final = re.compile(r"^(抄\s*送|抄\s*报|分\s*送|主题词|[抄报送发](?=[:：]))\s*(?P<colon>[:：]?)")
PRINTED: Final = re.compile(
    r"^(?P<organ>\S*?)[\s\u3000]*(?P<date>\d{4}[年.\-/]\d{1,2}[月.\-/]\d{1,2}日?)[\s\u3000]*(?P<word>印发?)?[。]?$"
)
NOTE: Final = re.compile(r"^(?P<open>[（(])?.*(联系人|联系电话|此件|公开发布|公开属性)")
LIST: Final = re.compile(
    r"^(出席|参加|列席|请假|缺席|主持|记录|主持人|记录人|参会人员|出席人员|列席人员|请假人员)\s*(?P<colon>[:：])"
)
_CONTENTS: Final = re.compile(r"(?:\t|[.·…]{3,})\s*\d{1,3}$")
LEVELS: Final = (
    re.compile(rf"^(?P<number>[{_HANZI_COUNT}]{{1,3}})(?P<mark>[、.．,，:：]|[ \u3000]+)"),
    re.compile(
        rf"^(?P<open>[（(])(?P<number>[{_HANZI_COUNT}]{{1,3}})(?P<close>[)）])(?P<mark>[、.．,，:：]?)"
    ),
    re.compile(r"^(?P<number>\d{1,2})(?P<mark>[.．、,，](?!\d))"),
    re.compile(r"^(?P<open>[（(])(?P<number>\d{1,2})(?P<close>[)）])(?P<mark>[、.．,，:：]?)"),
)
_HANZI_YEAR: Final = "〇○ΟＯ零一二三四五六七八九０0"
DATE: Final = re.compile(r"^(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日$")
LOOSE_DATE: Final = re.compile(
    rf"^(?:\d{{4}}[.\-/．]\d{{1,2}}[.\-/．]\d{{1,2}}日?|\d{{2}}年\d{{1,2}}月\d{{1,2}}日|\d{{4}}年\d{{1,2}}月\d{{0,2}}日?|"
    rf"[{_HANZI_YEAR}]{{4}}年[一二三四五六七八九十]{{1,3}}月(?:[一二三四五六七八九十]{{1,3}}日)?|[０-９]{{4}}年[０-９]{{1,2}}月[０-９]{{1,2}}日|"
    r"(?:\d{4}|[×xX_＿]{1,8})年[\s\u3000×xX_＿]*月[\s\u3000×xX_＿]*日)$"
)
TEXT_DATE: Final = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日")


def counted(text: str) -> int:
    """Return what a number in hanzi (up to 99) or digits stands for; 0 for neither."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HANZI_COUNT.find(text) + 1 if len(text) == 1 else 0
    return (_HANZI_COUNT.find(tens) + 1 if tens else 1) * 10 + (_HANZI_COUNT.find(ones) + 1 if ones else 0)


def day(text: str) -> date | None:
    """Return the day of a date in the standard's form; None when there is no such day."""
    found = DATE.match(text)
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None


def is_of_contents(text: str) -> bool:
    """Whether a line is one of a table of contents: it ends with the number of a page, set apart."""
    return text[-1:].isdigit() and _CONTENTS.search(text) is not None


def kind_of(title: str) -> str:
    """Return the 文种 a title ends with, nothing when it ends with none."""
    found = KIND.search(title.rstrip("。，；：！、 ,.;:"))
    return found[1] if found else ""
