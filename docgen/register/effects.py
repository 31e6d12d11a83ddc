"""What each step may change in the tables that follow from the entries.

The changes stand in the entry itself, so that the tables follow from whatever an entry says. An entry that somebody
added by hand could therefore say one thing and change another; `verify` holds each to this list.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, Final

from docgen.errors import DocgenError
from docgen.register import life
from docgen.register.audit_findings import TABLES, RuleBroken
from docgen.register.record import FOUNDED, TAKEN_OVER, UPGRADED, FileRole
from docgen.register.schema import DOCUMENT, DUTY, FILE, MANDATE, NUMBER
from docgen.register.tables import Column, Table

Row = Mapping[str, Any]
Tables = Mapping[str, Mapping[Any, Row]]
Effects = Mapping[str, frozenset[str]]
"""The columns of each table."""


def _columns(table: Table) -> tuple[Column, ...]:
    """Return the columns that an entry says of a row: all but its key and the number of the entry."""
    return tuple(each for each in table.columns.values() if each.name not in ("id", "entry"))


def _may(*columns: Column) -> Effects:
    of_tables: dict[str, set[str]] = {}
    for each in columns:
        of_tables.setdefault(each.table, set()).add(each.name)
    return {table: frozenset(names) for table, names in of_tables.items()}


_DOCUMENT: Final = DOCUMENT.name
_FILES: Final = FILE.name
_D: Final = DOCUMENT.c
_STANDING: Final = (_D.state, _D.day)
_NEW_DOCUMENT: Final = (
    *_STANDING, _D.key, _D.edition, _D.kind, _D.title, _D.subject, _D.addressee, _D.receivers, _D.copies_to,
    _D.annexes, _D.dated, _D.path, _D.sha256, _D.sm3, _D.template_digest, _D.data_digest, _D.number_place,
    _D.date_place, _D.drafter, _D.reviewer, _D.countersigners, _D.reason, _D.replaces, _D.made_for,
)  # fmt: skip
_FILE: Final = _columns(FILE)
_NUMBER: Final = _columns(NUMBER)
_MANDATE: Final = _columns(MANDATE)
_LOOSENED: Final = _may(DUTY.c.loosened)
_LEFT_OUT: Final = (NUMBER.c.state, NUMBER.c.remark)
_DIGESTS: Final = frozenset(each.name for each in (FILE.c.role, FILE.c.sha256, FILE.c.sm3, FILE.c.size))
_as_digested: Final = itemgetter(*_DIGESTS)
_AWAY: Final = FileRole.WITHDRAWN.value
_WITHDRAWN: Final = {FILE.c.role.name: _AWAY}
_SET_ASIDE: Final = {FILE.c.role.name: FileRole.SET_ASIDE.value}
_NOT_AS_SAID: Final = "与这一条所写的文件不符"
_DETACHING: Final = frozenset({life.DETACH.name, life.DETACH_ARCHIVED.name})
_ATTACHED: Final = frozenset(
    {FileRole.SCAN, FileRole.REPLY, FileRole.RECEIPT, FileRole.ATTACHMENT, FileRole.SIGNED_PDF}
)
_ROLES: Final[Mapping[str, frozenset[str]]] = {
    TAKEN_OVER: frozenset({FileRole.DRAFT}),
    life.DRAFT.name: frozenset({FileRole.DRAFT}),
    life.REVIEW.name: frozenset({FileRole.DRAFT}),
    life.NUMBER.name: frozenset({FileRole.SUBMITTED, FileRole.FINAL}),
    life.ARCHIVE.name: frozenset({FileRole.BAG}),
    life.ATTACH.name: _ATTACHED,
    life.SUPPLEMENT.name: _ATTACHED,
}
"""What the files may be to a document that a step records: nothing is attached as its 正本."""
_NONE: Final[frozenset[str]] = frozenset()

EFFECTS: Final[Mapping[str, Effects]] = {
    FOUNDED: {},
    TAKEN_OVER: _may(*_NEW_DOCUMENT, *_FILE),
    UPGRADED: _may(_D.made_for),
    life.DRAFT.name: _may(*_NEW_DOCUMENT, *_FILE),
    life.REVIEW.name: _may(*_STANDING, _D.reviewer, _D.countersigners, _D.reason, _D.sha256, _D.sm3, *_FILE),
    life.COUNTERSIGN.name: _may(*_STANDING, _D.countersigners),
    life.RETURN.name: _may(*_STANDING, _D.reviewer, _D.countersigners, _D.reason),
    life.SIGN.name: _may(*_STANDING, _D.signatory),
    life.NUMBER.name: _may(_D.state, _D.number, _D.dated, _D.path, _D.sha256, _D.sm3, *_NUMBER, *_FILE),
    life.REQUEST.name: _may(*_STANDING, _D.applicant, _D.mandate, _D.copies_asked, _D.reason),
    life.APPROVE.name: _may(*_STANDING, _D.approver),
    life.REFUSE.name: _may(*_STANDING, _D.applicant, _D.approver, _D.mandate, _D.copies_asked, _D.reason),
    life.APPLY.name: _may(*_STANDING, _D.keeper, _D.copies_sealed, _D.sealed_on, _D.seal_serial),
    life.ISSUE.name: _may(*_STANDING, _D.issuer, _D.copies_issued, _D.issued_to, _D.issued_on),
    life.ARCHIVE.name: _may(*_STANDING, _D.archivist, *_FILE),
    life.VOID.name: _may(*_STANDING, _D.reason, *_LEFT_OUT, FILE.c.role),
    life.REPLACE.name: _may(_D.replaced_by, _D.reason),
    life.SUPERSEDE.name: _may(*_STANDING, _D.reason),
    life.ATTACH.name: _may(_D.day, *_FILE),
    life.SUPPLEMENT.name: _may(_D.day, *_FILE),
    life.DETACH.name: _may(_D.day, FILE.c.role),
    life.DETACH_ARCHIVED.name: _may(_D.day, FILE.c.role),
    life.OPENNESS.name: _may(_D.day),
    life.START_AT.name: _may(*_NUMBER),
    life.RESERVE.name: _may(*_NUMBER),
    life.VOID_NUMBER.name: _may(*_LEFT_OUT),
    life.GIVE_BACK.name: _may(*_LEFT_OUT),
    life.UNDO_START.name: _may(*_LEFT_OUT),
    life.GRANT.name: _may(*_MANDATE),
    life.END.name: _may(MANDATE.c.end, MANDATE.c.ended_by, MANDATE.c.remark),
    life.LOOSEN.name: _LOOSENED,
    life.TIGHTEN.name: _LOOSENED,
    life.WITNESS.name: {},
    life.EXPLAIN.name: {},
}
"""By the names of the steps."""


_DRAFTED: Final = frozenset({life.DRAFT.name, life.REVIEW.name})
"""The steps that may record other content of a file that is on record: drafts are edited until they are signed."""


def changes_beyond_step(said: Row, tables: Tables) -> list[DocgenError]:
    """Return what an entry changes that its step does not.

    Args:
        said: the entry's body.
        tables: the rows that follow from the entries before it.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: it is none that docgen wrote.
    """
    step = said["step"]
    effects = EFFECTS.get(step)
    if effects is None:
        return [RuleBroken(said["seq"], step, "没有这个步骤")]
    found: list[DocgenError] = []
    for table, row, values in said["changes"]:
        if not effects.get(table, _NONE).issuperset(values):
            beyond = values.keys() - effects.get(table, _NONE)
            reason = f"这一步不改{'、'.join(sorted(beyond))}"
        elif table == _DOCUMENT:
            reason = _reason_of_document(said, row, values)
        elif table == _FILES:
            reason = _reason_of_file(said, tables[table].get(row), row, values)
        else:
            continue
        if reason:
            named = f"{TABLES.get(table, table)}“{row}”"
            found.append(RuleBroken(said["seq"], step, f"改动了{named}，{reason}"))
    return found


def _reason_of_document(said: Row, row: Any, values: Row) -> str:
    """Return why a step does not change the row of a document so; nothing when it does."""
    if row != said["document"]:
        return "" if said["step"] == UPGRADED else "这一步办的不是这件公文"
    if said["step"] == UPGRADED:
        return ""
    after, sha256 = said["after"], values.get("sha256")
    if values.get("state", after) != after:
        return "改成的状态与这一步不符"
    if sha256 is not None:
        for each in said["files"]:
            if each["sha256"] == sha256:
                return ""
        return _NOT_AS_SAID
    return ""


def _reason_of_file(said: Row, known: Row | None, path: Any, values: Row) -> str:
    """Return why a step does not change the row of a file so; nothing when it does."""
    if known:
        if known["document"] != said["document"] and known["role"] != _AWAY:
            return "它属于别的公文"
        if said["step"] in _DETACHING:
            return "" if values == _SET_ASIDE and known["role"] in _ATTACHED else "这一步只停用附件"
        if values == _WITHDRAWN:
            return ""
    return _reason_of_content(said, known, path, values)


def _reason_of_content(said: Row, known: Row | None, path: Any, values: Row) -> str:
    """Return why a step does not record a file with this content; nothing when it does."""
    seen: Row | None = None
    for each in said["files"]:
        if each["path"] == path:
            seen = each
    if seen is None or not values.keys() >= _DIGESTS or _as_digested(values) != _as_digested(seen):
        return _NOT_AS_SAID
    if values["role"] not in _ROLES.get(said["step"], _NONE):
        return f"这一步不登记{values['role']}"
    if known and said["step"] not in _DRAFTED and values["sha256"] != known.get("sha256"):
        return "已经登记过的文件不能换成别的内容"
    return ""
