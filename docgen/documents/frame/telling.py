"""What is said of a selection that makes no document: why a project gets none, who is left out by the settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from docgen.documents.declared.conditions import Part
from docgen.documents.declared.kind import Kind, Variant
from docgen.documents.facts import Facts
from docgen.documents.faults import ItemNotFit, NotFit, NothingFor
from docgen.documents.frame.drafts import Asked, Drafting
from docgen.documents.frame.group import Group
from docgen.documents.labels.views import name_of
from docgen.errors import Advice, DocgenError
from docgen.model.meeting import Meeting
from docgen.model.project import Project
from docgen.model.unit import Unit


@dataclass
class Noted:
    """What was noted while things were chosen.

    Args:
        unmet: by the id of a project, the part of a condition on projects that it does not meet.
        left_out: short names of units that the kind's settings leave out, with why.
        concerned: short names of the units that documents go to.
        few: short names of those for which there is too little to make a document.
    """

    unmet: dict[int, Part] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    concerned: dict[str, str] = field(default_factory=dict)
    few: set[str] = field(default_factory=set)

    def refuse(self, thing: Any, part: Part, variant: Variant) -> None:
        """Note a thing that does not meet a part of a condition."""
        project = variant.source.project_of(thing)
        if project is not None and is_on_projects(part, variant):
            self.unmet[id(project)] = part


def is_on_projects(part: Part, variant: Variant) -> bool:
    """Whether a part of a condition asks about the project, not about the thing it belongs to."""
    return part.label.startswith("项目.") or variant.source.holds is Project


def tell(
    result: Drafting, noted: Noted, asked: Asked, groups: Sequence[Group], about: tuple[Kind, Facts]
) -> None:
    """Add to a drafting what was asked for and makes no document, and who was left out by the settings."""
    kind, _ = about
    result.advices += _left_out(noted, kind)
    projects = {id(each) for group in groups for each in group.projects}
    for project in asked.projects:
        if id(project) not in projects:
            _tell_of(project, result, asked, about)
    result.skipped += _told_of_meetings(groups, result, asked, kind)
    made = {id(thing) for group in groups for thing in group.things}
    for item in (*asked.items, *asked.meetings):
        if id(item) not in made:
            result.faults += _unfit(item, about)
    if asked.names_some:
        units = {id(each.unit) for group in groups for each in group.to}
        result.faults += [
            NothingFor(unit.name, kind.title, tuple(noted.concerned.values()))
            for unit in asked.units
            if id(unit) not in units and not _is_explained(unit, noted, result)
        ]
    else:
        result.skipped += _unmet(noted)
    if not (groups or result.covered or result.faults or asked.projects or asked.meetings):
        result.skipped.append(Advice("nothing-to-make", _nothing_to_make(kind, asked)))


def _nothing_to_make(kind: Kind, asked: Asked) -> str:
    """Say in the kind's own words that nothing is to be made, and of which units that is so where some were named."""
    words = kind.declared.none or f"没有需要制发{kind.title}的事项"
    units = "、".join(each.short_name for each in asked.units)
    return f"按所选的单位（{units}），{words}" if units else words


def _told_of_meetings(
    groups: Sequence[Group], result: Drafting, asked: Asked, kind: Kind
) -> Iterator[Advice]:
    """Yield the meetings that were named and give nothing to make a document for."""
    found = {
        id(group.variant.source.meeting_of(thing))
        for group in (groups if asked.meetings else ())
        for thing in group.things
    }
    for each in asked.meetings if not result.covered else ():
        made_for_it = any(variant.source.holds is Meeting for variant in kind.variants)
        if id(each) not in found and not made_for_it:
            yield Advice("nothing-owed", f"会议“{each.name}”没有需要制发{kind.title}的事项")


def _left_out(noted: Noted, kind: Kind) -> Iterator[Advice]:
    reasons: dict[str, list[str]] = {}
    for name, reason in noted.left_out.items():
        reasons.setdefault(reason, []).append(name)
    for reason, names in reasons.items():
        words = f"{kind.title}不发{reason}（{'、'.join(names)}）；要发的，请在“文种”表中设置"
        yield Advice("left-out", words)


def _is_explained(unit: Unit, noted: Noted, result: Drafting) -> bool:
    return unit.short_name in noted.left_out or unit.short_name in noted.few or bool(result.covered)


def _tell_of(project: Project, result: Drafting, asked: Asked, about: tuple[Kind, Facts]) -> None:
    """Say why a project that was named gets no document."""
    kind, facts = about
    shown = f"第{project.number}号项目“{project.name}”"
    refused = _refusing(project, kind, facts)
    if refused:
        label, found, part = refused
        result.faults.append(NotFit(shown, label, found, words_of_part(part), kind.title))
    elif not result.covered and not asked.units:
        result.skipped.append(Advice("nothing-owed", f"{shown}没有需要制发{kind.title}的事项"))


def _unfit(item: Any, about: tuple[Kind, Facts]) -> Iterator[DocgenError]:
    """Yield which condition a thing that was named does not meet; none where it meets all, and is covered."""
    kind, facts = about
    parts = [
        next((part for part in each.when.parts if not part.holds(item, facts)), None)
        for each in kind.variants
        if isinstance(item, each.source.holds)
    ]
    if None not in parts:
        subject = f"{item.sheet}“{name_of(item)}”"
        yield from (
            ItemNotFit(subject, words_of_part(each, met=False), kind.title) for each in parts[:1] if each
        )


def _refusing(project: Project, kind: Kind, facts: Facts) -> tuple[str, str, Part] | None:
    """Return the part of a condition that a project itself does not meet, with what the sheets say of it."""
    for variant in kind.variants:
        thing = variant.source.like(project, facts)
        for part in variant.when.parts if thing is not None else ():
            if part.get and is_on_projects(part, variant) and not part.holds(thing, facts):
                found = part.get(thing, facts)
                return part.label.rpartition(".")[2], str("空" if found is None else found), part
    return None


def _unmet(noted: Noted) -> Iterator[Advice]:
    """Say how many projects each condition on projects leaves out."""
    for part in dict.fromkeys(noted.unmet.values()):
        count = sum(each is part for each in noted.unmet.values())
        yield Advice("not-fit", f"{count}个项目{words_of_part(part, met=False)}，未起草")


_QUOTED: Final = re.compile("'([^']*)'")
_SIGNS: Final = {
    "==": ("是", "不是"), "!=": ("不是", "是"), ">=": ("不少于", "少于"), "<=": ("不多于", "多于"),
    ">": ("大于", "不大于"), "<": ("小于", "不小于"), "not in": ("不在", "在"), "in": ("在", "不在"),
}  # fmt: skip


def words_of_part(part: Part, *, met: bool = True) -> str:
    """Return a part of a condition in plain words: 清单阶段是“终稿”, or that it is not met: 清单阶段不是“终稿”."""
    if part.joined == "not":
        return words_of_part(part.among[0], met=not met)
    if part.joined:
        every = met is (part.joined == "and")
        return ("，" if every else "或者").join(words_of_part(each, met=met) for each in part.among)
    if part.valued:
        return f"{'' if met else '没'}有“{part.written.rpartition('.')[2]}”"
    for sign, words in _SIGNS.items():
        left, found, right = part.written.partition(f" {sign} ")
        if found:
            named = (
                "、".join(f"“{each}”" for each in _QUOTED.findall(right))
                or f"“{right.removeprefix('设置.')}”"
            )
            among = f"{named}之中" if sign.endswith("in") else named
            return f"{left.rpartition('.')[2]}{words[not met]}{among}"
    return f"{'' if met else '不'}符合“{part.written}”"
