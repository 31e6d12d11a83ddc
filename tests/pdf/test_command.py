"""`docgen pdf`: what it says of each file, and how it ends."""

from __future__ import annotations

import json
import zipfile

import pytest

from docgen.cli.main import run
from docgen.errors import DONE, OUTSIDE_FAILED


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_was_made_and_what_was_not_is_said_and_the_fault_decides_the_exit_code(
    here, standin, documents, capsys
):
    documents({"一": "good", "二": "PASS"})
    assert run(["pdf", "一.docx", "二.docx"]) == OUTSIDE_FAILED
    said = capsys.readouterr()
    assert said.out == "生成  一.pdf\n"
    assert "LibreOffice 转换不了 二.docx：no export filter" in said.err


def test_json_has_files_and_problems(here, standin, documents, capsys):
    documents({"一": "good", "二": "CRASH"})
    run(["--json", "pdf", "一.docx", "二.docx"])
    value = json.loads(capsys.readouterr().out)
    assert value["files"] == ["一.pdf"]
    assert [each["code"] for each in value["problems"]] == ["pdf-crashed"]


def test_what_a_document_refers_to_outside_is_named_and_not_handed_on(here, standin, documents, capsys):
    (path,) = documents({"一": "good"})
    target = "http://a.example/1.png"
    relation = f'<Relationship Id="rId1" Type="x/image" Target="{target}" TargetMode="External"/>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}">{relation}</Relationships>',
        )
    assert run(["pdf", "一.docx"]) == DONE
    assert f"提示：一.docx 以外的内容没有取，PDF 中不显示：图片 {target}\n" in capsys.readouterr().err
    assert target.encode() not in (here / "一.pdf").read_bytes()
    assert target.encode() in path.read_bytes()


def test_a_file_named_twice_is_converted_once(here, standin, documents):
    documents({"一": "good"})
    assert run(["pdf", "一.docx", "./一.docx", str(here / "一.docx")]) == DONE
    assert standin.calls == [1]


def test_files_of_one_name_in_different_folders_become_pdfs_beside_them(here, standin, documents, capsys):
    documents({"甲/函": "good", "乙/函": "good"})
    assert run(["pdf", "甲/函.docx", "乙/函.docx"]) == DONE
    assert all((here / folder / "函.pdf").is_file() for folder in "甲乙")


def test_files_of_one_name_are_told_apart_in_one_folder(here, standin, documents):
    """By their folders; by a number where a name made so is another file's."""
    documents({"甲/函": "good", "乙/函": "good", "丙/甲-函": "good"})
    assert run(["pdf", "--to", "丁", "丙/甲-函.docx", "甲/函.docx", "乙/函.docx"]) == DONE
    assert sorted(each.name for each in (here / "丁").iterdir()) == ["乙-函.pdf", "甲-函-2.pdf", "甲-函.pdf"]


def test_a_file_may_be_given_more_time(here, standin, documents, capsys):
    documents({"一": "HANG"})
    assert run(["pdf", "--timeout", "1", "一.docx"]) == OUTSIDE_FAILED
    assert "一.docx 时没有反应，等了 1 秒以上" in capsys.readouterr().err
    assert not standin.runs


def test_a_pipe_gets_no_progress_bar_and_a_terminal_one(here, standin, documents, capsys, monkeypatch):
    documents({"一": "good"})
    run(["pdf", "一.docx"])
    assert not capsys.readouterr().err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    run(["pdf", "一.docx"])
    assert "转换 PDF" in capsys.readouterr().err
