"""A compiled Jinja program, and the way from its errors back to places."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from types import TracebackType
from typing import Any, Final, cast

from jinja2 import Template as Program
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.utils import missing
from lxml import etree

from docgen.dataclass import dataclass
from docgen.template import syntax
from docgen.template.faults import (
    BrokenBlock,
    CannotCompute,
    Forbidden,
    MisplacedBlock,
    MissingValue,
    Refusal,
    TagFault,
    UnknownField,
)
from docgen.template.fields import Use, closest
from docgen.template.rendering import spend
from docgen.template.sandbox import Sandbox, UnknownName, load, names
from docgen.template.slots import Place, Slot
from docgen.template.walk import uses_of

_DETAILS: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (ZeroDivisionError, "除数是零"),
    (RecursionError, "自己调用自己，没有尽头"),
    (OverflowError, "结果太大"),
    (MemoryError, "结果太大"),
    (TypeError, "值的类型不对"),
    (ValueError, "值不对"),
)
_AT_ONCE: Final = 4096  # pieces that are paid for at a time
_REASONS: Final = (
    ("unsupported operand", "文字和数字不能放在一起算，各行相加可用“合计”"),
    ("can only concatenate", "文字和数字不能直接相加，连接文字用 ~"),
    ("not supported between", "文字和数字不能比大小"),
    ("not iterable", "不是清单"),
    ("not callable", "不能加括号使用"),
    ("argument", "括号里写的多了、少了或不认识"),
    ("could not convert", "文字不是数字"),
    ("invalid literal", "文字不是数字"),
)
"""By words of Python, the first that are found."""


@dataclass(frozen=True, slots=True)
class Code:
    """A program, its slots in order, the fields it uses."""

    program: Program
    order: tuple[Slot, ...]
    uses: tuple[Use, ...]

    def written(self, context: Mapping[str, object]) -> str:
        """Return what the program writes for a context; its errors come as they are."""
        pieces = cast("Generator[str]", self.program.root_render_func(names(self.program, context)))
        gathered: list[str] = []
        while some := list(islice(pieces, _AT_ONCE)):
            gathered += some
            try:
                spend(sum(map(len, some)))
            except Refusal as refusal:
                pieces.throw(refusal)  # where the program stands, so that the place is known
        return "".join(gathered)

    def values(self, context: Mapping[str, object]) -> Context:
        """Run the program and return the names it has set; its errors come as they are."""
        known = names(self.program, context)
        for _ in self.program.root_render_func(known):
            pass
        return known

    def fault(self, error: Exception, context: Mapping[str, object]) -> TagFault:
        """Return the fault, with its place, of an error that came up for a context."""
        slot = syntax.slot_at(_line(error.__traceback__), list(self.order)) or self._somewhere()
        match error:
            case Refusal():
                return self._refused(error, slot)
            case UnknownName(name=""):
                return slot.place.fault(CannotCompute, detail="清单是空的，或者没有前一项、后一项")
            case UnknownName():
                return self._unknown(error, slot, context)
            case SecurityError():
                return slot.place.fault(Forbidden, asked=slot.body)
            case etree.XMLSyntaxError():
                return slot.place.fault(BrokenBlock, field=self._field(slot), detail=str(error.msg))
        return slot.place.fault(CannotCompute, detail=_detail(error))

    def _somewhere(self) -> Slot:
        if len(self.order) == 1:
            return self.order[0]
        place = (
            replace(self.order[0].place, paragraph=0, words="", tag="")
            if self.order
            else Place("", "", 0, "", "")
        )
        return Slot(place, "", "")

    def _refused(self, refusal: Refusal, slot: Slot) -> TagFault:
        field, values = self._field(slot), dict(refusal.values)
        if refusal.kind is MisplacedBlock:
            values["form"] = f"{{{{{values.pop('level')} {field} }}}}"
        return slot.place.fault(refusal.kind, field=field, **values)

    def _unknown(self, error: UnknownName, slot: Slot, context: Mapping[str, object]) -> TagFault:
        first = 0 if error.holder is missing else 1
        before = next(
            (
                path[: path.index(error.name, first)]
                for path in self._paths(slot)
                if error.name in path[first:]
            ),
            (),
        )
        if error.holder is None:
            return slot.place.fault(MissingValue, field=".".join(before) or error.name)
        known = context if error.holder is missing else error.holder
        like = closest(error.name, _names(known))
        return slot.place.fault(
            UnknownField,
            field=".".join((*before, error.name)),
            nearest=".".join((*before, like)) if like else "",
        )

    def _paths(self, slot: Slot) -> Iterator[tuple[str, ...]]:
        return (use.written for use in self.uses if use.place is slot.place)

    def _field(self, slot: Slot) -> str:
        paths = list(self._paths(slot))
        return ".".join(paths[0]) if len(paths) == 1 else slot.body


def compiled(source: str, order: list[Slot], environment: Sandbox) -> Code:
    """Return the code of a Jinja source.

    Raises:
        syntax.Broken: if a tag is wrong, or the source beyond what Jinja or Python takes.
    """
    return syntax.guarded(lambda: _built(syntax.parse(source, order, environment), order, environment), order)


def compiled_expression(source: str, order: list[Slot], environment: Sandbox, name: str) -> Code:
    """Return the code that sets `name` to the value of an expression.

    Raises:
        syntax.Broken: as `compiled`.
    """
    return syntax.guarded(
        lambda: _built(syntax.parse_expression(source, order, environment, name), order, environment), order
    )


def _built(tree: nodes.Template, order: list[Slot], environment: Sandbox) -> Code:
    uses = uses_of(tree, order)
    return Code(load(syntax.build(tree, order, environment), environment), tuple(order), uses)


def _line(traceback: TracebackType | None) -> int | None:
    """Return the line of the Jinja source where an error came up."""
    line: int | None = None
    while traceback is not None:
        program = traceback.tb_frame.f_globals.get("__jinja_template__")
        if program is not None:
            line = program.get_corresponding_lineno(traceback.tb_lineno)
        traceback = traceback.tb_next
    return line


def _names(holder: Any) -> list[str]:
    if isinstance(holder, Mapping) or hasattr(type(holder), "__labels__"):
        known = holder if isinstance(holder, Mapping) else holder.__labels__
        return [name for name in known if isinstance(name, str)]
    if isinstance(holder, str):
        return []
    return [name for name in dir(holder) if not name.startswith("_")]


def _detail(error: Exception) -> str:
    """Say what went wrong without the words of Python, which are English."""
    said = str(error)
    if "\u4e00" <= said[:1] <= "\u9fff":  # what docgen's own functions say is Chinese
        return said
    known = next((words for kind, words in _DETAILS if isinstance(error, kind)), "出错")
    why = next((words for said, words in _REASONS if said in str(error)), "")
    return f"{known}：{why}" if why else known
