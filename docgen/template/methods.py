"""The methods that templates may call of texts, numbers, lists and groups of fields, and what they cost.

Methods of other values are those of the caller. Left out are the ones that make bytes, tables of characters or
numbers from bytes: no document needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MethodType
from typing import Any, Final

from jinja2.exceptions import SecurityError

from docgen.template import filters
from docgen.template.rendering import spend
from docgen.template.work import ITEM, made, pay_for_width, reading, weighed

PLAIN: Final = (str, int, float, complex, list, tuple, dict, set, frozenset, bytes, bytearray, memoryview)
_AS_LONG: Final = frozenset(
    {
        "capitalize", "casefold", "count", "endswith", "find", "index", "isalnum", "isalpha", "isascii", "isdecimal",
        "isdigit", "isidentifier", "islower", "isnumeric", "isprintable", "isspace", "istitle", "isupper", "lower",
        "partition", "removeprefix", "removesuffix", "startswith", "swapcase", "title", "upper",
    }
)  # fmt: skip
"""Of texts: what makes no more than there was, in one go."""
_CUT: Final = frozenset({"rsplit", "split", "splitlines"})
"""Of texts: what makes a list, at most half as long as the text unless that is all separators."""
_SEARCHED: Final = frozenset({"lstrip", "rfind", "rindex", "rpartition", "rsplit", "rstrip", "strip"})
"""Of texts: what may look at all that is sought at each place."""
_OF_OTHERS: Final[Mapping[type, frozenset[str]]] = {
    dict: frozenset({"copy", "get", "items", "keys", "values"}),
    list: frozenset({"copy", "count", "index"}),
    tuple: frozenset({"count", "index"}),
    set: frozenset({"copy", "difference", "intersection", "isdisjoint", "issubset", "issuperset", "union"}),
    frozenset: frozenset(
        {"copy", "difference", "intersection", "isdisjoint", "issubset", "issuperset", "union"}
    ),
    int: frozenset({"bit_length", "is_integer"}),
    float: frozenset({"is_integer"}),
}
_AT_ONCE: Final = frozenset({"get", "items", "keys", "values"})
"""Of groups of fields: what takes the same time whatever their size."""


def called(owner: Any, method: Callable[..., Any], values: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
    """Return what a method of a plain value returns, which is paid for.

    Raises:
        SecurityError: if templates may not call it.
        Refusal: if too little is left, or a piece of a text is missing.
    """
    name = method.__name__
    if isinstance(owner, str):
        return _of_text(owner, name, method, values, named)
    known = next((names for kind, names in _OF_OTHERS.items() if isinstance(owner, kind)), frozenset())
    if name not in known and not isinstance(method, MethodType):
        raise SecurityError(name)
    for each in values:
        weighed(each)
    if name in _AT_ONCE:
        return method(*values, **named)
    weighed(owner)
    return made(method(*values, **named))


def _of_text(
    owner: str, name: str, method: Callable[..., Any], values: tuple[Any, ...], named: Mapping[str, Any]
) -> Any:
    if name in _LONGER:
        return _LONGER[name](str(owner), *values, **named)
    if name in _SEARCHED:
        sought = sum(len(each) for each in (*values, *named.values()) if isinstance(each, str))
        spend(len(owner) * max(sought, 1) >> 4)
    if name in _CUT:
        spend(len(owner) * ITEM)
    elif name not in _AS_LONG | _SEARCHED and not isinstance(method, MethodType):  # a method of the caller's
        raise SecurityError(name)
    spend(len(owner) + sum(map(reading, values)))
    return made(method(*values, **named))


def _padded(name: str) -> Callable[..., str]:
    """Return a method that pads a text to a width, and pays for it."""

    def padding(words: str, width: int, *fill: str) -> str:
        pay_for_width(width)
        done: str = getattr(words, name)(width, *fill)
        return done

    return padding


def _expanded(words: str, tabsize: int = 8) -> str:
    pay_for_width(tabsize, words.count("\t"))
    return words.expandtabs(tabsize)


_LONGER: Final[Mapping[str, Callable[..., str]]] = {
    "replace": filters.replace,
    "join": lambda words, items: words.join(filters.pieces(items, words)),
    "expandtabs": _expanded,
    **{name: _padded(name) for name in ("center", "ljust", "rjust", "zfill")},
}
"""Of texts: what may make a longer one."""
