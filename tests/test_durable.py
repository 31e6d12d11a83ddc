"""Files brought to the disk: many of them by one call for the whole file system, where that says what failed."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docgen import durable
from docgen.durable import Disk
from docgen.files import staged

MANY = 70
System = Callable[[int], int]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often single files and folders are brought to the disk."""
    counted, real = Counter[str](), os.fsync

    def seen(handle: int) -> None:
        counted["one"] += 1
        real(handle)

    monkeypatch.setattr(os, "fsync", seen)
    return counted


@pytest.fixture
def on_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the folder of the tests for one on a disk of this machine, whatever it lies on."""
    monkeypatch.setattr(durable, "_is_of_blocks", lambda _handle: True)


@pytest.fixture
def old_system(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the machine say that it has a Linux whose call for all keeps quiet of what it could not write."""
    told = os.uname()
    release = os.uname_result((told.sysname, told.nodename, "4.19.90-25.kylin", told.version, told.machine))
    durable._whole_system.cache_clear()
    monkeypatch.setattr(os, "uname", lambda: release)
    yield
    durable._whole_system.cache_clear()


def write_many(folder: Path) -> None:
    with staged() as staging:
        for number in range(MANY):
            staging.add(folder / f"{number}.docx", b"new")
    assert len(list(folder.glob("*.docx"))) == MANY


def system(monkeypatch: pytest.MonkeyPatch, answer: System) -> None:
    monkeypatch.setattr(durable, "_whole_system", lambda: answer)


@pytest.mark.usefixtures("on_a_disk")
def test_many_files_are_brought_to_the_disk_by_one_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: Counter[str]
) -> None:
    def whole(_handle: int) -> int:
        calls["all"] += 1
        assert not list(tmp_path.glob("*.docx"))  # before any place is touched
        return 0

    system(monkeypatch, whole)
    write_many(tmp_path)
    assert calls == {"all": 1, "one": 1}  # the folder itself, when all are in their places


@pytest.mark.usefixtures("on_a_disk")
def test_many_folders_of_one_disk_are_brought_there_by_one_call_before_and_one_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: Counter[str]
) -> None:
    there: list[int] = []

    def whole(_handle: int) -> int:
        there.append(len(list(tmp_path.rglob("*.docx"))))
        return 0

    system(monkeypatch, whole)
    with staged() as staging:
        for number in range(MANY):
            staging.add(tmp_path / str(number) / "new.docx", b"new")
    assert there == [0, MANY]
    assert not calls


def test_what_a_killed_process_left_beside_a_new_folder_is_swept_when_it_is_written_there(
    tmp_path: Path,
) -> None:
    left = tmp_path / ".docgen-left.new"
    left.mkdir()
    (left / "1.new").write_bytes(b"half")
    (tmp_path / "1").mkdir()
    with staged() as staging:
        staging.add(tmp_path / "1" / "new.docx", b"new")
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["1", "new.docx"]


def test_files_for_a_new_folder_wait_beside_it(tmp_path: Path) -> None:
    with staged() as staging:
        staging.add(tmp_path / "2026" / "1" / "new.docx", b"new")
        assert not list((tmp_path / "2026" / "1").iterdir())
        assert [each.read_bytes() for each in tmp_path.glob("*/.docgen-*/*")] == [b"new"]
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["1", "2026", "new.docx"]


@pytest.mark.usefixtures("on_a_disk")
def test_what_the_call_for_all_refuses_is_asked_of_each_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, calls: Counter[str]
) -> None:
    system(monkeypatch, lambda _handle: -1)
    write_many(tmp_path)
    assert calls["one"] == MANY + 1


@pytest.mark.usefixtures("on_a_disk")
def test_a_disk_that_others_keep_busy_is_asked_for_all_only_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter((0.0, 60.0))
    system(monkeypatch, lambda _handle: 0)
    monkeypatch.setattr("docgen.durable.monotonic", lambda: next(times))
    handle = os.open(tmp_path, os.O_RDONLY)
    disk = Disk(handle)
    assert disk.settled()
    assert not disk.settled()
    os.close(handle)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the call")
@pytest.mark.usefixtures("old_system")
def test_a_system_that_keeps_quiet_of_faults_is_not_asked_for_all(
    tmp_path: Path, calls: Counter[str]
) -> None:
    write_many(tmp_path)
    assert calls["one"] == MANY + 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a folder")
def test_what_is_no_disk_of_this_machine_is_not_asked_for_all() -> None:
    handle = os.open("/proc", os.O_RDONLY)
    assert not Disk(handle).settled()
    os.close(handle)
