"""How the shell says many things at once: the same refusal or advice once, tables in aligned columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from docgen.cli.terminal import advised_once, aligned, said_once, width
from docgen.errors import Advice
from docgen.register.refusals import DutyBroken, NoReason, NotYet


def test_refusals_that_differ_or_stand_alone_keep_their_own_sentence() -> None:
    one = DutyBroken("甲", "签发", "张三", "规则", "是拟稿人")
    other = DutyBroken("乙", "签发", "李四", "规则", "是拟稿人")
    assert list(said_once([one, other])) == [str(one), str(other)]
    assert list(said_once([NoReason("退回"), NoReason("退回")])) == [str(NoReason("退回"))] * 2
    both = [DutyBroken(name, "签发", "张三", "规则", "是拟稿人") for name in ("甲", "乙")]
    alone = NotYet("签发", "2026-01-01")
    assert list(said_once([*both, alone])) == [
        str(DutyBroken("下列2件公文", "签发", "张三", "规则", "是拟稿人")),
        "    甲",
        "    乙",
        str(alone),
    ]


def test_the_same_advice_about_many_documents_is_said_once() -> None:
    advices = [Advice("a", "一号 改了日期"), Advice("a", "二号 改了日期"), Advice("b", "没有空格")]
    assert list(advised_once(advices)) == ["一号、二号 改了日期", "没有空格"]


def test_a_table_shows_blanks_and_keeps_control_characters_out() -> None:
    assert list(aligned([("甲乙", None), ("a", "x\n\x1b[2Jy")], ("列", "值"))) == [
        "列    值",
        "甲乙  —",
        "a     x  [2Jy",
    ]
    assert list(aligned([])) == []


@given(st.lists(st.tuples(st.text(), st.integers() | st.none(), st.text()), min_size=1))
def test_any_texts_stand_one_row_a_line_with_their_columns_below_each_other(
    rows: list[tuple[str, int | None, str]],
) -> None:
    lines = list(aligned([(first, "|", middle, "|", last) for first, middle, last in rows]))
    assert len(lines) == len(rows)
    assert all(line.isprintable() for line in lines)
    assert (
        len({width(line.partition("|")[0]) for line in lines if "|" not in rows[lines.index(line)][0]}) <= 1
    )
