"""Who acts in the archive's tests, and how a command is called in a workspace."""

from __future__ import annotations

from pathlib import Path

from docgen.cli.main import run

SETTINGS = '\n[archive]\nfonds = "J001"\nfonds_name = "澄湖县重大项目联审联批工作机制"\n'
CLERK, REVIEWER, HEAD, KEEPER = "陶映雪", "方知远", "万里舟", "范雨桐"
NAME = "J001-WS-2026-第1版"


def call(root: Path, by: str, *arguments: str) -> int:
    """Run a command in a workspace by somebody."""
    return run(["-C", str(root), "--by", by, *arguments])
