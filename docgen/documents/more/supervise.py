"""挂牌督办通知书: by which documents the unit was told of the matter before."""

from __future__ import annotations

from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.frame.group import Group
from docgen.documents.labels.told import SAID, said_before

FIELDS: Final = {"前函": SAID}


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 前函: the documents that handed the matter over and those that urged it."""
    return {"前函": list(said_before(group.things, facts))}
