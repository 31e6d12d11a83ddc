"""The files of an office's own kinds as they really lie there: other endings and encodings, pipes, links, nothing."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import pytest

from docgen.documents.declared.catalogue import Catalogue, bound, read_catalogue
from docgen.documents.declared.reading import read
from docgen.documents.facts import Facts
from docgen.documents.frame.lists import chosen
from docgen.errors import Problems
from docgen.model.approval import Approval
from docgen.model.schema import BUILT_IN
from docgen.sheets.reading.reader import read_folder

DATA = Path(__file__).parents[2] / "data"
SAID = """title = "转办函"
form = "信函"
heading = "关于{{ 本项.项目名称 }}的转办函"
[[made_for]]
source = "项目"
to = ["牵头单位"]
"""
NOT_UTF8 = "不是 UTF-8 编码的文本"


@pytest.fixture
def kinds(tmp_path: Path) -> Path:
    folder = tmp_path / "工作区" / "kinds"
    folder.mkdir(parents=True)
    return folder


def catalogue(folder: Path) -> Catalogue:
    return read_catalogue(folder, "kinds", BUILT_IN)


def own(folder: Path) -> list[str]:
    return [each.title for each in catalogue(folder).declared if each.own]


def faults(folder: Path) -> list[str]:
    return [str(each) for each in catalogue(folder).faults]


def test_endings_in_capitals_are_endings(kinds: Path) -> None:
    (kinds / "b.TOML").write_text(SAID, "utf-8")
    (kinds / "b.TXT").write_text("请办理。", "utf-8")
    (declared,) = (each for each in catalogue(kinds).declared if each.own)
    assert (declared.title, declared.wording, declared.file) == ("转办函", "请办理。", "kinds/b.TOML")


def test_what_lies_among_declarations_and_is_not_read_is_said(kinds: Path) -> None:
    for name in ("转办函.toml.txt", "通知.txt", "转办函.docx", "说明.md", ".转办函.toml", "~$转办函.docx"):
        (kinds / name).write_text("", "utf-8")
    assert faults(kinds) == [
        "kinds/转办函.toml.txt：文件名多了 .txt，没有读它。请改名为“转办函.toml”。",
        "kinds/通知.txt：没有同名的声明，没有读它。请写 通知.toml（可用 docgen kind new 写一份），或移走这个文件。",
        "kinds/转办函.docx：模板不放在这里，没有读它。请移到 templates/docx，文件名用文种的名称。",
    ]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("gbk", "（像是 GBK，即“ANSI”）"), ("utf-16", "（像是 UTF-16"), ("utf-16-le", NOT_UTF8)],
)
@pytest.mark.parametrize("ending", ["toml", "txt"])
def test_another_encoding_is_named(kinds: Path, ending: str, encoding: str, words: str) -> None:
    texts = {"toml": SAID, "txt": "请办理。"}
    for each, text in texts.items():
        (kinds / f"转办函.{each}").write_text(text, encoding if each == ending else "utf-8")
    (fault,) = faults(kinds)
    assert fault.startswith(f"kinds/转办函.{ending}：{NOT_UTF8}")
    assert words in fault
    assert fault.endswith("请用记事本另存为 UTF-8")


def test_a_mark_of_the_encoding_and_line_ends_of_windows_are_read(kinds: Path) -> None:
    (kinds / "转办函.toml").write_bytes(SAID.replace("\n", "\r\n").encode("utf-8-sig"))
    (kinds / "转办函.txt").write_bytes("一、甲。\r\n请办理。".encode("utf-8-sig"))
    (declared,) = (each for each in catalogue(kinds).declared if each.own)
    assert declared.wording == "一、甲。\n请办理。"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links")
@pytest.mark.parametrize("ending", ["toml", "txt"])
@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("pipe", "不是普通文件"),
        ("folder", "不是普通文件"),
        ("endless", "不是普通文件"),
        ("outside", "是通向工作区之外的链接"),
        ("nowhere", "路径不存在"),
        ("circle", "符号链接绕成了圈"),
        ("large", "超过 256 KB"),
    ],
)
def test_what_is_no_text_of_the_workspace_is_refused_and_never_waited_for(
    kinds: Path, ending: str, what: str, words: str
) -> None:
    (kinds / "转办函.toml").write_text(SAID, "utf-8")
    path, outside = kinds / f"转办函.{ending}", kinds.parents[1] / "外面.txt"
    path.unlink(missing_ok=True)
    outside.write_text(SAID, "utf-8")
    {
        "pipe": lambda: os.mkfifo(path),
        "folder": path.mkdir,
        "endless": lambda: os.mknod(path, 0o20666, os.makedev(1, 5)) if os.geteuid() == 0 else path.mkdir(),
        "outside": lambda: path.symlink_to(outside),
        "nowhere": lambda: path.symlink_to(kinds / "没有"),
        "circle": lambda: path.symlink_to(path),
        "large": lambda: path.write_text("甲" * 90_000, "utf-8"),
    }[what]()
    (fault,) = faults(kinds)
    assert fault == f"kinds/转办函.{ending}：读取失败（{words}）"


def test_a_link_within_the_workspace_is_followed(kinds: Path) -> None:
    (kinds.parent / "共用.toml").write_text(SAID, "utf-8")
    (kinds / "转办函.toml").symlink_to(kinds.parent / "共用.toml")
    assert own(kinds) == ["转办函"]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
def test_a_name_that_is_no_text_is_shown_in_one_that_is(kinds: Path) -> None:
    Path(os.fsdecode(os.fsencode(kinds) + b"/\xff\n.toml")).write_text("title = ", "utf-8")
    (fault,) = faults(kinds)
    assert fault.encode("utf-8").startswith(b"kinds/\\udcff\\n.toml")


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "kinds").write_text("", "utf-8")
    (fault,) = faults(tmp_path / "kinds")
    assert fault.startswith("kinds：读取失败")


def test_more_declarations_than_are_read_are_said(kinds: Path) -> None:
    for number in range(201):
        (kinds / f"{number:03}.toml").write_text(SAID.replace("转办函", f"转办函{number}"), "utf-8")
    assert len(own(kinds)) == 200
    assert faults(kinds) == [
        "kinds 里有201份声明，最多读200份。请把不用的移到别处；没有读到的从 200.toml 起。"
    ]


@pytest.mark.parametrize("title", ["CON", "prn", "Aux", "nul", "COM1", "lpt9"])
def test_a_kind_is_not_called_like_a_device_of_windows(kinds: Path, title: str) -> None:
    (kinds / "a.toml").write_text(SAID.replace('"转办函"', f'"{title}"'), "utf-8")
    assert faults(kinds) == [
        f"kinds/a.toml第1行：“{title}”是 Windows 留给设备的名称，不能作文件夹的名称，请换一个"
    ]


@pytest.mark.parametrize("title", ["转办函.", "转办 函", "转办函/", "转办函\u200b", "转办函\u202e"])
def test_a_title_that_would_be_another_folder_is_refused(kinds: Path, title: str) -> None:
    (kinds / "a.toml").write_text(SAID.replace('"转办函"', f'"{title}"'), "utf-8")
    assert faults(kinds)
    assert own(kinds) == []


def test_titles_that_differ_in_capitals_alone_are_one_folder_on_windows(kinds: Path) -> None:
    for name, title in (("a", "A类函"), ("b", "a类函")):
        (kinds / f"{name}.toml").write_text(SAID.replace('"转办函"', f'"{title}"'), "utf-8")
    (fault,) = faults(kinds)
    assert fault.startswith("kinds/b.toml：文种“a类函”已由kinds/a.toml声明")


def test_an_unknown_kind_may_be_among_those_that_do_not_hold(kinds: Path) -> None:
    (kinds / "b.toml").write_text(SAID.replace("form", "from"), "utf-8")
    with pytest.raises(Exception, match=r"声明有误、没有算在内的有：kinds/b\.toml"):
        catalogue(kinds).declaration("转办函")


@pytest.mark.parametrize(("order", "down"), [("办结日期", False), ("-办结日期", True)])
def test_rows_without_a_value_come_last_in_either_direction(order: str, down: bool) -> None:
    said = f'{SAID}[[rows]]\nname = "各手续"\nof = "手续"\nmatch = [["项目", "本项"]]\norder = ["{order}"]\n'
    records = read_folder(DATA, "data", (), BUILT_IN).records
    assert records is not None
    kind = bound(read(said, "请办理。", "kinds/转办函.toml", own=True), BUILT_IN, records)
    rows = records.of(Approval)
    days = [each.row.done for each in chosen(rows, kind.rows[0], Facts(records, date(2026, 3, 16)), None)]
    filled = sorted((each.done for each in rows if each.done), reverse=down)
    assert days == [*filled, *[None] * (len(rows) - len(filled))]
    assert 0 < len(filled) < len(rows)


def test_a_line_with_a_character_that_nobody_sees_is_named(docgen, workspace: Path) -> None:
    (workspace / "kinds").mkdir()
    (workspace / "kinds" / "转办函.toml").write_text(SAID, "utf-8")
    wording = workspace / "kinds" / "转办函.txt"
    wording.write_text("请办理。\n请于\x07本月办理，\u200b。\n\u202e请复。\n　　请\t复。\n", "utf-8")
    ran = docgen("kind", "check", "转办函")
    assert ran.code == 1
    assert "kinds/转办函.txt 第2行第3个字是看不见的字符（U+0007）" in ran.out + ran.err
    assert "kinds/转办函.txt 第3行第1个字是看不见的字符（U+202E）" in ran.out + ran.err
    assert "第4行" not in ran.out + ran.err


@pytest.mark.parametrize("wording", [None, "", " \n\u3000\n"])
@pytest.mark.parametrize(
    "asked", [("kind", "check", "转办函"), ("draft", "转办函", "--project", "3"), ("check",)]
)
def test_an_own_kind_without_a_wording_says_how_to_give_it_one(
    docgen, workspace: Path, set_kind, wording: str | None, asked: tuple[str, ...]
) -> None:
    set_kind("转办函", "机关代字", "澄联审办函")
    (workspace / "kinds").mkdir()
    (workspace / "kinds" / "b.toml").write_text(SAID, "utf-8")
    if wording is not None:
        (workspace / "kinds" / "b.txt").write_text(wording, "utf-8")
    ran = docgen(*asked)
    said = ran.out + ran.err
    assert ran.code == 1
    assert "文种“转办函”没有正文：kinds/b.txt 没有或是空的，也没有模板 templates/docx/转办函.docx。" in said
    assert "docgen kind new" in said
    assert "恢复随附的模板" not in said


@pytest.mark.parametrize("title", ["CON", "转办函 ", '转"办', "转\n办"])
def test_a_kind_begun_by_a_command_has_a_name_that_folders_can_have(
    docgen, workspace: Path, title: str
) -> None:
    ran = docgen("kind", "new", title, "--form", "信函", "--for", "项目")
    made = sorted(each.name for each in workspace.glob("kinds/*"))
    if title == "转办函 ":
        assert (ran.code, made) == (0, ["转办函.toml", "转办函.txt"])
    else:
        assert (ran.code, made) == (2, [])
        assert "不能作" in ran.err
        assert title not in ran.err or title.isprintable()


def test_faults_are_gathered_over_all_files(kinds: Path) -> None:
    (kinds / "a.toml").write_bytes(b"\xff")
    (kinds / "b.toml").write_text('title = "乙"', "utf-8")
    (kinds / "c.toml").write_text(SAID, "utf-8")
    assert own(kinds) == ["转办函"]
    assert {each.split("：")[0] for each in faults(kinds)} == {"kinds/a.toml", "kinds/b.toml"}
    with pytest.raises(Problems, match=r"kinds/b\.toml"):
        catalogue(kinds).declaration("b.toml")
