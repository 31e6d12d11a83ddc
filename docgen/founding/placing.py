"""Units and people as rows: units once each in the order of the text, people in their units, bodies with both."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from docgen.founding.organs import (
    DEPARTMENT,
    WHOLE,
    core,
    count_said,
    has_own_name,
    is_of_a_county_below,
    is_of_another_level,
    is_organ,
    is_town,
    listed,
    usual_name,
    whole_name,
    whole_town,
)
from docgen.founding.passages import Passage
from docgen.founding.people import Seen
from docgen.founding.proposal import BODIES, MECHANISM, PEOPLE, UNITS, Open, Proposal, Row, Source
from docgen.model.roles import LISTED
from docgen.model.values import BodyKind, Level, UnitRole

_MEMBERS: Final = re.compile(
    "(?:成员单位(?:包括|由|为|有|主要包括|：|:)|成员单位。?\t?(?=由)|(?:工作机制|领导小组|指挥部|联席会议)(?:成员)?由)(?P<list>[^。]+)"
)
_GROUP: Final = re.compile(
    "(?P<name>[一-鿿]{0,12}(?P<kind>专项工作组|跟进组|工作专班))(?P<called>（[^）]*）)?[，,。]?"
    "[^。；]{0,16}?(?:由|从|抽调|成员单位(?:包括|为)|包括)(?P<list>[^。；]+)"
)
_MADE: Final = re.compile("^.*(?:成立|设立|设|组建|下设|分别)")
_POST: Final = re.compile(
    "^(?P<unit>.*?(?:政府办公室|政府办|委办公室|委员会|管委会|分局|局(?![一-鿿]{1,8}分局)|委|办公室|办|部|院|厅|中心|公司|大队|支队|政府|"
    "银行|支行|集团|协会|[镇乡](?=党|[镇乡]长)|苏木|街道))(?P<post>.{2,})$"
)
_LEADER: Final = re.compile("(?:^|、|政府)(?:常务|分管)?副?[县市旗区盟州]长(?:、|$)")
_SAME: Final = ("", "兼", "兼任")
_SHORT: Final = 6
"""Characters that a short name has at most behind its level word."""
_ZONE: Final = ("管委会", "管理委员会")
_GOVERNMENT: Final = re.compile("(?:人民)?政府$")
_ZONE_WHOLE: Final = re.compile("管委会$")
_KINDS: Final = {
    "专项工作组": (BodyKind.TASK_FORCE, UnitRole.TASK_FORCE),
    "跟进组": (BodyKind.FOLLOW_UP, UnitRole.FOLLOW_UP),
    "工作专班": (BodyKind.CREW, UnitRole.TASK_FORCE),
}
_FOLLOWED: Final = (
    ("国家", Level.NATION),
    ("自治区", Level.PROVINCE),
    ("省", Level.PROVINCE),
    ("市", Level.CITY),
)


@dataclass
class _Unit:
    """A unit that the text names.

    Args:
        core: its name without the place and without what short names leave out.
        source: where it was first read.
        roles: what it does in the mechanism, in the order of reading.
        spelt: its names as the text writes them, without the place.
        called: those of them that a list of members uses as short names.
    """

    core: str
    source: Source
    roles: dict[UnitRole, None] = field(default_factory=dict)
    spelt: dict[str, None] = field(default_factory=dict)
    called: dict[str, None] = field(default_factory=dict)


@dataclass
class _Units:
    """The units of the text by their names without place, each once; short and full names of one are one."""

    place: str
    word: str
    found: dict[str, _Unit] = field(default_factory=dict)

    def take(self, name: str, source: Source, role: UnitRole | None) -> _Unit:
        """Return the unit of a name, new when it was not spoken of."""
        bare = core(name, self.place, self.word)
        key = usual_name(bare)
        unit = self.found.get(key) or self.found.setdefault(key, _Unit(key, source))
        unit.spelt[bare] = None
        if role is UnitRole.MEMBER and name == self.word + bare and len(bare) <= _SHORT:
            unit.called[bare] = None
        if role:
            unit.roles[role] = None
        return unit

    def short(self, unit: _Unit) -> str:
        """Return the short name by which the text calls a unit, the level word of the place before it.

        Towns, development zones and branches of a level above have none before theirs.
        """
        used = [each for each in unit.spelt if each in WHOLE or each in unit.called]
        name = min(used, key=len) if used else unit.core
        if is_of_a_county_below(name, self.word):
            return _GOVERNMENT.sub("政府", name)
        return name if name.startswith(self.word) or has_own_name(name, self.word) else self.word + name


def read_roster(passages: Sequence[Passage], seen: Sequence[Seen], proposal: Proposal) -> None:
    """Fill the sheets 单位, 人员 and 机构.

    Args:
        passages: Of the text.
        seen: Who is named in it.
        proposal: Is filled; place, host and stamping unit are read before.
    """
    place = _last(proposal.said("place"))
    units = _Units(place, place[-1:] or "县")
    _from_identity(units, proposal)
    said = _members(passages, units, proposal)
    bodies = list(_groups(passages, units))
    people = _people(seen, units, proposal)
    _compare(said, people, units, proposal)
    proposal.add(UNITS, _unit_rows(units, proposal))
    proposal.add(PEOPLE, people)
    proposal.add(
        BODIES, [Row({"order": at, **each.values}, each.source) for at, each in enumerate(bodies, start=1)]
    )
    for name in ("host_unit", "stamping_unit"):
        if name in proposal.mechanism:
            value = proposal.mechanism[name]
            unit = units.take(value.value, value.source, None)
            proposal.mechanism[name] = type(value)(units.short(unit), value.source)


def _last(place: str) -> str:
    """Return the last part of a place: 某市某县 is 某县."""
    found = re.search("(?:^|[省市盟州区])([一-鿿]{1,7}?(?:县|旗|区|市|盟|州))$", place)
    return found[1] if found else place


def _from_identity(units: _Units, proposal: Proposal) -> None:
    for name in ("host_unit", "stamping_unit"):
        value = proposal.mechanism.get(name)
        if value and is_organ(value.value):
            units.take(value.value, value.source, None)
        elif value:
            proposal.mechanism.pop(name)


def _members(passages: Sequence[Passage], units: _Units, proposal: Proposal) -> list[str]:
    """Read the list of member units; return their keys."""
    keys: list[str] = []
    for passage in passages:
        for words in passage.sentences if not passage.row else ():
            found = _MEMBERS.search(words)
            names = listed(found["list"], units.word) if found else ()
            if len(names) < 2:
                continue
            keys += [
                units.take(each, _source(passage, words, each, units), UnitRole.MEMBER).core for each in names
            ]
            count = count_said(found["list"]) if found else 0
            if count and count != len(names):
                why = f"原文说有{count}个单位，读到{len(names)}个，请核对"
                proposal.open.append(Open(UNITS, why, passage.source(words)))
    return keys


def _source(passage: Passage, words: str, name: str, units: _Units) -> Source:
    """Return where a sentence names a unit; the level word of a list's first name is not in the others."""
    return passage.source(words, about=core(name, units.place, units.word))


def _groups(passages: Sequence[Passage], units: _Units) -> Iterator[Row]:
    """Yield the bodies that the text sets up with units of their own."""
    named: set[str] = set()
    for passage in passages:
        for found in _GROUP.finditer(passage.text) if not passage.row else ():
            names = listed(found["list"], units.word)
            if len(names) < 2:
                continue
            kind, role = _KINDS[found["kind"]]
            source = passage.source(found[0])
            name = _MADE.sub("", found["name"]) or found["kind"]
            if name in named:
                continue
            named.add(name)
            members = [
                units.short(units.take(each, _source(passage, found[0], each, units), role)) for each in names
            ]
            level = next((level for word, level in _FOLLOWED if word in name), None)
            values: dict[str, Any] = {"name": name, "kind": kind, "units": "、".join(members)}
            yield Row({**values, "level": level if kind is BodyKind.FOLLOW_UP else None}, source)


def _people(seen: Sequence[Seen], units: _Units, proposal: Proposal) -> list[Row]:
    """Return the rows of people; several roles of one person with one post are one row."""
    rows: dict[tuple[str, str, str], Row] = {}
    for each in seen:
        if each.vacant:
            _seat_left_open(each, rows, units, proposal)
            continue
        if each.name and each.post in _SAME and _again(each, rows):
            continue
        unit, post, remark = _unit_and_post(each, units)
        if not post or post in _SAME:
            proposal.open.append(
                Open(PEOPLE, f"{each.name}的单位和职务没有读到，请补填后加入人员表", each.source)
            )
            continue
        role = each.role if LISTED.role(each.role) else ""
        if each.role and not role:
            why = f"“{each.role}”不在机制职务名单里；有权签发的填入{MECHANISM}·自定负责人，没有的填入自定职务"
            proposal.open.append(Open(PEOPLE, f"{each.name or post}：{why}", each.source))
        taken = units.take(unit, each.source, None)
        key = (each.name, taken.core, post)
        held = [*_roles(rows.get(key)), role] if role else _roles(rows.get(key))
        if not each.name and not held:
            continue
        said = rows[key].source if key in rows else each.source
        values = {
            "name": each.name or None,
            "unit": taken,
            "post": post,
            "roles": "、".join(dict.fromkeys(held)),
        }
        rows[key] = Row(values, Source(said.place, said.words, remark))
    return [
        Row({"order": at, **each.values, "unit": units.short(each.values["unit"])}, each.source)
        for at, each in enumerate(rows.values(), start=1)
    ]


def _seat_left_open(
    seen: Seen, rows: dict[tuple[str, str, str], Row], units: _Units, proposal: Proposal
) -> None:
    """Give a seat for which nobody is chosen a row without a name, its post marked （待定）, if its role is known."""
    listed = bool(LISTED.role(seen.role))
    more = "，已列入人员表" if listed else ""
    proposal.open.append(Open(PEOPLE, f"{seen.role or '成员'}空缺（待定）{more}，定了以后请填", seen.source))
    if not listed:
        return
    unit, post, remark = _unit_and_post(seen, units)
    taken = units.take(unit, seen.source, None)
    values = {"name": None, "unit": taken, "post": f"{post}（待定）", "roles": seen.role}
    rows[(seen.role, taken.core, post)] = Row(values, Source(seen.source.place, seen.source.words, remark))


def _again(seen: Seen, rows: dict[tuple[str, str, str], Row]) -> bool:
    """Give a further role to who stands in a roster already; whether that was so."""
    for key, row in rows.items():
        if key[0] == seen.name:
            held = dict.fromkeys([*_roles(row), seen.role] if LISTED.role(seen.role) else _roles(row))
            rows[key] = Row({**row.values, "roles": "、".join(held)}, row.source)
            return True
    return False


def _roles(row: Row | None) -> list[str]:
    return [each for each in str(row.values["roles"]).split("、") if each] if row else []


def _unit_and_post(seen: Seen, units: _Units) -> tuple[str, str, str]:
    """Return unit and post of a person, and what was concluded; leaders of the place sit in its government's office."""
    text = re.sub("（兼）|\\(兼\\)", "", seen.post)
    leads = _LEADER.search(text) or re.match(f"{units.word}委", text)
    found = None if leads else DEPARTMENT.match(text) or _POST.match(text)
    if found and is_organ(found["unit"]):
        return found["unit"], found["post"], ""
    if leads or re.search("人大|政协|政府", text):
        return f"{units.place}人民政府办公室", text, f"{units.word}领导的单位按政府办公室填，请核对"
    for name in units.found:
        if text.startswith((name, units.word + name)):
            rest = text.removeprefix(units.word).removeprefix(name)
            return name, rest or "负责人", ""
    if is_organ(text):
        return text, "主要负责人", "原文只写了单位"
    return f"{units.place}人民政府办公室", text, "没有读到单位，请核对"


def _compare(said: Sequence[str], people: Sequence[Row], units: _Units, proposal: Proposal) -> None:
    """Name the member units of which the roster has nobody, and units of the roster that the text does not list."""
    if not said or not any(each.values["name"] for each in people):
        return
    present = {str(each.values["unit"]) for each in people if "成员" in str(each.values["roles"]).split("、")}
    if not present:
        return
    members = {units.short(units.found[each]) for each in said}
    if missing := [
        each for each in dict.fromkeys(units.short(units.found[one]) for one in said) if each not in present
    ]:
        proposal.open.append(Open(PEOPLE, f"正文列为成员单位而名单中没有人：{'、'.join(missing)}，请核对"))
    if extra := [each for each in sorted(present - members) if not each.endswith("政府办")]:
        proposal.open.append(Open(UNITS, f"名单中有人而正文没有列为成员单位：{'、'.join(extra)}，请核对"))


def _unit_rows(units: _Units, proposal: Proposal) -> Iterator[Row]:
    level = proposal.said("level") or Level.COUNTY
    seen: dict[str, list[str]] = {}
    for each in (name for unit in units.found.values() for name in unit.spelt):
        seen.setdefault(each[0], []).append(each)
    for order, unit in enumerate(units.found.values(), start=1):
        spelt = max(unit.spelt, key=len)
        whole, remark = whole_name(spelt, seen[spelt[0]])
        if not whole and any(len(each) > len(unit.core) for each in unit.spelt):
            whole = spelt
        town = is_town(spelt)
        if town or (not whole and spelt.endswith(_ZONE)):
            whole, remark = _ZONE_WHOLE.sub("管理委员会", whole_town(spelt)), "全称按通常的机构名称补写"
        below = is_of_a_county_below(spelt, units.word)
        if below:
            whole, remark = _GOVERNMENT.sub("人民政府", spelt), ""
        named = below or whole.startswith(units.place[:2]) or is_of_another_level(whole, units.word)
        name = (whole if named else f"{units.place}{whole}") if whole else None
        if name is None:
            proposal.open.append(Open(UNITS, f"{units.short(unit)}的全称没有读到，请按公章填写", unit.source))
        values = {
            "order": order, "name": name, "short_name": units.short(unit),
            "level": Level.TOWN if town else Level.COUNTY if below else level,
            "roles": "、".join(unit.roles) or UnitRole.MEMBER.value,
        }  # fmt: skip
        said = "" if unit.roles else "原文没有列为成员单位，角色请核对"
        note = "；".join(filter(None, (remark, said)))
        yield Row(values, Source(unit.source.place, unit.source.words, note))
