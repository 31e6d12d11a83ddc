"""Files are written whole or not at all, also when the disk fills up half-way."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from docgen.errors import OUTSIDE_FAILED
from docgen.files import CannotWrite, Staging, cannot_write, set_aside, staged, write_whole

FULL = OSError(errno.ENOSPC, "No space left on device")


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "告知函.docx").write_bytes(b"old")
    return folder


def instead(real: Callable[..., Any], other: Callable[..., Any], at: int) -> Callable[..., Any]:
    """Return a function that is another one on one of its calls."""
    calls: Iterator[int] = count(1)

    def call(*args: Any, **kwargs: Any) -> Any:
        return (other if next(calls) == at else real)(*args, **kwargs)

    return call


def no_room(*_: object, **__: object) -> Any:
    raise FULL


def write(folder: Path, *names: str) -> None:
    with staged() as staging:
        for name in names:
            staging.add(folder / name, b"new")


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_whole(tmp_path / "2026" / "告知函" / "1.docx", b"new")
    assert everything_in(tmp_path) == {"2026/告知函/1.docx": b"new"}


def test_a_file_is_written_in_place_of_another(out: Path) -> None:
    write_whole(out / "告知函.docx", b"new")
    assert everything_in(out) == {"告知函.docx": b"new"}


def test_a_file_can_be_read_by_those_who_may_read_others(out: Path) -> None:
    write_whole(out / "1.docx", b"new")
    assert stat.S_IMODE((out / "1.docx").stat().st_mode) == stat.S_IMODE((out / "告知函.docx").stat().st_mode)


def test_no_place_is_touched_before_all_files_are_ready(out: Path) -> None:
    with staged() as staging:
        staging.add(out / "告知函.docx", b"new")
        assert (out / "告知函.docx").read_bytes() == b"old"


def test_a_fault_in_between_leaves_everything_as_it_was(out: Path) -> None:
    def stop_half_way() -> None:
        with staged() as staging:
            staging.add(out / "告知函.docx", b"new")
            staging.add(out / "新" / "1.docx", b"new")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stop_half_way()
    assert everything_in(out) == {"告知函.docx": b"old"}


@pytest.mark.parametrize("at", [1, 2, 3])
@pytest.mark.parametrize(
    "broken",
    [
        (os, "write", no_room),
        (os, "fsync", no_room),
        (Path, "replace", no_room),
    ],
    ids=["write", "fsync", "replace"],
)
def test_a_disk_that_fills_up_leaves_everything_as_it_was(
    out: Path, monkeypatch: pytest.MonkeyPatch, broken: tuple[Any, str, Callable[..., Any]], at: int
) -> None:
    owner, name, fails = broken
    monkeypatch.setattr(owner, name, instead(getattr(owner, name), fails, at))
    with pytest.raises(CannotWrite) as refusal:
        write(out, "告知函.docx", "1.docx", "2.docx")
    assert everything_in(out) == {"告知函.docx": b"old"}
    assert str(refusal.value).startswith(
        f"写不进 {out / ('告知函.docx', '1.docx', '2.docx')[at - 1]}：磁盘已满。"
    )
    assert refusal.value.exit_code == OUTSIDE_FAILED


def test_files_already_in_place_are_taken_back_where_there_are_no_links_too(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(Path, "replace", instead(Path.replace, no_room, 2))
    with pytest.raises(CannotWrite):
        write(out, "告知函.docx", "1.docx")
    assert everything_in(out) == {"告知函.docx": b"old"}


def test_several_files_leave_nothing_beside_them(out: Path) -> None:
    write(out, "告知函.docx", "1.docx")
    assert everything_in(out) == {"告知函.docx": b"new", "1.docx": b"new"}


def test_a_folder_in_which_nothing_can_be_made_is_named(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "mkdtemp", no_room)
    with pytest.raises(CannotWrite, match="磁盘已满"):
        write(out, "1.docx")
    assert everything_in(out) == {"告知函.docx": b"old"}


def test_many_files_are_written_whole_or_not_at_all(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{number}.docx" for number in range(50)]
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", instead(os.fsync, no_room, 30))
        with pytest.raises(CannotWrite, match="磁盘已满"):
            write(out, *names)
    assert [each.name for each in out.iterdir()] == ["告知函.docx"]
    write(out, *names)
    assert everything_in(out) == {"告知函.docx": b"old"} | dict.fromkeys(names, b"new")


def test_breaking_off_between_two_places_takes_back_the_first(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", instead(Path.replace, broken_off, 2))
    with pytest.raises(KeyboardInterrupt):
        write(out, "告知函.docx", "1.docx")
    assert everything_in(out) == {"告知函.docx": b"old"}


def test_files_handed_over_are_put_in_place_by_another(out: Path) -> None:
    maker, keeper = Staging(), Staging()
    maker.add(out / "告知函.docx", b"new")
    handed = maker.hand_over()
    maker.add(out / "1.docx", b"dropped")
    keeper.take_over(handed)
    keeper.settle()
    keeper.drop()
    maker.drop()
    assert everything_in(out) == {"告知函.docx": b"new"}
    assert len(list(out.iterdir())) == 1


_KILLED = """
import os, pathlib, sys
from docgen.files import Staging
staging = Staging()
staging.add(pathlib.Path(sys.argv[1], "2.docx"), b"dead")
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(
    sys.platform == "win32", reason="tells the living from the dead by locks of POSIX systems"
)
def test_what_a_killed_process_left_on_its_way_is_swept_away_and_nothing_of_the_living(out: Path) -> None:
    alive = Staging()
    alive.add(out / "1.docx", b"alive")
    killed = subprocess.run(
        [
            sys.executable,
            "-c",
            _KILLED,
            out,
        ],
        check=False,
    )
    assert killed.returncode == -9
    assert len([each for each in out.iterdir() if each.is_dir()]) == 2
    write_whole(out / "3.docx", b"new")
    assert len([each for each in out.iterdir() if each.is_dir()]) == 1
    alive.settle()
    alive.drop()
    assert everything_in(out) == {"告知函.docx": b"old", "1.docx": b"alive", "3.docx": b"new"}
    assert all(each.is_file() for each in out.iterdir())


def test_a_folder_in_the_place_of_a_file_is_named(out: Path) -> None:
    (out / "1.docx").mkdir()
    with pytest.raises(CannotWrite, match="同名的文件夹已存在"):
        write_whole(out / "1.docx", b"new")
    assert everything_in(out) == {"告知函.docx": b"old"}


def test_a_file_in_the_place_of_a_folder_is_named(out: Path) -> None:
    for path in (out / "告知函.docx" / "1.docx", out / "告知函.docx" / "2026" / "1.docx"):
        with pytest.raises(CannotWrite, match="路径中有一段是文件，不是文件夹"):
            write_whole(path, b"new")
    assert everything_in(out) == {"告知函.docx": b"old"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.ENXIO, 0])
def test_every_refusal_of_the_system_is_said_in_chinese(code: int) -> None:
    fault = cannot_write(Path("out/1.docx"), OSError(code, "No such device or address"))
    assert "No such" not in str(fault)
    assert fault.reason[0] > "\u4e00"


def test_a_file_set_aside_never_covers_another(out: Path) -> None:
    places = []
    for content in (b"old", b"older", b"oldest"):
        (out / "告知函.docx").write_bytes(content)
        places.append(set_aside(out / "告知函.docx"))
    assert [each.read_bytes() for each in places] == [b"old", b"older", b"oldest"]
    assert sorted(everything_in(out)) == ["留存/告知函.1.docx", "留存/告知函.2.docx", "留存/告知函.3.docx"]


def test_a_name_taken_meanwhile_is_left_alone(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = out / "留存" / "告知函.1.docx"

    def other_comes_first(path: Path, **options: Any) -> None:
        taken.write_bytes(b"other")
        monkeypatch.undo()
        path.touch(**options)

    monkeypatch.setattr(Path, "touch", other_comes_first)
    assert set_aside(out / "告知函.docx").name == "告知函.2.docx"
    assert taken.read_bytes() == b"other"


def test_a_file_that_cannot_be_set_aside_stays_and_leaves_nothing(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "replace", no_room)
    with pytest.raises(CannotWrite, match="磁盘已满"):
        set_aside(out / "告知函.docx")
    assert everything_in(out) == {"告知函.docx": b"old"}


def test_a_file_that_is_not_there_cannot_be_set_aside(out: Path) -> None:
    with pytest.raises(CannotWrite, match="路径不存在"):
        set_aside(out / "1.docx")
    assert everything_in(out) == {"告知函.docx": b"old"}


def test_several_who_write_into_one_folder_at_once_do_not_sweep_away_one_anothers_files(
    tmp_path: Path,
) -> None:
    def write(name: int) -> None:
        for number in range(100):
            staging = Staging()
            try:
                staging.add(tmp_path / f"{name}-{number}.txt", b"x")
                staging.settle()
            finally:
                staging.drop()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert len(list(tmp_path.glob("*.txt"))) == 400
    assert not list(tmp_path.glob(".*"))


def test_a_file_that_is_written_in_pieces_is_whole(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, bytes(data)[:2]))
    write_whole(out / "1.docx", b"12345")
    assert (out / "1.docx").read_bytes() == b"12345"
