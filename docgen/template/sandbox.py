"""The Jinja environment templates run in: no code, no silent blanks.

Tags are delimited by control characters that no document can hold, so that nothing in a text is taken for a tag.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from types import CodeType
from typing import Any, Final, cast

from jinja2 import StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.filters import FILTERS as DEFAULT_FILTERS
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import (
    ImmutableSandboxedEnvironment,
    SandboxedEscapeFormatter,
    SandboxedFormatter,
)
from jinja2.utils import Namespace, missing
from markupsafe import Markup

from docgen.template import filters, levels, methods, printers
from docgen.template.gaps import Gap, is_gap
from docgen.template.rendering import spend
from docgen.template.work import concat, operands, pay_for_widths, piece, reading, weighed
from docgen.template.work import made as work_made


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
    class with `__labels__`: a collection, also a property, of the names its `__getattr__` knows, or a dict of what it
    gives. That is to raise AttributeError for any other name.
    """

    code_generator_class: type[CodeGenerator] = _Generator
    context_class: type[Context] = _Names
    intercepted_binops = frozenset({"+", "*", "/", "//", "**", "%"})
    concat = staticmethod(concat)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look a name up."""
        kind = type(obj)
        if kind is dict:
            if attribute in obj:
                return obj[attribute]
        elif (found := _looked_up(kind, obj, attribute)) is not missing:
            return found
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Look an item up, or a name written as an item."""
        if isinstance(argument, str) and (found := _looked_up(type(obj), obj, argument)) is not missing:
            return found
        return super().getitem(obj, weighed(argument))

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function or a method: one of a text, a list and the like under `methods`."""
        owner = getattr(obj, "__self__", None)
        if owner is not None and isinstance(owner, methods.PLAIN):
            named = {name: value for name, value in kwargs.items() if name not in _JINJA_S}
            return methods.called(owner, obj, args, named)
        if isinstance(owner, type) and issubclass(owner, methods.PLAIN):  # `{}.fromkeys` and the like
            raise SecurityError(obj.__name__)
        if isinstance(owner, LoopContext) or obj is dict or obj is Namespace:  # `loop.changed` compares
            for each in args:
                weighed(each)
        return super().call(context, obj, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Compute `+`, `*`, `/`, `//`, `**` and `%`, whose result is paid for."""
        return self.binop_table[operator](*operands(operator, left, right))

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return what `"…".format` does here: what it makes is paid for, missing values are refused."""
        return partial(self._formatted, value) if super().wrap_str_format(value) else None

    def _formatted(self, method: Any, *values: Any, **named: Any) -> str:
        pattern = method.__self__
        spend(reading(pattern))
        if method.__name__ == "format_map":
            (named,), values = values, ()
        if isinstance(pattern, Markup):
            return Markup(_MarkupFormatter(self, escape=Markup.escape).vformat(pattern, values, named))  # noqa: S704
        return _Formatter(self).vformat(str(pattern), values, named)


_JINJA_S: Final = frozenset({"_block_vars", "_loop_vars"})  # what it hands to functions called in loops


class _Formatter(SandboxedFormatter):
    """Fills the patterns of `"…".format(…)`."""

    def convert_field(self, value: Any, conversion: Any) -> Any:
        """Convert a value that has words."""
        return super().convert_field(piece(value), conversion)

    def format_field(self, value: Any, format_spec: str) -> Any:
        """Write a value, after paying for its width."""
        pay_for_widths(format_spec)
        return work_made(super().format_field(piece(value), format_spec))


class _MarkupFormatter(_Formatter, SandboxedEscapeFormatter):
    """Fills those of texts that are markup, whose values are escaped."""


def _looked_up(kind: type, obj: Any, name: str) -> Any:
    """Return what a gap, a value with `__labels__` or a mapping has by a name, else `missing`."""
    if hasattr(kind, "__labels__"):
        labels = obj.__labels__
        if name not in labels:
            return missing
        return labels[name] if type(labels) is dict else getattr(obj, name)
    if kind is Gap:
        return obj
    return obj.get(name, missing) if issubclass(kind, Mapping) else missing


def _piece(value: Any) -> Any:
    """Let a piece of a joined text pass."""
    return str(value) if is_gap(value) else piece(value)


def _step(units: int) -> str:
    """Take a step that costs so many units, as a macro does when it is called; it prints nothing."""
    spend(units)
    return ""


def within(value: Any, holder: Any) -> bool:
    """Whether a value is in a list or a text, which is gone through; a gap is in none."""
    if is_gap(value):
        return False
    weighed(value)
    if isinstance(holder, str):
        spend(len(holder) >> 4)
    elif not isinstance(holder, Mapping):
        weighed(holder)
    return value in holder


def _weighing(test: Callable[..., Any]) -> Callable[..., Any]:
    """Let a test pay for the values that it compares or looks through."""

    def weighing(*values: Any) -> Any:
        for each in values:
            spend(reading(weighed(each)) if isinstance(each, str) else 0)
        return test(*values)

    return weighing


def _divisible(value: int, num: int) -> bool:
    """Whether a number divides another."""
    left, right = operands("%", value, num)
    return bool(left % right == 0)


_LOOKING: Final = (
    "lower", "upper", "eq", "equalto", "==", "ne", "!=", "gt", "greaterthan", ">", "ge", ">=", "lt",
    "lessthan", "<", "le", "<=",
)  # fmt: skip


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
    made.tests.update({name: _weighing(cast("Callable[..., Any]", made.tests[name])) for name in _LOOKING})
    made.tests["divisibleby"] = _divisible
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
    "%cut": work_made,
    "%in": within,
    "%step": _step,
    "%weighed": weighed,
    "%level": levels.number,
}

ENVIRONMENT: Final = _environment()


def load(code: CodeType, environment: Sandbox) -> Template:
    """Make a Jinja template of compiled code."""
    return Template.from_code(environment, code, environment.make_globals(None))


def names(program: Template, values: Mapping[str, object]) -> Context:
    """Return the context of one rendering of a program with those values."""
    return _Names(program.environment, cast("dict[str, Any]", values), None, {})
