"""Names of organs in running text: where a list of them begins and ends, what a short name stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

_ENDS: Final = (
    "局", "委", "办", "部", "院", "厅", "中心", "公司", "大队", "支队", "委员会", "办公室", "政府", "银行", "支行",
    "开发区", "园区", "管委会", "集团", "站", "会", "镇", "乡", "苏木", "街道", "署", "所", "处", "队",
)  # fmt: skip
_BETWEEN: Final = re.compile("[、，,；;]|(?<=[局委办部院厅心司队府行区站会署])(?:和|及|以及|与)(?=[一-鿿])")
_COUNTED: Final = re.compile(
    r"等?(?:共)?(?P<count>\d{1,2}|[一二三四五六七八九十]{1,3})(?:个|家)(?:部门|单位|成员单位)"
)
_BEFORE: Final = re.compile(
    "^(?:由|包括|主要包括|分别(?:为|是|由)|有|为|是|从|抽调|以下|下列|相关|：|:|“|”)+"
)
_AFTER: Final = re.compile(
    "(?:等(?:有关|相关)?(?:部门|单位)?)?(?:的)?(?:主要|分管)?(?:负责(?:人|同志)|领导)?(?:组成|参加|派员.*|抽调.*|选派.*|派出.*|各.*|为成员.*|担任.*)?$"
)
_PLACE: Final = re.compile(
    "^(?:[一-鿿]{1,8}(?:省|自治区))?(?:[一-鿿]{1,6}?(?:市(?![场政])|盟|州|地区))?(?:[一-鿿]{1,7}?(?:县|旗|(?<!开发)(?<![园景矿新])区|市(?![场政])))?"
)
_HIGHER: Final = re.compile("(?:自治区|国家|[省盟州]|市(?!场|政|监))")
_OWN_NAME: Final = re.compile(
    "开发区|园区|新区|管委会|管理委员会|(?:[镇乡]|苏木|街道)(?:人民政府|政府|办事处|党工委|党委)?$"
)
_COUNTIES: Final = ("县", "旗", "区")
_ABOVE_COUNTIES: Final = ("市", "盟", "州", "省", "自治区")
_TOWN: Final = re.compile("^[一-鿿]{1,8}?(?:[镇乡]|苏木|街道)(?:人民政府|政府|办事处)?$")
WHOLE: Final = {
    "发改委": "发展和改革委员会", "发展改革委": "发展和改革委员会", "发改局": "发展和改革局",
    "发展改革局": "发展和改革局", "住建局": "住房和城乡建设局", "住房城乡建设局": "住房和城乡建设局",
    "工信局": "工业和信息化局", "林草局": "林业和草原局", "文旅局": "文化和旅游局", "农牧局": "农牧局",
    "应急局": "应急管理局", "交通局": "交通运输局", "卫健委": "卫生健康委员会", "教体局": "教育体育局",
    "人社局": "人力资源和社会保障局", "市监局": "市场监督管理局", "市场监管局": "市场监督管理局",
    "国动办": "国防动员办公室", "政府办": "人民政府办公室", "政府办公室": "人民政府办公室",
    "自然资源局": "自然资源局", "水利局": "水利局", "财政局": "财政局", "商务局": "商务局", "能源局": "能源局",
    "公安局": "公安局", "统计局": "统计局", "审计局": "审计局", "民政局": "民政局", "司法局": "司法局",
    "气象局": "气象局", "农业农村局": "农业农村局", "行政审批局": "行政审批局", "交通运输局": "交通运输局",
    "教育局": "教育局", "林业局": "林业局", "卫健局": "卫生健康局", "城管局": "城市管理局",
    "生态环境局": "生态环境局", "政务服务局": "政务服务局", "水务局": "水务局", "数据局": "数据局",
    "科技局": "科学技术局",
}  # fmt: skip
"""What departments are called in full, by the names that texts use for them inside one place."""
_NAMES: Final = "|".join(sorted({*WHOLE, *WHOLE.values()}, key=len, reverse=True))
_NO_ABBREVIATION: Final = 6
"""Characters from which on the name of a department is hardly a short one: 自然资源和规划局."""
DEPARTMENT: Final = re.compile(
    rf"^(?P<unit>(?:[一-鿿]{{1,8}}?[县市旗区盟州省])?(?:{_NAMES})(?:[一-鿿]{{1,8}}?分局)?)"
    "(?P<post>.+)$"
)
"""A department by one of these names, and the post in it."""


def place_in(name: str) -> str:
    """Return the name of the place that an organ's name begins with; empty for none."""
    found = _PLACE.match(name)
    return found[0] if found else ""


def is_organ(name: str) -> bool:
    """Whether words are the name of an organ."""
    return 2 <= len(name) <= 30 and name.endswith(_ENDS) and not re.search("[。：:；“”\t]|有关|相关|各", name)


def listed(text: str, level_word: str) -> tuple[str, ...]:
    """Return the organs that a part of a sentence lists, with the level word that stands once before them all.

    Args:
        text: `县发改委、自然资源局、水利局等3个部门组成`.
        level_word: That of the mechanism's own level, 县.
    """
    counted = _COUNTED.search(text)
    text = text[: counted.start()] if counted else text
    names = [_AFTER.sub("", _BEFORE.sub("", each.strip())) for each in _BETWEEN.split(text)]
    names = [re.sub("[（(][^（）()]*[）)]$", "", each) for each in names]
    organs = [each for each in names if is_organ(each)]
    spread = bool(organs) and organs[0].startswith(level_word)
    return tuple(dict.fromkeys(_with_level(each, level_word) if spread else each for each in organs))


def count_said(text: str) -> int:
    """Return how many organs a list says it has; 0 where it does not say."""
    from docgen.lint.recognition.words import counted

    found = _COUNTED.search(text)
    return counted(found["count"]) if found else 0


def _with_level(name: str, level_word: str) -> str:
    told = place_in(name) or name.startswith(level_word) or has_own_name(name, level_word)
    return name if told else level_word + name


def is_of_another_level(name: str, level_word: str) -> bool:
    """Whether a name begins with the word of a level above the mechanism's: 市生态环境局某某分局 in a county."""
    return not name.startswith(level_word) and _HIGHER.match(name) is not None


def has_own_name(name: str, level_word: str) -> bool:
    """Whether no level word stands before a name: towns, counties of a city, development zones, branches from above."""
    return (
        is_of_another_level(name, level_word)
        or is_of_a_county_below(name, level_word)
        or _OWN_NAME.search(name) is not None
    )


def is_of_a_county_below(name: str, level_word: str) -> bool:
    """Whether a name is that of an organ of a county or district, in the mechanism of a city or of what is above."""
    return level_word in _ABOVE_COUNTIES and place_in(name).endswith(_COUNTIES)


def is_town(name: str) -> bool:
    """Whether a name is that of the government of a town or the office of a street."""
    return _TOWN.match(name) is not None


def whole_town(name: str) -> str:
    """Return the full name of the government of a town or the office of a street: 某镇 is 某镇人民政府."""
    if name.endswith(("镇", "乡", "苏木")):
        return f"{name}人民政府"
    return f"{name}办事处" if name.endswith("街道") else name


def core(name: str, place: str, level_word: str) -> str:
    """Return an organ's name without its place or level word: 县发改委 and 某县发改委 are 发改委.

    In the mechanism of a city the name of a county stays, which tells the governments of its counties apart.
    """
    inside = "" if is_of_a_county_below(name, level_word) else place_in(name)
    for before in (place, inside, *_ends_of(place), level_word):
        if before and name.startswith(before) and len(name) > len(before) + 1:
            return name[len(before) :]
    return name


def _ends_of(place: str) -> Iterator[str]:
    """Yield the last parts of a place that stand before names too: 某市某县, 某县."""
    for found in re.finditer("省|自治区|市|盟|州", place):
        yield place[found.end() :]


def stands_for(short: str, whole: str) -> bool:
    """Whether a short name can stand for another: its characters are found in it in order, the first at the start."""
    rest = iter(whole)
    return bool(short) and short[0] == whole[:1] and all(each in rest for each in short)


def whole_name(core_name: str, seen: Iterable[str]) -> tuple[str, str]:
    """Return the full name of a department inside its place, and how it is known; two empty texts for unknown.

    Args:
        core_name: As the text has it, without place or level word.
        seen: Names in the text that begin alike, without place or level word.
    """
    longer = {each for each in seen if len(each) > len(core_name) and stands_for(core_name, each)}
    if len(longer) == 1:
        return longer.pop(), "全称见于原文另一处"
    if core_name in WHOLE.values():
        return core_name, ""
    if whole := WHOLE.get(core_name, ""):
        return whole, "全称按通常的机构名称补写"
    is_long = len(core_name) >= _NO_ABBREVIATION and not _HIGHER.match(core_name)
    if is_long and core_name.endswith(("局", "委员会", "办公室", "中心")):
        return core_name, "全称按原文补上地名，请核对"
    return "", ""


def usual_name(core_name: str) -> str:
    """Return the usual short name of a department, the same for all its names: 发展和改革委员会 is 发改委."""
    whole = WHOLE.get(core_name, core_name)
    if WHOLE.get(whole) == whole:
        return whole
    return next((short for short, each in WHOLE.items() if each == whole), core_name)
