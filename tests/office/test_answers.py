"""An answer is the same for every shell: its JSON fields, its exit code, and what to do next."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from docgen.errors import DATA_WRONG, DONE, NOT_ALLOWED, WRONG_USE, Advice, DocgenError, Problems
from docgen.office.answers.answer import Answer, exit_code_of, flat
from docgen.office.answers.files import of_files, of_start
from docgen.office.answers.register import commands_of, of_mandates, of_story
from docgen.office.life.finding import Story
from docgen.office.life.mandates import Standing, standing
from docgen.register.document import Document
from docgen.register.life import STEPS, State, allowed_after
from docgen.register.mandate import Mandate
from docgen.register.refusals import NoReason, WrongState

REFUSED = WrongState("12号草稿", "作废", "签发", ())
UNREASONED = NoReason("作废")
MANDATE = Mandate(
    id=1, title="工作机制", number="澄政办发〔2025〕18号", clause="第五条", principal="办公室",
    stamping_unit="县发改委", start=date(2026, 1, 1), end=date(2026, 12, 31), entry=1,
)  # fmt: skip


def document(state: State) -> Document:
    return Document(
        id=7, key="3|县水利局", edition=1, kind="告知函", title="告知函", subject="第3号", addressee="县水利局",
        state=state, day=date(2026, 3, 16), dated=date(2026, 3, 16), path="out/a.docx", sha256="a" * 64, sm3="",
        template_digest="", data_digest="", drafter="陶映雪", entry=2,
    )  # fmt: skip


def story(state: State) -> Story:
    return Story(document(state), (), allowed_after(state), None, None, None)


@pytest.mark.parametrize(
    ("faults", "code"),
    [
        ((), DONE),
        ((REFUSED,), NOT_ALLOWED),
        ((REFUSED, REFUSED), NOT_ALLOWED),
        ((REFUSED, UNREASONED), DATA_WRONG),
        ((Problems((UNREASONED, Problems((UNREASONED,)))),), WRONG_USE),
    ],
)
def test_the_exit_code_is_that_of_all_faults_and_1_where_they_differ(
    faults: tuple[DocgenError, ...], code: int
) -> None:
    assert Answer(faults=faults).exit_code == code
    assert not faults or exit_code_of(faults) == code


def test_a_code_that_is_given_holds_whatever_the_faults_say() -> None:
    assert Answer(faults=(REFUSED,), code=DATA_WRONG).exit_code == DATA_WRONG


def test_gathered_faults_are_taken_apart_in_their_order() -> None:
    gathered = Problems((REFUSED, Problems((UNREASONED,)), REFUSED))
    assert flat([gathered, UNREASONED]) == [REFUSED, UNREASONED, REFUSED, UNREASONED]


def test_json_begins_with_what_every_command_has_and_adds_the_commands_own() -> None:
    answer = Answer({"files": ["a.pdf"]}, (REFUSED,), (Advice("date-moved", "请核对"),), "下一步")
    assert list(answer.as_json("pdf").items()) == [
        ("command", "pdf"),
        ("exit_code", NOT_ALLOWED),
        (
            "problems",
            [{"code": "step-wrong-state", "message": str(REFUSED), "values": dict(REFUSED.values)}],
        ),
        ("advices", [{"code": "date-moved", "text": "请核对"}]),
        ("files", ["a.pdf"]),
    ]


def test_paths_are_written_by_the_shell() -> None:
    assert of_files([Path("/w/a.docx")], lambda path: f"<{path.name}>").fields == {"files": ["<a.docx>"]}
    assert of_start(Path("/w"), str).fields == {"folder": "/w"}


@pytest.mark.parametrize("state", list(State))
def test_every_step_that_may_follow_has_its_command(state: State) -> None:
    offered = commands_of(story(state))
    assert tuple(step for step, _ in offered) == allowed_after(state)
    assert all(line.split(" ")[3] == "7" for _, line in offered)


def test_every_step_that_people_take_is_offered_in_some_state() -> None:
    offered = {step for state in State for step, _ in commands_of(story(state))}
    assert offered == {each.name for each in STEPS if not each.automatic}


def test_a_document_that_is_over_says_so_instead_of_a_next_step() -> None:
    assert of_story(story(State.ARCHIVED)).next_step == "这件公文已经办结，不再变动。"
    assert of_story(story(State.DRAFTED)).next_step == ""
    assert json.loads(json.dumps(of_story(story(State.ARCHIVED)).fields, default=str))["next_steps"] == []


@pytest.mark.parametrize(
    ("today", "ended_by", "stands"),
    [
        (date(2025, 12, 31), "", Standing.NOT_YET),
        (date(2026, 1, 1), "", Standing.IN_FORCE),
        (date(2026, 12, 31), "", Standing.IN_FORCE),
        (date(2027, 1, 1), "", Standing.EXPIRED),
        (date(2026, 12, 31), "万里舟", Standing.ENDED),
        (date(2025, 12, 31), "万里舟", Standing.ENDED),
    ],
)
def test_a_mandate_stands_by_its_days_and_none_that_was_ended_is_in_force(
    today: date, ended_by: str, stands: Standing
) -> None:
    mandate = Mandate(**{name: getattr(MANDATE, name) for name in MANDATE.__slots__} | {"ended_by": ended_by})
    assert standing(mandate, today) is stands
    (shown,) = of_mandates([mandate], today).fields["mandates"]
    assert shown["in_force"] is (stands is Standing.IN_FORCE)
