"""The proposal for taking in a list: what each column and value is read as, to be looked over and confirmed.

It is read again with what was decided (`read_decisions`); the digest in it says of which file it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from docgen.dataclass import dataclass
from docgen.errors import DocgenError, Problems
from docgen.model.fields import FieldSpec, Record
from docgen.sheets.faults import UnreadableWorkbook
from docgen.sheets.importing.decisions import NO, YES, ColumnDecision, Decisions, Guess, Question
from docgen.sheets.importing.faults import ProposalOfOther
from docgen.sheets.importing.listing import Listing
from docgen.sheets.importing.matching import Match
from docgen.sheets.importing.values import UNITS
from docgen.sheets.opening.workbook import OPTIONS, open_workbook
from docgen.sheets.round.faults import DecisionUnreadable
from docgen.sheets.writing.blank import REQUIRED_FILL
from docgen.sheets.writing.guide import BODY, HEADING, TITLE
from docgen.sheets.writing.heights import fit_height
from docgen.sheets.writing.looks import HEAD_FILL, print_across, put, style
from docgen.sheets.writing.plain_table import HEAD, lay_table
from docgen.sheets.writing.saving import saved

GUIDE: Final = "怎样核对"
COLUMNS: Final = "列对应"
GUESSES: Final = "待确认"
ROWS: Final = "导入后"
UNREAD: Final = "没有读的"
_OF: Final = "文件指纹"
_NO_COLUMN: Final = "（没有这一列）"
_LAYOUT: Final = {
    COLUMNS: (("工作表", 14), ("列", 6), ("原表头", 28), ("读作", 22), ("依据", 18), ("单位", 9), ("统一填", 14),
              ("前几个值", 34), ("采用", 8)),
    GUESSES: (("类别", 12), ("列", 14), ("原表写的", 34), ("读作", 28), ("原因", 36), ("几处", 6),
              ("在哪里", 34), ("采用", 8)),
    UNREAD: (("没有读的内容", 100),),
}  # fmt: skip
_FEW: Final = 3
_MOST_PLACES: Final = 5
_STEPS: Final = (
    ("列对应", "原表每一列读作哪一栏。“采用”已写“是”的，表头一致或是常见的同义写法；标橙色的是猜测。"),
    ("怎样确认", "请核对“读作”，导入的在“采用”写“是”，不导入的写“否”；“读作”“单位”可以从下拉列表中改选。"),
    ("统一填", "原表没有、又必填的栏，在“统一填”写一个值，所有新增的行都用它。"),
    (
        "待确认",
        "读不懂或拿不准的写法，每种一行。“读作”对的，在“采用”写“是”；不对的先改“读作”；不要这个值的写“否”。",
    ),
    ("导入后", "按现在的对应，数据表会新增和改动的内容，只供核对，改这张表不起作用。"),
    ("核对以后", "保存，运行 docgen sheets import 原表 --decisions 这个文件 查看结果，加 --apply 写入。"),
    ("写错了", "写入后可用 docgen sheets undo 撤回。"),
)


@dataclass(frozen=True)
class Preview:
    """A row as it would be: what becomes of it, where it was read, its values by label, those of them that change."""

    what: str
    place: str
    values: dict[str, str]
    before: dict[str, str]


@dataclass(frozen=True)
class Proposal:
    """What a proposal shows.

    Args:
        file: name of the list.
        digest: of it.
        listing: what it comes to.
        lacking: required fields for which it has no column, each with what was chosen for all rows.
        rows: as they would be.
        targets: what a column may be read as.
        faults: what stands against it.
    """

    file: str
    digest: str
    listing: Listing
    lacking: Sequence[tuple[FieldSpec, str]]
    rows: Sequence[Preview]
    targets: Sequence[str]
    faults: Sequence[DocgenError] = ()


def proposal_workbook(proposal: Proposal, samples: dict[tuple[str, str], list[str]]) -> bytes:
    """Return the workbook; `samples` are the first values of each column, by sheet and letters."""
    book = Workbook()
    _guide(book.worksheets[0], proposal)
    options = book.create_sheet(OPTIONS)
    options.sheet_state = "hidden"
    for row, each in enumerate(proposal.targets, 1):
        put(options, row, 1, each)
    _columns(book.create_sheet(COLUMNS), proposal, samples)
    _guesses(book.create_sheet(GUESSES), proposal)
    _rows(book.create_sheet(ROWS), proposal.rows)
    told = [*map(str, proposal.faults), *(each.text for each in proposal.listing.advices)]
    if told:
        lay_table(
            book.create_sheet(UNREAD),
            "没有读的内容，请核对有没有要的",
            _LAYOUT[UNREAD],
            [[each] for each in told],
        )
    book.move_sheet(OPTIONS, len(book.sheetnames))
    return saved(book)


def _guide(sheet: Worksheet, proposal: Proposal) -> None:
    sheet.title = GUIDE
    listing: Listing = proposal.listing
    widths = (16, 84)
    style(put(sheet, 1, 1, f"导入{listing.record.sheet}核对表"), TITLE, "center", box=False)
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[1].height = 34
    open_ones = len(listing.open_columns) + len(listing.guesses.open)
    to_do = [f"{open_ones}处"] if open_ones else []
    to_do += [f"另有{len(proposal.faults)}处问题，见“{UNREAD}”"] if proposal.faults else []
    lines = (
        ("原表", proposal.file),
        ("读了", "、".join(f"“{each}”" for each in listing.matches) or "没有"),
        ("要确认的", "，".join(to_do).removeprefix("另") or "没有，可以写入"),
        *_STEPS,
        (_OF, proposal.digest),
    )
    for row, (label, words) in enumerate(lines, HEAD):
        style(put(sheet, row, 1, label), HEADING, "left", HEAD_FILL)
        style(put(sheet, row, 2, words), BODY, "left")
        fit_height(sheet, row, [(label, widths[0]), (words, widths[1])])
    for letter, width in zip("AB", widths, strict=True):
        sheet.column_dimensions[letter].width = width
    print_across(sheet, "A4")


def _columns(sheet: Worksheet, proposal: Proposal, samples: dict[tuple[str, str], list[str]]) -> None:
    listing = proposal.listing
    rows = [
        _column_row(name, each, listing.record, samples.get((name, each.head.letters), []))
        for name, matches in listing.matches.items()
        for each in matches
    ]
    unsure = [row for row, values in enumerate(rows, HEAD + 1) if values[-1] is None]
    first = len(rows) + HEAD + 1
    for spec, chosen in proposal.lacking:
        rows.append(["", "", _NO_COLUMN, spec.label, "必填", "", chosen or None, spec.column.help, None])
    lay_table(sheet, "原表的列读作什么", _LAYOUT[COLUMNS], rows)
    for row in unsure:
        _colour(sheet, row, (4, 9))
    last = max(first - 1, HEAD + 1)
    _offer(sheet, f"D{HEAD + 1}:D{last}", f"{OPTIONS}!$A$1:$A${max(1, len(proposal.targets))}")
    _offer(sheet, f"F{HEAD + 1}:F{last}", f'"{",".join(UNITS)}"')
    _offer(sheet, f"I{HEAD + 1}:I{last}", f'"{YES},{NO}"', strict=True)
    for row, (spec, chosen) in enumerate(proposal.lacking, first):
        if not chosen:
            _colour(sheet, row, (7,))
        if spec.offered:
            _offer(sheet, f"G{row}", f'"{",".join(spec.offered)}"', strict=bool(spec.words))


def _column_row(sheet: str, match: Match, record: type[Record], samples: Sequence[str]) -> list[Any]:
    read_as = match.read_as(record) or None
    taken = (YES if match.target else NO) if match.is_sure else None
    basis = match.basis if match.stated else f"{match.basis}；单位没有写明"
    shown = "；".join(samples[:_FEW])
    return [
        sheet,
        match.head.letters,
        match.head.shown,
        read_as,
        basis,
        match.unit or None,
        None,
        shown,
        taken,
    ]


def _guesses(sheet: Worksheet, proposal: Proposal) -> None:
    found = sorted(proposal.listing.guesses.made.values(), key=lambda each: each.question.kind)
    answers = proposal.listing.guesses.decisions.answers
    rows = [_guess_row(each, answers.get(each.question), decided=each.question in answers) for each in found]
    lay_table(sheet, "拿不准的写法，请逐行确认", _LAYOUT[GUESSES], rows)
    for row, each in enumerate(found, HEAD + 1):
        if each.question not in answers:
            _colour(sheet, row, (4, 8))
    if found:
        _offer(sheet, f"H{HEAD + 1}:H{HEAD + len(found)}", f'"{YES},{NO}"', strict=True)


def _guess_row(guess: Guess, answer: str | None, *, decided: bool) -> list[Any]:
    question = guess.question
    more = "等" if len(guess.places) > _MOST_PLACES else ""
    places = "、".join(guess.places[:_MOST_PLACES]) + more
    taken = (YES if answer is not None else NO) if decided else None
    read_as = answer if answer is not None else guess.read_as
    return [
        question.kind,
        question.about,
        question.said,
        read_as or None,
        guess.why,
        len(guess.places),
        places,
        taken,
    ]


def _rows(sheet: Worksheet, rows: Sequence[Preview]) -> None:
    labels = list(dict.fromkeys(label for each in rows for label in each.values))
    columns = (("处置", 14), ("原表", 18), *((each, 16) for each in labels))
    made = [[each.what, each.place, *(each.values.get(label) for label in labels)] for each in rows]
    lay_table(sheet, "导入后的内容（标橙色的格与现在不同）", columns, made)
    for row, each in enumerate(rows, HEAD + 1):
        _colour(sheet, row, [labels.index(label) + 3 for label in each.before])


def _colour(sheet: Worksheet, row: int, columns: Iterable[int]) -> None:
    for column in columns:
        sheet.cell(row, column).fill = REQUIRED_FILL


def _offer(sheet: Worksheet, cells: str, formula: str, *, strict: bool = False) -> None:
    rule = DataValidation(type="list", formula1=formula, allow_blank=True)
    rule.showErrorMessage, rule.errorTitle, rule.error = strict, "采用", "请从下拉列表中选择"
    rule.add(cells)
    sheet.add_data_validation(rule)


def read_decisions(path: Path, digest: str, targets: Sequence[str]) -> Decisions:
    """Return what was decided in a proposal.

    Args:
        path: the proposal.
        digest: of the list that is taken in.
        targets: what a column may be read as.

    Raises:
        UnreadableWorkbook: it is no proposal.
        ProposalOfOther: it was made of another file.
        Problems: a decision is not understood.
    """
    workbook = open_workbook(path)
    if not {GUIDE, COLUMNS, GUESSES} <= set(workbook.sheet_names):
        raise UnreadableWorkbook(
            path.name, "不是导入的核对表", "请用 docgen sheets import 原表 写出的核对表。"
        )
    guide = {str(row[0]): str(row[1]) for row in workbook.grid(GUIDE).rows if len(row) > 1}
    if guide.get(_OF) != digest:
        raise ProposalOfOther(path.name, guide.get("原表", ""))
    reading = _Decided(path.name, [], {}, {}, {})
    reading.columns_in(workbook.grid(COLUMNS).rows[HEAD:], targets)
    reading.answers_in(workbook.grid(GUESSES).rows[HEAD:])
    Problems.raise_any(reading.faults)
    return Decisions(reading.columns, reading.fixed, reading.answers)


@dataclass
class _Decided:
    """Gathers what a clerk decided in a proposal, and what of it cannot be read."""

    file: str
    faults: list[DocgenError]
    columns: dict[tuple[str, str], ColumnDecision]
    fixed: dict[str, str]
    answers: dict[Question, str | None]

    def columns_in(self, rows: Sequence[Sequence[Any]], targets: Sequence[str]) -> None:
        for number, row in enumerate(rows, HEAD + 1):
            said = [str(each).strip() for each in [*row, *[""] * len(_LAYOUT[COLUMNS])]]
            sheet, letters, head, read_as, _, unit, fixed, _, taken = said[: len(_LAYOUT[COLUMNS])]
            if head == _NO_COLUMN:
                self.fixed[read_as] = fixed
            elif letters and self._is_answer(COLUMNS, f"I{number}", taken):
                if taken == YES and read_as not in targets:
                    place = (f"{self.file} {COLUMNS}", f"D{number}", "读作")
                    self.faults.append(DecisionUnreadable(*place, read_as, "下拉列表中的栏"))
                self.columns[(sheet, letters)] = ColumnDecision(read_as, unit, taken == YES)

    def answers_in(self, rows: Sequence[Sequence[Any]]) -> None:
        for number, row in enumerate(rows, HEAD + 1):
            said = [str(each).strip() for each in [*row, *[""] * len(_LAYOUT[GUESSES])]]
            kind, about, words, read_as, _, _, _, taken = said[: len(_LAYOUT[GUESSES])]
            if not kind or not self._is_answer(GUESSES, f"H{number}", taken):
                continue
            if taken == YES and not read_as:
                place = (f"{self.file} {GUESSES}", f"D{number}", "读作")
                self.faults.append(
                    DecisionUnreadable(*place, "", "读作什么；不要这个值的在“采用”写“否”，这里要填内容")
                )
            self.answers[Question(kind, about, words)] = read_as if taken == YES else None

    def _is_answer(self, sheet: str, cell: str, taken: str) -> bool:
        if taken not in (YES, NO, ""):
            self.faults.append(
                DecisionUnreadable(f"{self.file} {sheet}", cell, "采用", taken, f"{YES}、{NO}")
            )
        return taken in (YES, NO)
