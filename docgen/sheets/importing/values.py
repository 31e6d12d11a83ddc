"""What the cells of a list say, read as the fields want it; what is not understood is guessed at or asked about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any, Final

from docgen.errors import DocgenError
from docgen.model.approval import Approval
from docgen.model.fields import FieldSpec, Shape, field_of
from docgen.model.names import nearest
from docgen.model.project import Project
from docgen.model.values import ApprovalState
from docgen.sheets.faults import UnknownLink, as_written
from docgen.sheets.importing.decisions import Guesses, Question
from docgen.sheets.importing.matching import Match, Target
from docgen.sheets.reading.cell_texts import NotUnderstood, is_blank
from docgen.sheets.reading.cells import Parser, parser_for
from docgen.sheets.reading.links import Index
from docgen.sheets.reading.wide import said_in

VALUE: Final = "写法"
AMOUNT: Final = "金额"
STATE: Final = "办理情况"
NOTHING: Final = object()
"""Stands for a cell from which nothing is taken."""
_IN_YI: Final = {
    "亿元": Decimal(1), "亿": Decimal(1), "千万元": Decimal("0.1"), "千万": Decimal("0.1"),
    "百万元": Decimal("0.01"), "百万": Decimal("0.01"), "万元": Decimal("0.0001"), "万": Decimal("0.0001"),
    "千元": Decimal("0.00001"), "元": Decimal("0.00000001"),
}  # fmt: skip
UNITS: Final = ("亿元", "万元", "元", "百万元", "千万元", "千元")
_PLAIN_NUMBER: Final = re.compile(r"[-+]?[\d,，]+(?:\.\d+)?")
_NAMED: Final = 5
_PLANNED: Final = "计划办结"
_WANTED: Final = "要写办结日期，或“状态：说明”，如 办结：2026-03-05、已受理：专家评审"
_AHEAD: Final = "这一天还没有到，多半是计划办结的日期；确已办结的，在“读作”中写“办结：日期”"
_FAR: Final = 1000
"""So many times the usual amount of its column an amount is asked about: somebody may have written 万元 for 亿元."""
_FROM_TO: Final = re.compile(
    r"(.+?)\s*(?:至|到|～|~|—+|－+|－)\s*(.+)|(\d{4}\D\d{1,2}月?)-(\d{4}\D\d{1,2}月?)"
)
_ONLY_YEARS: Final = re.compile(r"\d{4}年?\D{0,3}(?:\d{4}年?)?")
_SERIAL: Final = re.compile(r"[(【\[]?\s*(\d{1,6})\s*[)】\]]?\s*[、.]?")
_MARK: Final = re.compile(r"\s*([★☆▲△●○◆◇■□※＊*]+)\s*(\S.*)", re.DOTALL)
_PARTED: Final = re.compile(r"[、，,；;/／\s]+")
_YEAR_END: Final = re.compile(r"(\d{4})年?年?[底末]前?")
_DONE_ON: Final = re.compile(
    r"(?:已于|于)?(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?)\s*(?:已)?(?:办结|办理完[成毕]|批复|取得|发证|完成)"
)
_STATES: Final = (
    ("无需办理", re.compile("不涉及|无需|不需|不用")),
    ("组卷中", re.compile("组卷|组件|准备材料|编制|前期准备")),
    ("上报上级", re.compile("上报|报送|转报")),
    ("补正", re.compile("补正|补充材料|退回")),
    ("未申报", re.compile("未|没有|尚|预计|计划|力争|底前|月底|年内|待办")),
    ("已受理", re.compile("正在|办理|待|评审|审查|审批|公示|受理|推进|%|％")),
)
"""What words of an approval most likely mean, the first that fits."""


@dataclass
class Values:
    """Reads the cells of one list.

    Args:
        guesses: where what is not understood is asked about.
        index: what names of units, people, projects and items mean.
        year: of dates written without one.
        day_zero: the day from which plain numbers count days.
        today: the day after which nothing can have been done.
    """

    guesses: Guesses
    index: Index
    year: int | None
    day_zero: date
    today: date
    years_only: dict[str, list[str]] = field(default_factory=dict)
    marks: dict[str, list[str]] = field(default_factory=dict)
    _parsers: dict[tuple[Target, str], Parser] = field(default_factory=dict)

    def parser(self, spec: FieldSpec) -> Parser:
        """Return what reads the cells of a field."""
        return parser_for(spec, self.year, self.day_zero)

    def take(self, match: Match, raw: Any, place: str, usual: Decimal | None = None) -> dict[str, Any]:
        """Return what a cell says, by the English names of the fields.

        Args:
            match: of its column.
            raw: what it holds.
            place: where it stands, as messages write it.
            usual: the median of the amounts of its column.
        """
        if is_blank(raw):
            return {}
        if match.until:
            return self._from_to(match, raw, place)
        spec = match.meant.spec
        if match.meant.record is Approval and match.meant.name == "state":
            return self._state(raw, place)
        if match.meant.record is Project and spec.name == "number":
            found = _SERIAL.fullmatch(unicodedata.normalize("NFKC", as_written(raw)).strip())
            return {spec.name: int(found[1])} if found else {}  # a serial is no key: one is given
        if match.meant.record is Project and spec.name == "name":
            raw = self._unmarked(raw, place)
        value = self._amount(match, raw, place, usual) if match.unit else self.read(spec, raw, place)
        return {} if value is NOTHING or value is None else {spec.name: value}

    def _unmarked(self, raw: Any, place: str) -> Any:
        """Return a name without the signs before it, which a note below the list explains; they are told."""
        found = _MARK.match(raw) if isinstance(raw, str) else None
        if not found:
            return raw
        self.marks.setdefault(found[1], []).append(place)
        return found[2]

    def read(self, spec: FieldSpec, raw: Any, place: str) -> Any:
        """Return what a cell says as its field wants it, names as records; NOTHING when it is asked about."""
        try:
            return self._understood(spec, raw, place)
        except _Doubtful as doubt:
            question = Question(VALUE, spec.label, as_written(raw))
            decided, answer = self.guesses.ask(question, doubt.read_as, doubt.why, place)
            return self._answered(spec, answer, place, question) if decided and answer else NOTHING

    def _answered(self, spec: FieldSpec, answer: str, place: str, question: Question) -> Any:
        """Return what was chosen; what cannot be read either is asked about once more."""
        try:
            return self._understood(spec, answer, place)
        except _Doubtful as doubt:
            self.refuse(question, f"“{answer}”也读不懂：{doubt.why}", place)
            return NOTHING

    def refuse(self, question: Question, why: str, place: str) -> None:
        """Ask again about what was answered in a way that is not understood."""
        self.guesses.reopen(question, why, place)

    def _understood(self, spec: FieldSpec, raw: Any, place: str) -> Any:
        try:
            value = self.parser(spec)(raw)
        except NotUnderstood as fault:
            raise _Doubtful(_likely(spec, as_written(raw)), f"要填{fault}") from None
        if value is None or spec.shape is not Shape.LINK:
            return value
        if not spec.many:
            return self._meant(spec, value, place)
        try:
            return tuple(self._meant(spec, each, place) for each in value)
        except _Doubtful:
            parts = [each for each in _PARTED.split(as_written(raw)) if each]
            if len(parts) <= len(value):
                raise
            for each in parts:
                self._meant(spec, each, place)
            raise _Doubtful("、".join(parts), f"像是{len(parts)}个，之间要用顿号") from None

    def _meant(self, spec: FieldSpec, name: str, place: str) -> Any:
        found = self.index.find(spec.type, name, (place, "", spec.header))
        if isinstance(found, UnknownLink):
            raise _Doubtful(found.nearest[0] if found.nearest else "", f"{found.target}表中没有“{name}”")
        if found is None or isinstance(found, DocgenError):
            raise _Doubtful("", f"“{name}”看不出是哪一个")
        return found

    def _amount(self, match: Match, raw: Any, place: str, usual: Decimal | None) -> Any:
        """Return an amount in 亿元, converted from the unit of its column, or of its cell."""
        spec = match.meant.spec
        amount = in_yi(raw, match.unit)
        value = self.read(spec, raw if amount is None else f"{amount:f}", place)
        if not isinstance(value, Decimal) or not usual or value < usual * _FAR or value < _FAR:
            return value
        less = (value / 10_000).normalize()
        why = f"是这一列通常数额（{usual.normalize():f}亿元）的{_FAR}倍以上，可能是万元"
        question = Question(AMOUNT, spec.label, as_written(raw))
        decided, answer = self.guesses.ask(question, f"{less:f}", why, place)
        return self._answered(spec, answer, place, question) if decided and answer else NOTHING

    def _from_to(self, match: Match, raw: Any, place: str) -> dict[str, Any]:
        text = as_written(raw)
        if _ONLY_YEARS.fullmatch(text):
            self.years_only.setdefault(match.head.shown, []).append(place)
            return {}
        found = _FROM_TO.fullmatch(text)
        parts = [each for each in found.groups() if each] if found else [text]
        names = (match.meant.name, match.until)[: len(parts)]
        values = {
            name: self.read(field_of(match.meant.record, name), part, place)
            for name, part in zip(names, parts, strict=True)
        }
        return {name: value for name, value in values.items() if value is not NOTHING and value is not None}

    def _state(self, raw: Any, place: str) -> dict[str, Any]:
        """Return what a cell says of an approval; words, and a day that has not come yet, are asked about."""
        text = as_written(raw)
        try:
            said = self._said_of_approval(raw)
            if "done" not in said or said["done"] <= self.today:
                return said
            read_as, why = f"{_PLANNED}：{said['done']}", _AHEAD
        except NotUnderstood:
            read_as, why = self._likely_state(text), _WANTED
        question = Question(STATE, Approval.sheet, text)
        decided, answer = self.guesses.ask(question, read_as, why, place)
        if not decided or not answer:
            return {}
        try:
            return self._said_of_approval(answer)
        except NotUnderstood as fault:
            self.refuse(question, f"“{answer}”也读不懂：要写{fault}", place)
            return {}

    def _likely_state(self, text: str) -> str:
        """Return what words of an approval most likely mean, as it would be answered; empty where nobody can tell."""
        if done := _DONE_ON.fullmatch(text):
            with suppress(NotUnderstood):
                day = self.parser(field_of(Approval, "done"))(done[1])
                return f"{ApprovalState.DONE.value if day <= self.today else _PLANNED}：{day}"
        state = next((word for word, sign in _STATES if sign.search(text)), "")
        return f"{state}：{text}" if state else ""

    def _said_of_approval(self, raw: Any) -> dict[str, Any]:
        """Return what words, or a day, say of an approval. Raises NotUnderstood."""
        first, _, rest = as_written(raw).partition("：")
        if first == _PLANNED:
            return {"planned": self.parser(field_of(Approval, "planned"))(rest)}
        return dict(said_in(raw, self.parser(field_of(Approval, "done"))) or {})


def _likely(spec: FieldSpec, text: str) -> str:
    """Return what a text that is not understood most likely means in a field; empty where nobody can tell."""
    end = _YEAR_END.fullmatch(text) if spec.shape is Shape.MONTH else None
    near = nearest(text, spec.offered, 1) if spec.words else ()
    return f"{end[1]}年12月" if end else near[0] if near else ""


class _Doubtful(Exception):
    """A cell is not understood; what it might mean, and why it is not understood."""

    def __init__(self, read_as: str, why: str) -> None:
        super().__init__(why)
        self.read_as, self.why = read_as, why


def in_yi(raw: Any, unit: str) -> Decimal | None:
    """Return a plain number in 亿元; None for a cell that is none or gives a unit of its own."""
    text = as_written(raw).strip()
    if isinstance(raw, bool) or not _PLAIN_NUMBER.fullmatch(text):
        return None
    return (Decimal(text.replace(",", "").replace("，", "")) * _IN_YI.get(unit, Decimal(1))).normalize() + 0


def usual_of(cells: Iterable[Any], unit: str) -> Decimal | None:
    """Return the median of the amounts of a column in 亿元; None where they are too few to tell."""
    found = [amount for each in cells if (amount := in_yi(each, unit))]
    return median(found) if len(found) >= 4 else None  # of fewer no one is usual


def told_years(years_only: Mapping[str, list[str]]) -> Iterable[str]:
    """Yield what is said of columns that say from when to when by years alone."""
    for head, places in years_only.items():
        yield f"「{head}」有{len(places)}行只写了年，没有写月，计划开工和计划竣工没有读，请在数据表中补填"


def told_marks(marks: Mapping[str, list[str]]) -> Iterable[str]:
    """Yield what is said of signs that stood before names."""
    for mark, places in marks.items():
        where = "、".join(places[:_NAMED]) + ("等" if len(places) > _NAMED else "")
        said = f"{len(places)}个项目名称前有“{mark}”（{where}），名称中没有读"
        yield f"{said}；它表示什么请看表下的说明，要留的填在备注等栏"
