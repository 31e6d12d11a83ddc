"""Who issues the documents of a kind, the office or another organ under its own seal, and what their heads say."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from docgen.documents.declared.kind import Kind, Text
from docgen.documents.declared.receivers import Rule, receivers_of
from docgen.documents.facts import Facts
from docgen.documents.frame.group import Group
from docgen.documents.frame.heads import common_head
from docgen.documents.labels.paths import MECHANISM, SETTINGS
from docgen.standard.forms.form import Head

_COMMON: Final = frozenset((SETTINGS, MECHANISM))


def is_issued_by_another(kind: Kind, facts: Facts) -> bool:
    """Whether `issuer` of a declaration names somebody: one that comes to nothing (行文名义) means the office.

    An issuer that is worked out for each document is always another organ.
    """
    if kind.issuer is None:
        return False
    if not kind.issuer.tree.keys() <= _COMMON:
        return True
    return bool(_common_words(kind, kind.issuer, facts))


def head_of(kind: Kind, facts: Facts) -> Head:
    """Return what the head of a document of a kind says, whatever it is for.

    What is worked out for each document (an issuer by the text that is issued) stays empty.
    """
    head = common_head(kind, facts)
    issuer = _common_words(kind, kind.issuer, facts)
    if issuer:
        head = replace(head, organ=issuer, printer=issuer, signature=(issuer,))
    elif kind.issuer is not None and is_issued_by_another(kind, facts):
        return replace(head, organ="", printer="", signature=())
    head = replace(head, mark=_common_words(kind, kind.mark, facts))
    signatory = _common_words(kind, kind.signatory, facts)
    copies = (each.name for each in receivers_of(_common_copies(kind), None, facts))
    return replace(
        head,
        mark=kind.form.mark(head),
        signatories=(signatory,) if signatory else (),
        copies=tuple(dict.fromkeys(copies)),
    )


def _common_copies(kind: Kind) -> tuple[Rule, ...]:
    """Return the rules on copies that follow no field of what a document is made for."""
    rules = kind.variants[0].copies if kind.copies is None else kind.copies[0]
    return tuple(each for each in rules if not each.path)


def _common_words(kind: Kind, text: Text | None, facts: Facts) -> str:
    """Return a text that is the same for all documents of a kind; nothing for one that is not. Raises Problems."""
    if text is None or not text.tree.keys() <= _COMMON:
        return ""
    return Group(kind, kind.variants[0], (), {}, ()).words(text, facts).strip()
