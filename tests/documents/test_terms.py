"""Words of an office that no line of a title parts, as its settings say."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

TITLE_STYLE = "公文标题"


def title_lines(workspace: Path) -> list[str]:
    """The lines of the title of the only draft."""
    (draft,) = (workspace / "out").rglob("*.docx")
    found = [
        each for each in docx.Document(str(draft)).paragraphs if each.style and each.style.name == TITLE_STYLE
    ]
    return [line for each in found for line in each.text.split("\n")]


@pytest.mark.parametrize("terms", [(), ("生产线建设项目",)])
def test_words_of_the_settings_stay_on_one_line(workspace: Path, docgen, terms: tuple[str, ...]) -> None:
    """Without the setting the lines part between 生产线 and 建设; with it they part elsewhere."""
    said = ", ".join(f'"{each}"' for each in terms)
    with (workspace / "docgen.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[layout]\nkeep_together = [{said}]\n")
    assert docgen("notice", "--project", "3", "--unit", "县水利局").code == 0
    lines = title_lines(workspace)
    assert len(lines) == 2
    assert any("生产线建设项目" in each for each in lines) == bool(terms)


@pytest.mark.parametrize("value", ['"源网荷储"', "[1]", '["一"]', f'["{"长" * 20}"]'])
def test_what_is_no_list_of_words_is_said(workspace: Path, docgen, value: str) -> None:
    """A text, a number, one character, more than a line of a title: named, and nothing is drafted."""
    with (workspace / "docgen.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[layout]\nkeep_together = {value}\n")
    ran = docgen("notice", "--project", "3")
    assert ran.code == 1
    assert "keep_together" in ran.err


def test_what_the_mechanism_calls_its_projects_stays_on_one_line(workspace: Path, docgen, settle) -> None:
    """A word of the mechanism's own is one, whatever it is: it is no word of the list of terms."""
    settle("项目称谓", "重点项目")
    assert docgen("bulletin", "--period", "2026-02").code == 0
    assert title_lines(workspace) == ["关于2026年2月重点项目前期手续", "办理情况的通报"]
