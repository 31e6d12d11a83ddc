"""The roster of a day as paragraphs, and what changed in it in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from docgen.documents.facts import Facts
from docgen.model.changes import RosterChange
from docgen.model.values import RosterChangeKind
from docgen.rules.roster import office_head, roster_on
from docgen.standard.build.blocks import Block
from docgen.standard.build.roster import roster
from docgen.standard.wording.text import official_date

NOBODY: Final = "—"
_UNITS: Final = "成员单位"


def roster_block(facts: Facts, also: Iterable[str] = ()) -> Block:
    """Return the roster of the day, with further roles; its last line says where the office is and who heads it."""
    mechanism, head = facts.mechanism, office_head(facts.records, facts.today)
    who = f"由{head.full_post}{head.name}兼任" if head and head.name else "待定"
    ranks = roster_on(facts.records, facts.today, also)
    groups = [(each.label, [(seat.name, seat.post) for seat in each.seats]) for each in ranks]
    return roster(groups, (f"{mechanism.office_short}设在{mechanism.host_unit.name}，办公室主任{who}。",))


def what_changed(change: RosterChange) -> tuple[str, str, str, str, str]:
    """Return of a change the seat, who left it, who takes it, since when, and the sentence that says so."""
    since = official_date(change.effective)
    if change.kind is RosterChangeKind.UNIT_JOINED:
        return _UNITS, NOBODY, change.unit.name, since, f"自{since}起，增加{change.unit.name}为成员单位。"
    if change.kind is RosterChangeKind.UNIT_LEFT:
        return _UNITS, change.unit.name, NOBODY, since, f"自{since}起，{change.unit.name}不再为成员单位。"
    role, old = change.role or "", change.outgoing.name if change.outgoing else NOBODY
    if change.incoming is None:
        return role, old, NOBODY, since, f"自{since}起，{old}不再担任{role}。"
    held = change.incoming.on(change.effective)
    new = f"{change.incoming.name}（{held.full_post}）" if held else change.incoming.name
    ends = f"，{old}不再担任" if change.outgoing else ""
    return role, old, new, since, f"自{since}起，由{new}任{role}{ends}。"
