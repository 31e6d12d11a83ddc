"""Answers about lists that are taken in: what each column is read as, what is guessed, what would be written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docgen.office.answers.answer import Answer, Near

if TYPE_CHECKING:
    from docgen.model.fields import Record
    from docgen.office.round.importing import Imported
    from docgen.sheets.importing.decisions import Guess
    from docgen.sheets.importing.matching import Match

_MOST_GUESSES = 20


def of_import(made: Imported, near: Near) -> Answer:
    """Answer `sheets import`."""
    listing, applied = made.listing, made.applied
    decided = listing.guesses.decisions.answers
    fields = {
        "sheet": listing.record.sheet,
        "columns": [
            _column(sheet, each, listing.record) for sheet, found in listing.matches.items() for each in found
        ],
        "guesses": [
            {**_guess(each), "decided": each.question in decided} for each in listing.guesses.made.values()
        ],
        "rows": [
            {"what": each.what, "place": each.place, "values": each.values, "before": each.before}
            for each in made.rows
        ],
        "cells": made.count,
        "proposal": near(made.proposal) if made.proposal else None,
        "applied": applied
        and {
            "folder": applied.folder and near(applied.folder),
            "books": list(applied.books),
            "cells": applied.count,
        },
    }
    advices = {each.text: each for each in (*listing.advices, *(applied.advices if applied else ()))}
    return Answer(fields, made.faults, list(advices.values()), _next(made, near))


def _next(made: Imported, near: Near) -> str:
    """Say what to do next; what was refused says so itself."""
    if made.applied or made.refused:
        return ""
    if made.listing.open_columns or made.listing.guesses.open or made.faults:
        if made.proposal:
            name = near(made.proposal)
            return f"下一步：在 {name} 中逐项确认、保存，再加 --decisions {name} 运行。"
        return "下一步：用 --to 写出核对表，逐项确认后用 --decisions 给出。"
    return "下一步：核对后加 --apply 写入。"


def _column(sheet: str, match: Match, record: type[Record]) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "column": match.head.letters,
        "head": match.head.shown,
        "read_as": match.read_as(record) or None,
        "why": match.basis,
        "unit": match.unit or None,
        "confirmed": match.is_sure,
    }


def _guess(guess: Guess) -> dict[str, Any]:
    question = guess.question
    return {
        "kind": question.kind,
        "field": question.about,
        "said": question.said,
        "read_as": guess.read_as,
        "why": guess.why,
        "places": list(guess.places),
    }


def told_import(made: Imported) -> Iterator[str]:
    """Yield lines on the columns, the guesses, and what would be written."""
    listing = made.listing
    for sheet, matches in listing.matches.items():
        for each in matches:
            yield _told_column(sheet, each, listing.record)
    guesses = listing.guesses.open
    for guess in guesses[:_MOST_GUESSES]:
        read_as = f"读作“{guess.read_as}”" if guess.read_as else "请写明读作什么"
        question = guess.question
        why = f"{guess.why}，{len(guess.places)}处"
        yield f"待确认  {question.kind}「{question.about}」{question.said}：{read_as}（{why}）"
    if len(guesses) > _MOST_GUESSES:
        yield f"待确认  另有{len(guesses) - _MOST_GUESSES}处，见核对表"
    counts: dict[str, int] = {}
    for row in made.rows:
        what = "更改" if row.what.startswith("更改") else row.what
        counts[what] = counts.get(what, 0) + 1
    told = "，".join(f"{what}{count}行" for what, count in counts.items()) or "没有数据行"
    yield f"{listing.record.sheet}：{told}；共{made.count}格"


def _told_column(sheet: str, match: Match, record: type[Record]) -> str:
    place = f"{sheet} {match.head.letters}列「{match.head.shown}」"
    read_as = match.read_as(record)
    if not read_as:
        return f"不读    {place}（{match.basis}）"
    unit = f"，单位{match.unit}" + ("" if match.stated else "（没有写明）") if match.unit else ""
    sure = "读作    " if match.is_sure else "待确认  "
    return f"{sure}{place} → {read_as}（{match.basis}{unit}）"
