"""The frame speaks no mechanism's own language: what one office calls its things stands in its sheets and settings."""

from __future__ import annotations

import re
from pathlib import Path

DOCGEN = Path(__file__).parents[2] / "docgen"
OWN = (
    "联审联批", "审批联动", "澄湖", "青岚", "安澜", "云塘", "朔宁", "指挥部办公室", "重点项目办", "联审办", "审联办",
    "集中攻坚", "苍原", "起底", "五项制度", "挂图作战指挥部",
)  # fmt: skip
"""Names that the examples' mechanisms, places and papers have."""
TITLES = re.compile("副?总?召集人|(?:常务)?副?组长|(?:常务)?副?总?指挥长?(?!部)")
"""What mechanisms call their heads; the closed list of roles is the only place that may know them."""
EXAMPLE = re.compile(r'example="[^"]*"')


def lines() -> list[tuple[str, str]]:
    """Return every line of program and declaration with its place; what a cell's note gives as an example left out."""
    files = [
        each for each in DOCGEN.rglob("*") if each.suffix in {".py", ".toml", ".txt", ".html", ".js", ".sql"}
    ]
    return [
        (f"{path.relative_to(DOCGEN)}:{number}", EXAMPLE.sub("", line))
        for path in sorted(files)
        if "_shipped" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]


def test_no_line_has_a_word_of_one_mechanism() -> None:
    """Neither program nor declarations nor shipped wording name an example's mechanism, place or paper."""
    assert [(place, word) for place, line in lines() for word in OWN if word in line] == []


def test_only_the_list_of_roles_knows_what_heads_are_called() -> None:
    """A kind addresses 机制负责人, whoever they are: chief conveners, group leaders, commanders."""
    found = [(place, line.strip()) for place, line in lines() if TITLES.search(line)]
    assert [each for each in found if not each[0].startswith("model/roles.py")] == []
