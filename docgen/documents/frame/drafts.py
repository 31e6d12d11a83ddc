"""What is asked of a kind, and what comes of it: drafts ready to be rendered, faults, and what is only to be known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from docgen.dataclass import dataclass
from docgen.documents.identity import MadeFor
from docgen.documents.labels.views import Tree
from docgen.errors import Advice, DocgenError
from docgen.model.meeting import Meeting
from docgen.model.names import file_name_of
from docgen.model.project import Project
from docgen.model.unit import Unit


class Living(StrEnum):
    """How an earlier document stands: it may be drafted anew, is being reviewed, or is signed."""

    DRAFT = "draft"
    REVIEW = "review"
    SIGNED = "signed"


@dataclass(frozen=True)
class Earlier:
    """A document of the kind that the register knows and that is in force or under way.

    Args:
        id: its number in the register.
        key: its key there.
        living: how it stands.
        day: its date.
        made_for: what it was made for.
        document: what the register has of it, for those who ask the register.
        replaces: whether it was made to replace another document.
    """

    id: int
    key: str
    living: Living
    day: date
    made_for: MadeFor
    document: Any = None
    replaces: bool = False


@dataclass(frozen=True)
class Asked:
    """What a command asks for; nothing for a selection that is not used.

    Args:
        projects, units, meetings: those named.
        items: things named by their own names.
        overdue: only what is late.
        everything: all that the kind can be made for.
    """

    projects: tuple[Project, ...] = ()
    units: tuple[Unit, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    items: tuple[Any, ...] = ()
    overdue: bool = False
    everything: bool = False

    @property
    def names_some(self) -> bool:
        """Whether anything is named one by one."""
        return bool(self.projects or self.meetings or self.items)


@dataclass(frozen=True, slots=True)
class Draft:
    """A document ready to be rendered.

    Args:
        kind: the kind's Chinese name (告知函).
        key: identity in the register.
        made_for: what it covers, as the register stores it.
        subject: what it is about, for people.
        addressee: to whom it goes, short names.
        title: the document's title on one line.
        file_name: name of the file without folder and ending; already safe for every file system.
        suffix: the ending.
        number_place: what stands where signing will fill in the number (某办函〔2026〕　号).
        compute: gives the context on a day, as far as a tree shows it.
        needs: who needs a value that is missing, for the fault.
        receivers: 主送 as the document writes them.
        copies_to: 抄送 as the document lists them, joined by 、; empty for none.
        annexes: names of the annexes, joined by 、; empty for none.
        earlier: the unsigned document that it makes anew; None for a new one.
        date_place: what stands where signing will fill in the date; empty for the day of drafting.
    """

    kind: str
    key: str
    made_for: str
    subject: str
    addressee: str
    title: str
    file_name: str
    suffix: str
    number_place: str
    compute: Callable[[date, Tree], Mapping[str, Any]]
    needs: str = ""
    receivers: str = ""
    copies_to: str = ""
    annexes: str = ""
    earlier: int | None = None
    date_place: str = ""


@dataclass
class Drafting:
    """What asking a kind for drafts brought.

    `faults` are missing or contradictory data; `covered` are documents that exist already for what was asked, with the
    words for it; `skipped` says what was asked for but needs no document, and why.
    """

    drafts: list[Draft] = field(default_factory=list)
    faults: list[DocgenError] = field(default_factory=list)
    covered: list[Earlier] = field(default_factory=list)
    skipped: list[Advice] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)


def apart(made: Sequence[Draft]) -> list[Draft]:
    """Return drafts whose files all have names of their own: those of one name get a mark of their key."""
    names = Counter(each.file_name.casefold() for each in made)
    return [
        each
        if names[each.file_name.casefold()] == 1
        else replace(each, file_name=marked(each.file_name, each.key))
        for each in made
    ]


def marked(file_name: str, key: str) -> str:
    """Return a file name with a mark of a document's key, for one of several that would have the same."""
    return file_name_of(f"{file_name}-{sha256(key.encode()).hexdigest()[:4]}")
