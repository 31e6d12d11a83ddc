"""The witness of the record outside its database: what it notes, and what it finds."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from desks import DAY, NOW, SIGNATORY, Desk, faults_of, make_desk, on_sqlite

from docgen.errors import NOT_VERIFIED, Advice, DocgenError
from docgen.office import desk as office_desk
from docgen.office import witnesses
from docgen.office.desk import People
from docgen.office.drafting.drafter import draft
from docgen.office.drafting.drafts import Request
from docgen.office.life.finding import Wanted, documents
from docgen.register import life
from docgen.register.witness import NAME, Watch, append

ZEROS = "0" * 64


def witness_of(desk: Desk) -> Path:
    return desk.root / NAME


def lines_of(path: Path) -> list[list[str]]:
    return [each.split(" ") for each in path.read_text("utf-8").splitlines()]


def codes(desk: Desk) -> list[str]:
    return [each.code for each in desk.verify().faults if each.code.startswith("witness")]


def told(desk: Desk) -> list[str]:
    """Draft something, and return the codes of what the user is told meanwhile."""
    said: list[str] = []

    def tell(what: object) -> None:
        assert isinstance(what, Advice)
        said.append(what.code)

    office = office_desk.Desk.at(desk.workspace, People("陶映雪", "clerk"), DAY, lambda: NOW, tell)
    draft(office, Request("notice", projects=("9",), force=True))
    return said


def put_back(desk: Desk, older: Path | str) -> None:
    """Put an older copy of the register in its place."""
    url = desk.workspace.settings.register_at.url
    if isinstance(older, str):
        assert url
        settings = desk.root / "docgen.toml"
        settings.write_text(settings.read_text("utf-8").replace(url, older), encoding="utf-8")
        return
    place = desk.workspace.register_path
    for each in place.parent.glob(f"{place.name}-*"):
        each.unlink()
    shutil.copyfile(older, place)


def copied(desk: Desk, request: pytest.FixtureRequest) -> Path | str:
    """Copy the register as it is now."""
    url = desk.workspace.settings.register_at.url
    if url:
        return str(request.getfixturevalue("databases")(url))
    place = desk.root.parent / "旧库.sqlite"
    with (
        closing(sqlite3.connect(desk.workspace.register_path)) as source,
        closing(sqlite3.connect(place)) as copy,
    ):
        source.backup(copy)
    return place


def test_the_head_is_noted_after_every_command_and_each_line_follows_the_one_before(desk: Desk) -> None:
    document = desk.draft("3")[0].id
    heads = [(0, ZEROS), desk.verify().head]
    for step in (life.REVIEW, life.SIGN):
        desk.take(step, document)
        heads.append(desk.verify().head)

    found = lines_of(witness_of(desk))
    assert [(int(each[0]), each[1]) for each in found] == heads
    assert {each[2] for each in found} == {NOW.isoformat(timespec="seconds")}
    digests = [hashlib.sha256(" ".join(each).encode()).hexdigest() for each in found]
    assert [each[3] for each in found] == [ZEROS, *digests[:-1]]
    (seen,) = desk.verify().witnesses
    assert (seen.lines, seen.count, seen.may_go_on) == (4, heads[-1][0], True)


@on_sqlite
def test_reading_and_refused_commands_note_nothing(desk: Desk) -> None:
    document = desk.draft("3")[0].id
    before = witness_of(desk).read_bytes()

    desk.verify()
    with pytest.raises(DocgenError):
        desk.take(life.SIGN, document)

    assert witness_of(desk).read_bytes() == before


def test_an_older_copy_put_back_is_found_and_nothing_is_added_to_it(
    desk: Desk, request: pytest.FixtureRequest
) -> None:
    document = desk.draft("3")[0].id
    older = copied(desk, request)
    desk.take(life.REVIEW, document)

    put_back(desk, older)

    assert codes(desk) == ["witness-ahead"]
    with pytest.raises(DocgenError) as refused:
        desk.take(life.REVIEW, document)
    assert (faults_of(refused.value), refused.value.exit_code) == (("witness-ahead",), NOT_VERIFIED)
    with pytest.raises(DocgenError):
        desk.draft("4")


def test_a_record_that_went_another_way_is_found(desk: Desk, request: pytest.FixtureRequest) -> None:
    document = desk.draft("3")[0].id
    older = copied(desk, request)
    desk.take(life.REVIEW, document)
    put_back(desk, older)
    witness = witness_of(desk).read_bytes()
    witness_of(desk).unlink()
    desk.draft("4", "5")

    witness_of(desk).write_bytes(witness)

    assert codes(desk) == ["witness-differs"]
    with pytest.raises(DocgenError) as refused:
        desk.take(life.REVIEW, document)
    assert faults_of(refused.value) == ("witness-differs",)


def _gone(log: Path) -> None:
    log.unlink()


def _cut(log: Path) -> None:
    log.write_bytes(log.read_bytes()[: log.stat().st_size // 2])


def _flipped(log: Path) -> None:
    data = bytearray(log.read_bytes())
    data[len(data) // 2] ^= 1
    log.write_bytes(data)


@pytest.mark.parametrize("damage", [_gone, _cut, _flipped])
def test_a_lost_or_damaged_write_ahead_log_is_found(
    desk_on_sqlite: Desk, damage: Callable[[Path], None]
) -> None:
    desk = desk_on_sqlite
    document = desk.draft("3")[0].id
    place = desk.workspace.register_path
    log, kept = place.with_name(place.name + "-wal"), desk.root.parent / "断电时"
    kept.mkdir()
    with closing(sqlite3.connect(place)) as holding:  # who has it open keeps the log from being written back
        holding.execute("SELECT count(*) FROM entry").fetchone()
        for step in (life.REVIEW, life.SIGN):
            desk.take(step, document)
        for each in (place, log):
            shutil.copyfile(each, kept / each.name)
    for each in place.parent.glob(f"{place.name}*"):
        each.unlink()
    damage(kept / log.name)
    for each in kept.iterdir():
        shutil.copyfile(each, place.parent / each.name)

    assert codes(desk) == ["witness-ahead"]
    with pytest.raises(DocgenError) as refused:
        desk.grant()
    assert faults_of(refused.value) == ("witness-ahead",)


@on_sqlite
@pytest.mark.parametrize("left", [1, 40, 100, 160])
def test_a_line_that_a_killed_process_left_half_written_is_passed_over(desk: Desk, left: int) -> None:
    document = desk.draft("3")[0].id
    witness = witness_of(desk)
    whole = witness.read_bytes()
    desk.take(life.REVIEW, document)
    last = witness.read_bytes()[len(whole) :]
    witness.write_bytes(whole + last[:left])

    assert codes(desk) == []
    desk.take(life.SIGN, document)

    assert codes(desk) == []
    assert lines_of(witness)[-1][0] == str(desk.verify().head[0])


@on_sqlite
def test_a_witness_behind_the_record_is_brought_up_to_date_by_the_next_command(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = desk.draft("3")[0].id
    with monkeypatch.context() as killed:
        killed.setattr(Watch, "note", lambda *_: None)
        desk.take(life.REVIEW, document)
    assert codes(desk) == []

    desk.take(life.SIGN, document)

    assert codes(desk) == []
    assert lines_of(witness_of(desk))[-1][:2] == list(map(str, desk.verify().head))


@pytest.mark.parametrize(("line", "column"), [(1, 0), (1, 1), (1, 2), (1, 3), (0, 2), (0, 3)])
def test_a_changed_line_of_the_witness_is_found(reviewed: tuple[Desk, int], line: int, column: int) -> None:
    desk, _ = reviewed
    lines = lines_of(witness_of(desk))
    word = lines[line][column]
    lines[line][column] = word.replace(word[0], "3" if word[0] != "3" else "4", 1)
    witness_of(desk).write_text("".join(f"{' '.join(each)}\n" for each in lines), encoding="utf-8")

    assert "witness-altered" in codes(desk)


def test_a_witness_that_an_editor_has_saved_again_says_the_same(reviewed: tuple[Desk, int]) -> None:
    """Notepad puts a mark before the first line and ends lines in its own way; nothing of what is noted changes."""
    desk, document = reviewed
    path = witness_of(desk)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert codes(desk) == []
    desk.take(life.SIGN, document)
    assert codes(desk) == []
    assert lines_of(path)[-1] != lines_of(path)[-2]


def test_lines_cut_off_the_beginning_are_found(reviewed: tuple[Desk, int]) -> None:
    desk, _ = reviewed
    first, rest = witness_of(desk).read_bytes().split(b"\n", 1)
    assert first
    witness_of(desk).write_bytes(rest)

    assert codes(desk) == ["witness-altered"]


@on_sqlite
@pytest.mark.parametrize("how", ["deleted", "emptied"])
def test_a_missing_witness_is_said_and_begun_again_only_by_a_recorded_command(desk: Desk, how: str) -> None:
    desk.draft("3")
    witness = witness_of(desk)
    if how == "deleted":
        witness.unlink()
    else:
        witness.write_bytes(b"")

    assert codes(desk) == ["witness-missing"]
    assert told(desk) == ["witness-missing"]
    assert not (witness.exists() and witness.read_bytes())
    for by, remark, refused in ((SIGNATORY, "", "reason-missing"), ("陶映雪", "误删", "not-leading")):
        with pytest.raises(DocgenError) as fault:
            witnesses.begin(desk.office(by), remark)
        assert faults_of(fault.value) == (refused,)

    witnesses.begin(desk.office(SIGNATORY), "误删，已与打印的登记簿核对")

    assert codes(desk) == []
    with desk.office().register.reading() as books:
        (entry,) = books.taken("建立见证")
    assert (entry.deed.actor, entry.deed.remark.startswith("误删，已与打印的登记簿核对")) == (SIGNATORY, True)
    assert lines_of(witness)[-1][:2] == [str(entry.seq), entry.digest]
    assert told(desk) == []
    with pytest.raises(DocgenError) as fault:
        witnesses.begin(desk.office(SIGNATORY), "再来一次")
    assert faults_of(fault.value) == ("witness-nothing-to-begin",)


def test_after_a_loss_that_cannot_be_mended_a_leader_begins_again_and_the_loss_stays_on_record(
    desk: Desk, request: pytest.FixtureRequest
) -> None:
    document = desk.draft("3")[0].id
    older, before = copied(desk, request), desk.verify().head[0]
    desk.take(life.REVIEW, document)
    put_back(desk, older)
    former = witness_of(desk).read_bytes()

    (begun,) = witnesses.begin(desk.office(SIGNATORY), "硬盘损坏，昨晚的备份")

    assert begun.former
    assert begun.former.read_bytes() == former
    assert codes(desk) == []
    with desk.office().register.reading() as books:
        (entry,) = books.taken("建立见证")
    assert f"登记库只到第{before}条" in entry.deed.remark
    (file,) = entry.deed.files
    assert file.sha256 == hashlib.sha256(former).hexdigest()
    desk.take(life.REVIEW, document)


def test_a_register_that_never_had_a_witness_is_told_so_and_is_no_worse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Path(__file__).parent / "version2" / "workspace.zip"
    with zipfile.ZipFile(kept) as packed:
        packed.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path, sheets_change=True)

    assert codes(desk) == []
    assert "witness-none" in {each.code for each in desk.verify().advices}
    assert told(desk) == ["witness-none"]
    assert not witness_of(desk).exists()
    witnesses.begin(desk.office(SIGNATORY), "升级后建立")
    assert not [each for each in desk.verify().advices if each.code.startswith("witness")]


def second_at(root: Path, folder: Path) -> Desk:
    """Make an office whose record is witnessed in a second folder too."""
    desk = make_desk(root, root / "register.sqlite")
    settings = root / "docgen.toml"
    said = f'\n[register]\nwitness = "{folder.as_posix()}"\n'
    settings.write_text(settings.read_text("utf-8") + said, encoding="utf-8")
    return desk


def test_a_second_folder_finds_what_somebody_did_to_register_and_witness_together(tmp_path: Path) -> None:
    share = tmp_path / "共享"
    share.mkdir()
    desk = second_at(tmp_path / "工作区", share)
    document = desk.draft("3")[0].id
    second = share / f"工作区-{NAME}"
    assert second.read_bytes() == witness_of(desk).read_bytes()
    older = shutil.copytree(desk.root, tmp_path / "旧的一份")
    desk.take(life.REVIEW, document)

    for name in ("register.sqlite", NAME):
        shutil.copyfile(older / name, desk.root / name)

    (fault,) = (each for each in desk.verify().faults if each.code == "witness-ahead")
    assert fault.values["path"] == str(second)


def test_a_second_folder_out_of_reach_is_said_and_hinders_nobody(tmp_path: Path) -> None:
    share = tmp_path / "共享"
    share.mkdir()
    desk = second_at(tmp_path / "工作区", share)
    desk.draft("3")
    away = share.rename(tmp_path / "断开")

    assert told(desk) == ["witness-unreachable"]
    assert codes(desk) == []
    assert "witness-unreachable" in {each.code for each in desk.verify().advices}
    assert not share.exists()

    away.rename(share)
    assert told(desk) == []
    assert codes(desk) == []
    assert lines_of(share / f"工作区-{NAME}")[-1][:2] == list(map(str, desk.verify().head))


def test_several_at_once_write_whole_lines_that_follow_each_other(tmp_path: Path) -> None:
    path = tmp_path / NAME
    append(path, (0, ZEROS), NOW, new=True)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda count: append(path, (count, f"{count:064x}"), NOW), range(1, 200)))

    found = lines_of(path)
    counts = [int(each[0]) for each in found]
    assert counts == sorted(set(counts))
    assert counts[-1] == 199
    digests = [hashlib.sha256(" ".join(each).encode()).hexdigest() for each in found]
    assert [each[3] for each in found] == [ZEROS, *digests[:-1]]


def test_a_register_that_is_gone_is_said_by_who_reads_it(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    desk.draft("3")  # nothing is signed: the witness alone knows
    for each in desk.root.glob("register.sqlite*"):
        each.unlink()

    for call in (lambda: documents(desk.office(), Wanted()), lambda: desk.draft("4")):
        with pytest.raises(DocgenError) as refused:
            call()
        assert faults_of(refused.value) == ("witness-ahead",)
    assert codes(desk) == ["witness-ahead"]
    assert not list(desk.root.glob("register.sqlite*"))


def test_a_register_that_cannot_be_brought_back_is_begun_again_by_a_leader(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    desk.draft("3")
    for each in desk.root.glob("register.sqlite*"):
        each.unlink()

    (begun,) = witnesses.begin(desk.office(SIGNATORY), "硬盘损坏，没有备份")

    assert begun.former
    assert codes(desk) == []
    with desk.office().register.reading() as books:
        (entry,) = books.taken("建立见证")
    assert "登记库只到第1条，见证 登记库见证.txt 记到第5条" in entry.deed.remark
    desk.draft("3")
    assert codes(desk) == []


def _as_folder(place: Path) -> None:
    place.mkdir()
    (place / "里面的.txt").write_bytes(b"?")


def _as_device(place: Path) -> None:
    place.symlink_to(os.devnull)


UNREADABLE = {
    "folder": _as_folder,
    "loop": lambda place: place.symlink_to(place),
    "pipe": os.mkfifo,
    "device": _as_device,
}


@pytest.mark.skipif(os.name != "posix", reason="needs pipes, devices and links")
@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_beside_the_register_hinders_until_a_leader_begins_again(
    desk_on_sqlite: Desk, what: str
) -> None:
    desk = desk_on_sqlite
    document = desk.draft("3")[0].id
    witness = witness_of(desk)
    witness.unlink()
    UNREADABLE[what](witness)

    assert codes(desk) == ["witness-unreadable"]
    with pytest.raises(DocgenError) as refused:
        desk.take(life.REVIEW, document)
    assert (faults_of(refused.value), refused.value.exit_code) == (("witness-unreadable",), NOT_VERIFIED)
    (begun,) = witnesses.begin(desk.office(SIGNATORY), "查明是误操作")

    assert begun.former
    assert begun.former.parent.name == "留存"
    assert os.path.lexists(begun.former)
    assert codes(desk) == []
    desk.take(life.REVIEW, document)


def test_what_cannot_be_moved_from_the_place_of_a_witness_is_said(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    desk.draft("3")
    witness = witness_of(desk)
    witness.unlink()
    _as_folder(witness)
    (desk.root / "留存").write_bytes(b"in the way")

    with pytest.raises(DocgenError) as refused:
        witnesses.begin(desk.office(SIGNATORY), "查明是误操作")

    assert faults_of(refused.value) == ("witness-not-set-aside",)
    assert codes(desk) == ["witness-unreadable"]
    (desk.root / "留存").unlink()
    witnesses.begin(desk.office(SIGNATORY), "已移走")
    assert codes(desk) == []


def test_a_register_is_not_founded_beside_what_cannot_be_read_as_its_witness(desk_on_sqlite: Desk) -> None:
    _as_folder(witness_of(desk_on_sqlite))

    with pytest.raises(DocgenError) as refused:
        desk_on_sqlite.draft("3")

    assert faults_of(refused.value) == ("witness-unreadable",)
    assert not desk_on_sqlite.workspace.register_path.exists()


def test_a_second_witness_that_cannot_be_read_hinders_nobody(tmp_path: Path) -> None:
    share = tmp_path / "共享"
    share.mkdir()
    desk = second_at(tmp_path / "工作区", share)
    desk.draft("3")
    second = share / f"工作区-{NAME}"
    second.unlink()
    second.mkdir()

    assert told(desk) == ["witness-unreachable"]
    assert codes(desk) == []


@pytest.mark.parametrize("line", [0, -2, -1])
@pytest.mark.parametrize("at", ["2026-03-20T09:30:00é+00:00", "２026-03-20T09:30:00+00:00", "\x1b[31m昨天"])
def test_a_line_that_docgen_never_wrote_is_an_altered_one(
    reviewed: tuple[Desk, int], line: int, at: str
) -> None:
    desk, document = reviewed
    lines = lines_of(witness_of(desk))
    lines[line][2] = at
    witness_of(desk).write_text("".join(f"{' '.join(each)}\n" for each in lines), encoding="utf-8")

    assert codes(desk) == ["witness-altered"]
    assert [each.faults[0].code for each in witnesses.witnesses(desk.office())] == ["witness-altered"]
    with pytest.raises(DocgenError) as refused:
        desk.take(life.SIGN, document)
    assert faults_of(refused.value) == ("witness-altered",)
    witnesses.begin(desk.office(SIGNATORY), "查明是误操作")
    assert codes(desk) == []
    desk.take(life.SIGN, document)
