"""How names are compared, found and turned into file names."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.model.names import file_name_of, matching, nearest, nearest_of_each, plain

NAMES = st.text("县市发改委自然资源局ABab12１Ａ（）()〔〕 \u3000\u200b—-·“”", max_size=12)
UNITS = [
    "澄湖县发展和改革委员会",
    "县发改委",
    "澄湖县自然资源局",
    "县自然资源局",
    "安澜市自然资源局",
    "市自然资源局",
]
FORBIDDEN = '/\\:*?"<>|'
RESERVED = ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))


@pytest.mark.parametrize(
    "written",
    [
        "立项(备案)",
        "立项（备案）",
        "立项〔备案〕",
        "立项【备案】",
        " 立 项（备案） ",
        "立项\n（备案）",
        "立项\u200b（备案）",
        "立项\u200e（备案）",
    ],
)
def test_width_brackets_and_white_space_do_not_make_another_name(written: str) -> None:
    assert plain(written) == plain("立项（备案）")


def test_case_and_width_of_letters_do_not_make_another_name() -> None:
    assert plain("ＤＮ100") == plain("dn１００")


@pytest.mark.parametrize(
    ("one", "other"),
    [("县水利局", "市水利局"), ("一期", "二期"), ("立项（备案）", "立项（核准）"), ("〇", "0")],
)
def test_names_that_differ_in_a_character_are_two(one: str, other: str) -> None:
    assert plain(one) != plain(other)


@given(NAMES)
def test_a_plain_name_is_plain(name: str) -> None:
    assert plain(plain(name)) == plain(name)


@given(NAMES, st.text(" \u3000\n\t\u200b\ufeff\u202c", max_size=3))
def test_white_space_anywhere_changes_nothing(name: str, space: str) -> None:
    assert plain(space.join(name)) == plain(name)


def test_a_name_that_fits_exactly_is_meant_alone() -> None:
    candidates = [("县", ("澄湖县自然资源局", "县自然资源局")), ("分局", ("澄湖县自然资源局开发区分局",))]
    assert matching("澄湖县自然资源局", candidates) == ["县"]
    assert matching("县自然资源局", candidates) == ["县"]


def test_a_part_of_names_means_all_that_contain_it() -> None:
    candidates = [(1, ("1", "供水管网改造一期")), (2, ("2", "供水管网改造二期")), (3, ("3", "风电"))]
    assert matching("供水管网", candidates) == [1, 2]
    assert matching("二 期", candidates) == [2]
    assert matching("光伏", candidates) == []


def test_nothing_means_nothing() -> None:
    assert matching("", [(1, ("甲",))]) == []
    assert matching(" \u200b", [(1, ("甲",))]) == []
    assert nearest("", UNITS) == ()


@given(NAMES, st.lists(NAMES, max_size=6))
def test_what_is_matched_has_the_name_or_contains_it(asked: str, names: list[str]) -> None:
    found = matching(asked, [(name, (name,)) for name in names])
    assert all(plain(asked) in plain(name) for name in found)
    if plain(asked) and any(plain(asked) == plain(name) for name in names):
        assert all(plain(asked) == plain(name) for name in found)


def test_the_nearest_name_comes_first() -> None:
    assert nearest("县发该委", UNITS)[0] == "县发改委"
    assert nearest("县自然资源", UNITS)[0] == "县自然资源局"
    assert nearest("黄金周", UNITS) == ()


def test_a_text_far_longer_than_any_name_is_not_compared_letter_by_letter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def compare(*texts: object, **how: object) -> None:
        raise AssertionError((texts, how))

    monkeypatch.setattr("docgen.model.names.SequenceMatcher", compare)
    assert nearest("县发局改委" * 6000, UNITS) == ()
    assert "县发改委" in nearest("县发改委" * 6000, UNITS)


def test_the_nearest_things_are_each_offered_once_and_never_by_number() -> None:
    things = [("3", "澄湖县自然资源局", "县自然资源局"), ("31", "安澜市自然资源局", "市自然资源局")]
    assert nearest_of_each("自然资源局", things) == ("县自然资源局", "市自然资源局")
    assert nearest_of_each("3", things) == ()


@given(NAMES, st.lists(NAMES, max_size=8), st.integers(1, 4))
def test_the_nearest_names_are_known_ones_and_no_more_than_asked(
    asked: str, known: list[str], most: int
) -> None:
    found = nearest(asked, known, most)
    assert len(found) <= most
    assert len(set(found)) == len(found)
    assert set(found) <= set(known)


@given(st.text("县市发改水利", max_size=6), st.lists(st.text("县市发改水利", max_size=8), max_size=6))
def test_every_name_that_agrees_in_half_its_letters_is_near(asked: str, known: list[str]) -> None:
    alike = {each for each in known if SequenceMatcher(None, asked, each, autojunk=False).ratio() >= 0.5}
    assert not asked or alike - {""} <= set(nearest(asked, known, len(known)))


@given(NAMES.filter(plain), st.lists(NAMES, max_size=6))
def test_a_name_itself_is_the_nearest(asked: str, known: list[str]) -> None:
    assert plain(nearest(asked, [*known, asked])[0]) == plain(asked)


@given(st.text(max_size=400))
def test_a_file_name_is_safe_everywhere(text: str) -> None:
    name = file_name_of(text)
    assert 0 < len(name.encode()) <= 180
    assert not set(name) & set(FORBIDDEN)
    assert all(unicodedata.category(each)[0] != "C" for each in name)
    assert name == name.strip(" .")
    assert name.split(".")[0].casefold() not in RESERVED


@given(st.text(st.characters(categories=["L", "N"]), min_size=100, max_size=300), st.integers(0, 99))
def test_two_long_texts_are_two_file_names(text: str, at: int) -> None:
    other = text[:at] + ("甲" if text[at] != "甲" else "乙") + text[at + 1 :]
    assert file_name_of(text + "县" * 60) != file_name_of(other + "县" * 60)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("关于办理“零碳”园区前期手续的函", "关于办理“零碳”园区前期手续的函"),
        ("A/B线改造", "A／B线改造"),
        ("../../etc/passwd", "／..／etc／passwd"),
        ("", "_"),
        ("...", "_"),
        ("CON", "_CON"),
        ("nul.docx", "_nul.docx"),
        ("COM¹", "_COM¹"),
        ("conin$", "_conin$"),
        ("安澜\u200b市\u202e水利局\n", "安澜市水利局"),
        ("郝喆𫖯", "郝喆𫖯"),
        ("项" * 60, "项" * 60),
    ],
)
def test_a_file_name_still_reads_like_the_text(text: str, name: str) -> None:
    assert file_name_of(text) == name


def test_a_long_file_name_is_cut_between_characters() -> None:
    name = file_name_of("项" * 61)
    assert name.startswith("项" * 57 + "~")
    assert len(name) == 57 + 7


@pytest.mark.parametrize(
    ("asked", "known", "near"),
    [
        ("县教体局", ["县发改局", "县审批局", "县工信局"], ()),
        ("县民政局", ["县人民政府", "县政府办"], ()),
        ("县水利局", ["县水务局", "县发改局"], ("县水务局",)),
        ("县自然资源局", ["县自然资源和规划局", "县林业局"], ("县自然资源和规划局",)),
    ],
)
def test_an_organ_is_not_taken_for_another_that_is_only_of_the_same_kind(
    asked: str, known: list[str], near: tuple[str, ...]
) -> None:
    """A guess that stands in a sheet for confirming is soon confirmed."""
    assert nearest(asked, known) == near
