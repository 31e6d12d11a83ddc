"""Disks that fill up and databases that go away: nothing half done, and the same command works afterwards."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from clerk import consistent, work
from desks import Desk, fault_of, faults_of, make_desk, on_sqlite
from scans import SCAN

from docgen.errors import NOT_ALLOWED, OUTSIDE_FAILED, DocgenError
from docgen.office.life.attachments import attach
from docgen.register import databases, life
from docgen.register.faults import RegisterUnreachable
from docgen.register.life import State
from docgen.register.record import FileRole
from docgen.register.witness import NAME

CALLS = ("replace", "rename", "mkdir", "open", "link", "fsync", "unlink", "rmdir")


class Disk:
    """A disk on which the calls from the n-th on fail; reading still works."""

    def __init__(self, patch: pytest.MonkeyPatch, code: int) -> None:
        self.calls, self.limit, self.code = 0, 10**9, code
        for name in CALLS:
            patch.setattr(os, name, self._failing(getattr(os, name)))

    def _failing(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            if call.__name__ == "open" and not given[1] & (os.O_CREAT | os.O_WRONLY | os.O_RDWR):
                return call(*given, **named)
            self.calls += 1
            if self.calls > self.limit and (
                self.code == errno.EROFS or call.__name__ not in ("unlink", "rmdir")
            ):
                raise OSError(self.code, os.strerror(self.code))
            return call(*given, **named)

        return counted

    @contextmanager
    def full_after(self, calls: int) -> Iterator[None]:
        self.calls, self.limit = 0, calls
        yield
        self.limit = 10**9


@on_sqlite
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("deed", ["draft", "sign", "void", "attach"])
def test_a_disk_that_fails_at_any_call_leaves_nothing_half_done(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, deed: str, code: int
) -> None:
    ids = [each.id for each in desk.draft("3")[:2]]
    desk.take(life.REVIEW, ids)
    scan = tmp_path / "扫描件.pdf"
    scan.write_bytes(SCAN)
    if deed == "attach":
        desk.take(life.SIGN, ids)
    if deed == "void":
        desk.take(life.RETURN, ids)
    do: dict[str, Callable[[], object]] = {
        "draft": lambda: desk.draft("4", force=True),
        "sign": lambda: desk.take(life.SIGN, ids),
        "void": lambda: desk.take(life.VOID, ids),
        "attach": lambda: attach(desk.office(), str(ids[0]), [scan], FileRole.SCAN, ""),
    }
    disk = Disk(monkeypatch, code)
    before = [desk.story(each) for each in ids]
    failed, codes = 0, set[int]()
    while True:
        try:
            with disk.full_after(failed):
                do[deed]()
        except DocgenError as fault:
            disk.limit = 10**9
            codes.add(fault_of(fault).exit_code)
            assert [desk.story(each) for each in ids] == before
            assert {each.code for each in desk.verify().faults} <= {"verify-file-unknown"}
            failed += 1
        else:
            break
    assert failed >= (3 if deed != "void" else 0)
    assert codes <= {OUTSIDE_FAILED}
    if deed == "void":  # its files are taken away afterwards, by the next call if need be
        desk.take(life.VOID, [each.id for each in desk.documents() if each.state is State.DRAFTED])
    assert desk.verify().faults == ()
    assert code == errno.EROFS or not list((desk.root / "out").rglob(".docgen-*"))


def test_a_full_database_records_nothing_and_takes_the_step_when_there_is_room(
    desk_on_sqlite: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_on_sqlite
    desk.draft()
    ids = [each.id for each in desk.documents()]
    pages = desk.workspace.register_path.stat().st_size // 4096
    before = desk.documents()
    room, reasons = 0, set[str]()

    def limited(path: Path) -> sqlite3.Connection:
        connection = opened(path)
        connection.execute(f"PRAGMA max_page_count = {pages + room}")
        return connection

    opened = databases._opened
    with monkeypatch.context() as full:
        full.setattr(databases, "_opened", limited)
        while True:
            try:
                desk.take(life.REVIEW, ids)
                break
            except RegisterUnreachable as fault:
                reasons.add(fault.reason)
                room += 5
            assert desk.documents() == before
    assert room > 10
    assert reasons == {"磁盘已满"}
    assert desk.verify().faults == ()


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits of its own for files")
def test_a_register_that_finds_no_room_for_its_readers_says_so(desk_on_sqlite: Desk) -> None:
    """On a full disk SQLite cannot even read: it needs 32 KB beside the register, and calls that an I/O error."""
    import resource

    desk_on_sqlite.draft("3")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (16 * 2**10, hard))
    try:
        with pytest.raises(RegisterUnreachable, match="磁盘已满"):
            desk_on_sqlite.documents()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert desk_on_sqlite.documents()


def test_a_locked_database_is_waited_for_and_then_given_up(desk_on_sqlite: Desk, monkeypatch: Any) -> None:
    import sqlite3

    desk = desk_on_sqlite
    document = desk.draft("3")[0].id
    monkeypatch.setattr(databases, "_PATIENCE", 0.05)
    other = sqlite3.connect(desk.workspace.register_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RegisterUnreachable) as refused:
        desk.take(life.REVIEW, document)
    assert "正被另一个程序使用" in refused.value.reason
    assert desk.document(document).state is State.DRAFTED
    other.rollback()
    other.close()
    desk.take(life.REVIEW, document)


def copied(desk: Desk) -> Path:
    """Copy the register and its witness: as they are when a call is killed before it commits."""
    folder = desk.root / "old"
    folder.mkdir()
    for name in ("register.sqlite", NAME):
        shutil.copyfile(desk.root / name, folder / name)
    return folder


def put_back(desk: Desk, copy: Path) -> None:
    """Put register and witness back."""
    for each in copy.iterdir():
        shutil.copyfile(each, desk.root / each.name)


def test_a_register_put_back_from_an_old_copy_does_not_fit_its_files(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    document = desk.draft("3")[0].id
    desk.take(life.REVIEW, document)
    copy = copied(desk)
    head = desk.verify().head[1]
    desk.take(life.SIGN, document)
    printed = desk.verify().head[1]
    shutil.copyfile(copy / "register.sqlite", desk.workspace.register_path)

    assert {each.code for each in desk.verify().faults} == {"verify-file-unknown", "witness-ahead"}
    assert "verify-head-unknown" in {each.code for each in desk.verify(printed).faults}
    assert "verify-head-unknown" not in {each.code for each in desk.verify(head).faults}


def files_below(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_number_that_an_older_register_does_not_know_is_not_given_over_its_document(
    desk_on_sqlite: Desk,
) -> None:
    desk = desk_on_sqlite
    first, second, third = (each.id for each in desk.draft("3")[:3])
    desk.take(life.REVIEW, (first, second, third))
    desk.take(life.SIGN, first)
    copy = copied(desk)
    desk.take(life.SIGN, second)
    folder = desk.file(second).parent
    put_back(desk, copy)

    before, story = files_below(desk.root / "out"), desk.story(third)
    with pytest.raises(DocgenError) as refused:
        desk.take(life.SIGN, third)
    assert (faults_of(refused.value), fault_of(refused.value).exit_code) == (
        ("number-folder-taken",),
        NOT_ALLOWED,
    )
    assert desk.workspace.shown(folder) in str(refused.value)
    assert files_below(desk.root / "out") == before
    assert desk.story(third) == story

    folder.rename(desk.root / "核实中")
    desk.take(life.SIGN, third)
    assert desk.file(third).parent == folder


@pytest.mark.parametrize("left", [("送签稿", "正本"), ("送签稿",), ("正本",)], ids="、".join)
def test_what_a_broken_off_signing_left_is_moved_aside_and_that_is_said(
    desk_on_sqlite: Desk, left: tuple[str, ...]
) -> None:
    desk = desk_on_sqlite
    first, second = (each.id for each in desk.draft("3")[:2])
    desk.take(life.REVIEW, (first, second))
    copy = copied(desk)
    draft = desk.file(first)
    text = draft.read_bytes()
    desk.take(life.SIGN, first)
    # As when it was killed before the record said so: its files are there, the draft too, the entries are not.
    folder, final = desk.file(first).parent, desk.file(first)
    gone = {"送签稿": folder / "送签稿.docx", "正本": final}
    for name in gone.keys() - set(left):
        gone[name].unlink()
    draft.write_bytes(text)
    put_back(desk, copy)
    kept = {path.read_bytes() for path in (gone[name] for name in left)}

    told = desk.take(life.SIGN, second).advices
    assert [each.code for each in told] == ["left-over"] * len(left)
    assert all("中断的操作留下的文件已移到" in each.text for each in told)
    aside = {path.read_bytes() for path in folder.rglob("留存/*")}
    assert aside == kept
    assert desk.document(second).number.endswith("〔2026〕1号")
    assert desk.verify().faults == ()


@pytest.mark.parametrize("since", ["signed under another number", "voided"])
def test_what_a_broken_off_signing_left_is_moved_aside_when_its_draft_went_another_way(
    desk_on_sqlite: Desk, since: str
) -> None:
    desk = desk_on_sqlite
    first, second, third = (each.id for each in desk.draft("3")[:3])
    desk.take(life.REVIEW, (first, second, third))
    copy = copied(desk)
    texts = {desk.file(each): desk.file(each).read_bytes() for each in (first, second)}
    desk.take(life.SIGN, (first, second))
    folder = desk.file(second).parent
    for draft, text in texts.items():
        draft.write_bytes(text)
    put_back(desk, copy)
    # Killed before the record said so: the files of the first lie in the folder of number 1, of the second in 2.
    desk.take(life.SIGN, second if since == "signed under another number" else first)
    if since == "voided":
        desk.take(life.VOID_UNSIGNED, second)

    told = desk.take(life.SIGN, third).advices
    assert [each.code for each in told] == ["left-over", "left-over"]
    assert desk.file(third).parent == folder
    assert desk.verify().faults == ()


@pytest.mark.parametrize("left", [True, False])
def test_a_signing_that_was_broken_off_is_done_again_over_its_own_files(
    desk_on_sqlite: Desk, left: bool
) -> None:
    desk = desk_on_sqlite
    document = desk.draft("3")[0].id
    desk.take(life.REVIEW, document)
    copy = copied(desk)
    draft = desk.file(document)
    text = draft.read_bytes()
    desk.take(life.SIGN, document)
    if left:
        draft.write_bytes(text)
    put_back(desk, copy)

    if left:
        assert desk.take(life.SIGN, document).advices == ()
        assert desk.verify().faults == ()
    else:  # it went through: the register is an older copy
        with pytest.raises(DocgenError) as refused:
            desk.take(life.SIGN, document)
        assert faults_of(refused.value) == ("file-gone",)


def terminate(url: str) -> None:
    """End all other connections to a database, as a server does that shuts down."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_server_that_goes_away_in_the_middle_leaves_a_whole_record(databases: Any, tmp_path: Path) -> None:
    url = databases(None)
    desk = make_desk(tmp_path / "工作区", url)
    desk.draft(*map(str, range(3, 7)))
    desk.grant()
    done = threading.Event()

    def cut() -> None:
        while not done.wait(0.03):
            terminate(url)

    cutting = threading.Thread(target=cut)
    cutting.start()
    chance, reasons = Random(5), list[str]()  # noqa: S311
    try:
        for _ in range(30):
            try:
                work(desk, chance, 2)
            except RegisterUnreachable as fault:
                reasons.append(fault.reason)
    finally:
        done.set()
        cutting.join()
    assert len(reasons) > 5
    assert set(reasons) <= {"与数据库的连接中断", "连不上数据库服务器"}
    consistent(desk)
    assert work(desk, chance)
    assert {each.state for each in desk.documents()} == {State.ISSUED}
    assert consistent(desk) == []
