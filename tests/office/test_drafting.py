"""Drafting: what is written, what is left alone, and that nothing of the clerk's is ever lost."""

from __future__ import annotations

import errno
import os
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest

from docgen.errors import DocgenError, Problems
from docgen.files import CannotWrite, Staging
from docgen.office.desk import Desk, People
from docgen.office.drafting.drafter import draft as draft_at
from docgen.office.drafting.drafts import AlreadySigned, Drafted, Outcome, Request, UnderReview
from docgen.register.databases import connected
from docgen.register.faults import RegisterTooNew, RegisterUnreachable
from docgen.workspace import Workspace
from tests.documents.papers import Docgen

TODAY = date(2026, 3, 16)
Edit = Callable[..., None]


def office(root: Path, today: date = TODAY) -> Desk:
    people = People("陶映雪", "recorder")
    return Desk.at(Workspace.find(root), people, today, lambda: datetime(2026, 3, 16, 9, 30, tzinfo=UTC))


def draft(root: Path, today: date = TODAY, **asked: object) -> Drafted:
    request = Request("notice", **({"projects": ("3",), "units": ("县水利局",)} | asked))  # type: ignore[arg-type]
    return draft_at(office(root, today), request)


def only(drafted: Drafted) -> tuple[Outcome, Path]:
    (made,) = drafted.made
    return made.outcome, made.path


def everything_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def set_state(root: Path, state: str) -> None:
    with connected(root / "register.sqlite", write=True) as connection:
        connection.do("UPDATE document SET state = ?", (state,))


def edit_by_hand(path: Path) -> bytes:
    document = docx.Document(str(path))
    document.paragraphs[-1].add_run("手工补充")
    document.save(str(path))
    return path.read_bytes()


def in_template(root: Path, words: str) -> None:
    path = root / "templates" / "docx" / "告知函.docx"
    document = docx.Document(str(path))
    next(each for each in document.paragraphs if "函告如下" in each.text).add_run(words)
    document.save(str(path))


def test_a_draft_is_a_sound_docx_in_the_folder_of_its_year_and_kind(workspace: Path) -> None:
    outcome, path = only(draft(workspace))
    assert outcome is Outcome.NEW
    assert path.relative_to(workspace).parts[:-1] == ("out", "2026", "告知函", "草稿")
    assert path.name == "003-县水利局-澄湖县年产20万吨绿色建材生产线建设项目.docx"
    words = "\n".join(each.text for each in docx.Document(str(path)).paragraphs)
    assert "澄湖县水利局：" in words
    assert "{{" not in words
    assert "{%" not in words


def test_asking_twice_makes_one_draft(workspace: Path) -> None:
    _, path = only(draft(workspace))
    before = path.stat().st_mtime_ns
    assert only(draft(workspace)) == (Outcome.UNCHANGED, path)
    assert path.stat().st_mtime_ns == before


def test_the_day_alone_does_not_make_another_draft(workspace: Path) -> None:
    _, path = only(draft(workspace))
    written = path.read_bytes()
    assert only(draft(workspace, date(2026, 3, 18))) == (Outcome.UNCHANGED, path)
    assert path.read_bytes() == written


def test_changed_data_renew_the_draft(workspace: Path, edit: Edit) -> None:
    _, path = only(draft(workspace))
    edit("项目", 3, "建设地点", "澄湖经济开发区南区")
    assert only(draft(workspace)) == (Outcome.RENEWED, path)
    assert "南区" in "".join(each.text for each in docx.Document(str(path)).paragraphs)
    assert not (path.parent / "留存").exists()


def test_data_the_letter_does_not_show_leave_the_draft_alone(workspace: Path, edit: Edit) -> None:
    draft(workspace)
    edit("项目", 30, "备注", "别的项目的备注")
    assert only(draft(workspace))[0] is Outcome.UNCHANGED


def test_a_changed_template_renews_the_draft(workspace: Path) -> None:
    draft(workspace)
    in_template(workspace, "手工补充")
    outcome, path = only(draft(workspace))
    assert outcome is Outcome.RENEWED
    assert "手工补充" in "".join(each.text for each in docx.Document(str(path)).paragraphs)


def test_hand_edits_stay_while_the_data_are_the_same(workspace: Path) -> None:
    _, path = only(draft(workspace))
    edited = edit_by_hand(path)
    assert only(draft(workspace)) == (Outcome.EDITED, path)
    assert path.read_bytes() == edited


@pytest.mark.parametrize("why", ["force", "data"])
def test_a_hand_edited_draft_is_moved_aside_before_it_is_renewed(
    workspace: Path, edit: Edit, why: str
) -> None:
    _, path = only(draft(workspace))
    edited = edit_by_hand(path)
    if why == "data":
        edit("项目", 3, "建设地点", "澄湖经济开发区南区")
    (made,) = draft(workspace, force=why == "force").made
    assert made.outcome is Outcome.RENEWED
    assert made.kept == (path.parent / "留存" / f"{path.stem}.1.docx",)
    assert made.kept[0].read_bytes() == edited
    assert path.read_bytes() != edited


def test_two_hand_edited_drafts_are_both_kept(workspace: Path) -> None:
    _, path = only(draft(workspace))
    kept: list[tuple[Path, bytes]] = []
    for _ in range(2):
        edited = edit_by_hand(path)
        (made,) = draft(workspace, force=True).made
        kept += [(place, edited) for place in made.kept]
    assert len(kept) == 2
    assert len({place for place, _ in kept}) == 2
    assert all(place.read_bytes() == edited for place, edited in kept)


def test_a_strange_file_in_the_draft_s_place_is_moved_aside(workspace: Path) -> None:
    _, path = only(draft(workspace))
    for name in ("register.sqlite", "登记库见证.txt"):
        (workspace / name).unlink()
    path.write_bytes(b"not ours")
    (made,) = draft(workspace).made
    assert [place.read_bytes() for place in made.kept] == [b"not ours"]


def test_after_a_crash_between_file_and_register_the_same_command_completes(workspace: Path) -> None:
    _, path = only(draft(workspace))
    written = path.read_bytes()
    for name in ("register.sqlite", "登记库见证.txt"):
        (workspace / name).unlink()
    (made,) = draft(workspace).made
    assert (made.outcome, made.kept, path.read_bytes()) == (Outcome.NEW, (), written)
    assert only(draft(workspace))[0] is Outcome.UNCHANGED


def test_a_draft_file_that_is_gone_is_made_again(workspace: Path) -> None:
    _, path = only(draft(workspace))
    path.unlink()
    assert only(draft(workspace)) == (Outcome.RENEWED, path)
    assert path.is_file()


def test_a_renamed_project_leaves_no_second_draft_behind(workspace: Path, edit: Edit) -> None:
    _, old = only(draft(workspace))
    edit("项目", 3, "项目名称", "澄湖县绿色建材生产线建设项目")
    _, new = only(draft(workspace))
    assert new != old
    assert new.is_file()
    assert not old.exists()


def test_the_pdf_of_a_renewed_draft_does_not_stay_beside_it(workspace: Path, edit: Edit) -> None:
    _, path = only(draft(workspace))
    path.with_suffix(".pdf").write_bytes(b"%PDF of the old draft")
    edit("项目", 3, "建设地点", "澄湖经济开发区南区")
    (made,) = draft(workspace).made
    assert not path.with_suffix(".pdf").exists()
    assert [place.read_bytes() for place in made.kept] == [b"%PDF of the old draft"]


@pytest.mark.parametrize("state", ["核稿", "会签"])
def test_a_document_under_review_is_returned_before_it_is_drafted_anew(
    workspace: Path, edit: Edit, state: str
) -> None:
    draft(workspace)
    set_state(workspace, state)
    edit("项目", 3, "建设地点", "澄湖经济开发区南区")
    before = everything_below(workspace / "out")
    drafted = draft(workspace, force=True)
    (fault,) = drafted.faults
    assert isinstance(fault, UnderReview)
    assert "doc return" in str(fault)
    assert (drafted.made, everything_below(workspace / "out")) == ([], before)


@pytest.mark.parametrize("state", ["编号", "印发", "归档"])
@pytest.mark.parametrize("force", [False, True])
def test_a_signed_document_is_never_touched(workspace: Path, edit: Edit, state: str, force: bool) -> None:
    draft(workspace)
    set_state(workspace, state)
    edit("项目", 3, "建设地点", "澄湖经济开发区南区")
    before = everything_below(workspace / "out")
    drafted = draft(workspace, force=force)
    assert drafted.made == []
    (fault,) = drafted.faults
    assert isinstance(fault, AlreadySigned)
    assert fault.exit_code == 3
    assert f"已{state}" in str(fault)
    assert "docgen doc replace" in str(fault)
    assert everything_below(workspace / "out") == before


def test_a_dry_run_writes_nothing(workspace: Path) -> None:
    before = everything_below(workspace)
    drafted = draft(workspace, dry_run=True, units=())
    assert [each.outcome for each in drafted.made] == [Outcome.NEW] * 4
    assert everything_below(workspace) == before


def test_a_missing_value_keeps_every_file_from_being_written(workspace: Path, edit: Edit) -> None:
    edit("项目", 3, "项目业主", None)
    edit("项目", 4, "计划开工", None)
    before = everything_below(workspace)
    with pytest.raises(Problems) as raised:
        draft(workspace, projects=("3", "4", "5"), units=())
    assert len(raised.value.faults) == 2
    assert everything_below(workspace) == before


def test_with_all_the_sound_projects_are_drafted_and_the_others_listed(workspace: Path, edit: Edit) -> None:
    edit("项目", 3, "项目业主", None)
    drafted = draft(workspace, projects=(), units=(), everything=True)
    assert [str(each) for each in drafted.faults] == [
        "项目!AA5「项目业主」：没有填，第3号项目的告知函要用到它"
    ]
    assert len(drafted.made) > 60
    assert not any("/项目3/" in each.draft.key for each in drafted.made)


def test_unknown_names_are_all_reported_at_once(workspace: Path) -> None:
    with pytest.raises(Problems) as raised:
        draft(workspace, projects=("99", "供水管网"), units=("县水立局",))
    listed = [str(each) for each in raised.value.faults]
    assert listed[0].startswith("没有找到项目“99”")
    assert (
        "对应2个：1 澄湖县城区供水管网更新改造工程（一期）；2 澄湖县城区供水管网更新改造工程（二期）"
        in listed[1]
    )
    assert "没有找到单位“县水立局”。是不是：县水利局" in listed[2]


def test_the_same_data_give_the_same_bytes_everywhere(workspace: Path) -> None:
    _, path = only(draft(workspace))
    first = path.read_bytes()
    assert only(draft(workspace, force=True))[1].read_bytes() == first


def test_a_full_disk_leaves_everything_as_it_was(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft(workspace)
    before = everything_below(workspace)
    calls = []
    real = Staging.add

    def full(self: Staging, path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == 4:
            raise CannotWrite(str(path), "磁盘已满")
        real(self, path, data)

    monkeypatch.setattr(Staging, "add", full)
    with pytest.raises(CannotWrite, match="磁盘已满"):
        draft(workspace, units=(), force=True)
    assert everything_below(workspace) == before


def test_a_full_disk_at_the_operating_system_is_said(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="磁盘已满") as raised:
        draft(workspace)
    assert raised.value.exit_code == 4
    assert everything_below(workspace / "out") == {} if (workspace / "out").exists() else True


def test_a_file_in_place_of_the_out_folder_is_said(workspace: Path) -> None:
    (workspace / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(CannotWrite) as raised:
        draft(workspace)
    assert raised.value.exit_code == 4


def test_a_broken_register_is_said_and_nothing_is_written(workspace: Path) -> None:
    (workspace / "register.sqlite").write_bytes(b"this is not a database" * 100)
    with pytest.raises(RegisterUnreachable) as raised:
        draft(workspace)
    assert raised.value.exit_code == 4
    assert not (workspace / "out").exists()


def test_a_register_of_a_later_version_is_refused(workspace: Path) -> None:
    draft(workspace)
    with connected(workspace / "register.sqlite", write=True) as connection:
        connection.do("UPDATE setting SET value = '99' WHERE name = 'version'")
    with pytest.raises(RegisterTooNew):
        draft(workspace)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{{ 项目.项目名成 }}", "项目.项目名称"),
        ("{{ 项目.项目名称 ", "告知函.docx"),
        ("{% for 项 in 手续 %}", "告知函.docx"),
        ("{{ ''.__class__ }}", "__class__"),
    ],
)
def test_a_broken_template_is_named_with_its_place_and_nothing_is_written(
    workspace: Path, tag: str, said: str
) -> None:
    in_template(workspace, tag)
    with pytest.raises(DocgenError) as raised:
        draft(workspace)
    assert said in str(raised.value)
    assert "告知函.docx" in str(raised.value)
    assert not (workspace / "out").exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"])
def test_a_template_that_is_no_docx_is_a_listed_problem(workspace: Path, content: bytes) -> None:
    (workspace / "templates" / "docx" / "告知函.docx").write_bytes(content)
    with pytest.raises(DocgenError, match=r"告知函\.docx"):
        draft(workspace)


def test_a_missing_template_says_how_to_get_it_back(workspace: Path) -> None:
    (workspace / "templates" / "docx" / "告知函.docx").unlink()
    with pytest.raises(DocgenError, match="docgen template rebuild"):
        draft(workspace)


NAMES = [
    "南北两岸/东线防洪工程",
    "..\\..\\工程",
    "“零碳”产业园（一期）—A&B <示范> 'x' \"y\"",
    "喆𫖯㎡珺工程",
    "长" * 80,
    "con",
]


@pytest.mark.parametrize("name", NAMES)
def test_any_project_name_comes_out_whole_in_a_file_below_out(workspace: Path, edit: Edit, name: str) -> None:
    edit("项目", 3, "项目名称", name)
    _, path = only(draft(workspace))
    assert path.resolve().is_relative_to(workspace / "out")
    assert path.parent.name == "草稿"
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as package:
        assert package.testzip() is None
    words = "".join(each.text for each in docx.Document(str(path)).paragraphs)
    assert f"清单中{name}（第3号）的前期手续" in words


def test_a_kind_without_its_code_does_not_keep_the_others_of_its_command_from_being_made(
    workspace: Path, docgen: Docgen, set_kind: Callable[[str, str, object], None]
) -> None:
    set_kind("通报", "机关代字", None)
    ran = docgen("--date", "2026-03-16", "bulletin", "--all")
    assert ran.code == 1
    assert "文种表没有“通报”的机关代字" in ran.err
    made = {each.parents[1].name for each in (workspace / "out").rglob("*.*") if each.is_file()}
    assert made == {"工作通报", "调度日报"}
    alone = docgen("--date", "2026-03-16", "bulletin", "--period", "2026-02")
    assert (alone.code, alone.out) == (1, "")


def test_what_was_made_is_told_where_the_next_kind_of_the_command_is_refused(
    workspace: Path, docgen: Docgen
) -> None:
    (workspace / "templates" / "docx" / "工作通报.docx").write_bytes(b"no document")
    ran = docgen("--date", "2026-03-16", "bulletin", "--period", "2026-02", "--period", "2026-03上旬")
    assert ran.code == 1
    assert "工作通报.docx" in ran.err
    assert "共1件：新拟1件" in ran.out
    assert "2026年2月.docx" in ran.out
