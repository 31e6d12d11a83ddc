"""What the fields of one record must say together: dates in order, and what a state asks for."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, LiteralString

from pydantic_core import PydanticCustomError

from docgen.model.fields import label_of

if TYPE_CHECKING:
    from docgen.model.fields import Record


def check_order(record: Record, *names: str) -> None:
    """Check that dates do not go backward; blank ones are passed over.

    Args:
        record: whose dates they are.
        names: English names of the date fields, the earliest first.

    Raises:
        PydanticCustomError: a date lies before the one that comes before it.
    """
    days = [(name, getattr(record, name)) for name in names if getattr(record, name) is not None]
    for (earlier, before), (name, after) in pairwise(days):
        if after < before:
            refuse("order", name, f"不早于“{label_of(type(record), earlier)}”的日期")


def check_given(record: Record, when: str, *names: str) -> None:
    """Check that fields are filled that a state or another field asks for.

    Args:
        record: whose fields they are.
        when: what asks for them, in Chinese, as it stands before 的 (状态为“已销号”的问题).
        names: English names of the fields.

    Raises:
        PydanticCustomError: one is blank.
    """
    for name in names:
        if getattr(record, name) in (None, ()):
            refuse("needed", name, f"{when}的{label_of(type(record), name)}")


def refuse(kind: LiteralString, name: str, expected: str) -> None:
    """Refuse a field.

    Args:
        kind: `order` for dates, `needed` for blanks, `together` for what does not go with another field.
        name: English name of the field to mend.
        expected: what it should be, in Chinese.

    Raises:
        PydanticCustomError: always.
    """
    raise PydanticCustomError(kind, "{expected}", {"field": name, "expected": expected})
