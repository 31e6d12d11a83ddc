"""What tests of kinds share: the sample's sheets, kinds bound to them, drafts and what they show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sample import sample

from docgen.documents.declared.catalogue import read_catalogue
from docgen.documents.declared.kind import Kind
from docgen.documents.facts import Facts
from docgen.documents.frame.drafting import drafts
from docgen.documents.frame.drafts import Asked, Draft, Drafting, Earlier
from docgen.documents.labels.views import tree_of
from docgen.model.records import Records
from docgen.model.schema import BUILT_IN
from docgen.sheets.reading.reader import read_folder

TODAY = date(2026, 3, 16)
DATA = Path(__file__).parents[2] / "data"


def records_in(root: Path) -> Records:
    """Return the sheets of a workspace."""
    reading = read_folder(root / "data", "data", (), BUILT_IN)
    assert reading.records is not None, [str(each) for each in reading.faults]
    return reading.records


def bound(records: Records, command: str) -> Kind:
    """Return one of docgen's own kinds, bound to the sheets."""
    return read_catalogue(Path("kinds"), "kinds", BUILT_IN).bound(command, records)


class Asking:
    """Asks a kind for drafts."""

    def __init__(self, command: str, records: Records | None = None, today: date = TODAY) -> None:
        self.records = records or sample()
        self.kind = bound(self.records, command)
        self.facts = Facts(self.records, today)

    def all(self, earlier: tuple[Earlier, ...] = ()) -> Drafting:
        """Ask for everything."""
        return drafts(self.kind, self.facts, Asked(everything=True), earlier)

    def of(self, *numbers: int, units: tuple[str, ...] = (), earlier: tuple[Earlier, ...] = ()) -> Drafting:
        """Ask for projects by their numbers, for some units or all."""
        projects = tuple(self.records.find_project(str(each)) for each in numbers)
        found = tuple(map(self.records.find_unit, units))
        return drafts(self.kind, self.facts, Asked(projects, found), earlier)

    def show(self, draft: Draft, *paths: str, today: date | None = None) -> dict[str, Any]:
        """Return what a draft shows under some paths."""
        return dict(draft.compute(today or self.facts.today, tree_of(paths)))


@pytest.fixture
def asking() -> Callable[..., Asking]:
    """Ask one of docgen's own kinds for drafts of the sample: asking(command)."""
    return Asking
