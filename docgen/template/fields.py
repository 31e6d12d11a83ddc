"""Which fields a template uses, found without rendering it, and whether a kind of document offers them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, TypeAlias

from jinja2 import nodes

from docgen.template import levels
from docgen.template.faults import UnknownField
from docgen.template.place import Place
from docgen.template.sandbox import ENVIRONMENT
from docgen.template.slots import Slot
from docgen.template.syntax import slot_at

Spec: TypeAlias = Mapping[str, "Spec"] | Sequence["Spec"] | None
"""What a field may hold: None for a scalar, a mapping for a group, a one-element list for a list."""

ITEM: Final = "[]"
_SAME_LIST: Final = frozenset(
    {"sort", "list", "reverse", "unique", "select", "reject", "selectattr", "rejectattr", "default", "d"}
)
_ONE_OF: Final = frozenset({"first", "last", "min", "max"})
_SPECIAL: Final = frozenset({"loop", "caller", "varargs", "kwargs", "self"})
Path: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """A field used in a template.

    `written` is the path as written there, `path` the path from the context with `[]` for an item of a list (None
    when the name is bound to something computed).
    """

    place: Place
    written: Path
    path: Path | None


def uses_of(tree: nodes.Template, order: list[Slot]) -> tuple[Use, ...]:
    """Return every use of a field in a part, in order."""
    walk = _Walk(order)
    walk.statements(tree.body, {})
    return tuple(walk.uses)


def names_of(uses: Iterable[Use]) -> tuple[str, ...]:
    """Return the dotted paths used, sorted, items of a list as `清单[].字段`, without those that others extend."""
    paths = {use.path for use in uses if use.path}
    return tuple(sorted({_dotted(path) for path in paths if not _is_extended(path, paths)}))


def unknown_in(uses: Iterable[Use], spec: Mapping[str, Spec]) -> Iterator[UnknownField]:
    """Yield a fault for every use of a field that the spec does not have."""
    for use in uses:
        if use.path and (fault := _unknown(use, spec)):
            yield fault


def closest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like `name`, or nothing."""
    return next(iter(get_close_matches(name, sorted(known), 1, 0.5)), "")


def _unknown(use: Use, spec: Mapping[str, Spec]) -> UnknownField | None:
    here: Spec = spec
    steps = use.path or ()
    for index, step in enumerate(steps):
        if step == ITEM:
            if not isinstance(here, Sequence) or not here:
                return None
            here = here[0]
        elif isinstance(here, Mapping) and step in here:
            here = here[step]
        else:
            return _fault(use, here, step, len(use.written) - _named(steps[index:]))
    return None


def _named(steps: Path) -> int:
    return sum(step != ITEM for step in steps)


def _fault(use: Use, here: Spec, step: str, index: int) -> UnknownField:
    before = use.written[: max(index, 0)]
    like = closest(step, here) if isinstance(here, Mapping) else ""
    return use.place.fault(
        UnknownField, field=".".join((*before, step)), nearest=".".join((*before, like)) if like else ""
    )


def _dotted(path: Path) -> str:
    return ".".join(path).replace(f".{ITEM}", ITEM)


def _is_extended(path: Path, paths: set[Path]) -> bool:
    return any(other != path and other[: len(path)] == path for other in paths)


class _Walk:
    """Goes through the statements of a part, knowing which names are bound to which fields."""

    def __init__(self, order: list[Slot]) -> None:
        self.uses: list[Use] = []
        self._order = order

    def statements(self, body: Iterable[nodes.Node], bound: dict[str, Path | None]) -> None:
        """Go through statements in order; `bound` grows with what they bind."""
        for node in body:
            self._statement(node, bound)

    def _statement(self, node: nodes.Node, bound: dict[str, Path | None]) -> None:
        match node:
            case nodes.For():
                self._loop(node, bound)
            case nodes.Assign():
                self._bind(node.target, self._expression(node.node, bound), bound)
            case nodes.AssignBlock():
                self.statements(node.body, bound)
                self._bind(node.target, None, bound)
            case nodes.Macro() | nodes.CallBlock():
                self._macro(node, bound)
            case nodes.With():
                self._with(node, bound)
            case nodes.If():
                self._expression(node.test, bound)
                self.statements([*node.body, *node.elif_, *node.else_], bound)
            case nodes.Output():
                for child in node.nodes:
                    self._expression(child, bound)
            case _:
                self.statements(node.iter_child_nodes(), bound)

    def _loop(self, node: nodes.For, bound: dict[str, Path | None]) -> None:
        source = self._expression(node.iter, bound)
        inner = {**bound, "loop": None}
        self._bind(node.target, (*source, ITEM) if source else None, inner)
        if node.test is not None:
            self._expression(node.test, inner)
        self.statements(node.body, inner)
        self.statements(node.else_, dict(bound))

    def _macro(self, node: nodes.Macro | nodes.CallBlock, bound: dict[str, Path | None]) -> None:
        if isinstance(node, nodes.CallBlock):
            self._expression(node.call, bound)
        inner = {**bound, **{argument.name: None for argument in node.args}}
        self.statements(node.body, inner)
        if isinstance(node, nodes.Macro):
            bound[node.name] = None

    def _with(self, node: nodes.With, bound: dict[str, Path | None]) -> None:
        inner = dict(bound)
        for target, value in zip(node.targets, node.values, strict=True):
            self._bind(target, self._expression(value, bound), inner)
        self.statements(node.body, inner)

    def _bind(self, target: nodes.Node, source: Path | None, bound: dict[str, Path | None]) -> None:
        if isinstance(target, nodes.Name):
            bound[target.name] = source
            return
        for name in target.find_all(nodes.Name):
            bound[name.name] = None

    def _expression(self, node: nodes.Node, bound: dict[str, Path | None]) -> Path | None:
        """Note the fields an expression uses; return the field whose value it has, if it is one."""
        match node:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return self._field(node, bound)
            case nodes.Call(node=nodes.Getattr() as method):
                self._expression(method.node, bound)
                self._parts([*node.args, *node.kwargs], bound)
                return None
            case nodes.Filter(node=nodes.Expr() as value):
                source = self._expression(value, bound)
                self._parts([*node.args, *node.kwargs], bound)
                return _filtered(node.name, source)
            case _:
                self._parts(node.iter_child_nodes(), bound)
                return None

    def _parts(self, parts: Iterable[nodes.Node], bound: dict[str, Path | None]) -> None:
        for part in parts:
            self._expression(part, bound)

    def _field(self, node: nodes.Node, bound: dict[str, Path | None]) -> Path | None:
        chain = _chain(node)
        if chain is None:
            self._parts(node.iter_child_nodes(), bound)
            return None
        path = _resolved(chain, bound)
        slot = slot_at(node.lineno, self._order)
        if slot and chain[0] not in ENVIRONMENT.globals and chain[0] != levels.NAME:
            self.uses.append(Use(slot.place, tuple(step for step in chain if step != ITEM), path))
        return path


def _filtered(name: str, source: Path | None) -> Path | None:
    if source is None or name in _SAME_LIST:
        return source
    return (*source, ITEM) if name in _ONE_OF else None


def _resolved(chain: Path, bound: Mapping[str, Path | None]) -> Path | None:
    first, *rest = chain
    if first in bound:
        source = bound[first]
        return None if source is None else (*source, *rest)
    return None if first in _SPECIAL else chain


def _chain(node: nodes.Node) -> Path | None:
    """Return the names of `a.b["c"][0].d`, an index as `[]`; None for anything else."""
    match node:
        case nodes.Name():
            return (node.name,)
        case nodes.Getattr():
            step = node.attr
        case nodes.Getitem(arg=nodes.Const(value=str() as step)):
            pass
        case nodes.Getitem(arg=nodes.Const(value=int())):
            step = ITEM
        case _:
            return None
    before = _chain(node.node)
    return None if before is None else (*before, step)
