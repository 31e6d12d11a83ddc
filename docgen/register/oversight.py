"""What an auditor would ask about who recorded what, and is no fault in itself.

People sign on paper and one clerk records it, often many documents at once: that is usual, and not mentioned. But a
document that was drafted, signed and sealed within minutes was on nobody's desk in between, and a rule that is
loosened for one step and held to again right after it was loosened for that step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.register.life import APPLY, APPROVE, COUNTERSIGN, DRAFT, ISSUE, REVIEW, SIGN, State
from docgen.register.rejudging import leaning

QUICK: Final = timedelta(minutes=10)
"""Within so long no document goes from its drafter to its signatory and to the seal on paper."""
FEWEST: Final = 3
"""People who must have acted on a document before its quick life is mentioned: one or two may sit in one room."""
BRIEF: Final = timedelta(days=3)
"""A rule that was loosened for longer was loosened for how the office works, and not for a step."""
_DRAFT, _APPLY, _ISSUE, _NUMBERED = DRAFT.name, APPLY.name, ISSUE.name, State.NUMBERED.value
_BY_PEOPLE: Final = frozenset(each.name for each in (REVIEW, COUNTERSIGN, SIGN, APPROVE, APPLY, ISSUE))


@dataclass(frozen=True)
class Brief:
    """A rule that was loosened and held to again soon after.

    Args:
        duty: the rule.
        first, last: numbers of the entries that loosened it and held to it again.
        documents: those whose steps would have broken it meanwhile.
    """

    duty: str
    first: int
    last: int
    documents: tuple[int, ...]


@dataclass
class _Life:
    """A document since it was last drafted: when, by which account it was recorded, who acted."""

    since: str
    recorder: str
    actors: set[str]


@dataclass
class _Loosened:
    """A rule that is loosened now: by which entry, when, and the documents that needed it."""

    seq: int
    at: str
    documents: dict[int, None] = field(default_factory=dict)


@dataclass
class Oversight:
    """What is to be asked about the entries of a record, noted while they are read in their order.

    Args:
        quick: the documents that one account recorded from draft to seal within `QUICK`, with the account.
        brief: the rules loosened within `BRIEF` for steps that were taken meanwhile.
    """

    quick: dict[int, str] = field(default_factory=dict)
    brief: list[Brief] = field(default_factory=list)
    _lives: dict[int, _Life] = field(default_factory=dict)
    _loosened: dict[str, _Loosened] = field(default_factory=dict)

    def note(self, said: Mapping[str, Any], tables: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Note an entry.

        Args:
            said: its body.
            tables: the rows that follow from the entries before it.

        Raises:
            ValueError, TypeError, KeyError: it is none that docgen wrote.
        """
        document, step = said["document"], said["step"]
        if document is None:
            self._note_rules(said)
        elif step in _BY_PEOPLE:
            self._note_step(said, document)
        elif step == _DRAFT:
            self._lives[document] = _Life(said["at"], said["recorder"], {said["actor"]})
        if self._loosened and document is not None:
            for duty in leaning(said, tables):
                self._loosened[duty].documents[document] = None

    def _note_step(self, said: Mapping[str, Any], document: int) -> None:
        life = self._lives.get(document)
        if life is None:
            return
        if life.recorder != said["recorder"]:
            del self._lives[document]
            return
        life.actors.add(said["actor"])
        step = said["step"]
        if step == _APPLY or (step == _ISSUE and said["before"] == _NUMBERED):
            del self._lives[document]
            at_once = life.since == said["at"]
            if len(life.actors) >= FEWEST and (at_once or _between(life.since, said["at"]) <= QUICK):
                self.quick[document] = life.recorder

    def _note_rules(self, said: Mapping[str, Any]) -> None:
        for table, duty, values in said["changes"]:
            if table != "duty":
                continue
            before = self._loosened.pop(duty, None)
            if values["loosened"]:
                self._loosened[duty] = before or _Loosened(said["seq"], said["at"])
            elif before and before.documents and _between(before.at, said["at"]) <= BRIEF:
                self.brief.append(Brief(duty, before.seq, said["seq"], tuple(before.documents)))


def _between(earlier: str, later: str) -> timedelta:
    return datetime.fromisoformat(later) - datetime.fromisoformat(earlier)
