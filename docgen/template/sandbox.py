"""The Jinja environment templates run in: no code, no silent blanks.

Tags are delimited by control characters that no document can hold, so that nothing in a text is taken for a tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from types import CodeType
from typing import Any, Final, cast

from jinja2 import StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import UndefinedError
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from docgen.template import filters, levels, printers
from docgen.template.faults import MissingValue, Refusal
from docgen.template.gaps import Gap, is_gap

_MOST_BITS: Final = 4096  # of a product
_NUMBER: Final = re.compile(r"[0-9]+\.[0-9]+")
_BIGGEST: Final = 10**15  # base and 64 exponent that `**` may take


class UnknownName(UndefinedError):
    """A name that is not there was used. `holder` is what it was looked up on (`missing`: the context).

    `name` is empty for an item that is not there: the first of an empty list, the one before the first.
    """

    def __init__(self, message: str | None, holder: Any, name: str) -> None:
        super().__init__(message)
        self.holder = holder
        self.name = name


class Unknown(StrictUndefined):
    """What an unknown name yields: a fault as soon as it is used, unless asked `is defined`."""

    __slots__ = ()

    def __init__(
        self, hint: str | None = None, obj: Any = missing, name: str | None = None, exc: Any = UndefinedError
    ) -> None:
        if exc is UndefinedError:
            exc = _raiser(obj, "" if name is None else str(name))
        super().__init__(hint, obj, name, exc)


def _raiser(holder: Any, name: str) -> Callable[[str], UnknownName]:
    return lambda message: UnknownName(message, holder, name)


class _Generator(CodeGenerator):
    """Writes the code of a template whose values are escaped by printers, each according to its place."""

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        if isinstance(node, nodes.TemplateData):
            return super()._output_child_to_const(node, frame, finalize)
        raise nodes.Impossible

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write("(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ARG002
        self.write(")")


class _Names(Context):
    """The names a template sees: what it has set, the values given, Jinja's functions. Values are not looked at before.

    `parent` may be any mapping, one that computes its values too.
    """

    def resolve_or_missing(self, key: str) -> Any:
        """Look a name up."""
        found = self.vars.get(key, missing)
        if found is missing:
            found = self.parent.get(key, missing)
        return self.environment.globals.get(key, missing) if found is missing else found


class Sandbox(ImmutableSandboxedEnvironment):
    """The environment itself. Keys of a mapping come before its methods: `{{ d.items }}` is the key `items`.

    A text that has fields, so that `{{ 项.审批单位 }}` and `{{ 项.审批单位.联系电话 }}` can both be written, is of a
    class with `__labels__`: a collection, also a property, of the names its `__getattr__` knows. That is to raise
    AttributeError for any other name.
    """

    code_generator_class: type[CodeGenerator] = _Generator
    context_class: type[Context] = _Names
    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look a name up."""
        kind = type(obj)
        if kind is dict:
            if attribute in obj:
                return obj[attribute]
        elif (found := _looked_up(kind, obj, attribute)) is not missing:
            return found
        if isinstance(obj, str) and attribute in _MEASURED:
            return partial(_MEASURED[attribute], obj)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Look an item up, or a name written as an item."""
        if isinstance(argument, str) and (found := _looked_up(type(obj), obj, argument)) is not missing:
            return found
        return super().getitem(obj, argument)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute `+`, `*`, `**` and `%`, refusing results without measure and missing values."""
        _GUARDS[operator](left, right)
        return super().call_binop(context, operator, left, right)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Refuse missing values in `"…".format(…)`."""
        wrapped = super().wrap_str_format(value)
        return wrapped and _filled(wrapped, str(getattr(value, "__self__", "")))


def _looked_up(kind: type, obj: Any, name: str) -> Any:
    """Return what a gap, a value with `__labels__` or a mapping has by a name, else `missing`."""
    if hasattr(kind, "__labels__"):
        return getattr(obj, name) if name in obj.__labels__ else missing
    if kind is Gap:
        return obj
    return obj.get(name, missing) if issubclass(kind, Mapping) else missing


def _filled(wrapped: Callable[..., str], pattern: str) -> Callable[..., str]:
    def checked(*values: Any, **named: Any) -> str:
        if None in values or None in named.values():
            raise Refusal(MissingValue)
        filters.measured(pattern)
        return wrapped(*values, **named)

    return checked


def _guard_plus(left: Any, right: Any) -> None:
    if isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
        filters.refuse_long(len(left) + len(right))


_MEASURED: Final[Mapping[str, Callable[..., str]]] = {
    "replace": filters.replace,
    "join": lambda words, items: str(words).join(filters.pieces(items, str(words))),
    "center": filters.center,
    "ljust": lambda words, width, *fill: str(words).ljust(filters.within_measure(width), *fill),
    "rjust": lambda words, width, *fill: str(words).rjust(filters.within_measure(width), *fill),
    "zfill": lambda words, width: str(words).zfill(filters.within_measure(width)),
    "expandtabs": lambda words, width=8: str(words).expandtabs(filters.within_measure(width)),
}
"""Methods of texts that could make one without measure."""


def _guard_times(left: Any, right: Any) -> None:
    if (
        isinstance(left, int)
        and isinstance(right, int)
        and left.bit_length() + right.bit_length() > _MOST_BITS
    ):
        raise OverflowError("too big")
    for many, times in ((left, right), (right, left)):
        if isinstance(many, str) and _NUMBER.fullmatch(many) and isinstance(times, int):
            raise TypeError(
                "unsupported operand type(s) for *: an amount is a text here"
            )  # 6.8 * 2 is not 6.86.8
        if isinstance(many, str | list | tuple) and isinstance(times, int):
            filters.refuse_long(len(many) * times)


def _piece(value: Any) -> Any:
    """Let a piece of a joined text pass."""
    if isinstance(value, str):
        filters.refuse_long(len(value) * 2)
    return str(value) if is_gap(value) else filters.present(value)


def within(value: Any, holder: Any) -> bool:
    """Whether a value is in a list or a text; a gap is in none."""
    return not is_gap(value) and value in holder


def _guard_power(left: Any, right: Any) -> None:
    if (
        isinstance(left, int | float)
        and isinstance(right, int | float)
        and (abs(left) > _BIGGEST or abs(right) > 64)
    ):
        raise OverflowError("too big")


def _guard_format(left: Any, right: Any) -> None:
    values = right if isinstance(right, tuple) else (right,)
    if isinstance(left, str):
        filters.measured(left)
        if None in values:
            raise Refusal(MissingValue)


_GUARDS: Final[Mapping[str, Callable[[Any, Any], None]]] = {
    "+": _guard_plus,
    "*": _guard_times,
    "**": _guard_power,
    "%": _guard_format,
}


def _environment(*, autoescape: bool = True) -> Sandbox:
    made = Sandbox(
        block_start_string="\x01%",
        block_end_string="%\x02",
        variable_start_string="\x01{",
        variable_end_string="}\x02",
        comment_start_string="\x01#",
        comment_end_string="#\x02",
        autoescape=autoescape,
        undefined=Unknown,
        optimized=False,
        keep_trailing_newline=True,
        cache_size=0,
    )
    return _furnished(made)


def _furnished(made: Sandbox) -> Sandbox:
    """Leave only safe filters and functions, and add the printers under names no template can write."""
    made.filters = {**filters.FILTERS, **_INTERNAL}
    made.tests["in"] = within
    made.tests["none"] = lambda value: value is None or is_gap(value)
    made.globals.pop("lipsum", None)
    return made


def with_filters(own: Mapping[str, Callable[..., Any]]) -> Sandbox:
    """Return the environment with filters of the caller's added; those that are Jinja's own are passed over."""
    added = {
        name: filters.own(function)
        for name, function in own.items()
        if DEFAULT_FILTERS.get(name) is not function
    }
    if not added:
        return ENVIRONMENT
    made = _environment()
    made.filters.update(added)
    return made


@cache
def for_text() -> Sandbox:
    """Return the environment of plain text, in which nothing is taken for ready-made OOXML."""
    return _environment(autoescape=False)


_INTERNAL: Final[Mapping[str, Callable[..., Any]]] = {
    "%text": printers.text,
    "%plain": printers.plain,
    "%attribute": printers.attribute,
    "%paragraph": printers.paragraph,
    "%run": printers.run,
    "%element": printers.element,
    "%line": printers.line,
    "%each": filters.each,
    "%part": _piece,
    "%in": within,
    "%level": levels.number,
}

ENVIRONMENT: Final = _environment()


def load(code: CodeType, environment: Sandbox) -> Template:
    """Make a Jinja template of compiled code."""
    return Template.from_code(environment, code, environment.make_globals(None))


def names(program: Template, values: Mapping[str, object]) -> Context:
    """Return the context of one rendering of a program with those values."""
    return _Names(program.environment, cast("dict[str, Any]", values), None, {})
