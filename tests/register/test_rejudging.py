"""Steps taken on the strength of a row that somebody changed and put back: the chain still tells."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from desks import DRAFTER, SIGNATORY, STAMPING_UNIT, Desk, change_person, on_sqlite

from docgen.model.roles import RoleList
from docgen.office.life import mandates
from docgen.register import life
from docgen.register.databases import address_of, connected
from docgen.register.duties import Act, Actor, failings
from docgen.register.faults import RegisterDamaged
from docgen.register.life import DEEDS, STEPS, State, Step
from docgen.register.mandate import Mandate
from docgen.register.rejudging import judged


@pytest.fixture
def drafted(desk: Desk) -> int:
    desk.grant()
    return desk.draft("3", units=("县水利局",))[0].id


def run(desk: Desk, *statements: str, **values: Any) -> list[Any]:
    """Do to the database what an attacker does to it, and return the rows of the last statement."""
    url = desk.workspace.settings.register_at.url or desk.workspace.register_path
    rows: list[Any] = []
    with connected(address_of(url), write=True) as connection:
        for each in statements:
            asked = [values[name] for name in re.findall(r":(\w+)", each)]
            found = connection.driver.cursor()
            found.execute(connection._worded(re.sub(r":\w+", "?", each)), asked)
            rows = list(found) if found.description else []
    return rows


@contextmanager
def changed(desk: Desk, change: str, back: str) -> Iterator[None]:
    run(desk, change)
    yield
    run(desk, back)


def codes(desk: Desk) -> set[str]:
    return {each.code for each in desk.verify().faults}


def test_a_seal_under_a_mandate_that_had_ended_is_found(desk: Desk, drafted: int) -> None:
    desk.lead([drafted], State.APPROVED)
    mandates.end(desk.office(SIGNATORY), "1", "机构改革")
    was = run(desk, 'SELECT "end", ended_by, remark FROM mandate WHERE id = 1')[0]
    with changed(
        desk,
        "UPDATE mandate SET \"end\" = '', ended_by = '' WHERE id = 1",
        f"UPDATE mandate SET \"end\" = '{was[0]}', ended_by = '{was[1]}' WHERE id = 1",
    ):
        desk.take(life.APPLY, drafted)
    assert codes(desk) == {"verify-rule-broken"}


@on_sqlite
def test_an_applicant_who_approved_is_found(desk: Desk, drafted: int) -> None:
    desk.lead([drafted], State.NUMBERED)
    desk.take(life.REQUEST, drafted, by=SIGNATORY)
    with changed(
        desk,
        f"UPDATE document SET applicant = '{DRAFTER}'",
        f"UPDATE document SET applicant = '{SIGNATORY}'",
    ):
        desk.take(life.APPROVE, drafted, by=SIGNATORY)
    assert codes(desk) == {"verify-rule-broken"}


@on_sqlite
def test_a_keeper_of_another_unit_is_found(desk: Desk, drafted: int) -> None:
    desk.lead([drafted], State.APPROVED)
    duty = life.Duty.KEEPER_OF_STAMPING_UNIT.value
    with changed(desk, f"INSERT INTO duty (id, loosened, entry) VALUES ('{duty}', 1, 1)", "DELETE FROM duty"):
        change_person(desk, 22, 机制职务="监印")
        desk.take(life.APPLY, drafted, by="高岩松")
    assert codes(desk) == {"verify-rule-broken"}


@on_sqlite
def test_a_seal_on_another_file_is_found(desk: Desk, drafted: int) -> None:
    from docgen.digests import digests_of

    desk.lead([drafted], State.APPROVED)
    path, signed = desk.file(drafted), desk.file(drafted).read_bytes()
    was, other = digests_of(signed), digests_of(signed + b"\0")
    path.write_bytes(signed + b"\0")
    with changed(
        desk,
        f"UPDATE document SET sha256 = '{other.sha256}', sm3 = '{other.sm3}'",
        f"UPDATE document SET sha256 = '{was.sha256}', sm3 = '{was.sm3}'",
    ):
        desk.take(life.APPLY, drafted)
    path.write_bytes(signed)
    assert codes(desk) == {"verify-rule-broken"}


def test_a_number_given_twice_is_found(desk: Desk) -> None:
    first, second = (each.id for each in desk.draft("3")[:2])
    desk.lead([first], State.NUMBERED)
    desk.take(life.REVIEW, second)
    folder = desk.file(first).parent
    aside = folder.rename(folder.with_name("aside"))
    was = run(desk, "SELECT * FROM number")[0]
    run(desk, "DELETE FROM number")
    desk.take(life.SIGN, second)
    for each in aside.iterdir():
        each.rename(folder / each.name)
    assert len(was) > 0
    assert {"verify-row-twice", "verify-number-mismatch"} <= codes(desk)


SWALLOWING: dict[str, Callable[[str], str]] = {
    "sqlite": lambda table: (
        f"CREATE TRIGGER swallow BEFORE INSERT ON {table} BEGIN SELECT RAISE(IGNORE); END"
    ),
    "postgresql": lambda table: f"CREATE RULE swallow AS ON INSERT TO {table} DO INSTEAD NOTHING",
}


@pytest.mark.parametrize("table", ["number", "entry"])
def test_what_swallows_writes_is_found_and_nothing_is_said_to_be_recorded(
    desk: Desk, drafted: int, table: str
) -> None:
    desk.take(life.REVIEW, drafted)
    kind = "postgresql" if desk.workspace.settings.register_at.url else "sqlite"
    run(desk, SWALLOWING[kind](table))
    with pytest.raises(RegisterDamaged):
        desk.take(life.SIGN, drafted)
    assert desk.document(drafted).state is State.REVIEWED
    assert "verify-schema-altered" in codes(desk)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE other (id INTEGER)",
        "CREATE INDEX other ON document (title)",
        "DROP INDEX document_state",
        "ALTER TABLE number ADD COLUMN other TEXT",
        "CREATE VIEW other AS SELECT * FROM entry",
    ],
)
def test_another_structure_is_found(desk_on_sqlite: Desk, statement: str) -> None:
    desk_on_sqlite.draft("3", units=("县水利局",))
    run(desk_on_sqlite, statement)
    assert codes(desk_on_sqlite) == {"verify-schema-altered"}


PEOPLE = {"drafter": "甲", "reviewer": "戊", "applicant": "乙", "approver": "丙"}
GRANTED = {
    "title": "通知", "number": "1号", "clause": "第二条", "principal": "办公室", "stamping_unit": STAMPING_UNIT,
    "kinds": "告知函", "start": "2026-01-01", "end": "2026-12-31", "entry": 1,
}  # fmt: skip
TABLES: dict[str, dict[Any, dict[str, Any]]] = {
    "document": {1: {"kind": "告知函", "sha256": "a", "mandate": 1, **PEOPLE}},
    "mandate": {1: GRANTED},
    "duty": {},
}


def entry(step: Step, actor: str, unit: str, **more: Any) -> dict[str, Any]:
    """Return the body of an entry, as far as rules look at it."""
    return {
        "seq": 9, "step": step.name, "document": 1, "before": step.before[0].value, "actor": actor, "unit": unit,
        "day": "2026-03-16", "files": [{"sha256": "a"}], "changes": [["document", 1, {"mandate": 1}]],
        **more,
    }  # fmt: skip


ACTORS = ("甲", "乙", "丙", "丁", "戊\u3164")
ROLES = ("召集人", "成员", "监印", "总协调人=负责人", "原办公室主任", None)


@pytest.mark.parametrize("step", [each for each in STEPS if each.duties], ids=lambda step: step.name)
def test_an_entry_is_judged_again_as_the_step_was(step: Step) -> None:
    for actor, unit, role in itertools.product(ACTORS, (STAMPING_UNIT, "县水利局"), ROLES):
        held = RoleList(("总协调人",)).capacities([role.split("=")[0]]) if role else None
        by = Actor(actor, (unit,), (role,) if role else (), held)
        act = Act(step, SimpleNamespace(**PEOPLE), by, Mandate.of_row({"id": 1, **GRANTED}), lambda _: True)
        refused = [duty.value for duty, _ in failings(act, ())]
        more: dict[str, Any] = {"roles": [role]} if role else {}
        found = [each.values["reason"] for each in judged(entry(step, actor, unit, **more), TABLES)]
        assert (actor, unit, role, found) == (actor, unit, role, refused)


def test_what_the_record_does_not_say_is_not_held_against_anybody() -> None:
    (duty,) = life.VOID.duties
    act = Act(life.VOID, SimpleNamespace(**PEOPLE), Actor("丁", capacities=()), None, lambda _: True)
    assert [each for each, _ in failings(act, ())] == [duty]
    assert list(judged(entry(life.VOID, "丁", ""), TABLES)) == []
    assert len(list(judged(entry(life.VOID, "丁", "", roles=[]), TABLES))) == 1


@pytest.mark.parametrize("deed", DEEDS, ids=lambda each: each.name)
def test_deeds_on_numbers_mandates_and_rules_are_judged_by_the_recorded_role(deed: Step) -> None:
    for role, refused in (("总召集人", False), ("成员", True), ("前办公室主任", True)):
        said = entry(life.DRAFT, "丁", "", roles=[role]) | {"step": deed.name, "document": None}
        assert bool(list(judged(said, TABLES))) is refused


@pytest.mark.parametrize(
    ("terms", "day", "said"),
    [
        ({}, "2027-01-01", "不含 2027-01-01"),
        ({"kinds": "通报"}, "2026-03-16", "不涵盖“告知函”"),
        ({"ended_by": "万里舟", "end": "2026-03-01"}, "2026-02-01", "已由万里舟登记终止"),
    ],
)
def test_a_mandate_that_did_not_serve_is_said_as_it_would_have_been(
    terms: dict[str, str], day: str, said: str
) -> None:
    tables = TABLES | {"mandate": {1: GRANTED | terms}}
    (found,) = judged(entry(life.APPLY, "丁", STAMPING_UNIT, day=day), tables)
    assert said in str(found)
