"""Entries that hold what docgen never writes: `verify` names them, and who asks for one is told."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import Any, Final

import pytest
from desks import Desk, on_sqlite

from docgen.office.life.finding import story
from docgen.office.verification import entry
from docgen.register.faults import RowUnreadable, TextUnreadable
from docgen.register.record import digest_of
from docgen.register.schema import SQLITE_GUARDS

SEQ: Final = 3
ODD: Final[dict[str, Any]] = {
    "seq": "三",
    "actor": 5,
    "day": 20260316,
    "roles": [5],
    "recorder": [],
    "at": None,
    "changes": [5],
}


def put(desk: Desk, body: str) -> None:
    """Put a body in the place of an entry, with the digest that is right for it."""
    with closing(sqlite3.connect(desk.workspace.register_path)) as database:
        for guard in SQLITE_GUARDS:
            database.execute(f"DROP TRIGGER IF EXISTS {guard}")
        (previous,) = database.execute("SELECT previous FROM entry WHERE seq = ?", (SEQ,)).fetchone()
        row = (body, digest_of(previous, body), SEQ)
        database.execute("UPDATE entry SET body = ?, digest = ? WHERE seq = ?", row)
        database.commit()


@on_sqlite
def test_whatever_an_entry_holds_it_is_named_and_nothing_breaks_off(desk: Desk) -> None:
    desk.grant()
    desk.draft("3", units=("县水利局",))
    with desk.office().register.reading() as books:
        whole = json.loads(list(books.chain(SEQ))[-1][0])
    odd = [json.dumps(whole | {name: value}) for name, value in ODD.items()]
    number = json.dumps(whole).replace(f'"seq": {SEQ}', '"seq": NaN')
    for body in ("", "[]", "[" * 100_000, f'{{"seq":{"9" * 6000}}}', number, *odd):
        put(desk, body)
        codes = [each.code for each in desk.verify().faults if each.values.get("seq") == SEQ]
        assert "verify-entry-altered" in codes, body[:80]


@on_sqlite
@pytest.mark.parametrize("body", ["", "[" * 100_000, f'{{"seq":{"9" * 6000}}}', "{}"])
def test_who_asks_for_an_entry_that_cannot_be_read_is_told_which(desk: Desk, body: str) -> None:
    desk.grant()
    desk.draft("3", units=("县水利局",))
    put(desk, body)

    with pytest.raises(RowUnreadable, match=f"第{SEQ}条登记"):
        entry(desk.office(), SEQ)


@on_sqlite
@pytest.mark.parametrize("column", ["body", "title"])
def test_a_text_that_is_no_utf8_is_named_with_its_column_by_whatever_reads_it(
    desk: Desk, column: str
) -> None:
    desk.grant()
    desk.draft("3", units=("县水利局",))
    table = "entry" if column == "body" else "document"
    with closing(sqlite3.connect(desk.workspace.register_path)) as database:
        database.execute("DROP TRIGGER entry_update")
        database.execute(f"UPDATE {table} SET {column} = CAST(CAST({column} AS BLOB) || x'ff' AS TEXT)")
        database.commit()

    assert desk.verify().faults
    with pytest.raises(TextUnreadable) as raised:
        entry(desk.office(), SEQ) if column == "body" else story(desk.office(), "1")
    assert (raised.value.column, raised.value.exit_code) == (column, 5)
