"""Substitute fonts: where they are, which name they stand in for, and how they are fetched."""

from __future__ import annotations

import io
import shutil
import sys
import tarfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from docgen.pdf import fonts
from docgen.pdf.faults import SetupFailed, SetupNotPossible
from docgen.standard.measures.fonts import GB2312, PLAIN


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("DOCGEN_FONTS", str(tmp_path / "字体"))
    return tmp_path / "字体"


@pytest.mark.skipif(sys.platform != "linux", reason="each platform has its own place")
def test_fonts_lie_in_the_users_data_folder(monkeypatch):
    monkeypatch.delenv("DOCGEN_FONTS", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert fonts.fonts_dir() == Path("/data/docgen/fonts")


def test_every_face_of_the_standard_has_a_substitute(folder, tmp_path):
    rules = ET.parse(fonts.write_fontconfig(tmp_path)).getroot()  # noqa: S314 (our own file)
    names = {each.text for each in rules.findall("match[@target='pattern']/test/string")}
    assert names >= set(GB2312.names) | set(PLAIN.names) | {"FangSong", "KaiTi", "SimHei", "SimSun"}
    assert rules.find("dir").text == str(folder)


def test_an_official_face_that_is_installed_keeps_its_place(folder, tmp_path):
    rules = ET.parse(fonts.write_fontconfig(tmp_path)).getroot()  # noqa: S314 (our own file)
    assert {each.get("mode") for each in rules.findall("match[@target='pattern']/edit[@name='family']")} == {
        "append"
    }


def test_what_is_there_is_not_fetched_again(folder, monkeypatch):
    folder.mkdir()
    for name in fonts.SUBSTITUTES:
        (folder / name).write_bytes(b"font")
    monkeypatch.setattr(fonts, "_is_installed", lambda _: True)
    assert fonts.install() == ["LibreOffice 和替代字体都已经装好，没有改动"]


def test_a_libreoffice_with_windows_is_not_replaced_by_one_without(folder, monkeypatch):
    folder.mkdir()
    for name in fonts.SUBSTITUTES:
        (folder / name).write_bytes(b"font")
    with_windows = {name.removesuffix("-nogui") for name in fonts.PACKAGES}
    monkeypatch.setattr(fonts, "_is_installed", with_windows.__contains__)
    assert fonts.install() == ["LibreOffice 和替代字体都已经装好，没有改动"]


def test_packages_are_only_installed_by_root(folder, monkeypatch):
    monkeypatch.setattr(fonts, "_is_installed", lambda _: False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(fonts.os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SetupNotPossible, match="root"):
        fonts.install()


def test_other_systems_are_told_so(folder, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SetupNotPossible, match="apt-get"):
        fonts.install()


def test_a_step_that_fails_is_named_with_what_the_program_said():
    with pytest.raises(SetupFailed, match="下载字体失败：cannot fetch"):
        fonts._run("下载字体", sys.executable, "-c", "import sys; sys.exit('cannot fetch')")


def test_a_program_that_is_not_there_fails_its_step():
    with pytest.raises(SetupFailed, match="下载字体"):
        fonts._run("下载字体", "/nowhere/apt-get")


def archive(path, names):
    with tarfile.open(path, "w") as content:
        for name in names:
            entry = tarfile.TarInfo(f"./usr/share/fonts/{name}")
            entry.size = 4
            content.addfile(entry, io.BytesIO(b"font"))
    return path


def test_only_the_wanted_faces_are_taken_out_of_the_package(folder, tmp_path):
    fonts._take(archive(tmp_path / "a.tar", [*fonts.SUBSTITUTES, "Other.otf"]), list(fonts.SUBSTITUTES))
    assert sorted(each.name for each in folder.iterdir()) == sorted(fonts.SUBSTITUTES)


def test_a_package_without_the_faces_is_a_fault(folder, tmp_path):
    with pytest.raises(SetupFailed, match="FandolHei-Regular"):
        fonts._take(archive(tmp_path / "a.tar", ["Other.otf"]), list(fonts.SUBSTITUTES))
