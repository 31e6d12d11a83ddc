"""LibreOffice itself with documents that hang it, names that look like options, and no surroundings to speak of."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from docgen.pdf.convert import make_pdfs

pytestmark = [pytest.mark.libreoffice, pytest.mark.usefixtures("libreoffice")]

PICTURE = """<w:p><w:r><w:drawing><wp:inline
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="9525" cy="9525"/>
<wp:docPr id="1" name="p"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData
 uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic
 xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="p"/>
<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip
 xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="rIdHang"/></pic:blipFill>
<pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"""


def hanging(document: Path, path: Path) -> Path:
    """Write a document with a linked picture whose file never comes to an end: LibreOffice waits for it."""
    pipe = path.with_suffix(".pipe")
    os.mkfifo(pipe)
    link = (
        '<Relationship Id="rIdHang" TargetMode="External" Type="http://schemas.openxmlformats.org/officeDocument/'
        f'2006/relationships/image" Target="{pipe.as_uri()}"/></Relationships>'
    )
    changes = {
        "word/document.xml": ("<w:body>", f"<w:body>{PICTURE}"),
        "word/_rels/document.xml.rels": ("</Relationships>", link),
    }
    with zipfile.ZipFile(document) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name in changes:
                content = content.decode().replace(*changes[name], 1).encode()
            target.writestr(name, content)
    return path


def ours(cache: Path) -> list[int]:
    """The LibreOffices with a profile in a folder."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended meanwhile
            if f"soffice.bin\0-env:UserInstallation={cache.as_uri()}".encode() in path.read_bytes():
                found.append(int(path.parent.name))
    return found


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_document_that_hangs_libreoffice_is_named_and_ended(document, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("docgen.pdf.source.without_externals", lambda contents, _: (contents, ()))
    bad = hanging(document, tmp_path / "挂.docx")
    pdfs = make_pdfs({bad: tmp_path / "out" / "挂.pdf"}, seconds=1)
    assert [str(each) for each in pdfs.faults if "挂.docx 时没有反应" in str(each)]
    assert not (tmp_path / "out").exists()
    assert not ours(tmp_path / "cache")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_what_lies_outside_a_document_is_not_waited_for(document, tmp_path):
    linked = hanging(document, tmp_path / "链接.docx")
    before = linked.read_bytes()
    pdfs = make_pdfs({linked: tmp_path / "链接.pdf"}, seconds=60)
    assert (pdfs.faults, pdfs.made) == ([], [tmp_path / "链接.pdf"])
    assert pdfs.left_out == {linked: (f"图片 {(tmp_path / '链接.pipe').as_uri()}"[:83] + "…",)}
    assert linked.read_bytes() == before


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_libreoffice_killed_in_the_middle_costs_no_document(document, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    copies = [Path(shutil.copy(document, tmp_path / f"{number}.docx")) for number in range(10)]
    killed = []

    def kill(done: int, _: int) -> None:
        if done == 1:
            killed.extend(ours(tmp_path / "cache"))
            for each in killed:
                os.kill(each, signal.SIGKILL)

    pdfs = make_pdfs(
        {each: tmp_path / "out" / f"{each.stem}.pdf" for each in copies}, workers=1, progress=kill
    )
    assert killed
    assert not pdfs.faults
    assert len(pdfs.made) == len(list((tmp_path / "out").iterdir())) == 10
    assert not ours(tmp_path / "cache")


def test_odd_names_and_a_bare_environment_are_no_obstacle(document, tmp_path):
    names = ["-x.docx", "a b/#100%“函”'\".docx", "c/-x.docx"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(document, tmp_path / name)
    ran = subprocess.run(
        [sys.executable, "-m", "docgen", "pdf", "--", *names],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "TMPDIR": "/nowhere", "XDG_CACHE_HOME": str(tmp_path / "cache")},
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert not ran.stderr
    for name in names:
        assert (tmp_path / name).with_suffix(".pdf").read_bytes().startswith(b"%PDF")
