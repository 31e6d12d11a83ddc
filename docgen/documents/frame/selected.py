"""Which things of a kind a command selects, whether or not a document of the kind is due for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.documents.declared.kind import Kind, Variant
from docgen.documents.declared.receivers import receivers_of
from docgen.documents.facts import Facts
from docgen.documents.frame.drafts import Asked
from docgen.documents.identity import Thing
from docgen.documents.labels.paths import path_of
from docgen.rules.deadlines import Light


def selected(variant: Variant, asked: Asked, facts: Facts) -> Iterator[Any]:
    """Yield the things of a variant that a selection names; all where it names none."""
    source = variant.source
    projects, meetings, items = (set(map(id, each)) for each in (asked.projects, asked.meetings, asked.items))
    for thing in source.named(asked.items, facts):
        if projects and id(source.project_of(thing)) not in projects:
            continue
        if meetings and id(source.meeting_of(thing)) not in meetings:
            continue
        if items and id(thing) not in items:
            continue
        if asked.overdue and not _is_late(thing, variant, facts):
            continue
        yield thing


def identities_of(kind: Kind, asked: Asked, facts: Facts) -> tuple[Thing, ...]:
    """Return what the selected things of a kind are known by, each once; of units only the things that concern them.

    A text that somebody wrote may be about things for which the kind's own conditions would make no document.

    Raises:
        Problems: a role that receives documents of the kind is vacant.
    """
    found = (
        variant.identity_of(thing)
        for variant in kind.variants
        for thing in selected(variant, asked, facts)
        if not asked.units or _concerns(thing, variant, asked, facts)
    )
    return tuple(dict.fromkeys(found))


def _concerns(thing: Any, variant: Variant, asked: Asked, facts: Facts) -> bool:
    return any(each.unit in asked.units for each in receivers_of(variant.to, thing, facts))


def _is_late(thing: Any, variant: Variant, facts: Facts) -> bool:
    if "overdue" not in variant.source.options:
        return False
    get = path_of("亮灯", variant.scope).get
    return bool(get(thing, facts) == Light.RED.value)
