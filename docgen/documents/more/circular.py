"""印发通知: who issues it and with whose consent; the text laid out, and the roster where the text has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from docgen.documents.facts import Facts
from docgen.documents.frame.group import Group
from docgen.documents.given import Given
from docgen.documents.labels.rosters import roster_block
from docgen.documents.labels.signature import government_of
from docgen.errors import Advice
from docgen.model.unit import Unit
from docgen.rules.roster import MEMBER, differences, roster_on
from docgen.standard.build.blocks import Block
from docgen.standard.build.manuscript import Manuscript, annex_head, set_text

FIELDS: Final = dict.fromkeys(("印发机关", "题名", "依据", "要反馈名单", "正文", "名单"))
_ROSTER: Final = "名单"
_GOVERNMENT: Final = "{政府}"
_REGULATION: Final = re.compile("(?:办法|规定|细则|规则|条例|章程|制度)$")


def compute(group: Group, facts: Facts) -> dict[str, Any]:
    """Return 印发机关, 题名 (a regulation's in 《》), 依据, 要反馈名单, and 正文 and 名单 as paragraphs."""
    given: Given = group.things[0]
    settings, title = group.kind.settings, given.text.title
    government = government_of(facts.mechanism)
    return {
        "印发机关": settings["印发机关"].replace(_GOVERNMENT, government),
        "题名": f"《{title}》" if _REGULATION.search(title) else title,
        "依据": settings["依据"].replace(_GOVERNMENT, government),
        "要反馈名单": settings["名单反馈工作日"] > 0,
        "正文": partial(set_text, given.text),
        "名单": partial(_appended, given.text, facts) if _is_appended(group, given.text) else "",
    }


def advise(group: Group, facts: Facts) -> Iterator[Advice]:
    """Yield whether the units that the text names and those of its roster are the same."""
    given: Given = group.things[0]
    roster = given.text.annex(_ROSTER)
    if _is_appended(group, given.text):
        members = (each for each in roster_on(facts.records, facts.today) if each.label == MEMBER)
        roster = "、".join(seat.unit for each in members for seat in each.seats)
    for words in differences(given.text.main, roster, facts.records.of(Unit), facts.mechanism.level):
        yield Advice("roster-differs", f"《{given.name}》：{words}")


def _is_appended(group: Group, text: Manuscript) -> bool:
    return bool(group.kind.settings["附名单"]) and not text.annex(_ROSTER)


def _appended(text: Manuscript, facts: Facts) -> Block:
    label = f"附件{len(text.annexes) + 1}" if text.annexes else "附件"
    return Block(annex_head(label, f"{facts.mechanism.name}组成人员名单") + roster_block(facts))
