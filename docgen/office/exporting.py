"""Ledgers made of the sheets in other shapes, for printing and for those who keep them so."""

from __future__ import annotations

from pathlib import Path

from docgen.files import staged
from docgen.model.faults import NotAmong
from docgen.office.desk import Desk
from docgen.sheets.books import refuse_existing
from docgen.sheets.exports.catalogue import LEDGERS
from docgen.sheets.exports.frame import Facts


class UnknownLedger(NotAmong):
    """A ledger was asked for that docgen does not make."""

    code = "ledger-unknown"
    says = "没有“{asked}”这种台账"


def export(desk: Desk, ledger: str, path: Path | None, here: Path) -> Path:
    """Write a ledger of the workspace's sheets and return the file.

    Args:
        desk: whose sheets, and the day.
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
    records = desk.workspace.records()
    made = here / (path or f"{ledger}.xlsx")
    refuse_existing([made])
    with staged() as staging:
        staging.add(made, LEDGERS[ledger](Facts.of(records, desk.today)))
    return made
