"""Make one document of each form from the sample workspace: `python examples/demo.py`, which is `make demo`.

The drafts are made by docgen's own commands, one after another in this process, in the folder of the repository, which
is the workspace of example a. Where LibreOffice is there, all of them become PDFs in one conversion. What was made and
where is said at the end. Run again, it makes nothing twice: unchanged data give the same drafts.
"""

from __future__ import annotations

import contextlib
import io
import json
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHOWN = (
    ("信函", "告知函", "notice --project 3 --unit 县自然资源局"),
    ("文件", "通报", "bulletin --period 2026-02"),
    ("上行文", "报告", "draft 报告 --period 2026-03上半月"),
    ("纪要", "会议纪要", "minutes --meeting 会2026-04"),
    ("命令", "县政府令（排一份现成的文稿）", "format {demo}/县政府令.md --form order --to {out}"),
    ("单", "任务交办单", "slip --project 15 --unit 县住建局"),
    ("期刊", "专报", "draft 专报 --period 2026-03上半月"),
    ("清单", "待办手续清单", "draft 待办手续清单 --unit 县自然资源局"),
)
"""Forms, what stands for each, and the command that makes it."""


@dataclass(frozen=True)
class Shown:
    """A document that stands for its form.

    Args:
        form: the form's Chinese name.
        kind: the document's.
        command: what a clerk types, after `docgen`.
        path: where it is.
    """

    form: str
    kind: str
    command: str
    path: Path


class Failed(Exception):  # not an error of docgen's
    """A command made no document."""


def made(form: str, kind: str, command: str, root: Path) -> Shown:
    """Take a command in the workspace and return the one document it made, or had made before.

    Raises:
        Failed: the command ended with a fault, or made none.
    """
    named = command.format(demo=ROOT / "examples" / "demo", out=root / "out" / "演示")
    code, out, said = _ran(["-C", str(root), "--json", *shlex.split(named)])
    paths = [Path(each) for each in _paths(json.loads(out))] if not code else []
    if not paths:
        raise Failed(f"docgen {command}\n{said}")
    shown = command.format(demo="examples/demo", out="out/演示")
    return Shown(form, kind, shown, Path.cwd() / paths[0])


def _ran(arguments: list[str]) -> tuple[int, str, str]:
    from docgen.cli.main import run

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    return code, out.getvalue(), err.getvalue()


def _paths(answer: Any) -> list[str]:
    """Return the documents that an answer names."""
    return [each["path"] for each in [*answer.get("documents", []), *answer["files"]]]


def printed(documents: list[Path]) -> int | None:
    """Make the PDFs beside documents in one conversion and return how many there are, None without LibreOffice."""
    from docgen.errors import DocgenError
    from docgen.office import pdfs

    try:
        return len(pdfs.beside(documents).made)
    except DocgenError:
        return None


def main() -> None:
    """Make the documents and say what they are and where they are."""
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT
    print("用示例工作区（虚构的澄湖县，“今天”是2026年3月16日）为每种版式起草一件：\n")
    try:
        shown = [made(*each, root) for each in SHOWN]
    except Failed as failed:
        sys.exit(str(failed))
    for each in shown:
        print(f"  {each.form}：{each.kind}\n      docgen {each.command}\n      {_near(each.path)}")
    count = printed([each.path for each in shown if each.path.suffix == ".docx"])
    beside = (
        "没有安装 LibreOffice，未转换 PDF。" if count is None else f"其中{count}件另有 PDF，在同一文件夹。"
    )
    print(f"\n共{len(shown)}件，都是草稿，可以打开、修改。{beside}")
    print("接下来可以运行 .venv/bin/docgen doc list 看登记的草稿，.venv/bin/docgen status 看今天要办的事。")


def _near(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


if __name__ == "__main__":
    main()
