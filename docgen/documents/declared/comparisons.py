"""What may be compared with what in a declaration: what can never be met is refused, and the right way is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from docgen.documents.identity import Derived
from docgen.documents.labels.field import Field
from docgen.documents.labels.fields import fields_of
from docgen.documents.labels.paths import TODAY, Path, WrongPath
from docgen.model.fields import Record
from docgen.model.member import Person
from docgen.model.names import nearest
from docgen.model.values import Choice

ROWS: Final = (Record, Person, Derived)
"""What is no value of a cell, but a row with values of its own."""
_SORTS: Final = (bool, date, (int, Decimal), str)  # the first that fits is the sort of a value
_ORDERED: Final = (date, Choice, int, Decimal, str)


def refuse_several(*fields: Any) -> None:
    """Refuse to compare a field that may hold several values as if it held one. Raises WrongPath."""
    for each in fields:
        if isinstance(each, Field) and each.many:
            raise WrongPath(f"“{each.label}”可能有几个，只能用 in，如 {each.label} in ['甲', '乙']")


def is_number(value: Any) -> bool:
    """Whether a value is a number; 是 and 否 are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def refuse_unlike(field: Any, other: Any, sign: str) -> None:
    """Refuse a comparison that can never be met: a word that a choice does not know, a text with a number.

    Args:
        field: what is compared: a field, or a value.
        other: with what: likewise.
        sign: the comparison, as `operator` names it.

    Raises:
        WrongPath: says why.
    """
    if any(isinstance(each, Field) and each.holds is object for each in (field, other)):
        return  # an added column without values yet: nothing is known of them, and nothing is met
    if isinstance(field, Field) and isinstance(other, Field):
        _refuse_other_sort(field, other, sign)
    for one, value in ((field, other), (other, field)):
        if isinstance(one, Field) and not isinstance(value, Field):
            _refuse_unfit(one, value, sign)


def why_never_equal(one: Path, other: Path) -> str:
    """Return why rows matched by two values would never be found; empty where they may be.

    A value is no row, a row is none of another sheet, and one value is not several.
    """
    holds = (one.field.holds, other.field.holds)
    rows = [each for each in holds if issubclass(each, ROWS)]
    unlike = len(rows) == 2 and not (issubclass(rows[0], rows[1]) or issubclass(rows[1], rows[0]))
    if object not in holds and (len(rows) == 1 or unlike):
        return f"“{one.written}”与“{other.written}”不是同一类的值，不会相等"
    if one.many is not other.many:
        return f"“{(one if one.many else other).written}”可能有几个，与一个值不会相等"
    return ""


def _refuse_other_sort(field: Field, other: Field, sign: str) -> None:
    """Refuse to compare fields that hold values of different sorts, or to order what has no order."""
    if _sort(field) != _sort(other):
        raise WrongPath(f"“{field.label}”与“{other.label}”不是同一类的值，不能比较")
    _refuse_unordered(field, sign)


def _sort(field: Field) -> Any:
    """Return the sort of a field's values: those of one sort can be compared."""
    return next((each for each in _SORTS if issubclass(field.holds, each)), field.holds)


def _refuse_unordered(field: Field, sign: str) -> None:
    ordered = issubclass(field.holds, _ORDERED) and (
        not issubclass(field.holds, Choice) or hasattr(field.holds, "rank")
    )
    if sign not in ("eq", "ne") and not ordered:
        raise WrongPath(f"“{field.label}”没有大小先后，只能用 ==、!= 或 in")


def _refuse_unfit(field: Field, value: Any, sign: str) -> None:
    _refuse_unordered(field, sign)
    if issubclass(field.holds, Choice):
        words = tuple(each.value for each in field.holds)
        if value not in words:
            near = next(iter(nearest(str(value), words, 1)), "")
            raise WrongPath(f"“{field.label}”没有“{value}”这个选项，只有{'、'.join(words)}", near)
    elif issubclass(field.holds, date):
        _refuse_no_date(field, value)
    elif field.holds is bool and not isinstance(value, bool):
        raise WrongPath(f"“{field.label}”填的是“是”或“否”，直接写 {field.label} 或 not {field.label}")
    elif field.holds is str and not isinstance(value, str):
        raise WrongPath(f"“{field.label}”是文字，要与加了引号的文字比较；另加的列，每格都是数字才是数字")
    elif issubclass(field.holds, int | Decimal) and not is_number(value):
        raise WrongPath(f"“{field.label}”是数字，比较时不加引号")
    elif issubclass(field.holds, ROWS):
        named = f"{field.label}.{_name_label(field.holds)}"
        raise WrongPath(f"“{field.label}”是一行数据，不能与文字比较，请写到它的字段，如 {named}")


def _name_label(holds: type) -> str:
    """Return the label under which a record is named as people write it: the short name of a unit."""
    texts = [each for each in fields_of(holds).values() if issubclass(each.holds, str) and not each.many]
    by_column = {each.column: each.label for each in reversed(texts)}
    return by_column.get("short_name") or by_column.get("name") or texts[0].label


def _refuse_no_date(field: Field, value: Any) -> None:
    if value == TODAY:
        raise WrongPath(f"“{TODAY}”不加引号，加了就是文字")
    try:
        date.fromisoformat(str(value))
    except ValueError:
        raise WrongPath(f"“{field.label}”是日期，要写成 '2026-01-31' 这样") from None
