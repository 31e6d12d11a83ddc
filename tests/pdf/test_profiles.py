"""Profiles that outlive a command: kept when left well, never shared, never in anybody's way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.pdf import profiles
from docgen.pdf.profiles import claimed, profiles_dir


@pytest.fixture
def program(tmp_path, monkeypatch):
    monkeypatch.setattr(profiles, "_cache_home", lambda: tmp_path / "cache")
    path = tmp_path / "soffice"
    path.write_text("")
    return path


def used(program, tmp_path):
    """Use a profile as LibreOffice does; return its folder and whether it had been used before."""
    with claimed(program, tmp_path / "spare") as profile:
        before = (profile.folder / "user").exists()
        (profile.folder / "user").mkdir(parents=True, exist_ok=True)
    return profile.folder, before


def test_a_profile_is_used_again(program, tmp_path):
    assert [used(program, tmp_path)[1] for _ in range(3)] == [False, True, True]


def test_a_profile_of_another_libreoffice_is_thrown_away(program, tmp_path):
    used(program, tmp_path)
    os.utime(program, (1, 1))
    assert not used(program, tmp_path)[1]


def test_a_profile_that_was_not_left_well_is_thrown_away(program, tmp_path):
    used(program, tmp_path)
    with pytest.raises(KeyboardInterrupt), claimed(program, tmp_path / "spare"):
        raise KeyboardInterrupt
    assert not used(program, tmp_path)[1]


def test_nobody_shares_a_profile(program, tmp_path):
    spare = tmp_path / "spare"
    with claimed(program, spare) as one, claimed(program, spare) as two, claimed(program, spare) as three:
        assert len({one.folder, two.folder, three.folder, spare}) == 4


def test_another_process_takes_another_profile(program, tmp_path):
    script = (
        "import sys; from pathlib import Path; from docgen.pdf import profiles\n"
        "profiles._cache_home = lambda: Path(sys.argv[2])\n"
        "with profiles.claimed(Path(sys.argv[1]), Path('spare')) as found: print(found.folder.name)"
    )
    command = [sys.executable, "-c", script, program, tmp_path / "cache"]
    with claimed(program, tmp_path / "spare") as mine:
        theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert (mine.folder.name, theirs) == ("00", "01")


def test_where_the_cache_cannot_be_written_a_temporary_folder_serves(program, tmp_path):
    (tmp_path / "cache").write_text("a file")
    assert used(program, tmp_path)[0] == tmp_path / "spare"


def test_whoever_has_no_home_gets_a_temporary_folder(program, tmp_path, monkeypatch):
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(profiles, "_cache_home", homeless)
    assert profiles_dir() is None
    assert used(program, tmp_path)[0] == tmp_path / "spare"
