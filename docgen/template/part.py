"""One part of a template, compiled: a Jinja program that writes the part's XML, and the way back to its places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Final

from jinja2 import Template as Program
from jinja2.exceptions import SecurityError
from jinja2.utils import missing
from lxml import etree

from docgen.errors import DocgenError
from docgen.template import blocks, rendering, slots, syntax
from docgen.template.attach import Attachments
from docgen.template.borrowed import BoundToDocxtpl
from docgen.template.faults import (
    BrokenBlock,
    CannotCompute,
    Forbidden,
    MisplacedBlock,
    MissingValue,
    TagFault,
    UnknownField,
)
from docgen.template.fields import Use, closest, uses_of
from docgen.template.ooxml import DRAWING, TBL, TC, Element, w
from docgen.template.place import Place
from docgen.template.refusal import Refusal
from docgen.template.revise import Needs, revise, with_own_ids
from docgen.template.sandbox import Sandbox, UnknownName, load, names
from docgen.template.slots import Slot
from docgen.template.totals import goes_stale
from docgen.template.weave import Weaver

_DETAILS: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (rendering.TooManyRounds, "循环次数太多"),
    (ZeroDivisionError, "除数是零"),
    (RecursionError, "自己调用自己，没有尽头"),
    (OverflowError, "结果太大"),
    (MemoryError, "结果太大"),
    (TypeError, "值的类型不对"),
    (ValueError, "值不对"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled part: member name, program, its slots in order, the fields it uses, what may need revision."""

    name: str
    program: Program
    order: tuple[Slot, ...]
    uses: tuple[Use, ...]
    needs: Needs
    stale: bool
    """Whether the part has fields that Word should update."""
    title: str
    """Its Chinese name for places."""

    def render(self, context: Mapping[str, object], gathered: Attachments) -> bytes:
        """Return the part's XML for a context; links and pictures are gathered.

        Raises:
            TagFault: if a value is unknown, missing or unfit, with its place.
            DocgenError: as raised by a mapping that computes its values.
            BoundToDocxtpl: if a value can be written by docxtpl only.
        """
        gathered.part, gathered.drawn = self.name, False
        try:
            xml = "".join(self.program.root_render_func(names(self.program, context)))
            if self.needs is not _NOTHING or "<?docgen" in xml:
                xml = revise(xml, self.needs, gathered.numbers)
            if gathered.drawn:
                xml = with_own_ids(xml, gathered.numbers)
            return xml.encode()
        except (BoundToDocxtpl, DocgenError):
            raise
        except Exception as error:
            raise self._fault(error, context) from error

    def _fault(self, error: Exception, context: Mapping[str, object]) -> TagFault:
        slot = syntax.slot_at(_line(error.__traceback__), list(self.order)) or self._somewhere()
        match error:
            case Refusal():
                return self._refused(error, slot)
            case UnknownName():
                return self._unknown(error, slot, context)
            case SecurityError():
                return slot.place.fault(Forbidden, asked=slot.body)
            case etree.XMLSyntaxError():
                return slot.place.fault(BrokenBlock, field=self._field(slot), detail=str(error.msg))
        return slot.place.fault(CannotCompute, detail=_detail(error))

    def _somewhere(self) -> Slot:
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


_NOTHING: Final = Needs()


def compile_part(
    name: str, root: Element, template: str, title: str, environment: Sandbox
) -> tuple[Part | None, list[TagFault]]:
    """Compile a part; `title` is its Chinese name for places.

    Returns the part, or None if it has no tags or is at fault, and the faults.
    """
    weaver = Weaver(root, template, title)
    weaver.weave()
    source, order = slots.jinja_source(root, weaver.slots)
    escaped = slots.has_escapes(root)
    if not weaver.slots and not escaped:
        return None, weaver.faults
    standing = slots.stacks(root)
    faults = [*weaver.faults, *_unbalanced(weaver.slots, order, standing)]
    if faults:
        return None, [*faults, *syntax.alone(order)]
    try:
        program, uses = _program(source, order, environment)
    except syntax.Broken as broken:
        return None, broken.faults
    stale = root.tag == w("document") and goes_stale(root)
    return Part(name, program, tuple(order), uses, _needs(root, weaver, order, standing), stale, title), []


def _program(source: str, order: list[Slot], environment: Sandbox) -> tuple[Program, tuple[Use, ...]]:
    def built() -> tuple[Program, tuple[Use, ...]]:
        tree = syntax.parse(source, order, environment)
        uses = uses_of(tree, order)
        return load(syntax.build(tree, order, environment), environment), uses

    return syntax.guarded(built, order)


def _unbalanced(
    made: list[Slot], order: list[Slot], standing: Mapping[int, tuple[str, ...]]
) -> list[TagFault]:
    numbers = {id(slot): index for index, slot in enumerate(made)}
    balance = blocks.Balance()
    for slot in order:
        balance.see(slot, standing.get(numbers[id(slot)], ()))
    return balance.finish()


def _needs(
    root: Element, weaver: Weaver, order: list[Slot], standing: Mapping[int, tuple[str, ...]]
) -> Needs:
    inner = {stack[-1] for stack in standing.values() if stack}
    loops = any(slot.keyword == "for" for slot in weaver.slots)
    needs = Needs(
        columns=weaver.columns or blocks.crosses(order, _cells(root, weaver.slots)),
        blocks=bool(inner & _BLOCK_HOLDERS),
        rows=TBL in inner,
        drawings=loops and next(root.iter(f"{{{DRAWING}}}docPr"), None) is not None,
    )
    return _NOTHING if needs == _NOTHING else needs


def _cells(root: Element, made: list[Slot]) -> dict[int, object]:
    return {id(made[index]): cell for index, cell in slots.cells(root).items() if index < len(made)}


_BLOCK_HOLDERS: Final = frozenset(
    {TC, *map(w, ("txbxContent", "footnote", "endnote", "hdr", "ftr"))},
)


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
    known = next((words for kind, words in _DETAILS if isinstance(error, kind)), "出错")
    return f"{known}：{error}" if str(error) else known
