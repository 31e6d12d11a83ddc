"""`docgen lint`: what it prints, how it ends, and the settings of a workspace."""

from __future__ import annotations

import io
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from docgen.pdf.libreoffice import find_soffice

Docgen = Callable[..., Any]


def plain(path: Path, *lines: str) -> Path:
    """Write a document of plain paragraphs, in Word's own look: nothing of it conforms."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(str(path))
    return path


@pytest.fixture
def drafts(workspace: Path, docgen: Docgen) -> list[Path]:
    """The letters that docgen drafts of the sample's data."""
    assert docgen("notice", "--project", "3").code == 0
    return sorted((workspace / "out").rglob("*.docx"))


def test_the_letters_that_docgen_drafts_are_clean(drafts: list[Path], docgen: Docgen) -> None:
    ran = docgen("--json", "lint", *drafts)
    files = json.loads(ran.out)["files"]
    assert ran.code == 0
    assert len(files) == len(drafts) > 3
    assert {(each["form"], each["counts"]["error"], each["counts"]["warning"]) for each in files} == {
        ("letter", 0, 0)
    }


def test_findings_are_printed_by_file_with_a_summary(tmp_path: Path, docgen: Docgen) -> None:
    path = plain(tmp_path / "通知.docx", "关于召开会议的通知", "各单位:", "请按时参加。", "2026年03月06日")
    ran = docgen("lint", path)
    assert ran.code == 1
    assert "错误 date-zero（7.3.5.4）成文日期，第4段“2026年03月06日”" in ran.out
    assert (
        "错误 addressee-colon（7.3.2）主送机关，第2段“各单位:”：末尾为“:”，应为全角冒号“：”。末尾改为“：”。"
        in ran.out
    )
    assert ran.out.splitlines()[0].endswith(
        "通知）：" + ran.out.splitlines()[-1].partition("：")[2].rstrip("。")
    )
    assert ran.out.splitlines()[-1].startswith("共检查1个文件：错误")


def test_a_folder_is_searched(drafts: list[Path], docgen: Docgen) -> None:
    assert f"共检查{len(drafts)}个文件" in docgen("lint", "out").out


def test_json_names_rule_place_and_remedy(tmp_path: Path, docgen: Docgen) -> None:
    path = plain(tmp_path / "通知.docx", "关于召开会议的通知", "各单位：", "请按时参加。", "2026年3月6日")
    value = json.loads(docgen("--json", "lint", path, tmp_path / "没有.docx").out)
    finding = next(each for each in value["files"][0]["findings"] if each["rule"] == "title-face")
    assert value["command"] == "lint"
    assert value["exit_code"] == 1
    assert [each["code"] for each in value["problems"]] == ["lint-cannot-open"]
    assert finding | {"found": ""} == {
        "rule": "title-face",
        "clause": "7.3.1",
        "severity": "error",
        "element": "标题",
        "paragraph": 1,
        "words": "关于召开会议的通知",
        "found": "",
        "expected": "小标宋",
        "mend": "字体改为方正小标宋简体",
    }


def test_sarif_is_written_beside(tmp_path: Path, docgen: Docgen) -> None:
    path = plain(tmp_path / "通知.docx", "关于召开会议的通知")
    (tmp_path / "坏.docx").write_bytes(b"PK")
    docgen("lint", path, tmp_path / "坏.docx", "--sarif", tmp_path / "结果.sarif")
    log = json.loads((tmp_path / "结果.sarif").read_text("utf-8"))
    (run,) = log["runs"]
    rules = {each["id"] for each in run["tool"]["driver"]["rules"]}
    places = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in run["results"]]
    assert log["version"] == "2.1.0"
    assert set(places) == {path.as_uri()}
    assert run["results"]
    assert {each["ruleId"] for each in run["results"]} <= rules
    assert {each["level"] for each in run["results"]} <= {"error", "warning", "note"}
    assert run["invocations"][0]["executionSuccessful"] is False


def test_the_form_can_be_given(tmp_path: Path, docgen: Docgen) -> None:
    path = plain(tmp_path / "文.docx", "关于召开会议的通知")
    assert (
        json.loads(docgen("--json", "lint", path, "--form", "minutes").out)["files"][0]["form"] == "minutes"
    )
    ran = docgen("lint", path, "--form", "other")
    assert ran.code == 2
    assert "只能是 auto、general、upward、letter、minutes、order" in ran.err


def test_an_unreadable_file_is_said_and_the_others_are_checked(tmp_path: Path, docgen: Docgen) -> None:
    bad = tmp_path / "旧.docx"
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048)
    ran = docgen("lint", bad, plain(tmp_path / "文.docx", "关于召开会议的通知"))
    assert ran.code == 1
    assert "旧版 Word" in ran.err
    assert "共检查1个文件" in ran.out
    assert "1个没有读成" in ran.out


def test_a_missing_file_ends_with_four(tmp_path: Path, docgen: Docgen) -> None:
    ran = docgen("lint", tmp_path / "没有.docx")
    assert ran.code == 4
    assert "文件不存在" in ran.err


def test_a_rule_is_switched_off_and_a_tolerance_changed_in_the_workspace(
    workspace: Path, docgen: Docgen
) -> None:
    path = plain(workspace / "文.docx", "关于召开会议的通知")
    found = [each["rule"] for each in json.loads(docgen("--json", "lint", path).out)["files"][0]["findings"]]
    assert {"paper", "title-face"} <= set(found)
    with (workspace / "docgen.toml").open("a", encoding="utf-8") as file:
        file.write('\n[lint]\noff = ["title-face"]\n\n[lint.tolerance]\npaper = 30\n')
    found = [each["rule"] for each in json.loads(docgen("--json", "lint", path).out)["files"][0]["findings"]]
    assert not {"paper", "title-face"} & set(found)


def test_an_unknown_rule_in_the_settings_is_said(workspace: Path, docgen: Docgen) -> None:
    with (workspace / "docgen.toml").open("a", encoding="utf-8") as file:
        file.write('\n[lint]\noff = ["title-fase"]\n')
    ran = docgen("lint", plain(workspace / "文.docx", "关于召开会议的通知"))
    assert ran.code == 1
    assert "没有规则 title-fase，是不是 title-face？" in ran.err


def test_findings_that_say_the_same_are_one_line_with_their_number(tmp_path: Path, docgen: Docgen) -> None:
    path = plain(tmp_path / "文.docx", "关于召开会议的通知", *["各单位要按时参加会议，并做好准备。"] * 12)
    lines = [line for line in docgen("lint", path).out.splitlines() if " body-size（" in line]
    assert len(lines) == 1
    assert "（共12处：第2、3、4、5、6、7段……第13段）" in lines[0]
    files = json.loads(docgen("--json", "lint", path).out)["files"]
    assert sum(each["rule"] == "body-size" for each in files[0]["findings"]) == 12


def test_a_form_of_one_page_is_named_and_can_be_asked_for(tmp_path: Path, docgen: Docgen) -> None:
    path = plain(tmp_path / "单.docx", "任务交办单")
    document = docx.Document(str(path))
    document.add_table(1, 2).cell(0, 0).text = "承办单位"
    document.save(str(path))
    assert json.loads(docgen("--json", "lint", path).out)["files"][0]["form"] == "slip"
    assert "（表单）" in docgen("lint", path).out
    assert json.loads(docgen("--json", "lint", "--form", "serial", path).out)["files"][0]["form"] == "serial"


def test_a_document_without_words_is_checked(tmp_path: Path, docgen: Docgen) -> None:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    (tmp_path / "空.docx").write_bytes(buffer.getvalue())
    assert docgen("lint", tmp_path / "空.docx").code == 1


@pytest.mark.parametrize("name", ["通知.docx", "要紧.txt", "别的.json"])
def test_a_log_takes_no_other_file_s_place(tmp_path: Path, docgen: Docgen, name: str) -> None:
    path = plain(tmp_path / "通知.docx", "关于召开会议的通知")
    place = tmp_path / name
    if not place.exists():
        place.write_text("mine", encoding="utf-8")
    before = place.read_bytes()
    assert docgen("lint", path, "--sarif", place).code == 2
    assert place.read_bytes() == before


def test_a_log_takes_the_place_of_an_earlier_log_but_makes_no_folder(tmp_path: Path, docgen: Docgen) -> None:
    path = plain(tmp_path / "通知.docx", "关于召开会议的通知")
    for _ in range(2):
        assert docgen("lint", path, "--sarif", tmp_path / "结果.sarif").code == 1
    assert docgen("lint", path, "--sarif", tmp_path / "没有" / "结果.sarif").code == 2
    assert not (tmp_path / "没有").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_named_and_the_others_are_checked(tmp_path: Path, docgen: Docgen) -> None:
    os.mkfifo(tmp_path / "管道.docx")
    path = plain(tmp_path / "通知.docx", "关于召开会议的通知")
    ran = docgen("lint", tmp_path / "管道.docx", path)
    assert "不是普通文件" in ran.err
    assert "共检查1个文件" in ran.out


@pytest.mark.parametrize("setting", ["margins = -1", "margins = nan", 'margins = "2"', "title-face = 1"])
def test_a_tolerance_that_means_nothing_is_refused(workspace: Path, docgen: Docgen, setting: str) -> None:
    with (workspace / "docgen.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[lint.tolerance]\n{setting}\n")
    ran = docgen("check")
    assert ran.code == 1
    assert "lint.tolerance" in ran.err


@pytest.mark.libreoffice
def test_letters_saved_again_by_libreoffice_keep_their_number_and_stay_clean(
    drafts: list[Path], docgen: Docgen, tmp_path: Path
) -> None:
    saved = tmp_path / "saved"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [find_soffice(), profile, "--headless", "--convert-to", "docx", "--outdir", saved, *drafts]
    subprocess.run([str(each) for each in command], check=True, capture_output=True, timeout=120)
    value = json.loads(docgen("--json", "lint", saved).out)
    assert [(each["counts"]["error"], each["counts"]["warning"]) for each in value["files"]] == [
        (0, 0)
    ] * len(drafts)
    for path in saved.iterdir():
        words = [each.text for each in docx.Document(str(path)).paragraphs]
        assert words.count("澄联审办函〔2026〕　号") == 1


def test_findings_are_put_into_a_copy_as_comments(tmp_path: Path, docgen: Docgen) -> None:
    """One comment a paragraph, told as docgen's; the document itself is as it was, and no copy is overwritten."""
    path = plain(tmp_path / "通知.docx", "关于召开会议的通知", "各单位:", "请按时参加。", "2026年03月06日")
    before = path.read_bytes()
    ran = docgen("--json", "lint", path, "--annotate", "--to", tmp_path / "批注")
    copy = tmp_path / "批注" / "通知.docx"
    comments = list(docx.Document(str(copy)).comments)
    assert ran.code == 1
    assert Path(json.loads(ran.out)["annotated"][0]).name == "通知.docx"
    assert {each.author for each in comments} == {"docgen"}
    assert any("date-zero（7.3.5.4）" in each.text for each in comments)
    assert [each.text for each in docx.Document(str(copy)).paragraphs][1] == "各单位:"
    assert path.read_bytes() == before
    docgen("lint", copy, "--annotate", "--to", tmp_path / "批注")
    assert sorted(each.name for each in (tmp_path / "批注").iterdir()) == ["通知.docx", "通知2.docx"]
    assert docgen("lint", path, "--annotate").code == 2


def test_all_lists_each_finding_by_itself(tmp_path: Path, docgen: Docgen) -> None:
    """Without it, what says the same or follows from a cause is one line."""
    path = plain(tmp_path / "文.docx", "关于召开会议的通知", *["各单位要按时参加会议，并做好准备。"] * 4)
    listed = docgen("lint", path, "--all").out.splitlines()
    count = len(json.loads(docgen("--json", "lint", path).out)["files"][0]["findings"])
    assert len(listed) == count + 2
    assert sum(" body-size（" in line for line in listed) == 4


def test_the_fix_list_says_what_format_would_mend(tmp_path: Path, docgen: Docgen) -> None:
    """What only a person can decide stays; format then leaves exactly that, and nothing is written."""
    lines = (
        "关于召开会议的通知",
        "各单位:",
        "一.准备",
        "三.会务",
        "请按时参加。",
        "某县人民政府",
        "2026年3月6日",
    )
    path = plain(tmp_path / "文.docx", *lines)
    ran = docgen("lint", path, "--fix-list")
    mended, _, left = ran.out.partition("要由人改")
    assert "docgen format 能改好" in mended
    assert " level-1-mark（" in mended
    assert " level-order（" in left
    assert ran.code == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["文.docx"]
    findings = json.loads(docgen("--json", "lint", path, "--fix-list").out)["files"][0]["findings"]
    stays = [each["rule"] for each in findings if not each["mended"] and each["severity"] != "hint"]
    formatted = json.loads(docgen("--json", "format", path).out)["files"][0]["findings"]
    assert stays == [each["rule"] for each in formatted if each["severity"] != "hint"] == ["level-order"]


def test_the_fix_list_says_why_a_file_cannot_be_laid_out(tmp_path: Path, docgen: Docgen) -> None:
    """Then nothing of it is mended by format."""
    path = plain(tmp_path / "文.docx", "关于召开会议的通知", "请按时参加。")
    document = docx.Document(str(path))
    run = document.paragraphs[1].runs[0]._r
    inserted = run.makeelement("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}ins", {})
    run.addprevious(inserted)
    inserted.append(run)
    document.save(str(path))
    out = docgen("lint", path, "--fix-list").out
    assert "不能整理：" in out
    assert "docgen format 能改好" not in out
