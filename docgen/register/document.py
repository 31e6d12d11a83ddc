"""A document as the register knows it; its columns are explained in `schema.py`."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from functools import lru_cache
from itertools import repeat
from operator import call
from typing import Any, ClassVar, Final

from docgen.dataclass import dataclass
from docgen.model.linked import Linked
from docgen.patterns import late
from docgen.register.life import VOID, State, allowed_after
from docgen.register.record import Change

_FEW: Final = 3
"""Addressees that a line names one by one."""


_PERSON: Final = "同志"
_NUMBER_ALONE: Final = late(r"\w{0,4}\d{4}-\d+(?:/\d+)?")
_NUMBERED_IN: Final = late(r"(?<=\d)/(?=\d+$)")
"""Between the number of a meeting and that of an item, as keys of rows are stored."""
_MOST_WORDS: Final = 20


def _addressees(text: str) -> tuple[str, ...]:
    """Return addressees one by one; 、 within a leader's posts (县委副书记、县长某某同志) parts nobody."""
    *people, rest = re.split(f"(?<={_PERSON})、", text)
    return (*people, *([rest] if rest.endswith(_PERSON) else rest.split("、")))


@dataclass(frozen=True, slots=True)
class Document(Linked):
    """One document, in one state."""

    noun: ClassVar[str] = "公文"

    id: int
    key: str
    edition: int
    kind: str
    title: str
    subject: str
    addressee: str
    state: State
    day: date
    dated: date
    path: str
    sha256: str
    sm3: str
    template_digest: str
    data_digest: str
    drafter: str
    entry: int
    receivers: str = ""
    copies_to: str = ""
    annexes: str = ""
    number_place: str = ""
    date_place: str = ""
    number: str = ""
    reviewer: str = ""
    countersigners: str = ""
    signatory: str = ""
    applicant: str = ""
    approver: str = ""
    keeper: str = ""
    issuer: str = ""
    archivist: str = ""
    mandate: int | None = None
    copies_asked: int | None = None
    copies_sealed: int | None = None
    sealed_on: str = ""
    seal_serial: int | None = None
    copies_issued: int | None = None
    issued_to: str = ""
    issued_on: str = ""
    reason: str = ""
    replaces: int | None = None
    replaced_by: int | None = None
    made_for: str = ""

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return its title with the addressee; ids, numbers and keys are compared as such, not as names."""
        return (f"{self.title} {self.addressee}",)

    @property
    def name(self) -> str:
        """Return how messages speak of it."""
        known = f"{self.number}" if self.number else f"{self.id}号草稿"
        return f"{known}《{self.title}》" + (f"（致{self.shortly_to}）" if self.addressee else "")

    @property
    def shortly_to(self) -> str:
        """Return the addressees, of many the first and how many; two leaders, whose posts are long, are many."""
        to = _addressees(self.addressee)
        if len(to) <= (1 if all(each.endswith(_PERSON) for each in to) else _FEW):
            return self.addressee
        return f"{to[0]}等{len(to)}{'位' if to[-1].endswith(_PERSON) else '个单位'}"

    @property
    def about(self) -> str:
        """Return what it covers: the names of its first thing, and how many there are; empty if unknown.

        What a number alone names (会2026-06-2, as sheets write the second item of a meeting) is told in words too.
        It reads what the register stores as it lies, because lists load no records.
        """
        things = json.loads(self.made_for)["things"] if self.made_for else []
        if not things:
            return ""
        names = [keys.get("名称") or next(iter(keys.values()), "") for _, keys in things[0]]
        said = " ".join(_NUMBERED_IN.sub("-", each) for each in names)
        if len(things) > 1:
            return f"{said}等{len(things)}项"
        return f"{said} {_short(self.subject)}" if _NUMBER_ALONE.fullmatch(names[0]) else said

    @property
    def told_title(self) -> str:
        """Return the title; of slips and notices that are all called alike (任务交办单) with what each is about."""
        return f"{self.title}（{self.about}）" if self.title == self.kind and self.about else self.title

    @property
    def is_list(self) -> bool:
        """Whether it is a list: a workbook, which is neither reviewed nor signed."""
        return self.path.endswith(".xlsx")

    @property
    def next_steps(self) -> tuple[str, ...]:
        """Return the steps that people may take for it now: a list can only be voided."""
        steps = allowed_after(self.state)
        return tuple(each for each in steps if each == VOID.name) if self.is_list else steps

    def change(self, **values: Any) -> Change:
        """Return the change of its row that an entry records: the table, the id, the new value of each column."""
        return "document", self.id, values


def _short(words: str) -> str:
    return words if len(words) <= _MOST_WORDS else f"{words[:_MOST_WORDS]}…"


COLUMNS: Final = tuple(each.name for each in fields(Document))
"""The columns of a document's row, in the order in which `document_of` takes them."""
_PUT: Final = tuple(getattr(Document, name).__set__ for name in COLUMNS)
_STATE, _DAY, _DATED = map(COLUMNS.index, ("state", "day", "dated"))
_STATES: Final = {each.value: each for each in State}
_day: Final = lru_cache(maxsize=1000)(date.fromisoformat)


def document_of(row: Iterable[Any]) -> Document:
    """Return the document that a row holds.

    Its slots are filled directly and without a loop: `__init__` of a frozen class with so many fields takes eight
    times as long, and drafting looks at all documents of a kind.

    Raises:
        ValueError, TypeError, KeyError: docgen wrote no such row.
    """
    values = list(row)
    values[_STATE] = _STATES[values[_STATE]]
    values[_DAY], values[_DATED] = _day(values[_DAY]), _day(values[_DATED])
    document = object.__new__(Document)
    if len(values) != len(_PUT):
        raise ValueError(len(values))
    deque(map(call, _PUT, repeat(document), values), maxlen=0)
    return document
