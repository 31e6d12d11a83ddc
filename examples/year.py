"""Run the year of an example mechanism: `python examples/year.py LETTER FOLDER`.

The workspace is made by `docgen init FOLDER --example LETTER`; then the steps that `years/<letter>.txt` lists are
taken, each on its own day, through docgen's command line in this process, or, where an office types, by writing
into its sheets. A step that does not end as the list says ends the year. What was made is listed at the end.

A list is lines, as a clerk could type them:

    == 3 名单反馈 == A1 A2          a part of the year: its number, its name, the demands it meets
    2025-09-15 陶映雪               from here on: the day and who acts; the same person when none is named
    docgen draft 名单反馈表 --all    a command; what follows ` → ` at the line's end says how it ends:
    docgen notice --project 3 → 1 没有在终稿     the exit code, and words that it says; 0 when nothing is said
    改 项目 3 清单阶段=终稿；计划开工=2026年6月      a row, by the beginning of its cells, gets these values
    添 问题 编号=问2026-030；项目=3；问题=…          a row is added
    删 项目 3                                        a row is taken out
    办文 核稿=甲 签发=乙 经办=丙 批准=丁 监印=戊      who takes papers through, from here on
    用印 3 --all            review, sign, ask for the seal on 3 copies, approve, seal and issue: six commands
    签印 --all              review, sign and issue what has no seal: three commands
    签印 3 --all            the same with 3 copies, under the office's own seal
    设 archive fonds=J001；category=WS     a table is added to docgen.toml
    扫描 2025               a scan is drawn of, and attached to, each document of a year that `archive build` misses one of
    # a remark
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

if TYPE_CHECKING:
    from making.typing import Sheets

YEARS = Path(__file__).resolve().parent / "years"
EDITS = ("改", "添", "删")
SETTING, SCANNING = "设", "扫描"
A4 = (827, 1169)  # pixels, at 100 to the inch
SIGNED = (("核稿", "doc review"), ("签发", "doc sign"))
SEALED = (("经办", "seal request"), ("批准", "seal approve"), ("监印", "seal apply"))
ISSUED = (("经办", "doc issue"),)
ROUTES = {"用印": (*SIGNED, *SEALED, *ISSUED), "签印": (*SIGNED, *ISSUED)}
COUNTED = {"用印": "seal request", "签印": "doc issue"}


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

    @property
    def is_command(self) -> bool:
        """Whether it gives one command, and neither writes into sheets nor arranges something."""
        return not self.edits and not self.text.startswith((SETTING, SCANNING))


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
    people: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if line.startswith("== "):
            year.parts.append(_part(line))
        elif words[0][0].isdigit():
            day, who = date.fromisoformat(words[0]), words[1] if len(words) > 1 else who
        elif words[0] == "办文":
            people = dict(each.split("=") for each in words[1:])
        elif year.parts and day and words[0] in ROUTES and people.keys() >= dict(ROUTES[words[0]]).keys():
            year.steps += _route(year.parts[-1].number, number, day, people, words)
        elif year.parts and day and words[0] in ("docgen", *EDITS, SETTING, SCANNING):
            year.steps.append(_step(year.parts[-1].number, number, day, who, line))
        else:
            raise ValueError(f"{path.name}:{number}: {line}")
    return year


def _part(line: str) -> Part:
    _, title, meets = (each.strip() for each in f"{line} ".split("==", 2))
    number, _, name = title.partition(" ")
    return Part(int(number), name, tuple(meets.split()))


def _route(part: int, line: int, day: date, people: dict[str, str], words: list[str]) -> Iterator[Step]:
    copies, papers = (words[1], words[2:]) if words[1].isdigit() else ("", words[1:])
    for role, command in ROUTES[words[0]]:
        said = f" --copies {copies}" if copies and command == COUNTED[words[0]] else ""
        yield Step(part, line, day, people[role], f"docgen {command} {' '.join(papers)}{said}")


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
    with _reading_once():
        return _run(year, root)


def _run(year: Year, root: Path) -> dict[int, str]:
    from making.typing import Sheets

    said: dict[int, str] = {}
    sheets = Sheets(root)
    code, words = say(["init", str(root), "--example", year.letter])
    if code:
        raise Departed(words)
    waiting: list[Step] = []
    for step in year.steps:
        if step.edits:
            waiting.append(step)
            continue
        write(sheets, waiting)
        words = take(step, root) if step.is_command else arrange(step, root)
        said[step.line] = said.get(step.line, "") + words
    write(sheets, waiting)
    return said


def arrange(step: Step, root: Path) -> str:
    """Add a table to the settings, or scan what has no scan; return what was done."""
    _, name, *values = step.text.split(maxsplit=2)
    if step.text.startswith(SCANNING):
        return "".join(_scanned(step, root, name))
    lines = (each.replace("=", ' = "', 1) + '"' for each in values[0].split("；"))
    table = "\n".join(("", f"[{name}]", *lines, ""))
    with (root / "docgen.toml").open("a", encoding="utf-8") as file:
        file.write(table)
    return table


def _scanned(step: Step, root: Path, year: str) -> Iterator[str]:
    """Attach a drawn page to each document of which `archive build` says that its scan is missing."""
    with contextlib.chdir(root):
        _, said = say(["--by", step.who, "--date", step.day.isoformat(), "archive", "build", "--year", year])
    for number in dict.fromkeys(_without_scan(said)):
        path = root / SCANNING / f"{number}.pdf"
        path.parent.mkdir(exist_ok=True)
        _draw(path)
        yield take(
            replace(step, text=f"docgen doc attach {number} {path.relative_to(root)} --role 扫描件"), root
        )


def _without_scan(said: str) -> Iterator[str]:
    """Yield the numbers that stand in or, further in, below a line that says that a scan is missing."""
    heading = ""
    for line in said.splitlines():
        heading = heading if line.startswith(" ") else line
        if "缺扫描件" in heading:
            yield from re.findall(r"(\S+?〔\d{4}〕\d+号)《", line)


def _draw(path: Path) -> None:
    """Draw a page with lines of grey and a red seal, as a scanner gives it."""
    from PIL import Image, ImageDraw

    page = Image.new("RGB", A4, "white")
    pen = ImageDraw.Draw(page)
    for line in range(300, 900, 30):
        pen.line((110, line, 717, line), fill="gray", width=8)
    pen.ellipse((500, 880, 660, 1040), outline="red", width=6)
    page.save(path, resolution=100)


@contextlib.contextmanager
def _reading_once() -> Iterator[None]:
    """Let commands share a workspace and its sheets while no file of it changes, as if one process served them all."""
    from docgen.workspace import Workspace

    find, read = Workspace.find.__func__, Workspace.read  # type: ignore[attr-defined]  # of the class method itself
    found: dict[object, Workspace] = {}
    readings: dict[object, object] = {}

    def find_once(cls: type[Workspace], start: Path) -> Workspace:
        key = (start.absolute(), _state(start, "docgen.toml", "sheets/*", "kinds/*"))
        if key not in found:
            found[key] = find(cls, start)
        return found[key]

    def read_once(self: Workspace, *wanted: type) -> object:
        key = (id(self), wanted, _state(self.root, "data/*.xlsx"))
        if key not in readings:
            readings[key] = read(self, *wanted)
        return readings[key]

    with mock.patch.multiple(Workspace, find=classmethod(find_once), read=read_once):
        yield


def _state(root: Path, *patterns: str) -> tuple[object, ...]:
    files = sorted(each for pattern in patterns for each in root.glob(pattern))
    return tuple((each, (seen := each.stat()).st_mtime_ns, seen.st_size) for each in files)


def take(step: Step, root: Path) -> str:
    """Give the command of a step in a workspace and return what it says.

    Raises:
        Departed: it ends otherwise than its line says.
    """
    words = [each.replace("{here}", str(root)) for each in shlex.split(step.text)[1:]]
    with contextlib.chdir(root):
        code, said = say(["--by", step.who, "--date", step.day.isoformat(), *words])
    if code != step.code or step.says not in said:
        raise Departed(
            f"line {step.line}, {step.day} {step.who}: {step.text}\n→ {code}, not {step.code} {step.says}\n{said}"
        )
    return said


def say(arguments: list[str]) -> tuple[int, str]:
    """Give a command and return its exit code and what it says."""
    from docgen.cli.main import run

    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = run(arguments)
    return code, out.getvalue()


def write(sheets: Sheets, steps: list[Step]) -> None:
    """Write edits that stand together, each workbook once, and forget them."""
    if not steps:
        return
    for step in steps:
        try:
            sheets.take(step.text)
        except LookupError as error:
            raise Departed(f"line {step.line}: {step.text}\n{error}") from error
    sheets.save()
    steps.clear()


def made_in(root: Path) -> Iterator[tuple[str, int]]:
    """Yield kinds of documents, ledgers and what else was made, and how many of each there are."""
    made = [path for path in sorted((root / "out").rglob("*")) if path.is_file() and path.stem != "送签稿"]
    names = [path.relative_to(root / "out").parts for path in made]
    kinds = Counter(each[1] if len(each) > 2 else each[0] for each in names)
    yield from kinds.items()
    yield from ((path.stem, 1) for path in sorted(root.glob("*.xlsx")))


def main() -> None:
    """Run the year of a letter in a new folder and print what was made."""
    letters = sorted(path.stem for path in YEARS.glob("?.txt"))
    if len(sys.argv) != 3 or sys.argv[1] not in letters:
        sys.exit(f"用法：python examples/year.py 字母 新文件夹；有一年的做法的字母：{'、'.join(letters)}")
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    root = Path(sys.argv[2]).absolute()
    year = read_year(sys.argv[1])
    try:
        run_year(year, root)
    except (Departed, ValueError) as departed:
        sys.exit(str(departed))
    for part in year.parts:
        steps = sum(each.part == part.number for each in year.steps)
        print(f"{part.number:>3} {part.name}（{steps}步） {' '.join(part.meets)}")
    for name, count in made_in(root):
        print(f"    {name} {count}")


if __name__ == "__main__":
    main()
