"""OFDs of registered documents: those of an archive, and those of `docgen ofd`, which say the same."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from years import CLERK, NAME, call

from docgen.errors import DONE, NOT_VERIFIED
from docgen.ofd.telling import told_by

DRAWING = "附图.pdf"
ATTACHED = f"附件-{DRAWING}"


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory, issued: Path, scan: Path) -> Path:
    """A workspace archived with OFDs, its first document with an attachment."""
    root = Path(shutil.copytree(issued, tmp_path_factory.mktemp("filed") / "工作区", symlinks=True))
    with (root / "docgen.toml").open("a") as file:
        file.write("ofd = true\n")
    (root / DRAWING).write_bytes(scan.read_bytes())
    assert call(root, CLERK, "doc", "attach", "1", str(root / DRAWING), "--role", "附件") == DONE
    assert call(root, CLERK, "archive", "build", "--year", "2026", "--leave-out") == DONE
    return root


def bag_of(root: Path) -> Path:
    return root / "归档" / NAME


def first(root: Path) -> Path:
    """The folder of the document with the attachment, in the bag."""
    (found,) = (each.parent for each in bag_of(root).rglob(ATTACHED))
    return found


def made(root: Path, to: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    """Run `docgen ofd` on the first document's PDF; return its exit code and answer."""
    capsys.readouterr()
    code = call(root, CLERK, "--json", "ofd", str(first(root) / "正本.pdf"), "--to", str(to), *arguments)
    return code, json.loads(capsys.readouterr().out)


def test_each_document_is_an_ofd_too_where_settings_say_so(
    filed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An OFD beside each PDF, with metadata and attachments in it; the bag is judged sound."""
    found = list(bag_of(filed).rglob("正本.ofd"))
    assert len(found) == len(list(bag_of(filed).rglob("正本.pdf"))) == 2
    capsys.readouterr()
    assert call(filed, CLERK, "archive", "verify", str(bag_of(filed))) == DONE


def test_an_ofd_by_hand_says_what_the_archive_s_says(
    filed: Path, scan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Elements, day, author, source and attachments are the same: they come from one place."""
    code, answer = made(filed, tmp_path, capsys)
    assert code == DONE
    archived = told_by((first(filed) / "正本.ofd").read_bytes())
    assert told_by((tmp_path / "正本.ofd").read_bytes()) == archived
    elements = json.loads((first(filed) / "元数据.json").read_text())
    assert archived.metadata == {name: words for name, words in elements.items() if words}
    assert archived.metadata["公文标识"].startswith("J001-")
    assert [(each.name, each.size) for each in archived.attachments] == [(ATTACHED, scan.stat().st_size)]
    assert answer["ofds"][0]["attachments"] == [ATTACHED]
    assert "〔2026〕" in answer["ofds"][0]["document"]


def test_a_pdf_that_only_says_of_what_it_was_made_is_taken_for_it_with_a_warning(
    filed: Path, scan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Anybody can write what a PDF was made of; a recorded file, such as the scan, is known by its own bytes."""
    _, answer = made(filed, tmp_path, capsys)
    assert [each["code"] for each in answer["advices"]] == ["ofd-claimed"]
    assert "请转换 out/2026/" in answer["advices"][0]["text"]
    assert call(filed, CLERK, "--json", "ofd", str(scan), "--to", str(tmp_path)) == DONE
    answer = json.loads(capsys.readouterr().out)
    assert "〔2026〕" in answer["ofds"][0]["document"]
    assert [each["code"] for each in answer["advices"]] == ["ofd-without-text"]


def test_an_ofd_tells_which_document_of_the_register_it_is(
    filed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`docgen verify` knows an OFD of the archive by what it was made of."""
    capsys.readouterr()
    assert call(filed, CLERK, "verify", str(first(filed) / "正本.ofd")) == DONE
    assert "〔2026〕" in capsys.readouterr().out


def test_a_changed_attachment_goes_into_no_ofd(
    filed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is named; without attachments the OFD is made."""
    root = Path(shutil.copytree(filed, tmp_path / "工作区", symlinks=True))
    (own,) = (each for each in (root / "out").rglob(ATTACHED))
    own.chmod(0o644)
    own.write_bytes(b"other")
    code, answer = made(root, tmp_path, capsys)
    assert code == NOT_VERIFIED
    assert [each["code"] for each in answer["problems"]] == ["ofd-attachment-differs"]
    assert not (tmp_path / "正本.ofd").exists()
    code, answer = made(root, tmp_path, capsys, "--no-attachments")
    assert (code, answer["ofds"][0]["attachments"]) == (DONE, [])


def test_with_a_damaged_register_an_ofd_is_made_and_it_is_said_what_it_lacks(
    filed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The register's fault keeps nobody from converting a file, and is not passed over in silence."""
    root = Path(shutil.copytree(filed, tmp_path / "工作区", symlinks=True))
    (root / "register.sqlite").write_bytes(b"not a database " * 100)
    code, answer = made(root, tmp_path, capsys)
    assert code == DONE
    assert [each["code"] for each in answer["advices"]] == ["ofd-without-register"]
    assert answer["ofds"][0]["document"] == ""


def test_the_parts_of_the_text_are_tagged(filed: Path) -> None:
    """Number, title and addressees of a registered document are found in its pages."""
    with zipfile.ZipFile(first(filed) / "正本.ofd") as package:
        tags = package.read("Doc_0/Tags/CustomTag.xml").decode()
    assert all(name in tags for name in ("发文字号", "标题", "主送机关", "成文日期"))
