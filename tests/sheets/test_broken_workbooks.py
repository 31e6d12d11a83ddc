"""Files that are no workbook, or one that must not be opened: each is refused with its reason, and nothing breaks."""

from __future__ import annotations

import io
import os
import random
import socket
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import DATA_WRONG, OUTSIDE_FAILED
from docgen.model.approval import Approval
from docgen.model.project import Project
from docgen.sheets.faults import LockedWorkbook, UnreadableWorkbook
from docgen.sheets.opening import special, workbook
from docgen.sheets.opening.grid import counted_areas, fill_merged
from docgen.sheets.opening.workbook import open_workbook

BROKEN = Path(__file__).parent.parent / "broken"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
SAVE_AGAIN = "请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（*.xlsx）”后再试。"
DECRYPT = "请在 Excel 或 WPS 中打开，取消打开密码后保存。"
DAMAGED = "手续.xlsx：文件已损坏或不完整。请用备份替换；若能在 Excel 或 WPS 中打开，请另存一份再试。"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = ("项目", "审批事项", "责任人", "计划办结", "状态")
TOO_LARGE = "数据表不会这样大，请检查是否放错了文件。"


class Counting(list[Any]):
    """Counts how many of its items are handed out in slices."""

    seen = 0

    def __getitem__(self, key: Any) -> Any:
        found = super().__getitem__(key)
        self.seen += len(found) if isinstance(key, slice) else 0
        return found


def make_socket(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)  # the path itself may be longer than an address can be
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(f"/proc/self/fd/{folder}/{path.name}")
    finally:
        os.close(folder)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture
def with_sheet(data: Any, make_zip: Any) -> Callable[[str], None]:
    """Replace what is between <sheetData> and </sheetData> in 手续.xlsx."""

    def replace(rows: str) -> None:
        place = data.path / "手续.xlsx"
        parts = parts_of(place.read_bytes())
        name = "xl/worksheets/sheet1.xml"
        head, rest = parts[name].split(b"<sheetData>")
        parts[name] = head + b"<sheetData>" + rows.encode() + b"</sheetData>" + rest.split(b"</sheetData>")[1]
        place.write_bytes(make_zip(parts))

    return replace


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "手续.xlsx：是空文件（0 字节）。请用备份替换，或用 docgen sheets new 重新生成空白表。"),
        ("项目,审批事项\n3,节能审查\n".encode(), f"手续.xlsx：不是 xlsx 工作簿。{SAVE_AGAIN}"),
        ("项目,审批事项\n".encode("gbk"), f"手续.xlsx：不是 xlsx 工作簿。{SAVE_AGAIN}"),
        (b"<html><table><tr><td>1</td></tr></table></html>", f"手续.xlsx：不是 xlsx 工作簿。{SAVE_AGAIN}"),
        (
            OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(64),
            f"手续.xlsx：工作簿有打开密码。{DECRYPT}",
        ),
        (OLE + bytes(2000), f"手续.xlsx：是旧版 .xls 文件，只是改了扩展名。{SAVE_AGAIN}"),
        (b"PK\x03\x04 this is no zip", DAMAGED),
        (b"PK", DAMAGED),
    ],
    ids=["empty", "csv", "csv in GBK", "html", "encrypted", "xls", "no zip", "two bytes"],
)
def test_a_file_that_is_no_workbook_is_told_apart(data: Any, content: bytes, fault: str) -> None:
    (data.path / "手续.xlsx").write_bytes(content)
    assert data.faults() == [fault]


def test_an_old_workbook_is_refused_as_what_it_is(data: Any) -> None:
    (data.path / "手续.xlsx").unlink()
    (data.path / "手续.xls").write_bytes((BROKEN / "old-xls" / "手续.xls").read_bytes())
    assert data.faults() == [f"手续.xls：是旧版 .xls 文件。{SAVE_AGAIN}"]


def test_a_zip_that_is_no_workbook_is_refused(data: Any, make_zip: Any) -> None:
    (data.path / "手续.xlsx").write_bytes(make_zip({"手续.csv": b"1,2"}))
    assert data.faults() == [f"手续.xlsx：不是 xlsx 工作簿。{SAVE_AGAIN}"]


def test_a_workbook_with_macros_is_refused(data: Any, make_zip: Any) -> None:
    place = data.path / "手续.xlsx"
    place.write_bytes(make_zip({**parts_of(place.read_bytes()), "xl/vbaProject.bin": OLE}))
    assert data.faults() == [f"手续.xlsx：工作簿带有宏。为安全起见不读取带宏的文件。{SAVE_AGAIN}"]


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook_is_refused(data: Any, share: float) -> None:
    place = data.path / "手续.xlsx"
    whole = place.read_bytes()
    place.write_bytes(whole[: int(len(whole) * share)])
    assert data.faults() == [DAMAGED]


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]
)
def test_a_workbook_with_a_broken_part_is_refused(data: Any, make_zip: Any, part: str) -> None:
    place = data.path / "手续.xlsx"
    parts = parts_of(place.read_bytes())
    place.write_bytes(make_zip({**parts, part: parts[part][: len(parts[part]) // 2]}))
    assert data.faults() == [DAMAGED]


@pytest.mark.parametrize(
    "part", ["xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"]
)
def test_a_workbook_that_lacks_a_part_is_refused(data: Any, make_zip: Any, part: str) -> None:
    place = data.share_texts("手续")
    parts = parts_of(place.read_bytes())
    del parts[part]
    place.write_bytes(make_zip(parts))
    assert data.faults() == [DAMAGED]


def test_whatever_bytes_are_damaged_it_is_read_or_refused(data: Any) -> None:
    place = data.path / "手续.xlsx"
    whole, dice = place.read_bytes(), random.Random(7)  # noqa: S311  # the same damage in every run
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(dice.choice((1, 3, 30))):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        place.write_bytes(damaged)
        assert all(str(each) for each in data.read().faults)


def test_other_workbooks_are_read_beside_a_broken_one(data: Any) -> None:
    (data.path / "手续.xlsx").write_bytes(b"")
    data.change("单位", E2="大级")
    assert [each.split("：")[0] for each in data.faults()] == ["手续.xlsx", "单位!E2「层级」"]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        '<row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>',
        '<row\nr = "1048576"><c\nr = "XFD1048576"><v>1</v></c></row>',
        f'<row r="1048576"><x:c xmlns:x="{MAIN}" r="XFD1048576"><v>1</v></x:c></row>',
        '<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
        '<row r="1048576"><c r="&#88;FD1048576"><v>1</v></c></row>',
        f'{" " * 5000}<row r="1048576"><x:c xmlns:x="{MAIN}" r="XFD1048576"><v>1</v></x:c></row>',
    ],
)
def test_a_value_in_the_farthest_cell_is_refused_in_bounded_memory(
    data: Any, with_sheet: Any, rows: str
) -> None:
    with_sheet(rows)
    tracemalloc.start()
    try:
        (fault,) = data.faults()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (
        fault
        == "手续.xlsx：工作表“手续”用到了第1048576行、第16384列，范围过大。请删去数据以外的行和列后保存。"
    )
    assert peak < 64 * 2**20


@pytest.mark.parametrize("before", range(-3, 4))
def test_a_cell_with_a_prefix_is_found_wherever_it_stands(before: int) -> None:
    for tag in (b"<x:c ", b"<c ", b"<x:f>"):
        xml = b"<" * (special.HEAD + before) + tag + b"<" * 100
        assert special.prefixed(xml) is (b"x:" in xml)


def test_cells_without_references_do_not_hide_how_far_the_sheet_goes(data: Any, with_sheet: Any) -> None:
    with_sheet(f'<row r="1">{"<c/>" * 200}</row><row r="90000"><c r="A90000"><v>1</v></c></row>')
    (fault,) = data.faults()
    assert "范围过大" in fault


def test_a_value_far_down_or_far_right_is_no_reason_to_refuse(data: Any) -> None:
    data.change("手续", A30000=1, B30000="节能审查", E30000="未申报")
    assert len(data.records().of(Approval)) == 2
    data.change("项目", ZZ1="备查")
    assert len(data.records().of(Project)) == 2


def test_a_workbook_that_unpacks_too_large_is_refused(data: Any, make_zip: Any) -> None:
    place = data.path / "手续.xlsx"
    packed = make_zip({**parts_of(place.read_bytes()), "xl/media/a.bin": b""})
    at = packed.rindex(b"PK\x01\x02")
    place.write_bytes(packed[: at + 24] + struct.pack("<I", 2**31) + packed[at + 28 :])
    assert data.faults() == [f"手续.xlsx：解压后过大。{TOO_LARGE}"]


def test_a_part_that_lies_about_its_size_is_refused(data: Any, make_zip: Any) -> None:
    place = data.share_texts("手续")
    parts = parts_of(place.read_bytes())
    name = b"xl/sharedStrings.xml"
    packed = make_zip({**parts, name.decode(): parts[name.decode()] + b" " * 10_000_000})
    at = packed.rindex(name) - 46
    place.write_bytes(packed[: at + 24] + struct.pack("<I", 1000) + packed[at + 28 :])
    assert data.faults() == [DAMAGED]


def test_a_part_that_stands_twice_is_refused(data: Any) -> None:
    place = data.path / "手续.xlsx"
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(place, "a") as package:
        package.writestr("xl/workbook.xml", b"<workbook/>")
    assert data.faults() == [DAMAGED]


def test_a_file_larger_than_any_data_sheet_is_refused_unread(
    data: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (data.path / "手续.xlsx").open("ab") as file:
        file.truncate(65 * 2**20)
    assert data.faults() == [f"手续.xlsx：文件超过64 MB。{TOO_LARGE}"]


def test_entities_in_a_workbook_are_not_expanded(data: Any) -> None:
    """A cell that stands for ten times ten letters: the sheet is refused, not read with them."""
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>\n<worksheet'
    data.rewrite("手续", "<worksheet", bomb)
    data.rewrite("手续", "<t>&#21608;&#26223;&#26126;</t>", "<t>&b;</t>")
    assert data.faults() == [DAMAGED]


def test_a_file_the_system_does_not_open_is_a_fault_of_the_outside(
    data: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, most: int) -> bytes:
        raise PermissionError(13, "Permission denied", str(path), most)

    monkeypatch.setattr(workbook, "read_regular", refuse)
    with pytest.raises(LockedWorkbook) as refusal:
        open_workbook(data.path / "手续.xlsx")
    assert refusal.value.exit_code == OUTSIDE_FAILED
    assert str(refusal.value) == (
        "手续.xlsx：打不开，可能正被其他程序占用或没有读取权限。请关闭正在使用它的程序，或检查文件权限后再试。"
    )


def test_a_folder_named_like_a_workbook_is_no_workbook(data: Any) -> None:
    (data.path / "手续.xlsx").unlink()
    (data.path / "手续.xlsx").mkdir()
    assert data.faults() == ["手续.xlsx：是文件夹，不是工作簿。请移出或改名后再试。"]


@pytest.mark.parametrize("make", [os.mkfifo, lambda path: path.symlink_to("/dev/zero"), make_socket])
def test_what_is_no_regular_file_is_not_waited_for(data: Any, make: Callable[[Path], object]) -> None:
    place = data.path / "手续.xlsx"
    place.unlink()
    make(place)
    assert data.faults() == ["手续.xlsx：不是普通文件（是管道、设备或套接字）。请移出或改名后再试。"]


@pytest.mark.parametrize(
    ("characters", "says"),
    [
        (32_767, "要填不超过30个字的文字"),
        (32_768, "有32768个字，一个单元格最多32767个字。请核对是否粘贴错了内容，删短后再试。"),
        (3_000_000, "有3000000个字，一个单元格最多32767个字。请核对是否粘贴错了内容，删短后再试。"),
    ],
)
def test_a_text_longer_than_a_cell_can_be_is_refused_with_its_place(
    data: Any, characters: int, says: str
) -> None:
    data.write("手续", HEAD, ("3", "节能审查", "名", "2026-01-31", "未申报"))
    data.rewrite("手续", f"<t>&#{ord('名')};</t>", f"<t>{'汉' * characters}</t>")
    (fault,) = data.faults()
    assert fault.startswith("手续!C2「责任人」：")
    assert fault.endswith(says)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
@pytest.mark.parametrize(
    "written",
    [
        f"<t>{'x' * 40_000}</t>",
        f'<r><rPr><color rgb="FFFF0000"/></rPr><t>{"x" * 500}</t></r>' * 80,
        f"<t>{('x' * 500 + '<!--<c r=<si-->') * 80}</t>",
    ],
    ids=["in one piece", "in runs", "with comments between"],
)
def test_a_text_too_long_is_found_however_it_is_written(data: Any, part: str, written: str) -> None:
    data.write("手续", HEAD, ("3", "节能审查", "名", "2026-01-31", "未申报"))
    if "shared" in part:
        data.share_texts("手续")
    data.rewrite("手续", f"<t>&#{ord('名')};</t>", written, part)
    (fault,) = data.faults()
    assert fault.startswith("手续!C2「责任人」：有40000个字，")


def test_ranges_merged_one_over_the_other_fill_each_cell_once(data: Any) -> None:
    rows: list[list[Any]] = [["甲"], *([str(each)] for each in range(999))]
    filled = Counting(rows)
    fill_merged(filled, [((each, 0), (1_048_575, 0)) for each in range(1000)])
    assert filled == [["甲"]] * 1000
    assert filled.seen < 2 * len(rows)


def test_of_areas_merged_one_over_the_other_the_first_counts() -> None:
    rows: list[list[Any]] = [["甲", "乙"], ["", ""], ["", ""], ["", ""]]
    merged = [((1, 0), (3, 0)), ((0, 0), (1, 0)), ((0, 1), (9, 4))]
    assert counted_areas(merged, rows) == (((0, 0), (1, 0)), ((0, 1), (3, 1)))


def test_a_file_that_cannot_be_read_as_data_is_a_fault_of_the_data(data: Any) -> None:
    (data.path / "手续.xlsx").write_bytes(b"PK")
    with pytest.raises(UnreadableWorkbook) as refusal:
        open_workbook(data.path / "手续.xlsx")
    assert refusal.value.exit_code == DATA_WRONG


def test_a_workbook_of_the_strict_kind_is_read(data: Any, make_zip: Any) -> None:
    place = data.path / "手续.xlsx"
    parts = parts_of(place.read_bytes())
    pairs = [
        (
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    ]
    for name, content in parts.items():
        for old, new in pairs:
            content = content.replace(old, new)  # noqa: PLW2901
        parts[name] = content
    place.write_bytes(make_zip(parts))
    assert data.faults() == []


def test_a_sheet_with_prefixed_tags_is_read_with_its_formulas(data: Any, make_zip: Any) -> None:
    place = data.path / "手续.xlsx"
    data.change("手续", C2="=1+1")
    parts = parts_of(place.read_bytes())
    name = "xl/worksheets/sheet1.xml"
    text = (
        parts[name]
        .replace(b"</", b"</x:")
        .replace(b"<", b"<x:")
        .replace(b"<x:/x:", b"</x:")
        .replace(b"xmlns=", b"xmlns:x=")
    )
    place.write_bytes(make_zip({**parts, name: text.replace(b"<x:?xml", b"<?xml")}))
    assert [each.split("“")[0] for each in data.faults()] == ["手续!C2「责任人」：是公式"]
