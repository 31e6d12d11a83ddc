"""What an ill-meaning or unlucky user puts in the way: pipes, links, odd names, strange databases."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import psycopg
import pytest
from desks import Desk, faults_of
from scans import SCAN

from docgen.errors import OUTSIDE_FAILED, DocgenError
from docgen.office.life.attachments import attach
from docgen.office.papers.filling import write_forms
from docgen.office.recorded_files import FileUnknown
from docgen.office.sighting import sight
from docgen.register import life
from docgen.register.databases import address_of, connected, reason_of_failure
from docgen.register.faults import RegisterForeign, RegisterUnreachable
from docgen.register.record import FileRole
from docgen.register.store import Register

LONGEST = 504
"""Bytes of a path that SQLite opens."""
needs_posix = pytest.mark.skipif(os.name != "posix", reason="pipes and links are POSIX's")


@pytest.fixture
def signed(desk_on_sqlite: Desk) -> Desk:
    """A desk with a signed document and a reviewed one."""
    first, second = (each.id for each in desk_on_sqlite.draft("3")[:2])
    desk_on_sqlite.take(life.REVIEW, (first, second))
    desk_on_sqlite.take(life.SIGN, first)
    return desk_on_sqlite


def codes(desk: Desk) -> list[str]:
    return sorted(each.code for each in desk.verify().faults)


@needs_posix
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_pipe_or_device_in_place_of_a_recorded_file_is_said_and_nobody_waits(
    signed: Desk, kind: str
) -> None:
    for document in (1, 2):
        path = signed.file(document)
        path.unlink()
        if kind == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to("/dev/zero")
    assert codes(signed) == ["verify-file-missing"]
    with pytest.raises(DocgenError) as refused:
        signed.take(life.SIGN, 2)
    assert faults_of(refused.value) == ("file-gone",)
    (seen,) = sight(signed.office(), [signed.file(1)])
    assert "不是普通文件" in str(seen)


@needs_posix
@pytest.mark.parametrize("whole_folder", [True, False])
def test_a_signed_file_that_a_link_takes_out_of_the_workspace_is_not_accepted(
    signed: Desk, tmp_path: Path, whole_folder: bool
) -> None:
    path = signed.file(1)
    moved = path.parent if whole_folder else path
    moved.rename(tmp_path / "away")
    moved.symlink_to(tmp_path / "away")
    found = signed.verify().faults
    assert "verify-file-missing" in {each.code for each in found}
    assert any("通向工作区之外" in str(each) for each in found)
    with pytest.raises(DocgenError) as refused:
        signed.take(life.REQUEST, 1)
    assert "通向工作区之外" in str(refused.value)


@needs_posix
@pytest.mark.parametrize("level", ["kind", "number"])
def test_signing_does_not_write_through_a_link_out_of_the_workspace(
    signed: Desk, tmp_path: Path, level: str
) -> None:
    away = tmp_path / "away"
    folder = signed.file(1).parent
    link = folder.with_name(folder.name.replace("1号", "2号"))
    if level == "kind":
        folder.parent.rename(away)
        link = folder.parent
    else:
        away.mkdir()
    link.symlink_to(away)
    before = sorted(away.rglob("*"))
    with pytest.raises(DocgenError) as refused:
        signed.take(life.SIGN, 2)
    assert "通向工作区之外" in str(refused.value)
    assert sorted(away.rglob("*")) == before


@needs_posix
def test_nothing_is_drafted_or_attached_through_a_link_out_of_the_workspace(
    signed: Desk, tmp_path: Path
) -> None:
    away, scan = tmp_path / "away", tmp_path / "扫描件.pdf"
    away.mkdir()
    scan.write_bytes(SCAN)
    drafts = signed.file(2).parent
    drafts.rename(tmp_path / "before")
    drafts.symlink_to(away)
    (signed.file(1).parent / "附件").symlink_to(away)
    for deed in (
        lambda: signed.draft("4"),
        lambda: attach(signed.office(), "1", [scan], FileRole.SCAN, ""),
    ):
        with pytest.raises(DocgenError) as refused:
            deed()
        assert "通向工作区之外" in str(refused.value)
    assert list(away.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["草稿/假.docx", "单据/假.docx", "假/.隐.docx", "~$假.docx", ".docgen-假.docx", ".docgen-x.new/假.docx"],
)
def test_a_file_among_signed_ones_is_reported_whatever_its_name(signed: Desk, name: str) -> None:
    false = signed.file(1).parent / name
    false.parent.mkdir(exist_ok=True)
    false.write_bytes(b"PK" * 1000)
    assert codes(signed) == ["verify-file-unknown"]


@pytest.mark.parametrize("name", ["留存/旧.docx", "~$本.docx", ".~lock.正本.docx#", ".docgen-x.new/1.new"])
def test_what_is_kept_aside_locked_or_on_its_way_is_passed_over(signed: Desk, name: str) -> None:
    passing = signed.file(1).parent / name
    passing.parent.mkdir(exist_ok=True)
    passing.write_bytes(b"clerk")
    assert codes(signed) == []


@pytest.mark.parametrize(
    "name", ["留存/旧.docx", "~$本.docx", ".~lock.正本.docx#", ".docgen-x.new/1.new", "../单据/假.docx"]
)
def test_what_is_passed_over_is_named_all_the_same(signed: Desk, name: str) -> None:
    passing = signed.file(1).parent / name
    passing.parent.mkdir(exist_ok=True)
    passing.write_bytes(b"clerk")
    (said,) = [each.text for each in signed.verify().advices if each.code == "files-beside"]
    assert Path(name).name in said


def test_forms_that_docgen_printed_itself_are_not_asked_about(signed: Desk) -> None:
    """They lie where docgen puts them, under the names it gives them; any other paper there is named."""
    for each in write_forms(signed.office(), ["1", "2"]):
        assert each.path.is_file()
    assert not [each for each in signed.verify().advices if each.code == "files-beside"]


def test_a_draft_is_none_of_what_lies_beside_signed_documents(signed: Desk) -> None:
    assert not [each for each in signed.verify().advices if each.code == "files-beside"]


@needs_posix
def test_a_name_cannot_write_lines_of_its_own_into_the_findings(signed: Desk) -> None:
    (signed.file(1).parent / "a\n没有发现改动。\x1b[2J.docx").touch()
    (found,) = signed.verify().faults
    assert str(found).isprintable()


def test_a_folder_that_cannot_be_listed_is_reported(signed: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    closed, scandir = signed.file(1).parent, os.scandir

    def guarded(path: Any = ".") -> Any:
        if Path(path) == closed:
            raise PermissionError(13, "", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    (found,) = signed.verify().faults
    assert (found.code, "列不出来" in str(found)) == ("verify-unreadable", True)


def test_a_document_signed_while_the_record_is_verified_is_not_unknown(
    signed: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docgen.office import verification

    audit = verification.audit

    def slow(*given: Any) -> Any:
        audited = audit(*given)
        signed.take(life.SIGN, 2)
        return audited

    monkeypatch.setattr(verification, "audit", slow)
    assert not [each for each in signed.verify().faults if isinstance(each, FileUnknown)]


def reason(place: Any) -> str:
    with pytest.raises(RegisterUnreachable) as refused, Register(place, "登记库").reading():
        pass
    assert refused.value.exit_code == OUTSIDE_FAILED
    return refused.value.reason


@pytest.mark.parametrize("encoding", ["EUC_CN", "LATIN1", "SQL_ASCII"])
def test_a_database_that_cannot_hold_every_character_is_refused(databases: Any, encoding: str) -> None:
    url = databases(None)
    name = f"other_{encoding.lower()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0".encode()
        )
    other = url.replace(url.split("?")[0].rpartition("/")[2], name, 1)
    assert reason(other) == f"数据库编码是{encoding}，要用 UTF8 建库"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://clerk@/register?host=/nowhere", "没有启动"),
        ("postgresql://clerk@127.0.0.1:1/register", "连不上数据库服务器"),
        ("postgresql://clerk@127.0.0.1:1/register?sslmode=foo", "sslmode"),
        ("postgresql://clerk@127.0.0.1:1/register?foo=bar", "不认识的选项"),
        ("postgresql://clerk@127.0.0.1:99999/register", "端口"),
    ],
)
def test_why_a_server_cannot_be_reached_is_said_in_chinese(address: str, said: str) -> None:
    assert said in reason(address)


def test_words_of_a_database_that_nobody_foresaw_stand_on_one_line() -> None:
    assert reason_of_failure(ValueError("odd\n\tthings")) == "数据库说：odd things"
    assert reason_of_failure(ValueError("no such column: entry.body")) == "表结构被改动"
    assert reason_of_failure(ValueError('column "body" does not exist')) == "表结构被改动"
    no_login = 'connection failed: FATAL: role "clerk" is not permitted to log in'
    assert reason_of_failure(ValueError(no_login)) == "这个数据库用户不能登录"


def test_a_folder_too_deep_for_the_register_is_not_blamed_on_rights(tmp_path: Path) -> None:
    deep = tmp_path
    while len(os.fsencode(deep)) < LONGEST:
        deep /= "很深的文件夹"
    deep.mkdir(parents=True)
    short = tmp_path / "浅"
    short.symlink_to(deep)
    for place in (deep / "register.sqlite", short / "register.sqlite"):
        register = Register(place, "register.sqlite", "登记员")
        with pytest.raises(RegisterUnreachable, match=r"路径太长：.*最多504字节"), register.writing():
            pytest.fail("opened")
    assert not any(deep.iterdir())


@pytest.mark.parametrize("table", ["document (owner integer)", "setting (id integer, theme text)"])
def test_a_database_of_another_program_is_left_alone_whatever_is_asked(place: Path | str, table: str) -> None:
    if isinstance(place, Path):
        place.parent.mkdir(parents=True)
    with connected(address_of(place), write=True) as connection:
        connection.do(f"CREATE TABLE {table}")
    register = Register(place, "登记库", "登记员")
    for asked in (register.reading, register.writing):
        with pytest.raises(RegisterForeign) as refused, asked():
            pass
        assert "别的程序" in str(refused.value)
