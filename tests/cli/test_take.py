"""`docgen doc take`: from a typed text by `format --kind` to a draft, and what is said on the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Docgen = Callable[..., Any]
TEXT = "关于做好审批衔接工作的通知\n县自然资源局、县住建局：\n请按时办结。\n"


def test_a_typed_text_is_laid_out_and_taken(workspace: Path, docgen: Docgen) -> None:
    """The command says what comes next; the documents' list and life show the draft like any other."""
    (workspace / "通知.txt").write_text(TEXT, "utf-8")
    day = ("--date", "2026-03-11", "--by", "陶映雪")
    refused = docgen(*day, "doc", "take", "通知.txt", "--kind", "通报")
    assert refused.code == 2
    assert "docgen format 通知.txt --kind 通报" in refused.err
    laid = docgen(*day, "format", "通知.txt", "--kind", "通报", "--to", "排")
    assert laid.code == 0
    assert laid.out.splitlines()[-1] == "下一步：核对后登记，如 docgen doc take 排/通知.docx --kind 通报"
    tried = docgen(*day, "doc", "take", "排/通知.docx", "--kind", "通报", "--dry-run")
    assert tried.out.splitlines()[-1] == "（预演，未写文件）可以登记。"
    ran = docgen(*day, "doc", "take", "排/通知.docx", "--kind", "通报")
    place = "out/2026/通报/草稿/关于做好审批衔接工作的通知.docx"
    assert ran.out.splitlines() == [f"新拟  1号草稿  {place}", "下一步：核稿后运行 docgen doc review 1"]
    assert "--period" in ran.err
    assert (workspace / place).read_bytes() == (workspace / "排" / "通知.docx").read_bytes()
    again = json.loads(docgen("--json", *day, "doc", "take", "排/通知.docx", "--kind", "通报").out)
    assert [(each["id"], each["outcome"]) for each in again["documents"]] == [(1, "unchanged")]
    for who, step in (("方知远", "review"), ("万里舟", "sign")):
        assert docgen("--date", "2026-03-12", "--by", who, "doc", step, "1").code == 0
    shown = docgen("doc", "show", "1").out
    assert "docgen doc take 文件 --kind 通报 --replaces 1 --remark 原因" in shown
    refused = docgen(*day, "doc", "replace", "1", "--remark", "时限写错")
    assert refused.code == 3
    assert "docgen doc take 文件 --kind 通报 --replaces" in refused.err


def test_a_document_without_the_line_of_who_seals_on_behalf_is_not_taken(
    workspace: Path, docgen: Docgen
) -> None:
    """A short name of the office is a signature to `format`; sealed on behalf, the document has to name who seals."""
    (workspace / "通知.txt").write_text(f"{TEXT}县联审联批办\n2026年3月11日\n", "utf-8")
    day = ("--date", "2026-03-11", "--by", "陶映雪")
    assert docgen(*day, "format", "通知.txt", "--kind", "通报", "--to", "排").code == 0
    refused = docgen(*day, "doc", "take", "排/通知.docx", "--kind", "通报")
    assert refused.code == 1
    assert "由“澄湖县发展和改革委员会（代章）”，署名写的是“县联审联批办”，没有这一行" in refused.err


def test_of_the_options_that_select_only_its_own_are_named(workspace: Path, docgen: Docgen) -> None:
    (workspace / "通知.txt").write_text(TEXT, "utf-8")
    day = ("--date", "2026-03-11", "--by", "陶映雪")
    for kind, said in (("通报", "可用的有：--period。"), ("印发通知", "请不写这个选项。")):
        docgen(*day, "format", "通知.txt", "--kind", kind, "--to", kind)
        refused = docgen(*day, "doc", "take", f"{kind}/通知.docx", "--kind", kind, "--project", "3")
        assert f"{kind}不能用 --project 选。{said}" in refused.err
