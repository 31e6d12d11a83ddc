"""What is done to the register's tables from outside is named by `verify`; what could swallow a step refuses it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from desks import DAY, REPOSITORY

from docgen.errors import Advice
from docgen.register.audit import audit
from docgen.register.audit_findings import EntryAltered
from docgen.register.catalog import catalog_of
from docgen.register.databases import Connection, address_of, connected
from docgen.register.faults import RegisterDamaged
from docgen.register.life import WITNESS
from docgen.register.numbering import Numberer, Series
from docgen.register.record import Deed
from docgen.register.store import Register
from docgen.register.structure import faults_of_structure, missing_guards

Databases = Callable[[str | None], str]
SWALLOW = """CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'; """
ON_EVENT = """CREATE FUNCTION note() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; """

REFUSED = {
    "ALTER TABLE document DROP CONSTRAINT document_pkey": "表 document 缺少约束 PRIMARY KEY (id)",
    "ALTER TABLE number DROP CONSTRAINT number_code_year_serial_key": "缺少约束 UNIQUE (code, year, serial)",
    "ALTER TABLE file ADD CHECK (size > 0)": "表 file 多出约束 CHECK ((size > 0))",
    "ALTER TABLE file ADD FOREIGN KEY (document) REFERENCES document": "表 file 多出约束 FOREIGN KEY",
    "CREATE SCHEMA x; CREATE TABLE x.y (id int REFERENCES document)": "表 document 多出约束 x.y FOREIGN KEY",
    "ALTER TABLE entry ALTER body DROP NOT NULL": "列 entry.body 现在是 text，原来是 text NOT NULL",
    "ALTER TABLE document ALTER entry TYPE bigint": "列 document.entry 现在是 bigint NOT NULL，原来是 integer",
    "ALTER TABLE document ALTER made_for SET DEFAULT 'x'": "列 document.made_for 现在是 text NOT NULL DEFAULT 'x'",
    "ALTER TABLE number ALTER state SET DEFAULT '已用'": "列 number.state 现在是",
    'ALTER TABLE number ALTER id TYPE text COLLATE "C"': "列 number.id 现在是 text COLLATE",
    "ALTER TABLE document ADD secret text": "多出列 document.secret",
    "ALTER TABLE mandate DROP clause": "缺少列 mandate.clause",
    "DROP TABLE duty": "缺少表 duty",
    "ALTER TABLE number SET UNLOGGED": "表 number 现在是 TABLE UNLOGGED",
    "ALTER TABLE document ENABLE ROW LEVEL SECURITY": "表 document 现在是 TABLE ROW LEVEL SECURITY",
    "ALTER TABLE document FORCE ROW LEVEL SECURITY": "表 document 现在是 TABLE ROW LEVEL SECURITY",
    "CREATE TABLE heir () INHERITS (document)": "表 document 现在是 TABLE INHERITANCE",
    SWALLOW + "CREATE TRIGGER t BEFORE INSERT ON file EXECUTE FUNCTION swallow()": "表 file 多出触发器 t",
    SWALLOW
    + "CREATE TRIGGER entry_guard BEFORE INSERT ON file EXECUTE FUNCTION swallow()": "多出触发器 entry_guard",
    "CREATE RULE r AS ON INSERT TO number DO INSTEAD NOTHING": "表 number 多出规则 r",
    "CREATE SCHEMA postgres; CREATE TABLE postgres.file (LIKE file)": "表 file 可能认错：找到的是 file",
    "SET LOCAL session_replication_role = replica": "session_replication_role 是 replica",
}
"""What could change, swallow or hide what is written: said by `verify`, and no step is recorded."""

SAID = {
    "DROP INDEX document_state": "表 document 缺少索引 btree (state)",
    "CREATE UNIQUE INDEX i ON file (lower(sha256))": "表 file 多出索引 UNIQUE btree (lower(sha256))",
    "CREATE TABLE beside (id int)": "多出表 beside",
    "CREATE VIEW watching AS SELECT 1": "多出视图 watching",
    ON_EVENT + "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION note()": "多出事件触发器 e",
    "GRANT INSERT ON entry TO PUBLIC": "（PUBLIC）都能改登记库的表 entry（INSERT）",
    "GRANT UPDATE (state) ON document TO PUBLIC": "（PUBLIC）都能改登记库的表 document（UPDATE）",
    "CREATE ROLE r; ALTER ROLE r SET session_replication_role = replica": "（ALTER ROLE r SET）",
    "ALTER DATABASE {} SET session_replication_role = 'local'": "session_replication_role 是 local（ALTER DATABASE",
    "CREATE SCHEMA x; CREATE TABLE x.entry (); CREATE TABLE x.setting (); SET LOCAL search_path = public, x": (
        "模式 x 里也有"
    ),
}
"""What changes nothing of what is written, or might one day: said by `verify`."""

LEFT_ALONE = [
    "CREATE SCHEMA x; CREATE TABLE x.document (id int); "
    + SWALLOW
    + "CREATE TRIGGER entry_guard BEFORE INSERT ON x.document EXECUTE FUNCTION swallow(); "
    + "CREATE RULE r AS ON UPDATE TO x.document DO INSTEAD NOTHING; SET LOCAL search_path = public, x",
    "ALTER TABLE entry SET (fillfactor = 90); COMMENT ON TABLE entry IS '登记'; ANALYZE entry",
    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC",
]
"""Another program's affairs, or an administrator's."""


@pytest.fixture(scope="module")
def url(databases: Databases) -> str:
    """A register on a PostgreSQL, which no test of this module changes for good."""
    url = databases(None)
    with Register(url, "登记库").writing() as books:
        books.add(Deed(WITNESS.name, DAY, "陶映雪"))
    return url


@pytest.fixture
def tried(url: str) -> Iterator[Connection]:
    """A connection in a transaction that is taken back."""
    with connected(address_of(url), write=False) as connection:
        yield connection
        connection.driver.rollback()


def altered(connection: Connection, statements: str) -> None:
    connection.do(statements.replace("{}", connection.value("SELECT current_database()")))


def faults_in(connection: Connection) -> list[str]:
    return [str(each) for each in faults_of_structure(connection) if not isinstance(each, Advice)]


@pytest.mark.parametrize(("statements", "said"), REFUSED.items())
def test_what_could_swallow_or_hide_a_step_is_named_and_refuses_the_next(
    tried: Connection, statements: str, said: str
) -> None:
    altered(tried, statements)

    assert any(said in each for each in faults_in(tried)), faults_in(tried)
    assert any(said in each for each in catalog_of(tried, whole=False).altered())


@pytest.mark.parametrize(("statements", "said"), SAID.items())
def test_what_stands_beside_or_may_do_harm_is_named(tried: Connection, statements: str, said: str) -> None:
    altered(tried, statements)

    assert any(said in each for each in faults_in(tried)), faults_in(tried)
    assert list(catalog_of(tried, whole=False).altered()) == []


@pytest.mark.parametrize("column", ["body", "digest", "previous", "step"])
def test_an_entry_emptied_behind_dropped_guards_is_a_finding(tried: Connection, column: str) -> None:
    """Reading goes on over what is no text at all, and says which entry it is."""
    altered(tried, "DROP TRIGGER entry_guard ON entry")
    altered(
        tried,
        f"ALTER TABLE entry ALTER {column} DROP NOT NULL; UPDATE entry SET {column} = NULL WHERE seq = 2",
    )

    found = [each for each in audit(tried).findings if isinstance(each, EntryAltered)]
    assert [each.seq for each in found] == [2]


@pytest.mark.parametrize("statements", LEFT_ALONE)
def test_what_is_another_programs_affair_is_left_alone(tried: Connection, statements: str) -> None:
    altered(tried, statements)

    assert (faults_in(tried), missing_guards(tried)) == ([], ())
    assert list(catalog_of(tried, whole=False).altered()) == []


def test_a_user_who_may_write_too_is_said_and_is_no_fault(tried: Connection) -> None:
    altered(tried, "CREATE ROLE other; GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO other")

    (said,) = faults_of_structure(tried)
    assert isinstance(said, Advice)
    assert "数据库用户 other 也能写" in said.text


def test_a_schema_in_which_everybody_may_make_tables_is_said_and_is_no_fault(tried: Connection) -> None:
    altered(tried, "GRANT CREATE ON SCHEMA public TO PUBLIC")

    (said,) = faults_of_structure(tried)
    assert isinstance(said, Advice)
    assert "REVOKE CREATE ON SCHEMA public FROM PUBLIC" in said.text


@pytest.mark.parametrize("way", ["DISABLE", "ENABLE REPLICA"])
def test_a_guard_that_does_not_run_is_missing(tried: Connection, way: str) -> None:
    altered(tried, f"ALTER TABLE entry {way} TRIGGER entry_guard")

    assert missing_guards(tried) == ("entry_guard",)


def test_no_step_is_recorded_in_altered_tables(databases: Databases, url: str) -> None:
    other = databases(url)
    register = Register(other, "登记库")
    with connected(address_of(other), write=True) as connection:
        connection.do("ALTER TABLE number DROP CONSTRAINT number_pkey")

    with pytest.raises(RegisterDamaged) as refused, register.writing() as books:
        books.add(Deed(WITNESS.name, DAY, "陶映雪"))
    assert "number 缺少约束 PRIMARY KEY (id)" in refused.value.reason
    with register.reading() as books:
        assert {each.code for each in audit(books.connection).findings} == {"verify-schema-altered"}


def test_a_register_in_a_schema_of_its_own_beside_another_program_works(databases: Databases) -> None:
    other = databases(None)
    with connected(address_of(other), write=True) as connection:
        connection.do("CREATE SCHEMA docgen")
        altered(connection, "CREATE TABLE document (owner int); " + SWALLOW)
        altered(connection, "CREATE TRIGGER t BEFORE INSERT ON document EXECUTE FUNCTION swallow()")
    register = Register(f"{other}&options=-csearch_path%3Ddocgen", "登记库")

    for _ in range(2):
        with register.writing() as books:
            books.add(Deed(WITNESS.name, DAY, "陶映雪"))
    with register.reading() as books:
        assert audit(books.connection).findings == []


RIGHTS = """
GRANT SELECT ON setting, entry, document, number, mandate, file, duty TO {user};
GRANT INSERT ON entry, document, number, mandate, file, duty TO {user};
GRANT UPDATE ON setting, document, number, mandate, file, duty TO {user};
"""


def test_the_rights_that_the_manual_names_are_enough_and_no_fault(databases: Databases, url: str) -> None:
    manual = (REPOSITORY / "docs" / "手册.md").read_text("utf-8")
    assert RIGHTS.format(user="用户").strip() in manual
    other = databases(url)
    with psycopg.connect(other, autocommit=True) as connection:
        connection.execute("CREATE ROLE typist LOGIN")
        connection.execute(RIGHTS.format(user="typist").encode())
    register = Register(other.replace("//postgres:@", "//typist:@"), "登记库")

    for _ in range(2):
        with register.writing() as books:
            _, change = Numberer(books, DAY).use(Series("澄联审办函", 2026), 1)
            books.add(Deed("编号", DAY, "陶映雪", changes=(change,)))
            books.add(Deed("放宽规则", DAY, "万里舟", changes=(("duty", "拟稿人不得签发", {"loosened": 1}),)))
    with register.reading() as books:
        assert list(faults_of_structure(books.connection)) == []
        assert len(books.numbers()) == 2
    with psycopg.connect(other, autocommit=True) as connection:
        connection.execute("DROP OWNED BY typist")
        connection.execute("DROP ROLE typist")


EDITED = {
    "CHECK": (
        "file",
        "size INTEGER NOT NULL",
        "size INTEGER NOT NULL CHECK (size > 0)",
        "check ( size > 0 )",
    ),
    "COLLATE": (
        "number",
        "id TEXT NOT NULL",
        "id TEXT NOT NULL COLLATE NOCASE",
        "id text not null collate nocase",
    ),
    "NOT NULL": ("entry", "body TEXT NOT NULL", "body TEXT", "原来是 body text not null"),
    "DEFAULT": ("number", "state TEXT NOT NULL", "state TEXT NOT NULL DEFAULT 'X'", "default 'X'"),
    "order": ("entry_step", "(step)", "(step DESC)", "索引 entry_step 与原来的不同：现在有 step desc"),
}


def edited(path: Path, statement: str, *values: str) -> list[str]:
    """Edit the schema of an SQLite file as it is stored, and return what is found of it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(statement, values)
    with connected(address_of(path), write=False) as found:
        return faults_in(found)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A register in a file."""
    path = tmp_path / "register.sqlite"
    with Register(path, "登记库").writing():
        pass
    return path


@pytest.mark.parametrize("what", EDITED)
def test_a_statement_changed_where_sqlite_keeps_it_is_named(file: Path, what: str) -> None:
    name, old, new, said = EDITED[what]
    change = "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?"

    (found,) = edited(file, change, old, new, name)

    assert f" {name} 与原来的不同" in found
    assert said in found


def test_blanks_case_and_quotes_of_names_make_no_difference(file: Path) -> None:
    change = "UPDATE sqlite_master SET sql = replace(lower(sql), 'key text', '/* , */ \"key\"  text')"

    assert edited(file, f"{change} WHERE name = 'document'") == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("CREATE TABLE beside (id)", "多出表 beside"),
        ("CREATE VIEW watching AS SELECT 1", "多出视图 watching"),
        ("CREATE INDEX i ON entry (body)", "多出索引 i"),
        ("CREATE TRIGGER t AFTER INSERT ON file BEGIN DELETE FROM file; END", "多出触发器 t"),
        ("DROP INDEX document_state", "缺少索引 document_state"),
        ("DROP TABLE duty", "缺少表 duty"),
    ],
)
def test_what_is_too_much_or_missing_in_a_file_is_named(file: Path, statement: str, said: str) -> None:
    assert any(said in each for each in edited(file, statement))
