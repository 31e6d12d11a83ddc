"""How a field of a record is declared: once, in the record's class, and read from there by everyone.

    class Unit(Record):
        name: Annotated[str, Column("单位全称", "公章上的名称", width=28)]

The attribute is the English name; the annotation is the type; `Column` adds the Chinese label, the unit in
brackets, the help text and the width in a sheet; pydantic's own constraints (`Ge`, `MaxLen`) stand beside it.
Sheets, messages, templates and the manual's tables all come from `fields_of`.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Final, Self, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, SkipValidation
from pydantic.fields import FieldInfo

from docgen.errors import Advice
from docgen.model.doubts import Doubt
from docgen.model.linked import Linked as Linked  # noqa: PLC0414  # records are declared with it
from docgen.model.values import Choice, Month, MonthDay, PeriodName

ANSWER: Final = "核对说明"
"""The column whose text answers what is asked about the values of a row: the row is not asked about again."""


@dataclass(frozen=True)
class Column:
    """What a sheet and a template must know of a field beyond its type.

    Args:
        label: the Chinese name; headers, messages and templates use it.
        help: what to fill in, shown as a note on the header cell.
        width: column width in characters of the sheet's font.
        unit: unit of measure, shown in brackets after the label (总投资（亿元）).
        example: a value as a clerk would write it.
        long: free text of several sentences rather than a name.
        may_be_blank: the sheet may leave it blank although a record always has it (a default fills it).
        suggestions: words offered in a drop-down without being the only ones allowed.
        lines: of several texts each stands on a line of the cell, because they may have 、 in them.
        also: other words that ledgers have above such a column; they are read as the label.
    """

    label: str
    help: str
    width: int = 12
    unit: str = ""
    example: str = ""
    long: bool = False
    may_be_blank: bool = False
    suggestions: tuple[str, ...] = ()
    lines: bool = False
    also: tuple[str, ...] = ()

    @property
    def header(self) -> str:
        """Return the label with its unit, as it stands above the column."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label


class Shape(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    LONG_TEXT = "long text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MONTH = "month"
    MONTH_DAY = "month and day"
    PERIOD = "period"
    YES_NO = "yes or no"
    CHOICE = "choice"
    LINK = "link"


_SHAPES: dict[type, Shape] = {
    str: Shape.TEXT,
    int: Shape.INTEGER,
    Decimal: Shape.DECIMAL,
    date: Shape.DATE,
    Month: Shape.MONTH,
    MonthDay: Shape.MONTH_DAY,
    PeriodName: Shape.PERIOD,
    bool: Shape.YES_NO,
}


@dataclass(frozen=True)
class FieldSpec:
    """A declared field, taken apart.

    `type` is the bare type of one value; `many` says that the field is a tuple of such values, written in one
    cell with 、 between them, or a line each; `required` that a sheet must give it.
    """

    name: str
    column: Column
    type: type
    many: bool
    required: bool

    @property
    def label(self) -> str:
        """Return the Chinese label."""
        return self.column.label

    @property
    def header(self) -> str:
        """Return the label with its unit."""
        return self.column.header

    @cached_property
    def shape(self) -> Shape:
        """Return what a cell of this field holds."""
        if issubclass(self.type, Choice):
            return Shape.CHOICE
        if issubclass(self.type, Linked):
            return Shape.LINK
        found = _SHAPES[self.type]
        return Shape.LONG_TEXT if found is Shape.TEXT and self.column.long else found

    @cached_property
    def words(self) -> dict[str, Choice]:
        """Return the accepted words of a choice; empty for any other shape."""
        return dict(self.type.words()) if issubclass(self.type, Choice) else {}

    @cached_property
    def offered(self) -> tuple[str, ...]:
        """Return what a drop-down offers: the choices, yes and no, or suggestions."""
        if issubclass(self.type, Choice):
            return tuple(each.value for each in self.type)
        return ("是", "否") if self.type is bool else self.column.suggestions


@dataclass(frozen=True, slots=True)
class Origin:
    """The row of a workbook that a record was read from, so that messages can name the cell.

    `sheet` is the sheet as messages write it. `columns` gives each field's column letters by English name,
    shared by all rows of a sheet; for a `form` record it gives whole addresses and `row` is 0.
    """

    sheet: str
    row: int
    columns: Mapping[str, str]

    def cell(self, name: str) -> str:
        """Return the address of a field's cell, or the row when its column is missing."""
        letters = self.columns.get(name)
        if letters is None:
            return f"第{self.row}行" if self.row else ""
        return f"{letters}{self.row or ''}"

    def place(self, name: str) -> str:
        """Return where a field stands, as messages write it: `项目!K5`."""
        cell = self.cell(name)
        return f"{self.sheet}!{cell}" if cell else self.sheet


class Record(BaseModel):
    """A row of a data sheet as a frozen, typed value. Subclasses declare `sheet` and their fields.

    `form` records stand in a sheet downward (label in the first column, value in the second), one a sheet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)

    sheet: ClassVar[str]
    title: ClassVar[str]
    form: ClassVar[bool] = False
    optional_sheet: ClassVar[bool] = False
    unique: ClassVar[tuple[tuple[str, ...], ...]] = ()

    origin: Annotated[Origin | None, "not a column"] = None
    extra: Annotated[Mapping[str, Any], SkipValidation, "not a column"] = Field(default_factory=dict)
    """Values of the columns that a clerk added, by label; blank cells are absent."""

    def check_together(self) -> None:
        """Check what fields must say together; a type that has such rules overrides this.

        It is also asked of rows in which other fields are at fault and stand as None.

        Raises:
            PydanticCustomError: with the English name of the field to mend and what was expected.
        """

    def cell_of(self, name: str) -> str:
        """Return the cell of a field by its English name, as messages write it; the sheet where no more is known."""
        return self.origin.place(name) if self.origin else self.sheet

    def doubts(self) -> Iterable[Doubt]:
        """Return what the office is to be asked about; a type with values of which to doubt overrides this."""
        return ()

    @classmethod
    def doubts_among(cls, made: Sequence[Self]) -> Iterable[tuple[Self, Doubt]]:
        """Return what the office is to be asked about when the rows of a sheet are seen together."""
        del made
        return ()

    def ask(self, doubt: Doubt) -> Advice:
        """Return what is asked about a value of this record, with its cell."""
        header = field_of(type(self), doubt.name).header
        return Advice("value-doubtful", f"{self.cell_of(doubt.name)}「{header}」：{doubt.words}")

    @property
    def answer(self) -> str | None:
        """Return what the office wrote against doubts about this row; a clerk may add the column to any sheet."""
        answered = getattr(self, "checked", None) or self.extra.get(ANSWER)
        return str(answered) if answered else None

    def __eq__(self, other: object) -> bool:
        return self is other or (
            type(self) is type(other)
            and self.extra == getattr(other, "extra", None)
            and all(getattr(self, each.name) == getattr(other, each.name) for each in fields_of(type(self)))
        )

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, each.name) for each in fields_of(type(self))))


@cache
def fields_of(record: type[Record]) -> tuple[FieldSpec, ...]:
    """Return the declared fields of a record type in the order of its columns."""
    return tuple(_specs(record.model_fields.items()))


@cache
def field_of(record: type[Record], name: str) -> FieldSpec:
    """Return one field by its English name. Raises KeyError for a name that is not declared."""
    return {each.name: each for each in fields_of(record)}[name]


@cache
def labels_of(record: type[Record]) -> Mapping[str, FieldSpec]:
    """Return the declared fields of a record type by their Chinese labels."""
    return {each.label: each for each in fields_of(record)}


def label_of(record: type[Record], name: str) -> str:
    """Return the Chinese label of a field."""
    return field_of(record, name).label


def _specs(declared: Iterable[tuple[str, FieldInfo]]) -> Iterable[FieldSpec]:
    for name, info in declared:
        column = next((each for each in info.metadata if isinstance(each, Column)), None)
        if column is not None:
            bare, many = _bare(info.annotation)
            required = info.is_required() and not column.may_be_blank
            yield FieldSpec(name, column, bare, many, required)


def _bare(annotation: Any) -> tuple[type, bool]:
    """Strip `| None`, `Annotated` and `tuple[…, ...]` off an annotation."""
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _bare(args[0])
    if origin in (Union, types.UnionType):
        return _bare(next(each for each in args if each is not type(None)))
    if origin is tuple:
        return _bare(args[0])[0], True
    return annotation, False
