"""From a part's Jinja source to code: parsed, audited for what templates may not do, given its printers, compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from types import CodeType
from typing import Final, TypeVar, cast

from jinja2 import TemplateSyntaxError, nodes
from jinja2.lexer import describe_token
from jinja2.parser import Parser
from jinja2.visitor import NodeTransformer

from docgen.template import levels
from docgen.template.faults import BadSyntax, Forbidden, TagFault, UnknownFilter, UnknownLevel
from docgen.template.sandbox import ENVIRONMENT, Sandbox
from docgen.template.slots import Place, Slot
from docgen.template.translation import detail_of
from docgen.template.work import STEP

_FORBIDDEN: Final[dict[type[nodes.Node], str]] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "from … import",
    nodes.Extends: "extends",
    nodes.Block: "block",
    nodes.FilterBlock: "filter",
    nodes.ScopedEvalContextModifier: "autoescape",
}
_WRAPPED: Final = frozenset({"paragraph", "run"})
_FRAMES: Final = {  # what has to stand before and behind a statement so that it can be parsed alone
    "for": ("", "endfor"), "if": ("", "endif"), "macro": ("", "endmacro"), "call": ("", "endcall"),
    "with": ("", "endwith"), "filter": ("", "endfilter"), "block": ("", "endblock"),
    "autoescape": ("", "endautoescape"), "elif": ("if a", "endif"), "else": ("if a", "endif"),
    "endfor": ("for a in b", ""), "endif": ("if a", ""), "endmacro": ("macro a()", ""), "endcall": ("call a()", ""),
    "endwith": ("with", ""), "endset": ("set a", ""), "endfilter": ("filter upper", ""), "endblock": ("block a", ""),
    "endautoescape": ("autoescape true", ""),
}  # fmt: skip
T = TypeVar("T")

_CALL: Final = 80  # steps that calling a macro, or a loop within itself, takes besides those of its body
_DEEP: Final = 20  # loops and conditions one within another, from which on they are what is too deep


class Broken(Exception):
    """The source could not be compiled. `faults` say why."""

    def __init__(self, faults: list[TagFault]) -> None:
        super().__init__()
        self.faults = faults


def parse(source: str, order: list[Slot], environment: Sandbox) -> nodes.Template:
    """Parse and audit a part's source.

    Raises:
        Broken: if a tag is wrong or asks for what is forbidden.
    """
    return _audited(_parsed(source, order), order, environment)


def parse_expression(source: str, order: list[Slot], environment: Sandbox, name: str) -> nodes.Template:
    """Parse and audit an expression; return a tree that sets `name` to its value. Raises Broken, as `parse`."""
    try:
        parser = Parser(environment, source, state="variable")
        expression = parser.parse_expression()
        if not parser.stream.eos:
            parser.fail(f"unexpected '{describe_token(parser.stream.current)}'")
    except TemplateSyntaxError as error:
        raise Broken([_fault(error, order[0].place)]) from None
    except (RecursionError, MemoryError, ValueError) as error:
        raise Broken([_too_much(error, order)]) from None
    made = nodes.Assign(nodes.Name(name, "store"), expression)
    tree = nodes.Template([made], lineno=1)
    tree.set_environment(environment).set_lineno(1)
    return _audited(tree, order, environment)


def _audited(tree: nodes.Template, order: list[Slot], environment: Sandbox) -> nodes.Template:
    faults = list(_audit(tree, order, environment))
    if faults:
        raise Broken(faults)
    return tree


def build(tree: nodes.Template, order: list[Slot], environment: Sandbox) -> CodeType:
    """Give every output its printer, every loop and macro its price, and compile.

    A choice without an else (`{{ 甲 if 乙 }}`) has written that it may print nothing.

    Raises what the compilers raise: call it under `guarded`.
    """
    tree = cast("nodes.Template", _Meant().visit(tree))
    for node in list(tree.find_all(_GIVEN)):
        match node:
            case nodes.Output():
                node.nodes = [_printed(child, order) for child in node.nodes]
            case nodes.For(recursive=False):
                node.iter = _call("%each", node.iter, _price(node))
            case nodes.For() | nodes.Macro() | nodes.CallBlock():
                node.body.insert(0, nodes.ExprStmt(_call("%step", _price(node)), lineno=node.lineno))
            case nodes.Concat():
                node.nodes = [_call("%part", child) for child in node.nodes]
            case nodes.Pair():  # of a group of fields that a template makes: a key is looked through
                node.key = _call("%weighed", node.key)
            case nodes.CondExpr():
                node.expr2 = node.expr2 or nodes.Const("", lineno=node.lineno)
    return environment.compile(tree)


_GIVEN: Final = (
    nodes.Output, nodes.For, nodes.Macro, nodes.CallBlock, nodes.Concat, nodes.Pair, nodes.CondExpr,
)  # fmt: skip
"""The nodes to which something is given."""


def _price(node: nodes.For | nodes.Macro | nodes.CallBlock) -> nodes.Const:
    """Return what a round of a loop, or a call of a macro, costs: its steps, but those of what is paid by itself."""
    called = not isinstance(node, nodes.For) or node.recursive
    steps, waiting = _CALL if called else 1, list(node.iter_child_nodes(exclude=("iter", "else_")))
    while waiting:
        each = waiting.pop()
        apart = ("body",) if isinstance(each, nodes.For | nodes.Macro | nodes.CallBlock) else None
        waiting += each.iter_child_nodes(exclude=apart)
        steps += 1
    return nodes.Const(steps * STEP, lineno=node.lineno)


class _Meant(NodeTransformer):
    """Puts filters where a template means more than Jinja reads: counted headings, comparisons that a gap answers.

    What is compared, and what is cut out of a text or a list, is paid for.
    """

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802  Jinja finds it by the node's name
        """Replace a heading's number by the call that counts it."""
        return self._counted(node)

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:  # noqa: N802
        """Replace a heading's number by the call that counts it; let what is cut out be paid for."""
        made = self._counted(node)
        return _call("%cut", made) if isinstance(node.arg, nodes.Slice) else made

    def _counted(self, node: nodes.Node) -> nodes.Node:
        level = level_of(node)
        if level is None:
            return self.generic_visit(node)
        return _call("%level", nodes.Const(level, lineno=node.lineno))

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:  # noqa: N802
        """Replace a comparison that a gap has to answer: `x == none` is `x is none`, a gap is `in` nothing."""
        self.generic_visit(node)
        if len(node.ops) > 1:
            return _weighing(node)
        operator, right = node.ops[0].op, node.ops[0].expr
        if operator in {"in", "notin"}:
            found: nodes.Expr = _call("%in", node.expr, right)
        elif operator in {"eq", "ne"} and isinstance(right, nodes.Const) and right.value is None:
            found = nodes.Test(node.expr, "none", [], [], None, None, lineno=node.lineno)
        elif isinstance(node.expr, nodes.Const) or isinstance(right, nodes.Const):
            return node
        else:
            return _weighing(node)
        return nodes.Not(found, lineno=node.lineno) if operator in {"ne", "notin"} else found


def _weighing(node: nodes.Compare) -> nodes.Compare:
    """Let what is compared be paid for where it may be long."""
    node.expr = _call("%weighed", node.expr)
    for each in node.ops:
        each.expr = _call("%weighed", each.expr)
    return node


def slot_at(line: int | None, order: list[Slot]) -> Slot | None:
    """Return the slot whose body begins on that line of the source."""
    if not order or line is None:
        return None
    return order[min(max(line - 2, 0), len(order) - 1)]


def _parsed(source: str, order: list[Slot]) -> nodes.Template:
    try:
        return ENVIRONMENT.parse(source)
    except TemplateSyntaxError as error:
        raise Broken(alone(order) or [_fault(error, _place(error.lineno, order))]) from None
    except (RecursionError, MemoryError, ValueError) as error:
        raise Broken(alone(order) or [_too_much(error, order)]) from None


def guarded(compiled: Callable[[], T], order: list[Slot]) -> T:
    """Return what `compiled` makes.

    Raises:
        Broken: if the code is beyond what Jinja or Python takes.
    """
    try:
        return compiled()
    except TemplateSyntaxError as error:
        raise Broken([_fault(error, _place(error.lineno, order))]) from None
    except (SyntaxError, RecursionError, MemoryError, ValueError, OverflowError, AssertionError) as error:
        raise Broken([_too_much(error, order)]) from None


def _too_much(error: BaseException, order: list[Slot]) -> TagFault:
    detail = "嵌套太深" if not isinstance(error, ValueError) else "数字太长"
    return _deepest(order).place.fault(BadSyntax, detail=detail)


def _deepest(order: list[Slot]) -> Slot:
    """Return the tag that stands within most others; the longest one where few do."""
    depth, depths = 0, []
    for slot in order:
        word = slot.body.split(maxsplit=1)[:1]
        depth += (slot.opener == "{%") * (word in (["for"], ["if"]))
        depths.append(depth)
        depth -= (slot.opener == "{%") * (word in (["endfor"], ["endif"]))
    if max(depths) > _DEEP:
        return order[depths.index(max(depths))]
    return max(order, key=lambda each: len(each.body))


def _place(line: int, order: list[Slot]) -> Place:
    slot = slot_at(line, order)
    return slot.place if slot else Place("", "", 0, "", "")


def alone(order: list[Slot]) -> list[TagFault]:
    """Parse every tag by itself, to find all that are wrong and not only the first."""
    return [fault for slot in order for fault in _one_alone(slot)]


def _one_alone(slot: Slot) -> list[TagFault]:
    before, after = _FRAMES.get(slot.keyword, ("", ""))
    if slot.keyword == "set" and "=" not in slot.body:
        after = "endset"
    source = "".join(f"\x01%{each}%\x02" if each else "" for each in (before, "\0", after))
    try:
        ENVIRONMENT.parse(source.replace("\x01%\0%\x02", slot.jinja))
    except TemplateSyntaxError as error:
        return [_fault(error, slot.place)]
    except (RecursionError, MemoryError, ValueError) as error:
        return [_too_much(error, [slot])]
    return []


def _fault(error: TemplateSyntaxError, place: Place) -> TagFault:
    return place.fault(BadSyntax, detail=detail_of(error.message or "", place.tag))


def _audit(tree: nodes.Template, order: list[Slot], environment: Sandbox) -> Iterator[TagFault]:
    audited: Iterable[nodes.Node] = tree.find_all(
        (*_FORBIDDEN, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.AssignBlock)
    )
    for node in audited:
        place = _place(node.lineno, order)
        if asked := _forbidden(node):
            yield place.fault(Forbidden, asked=asked)
        elif unknown := _unknown(node, environment):
            yield place.fault(UnknownFilter, asked=unknown[0], nearest=unknown[1])
    yield from _levels(tree, order)


def _levels(tree: nodes.Template, order: list[Slot]) -> Iterator[TagFault]:
    """Yield a fault for every use of the heading counters but `{{ 层次.一 }}` and the like."""
    sound: set[int] = set()
    for node in tree.find_all((nodes.Getattr, nodes.Getitem)):
        level = level_of(node)
        if level is not None:
            sound.add(id(cast("nodes.Getattr", node).node))
            if level not in levels.KNOWN:
                yield _no_level(node, f"{levels.NAME}.{level}", order)
    for name in tree.find_all(nodes.Name):
        if name.name == levels.NAME and id(name) not in sound:
            yield _no_level(name, levels.NAME, order)


def _no_level(node: nodes.Node, asked: str, order: list[Slot]) -> TagFault:
    known = tuple(f"{levels.NAME}.{each}" for each in levels.KNOWN)
    return _place(node.lineno, order).fault(UnknownLevel, asked=asked, known=known)


def level_of(node: nodes.Node) -> str | None:
    """Return the level that a node asks the heading counters for, or None if it asks for none."""
    match node:
        case nodes.Getattr(node=nodes.Name(name=levels.NAME), attr=level):
            return str(level)
        case nodes.Getitem(node=nodes.Name(name=levels.NAME), arg=nodes.Const(value=str() as level)):
            return level
    return None


def _forbidden(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name if node.name == "self" else ""
    if isinstance(node, nodes.Getattr):
        return node.attr if node.attr.startswith("_") else ""
    if isinstance(node, nodes.Getitem):
        name = node.arg.value if isinstance(node.arg, nodes.Const) else ""
        return name if isinstance(name, str) and name.startswith("__") else ""
    if isinstance(node, nodes.AssignBlock):
        return "set … |" if node.filter else ""
    return _FORBIDDEN.get(type(node), "")


def _unknown(node: nodes.Node, environment: Sandbox) -> tuple[str, str] | None:
    """Return the name of a filter or test that does not exist, and the nearest that does."""
    if not isinstance(node, nodes.Filter | nodes.Test):
        return None
    known = environment.filters if isinstance(node, nodes.Filter) else environment.tests
    if node.name in known:
        return None
    return node.name, next(iter(get_close_matches(node.name, list(known), 1)), "")


def _printed(child: nodes.Expr, order: list[Slot]) -> nodes.Expr:
    slot = slot_at(child.lineno, order)
    if isinstance(child, nodes.TemplateData) or slot is None:
        return child
    written = [slot.before, slot.after] if slot.printer in _WRAPPED else []
    wraps = [nodes.Const(each, lineno=child.lineno) for each in written]
    return _call(f"%{slot.printer}", child, *wraps)


def _call(name: str, child: nodes.Node, *values: nodes.Expr) -> nodes.Expr:
    return nodes.Filter(cast("nodes.Expr", child), name, list(values), [], None, None, lineno=child.lineno)
