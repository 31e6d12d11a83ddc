"""`docgen lint`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.shell import Shell, exit_code_of
from docgen.errors import DATA_WRONG, DONE

if TYPE_CHECKING:
    from docgen.lint.batch import Checked
    from docgen.lint.checker import Report, Settings
    from docgen.lint.findings import Finding
    from docgen.lint.recognition.layout import Form

_CONFIG: Final = "docgen.toml"
_TABLE: Final = re.compile(rb"^\s*\[?\s*[\"']?lint\b", re.MULTILINE | re.IGNORECASE)
_MOST_PLACES: Final = 6
_FORMS: Final = ("auto", "general", "upward", "letter", "minutes", "order", "slip", "serial")


@click.command(
    "lint", cls=ChineseCommand, help="检查 docx 是否符合 GB/T 9704-2012，可以一次多个，也可以给文件夹。"
)
@click.argument("paths", metavar="文件.docx…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--form", metavar="格式", type=click.Choice(_FORMS), default="auto",
              help=f"按哪种格式检查：auto（自动识别）、{'、'.join(_FORMS[1:])}")  # fmt: skip
@click.option(
    "--sarif",
    "log",
    metavar="文件",
    type=click.Path(path_type=Path, dir_okay=False),
    help="另写一份 SARIF 2.1.0 结果",
)
@click.pass_obj
def lint(shell: Shell, paths: tuple[Path, ...], form: str, log: Path | None) -> int:
    """Check files and print what is wrong with each."""
    from docgen.lint.batch import check_all

    _refuse_log(log)
    checked = []
    for each in check_all(paths, _form(form), _settings(shell)):
        checked.append(each)
        if each.report:
            for line in _lines(shell, each.report):
                shell.result(line)
    faults = [each.fault for each in checked if each.fault]
    shell.complain(faults)
    shell.result(_summary(checked))
    if log:
        _write(log, checked)
        shell.say(f"SARIF  {shell.near(log)}")
    return shell.finish(
        _code(checked), faults=faults, files=[_as_json(shell, each.report) for each in checked if each.report]
    )


def _form(name: str) -> Form | None:
    from docgen.lint.recognition.layout import Form

    return None if name == "auto" else Form(name)


def _settings(shell: Shell) -> Settings:
    """Return the workspace's settings of the checker; the standard's where there are none.

    A `docgen.toml` that says nothing of the checker is not validated: that would take longer than the checking.
    """
    from docgen.lint.checker import STANDARD, Settings

    if shell.folder.is_dir() and not _names_lint(shell.folder.absolute()):
        return STANDARD
    given = shell.workspace().settings.lint
    return Settings(frozenset(given.off), given.tolerance)


def _names_lint(folder: Path) -> bool:
    """Whether the nearest `docgen.toml` from a folder upward has a table of the checker; False without one."""
    found = (each / _CONFIG for each in (folder, *folder.parents) if (each / _CONFIG).is_file())
    nearest = next(found, None)
    try:
        return nearest is not None and bool(_TABLE.search(nearest.read_bytes()))
    except OSError:  # reading the settings says why
        return True


def _lines(shell: Shell, report: Report) -> Iterator[str]:
    from docgen.lint.recognition.layout import FORM_NAMES
    from docgen.lint.rule import SEVERITY_NAMES

    kind = f"，{report.kind}" if report.kind else ""
    yield f"{shell.near(Path(report.path))}（{FORM_NAMES[report.form]}{kind}）：{_counted([report])}"
    for group in report.groups():
        yield f"  {_line(SEVERITY_NAMES[group[0].severity], group)}"


def _line(severity: str, group: Sequence[Finding]) -> str:
    """Return findings that say the same as one line: the first, how many more there are, and where."""
    first = group[0]
    places = [each.paragraph for each in group if each.paragraph]
    last = f"……第{places[-1]}段" if len(places) > _MOST_PLACES else ""
    where = f"第{'、'.join(map(str, places[:_MOST_PLACES]))}段{last}"
    more = f"（共{len(group)}处：{where}）" if len(group) > 1 and places else ""
    return f"{severity} {first.rule.id}（{first.rule.clause}）{first.place}：{first.message}{more}。{first.rule.mend}。"


def _counted(reports: Sequence[Report]) -> str:
    from docgen.lint.rule import SEVERITY_NAMES

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


def _code(checked: Sequence[Checked]) -> int:
    from docgen.lint.rule import Severity

    if any(each.report.count(Severity.ERROR) for each in checked if each.report):
        return DATA_WRONG
    faults = [each.fault for each in checked if each.fault]
    return exit_code_of(faults) if faults else DONE


def _as_json(shell: Shell, report: Report) -> dict[str, Any]:
    from docgen.lint.rule import Severity

    return {
        "path": shell.near(Path(report.path)),
        "form": report.form.value,
        "kind": report.kind,
        "counts": {severity.value: report.count(severity) for severity in Severity},
        "findings": [each.as_json() for each in report.findings],
    }


def _refuse_log(log: Path | None) -> None:
    """Refuse a log in place of any file that is not an earlier log, or in a folder that is not there."""
    if log is None:
        return
    if log.suffix.lower() not in (".sarif", ".json"):
        raise click.BadParameter("文件名要以 .sarif 或 .json 结尾", param_hint="--sarif")
    if not log.parent.is_dir():
        raise click.BadParameter(f"没有 {log.parent} 这个文件夹", param_hint="--sarif")
    if log.is_symlink() or (log.exists() and not _is_log(log)):
        raise click.BadParameter(f"{log} 已存在，且不是以前的检查结果，没有改动它", param_hint="--sarif")


def _is_log(path: Path) -> bool:
    return path.is_file() and b"sarif" in path.read_bytes()[:400]


def _write(log: Path, checked: Sequence[Checked]) -> None:
    from docgen import __version__
    from docgen.files import write_whole
    from docgen.lint.sarif import sarif

    write_whole(log, sarif(checked, __version__).encode("utf-8", "replace"))
