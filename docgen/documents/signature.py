"""Who signs a document of the office, and to whom copies go: the mechanism's settings put into names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from docgen.model.mechanism import Mechanism
from docgen.model.member import Member
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.model.values import SealWording


def signature_names(mechanism: Mechanism) -> tuple[str, ...]:
    """Return the name lines of the signature as the mechanism words the seal on behalf (代章).

    Without a stamping unit the office has a seal of its own and signs alone.
    """
    if mechanism.stamping_unit is None:
        return (mechanism.office,)
    seal = mechanism.stamping_unit.name
    return {
        SealWording.STAMPING_UNIT_LINE: (mechanism.office, f"{seal}（代章）"),
        SealWording.IN_BRACKETS: (mechanism.office, f"（{seal}代章）"),
        SealWording.STAMPING_UNIT_ONLY: (f"{seal}（代章）",),
        SealWording.OWN_SEAL: (mechanism.office,),
    }[mechanism.seal_wording]


def places_in(place: str) -> tuple[str, ...]:
    """Return the names of places in a mechanism's place (安澜市澄湖县 → 安澜市, 澄湖县), for titles to keep whole."""
    return tuple(re.findall("[^省市州盟县旗区]+(?:自治)?[省市州盟县旗区]", place))


def copies_to(records: Records, kind: str, project: Project, addressee: Unit, day: date) -> tuple[str, ...]:
    """Return the receivers of copies in the order of the copy rules, without the addressee.

    A rule names a unit, a role in the mechanism (all who hold it on the day), one of 项目管家, 项目业主, 牵头单位,
    配合单位, or anyone else, who is printed as written.
    """
    named = (name for word in records.copies_of(kind) for name in _receivers(records, word, project, day))
    return tuple(name for name in dict.fromkeys(named) if name != addressee.name)


def _receivers(records: Records, word: str, project: Project, day: date) -> Iterator[str]:
    if word == "项目管家":
        held = project.steward.on(day, "项目管家") if project.steward else None
        yield from [_respectfully(held)] if held else []
    elif word == "项目业主":
        yield from [project.owner] if project.owner else []
    elif word == "牵头单位":
        yield from [project.lead_unit.name] if project.lead_unit else []
    elif word == "配合单位":
        yield from (unit.name for unit in project.supporting_units)
    else:
        yield from _holders(records, word, day) or [_unit_name(records, word)]


def _holders(records: Records, role: str, day: date) -> list[str]:
    return [_respectfully(each) for each in records.of(Member) if each.role == role and each.held_on(day)]


def _respectfully(member: Member) -> str:
    return f"{member.post}{member.name}同志"


def _unit_name(records: Records, word: str) -> str:
    return next((each.name for each in records.of(Unit) if word in each.link_names), word)
