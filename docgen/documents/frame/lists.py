"""Lists that a document shows: rows of a sheet linked to its things, chosen, ordered, put together in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from docgen.documents.declared.declaration import THINGS
from docgen.documents.declared.kind import Joined, Rows
from docgen.documents.facts import Facts
from docgen.documents.labels.views import Several, Shown, Tree, name_of, view, words_of
from docgen.model.fields import Linked
from docgen.model.spans import Month, MonthDay
from docgen.model.values import Choice

ALL: Final = THINGS
_NOTHING: Final[Tree] = {}
_SORTS: Final = (int | Decimal | float, date, Month, MonthDay)  # values of one sort can be ordered


def linked(rows: Rows, thing: Any, facts: Facts) -> tuple[Any, ...]:
    """Return the rows of a sheet whose fields match those of a thing; indexed once for each list."""
    assert rows.of is not None  # noqa: S101  # by the caller's test
    if not rows.match:
        return facts.records.of(rows.of)
    key = ("rows", id(rows))
    if key not in facts.kept:
        index: dict[tuple[Any, ...], list[Any]] = {}
        for each in facts.records.of(rows.of):
            joined = Joined(each, None)
            index.setdefault(tuple(_matched(one(joined, facts)) for one, _ in rows.match), []).append(each)
        facts.kept[key] = {words: tuple(found) for words, found in index.items()}
    wanted = tuple(_matched(other(thing, facts)) for _, other in rows.match)
    found: tuple[Any, ...] = facts.kept[key].get(wanted, ())
    return found


def _matched(value: Any) -> Any:
    """Return what is compared of a value: a record is itself, whatever equals it."""
    return id(value) if isinstance(value, Linked) else value


def chosen(begin: Iterable[Any], rows: Rows, facts: Facts, thing: Any) -> list[Joined]:
    """Return the rows that meet a list's condition, in its order, each with the thing it is linked to."""
    joined = (Joined(each, thing) for each in begin)
    return ordered([each for each in joined if rows.when.holds(each, facts)], rows, facts)


def ordered(joined: list[Joined], rows: Rows, facts: Facts) -> list[Joined]:
    """Return rows in a list's order."""
    for path, down in reversed(rows.order):
        joined = _ordered(joined, [path.get(each, facts) for each in joined], down=down)
    return joined


def _ordered(rows: Sequence[Any], values: Sequence[Any], *, down: bool) -> list[Any]:
    """Return rows by a value of each; those without one come last in either direction."""
    empty = [row for row, value in zip(rows, values, strict=True) if value is None]
    ranked = [(_rank(value), row) for row, value in zip(rows, values, strict=True) if value is not None]
    ranked.sort(key=lambda each: each[0], reverse=down)
    return [*(row for _, row in ranked), *empty]


def _rank(value: Any) -> tuple[int, Any]:
    """Return what a value is sorted by, values of unlike sorts one after another: an added column may hold several.

    Linked records go by the order of their sheet, words of a closed list by the order of the list.
    """
    if isinstance(value, Linked):
        place = getattr(value, "order", None) or getattr(value, "number", None)
        value = place if isinstance(place, int) else name_of(value)
    if isinstance(value, Choice):
        value = list(type(value)).index(value)
    return next(
        ((at, value) for at, sort in enumerate(_SORTS) if isinstance(value, sort)), (len(_SORTS), str(value))
    )


def grouped(found: Sequence[Any], rows: Rows, below: Tree, facts: Facts, thing: Any) -> Any:
    """Return rows put together by a field, each group with its name and its rows (名称, 各项)."""
    assert rows.group is not None  # noqa: S101  # by the caller's test
    groups: dict[Any, list[Any]] = {}
    for each in found:
        groups.setdefault(_key(rows.group.get(Joined(each, thing), facts)), []).append(each)
    tree = below.get("[]", _NOTHING)
    return Several(_grouped(key, tuple(rows_), tree, facts) for key, rows_ in groups.items())


def _key(value: Any) -> Any:
    return name_of(value) if isinstance(value, Linked) else value


def _grouped(key: Any, found: tuple[Any, ...], tree: Tree, facts: Facts) -> Shown:
    name = "" if key is None else str(words_of(key, facts))
    rows = view(found, tree.get(ALL, _NOTHING), facts)
    return Shown(name, {"名称": name, ALL: rows})


def shown_of(value: Any, tree: Tree, facts: Facts) -> Any:
    """Return what a computing function gives as a template sees it: records, or plain values, mappings and lists."""
    if isinstance(value, Mapping):
        return {key: shown_of(each, tree.get(key, _NOTHING), facts) for key, each in value.items()}
    if isinstance(value, list):
        return [shown_of(each, tree.get("[]", _NOTHING), facts) for each in value]
    return value if value is None or isinstance(value, str) else view(value, tree, facts)
