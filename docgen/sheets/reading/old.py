"""Sheets and lines of earlier workspaces that others have replaced: still read, and said to be old.

发文代字 and 抄送规则 became the columns of 文种; two lines of 工作机制 became a column of 文种 and a row of 文种设置.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, ClassVar, Final

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.model.fields import Column, Origin, Record
from docgen.model.kind_row import KindRow, KindSetting
from docgen.model.limits import MaxLen
from docgen.model.values import Reach

NOTICE: Final = "告知函"
FEEDBACK_LINE: Final = "反馈工作日"
REACH_LINE: Final = "告知函发送范围"
LINES: Final[Mapping[str, str]] = {
    FEEDBACK_LINE: f"“{KindSetting.sheet}”表（文种 {NOTICE}，设置 {FEEDBACK_LINE}）",
    REACH_LINE: f"“{KindRow.sheet}”表（{NOTICE}的“主送范围”）",
}
"""Lines that the sheet 工作机制 had, each with where it is set now."""


class OldCode(Record):
    """机关代字 of a document kind, as the sheet 发文代字 had it."""

    sheet: ClassVar[str] = "发文代字"
    title: ClassVar[str] = "发文代字"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("kind",),)

    kind: Annotated[str, MaxLen(20), Column("文种", "", example="告知函")]
    code: Annotated[str, MaxLen(20), Column("机关代字", "", example="澄联审办函")]


class OldCopies(Record):
    """Who gets copies of a document kind, as the sheet 抄送规则 had it."""

    sheet: ClassVar[str] = "抄送规则"
    title: ClassVar[str] = "抄送规则"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("kind",),)

    kind: Annotated[str, MaxLen(20), Column("文种", "", example="告知函")]
    copies: Annotated[tuple[str, ...], Column("抄送对象", "", example="项目管家、项目业主")]


OLD: Final[tuple[type[Record], ...]] = (OldCode, OldCopies)


@dataclass(frozen=True)
class OldLine:
    """A line of the sheet 工作机制 that is set elsewhere now: what it says and where it stands."""

    label: str
    value: object
    origin: Origin


def kind_rows(codes: Sequence[Record], copies: Sequence[Record], reach: Reach | None) -> tuple[KindRow, ...]:
    """Return the rows of 文种 that old sheets make: a kind's code, its copies, and for the notice its reach."""
    coded = {each.kind: each for each in codes if isinstance(each, OldCode)}
    copied = {each.kind: each for each in copies if isinstance(each, OldCopies)}
    return tuple(_kind_row(kind, coded.get(kind), copied.get(kind), reach) for kind in {**coded, **copied})


def _kind_row(kind: str, code: OldCode | None, copies: OldCopies | None, reach: Reach | None) -> KindRow:
    source = code or copies
    return KindRow(
        kind=kind,
        code=code.code if code else None,
        copies=copies.copies if copies else (),
        reach=reach if reach and kind == NOTICE else Reach.OWN_LEVEL,
        origin=source.origin if source else None,
    )


def kind_settings(line: OldLine) -> tuple[KindSetting, ...]:
    """Return the row of 文种设置 that the line 反馈工作日 makes."""
    return (KindSetting(kind=NOTICE, name=FEEDBACK_LINE, value=str(line.value), origin=line.origin),)


def reach_of(line: OldLine | None) -> Reach | None:
    """Return what the line 告知函发送范围 says; None when it says nothing known."""
    return Reach.words().get(str(line.value)) if line else None


def advice_on_sheets(names: Iterable[str], *, read: bool) -> Advice:
    """Return the advice that sheets are old.

    Args:
        names: the old sheets.
        read: whether they were read, because the new ones are not there.
    """
    named = "".join(f"“{each}”" for each in names)
    new = f"“{KindRow.sheet}”“{KindSetting.sheet}”"
    if not read:
        return Advice("sheet-old", f"{named}是旧表，已由{new}代替，没有读取；核对后请删去旧表")
    how = f"用 docgen sheets new {KindRow.sheet} {KindSetting.sheet} 生成新表，填好后删去旧表"
    return Advice("sheet-old", f"{named}是旧表，已由{new}代替，这次仍按旧表读取；请{how}")


def advice_on_line(line: OldLine, *, read: bool) -> Advice:
    """Return the advice that a line of 工作机制 is old; `read` as in `advice_on_sheets`."""
    place = f"{line.origin.place(line.label)}「{line.label}」"
    how = "这次仍按它" if read else "没有读取"
    return Advice("line-old", f"{place}：这一项改在{LINES[line.label]}中设置，{how}；核对后请删去这一行")
