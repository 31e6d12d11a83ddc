"""How the workbooks of the example mechanisms are made: tables written as text, approvals that follow a pace.

A table is lines of cells parted by `|`, the first line its headers. Whole workbooks are written as docgen hands them
out to clerks; a column that the office added to a sheet of docgen's has `+` before its label (`+立项年份`). The same text gives the same workbooks; names come from a list and a seed, and are nobody's.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from docgen.model.fields import FieldSpec, Record, Shape, fields_of
from docgen.model.schema import BUILT_IN
from docgen.rules.workdays import WorkCalendar
from docgen.sheets.declaring.declarations import read_declarations
from docgen.sheets.declaring.declared import types_of
from docgen.sheets.writing.arrangement import BOOKS, TAKEN
from docgen.sheets.writing.blank import HEADER_ROW, workbook_bytes
from docgen.sheets.writing.saving import saved
from docgen.workspace import Workspace

EXAMPLES = Path(__file__).resolve().parents[1]
Row = dict[str, Any]
Tables = dict[str, list[Row]]
ADDED = "+"
"""Before the label of a column that the office added to a sheet."""
_ADDED_WIDTH = 16

_SURNAMES = "陶穆柯骆祁翟聂简滕蔺靳庞屈晏裴阮蒲褚冉鞠缪佘虞葛单邬芮蓟麻古栾隋戚宗岑桑尹贝燕郦"
_GIVEN = [
    "云舟",
    "景行",
    "敬之",
    "若谷",
    "思远",
    "文澜",
    "雨桐",
    "明哲",
    "学勤",
    "立新",
    "海燕",
    "静仪",
    "志学",
    "向东",
    "玉珊",
    "春和",
    "书恒",
    "长青",
    "子衿",
    "望舒",
    "怀瑾",
    "嘉禾",
    "念慈",
    "永年",
    "秋实",
    "方正",
    "兰芝",
    "启明",
    "宏远",
    "亦农",
    "守拙",
    "知夏",
    "允中",
    "慕白",
    "清和",
    "乐山",
    "若水",
    "林峰",
    "采薇",
    "鹏举",
]


@dataclass
class Names:
    """Names of people that nobody bears, each given once."""

    seed: str
    given: set[str] = field(default_factory=set)
    steps: random.Random = field(init=False)

    def __post_init__(self) -> None:
        """Begin the list of this seed."""
        self.steps = random.Random(self.seed)  # noqa: S311  # nothing secret

    def next(self) -> str:
        """Return a name that was not given yet."""
        while True:
            name = self.steps.choice(_SURNAMES) + self.steps.choice(_GIVEN)
            if name not in self.given:
                self.given.add(name)
                return name


def table(text: str) -> list[Row]:
    """Return the rows of a table written as text; an empty cell is left out, `/` in a cell parts lines."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    heads = [each.strip() for each in lines[0].split("|")]
    rows = []
    for line in lines[1:]:
        cells = [each.strip() for each in line.split("|")]
        if len(cells) != len(heads):
            raise ValueError(f"{len(cells)} cells for {len(heads)} headers: {line}")
        rows.append({head: cell for head, cell in zip(heads, cells, strict=True) if cell})
    return rows


def workdays_after(day: date, count: int) -> date:
    """Return the day so many working days after another."""
    return WorkCalendar().after(day, count) if count > 0 else day


@dataclass(frozen=True)
class Pace:
    """How far the approvals of an example's projects are.

    Args:
        today: the day on which the sheets stand.
        seed: parts the examples.
        late: which share of those under way has not kept its day.
    """

    today: date
    seed: str
    late: float = 0.15


def approvals(
    projects: Sequence[Row], items: Sequence[Row], pace: Pace, names: Mapping[str, str]
) -> list[Row]:
    """Return the approvals of projects: early items done, later ones under way or not begun.

    Args:
        projects: with 序号, 项目类型, 计划开工 and 进度, the share of items that are done (0 to 1).
        items: in their usual order, with 通常审批单位, 法定时限 and 省略, the share of projects that do not need them.
        pace: of the example.
        names: the responsible person of each unit.
    """
    made: list[Row] = []
    for project in projects:
        steps = random.Random(f"{pace.seed}{project['序号']}")  # noqa: S311  # nothing secret
        wanted = [each for each in items if each.get("适用", project["项目类型"]) == project["项目类型"]]
        made += list(_of_project(project, wanted, pace, names, steps))
    return made


def _of_project(
    project: Row, items: Sequence[Row], pace: Pace, names: Mapping[str, str], steps: random.Random
) -> Iterable[Row]:
    share = float(project["进度"])
    needed = [each for each in items if steps.random() >= float(each.get("省略", 0))]
    done = round(share * len(needed))
    day = pace.today - timedelta(days=40 + 24 * done + steps.randrange(20))
    for item in items:
        row: Row = {
            "项目": project["序号"],
            "审批事项": item["事项名称"],
            "责任人": names.get(item["通常审批单位"]),
        }
        if item not in needed:
            yield {
                **row,
                "责任人": None,
                "状态": "无需办理",
                "无需办理理由": item.get("不办理由", "按规定不需要办理"),
            }
            continue
        at = needed.index(item)
        if at < done:
            day = workdays_after(day, steps.randrange(6, 13))
            ended = workdays_after(day, 2 + steps.randrange(1, 7))
            if ended >= pace.today:
                ended = workdays_after(pace.today - timedelta(days=5), 0)
                day = ended - timedelta(days=6)
            number = f"{item.get('字', '批')}〔{ended.year}〕{11 + steps.randrange(160)}号"
            yield {
                **row,
                "状态": "办结",
                "申报日期": day,
                "受理日期": day,
                "办结日期": ended,
                "证照编号": number,
            }
        elif at == done and share > 0:
            yield {**row, **_under_way(item, pace, steps)}
        elif at == done + 1:
            yield {**row, "状态": "组卷中", "组卷情况": steps.choice(_PREPARING)}
        else:
            yield {**row, "状态": "未申报"}


_PREPARING = (
    "报告正在编制",
    "外业调查已完成，正在编制报告",
    "已委托编制单位，合同已签订",
    "材料正在汇总，尚缺附图",
)


def _under_way(item: Row, pace: Pace, steps: random.Random) -> Row:
    back = 18 if steps.random() < pace.late else 6
    accepted = pace.today - timedelta(days=back + steps.randrange(5))
    while accepted.isoweekday() > 5:
        accepted -= timedelta(days=1)
    row: Row = {"申报日期": accepted, "受理日期": accepted}
    if steps.random() < 0.25 and item.get("主要要件"):
        lacking = item["主要要件"].split("、")[-1]
        return {**row, "状态": "补正", "缺少要件": lacking, "审批环节": "等待补正"}
    return {**row, "状态": "已受理", "审批环节": steps.choice(("专家评审", "现场核查", "部门会审", "公示"))}


def build(letter: str, tables: Tables, folder: Path | None = None) -> None:
    """Write the workbooks of an example into its `data` folder, its own sheets as well.

    Args:
        letter: of the example, the name of its folder.
        tables: rows by sheet, by label.
        folder: another folder than `examples/<letter>`.
    """
    root = folder or EXAMPLES / letter
    rest = EXAMPLES.parent if letter == "a" else root
    (root / "data").mkdir(parents=True, exist_ok=True)
    own: tuple[type[Record], ...] = ()
    if (root / "sheets").is_dir():
        linkable = tuple(BUILT_IN.linkable())
        own = types_of(read_declarations(root / "sheets", "sheets", TAKEN, linkable))
    known = {each.sheet: each for each in (*BUILT_IN.types, *own)}
    wrong = set(tables) - set(known)
    if wrong:
        raise ValueError(f"unknown sheets {wrong}")
    for name, types in [*BOOKS.items(), *((each.sheet, (each,)) for each in own)]:
        sheets = [(each, [_raw(row, each) for row in tables.get(each.sheet, [])]) for each in types]
        if any(rows for _, rows in sheets):
            (root / "data" / f"{name}.xlsx").write_bytes(_with_added(workbook_bytes(sheets, {}), tables))
    _with_drop_downs(root, rest, known, tables)


def _with_drop_downs(root: Path, rest: Path, known: Mapping[str, type[Record]], tables: Tables) -> None:
    """Write the workbooks again with drop-downs of what they name, where the workspace can be read."""
    from docgen.sheets.writing.books import called_in, needed_by, offered_by

    if not (rest / "docgen.toml").exists():
        return
    records = Workspace.find(rest).read().records
    if records is None:
        return
    offered, called, needed = offered_by(records), called_in(records.mechanism), needed_by(records)
    own = {each.sheet: (each,) for each in known.values() if each not in BUILT_IN.types}
    for name, types in {**BOOKS, **own}.items():
        path = root / "data" / f"{name}.xlsx"
        if path.exists():
            sheets = [
                (known[each.sheet], [_raw(row, each) for row in tables.get(each.sheet, [])]) for each in types
            ]
            path.write_bytes(_with_added(workbook_bytes(sheets, offered, called, needed), tables))


def _with_added(book: bytes, tables: Tables) -> bytes:
    """Return a workbook with the columns that the office added behind those of its sheets."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    added = {
        sheet.title: dict.fromkeys(
            label for row in tables.get(sheet.title, []) for label in row if label[0] == ADDED
        )
        for sheet in opened
    }
    if not any(added.values()):
        return book
    for sheet in opened:
        for column, label in enumerate(added[sheet.title], start=sheet.max_column + 1):
            _add(sheet, column, label, [row.get(label) for row in tables[sheet.title]])
    return saved(opened)


def _add(sheet: Worksheet, column: int, label: str, values: Sequence[Any]) -> None:
    """Write a column that looks like the one before it."""
    for row, value in enumerate([label.removeprefix(ADDED), *values], start=HEADER_ROW):
        cell, before = sheet.cell(row, column, value), sheet.cell(row, column - 1)
        cell.font, cell.alignment, cell.border = (
            copy(before.font),
            copy(before.alignment),
            copy(before.border),
        )
        cell.fill = copy(before.fill)
        if isinstance(value, date):
            cell.number_format = "yyyy-mm-dd"
    sheet.column_dimensions[get_column_letter(column)].width = _ADDED_WIDTH


def _raw(row: Row, record: type[Record]) -> dict[str, Any]:
    specs = {spec.label: spec for spec in fields_of(record)}
    row = {label: value for label, value in row.items() if label[0] != ADDED}
    wrong = set(row) - set(specs)
    if wrong:
        raise ValueError(f"{record.sheet}: no columns {wrong}")
    return {
        specs[label].name: _cell(value, specs[label]) for label, value in row.items() if value is not None
    }


def _cell(value: Any, spec: FieldSpec) -> Any:
    if not isinstance(value, str):
        return value
    if spec.shape is Shape.DATE:
        return date.fromisoformat(value)
    if spec.shape is Shape.INTEGER:
        return int(value)
    if spec.shape is Shape.DECIMAL:
        return Decimal(value)
    if spec.shape is Shape.LINK and value.isdigit():
        return int(value)
    return value.replace("/", "\n") if spec.column.lines else value
