"""The filters templates may use: those of Jinja that are safe and repeatable, made to refuse missing values.

Left out are the ones that switch escaping off (`safe`), run or show code (`attr`, `pprint`, `tojson`), write HTML
(`urlize`, `xmlattr` …) or differ from run to run (`random`). `e` and `escape` are accepted and change nothing, for
every value is escaped when it is written. What a filter goes through and makes is paid for. A set comes in the order
of its words, for its own order differs from process to process.

A filter of a gap is that gap, so that it asks for its cell where it is printed and not before. Only `length` is 0,
and `join` records the gaps among its items. `sum`, `min` and `max` over gaps are gaps; `合计` counts a gap as nothing,
and `sort` puts it last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sized
from decimal import Decimal
from functools import wraps
from typing import Any, Final, cast

from jinja2 import Environment, Undefined, pass_environment, pass_eval_context
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.filters import (
    _GroupTuple,
    do_join,
    make_attrgetter,
    make_multi_attrgetter,
)
from jinja2.nodes import EvalContext

from docgen.template import charts, costs
from docgen.template.faults import NotText, Refusal
from docgen.template.gaps import is_gap, merged
from docgen.template.rendering import spend
from docgen.template.work import STEP, filling, made, operands, piece, present, weighed

_NUMBER: Final = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_SHOWN: Final = 24
_MOST_DECIMALS: Final = 6


def each(value: Any, step: int = STEP) -> Iterable[Any]:
    """Return what a loop runs over, whose rounds are paid for, each at `step` units.

    Raises:
        Refusal: if it is missing or not a list, or too little is left.
    """
    if present(value) is not value or isinstance(value, int | float | str):
        raise Refusal(NotText, kind="单个值，不是清单")
    found: Sized = _ordered(value) if isinstance(value, Sized) else list(value)
    spend(len(found) * step)
    return cast("Iterable[Any]", found)


def _ordered(value: Any) -> Any:
    """Return a set as a list in the order of its words, anything else as it is."""
    if not isinstance(value, set | frozenset):
        return value
    return [*sorted((each for each in value if not is_gap(each)), key=str), *filter(is_gap, value)]


def default(value: Any, instead: Any = "", boolean: bool = False) -> Any:
    """Return the value, or `instead` when it is unknown, missing or a gap (or, if `boolean`, empty)."""
    if isinstance(value, Undefined) or value is None or is_gap(value) or (boolean and not value):
        return instead
    return value


@pass_eval_context
def join(context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """Join the items, or that attribute of each, none of which may be missing; gaps among them are recorded."""
    if attribute is not None:
        value = map(make_attrgetter(context.environment, attribute), value)
    return str(do_join(context, pieces(value, d), d))


def pieces(value: Iterable[Any], between: str) -> list[Any]:
    """Return the items of a text that is to be joined, none of them missing, all of them paid for."""
    items = [piece(item) for item in value]
    spend(len(items) * (len(between) + STEP))
    return items


def replace(value: Any, old: str, new: str, count: int | None = None) -> str:
    """Put one text in the place of another."""
    words, gone, instead = (str(piece(each)) for each in (value, old, new))
    spend(len(words) + words.count(gone) * len(instead))
    return words.replace(gone, instead, -1 if count is None else count)


@pass_environment
def sort(
    environment: Environment,
    value: Iterable[Any],
    reverse: bool = False,
    case_sensitive: bool = False,
    attribute: str | int | None = None,
) -> list[Any]:
    """Sort the items, or by attributes of theirs; gaps come last in either direction."""

    def ranked(key: Any) -> tuple[bool, Any]:
        if is_gap(key):
            return not reverse, 0
        weighed(key)
        return bool(reverse), key.lower() if isinstance(key, str) and not case_sensitive else key

    return sorted(
        value, key=make_multi_attrgetter(environment, attribute, postprocess=ranked), reverse=reverse
    )


@pass_environment
def groupby(
    environment: Environment, value: Iterable[Any], attribute: str | int, *options: Any, **named: Any
) -> list[tuple[Any, list[Any]]]:
    """Group the items by an attribute; those in which it is a gap come last, their grouper the gap of them all."""
    items = list(value)
    keys = [weighed(key) for key in map(make_attrgetter(environment, attribute), items)]
    filled = [item for item, key in zip(items, keys, strict=True) if not is_gap(key)]
    groups: list[tuple[Any, list[Any]]] = DEFAULT_FILTERS["groupby"](
        environment, filled, attribute, *options, **named
    )
    if len(filled) < len(items):
        rest = [item for item, key in zip(items, keys, strict=True) if is_gap(key)]
        groups.append(_GroupTuple(merged(keys), rest))
    return groups


def _extreme(name: str) -> Callable[..., Any]:
    """Return Jinja's `min` or `max`, made to be a gap where one of the values is."""

    @pass_environment
    def found(
        environment: Environment,
        value: Iterable[Any],
        case_sensitive: bool = False,
        attribute: str | int | None = None,
    ) -> Any:
        items = list(value)
        gap = merged([weighed(key) for key in map(make_attrgetter(environment, attribute), items)])
        return gap if gap.faults else DEFAULT_FILTERS[name](environment, items, case_sensitive, attribute)

    return found


@pass_environment
def unique(
    environment: Environment,
    value: Iterable[Any],
    case_sensitive: bool = False,
    attribute: str | int | None = None,
) -> list[Any]:
    """Return the items without those that are like an earlier one, or have a like attribute."""

    def folded(key: Any) -> Any:
        return weighed(key).lower() if isinstance(key, str) and not case_sensitive else weighed(key)

    key_of = make_attrgetter(environment, attribute, postprocess=folded)
    first: dict[Any, Any] = {}
    for item in value:
        first.setdefault(key_of(item), item)
    return list(first.values())


@pass_environment
def add(
    environment: Environment, value: Iterable[Any], attribute: str | int | None = None, start: Any = 0
) -> Any:
    """Add up the items, or that attribute of each, as `+` does."""
    added = start
    for item in value if attribute is None else map(make_attrgetter(environment, attribute), value):
        left, right = operands("+", added, item)
        added = left + right
    return added


@pass_environment
def total(environment: Environment, value: Iterable[Any], attribute: str | int | None = None) -> str:
    """Add up the items, or that attribute of each, exactly; what is empty counts nothing, `1,234.5` is a number.

    Raises:
        Refusal: if one is no number.
    """
    items = map(make_attrgetter(environment, attribute), value)
    added = sum((_number(each) for each in items if not (is_gap(each) or each is None)), Decimal(0))
    return f"{added:f}"


def decimals(value: Any, places: int = 2) -> str:
    """Write a number with so many decimals, as the amounts of a table stand under one another.

    Raises:
        Refusal: it is no number, or there are to be more decimals than anybody reads.
    """
    if not (isinstance(places, int) and 0 <= places <= _MOST_DECIMALS):
        raise Refusal(NotText, kind=f"“{str(places)[:_SHOWN]}”，小数位数要在0到{_MOST_DECIMALS}之间")
    return f"{_number(value):.{places}f}"


def _number(value: Any) -> Decimal:
    """Return what words say as a number, `1,234.5` too; nothing is 0. Raises Refusal."""
    words = str(value).replace(",", "").replace("，", "").strip()
    if words and not _NUMBER.fullmatch(words):
        raise Refusal(NotText, kind=f"“{words[:_SHOWN]}”，不是数字")
    return Decimal(words or 0)


def length(value: Sized) -> int:
    """Count the items; there are none in a gap."""
    return len(value)


def pattern_filled(pattern: str, *values: Any, **named: Any) -> str:
    """Return a `%` pattern with its values, as Python and Jinja's filter `format` fill it."""
    words = str(pattern)
    filled: str = words % filling(words, named or values)
    return filled


def _checking(
    check: Callable[[Any], Any], function: Callable[..., Any], pay: Callable[..., None] | None = None
) -> Callable[..., Any]:
    """Let a filter have its input as `check` returns it; a filter of a gap that `check` lets pass is that gap.

    `pay` is given what the filter is given; what the filter makes is paid for too.
    """
    position = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def checked(*values: Any, **named: Any) -> Any:
        if len(values) > position:
            given = check(values[position])
            if given is _ABSORBED:
                return values[position]
            values = (*values[:position], given, *values[position + 1 :])
        if pay is None:
            return function(*values, **named)
        pay(*values[position:], **named)
        return made(function(*values, **named))

    return checked


_ABSORBED: Final = object()


def _strict(function: Callable[..., Any], pay: Callable[..., None] | None = None) -> Callable[..., Any]:
    """Let a filter refuse a missing input, and return a gap for a gap."""
    return _checking(lambda value: _ABSORBED if is_gap(value) else _ordered(present(value)), function, pay)


def _counting(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter refuse a missing input, and count a gap as it does an empty list."""
    return _checking(present, function)


def own(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter of the caller's refuse the value of an unknown field; it is given all others as they are."""
    return _checking(lambda value: str(value) if isinstance(value, Undefined) else value, function)


def _same(value: Any) -> Any:
    return present(value)


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    **{name: _strict(DEFAULT_FILTERS[name]) for name in ("abs", "first", "last")},
    **{name: _strict(DEFAULT_FILTERS[name], pay) for name, pay in costs.OF_FILTERS.items()},
    **{each.__name__: _strict(each, costs.of_ranked) for each in (sort, unique)},
    **{name: _strict(_extreme(name), costs.of_ranked) for name in ("min", "max")},
    "groupby": _strict(groupby, costs.of_grouped),
    **{name: _counting(length) for name in ("length", "count")},
    "join": _strict(join),
    "replace": _strict(replace),
    "sum": _strict(add, costs.of_list),
    "合计": _strict(total, costs.of_list),
    "小数": _strict(decimals),
    charts.NAME: _strict(charts.chart),
    "format": pattern_filled,
    "default": default,
    "d": default,
    "e": _same,
    "escape": _same,
    "forceescape": _same,
}
