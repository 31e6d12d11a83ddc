"""解除挂牌督办通知书: the number of the document that put the matter under supervision."""

from __future__ import annotations

from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.frame.group import Group
from docgen.rules.supervised import matters_under

NOTICE: Final = "挂牌督办通知书"
FIELDS: Final = {"督办文号": None}


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 督办文号: that of the signed notice about the matter; empty where docgen made none."""
    (row,) = group.things
    papers = facts.issued.about(matters_under(row, facts.records))
    numbers = [each.number for each in papers if each.kind == NOTICE]
    return {"督办文号": numbers[-1] if numbers else ""}
