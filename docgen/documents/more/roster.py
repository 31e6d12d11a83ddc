"""成员调整通知 and every roster: who makes up the mechanism on the day, in paragraphs, and where its office is."""

from __future__ import annotations

from docgen.documents.facts import Facts
from docgen.rules.roster import office_head, roster_on
from docgen.standard.build.blocks import Block
from docgen.standard.build.roster import roster


def roster_block(facts: Facts) -> Block:
    """Return the roster of the day, with where the office is and who heads it in the last line."""
    mechanism, head = facts.mechanism, office_head(facts.records, facts.today)
    who = f"由{head.unit.short_name}{head.post}{head.name}兼任" if head and head.name else "待定"
    ranks = roster_on(facts.records, facts.today)
    groups = [(each.label, [(seat.name, seat.post) for seat in each.seats]) for each in ranks]
    return roster(groups, (f"{mechanism.office_short}设在{mechanism.host_unit.name}，办公室主任{who}。",))
