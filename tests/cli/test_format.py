"""`docgen format`: which files it makes, what it prints, and that it never touches a draft."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest

Docgen = Callable[..., Any]
NOTICE = (
    "关于做好防汛工作的通知\n各镇人民政府:\n一.总体要求\n请做好准备,及时报告。\n云河县水利局\n2026年5月8日\n"
)


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notice in a text file, in a folder where one stands."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, "utf-8")
    return path


def test_the_document_lies_beside_the_draft_and_the_changes_are_told(draft: Path, docgen: Docgen) -> None:
    """Under another name; the draft stays as it is."""
    ran = docgen("format", draft)
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "生成  通知（规范版）.docx（普通公文（下行、平行））"
    assert "  序号：第3段“一.”→“一、”" in ran.out.splitlines()
    assert draft.read_text("utf-8") == NOTICE
    assert docgen("lint", "通知（规范版）.docx").code == 0


def test_a_change_far_into_a_paragraph_is_shown_with_what_stands_around_it(
    draft: Path, docgen: Docgen
) -> None:
    """One that is cut before it would show the same on both sides of the arrow."""
    draft.write_text(NOTICE.replace("请做好", "请" + "按照应急预案的要求" * 3 + "做好"), "utf-8")
    line = next(each for each in docgen("format", draft).out.splitlines() if each.startswith("  标点：第4段"))
    assert line == (
        "  标点：第4段“……照应急预案的要求做好准备,及时报告。”→“……照应急预案的要求做好准备，及时报告。”"
    )


def test_nothing_is_overwritten_and_the_same_document_is_not_written_again(
    draft: Path, docgen: Docgen
) -> None:
    """A changed draft's document gets a number; an unchanged one's is there already."""
    docgen("format", draft, "--to", "果")
    assert "（已有，内容相同）" in docgen("format", draft, "--to", "果").out
    first = Path("果/通知.docx").read_bytes()
    draft.write_text(NOTICE.replace("防汛", "抗旱"), "utf-8")
    docgen("format", draft, "--to", "果")
    assert sorted(each.name for each in Path("果").iterdir()) == ["通知.docx", "通知2.docx"]
    assert Path("果/通知.docx").read_bytes() == first


def test_all_files_of_a_folder_into_that_folder_make_no_second_results(draft: Path, docgen: Docgen) -> None:
    """As a shell writes `format 稿/* --to 稿`: the results are named beside their drafts, and are no drafts."""
    for _ in range(2):
        files = sorted(each for each in draft.parent.iterdir() if each.is_file())
        assert docgen("format", *files, "--to", draft.parent).code == 0
    assert sorted(each.name for each in draft.parent.iterdir()) == ["通知.txt", "通知（规范版）.docx"]
    assert docgen("format", "通知（规范版）.docx").code == 0
    assert "通知（规范版）（规范版）.docx" in [each.name for each in draft.parent.iterdir()]


def test_a_folder_is_done_whole_and_a_bad_file_stops_no_other(draft: Path, docgen: Docgen) -> None:
    """Files below it go below the target; results of earlier calls are no drafts."""
    folder = draft.parent / "稿" / "二月"
    folder.mkdir(parents=True)
    (folder / "方案.md").write_text("# 防汛工作方案\n\n按计划落实。\n\n云河县水利局\n2026年5月8日\n", "utf-8")
    (folder / "旧（规范版）.docx").write_bytes(b"")
    (draft.parent / "稿" / "坏.docx").write_bytes(b"no zip")
    ran = docgen("--json", "format", "稿", "--to", "果")
    answer = json.loads(ran.out)
    assert ran.code == 1
    assert [(each["source"], each["path"]) for each in answer["files"]] == [
        ("稿/二月/方案.md", "果/二月/方案.docx")
    ]
    assert [each["code"] for each in answer["problems"]] == ["lint-not-docx"]


def test_json_gives_form_title_changes_and_what_a_person_must_mend(draft: Path, docgen: Docgen) -> None:
    """A document without date is made, and ends with 1."""
    draft.write_text("防汛工作方案\n为做好工作,制定本方案。\n一、任务\n落实。\n", "utf-8")
    ran = docgen("--json", "format", draft)
    file = json.loads(ran.out)["files"][0]
    assert ran.code == 1
    assert (file["form"], file["title"]) == ("general", "防汛工作方案")
    assert {
        "kind": "标点",
        "paragraph": 2,
        "before": "为做好工作,制定本方案。",
        "after": "为做好工作，制定本方案。",
    } in file["changes"]
    assert "date-missing" in [each["rule"] for each in file["findings"]]


def test_head_and_end_can_be_given(draft: Path, docgen: Docgen) -> None:
    """By options; what is added is told."""
    ran = docgen(
        "format", draft, "--mark", "云河县水利局文件", "--number", "云水发〔2026〕　号", "--copies", "县政府办公室",
        "--dated", "2026-05-09", "--keep-emphasis", "--unsealed",
    )  # fmt: skip
    assert ran.code == 0
    assert "补“云河县水利局文件”" in ran.out
    assert "补“云河县水利局　2026年5月9日印发”" in ran.out


def test_what_cannot_be_formatted_is_refused(draft: Path, docgen: Docgen) -> None:
    """An empty folder, an unknown type, a file that is not there."""
    (draft.parent / "空").mkdir()
    (draft.parent / "图.xyz").write_bytes(b"x")
    assert "里没有可以整理的文稿" in docgen("format", "空").err
    assert docgen("format", "图.xyz").code == 2
    assert docgen("format", "没有.docx").code == 4


def test_a_picture_that_is_not_beside_its_draft_is_a_fault_of_the_draft(draft: Path, docgen: Docgen) -> None:
    """Nothing outside failed: 1, not 4."""
    (draft.parent / "方案.md").write_text("# 防汛工作方案\n\n![位置](图.png)\n", "utf-8")
    ran = docgen("format", "方案.md")
    assert ran.code == 1
    assert "找不到图片 图.png" in ran.err


def test_a_draft_under_a_password_is_refused_and_said(draft: Path, docgen: Docgen) -> None:
    """It cannot be read; nothing is written."""
    locked = draft.parent / "加密.docx"
    locked.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2048
    )
    for command in (("format", locked), ("read", locked), ("lint", locked, "--fix-list")):
        ran = docgen(*command)
        assert ran.code == 1
        assert "密码" in ran.err
    assert sorted(each.name for each in draft.parent.iterdir()) == ["加密.docx", "通知.txt"]


def test_the_elements_of_a_file_are_told_with_their_places(draft: Path, docgen: Docgen) -> None:
    """As lines for people, and as one JSON value."""
    said = docgen("read", draft).out.splitlines()
    assert said[1:4] == [
        "  标题（第1段）：关于做好防汛工作的通知",
        "  主送机关（第2段）：各镇人民政府",
        "  第3段　1级　一.总体要求",
    ]
    file = json.loads(docgen("--json", "read", draft).out)["files"][0]
    assert (file["kind"], file["signature"], file["date"]) == ("通知", ["云河县水利局"], "2026年5月8日")
    assert file["places"] == {"title": [1], "addressees": [2], "signature": [5], "date": [6]}
    assert file["body"][0] == {"element": "text", "level": 1, "paragraph": 3, "words": "一.总体要求"}
    assert docgen("read", "没有.docx").code == 4


class Asked(http.server.BaseHTTPRequestHandler):
    """Notes what is asked of a server."""

    seen: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.seen.append(self.path)
        self.send_error(404)


@pytest.mark.libreoffice
def test_files_of_other_word_processors_are_read_and_nothing_they_link_to_is_fetched(
    draft: Path, docgen: Docgen
) -> None:
    """An RTF with a linked picture: its words come out, and nobody asks for the picture."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Asked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        link = (
            f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "http://127.0.0.1:{server.server_port}/a.png" \\\\d}}}}'
        )
        words = "".join(
            "".join(f"\\u{ord(each)}?" for each in line) + "\\par\n" for line in NOTICE.splitlines()
        )
        (draft.parent / "文.rtf").write_text(f"{{\\rtf1\\ansi\\uc1 {words}{link}}}", "ascii")
        (draft.parent / "坏.odt").write_bytes(b"")
        ran = docgen("--json", "format", "文.rtf", "坏.odt")
        server.shutdown()
    answer = json.loads(ran.out)
    assert [(each["path"], each["title"]) for each in answer["files"]] == [
        ("文（规范版）.docx", "关于做好防汛工作的通知")
    ]
    assert Asked.seen == []
    assert len(answer["problems"]) == 1


def test_a_target_in_the_source_is_refused(draft: Path, docgen: Docgen) -> None:
    """The folder itself or one in it: its results would be drafts of the next call."""
    for target in (".", "果", draft.parent):
        ran = docgen("format", ".", "--to", target)
        assert (ran.code, "--to" in ran.err) == (2, True)
    assert [each.name for each in draft.parent.iterdir()] == [draft.name]


def test_an_empty_path_is_not_the_current_folder(draft: Path, docgen: Docgen) -> None:
    """As shells give for a variable that is not set."""
    for command in (("format", ""), ("format", draft, "--to", ""), ("read", ""), ("lint", " ")):
        ran = docgen(*command)
        assert (ran.code, "路径是空的" in ran.err) == (2, True)
    assert [each.name for each in draft.parent.iterdir()] == [draft.name]


def test_characters_no_document_may_hold_are_dropped_and_told(draft: Path, docgen: Docgen) -> None:
    """Which one, and in which line."""
    draft.write_text(NOTICE.replace("准备", "准\x1b备"), "utf-8")
    ran = docgen("format", draft)
    assert ran.code == 0
    assert "  不可见字符：第4行的 U+001B（控制符）已去掉" in ran.out.splitlines()


def test_words_given_beside_the_draft_stand_on_one_line(draft: Path, docgen: Docgen) -> None:
    """None holds a character that no document may hold."""
    for option in ("--mark", "--signature", "--signatory"):
        assert docgen("format", draft, option, "云河\x01县").code == 2


def test_a_kind_of_the_workspace_gives_what_the_draft_does_not_say(workspace: Path, docgen: Docgen) -> None:
    """Mark, number's place, 代章, date, copies and 版记 come from its sheets; options and the draft's words stay."""
    text = "关于前期手续办理情况的通报\n各成员单位：\n前期手续进展总体顺利。\n"
    (workspace / "稿.txt").write_text(text, "utf-8")
    ran = docgen(
        "--date", "2026-03-30", "format", "稿.txt", "--kind", "通报", "--printer", "澄湖县人民政府办公室"
    )
    assert ran.code == 0
    said = json.loads(docgen("--json", "read", "稿（规范版）.docx").out)["files"][0]
    assert (said["form"], said["mark"]) == ("general", ["澄湖县重大项目联审联批工作机制办公室文件"])
    assert (said["number"], said["date"]) == ("澄联审办通〔2026〕　号", "2026年3月30日")
    assert said["signature"] == [
        "澄湖县重大项目联审联批工作机制办公室",
        "澄湖县发展和改革委员会（代章）",
    ]
    assert (said["addressees"], said["printer"]) == ("各成员单位", "澄湖县人民政府办公室")
    assert "县长" in said["copies"]


def test_a_form_to_be_filled_in_is_made_of_no_draft(workspace: Path, docgen: Docgen) -> None:
    """A task slip's place is the workspace's template; without a workspace no kind is known."""
    (workspace / "稿.txt").write_text(NOTICE, "utf-8")
    ran = docgen("format", "稿.txt", "--kind", "任务交办单")
    assert (ran.code, "任务交办单是表单" in ran.err) == (2, True)
    assert docgen("-C", workspace.parent, "format", "稿.txt", "--kind", "通报").code != 0
    assert not list(workspace.glob("*规范版*"))
