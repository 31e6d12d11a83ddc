"""One part of a template, compiled: code that writes the part's XML, and what may have to be put right in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.template import blocks, repeated, slots, syntax
from docgen.template.attach import Attachments
from docgen.template.borrowed import BoundToDocxtpl
from docgen.template.code import Code, compiled
from docgen.template.faults import Refusal, TagFault, TooMuchWork
from docgen.template.ooxml import DRAWING, TBL, TC, Element, w
from docgen.template.revise import Needs, revise, with_own_ids
from docgen.template.sandbox import Sandbox
from docgen.template.slots import Slot
from docgen.template.totals import goes_stale
from docgen.template.weave import Weaver


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled part: member name, code, what may need revision."""

    name: str
    code: Code
    needs: Needs
    stale: bool
    """Whether the part has fields that Word should update."""
    title: str
    """Its Chinese name for places."""
    repeats: bool = False
    """Whether loops may repeat what has to be told apart, or links stand with their addresses."""

    def render(self, context: Mapping[str, object], gathered: Attachments) -> bytes:
        """Return the part's XML for a context; links and pictures are gathered.

        Raises:
            TagFault: if a value is unknown, missing or unfit, with its place.
            DocgenError: as raised by a mapping that computes its values.
            BoundToDocxtpl: if a value can be written by docxtpl only.
        """
        gathered.part, gathered.drawn = self.name, False
        try:
            xml = self.code.written(context)
            _refuse_endless(xml)
            if self.repeats:
                xml = repeated.made_apart(xml, gathered)
            if self.needs is not _NOTHING or "<?docgen" in xml:
                xml = revise(xml, self.needs, gathered.numbers)
            if gathered.drawn:
                xml = with_own_ids(xml, gathered.numbers)
            return xml.encode()
        except (BoundToDocxtpl, DocgenError):
            raise
        except Exception as error:
            raise self.code.fault(error, context) from error


def _refuse_endless(xml: str) -> None:
    """Refuse a text that goes on without an end. Raises Refusal."""
    if len(xml) > _LONG and _ENDLESS.search(xml):
        raise Refusal(TooMuchWork)


_NOTHING: Final = Needs()
_LONG: Final = 100_000
"""Characters of a text between two tags of XML, more than a hundred pages: nothing reads them in time."""
_ENDLESS: Final = re.compile(f">[^<]{{{_LONG}}}")


def compile_part(
    name: str, root: Element, template: str, title: str, environment: Sandbox
) -> tuple[Part | None, list[TagFault]]:
    """Compile a part; `title` is its Chinese name for places.

    Returns the part, or None if it has no tags or is at fault, and the faults.
    """
    weaver = Weaver(root, template, title)
    weaver.weave()
    addresses = repeated.has_addresses(root)
    marks = (repeated.BEGIN, repeated.END) if repeated.has_numbers(root) else ("", "")
    source, order = slots.jinja_source(root, weaver.slots, marks)
    escaped = slots.has_escapes(root)
    if not weaver.slots and not escaped:
        return None, weaver.faults
    standing = slots.stacks(root)
    faults = [*weaver.faults, *_unbalanced(weaver.slots, order, standing)]
    if faults:
        return None, [*faults, *syntax.alone(order)]
    try:
        code = compiled(source, order, environment)
    except syntax.Broken as broken:
        return None, broken.faults
    stale = root.tag == w("document") and goes_stale(root)
    loops = any(slot.keyword == "for" for slot in weaver.slots)
    repeats = addresses or (loops and repeated.may_repeat(root))
    return Part(name, code, _needs(root, weaver, order, standing), stale, title, repeats), []


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
