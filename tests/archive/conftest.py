"""A year of an office, issued and archived once; each test gets a copy of the workspace or of the bag."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from docgen.cli.main import run

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))  # the trials, of which a part is run here
sys.path.insert(0, str(Path(__file__).parent))  # modules that only these tests share

from years import CLERK, HEAD, KEEPER, NAME, REVIEWER, SETTINGS, call


@pytest.fixture(scope="session")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scan of a sealed copy: a picture in a PDF."""
    from PIL import Image

    path = tmp_path_factory.mktemp("scan") / "盖章件.pdf"
    Image.new("RGB", (300, 420), "white").save(path)
    return path


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory, scan: Path) -> Path:
    """A workspace with two sealed notices, minutes, and a notice voided after it was numbered; 2 has no scan yet."""
    root = tmp_path_factory.mktemp("issued") / "工作区"
    assert run(["init", str(root), "--example", "a"]) == 0
    with (root / "docgen.toml").open("a") as file:
        file.write(SETTINGS)
    assert call(root, CLERK, "notice", "--project", "3") == 0
    assert call(root, CLERK, "minutes", "--all") == 0
    assert call(root, HEAD, "seal", "mandate", "add", "--clause", "第二条第（三）项") == 0
    assert call(root, REVIEWER, "doc", "review", "1", "2", "3", "5") == 0
    assert call(root, HEAD, "doc", "sign", "1", "2", "3", "5") == 0
    assert call(root, HEAD, "doc", "void", "3", "--remark", "与第1号重复") == 0
    assert call(root, CLERK, "seal", "request", "1", "2", "--copies", "3") == 0
    assert call(root, HEAD, "seal", "approve", "1", "2") == 0
    assert call(root, KEEPER, "seal", "apply", "1", "2", "--copies", "3") == 0
    assert call(root, CLERK, "doc", "issue", "1", "2", "5", "--copies", "3") == 0
    assert call(root, CLERK, "doc", "attach", "1", str(scan), "--role", "扫描件") == 0
    return root


@pytest.fixture(scope="session")
def archived(tmp_path_factory: pytest.TempPathFactory, issued: Path, scan: Path) -> Path:
    """The same with the missing scan, archived."""
    root = tmp_path_factory.mktemp("archived") / "工作区"
    shutil.copytree(issued, root, symlinks=True)
    other = scan.parent / "盖章件2.pdf"
    other.write_bytes(scan.read_bytes() + b"\n%2\n")
    assert call(root, CLERK, "doc", "attach", "2", str(other), "--role", "扫描件") == 0
    assert call(root, CLERK, "archive", "build", "--year", "2026") == 0
    return root


@pytest.fixture
def office(tmp_path: Path, archived: Path) -> Path:
    """A copy of the archived workspace."""
    return Path(shutil.copytree(archived, tmp_path / "工作区", symlinks=True))


@pytest.fixture
def bag(tmp_path: Path, archived: Path) -> Path:
    """A copy of the bag alone, somewhere else."""
    return Path(shutil.copytree(archived / "归档" / NAME, tmp_path / "另一处" / "包"))
