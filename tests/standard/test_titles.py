"""Titles break between words into a trapezoid or a diamond."""

from __future__ import annotations

import string
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.standard.measures.widths import ems
from docgen.standard.wording import titles as titles_of
from docgen.standard.wording.text import titled
from docgen.standard.wording.titles import LINE_EMS, break_title

settings.register_profile("titles", deadline=None)
settings.load_profile("titles")

WORDS = [
    "关于",
    "项目",
    "前期",
    "手续",
    "办理",
    "事项",
    "工作",
    "通知",
    "建设",
    "绿色",
    "会议",
    "推进",
    "县级",
    "生产线",
    "开发区",
    "的",
]
titles = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map("".join)
anything = st.text(
    st.sampled_from([*"项目建设澄湖县年产万吨的和《》“”（），。、—", *string.ascii_letters, *string.digits]),
    max_size=120,
)


def widths(text):
    return [round(ems(line), 3) for line in break_title(text)]


def is_shaped(each):
    """Whether widths rise, fall, or rise and then fall, strictly."""
    steps = [after - before for before, after in pairwise(each)]
    rising = next((place for place, step in enumerate(steps) if step <= 0), len(steps))
    return all(step < 0 for step in steps[rising:])


@given(titles)
def test_lines_join_to_the_title_are_not_empty_and_hold_20_characters_at_most(text):
    lines = break_title(text)
    assert "".join(lines) == text
    assert all(lines)
    assert all(ems(line) <= LINE_EMS for line in lines)


@given(anything)
def test_even_a_text_without_words_is_broken_into_lines_that_fit(text):
    lines = break_title(text)
    assert "".join(lines) == text
    assert all(0 < ems(line) <= LINE_EMS for line in lines)


@given(titles)
def test_lines_form_a_trapezoid_or_a_diamond(text):
    assert is_shaped(widths(text)), break_title(text)


@given(titles)
def test_no_line_is_a_lone_character(text):
    lines = break_title(text)
    assert len(lines) == 1 or all(len(line) > 1 for line in lines)


@given(titles, titles)
def test_a_line_feed_is_a_break_made_by_hand(first, second):
    assert break_title(f"{first}\n{second}") == break_title(first) + break_title(second)


@given(
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=8).map("".join),
)
def test_a_name_that_is_kept_is_not_broken(before, after):
    name = "澄湖县乌兰察布管委会"
    lines = break_title(before + name + after, keep=(name,))
    assert any(name in line for line in lines)


@pytest.mark.parametrize(
    ("text", "keep", "lines"),
    [
        ("关于召开会议的通知", (), ("关于召开会议的通知",)),
        (
            "关于澄湖县年产20万吨绿色建材生产线建设项目前期手续办理事项的告知函",
            ("澄湖县",),
            ("关于澄湖县年产20万吨绿色建材生产线", "建设项目前期手续办理事项的告知函"),
        ),
        (
            # The whole name would leave 关于 alone on a line.
            "关于澄湖县年产20万吨绿色建材生产线建设项目前期手续办理事项的告知函",
            ("澄湖县年产20万吨绿色建材生产线建设项目",),
            ("关于澄湖县年产20万吨绿色建材生产线", "建设项目前期手续办理事项的告知函"),
        ),
        (
            "关于印发《澄湖县重大项目联审联批工作机制》的通知",
            ("澄湖县",),
            ("关于印发《澄湖县", "重大项目联审联批工作机制》的通知"),
        ),
    ],
)
def test_titles_as_an_office_would_break_them(text, keep, lines):
    assert break_title(text, keep) == lines


@pytest.mark.parametrize(
    ("lines", "keep"),
    [
        (
            "关于催办安澜—澄湖天然气支线/管道工程（澄湖段）2项前期手续的函",
            "安澜—澄湖天然气支线管道工程（澄湖段）",
        ),
        (
            "关于提醒办理澄湖县第二污水处理厂/扩建及再生水利用工程3项前期手续的函",
            "澄湖县第二污水处理厂扩建及再生水利用工程",
        ),
        ("关于催办澄湖县第二污水处理厂/扩建及再生水利用工程2项前期手续的函", ""),
        (
            "关于催办年产3亿件食品级可降解/包装制品生产线项目4项前期手续的函",
            "年产3亿件食品级可降解包装制品生产线项目",
        ),
        ("关于催办麻塘220千伏输变电工程/1项前期手续的函", "麻塘220千伏输变电工程"),
        ("关于麻塘220千伏输变电工程/前期手续办理事项的告知函", "麻塘220千伏输变电工程"),
        ("关于转发《国土空间总体规划/管理办法》的通知", ""),
        ("关于召开重大项目联审联批工作机制/2026年第3次联席会议的通知", ""),
        ("关于调整澄湖县重大项目/联审联批工作机制成员的通知", ""),
        ("关于建立重大项目联审联批工作机制的通知", ""),
    ],
)
def test_no_title_begins_with_a_bare_verb_and_words_stay_whole(lines, keep):
    assert "/".join(break_title(lines.replace("/", ""), (keep,))) == lines


VERBS = ("催办", "提醒办理", "印发", "转发", "召开", "调整", "加快办理", "挂牌督办")
NAMES = (
    "《澄湖县重大项目联审联批工作机制》",
    "澄湖县绿色建材生产线建设项目",
    "临渡港区多用途泊位改扩建工程",
    "澄湖县职业技术教育中心实训基地（二号实训楼）建设项目",
    "望泽镇万头奶牛“种养加”一体化示范牧场项目",
    "2026年第一批重大项目",
)
ENDS = ("的通知", "2项前期手续的函", "前期手续办理事项的告知函", "前期手续办理情况的通报")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("end", ENDS)
def test_titles_of_many_verbs_names_and_ends_have_no_short_first_line_and_cut_no_term(verb, end):
    for name in NAMES:
        lines = break_title(f"关于{verb}{name}{end}", (name,))
        assert is_shaped([round(ems(line), 3) for line in lines]), lines
        assert len(lines) == 1 or ems(lines[0]) > 6 or ems(lines[1]) < ems(lines[0]) * 2, lines
        assert not any(line[-1] in "和与及或在对向为把将于" for line in lines), lines
        assert all(
            any(term in line for line in lines) for term in ("前期手续", "联审联批") if term in "".join(lines)
        )


@pytest.mark.parametrize("unit", ["20万吨", "2026年3月6日", "220千伏", "12个", "5.6亿元", "第12号"])
def test_a_number_is_not_parted_from_its_unit(unit):
    for before in range(14, 20):
        lines = break_title("项" * before + unit + "绿色建材生产线建设项目")
        assert any(unit in line for line in lines), lines


@pytest.mark.parametrize("before", range(12, 20))
def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(before):
    lines = break_title("项" * before + "《规则》（试行）和“办法”等的通知")
    assert not any(line[0] in "》）”，。" or line[-1] in "《（“" for line in lines), lines


def test_nothing_gives_no_lines():
    assert break_title("") == ()


class Plainly:
    """The rule as it is said: of all divisions the cheapest, found by trying every line after every line."""

    def __init__(self, text: str, keep: tuple[str, ...]) -> None:
        words = list(titles_of._word_prices(text))
        self.text, self.prices = text, titles_of._prices(text, keep, words)
        between = [
            place
            for place, price in words
            if price < titles_of._IN_WORD and self.prices[place] < titles_of._NEVER
        ]
        self.lines = self.divided(between)

    def divided(self, between: list[int]) -> tuple[str, ...]:
        if ems(self.text) <= LINE_EMS:
            return (self.text,)
        price, ends = self.best((*between, len(self.text)))
        if price >= titles_of._SHAPELESS:
            _, ends = self.best(range(1, len(self.text) + 1))
        return tuple(self.text[start:end] for start, end in pairwise((0, *ends)))

    def best(self, places: Sequence[int]) -> tuple[float, tuple[int, ...]]:
        @cache
        def after(start: int, end: int, shrinking: bool) -> tuple[float, tuple[int, ...]]:
            own = titles_of._MORE_LINES
            own += titles_of._SHORT_LINE * (self.width(start, end) < titles_of._SHORTEST)
            if end == len(self.text):
                return own, (end,)
            followed = (followed_by(start, end, shrinking, each) for each in ends_of(end))
            price, ends = min(followed, default=(titles_of._NEVER * len(self.text), ()))
            return own + self.prices[end] + price, (end, *ends)

        def followed_by(
            start: int, end: int, shrinking: bool, next_end: int
        ) -> tuple[float, tuple[int, ...]]:
            step = self.width(end, next_end) - self.width(start, end)
            price, ends = after(end, next_end, shrinking or step < 0)
            imbalance = titles_of._IMBALANCE * abs(abs(step) - titles_of._BEST_STEP)
            width = self.width(start, end)
            if not start and width <= titles_of._BARE and width + step >= width * titles_of._FAR_LONGER:
                imbalance += titles_of._SHORT_LINE
            misshapen = step == 0 or (shrinking and step > 0)
            return price + imbalance + titles_of._SHAPELESS * misshapen, ends

        def ends_of(start: int) -> list[int]:
            return [each for each in places if each > start and self.width(start, each) <= LINE_EMS]

        return min((after(0, each, False) for each in ends_of(0)), default=(inf, ()))

    def width(self, start: int, end: int) -> float:
        return round(ems(self.text[start:end]), 3)


@given(titles | anything, st.lists(st.integers(0, 60), max_size=2))
@settings(max_examples=60)
def test_lines_are_those_of_the_rule_said_plainly(text, kept):
    keep = tuple(text[start : start + 9] for start in kept)
    assert break_title(text, keep) == (Plainly(text, keep).lines if text else ())


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("五项制度", "《五项制度》"),
        ("关于印发《五项制度》的通知", "《关于印发〈五项制度〉的通知》"),
    ],
)
def test_a_title_within_a_title_has_single_marks(title: str, shown: str) -> None:
    assert titled(title) == shown
