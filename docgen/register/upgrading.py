"""An older register brought up to this version: its tables by the revisions in `migrations/`, its record by an entry.

All of it is one transaction, which a backup precedes. The entry lists the columns that it sets, so that the entries
still give all tables; a register of version 1, which had no record, gets one that begins with its drafts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.register.books import Books
from docgen.register.databases import Connection
from docgen.register.faults import RegisterDamaged
from docgen.register.life import State
from docgen.register.record import DOCGEN, FOUNDED, START, TAKEN_OVER, UPGRADED, Change, Deed, FileSeen
from docgen.register.schema import DOCUMENT, SETTING, VERSION, make_guards

_MIGRATIONS: Final = Path(__file__).with_name("migrations")
_MADE_FOR: Final = 3
"""The version since which documents know what they were made for."""
_OF_PROJECT: Final = re.compile(r"第\d+号 (?P<name>.+)")
_KEPT: Final = (
    "key", "edition", "kind", "title", "subject", "addressee", "path", "template_digest", "data_digest",
)  # fmt: skip
_VERSION_1: Final = (*_KEPT, "id", "dated", "file_digest", "actor", "recorder", "recorded_at")
"""The columns of version 1's documents that are taken over."""


@dataclass(frozen=True)
class Upgraded:
    """What an upgrade did.

    Args:
        before, after: the versions.
        backup: where the copy of the register as it was is.
        documents: of how many documents the entry says something new.
    """

    before: int
    after: int
    backup: Path
    documents: int


def keep_founders_apart(connection: Connection) -> None:
    """Let only one process at a time make or upgrade tables; where writers are not kept apart anyway."""
    if not connection.is_sqlite:
        connection.do("SELECT pg_advisory_xact_lock(hashtext('docgen'))")


def found(
    books: Books, day: date, *deeds: Deed, witnesses: tuple[FileSeen, ...] = (), workspace: str = ""
) -> None:
    """Begin a workspace's record in new tables, with the witnesses that were begun; what is recorded first follows."""
    books.connection.write(SETTING.adding(), [("version", str(VERSION)), ("head", "")])
    books.head = (0, START)
    books.add(
        Deed(FOUNDED, day, DOCGEN, remark=f"登记库版本{VERSION}", files=witnesses, workspace=workspace),
        *deeds,
    )


def upgrade(
    books: Books,
    version: int,
    day: date,
    back_up: Callable[[], tuple[Path, FileSeen]],
    workspace: str = "",
) -> Upgraded:
    """Upgrade a register within a transaction that keeps other writers out.

    Args:
        books: of the register, with its head.
        version: which it has.
        day: today.
        back_up: copies the register first.
        workspace: the id of the workspace that it belongs to from now on; empty where that is not known.

    Raises:
        RegisterDamaged: its tables are not those of its version.
        CannotWrite: there is no place for a backup.
    """
    drafts = _drafts_of_version_1(books.connection, books.shown) if version == 1 else []
    path, copy = back_up()
    try:
        _change_tables(books.connection, version)
        if version == 1:
            make_guards(books.connection)
            found(books, day, *map(_taken_over, drafts), workspace=workspace)
            documents = len(drafts)
        else:
            documents = _record(books, version, day, copy, workspace)
        books.flush()
    except BaseException:
        path.unlink()  # or each refused command would leave a copy
        raise
    return Upgraded(version, VERSION, path, documents)


def _record(books: Books, version: int, day: date, copy: FileSeen, workspace: str) -> int:
    """Enter the upgrade, and return of how many documents the entry says something new."""
    books.connection.do(SETTING.changing(["value"]), (str(VERSION), "version"))
    changes = tuple(_made_for_of_all(books.connection)) if version < _MADE_FOR else ()
    remark = f"登记库由版本{version}升级到版本{VERSION}，升级前的备份是 {copy.path}"
    said = Deed(UPGRADED, day, DOCGEN, remark=remark, files=(copy,), changes=changes, workspace=workspace)
    books.add(said)
    return len(changes)


def _change_tables(connection: Connection, version: int) -> None:
    """Take the revisions after a version, the first one first, in the statements that Alembic gives for them.

    `setting` alone says which version a register has.
    """
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(_MIGRATIONS), version_locations=[str(_MIGRATIONS)])
    revisions = list(scripts.iterate_revisions(str(VERSION), str(version)))
    said = StringIO()
    written = {"as_sql": True, "output_buffer": said}
    name = "sqlite" if connection.is_sqlite else "postgresql"
    with Operations.context(MigrationContext.configure(dialect_name=name, opts=written)):
        for each in reversed(revisions):
            each.module.upgrade()
    for statement in said.getvalue().split(";\n"):
        if statement.strip():
            connection.do(statement)


def _made_for_of_all(connection: Connection) -> Iterator[Change]:
    """Yield what the documents of version 2 were made for, where it is known."""
    wanted = DOCUMENT.reading("id", "subject", "receivers", "addressee", order="id")
    for key, *said in connection.rows(wanted):
        made_for = _made_for(*said)
        if made_for:
            yield "document", key, {"made_for": made_for}


def _made_for(subject: str, receivers: str, addressee: str) -> str:
    """Return for which project and unit a notice was made, as `schema.py` explains; empty when it does not say.

    Until version 2 there were notices alone, each for one project and one unit. The number in 第3号 is that of a row,
    which another project may have next year; receivers is the unit's full name, which version 1 did not keep.
    """
    said = _OF_PROJECT.fullmatch(subject)
    if not said:
        return ""
    unit = {"名称": receivers} if receivers else {"简称": addressee}
    thing = [["项目", {"名称": said["name"]}], ["单位", unit]]
    return json.dumps(
        {"way": "逐项", "group": thing, "things": [thing]}, ensure_ascii=False, separators=(",", ":")
    )


def _drafts_of_version_1(connection: Connection, shown: str) -> list[Mapping[str, Any]]:
    """Return the drafts of a version 1 register, whose tables go."""
    if not connection.columns("document").issuperset(_VERSION_1):
        raise RegisterDamaged(shown, "版本的记载与表不符")
    return list(connection.named("SELECT * FROM document ORDER BY id"))


def _taken_over(draft: Mapping[str, Any]) -> Deed:
    """Return the deed that records a draft of a version 1 register."""
    file = FileSeen("草稿", draft["path"], draft["file_digest"], "", 0)
    row = {name: draft[name] for name in _KEPT} | {
        "state": State.DRAFTED,
        "day": draft["dated"],
        "dated": draft["dated"],
        "drafter": draft["actor"],
        "sha256": draft["file_digest"],
        "sm3": "",
        "made_for": _made_for(draft["subject"], "", draft["addressee"]),
    }
    return Deed(
        TAKEN_OVER,
        date.fromisoformat(draft["dated"]),
        draft["actor"],
        document=draft["id"],
        after=State.DRAFTED,
        remark=f"原由{draft['recorder']}于{draft['recorded_at']}登记",
        files=(file,),
        changes=(("document", draft["id"], row), file.change(draft["id"])),
    )
