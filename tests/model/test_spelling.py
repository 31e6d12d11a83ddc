"""What a reader cannot tell apart is one name; what no name consists of is no name."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from docgen.model.names import plain
from docgen.model.spelling import COMMON, FORMS, NotAName, odd_characters, organ_name, person_name

UNSEEN = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200d\u2060"
    "\u2063\u206a\u2800\u3164\ufe00\ufe0f\uffa0\U000e0101\U000e0041"
)
MARKS = "\u0301\u0300\u0323\u20dd\u302a\u0489"
HANZI = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
NAMES = st.text(HANZI, min_size=1, max_size=6)
RADICALS = st.characters(min_codepoint=0x2F00, max_codepoint=0x2FD5)
COMPATIBLE = st.one_of(
    st.characters(min_codepoint=0xF900, max_codepoint=0xFAD9),
    st.characters(min_codepoint=0x2F800, max_codepoint=0x2FA1D),
)
DOTS = "·•‧∙⋅・･⸱."


@given(
    NAMES, st.lists(st.tuples(st.integers(0, 6), st.sampled_from(UNSEEN + MARKS + " \u3000\t")), max_size=4)
)
def test_what_a_reader_does_not_see_makes_no_other_name(name: str, put_in: list[tuple[int, str]]) -> None:
    written = name
    for place, character in put_in:
        written = written[:place] + character + written[place:]
    assert plain(written) == plain(name)


@given(NAMES, NAMES)
def test_other_hanzi_make_another_name(one: str, other: str) -> None:
    assume(one.translate(FORMS) != other.translate(FORMS))
    assert plain(one) != plain(other)


@given(st.one_of(RADICALS, COMPATIBLE), NAMES)
def test_a_form_of_a_hanzi_in_another_block_is_that_hanzi(form: str, name: str) -> None:
    common = unicodedata.normalize("NFKC", form.translate(COMMON))
    assert plain(name + form) == plain(name + common)
    if common != form:
        assert list(odd_characters(name + form)) == [(form, common)]


@pytest.mark.parametrize(
    ("one", "other"), [("Đan", "\u00d0an"), ("㒨甲", "\U00020457甲"), ("虁甲", "\U00027144甲")]
)
def test_what_stands_twice_in_unicode_is_one(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@given(st.sampled_from([chr(each) for each in FORMS]), NAMES)
def test_forms_of_one_hanzi_that_differ_in_a_stroke_are_one(form: str, name: str) -> None:
    assert plain(name + form) == plain(name + form.translate(FORMS))


@given(st.sampled_from(DOTS), NAMES, NAMES)
def test_the_dot_of_a_name_is_written_in_many_ways_and_kept_in_one(dot: str, one: str, other: str) -> None:
    assert plain(f"{one}{dot}{other}") == plain(f"{one}·{other}")
    assert person_name(f"{one}{dot}{other}") == f"{one}·{other}"


@given(st.text(max_size=8))
def test_a_name_that_is_taken_is_kept_and_stays_itself(text: str) -> None:
    for name_of in (person_name, organ_name):
        try:
            kept = name_of(text)
        except NotAName:
            continue
        assert name_of(kept) == kept
        assert plain(kept) == plain(text)
        assert not list(odd_characters(kept))


@given(NAMES, st.sampled_from(UNSEEN + MARKS), st.integers(0, 6))
def test_a_name_with_something_unseen_is_refused(name: str, character: str, place: int) -> None:
    written = name[:place] + character + name[place:]
    for name_of in (person_name, organ_name):
        with pytest.raises(NotAName, match=f"U\\+{ord(character):04X}"):
            name_of(written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("王芳", "王芳"),
        ("温𫖯", "温𫖯"),
        ("买买提.艾力", "买买提·艾力"),
        ("阿不都热合曼•买买提", "阿不都热合曼·买买提"),
        ("王明(水利)", "王明（水利）"),
        ("John Smith", "John Smith"),
        ("J. K. Müller-Lüdenscheidt", "J. K. Müller-Lüdenscheidt"),
        ("A·史密斯", "A·史密斯"),
    ],
)
def test_names_of_people_are_taken(written: str, kept: str) -> None:
    assert person_name(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "",
        "·",
        "王·",
        "·王",
        "王··芳",
        "12",
        "王芳1",
        "王ㄧ",
        "王А",
        "ο",
        "王\ue000",
        "王、李",
        "ニ郎",
        "㇐",
        "（王）",
        "王 芳",
    ],
)
def test_what_is_no_name_of_a_person_is_refused(written: str) -> None:
    with pytest.raises(NotAName):
        person_name(written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("澄湖县自然资源局(筹)", "澄湖县自然资源局（筹）"),
        ("12345热线", "12345热线"),
        ("“放管服”改革协调办", "“放管服”改革协调办"),
        ("一〇三团", "一〇三团"),
        ("ABC Holding", "ABC Holding"),
    ],
)
def test_names_of_organs_are_taken(written: str, kept: str) -> None:
    assert organ_name(written) == kept


@pytest.mark.parametrize("written", ["", " ", "县自然资源局\ue000", "县Аb局", "-局", "局 "])
def test_what_is_no_name_of_an_organ_is_refused(written: str) -> None:
    with pytest.raises(NotAName):
        organ_name(written)
