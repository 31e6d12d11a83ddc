"""Explaining an alarm of `verify` that is known to be none: an entry made by a leader, with the reason."""

from __future__ import annotations

from dataclasses import replace

from docgen.office.desk import Desk
from docgen.office.life.recording import recording
from docgen.register.audit import explainable
from docgen.register.audit_findings import StepOutOfOrder
from docgen.register.life import EXPLAIN
from docgen.register.refusals import NoReason, NothingToExplain


def explain(desk: Desk, seq: int, remark: str) -> StepOutOfOrder:
    """Record why an entry is out of order although nobody tampered with it, and return what `verify` said of it.

    `verify` shows the explanation in place of the alarm from then on; the entry itself stays as it is.

    Raises:
        NoReason: no remark gives the reason.
        NothingToExplain: there is no such alarm about the entry.
        NotLeading: somebody else than a leader is named as who decided it.
    """
    if not remark:
        raise NoReason(EXPLAIN.name)
    with recording(desk, EXPLAIN, remark) as (books, doing):
        alarm = explainable(books.connection, seq)
        if alarm is None:
            raise NothingToExplain(seq)
        books.add(replace(doing.deed(EXPLAIN, remark), about=seq))
    return alarm
