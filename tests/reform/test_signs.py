"""Signs within lines that are put right where the rule is certain: times, years, units, quotes, percents."""

from __future__ import annotations

import pytest
from typed import made

from docgen.reform.paper import Text

HEAD = "关于做好防汛工作的通知\n各镇人民政府：\n"
END = "云河县水利局\n2026年5月8日\n"


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("会议时间为14：30-16：00，会期半天。", "会议时间为14:30—16:00，会期半天。"),
        ("坡比为1：2～1：3。", "坡比为1：2～1：3。"),
        ("8：30至12：00办理。", "8:30至12:00办理。"),
        ("见Women's网站和What's new，东经120°30'15\"。",) * 2,
        ("见二○二六年、二○○六年来文。", "见二〇二六年、二〇〇六年来文。"),
        ("库容8万m³;水温25℃,正常。", "库容8万m³；水温25℃，正常。"),
        ("各镇\xa0，请于5月8日 、9日报送。", "各镇，请于5月8日、9日报送。"),
        ("请于5 月 8 日前报，增长10%-20%。", "请于5月8日前报，增长10%～20%。"),
        ("学习《关于<条例>的通知》、《规划》。", "学习《关于〈条例〉的通知》《规划》。"),
        ("领会'两山'理论，“理解'生态'二字”。", "领会“两山”理论，“理解‘生态’二字”。"),
    ],
)
def test_signs_are_put_right(typed: str, mended: str) -> None:
    """Where the rule is certain."""
    found = made(f"{HEAD}{typed}\n{END}")
    assert [each.line.text for each in found.paper.body if isinstance(each, Text)] == [mended]
