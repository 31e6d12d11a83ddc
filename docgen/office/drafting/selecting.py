"""What a draft command selects: the words that were typed, put into projects, units, rows, periods and documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeVar

from docgen.documents import periods
from docgen.documents.declared.catalogue import Catalogue
from docgen.documents.declared.kind import Kind
from docgen.documents.declared.sources import Source
from docgen.documents.facts import Facts
from docgen.documents.faults import PaperUnfit, PeriodNotSet, PeriodUnfit
from docgen.documents.frame.drafts import Asked
from docgen.documents.issued import Paper
from docgen.errors import DocgenError, Problems
from docgen.model.faults import AmbiguousName, UnknownName
from docgen.model.meeting import Meeting
from docgen.model.records import Records
from docgen.office.drafting.drafts import Request, UnfitOption
from docgen.register.document import Document
from docgen.register.store import Register
from docgen.rules.periods import PeriodKind, read_period

_LENGTHS: Final = "时段"
"""The setting that says for periods of which length a kind is made."""
T = TypeVar("T")


def parted(request: Request, catalogue: Catalogue, records: Records) -> list[tuple[Kind, Request]]:
    """Return the kinds that a command drafts, each with what is asked of it; one that is meant alone with the whole.

    Of several kinds of one command each takes the periods that are as long as it is made for, and those that are made
    for nothing by which is selected take no part: nor does what is named by itself where projects are.

    Raises:
        UnknownKind, Problems: as of `Catalogue.bound`.
        PeriodUnfit, PeriodNotSet: a period is of a length that none of them is made for.
    """
    kinds = [catalogue.bound(each, records) for each in catalogue.family(request.kind)]
    fit = [each for each in kinds if not list(_unfit(each, request))]
    if request.projects and not request.items:
        fit = [each for each in fit if "item" not in each.options] or fit
    if len(kinds) == 1 or not fit:
        return [(kinds[0], request)]
    if not request.periods:
        return [(each, request) for each in fit]
    found = [(each, tuple(_of_length(each, request.periods))) for each in fit]
    taken = {word for _, words in found for word in words}
    lost = [word for word in request.periods if word not in taken]
    if lost:
        lengths = "、".join(dict.fromkeys(name for each in fit for name in _kinds_of(each, "period")))
        period = read_period(lost[0])
        settable = [each for each in fit if _LENGTHS in each.settings]
        if settable:
            titles, names = ("、".join(each.title for each in some) for some in (fit, settable))
            now = str(settable[0].settings[_LENGTHS])
            raise PeriodNotSet(
                titles, lengths, period.name, period.kind.value, names.replace("、", "或"), now
            )
        raise PeriodUnfit("、".join(each.title for each in fit), lengths, period.name, period.kind.value, ())
    return [(each, replace(request, periods=words)) for each, words in found if words]


def _of_length(kind: Kind, words: Iterable[str]) -> Iterator[str]:
    """Yield the periods that are as long as a kind is made for. Raises PeriodUnreadable."""
    lengths = _kinds_of(kind, "period")
    yield from (each for each in words if read_period(each).kind.value in lengths)


def asked_for(
    request: Request, kind: Kind, facts: Facts, register: Register, offered: Collection[str] = ()
) -> Asked:
    """Return what a command asks for.

    Args:
        request: what was typed.
        kind: of the documents.
        facts: the sheets on the day of the documents.
        register: with the documents that may be asked for.
        offered: by which options the command selects; none given for all.

    Raises:
        Problems: options that the kind does not know; else all names that mean none or several, periods and
            documents that it is not made for.
    """
    faults: list[DocgenError] = list(_unfit(kind, request, offered))
    Problems.raise_any(faults)
    records = facts.records
    projects = tuple(_found(records.find_project, request.projects, faults))
    units = tuple(_found(records.find_unit, request.units, faults))
    meetings = tuple(_found(partial(records.find_named, Meeting), request.meetings, faults))
    sources = [each.source for each in kind.variants if "item" in each.source.options]
    items: list[Any] = list(_found(lambda name: _item(records, sources, name), request.items, faults))
    for find in (_periods, _papers):
        try:
            items += find(request, kind, facts, register)
        except DocgenError as fault:
            faults += fault.faults if isinstance(fault, Problems) else [fault]
    items += facts.texts
    Problems.raise_any(faults)
    return Asked(projects, units, meetings, tuple(items), request.overdue, request.everything)


def _unfit(kind: Kind, request: Request, offered: Collection[str] = ()) -> Iterator[UnfitOption]:
    """Yield a fault for each option by which what the kind is made for cannot be selected."""
    given = {
        "project": request.projects,
        "meeting": request.meetings,
        "item": request.items,
        "period": request.periods,
        "document": request.documents,
        "text": request.texts,
        "overdue": request.overdue,
    }
    known = tuple(f"--{each}" for each in (*kind.options, "all") if not offered or each in offered)
    for option, asked in given.items():
        if asked and option not in kind.options:
            yield UnfitOption(kind.title, f"--{option}", known)
    if request.units and kind.is_list and not kind.is_for_units:
        yield UnfitOption(kind.title, "--unit", tuple(each for each in known if each != "--unit"))


def _kinds_of(kind: Kind, option: str) -> list[str]:
    """Return of which kinds the things are that an option selects."""
    sources = (each.source for each in kind.variants if option in each.source.options)
    return list(dict.fromkeys(name for each in sources for name in each.kinds))


def _periods(request: Request, kind: Kind, facts: Facts, _register: Register) -> Sequence[periods.Told]:
    lengths = [PeriodKind(each) for each in _kinds_of(kind, "period")]
    return periods.asked_for(request.periods, lengths, kind.title, facts.today)


def _papers(request: Request, kind: Kind, facts: Facts, register: Register) -> Sequence[Paper]:
    if not request.documents:
        return ()
    from docgen.office.life.finding import named

    wanted = _kinds_of(kind, "document")
    with register.reading() as books:
        documents = named(books, request.documents)
    Problems.raise_any(
        PaperUnfit(each.name, each.state.value, each.kind, kind.title, tuple(wanted))
        for each in documents
        if not _is_fit(each, wanted)
    )
    ids = {each.id for each in documents}
    return [each for each in facts.issued.all if each.id in ids]


def _is_fit(document: Document, wanted: Sequence[str]) -> bool:
    return document.kind in wanted and bool(document.number)


def _item(records: Records, sources: Sequence[Source], name: str) -> object:
    """Return the thing of one of the sources that a name means.

    Raises:
        AmbiguousName: it means several things of a source, and one of no other.
        UnknownName: none has it; with the nearest names of all.
    """
    unknown: list[UnknownName] = []
    several: list[AmbiguousName] = []
    for source in sources:
        try:
            return records.find_named(source.holds, name)
        except UnknownName as fault:
            unknown.append(fault)
        except AmbiguousName as fault:
            several.append(fault)
    if several:
        raise several[0]
    nouns = "、".join(dict.fromkeys(each.noun for each in unknown))
    raise UnknownName(nouns, name, tuple(near for each in unknown for near in each.nearest))


def _found(find: Callable[[str], T], names: Iterable[str], faults: list[DocgenError]) -> Iterator[T]:
    for name in dict.fromkeys(names):
        try:
            yield find(name)
        except DocgenError as fault:
            faults.append(fault)
