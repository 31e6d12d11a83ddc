"""What every kind of document is made of: what was asked for, the drafts it gives, and what is missing.

A kind is one module of this folder with a constant `KIND`; `catalogue.py` finds it there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from docgen.errors import Advice, DocgenError
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.standard.measures.look import STANDARD, Look

Context = Mapping[str, Any]
Spec = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """What a command asks for.

    Args:
        today: the date of the documents and of all rules.
        projects: the projects named; empty for none named.
        units: only documents for these units; empty for all.
        everything: all that the kind can be made for (`--all`).
        look: the settings of the workspace's documents.
    """

    today: date
    projects: tuple[Project, ...] = ()
    units: tuple[Unit, ...] = ()
    everything: bool = False
    look: Look = STANDARD


@dataclass(frozen=True)
class Draft:
    """A document ready to be rendered.

    Args:
        kind: the kind's Chinese name (告知函).
        key: identity of the draft: the same subject and addressee always give the same key.
        subject: what it is about, for people.
        addressee: to whom it goes, short name.
        title: the document's title on one line.
        file_name: name of the file without folder and ending; already safe for every file system.
        number_place: what stands where signing will fill in the number (澄联审办函〔2026〕　号).
        compute: gives the context. It is asked when the draft's turn has come, so that thousands of drafts take
            little memory, in whichever process makes the document.
        receivers: 主送 as the document writes them.
        copies_to: 抄送 as the document lists them, joined by 、; empty for none.
        annexes: names of the annexes, joined by 、; empty for none.
    """

    kind: str
    key: str
    subject: str
    addressee: str
    title: str
    file_name: str
    number_place: str
    compute: Callable[[], Context]
    receivers: str = ""
    copies_to: str = ""
    annexes: str = ""

    @property
    def context(self) -> Context:
        """Compute what the template may show: nested plain values by their Chinese labels."""
        return self.compute()


def data_digest(context: Context) -> str:
    """Return the SHA-256 of a context as canonical JSON; drafts with the same digest show the same data."""
    return Digester().digest(context)


class Digester:
    """Digests contexts one after the other; values that are the same objects as in the one before are written once."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Any, str]] = {}

    def digest(self, context: Context) -> str:
        """Return the SHA-256 of a context; drafts with the same digest show the same data."""
        text = ",".join([f"{_json(name)}:{self._written(name, context[name])}" for name in sorted(context)])
        return hashlib.sha256(f"{{{text}}}".encode("utf-8", "surrogatepass")).hexdigest()

    def _written(self, name: str, value: Any) -> str:
        last = self._last.get(name)
        if last is None or last[0] is not value:
            last = self._last[name] = (value, _json(value))
        return last[1]


_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass
class Drafting:
    """What asking a kind for drafts brought.

    `faults` are missing or contradictory data, each with the subject it keeps from being drafted; `skipped`
    says what was asked for but needs no document, and why.
    """

    drafts: list[Draft] = field(default_factory=list)
    faults: list[DocgenError] = field(default_factory=list)
    skipped: list[Advice] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    """A kind of document.

    Args:
        title: Chinese name, also of its template file and its folder in `out/`.
        fields: what its context holds, for the check of templates: None for a value, a mapping for a group,
            a list of one mapping for a list.
        required: fields that every template of the kind must show, however it is edited.
        template: builds the template that docgen ships, in the look of a workspace.
        drafts: gives the drafts for what was asked.
    """

    title: str
    fields: Spec
    required: tuple[str, ...]
    template: Callable[[Look], bytes]
    drafts: Callable[[Records, Asked], Drafting]

    @property
    def template_name(self) -> str:
        """Return the file name of the template."""
        return f"{self.title}.docx"
