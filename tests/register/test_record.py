"""The record itself: its chain computed anew, the database's own guards, its version, an older one taken over."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import Databases
from desks import DAY, NOW, Desk, faults_of

from docgen.errors import NOT_VERIFIED, DocgenError
from docgen.register import life
from docgen.register.audit import audit
from docgen.register.databases import Connection, address_of, connected, driver_faults
from docgen.register.faults import RegisterDamaged, RegisterTooNew, RegisterUnreachable
from docgen.register.record import Deed
from docgen.register.store import Register


def deed(remark: str = "") -> Deed:
    return Deed("恢复规则", DAY, "陶映雪", "澄湖县发展和改革委员会", remark=remark)


HARMLESS = """CREATE OR REPLACE FUNCTION docgen_record_only_grows() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RETURN NULL; END'"""


def rows(place: Path | str) -> list[Any]:
    with connected(address_of(place), write=False) as connection:
        return [SimpleNamespace(**each) for each in connection.named("SELECT * FROM entry ORDER BY seq")]


def execute(place: Path | str, *statements: str) -> None:
    with connected(address_of(place), write=True) as connection:
        for each in statements:
            connection.do(each)


def test_the_first_entry_founds_the_register_and_follows_sixty_four_zeros(
    register: Register, place: Path | str
) -> None:
    with register.writing():
        pass

    (first,) = rows(place)
    assert (first.seq, first.step, first.document, first.previous) == (1, "建库", None, "0" * 64)
    assert json.loads(first.body)["remark"] == "登记库版本5"


def test_an_empty_register_beside_signed_documents_is_not_begun(
    desk: Desk, request: pytest.FixtureRequest
) -> None:
    document, other = (each.id for each in desk.draft("3")[:2])
    desk.take(life.REVIEW, (document, other))
    desk.take(life.SIGN, document)
    url = desk.workspace.settings.register_at.url
    if url:
        settings = desk.root / "docgen.toml"
        empty = request.getfixturevalue("databases")(None)
        settings.write_text(settings.read_text("utf-8").replace(url, empty), encoding="utf-8")
    else:
        desk.workspace.register_path.unlink()

    deeds = (lambda: desk.take(life.SIGN, other), lambda: desk.draft("4"), desk.grant, desk.documents)
    for deed in deeds:
        with pytest.raises(DocgenError) as refused:
            deed()
        assert (faults_of(refused.value), refused.value.exit_code) == (("verify-record-gone",), NOT_VERIFIED)
    assert "verify-record-gone" in {each.code for each in desk.verify().faults}


def test_each_digest_is_that_of_the_digest_before_it_and_the_body(desk: Desk) -> None:
    desk.draft("3")
    desk.take(life.REVIEW)
    desk.take(life.SIGN)
    url = desk.workspace.settings.register_at.url

    previous, entries = "0" * 64, rows(url or desk.workspace.register_path)
    for number, row in enumerate(entries, 1):
        assert (row.seq, row.previous) == (number, previous)
        assert row.digest == hashlib.sha256(f"{row.previous}\n{row.body}".encode()).hexdigest()
        said = json.loads(row.body)
        assert (said["seq"], said["step"], said["document"]) == (row.seq, row.step, row.document)
        assert row.body == json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = row.digest
    assert desk.verify().head == (len(entries), previous)
    assert json.loads(entries[-1].body)["at"] == NOW.isoformat(timespec="seconds")
    signed = next(json.loads(each.body) for each in entries if each.step == "编号")
    for file in signed["files"]:
        data = (desk.root / file["path"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(data).hexdigest()
        assert file["sm3"] == hashlib.new("sm3", data).hexdigest()
        assert file["size"] == len(data)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET body = '' WHERE seq = 2",
        "UPDATE entry SET seq = 9 WHERE seq = 2",
        "DELETE FROM entry WHERE seq = 2",
        "DELETE FROM entry",
        "INSERT INTO entry SELECT 2, document, step, body, previous, 'x' FROM entry WHERE seq = 1",
    ],
)
def test_the_database_refuses_to_change_entries(
    register: Register, place: Path | str, statement: str
) -> None:
    with register.writing() as books:
        books.add(deed("甲"), deed("乙"))
    before = rows(place)

    with pytest.raises(driver_faults()):
        execute(place, statement)

    assert rows(place) == before


def test_sqlite_refuses_to_replace_and_postgresql_to_truncate(register: Register, place: Path | str) -> None:
    with register.writing() as books:
        books.add(deed("甲"), deed("乙"))
    before = rows(place)
    more = (
        "INSERT OR REPLACE INTO entry SELECT 2, document, step, 'x', previous, 'x' FROM entry WHERE seq = 2",
        "UPDATE OR REPLACE entry SET seq = 1 WHERE seq = 2",
        "INSERT INTO entry SELECT 7, document, step, 'x', previous, 'x' FROM entry WHERE seq = 2",
    )
    for each in more if isinstance(place, Path) else ("TRUNCATE entry", "TRUNCATE entry CASCADE"):
        with pytest.raises(driver_faults(), match="only grows"):
            execute(place, each)

    assert rows(place) == before


def test_a_guard_taken_away_or_made_harmless_is_found(register: Register, place: Path | str) -> None:
    with register.writing():
        pass
    if isinstance(place, Path):
        ways = [
            f"DROP TRIGGER entry_{each}; CREATE TRIGGER entry_{each} BEFORE UPDATE ON setting BEGIN SELECT 1; END"
            for each in ("update", "delete", "insert")
        ]
    else:
        ways = [
            "ALTER TABLE entry DISABLE TRIGGER entry_guard",
            "ALTER TABLE entry ENABLE TRIGGER entry_guard",
            HARMLESS,
            "DROP TRIGGER entry_guard ON entry",
        ]
    found = []
    for way in ways:
        execute(place, *way.split("; ", 1)) if isinstance(place, Path) else execute(place, way)
        with register.reading() as books:
            found.append([each.code for each in audit(books.connection).findings])

    guard = "verify-guard-missing"
    expected = (
        [[guard], [guard] * 2, [guard] * 3] if isinstance(place, Path) else [[guard], [], [guard], [guard]]
    )
    assert found == expected


@pytest.mark.parametrize(
    ("column", "value"),
    [("body", "CAST(body AS BLOB)"), ("body", "CAST(x'7bff7d' AS TEXT)"), ("digest", "CAST(x'ff' AS TEXT)")],
)
def test_a_body_of_the_same_bytes_that_is_no_text_is_found_and_so_is_text_in_another_encoding(
    tmp_path: Path, column: str, value: str
) -> None:
    path = tmp_path / "register.sqlite"
    register = Register(path, path.name, "clerk", lambda: NOW)
    with register.writing() as books:
        books.add(deed("甲"), deed("乙"))
    guard = "UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the record only grows'); END"
    change = f"UPDATE entry SET {column} = {value} WHERE seq = 2"

    execute(path, "DROP TRIGGER entry_update", change, f"CREATE TRIGGER entry_update BEFORE {guard}")

    with register.reading() as books:
        found = audit(books.connection).findings
    assert [each.values["seq"] for each in found if each.code == "verify-entry-altered"] == [2]


def test_a_record_in_a_database_of_two_byte_texts_is_whole_too(tmp_path: Path) -> None:
    wide, path = tmp_path / "wide.sqlite", tmp_path / "register.sqlite"
    with sqlite3.connect(wide) as connection:
        connection.execute("PRAGMA encoding = 'UTF-16le'")
        connection.execute("CREATE TABLE other (id INTEGER)")
        connection.execute("DROP TABLE other")  # the encoding of a database stays from its first table on
    connection.close()
    for each in (wide, path):
        register = Register(each, each.name, "clerk", lambda: NOW)
        with register.writing() as books:
            books.add(deed("甲"))
        with register.reading() as books:
            assert (audit(books.connection).findings, audit(books.connection).entries) == ([], 2)
            is_wide = books.connection.value("PRAGMA encoding") != "UTF-8"
        assert is_wide is (each == wide)


def test_a_head_printed_earlier_must_still_stand_in_the_chain(register: Register) -> None:
    with register.writing() as books:
        books.add(deed("甲"))
    with register.reading() as books:
        printed = audit(books.connection).head[1]
    with register.writing() as books:
        books.add(deed("乙"))

    spaced = " ".join(printed[start : start + 8] for start in range(0, 64, 8)).upper()
    with register.reading() as books:
        assert audit(books.connection, spaced).findings == []
        assert [each.code for each in audit(books.connection, "0" * 64).findings] == ["verify-head-unknown"]


@pytest.mark.parametrize("version", ["6", "40"])
def test_a_later_version_is_left_alone(register: Register, place: Path | str, version: str) -> None:
    with register.writing():
        pass
    execute(place, f"UPDATE setting SET value = '{version}' WHERE name = 'version'")

    for use in (register.reading, register.writing):
        with pytest.raises(RegisterTooNew), use():
            pass


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE setting SET value = '1' WHERE name = 'version'",
        "UPDATE setting SET value = '2' WHERE name = 'version'",
        "UPDATE setting SET value = '0' WHERE name = 'version'",
        "UPDATE setting SET value = '二' WHERE name = 'version'",
        "DELETE FROM setting WHERE name = 'version'",
        "DELETE FROM setting",
        "DROP TABLE setting",
    ],
)
def test_a_register_whose_version_was_meddled_with_is_no_empty_one(
    register: Register, place: Path | str, statement: str
) -> None:
    with register.writing() as books:
        books.add(deed())
    execute(place, statement)
    before = rows(place)

    for use in (register.reading, register.writing):
        with pytest.raises(RegisterDamaged), use():
            pass
    assert rows(place) == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM setting WHERE name = 'head'",
        "UPDATE setting SET value = '' WHERE name = 'head'",
        "UPDATE setting SET value = replace(value, '2 ', '1 ') WHERE name = 'head'",
        "UPDATE setting SET value = substr(value, 1, 65) || '-' WHERE name = 'head'",
    ],
)
def test_nothing_is_added_behind_a_head_that_is_not_the_last_entry(
    register: Register, place: Path | str, statement: str
) -> None:
    with register.writing() as books:
        books.add(deed())
    execute(place, statement)

    with pytest.raises(RegisterDamaged), register.writing() as books:
        books.add(deed())
    with register.reading() as books:
        assert [each.code for each in audit(books.connection).findings] == ["verify-head-differs"]


def test_a_register_that_another_process_founds_meanwhile_is_no_damaged_one(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, columns = databases(None), Connection.columns

    def seen_too_early(connection: Connection, name: str) -> frozenset[str]:
        found = columns(connection, name)
        if name == "entry" and not found:
            monkeypatch.undo()
            with Register(url, "登记库").writing():
                pass
        return found

    monkeypatch.setattr(Connection, "columns", seen_too_early)
    with Register(url, "登记库").writing() as books:
        assert len(books.taken("建库")) == 1


def test_what_a_broken_off_call_added_is_not_there(register: Register, place: Path | str) -> None:
    with register.writing() as books:
        books.add(deed("甲"))
    before = rows(place)
    with suppress(InterruptedError), register.writing() as books:
        books.add(deed("乙"))
        books.flush()
        raise InterruptedError

    assert rows(place) == before


def test_readers_of_a_register_that_is_not_there_find_it_empty_and_make_none(tmp_path: Path) -> None:
    path = tmp_path / "登记" / "register.sqlite"
    with Register(path, "登记库").reading() as books:
        assert (books.documents(), books.numbers(), books.mandates()) == ([], [], [])
    assert not path.parent.exists()


VERSION_1 = """
CREATE TABLE setting (name VARCHAR(40) NOT NULL PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE document (
    id INTEGER NOT NULL PRIMARY KEY, key VARCHAR(200) NOT NULL, edition INTEGER NOT NULL, kind VARCHAR(20) NOT NULL,
    title TEXT NOT NULL, subject TEXT NOT NULL, addressee VARCHAR(60) NOT NULL, state VARCHAR(10) NOT NULL,
    dated VARCHAR(10) NOT NULL, path TEXT NOT NULL, template_digest VARCHAR(64) NOT NULL,
    data_digest VARCHAR(64) NOT NULL, file_digest VARCHAR(64) NOT NULL, actor VARCHAR(60) NOT NULL,
    recorder VARCHAR(60) NOT NULL, recorded_at VARCHAR(40) NOT NULL, UNIQUE (key, edition));
INSERT INTO setting VALUES ('version', '1');
"""


def version_1(path: Path, drafts: int = 3) -> None:
    """Make a register as the first docgen left it."""
    connection = sqlite3.connect(path)
    connection.executescript(VERSION_1)
    row = ("拟稿", "2026-03-02", "a" * 64, "b" * 64, "c" * 64, "陶映雪", "clerk", "2026-03-02T09:00:00+08:00")
    for number in range(1, drafts + 1):
        state, dated, *rest = row
        about = (
            f"告知函/项目{number}/县水利局",
            1,
            "告知函",
            "关于前期手续的告知函",
            f"第{number}号",
            "县水利局",
        )
        path_of = f"out/2026/告知函/草稿/{number:03}.docx"
        values = (number, *about, state, dated, path_of, *rest)
        connection.execute(f"INSERT INTO document VALUES ({','.join('?' * len(values))})", values)
    connection.commit()
    connection.close()


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "register.sqlite"
    version_1(path)
    return path


@pytest.mark.parametrize("first", ["reading", "writing"])
def test_a_version_1_register_is_taken_over_with_its_drafts(older: Path, first: str) -> None:
    register = Register(older, "登记库", "登记员", lambda: NOW)
    with getattr(register, first)():
        pass

    with register.reading() as books:
        found = books.documents()
        assert [each.key for each in found] == [f"告知函/项目{n}/县水利局" for n in (1, 2, 3)]
        assert {(each.drafter, each.dated, each.sha256) for each in found} == {
            ("陶映雪", date(2026, 3, 2), "c" * 64)
        }
        assert [each.deed.step for each in books.life_of(2)] == ["转入"]
        assert "clerk" in books.life_of(2)[0].deed.remark
        assert audit(books.connection).findings == []
        assert audit(books.connection).entries == 4


def test_a_migration_that_is_broken_off_anywhere_leaves_version_1(older: Path) -> None:
    def clock() -> datetime:
        raise InterruptedError

    with pytest.raises(InterruptedError), Register(older, "登记库", "登记员", clock).reading():
        pass
    killed = (
        "import os, sys, signal\nfrom pathlib import Path\nfrom docgen.register import store\n"
        "from docgen.register.store import Register\n"
        "add = store.Books.flush\n"
        "def flush(books):\n    add(books)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        "store.Books.flush = flush\n"
        "with Register(Path(sys.argv[1]), 'x').writing() as books: pass\n"
    )
    ended = subprocess.run([sys.executable, "-c", killed, str(older)], check=False)
    assert ended.returncode == -9
    connection = sqlite3.connect(older)
    assert connection.execute("SELECT value FROM setting").fetchall() == [("1",)]
    assert connection.execute("SELECT count(*) FROM document").fetchone() == (3,)
    connection.close()

    with Register(older, "登记库", "登记员", lambda: NOW).reading() as books:
        assert len(books.documents()) == 3


READER = """
import os
import sys
import tempfile
from pathlib import Path
from docgen.errors import NOT_VERIFIED, DocgenError
from docgen.register.audit import audit
from docgen.register.store import Register
if os.geteuid() == 0:
    with tempfile.TemporaryDirectory() as place:  # loads what nobody may load
        other = Register(Path(place) / "r", "r")
        with other.writing(), other.reading() as books:
            audit(books.connection)
    os.setgid(NOBODY)
    os.setuid(NOBODY)
register = Register(Path(sys.argv[1]), "register.sqlite")
with register.reading() as books:
    done = audit(books.connection)
    print(done.entries, len(done.findings))
try:
    with register.writing():
        pass
except DocgenError as fault:
    print(fault.code, fault.exit_code)
""".replace("NOBODY", "65534")


@pytest.fixture
def disc() -> Iterator[Path]:
    """A folder that may only be read, as a disc is; its name has signs that mean something in URLs."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    folder = place / "光盘 50%#?"
    folder.mkdir()
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(place)


@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_a_register_on_a_disc_can_be_read_and_verified_but_not_written(disc: Path, what: str) -> None:
    path = disc / "register.sqlite"
    with Register(path, "登记库", "登记员", lambda: NOW).writing() as books:
        books.add(deed())
    path.chmod(0o444 if what in ("file", "both") else 0o644)
    disc.chmod(0o555 if what in ("folder", "both") else 0o755)

    done = subprocess.run(
        [sys.executable, "-c", READER, str(path)], capture_output=True, text=True, check=False
    )

    assert done.stdout.splitlines() == ["2 0", "register-unreachable 4"], done.stderr


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_file_that_is_no_register_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(content)
    for use in (Register(path, "登记库").reading, Register(path, "登记库").writing):
        with pytest.raises(RegisterUnreachable), use():
            pass
    assert path.read_bytes() == content


def test_a_row_that_docgen_did_not_write_is_a_fault_and_no_crash(desk: Desk) -> None:
    desk.draft("3")
    url = desk.workspace.settings.register_at.url
    execute(
        url or desk.workspace.register_path, "UPDATE document SET state = '已办', day = '昨天' WHERE id = 1"
    )

    with pytest.raises(DocgenError) as refused:
        desk.documents()
    assert faults_of(refused.value) == ("register-row",)
    assert [each.code for each in desk.verify().faults] == ["verify-row-differs"]
