"""Sources: what documents can be made for, and which options of a command select among it.

Every sheet is a source, an office's own too. Beside them stand 项目单位 (a project and each unit concerned with it),
缺件 (each paper that an application lacks), 约谈对象 (who is called to account by the rankings), 机制 (the mechanism
itself), 时段 (periods of the lengths that a kind names), 公文 (signed documents of the kinds that it names) and 正文
(texts that are given on the command line).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts
from docgen.documents.given import GIVEN, Given
from docgen.documents.identity import Lack, Pair, Thing
from docgen.documents.issued import PAPER, Paper
from docgen.documents.labels.approvals import owed_by
from docgen.documents.labels.called import Called, called_in
from docgen.documents.labels.field import Field
from docgen.documents.labels.fields import fields_of
from docgen.documents.labels.paths import MECHANISM, TODAY
from docgen.documents.periods import PERIOD, Told, stored, told_last
from docgen.model.approval import Approval
from docgen.model.fields import Linked, Record
from docgen.model.mechanism import Mechanism
from docgen.model.meeting import Meeting
from docgen.model.names import nearest
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.schema import Schema
from docgen.model.unit import Unit
from docgen.rules.periods import PeriodKind

PAIR: Final = Pair.sheet
THIS: Final = "本项"


@dataclass(frozen=True)
class Source:
    """What documents can be made for.

    Args:
        name: in Chinese, the sheet's where it is one.
        holds: the type of its things.
        things: gives them in their order; of periods those that a command without a selection is for.
        options: those of a command that select among them: `project`, `unit`, `overdue`, `meeting`, `item`, `period`,
            `document`, `text`.
        kinds: of which kinds its things are, where it has things of several: lengths of periods, kinds of documents.
    """

    name: str
    holds: type
    things: Callable[[Facts], Iterable[Any]]
    options: tuple[str, ...]
    kinds: tuple[str, ...] = ()

    @property
    def has_kinds(self) -> bool:
        """Whether a declaration must say of which kinds its things are."""
        return self.holds in (Told, Paper)

    def of(self, kinds: tuple[str, ...]) -> Source:
        """Return the source with things of some kinds only."""
        things = partial(_papers, kinds) if self.holds is Paper else partial(_last_periods, kinds)
        return replace(self, kinds=kinds, things=things)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the labels that together name one thing; empty where a thing names itself."""
        return ("项目", "单位") if self.holds is Pair else ()

    def fields(self, records: Records | None) -> Mapping[str, Field]:
        """Return what a condition may say of a thing, by label."""
        this = Field(THIS, lambda thing, _: thing, self.holds)
        return {**GLOBALS, **fields_of(self.holds, records), THIS: this}

    def named(self, items: Iterable[Any], facts: Facts) -> Iterable[Any]:
        """Return the things among which a command chooses: periods it names, else its things."""
        periods = [each for each in items if isinstance(each, Told)] if self.holds is Told else []
        return periods or self.things(facts)

    def all_things(self, facts: Facts, known: Iterable[Thing]) -> Iterable[Any]:
        """Return its things, those that are no longer due among them: what a signed document may have been made for.

        Args:
            facts: the sheets.
            known: the stored identities that are looked for, which tell which periods are meant.
        """
        if self.holds is Told:
            return stored(known)
        if self.holds is Paper:
            return facts.issued.all
        return _all_pairs(facts) if self.holds is Pair else self.things(facts)

    def like(self, project: Project, facts: Facts) -> Any:
        """Return a thing of a project, due or not, to ask conditions about the project of; None when there is none."""
        if self.holds is Project:
            return project
        if self.holds is Pair:
            return Pair(project, project.lead_unit) if project.lead_unit else None
        return next((each for each in self.things(facts) if self.project_of(each) is project), None)

    def project_of(self, thing: Any) -> Project | None:
        """Return the project a thing belongs to."""
        if isinstance(thing, Project):
            return thing
        found = getattr(thing, "project", None) or next(iter(_linked(thing, Project)), None)
        return found if isinstance(found, Project) else None

    def meeting_of(self, thing: Any) -> Meeting | None:
        """Return the meeting a thing is, or was decided at."""
        return thing if isinstance(thing, Meeting) else next(iter(_linked(thing, Meeting)), None)


GLOBALS: Final[Mapping[str, Field]] = {
    TODAY: Field(TODAY, lambda _, facts: facts.today, date),
    MECHANISM: Field(MECHANISM, lambda _, facts: facts.mechanism, Mechanism),
}


class UnknownSource(Exception):
    """There is no source of a name; `nearest` are those with names like it, `known` are all."""

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        super().__init__(asked)
        self.asked, self.known, self.nearest = asked, known, nearest(asked, known)


def source_of(name: str, schema: Schema) -> Source:
    """Return the source of a name. Raises UnknownSource."""
    record = schema.sheet(name)
    if record is not None and not record.form:
        return Source(name, record, partial(_rows, record), _options(record))
    if name not in _BESIDE_SHEETS:
        raise UnknownSource(name, known_sources(schema))
    return _BESIDE_SHEETS[name]


def known_sources(schema: Schema) -> tuple[str, ...]:
    """Return the names of all sources of a workspace."""
    sheets = (each.sheet for each in schema.types if not each.form)
    return tuple(dict.fromkeys((*_BESIDE_SHEETS, *sheets)))


def _rows(record: type[Record], facts: Facts) -> tuple[Record, ...]:
    if record is Approval:
        return tuple(
            sorted(facts.records.of(Approval), key=lambda each: (each.project.number, each.item.order))
        )
    return facts.records.of(record)


def _options(record: type[Record]) -> tuple[str, ...]:
    fields = fields_of(record)
    reaches_project = record is Project or any(_is(each, Project) for each in fields.values())
    reaches_unit = record is Unit or any(_is(each, Unit) for each in fields.values())
    named = issubclass(record, Linked) and not issubclass(record, Project | Unit)
    chosen = {
        "project": reaches_project,
        "unit": reaches_unit,
        "meeting": record is Meeting or any(_is(each, Meeting) for each in fields.values()),
        "item": named,
        "overdue": "亮灯" in fields,
    }
    return tuple(name for name, offered in chosen.items() if offered)


def _is(field: Field, kind: type) -> bool:
    return field.holds is kind


def _linked(thing: Any, kind: type) -> Iterator[Any]:
    """Yield the records of a type that columns of a thing link to, one each."""
    for field in fields_of(type(thing)).values():
        if field.holds is kind and field.column and not field.many:
            yield getattr(thing, field.column)


def _pairs(facts: Facts) -> Iterator[Pair]:
    """Yield each project with its lead unit, then with the units that owe it approvals, in the order of the list."""
    for project in facts.records.of(Project):
        yield from pairs_of(project, facts)


def _all_pairs(facts: Facts) -> Iterator[Pair]:
    for project in facts.records.of(Project):
        units = [project.lead_unit, *(each.unit for each in facts.records.approvals_of(project))]
        yield from (Pair(project, unit) for unit in {id(each): each for each in units if each}.values())


def pairs_of(project: Project, facts: Facts) -> tuple[Pair, ...]:
    """Return a project with each unit concerned with it, as long as something is owed."""
    key = ("pairs", id(project))
    if key not in facts.kept:
        owed = owed_by(project, facts)
        owing = {id(each.unit): each.unit for each in owed}
        lead = project.lead_unit
        others = sorted((each for each in owing.values() if each is not lead), key=lambda each: each.order)
        units = [lead, *others] if lead and owed else others
        facts.kept[key] = tuple(Pair(project, unit) for unit in units)
    pairs: tuple[Pair, ...] = facts.kept[key]
    return pairs


def _lacks(facts: Facts) -> Iterator[Lack]:
    """Yield each paper that an approval lacks, as long as it is needed and not decided."""
    for approval in _rows(Approval, facts):
        assert isinstance(approval, Approval)  # noqa: S101  # rows of its own sheet
        if approval.state.pending:
            yield from (Lack(approval, paper) for paper in dict.fromkeys(approval.missing))


def _last_periods(kinds: tuple[str, ...], facts: Facts) -> tuple[Told, ...]:
    """Return the last period of each kind that is over."""
    return told_last([PeriodKind(each) for each in kinds], facts.today)


def _papers(kinds: tuple[str, ...], facts: Facts) -> Iterator[Paper]:
    return facts.issued.kinds(kinds)


_BESIDE_SHEETS: Final = {
    each.name: each
    for each in (
        Source(PAIR, Pair, _pairs, ("project", "unit")),
        Source(Called.sheet, Called, called_in, ("unit",)),
        Source(Lack.sheet, Lack, _lacks, ("project", "unit")),
        Source(MECHANISM, Mechanism, lambda facts: (facts.mechanism,), ()),
        Source(PERIOD, Told, partial(_last_periods, ()), ("period",)),
        Source(PAPER, Paper, partial(_papers, ()), ("document",)),
        Source(GIVEN, Given, lambda facts: facts.texts, ("text",)),
    )
}
"""The sources that are no sheet; a sheet that a workspace declares under such a name goes before."""
