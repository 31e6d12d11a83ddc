"""A disk that goes away, fills up, or has a bad place while a bag is verified or built: said as that, nothing lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from years import CLERK, NAME, call

from docgen.archive import bag as bags
from docgen.archive import shares
from docgen.archive.faults import BagUnreadable
from docgen.archive.judging import judge_bag
from docgen.archive.reading import read_bag
from docgen.errors import DocgenError
from docgen.office import pool
from docgen.office.archive import building
from docgen.office.desk import Desk, People
from docgen.workspace import Workspace

pytestmark = pytest.mark.libreoffice


def away(folder: Path) -> None:
    """Take a folder away, as a disk that is pulled out takes it."""
    folder.rename(folder.with_name(f"{folder.name}-拔走了"))


def test_a_disk_taken_away_while_files_are_hashed(bag: Path) -> None:
    """Not thousands of missing files: one sentence, exit code 4."""

    def pull(done: int, _total: int) -> None:
        if done == 5:
            away(bag)

    with pytest.raises(BagUnreadable, match="读不下去了：路径不存在") as told:
        read_bag(bag, pull)
    assert told.value.exit_code == 4


def test_a_disk_taken_away_while_documents_are_opened(bag: Path) -> None:
    """All digests agreed by then: what is not opened is never counted as sound."""

    def pull(work: Callable[[range], Any], shares: Sequence[range]) -> Iterable[Any]:
        away(bag)
        return map(work, shares)

    with pytest.raises(BagUnreadable, match="读不下去了"):
        judge_bag(bag, among=pull)


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], bool]], None]:
    """Let the system refuse to open some files as it does on a broken disk; which, is asked with each path."""
    usual = os.open

    def refuse(which: Callable[[str], bool]) -> None:
        def opened(path: Any, *arguments: Any, **named: Any) -> int:
            if which(str(path)):
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
            return usual(path, *arguments, **named)

        monkeypatch.setattr(os, "open", opened)

    return refuse


def test_a_disk_of_which_nothing_can_be_read_any_more(
    bag: Path, refusing: Callable[[Callable[[str], bool]], None]
) -> None:
    """Folders can still be listed, for the system remembers them, and every file is refused: told once."""
    seen = list[str]()

    def after_ten(path: str) -> bool:
        seen.append(path)
        return str(bag) in path and len(seen) > 10

    refusing(after_ten)
    with pytest.raises(BagUnreadable, match="磁盘读写出错"):
        read_bag(bag)


def test_a_bad_place_of_the_disk_is_the_fault_of_one_file(
    bag: Path, refusing: Callable[[Callable[[str], bool]], None]
) -> None:
    """The file is named, the others are judged: exit code 5."""
    bad = next((bag / "data/文件").rglob("正本.pdf"))
    refusing(lambda path: path == str(bad))
    found = judge_bag(bag)
    assert [each.code for each in found.faults] == ["bag-file-unreadable"]
    assert str(bad.relative_to(bag)) in str(found.faults[0])


def desk_of(root: Path) -> Desk:
    """The clerk's desk on a day of the year."""
    workspace = Workspace.find(root)
    now = datetime.now().astimezone()
    return Desk.at(workspace, People(CLERK, "test"), date(2026, 12, 31), lambda: now)


def what_is_there(root: Path) -> dict[str, bytes]:
    """Every file of a workspace; what the database keeps beside itself is its own."""
    paths = (each for each in root.rglob("*") if each.is_file() and "sqlite-" not in each.name)
    return {each.relative_to(root).as_posix(): each.read_bytes() for each in paths}


def test_a_bag_that_would_be_the_same_needs_no_room(
    office: Path, refusing: Callable[[Callable[[str], bool]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """It is worked out and not written: a disk that is full to the brim is no hindrance."""
    refusing(lambda path: ".new/" in path)
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 0
    assert "没有新的内容" in capsys.readouterr().out


def test_a_bag_that_goes_away_after_it_was_found_the_same(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It was not written anew, so it cannot be called the same any more: it is named, and what can be done."""
    seen = building.digest_at

    def then_away(bag: Path) -> str:
        digest = seen(bag)
        if bag.exists():
            away(bag)
        return digest

    monkeypatch.setattr(building, "digest_at", then_away)
    assert call(office, CLERK, "archive", "build", "--year", "2026") == 4
    told = capsys.readouterr().err
    assert "第1版 读不出来了：刚才还在，现在不见了或被改动" in told
    assert "请检查文件所在的磁盘" in told


@pytest.fixture
def late(office: Path, scan: Path) -> Path:
    """An archived year to which something was added since: the next build writes a whole bag."""
    assert call(office, CLERK, "archive", "add", "1", str(scan), "--role", "附件", "--remark", "补充") == 0
    return office


def test_the_files_of_the_year_go_away_while_they_are_packed(
    late: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is named that could not be read; nothing is archived, and no half bag is left."""
    before = what_is_there(late)
    monkeypatch.setattr(shares, "SHARE", 1)  # after each document somebody may pull the disk
    monkeypatch.setattr(pool, "cores", lambda: 1)

    def pull(_done: int, _total: int) -> None:
        if (late / "out").exists():
            away(late / "out")

    with pytest.raises(DocgenError, match="读不出来了：路径不存在") as told:
        building.build(desk_of(late), 2026, tmp_path / "别处", progress=pull)
    assert told.value.exit_code == 4
    assert not list((tmp_path / "别处").iterdir())
    (late / "out-拔走了").rename(late / "out")
    assert what_is_there(late) == before
    assert call(late, CLERK, "archive", "build", "--year", "2026") == 0


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "磁盘已满"), (errno.EIO, "磁盘读写出错"), (errno.EROFS, "磁盘是只读的")],
)
def test_the_disk_of_the_bag_fills_up_or_breaks(
    code: int,
    words: str,
    late: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Exit code 4 with the reason; the year stays as it was, and nothing is left in the place."""
    before, written, usual = what_is_there(late), [0], bags.BagWriter.fill

    def full(self: bags.BagWriter, wanted: str, blocks: Iterable[bytes]) -> tuple[str, str, int]:
        written[0] += 1
        if written[0] > 8:
            raise OSError(code, os.strerror(code))
        return usual(self, wanted, blocks)

    monkeypatch.setattr(bags.BagWriter, "fill", full)
    place = tmp_path / "移动硬盘"
    assert call(late, CLERK, "archive", "build", "--year", "2026", "--to", str(place)) == 4
    assert words in capsys.readouterr().err
    assert not list(place.iterdir())
    assert what_is_there(late) == before


def test_a_fault_that_is_told_when_files_are_brought_to_the_disk(
    late: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Writing goes to memory first: a disk that refuses later is heard before anything is recorded."""
    monkeypatch.setattr("docgen.rooms.Room.is_on_disk", lambda _room: False)
    monkeypatch.setattr(
        "docgen.office.archive.placing.synced", lambda paths: [OSError(errno.EIO, "broken") for _ in paths]
    )
    assert call(late, CLERK, "archive", "build", "--year", "2026") == 4
    assert "磁盘读写出错" in capsys.readouterr().err
    assert [each.name for each in (late / "归档").iterdir()] == [NAME]
    assert call(late, CLERK, "verify") == 0
