"""Answers about files: sheets, templates, drafts, and documents of anybody that were checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docgen.errors import DATA_WRONG, Advice, DocgenError
from docgen.office.answers.answer import Answer, Near

if TYPE_CHECKING:
    from docgen.office.board.making import Made
    from docgen.office.checking import Checked
    from docgen.office.drafting.comparing import Compared
    from docgen.office.drafting.drafts import Drafted
    from docgen.office.elements import Read
    from docgen.office.formatting import Done
    from docgen.office.founding import Founded
    from docgen.office.linting import Checked as Linted
    from docgen.office.linting import Finding, Report
    from docgen.office.ofds.making import Ofds
    from docgen.office.ofds.reading import Reading
    from docgen.office.templates import TemplateInfo


def of_check(checked: Checked) -> Answer:
    """Answer `check`."""
    return Answer({"counts": dict(checked.counts)}, checked.faults, checked.advices)


def of_sheets(checked: Checked) -> Answer:
    """Answer `sheets check`."""
    return Answer({}, checked.faults, checked.advices)


def of_files(
    files: Iterable[Path], near: Near, faults: Sequence[DocgenError] = (), advices: Sequence[Advice] = ()
) -> Answer:
    """Answer commands that make files: `sheets new`, `sheets annotate`, `pdf`."""
    return Answer({"files": [near(each) for each in files]}, faults, advices)


def of_ofds(made: Ofds, near: Near, advices: Sequence[Advice]) -> Answer:
    """Answer `ofd`."""
    told = [
        {
            "path": near(each.path),
            "kept": near(each.kept) if each.kept else "",
            "document": each.document,
            "metadata": dict(each.metadata),
            "attachments": list(each.attachments),
        }
        for each in made.made
    ]
    return Answer({"files": list(map(near, made.paths)), "ofds": told}, made.faults, advices)


def of_board(made: Made, near: Near) -> Answer:
    """Answer `board`."""
    projects, approvals = ({"done": each.done, "needed": each.needed} for each in made.rates)
    return Answer(
        {
            "files": [near(made.path)],
            "kept": [near(made.kept)] if made.kept else [],
            "day": made.chart.today.isoformat(),
            "size": made.size,
            "final": made.chart.final,
            "projects": projects,
            "approvals": approvals,
            "lights": dict(made.lights),
        },
        advices=made.advices,
    )


def of_start(folder: Path, near: Near) -> Answer:
    """Answer `init`."""
    return Answer({"folder": near(folder)}, next_step="下一步：填写 data 中的数据表，再运行 docgen check")


def of_founding(found: Founded, near: Near) -> Answer:
    """Answer `init --from`."""
    left = [{"what": each.what, "why": each.why, "source": str(each.source or "")} for each in found.open]
    return Answer(
        {"folder": near(found.folder), "read": dict(found.read), "open": left},
        next_step="下一步：打开 data 中的数据表，对照“出处”一列核对、补填（核对完可删去这一列），再运行 docgen check",
    )


def of_templates(found: Iterable[TemplateInfo], near: Near) -> Answer:
    """Answer `template list`."""
    return Answer(
        {
            "templates": [
                {
                    "kind": each.kind,
                    "path": near(each.path) if each.path else None,
                    "state": each.state.name.lower(),
                }
                for each in found
            ]
        }
    )


def of_comparing(found: Iterable[Compared], advices: Sequence[Advice]) -> Answer:
    """Answer `template check --docxtpl`."""
    return Answer({"compared": [_compared_json(each) for each in found]}, advices=advices)


def _compared_json(each: Compared) -> dict[str, Any]:
    came = each.comparison
    return {
        "kind": each.kind,
        "document": each.document,
        "compared": came is not None,
        "failed": came.failed if came else "",
        "differences": [asdict(one) for one in came.differences] if came else [],
    }


def of_drafts(drafted: Drafted, extra: Iterable[Path], near: Near) -> Answer:
    """Answer the commands that draft documents; `extra` are PDFs and pictures made of the drafts."""
    documents = [
        {
            "id": each.id,
            "kind": each.draft.kind,
            "key": each.draft.key,
            "title": each.draft.title,
            "subject": each.draft.subject,
            "addressee": each.draft.addressee,
            "outcome": each.outcome.name.lower(),
            "path": near(each.path),
            "kept": [near(path) for path in each.kept],
        }
        for each in drafted.made
    ]
    return Answer(
        {"documents": documents, "files": [near(path) for path in extra]},
        drafted.faults,
        [*drafted.skipped, *drafted.advices],
        _after_drafts(drafted),
    )


def of_taking(drafted: Drafted, near: Near) -> Answer:
    """Answer `doc take`."""
    answer = of_drafts(drafted, (), near)
    (made,) = drafted.made
    return replace(answer, next_step=f"下一步：核稿后运行 docgen doc review {made.id}" if made.id else "")


def _after_drafts(drafted: Drafted) -> str:
    if not drafted.made:
        return ""
    if drafted.made[0].draft.suffix == ".xlsx":
        return "清单不用核稿、签发，可以直接使用；数据变了，再运行一次就会更新。"
    return "下一步：用 docgen doc list 查看登记号，核稿后用 docgen doc review 登记。"


def of_formatting(found: Sequence[Done], near: Near) -> Answer:
    """Answer `format`: 1 when a document still has errors that only a person can mend."""
    from docgen.office.linting import Severity

    faults = [each.fault for each in found if each.fault]
    wrong = any(each.report and each.report.count(Severity.ERROR) for each in found)
    files = [_formatted_json(each, near) for each in found if each.target]
    return Answer({"files": files}, faults, code=DATA_WRONG if wrong else None)


def _formatted_json(done: Done, near: Near) -> dict[str, Any]:
    return {
        "source": near(done.source),
        "path": near(done.target) if done.target else None,
        "same": done.same,
        "form": done.form.value,
        "title": done.title,
        "changes": [
            {"kind": each.kind.value, "paragraph": each.place, "before": each.before, "after": each.after}
            for each in done.changes
        ],
        "findings": [each.as_json() for each in done.report.findings] if done.report else [],
    }


def of_reading(found: Sequence[Read | Reading], near: Near) -> Answer:
    """Answer `read`."""
    files = [{"path": near(each.path), **each.elements} for each in found if not each.fault]
    return Answer({"files": files}, [each.fault for each in found if each.fault])


def of_linting(
    checked: Sequence[Linted], near: Near, copies: Sequence[Path], faults: Sequence[DocgenError]
) -> Answer:
    """Answer `lint`: 1 when a file has errors, else as the files that could not be read say."""
    from docgen.office.linting import Severity

    reports = [each.report for each in checked if each.report]
    wrong = any(each.count(Severity.ERROR) for each in reports)
    fields = {"files": [_report_json(each, near) for each in reports], "annotated": list(map(near, copies))}
    return Answer(fields, faults, code=DATA_WRONG if wrong else None)


def _report_json(report: Report, near: Near) -> dict[str, Any]:
    from docgen.office.linting import Severity

    return {
        "path": near(Path(report.path)),
        "form": report.form.value,
        "kind": report.kind,
        "counts": {severity.value: report.count(severity) for severity in Severity},
        "findings": [_finding_json(each, report) for each in report.findings],
    }


def _finding_json(finding: Finding, report: Report) -> dict[str, Any]:
    """Return a finding, with whether laying the document out mends it where that was asked."""
    said = {} if report.mended is None else {"mended": finding in report.mended}
    return {**finding.as_json(), **said}
