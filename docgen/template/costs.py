"""What Jinja's filters cost before they begin: a function for each, given what the filter is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sized
from typing import Any, Final

from docgen.template.rendering import spend
from docgen.template.work import ITEM, STEP, pay_for_width, piece, reading, weighed

_LOOKED_AT: Final = 3 * STEP  # an item of which an attribute is taken, or that is tested
_RANKED: Final = 12 * STEP  # one that is compared with others
_GROUPED: Final = 40 * STEP
_WRAPPED: Final = 40  # units for a line that is wrapped


def _each(units: int) -> Callable[..., None]:
    """Return what pays so many units for each item; those of a text are its characters, made for it."""

    def pay(value: Any, *given: Any, **named: Any) -> None:
        rest = sum(map(reading, (*given, *named.values())))
        price = units + ITEM if isinstance(value, str) else units
        spend(rest + (price * len(value) if isinstance(value, Sized) else 0))

    return pay


of_list: Final = _each(_LOOKED_AT)
of_ranked: Final = _each(_RANKED)
of_grouped: Final = _each(_GROUPED)


def _of_text(value: Any, *given: Any, **named: Any) -> None:
    piece(value)
    spend(sum(map(reading, (*given, *named.values()))))


def _of_any(value: Any, *given: Any, **named: Any) -> None:
    weighed(value)
    spend(sum(map(reading, (value, *given, *named.values()))))


def _batch(value: Any, linecount: Any, fill_with: Any = None) -> None:
    of_list(value)
    if fill_with is not None:
        pay_for_width(linecount, ITEM)


def _slice(value: Any, slices: Any, fill_with: Any = None) -> None:  # noqa: ARG001  as the filter is called
    of_list(value)
    pay_for_width(slices, 4 * ITEM)  # a list for each


def _center(value: Any, width: Any = 80) -> None:
    piece(value)
    pay_for_width(width)


def _indent(s: Any, width: Any = 4, first: Any = False, blank: Any = False) -> None:  # noqa: ARG001
    lines = len(str(piece(s)).splitlines()) + 1
    pay_for_width(len(width) if isinstance(width, str) else width, lines)


def _wordwrap(
    s: Any,
    width: Any = 79,
    break_long_words: Any = True,  # noqa: ARG001  as the filter is called
    wrapstring: Any = None,
    break_on_hyphens: Any = True,  # noqa: ARG001
) -> None:
    """Pay for lines, for each of which the rest of a long word is copied."""
    words = str(piece(s))
    lines = len(words) // max(width, 1) + words.count("\n") + words.count(" ") + 1
    spend(lines * (_WRAPPED + reading(wrapstring)) + lines * (len(words) >> 4))


def _round(value: Any, precision: Any = 0, method: Any = "common") -> None:  # noqa: ARG001
    pay_for_width(abs(precision), max(abs(precision), 1) if isinstance(precision, int) else 1)


def _trim(value: Any, chars: Any = None) -> None:
    piece(value)
    spend(reading(value) * max(reading(chars), 1) >> 4)


OF_FILTERS: Final[Mapping[str, Callable[..., None]]] = {
    **dict.fromkeys(
        ("items", "list", "map", "reject", "rejectattr", "reverse", "select", "selectattr"), of_list
    ),
    **dict.fromkeys(
        ("capitalize", "lower", "string", "striptags", "title", "truncate", "upper", "wordcount"), _of_text
    ),
    **dict.fromkeys(("dictsort", "filesizeformat", "float", "int", "urlencode"), _of_any),
    "batch": _batch,
    "center": _center,
    "indent": _indent,
    "round": _round,
    "slice": _slice,
    "trim": _trim,
    "wordwrap": _wordwrap,
}
"""By the filter's name; each takes its arguments under the same names."""
