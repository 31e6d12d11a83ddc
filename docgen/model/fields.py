"""How a field of a record is declared: once, in the record's class, and read from there by everyone.

    class Unit(Record):
        name: Annotated[str, Column("单位全称", "公章上的名称", width=28)]

The attribute is the English name; the annotation is the type; `Column` adds the Chinese label, the unit in brackets,
the help text and the width in a sheet; limits (`Ge`, `MaxLen`) stand beside it. Sheets, messages, templates and the
manual's tables all come from `fields_of`.
"""

from __future__ import annotations

import sys
import types
from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Final, Self, Union, dataclass_transform, get_args, get_origin

from pydantic_core import CoreSchema, SchemaValidator, core_schema

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.model.doubts import Doubt
from docgen.model.limits import check_of
from docgen.model.linked import Linked as Linked  # noqa: PLC0414  # records are declared with it
from docgen.model.spans import Month, MonthDay, PeriodName
from docgen.model.values import Choice

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
        lines: several texts, which may have 、 in them, stand on lines of their own.
        also: other words that ledgers have above such a column; they are read as the label.
        clock: a time of day, which spreadsheets make a time of where 15:00 is typed.
        person: a name; names on lines of their own would become one.
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
    clock: bool = False
    person: bool = False

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

    `type`: of one value; `many`: a tuple of them in one cell, 、 between or a line each; `required`: by the sheet.
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


NEEDED: Final = object()
"""The default of a field that has none."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
class RecordType(type):
    """The type of record types: the fields that a class declares are its slots, their values the defaults."""

    defaults: Mapping[str, Any]
    """The default of every field, in the order of declaration; NEEDED where there is none."""
    annotated: Mapping[str, Any]
    """What the class itself says of each field that it declares, as it is written there."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> RecordType:
        """Make a record type of a class body."""
        said = body.get("__annotations__", {})
        own = {each: what for each, what in said.items() if not str(what).startswith("ClassVar")}
        given = {each: body.pop(each, NEEDED) for each in own}
        made = super().__new__(cls, name, bases, {**body, "__slots__": tuple(own)})
        above = (dict(each.defaults) for each in bases if isinstance(each, RecordType))
        made.annotated, made.defaults = own, dict(ChainMap(given, *above))
        return made


_NOTHING: Final[Mapping[str, Any]] = {}


class Record(metaclass=RecordType):
    """A row of a data sheet as a frozen, typed value. Subclasses declare `sheet` and their fields.

    `form` records stand in a sheet downward (label in the first column, value in the second), one a sheet. `sections`
    are the fields that a heading of a group may give to the rows below it, `usual` those that a linked record gives
    where they are blank: the name of the link, and of the field of what it links to.

    Raises:
        ValidationError: a value is not what its field allows.
    """

    sheet: ClassVar[str]
    title: ClassVar[str]
    form: ClassVar[bool] = False
    optional_sheet: ClassVar[bool] = False
    unique: ClassVar[tuple[tuple[str, ...], ...]] = ()
    sections: ClassVar[tuple[str, ...]] = ()
    usual: ClassVar[Mapping[str, tuple[str, str]]] = {}

    origin: Origin | None = None
    extra: Mapping[str, Any] = _NOTHING
    """Values of the columns that a clerk added, by label; blank cells are absent."""

    def __init__(self, **values: Any) -> None:
        _checker(type(self)).validate_python(values, self_instance=self)

    def __post_init__(self) -> None:
        """Check the fields together, when each by itself is right."""
        self.check_together()

    @classmethod
    def with_usual(cls, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the values of a row, blanks filled with what is usual where that is known."""
        blank = {name: at for name, at in cls.usual.items() if not given.get(name)}
        known = {name: getattr(given.get(link), field, None) for name, (link, field) in blank.items()}
        return {**given, **{name: value for name, value in known.items() if value is not None}}

    @classmethod
    def model_construct(cls, **values: Any) -> Self:
        """Return a record of values that are not checked; a needed field that is not given is missing."""
        made = cls.__new__(cls)
        defaults = {name: each for name, each in cls.defaults.items() if each is not NEEDED}
        for name, value in (defaults | values).items():
            object.__setattr__(made, name, value)
        return made

    def model_copy(self, *, update: Mapping[str, Any]) -> Self:
        """Return a copy with other values in some fields, which are not checked."""
        return self.model_construct(
            **{**{each: getattr(self, each) for each in type(self).defaults}, **update}
        )

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a record never changes: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a record never changes: {name}")

    def __setstate__(self, state: tuple[None, Mapping[str, Any]]) -> None:
        for name, value in state[1].items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        given = ((name, getattr(self, name, None)) for name in type(self).defaults)
        told = ", ".join(f"{name}={value!r}" for name, value in given if value not in (None, (), {}))
        return f"{type(self).__name__}({told})"

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
    def doubts_among(cls, _made: Sequence[Self]) -> Iterable[tuple[Self, Doubt]]:
        """Return what the office is to be asked about when the rows of a sheet are seen together."""
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
def annotations_of(record: type[Record]) -> Mapping[str, Any]:
    """Return what is declared of each field, `Column` and limits included, in the order of declaration."""
    above = (dict(annotations_of(each)) for each in record.__bases__ if issubclass(each, Record))
    return dict(ChainMap(_evaluated(record.annotated, vars(sys.modules[record.__module__])), *above))


def _evaluated(written: Mapping[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    """Return annotations with those that stand as text evaluated, all at once: one by one they cost ten times that."""
    text = ", ".join(f"{name!r}: ({said})" for name, said in written.items() if isinstance(said, str))
    return {**written, **eval(f"{{{text}}}", names)}  # noqa: S307  # text of the source of a class


def schema_of(record: type[Record]) -> CoreSchema:
    """Return pydantic-core's schema of a record type, by which a row becomes a record or a list of what is wrong."""
    fields = [
        core_schema.dataclass_field(name, _or_default(check, record.defaults[name]), kw_only=True)
        for name, check in checks_of(record)
    ]
    rows = core_schema.dataclass_args_schema(record.__name__, fields, extra_behavior="forbid")
    together = record.check_together is not Record.check_together
    made: CoreSchema = core_schema.dataclass_schema(
        record, rows, list(record.defaults), post_init=together, slots=True
    )
    if record.usual:
        made = core_schema.no_info_before_validator_function(record.with_usual, made)
    return made


def checks_of(record: type[Record]) -> Iterable[tuple[str, CoreSchema]]:
    """Yield pydantic-core's schema of each field; where a record comes from needs no check."""
    for name, said in annotations_of(record).items():
        yield name, core_schema.any_schema() if name in Record.defaults else check_of(said)


def _or_default(check: CoreSchema, default: Any) -> CoreSchema:
    """Return a check that gives a default where there is no value; records share it."""
    if default is NEEDED:
        return check
    return core_schema.with_default_schema(check, default_factory=lambda: default)


@cache
def _checker(record: type[Record]) -> SchemaValidator:
    return SchemaValidator(schema_of(record))


@cache
def fields_of(record: type[Record]) -> tuple[FieldSpec, ...]:
    """Return the declared fields of a record type in the order of its columns."""
    return tuple(_specs(record))


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


def _specs(record: type[Record]) -> Iterable[FieldSpec]:
    for name, said in annotations_of(record).items():
        column = next((each for each in get_args(said) if isinstance(each, Column)), None)
        if column is not None:
            bare, many = _bare(said)
            needed = record.defaults[name] is NEEDED and not column.may_be_blank
            yield FieldSpec(name, column, bare, many, needed)


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
