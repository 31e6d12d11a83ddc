"""What a PostgreSQL's catalogue says of the register's tables, compared with what this version's schema gives.

A query returns a row (sort, name, said) for everything that could change, swallow or hide what is written. Tables are
looked up as docgen's own statements find them, along `search_path`, and then by the schema in which `entry` is: a
table of that name elsewhere is another program's affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import Advice, DocgenError
from docgen.files import on_one_line
from docgen.register.audit_findings import GuardsBypassed, OpenToAll, SchemaAltered, TableHidden
from docgen.register.databases import Connection
from docgen.register.schema import TABLES
from docgen.register.tables import Table

_BUILT: Final = ("表", "列", "约束")
"""The sorts of which, with 索引, the schema says what there must be; of all others there must be none."""
_OF_TABLES: Final = ("约束", "索引")
"""The sorts that are told apart by what they say: their rows give the table in place of a name."""
_BEFORE_UPGRADE: Final = ("触发器", "规则", "隐藏", "会话")
"""The sorts that matter to a register of any version."""

_OURS: Final = """
WITH named AS (SELECT unnest(CAST(? AS text[])) AS name),
home AS (SELECT relnamespace AS oid FROM pg_class WHERE oid = to_regclass('entry')),
ours AS (SELECT c.* FROM pg_class c JOIN home ON c.relnamespace = home.oid JOIN named ON c.relname = named.name)
"""
_WRITTEN: Final = """
SELECT '表', relname::text, concat_ws(' ',
    CASE relkind WHEN 'r' THEN 'TABLE' ELSE 'KIND ' || relkind::text END,
    CASE relpersistence WHEN 'u' THEN 'UNLOGGED' WHEN 't' THEN 'TEMPORARY' END,
    CASE WHEN relrowsecurity OR relforcerowsecurity THEN 'ROW LEVEL SECURITY' END,
    CASE WHEN EXISTS (SELECT FROM pg_inherits WHERE ours.oid IN (inhrelid, inhparent)) THEN 'INHERITANCE' END)
FROM ours
UNION ALL
SELECT '列', relname || '.' || attname, concat_ws(' ', format_type(atttypid, atttypmod),
    CASE WHEN attcollation <> typcollation THEN 'COLLATE ' || attcollation::regcollation::text END,
    CASE WHEN attnotnull THEN 'NOT NULL' END,
    CASE WHEN attidentity <> '' THEN 'IDENTITY' WHEN attgenerated <> '' THEN 'GENERATED' END,
    'DEFAULT ' || pg_get_expr(adbin, adrelid))
FROM ours JOIN pg_attribute ON attrelid = ours.oid AND attnum > 0 AND NOT attisdropped
JOIN pg_type ON pg_type.oid = atttypid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
UNION ALL
SELECT '约束', relname::text, CASE WHEN conrelid <> ours.oid THEN conrelid::regclass::text || ' ' ELSE '' END
    || pg_get_constraintdef(pg_constraint.oid)
FROM ours JOIN pg_constraint ON ours.oid IN (conrelid, confrelid) AND contype NOT IN ('n', 't')
UNION ALL
SELECT '触发器', tgname::text, relname::text FROM ours JOIN pg_trigger ON tgrelid = ours.oid
WHERE NOT tgisinternal AND (relname, tgname) <> ('entry', 'entry_guard')
UNION ALL
SELECT '规则', rulename::text, relname::text FROM ours JOIN pg_rewrite ON ev_class = ours.oid
UNION ALL
SELECT '隐藏', name, to_regclass(name)::oid::regclass::text FROM named, home
WHERE to_regclass(name) IS DISTINCT FROM (SELECT ours.oid FROM ours WHERE relname = name)
UNION ALL
SELECT '会话', current_user::text, current_setting('session_replication_role')
WHERE current_setting('session_replication_role') <> 'origin'
"""
"""What could change, swallow or hide what is written."""
_BESIDE: Final = """
SELECT '索引', relname::text, concat_ws(' ', CASE WHEN indisunique THEN 'UNIQUE' END,
    CASE WHEN NOT (indisvalid AND indisready AND indislive) THEN 'INVALID' END,
    split_part(pg_get_indexdef(indexrelid), ' USING ', 2))
FROM ours JOIN pg_index ON indrelid = ours.oid
UNION ALL
SELECT '平时', concat_ws(' IN ',
    CASE WHEN setrole <> 0 THEN 'ROLE ' || pg_get_userbyid(setrole) WHEN setdatabase = 0 THEN 'ROLE ALL' END,
    CASE WHEN setdatabase <> 0 THEN 'DATABASE ' || current_database() END), split_part(said, '=', 2)
FROM pg_db_role_setting, unnest(setconfig) AS said
WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
    AND said LIKE 'session_replication_role=%' AND said NOT LIKE '%=origin'
UNION ALL
SELECT '另一个', nspname::text, 'entry' FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace, home
WHERE relname = 'entry' AND n.oid <> home.oid AND nspname = ANY(current_schemas(true))
    AND EXISTS (SELECT FROM pg_class other WHERE other.relnamespace = n.oid AND other.relname = 'setting')
UNION ALL
SELECT '对象', relname::text, CASE relkind WHEN 'v' THEN '视图' WHEN 'm' THEN '视图' WHEN 'S' THEN '序列' ELSE '表' END
FROM pg_class c JOIN home ON relnamespace = home.oid
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND relname NOT IN (SELECT name FROM named)
    AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
UNION ALL
SELECT '事件触发器', evtname::text, evtevent::text FROM pg_event_trigger e WHERE evtenabled <> 'D' AND NOT EXISTS
    (SELECT FROM pg_depend WHERE classid = 'pg_event_trigger'::regclass AND objid = e.oid AND deptype = 'e')
UNION ALL
SELECT '模式', nspname::text, 'CREATE' FROM pg_namespace n JOIN home ON n.oid = home.oid
WHERE has_schema_privilege('public', n.oid, 'CREATE')
UNION ALL
SELECT DISTINCT CASE grantee WHEN 0 THEN '公开' ELSE '用户' END, ours.relname::text,
    CASE grantee WHEN 0 THEN privilege_type ELSE pg_get_userbyid(grantee)::text END
FROM ours, LATERAL (SELECT * FROM aclexplode(relacl) UNION ALL SELECT acl.* FROM pg_attribute, aclexplode(attacl) acl
    WHERE attrelid = ours.oid AND attnum > 0) granted
WHERE grantee <> relowner AND pg_get_userbyid(grantee) <> current_user
    AND privilege_type IN ('INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES')
"""
_BEFORE_A_STEP: Final = f"{_OURS}{_WRITTEN}"
_WHOLE: Final = f"{_OURS}{_WRITTEN}UNION ALL{_BESIDE}"

Row = tuple[str, str, str]


@dataclass(frozen=True)
class Catalog:
    """What the catalogue says that it should not, or does not say although it should.

    Args:
        found: everything there is.
    """

    found: frozenset[Row]

    def altered(self) -> Iterator[str]:
        """Yield in Chinese what could change, swallow or hide what is written: nothing may be added then."""
        yield from self._built(*_BUILT)
        yield from self._added()
        yield from (each.what for each in (*self._hidden(), *self._bypassed("会话")))

    def before_upgrade(self) -> Iterator[str]:
        """Yield the same of a register of an earlier version, whose tables are not those of this one."""
        yield from Catalog(frozenset(self._of(*_BEFORE_UPGRADE)) | _wanted()).altered()

    def faults(self) -> Iterator[DocgenError]:
        """Yield all that is wrong."""
        beside = (f"登记库所在的模式里多出{said} {name}" for _, name, said in self._of("对象"))
        events = (f"数据库里多出事件触发器 {name}（{said}）" for _, name, said in self._of("事件触发器"))
        for words in (*self._built(*_BUILT, "索引"), *self._added(), *beside, *events):
            yield SchemaAltered(words)
        yield from self._hidden()
        for _, name, _ in self._of("另一个"):
            yield TableHidden("entry、setting", f"模式 {name} 里也有")
        yield from self._bypassed("会话", "平时")
        yield from self._open_to_all()

    def advices(self) -> Iterator[Advice]:
        """Yield who else may change the tables, besides their owner and who asks."""
        others = sorted({said for _, _, said in self._of("用户")})
        if others:
            words = f"除建表的和现在的用户外，数据库用户 {'、'.join(others)} 也能写登记库的表"
            yield Advice("register-others-write", f"{words}，请核对该不该有这个权限")
        for _, name, _ in self._of("模式"):
            words = f"数据库的所有用户（PUBLIC）都能在登记库所在的模式 {name} 里建表"
            yield Advice(
                "register-open-schema",
                f"{words}，请数据库管理员执行 REVOKE CREATE ON SCHEMA {name} FROM PUBLIC",
            )

    def _of(self, *sorts: str) -> list[Row]:
        return sorted(
            (sort, on_one_line(name), on_one_line(said)) for sort, name, said in self.found if sort in sorts
        )

    def _built(self, *sorts: str) -> Iterator[str]:
        """Yield what is missing, too much or other than the schema says."""
        wanted = {each for each in _wanted() if each[0] in sorts}
        found = {each for each in self.found if each[0] in sorts}
        there = {name for sort, name, _ in found if sort == "表"}
        for sort, name, said in sorted(wanted - found):
            if sort == "表" and name not in there:
                yield f"缺少表 {name}"
            elif name.partition(".")[0] in there:
                yield _lacking(sort, name, said, found)
        known = {each[:2] for each in wanted}
        for sort, name, said in sorted(found - wanted):
            if sort in _OF_TABLES:
                yield f"表 {name} 多出{sort} {on_one_line(said)}"
            elif (sort, name) not in known:
                yield f"多出{sort} {on_one_line(name)}"

    def _added(self) -> Iterator[str]:
        for sort, name, said in self._of("触发器", "规则"):
            yield f"表 {said} 多出{sort} {name}"

    def _hidden(self) -> Iterator[TableHidden]:
        for _, name, said in self._of("隐藏"):
            yield TableHidden(name, f"找到的是 {said}" if said else "找不到")

    def _bypassed(self, *sorts: str) -> Iterator[GuardsBypassed]:
        for sort, name, said in self._of(*sorts):
            where = f"用户 {name} 现在的连接" if sort == "会话" else f"ALTER {name} SET"
            yield GuardsBypassed(said, where)

    def _open_to_all(self) -> Iterator[OpenToAll]:
        found = self._of("公开")
        if found:
            tables, rights = (tuple(sorted({each[place] for each in found})) for place in (1, 2))
            yield OpenToAll(tables, rights)


def _lacking(sort: str, name: str, said: str, found: set[Row]) -> str:
    if sort in _OF_TABLES:
        return f"表 {name} 缺少{sort} {said}"
    now = next((other for kind, each, other in found if (kind, each) == (sort, name)), None)
    return f"缺少{sort} {name}" if now is None else f"{sort} {name} 现在是 {on_one_line(now)}，原来是 {said}"


def catalog_of(connection: Connection, *, whole: bool = True) -> Catalog:
    """Ask a PostgreSQL for its catalogue of the register.

    Args:
        connection: in a transaction.
        whole: whether what changes nothing of what is written is asked for too; without it half as long.
    """
    found = connection.rows(_WHOLE if whole else _BEFORE_A_STEP, (list(TABLES),))
    return Catalog(frozenset((sort, name or "", said or "") for sort, name, said in found))


_KEPT: Final[dict[str, frozenset[Row]]] = {}


def _wanted() -> frozenset[Row]:
    """Return what the schema of this version gives."""
    if not _KEPT:
        _KEPT["wanted"] = frozenset(row for each in TABLES.values() for row in _of_table(each))
    return _KEPT["wanted"]


def _of_table(table: Table) -> Iterator[Row]:
    yield "表", table.name, "TABLE"
    for each in table.columns.values():
        words = (
            each.sort.lower(),
            "" if each.nullable else "NOT NULL",
            f"DEFAULT '{each.default}'::text" if each.is_kept else "",
        )
        yield "列", f"{table.name}.{each.name}", " ".join(filter(None, words))
    for sort, columns in (("PRIMARY KEY", (table.key,)), ("UNIQUE", table.unique)):
        if columns:
            listed = ", ".join(columns)
            yield "约束", table.name, f"{sort} ({listed})"
            yield "索引", table.name, f"UNIQUE btree ({listed})"
    for column in table.indexes.values():
        yield "索引", table.name, f"btree ({column})"
