"""The dates that documents ask for something by: working days counted from another date."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from docgen.documents.declared.kind import DateRule, Kind
from docgen.documents.facts import Facts
from docgen.documents.faults import DaysOutOfReach
from docgen.documents.labels.paths import SETTINGS, TODAY, Path

_MOST_DAYS: Final = 9999


def date_of(rule: DateRule, thing: Any, facts: Facts) -> Any:
    """Return a declared date for a thing; None where what it counts from is empty."""
    after = rule.after.get(thing, facts)
    days = rule.working_days if isinstance(rule.working_days, int) else rule.working_days.get(thing, facts)
    if after is None or days is None:
        return None
    if abs(days) > _MOST_DAYS:
        raise DaysOutOfReach(rule.name, str(days))
    return facts.calendar.after(after, days)


def deadlines_on(kind: Kind, facts: Facts) -> dict[str, date]:
    """Return the dates that every document of a kind drafted on a day asks for: working days counted from that day.

    No working days, as 名单反馈工作日 may be set, ask for nothing.
    """
    found: dict[str, date] = {}
    for rule in kind.dates:
        days = rule.working_days if isinstance(rule.working_days, int) else _setting(rule.working_days, kind)
        if rule.after.written == TODAY and days:
            found[rule.name] = facts.calendar.after(facts.today, days)
    return found


def _setting(path: Path, kind: Kind) -> int | None:
    name = path.written.removeprefix(f"{SETTINGS}.")
    return int(kind.settings[name]) if path.written != name else None
