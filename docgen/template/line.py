"""Lines of text and expressions with the tags of templates, under the same bounds: headings, file names, conditions.

line = compile_line("关于{{ 项目.项目名称 }}的函", "文种“告知函”的标题")
line.render({"项目": {"项目名称": "…"}})
compile_expression("项目.清单阶段 == '终稿'", "文种“告知函”的条件").value(context)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from jinja2 import Undefined

from docgen.dataclass import dataclass
from docgen.errors import DocgenError, Problems
from docgen.template import blocks, syntax
from docgen.template.code import Code, compiled, compiled_expression
from docgen.template.faults import CannotCompute, Forbidden, IllegalCharacter, TagFault, TagOutside
from docgen.template.fields import Spec, Tree, faults_in, names_of, tree_of
from docgen.template.gaps import Gap
from docgen.template.printers import illegal_in
from docgen.template.rendering import WORK_OF_A_LINE, Rendering
from docgen.template.sandbox import for_text
from docgen.template.slots import Place, Slot, unescaped
from docgen.template.tags import Tag, find, straightened

__all__ = ["Expression", "Line", "compile_expression", "compile_line"]

_KEPT: Final = 4096  # lines and expressions kept
_LONGEST: Final = 1000  # characters of a line, such as a title or a file's name
_MOST: Final = 20_000  # characters of several lines
_RESULT: Final = "docgen_value"
_RAW: Final = frozenset({"raw", "endraw"})
_BREAKS: Final = re.compile(r" *[\t\n\r\f\v\a]+ *")


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """A compiled text. Immutable; may be shared between threads; pickles as its text and name."""

    text: str
    name: str
    """What faults call it."""
    _code: Code

    def fields(self) -> tuple[str, ...]:
        """Return the dotted paths of the fields used, as `Template.fields` does."""
        return names_of(self._code.uses)

    def shown(self) -> Tree:
        """Return what is used of a context as a tree, as `Template.shown` does."""
        return tree_of(self._code.uses)

    def check(self, spec: Mapping[str, Spec]) -> tuple[DocgenError, ...]:
        """Return a fault for every use of a field that is not in `spec`, as `Template.check` does."""
        return tuple(faults_in(self._code.uses, spec))

    def _computed(self, compute: Callable[[], Any], context: Mapping[str, object]) -> Any:
        """Return what is computed, or a gap with the faults of those that would be printed meanwhile."""
        with Rendering(WORK_OF_A_LINE) as rendering:
            try:
                value = compute()
            except DocgenError:
                raise
            except Exception as error:
                raise self._code.fault(error, context) from error
            faults = rendering.taken()
        return Gap(*faults) if faults else value


class Line(_Source):
    """A text with tags that becomes one line of plain text: line breaks and tabs in it and in values become spaces.

    Where several lines may stand, `lines` keeps the breaks that its expressions give.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return compile_line, (self.text, self.name)

    def render(self, context: Mapping[str, object]) -> str:
        """Return the line for a context.

        Raises:
            TagFault: if a field is unknown, missing or unfit; the fault quotes the text.
            Problems: with the faults of all gaps that would be printed, in order.
        """
        value = self.value(context)
        if isinstance(value, Gap):
            raise Problems(value.faults)
        return value

    def value(self, context: Mapping[str, object]) -> str | Gap:
        """Return the line, or a gap with the faults of those that would be printed in it.

        Raises:
            TagFault: if a field is unknown, missing or unfit; the fault quotes the text.
        """
        words = self._words(context, _LONGEST)
        return words if isinstance(words, Gap) else _BREAKS.sub(" ", words)

    def lines(self, context: Mapping[str, object]) -> str:
        """Return the text with the line breaks that its expressions give, for where several may stand.

        Raises:
            TagFault: if a field is unknown, missing or unfit; the fault quotes the text.
            Problems: with the faults of all gaps that would be printed, in order.
        """
        words = self._words(context, _MOST)
        if isinstance(words, Gap):
            raise Problems(words.faults)
        return words

    def _words(self, context: Mapping[str, object], most: int) -> str | Gap:
        words: str | Gap = self._computed(lambda: self._code.written(context), context)
        if not isinstance(words, Gap) and len(words) > most:
            detail = f"得出{len(words)}个字，这里最多{most}个字"
            raise Place(self.name, "", 0, "", self.text).fault(CannotCompute, detail=detail)
        return words


class Expression(_Source):
    """An expression, written as between the braces of a tag."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return compile_expression, (self.text, self.name)

    def value(self, context: Mapping[str, object]) -> Any:
        """Return the value for a context: a gap if it is that of an empty cell, or a text that would print one.

        Raises:
            TagFault: if a field is unknown or the value cannot be computed; the fault quotes the expression.
        """
        return self._computed(lambda: self._known(context), context)

    def _known(self, context: Mapping[str, object]) -> Any:
        value = self._code.values(context).vars[_RESULT]
        return str(value) if isinstance(value, Undefined) else value  # which raises its fault


@lru_cache(maxsize=_KEPT)
def compile_line(text: str, name: str) -> Line:
    """Return the line of a text with tags; `name` is what faults call it. The last 4,096 are kept.

    Raises:
        Problems: if tags are wrong; holds every fault that can be found without data.
    """
    words = _BREAKS.sub(" ", text)
    place = Place(name, "", 0, "", "").at(words, 0, len(words))
    _refuse_illegal(place, words)
    tags, slips = find(words)
    slots = [_slot(tag, place.at(words, tag.start, tag.end)) for tag in tags]
    wrong = [place.at(words, each.start, each.end).fault(each.kind) for each in slips]
    wrong += [fault for tag, slot in zip(tags, slots, strict=True) for fault in _misplaced(tag, slot)]
    order = [slot for slot in slots if slot.opener]
    wrong += _unbalanced(order)
    if wrong:
        raise Problems((*wrong, *syntax.alone(order)))
    source = _source(words, tags, slots)
    return Line(text, name, _made(lambda: compiled(source, order, for_text())))


@lru_cache(maxsize=_KEPT)
def compile_expression(text: str, name: str) -> Expression:
    """Return the expression of a text; `name` is what faults call it. The last 4,096 are kept.

    Raises:
        Problems: if it is wrong.
    """
    place = Place(name, "", 0, "", text.strip())
    _refuse_illegal(place, text)
    body = straightened(text)
    return Expression(
        text, name, _made(lambda: compiled_expression(body, [Slot(place, "{{", body)], for_text(), _RESULT))
    )


def _made(compile_it: Callable[[], Code]) -> Code:
    try:
        return compile_it()
    except syntax.Broken as broken:
        raise Problems(tuple(broken.faults)) from None


def _refuse_illegal(place: Place, text: str) -> None:
    found = illegal_in(text)
    if found:
        raise Problems((place.fault(IllegalCharacter, field=place.tag, code_point=found),))


def _slot(tag: Tag, place: Place) -> Slot:
    opener = "" if tag.opener == "{#" or tag.order or tag.keyword in _RAW else tag.opener
    return Slot(place, opener, tag.body, "line", "", "", tag.merge_before, tag.merge_after)


def _misplaced(tag: Tag, slot: Slot) -> list[TagFault]:
    """Return the faults of a tag that only documents know."""
    if tag.level or tag.order:
        return [slot.place.fault(TagOutside, holder="文档的段落和表格")]
    return [slot.place.fault(Forbidden, asked=tag.keyword)] if tag.keyword in _RAW else []


def _unbalanced(order: list[Slot]) -> list[TagFault]:
    balance = blocks.Balance()
    for slot in order:
        balance.see(slot, ())
    return balance.finish()


def _source(words: str, tags: list[Tag], slots: list[Slot]) -> str:
    """Return the line as a Jinja source; the body of the tag with index i begins on line i + 2."""
    pieces: list[str] = []
    position = 0
    for tag, slot in zip(tags, slots, strict=True):
        pieces += [unescaped(words[position : tag.start]), slot.jinja if slot.opener else ""]
        position = tag.end
    return "".join([*pieces, unescaped(words[position:])])
