"""Who the mechanism is: its name, place, level, office, host, seal on behalf, and the circular that founds it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from docgen.founding.organs import place_in
from docgen.founding.passages import Passage
from docgen.founding.proposal import MECHANISM, Open, Proposal, Source
from docgen.model.values import Level, SealWording
from docgen.reform.paper import Paper

_KINDS: Final = "工作机制|联动机制|审批机制|领导小组|指挥部|联席会议(?:制度)?|工作专班|推进组|委员会"
_WORDS: Final = "(?:[一-鿿（）]|“[一-鿿]{1,12}”){3,40}?"
"""Of a name, which may hold a word in quotation marks: 某县重点项目“一厅通办”工作专班."""
_NAME: Final = re.compile(rf"{_WORDS}(?:{_KINDS})")
_MADE: Final = re.compile(rf"(?:成立|建立|设立|组建|构建|健全)(?:了)?[“《]?(?P<name>{_WORDS}(?:{_KINDS}))")
_CALLED: Final = re.compile(
    '（以下(?:统一)?简称[：:]?(?:(?P<part>“[^“”（）]{1,16}”[一-鿿]{1,8})|[“"]?(?P<short>[^”"（）]{2,30})[”"]?)）'
)
_OFFICE: Final = re.compile(
    "(?:下设|设立?|成立)(?P<name>[一-鿿]{0,30}?办公室)(?P<called>（以下简称[^）]*）)?[，,]?(?P<rest>[^。；]*)"
)
_HOST: Final = re.compile("(?:设在|设于|设到|依托|挂靠在?)(?P<host>[^，。；、（）]{2,24})")
_SEAL: Final = re.compile(
    "代章|代为(?:用印|盖章)|代行(?:用印|印章)|加盖[^，。；]{2,20}印章|由[^，。；]{2,20}(?:代|统一)用印"
)
_STAMPING: Final = re.compile(
    "(?:由|加盖|使用|以)(?P<unit>[^，。；由]{2,20}?)(?:（?代章|代为|代行|代用印|统一用印|的?(?:公章|印章)|印章)"
)
_OWN_SEAL: Final = re.compile("(?<!不)(?<!不再)(?<!不单独)(?<!不另行)(?:启用|刻制)[^，。；]{0,50}印章")
_NUMBER: Final = re.compile(r"[一-鿿]{2,12}[〔\[（(【]\d{4}[〕\]）)】]\s?\d{1,4}号")
_DATE: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEAR: Final = re.compile(r"(20\d{2})年(?:度)?(?:[一-鿿]{0,6})(?:重大|重点|新开工|续建|计划|拟)")
_CONTACT: Final = re.compile(r"联系人[：:]\s*(?P<name>[一-鿿·]{2,6})")
_PHONE: Final = re.compile(r"(?:联系)?电话[：:]\s*(?P<phone>[\d\-—－]{7,15})")
_LEVELS: Final = {
    "苏木乡镇级": "苏木|嘎查", "旗县级": "旗县", "盟市级": "盟市|盟行政公署|行署", "自治区级": "自治区"
}  # fmt: skip


def read_identity(passages: Sequence[Passage], paper: Paper | None, proposal: Proposal) -> None:
    """Read who the mechanism is.

    Args:
        passages: Of the text.
        paper: The parts of the circular, where they were recognised.
        proposal: Is filled.
    """
    _circular(passages, paper, proposal)
    _name(passages, paper, proposal)
    _place(passages, paper, proposal)
    _office(passages, proposal)
    _seal(passages, proposal)
    _year(passages, proposal)
    _contact(passages, proposal)


def _circular(passages: Sequence[Passage], paper: Paper | None, proposal: Proposal) -> None:
    """Read title, number and date of the circular itself."""
    if paper and (title := "".join(paper.title)):
        organ = paper.organs[0].removesuffix("文件") if paper.organs else ""
        shown = _where(passages, paper.title[0]) or Source(0, title)
        if "关于" in title[:2] and organ.endswith(("政府", "办公室", "委员会")):
            proposal.state(
                "founding_title", f"{organ}{title}", Source(shown.place, shown.words, "发文机关取自标志")
            )
        proposal.state("founding_title", title, shown)
    number = paper.number if paper else ""
    if not number:
        number = next((found[0] for each in passages[:12] if (found := _NUMBER.search(each.text))), "")
    proposal.state("founding_number", number, _where(passages, number) or Source(0, number))
    day, source = _date(passages, paper)
    proposal.state("founding_date", day, source)


def _date(passages: Sequence[Passage], paper: Paper | None) -> tuple[date | None, Source]:
    from docgen.sheets.dates import in_digits

    written = [in_digits(paper.date)] if paper and paper.date else []
    for each in passages:
        text = in_digits(each.text) if len(each.text) < 20 else ""
        if _DATE.fullmatch(text.strip("（）() ")):
            written.append(text)
    for text in written:
        if found := _DATE.search(text):
            try:
                return date(*map(int, found.groups())), _where(passages, found[0]) or Source(0, text)
            except ValueError:
                continue
    return None, Source(0, "")


def _name(passages: Sequence[Passage], paper: Paper | None, proposal: Proposal) -> None:
    """Read the name: the one that the text says it founds, else the one it speaks of most."""
    found: Counter[str] = Counter()
    where: dict[str, Source] = {}
    title = "".join(paper.title) if paper else ""
    for weight, passage, words in _spoken_of(passages, title):
        for each in _MADE.finditer(words):
            _count(each["name"], 4 * weight, passage.source(words), found, where)
        for each in _NAME.finditer(re.sub("^.*?关于(?:印发|成立|建立|设立|组建)", "", words)):
            _count(each[0], weight, passage.source(words), found, where)
    if not found:
        proposal.open.append(Open(f"{MECHANISM}·全称", "没有读到机制、领导小组、指挥部或联席会议的名称"))
        return
    name = max(found, key=lambda each: (found[each], -len(each)))
    proposal.state("name", name, where[name])


def _spoken_of(passages: Sequence[Passage], title: str) -> Iterator[tuple[int, Passage, str]]:
    for each in passages:
        for words in each.sentences or (each.text,):
            yield (3 if words and words in title else 1), each, words


def _count(name: str, weight: int, source: Source, found: Counter[str], where: dict[str, Source]) -> None:
    name = re.sub(
        "^.*(?:成立|建立|设立|组建|印发|健全|实行|构建|推行|由|的|对|在|为|按照|根据|负责)", "", name
    ).strip("了（）")
    name = name.removesuffix("制度") if name.endswith("联席会议制度") else name
    if len(name) < 6 or re.search("^(?:该|本|各|此|上述|下设)|办公室", name):
        return
    found[name] += weight
    where.setdefault(name, source)


def _place(passages: Sequence[Passage], paper: Paper | None, proposal: Proposal) -> None:
    """Read place and level from the issuer's name, and put the place before a name that has none."""
    issuers = [*(paper.organs if paper else ()), *(paper.signature if paper else ()), proposal.said("name")]
    issuers += [found[0] for each in passages[:8] if (found := re.match("[一-鿿]{2,12}?人民政府", each.text))]
    place = next((at for each in issuers if len(at := place_in(each)) > 1), "")
    if not place:
        proposal.open.append(
            Open(f"{MECHANISM}·所在地", "没有读到发文的是哪个县（市、区、旗）或地级市的机关")
        )
        return
    source = next((each.source() for each in passages if place in each.text), Source(0, place))
    proposal.state("place", place, source)
    level, remark = _level_of(place, passages)
    proposal.state("level", level, Source(source.place, source.words, remark))
    name = proposal.said("name")
    if name and not place_in(name) and place[-1] not in name[:1]:
        value = proposal.mechanism.pop("name")
        read = Source(value.source.place, value.source.words, "地名取自发文机关")
        proposal.state("name", place + name.removeprefix(place[-1]), read)


def _level_of(place: str, passages: Sequence[Passage]) -> tuple[Level, str]:
    """Return the level of a place; a 市 that has 旗县区 below it is of city level."""
    last = place[-1]
    if place.endswith(("省", "自治区")):
        return Level.PROVINCE, "按地名推定"
    if last in "县旗区":
        return Level.COUNTY, "按地名推定"
    below = re.compile("各旗县|旗县区|县（市、区）|各县区|县（区）|各县（")
    if last == "市" and not any(below.search(each.text) for each in passages):
        return Level.CITY, "按地名推定；是县级市的请改为县级"
    return Level.CITY, "按地名推定"


def _office(passages: Sequence[Passage], proposal: Proposal) -> None:
    """Read the office: where it is, what it is called, what mechanism and office are called in short."""
    name = proposal.said("name")
    for passage, words in _sentences(passages):
        found = _OFFICE.search(words)
        host = _HOST.search(words, found.start() if found else 0)
        if not (found or "办公室" in words) or not host:
            continue
        source = passage.source(words)
        own = found["name"] if found else "办公室"
        if name:
            whole = own if len(own) > len("办公室") + 2 else f"{name}办公室"
            proposal.state(
                "office", whole if place_in(whole) or whole.startswith(name) else f"{name}办公室", source
            )
        if found and (called := _CALLED.search(words, found.start("name"))):
            proposal.state("office_short", _short_in(called), source)
        proposal.state("host_unit", _unit_in(host["host"]), source)
        break
    for passage, words in _sentences(passages):
        short = _CALLED.search(words)
        if short and "办公室" in _short_in(short) + words[: short.start()][-3:]:
            proposal.state("office_short", _short_in(short), passage.source(words))
        elif short and name and words[: short.start()].rstrip("”》").endswith(name[-4:]):
            proposal.state("short_name", _short_in(short), passage.source(words))


def _short_in(called: re.Match[str]) -> str:
    """Return the short name that is introduced; quotation marks around a part of it belong to it."""
    return called["part"] or called["short"]


def _seal(passages: Sequence[Passage], proposal: Proposal) -> None:
    """Read who seals for the office, by which clause."""
    for passage, words in _sentences(passages):
        found = _SEAL.search(words)
        if not found:
            continue
        source = passage.source(words)
        unit = _STAMPING.search(words)
        proposal.state("seal_clause", words, source)
        if unit:
            proposal.state("stamping_unit", _unit_in(unit["unit"]), source)
        else:
            proposal.open.append(Open(f"{MECHANISM}·代章单位", "写到了代章，看不出由哪个单位代章", source))
        proposal.state(
            "seal_wording", SealWording.STAMPING_UNIT_LINE,
            passage.source(words, "原文写到代章；落款写法请核对"),
        )  # fmt: skip
        return
    for passage, words in _sentences(passages):
        if _OWN_SEAL.search(words):
            proposal.state("seal_wording", SealWording.OWN_SEAL, passage.source(words))
            return
    proposal.open.append(Open(f"{MECHANISM}·署名方式", "没有读到办公室的文件由谁用印"))


def _unit_in(text: str) -> str:
    """Return the name of a unit without words before and behind it."""
    return re.sub("^(?:其|由|在|加盖|使用|以)|(?:履行|公章|印章|代章|的|办公)+$", "", text.strip("“”"))


def _year(passages: Sequence[Passage], proposal: Proposal) -> None:
    """Read the year that the mechanism's list is for: the latest that the text names with its projects."""
    years = [
        (int(found[1]), passage.source(words))
        for passage, words in _sentences(passages)
        for found in _YEAR.finditer(words)
    ]
    founded = proposal.said("founding_date")
    if years:
        year, source = max(years, key=lambda each: each[0])
        proposal.state("year", year, source)
    elif founded:
        proposal.state("year", founded.year, Source(0, "", "取自设立文件的日期"))


def _contact(passages: Sequence[Passage], proposal: Proposal) -> None:
    for each in passages:
        if found := _CONTACT.search(each.text):
            proposal.state("contact", found["name"], each.source())
        if found := _PHONE.search(each.text):
            proposal.state("phone", found["phone"], each.source())


def read_level_words(passages: Sequence[Passage], proposal: Proposal) -> None:
    """Read what the levels are called here, where that is not what they are called elsewhere."""
    words: list[str] = []
    source: Source | None = None
    for word, sign in _LEVELS.items():
        spoken = next((each for each in passages if re.search(sign, each.text)), None)
        if spoken:
            words.append(word)
            source = source or spoken.source(next(one for one in spoken.sentences if re.search(sign, one)))
    if source:
        proposal.state("level_words", tuple(words), source)


def _sentences(passages: Sequence[Passage]) -> Iterator[tuple[Passage, str]]:
    for each in passages:
        for words in each.sentences:
            yield each, words


def _where(passages: Sequence[Passage], words: str) -> Source | None:
    """Return where words stand first."""
    bare = re.sub(r"\s", "", words)
    return next((each.source() for each in passages if bare and bare in re.sub(r"\s", "", each.text)), None)
