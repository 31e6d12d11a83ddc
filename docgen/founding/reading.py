"""A founding text read as a whole: identity, people, units, bodies, deadlines, and what does not agree."""

from __future__ import annotations

from typing import Final

from docgen.founding.deadlines import read_deadlines
from docgen.founding.identity import read_identity, read_level_words
from docgen.founding.passages import passages_of
from docgen.founding.people import not_read, people_in
from docgen.founding.placing import read_roster
from docgen.founding.proposal import DEADLINES, MECHANISM, PEOPLE, UNITS, Open, Proposal
from docgen.model.fields import fields_of
from docgen.model.mechanism import Mechanism
from docgen.reform.draft import Draft
from docgen.reform.faults import NoWords
from docgen.reform.paper import Paper
from docgen.reform.recognise import recognise

_LOOK_FOR: Final = {
    "seal_clause": "授权代章的那一句",
    "stamping_unit": "由哪个单位代章",
    "office": "“下设办公室”“办公室设在”一类的句子",
    "host_unit": "“办公室设在”一类的句子",
    "short_name": "“（以下简称…）”",
    "office_short": "“（以下简称…）”",
}
_SETTLED: Final = ("seal_clause", "stamping_unit")


def read_founding(draft: Draft) -> Proposal:
    """Return what a founding text proposes for the sheets of a workspace.

    Args:
        draft: The circular, or the mechanism's text alone.

    Raises:
        NoWords: it says nothing.
    """
    passages = passages_of(draft.blocks)
    if not passages:
        raise NoWords(draft.path)
    proposal = Proposal()
    paper = _paper(draft)
    read_identity(passages, paper, proposal)
    read_level_words(passages, proposal)
    seen = list(people_in(passages))
    read_roster(passages, seen, proposal)
    proposal.open.extend(
        Open(PEOPLE, f"写到“{who}”，没有读成负责人或成员，请看是否要填", source)
        for who, source in not_read(passages, seen)
    )
    read_deadlines(passages, proposal)
    _name_what_is_missing(proposal)
    return proposal


def _paper(draft: Draft) -> Paper | None:
    try:
        return recognise(draft)
    except NoWords:
        return None


def _name_what_is_missing(proposal: Proposal) -> None:
    """Name the required values of 工作机制 that the text does not give, and sheets for which it has no rows."""
    own_seal = "seal_clause" not in proposal.mechanism
    for spec in fields_of(Mechanism):
        wanted = spec.required or (spec.name in _SETTLED and not own_seal)
        if wanted and spec.name not in proposal.mechanism and not _named(proposal, spec.label):
            hint = _LOOK_FOR.get(spec.name)
            why = f"没有读到{hint}，请填写" if hint else "没有读到，请填写"
            proposal.open.append(Open(f"{MECHANISM}·{spec.label}", why))
    for sheet, what in (
        (UNITS, "成员单位"),
        (PEOPLE, "负责人和成员"),
        (DEADLINES, "按开工时间和层级定的办结时限"),
    ):
        if not proposal.of(sheet):
            proposal.open.append(Open(sheet, f"没有读到{what}，请填写"))


def _named(proposal: Proposal, label: str) -> bool:
    return any(each.what == f"{MECHANISM}·{label}" for each in proposal.open)
