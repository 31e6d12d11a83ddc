"""A register that an earlier docgen left: upgraded after a backup, whole or not at all, and `verify` finds nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import psycopg
import pytest
from conftest import BACKENDS, Databases
from desks import Desk

from docgen.register import life
from docgen.register.databases import address_of, connected
from docgen.register.faults import RegisterNotUpgraded
from docgen.register.life import State
from docgen.register.schema import TABLES
from docgen.register.store import Around, Register

KEPT = Path(__file__).with_name("version2")
ENTRIES = 52
HEADS = {
    "sqlite": "268c24e6571b5a98d7c0a4f8f9b36b494e4473bf1a0ec7d616d5c40e0883b838",
    "postgresql": "74ac08f6192211e0d3b2d474f1cd7ab3b8f8d20f9889af5ae8578146d4de11aa",
}
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX")


def left_by_version_2(root: Path, url: str = "") -> Desk:
    """Return the workspace that the docgen of version 2 left, with its register in its file or in an empty database."""
    with zipfile.ZipFile(KEPT / "workspace.zip") as packed:
        packed.extractall(root)
    if url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute((KEPT / "register.sql").read_bytes())
        (root / "register.sqlite").unlink()
        with (root / "docgen.toml").open("a", encoding="utf-8") as settings:
            settings.write(f'\n[register]\nurl = "{url}"\n')
    return Desk(root)


@pytest.fixture(params=BACKENDS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """The workspace of version 2 on each kind of database."""
    return request.getfixturevalue(f"old_on_{request.param}")


@pytest.fixture
def old_on_sqlite(tmp_path: Path) -> Desk:
    """The workspace of version 2 with its register in a file."""
    return left_by_version_2(tmp_path / "工作区")


@pytest.fixture
def old_on_postgresql(tmp_path: Path, databases: Databases) -> Desk:
    """The workspace of version 2 with its register in a PostgreSQL."""
    return left_by_version_2(tmp_path / "工作区", databases(None))


def place_of(desk: Desk) -> Path | str:
    return desk.workspace.settings.register_at.url or desk.workspace.register_path


def kind_of(desk: Desk) -> str:
    return "sqlite" if isinstance(place_of(desk), Path) else "postgresql"


def ask(desk: Desk, statement: str) -> list[tuple[Any, ...]]:
    """Ask the database itself."""
    with connected(address_of(place_of(desk)), write=True) as connection:
        found = connection.driver.cursor()
        found.execute(statement)
        return [tuple(row) for row in found] if found.description else []


def contents(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of all tables."""
    return {name: sorted(ask(desk, f"SELECT * FROM {name}"), key=str) for name in TABLES}


def backups(desk: Desk) -> list[Path]:
    return sorted([*desk.root.glob("register.sqlite.*"), *desk.root.glob("备份/*")])


def run(desk: Desk, script: str, *more: str) -> subprocess.CompletedProcess[str]:
    place = str(place_of(desk))
    command = [sys.executable, "-c", script, place, str(desk.root / "备份"), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


OPEN = """
import sys
from pathlib import Path
from docgen.register import store, upgrading
from docgen.register.store import Around, Register
place = sys.argv[1] if "://" in sys.argv[1] else Path(sys.argv[1])
register = Register(place, "register.sqlite", "登记员", around=Around(backups=Path(sys.argv[2])))
"""
READ = """
try:
    with register.reading() as books:
        print(len(books.taken("升级")), len(books.documents()))
except Exception as fault:
    print(fault.code, fault)
"""


def test_the_record_and_the_files_of_version_2_are_whole_after_the_upgrade(old: Desk) -> None:
    before, head = contents(old), HEADS[kind_of(old)]

    verified = old.verify(head)  # the head printed by the earlier docgen still stands in the chain

    assert (verified.faults, verified.entries) == ((), ENTRIES + 1)
    after = contents(old)
    assert [row for row in after["entry"] if row[0] <= ENTRIES] == before["entry"]
    for table in ("number", "mandate", "file", "duty"):
        assert after[table] == before[table]
    kept = [row[:-2] for row in after["document"]]  # all but the last entry and what is new
    assert kept == [row[:-1] for row in before["document"]]


def test_documents_learn_what_they_were_made_for_by_an_entry(old: Desk) -> None:
    with old.office().register.reading() as books:
        notices = books.of_kind("告知函")
        (entry,) = books.taken("升级")
        (copy,) = entry.deed.files

    thing = [
        ["项目", {"名称": "澄湖县年产20万吨绿色建材生产线建设项目"}],
        ["单位", {"名称": "澄湖县自然资源局"}],
    ]
    made_for = {each.id: json.loads(each.made_for) for each in notices}
    assert made_for[2] == made_for[10] == {"way": "逐项", "group": thing, "things": [thing]}
    assert [each.id for each in notices] == list(range(1, 11)) == list(made_for)
    assert {each.entry for each in notices} == {entry.seq}
    assert (entry.seq, entry.deed.actor, entry.recorder) == (ENTRIES + 1, "docgen", "clerk")
    assert [row for _, row, _ in entry.deed.changes] == list(made_for)
    (backup,) = backups(old)
    assert copy.path == backup.relative_to(old.root).as_posix()
    assert copy.sha256 == hashlib.sha256(backup.read_bytes()).hexdigest()


def test_the_work_goes_on_where_it_was(old: Desk) -> None:
    old.take(life.REVIEW, 7)
    old.take(life.SIGN, 7)
    old.take(life.APPLY, 3)

    assert old.document(7).number == "澄联审办函〔2026〕13号"
    assert (old.document(3).state, old.document(3).seal_serial) == (State.SEALED, 3)
    assert old.verify().faults == ()


def test_the_backup_is_the_register_as_it_was(old: Desk, tmp_path: Path) -> None:
    before = contents(old)
    old.documents()

    (backup,) = backups(old)
    if kind_of(old) == "sqlite":
        assert backup.name == "register.sqlite.升级前-2-2026-03-20"
        copy = Desk(shutil.copytree(old.root, tmp_path / "其他", ignore=shutil.ignore_patterns("*sqlite*")))
        shutil.copyfile(backup, copy.root / "register.sqlite")
        assert contents(copy) == before
        assert (copy.verify().faults, copy.entries()) == ((), ENTRIES + 1)
    else:
        assert backup.name == "登记库.升级前-2-2026-03-20.json"
        told = json.loads(backup.read_text("utf-8"))
        assert told["version"] == 2
        rows = {
            name: sorted([tuple(row.values()) for row in table], key=str)
            for name, table in told["tables"].items()
        }
        assert rows == before


def test_no_backup_takes_the_place_of_another_file(old: Desk) -> None:
    folder = old.root if kind_of(old) == "sqlite" else old.root / "备份"
    folder.mkdir(exist_ok=True)
    taken = {
        "sqlite": "register.sqlite.升级前-2-2026-03-20",
        "postgresql": "登记库.升级前-2-2026-03-20.json",
    }[kind_of(old)]
    (folder / taken).write_text("早先的备份", encoding="utf-8")
    old.documents()

    assert (folder / taken).read_text("utf-8") == "早先的备份"
    (other,) = [each for each in backups(old) if each.name != taken]
    assert "2026-03-20-2" in other.name


def test_an_upgraded_register_is_not_upgraded_again(old: Desk) -> None:
    register = old.office().register
    first, second = register.upgrade(), old.office().register.upgrade()

    assert first
    assert (first.before, first.after, first.documents, second) == (2, 5, 10, None)
    assert [first.backup] == backups(old)
    assert old.entries() == ENTRIES + 1


SMALL = """
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
"""


@posix
@pytest.mark.parametrize("first", ["reading", "writing"])
def test_without_room_for_a_backup_the_register_stays_as_it_was_and_it_is_said_why(
    old: Desk, first: str
) -> None:
    before = contents(old)

    ran = run(old, OPEN + SMALL + READ.replace("reading", first))

    assert ran.stdout.startswith("register-not-upgraded"), ran.stderr
    assert "版本2" in ran.stdout
    assert contents(old) == before
    assert backups(old) == []
    assert not list(old.root.rglob(".docgen-*"))


def test_a_backup_folder_that_is_a_file_is_said(old_on_postgresql: Desk) -> None:
    old = old_on_postgresql
    before = contents(old)
    (old.root / "备份").touch()

    with pytest.raises(RegisterNotUpgraded) as refused:
        old.documents()
    assert "备份" in refused.value.reason
    assert contents(old) == before


def test_a_user_who_does_not_own_the_tables_is_told_who_upgrades(old_on_postgresql: Desk) -> None:
    old = old_on_postgresql
    url = str(place_of(old))
    before = contents(old)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE other_clerk LOGIN")
        connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO other_clerk")
    around = Around(backups=old.root / "备份")
    register = Register(url.replace("//postgres:@", "//other_clerk:@"), "登记库", around=around)

    with pytest.raises(RegisterNotUpgraded) as refused, register.reading():
        pass
    assert "请用那个用户升级一次" in refused.value.reason
    assert contents(old) == before
    assert backups(old) == []
    assert old.verify().faults == ()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP OWNED BY other_clerk")
        connection.execute("DROP ROLE other_clerk")


NOBODY = """
import os
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
"""


@posix
def test_a_register_on_a_disc_is_not_upgraded_and_it_is_said_why(old_on_sqlite: Desk, tmp_path: Path) -> None:
    old, file = old_on_sqlite, old_on_sqlite.root / "register.sqlite"
    for folder in (tmp_path, *tmp_path.parents[:3]):  # pytest closes its own folders to others
        folder.chmod(0o755)
    before = file.read_bytes()
    file.chmod(0o444)
    old.root.chmod(0o555)

    ran = run(old, OPEN + NOBODY + READ)

    old.root.chmod(0o755)
    assert ran.stdout.startswith("register-not-upgraded"), ran.stderr
    assert "只读" in ran.stdout or "没有权限" in ran.stdout
    assert "复制到能写的磁盘" in ran.stdout
    assert file.read_bytes() == before


def test_of_several_processes_at_once_one_upgrades_and_the_others_wait(old: Desk) -> None:
    command = [sys.executable, "-c", OPEN + READ, str(place_of(old)), str(old.root / "备份")]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    said = [each.communicate() for each in running]

    assert [out for out, _ in said] == ["1 10\n"] * 4, said
    assert len(backups(old)) == 1
    assert old.verify().faults == ()


MOMENTS = {
    "after the backup": ("upgrading", "_change_tables", "before"),
    "after the tables": ("upgrading", "_change_tables", "after"),
    "after the entry": ("store.Books", "flush", "after"),
    "before the end": ("store.Register", "_head", "after"),
    "when it is done": ("store.Register", "_upgrade", "after"),
}
KILLED = """
import os, signal
place, name, when, times = {place}, "{name}", "{when}", [{times}]
whole = getattr(place, name)
def killed(*given, **named):
    times[0] -= 1
    if when == "before" and times[0] <= 0: os.kill(os.getpid(), signal.SIGKILL)
    done = whole(*given, **named)
    if times[0] <= 0: os.kill(os.getpid(), signal.SIGKILL)
    return done
setattr(place, name, killed)
"""


@posix
@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_at_any_moment_the_register_is_the_old_one_or_the_new_one(old: Desk, moment: str) -> None:
    before = contents(old)
    place, name, when = MOMENTS[moment]
    times = 2 if name == "_head" else 1
    script = OPEN + KILLED.format(place=place, name=name, when=when, times=times) + READ

    ran = run(old, script)

    assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert (contents(old) == before) is (moment != "when it is done")
    assert old.verify().faults == ()
    assert old.entries() == ENTRIES + 1


def test_what_somebody_changed_before_is_still_found_after_the_upgrade(old: Desk) -> None:
    ask(old, "UPDATE document SET signatory = '陶映雪' WHERE id = 1")
    ask(old, "DELETE FROM duty")

    assert {each.code for each in old.verify().faults} == {"verify-row-differs", "verify-row-missing"}


@pytest.mark.parametrize(
    "statement",
    ["UPDATE setting SET value = 'x' WHERE name = 'head'", "DELETE FROM setting WHERE name = 'head'"],
)
def test_a_register_whose_end_is_damaged_is_not_upgraded(old: Desk, statement: str) -> None:
    ask(old, statement)
    before = contents(old)

    with pytest.raises(RegisterNotUpgraded) as refused:
        old.documents()
    assert "链末端" in refused.value.reason
    assert contents(old) == before
    assert backups(old) == []


def test_a_register_of_version_1_is_backed_up_too(tmp_path: Path) -> None:
    from test_record import version_1

    path = tmp_path / "register.sqlite"
    version_1(path)
    with Register(path, "register.sqlite").reading() as books:
        (founding,) = books.taken("建库")
    (backup,) = tmp_path.glob("register.sqlite.升级前-1-*")
    with sqlite3.connect(backup) as copy:
        assert copy.execute("SELECT count(*) FROM document").fetchone() == (3,)
    copy.close()
    assert founding.deed.remark == "登记库版本5"


def test_the_revisions_lead_to_the_tables_of_a_new_register(tmp_path: Path) -> None:
    from test_record import version_1

    paths = tmp_path / "new", tmp_path / "old"
    version_1(paths[1])
    found = []
    for path in paths:
        with Register(path, "登记库").writing():
            pass
        with sqlite3.connect(path) as connection:
            found.append({
                name: (
                    connection.execute(f"PRAGMA table_info({name})").fetchall(),
                    sorted(each[1:] for each in connection.execute(f"PRAGMA index_list({name})")),
                )
                for name in TABLES
            })  # fmt: skip
        connection.close()
    assert [each[1] for each in found[0]["document"][0]] == list(TABLES["document"].columns)
    assert found[0] == found[1]


def test_alembic_is_loaded_by_an_upgrade_alone(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom docgen.register.store import Register\n"
        "with Register(Path(sys.argv[1]), 'r').writing(): pass\nprint('alembic' in sys.modules)"
    )
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "r")], capture_output=True, text=True, check=True
        )
        assert ran.stdout == "False\n"


def test_the_version_of_the_kept_register_is_two(old: Desk) -> None:
    assert ask(old, "SELECT value FROM setting WHERE name = 'version'") == [("2",)]
