"""What a database is: no register yet, one of which version, another program's; and is it built as docgen built it.

A trigger or rule of somebody else could swallow what is written; a table without its keys could take a row twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from docgen.errors import Advice, DocgenError
from docgen.files import on_one_line
from docgen.patterns import late
from docgen.register.audit_findings import SchemaAltered
from docgen.register.catalog import catalog_of
from docgen.register.databases import Connection, checked, decoded, in_memory
from docgen.register.faults import RegisterDamaged, RegisterForeign, RegisterTooNew
from docgen.register.record import FOUNDED, UPGRADED
from docgen.register.schema import (
    ENTRY,
    REFUSAL,
    SETTING,
    SQLITE_GUARDS,
    TABLES,
    VERSION,
    make_tables,
)

_MADE_FOR: Final = 3
"""The version since which documents say what they were made for."""
_VERSION: Final = late(r'"remark":"登记库(?:由版本\d{1,3}升级到)?版本(\d{1,3})[，"]')
_SORTS: Final = {"table": "表", "index": "索引", "trigger": "触发器", "view": "视图"}
_WORD: Final = late(
    r"""--[^\n]*|/\*.*?(?:\*/|\Z)|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^]]*\]|\s+|[\w$]+|.""", re.DOTALL
)
_EVER: Final[Mapping[str, frozenset[str]]] = {
    "setting": frozenset({"name", "value"}),
    "document": frozenset({"id", "key", "edition"}),
}
"""The columns that these tables had in every version."""


def version_of(connection: Connection, shown: str) -> int | None:
    """Return the version of the register's tables; None when there are none yet.

    Args:
        connection: to the database.
        shown: the database as messages write it.

    Raises:
        RegisterTooNew: the tables are a later docgen's.
        RegisterDamaged: their version is missing, or not that of the tables which are there.
        RegisterForeign: they are another program's.
    """
    recorded = bool(connection.columns(ENTRY.name))
    if not connection.columns(SETTING.name):
        if recorded:
            raise RegisterDamaged(shown, "设置表缺失")
        _refuse_foreign(connection, shown)
        return None
    if not recorded:  # another process has founded it since, as PostgreSQL lets one see; or it is not ours
        recorded = bool(connection.columns(ENTRY.name))
    if not recorded:  # of version 1, or another program's
        _refuse_foreign(connection, shown)
    said = connection.value(SETTING.reading("value", where="name = ?"), ("version",))
    said = str(said)  # in a table made anew it may be of any type
    version = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
    if version > VERSION:
        raise RegisterTooNew(shown, version, VERSION)
    if version < 1 or recorded is (version == 1):
        raise RegisterDamaged(shown, "版本的记载缺失或被改动")
    if version < VERSION:
        knows = "made_for" in connection.columns("document")
        if knows is not (version >= _MADE_FOR) or (recorded and reached(connection) > version):
            raise RegisterDamaged(shown, "版本的记载与表不符")
    return version


def reached(connection: Connection) -> int:
    """Return the version that the record says its register was founded in or upgraded to."""
    founding = connection.whatever(ENTRY.reading("body", where="step IN (?, ?)"), (FOUNDED, UPGRADED))
    found = (_VERSION.search(str(body)) for (body,) in founding)
    return max((int(each[1]) for each in found if each), default=0)


def _refuse_foreign(connection: Connection, shown: str) -> None:
    """Refuse a database that has another program's tables where ours would be."""
    for name, table in TABLES.items():
        columns = connection.columns(name)
        if columns and not _EVER.get(name, frozenset(table.columns)) <= columns:
            raise RegisterForeign(shown, name)


def missing_guards(connection: Connection) -> tuple[str, ...]:
    """Return the names of guards of the record that are missing, changed or switched off."""
    if connection.is_sqlite:
        found = connection.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        whole = {name for name, sql in found if SQLITE_GUARDS.get(name) == sql}
        return tuple(sorted(SQLITE_GUARDS.keys() - whole))
    wanted = {"entry_guard"}
    enabled = connection.rows(
        "SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE tgrelid = 'entry'::regclass AND NOT tgisinternal AND tgqual IS NULL AND prosrc = ? "
        "AND tgenabled IN ('O', 'A') AND tgtype & 58 = 58",  # 2 BEFORE, 8 DELETE, 16 UPDATE, 32 TRUNCATE
        (REFUSAL,),
    )
    return tuple(sorted(wanted - {name for (name,) in enabled}))


def faults_of_structure(connection: Connection) -> Iterator[DocgenError | Advice]:
    """Yield what is not as docgen made it, and who else may change it."""
    if connection.is_sqlite:
        yield from (SchemaAltered(each) for each in _of_sqlite(connection))
        return
    catalog = catalog_of(connection)
    yield from catalog.faults()
    yield from catalog.advices()


def inner_damage(file: Path | None) -> Iterator[str]:
    """Yield in Chinese what SQLite itself finds wrong with a file, such as an index that lacks rows.

    Takes a connection of its own, so that it can run beside an audit; outside any transaction, so that nobody is kept
    waiting.
    """
    said = checked(file) if file else ["ok"]
    if said != ["ok"]:
        yield f"数据库文件内部损坏（{'；'.join(said)}）"


def _of_sqlite(connection: Connection) -> Iterator[str]:
    with in_memory() as empty:
        make_tables(empty)
        wanted = _structure(empty)
    found = _structure(connection)
    for name in sorted(wanted.keys() | found.keys()):
        if name not in found:
            yield f"缺少{name}"
        elif name not in wanted:
            yield f"多出{on_one_line(name)}"
        elif found[name] != wanted[name]:
            yield f"{name} 与原来的不同{_differing(found[name], wanted[name])}"


def _differing(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """Say which parts of a statement are too much, and which are missing."""
    pairs = ("现在有", found, wanted), ("原来是", wanted, found)
    parts = ((words, [each for each in one if one[each] != other.get(each)]) for words, one, other in pairs)
    said = [f"{words} {'，'.join(listed)}" for words, listed in parts if listed]
    return f"：{on_one_line('；'.join(said))}"


def _structure(connection: Connection) -> dict[str, dict[str, Any]]:
    """Return every table, index, trigger and view with the parts that make it what it is.

    The parts of a table's own statement, in any order: a column that an upgrade added stands behind the keys. The order
    of columns and the indexes that SQLite made of keys are asked for apart.
    """
    found: dict[str, dict[str, Any]] = {}
    for sort, name, table, said in list(
        connection.rows("SELECT type, name, tbl_name, sql FROM sqlite_master")
    ):
        parts: dict[str, Any] = dict.fromkeys(_parts(str(said or "")), True)
        if sort == "table":
            quoted = str(name).replace('"', '""')
            columns = list(connection.rows(f'PRAGMA table_info("{quoted}")'))
            parts |= {str(each[1]): (each[0], each[2], each[3], each[5]) for each in columns}
            listed = list(connection.rows(f'PRAGMA index_list("{quoted}")'))
            keys = (_index(connection, each) for each in listed if each[3] != "c")
            found[f"表 {name} 的键"] = dict.fromkeys(keys, True)
        if not str(name).startswith("sqlite_autoindex_"):
            whole = parts | {f"ON {table}": True}
            compared_apart = name in SQLITE_GUARDS  # by `missing_guards`
            found[f"{_SORTS.get(sort, sort)} {name}"] = {} if compared_apart else whole
    return found


def _index(connection: Connection, listed: Any) -> str:
    _, name, unique, origin, partial = listed
    columns = list(connection.rows(f'PRAGMA index_info("{name}")'))
    return f"{origin}{unique}{partial} ({', '.join(str(each[2]) for each in columns)})"


def _parts(statement: str) -> Iterator[str]:
    """Yield the parts of a CREATE statement as SQLite keeps it: what stands between the outermost commas.

    Blanks, comments, the case of words and quotes around names make no difference; texts in quotes stay as they are.
    """
    depth, part = 0, list[str]()
    for word in _WORD.findall(statement):
        depth += (word == "(") - (word == ")")
        if (word == "," and depth == 1) or (word, depth) in (("(", 1), (")", 0)):
            yield " ".join(part)
            part = []
        elif not word.isspace() and not word.startswith(("--", "/*")):
            part.append(word if word.startswith("'") else word.strip('"`[]').lower())
    yield " ".join(part)


def read_leniently(connection: Connection) -> None:
    """Let texts that are no UTF-8 be read, so that an audit finds them instead of stopping at them."""
    if connection.is_sqlite:
        connection.driver.text_factory = decoded
