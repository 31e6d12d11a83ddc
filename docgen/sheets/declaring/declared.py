"""Record types of the sheets that a workspace declares.

They are read, checked, linked and written as any other. Their records pickle: a worker process makes the types
again from the declarations.
"""

from __future__ import annotations

import copyreg
import keyword
import types
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import EnumMeta
from functools import cache
from typing import Annotated, Any, ClassVar, Final

from docgen.model.fields import NEEDED, Column, Linked, Record, RecordType, Shape
from docgen.model.limits import MaxLen
from docgen.model.schema import BUILT_IN
from docgen.model.spans import Month, MonthDay, PeriodName
from docgen.model.values import Choice
from docgen.sheets.declaring.declaration import ColumnDeclaration, SheetDeclaration

_TYPES: Final[Mapping[Shape, Any]] = {
    Shape.TEXT: Annotated[str, MaxLen(200)],
    Shape.LONG_TEXT: Annotated[str, MaxLen(2000)],
    Shape.INTEGER: int,
    Shape.DECIMAL: Decimal,
    Shape.DATE: date,
    Shape.MONTH: Month,
    Shape.MONTH_DAY: MonthDay,
    Shape.PERIOD: PeriodName,
    Shape.YES_NO: bool,
}
_WIDTHS: Final[Mapping[Shape, int]] = {
    Shape.LONG_TEXT: 40, Shape.INTEGER: 8, Shape.DECIMAL: 10, Shape.YES_NO: 8, Shape.LINK: 16, Shape.TEXT: 14,
}  # fmt: skip
_WIDTH: Final = 12


class _ChoiceMeta(EnumMeta):
    """The type of declared choices, by which they pickle."""


class DeclaredChoice(Choice, metaclass=_ChoiceMeta):
    """A closed list of words that a workspace declares."""


class _RecordMeta(RecordType):
    """The type of declared record types, by which they pickle."""


class Declared(Record, metaclass=_RecordMeta):
    """A row of a sheet that a workspace declares."""

    made_from: ClassVar[tuple[SheetDeclaration, ...]]
    """The declarations of the workspace, among them that of this type."""


class DeclaredLinked(Declared, Linked):
    """A row of a declared sheet that has a key, to which other sheets may link."""

    key: ClassVar[tuple[str, ...]]

    @property
    def link_names(self) -> tuple[str, ...]:
        """Return the values of the key columns."""
        return tuple(str(getattr(self, name)) for name in self.key)


@cache
def types_of(declarations: tuple[SheetDeclaration, ...]) -> tuple[type[Record], ...]:
    """Return the record types of declared sheets.

    Args:
        declarations: sound ones, each after those it links to.
    """
    made: dict[str, type[Record]] = {}
    for each in declarations:
        made[each.name] = _type(each, {**BUILT_IN.linkable(), **made})
        made[each.name].made_from = declarations  # type: ignore[attr-defined]  # every one is a Declared
    return tuple(made.values())


def _type(declared: SheetDeclaration, linkable: Mapping[str, type]) -> type[Record]:
    names = {each.label: _attribute(number, each.label) for number, each in enumerate(declared.columns)}
    fields: dict[str, Any] = {names[each.label]: _field(each, linkable) for each in declared.columns}
    key = tuple(names[each] for each in declared.key)
    together = tuple(names[each] for each in declared.together)
    body = {
        "__module__": __name__,
        "__annotations__": {name: annotation for name, (annotation, _) in fields.items()},
        **{name: default for name, (_, default) in fields.items() if default is not NEEDED},
        "sheet": declared.name,
        "title": declared.title,
        "noun": declared.noun,
        "optional_sheet": True,
        "key": key,
        "unique": (*((each,) for each in key), *((together,) if together else ())),
    }
    made: Any = _RecordMeta(f"Declared_{declared.name}", (DeclaredLinked if key else Declared,), body)
    record: type[Record] = made
    return record


def _attribute(number: int, label: str) -> str:
    """Return the name of a column's attribute: its label, where Python and records leave that free."""
    free = label.isidentifier() and not keyword.iskeyword(label) and not hasattr(DeclaredLinked, label)
    ours = label.startswith(("_", "model_")) or label in DeclaredLinked.defaults
    return label if free and not ours and not label.isascii() else f"column_{number + 1}"


def _field(declared: ColumnDeclaration, linkable: Mapping[str, type]) -> tuple[Any, Any]:
    """Return the annotation and the default of a column's field."""
    kind = _kind(declared, linkable)
    column = Column(
        declared.label,
        declared.help or (f"须在{declared.to}表中" if declared.to else ""),
        declared.width or max(_WIDTHS.get(declared.shape, _WIDTH), 2 * len(declared.label) + 2),
        unit=declared.unit,
        example=declared.example,
        long=declared.shape is Shape.LONG_TEXT,
    )
    if declared.many:
        several: Any = types.GenericAlias(tuple, (kind, ...))
        return Annotated[several, column], NEEDED if declared.required else ()
    return Annotated[
        kind if declared.required else kind | None, column
    ], NEEDED if declared.required else None


def _kind(declared: ColumnDeclaration, linkable: Mapping[str, type]) -> Any:
    if declared.shape is Shape.LINK:
        return linkable[declared.to]
    if declared.shape is Shape.CHOICE:
        return choice_of(declared.choices)
    return _TYPES[declared.shape]


@cache
def choice_of(words: tuple[str, ...]) -> type[DeclaredChoice]:
    """Return the choice of some words."""
    make: Any = DeclaredChoice  # called so, an enumeration without members makes one that has some
    made: type[DeclaredChoice] = make("DeclaredChoice", [(f"W{n}", (word,)) for n, word in enumerate(words)])
    return made


def _again(declarations: tuple[SheetDeclaration, ...], name: str) -> type[Record]:
    return next(each for each in types_of(declarations) if each.sheet == name)


def _reduce_type(made: Any) -> Any:
    return (_again, (made.made_from, made.sheet)) if "made_from" in vars(made) else made.__qualname__


def _reduce_choice(made: Any) -> Any:
    return (choice_of, (tuple(each.value for each in made),)) if len(made) else made.__qualname__


copyreg.pickle(_RecordMeta, _reduce_type)
copyreg.pickle(_ChoiceMeta, _reduce_choice)
