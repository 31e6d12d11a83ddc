"""Run the year of an example mechanism: `python examples/year.py LETTER FOLDER`.

The workspace is made by `docgen init FOLDER --example LETTER`; then the steps that `years/<letter>.txt` lists are
taken, each on its own day, through docgen's command line in this process, or, where an office types, by writing
into its sheets. A step that does not end as the list says ends the year. What was made is listed at the end.

A list is lines, as a clerk could type them:

    == 3 名单反馈 == A1 A2          a part of the year: its number, its name, the demands it meets
    2025-09-15 陶映雪               from here on: the day and who acts
    docgen draft 名单反馈表 --all    a command; what follows ` → ` at the line's end says how it ends:
    docgen notice --project 3 → 1 没有在终稿     the exit code, and words that it says; 0 when nothing is said
    改 项目 3 清单阶段=终稿；计划开工=2026年6月      a row, by the beginning of its cells, gets these values
    添 问题 编号=问2026-030；项目=3；问题=…          a row is added
    删 项目 3                                        a row is taken out
    # a remark
"""

from __future__ import annotations

import contextlib
import io
import shlex
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

YEARS = Path(__file__).resolve().parent / "years"
EDITS = ("改", "添", "删")


@dataclass(frozen=True)
class Step:
    """One line of the year.

    Args:
        part: number of the part it belongs to.
        line: number of the line in its list.
        day: today.
        who: acts.
        text: the command, with `docgen` in front, or the edit.
        code: how the command ends.
        says: words in what it says, empty when anything will do.
    """

    part: int
    line: int
    day: date
    who: str
    text: str
    code: int = 0
    says: str = ""

    @property
    def edits(self) -> bool:
        """Whether it writes into sheets instead of giving a command."""
        return self.text.split()[0] in EDITS


@dataclass(frozen=True)
class Part:
    """A part of the year: its number, its name, and the numbers of the demands that it meets."""

    number: int
    name: str
    meets: tuple[str, ...]


@dataclass
class Year:
    """The parts and steps of a mechanism's year, in order."""

    letter: str
    parts: list[Part] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


class Departed(Exception):  # not an error of docgen's
    """A step did not end as the list says."""


def read_year(letter: str) -> Year:
    """Return the year that `years/<letter>.txt` lists.

    Raises:
        ValueError: a line is of no known form, or a step stands before any part or day.
    """
    path = YEARS / f"{letter}.txt"
    year, day, who = Year(letter), None, ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if line.startswith("== "):
            year.parts.append(_part(line))
        elif words[0][0].isdigit():
            day, who = date.fromisoformat(words[0]), words[1]
        elif year.parts and day and (words[0] == "docgen" or words[0] in EDITS):
            year.steps.append(_step(year.parts[-1].number, number, day, who, line))
        else:
            raise ValueError(f"{path.name}:{number}: {line}")
    return year


def _part(line: str) -> Part:
    _, title, meets = (each.strip() for each in f"{line} ".split("==", 2))
    number, _, name = title.partition(" ")
    return Part(int(number), name, tuple(meets.split()))


def _step(part: int, line: int, day: date, who: str, text: str) -> Step:
    if text.startswith(EDITS):
        return Step(part, line, day, who, text.strip())
    command, _, ending = text.partition(" → ")
    code, _, says = ending.strip().partition(" ")
    if code and not code.isdigit():
        code, says = "0", ending.strip()
    return Step(part, line, day, who, command.strip(), int(code or 0), says.strip())


def run_year(year: Year, root: Path) -> dict[int, str]:
    """Make the workspace in a folder, take every step, and return what the commands of each step's line said.

    Raises:
        Departed: a step ended otherwise than its line says.
    """
    said: dict[int, str] = {}
    _said(["init", str(root), "--example", year.letter])
    waiting: list[Step] = []
    for step in year.steps:
        if step.edits:
            waiting.append(step)
            continue
        _write(root, waiting)
        said[step.line] = _take(step, root)
    _write(root, waiting)
    return said


def _take(step: Step, root: Path) -> str:
    words = [each.replace("{here}", str(root)) for each in shlex.split(step.text)[1:]]
    with contextlib.chdir(root):
        code, said = _said(["--by", step.who, "--date", step.day.isoformat(), *words])
    if code != step.code or step.says not in said:
        raise Departed(
            f"line {step.line}, {step.day} {step.who}: {step.text}\n→ {code}, not {step.code} {step.says}\n{said}"
        )
    return said


def _said(arguments: list[str]) -> tuple[int, str]:
    from docgen.cli.main import run

    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = run(arguments)
    return code, out.getvalue()


def _write(root: Path, steps: list[Step]) -> None:
    """Write edits that stand together, each workbook once, and forget them."""
    from making.typing import Sheets

    if not steps:
        return
    sheets = Sheets(root / "data")
    for step in steps:
        try:
            sheets.take(step.text)
        except LookupError as error:
            raise Departed(f"line {step.line}: {step.text}\n{error}") from error
    sheets.save()
    steps.clear()


def made_in(root: Path) -> Iterator[tuple[str, int]]:
    """Yield kinds of documents and other outputs below `out`, and how many files of each there are."""
    counts: dict[str, int] = {}
    for path in sorted((root / "out").rglob("*")):
        if path.is_file():
            inside = path.relative_to(root / "out").parts
            name = inside[1] if len(inside) > 2 else inside[0] if len(inside) > 1 else path.suffix
            counts[name] = counts.get(name, 0) + 1
    yield from counts.items()


def main() -> None:
    """Run the year of a letter in a new folder and print what was made."""
    letter, folder = sys.argv[1:3]
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    root = Path(folder).absolute()
    year = read_year(letter)
    try:
        run_year(year, root)
    except Departed as departed:
        sys.exit(str(departed))
    for part in year.parts:
        steps = sum(each.part == part.number for each in year.steps)
        print(f"{part.number:>3} {part.name}（{steps}步） {' '.join(part.meets)}")
    for name, count in made_in(root):
        print(f"    {name} {count}")


if __name__ == "__main__":
    main()
