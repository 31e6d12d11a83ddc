"""How a line of addressees is parted."""

from __future__ import annotations

import pytest

from docgen.standard.wording.text import receivers


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (("市水务局",), "市水务局"),
        (("市发改委", "市水务局"), "市发改委、市水务局"),
        (
            ("市发改委", "市水务局", "青浦县人民政府", "白石县人民政府", "经开区管理委员会"),
            "市发改委、市水务局，青浦县人民政府、白石县人民政府，经开区管理委员会",
        ),
        (("市长周某同志", "副市长吴某同志"), "市长周某同志，副市长吴某同志"),
    ],
)
def test_receivers_of_a_kind_are_parted_by_a_smaller_mark_than_kinds(
    names: tuple[str, ...], line: str
) -> None:
    """A person's posts have 、 between them, so persons have the larger mark."""
    assert receivers(names) == line
