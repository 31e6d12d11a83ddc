"""Which field a column of a list holds, and how sure that is: the same label, a known synonym, or a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.fields import FieldSpec, Record, field_of, fields_of
from docgen.model.item import Item
from docgen.model.names import nearest, plain
from docgen.model.project import Project
from docgen.sheets.importing.synonyms import (
    ABBREVIATIONS,
    APPROVAL,
    FROM_TO,
    PROJECT,
    UNDER_APPROVALS,
    of_year,
)
from docgen.sheets.opening.grid import Rows
from docgen.sheets.reading.extra import BRACKETS
from docgen.sheets.reading.headers import unit_above, unit_in
from docgen.sheets.reading.heads import Block, Head

SAME: Final = "与表头一致"
ALSO: Final = "同义的表头"
GUESS: Final = "猜测：名称相近"
OF_ITEM: Final = "审批事项"
TWICE: Final = "与{}列重复"
NONE: Final = "没有对应"
CHOSEN: Final = "由您选定"
FROM_TO_LABEL: Final = "计划开工和计划竣工"
"""What a column is read as that says both in one cell."""
_GATHERS: Final = re.compile(r".*(?:情况|信息|构成|来源|概况|时间|期限)")
"""A part of a head that only gathers the columns below it: 项目基本情况, 资金来源."""
_MONEY: Final = "亿元"
_SYNONYMS: Final[Mapping[type[Record], Mapping[str, str]]] = {Project: PROJECT, Approval: APPROVAL}


@dataclass(frozen=True)
class Target:
    """What a column is read as: a field, of the approval of one item where it stands below the item's name."""

    record: type[Record]
    name: str
    item: str = ""

    @property
    def spec(self) -> FieldSpec:
        """Return the field."""
        return field_of(self.record, self.name)

    def shown(self, of: type[Record]) -> str:
        """Return what the proposal calls it in a list of records of a type."""
        if self.item:
            return f"{self.item}·{self.spec.label}"
        return self.spec.label if self.record is of else f"{self.record.sheet}·{self.spec.label}"


@dataclass(frozen=True)
class Match:
    """A column with what it is read as; `until` is the second field of one that says from when to when.

    `unit` is the unit of measure of its amounts, empty for those that have none; `stated` whether the list gives it.
    """

    head: Head
    target: Target | None
    basis: str
    unit: str = ""
    stated: bool = True
    until: str = ""

    @property
    def meant(self) -> Target:
        """Return what a column that is read is read as."""
        assert self.target is not None  # noqa: S101  # those without are left out before anything is read
        return self.target

    def read_as(self, of: type[Record]) -> str:
        """Return what the proposal says that it is read as, in a list of records of a type; empty for nothing."""
        if self.target is None:
            return ""
        if self.until:
            return FROM_TO_LABEL
        return self.target.shown(of)

    @property
    def is_sure(self) -> bool:
        """Whether it counts without being confirmed."""
        return self.target is None or (self.basis in (SAME, ALSO, OF_ITEM, CHOSEN) and self.stated)


@dataclass(frozen=True)
class Matcher:
    """Matches the heads of lists with the fields of a record type.

    Args:
        record: the type.
        items: what approvals there are, by all plain names.
        year: of the mechanism, if known.
    """

    record: type[Record]
    items: Mapping[str, Sequence[Any]]
    year: int | None = None

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        specs = fields_of(self.record)
        also = {plain(word): each.name for each in specs for word in each.column.also}
        return also | {plain(each.label): each.name for each in specs}

    def known_as(self, head: Head) -> Target | None:
        """Return what a head is known as beyond doubt; None for one that is not."""
        found = self._known(head)
        return found.target if found else None

    def matches(self, block: Block, rows: Rows) -> tuple[Match, ...]:
        """Return every column of a list with what it is read as; of two that seem the same field the surer counts.

        Args:
            block: the heads.
            rows: of the sheet.
        """
        found = [self._known(each) or Match(each, None, NONE) for each in block.heads]
        found = [*self._each_once(found)]
        taken = {each.target for each in found}
        rest = [each for each in fields_of(self.record) if Target(self.record, each.name) not in taken]
        guessed = [self._guess(each.head, rest) if each.basis == NONE else each for each in found]
        above = unit_above(rows[: block.top + 1])
        return tuple(_measured(each, above) for each in self._each_once(guessed))

    def _known(self, head: Head) -> Match | None:
        words = head.words
        if not words:
            return None
        whole = of_year("".join(words), self.year)
        if self.record is Project and FROM_TO.fullmatch(whole):
            return Match(head, Target(Project, "planned_start"), ALSO, until="planned_finish")
        return self._of_item(head) or self._labelled(head) or self._synonym(head)

    def _labelled(self, head: Head) -> Match | None:
        for said in self._ways(head):
            for words in dict.fromkeys((said, said.replace("本年计划", "本年"))):
                if words in self._labels:
                    return Match(head, Target(self.record, self._labels[words]), SAME)
        return None

    def _synonym(self, head: Head) -> Match | None:
        for said in self._ways(head):
            for name, pattern in _SYNONYMS.get(self.record, {}).items():
                if re.fullmatch(pattern, said):
                    return Match(head, Target(self.record, name), ALSO)
        return None

    def _ways(self, head: Head) -> Iterator[str]:
        """Yield a head as a whole, and without the parts at its top that only gather columns, the longest first."""
        for place in range(len(head.words)):
            if not all(map(_GATHERS.fullmatch, head.words[:place])):
                return
            yield of_year("".join(head.words[place:]), self.year)

    def _of_item(self, head: Head) -> Match | None:
        """Return what stands below the name of an approval, in a list with a row for each project."""
        if self.record is not Project:
            return None
        parts = [
            plain(each) if plain(each) in self.items else plain(BRACKETS.sub("", each)) for each in head.parts
        ]
        named = [each for each in parts if each in self.items]
        if len(named) != 1:
            return None
        item: Item = self.items[named[0]][0]
        rest = "".join(each for each in parts if each not in named and not UNDER_APPROVALS.search(each))
        rest = rest or "".join(each for each in parts[parts.index(named[0]) + 1 :])
        if not rest:
            return Match(head, Target(Approval, "state", item.name), OF_ITEM)
        found = [name for name, pattern in APPROVAL.items() if re.fullmatch(pattern, rest)]
        return Match(head, Target(Approval, found[0], item.name), OF_ITEM) if found else None

    def _guess(self, head: Head, rest: Iterable[FieldSpec]) -> Match:
        whole = of_year("".join(head.words), self.year)
        if self.record is Project and any(UNDER_APPROVALS.search(each) for each in head.words[:-1]):
            item = self._nearest_item(head.words[-1])
            return Match(head, Target(Approval, "state", item), GUESS) if item else Match(head, None, NONE)
        known = {word: each.name for each in rest for word in (each.label, *each.column.also)}
        for said in dict.fromkeys((whole, *reversed(head.words))):
            near = nearest(said, known, 1) if len(said) > 1 else ()
            if near:
                return Match(head, Target(self.record, known[near[0]]), GUESS)
        item = self._nearest_item(whole) if self.record is Project else ""
        return Match(head, Target(Approval, "state", item), GUESS) if item else Match(head, None, NONE)

    def _nearest_item(self, words: str) -> str:
        names = {name: each for found in self.items.values() for each in found for name in each.link_names}
        for said, meant in ABBREVIATIONS.items():
            begin = [each.name for name, each in names.items() if name.startswith(meant)]
            if begin and words == said:
                return str(begin[0])
        near = nearest(words, [each for each in names if not each.isdigit()], 1)
        return str(names[near[0]].name) if near else ""

    def _each_once(self, found: Iterable[Match]) -> Iterable[Match]:
        order = sorted(found, key=lambda each: (not each.is_sure, each.basis != SAME))
        first: dict[Target, Match] = {}
        for each in order:
            if each.target:
                first.setdefault(each.target, each)
        for each in sorted(order, key=lambda each: each.head.column):
            known = first.get(each.target) if each.target else None
            if known is None or known is each:
                yield each
            else:
                yield replace(each, target=None, basis=TWICE.format(known.head.letters))


def _measured(match: Match, above: str) -> Match:
    """Return a match with the unit of measure of its amounts, from the head or the line above it."""
    if match.target is None or match.target.spec.column.unit != _MONEY:
        return match
    own = next((unit for each in reversed(match.head.parts) if (unit := unit_in(_brackets(each)))), "")
    unit = own or above
    return replace(match, unit=unit or _MONEY, stated=bool(unit))


def _brackets(words: str) -> str:
    return "".join(re.findall(r"[（(]([^（()）]*)[)）]", words))


def chosen(match: Match, read_as: str, targets: Mapping[str, Target], unit: str) -> Match:
    """Return a match as somebody decided.

    Args:
        match: as it was proposed.
        read_as: what was chosen, among the targets; empty for nothing.
        targets: what columns may be read as.
        unit: of its amounts.
    """
    target = targets.get(read_as)
    until = "planned_finish" if read_as == FROM_TO_LABEL else ""
    same = match.is_sure and (target, until) == (match.target, match.until)
    basis = match.basis if same else CHOSEN if target else NONE
    measured = target and target.spec.column.unit == _MONEY
    return replace(
        match, target=target, until=until, basis=basis, unit=(unit or _MONEY) if measured else "", stated=True
    )


def targets_of(record: type[Record], items: Mapping[str, Sequence[Any]]) -> dict[str, Target]:
    """Return everything that a column of a list may be read as, by what the proposal calls it."""
    found = [Target(record, each.name) for each in fields_of(record)]
    if record is Project:
        names = dict.fromkeys(each.name for known in items.values() for each in known)
        found += [
            Target(Approval, name, item)
            for item in names
            for name in APPROVAL
            if name not in ("item", "project")
        ]
    shown = {each.shown(record): each for each in found}
    return {**shown, FROM_TO_LABEL: Target(Project, "planned_start")} if record is Project else shown
