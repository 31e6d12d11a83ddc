"""A year in a bag: every number accounted for, all that belongs to a document, the same bag again, later additions."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import bagit
import pypdfium2
import pytest
from openpyxl import load_workbook
from trials_archive import kills
from years import CLERK, HEAD, KEEPER, NAME, REVIEWER, call

from docgen.archive import shares
from docgen.archive.bag import BagWriter
from docgen.archive.elements import ELEMENTS
from docgen.office import pool
from docgen.office.archive import packing
from tests.conftest import set_row

pytestmark = pytest.mark.libreoffice


def said(bag: Path) -> dict[str, object]:
    """What a bag says of itself."""
    found: dict[str, object] = json.loads((bag / "data" / "档案包.json").read_text())
    return found


def test_the_bag_holds_for_another_implementation_and_after_being_moved(bag: Path) -> None:
    """bagit of the Library of Congress finds it valid, sizes and digests included."""
    assert bagit.Bag(str(bag)).validate()
    assert bagit.Bag(str(bag)).info["External-Identifier"] == NAME


def test_what_is_not_complete_is_listed_and_nothing_archived(
    tmp_path: Path, issued: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A scan is missing: the document is named with what it lacks, no folder is made, no step recorded."""
    root = Path(shutil.copytree(issued, tmp_path / "工作区", symlinks=True))
    book, where = root / "data" / "工作机制.xlsx", {"文种": "会议纪要", "设置": "开放标识"}
    set_row(book, "文种设置", where, "值", "半开放")
    assert call(root, CLERK, "archive", "build", "--year", "2026") == 1
    told = capsys.readouterr().err
    assert "〔2026〕2号" in told
    assert "缺扫描件" in told
    assert "开放标识写的是“半开放”，要写开放、控制、未审核" in told
    assert not (root / "归档").exists()
    assert call(root, CLERK, "--json", "doc", "list", "--state", "归档") == 0
    assert json.loads(capsys.readouterr().out)["documents"] == []


def test_what_is_left_out_on_purpose_is_said_in_the_bag(
    tmp_path: Path, issued: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --leave-out the rest is archived; the number stands in the first page of the report with its reason."""
    root = Path(shutil.copytree(issued, tmp_path / "工作区", symlinks=True))
    book, where = root / "data" / "工作机制.xlsx", {"文种": "会议纪要", "设置": "开放标识"}
    set_row(book, "文种设置", where, "值", "开放")
    assert call(root, CLERK, "archive", "build", "--year", "2026", "--leave-out") == 0
    marks = {each["kind"]: each["openness"] for each in said(root / "归档" / NAME)["filed"]}  # type: ignore[attr-defined]
    assert marks == {"告知函": "控制", "会议纪要": "开放"}
    counted = {each["number"]: each for each in said(root / "归档" / NAME)["counted"]}  # type: ignore[index,attr-defined]
    number = next(each for each in counted if each.endswith("函〔2026〕2号"))
    assert counted[number]["standing"] == "未归档"
    assert counted[number]["reason"] == "缺扫描件"
    capsys.readouterr()
    assert call(root, CLERK, "archive", "verify", str(root / "归档" / NAME)) == 0
    assert f"没有归入本包：{number}，缺扫描件" in capsys.readouterr().err


def test_every_number_is_accounted_for(archived: Path) -> None:
    """Filed ones with their code, the voided one with its reason."""
    counted = said(archived / "归档" / NAME)["counted"]
    assert isinstance(counted, list)
    standing = sorted((each["number"][-7:], each["standing"], each["reason"]) for each in counted)
    assert ("2026〕3号", "作废", "与第1号重复") in standing
    assert sum(state == "归档" for _, state, _ in standing) == 3
    sheet = load_workbook(archived / "归档" / NAME / "data" / "归档核对表.xlsx").worksheets[0]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert any("本年共4个文号" in each for each in cells)


def test_a_document_has_all_that_belongs_to_it(archived: Path) -> None:
    """Original, PDF, scan, 18 elements of metadata, its life; codes by retention, counted from 1; pages of the PDF."""
    bag = archived / "归档" / NAME
    filed = said(bag)["filed"]
    assert isinstance(filed, list)
    assert [each["code"] for each in filed if each["kind"] == "告知函"] == [
        "J001-WS·2026-D10-BGS-0001",
        "J001-WS·2026-D10-BGS-0002",
    ]
    first = next(each for each in filed if each["kind"] == "告知函")
    roles = {each["role"]: each["path"] for each in first["files"]}
    assert {"正本", "PDF", "扫描件", "元数据", "办理经过"} <= set(roles)
    assert len(pypdfium2.PdfDocument(bag / "data" / roles["PDF"])) == first["pages"]
    metadata = json.loads((bag / "data/文件" / first["code"] / "元数据.json").read_text())
    assert tuple(metadata) == ELEMENTS
    assert metadata["发文字号"] == first["number"]
    assert metadata["发文机关标志"]
    life = json.loads((bag / "data/文件" / first["code"] / "办理经过.json").read_text())
    assert [each["步骤"] for each in life][:3] == ["拟稿", "核稿", "签发"]


def test_building_again_gives_the_same_bag(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing new: the version that is there stays as it is, and nothing is recorded."""
    before = (office / "归档" / NAME / "manifest-sha256.txt").read_bytes()
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    assert "没有新的内容" in capsys.readouterr().out
    assert (office / "归档" / NAME / "manifest-sha256.txt").read_bytes() == before
    assert [each.name for each in (office / "归档").iterdir()] == [NAME]


@pytest.mark.parametrize("dies", [False, True])
def test_a_bag_that_several_processes_pack_is_the_same_also_when_one_dies(
    office: Path, scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dies: bool
) -> None:
    """What it has written by then is written anew."""
    assert call(office, CLERK, "archive", "add", "1", str(scan), "--role", "附件", "--remark", "补充") == 0
    other, second = tmp_path / "另一处", NAME.replace("第1版", "第2版")
    shutil.copytree(office, other)
    monkeypatch.setattr(pool, "cores", lambda: 1)
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0

    us, usual = os.getpid(), packing.Packing._elements

    def elements(self: packing.Packing, *about: Any) -> dict[str, str]:
        if dies and os.getpid() != us:
            os._exit(1)
        return usual(self, *about)

    monkeypatch.setattr(packing.Packing, "_elements", elements)
    monkeypatch.setattr(shares, "SHARE", 1)
    monkeypatch.setattr(pool, "cores", lambda: 3)
    assert call(other, CLERK, "archive", "build", "--year", "2026") == 0
    assert _files(other / "归档" / second) == _files(office / "归档" / second)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_an_original_changed_since_is_found_though_nothing_was_recorded(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As many bytes as before, another among them: each file is hashed, whether the bag is written or not."""
    original = next(each for each in (office / "out").rglob("*.docx") if "〔2026〕1号" in str(each))
    data = original.read_bytes()
    original.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 1
    assert "文件与登记的不同" in capsys.readouterr().err
    assert [each.name for each in (office / "归档").iterdir()] == [NAME]


def test_what_is_recorded_about_the_year_while_its_bag_is_built_stops_it(
    office: Path, scan: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another draft does not; a mark of openness does, with nothing archived, and the next build has it."""
    assert call(office, CLERK, "archive", "add", "1", str(scan), "--role", "附件", "--remark", "补充") == 0
    usual = BagWriter.close
    deeds = [
        ("archive", "openness", "2", "--as", "开放", "--remark", "已公布"),
        ("notice", "--project", "1"),
    ]

    def close(self: BagWriter, info: Sequence[tuple[str, str]]) -> str:
        if deeds:
            assert call(office, CLERK, *deeds.pop(0)) == 0
        return usual(self, info)

    monkeypatch.setattr(BagWriter, "close", close)
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 3
    assert "又有新的登记" in capsys.readouterr().err
    assert [each.name for each in (office / "归档").iterdir()] == [NAME]
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    assert not deeds
    second = office / "归档" / NAME.replace("第1版", "第2版")
    assert [each["document"] for each in said(second)["filed"] if each["openness"] == "开放"] == [2]  # type: ignore[attr-defined]


def test_a_pdf_with_boxes_in_place_of_hanzi_is_not_archived(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version before is not at hand, so that the PDFs are made again, on a computer with other fonts."""
    (office / "归档").rename(office.parent / "别处")
    monkeypatch.setattr("docgen.pdf.pool.unshown", lambda hanzi, _config: "建" if "建" in hanzi else "")
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 4
    assert "的 PDF 不能归档：本机没有一种字体有“建”（U+5EFA），PDF 里是空框" in capsys.readouterr().err
    assert not (office / "归档" / NAME).exists()


def test_archived_documents_are_read_only(
    office: Path, scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither attached to, nor voided, nor replaced by the ordinary commands."""
    assert call(office, CLERK, "doc", "attach", "1", str(scan)) == 3
    assert call(office, HEAD, "doc", "void", "1", "--remark", "错") == 3
    assert call(office, CLERK, "doc", "replace", "1", "--remark", "错") == 3
    assert "归档" in capsys.readouterr().err


def test_a_late_scan_makes_a_new_version_that_says_so(
    office: Path, tmp_path: Path, scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first version stays; the second has the file, the same codes, and a line on what is new; verify is clean."""
    late = tmp_path / "复函.pdf"
    late.write_bytes(scan.read_bytes() + b"\n%3\n")
    assert call(office, CLERK, "archive", "add", "1", str(late), "--role", "复函", "--remark", "晚到") == 0
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    second = office / "归档" / NAME.replace("第1版", "第2版")
    assert said(second)["changes"] == ["补充了材料1件：澄联审办函〔2026〕1号"]
    codes = [[each["code"] for each in said(bag)["filed"]] for bag in (office / "归档" / NAME, second)]  # type: ignore[index,attr-defined]
    assert codes[0] == codes[1]
    assert list(second.rglob("复函-复函.pdf"))
    capsys.readouterr()
    assert call(office, CLERK, "verify") == 0
    assert call(office, CLERK, "archive", "verify", str(second)) == 0


def test_what_becomes_of_numbers_that_are_not_filed_makes_a_new_version_that_says_which(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A number reserved, then voided: each version says which number stands otherwise than in the one before."""
    build = ("archive", "build", "--year", "2026", "--leave-out")
    assert call(office, CLERK, "doc", "number", "reserve", "告知函", "1", "--remark", "会议通知") == 0
    assert call(office, CLERK, *build) == 0
    assert "“未归档”的文号，去向或原因与上一版不同的1个：澄联审办函〔2026〕4号" in capsys.readouterr().out
    assert call(office, CLERK, "doc", "number", "void", "澄联审办函〔2026〕4号", "--remark", "不开会") == 0
    assert call(office, CLERK, *build) == 0
    assert "“作废”的文号，去向或原因与上一版不同的1个：澄联审办函〔2026〕4号" in capsys.readouterr().out
    assert said(office / "归档/J001-WS-2026-第3版")["changes"]


def test_a_version_says_so_when_nothing_but_the_record_is_new(
    issued: Path, tmp_path: Path, scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A document that is left out gets a reply, and is left out still: the chain in the bag is longer."""
    root = Path(shutil.copytree(issued, tmp_path / "工作区", symlinks=True))
    build = ("archive", "build", "--year", "2026", "--leave-out")
    assert call(root, CLERK, *build) == 0
    assert call(root, CLERK, "doc", "attach", "2", str(scan), "--role", "复函") == 0
    capsys.readouterr()
    assert call(root, CLERK, *build) == 0
    told = capsys.readouterr().out
    assert "已生成第2版" in told
    assert "归入的公文和各文号的去向没有变，另有登记（见登记链）" in told


def test_a_serial_is_archived_under_its_issue(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A serial shows 第1期 where letters show a number: a bag with one is sound."""
    set_row(office / "data/工作机制.xlsx", "文种", {"文种": "专报"}, "保管期限", "30年")
    assert call(office, CLERK, "draft", "专报", "--all") == 0
    assert call(office, REVIEWER, "doc", "review", "10") == 0
    assert call(office, HEAD, "doc", "sign", "10") == 0
    assert call(office, CLERK, "doc", "issue", "10", "--copies", "3") == 0
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    second = office / "归档" / NAME.replace("第1版", "第2版")
    assert call(office, CLERK, "archive", "verify", str(second)) == 0
    assert "没有发现不符" in capsys.readouterr().out


def test_a_reply_without_its_font_says_nothing_against_its_document(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A PDF of somebody else that names a font and does not hold it is filed as it came, and told; the bag is sound."""
    words = b"BT /F 12 Tf 20 20 Td (Accepted) Tj ET"
    reply = tmp_path / "复函.pdf"
    reply.write_bytes(
        b"%%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>\nendobj\n"
        b"4 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\n%%%%EOF\n"
        % (len(words), words)
    )
    assert call(office, CLERK, "archive", "add", "1", str(reply), "--role", "复函", "--remark", "来函") == 0
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    second = office / "归档" / NAME.replace("第1版", "第2版")
    capsys.readouterr()
    assert call(office, CLERK, "archive", "verify", str(second)) == 0
    assert "没有嵌入字体：Helvetica（来件照原样归入）" in capsys.readouterr().err


def test_an_attachment_set_aside_after_archiving_makes_a_new_version(
    office: Path, tmp_path: Path, scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without its scan the document is refused; with another the next version says both; built again, the same."""
    assert call(office, CLERK, "archive", "detach", "1", "盖章件", "--remark", "扫错了页") == 0
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 1
    assert "缺扫描件" in capsys.readouterr().err
    late = tmp_path / "重扫.pdf"
    late.write_bytes(scan.read_bytes() + b"\n%3\n")
    assert call(office, CLERK, "archive", "add", "1", str(late), "--remark", "重扫") == 0
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    second = office / "归档" / NAME.replace("第1版", "第2版")
    number = "1件：澄联审办函〔2026〕1号"
    assert said(second)["changes"] == [f"补充了材料{number}", f"停用了材料{number}"]
    filed = next(each for each in said(second)["filed"] if each["document"] == 1)  # type: ignore[attr-defined]
    assert [each["path"].rpartition("/")[2] for each in filed["files"] if each["role"] == "扫描件"] == [
        "扫描件-重扫.pdf"
    ]
    capsys.readouterr()
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    assert "没有新的内容" in capsys.readouterr().out
    assert call(office, CLERK, "verify") == 0


def test_what_the_settings_change_makes_a_new_version_that_says_what(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Openness and OFD changed in docgen.toml: the next version, recorded; built once more, the same."""
    settings = office / "docgen.toml"
    settings.write_text(settings.read_text() + 'openness = "开放"\nofd = true\n')
    assert call(office, CLERK, "archive", "openness", "1", "--as", "未审核") == 2
    assert "要写明原因" in capsys.readouterr().err
    assert call(office, KEEPER, "archive", "openness", "1", "--as", "未审核", "--remark", "待审") == 3
    assert call(office, CLERK, "archive", "openness", "1", "--as", "未审核", "--remark", "待审") == 0
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    second = office / "归档" / NAME.replace("第1版", "第2版")
    changes = said(second)["changes"]
    assert isinstance(changes, list)
    assert [each.partition("：")[0] for each in changes] == [
        "重定了开放标识1件",
        "开放标识由“控制”改为“开放”2件",
        "增加了OFD2件",
    ]
    marks = {each["document"]: each["openness"] for each in said(second)["filed"]}  # type: ignore[attr-defined]
    assert marks == {1: "未审核", 2: "开放", 5: "开放"}
    capsys.readouterr()
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    assert "没有新的内容" in capsys.readouterr().out
    assert len(list((office / "归档").iterdir())) == 2
    assert call(office, CLERK, "verify") == 0


def test_documents_that_a_changed_sheet_leaves_out_are_named_by_the_next_version(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing was recorded, and yet not all of the year is in the bag any more: that is what the version says."""
    set_row(office / "data/工作机制.xlsx", "文种", {"文种": "告知函"}, "保管期限", None)
    assert call(office, CLERK, "archive", "build", "--year", "2026", "--leave-out") == 0
    told = capsys.readouterr().out
    assert "“未归档”的文号，去向或原因与上一版不同的2个：澄联审办函〔2026〕1号、澄联审办函〔2026〕2号" in told
    assert "公文和材料没有变" not in told


def test_a_bag_that_is_not_at_hand_is_not_called_the_same(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """PDFs made anew are other files: a further version says so, and the record holds for both."""
    shutil.move(office / "归档", tmp_path / "移交")
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    second = office / "归档" / NAME.replace("第1版", "第2版")
    assert said(second)["changes"] == ["上一版不在这里，PDF 重新转换，其余内容没有新的登记"]
    assert call(office, CLERK, "verify") == 0
    assert "不在原处" in capsys.readouterr().err


def test_verify_covers_the_bag(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A byte changed in a bag is found by the workspace's verify; a bag that was taken elsewhere is told."""
    assert call(office, CLERK, "verify") == 0
    paper = office / "归档" / NAME / "data" / "说明.txt"
    paper.write_bytes(paper.read_bytes() + b" ")
    capsys.readouterr()
    assert call(office, CLERK, "verify") == 5
    assert "说明.txt 被改动" in capsys.readouterr().out
    shutil.move(office / "归档", office.parent / "移交")
    assert call(office, CLERK, "verify") == 0
    assert "不在原处" in capsys.readouterr().err


def test_something_else_in_the_bags_place_is_left_alone(
    issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A folder of that name that docgen did not record is not overwritten."""
    root = Path(shutil.copytree(issued, tmp_path / "工作区", symlinks=True))
    there = root / "归档" / NAME
    there.mkdir(parents=True)
    (there / "别人的.txt").write_text("x")
    assert call(root, CLERK, "archive", "build", "--year", "2026", "--leave-out") == 2
    assert "已经存在" in capsys.readouterr().err
    assert [each.name for each in there.iterdir()] == ["别人的.txt"]
    assert [each.name for each in (root / "归档").iterdir()] == [NAME]


def test_without_any_document_that_is_ready_there_is_no_bag(
    issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Leaving out all that is not complete leaves nothing: said, no folder made."""
    root = Path(shutil.copytree(issued, tmp_path / "工作区", symlinks=True))
    for kind in ("告知函", "会议纪要"):
        set_row(root / "data" / "工作机制.xlsx", "文种", {"文种": kind}, "保管期限", None)
    assert call(root, CLERK, "archive", "build", "--year", "2026", "--leave-out") == 3
    assert "2026年没有一件公文可以归入，没有生成档案包（不齐的3件）" in capsys.readouterr().err
    assert not (root / "归档").exists()


def test_a_bag_that_was_put_and_not_recorded_makes_room_when_settings_changed_since(
    issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A build killed between both: the same is recorded, another is put beside, whole; the next build has its place."""
    root = Path(shutil.copytree(issued, tmp_path / "工作区", symlinks=True))
    before = {root / name: (root / name).read_bytes() for name in ("register.sqlite", "登记库见证.txt")}
    assert call(root, CLERK, "archive", "build", "--year", "2026", "--leave-out") == 0
    for path, data in before.items():
        path.write_bytes(data)
    book, where = root / "data" / "工作机制.xlsx", {"文种": "会议纪要", "设置": "开放标识"}
    set_row(book, "文种设置", where, "值", "开放")
    capsys.readouterr()
    assert call(root, CLERK, "archive", "build", "--year", "2026", "--leave-out") == 0
    assert f"归档/{NAME}（没有登记）（没有删除" in capsys.readouterr().out
    assert bagit.Bag(str(root / "归档" / f"{NAME}（没有登记）")).validate()
    assert sorted(each.name for each in (root / "归档").iterdir()) == [NAME, f"{NAME}（没有登记）"]
    assert call(root, CLERK, "verify") == 0


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
def test_a_killed_build_leaves_no_half_bag_and_the_next_one_ends_it(office: Path, scan: Path) -> None:
    """A part of `bench/trials.py`: killed at random moments, the record whole, the bag there or not at all."""
    assert call(office, CLERK, "archive", "add", "1", str(scan), "--role", "附件", "--remark", "补充") == 0
    found = list(kills(office, 2, Random(5)))  # noqa: S311  # nothing secret
    assert [each.wrong for each in found] == [(), ()]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--year", "2020"], 2, "没有可以归档的公文"),
        (["--year", "2026", "--to", "out/归档"], 2, "只放登记过的公文"),
        (["--year", "2026", "--to", "data"], 2, "只放数据表"),
        (["--year", "2026", "--to", "docgen.toml"], 2, "不是文件夹"),
    ],
)
def test_where_and_what_cannot_be_archived(
    arguments: list[str], code: int, words: str, archived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A year without numbers, folders that are for other things: said, nothing made."""
    assert call(archived, CLERK, "archive", "build", *arguments) == code
    assert words in capsys.readouterr().err


def test_without_a_fonds_no_code_can_be_given(
    issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The settings are named that are needed."""
    root = Path(shutil.copytree(issued, tmp_path / "工作区", symlinks=True))
    settings = root / "docgen.toml"
    settings.write_text(settings.read_text().split("[archive]")[0])
    assert call(root, CLERK, "archive", "build", "--year", "2026") == 1
    assert "fonds_name" in capsys.readouterr().err


def test_old_drafts_are_set_aside_and_nothing_is_deleted(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Drafts without a step for a hundred days are voided with a word; asked only, nothing happens."""
    before = {each.read_bytes() for each in (office / "out").rglob("*.docx")}
    late = ["--date", "2026-11-20", "archive", "tidy", "--days", "100"]
    assert call(office, CLERK, *late, "--dry-run") == 0
    assert "没有办理" in capsys.readouterr().out
    assert call(office, CLERK, *late) == 0
    assert "移到“留存”" in capsys.readouterr().out
    assert {each.read_bytes() for each in (office / "out").rglob("*.docx")} == before
    assert not list((office / "out").rglob("草稿/*.docx"))
    assert call(office, CLERK, "verify") == 0


def test_the_catalogue_of_a_year(office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Listed from the latest bag, and written where asked."""
    assert call(office, CLERK, "archive", "catalogue", "--year", "2026", "--to", str(tmp_path / "目录")) == 0
    assert "J001-WS·2026-D10-BGS-0001" in capsys.readouterr().out
    assert (tmp_path / "目录" / "归档文件目录（10年）.docx").is_file()
    assert call(office, CLERK, "archive", "catalogue", "--year", "2025") == 3
