"""Ledgers made of the sheets in other shapes, for printing and for those who keep them so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from docgen.errors import Problems
from docgen.files import staged
from docgen.model.faults import NotAmong
from docgen.model.records import Records
from docgen.sheets.books import refuse_existing
from docgen.sheets.wide import WideApprovals
from docgen.sheets.wide_book import wide_workbook
from docgen.workspace import Workspace

LEDGERS: Final[Mapping[str, Callable[[Records], bytes]]] = {WideApprovals.sheet: wide_workbook}
"""What makes each ledger, by its name."""


class UnknownLedger(NotAmong):
    """A ledger was asked for that docgen does not make."""

    code = "ledger-unknown"
    says = "没有“{asked}”这种台账"


def export(workspace: Workspace, ledger: str, path: Path | None, here: Path) -> Path:
    """Write a ledger of the workspace's sheets and return the file.

    Args:
        workspace: whose sheets.
        ledger: its name.
        path: the file; None for one of the ledger's name.
        here: the folder in which the user stands.

    Raises:
        UnknownLedger: there is no such ledger.
        Problems: the sheets have faults, or the file is there already.
        CannotWrite: the operating system refuses.
    """
    if ledger not in LEDGERS:
        raise UnknownLedger(ledger, tuple(LEDGERS))
    reading = workspace.read()
    Problems.raise_any(reading.faults)
    assert reading.records is not None  # noqa: S101  # without faults there are records
    made = here / (path or f"{ledger}.xlsx")
    refuse_existing([made])
    with staged() as staging:
        staging.add(made, LEDGERS[ledger](reading.records))
    return made
