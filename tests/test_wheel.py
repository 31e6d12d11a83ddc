"""An installed wheel, outside the repository, does what the repository does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of a freshly built wheel in a folder of their own."""
    place = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        place,
        ROOT,
    ]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        package.extractall(place / "site")
    return place / "site"


def run(folder: Path, site: Path | None, *arguments: str) -> subprocess.CompletedProcess[str]:
    surroundings = {**os.environ, "PYTHONPATH": str(site)} if site else dict(os.environ)
    return subprocess.run(
        [sys.executable, "-m", "docgen", *arguments],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )


def documents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "out").rglob("*.*")}


def test_the_wheel_makes_the_same_documents_as_the_repository(
    installed: Path, workspace: Path, tmp_path: Path
) -> None:
    made = run(tmp_path, installed, "init", "installed", "--example", "a")
    assert made.returncode == 0, made.stderr
    for folder, site in ((tmp_path / "installed", installed), (workspace, None)):
        for command in (("notice", "--project", "3"), ("board",)):
            ran = run(folder, site, *command)
            assert ran.returncode == 0, ran.stderr
    assert len(documents(workspace)) == 5, "four letters and the wall chart"
    assert documents(tmp_path / "installed") == documents(workspace)


def test_the_wheel_runs_from_its_own_files(installed: Path, tmp_path: Path) -> None:
    code = "import docgen; print(docgen.__file__)"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(ran.stdout.strip()).is_relative_to(installed)


def test_a_new_workspace_from_the_wheel_has_templates_and_blank_sheets(
    installed: Path, tmp_path: Path
) -> None:
    assert run(tmp_path, installed, "init", "new").returncode == 0
    names = {
        path.relative_to(tmp_path / "new").as_posix()
        for path in (tmp_path / "new").rglob("*")
        if path.is_file()
    }
    assert {
        "docgen.toml",
        "templates/docx/告知函.docx",
        "templates/xlsx/项目.xlsx",
        "templates/xlsx/台账样式.xlsx",
        "data/手续.xlsx",
    } <= names
    shutil.rmtree(tmp_path / "new")
