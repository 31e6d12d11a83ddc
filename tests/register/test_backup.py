"""A whole copy of a workspace while others work, and a workspace made from it again."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from desks import NOW, Desk, fault_of, faults_of, make_desk, on_sqlite

from docgen.errors import DocgenError
from docgen.files import CannotWrite
from docgen.office import backups
from docgen.office.backups import INSIDE, LIST, Backup, backup
from docgen.office.life.numbers import numbers
from docgen.office.restoring import Restored, restore
from docgen.register import life
from docgen.register.copies import JSON_NAME
from docgen.register.witness import NAME
from docgen.workspace import BAGS

Files = dict[str, bytes]


def files_below(folder: Path) -> Files:
    """Return all files but the database's, whose bytes are its own affair."""
    found = (each for each in folder.rglob("*") if each.is_file() and "register.sqlite" not in each.name)
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in found}


@pytest.fixture
def working(desk: Desk) -> tuple[Desk, list[int]]:
    """An office with a sealed document, signed ones, reviewed ones and drafts."""
    ids = [each.id for each in desk.draft("3", "4", "5")]
    desk.grant()
    desk.take(life.REVIEW, ids[:4])
    desk.take(life.SIGN, ids[:2])
    desk.take(life.REQUEST, ids[:1])
    desk.take(life.APPROVE, ids[:1])
    desk.take(life.APPLY, ids[:1])
    return desk, ids


def taken(desk: Desk) -> Backup:
    return backup(desk.office(), desk.root.parent / "备份")


def restored(desk: Desk, request: pytest.FixtureRequest, to: Path | None = None) -> tuple[Restored, Desk]:
    """Restore the backup of an office beside it; a database into a new one."""
    url = desk.workspace.settings.register_at.url
    new = str(request.getfixturevalue("databases")(None)) if url else ""
    place = to or desk.root.parent / "恢复"
    return restore(desk.root.parent / "备份", place, lambda: NOW, new), Desk(place)


def refused(call: Callable[[], Any]) -> tuple[str, ...]:
    with pytest.raises(DocgenError) as fault:
        call()
    return faults_of(fault.value)


def test_what_is_restored_is_what_was_backed_up_and_work_goes_on_there(
    working: tuple[Desk, list[int]], request: pytest.FixtureRequest
) -> None:
    desk, ids = working
    before = files_below(desk.root)

    made = taken(desk)
    done, copy = restored(desk, request)

    assert (made.verified.faults, made.verified.head) == ((), desk.verify().head)
    assert (done.verified.faults, done.verified.head) == ((), desk.verify().head)
    settled = {"docgen.toml", "工作区编号.txt"}  # these name the database and the folder
    kept = {name: data for name, data in files_below(copy.root).items() if name not in settled}
    assert kept == {name: data for name, data in before.items() if name not in settled}
    assert copy.documents() == desk.documents()
    copy.take(life.ISSUE, ids[0])
    copy.take(life.SIGN, ids[2])
    assert [each.serial for each in numbers(copy.office())] == [1, 2, 3]
    assert copy.verify().faults == ()
    assert [each.serial for each in numbers(desk.office())] == [1, 2]


def test_what_others_do_meanwhile_is_in_the_copy_as_a_whole(
    working: tuple[Desk, list[int]], request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, ids = working
    locked = backups._with_register

    def meanwhile(*given: Any) -> str:
        monkeypatch.undo()
        desk.take(life.SIGN, ids[2:4])  # two drafts are gone, four files have come
        desk.draft("6")
        (desk.root / "data" / "新表.xlsx").write_bytes(b"new")
        return locked(*given)

    monkeypatch.setattr(backups, "_with_register", meanwhile)
    made = taken(desk)

    assert made.verified.faults == ()
    assert {each.code for each in made.verified.advices} == {"steps-at-once"}  # all these tests last a moment
    done, copy = restored(desk, request)
    assert done.verified.faults == ()
    assert files_below(copy.root / "out") == files_below(desk.root / "out")
    assert (copy.root / "data" / "新表.xlsx").read_bytes() == b"new"
    assert copy.documents() == desk.documents()


@on_sqlite
def test_the_witness_goes_along(working: tuple[Desk, list[int]], request: pytest.FixtureRequest) -> None:
    desk, _ = working
    taken(desk)

    done, copy = restored(desk, request)

    assert (copy.root / NAME).read_bytes() == (desk.root / NAME).read_bytes()
    assert [each.may_go_on for each in done.verified.witnesses] == [True]


@on_sqlite
def test_nothing_is_overwritten(working: tuple[Desk, list[int]], request: pytest.FixtureRequest) -> None:
    desk, _ = working
    there = desk.root.parent / "备份"
    there.mkdir()
    assert refused(lambda: taken(desk)) == ("backup-place-taken",)
    assert list(there.iterdir()) == []
    there.rmdir()
    assert refused(lambda: backup(desk.office(), desk.root / "out" / "备份")) == ("backup-within",)
    taken(desk)
    before = files_below(desk.root)

    assert refused(lambda: restored(desk, request, desk.root)) == ("folder-not-empty",)

    assert files_below(desk.root) == before


def test_a_database_with_a_register_is_not_restored_into(
    databases: Callable[[str | None], str], tmp_path: Path
) -> None:
    desk = make_desk(tmp_path / "工作区", databases(None))
    desk.draft("3")
    taken(desk)
    head = desk.verify().head

    assert refused(lambda: restore(tmp_path / "备份", tmp_path / "恢复", lambda: NOW)) == ("register-taken",)

    assert not (tmp_path / "恢复").exists()
    assert desk.verify().head == head


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("desk", "what"),
    [("postgresql", "register")]
    + [("sqlite", what) for what in ("register", "document", "gone", "more", "list", "no list")],
    indirect=["desk"],
)
def test_a_damaged_backup_is_refused_and_nothing_is_made(
    working: tuple[Desk, list[int]], request: pytest.FixtureRequest, what: str
) -> None:
    desk, _ = working
    folder = taken(desk).folder
    document = next((folder / INSIDE / "out").rglob("送签稿.docx"))
    register = folder / JSON_NAME if (folder / JSON_NAME).exists() else folder / INSIDE / "register.sqlite"
    harm: dict[str, Callable[[], object]] = {
        "register": lambda: _flipped(register),
        "document": lambda: _flipped(document),
        "gone": document.unlink,
        "more": lambda: document.with_name("另一份.docx").write_bytes(b"?"),
        "list": lambda: (folder / LIST).write_text("{}", encoding="utf-8"),
        "no list": (folder / LIST).unlink,
    }
    harm[what]()

    found = refused(lambda: restored(desk, request))

    assert found == (("backup-unknown",) if "list" in what else ("backup-damaged",))
    assert sorted(each.name for each in desk.root.parent.iterdir()) == sorted(["备份", desk.root.name])


def test_a_register_changed_together_with_the_list_is_still_found(
    working: tuple[Desk, list[int]], request: pytest.FixtureRequest
) -> None:
    desk, _ = working
    folder = taken(desk).folder
    said = json.loads((folder / LIST).read_text("utf-8"))
    place = folder / said["register"]
    if place.name == JSON_NAME:
        place.write_text(place.read_text("utf-8").replace("陶映雪", "陶映云"), encoding="utf-8")
    else:
        data = place.read_bytes()
        place.write_bytes(data.replace("陶映雪".encode(), "陶映云".encode()))
    for each in said["files"]:
        if each["path"] == said["register"]:
            each["sha256"] = backups.digest_of(place)
    (folder / LIST).write_text(json.dumps(said), encoding="utf-8")

    assert "verify-entry-altered" in refused(lambda: restored(desk, request))
    assert not (desk.root.parent / "恢复").exists()


def test_a_shorter_register_put_into_a_backup_is_found_by_the_end_that_the_list_names(
    desk_on_sqlite: Desk, request: pytest.FixtureRequest
) -> None:
    """Its entries are sound, and its digest stands on the list: it is an older copy of the same register."""
    desk = desk_on_sqlite
    desk.draft("3")
    older = backup(desk.office(), desk.root.parent / "旧备份").folder
    desk.draft("4")
    folder = taken(desk).folder
    for name in (f"{INSIDE}/register.sqlite", f"{INSIDE}/{NAME}"):
        shutil.copyfile(older / name, folder / name)
    said = json.loads((folder / LIST).read_text("utf-8"))
    for each in said["files"]:
        each["sha256"] = backups.digest_of(folder / each["path"])
    (folder / LIST).write_text(json.dumps(said), encoding="utf-8")

    assert "backup-damaged" in refused(lambda: restored(desk, request))
    assert not (desk.root.parent / "恢复").exists()


def test_the_archive_s_bags_go_along_unless_they_are_left_out_and_what_is_left_is_named(
    desk_on_sqlite: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    from docgen.cli.main import run

    desk, above = desk_on_sqlite, desk_on_sqlite.root.parent
    desk.draft("3")
    bag = desk.root / BAGS / "J001-WS-2026-第1版"
    bag.mkdir(parents=True)
    (bag / "bagit.txt").write_text("BagIt-Version: 1.0", "utf-8")
    (desk.root / "一览.xlsx").write_bytes(b"mine")
    (desk.root / "~$一览.xlsx").write_bytes(b"")

    for name, options, left in (("全", (), "一览.xlsx"), ("简", ("--no-archive",), "一览.xlsx、归档")):
        assert run(["-C", str(desk.root), "backup", "--to", str(above / name), *options]) == 0
        assert f"没有一起备份：{left}。" in capsys.readouterr().out
        assert run(["restore", str(above / name), "--to", str(above / f"{name}恢复")]) == 0
        back = above / f"{name}恢复" / BAGS / bag.name / "bagit.txt"
        assert back.exists() == (name == "全")


@on_sqlite
def test_a_record_in_which_something_is_wrong_is_backed_up_as_it_is_and_said(
    working: tuple[Desk, list[int]], request: pytest.FixtureRequest
) -> None:
    desk, ids = working
    desk.file(ids[0]).write_bytes(b"other")

    made = taken(desk)
    done, _ = restored(desk, request)

    for verified in (made.verified, done.verified):
        assert [each.code for each in verified.faults] == ["verify-file-altered"]


@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError(28, "full")])
def test_a_backup_that_is_broken_off_leaves_nothing(
    desk_on_sqlite: Desk, monkeypatch: pytest.MonkeyPatch, fault: Any
) -> None:
    desk_on_sqlite.draft("3")

    def broken(*_: object) -> None:
        raise fault

    monkeypatch.setattr(backups, "_write_list", broken)
    with pytest.raises((KeyboardInterrupt, DocgenError)):
        taken(desk_on_sqlite)

    assert [each.name for each in desk_on_sqlite.root.parent.iterdir()] == [desk_on_sqlite.root.name]


def test_a_full_disk_is_told_once(desk_on_sqlite: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not once for every file that has no room."""
    desk_on_sqlite.draft("3")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(backups, "copied", full)
    with pytest.raises(CannotWrite, match="磁盘已满"):
        taken(desk_on_sqlite)


KILLED = """
import os, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from desks import Desk
from docgen.office import backups
backups._write_list = lambda *_: os._exit(9)
backups.backup(Desk(Path(sys.argv[2])).office(), Path(sys.argv[3]))
"""


def test_what_a_killed_backup_leaves_is_no_backup_and_the_next_one_takes_it_away(
    desk_on_sqlite: Desk,
) -> None:
    desk, to = desk_on_sqlite, desk_on_sqlite.root.parent / "备份"
    desk.draft("3")
    script = [sys.executable, "-c", KILLED, str(Path(__file__).parent), str(desk.root), str(to)]
    assert subprocess.run(script, check=False).returncode == 9
    assert not to.exists()
    (left,) = (each for each in desk.root.parent.iterdir() if each != desk.root)
    inner = next(left.rglob(INSIDE)).parent
    assert refused(lambda: restore(inner, desk.root.parent / "恢复", lambda: NOW)) == ("backup-unknown",)

    taken(desk)

    assert not left.exists()
    assert not list(desk.root.parent.glob("恢复*"))


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes in folders")
def test_a_file_that_cannot_be_read_is_named_and_no_backup_is_left(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    desk.draft("3")
    os.mkfifo(desk.root / "data" / "管道.xlsx")

    with pytest.raises(DocgenError) as fault:
        taken(desk)

    assert faults_of(fault.value) == ("backup-not-copied",)
    found = fault_of(fault.value).values
    assert (found["path"], found["reason"]) == ("data/管道.xlsx", "是管道，不能备份")
    assert not (desk.root.parent / "备份").exists()


def test_a_workspace_on_a_disk_that_is_read_only_is_backed_up(
    desk_on_sqlite: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can write there who could be kept out: the register is opened as it lies, never to be written."""
    desk, usual, connect, opened = desk_on_sqlite, os.access, sqlite3.connect, list[str]()
    desk.draft("3")

    def may(path: Any, mode: int) -> bool:
        return usual(path, mode) and not (mode == os.W_OK and Path(path).is_relative_to(desk.root))

    def noted(place: Any, *arguments: Any, **named: Any) -> sqlite3.Connection:
        opened.append(str(place))
        return connect(place, *arguments, **named)

    monkeypatch.setattr(os, "access", may)
    monkeypatch.setattr(sqlite3, "connect", noted)
    assert not taken(desk).verified.faults
    monkeypatch.undo()
    assert [each for each in opened if each.startswith(str(desk.root)) and "immutable" not in each] == []
    assert (desk.root.parent / "备份" / INSIDE / "register.sqlite").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_link_to_a_folder_is_named_for_what_it_is(desk_on_sqlite: Desk) -> None:
    (desk_on_sqlite.root / "data" / "另一处").symlink_to(desk_on_sqlite.root.parent)

    with pytest.raises(DocgenError) as fault:
        taken(desk_on_sqlite)

    assert fault_of(fault.value).values == {"path": "data/另一处", "reason": "是通向文件夹的链接，不能备份"}


def test_a_register_in_a_folder_that_is_copied_is_copied_as_a_register_alone(
    desk_on_sqlite: Desk, request: pytest.FixtureRequest
) -> None:
    desk = desk_on_sqlite
    settings = desk.root / "docgen.toml"
    text = settings.read_text("utf-8").replace('"register.sqlite"', '"data/register.sqlite"')
    settings.write_text(text, encoding="utf-8")
    desk.draft("3")
    with closing(sqlite3.connect(desk.workspace.register_path)) as holding:  # so that its log stays
        holding.execute("SELECT count(*) FROM entry").fetchone()
        made = taken(desk)

    done, copy = restored(desk, request)
    assert (made.verified.faults, done.verified.faults) == ((), ())
    inside = made.folder / INSIDE / "data"
    assert [each.name for each in inside.glob("register.sqlite*")] == ["register.sqlite"]
    assert copy.documents() == desk.documents()


@on_sqlite
def test_a_backup_and_what_is_restored_from_it_are_counted_alike(
    working: tuple[Desk, list[int]], request: pytest.FixtureRequest
) -> None:
    desk, _ = working
    made = taken(desk)
    there = [each for each in made.folder.rglob("*") if each.is_file() and each.name != LIST]

    done, _ = restored(desk, request)

    assert (made.files, made.size) == (len(there), sum(each.stat().st_size for each in there))
    assert done.files == made.files


@pytest.mark.skipif(sys.platform != "linux", reason="needs names that are no text")
def test_a_file_whose_name_is_no_text_is_backed_up(
    desk_on_sqlite: Desk, request: pytest.FixtureRequest
) -> None:
    desk_on_sqlite.draft("3")
    name = os.fsdecode(b"\xb1\xed.txt")
    (desk_on_sqlite.root / "data" / name).write_bytes(b"old")
    taken(desk_on_sqlite)

    _, copy = restored(desk_on_sqlite, request)

    assert (copy.root / "data" / name).read_bytes() == b"old"


@pytest.mark.parametrize(
    "harm",
    [
        lambda _: "[" * 200_000,
        lambda said: json.dumps(said | {"files": [*said["files"], {"path": "\ud800", "sha256": ""}]}),
        lambda said: json.dumps(said | {"made": "2026-03-20\n已核对，没有问题。\x1b[2J"}),
    ],
    ids=["nested", "half a character", "made"],
)
def test_a_list_that_docgen_never_wrote_is_refused_as_unreadable(
    desk_on_sqlite: Desk, request: pytest.FixtureRequest, harm: Callable[[dict[str, Any]], str]
) -> None:
    desk_on_sqlite.draft("3")
    place = taken(desk_on_sqlite).folder / LIST
    place.write_text(harm(json.loads(place.read_text("utf-8"))), encoding="utf-8")

    with pytest.raises(DocgenError) as fault:
        restored(desk_on_sqlite, request)

    assert fault_of(fault.value).values["reason"] == f"{LIST} 被改动过，读不懂"
    assert not (desk_on_sqlite.root.parent / "恢复").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes in folders")
@pytest.mark.parametrize("what", ["list", "document"])
def test_a_pipe_in_a_backup_is_refused_and_not_waited_for(
    desk_on_sqlite: Desk, request: pytest.FixtureRequest, what: str
) -> None:
    desk_on_sqlite.draft("3")
    folder = taken(desk_on_sqlite).folder
    place = folder / LIST if what == "list" else folder / INSIDE / "docgen.toml"
    place.unlink()
    os.mkfifo(place)

    found = refused(lambda: restored(desk_on_sqlite, request))

    assert found == (("backup-unknown",) if what == "list" else ("backup-damaged",))


def test_a_workspace_where_nothing_was_recorded_is_backed_up_without_founding_a_register(
    desk_on_sqlite: Desk, request: pytest.FixtureRequest
) -> None:
    made = taken(desk_on_sqlite)
    done, copy = restored(desk_on_sqlite, request)

    assert [each.code for each in made.verified.advices] == ["backup-no-register"]
    assert (done.verified.entries, done.verified.faults) == (0, ())
    assert not desk_on_sqlite.workspace.register_path.exists()
    copy.draft("3")


def test_folders_outside_the_workspace_are_refused(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    shutil.move(desk.root / "data", desk.root.parent / "表")
    settings = desk.root / "docgen.toml"
    settings.write_text('version = 1\n[folders]\ndata = "../表"\n', encoding="utf-8")

    assert refused(lambda: backup(desk.office(), desk.root.parent / "备份")) == ("backup-folder-elsewhere",)


def test_the_commands_say_what_they_did_and_that_it_was_verified(
    desk_on_sqlite: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    from docgen.cli.main import run

    desk, above = desk_on_sqlite, desk_on_sqlite.root.parent
    desk.draft("3")
    entries = desk.entries()

    assert run(["-C", str(desk.root), "backup", "--to", str(above / "备份")]) == 0
    assert f"备份已重新读过，与写入的一致；核对了登记{entries}条" in capsys.readouterr().out
    assert run(["--json", "restore", str(above / "备份"), "--to", str(above / "恢复")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["entries"], told["head"]["digest"]) == (entries, desk.verify().head[1])
    assert run(["restore", str(above / "备份"), "--to", str(above / "恢复")]) == 2
