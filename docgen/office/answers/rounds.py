"""Answers about rounds: what was handed out, what came back, what was written and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docgen.office.answers.answer import Answer, Near

if TYPE_CHECKING:
    from docgen.office.drop_downs import Renewed
    from docgen.office.round.applying import Applied
    from docgen.office.round.collect import Outcome
    from docgen.office.round.collecting import Collection
    from docgen.office.round.handing_out import HandedOut
    from docgen.office.round.undoing import Undone
    from docgen.sheets.round.returned import Cell, Raised

_BLANK = "（空）"
_MOST_SHOWN = 300
_MOST_NAMES = 8


def of_hand_out(made: HandedOut, entered: Applied | None, near: Near) -> Answer:
    """Answer `sheets hand-out`."""
    units = [
        {"unit": unit, "rows": rows, "due": due.isoformat(), "path": near(path)}
        for path, (unit, rows, due) in zip(made.files, made.units, strict=True)
    ]
    folder = near(entered.folder) if entered and entered.folder else None
    advices = [*made.advices, *(entered.advices if entered else ())]
    fields = {"period": made.period.code, "units": units, "entered": folder}
    return Answer({**fields, "page": near(made.page) if made.page else None}, advices=advices)


def of_collecting(outcome: Outcome, near: Near) -> Answer:
    """Answer `sheets collect`."""
    found, applied = outcome.collection, outcome.applied
    fields = {
        "period": found.period.code if found.period else None,
        "returned": [{"unit": each.handed.unit, "path": near(each.path)} for each in found.returns],
        "late": list(found.late),
        "missing": list(found.missing),
        "changes": [_change(each.cell) | {"now": each.now} for each in found.merged.changes],
        "conflicts": [
            {"now": each.now, "said": [_change(cell) for cell in each.cells]}
            for each in found.merged.conflicts
        ],
        "raised": [_raised(each) for each in found.raised],
        "settled": len(found.merged.settled),
        "files": [near(each) for each in outcome.files],
        "applied": applied
        and {
            "folder": applied.folder and near(applied.folder),
            "books": list(applied.books),
            "cells": applied.count,
        },
    }
    return Answer(fields, outcome.faults, list(outcome.advices), _next(outcome))


def _next(outcome: Outcome) -> str:
    """Say what to do next; what was refused says so itself."""
    found = outcome.collection
    if outcome.applied or outcome.refused or not found.returns:
        return ""
    entered = f"，其中在“报送”表登记{outcome.entered}行" if outcome.entered else ""
    told = f"（{outcome.count}格{entered}）"
    if outcome.faults or found.merged.conflicts:
        written = "" if outcome.files else "用 --to 写出退回件和冲突，"
        return f"下一步：{written}改正、选定后再汇总；只写没有问题的部分，加 --apply --partial{told}。"
    return f"下一步：核对后加 --apply 写入{told}。"


def _change(cell: Cell) -> dict[str, Any]:
    return {
        "sheet": cell.sheet,
        "key": list(cell.key),
        "field": cell.spec.label,
        "handed_out": cell.before,
        "said": cell.now,
        "unit": cell.unit,
        "file": cell.file,
        "cell": cell.address,
    }


def _raised(raised: Raised) -> dict[str, Any]:
    question = str(raised.values.get("question", ""))
    return {
        "sheet": raised.sheet,
        "question": question,
        "unit": raised.unit,
        "file": raised.file,
        "row": raised.row,
    }


def of_refreshing(made: Renewed, near: Near) -> Answer:
    """Answer `sheets refresh`."""
    books = [
        {"book": name, "added": list(each.added), "removed": list(each.removed)}
        for name, each in made.books.items()
    ]
    folder = near(made.applied.folder) if made.applied.folder else None
    return Answer({"books": books, "without": list(made.without), "folder": folder})


def told_refreshed(made: Renewed) -> Iterator[str]:
    """Yield a line for each workbook, with the names that its lists have now and had before."""
    for name, each in made.books.items():
        told = [
            f"{what}{'、'.join(names[:_MOST_NAMES])}{f'等{len(names)}个' if len(names) > _MOST_NAMES else ''}"
            for what, names in (("加上", each.added), ("去掉", each.removed))
            if names
        ]
        yield f"更新  {name}：{'；'.join(told) or '次序'}"
    if made.without:
        yield f"没有取自名单的下拉列表：{'、'.join(made.without)}"


def of_undoing(undone: Undone, near: Near) -> Answer:
    """Answer `sheets undo`."""
    fields = {"folder": near(undone.collected.folder), "books": list(undone.books), "cells": undone.count}
    return Answer(fields)


def told_returns(found: Collection) -> Iterator[str]:
    """Yield lines on who has returned, who late, and who not."""
    if not found.period:
        return
    units = list(dict.fromkeys(each.handed.unit for each in found.returns))
    late = f"，其中迟报{len(found.late)}个（{'、'.join(found.late)}）" if found.late else ""
    missing = f"；还没有报的{len(found.missing)}个：{'、'.join(found.missing)}" if found.missing else ""
    yield f"{found.period.short_name}：这次报回{len(units)}个单位{late}{missing}"


def told_changes(found: Collection) -> Iterator[str]:
    """Yield a line for each change and each added row."""
    for change in found.merged.changes:
        cell = change.cell
        about = f"{cell.sheet} {' '.join(cell.key)}「{cell.spec.label}」"
        yield f"变动  {about}：{_shown(change.now)} → {_shown(cell.now)}（{cell.unit}，{cell.file} {cell.address}）"
    for each in found.raised:
        yield f"新增  {each.sheet}：{each.values.get('question', '')}（{each.unit}，{each.file} 第{each.row}行）"


def told_conflicts(found: Collection) -> Iterator[str]:
    """Yield a line for each conflict."""
    for each in found.merged.conflicts:
        cell = each.cells[0]
        told = zip(each.speakers, each.cells, strict=True)
        said = "；".join(f"{speaker}报“{_shown(one.now)}”" for speaker, one in told)
        about = f"{cell.sheet} {' '.join(cell.key)}「{cell.spec.label}」"
        yield f"冲突  {about}：下发时是“{_shown(cell.before)}”，办公室现在是“{_shown(each.now)}”；{said}"


def _shown(words: str) -> str:
    """Return what a cell says as a line shows it: the beginning of what is far too long to be meant."""
    if len(words) > _MOST_SHOWN:
        return f"{words[:_MOST_SHOWN]}……（共{len(words)}字）"
    return words or _BLANK
