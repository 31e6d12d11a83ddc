"""An entry changes what its step changes: one that changes more is found, although every digest is right."""

from __future__ import annotations

from typing import Any

import pytest
from desks import DAY, Desk

from docgen.register.effects import EFFECTS
from docgen.register.life import DEEDS, STEPS, State
from docgen.register.record import FOUNDED, TAKEN_OVER, UPGRADED, Deed, FileRole, FileSeen, Held

CLERK = Held("重大项目股股长", ("经办",), "0" * 64)
SIGNED, DRAFTED = 1, 2


def test_every_step_says_what_it_changes() -> None:
    known = {each.name for each in (*STEPS, *DEEDS)}
    assert EFFECTS.keys() == known | {FOUNDED, TAKEN_OVER, UPGRADED}


def add(desk: Desk, deed: Deed) -> list[str]:
    """Add an entry as somebody does who knows the format, and return what is said of it."""
    with desk.office().register.writing() as books:
        books.add(deed)
    last = desk.verify().head[0]
    found = [each for each in desk.verify().faults if each.values.get("seq") == last]
    assert {each.code for each in found} <= {"verify-rule-broken"}
    return [each.values["reason"] for each in found]


@pytest.mark.parametrize(
    ("step", "row", "said"),
    [
        ("更正", {"title": "另一个标题"}, "没有这个步骤"),
        ("预留编号", {"state": "作废"}, "改动了公文“1”，这一步不改state"),
        ("附件", {"signatory": "章立群", "day": "2026-03-16"}, "改动了公文“1”，这一步不改signatory"),
        ("替换", {"copies_sealed": 99}, "改动了公文“1”，这一步不改copies_sealed"),
    ],
)
def test_what_an_entry_changes_by_the_way_is_found(
    requested: tuple[Desk, int], step: str, row: dict[str, Any], said: str
) -> None:
    desk, document = requested
    about = document if step in ("附件", "替换") else None
    state = State.REQUESTED if about else None
    changes = (("document", document, row),)

    assert add(desk, Deed(step, DAY, "陶映雪", "", about, state, state, changes=changes, held=CLERK)) == [
        said
    ]


def test_an_entry_about_one_document_does_not_change_another(requested: tuple[Desk, int]) -> None:
    desk, document = requested
    changes = (("document", DRAFTED, {"day": "2026-03-16"}),)
    state = State.REQUESTED

    assert add(
        desk, Deed("附件", DAY, "陶映雪", "", document, state, state, changes=changes, held=CLERK)
    ) == ["改动了公文“2”，这一步办的不是这件公文"]


def test_a_row_gets_no_other_state_than_its_entry_says(reviewed: tuple[Desk, int]) -> None:
    desk, document = reviewed
    reviewer, changes = Held("", ("核稿",), "0" * 64), (("document", document, {"state": State.NUMBERED}),)
    deed = Deed(
        "退回", DAY, "方知远", "", document, State.REVIEWED, State.RETURNED, changes=changes, held=reviewer
    )

    assert add(desk, deed) == ["改动了公文“1”，改成的状态与这一步不符"]


OTHER = FileSeen(FileRole.ATTACHMENT, "", "1" * 64, "", 9)


@pytest.mark.parametrize(
    ("document", "is_named", "said"),
    [
        (SIGNED, True, "已经登记过的文件不能换成别的内容"),
        (SIGNED, False, "与这一条所写的文件不符"),
        (DRAFTED, True, "它属于别的公文"),
    ],
)
def test_a_file_on_record_is_not_recorded_over(
    requested: tuple[Desk, int], document: int, is_named: bool, said: str
) -> None:
    desk, signed = requested
    path, state = desk.document(document).path, State.REQUESTED
    seen = FileSeen(OTHER.role, path, OTHER.sha256, OTHER.sm3, OTHER.size)
    deed = Deed(
        "附件", DAY, "陶映雪", "", signed, state, state, "", (seen,) * is_named, (seen.change(signed),), CLERK
    )

    assert add(desk, deed) == [f"改动了文件“{path}”，{said}"]


@pytest.mark.parametrize(
    "role", [FileRole.FINAL, FileRole.SUBMITTED, FileRole.BAG, FileRole.SET_ASIDE, "原件"]
)
def test_nothing_is_attached_as_what_an_attachment_is_not(requested: tuple[Desk, int], role: str) -> None:
    """Another file on record as the 正本 of a number would be told as that by who verifies a copy in his hands."""
    desk, document = requested
    seen = FileSeen(role, "out/另一份.docx", "1" * 64, "", 9)
    state, changes = State.REQUESTED, (seen.change(document),)
    deed = Deed("附件", DAY, "陶映雪", "", document, state, state, "", (seen,), changes, CLERK)

    assert add(desk, deed) == [f"改动了文件“{seen.path}”，这一步不登记{role}"]


def test_a_document_has_no_other_digest_than_the_file_that_its_entry_names(
    reviewed: tuple[Desk, int],
) -> None:
    desk, document = reviewed
    row = desk.document(document)
    seen = FileSeen(FileRole.DRAFT, row.path, row.sha256, row.sm3, 9)
    reviewer, changes = Held("", ("核稿",), "0" * 64), (("document", document, {"sha256": "1" * 64}),)
    deed = Deed(
        "核稿", DAY, "方知远", "", document, State.REVIEWED, State.REVIEWED, "", (seen,), changes, reviewer
    )

    assert add(desk, deed) == [f"改动了公文“{document}”，与这一条所写的文件不符"]
