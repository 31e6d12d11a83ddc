"""Goes through the statements of a part and finds the fields it uses, knowing which names are bound to which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from enum import Enum, auto
from typing import Final, TypeAlias, cast

from jinja2 import nodes

from docgen.dataclass import dataclass
from docgen.template import levels
from docgen.template.fields import ITEM, How, Path, Use
from docgen.template.filters import FILTERS
from docgen.template.sandbox import ENVIRONMENT
from docgen.template.slots import Slot
from docgen.template.syntax import slot_at

_SPECIAL: Final = frozenset({"loop", "caller", "varargs", "kwargs", "self"})
_SAME_LIST: Final = frozenset(
    {"sort", "list", "reverse", "unique", "select", "reject", "selectattr", "rejectattr"}
)
_ONE_OF: Final = frozenset({"first", "last", "min", "max"})
_LOOKS_AT_ITEMS: Final = frozenset(
    {"sort", "unique", "select", "reject", "min", "max", "map", "join", "sum", "合计"}
)
_ATTRIBUTE: Final[Mapping[str, int]] = {  # where the filter takes an attribute of the items, if not by keyword
    "map": 9, "selectattr": 0, "rejectattr": 0, "groupby": 0, "sort": 2, "unique": 1, "min": 1, "max": 1, "sum": 0,
    "合计": 0, "join": 1, "图": 1,
}  # fmt: skip
_ORDERED: Final = frozenset({"lt", "lteq", "gt", "gteq"})
_CALCULATIONS: Final = (nodes.Sub, nodes.Div, nodes.FloorDiv, nodes.Pow, nodes.Neg, nodes.Pos)
_MOST: Final = 1000  # fields that a value may come from
_DEEPEST: Final = 100  # steps from the context to a field
_COUNTED: Final = frozenset({"length", "count"})
_HANDED_ON: Final = frozenset({"items", "dictsort", "batch", "slice"})
_OF_A_GROUP: Final = frozenset({"items", "values", "keys", "get", "copy"})  # methods that give any field


class _Kind(Enum):
    """What a value is: one that a path leads to, or a list of such, groups of such, one group, a loop over them."""

    VALUE = auto()
    ITEMS = auto()
    GROUPS = auto()
    GROUP = auto()
    LOOP = auto()


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a value comes from.

    `written` is how it is named; `path` leads to the value, or for the other kinds to the items, from the context
    (None: it is computed); `keys` are the paths of what groups are made by.
    """

    written: Path
    path: Path | None
    kind: _Kind = _Kind.VALUE
    keys: tuple[Path, ...] = ()

    def item(self) -> _Source:
        """Return where an item of it comes from, as a loop over it gives one."""
        if self.kind is _Kind.GROUPS:
            return replace(self, kind=_Kind.GROUP)
        if self.kind is _Kind.ITEMS or self.path is None:
            return replace(self, kind=_Kind.VALUE)
        return replace(self, path=(*self.path, ITEM))

    def step(self, name: str) -> Iterator[_Source]:
        """Yield the sources of a field, or of an item for `[]`."""
        written = self.written if name == ITEM else (*self.written, name)
        if self.kind is _Kind.GROUP and name == "grouper":
            yield from (_Source(written, key) for key in self.keys)
        elif self.kind is _Kind.GROUP and name == "list":
            yield _Source(written, self.path, _Kind.ITEMS)
        elif self.kind is _Kind.LOOP and name in {"previtem", "nextitem"}:
            yield _Source(written, self.path)
        elif name == ITEM and self.kind is not _Kind.LOOP:
            yield replace(self.item(), written=written)
        else:
            path = self.path if self.kind is _Kind.VALUE else None
            yield _Source(written, None if path is None else (*path, name))

    def named(self, name: str) -> _Source:
        """Return the source under a name it is bound to."""
        return replace(self, written=(name,))


Sources: TypeAlias = tuple[_Source, ...]
_Bound: TypeAlias = dict[str, Sources]


def uses_of(tree: nodes.Template, order: list[Slot]) -> tuple[Use, ...]:
    """Return every use of a field in a part, in order."""
    walk = _Walk(order)
    walk.statements(tree.body, {})
    return tuple(walk.uses)


class _Walk:
    """The way through a part; `uses` grow with what is found."""

    def __init__(self, order: list[Slot]) -> None:
        self.uses: list[Use] = []
        self._order = order

    def statements(self, body: Iterable[nodes.Node], bound: _Bound) -> None:
        """Go through statements in order; `bound` grows with what they bind."""
        for node in body:
            self._statement(node, bound)

    def _statement(self, node: nodes.Node, bound: _Bound) -> None:
        match node:
            case nodes.For():
                self._loop(node, bound)
            case nodes.Assign():
                self._assign(node.target, node.node, bound)
            case nodes.AssignBlock():
                self.statements(node.body, bound)
                self._bind(node.target, (), bound)
            case nodes.Macro() | nodes.CallBlock():
                self._macro(node, bound)
            case nodes.With():
                self._with(node, bound)
            case nodes.If():
                self._expression(node.test, bound)
                self.statements([*node.body, *node.elif_, *node.else_], bound)
            case nodes.Output():
                self._parts(node.nodes, bound)
            case nodes.Expr():
                self._expression(node, bound)
            case _:
                self.statements(node.iter_child_nodes(), bound)

    def _loop(self, node: nodes.For, bound: _Bound) -> None:
        sources = self._expression(node.iter, bound, How.LISTED)
        items = tuple(each.item() for each in sources)
        inner = {
            **bound,
            "loop": tuple(replace(each, written=("loop",), kind=_Kind.LOOP) for each in items)
            or _computed("loop"),
        }
        self._bind(node.target, items, inner)
        if node.test is not None:
            self._expression(node.test, inner)
        self.statements(node.body, inner)
        self.statements(node.else_, dict(bound))

    def _assign(self, target: nodes.Node, value: nodes.Node, bound: _Bound) -> None:
        if isinstance(target, nodes.Tuple) and isinstance(value, nodes.Tuple):
            for name, each in zip(target.items, value.items, strict=False):
                self._assign(name, each, bound)
            return
        how = How.STEP if isinstance(target, nodes.Name) else How.WHOLE
        self._bind(target, self._expression(value, bound, how), bound)

    def _macro(self, node: nodes.Macro | nodes.CallBlock, bound: _Bound) -> None:
        if isinstance(node, nodes.CallBlock):
            self._expression(node.call, bound)
        self._parts(node.defaults, bound)
        inner = {**bound, **{argument.name: _computed(argument.name) for argument in node.args}}
        self.statements(node.body, inner)
        if isinstance(node, nodes.Macro):
            bound[node.name] = _computed(node.name)

    def _with(self, node: nodes.With, bound: _Bound) -> None:
        inner = dict(bound)
        for target, value in zip(node.targets, node.values, strict=True):
            self._bind(target, self._expression(value, bound, How.STEP), inner)
        self.statements(node.body, inner)

    def _bind(self, target: nodes.Node, sources: Sources, bound: _Bound) -> None:
        if isinstance(target, nodes.Name):
            bound[target.name] = tuple(each.named(target.name) for each in sources) or _computed(target.name)
            return
        names = [each.name for each in target.find_all(nodes.Name)]
        for name in names:
            bound[name] = _computed(name)
        if len(names) == 2 and sources and all(each.kind is _Kind.GROUP for each in sources):
            for name, step in zip(names, ("grouper", "list"), strict=True):
                bound[name] = tuple(part.named(name) for each in sources for part in each.step(step))

    def _expression(self, node: nodes.Node, bound: _Bound, how: How = How.ITSELF) -> Sources:
        """Note the fields an expression uses, and how; return where its value may come from.

        Raises:
            RecursionError: if there are too many of them, or they lie too deep, as when names lead from one to another.
        """
        sources = tuple(dict.fromkeys(self._sources(node, bound, how)))
        if len(sources) > _MOST or any(len(each.path or ()) > _DEEPEST for each in sources):
            raise RecursionError
        return sources

    def _sources(self, node: nodes.Node, bound: _Bound, how: How) -> Sources:
        match node:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                return self._noted(self._field(node, bound, how), node, how)
            case nodes.Filter(node=nodes.Expr()):
                return self._filtered(node, bound, how)
            case nodes.CondExpr():
                self._expression(node.test, bound)
                return self._either((node.expr1, node.expr2), bound, how)
            case nodes.Or() | nodes.And() | nodes.Add() if not _reckons(node):  # lists are added too
                return self._either((node.left, node.right), bound, How.ITSELF if how is How.STEP else how)
            case nodes.List() | nodes.Tuple():
                return self._literal(node, bound, how)
        return self._computed(node, bound, how)

    def _computed(self, node: nodes.Node, bound: _Bound, how: How) -> Sources:
        """Note what a computed value is made of; it comes from no field."""
        if isinstance(node, nodes.Call):
            self._call(node, bound)
        else:
            whole = how is How.WHOLE or isinstance(node, nodes.Dict)
            own = How.RECKONED if _reckons(node) else How.ITSELF
            self._parts(node.iter_child_nodes(), bound, How.WHOLE if whole else own)
        return ()

    def _parts(self, parts: Iterable[nodes.Node], bound: _Bound, how: How = How.ITSELF) -> None:
        for part in parts:
            self._expression(part, bound, how)

    def _either(self, choices: Iterable[nodes.Expr | None], bound: _Bound, how: How) -> Sources:
        return tuple(
            source for each in choices if each is not None for source in self._expression(each, bound, how)
        )

    def _literal(self, node: nodes.List | nodes.Tuple, bound: _Bound, how: How) -> Sources:
        inner = How.STEP if how is How.LISTED else how
        sources = [source for each in node.items for source in self._expression(each, bound, inner)]
        return tuple(replace(each, kind=_Kind.ITEMS) for each in sources if each.kind is _Kind.VALUE)

    def _call(self, node: nodes.Call, bound: _Bound) -> None:
        """Note what a function or a method is given: a macro may use any field of it."""
        how = How.WHOLE
        if isinstance(node.node, nodes.Getattr):
            of_any = node.node.attr in _OF_A_GROUP
            self._expression(node.node.node, bound, How.WHOLE if of_any else How.ITSELF)
            how = How.ITSELF
        elif isinstance(node.node, nodes.Name) and node.node.name == "range":
            how = How.ITSELF
        else:
            self._expression(node.node, bound)
        self._parts([*node.args, *node.kwargs], bound, how)

    def _field(self, node: nodes.Node, bound: _Bound, how: How) -> Sources:
        """Return the sources of `a`, `a.b`, `a["b"]`, `a[0]`; an index or a field that is computed may be any."""
        if isinstance(node, nodes.Name):
            return self._named(node.name, bound)
        if not isinstance(node, nodes.Getattr | nodes.Getitem):
            return self._expression(node, bound, How.STEP)
        step = _step(node)
        if step is not None:
            return tuple(
                source for each in self._field(node.node, bound, How.STEP) for source in each.step(step)
            )
        index = cast("nodes.Getitem", node).arg
        self._expression(index, bound)
        if isinstance(index, nodes.Slice):
            return self._expression(node.node, bound, how)
        self._expression(node.node, bound, How.WHOLE)
        return ()

    def _named(self, name: str, bound: _Bound) -> Sources:
        if name in bound:
            return bound[name]
        if name in _SPECIAL:
            return _computed(name)
        known = name in ENVIRONMENT.globals or name == levels.NAME
        return () if known else (_Source((name,), (name,)),)

    def _noted(self, sources: Sources, node: nodes.Expr, how: How) -> Sources:
        """Note the use of what a value comes from."""
        slot = slot_at(node.lineno, self._order)
        if slot is not None:
            self.uses += [Use(slot.place, each.written, each.path, how) for each in sources]
        return sources

    def _filtered(self, node: nodes.Filter, bound: _Bound, how: How) -> Sources:
        value, name = cast("nodes.Expr", node.node), node.name
        if name in {"default", "d"}:
            instead = (node.args or [each.value for each in node.kwargs])[:1]
            return self._either([value, *instead], bound, how)
        attribute = _attribute(node)
        self._parts([*node.args, *node.kwargs], bound)
        if name not in _SAME_LIST | _ONE_OF | _ATTRIBUTE.keys():
            return self._whole(node, bound)
        inner = How.WHOLE if how is How.WHOLE or attribute is None else How.LISTED
        sources = self._expression(value, bound, inner)
        items = tuple(each.item() for each in sources)
        fields = self._attributes(items, attribute, node)
        return _result(name, sources, items, fields)

    def _whole(self, node: nodes.Filter, bound: _Bound) -> Sources:
        how = How.LISTED if node.name in _COUNTED else How.ITSELF
        if node.name in _HANDED_ON or node.name not in FILTERS:
            how = How.WHOLE
        self._expression(node.node or nodes.Const(None), bound, how)
        return ()

    def _attributes(self, items: Sources, attribute: str | None, node: nodes.Filter) -> Sources:
        """Note the use of the items, or of their attributes, by a filter; return the sources of the attributes."""
        if not attribute:
            if node.name in _LOOKS_AT_ITEMS:
                self._noted(items, node, How.ITSELF)
            return ()
        found: list[_Source] = []
        for path in attribute.split(","):
            sources = items
            for step in path.strip().split("."):
                steps = ITEM if step.isdecimal() else step
                sources = tuple(source for each in sources for source in each.step(steps))
            found += sources
        how = How.STEP if node.name in {"map", "groupby"} else How.ITSELF
        return self._noted(tuple(found), node, how)


def _reckons(node: nodes.Node) -> bool:
    """Whether an expression calculates, or asks what is more or less; lists too can be added to each other."""
    match node:
        case nodes.Compare(ops=operands):
            return any(each.op in _ORDERED for each in operands)
        case nodes.Operand(op=operator):
            return operator in _ORDERED
        case nodes.Add(left=left, right=right):
            return isinstance(left, nodes.Const) or isinstance(right, nodes.Const)
    return isinstance(node, _CALCULATIONS)


def _step(node: nodes.Getattr | nodes.Getitem) -> str | None:
    """Return the field that is taken, `[]` for an item, None if it is computed."""
    match node:
        case nodes.Getattr(attr=name) | nodes.Getitem(arg=nodes.Const(value=str() as name)):
            return name
        case nodes.Getitem(arg=nodes.Const(value=int())):
            return ITEM
    return None


def _attribute(node: nodes.Filter) -> str | None:
    """Return the attribute of the items that a filter is told to take, empty if none, None if it is computed."""
    position = _ATTRIBUTE.get(node.name, 9)
    told = [each.value for each in node.kwargs if each.key == "attribute"] or node.args[
        position : position + 1
    ]
    if not told:
        return ""
    value = told[0]
    return ("" if value.value is None else str(value.value)) if isinstance(value, nodes.Const) else None


def _result(name: str, sources: Sources, items: Sources, fields: Sources) -> Sources:
    """Return where the value of a filter over a list comes from."""
    if name in _SAME_LIST:
        return sources
    if name in _ONE_OF:
        return items
    if name == "map":
        return tuple(replace(each, kind=_Kind.ITEMS) for each in fields if each.kind is _Kind.VALUE)
    if name == "groupby":
        keys = tuple(each.path for each in fields if each.path)
        return tuple(replace(each, kind=_Kind.GROUPS, keys=keys) for each in items)
    return ()


def _computed(name: str) -> Sources:
    return (_Source((name,), None),)
