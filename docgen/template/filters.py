"""The filters templates may use: those of Jinja that are safe and repeatable, made to refuse missing values.

Left out are the ones that switch escaping off (`safe`), run or show code (`attr`, `pprint`, `tojson`), write HTML
(`urlize`, `xmlattr` …) or differ from run to run (`random`). `e` and `escape` are accepted and change nothing, for
every value is escaped when it is written. What pads does so within measure. A set comes in the order of its words,
for its own order differs from process to process.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sized
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, cast

from jinja2 import Undefined, pass_eval_context
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.filters import do_indent, do_join, make_attrgetter
from jinja2.nodes import EvalContext

from docgen.template.faults import MissingValue, NotText
from docgen.template.refusal import Refusal

_SAFE: Final = (
    "abs", "batch", "capitalize", "count", "dictsort", "filesizeformat", "first", "float", "format", "groupby",
    "int", "items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace",
    "reverse", "round", "select", "selectattr", "slice", "sort", "string", "striptags", "sum", "title", "trim",
    "truncate", "unique", "upper", "urlencode", "wordcount", "wordwrap",
)  # fmt: skip
_MOST_ROUNDS: Final = 3_000_000
_WIDEST: Final = 1000  # characters that `center` and `indent` pad to
_WIDE: Final = re.compile(r"\d{5}|\*")


def present(value: Any) -> Any:
    """Return the value.

    Raises:
        Refusal: if it is missing.
    """
    if value is None:
        raise Refusal(MissingValue)
    return value


class TooManyRounds(OverflowError):
    """The loops of a document go round more often than any document needs."""


_ROUNDS: Final[ContextVar[list[int]]] = ContextVar("rounds left to the loops of the document being made")


def begin() -> None:
    """Give the loops of a document their rounds; call it before each rendering."""
    _ROUNDS.set([_MOST_ROUNDS])


def each(value: Any) -> Iterable[Any]:
    """Return what a loop runs over, and count its rounds.

    Raises:
        Refusal: if it is missing or not a list.
        TooManyRounds: if the loops of the document have gone round too often.
    """
    if present(value) is not value or isinstance(value, int | float | str):
        raise Refusal(NotText, kind="单个值，不是清单")
    found: Sized = _ordered(value) if isinstance(value, Sized) else list(value)
    left = _ROUNDS.get(None)
    if left is not None:
        left[0] -= len(found)
        if left[0] < 0:
            raise TooManyRounds
    return cast("Iterable[Any]", found)


def _ordered(value: Any) -> Any:
    """Return a set as a list in the order of its words, anything else as it is."""
    return sorted(value, key=str) if isinstance(value, set | frozenset) else value


def measured(pattern: str) -> str:
    """Return a format pattern.

    Raises:
        OverflowError: if it pads without measure.
    """
    if _WIDE.search(pattern):
        raise OverflowError("too wide")
    return pattern


def default(value: Any, instead: Any = "", boolean: bool = False) -> Any:
    """Return the value, or `instead` when it is unknown or missing (or, if `boolean`, empty)."""
    if isinstance(value, Undefined) or value is None or (boolean and not value):
        return instead
    return value


@pass_eval_context
def join(context: EvalContext, value: Iterable[Any], d: str = "", attribute: str | int | None = None) -> str:
    """Join the items, or that attribute of each, none of which may be missing."""
    if attribute is not None:
        value = map(make_attrgetter(context.environment, attribute), value)
    return str(do_join(context, [present(item) for item in _ordered(value)], d))


def center(value: str, width: int = 80) -> str:
    """Pad a text on both sides."""
    return str(present(value)).center(_measured(width))


def indent(value: str, width: int | str = 4, first: bool = False, blank: bool = False) -> str:
    """Indent the lines of a text."""
    measure = width if isinstance(width, str) else _measured(width)
    return str(do_indent(str(present(value)), measure, first, blank))


def _measured(width: int) -> int:
    if width > _WIDEST:
        raise OverflowError("too wide")
    return width


def pattern_filled(pattern: str, *values: Any, **named: Any) -> str:
    """Fill a `%` pattern."""
    for value in (*values, *named.values()):
        present(value)
    filled: str = measured(str(pattern)) % (named or values)
    return filled


def _checking(check: Callable[[Any], Any], function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter have its input as `check` returns it."""
    position = 1 if hasattr(function, "jinja_pass_arg") else 0

    @wraps(function)
    def checked(*values: Any, **named: Any) -> Any:
        if len(values) > position:
            values = (*values[:position], check(values[position]), *values[position + 1 :])
        return function(*values, **named)

    return checked


def _strict(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter refuse a missing input."""
    return _checking(lambda value: _ordered(present(value)), function)


def own(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a filter of the caller's refuse the value of an unknown field; it is given all others as they are."""
    return _checking(lambda value: str(value) if isinstance(value, Undefined) else value, function)


def _same(value: Any) -> Any:
    return present(value)


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    **{name: _strict(DEFAULT_FILTERS[name]) for name in _SAFE},
    "format": pattern_filled,
    "default": default,
    "d": default,
    "join": join,
    "center": center,
    "indent": indent,
    "e": _same,
    "escape": _same,
    "forceescape": _same,
}
