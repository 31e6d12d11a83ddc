"""Answers about what the register holds: documents and their life, numbers, rules, mandates, verification."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docgen.errors import DocgenError
from docgen.office.answers.answer import Answer, Near
from docgen.office.answers.files import of_files
from docgen.office.life import orders

if TYPE_CHECKING:
    from datetime import date

    from docgen.office.backups import Backup
    from docgen.office.drafting.drafts import Drafted
    from docgen.office.life.attachments import Attached
    from docgen.office.life.detaching import Detached
    from docgen.office.life.duties import Rule
    from docgen.office.life.finding import Story
    from docgen.office.life.steps import Stepped
    from docgen.office.papers.printing import Printout
    from docgen.office.restoring import Restored
    from docgen.office.sighting import Sighting
    from docgen.office.verification import Verified
    from docgen.office.witnesses import Begun, Seen
    from docgen.pdf.convert import Pdfs
    from docgen.register.audit_findings import StepOutOfOrder
    from docgen.register.document import Document
    from docgen.register.life import Duty
    from docgen.register.mandate import Mandate
    from docgen.register.number import Number
    from docgen.register.numbering import Series
    from docgen.register.record import Entry
    from docgen.register.upgrading import Upgraded


def document_json(document: Document) -> dict[str, Any]:
    """Return a document with all its columns."""
    return asdict(document)


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return an entry of the record with the files it saw; the rows that follow from it are left out."""
    deed = asdict(entry.deed)
    del deed["changes"]
    if entry.deed.about is None:
        del deed["about"]
    if not entry.deed.workspace:
        del deed["workspace"]
    held = deed.pop("held") or {"post": None, "roles": None, "sheets": None}
    return {
        "seq": entry.seq,
        "at": entry.at,
        "recorder": entry.recorder,
        **deed,
        **held,
        "previous": entry.previous,
        "digest": entry.digest,
    }


def mandate_json(mandate: Mandate) -> dict[str, Any]:
    """Return a mandate with all its columns."""
    return asdict(mandate)


def number_json(number: Number) -> dict[str, Any]:
    """Return a number with all its columns, and as documents show it."""
    return asdict(number) | {"text": number.text}


def head_json(head: tuple[int, str] | None) -> dict[str, Any] | None:
    """Return the end of the record: number and digest of its last entry."""
    return {"entry": head[0], "digest": head[1]} if head and head[0] else None


def _linked(document: Document | None) -> dict[str, Any] | None:
    return document_json(document) if document else None


_COMMANDS: Final[Mapping[str, str]] = {
    orders.REVIEW.name: "doc review",
    orders.COUNTERSIGN.name: "doc countersign",
    orders.SIGN.name: "doc sign",
    orders.REQUEST.name: "seal request --copies 份数",
    orders.APPROVE.name: "seal approve",
    orders.REFUSE.name: "seal refuse --remark 原因",
    orders.APPLY.name: "seal apply",
    orders.ISSUE.name: "doc issue",
    orders.RETURN.name: "doc return --remark 原因",
    orders.VOID.name: "doc void --remark 原因",
    orders.REPLACE.name: "doc replace --remark 原因",
    orders.ATTACH.name: "doc attach 文件",
}
"""The command that takes a step; what stands behind its two words follows the document."""


def commands_of(story: Story) -> list[tuple[str, str]]:
    """Return the steps that may follow, each with the command line that takes it for the document."""
    from docgen.office.drafting.drafts import is_by_hand

    number = str(story.document.id)
    split = ((step, _COMMANDS[step].split(" ")) for step in story.next_steps if step in _COMMANDS)
    said = {step: " ".join(("docgen", *words[:2], number, *words[2:])) for step, words in split}
    if orders.REPLACE.name in said and is_by_hand(story.document):
        words = f"docgen doc take 文件 --kind {story.document.kind} --replaces {number} --remark 原因"
        said[orders.REPLACE.name] = words
    return list(said.items())


def of_documents(found: Iterable[Document]) -> Answer:
    """Answer `doc list`; `about` says what each document covers."""
    return Answer({"documents": [document_json(each) | {"about": each.about} for each in found]})


def of_story(story: Story) -> Answer:
    """Answer `doc show`."""
    return Answer(
        {
            "document": document_json(story.document) | {"about": story.document.about},
            "entries": [entry_json(each) for each in story.entries],
            "next_steps": list(story.next_steps),
            "replaces": _linked(story.replaces),
            "replaced_by": _linked(story.replaced_by),
            "mandate": mandate_json(story.mandate) if story.mandate else None,
        },
        next_step="" if story.next_steps else "这件公文已经办结，不再变动。",
    )


def of_step(stepped: Stepped) -> Answer:
    """Answer the commands that take a step."""
    documents = [{"before": each.before.value, **document_json(each.document)} for each in stepped.taken]
    unchanged = [document_json(each) for each in stepped.unchanged]
    return Answer({"documents": documents, "unchanged": unchanged}, advices=stepped.advices)


def of_replacing(drafted: Drafted, near: Near) -> Answer:
    """Answer `doc replace`."""
    documents = [
        {
            "id": each.id,
            "key": each.draft.key,
            "title": each.draft.title,
            "path": near(each.path),
            "replaces": _linked(each.replaces),
        }
        for each in drafted.made
    ]
    ids = " ".join(str(each.id) for each in drafted.made if each.id is not None)
    next_step = f"下一步：核稿后用 docgen doc review {ids} 登记。" if ids else ""
    return Answer({"documents": documents}, drafted.faults, drafted.advices, next_step)


def of_attaching(attached: Sequence[Attached], role: str, near: Near) -> Answer:
    """Answer `doc attach`."""
    files = [near(each.path) for each in attached]
    fields = {"document": attached[0].document.id, "role": role, "files": files}
    return Answer(fields, advices=[each.advice for each in attached if each.advice])


def of_detaching(detached: Detached, near: Near, root: Path) -> Answer:
    """Answer `doc detach`, `archive detach`."""
    files = [near(root / each) for each in detached.paths]
    return Answer({"document": detached.document.id, "files": files})


def of_signed_pdfs(attached: Iterable[Attached], near: Near) -> Answer:
    """Answer `doc sign-pdf`."""
    found = [{"document": document_json(each.document), "path": near(each.path)} for each in attached]
    return Answer({"attachments": found})


def of_forms(forms: Sequence[Path], pdfs: Pdfs | None, near: Near) -> Answer:
    """Answer `doc form`."""
    return of_files([*forms, *(pdfs.made if pdfs else ())], near, pdfs.faults if pdfs else ())


def of_ledger(printed: Printout, files: Iterable[Path], kept: Path | None, near: Near) -> Answer:
    """Answer `doc ledger` and `seal register`; `kept` is named only where a file was written."""
    written = [near(each) for each in files]
    head = printed.head
    fields: dict[str, Any] = {"files": written}
    if written:
        fields["kept"] = [near(kept)] if kept else []
    rows = [asdict(each) for each in printed.rows]
    return Answer(fields | {"rows": rows, "head": head_json((head.entry, head.digest)) if head else None})


def of_numbers(found: Iterable[Number]) -> Answer:
    """Answer `doc number list`."""
    return Answer({"numbers": [number_json(each) for each in found]})


def of_series(series: Series, first: int) -> Answer:
    """Answer `doc number start`."""
    return Answer({"series": series.name, "first": series.text(first)})


def of_texts(numbers: Iterable[str]) -> Answer:
    """Answer `doc number reserve` and `doc number void`."""
    return Answer({"numbers": list(numbers)})


def of_rules(rules: Iterable[Rule]) -> Answer:
    """Answer `doc rules`."""
    return Answer(
        {
            "rules": [
                {"rule": each.duty.value, "steps": list(each.steps), "loosened": each.loosened}
                for each in rules
            ]
        }
    )


def of_duty(duty: Duty, *, loosened: bool) -> Answer:
    """Answer `doc loosen` and `doc tighten`."""
    return Answer({"rule": duty.value, "loosened": loosened})


def of_explaining(alarm: StepOutOfOrder) -> Answer:
    """Answer `doc explain`."""
    return Answer({"entry": alarm.seq, "explained": alarm.what})


def _witness_json(seen: Seen) -> dict[str, Any]:
    return {"path": seen.place.shown, "lines": seen.lines, "entries": seen.count, "sound": seen.may_go_on}


def of_witnesses(seen: Sequence[Seen]) -> Answer:
    """Answer `witness list`."""
    return Answer(
        {"witnesses": [_witness_json(each) for each in seen]},
        [fault for each in seen for fault in each.faults],
        [advice for each in seen for advice in each.advices],
    )


def of_begun(begun: Iterable[Begun], near: Near) -> Answer:
    """Answer `witness begin`."""
    return Answer(
        {
            "witnesses": [
                {"path": near(each.path), "kept": near(each.former) if each.former else None}
                for each in begun
            ]
        }
    )


def of_mandate(mandate: Mandate) -> Answer:
    """Answer `seal mandate add` and `seal mandate end`."""
    return Answer({"mandate": mandate_json(mandate)})


def of_mandates(found: Iterable[Mandate], today: date) -> Answer:
    """Answer `seal mandate list`."""
    from docgen.office.life.mandates import Standing, standing

    return Answer(
        {
            "mandates": [
                mandate_json(each) | {"in_force": standing(each, today) is Standing.IN_FORCE}
                for each in found
            ]
        }
    )


def of_upgrade(version: int, done: Upgraded | None, near: Near) -> Answer:
    """Answer `upgrade`; `done` is None when there was nothing to do."""
    return Answer(
        {
            "version": version,
            "upgraded_from": done.before if done else None,
            "backup": near(done.backup) if done else None,
            "documents": done.documents if done else 0,
        }
    )


def of_backup(done: Backup, near: Near) -> Answer:
    """Answer `backup`."""
    fields = {"folder": near(done.folder), "files": done.files, "size": done.size, "left_out": done.left_out}
    return _of_copy(done.verified, fields)


def of_restoring(done: Restored, near: Near) -> Answer:
    """Answer `restore`."""
    return _of_copy(done.verified, {"folder": near(done.folder), "files": done.files, "made": done.made})


def _of_copy(verified: Verified, fields: Mapping[str, Any]) -> Answer:
    found = {"entries": verified.entries, "head": head_json(verified.head)}
    return Answer({**fields, **found}, verified.faults, verified.advices)


def of_verifying(verified: Verified, entry: Entry | None, faults: Sequence[DocgenError]) -> Answer:
    """Answer `verify`; faults are those found and, where an entry was asked for, that it is not there."""
    return Answer(
        {
            "entries": verified.entries,
            "files": verified.files,
            "head": head_json(verified.head),
            "witnesses": [_witness_json(each) for each in verified.witnesses],
            "entry": entry_json(entry) if entry else None,
        },
        faults,
        verified.advices,
    )


def of_sightings(seen: Iterable[Sighting | DocgenError], near: Near) -> Answer:
    """Answer `verify` with files."""
    found, faults = [], []
    for each in seen:
        if isinstance(each, DocgenError):
            faults.append(each)
        else:
            found.append(
                {
                    "path": near(each.path),
                    "sha256": each.sha256,
                    "document": document_json(each.document),
                    "entries": [entry_json(entry) for entry in each.entries],
                    "role": each.role,
                    "current": each.current,
                    "printed": each.printed or None,
                }
            )
    return Answer({"sightings": found}, faults)
