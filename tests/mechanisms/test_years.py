"""The year of each example mechanism, as its list of steps says it, and what is common to all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import year as years

from docgen.cli.main import run
from docgen.workspace import examples

LETTERS = tuple(sorted(path.stem for path in years.YEARS.glob("?.txt")))


@pytest.mark.parametrize("letter", LETTERS)
def test_the_year_ends_as_its_list_says_and_leaves_sound_sheets(letter: str, live, capsys) -> None:
    """Every step ends with its code; after the last one `check` finds nothing."""
    lived = live(letter)
    assert lived.said
    assert run(["-C", str(lived.root), "--date", f"{lived.year.steps[-1].day}", "check"]) == 0, (
        capsys.readouterr().out
    )


def test_a_step_that_ends_otherwise_stops_the_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code or words that the list does not have end the run, naming the line."""
    monkeypatch.setattr(years, "YEARS", tmp_path)
    (tmp_path / "a.txt").write_text(
        "== 1 x ==\n2026-03-16 陶映雪\ndocgen kind show 没有这种 → 0\n", encoding="utf-8"
    )
    with pytest.raises(years.Departed, match="line 3"):
        years.run_year(years.read_year("a"), tmp_path / "made")


@pytest.mark.parametrize("line", ["docgen check", "改 项目 3 清单阶段=终稿", "run it"])
def test_a_line_of_no_known_form_is_refused(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A step before any part and day, and a line that is no step, are no year."""
    monkeypatch.setattr(years, "YEARS", tmp_path)
    (tmp_path / "a.txt").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"a\.txt:1"):
        years.read_year("a")


def test_examples_are_found_by_their_folders() -> None:
    """Each folder of one letter is an example, and the first is the repository's root."""
    found = examples()
    assert found["a"] == Path(__file__).parents[2]
    assert set(LETTERS) <= set(found)
    assert all((folder / "docgen.toml").is_file() for folder in found.values())


TABLES = Path(__file__).parents[2] / "docs" / "mechanisms"
ROW = re.compile(r"^\| ([A-Z])(\d+) \| .+ \| (.+) \| ([\d, ]+|—) \|$", re.MULTILINE)


@pytest.mark.parametrize("letter", sorted(path.stem for path in TABLES.glob("?.md")))
def test_every_demand_is_in_the_table_and_met_where_it_says(letter: str) -> None:
    """The table has each demand once, in order; the parts it names are those of the year that name the demand."""
    rows = ROW.findall((TABLES / f"{letter}.md").read_text(encoding="utf-8"))
    assert [int(number) for _, number, _, _ in rows] == list(range(1, len(rows) + 1))
    met: dict[str, list[str]] = {}
    for part in years.read_year(letter).parts:
        for demand in part.meets:
            met.setdefault(demand, []).append(str(part.number))
    said = {f"{letter.upper()}{number}": where.split(", ") for _, number, _, where in rows if where != "—"}
    assert said == met
    reasons = [how for *_, how, where in rows if where == "—"]
    assert all(each.startswith("none of docgen's business: ") for each in reasons)
