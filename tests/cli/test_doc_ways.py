"""Which document a name means, and which sheets and registers a command can work with."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from lives import Docgen, draft, sign, value

Begin = Callable[[str, Callable[[], object]], None]


@pytest.fixture
def numbered(begin: Begin, docgen: Docgen) -> Docgen:
    """Three letters, of which the second has number 3 and the first number 43."""

    def lead() -> None:
        draft(docgen, "县水利局", "县自然资源局", "县住建局")
        began = ("--by", "万里舟", "doc", "number", "start", "告知函", "3", "--remark", "1至2号见纸质登记簿")
        assert docgen(*began).code == 0
        assert docgen("--by", "方知远", "doc", "review", "--all").code == 0
        assert docgen("--by", "万里舟", "doc", "sign", "2").code == 0
        assert docgen("doc", "number", "reserve", "告知函", "39", "--remark", "成批发文").code == 0
        assert docgen("--by", "万里舟", "doc", "sign", "1").code == 0

    begin("numbered", lead)
    return docgen


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("3号", 2), ("〔2026〕3号", 2), ("[2026]3号", 2), ("２０２６〕３号", 2), ("澄联审办函〔2026〕3号", 2),
        ("43号", 1), ("〔2026〕43号", 1), ("1", 1), ("2", 2), ("3", 3), ("１", 1), ("3号草稿", 3), ("1号草稿", 1),
        ("县住建局", 2), (" 3 号", 2), ("20万", ""),
        ("2号", None), ("1号", None), ("4号", None), ("〔2025〕3号", None), ("6〕3号", None), ("43", None),
        ("20", None), ("〔2026〕", None), ("2026", None), ("号", None), ("20号", None), ("", None),
    ],
)  # fmt: skip
def test_a_number_means_the_document_of_that_number_and_bare_digits_the_id(
    numbered: Docgen, asked: str, meant: int | str | None
) -> None:
    ran = numbered("--json", "doc", "show", asked)
    if isinstance(meant, int):
        assert value(ran)["document"]["id"] == meant
        return
    assert (ran.code, value(ran)["exit_code"]) == (2, 2)
    (problem,) = value(ran)["problems"]
    assert problem["code"] == ("document-unknown" if meant is None else "name-ambiguous")


def test_ambiguous_names_list_ids_and_numbers(numbered: Docgen) -> None:
    said = numbered("doc", "show", "绿色建材").err
    assert "登记号1 澄联审办函〔2026〕43号" in said
    assert "登记号3 3号草稿" in said


def spoil(workspace: Path, edit: Callable[..., None], how: str) -> None:
    """Put a fault into sheets that the office needs for drafting only."""
    if how == "cell":
        edit("手续", 1, "状态", "不详")
    else:
        (workspace / "data" / "项目.xlsx").write_bytes(b"no workbook")


@pytest.mark.parametrize("how", ["cell", "workbook"])
def test_faults_in_the_sheets_of_projects_keep_nobody_from_steps_ledgers_and_forms(
    workspace: Path, docgen: Docgen, edit: Callable[..., None], how: str
) -> None:
    draft(docgen)
    spoil(workspace, edit, how)
    assert docgen("check").code == 1
    assert docgen("notice", "--project", "3").code == 1
    for command in (
        "--by 方知远 doc review 1", "--by 万里舟 doc sign 1", "--by 万里舟 seal mandate add",
        "seal request 1 --copies 2", "--by 万里舟 seal approve 1", "--by 范雨桐 seal apply 1", "doc issue 1",
        "doc ledger", "seal register", "seal register --to 簿.docx", "doc form 1", "doc attach 1 docgen.toml",
        "doc number reserve 告知函 2 --remark 备用", "--by 万里舟 doc loosen 拟稿人不得签发 --remark 一人在岗",
        "doc list", "doc show 1", "verify",
    ):  # fmt: skip
        ran = docgen(*command.split())
        assert (command, ran.code, ran.err.count("手续"), ran.err.count("项目.xlsx")) == (command, 0, 0, 0)


@pytest.mark.parametrize("book", ["人员", "单位", "工作机制"])
def test_a_step_needs_the_sheets_of_people_units_and_the_mechanism(
    workspace: Path, docgen: Docgen, book: str
) -> None:
    draft(docgen)
    (workspace / "data" / f"{book}.xlsx").write_bytes(b"no workbook")
    ran = docgen("--by", "方知远", "doc", "review", "1")
    assert (ran.code, f"{book}.xlsx" in ran.err) == (1, True)


@pytest.mark.parametrize(
    "command",
    ["notice --project 4", "--by 方知远 doc review 1", "--by 万里舟 doc void 1 --remark x", "doc attach 1 docgen.toml",
     "--by 万里舟 seal mandate add", "doc number reserve 告知函 2 --remark x",
     "doc number start 告知函 9 --remark x", "--by 万里舟 doc loosen 拟稿人不得签发 --remark x"],
)  # fmt: skip
def test_beside_signed_documents_no_register_is_begun_anew(
    workspace: Path, docgen: Docgen, begin: Begin, command: str
) -> None:
    begin("signed", lambda: sign(docgen))
    for each in workspace.glob("register.sqlite*"):
        each.unlink()
    before = {path: path.read_bytes() for path in (workspace / "out").rglob("*") if path.is_file()}
    ran = docgen(*command.split())
    assert (ran.code, "登记库被删除、移走，或换成了空的" in ran.err) == (5, True)
    assert {path: path.read_bytes() for path in (workspace / "out").rglob("*") if path.is_file()} == before
    again = docgen("verify")
    assert (again.code, "登记库里却没有任何登记" in again.out) == (5, True)


def test_what_was_returned_and_not_changed_is_not_reviewed_with_all_others(
    workspace: Path, docgen: Docgen
) -> None:
    """A review of all drafts leaves it out and says why; who names it reviews it as it is."""
    docgen("notice", "--project", "3")
    documents = json.loads(docgen("--json", "doc", "list").out)["documents"]
    mended, left = documents[0], documents[1]
    docgen("--by", "方知远", "doc", "return", str(mended["id"]), str(left["id"]), "--remark", "时限写错")
    path = workspace / mended["path"]
    document = docx.Document(str(path))
    document.paragraphs[-1].add_run("。")
    document.save(str(path))

    together = docgen("--by", "方知远", "doc", "review", "--all")

    assert (together.code, f"{left['id']}号" in together.err) == (0, True)
    assert "退回后没有改过（退回原因：时限写错）" in together.err
    assert f"{mended['id']}号" not in together.err
    states = {
        each["id"]: each["state"] for each in json.loads(docgen("--json", "doc", "list").out)["documents"]
    }
    assert states == {each["id"]: "核稿" for each in documents} | {left["id"]: "退回"}
    named = docgen("--by", "方知远", "doc", "review", str(left["id"]))
    assert (named.code, "已照原稿登记核稿" in named.err) == (0, True)
