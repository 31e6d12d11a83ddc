"""`docgen lint`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import FilePath, refuse_other_ending
from docgen.cli.shell import Shell
from docgen.errors import DocgenError
from docgen.office import linting
from docgen.office.answers.files import of_linting
from docgen.office.linting import FORM_NAMES, FORMS, SEVERITY_NAMES, Checked, Finding, Report

_MOST_PLACES: Final = 6


@click.command(
    "lint", cls=ChineseCommand, help="检查 docx 是否符合 GB/T 9704-2012，可以一次多个，也可以给文件夹。"
)
@click.argument("paths", metavar="文件.docx…", nargs=-1, required=True, type=FilePath())
@click.option("--form", metavar="格式", type=click.Choice(FORMS), default="auto",
              help=f"按哪种格式检查：auto（自动识别）、{'、'.join(FORMS[1:])}")  # fmt: skip
@click.option(
    "--sarif",
    "log",
    metavar="文件",
    type=FilePath(dir_okay=False),
    help="另写一份 SARIF 2.1.0 结果",
)
@click.option("--annotate", is_flag=True, help="另存一份，把问题写成 Word 批注；写到 --to 的文件夹")
@click.option("--to", "folder", metavar="文件夹", type=FilePath(file_okay=False),
              help="带批注的副本写到哪里")  # fmt: skip
@click.option(
    "--all", "everything", is_flag=True, help="逐条列出；不写时同一原因的合成一条，由它引起的只说几处"
)
@click.option("--fix-list", "fix_list", is_flag=True, help="说明哪些用 docgen format 就能改好，哪些要由人改")
@click.pass_obj
def lint(  # noqa: PLR0913, PLR0917  an option each
    shell: Shell,
    paths: tuple[Path, ...],
    form: str,
    log: Path | None,
    annotate: bool,
    folder: Path | None,
    everything: bool,
    fix_list: bool,
) -> int:
    """Check files and print what is wrong with each."""
    if annotate is not bool(folder):
        raise click.UsageError("--annotate 和 --to 要一起用", click.get_current_context())
    _refuse_log(log)
    checked = []
    for each in linting.lint(paths, form, shell.folder):
        checked.append(linting.with_mended(each, form, shell.folder) if fix_list else each)
        if report := checked[-1].report:
            tell = shell.problem if report.findings else shell.result
            tell(_heading(shell, report))
            for line in _fix_list(report) if fix_list else _lines(report, everything=everything):
                tell(f"  {line}")
    faults = [each.fault for each in checked if each.fault]
    copies = list(linting.annotate(checked, folder)) if folder else []
    faults += [each for each in copies if isinstance(each, DocgenError)]
    shell.complain(faults)
    shell.result(_summary(checked))
    made = [each for each in copies if isinstance(each, Path)]
    for path in made:
        shell.say(f"批注  {shell.near(path)}")
    if log:
        linting.write_log(log, checked)
        shell.say(f"SARIF  {shell.near(log)}")
    return shell.finish(of_linting(checked, shell.near, made, faults))


def _heading(shell: Shell, report: Report) -> str:
    kind = f"，{report.kind}" if report.kind else ""
    return f"{shell.near(Path(report.path))}（{FORM_NAMES[report.form]}{kind}）：{_counted([report])}"


def _lines(report: Report, *, everything: bool) -> Iterator[str]:
    if everything:
        yield from (_line([each]) for each in report.findings)
        return
    for cause in report.causes():
        yield _line(cause.findings) + _said_of_followers(cause.followers)


def _line(group: Sequence[Finding]) -> str:
    """Return findings that say the same as one line: the first, how many more there are, and where."""
    first = group[0]
    places = [each.paragraph for each in group if each.paragraph]
    last = f"……第{places[-1]}段" if len(places) > _MOST_PLACES else ""
    where = f"第{'、'.join(map(str, places[:_MOST_PLACES]))}段{last}"
    more = f"（共{len(group)}处：{where}）" if len(group) > 1 and places else ""
    severity = SEVERITY_NAMES[first.severity]
    return f"{severity} {first.rule.id}（{first.rule.clause}）{first.place}：{first.message}{more}。{first.rule.mend}。"


def _said_of_followers(followers: Sequence[Finding]) -> str:
    """Return how many findings follow from one, and of which rules."""
    names = "、".join(dict.fromkeys(each.rule.id for each in followers))
    return f"由此引起{len(followers)}处（{names}），用 --all 逐条列出。" if followers else ""


def _fix_list(report: Report) -> Iterator[str]:
    """Return the findings in two lists: those that are gone when the document is laid out, and those that stay."""
    gone = report.mended or frozenset()
    mended = [each for each in report.findings if each in gone]
    left = [each for each in report.findings if each not in gone]
    if report.unmended:
        yield f"不能整理：{report.unmended}"
    for said, findings in (("docgen format 能改好", mended), ("要由人改", left)):
        if findings:
            yield f"{said}（{len(findings)}处）："
            alike = replace(report, findings=tuple(findings)).causes()
            yield from (f"  {_line(each.findings)}{_said_of_followers(each.followers)}" for each in alike)


def _counted(reports: Sequence[Report]) -> str:
    counts = {
        name: sum(report.count(severity) for report in reports) for severity, name in SEVERITY_NAMES.items()
    }
    return "，".join(f"{name}{count}" for name, count in counts.items() if count) or "没有问题"


def _summary(checked: Sequence[Checked]) -> str:
    reports = [each.report for each in checked if each.report]
    unread = len(checked) - len(reports)
    more = f"；{unread}个没有读成" if unread else ""
    return (
        f"共检查{len(reports)}个文件：{_counted(reports)}{more}。"
        if reports
        else f"共{unread}个文件没有读成。"
    )


def _refuse_log(log: Path | None) -> None:
    """Refuse a log in place of any file that is not an earlier log, or in a folder that is not there."""
    if log is None:
        return
    refuse_other_ending(log, (".sarif", ".json"), "--sarif")
    if not log.parent.is_dir():
        raise click.BadParameter(f"没有 {log.parent} 这个文件夹", param_hint="--sarif")
    if log.is_symlink() or (log.exists() and not linting.is_log(log)):
        raise click.BadParameter(f"{log} 已存在，且不是以前的检查结果，没有改动它", param_hint="--sarif")
