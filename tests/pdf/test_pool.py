"""Documents shared out among several LibreOffices: a bad one is named, all others become PDFs, nothing runs on."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.errors import OUTSIDE_FAILED
from docgen.files import CannotWrite
from docgen.opc.faults import DamagedFile, EmptyFile, IsWorkbook, NotADocx, NoWorkbook
from docgen.pdf import pool as pdf_pool
from docgen.pdf import watch as pdf_watch
from docgen.pdf.convert import make_pdfs
from docgen.pdf.faults import (
    ConversionCrashed,
    ConversionFailed,
    ConversionTimedOut,
    LibreOfficeFails,
    SheetNotConverted,
)
from docgen.pdf.libreoffice import conversions
from docgen.pdf.pool import BATCH, Pool
from docgen.pdf.source import foreign

GOOD = {f"好{number}": "good" for number in range(6)}


def targets(documents, folder):
    return {each: folder / f"{each.stem}.pdf" for each in documents}


@pytest.mark.parametrize(
    ("words", "fault"),
    [("CRASH", ConversionCrashed), ("PASS", ConversionFailed), ("HANG", ConversionTimedOut)],
)
def test_a_document_that_libreoffice_stumbles_over_is_named_and_the_others_become_pdfs(
    standin, documents, tmp_path, words, fault
):
    *good, bad = documents({**GOOD, "坏": words})
    pdfs = make_pdfs(targets([*good[:3], bad, *good[3:]], tmp_path / "out"), workers=1, seconds=1)
    assert [type(each) for each in pdfs.faults] == [fault]
    assert str(bad) in str(pdfs.faults[0])
    assert pdfs.faults[0].exit_code == OUTSIDE_FAILED
    assert sorted(each.stem for each in (tmp_path / "out").iterdir()) == sorted(GOOD)
    assert not standin.runs


def test_a_document_libreoffice_died_of_is_tried_again_by_itself_after_the_others(
    standin, documents, tmp_path
):
    *good, bad = documents({**GOOD, "坏": "CRASH"})
    make_pdfs(targets([*good[:3], bad, *good[3:]], tmp_path / "out"), workers=1)
    assert standin.calls == [7, 3, 1]


@pytest.mark.parametrize("words", ["CRASH ONCE", "STOP ONCE"])
def test_what_goes_wrong_once_goes_unnoticed(standin, documents, tmp_path, words):
    files = documents({"一": "good", "二": words, "三": "good"})
    pdfs = make_pdfs(targets(files, tmp_path / "out"), workers=1)
    assert pdfs.made == [tmp_path / "out" / f"{name}.pdf" for name in "一二三"]
    assert not pdfs.faults


def test_several_bad_documents_are_named_in_their_order(standin, documents, tmp_path):
    files = documents({"甲": "CRASH", "乙": "PASS", "丙": "good", "丁": "CRASH"})
    files[2].write_bytes(b"no document")
    pdfs = make_pdfs(targets(files, tmp_path / "out"), workers=2)
    assert [type(each) for each in pdfs.faults] == [
        ConversionCrashed,
        ConversionFailed,
        NotADocx,
        ConversionCrashed,
    ]
    assert not pdfs.made


def test_a_libreoffice_that_grows_is_replaced_by_another(standin, documents, tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_watch, "MOST_MEMORY", 1)
    monkeypatch.setattr(pdf_watch, "_TICKS_A_LOOK", 1)
    pdfs = make_pdfs(targets(documents(dict.fromkeys("一二三", "SLOW")), tmp_path / "out"), workers=1)
    assert len(pdfs.made) == 3
    assert standin.calls[0] == 3
    assert len(standin.calls) > 1


def test_a_libreoffice_that_never_starts_is_to_blame_not_the_documents(standin, documents, tmp_path):
    standin.write("#!/bin/sh\necho libreglo.so is missing\nexit 77\n")
    [fault] = make_pdfs(targets(documents(GOOD), tmp_path / "out")).faults
    assert isinstance(fault, LibreOfficeFails)
    assert "好0.docx 等文件没有转换：libreglo.so is missing" in str(fault)
    assert not (tmp_path / "out").exists()


def test_a_libreoffice_that_hangs_before_it_begins_is_ended(standin, documents, tmp_path, monkeypatch):
    standin.write(f"#!/bin/sh\nsleep {standin.sleep}\n")
    monkeypatch.setattr(pdf_watch, "START_SECONDS", 0.1)
    [fault] = make_pdfs(targets(documents(GOOD), tmp_path / "out"), workers=1).faults
    assert isinstance(fault, LibreOfficeFails)
    assert not standin.runs


def test_progress_is_told_after_each_document_and_each_lies_in_its_place_by_then(
    standin, documents, tmp_path
):
    told = []
    out = tmp_path / "out"
    make_pdfs(
        targets(documents({**GOOD, "坏": "PASS"}), out),
        progress=lambda done, total: told.append((done, total, len(list(out.glob("*.pdf"))))),
    )
    assert [each[:2] for each in told] == [(done, 7) for done in range(1, 8)]
    assert all(lying >= done - 1 for done, _, lying in told)


def test_whoever_breaks_off_leaves_nothing_running(standin, documents, tmp_path):
    workplace = tmp_path / "work"
    workplace.mkdir()
    found = conversions(documents({**GOOD, "坏": "HANG"}), workplace, workers=1)
    assert isinstance(next(found).result, Path)
    found.close()
    assert not standin.runs


def start(standin, *files, to):
    command = [sys.executable, "-m", "docgen", "pdf", "--to", to, *files]
    ready = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 30
    while not standin.runs:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return ready


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_ctrl_c_leaves_nothing_running_and_no_half_pdf(standin, documents, tmp_path):
    running = start(standin, *documents({"一": "good", "二": "HANG"}), to=tmp_path / "out")
    running.send_signal(signal.SIGINT)
    said = running.communicate()[1]
    assert running.returncode == 130, said
    assert "Traceback" not in said
    assert not standin.runs
    assert {each.name for each in (tmp_path / "out").glob("*")} <= {"一.pdf"}


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_docgen_that_is_killed_takes_its_libreoffice_along_and_blocks_nobody(standin, documents, tmp_path):
    files = documents({"一": "good", "二": "HANG"})
    running = start(standin, *files, to=tmp_path / "out")
    running.kill()
    running.communicate()
    deadline = time.monotonic() + 30
    while standin.runs:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert make_pdfs(targets(files[:1], tmp_path / "out")).made == [tmp_path / "out" / "一.pdf"]
    assert sorted(each.name for each in (tmp_path / "cache/docgen/libreoffice").glob("*.lock")) == ["00.lock"]


def test_a_full_disk_ends_the_work_at_once(standin, documents, tmp_path, monkeypatch):
    files = documents(GOOD)
    out, real = tmp_path / "out", os.fsync
    former = out / f"{files[-1].stem}.pdf"
    out.mkdir()
    former.write_bytes(b"former")

    def full(handle: int) -> None:
        if len(list(out.glob("*.pdf"))) > 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(os, "fsync", full)
    pdfs = make_pdfs(targets(files, out), workers=1)
    assert [type(each) for each in pdfs.faults] == [CannotWrite]
    assert "磁盘已满" in str(pdfs.faults[0])
    assert sorted([*pdfs.made, former]) == sorted(out.iterdir())
    assert former.read_bytes() == b"former"


def test_a_temporary_folder_that_is_full_is_not_the_documents_fault(
    standin, documents, tmp_path, monkeypatch
):
    monkeypatch.setattr(pdf_pool, "_LEAST_SPACE", 2**80)
    [fault] = make_pdfs(targets(documents({"坏": "PASS"}), tmp_path / "out")).faults
    assert isinstance(fault, CannotWrite)


def test_a_place_that_is_taken_by_a_folder_is_a_fault_of_that_document_alone(standin, documents, tmp_path):
    files = documents({"一": "good", "二": "good"})
    (tmp_path / "out" / "一.pdf").mkdir(parents=True)
    pdfs = make_pdfs(targets(files, tmp_path / "out"))
    assert [str(each) for each in pdfs.faults if "一.pdf" in str(each)]
    assert pdfs.made == [tmp_path / "out" / "二.pdf"]


def test_a_folder_that_cannot_be_written_is_found_before_the_work(standin, documents, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match="不是文件夹"):
        make_pdfs(targets(documents(GOOD), tmp_path / "file" / "out"))
    assert not standin.path.with_name("calls.txt").exists()


def test_no_temporary_folder_at_all_is_a_fault(standin, documents, tmp_path, monkeypatch):
    def nowhere(**_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")

    monkeypatch.setattr("docgen.pdf.convert.tempfile.TemporaryDirectory", nowhere)
    [fault] = make_pdfs(targets(documents(GOOD), tmp_path / "out")).faults
    assert "写不进 临时文件夹" in str(fault)


@given(st.integers(1, 700), st.integers(1, 9))
def test_each_document_is_in_one_task_and_tasks_are_even(total, workers):
    sizes = [len(task) for task in shared_out([".docx"] * total, workers)]
    assert max(sizes) <= BATCH
    assert max(sizes) - min(sizes) <= 1


@given(st.lists(st.sampled_from((".docx", ".xlsx")), min_size=1, max_size=300), st.integers(1, 9))
def test_a_workbook_is_never_in_one_task_with_documents(suffixes, workers):
    for task in shared_out(suffixes, workers):
        assert len({suffixes[place] for place in task}) == 1


def shared_out(suffixes, workers):
    """Return the tasks that documents of some endings make; each is in one."""
    pool = Pool.__new__(Pool)
    pool._documents, pool._tasks = [Path(f"{n}{each}") for n, each in enumerate(suffixes)], []
    pool._share_out(min(workers, len(suffixes)))
    assert sorted(place for task in pool._tasks for place in task) == list(range(len(suffixes)))
    return pool._tasks


def test_a_workbook_is_converted_by_a_call_of_its_own_that_leaves_the_filter_to_libreoffice(
    standin, documents, tmp_path
):
    book = tmp_path / "清单.xlsx"
    openpyxl.Workbook().save(book)
    told = (
        f"open({str(tmp_path / 'filters')!r}, 'a').write(sys.argv[sys.argv.index('--convert-to') + 1] + ' ')"
    )
    standin.write(standin.path.read_text().replace("for number", f"{told}\nfor number"))
    pdfs = make_pdfs(targets([*documents(GOOD), book], tmp_path / "out"), workers=1)
    assert not pdfs.faults
    assert len(pdfs.made) == len(GOOD) + 1
    assert standin.calls == [len(GOOD), 1]
    of_documents, of_workbooks = (tmp_path / "filters").read_text().split()
    assert of_documents.startswith("pdf:writer_pdf_Export:")
    assert of_workbooks == "pdf"


def test_a_workbook_that_cannot_be_converted_says_what_it_takes_and_keeps_nothing_else_back(
    standin, documents, tmp_path
):
    book = tmp_path / "清单.xlsx"
    openpyxl.Workbook().save(book)
    standin.write(standin.path.read_text().replace('if b"PASS" in words', 'if path.endswith(".xlsx")'))
    pdfs = make_pdfs(targets([book, *documents(GOOD)], tmp_path / "out"), workers=1)
    assert len(pdfs.made) == len(GOOD)
    [fault] = pdfs.faults
    assert isinstance(fault, SheetNotConverted)
    assert "libreoffice-calc-nogui" in str(fault)


@pytest.mark.parametrize("name", ["清单.xlsx", "函.docx"])
def test_a_file_under_the_wrong_ending_is_named(standin, documents, tmp_path, name):
    [letter] = documents({"甲": "good"})
    book = tmp_path / "乙.xlsx"
    openpyxl.Workbook().save(book)
    wrong = tmp_path / name
    wrong.write_bytes((letter if name.endswith(".xlsx") else book).read_bytes())
    [fault] = make_pdfs(targets([wrong], tmp_path / "out")).faults
    assert isinstance(fault, NoWorkbook if name.endswith(".xlsx") else IsWorkbook)


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("空.wps", b"", EmptyFile),
        ("坏.doc", bytes(range(256)) * 8, DamagedFile),
        ("改名.doc", "关于测试的通知".encode("gbk"), DamagedFile),
    ],
)
def test_what_no_word_processor_wrote_is_not_taken_for_plain_text(tmp_path, name, content, fault):
    """LibreOffice would make a document of any bytes, in letters of chance."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(fault):
        foreign(tmp_path / name, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_what_libreoffice_says_of_a_file_is_said_without_its_temporary_files():
    """Its own words are English, and name files that nobody knows."""
    said = "convert /tmp/1/a.txt -> /tmp/1/a.docx using filter : x\nError: source file could not be loaded\n"
    assert str(ConversionFailed("甲.doc", said)).startswith(
        "LibreOffice 转换不了 甲.doc：文件打不开，可能不完整或已损坏。"
    )
