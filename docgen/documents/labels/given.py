"""What may be said of a text given on the command line, by Chinese label: its parts as a document of its own."""

from __future__ import annotations

from typing import Final

from docgen.documents.facts import Facts
from docgen.documents.given import Given
from docgen.documents.labels.field import Field
from docgen.model.names import nearest, plain
from docgen.model.unit import Unit
from docgen.patterns import late
from docgen.standard.build.blocks import Block, annex_list
from docgen.standard.build.manuscript import set_passages

_BETWEEN: Final = late("[、，,；;]")


def addressees_of(given: Given, facts: Facts) -> tuple[str, ...]:
    """Return whom a text is addressed to: units of the sheets by their full names, others as they are written."""
    units = {plain(name): each for each in facts.records.of(Unit) for name in each.link_names}
    names = (each.strip() for each in _BETWEEN.split(given.text.to))
    return tuple(units[plain(each)].name if plain(each) in units else each for each in names if each)


def nearest_unit(name: str, facts: Facts) -> str:
    """Return the unit that is probably meant by a name that is none's; empty where none is like it."""
    units = [each.short_name for each in facts.records.of(Unit)]
    return next((each for each in nearest(name, units, 1) if len(each) == len(name)), "")


GIVEN_FIELDS: Final = (
    Field("题名", lambda given, _: given.name, str, help="正文的标题"),
    Field("文件", lambda given, _: given.file, str, help="正文是从哪个文件读的"),
    Field(
        "主送",
        lambda given, facts: addressees_of(given, facts) or None,
        str,
        many=True,
        help="标题下一行的单位",
    ),
    Field(
        "全文",
        lambda given, _: set_passages(given.text.said),
        Block,
        help="独占一段：标题、主送、附件以外的文字",
    ),
    Field("附件题名", lambda given, _: given.text.annexes or None, str, many=True, help="正文自己的附件"),
    Field(
        "附件目录", lambda given, _: annex_list(given.text.listed) or None, Block, help="独占一段：附件说明"
    ),
    Field("附注", lambda given, _: given.text.note or None, str, help="写在最后、加了圆括号的一行"),
    Field(
        "所附", lambda given, _: set_passages(given.text.attached) or None, Block, help="独占一段：附件的内容"
    ),
)
