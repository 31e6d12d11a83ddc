"""What each step may change in the tables that follow from the entries.

The changes stand in the entry itself, so that the tables follow from whatever an entry says. An entry that somebody
added by hand could therefore say one thing and change another; `verify` holds each to this list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from docgen.errors import DocgenError
from docgen.register import life
from docgen.register.audit_findings import TABLES, RuleBroken
from docgen.register.record import FOUNDED, TAKEN_OVER, UPGRADED, Change, FileRole

Row = Mapping[str, Any]
Tables = Mapping[str, Mapping[Any, Row]]
Effects = Mapping[str, frozenset[str]]
"""The columns of each table."""

_NEW_DOCUMENT: Final = (
    "key edition kind title subject addressee receivers copies_to annexes state day dated path sha256 sm3 "
    "template_digest data_digest number_place date_place drafter reviewer countersigners reason replaces made_for"
)
_FILE: Final = "document role sha256 sm3 size"
_NUMBER: Final = "code year serial state day document remark"
_MANDATE: Final = "title number clause principal stamping_unit kinds start end ended_by remark"
_DIGESTS: Final = ("role", "sha256", "sm3", "size")
_NONE: Final[frozenset[str]] = frozenset()


def _may(**columns: str) -> Effects:
    return {table: frozenset(names.split()) for table, names in columns.items()}


EFFECTS: Final[Mapping[str, Effects]] = {
    FOUNDED: {},
    TAKEN_OVER: _may(document=_NEW_DOCUMENT, file=_FILE),
    UPGRADED: _may(document="made_for"),
    life.DRAFT.name: _may(document=_NEW_DOCUMENT, file=_FILE),
    life.REVIEW.name: _may(document="state day reviewer countersigners reason sha256 sm3", file=_FILE),
    life.COUNTERSIGN.name: _may(document="state day countersigners"),
    life.RETURN.name: _may(document="state day reviewer countersigners reason"),
    life.SIGN.name: _may(document="state day signatory"),
    life.NUMBER.name: _may(document="state number dated path sha256 sm3", number=_NUMBER, file=_FILE),
    life.REQUEST.name: _may(document="state day applicant mandate copies_asked reason"),
    life.APPROVE.name: _may(document="state day approver"),
    life.REFUSE.name: _may(document="state day applicant approver mandate copies_asked reason"),
    life.APPLY.name: _may(document="state day keeper copies_sealed sealed_on seal_serial"),
    life.ISSUE.name: _may(document="state day issuer copies_issued issued_to issued_on"),
    life.ARCHIVE.name: _may(document="state day archivist"),
    life.VOID.name: _may(document="state day reason", number="state remark", file="role"),
    life.REPLACE.name: _may(document="replaced_by reason"),
    life.SUPERSEDE.name: _may(document="state day reason"),
    life.ATTACH.name: _may(document="day", file=_FILE),
    life.START_AT.name: _may(number=_NUMBER),
    life.RESERVE.name: _may(number=_NUMBER),
    life.VOID_NUMBER.name: _may(number="state remark"),
    life.GIVE_BACK.name: _may(number="state remark"),
    life.UNDO_START.name: _may(number="state remark"),
    life.GRANT.name: _may(mandate=_MANDATE),
    life.END.name: _may(mandate="end ended_by remark"),
    life.LOOSEN.name: _may(duty="loosened"),
    life.TIGHTEN.name: _may(duty="loosened"),
    life.WITNESS.name: {},
    life.EXPLAIN.name: {},
}
"""By the names of the steps."""


_DRAFTED: Final = frozenset({life.DRAFT.name, life.REVIEW.name})
"""The steps that may record other content of a file that is on record: drafts are edited until they are signed."""


def beyond(said: Mapping[str, Any], tables: Tables) -> Iterator[DocgenError]:
    """Yield what an entry changes that its step does not.

    Args:
        said: the entry's body.
        tables: the rows that follow from the entries before it.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is none that docgen wrote.
    """
    effects = EFFECTS.get(said["step"])
    if effects is None:
        yield RuleBroken(said["seq"], said["step"], "没有这个步骤")
        return
    for table, row, values in said["changes"]:
        if reason := _reason(said, effects, tables, (table, row, values)):
            named = f"{TABLES.get(table, table)}“{row}”"
            yield RuleBroken(said["seq"], said["step"], f"改动了{named}，{reason}")


def _reason(said: Mapping[str, Any], effects: Effects, tables: Tables, change: Change) -> str:
    """Return why a change is not one of the step; nothing when it is."""
    table, row, values = change
    if not values.keys() <= effects.get(table, _NONE):
        return f"这一步不改{'、'.join(sorted(values.keys() - effects.get(table, _NONE)))}"
    if table == "document" and said["step"] != UPGRADED:
        if row != said["document"]:
            return "这一步办的不是这件公文"
        if values.get("state", said["after"]) != said["after"]:
            return "改成的状态与这一步不符"
    return _reason_of_file(said, tables["file"].get(row), change) if table == "file" else ""


def _reason_of_file(said: Mapping[str, Any], known: Row | None, change: Change) -> str:
    """Return why a step does not change the row of a file so."""
    _, path, values = change
    if known and known["document"] != said["document"] and known["role"] != FileRole.WITHDRAWN:
        return "它属于别的公文"
    if known and values == {"role": FileRole.WITHDRAWN}:
        return ""
    seen = [each for each in said["files"] if each["path"] == path]
    if not seen or any(values.get(each) != seen[-1][each] for each in _DIGESTS):
        return "与这一条所写的文件不符"
    if known and said["step"] not in _DRAFTED and values["sha256"] != known.get("sha256"):
        return "已经登记过的文件不能换成别的内容"
    return ""
