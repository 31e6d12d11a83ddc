"""Several processes draft the same documents at once: each document is recorded once, by the one that comes first."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from clerk import PROJECTS
from desks import Desk, edit_text, on_sqlite

from docgen.office.drafting.drafts import Outcome
from docgen.register import life
from docgen.register.life import DRAFT, REPLACE, State

CLERK = Path(__file__).with_name("clerk.py")


@contextmanager
def all_made(
    script: str, desk: Desk, count: int, processes: Sequence[int]
) -> Iterator[list[subprocess.Popen[str]]]:
    """Give processes that have planned and made their drafts, all of the same register, and recorded none yet."""
    running = [
        subprocess.Popen(
            [sys.executable, str(CLERK), script, str(who), str(desk.root), str(count)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for who in processes
    ]  # fmt: skip
    try:
        for each in running:
            _go_on(each)
        assert [_said(each) for each in running] == ["made"] * len(running)
        yield running
    finally:
        for each in running:
            each.kill()
            each.communicate()


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def _go_on(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("go\n")
    process.stdin.flush()


def _outcomes(process: subprocess.Popen[str]) -> Counter[str]:
    return Counter(json.loads(_said(process)))


def steps(desk: Desk, step: str) -> list[int | None]:
    with desk.office().register.reading() as books:
        return [each.deed.document for each in books.taken(step)]


def test_three_processes_that_draft_the_same_record_each_document_once(desk: Desk) -> None:
    with all_made("draft", desk, 1, (0, 0, 0)) as running:
        for each in running:
            _go_on(each)
        came = sorted((_outcomes(each) for each in running), key=str)

    count = len(desk.documents())
    assert came == sorted(
        [Counter({"新拟": count}), Counter({"未变": count}), Counter({"未变": count})], key=str
    )
    assert steps(desk, DRAFT.name) == list(range(1, count + 1))
    assert desk.verify().faults == ()
    assert not list((desk.root / "out").rglob(".docgen-*"))


@on_sqlite
def test_who_forces_drafts_again_while_another_does_records_nothing_that_is_there(desk: Desk) -> None:
    count = len(desk.draft(*PROJECTS))
    with all_made("draft", desk, 1, (1, 1)) as running:
        for each in running:
            _go_on(each)
            assert _outcomes(each) == ({"更新": count} if each is running[0] else {"未变": count})
    assert len(steps(desk, DRAFT.name)) == 2 * count


def test_what_was_drafted_meanwhile_of_older_data_is_renewed_and_said_to_be(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    with all_made("draft", desk, 1, (0,)) as (waiting,):
        template = desk.root / "templates" / "docx" / "告知函.docx"
        before = template.read_bytes()
        edit_text(template, "函告如下", "告知如下")
        count = len(desk.draft(*PROJECTS))
        template.write_bytes(before)
        _go_on(waiting)
        assert _outcomes(waiting) == {"更新": count}
    assert len(steps(desk, DRAFT.name)) == 2 * count
    assert desk.verify().faults == ()


def test_what_was_edited_or_removed_meanwhile_stays_edited_or_comes_back(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    with all_made("draft", desk, 1, (0,)) as (waiting,):
        edited, gone, *_ = (desk.root / each.path for each in desk.draft(*PROJECTS))
        edit_text(edited, "函告如下", "告知如下")
        by_hand, bytes_of = edited.read_bytes(), gone.read_bytes()
        gone.unlink()
        _go_on(waiting)
        came = _outcomes(waiting)
    assert came == {Outcome.EDITED.value: 1, Outcome.UNCHANGED.value: len(desk.documents()) - 1}
    assert edited.read_bytes() == by_hand
    assert gone.read_bytes() == bytes_of
    assert len(steps(desk, DRAFT.name)) == len(desk.documents())


@pytest.mark.parametrize(
    ("steps", "state"),
    [((life.REVIEW,), State.REVIEWED), ((life.REVIEW, life.RETURN), State.RETURNED)],
    ids=["reviewed", "returned"],
)
def test_what_was_reviewed_or_returned_meanwhile_is_left_alone(
    desk_on_sqlite: Desk, steps: tuple[life.Step, ...], state: State
) -> None:
    desk = desk_on_sqlite
    ids = [each.id for each in desk.draft(*PROJECTS)]
    with all_made("draft", desk, 1, (1,)) as (waiting,):
        for step in steps:
            desk.take(step, ids[0])
        before = desk.story(ids[0])
        _go_on(waiting)
        came = _outcomes(waiting)
    assert came["更新"] == len(ids) - 1
    assert desk.story(ids[0]) == before
    assert before.document.state is state


def test_a_document_is_replaced_by_one_of_two_processes(desk: Desk) -> None:
    document = desk.draft("3")[0].id
    desk.lead([document], State.NUMBERED)
    with all_made("again", desk, document, (0, 0)) as running:
        for each in running:
            _go_on(each)
        came = sorted(json.loads(_said(each)) for each in running)
    assert came == [["already-replaced"], ["新拟"]]
    assert steps(desk, REPLACE.name) == [document]
    assert desk.verify().faults == ()
