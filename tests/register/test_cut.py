"""A connection that is cut: said as that, nothing half done, and the same command works afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from desks import Desk, make_desk

from docgen.errors import OUTSIDE_FAILED
from docgen.office.drafting.drafter import draft
from docgen.office.drafting.drafts import Request
from docgen.register import databases as layer
from docgen.register import life
from docgen.register.faults import RegisterUnreachable

Databases = Callable[[str | None], str]
CUT = "与数据库的连接中断"


@pytest.fixture
def office(databases: Databases, tmp_path: Path) -> Desk:
    """An office on a PostgreSQL, where nothing was recorded yet."""
    return make_desk(tmp_path / "工作区", databases(None))


def url_of(desk: Desk) -> str:
    return desk.workspace.settings.register_at.url


@contextmanager
def cut_at(url: str, statement: int) -> Iterator[list[int]]:
    """End the connection at its n-th statement, as an administrator does, and count the statements."""
    count = [0]

    def cut(pid: int) -> None:
        count[0] += 1
        if count[0] == statement:
            with psycopg.connect(url, autocommit=True) as other:
                other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))

    class Cut:
        """Does what a driver's connection does, once it was asked whether it is cut."""

        def __init__(self, driver: psycopg.Connection[Any]) -> None:
            self._driver = driver

        def __getattr__(self, name: str) -> Any:
            if name in {"execute", "cursor", "commit"}:
                cut(self._driver.info.backend_pid)
            return getattr(self._driver, name)

    opened = layer._postgresql
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(layer, "_postgresql", lambda *given: Cut(opened(*given)))
        yield count


def refused_at(desk: Desk, statement: int, deed: Callable[[], object]) -> bool:
    """Do a deed whose connection is cut at a statement; say whether it came that far."""
    refused: list[tuple[str, int]] = []
    with cut_at(url_of(desk), statement) as count:
        try:
            deed()
        except RegisterUnreachable as fault:
            refused.append((fault.reason, fault.exit_code))
    cut = count[0] >= statement
    assert refused == [(CUT, OUTSIDE_FAILED)] * cut
    return cut


def test_a_founding_that_is_cut_anywhere_is_no_register_that_was_deleted(office: Desk) -> None:
    request = Request("notice", projects=("3",), units=("县水利局",))
    statement = 1
    while refused_at(office, statement, lambda: draft(office.office(), request)):
        assert office.verify().faults == ()
        assert office.documents() == []
        statement += 6

    assert statement > 20
    assert [each.kind for each in office.documents()] == ["告知函"]
    assert office.verify().faults == ()


def test_a_register_that_is_gone_beside_its_drafts_is_still_said_to_be(
    office: Desk, databases: Databases
) -> None:
    office.draft("3", units=("县水利局",))
    settings = office.root / "docgen.toml"
    settings.write_text(
        settings.read_text("utf-8").replace(url_of(office), databases(None)), encoding="utf-8"
    )

    assert {each.code for each in office.verify().faults} == {"verify-record-gone", "witness-ahead"}


def test_reading_that_is_cut_says_so_and_works_again(office: Desk) -> None:
    office.draft("3", units=("县水利局",))

    for deed in (office.documents, office.verify):
        statement = 1
        while refused_at(office, statement, deed):
            statement += 5
    assert office.verify().faults == ()


def waiting(office: Desk, then: Callable[[psycopg.Connection[Any]], object]) -> str:
    """Let a step wait for the lock that somebody else holds, do something to it, and return why it was refused."""
    document = office.draft("3", units=("县水利局",))[0].id
    why: list[str] = []

    def step() -> None:
        try:
            office.take(life.REVIEW, document)
        except RegisterUnreachable as fault:
            why.append(fault.reason)

    other = psycopg.connect(url_of(office))
    with psycopg.connect(url_of(office), autocommit=True) as watching:
        other.execute("SELECT value FROM setting WHERE name = 'head' FOR UPDATE")
        thread = threading.Thread(target=step)
        thread.start()
        then(watching)
        thread.join()
    other.close()
    office.take(life.REVIEW, document)
    assert office.verify().faults == ()
    return why[0]


def end_who_waits(watching: psycopg.Connection[Any]) -> None:
    ended = None
    while ended is None:
        ended = watching.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone()


def test_a_step_cut_while_it_waits_for_another_is_not_said_to_have_met_altered_tables(office: Desk) -> None:
    assert waiting(office, end_who_waits) == CUT


def test_a_step_that_waits_too_long_is_not_either(office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    soon = layer._DURABLE.replace(f"{layer._PATIENCE}s", "50ms")
    monkeypatch.setattr(layer, "_DURABLE", soon)

    assert waiting(office, lambda _: None) == "等待数据库超时"


@pytest.mark.parametrize(
    ("state", "words", "said"),
    [
        ("57P01", "由于管理员命令中断联接", CUT),
        ("55P03", "由于锁超时，取消了查询命令", "等待数据库超时"),
        (
            None,
            'server closed the connection unexpectedly CONTEXT: while locking tuple in relation "setting"',
            CUT,
        ),
    ],
)
def test_why_a_server_stopped_is_told_whatever_language_it_speaks(
    state: str | None, words: str, said: str
) -> None:
    fault = psycopg.OperationalError(words)
    fault.sqlstate = state

    assert layer.reason_of_failure(fault) == said
