"""Whether the documents of a kind are issued by another organ than the office, under that organ's own seal."""

from __future__ import annotations

from typing import Final

from docgen.documents.facts import Facts
from docgen.documents.group import Group
from docgen.documents.kind import Kind
from docgen.documents.paths import MECHANISM, SETTINGS

_COMMON: Final = frozenset((SETTINGS, MECHANISM))


def is_issued_by_another(kind: Kind, facts: Facts) -> bool:
    """Whether `issuer` of a declaration names somebody: one that comes to nothing (行文名义) means the office.

    An issuer that is worked out for each document is always another organ.
    """
    if kind.issuer is None:
        return False
    if not kind.issuer.tree.keys() <= _COMMON:
        return True
    return bool(Group(kind, kind.variants[0], (), {}, ()).words(kind.issuer, facts).strip())
