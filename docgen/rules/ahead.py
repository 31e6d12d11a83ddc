"""Days on which something was done, and that have not come yet: somebody wrote what is only planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.doubts import Doubt
from docgen.model.fields import Record, label_of
from docgen.model.meeting import Decision
from docgen.model.records import Records
from docgen.model.returned import Return
from docgen.model.supervision import Supervision

_DONE: Final[Mapping[type[Record], Mapping[str, str]]] = {
    Approval: {"submitted": "", "accepted": "", "reviewed": "", "forwarded": "", "done": "planned"},
    Bottleneck: {"raised": "", "closed": "deadline"},
    Decision: {"done": "deadline"},
    Supervision: {"replied": "", "confirmed": ""},
    Return: {"returned": ""},
}
"""The days on which something was done, by the English name of the field, each with that of the planned day."""


def days_ahead(records: Records, today: date) -> Iterator[tuple[Record, Doubt]]:
    """Yield the records of which something is said to be done on a day after today, unless the office has answered."""
    for kind, names in _DONE.items():
        for each in records.of(kind):
            for name, planned in names.items():
                day = getattr(each, name)
                if day and day > today and not each.answer:
                    where = f"填在“{label_of(kind, planned)}”列" if planned else "不填在这一列"
                    yield (
                        each,
                        Doubt(name, f"写的是{day}，还没有到（今天是{today}）；计划的日期{where}，请核对"),
                    )
