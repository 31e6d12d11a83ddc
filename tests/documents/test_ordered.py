"""Dates, months and amounts in templates: printed as documents write them, compared by what they are."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from docgen.documents.facts import Facts
from docgen.documents.labels.views import canonical, words_of
from docgen.model.records import Records
from docgen.model.spans import Month
from docgen.template.faults import CannotCompute
from docgen.template.line import compile_line

DATA = Path(__file__).parents[2] / "data"
MARCH, OCTOBER = date(2026, 3, 16), date(2026, 10, 1)


@pytest.fixture(scope="module")
def facts(records: Records) -> Facts:
    return Facts(records, MARCH)


@pytest.fixture
def shown(facts: Facts) -> dict[str, Any]:
    """What a template is told of some values."""
    values = {
        "三月": MARCH, "十月": OCTOBER, "少": Decimal("9.5"), "多": Decimal("120.50"), "项": 3,
        "九月": Month(2026, 9), "腊月": Month(2026, 12),
    }  # fmt: skip
    told: dict[str, Any] = {name: words_of(value, facts) for name, value in values.items()}
    return told | {
        "各项": [
            {"金额": told[each], "期限": day} for each, day in (("少", told["十月"]), ("多", told["三月"]))
        ]
    }


def written(text: str, shown: dict[str, Any]) -> str:
    return compile_line(text, "测试").render(shown)


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("三月 < 十月", True),
        ("十月 <= 三月", False),
        ("十月 > '2026-09-30'", True),
        ("'2026-09-30' < 十月", True),
        ("三月 >= '2026年3月16日'", True),
        ("少 < 多", True),
        ("少 > 9", True),
        ("多 <= 项", False),
        ("腊月 > 九月", True),
        ("三月 == '2026年3月16日'", True),
    ],
)
def test_a_template_compares_by_what_the_words_mean(
    condition: str, holds: bool, shown: dict[str, Any]
) -> None:
    assert written(f"{{% if {condition} %}}是{{% else %}}否{{% endif %}}", shown) == ("是" if holds else "否")


@pytest.mark.parametrize(
    ("attribute", "words"), [("金额", "9.5、120.5"), ("期限", "2026年3月16日、2026年10月1日")]
)
def test_a_list_is_sorted_by_what_the_words_mean(attribute: str, words: str, shown: dict[str, Any]) -> None:
    text = f"{{{{ 各项|sort(attribute='{attribute}')|map(attribute='{attribute}')|join('、') }}}}"
    assert written(text, shown) == words


@pytest.mark.parametrize("condition", ["少 > 三月", "三月 < '下周'", "三月 > 5", "腊月 > '2026年9月'"])
def test_what_has_no_order_with_the_other_is_a_fault_and_no_guess(
    condition: str, shown: dict[str, Any]
) -> None:
    with pytest.raises(CannotCompute, match="不是同一类的值，不能比先后大小"):
        written(f"{{% if {condition} %}}是{{% endif %}}", shown)


def test_the_words_are_those_of_before_in_digests_and_in_other_processes(shown: dict[str, Any]) -> None:
    for name in ("三月", "多", "腊月"):
        assert canonical(shown[name]) == canonical(str(shown[name]))
        again = pickle.loads(pickle.dumps(shown[name]))  # noqa: S301  # our own
        assert (again, again.meant) == (str(shown[name]), shown[name].meant)
