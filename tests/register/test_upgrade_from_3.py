"""A register of version 3, whose entries do not say roles: nothing of it is judged by what came later."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest
from desks import DRAFTER, KEEPER, REVIEWER, SIGNATORY, Desk, refused

from docgen.register import life
from docgen.register.faults import RegisterDamaged
from docgen.register.life import State
from docgen.register.record import Deed

KEPT = Path(__file__).with_name("version3") / "workspace.zip"
ENTRIES = 51
HEAD = "dec3f6500c7ec334aa3e2358f9e83099d972aad65c6c5789240be5443820db50"


@pytest.fixture
def old(tmp_path: Path) -> Desk:
    root = tmp_path / "工作区"
    with zipfile.ZipFile(KEPT) as packed:
        packed.extractall(root)
    return Desk(root)


def test_what_version_3_allowed_stands_after_the_upgrade(old: Desk) -> None:
    verified = old.verify(HEAD)

    assert (verified.faults, verified.entries) == ((), ENTRIES + 1)
    said = {each.code for each in verified.advices}
    assert said.isdisjoint(("verify-actor-unknown", "verify-role-unknown", "verify-people-unread")), said


def test_documents_keep_what_they_were_made_for(old: Desk) -> None:
    with old.office().register.reading() as books:
        (upgrade,) = books.taken("升级")

    assert upgrade.deed.changes == ()
    assert "由版本3升级到版本5" in upgrade.deed.remark


def test_sheets_of_that_time_are_read_and_their_words_said_to_be_old(old: Desk) -> None:
    reading = old.workspace.read()

    assert reading.faults == ()
    # what those sheets lack today, 无需办理理由, is asked about too
    assert [each.code for each in reading.advices] == [
        "value-doubtful",
        "role-old",
        "role-old",
        "doubts-answer",
    ]


def test_the_work_goes_on_by_the_rules_of_today(old: Desk) -> None:
    assert refused(old, life.APPLY, 3, by="俞静姝") == ("duty-broken",)
    old.take(life.APPLY, 3, by=KEEPER)
    old.take(life.ISSUE, 3, by=DRAFTER)
    old.take(life.REVIEW, 11, by=REVIEWER)
    old.take(life.SIGN, 11, by=SIGNATORY)

    assert old.document(2).state is State.REPLACED
    held = old.story(11).entries[-1].deed.held
    assert held
    assert held.roles == ("办公室主任",)
    assert old.verify(HEAD).faults == ()


def test_once_entries_say_roles_each_of_them_does(old: Desk) -> None:
    old.take(life.ISSUE, 2, by=DRAFTER)
    office = old.office()
    with office.register.writing() as books:
        document = books.documents([11])[0]
        change = document.change(state=State.VOID, day="2026-03-16", reason="")
        books.add(
            Deed("作废", old.day, DRAFTER, "", 11, State.DRAFTED, State.VOID, "不要了", changes=(change,))
        )

    (fault,) = old.verify().faults
    assert "没有记下办理人的机制职务" in str(fault)


def test_a_version_that_somebody_set_back_is_not_upgraded_again(desk_on_sqlite: Desk) -> None:
    desk = desk_on_sqlite
    desk.draft("3", units=("县水利局",))
    with sqlite3.connect(desk.workspace.register_path) as connection:
        connection.execute("UPDATE setting SET value = '3' WHERE name = 'version'")
    connection.close()

    with pytest.raises(RegisterDamaged):
        desk.verify()
