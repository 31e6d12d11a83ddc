"""Conditions of declarations: Jinja's grammar cut down to comparisons over raw values, checked when read.

    亮灯 == '红灯' and 超期工作日 >= 设置.督办起点 and 项目.清单阶段 in ['终稿', '审核稿']

Comparison, `in`, and / or / not, fields, settings, constants; nothing else. An empty value fits no comparison, `!=`
included; alone, as in `not 报送日期`, it is false. Fields and the words of choices are checked against the schema.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from jinja2 import Environment, TemplateSyntaxError, nodes

from docgen.dataclass import dataclass
from docgen.documents.declared.comparisons import is_number, refuse_several, refuse_unlike
from docgen.documents.facts import Facts
from docgen.documents.labels.field import Field
from docgen.documents.labels.paths import SETTINGS, Getter, Path, Scope, WrongPath, path_of
from docgen.model.values import Choice
from docgen.patterns import late

Test = Callable[[Any, Facts], bool]

_PARSER: Final = Environment(autoescape=True)
_ORDER: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "eq": operator.eq, "ne": operator.ne, "lt": operator.lt,
    "lteq": operator.le, "gt": operator.gt, "gteq": operator.ge,
}  # fmt: skip
_SIGNS: Final = {
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "lteq": "<=",
    "gt": ">",
    "gteq": ">=",
    "in": "in",
    "notin": "not in",
}
_OTHERS: Final[Sequence[tuple[type[nodes.Node], str]]] = (
    (nodes.Neg, "负号"),
    (nodes.Pos, "正号"),
    (nodes.Concat, "连接 ~"),
    (nodes.BinExpr, "加减乘除"),
    (nodes.Call, "函数 名称(…)"),
    (nodes.Filter, "过滤器 |"),
    (nodes.Test, "判断 is"),
    (nodes.Getitem, "方括号取值 […]"),
    (nodes.Slice, "取一段 [:]"),
    (nodes.Dict, "花括号 {…}"),
    (nodes.CondExpr, "取值 … if … else …"),
    (nodes.Node, "这样的写法"),
)
"""What conditions do not have, in a reader's words; the first that fits."""
_SLIPS: Final = (
    (late("[“”‘’]"), "引号要用半角的 ' '"),
    (late("(?<![=!<>])=(?!=)"), "比较要写两个等号 =="),
    (late("且|并且|以及"), "“且”要写 and"),
    (late(r"(?<=[\s'\])])(?:或者?|或是)(?=[\s'\[(])"), "“或”要写 or"),
    (late("[＝＞＜！（）]|≥|≤|≠"), "符号要用半角的 == != >= <= ( )"),
    (late(r"\d{4}-\d{1,2}-\d{1,2}"), "日期要加引号，写成 '2026-01-31' 这样"),
)
_LONGEST: Final = 1000
_QUOTED: Final = 60  # characters of a part that messages quote
_NUMBERS: Final = (int, float, Decimal)


@dataclass(frozen=True)
class Condition:
    """A condition that has been read.

    Args:
        written: as the declaration has it.
        holds: whether a thing meets it on a day.
        parts: those joined by `and` on the outside, each with its words, so that a refusal can name the one not met.
    """

    written: str
    holds: Test
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Part:
    """One of the parts of a condition: what it compares, and whether it is met.

    What is joined by `or`, `and` or `not` within it stands in `among`.
    """

    written: str
    holds: Test
    label: str = ""
    get: Getter | None = None
    valued: bool = False
    """Whether it is a field alone that is not yes or no, and asks whether there is a value."""
    joined: str = ""
    among: tuple[Part, ...] = ()


def condition_of(written: str, scope: Scope) -> Condition:
    """Return a condition.

    Raises:
        WrongPath: it is none, or speaks of what is not there; says why in Chinese.
    """
    node = parsed(written)
    reader = _Reader(scope)
    parts = _parts(node, reader)
    tests = tuple(each.holds for each in parts)
    if len(tests) == 1:
        return Condition(written, tests[0], parts)
    return Condition(written, lambda thing, facts: all(test(thing, facts) for test in tests), parts)


ALWAYS: Final = Condition("", lambda _thing, _facts: True, ())


def parsed(written: str) -> nodes.Expr:
    """Return a condition as its grammar has it, whatever it speaks of. Raises WrongPath."""
    outside = re.sub("'[^']*'|\"[^\"]*\"", "''", written)
    slips = [words for slip, words in _SLIPS if slip.search(outside)]
    if slips:
        raise WrongPath("；".join(slips))
    if (
        not written.strip()
        or len(written) > _LONGEST
        or any(each in outside for each in ("}}", "{{", "{%", "|"))
    ):
        raise WrongPath("条件只能由字段、比较、and、or、not、in 组成")
    try:
        tree = _PARSER.parse("{{ " + written + " }}")
        (output,) = tree.body
        (node,) = output.nodes  # type: ignore[attr-defined]  # one print statement, by the text before
    except (TemplateSyntaxError, RecursionError, ValueError) as fault:
        raise WrongPath("写法不对：条件由字段、比较（== != < <= > >= in）、and、or、not 组成") from fault
    if not isinstance(node, nodes.Expr):
        raise WrongPath("这里要写条件")
    return node


def _conjuncts(node: nodes.Expr) -> list[nodes.Expr]:
    return [*_conjuncts(node.left), *_conjuncts(node.right)] if isinstance(node, nodes.And) else [node]


def _parts(node: nodes.Expr, reader: _Reader) -> tuple[Part, ...]:
    """Return the parts of a condition. Raises WrongPath with what is wrong with each of them."""
    parts, wrong = list[Part](), list[WrongPath]()
    for each in _conjuncts(node):
        try:
            parts.append(_part(each, reader))
        except WrongPath as fault:
            wrong.append(fault)
    if not wrong:
        return tuple(parts)
    *before, last = wrong
    said = (f"{each.words}{f'，是不是“{each.nearest}”' if each.nearest else ''}；" for each in before)
    raise WrongPath("".join(said) + last.words, last.nearest)


def _part(node: nodes.Expr, reader: _Reader) -> Part:
    test, words = reader.test(node), _written(node)
    if isinstance(node, nodes.Compare) and isinstance(node.expr, nodes.Name | nodes.Getattr):
        path = path_of(_written(node.expr), reader.scope)
        return Part(words, test, path.written, path.get)
    if isinstance(node, nodes.Not | nodes.And | nodes.Or):
        within = (node.node,) if isinstance(node, nodes.Not) else (node.left, node.right)
        joined = type(node).__name__.lower()
        return Part(words, test, joined=joined, among=tuple(_part(each, reader) for each in within))
    valued = isinstance(node, nodes.Name | nodes.Getattr) and _is_valued(path_of(words, reader.scope))
    return Part(words, test, valued=valued)


def _is_valued(path: Path) -> bool:
    return path.many or path.field.holds is not bool


class _Reader:
    """Turns the nodes of an expression into tests and getters."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def test(self, node: nodes.Expr) -> Test:
        match node:
            case nodes.And():
                return _both(self.test(node.left), self.test(node.right))
            case nodes.Or():
                return _either(self.test(node.left), self.test(node.right))
            case nodes.Not():
                inner = self.test(node.node)
                return lambda thing, facts: not inner(thing, facts)
            case nodes.Compare():
                return self._compared(node)
            case nodes.Name() | nodes.Getattr():
                get, _ = self._value(node)
                return lambda thing, facts: bool(get(thing, facts))
        raise WrongPath(f"“{_written(node)[:_QUOTED]}”不是条件")

    def _compared(self, node: nodes.Compare) -> Test:
        if len(node.ops) != 1:
            raise WrongPath("一次只比较两个值，如 甲 > 1 and 甲 < 5")
        (operand,) = node.ops
        left, field = self._value(node.expr)
        if operand.op in ("in", "notin"):
            return self._within(left, field, operand)
        right, other = self._value(operand.expr, field)
        refuse_several(field, other)
        refuse_unlike(field, other, operand.op)
        return _ordered(left, right, _ORDER[operand.op])

    def _within(self, left: Getter, field: Field | Any, operand: nodes.Operand) -> Test:
        if isinstance(operand.expr, nodes.List | nodes.Tuple):
            values = tuple(_meant(field, _constant(each)) for each in operand.expr.items)
            for value in values:
                refuse_unlike(field, value, "eq")
            return _among(left, values, inside=operand.op == "in")
        right, several = self._value(operand.expr)
        if not (isinstance(several, str) or (isinstance(several, Field) and _holds_several(several))):
            raise WrongPath("in 后面要写 ['甲', '乙'] 这样的几个值、有几个值的字段，或文字")
        inside = operand.op == "in"
        return lambda thing, facts: _is_in(left(thing, facts), right(thing, facts), inside=inside)

    def _value(self, node: nodes.Expr, beside: Field | Any = None) -> tuple[Getter, Field | Any]:
        """Return what gives a value, with its field, or the constant itself as the field beside it means it."""
        if isinstance(node, nodes.Name | nodes.Getattr):
            try:
                path = path_of(_written(node), self.scope)
            except WrongPath as fault:
                if not isinstance(beside, Field) or isinstance(node, nodes.Getattr):
                    raise
                raise WrongPath(
                    f"{fault.words}；是文字的，要加单引号：'{_written(node)}'", fault.nearest
                ) from fault
            if path.written.split(".")[0].strip() == SETTINGS:
                value = self.scope.settings[path.field.label]
                return path.get, value
            return path.get, replace(path.field, many=path.many)
        value = _meant(beside, _constant(node))
        return (lambda _thing, _facts: value), value


def _meant(field: Any, value: Any) -> Any:
    """Return the choice that a word means, written as any sheet may write it: 自治区级 is 省级."""
    if isinstance(field, Field) and issubclass(field.holds, Choice) and isinstance(value, str):
        return field.holds.words().get(value, value)
    return value


def _both(one: Test, other: Test) -> Test:
    return lambda thing, facts: one(thing, facts) and other(thing, facts)


def _either(one: Test, other: Test) -> Test:
    return lambda thing, facts: one(thing, facts) or other(thing, facts)


def _ordered(left: Getter, right: Getter, compare: Callable[[Any, Any], Any]) -> Test:
    def test(thing: Any, facts: Facts) -> bool:
        one, other = left(thing, facts), right(thing, facts)
        if one is None or other is None:
            return False
        return bool(compare(*_comparable(one, other)))

    return test


def _comparable(one: Any, other: Any) -> tuple[Any, Any]:
    """Return two values as they are compared: levels by rank, numbers as such, dates with dates written as texts."""
    if isinstance(one, Choice) and isinstance(other, Choice) and hasattr(one, "rank"):
        return one.rank, other.rank  # type: ignore[attr-defined]  # by the test above
    if isinstance(one, date) and isinstance(other, str):
        return str(one), other  # an added column, whose cells may be of any sort; ISO dates sort as texts
    if type(one) is not type(other) and not {type(one), type(other)} - set(_NUMBERS):
        return Decimal(str(one)), Decimal(str(other))  # 12.4 and 5, of which one is a Decimal
    if not isinstance(one, type(other)) and not isinstance(other, type(one)):
        return str(one), str(other)
    return one, other


def _among(left: Getter, values: Sequence[Any], *, inside: bool) -> Test:
    """Return the test whether a value is one of several: numbers and dates are compared as such, all else as texts."""
    texts = frozenset(map(str, values))
    quoted = frozenset(each for each in values if isinstance(each, str))
    numbers = frozenset(Decimal(str(each)) for each in values if is_number(each))
    days = frozenset(filter(None, map(_day_of, quoted)))

    def is_one(value: Any) -> bool:
        if isinstance(value, _NUMBERS) and not isinstance(value, bool):
            return Decimal(str(value)) in numbers or str(value) in quoted
        if isinstance(value, date):
            return value.isoformat()[:10] in days
        return str(value) in texts

    def test(thing: Any, facts: Facts) -> bool:
        value = left(thing, facts)
        if value is None:
            return False
        return any(map(is_one, value if isinstance(value, tuple) else (value,))) is inside

    return test


def _day_of(written: str) -> str:
    """Return a day that a declaration writes, as `2026-01-31`; empty if it is none."""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        return ""


def _is_in(value: Any, several: Any, *, inside: bool) -> bool:
    if value is None or several is None:
        return False
    return (any(each is value or each == value for each in several) if isinstance(several, tuple) else
            str(value) in str(several)) is inside  # fmt: skip


def _constant(node: nodes.Expr) -> Any:
    if isinstance(node, nodes.Neg) and isinstance(node.node, nodes.Const) and is_number(node.node.value):
        return -node.node.value
    if isinstance(node, nodes.Const) and isinstance(node.value, str | int | float | bool):
        return node.value
    raise WrongPath(f"“{_written(node)[:_QUOTED]}”写在条件里不对：这里要字段、设置、数字或 '文字'")


def _holds_several(field: Field) -> bool:
    return field.many or field.holds is object or issubclass(field.holds, str)


def _written(node: nodes.Node) -> str:  # noqa: PLR0911  # a case for each kind of node
    """Return a node as a declaration writes it."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_written(node.node)}.{node.attr}"
        case nodes.Const():
            return f"'{node.value}'" if isinstance(node.value, str) else str(node.value).lower()
        case nodes.Compare():
            return _written(node.expr) + "".join(
                f" {_SIGNS[each.op]} {_written(each.expr)}" for each in node.ops
            )
        case nodes.List() | nodes.Tuple():
            return f"[{', '.join(map(_written, node.items))}]"
        case nodes.Not():
            return f"not {_written(node.node)}"
        case nodes.And() | nodes.Or():
            sign = "and" if isinstance(node, nodes.And) else "or"
            return f"{_written(node.left)} {sign} {_written(node.right)}"
    return next(words for sort, words in _OTHERS if isinstance(node, sort))
