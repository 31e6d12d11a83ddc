"""One thing that may be said of a record, by its Chinese label."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts


@dataclass(frozen=True)
class Field:
    """One thing that may be said of a record.

    Args:
        label: its Chinese name.
        value: gives the raw value; None when it is empty.
        holds: the type of a value: a record type, a choice, `date`, `int`, `str`, `bool` …; `object` while an added
            column has no values.
        many: whether there are several in a tuple.
        column: English name of the sheet's column; empty for what is derived.
        help: what it is, for lists of fields.
    """

    label: str
    value: Callable[[Any, Facts], Any]
    holds: type
    many: bool = False
    column: str = ""
    help: str = ""
