"""What a mechanism calls the levels of government."""

from __future__ import annotations

import pytest

from docgen.model.mechanism import Mechanism
from docgen.model.values import Level


def called(*words: str) -> list[str]:
    mechanism = Mechanism.model_construct(level_words=words, phone="0990-7000000")
    return [mechanism.level_word(each) for each in Level]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), ["乡镇级", "县级", "市级", "省级", "国家级"]),
        (("旗县级", "盟市级", "自治区级", "国家级"), ["乡镇级", "旗县级", "盟市级", "自治区级", "国家级"]),
        (("旗县级", "盟市级"), ["乡镇级", "旗县级", "盟市级", "省级", "国家级"]),
        (("苏木级", "旗级", "盟级", "自治区级", "国家级"), ["苏木级", "旗级", "盟级", "自治区级", "国家级"]),
        (("区县", "地市", "全省", "全国"), ["乡镇级", "区县", "地市", "全省", "全国"]),
    ],
)
def test_each_level_has_the_word_that_means_it(words: tuple[str, ...], expected: list[str]) -> None:
    """Any number of words, each for the level it means; four that mean none, by their places from the county on."""
    assert called(*words) == expected


def test_words_that_mean_no_level_are_asked_about() -> None:
    """A word that could be any level is not used, and the office is asked."""
    mechanism = Mechanism.model_construct(level_words=("旗县级", "上级"), phone="0990-7000000")
    (doubt,) = mechanism.doubts()
    assert doubt.name == "level_words"
    assert "看不出“上级”是哪一级" in doubt.words


def test_a_town_stands_below_a_county() -> None:
    """Levels are compared by rank: what is above the mechanism's own level is superior."""
    assert [each.rank for each in (Level.TOWN, Level.COUNTY, Level.NATION)] == [0, 1, 4]
    assert Level.words()["苏木级"] is Level.TOWN
