"""What operations of templates cost in units of work, paid before they are done (decision 0025).

Paid are the things whose size a template decides: what is made, and what has to be gone through. That makes an
operation that would not end, or whose result no memory holds, a fault before it begins. What takes the same time
whatever its size (a field, a first item, a comparison with a constant) is a step of the template and paid as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sized
from typing import Any, Final

from docgen.template.faults import MissingValue, NotText, Refusal
from docgen.template.rendering import spend

STEP: Final = 4
"""Units for a step of a template: a node of its syntax, an item that is looked at."""
ITEM: Final = 16
"""Units for an item of a list that is made; it takes as much memory as so many characters."""
SHORT: Final = 1000
"""Characters up to which a text is not weighed: the step that uses it is paid."""
_CONTAINERS: Final = frozenset({list, tuple, dict, set, frozenset})
_DIGITS: Final = re.compile(r"\d+")
_NUMBER: Final = re.compile(r"[0-9]+\.[0-9]+")
_LONGEST_COUNT: Final = 12  # digits of a width; longer ones are too wide anyway
_AS_TEXT: Final = 64  # characters that a number or a date may take
_BITS: Final = (
    10  # what is multiplied costs the product of its lengths in bits, divided by 2 to the power of this
)
_NO_NUMBER: Final = "unsupported operand type(s) for *: an amount is a text here"


def weighed(value: Any) -> Any:
    """Return a value that is going to be looked through (compared, hashed), which is paid for."""
    if isinstance(value, str):
        if len(value) > SHORT:
            spend(len(value) >> 4)
    elif type(value) in _CONTAINERS:
        _go_through(value)
    return value


def _go_through(value: Any) -> None:
    """Pay for all that lists hold, as deep as they go, as often as it stands there."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if type(each) in _CONTAINERS:
            spend(ITEM + 2 * STEP * len(each))
            waiting += (*each, *each.values()) if type(each) is dict else each
        elif isinstance(each, str) and len(each) > SHORT:
            spend(len(each) >> 4)


def reading(value: Any) -> int:
    """Return what it costs to go through a value once."""
    if isinstance(value, str):
        return len(value)
    return STEP * len(value) if isinstance(value, Sized) else 0


def made(value: Any) -> Any:
    """Return a value that was made, which is paid for; one that makes its items one by one as a list."""
    if isinstance(value, str):
        spend(len(value))
    elif isinstance(value, Iterator):
        value = list(value)
        spend(ITEM * len(value))
    elif type(value) in _CONTAINERS:
        spend(ITEM * len(value))
    elif isinstance(value, int):
        spend(value.bit_length() ** 2 >> _BITS)
    return value


def concat(pieces: Iterable[str]) -> str:
    """Join what a macro or a set block has written."""
    written = pieces if isinstance(pieces, list) else list(pieces)
    spend(sum(map(len, written)))
    return "".join(written)


def pay_for_width(width: Any, times: int = 1) -> None:
    """Pay for what is padded to a width, so many times."""
    if isinstance(width, int):
        spend(max(width, 0) * times)


def pay_for_widths(pattern: str) -> None:
    """Pay for what a pattern pads to: every number in it may be a width."""
    spend(sum(int(each[:_LONGEST_COUNT]) for each in _DIGITS.findall(pattern)))


def present(value: Any) -> Any:
    """Return the value.

    Raises:
        Refusal: if it is missing.
    """
    if value is None:
        raise Refusal(MissingValue)
    return value


def piece(value: Any) -> Any:
    """Return a value that is going to be a part of a text, which is paid for.

    Raises:
        Refusal: if it is missing, a list or a group of fields.
    """
    kind = type(present(value))
    if kind in _CONTAINERS:
        raise Refusal(NotText, kind="一组字段" if kind is dict else "清单")
    if isinstance(value, str):
        spend(len(value))
    return value


class _Pieces(Mapping[Any, Any]):
    """Values by name, each paid for as often as a pattern takes it."""

    def __init__(self, values: Mapping[Any, Any]) -> None:
        self._values = values

    def __getitem__(self, name: Any) -> Any:
        return piece(self._values[name])

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def filling(pattern: str, values: Any) -> Any:
    """Return what a `%` pattern is to be filled with; the text that makes is paid for.

    Raises:
        Refusal: if a value is missing, a list or a group of fields.
    """
    spend(len(pattern) + _AS_TEXT * pattern.count("%"))
    pay_for_widths(pattern)
    if isinstance(values, Mapping):
        return _Pieces(values)
    for value in values if isinstance(values, tuple) else (values,):
        if isinstance(piece(value), int) and "*" in pattern:
            spend(abs(value))
    return values


def operands(operator: str, left: Any, right: Any) -> tuple[Any, Any]:
    """Return the operands of `+`, `*`, `/`, `//`, `%` or `**`; the result is paid for.

    Raises:
        Refusal: if a value that is missing or a list is to fill a pattern.
        TypeError: if an amount that is a text is to be taken several times.
    """
    if isinstance(left, int) and isinstance(right, int):
        if operator != "+":
            _pay_for_digits(operator, left, right)
    elif operator == "+":
        _pay_for_sum(left, right)
    elif operator == "*":
        _pay_for_copies(left, right)
        _pay_for_copies(right, left)
    elif operator == "%" and isinstance(left, str):
        return left, filling(left, right)
    return left, right


def _pay_for_digits(operator: str, left: int, right: int) -> None:
    """Pay for numbers of thousands of digits."""
    one, other = left.bit_length(), right.bit_length()
    if operator == "**":
        one = other = one * max(right, 1)
    spend(one * other >> _BITS)


def _pay_for_sum(left: Any, right: Any) -> None:
    for each in (left, right):
        if isinstance(each, str):
            spend(len(each))
        elif type(each) in _CONTAINERS:
            spend(ITEM * len(each))


def _pay_for_copies(many: Any, times: Any) -> None:
    if not isinstance(times, int):
        return
    if isinstance(many, str):
        if _NUMBER.fullmatch(many):
            raise TypeError(_NO_NUMBER)  # 6.8 * 2 is not 6.86.8
        spend(len(many) * max(times, 0))
    elif isinstance(many, Sized):
        spend(ITEM * len(many) * max(times, 0))
