"""Documents that somebody wrote, read before they enter the register: they conform, and signing can fill them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from docgen.dataclass import dataclass
from docgen.documents.declared.kind import Kind
from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.lint.checker import Settings, check
from docgen.lint.rule import Severity
from docgen.marks.faults import MarkFault
from docgen.marks.marks import Wording, fill_marks
from docgen.model.names import plain
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.office.heading import Heading
from docgen.opc.guard import bytes_of
from docgen.reform.formatting import WORD
from docgen.reform.paper import Paper
from docgen.reform.reading.word import read_word
from docgen.reform.recognise import recognise
from docgen.standard.build.blocks import DATE_MARK, NUMBER_MARK

_SHOWN: Final = 5
_ON_BEHALF: Final = "（代章）"
_NAMES: Final = re.compile("[、，,；;]")
_DAY: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


class TypedFault(DocgenError):
    """A document that somebody wrote cannot enter the register as it is. `path` is its file, `kind` its 文种."""

    path: str
    kind: str


class NotWord(TypedFault):
    """The file is no .docx: it has to be laid out first."""

    code = "take-not-docx"
    exit_code = WRONG_USE
    says = "{path} 不是 docx，不能登记为草稿"
    advises = "请先排成公文（docgen format {path} --kind {kind}），再登记排好的文件。"


class NotConforming(TypedFault):
    """The document breaks the standard. `errors` says where."""

    code = "take-not-conforming"
    says = "{path}：有{count}处不合 GB/T 9704-2012：{shown}"
    advises = (
        "请先排好（docgen format {path} --kind {kind}），再登记排好的文件；逐处的问题用 docgen lint 查看。"
    )

    errors: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.errors)

    @property
    def shown(self) -> str:
        """Name the first of them."""
        return "；".join(self.errors[:_SHOWN]) + ("……" if len(self.errors) > _SHOWN else "")


class Untitled(TypedFault):
    """The document has no title, by which the register would know it."""

    code = "take-untitled"
    says = "{path}：没有认出标题"
    advises = "请在正文前单独写上标题，再排版、登记。"


class OtherNumber(TypedFault):
    """The document has a number, or the place for one, that is not what drafts of its kind have."""

    code = "take-number"
    says = "{path}：发文字号写的是“{said}”，{kind}的草稿要写“{expected}”"
    advises = "号码在签发时由登记库给出：请改成“{expected}”；文种不对的，改 --kind。"

    said: str
    expected: str


class PlaceMissing(TypedFault):
    """The document has no place that signing could fill with its number or its date."""

    code = "take-place-missing"
    says = "{path}：签发时没有地方填{mark}（{reason}）"
    advises = "请用 docgen format {path} --kind {kind} 补上，再登记排好的文件。"

    mark: str
    reason: str


class NotOnBehalf(TypedFault):
    """The document is to be sealed on behalf of the office, and its signature does not name who seals."""

    code = "take-not-on-behalf"
    says = "{path}：{kind}由“{expected}”，署名写的是“{said}”，没有这一行"
    advises = "请在办公室署名的下一行补上“{expected}”（删去署名后用 docgen format 排，会自动写上），再登记。"

    expected: str
    said: str


@dataclass(frozen=True)
class Typed:
    """A document that somebody wrote.

    Args:
        data: The file.
        paper: Its parts.
        number_place: What signing replaces by the number; empty for kinds without.
        date_place: What signing replaces by the date.
    """

    data: bytes
    paper: Paper
    number_place: str
    date_place: str

    @property
    def title(self) -> str:
        """Return its title on one line."""
        return "".join(self.paper.title)

    @property
    def mark(self) -> str:
        """Return its 发文机关标志 on one line."""
        return "".join(self.paper.organs)


def read_typed(path: Path, shown: str, kind: Kind, heading: Heading, rules: Settings) -> Typed:
    """Return a document that somebody wrote, ready to enter the register; the file is only read.

    Args:
        path: Its file.
        shown: What messages call it.
        kind: Of which kind it is to be.
        heading: What documents of the kind have in head and end.
        rules: The workspace's settings of the checker.

    Raises:
        NotWord: it is no .docx.
        FileFault, DraftFault: it cannot be read.
        Problems: all that keeps it from being a draft of the kind.
    """
    if path.suffix.lower() != WORD:
        raise NotWord(shown, kind.title)
    data = bytes_of(path, shown)
    report = check(data, shown, heading.said.form, rules)
    paper = recognise(read_word(data, shown), heading.said.form)
    wrong = tuple(
        f"{each.place}，{each.message}" for each in report.findings if each.severity is Severity.ERROR
    )
    faults: list[DocgenError] = [NotConforming(shown, kind.title, wrong)] if wrong else []
    faults += [] if paper.title else [Untitled(shown, kind.title)]
    expected = heading.said.number
    said = paper.number or paper.serial
    is_right = plain(said) == plain(expected)
    if expected and not said:
        faults.append(PlaceMissing(shown, kind.title, "发文字号", "没有发文字号这一行"))
    elif expected and not is_right:
        faults.append(OtherNumber(shown, kind.title, said, expected))
    faults += _unsigned(paper, heading, shown, kind)
    day = _day_of(paper)
    faults += _unplaced(data, shown, kind, {NUMBER_MARK: expected if is_right else "", DATE_MARK: day})
    Problems.raise_any(faults)
    return Typed(data, paper, expected, day)


def _unsigned(paper: Paper, heading: Heading, shown: str, kind: Kind) -> Iterator[DocgenError]:
    """Yield that the line of the organ that seals on behalf is missing; minutes and serials have no signature."""
    behalf = (
        [each for each in heading.said.signature if each.endswith(_ON_BEHALF)] if heading.said.date else []
    )
    signed = {plain(each) for each in paper.signature}
    for each in behalf:
        if plain(each) not in signed:
            yield NotOnBehalf(shown, kind.title, each, "、".join(paper.signature) or "（没有署名）")


def _day_of(paper: Paper) -> str:
    """Return the date of a document in its own words; empty for none."""
    found = _DAY.search(paper.date or paper.issued[1])
    return found[0] if found else ""


def _unplaced(data: bytes, shown: str, kind: Kind, places: Mapping[str, str]) -> Iterator[DocgenError]:
    """Yield the places that signing could not fill."""
    if not places[DATE_MARK]:
        yield PlaceMissing(shown, kind.title, "成文日期", "没有写明年、月、日的成文日期")
    try:
        fill_marks(data, {mark: Wording(words, words) for mark, words in places.items() if words}, shown)
    except Problems as found:
        for each in found.faults:
            reason = str(getattr(each, "reason", "")) or each.what.partition("：")[2]
            mark = each.mark if isinstance(each, MarkFault) else ""
            yield PlaceMissing(shown, kind.title, mark, reason)


def units_of(said: str, records: Records) -> tuple[Unit, ...]:
    """Return the units of the sheets that a list of addressees names."""
    units = _by_name(records)
    return tuple(units[plain(each)] for each in _names(said) if plain(each) in units)


def names_of(said: str, records: Records) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the short and the full names in a list of addressees: units of the sheets by theirs, others as written.

    Args:
        said: As the document lists them: 县住建局、县水利局，各乡镇人民政府.
        records: Hold the units.
    """
    units = _by_name(records)
    found = [(units.get(plain(each)), each) for each in _names(said)]
    return (
        tuple(unit.short_name if unit else name for unit, name in found),
        tuple(unit.name if unit else name for unit, name in found),
    )


def _by_name(records: Records) -> Mapping[str, Unit]:
    return {plain(name): each for each in records.of(Unit) for name in each.link_names}


def _names(said: str) -> list[str]:
    names = (each.strip().rstrip("。：:") for each in _NAMES.split(said))
    return [each for each in names if each]
