"""`docgen upgrade`, and what other commands say when they upgrade a register by themselves."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

KEPT = Path(__file__).parents[1] / "register" / "version2" / "workspace.zip"
Docgen = Callable[..., Any]


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace that the docgen of schema version 2 left; one stands in it."""
    with zipfile.ZipFile(KEPT) as packed:
        packed.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_an_upgrade_says_what_it_did_and_then_that_nothing_is_to_do(old: Path, docgen: Docgen) -> None:
    ran = docgen("upgrade")
    (backup,) = old.glob("register.sqlite.*")
    assert ran.code == 0
    assert f"登记库已由版本2升级到版本5，升级前的备份是 {backup.name}。" in ran.err

    again = docgen("upgrade")
    assert (again.code, again.out) == (0, "登记库不需要升级：已是版本5，或还没有登记。\n")
    assert docgen("verify").code == 0


def test_an_upgrade_in_json(old: Path, docgen: Docgen) -> None:
    told, again = (json.loads(docgen("--json", "upgrade").out) for _ in range(2))
    (backup,) = old.glob("register.sqlite.*")
    assert {name: told[name] for name in ("exit_code", "version", "upgraded_from", "documents", "backup")} == {
        "exit_code": 0, "version": 5, "upgraded_from": 2, "documents": 10, "backup": backup.name,
    }  # fmt: skip
    assert (again["version"], again["upgraded_from"], again["backup"], again["documents"]) == (
        5,
        None,
        None,
        0,
    )


@pytest.mark.parametrize(
    "command", [("doc", "list"), ("verify",), ("notice", "--project", "9"), ("doc", "review", "7", "--by")]
)
def test_a_command_upgrades_by_itself_and_says_so(
    old: Path, docgen: Docgen, command: tuple[str, ...]
) -> None:
    asked = ("--by", "方知远", *command[:-1]) if command[-1] == "--by" else command
    ran = docgen(*asked)
    assert ran.code == 0, ran.err
    assert "登记库已由版本2升级到版本5" in ran.err
    assert "升级" not in docgen(*asked).err


def test_a_workspace_without_a_register_has_nothing_to_upgrade(workspace: Path, docgen: Docgen) -> None:
    assert "不需要升级" in docgen("upgrade").out
    assert not (workspace / "register.sqlite").exists()


def test_a_template_of_an_earlier_version_is_said_to_be_old_and_rebuilt_with_the_old_one_kept(
    old: Path, docgen: Docgen
) -> None:
    template = old / "templates" / "docx" / "告知函.docx"
    shipped = template.read_bytes()
    edited = docx.Document(str(template))
    next(each for each in edited.paragraphs if "特此函告" in each.text).add_run("谢谢。")
    edited.save(str(template))
    refused = docgen("notice", "--all")
    assert refused.code == 1
    assert "像是旧版本的模板" in refused.err
    assert "docgen template rebuild" in refused.err
    rebuilt = docgen("template", "rebuild")
    assert rebuilt.code == 0
    assert "留存" in rebuilt.out
    found = json.loads(docgen("--json", "check").out)["problems"]
    # The workspace is older than the kind 通报, whose copies are checked now; nothing is wrong with its templates.
    assert {each["code"] for each in found} == {"receiver-unknown"}
    template.write_bytes(shipped)
    renewed = docgen("notice", "--project", "9")
    assert renewed.code == 0, renewed.err
    assert "模板 templates/docx/告知函.docx 是旧版本随附的，没有改动过，已换成新的" in renewed.err
    assert shipped in [each.read_bytes() for each in template.parent.glob("留存/*")]


def test_letters_signed_before_an_upgrade_are_not_made_again_and_can_be_replaced(
    old: Path, docgen: Docgen
) -> None:
    docgen("template", "rebuild")
    before = {each["id"]: each for each in json.loads(docgen("--json", "doc", "list").out)["documents"]}
    over = ("作废", "替换")
    living = {
        (each["subject"], each["addressee"])
        for each in before.values()
        if each["state"] not in ("拟稿", "退回", *over)
    }
    assert living
    ran = docgen("--json", "notice", "--all")
    assert ran.code == 0, ran.err
    made = json.loads(ran.out)["documents"]
    assert not living & {(each["subject"], each["addressee"]) for each in made}
    drafted = {each["id"] for each in before.values() if each["state"] == "拟稿"}
    assert drafted & {each["id"] for each in made}  # drafts of before are made anew, not beside
    signed = next(each for each in before.values() if each["state"] in ("编号", "印发", "代章"))
    replaced = docgen("doc", "replace", str(signed["id"]), "--remark", "文字有误")
    assert replaced.code == 0, replaced.err
    assert docgen("verify").code == 0
