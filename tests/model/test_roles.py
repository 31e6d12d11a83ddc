"""Roles are a closed list: what a word in a post says gives nobody anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.roles import LISTED, ROLES, Capacity, RoleList, capacities_on_record

HEADS = (
    "总召集人", "副总召集人", "召集人", "副召集人", "组长", "常务副组长", "副组长", "总指挥", "副总指挥", "指挥长",
    "副指挥长", "办公室主任", "办公室常务副主任", "办公室副主任",
)  # fmt: skip


@pytest.mark.parametrize("word", HEADS)
def test_heads_of_mechanism_and_office_may_sign(word: str) -> None:
    assert Capacity.HEAD in LISTED.capacities([word])


@pytest.mark.parametrize(
    "word",
    ["原办公室主任", "前办公室副主任", "拟任组长", "非负责人", "后勤负责人", "办公室主任助理", "总召集人（县长）",
     "主任", "负责人", "专项工作组组长", "跟进组组长", "专班负责人", "成员", "联络员", "经办", "核稿", "监印"],
)  # fmt: skip
def test_nobody_else_may(word: str) -> None:
    assert Capacity.HEAD not in LISTED.capacities([word])


@given(
    st.sampled_from([each.name for each in ROLES]),
    st.text("原前拟任非副代 的（）县长办公室", min_size=1, max_size=4),
)
def test_words_around_a_role_make_it_another_or_none(word: str, more: str) -> None:
    for written in (word + more, more + word):
        role = LISTED.role(written)
        assert role is None or role.name != word or not more.strip()


def test_several_roles_give_what_each_of_them_gives() -> None:
    assert LISTED.capacities(["经办", "核稿"]) == (Capacity.REVIEWER, Capacity.CLERK)


def test_a_mechanism_names_its_own_heads_and_other_roles() -> None:
    own = RoleList(("总协调人",), ("顾问",))
    assert Capacity.HEAD in own.capacities(["总协调人"])
    assert own.capacities(["顾问"]) == ()
    assert own.role("顾问")
    assert LISTED.role("总协调人") is None


def test_the_mechanisms_own_names_change_nothing_in_the_list() -> None:
    own = RoleList(("成员", "经办"), ("办公室主任",))
    assert own.capacities(["成员"]) == LISTED.capacities(["成员"])
    assert own.capacities(["经办"]) == LISTED.capacities(["经办"])
    assert Capacity.HEAD in own.capacities(["办公室主任"])


@given(
    st.lists(st.sampled_from([*(each.name for each in ROLES), "总协调人", "顾问"]), max_size=3, unique=True)
)
def test_an_entry_tells_what_the_roles_gave(words: list[str]) -> None:
    own = RoleList(("总协调人",), ("顾问",))
    assert capacities_on_record(own.recorded(words)) == own.capacities(words)


def test_each_word_means_one_role() -> None:
    words = [word for each in ROLES for word in (each.name, *each.also)]
    assert len(words) == len(set(words))
