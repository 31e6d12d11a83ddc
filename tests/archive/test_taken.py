"""What a bag takes: what `build` packs `verify` passes; the rest is refused when it is attached, or set aside later."""

from __future__ import annotations

import json
import shutil
import tracemalloc
import unicodedata
import zipfile
from pathlib import Path

import pytest
from scans import SCAN, locked
from years import CLERK, KEEPER, NAME, call

from docgen.archive.formats import judge_as

LETTER = "澄联审办函〔2026〕{}号"
RTF = b"{\\rtf1\\ansi\\ansicpg936 {\\b Reply} of the bureau: accepted.\\par}"


def packed(path: Path, *names: str) -> Path:
    """A package with some parts."""
    with zipfile.ZipFile(path, "w") as package:
        for each in names:
            package.writestr(each, "<x/>")
    return path


def wrong_scan(name: str, folder: Path) -> Path:
    """A file that is no scan."""
    path = folder / name
    match name:
        case "文字.pdf":
            path.write_text("不是 PDF")
        case "有密码.pdf":
            path.write_bytes(locked(SCAN, to_open="123456"))
        case "限打印.pdf":
            path.write_bytes(locked(SCAN, to_open=""))
        case "缺尾.jpg":
            path.write_bytes(b"\xff\xd8\xff\xe0" + bytes(500))
        case "其实是PDF.png":
            path.write_bytes(SCAN)
        case "正文.docx":
            packed(path, "word/document.xml")
        case "截断.pdf":
            path.write_bytes(SCAN[:40])
    return path


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("文字.pdf", "不是 PDF 或图片"),
        ("有密码.pdf", "设了打开密码，打不开"),
        ("限打印.pdf", "设了权限密码，内容是加密的"),
        ("缺尾.jpg", "末尾缺了一段"),
        ("其实是PDF.png", "是 PDF，文件名却以 .png 结尾"),
        ("正文.docx", "不是 PDF 或图片"),
        ("截断.pdf", "打不开"),
    ],
)
def test_what_is_no_scan_is_not_attached_as_one(
    name: str, words: str, issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refused with the reason before anything is recorded, a good one beside it too."""
    good = tmp_path / "好的.pdf"
    good.write_bytes(SCAN)
    bad = wrong_scan(name, tmp_path)
    assert call(issued, CLERK, "doc", "attach", "2", str(good), str(bad), "--role", "扫描件") == 2
    assert words in capsys.readouterr().err
    assert not list((issued / "out").rglob("扫描件-好的.pdf"))


@pytest.mark.libreoffice
def test_replies_of_any_kind(
    issued: Path, tmp_path: Path, scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An RTF goes in with a PDF/A; a zip is told at once, stops the archive with the way out, and is set aside."""
    root = Path(shutil.copytree(issued, tmp_path / "工作区", symlinks=True))
    (tmp_path / "复.rtf").write_bytes(RTF)
    packed(tmp_path / "打包.zip", "一.txt")
    other = tmp_path / "盖章件2.pdf"
    other.write_bytes(scan.read_bytes() + b"\n%2\n")
    assert call(root, CLERK, "doc", "attach", "2", str(other), "--role", "扫描件") == 0
    assert call(root, CLERK, "doc", "attach", "1", str(tmp_path / "复.rtf"), "--role", "复函") == 0
    assert "归档时不能归入" not in capsys.readouterr().err
    assert call(root, CLERK, "doc", "attach", "1", str(tmp_path / "打包.zip"), "--role", "复函") == 0
    assert "归档时不能归入：不是归档接受的格式" in capsys.readouterr().err

    assert call(root, CLERK, "archive", "build", "--year", "2026") == 1
    told = capsys.readouterr().err
    assert "复函-打包.zip 不是归档接受的格式" in told
    assert "docgen doc detach" in told

    assert call(root, CLERK, "doc", "detach", "1", "打包", "--remark", "另收纸质件") == 0
    assert call(root, CLERK, "archive", "build", "--year", "2026") == 0
    bag = root / "归档" / NAME
    names = sorted(each.name for each in bag.rglob("复函-*"))
    assert names == ["复函-复.pdf", "复函-复.rtf"]
    capsys.readouterr()
    assert call(root, CLERK, "archive", "verify", str(bag)) == 0
    assert call(root, CLERK, "verify") == 0
    assert "不在登记之列" not in capsys.readouterr().err


@pytest.mark.libreoffice
def test_an_attachment_is_set_aside_with_a_reason_and_kept(
    issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file stays and is verified; the life says who, when, why; it counts no more, and its name is free again."""
    root = Path(shutil.copytree(issued, tmp_path / "工作区", symlinks=True))
    place = next((root / "out").rglob("扫描件-盖章件.pdf"))
    assert call(root, CLERK, "doc", "detach", "1", "盖章件") == 2
    assert "要写明原因" in capsys.readouterr().err
    assert call(root, CLERK, "doc", "detach", "1", "没有的", "--remark", "错") == 2
    assert "没有“没有的”这个附件" in capsys.readouterr().err
    assert call(root, CLERK, "--json", "doc", "detach", "1", "盖章件", "--remark", "缺了一页") == 0
    assert len(json.loads(capsys.readouterr().out)["files"]) == 1
    assert place.is_file()
    assert call(root, CLERK, "doc", "detach", "1", "盖章件", "--remark", "缺了一页") == 2
    assert call(root, CLERK, "doc", "show", "1") == 0
    told = capsys.readouterr().out
    assert "停用附件" in told
    assert "缺了一页" in told
    assert "已停用" in told
    assert call(root, CLERK, "archive", "build", "--year", "2026") == 1
    assert LETTER.format(1) in capsys.readouterr().err  # 缺扫描件
    assert call(root, CLERK, "verify") == 0
    place.write_bytes(b"x")
    assert call(root, CLERK, "verify") == 5


@pytest.mark.libreoffice
def test_who_may_set_aside(archived: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An archived document takes `archive detach` alone, by clerk or archivist; a draft has no attachments."""
    assert call(archived, CLERK, "doc", "detach", "1", "盖章件", "--remark", "错") == 3
    assert "归档" in capsys.readouterr().err
    assert call(archived, KEEPER, "archive", "detach", "1", "盖章件", "--remark", "错") == 3
    assert call(archived, CLERK, "doc", "detach", "4", "盖章件", "--remark", "错") == 3


@pytest.mark.libreoffice
def test_a_large_scan_is_attached_in_blocks(
    issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """210 MB of a picture are taken, with little memory, and verified; over 2 GB is refused with the way out."""
    root = Path(shutil.copytree(issued, tmp_path / "工作区", symlinks=True))
    large, huge = tmp_path / "大.png", tmp_path / "太大.png"
    for path, size in ((large, 210 * 2**20), (huge, 4 * 2**30)):
        with path.open("wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n")
            file.seek(size)
            file.write(b"IEND")
    assert call(root, CLERK, "doc", "attach", "2", str(huge), "--role", "扫描件") == 2
    assert "超过 2 GB；请分成几个文件" in capsys.readouterr().err
    tracemalloc.start()
    assert call(root, CLERK, "doc", "attach", "2", str(large), "--role", "扫描件") == 0
    assert tracemalloc.get_traced_memory()[1] < 60 * 2**20
    tracemalloc.stop()
    assert call(root, CLERK, "verify") == 0
    assert call(root, CLERK, "verify", str(large)) == 0


@pytest.mark.libreoffice
def test_names_that_other_systems_would_take_for_one_are_told_apart_in_the_bag(
    office: Path, tmp_path: Path
) -> None:
    """Upper and lower case, two ways to write a letter, a device of Windows: the bag is sound everywhere."""
    names = (
        "Plan.pdf",
        "plan.pdf",
        unicodedata.normalize("NFC", "é.pdf"),
        unicodedata.normalize("NFD", "é.pdf"),
        "aux.pdf",
    )
    for place, name in enumerate(names):
        (tmp_path / str(place)).mkdir()
        late = tmp_path / str(place) / name
        late.write_bytes(SCAN + b"%% %d\n" % place)
        assert (
            call(office, CLERK, "archive", "add", "1", str(late), "--role", "复函", "--remark", "晚到") == 0
        )
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    second = office / "归档" / NAME.replace("第1版", "第2版")
    packed = sorted(each.name for each in second.rglob("复函-*"))
    assert packed == ["复函-Plan.pdf", "复函-aux.pdf", "复函-plan（2）.pdf", "复函-é.pdf", "复函-é（2）.pdf"]
    assert call(office, CLERK, "archive", "verify", str(second)) == 0


def test_what_can_run_is_refused_in_old_formats_too(tmp_path: Path) -> None:
    """Macros in a file of Word 97, objects in an RTF, a script in an ODT, a package with a password."""
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    word, macros, lock = (
        each.encode("utf-16-le") for each in ("WordDocument", "_VBA_PROJECT", "EncryptedPackage")
    )
    files = {
        "好.doc": (ole + word, ()),
        "好.wps": (ole + word, ()),
        "宏.doc": (ole + word + macros, ("里面有宏",)),
        "锁.docx": (ole + lock, ("设了打开密码，打不开",)),
        "表.xls": (ole + "Workbook".encode("utf-16-le"), ("不是归档接受的格式",)),
        "好.rtf": (RTF, ()),
        "象.rtf": (RTF[:-1] + b"{\\object\\objemb{\\*\\objdata 00}}}", ("里面有嵌入或链接的对象",)),
        "信.eml": (b"From: a@b\n\nhi", ("不是归档接受的格式",)),
    }
    for name, (data, expected) in files.items():
        (tmp_path / name).write_bytes(data)
        assert judge_as("复函", tmp_path / name).refusals == expected, name
    odt = tmp_path / "脚本.odt"
    with zipfile.ZipFile(odt, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("Basic/Standard/Module1.xml", "<x/>")
    assert judge_as("复函", odt).refusals == ("里面有宏（Basic/Standard/Module1.xml）",)
