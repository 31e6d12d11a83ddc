"""Two commands at once: what the later one decides, it decides under the register's lock."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from deeds import DEEDS
from desks import DAY, SIGNATORY, Desk, faults_of, on_sqlite

from docgen.errors import DocgenError
from docgen.office.answers.answer import exit_code_of
from docgen.office.life.explaining import explain
from docgen.register import life
from docgen.register.life import State
from docgen.register.record import Deed, Held
from docgen.register.store import Register

CLERK = Path(__file__).with_name("clerk.py")
HELD = Held("重大项目股股长", ("经办",), "0" * 64)
"""What entries say of the clerk."""
WAITS, DONE, REFUSED = "at the lock\n", 0, 3


def before_the_lock(desk: Desk, document: int, waits: str, goes_first: str) -> int:
    """Do one deed just before another takes the register's lock, with all decided by then; return how that ended."""
    locked = Register.writing

    def late(register: Register, **options: bool) -> Any:
        patch.undo()
        DEEDS[goes_first](desk, document)
        return locked(register, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Register, "writing", late)
        try:
            DEEDS[waits](desk, document)
        except DocgenError as fault:
            return exit_code_of([fault])
    return DONE


def beside(desk: Desk, document: int, waits: str, goes_first: str) -> int:
    """Let one deed wait at the register's lock in a process of its own while another is done; return how it ended."""
    command = [sys.executable, str(CLERK), "waiting", waits, str(desk.root), str(document)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("begin\n")
        process.stdin.flush()
        assert process.stdout.readline() == WAITS
        DEEDS[goes_first](desk, document)
        process.stdin.write("go on\n")
        process.stdin.flush()
        process.stdout.read()
        return process.wait(60)


def in_state(desk: Desk, state: State) -> int:
    """Lead one notice into a state."""
    document = desk.draft("3")[0].id
    desk.grant()
    desk.lead([document], state)
    return document


CASES = (
    (State.SEALED, "replace", "issue", DONE),
    (State.SEALED, "replace", "attach", DONE),
    (State.SEALED, "issue", "replace", DONE),
    (State.SEALED, "attach", "issue", DONE),
    (State.SEALED, "issue", "void", REFUSED),
    (State.APPROVED, "replace", "apply", DONE),
    (State.APPROVED, "replace", "refuse", DONE),
    (State.APPROVED, "apply", "refuse", REFUSED),
    (State.NUMBERED, "replace", "request", DONE),
    (State.NUMBERED, "replace", "void", REFUSED),
    (State.NUMBERED, "replace", "replace", REFUSED),
    (State.NUMBERED, "request", "void", REFUSED),
    (State.NUMBERED, "reserve", "reserve", DONE),
    (State.REVIEWED, "sign", "return", REFUSED),
    (State.REVIEWED, "sign", "reserve", DONE),
    (State.REVIEWED, "sign", "loosen", DONE),
    (State.REVIEWED, "return", "sign", REFUSED),
)
Stock = dict[State, list[int]]


@pytest.fixture(scope="module")
def stock(shared_desk: Desk) -> Stock:
    """Documents that wait in the states of the cases, one for each case."""
    ids = iter(each.id for each in shared_desk.draft())
    shared_desk.grant()
    made: Stock = {}
    for state, *_ in CASES:
        made.setdefault(state, []).append(next(ids))
    for state, waiting in made.items():
        shared_desk.lead(waiting, state)
    return made


@pytest.mark.parametrize(("state", "waits", "goes_first", "ends"), CASES)
def test_what_came_between_is_seen(
    shared_desk: Desk, stock: Stock, state: State, waits: str, goes_first: str, ends: int
) -> None:
    document = stock[state].pop()

    assert before_the_lock(shared_desk, document, waits, goes_first) == ends

    assert shared_desk.verify().faults == ()


def test_what_another_process_does_between_is_seen_too(desk: Desk) -> None:
    document = in_state(desk, State.REVIEWED)

    assert beside(desk, document, "sign", "return") == REFUSED

    assert desk.verify().faults == ()


def test_a_reply_that_two_collect_at_once_is_kept_once(desk: Desk) -> None:
    document = in_state(desk, State.NUMBERED)

    assert before_the_lock(desk, document, "collect", "collect") == DONE

    verified = desk.verify()
    assert verified.faults == ()
    assert "file-attached-twice" not in [each.code for each in verified.advices]


@pytest.mark.parametrize("waits", ["apply", "end mandate"])
def test_a_mandate_that_was_ended_meanwhile_serves_no_more(desk: Desk, waits: str) -> None:
    document = in_state(desk, State.APPROVED)

    assert before_the_lock(desk, document, waits, "end mandate") == REFUSED

    assert desk.verify().faults == ()


def test_a_replacement_that_is_refused_leaves_no_successor(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    document = in_state(desk, State.NUMBERED)
    before = len(desk.documents())

    assert before_the_lock(desk, document, "replace", "void") == REFUSED

    assert len(desk.documents()) == before
    assert [path for path in desk.root.rglob("草稿/*.docx") if path.stem == desk.file(document).stem] == []


def test_a_draft_that_took_the_place_of_a_signed_one_is_not_cleared_away(
    desk_on_sqlite: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docgen.office.life.signing import Signing

    desk = desk_on_sqlite
    document = in_state(desk, State.REVIEWED)
    draft, clear = desk.file(document), Signing.clear_away

    def late(signing: Signing, books: object) -> None:
        monkeypatch.undo()
        books.connection.driver.commit()  # type: ignore[attr-defined]  # somebody else comes before
        DEEDS["replace"](desk, document)
        clear(signing, books)  # type: ignore[arg-type]

    monkeypatch.setattr(Signing, "clear_away", late)
    desk.take(life.SIGN, document)

    successor = desk.document(desk.document(document).replaced_by or 0)
    assert desk.root / successor.path == draft
    assert draft.is_file()
    assert desk.verify().advices == ()


def test_a_draft_that_a_killed_signing_left_is_moved_aside_by_the_next_step(
    desk_on_sqlite: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from docgen.office.life.signing import Signing

    desk = desk_on_sqlite
    document = in_state(desk, State.REVIEWED)
    draft, content = desk.file(document), desk.file(document).read_bytes()
    with monkeypatch.context() as killed:
        killed.setattr(Signing, "clear_away", lambda *_: None)
        desk.take(life.SIGN, document)
    assert draft.is_file()

    desk.take(life.REQUEST, document)

    assert [each.read_bytes() for each in (draft.parent / "留存").iterdir()] == [content]
    assert not draft.exists()


def old_alarm(desk: Desk) -> int:
    """Record what two commands at once recorded before: a replacement decided on an older state."""
    document = in_state(desk, State.SEALED)
    old = desk.document(document)
    desk.take(life.ISSUE, document)
    with desk.office().register.writing() as books:
        books.add(
            Deed(
                "替换",
                DAY,
                "陶映雪",
                "",
                document,
                old.state,
                old.state,
                changes=(old.change(reason=""),),
                held=HELD,
            )
        )
    return desk.verify().head[0]


@on_sqlite
def test_a_known_false_alarm_is_explained_by_a_leader_and_then_shown_as_such(desk: Desk) -> None:
    alarm = old_alarm(desk)
    assert [each.code for each in desk.verify().faults] == ["verify-step-out-of-order"]

    explain(desk.office(SIGNATORY), alarm, "与印发同时登记，已核对原件")

    verified = desk.verify()
    assert verified.faults == ()
    (told,) = (each for each in verified.advices if each.code == "alarm-explained")
    assert f"登记第{alarm}条的“替换”" in told.text
    assert f"{SIGNATORY}于 {DAY} 说明（第{alarm + 1}条）：与印发同时登记，已核对原件" in told.text
    with desk.office().register.reading() as books:
        entry = books.entry(alarm + 1)
    assert entry
    assert (entry.deed.step, entry.deed.about, entry.deed.actor) == ("说明", alarm, SIGNATORY)


def test_an_explained_entry_does_not_hide_what_follows_it(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    alarm = old_alarm(desk)
    explain(desk.office(SIGNATORY), alarm, "与印发同时登记")
    document = desk.document(1)
    with desk.office().register.writing() as books:
        row, reviewer = document.change(state=State.NUMBERED), Held("", ("核稿",), "0" * 64)
        books.add(
            Deed("退回", DAY, "陶映雪", "", 1, document.state, State.NUMBERED, changes=(row,), held=reviewer)
        )

    assert [each.values["seq"] for each in desk.verify().faults] == [alarm + 2]


@pytest.mark.parametrize(
    ("about", "by", "remark", "refused"),
    [
        (0, "陶映雪", "已核对", "not-leading"),
        (0, SIGNATORY, "", "reason-missing"),
        (-1, SIGNATORY, "已核对", "entry-not-explainable"),
        (99, SIGNATORY, "已核对", "entry-not-explainable"),
    ],
)
def test_only_such_an_alarm_is_explained_with_a_reason_by_a_leader(
    desk_on_sqlite: Desk, about: int, by: str, remark: str, refused: str
) -> None:
    desk = desk_on_sqlite
    alarm = old_alarm(desk)

    with pytest.raises(DocgenError) as fault:
        explain(desk.office(by), alarm + about, remark)

    assert faults_of(fault.value) == (refused,)
    assert desk.verify().head[0] == alarm


def test_a_step_that_changes_the_state_out_of_order_cannot_be_explained(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    document = desk.document(in_state(desk, State.NUMBERED))
    with desk.office().register.writing() as books:
        row = document.change(state=State.SEALED)
        books.add(
            Deed(
                "印发", DAY, "陶映雪", "", document.id, State.SEALED, State.ISSUED, changes=(row,), held=HELD
            )
        )
    seq = desk.verify().head[0]

    with pytest.raises(DocgenError) as fault:
        explain(desk.office(SIGNATORY), seq, "已核对")

    assert faults_of(fault.value) == ("entry-not-explainable",)


def test_the_command_explains_and_says_so(desk_on_sqlite: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    from docgen.cli.main import run

    alarm = old_alarm(desk_on_sqlite)
    asked = ["--json", "-C", str(desk_on_sqlite.root), "--by", SIGNATORY, "--date", DAY.isoformat()]

    assert run([*asked, "doc", "explain", str(alarm), "--remark", "与印发同时登记"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["entry"], "接不上" in told["explained"]) == (alarm, True)
    assert run(["-C", str(desk_on_sqlite.root), "verify"]) == 0
    assert "说明（第" in capsys.readouterr().err
