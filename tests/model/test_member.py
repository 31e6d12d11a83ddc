"""A post is named with its unit where documents name somebody."""

from __future__ import annotations

import pytest

from docgen.model.member import Member
from docgen.model.unit import Unit
from docgen.model.values import Level


@pytest.mark.parametrize(
    ("unit", "post", "named"),
    [
        ("县水利局", "副局长", "县水利局副局长"),
        ("县水利局", "党组书记、局长", "县水利局党组书记、局长"),
        ("青石镇政府", "副镇长", "青石镇副镇长"),
        ("青石镇政府", "青石镇镇长", "青石镇镇长"),
        ("青石镇政府", "办公室主任", "青石镇政府办公室主任"),
        ("县政府办", "县委副书记、县长", "县委副书记、县长"),
        ("县政府办", "常务副县长", "常务副县长"),
        ("县政府办", "办公室副主任", "县政府办副主任"),
        ("开发区管委会", "主任", "开发区管委会主任"),
        ("青浦县政府", "县长", "青浦县县长"),
        ("青浦县政府", "常务副县长", "青浦县常务副县长"),
        ("青浦县政府", "县委副书记、县长", "青浦县委副书记、县长"),
        ("青浦县政府", "县工信局局长", "青浦县工信局局长"),
        ("县政府", "副县长", "副县长"),
    ],
)
def test_a_post_is_named_with_its_unit_unless_it_says_its_level_itself(
    unit: str, post: str, named: str
) -> None:
    """A leader of the own county needs no unit before the post, anybody else does."""
    place = Unit(order=1, name=f"某县{unit}", short_name=unit, level=Level.COUNTY, roles=())
    assert Member(order=1, name="某某", unit=place, post=post).full_post == named
