"""What a list would write: its lines matched with the records there are, cells that differ, rows that are new."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from docgen.errors import Advice, DocgenError
from docgen.model.approval import Approval
from docgen.model.fields import FieldSpec, Record, field_of, fields_of
from docgen.model.names import plain
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.values import ApprovalState
from docgen.office.desk import Desk
from docgen.office.round.plan import Plan, Written, make_books, try_books
from docgen.office.round.planning import Adding, has_cell_of_its_own, raw_or_none
from docgen.office.round.store import IMPORTS
from docgen.sheets.dates import DAY_ZERO
from docgen.sheets.faults import BlankCell
from docgen.sheets.importing.decisions import Question
from docgen.sheets.importing.faults import LackingValue, LineTwice, NothingToWriteInto
from docgen.sheets.importing.listing import Line, Listing
from docgen.sheets.importing.proposal import Preview
from docgen.sheets.importing.values import AMOUNT, NOTHING, Values
from docgen.sheets.reading.links import Index
from docgen.sheets.round.said import Key, key_of, said
from docgen.sheets.writing.in_place import Edit


class Doubt:
    """Stands for the record of a line of which it is asked whether it is a known one."""


DOUBT: Final = Doubt()
SAME_PROJECT: Final = "同一项目"
_LIKE: Final = 0.8
"""Names of two projects that are alike to this degree are asked about."""
_FAR: Final = 5000
"""An amount that is so many times what it was may be in another unit of measure."""


class Merging:
    """A list put together with the records that there are."""

    def __init__(
        self, desk: Desk, records: Records, listing: Listing, file: str, before: frozenset[str]
    ) -> None:
        self.desk, self.records, self.listing, self.file, self.before = desk, records, listing, file, before
        self.record = listing.record
        self.plan = Plan()
        self.previews: list[Preview] = []
        self.faults: list[DocgenError] = []
        self.lacking: list[FieldSpec] = []
        self.lost: dict[tuple[str, str], int] = {}
        self.at: dict[tuple[str, int], Line] = {}
        self._found: dict[int, Record | Doubt | None] = {}
        self.values = Values(listing.guesses, Index(), None, DAY_ZERO, desk.today)

    def plan_all(self, *, partial: bool) -> None:
        """Work out what would be written, and try it on copies; rows at fault are left out where `partial` says so."""
        lines = list(self._each_once())
        self.faults += self._fill_up([each for each in lines if self._known(each) is None])
        self._plan(lines)
        if self.plan.at_fault:
            told = self.plan.faults
            if partial:
                bad = {id(self.at[each]) for each in self.plan.at_fault if each in self.at}
                self._plan([each for each in lines if id(each) not in bad])
            self.faults += [each for each in told if each not in self.plan.faults]
        self.faults += self.plan.faults

    def _each_once(self) -> Iterator[Line]:
        """Yield the lines; of those that are the same record the first, while the others are at fault."""
        first: dict[object, Line] = {}
        for each in self.listing.lines:
            names = _names(self.record, each.values)
            earlier = next((first[name] for name in names if name in first), None)
            if earlier is None:
                first |= dict.fromkeys(names, each)
                yield each
            else:
                place = (f"{self.file} {each.sheet}", f"第{each.row}行", self._key_spec.header)
                shown = said(each.values.get(self._key_spec.name), self._key_spec)
                self.faults.append(LineTwice(*place, shown, earlier.row))

    @cached_property
    def _key_spec(self) -> FieldSpec:
        return field_of(self.record, "name" if self.record is Project else self.record.unique[0][0])

    @cached_property
    def _by_name(self) -> dict[object, Record]:
        found: dict[object, Record] = {}
        for each in self.records.of(self.record):
            values = {spec.name: getattr(each, spec.name) for spec in fields_of(self.record)}
            for name in _names(self.record, values):
                found.setdefault(name, each)
        return found

    def _known(self, line: Line) -> Record | Doubt | None:
        """Return the record that a line is about; None for a new one, DOUBT where it is asked whether it is one."""
        if id(line) not in self._found:
            self._found[id(line)] = self._find(line)
        return self._found[id(line)]

    def _find(self, line: Line) -> Record | Doubt | None:
        names = _names(self.record, line.values)
        found = next((self._by_name[name] for name in names if name in self._by_name), None)
        if found is not None or self.record is not Project or not line.values.get("name"):
            return found
        return self._alike(line, str(line.values["name"]))

    def _alike(self, line: Line, name: str) -> Record | Doubt | None:
        """Return the project whose name is nearly the same, if somebody said that it is the one."""
        near = self._nearest(name)
        if near is None:
            return None
        question = Question(SAME_PROJECT, self._key_spec.label, name)
        why = f"与现有项目“{near}”名称相近；不是同一个的写“否”，作为新增"
        decided, answer = self.listing.guesses.ask(question, near, why, f"{line.sheet}第{line.row}行")
        if not decided:
            return DOUBT
        return self._by_name.get(("name", plain(answer))) if answer else None

    def _nearest(self, name: str) -> str | None:
        wanted = plain(name)
        near_enough = (
            (known, each)
            for known, each in self._names
            if 2 * min(len(known), len(wanted)) >= _LIKE * (len(known) + len(wanted))
        )
        likeness, near = max(
            ((_likeness(wanted, known), each) for known, each in near_enough), default=(0.0, "")
        )
        return near if likeness >= _LIKE else None

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        return [(plain(each.name), each.name) for each in self.records.of(Project)]

    def _fill_up(self, new: Sequence[Line]) -> Iterator[DocgenError]:
        """Give new lines what was chosen for all; yield the required fields for which nothing was."""
        for spec in fields_of(self.record):
            blank = [each for each in new if each.values.get(spec.name) is None]
            if not blank or not spec.required or spec.name in self.listing.fields or self._is_numbered(spec):
                continue
            self.lacking.append(spec)
            fixed = self.listing.guesses.decisions.fixed.get(spec.label, "")
            value = self.values.read(spec, fixed, "统一填") if fixed else NOTHING
            if value is NOTHING:
                yield LackingValue(spec.label)
                continue
            for each in blank:
                each.values[spec.name] = value

    def _is_numbered(self, spec: FieldSpec) -> bool:
        return self.record is Project and spec.name == "number"

    def _plan(self, lines: Sequence[Line]) -> None:
        self.plan, self.previews, self.at, self.lost = Plan(), [], {}, {}
        known = [(line, self._known(line)) for line in lines]
        new = [line for line, found in known if found is None]
        numbers = self._numbers(new)
        adding = self._adding(self.record) if new else None
        for line, found in known:
            if isinstance(found, Doubt):
                self._show("待确认", line, {}, {})
            elif found is not None:
                self._change_line(line, found)
            elif adding is not None:
                self._add_line(adding, line, numbers.get(id(line)))
        self.plan.advices += [
            Advice("import-no-column", f"办公室的“{sheet}”表没有单独的「{label}」列，有{count}个值没有写")
            for (sheet, label), count in self.lost.items()
        ]
        make_books(self.plan, self.desk.workspace.data)
        if self.plan.books and not self.plan.faults:
            try_books(self.plan, self.desk, self.before)
            if self.listing.open_columns or self.listing.guesses.open or self.faults:
                # what is not confirmed yet is not filled in yet
                self.plan.faults = [each for each in self.plan.faults if not isinstance(each, BlankCell)]

    def _numbers(self, new: Sequence[Line]) -> dict[int, int]:
        """Return the serials of new projects, by line: the list's own where they are free, else the next ones."""
        if self.record is not Project:
            return {}
        taken = {each.number for each in self.records.of(Project)}
        said_ones = [each.values.get("number") for each in new]
        own = {each for each in said_ones if said_ones.count(each) == 1} - taken - {None}
        following = max([*taken, *(each for each in own if each), 0]) + 1
        numbers: dict[int, int] = {}
        for line, number in zip(new, said_ones, strict=True):
            if number in own and number is not None:
                numbers[id(line)] = number
            else:
                numbers[id(line)], following = following, following + 1
        return numbers

    def _adding(self, record: type[Record]) -> Adding | None:
        adding = Adding(self.plan, self.desk, record, self.records.of(record))
        if adding.origin is None:
            fault = NothingToWriteInto(record.sheet)
            if all(str(each) != str(fault) for each in self.faults):
                self.faults.append(fault)
            return None
        return adding

    def _add_line(self, adding: Adding, line: Line, number: int | None) -> None:
        values = {**line.values, **({} if number is None else {"number": number})}
        self._add(adding, line, values, _key(self.record, values))
        more = self._approvals(line, None, number or 0)
        self._show("新增", line, {**_said(self.record, values), **more[0]}, {})

    def _add(self, adding: Adding, line: Line, values: Mapping[str, Any], key: Key) -> None:
        place = (adding.sheet, adding.row)
        self._source(line, *place)
        adding.add(dict(values), key, IMPORTS, self.file)

    def _source(self, line: Line, sheet: str, row: int) -> None:
        self.at[(sheet, row)] = line
        address = next(iter(line.cells.values()), f"第{line.row}行")
        self.plan.sources[(sheet, row)] = (f"{self.file} {line.sheet}", dict(line.cells), address)

    def _change_line(self, line: Line, record: Record) -> None:
        before = self._change(line, record)
        shown, changed = self._approvals(line, record, 0)
        all_before = {**before, **changed}
        what = f"更改{len(all_before)}格" if all_before else "不变"
        self._show(what, line, {**_said(self.record, line.values), **shown}, all_before)

    def _change(self, line: Line, record: Record) -> dict[str, str]:
        """Have the cells of a record written that a line says otherwise; return what they say now, by label."""
        before: dict[str, str] = {}
        kind, origin = type(record), record.origin
        key = key_of(record, {each.name: each for each in fields_of(kind)}, kind.unique[0])
        for spec in fields_of(kind):
            if origin is None or spec.name not in line.values or spec.name in {"number", "project", "item"}:
                continue
            now, new = said(getattr(record, spec.name), spec), line.values[spec.name]
            value = self._likely(spec, getattr(record, spec.name), new, f"{line.sheet}第{line.row}行")
            if value is NOTHING or said(value, spec) == now:
                continue
            if not has_cell_of_its_own(origin, spec.name):
                self.lost[(kind.sheet, spec.label)] = self.lost.get((kind.sheet, spec.label), 0) + 1
                continue
            before[spec.label] = now
            self.plan.put(origin, spec.name, Edit(raw_or_none(value, spec), header=spec.header))
            told = (IMPORTS, self.file, line.cells.get(spec.name, ""), origin.place(spec.name))
            self.plan.written.append(
                Written(kind.sheet, key, spec.name, spec.label, now, said(value, spec), *told)
            )
            self._source(line, origin.sheet, origin.row)
        return before

    def _likely(self, spec: FieldSpec, now: Any, new: Any, place: str) -> Any:
        """Return an amount, or what was chosen for it where it is out of all proportion to what it was."""
        if not (isinstance(now, Decimal) and isinstance(new, Decimal) and now and new):
            return new
        if max(now / new, new / now) < _FAR:
            return new
        likely = new / 10_000 if new > now else new * 10_000
        question = Question(AMOUNT, spec.label, said(new, spec))
        why = f"现在是{now:f}亿元，相差{_FAR}倍以上，可能一个是万元"
        decided, answer = self.listing.guesses.ask(question, f"{likely.normalize():f}", why, place)
        return self.values.read(spec, answer, place) if decided and answer else NOTHING

    def _approvals(
        self, line: Line, project: Record | None, number: int
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Plan the approvals of a line; return what they say, and of those that change what they said, by label."""
        shown: dict[str, str] = {}
        before: dict[str, str] = {}
        for each in line.approvals:
            item = each.values["item"]
            known = self._approval_of.get((id(project), item)) if project else None
            labels = {
                f"{item}·{label}": words
                for label, words in _said(Approval, each.values).items()
                if label != "审批事项"
            }
            shown |= labels
            if known is None:
                handle = project.number if isinstance(project, Project) else number
                self._add_approval(each, handle, item)
            else:
                before |= {f"{item}·{label}": now for label, now in self._change(each, known).items()}
        return shown, before

    @cached_property
    def _approval_of(self) -> dict[tuple[int, str], Approval]:
        return {(id(each.project), each.item.name): each for each in self.records.of(Approval)}

    def _add_approval(self, line: Line, project: int, item: str) -> None:
        adding = self._added.get(id(self.plan)) or self._adding(Approval)
        if adding is None:
            return
        self._added = {id(self.plan): adding}
        done = line.values.get("done")
        usual = {"state": ApprovalState.DONE if done else ApprovalState.NOT_SUBMITTED}
        values = {**usual, **line.values, "project": project}
        self._add(adding, line, values, (str(project), item))

    _added: Mapping[int, Adding] = MappingProxyType({})

    def _show(self, what: str, line: Line, values: dict[str, str], before: dict[str, str]) -> None:
        shown = values or _said(self.record, line.values)
        self.previews.append(Preview(what, f"{line.sheet}第{line.row}行", shown, before))


def _names(record: type[Record], values: Mapping[str, Any]) -> list[object]:
    """Return by what a record is known again: the code or the name of a project, whole keys of any other."""
    groups = (("code",), ("name",)) if record is Project else record.unique
    specs = {each.name: each for each in fields_of(record)}
    return [
        (*group, *(plain(said(values[name], specs[name])) for name in group))
        for group in groups
        if all(values.get(name) is not None for name in group)
    ]


def _key(record: type[Record], values: Mapping[str, Any]) -> Key:
    return tuple(said(values.get(name), field_of(record, name)) for name in record.unique[0])


def _said(record: type[Record], values: Mapping[str, Any]) -> dict[str, str]:
    specs = fields_of(record)
    return {each.label: said(values[each.name], each) for each in specs if values.get(each.name) is not None}


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _LIKE else 0
