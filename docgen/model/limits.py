"""What a field's annotation may ask of its value beyond its type, and the check that pydantic-core makes of it.

    name: Annotated[str, MaxLen(80), Column("项目名称", "与立项文件一致")]

pydantic-core does the checking. pydantic, which would read the annotations too, takes a third of the time of a short
command to do it; what records need of it stands here.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final, Union, get_args, get_origin

from pydantic_core import CoreSchema, core_schema


class Limit:
    """What is asked of a value, as a row of pydantic-core's schema of its type."""

    __slots__ = ("name", "value")

    def __init__(self, name: str, value: Any) -> None:
        self.name, self.value = name, value


def Ge(least: int) -> Limit:  # noqa: N802  # it stands in annotations, beside types
    """Return the limit of a number that is not smaller than another."""
    return Limit("ge", least)


def Le(most: int) -> Limit:  # noqa: N802
    """Return the limit of a number that is not greater than another."""
    return Limit("le", most)


def MaxLen(most: int) -> Limit:  # noqa: N802
    """Return the limit of a text that is not longer than so many characters."""
    return Limit("max_length", most)


def Matches(pattern: str) -> Limit:  # noqa: N802
    """Return the limit of a text in which a pattern is found."""
    return Limit("pattern", pattern)


class Tidied:
    """Says that a text is put right before it is checked; what puts it right may refuse it (PydanticCustomError)."""

    __slots__ = ("how",)

    def __init__(self, how: Callable[[Any], Any]) -> None:
        self.how = how


_OWN: Final = __name__.partition(".")[0] + "."
"""How the modules begin whose classes say something of a field in its annotation."""
_PLAIN: Final[dict[Any, Callable[[], Any]]] = {
    str: core_schema.str_schema,
    int: core_schema.int_schema,
    bool: core_schema.bool_schema,
    date: core_schema.date_schema,
    Decimal: core_schema.decimal_schema,
}


def check_of(said: Any) -> CoreSchema:
    """Return the schema of what an annotation says: a type, `None` beside it, a tuple of it, with limits."""
    origin, args = get_origin(said), get_args(said)
    if origin is Annotated:
        return _limited(check_of(args[0]), args[1:])
    if origin in (Union, types.UnionType):
        return core_schema.nullable_schema(check_of(next(each for each in args if each is not type(None))))
    if origin is tuple:
        return core_schema.tuple_schema([check_of(args[0])], variadic_item_index=0)
    if said in _PLAIN:
        made: CoreSchema = _PLAIN[said]()
        return made
    if issubclass(said, StrEnum):
        return core_schema.enum_schema(said, list(said), sub_type="str")
    return core_schema.is_instance_schema(said)


def _limited(schema: Any, asked: tuple[Any, ...]) -> CoreSchema:
    """Return a schema with limits; those of a blank or tidied value are those of the value itself.

    Raises:
        TypeError: something is asked that another library would check and this one does not, as annotated_types.Ge.
    """
    for each in asked:
        if isinstance(each, Tidied):
            schema = core_schema.no_info_before_validator_function(each.how, schema)
        elif isinstance(each, Limit):
            at = schema
            while at["type"] in ("nullable", "function-before"):
                at = at["schema"]
            at[each.name] = each.value
        elif not type(each).__module__.startswith(_OWN):
            raise TypeError(f"{each!r} asks nothing of a value: the limits of a field stand in {__name__}")
    checked: CoreSchema = schema
    return checked
