"""A bag is judged from itself: whatever was changed, added, taken out or renamed is found and named."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from scans import SCAN, locked
from trials_archive import flips
from years import CLERK, NAME, call

from docgen.archive.judging import judge_bag
from docgen.archive.reading import read_bag
from docgen.cli.main import run
from docgen.errors import DocgenError
from docgen.office.archive.known import known_of

pytestmark = pytest.mark.libreoffice
MANIFEST = "manifest-sha256.txt"


def codes(faults: tuple[DocgenError, ...]) -> set[str]:
    """The codes of faults."""
    return {each.code for each in faults}


def files_of(bag: Path) -> list[Path]:
    """All files of a bag."""
    return sorted(each for each in bag.rglob("*") if each.is_file())


def test_a_sound_bag_is_judged_without_a_workspace(bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All four qualities hold; what cannot be judged here is named."""
    assert run(["-C", str(bag.parent), "archive", "verify", "包"]) == 0
    told = capsys.readouterr()
    assert [told.out.count(each) for each in ("真实性", "完整性", "可用性", "安全性")] == [3, 3, 1, 2]
    assert "veraPDF" in told.err


def test_one_bit_anywhere_is_found_and_its_file_named(bag: Path) -> None:
    """In documents, papers, manifests and the declaration alike."""
    found = list(flips(bag, 60, random.Random(7)))  # noqa: S311  # nothing secret
    assert [each for each in found if not each.found] == []
    assert [each for each in found if not each.named and each.path != f"tag{MANIFEST}"] == []
    assert not read_bag(bag).faults


def _swap(bag: Path) -> None:
    first, second = (bag / "data/文件").rglob("正本.docx"), (bag / "data/文件").rglob("送签稿.docx")
    one, other = next(first), next(second)
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


def _first(bag: Path) -> Path:
    return next((bag / "data/文件").rglob("正本.docx"))


def _line(bag: Path, change: Callable[[str], str]) -> None:
    path = bag / MANIFEST
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([change(lines[0]), *lines[1:]]))


DEFECTS: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (lambda bag: _first(bag).write_bytes(b"x"), "bag-file-altered"),
    "added": (lambda bag: (bag / "data/文件/多出.txt").write_text("x"), "bag-file-unlisted"),
    "missing": (lambda bag: _first(bag).unlink(), "bag-file-missing"),
    "renamed": (lambda bag: _first(bag).rename(_first(bag).with_name("改名.docx")), "bag-file-missing"),
    "doubled": (lambda bag: (_first(bag).with_name("又一份.docx")).write_bytes(_first(bag).read_bytes()),
                "bag-file-unlisted"),
    "swapped": (_swap, "bag-file-altered"),
    "link": (lambda bag: (bag / "data/链接").symlink_to("/etc/hostname"), "bag-path-unsafe"),
    "link for a file": (lambda bag: (_first(bag).unlink(), _first_gone(bag).symlink_to("/etc/hostname")),
                        "bag-path-unsafe"),
    "pipe": (lambda bag: os.mkfifo(bag / "data/管道"), "bag-path-unsafe"),
    "out of the bag": (lambda bag: _line(bag, lambda line: line.replace("data/", "data/../../")), "bag-path-unsafe"),
    "absolute": (lambda bag: _line(bag, lambda line: line.replace("  data/", "  /data/")), "bag-path-unsafe"),
    "line cut": (lambda bag: _line(bag, lambda line: line[:40] + "\n"), "bag-manifest-wrong"),
    "listed twice": (lambda bag: _line(bag, lambda line: line + line), "bag-manifest-wrong"),
    "no UTF-8": (lambda bag: (bag / MANIFEST).write_bytes(b"\xff\xfe"), "bag-manifest-wrong"),
    "name of a device": (lambda bag: (bag / "data/aux.txt").write_text("x"), "bag-path-unsafe"),
    "case": (lambda bag: [(bag / "data" / each).write_text("x") for each in ("A.txt", "a.txt")], "bag-name-alike"),
    "two spellings": (lambda bag: [(bag / "data" / unicodedata.normalize(each, "é.txt")).write_text("x")
                                   for each in ("NFC", "NFD")], "bag-name-alike"),
}  # fmt: skip


def _first_gone(bag: Path) -> Path:
    folder = next(each for each in (bag / "data/文件").iterdir() if not (each / "正本.docx").exists())
    return folder / "正本.docx"


@pytest.mark.parametrize("name", DEFECTS)
def test_each_way_of_spoiling_a_bag_is_named(name: str, bag: Path) -> None:
    """The fault says which kind it is; nothing outside the bag is read."""
    spoil, code = DEFECTS[name]
    spoil(bag)
    assert code in codes(read_bag(bag).faults)


@pytest.mark.parametrize("missing", ["bagit.txt", MANIFEST, "tagmanifest-sha256.txt"])
def test_what_is_no_bag_is_said(missing: str, bag: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong use, not tampering: the folder was probably another one."""
    (bag / missing).unlink()
    assert run(["archive", "verify", str(bag)]) == 2
    assert f"里面没有 {missing}" in capsys.readouterr().err
    assert run(["archive", "verify", str(bag.parent / "没有")]) == 2


def _sealed_anew(bag: Path) -> None:
    """Write manifests anew, as somebody would who knows the format."""
    import bagit

    made = bagit.Bag(str(bag))
    made.save(manifests=True)


def _inventory(bag: Path, change: Callable[[dict[str, object]], object]) -> None:
    path = bag / "data/档案包.json"
    said = json.loads(path.read_text())
    change(said)
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n")
    _sealed_anew(bag)


def test_other_metadata_than_the_documents_words_are_found_though_all_digests_agree(bag: Path) -> None:
    """A number changed in the bag's own list, manifests written anew: the document and its metadata say otherwise."""
    _inventory(bag, lambda said: said["filed"][0].update(number="澄联审办函〔2026〕99号"))  # type: ignore[index]
    found = judge_bag(bag)
    assert codes(found.faults) >= {"bag-contradiction"}
    assert any("正本里没有这个文号" in str(each) for each in found.faults)


@pytest.mark.parametrize("said", ["2026-03-17", "", "三月十六日"])
def test_another_date_than_the_documents_own_is_found(said: str, bag: Path) -> None:
    """A date changed in the bag's own list: neither the document nor its metadata say so."""
    _inventory(bag, lambda all_of_it: all_of_it["filed"][0].update(dated=said))  # type: ignore[index]
    told = [str(each) for each in judge_bag(bag).faults]
    assert any("正本里没有这个成文日期" in each for each in told)
    assert any("元数据写“2026年3月16日”" in each for each in told)


def test_another_original_than_the_recorded_one_is_found(bag: Path) -> None:
    """A document edited, manifests and list written anew: the chain of entries has other digests."""
    path = _first(bag)
    made = docx.Document(str(path))
    made.add_paragraph("多一句")
    made.save(str(path))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()

    def change(said: dict[str, object]) -> None:
        for filed in said["filed"]:  # type: ignore[attr-defined]
            for each in filed["files"]:
                if each["path"] == path.relative_to(bag / "data").as_posix():
                    each["sha256"] = digest

    _inventory(bag, change)
    assert any("没有登记过" in str(each) for each in judge_bag(bag).faults)


def test_an_entry_taken_out_of_the_chain_is_found(bag: Path) -> None:
    """Manifests written anew do not help: each entry hashes the one before."""
    path = bag / "data/登记/登记链.jsonl"
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:5] + lines[6:]))
    _sealed_anew(bag)
    assert codes(judge_bag(bag).faults) >= {"bag-chain-broken"}


def test_a_missing_paper_and_locked_pdfs_are_found(bag: Path) -> None:
    """What the kind demands, what does not open: each by its quality."""
    scan, other = (bag / "data/文件").rglob("扫描件-*.pdf")
    scan.write_bytes(locked(SCAN, to_open="123456"))
    other.write_bytes(locked(SCAN, to_open=""))

    def without(said: dict[str, object]) -> None:
        for filed in said["filed"]:  # type: ignore[attr-defined]
            filed["files"] = [each for each in filed["files"] if each["role"] != "办理经过"]

    _inventory(bag, without)
    found = judge_bag(bag).faults
    assert {"bag-incomplete", "bag-unusable", "bag-contradiction"} <= codes(found)
    told = [str(each) for each in found if each.code == "bag-unusable"]
    assert any("设了打开密码，打不开" in each for each in told)
    assert any("设了权限密码，内容是加密的" in each for each in told)


def test_a_quick_look_believes_what_was_found_when_the_bag_was_built_and_says_so(
    bag: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Digests are checked all the same; a scan that somebody spoiled, with lists written anew, only opening finds."""
    assert run(["archive", "verify", str(bag), "--quick"]) == 0
    assert "没有逐个打开，按归档时的检测结果" in capsys.readouterr().err
    scan = next((bag / "data/文件").rglob("扫描件-*.pdf"))
    scan.write_bytes(b"%PDF-1.4\nnothing")
    assert codes(judge_bag(bag, quick=True).faults) == {"bag-file-altered"}
    digest = hashlib.sha256(scan.read_bytes()).hexdigest()

    def follow(said: dict[str, object]) -> None:
        for each in (one for filed in said["filed"] for one in filed["files"]):  # type: ignore[attr-defined]
            if each["path"] == scan.relative_to(bag / "data").as_posix():
                each["sha256"] = digest

    _inventory(bag, follow)
    assert "bag-unusable" not in codes(judge_bag(bag, quick=True).faults)
    assert "bag-unusable" in codes(judge_bag(bag).faults)


def test_what_a_bag_says_of_its_files_is_known_only_of_the_recorded_bag(bag: Path) -> None:
    """Its manifest's digest, and the line there about its list, decide; a bag that was changed says nothing."""
    digest = hashlib.sha256((bag / "manifest-sha256.txt").read_bytes()).hexdigest()
    known = known_of((bag.parent / "没有", bag), digest)
    assert {role for role, _, _ in known} >= {"正本", "PDF", "扫描件"}
    assert {each.pages for (role, _, _), each in known.items() if role == "扫描件"} == {1}
    assert known_of((bag,), "0" * 64) == {}
    _inventory(bag, lambda said: said.update(organ="别处"))
    assert known_of((bag,), digest) == {}
    path = bag / "manifest-sha256.txt"
    assert known_of((bag,), hashlib.sha256(path.read_bytes()).hexdigest())
    (bag / "data/档案包.json").write_text("{}")
    assert known_of((bag,), hashlib.sha256(path.read_bytes()).hexdigest()) == {}


def test_a_pdf_of_a_bag_that_was_rewritten_is_judged_before_it_goes_into_the_next_one(
    office: Path, scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A PDF with a script put into the bag at hand, its lists written anew: the register has another digest of them."""
    bag = office / "归档" / NAME
    printed = next((bag / "data/文件").rglob("正本.pdf"))
    printed.write_bytes(printed.read_bytes() + b"\n9 0 obj\n<</S/JavaScript/JS(app.alert\\(1\\))>>\nendobj\n")
    digest = hashlib.sha256(printed.read_bytes()).hexdigest()

    def follow(said: dict[str, object]) -> None:
        for each in (one for filed in said["filed"] for one in filed["files"]):  # type: ignore[attr-defined]
            if each["path"] == printed.relative_to(bag / "data").as_posix():
                each["sha256"] = digest

    _inventory(bag, follow)
    assert call(office, CLERK, "archive", "add", "1", str(scan), "--role", "附件", "--remark", "补充") == 0
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 4
    assert "的 PDF 不能归档：里面有脚本" in capsys.readouterr().err
    assert [each.name for each in (office / "归档").iterdir()] == [NAME]


def test_the_bag_checks_itself_without_docgen(bag: Path) -> None:
    """The program in the bag needs Python alone; it finds a change and a cut chain."""
    program = bag / "data/登记/核对.py"
    checked = [sys.executable, "-I", str(program)]
    sound = subprocess.run(checked, capture_output=True, text=True, check=False)
    assert (sound.returncode, "没有发现改动" in sound.stdout) == (0, True)
    _first(bag).write_bytes(b"x")
    changed = subprocess.run(checked, capture_output=True, text=True, check=False)
    assert changed.returncode == 5
    assert "与清单的摘要不同" in changed.stdout


def test_a_report_is_printed_and_never_into_the_bag(
    bag: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table of the four qualities; a file that is there, and the bag itself, are left alone."""
    report = tmp_path / "报告.docx"
    assert run(["archive", "verify", str(bag), "--report", str(report)]) == 0
    cells = {
        cell.text for table in docx.Document(str(report)).tables for row in table.rows for cell in row.cells
    }
    assert {"真实性", "完整性", "可用性", "安全性", "合格"} <= cells
    assert run(["archive", "verify", str(bag), "--report", str(report)]) == 2
    assert run(["archive", "verify", str(bag), "--report", str(bag / "报告.docx")]) == 2
    assert "档案包不能再放东西" in capsys.readouterr().err


def test_the_papers_of_a_handover(bag: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """List and form for both sides; a bag that is not whole is not handed over."""
    assert run(["archive", "handover", str(bag), "--to", str(tmp_path / "移交")]) == 0
    assert len(list((tmp_path / "移交").iterdir())) == 4
    _first(bag).write_bytes(b"x")
    assert run(["archive", "handover", str(bag), "--to", str(tmp_path / "再移交")]) == 5
    assert not (tmp_path / "再移交").exists()
    assert "被改动" in capsys.readouterr().err


def test_only_those_with_the_role_archive(issued: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The seal keeper is neither archivist nor clerk."""
    assert call(issued, "范雨桐", "archive", "build", "--year", "2026", "--leave-out") == 3
    assert "机制职务" in capsys.readouterr().err
    assert not [each for each in (issued / "归档").iterdir() if not each.name.startswith(".")]
    assert CLERK
