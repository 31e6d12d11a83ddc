"""Ledgers made of the sheets in other shapes, for printing and for those who keep them so."""

from __future__ import annotations

from pathlib import Path

from docgen.errors import WRONG_USE, DocgenError
from docgen.files import staged
from docgen.model.faults import NotAmong
from docgen.office.desk import Desk
from docgen.office.snapshots import last_of, records_of
from docgen.rules.periods import read_period
from docgen.sheets.exports.catalogue import COMPARED, LEDGERS
from docgen.sheets.exports.frame import Facts
from docgen.sheets.writing.books import refuse_existing
from docgen.sheets.writing.designs import FILE, read_designs


class UnknownLedger(NotAmong):
    """A ledger was asked for that docgen does not make."""

    code = "ledger-unknown"
    says = "没有“{asked}”这种台账"


class SinceMisplaced(DocgenError):
    """An earlier state is named for a ledger that is not compared with one, or not named for one that is."""

    code = "ledger-since"
    exit_code = WRONG_USE
    says = "{ledger}：{why}"

    ledger: str
    why: str


def export(desk: Desk, ledger: str, path: Path | None, here: Path, since: str = "") -> Path:
    """Write a ledger of the workspace's sheets and return the file.

    Args:
        desk: whose sheets, and the day.
        ledger: its name.
        path: the file; None for one of the ledger's name.
        here: the folder in which the user stands.
        since: a period, with the end of which the ledger compares; empty for ledgers that compare with nothing.

    Raises:
        UnknownLedger: there is no such ledger.
        SinceMisplaced: it compares with a period and none is named, or the other way round.
        PeriodUnreadable, SnapshotMissing, SnapshotDamaged: what is named is no period, or was not kept.
        Problems: the sheets or the designs of ledgers have faults, or the file is there already.
        UnreadableWorkbook: the designs of ledgers cannot be read.
        CannotWrite: the operating system refuses.
    """
    if ledger not in LEDGERS:
        raise UnknownLedger(ledger, tuple(LEDGERS))
    if (ledger in COMPARED) != bool(since):
        missing = "请用 --since 写明与哪一期期末的快照比较，如 --since 2025-10"
        raise SinceMisplaced(ledger, "不与以前比较，不要写 --since" if since else missing)
    records = desk.workspace.records()
    former = records_of(desk.workspace, last_of(desk.workspace, read_period(since))) if since else None
    made = here / (path or f"{ledger}.xlsx")
    refuse_existing([made])
    design = read_designs(desk.workspace.xlsx_templates / FILE, tuple(LEDGERS)).of(ledger)
    with staged() as staging:
        staging.add(made, LEDGERS[ledger](Facts.of(records, desk.today, former), design))
    return made
