"""Deadlines of approvals: half-year of the planned start by level, each with its sentence; the rest is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.founding.passages import Passage
from docgen.founding.proposal import DEADLINES, Open, Proposal, Row
from docgen.model.values import Half, Level, StartingPoint

_HALF: Final = re.compile("上半年|下半年")
_LEVEL: Final = re.compile(
    "国家(?:部委)?(?:级|层面)?|自治区(?:级|本级|层面)?|省(?:级|层面)|盟市级|盟级|地市级|市(?:级|本级|层面)|旗县(?:区)?级|县(?:级|本级|层面)|旗级|苏木乡镇级|乡镇级"
)
_DAY: Final = re.compile(
    r"(?P<month>1[0-2]|[1-9])月(?:(?P<day>[1-3]?\d)日|(?P<last>底|末))(?:之?前|止|以前)?"
)
_WORKING: Final = re.compile(
    r"(?:自)?(?P<from>受理|申报|申请|收件)(?:之日起|后)?[^，。；]{0,6}?(?P<count>\d{1,3}|[一二三四五六七八九十]{1,3})个?工作日内?"
)
_DONE: Final = re.compile("办结|办理完毕|完成审批|作出(?:审批|许可)?决定|应批尽批|全部办理|办完")
_LIMIT: Final = re.compile(
    r"工作日|\d{1,2}月(?:\d{1,2}日|底|末|上旬|中旬|下旬)|[一二三四五六七八九十\d]+(?:日|天|周|月)(?:之?内)|每(?:月|周|旬|半月|季度)|按(?:旬|月|周)"
)
_SHARE: Final = re.compile("\\d{1,2}(?:%|％)|百分之")
_ALL: Final = re.compile("所有|全部|各级|各类")
_WORDS: Final = Level.words()


@dataclass(frozen=True)
class _Due:
    """When approvals of a level, of projects begun in a half-year, are due; the level is None where it says all."""

    half: Half
    level: Level | None
    day: str


def read_deadlines(passages: Sequence[Passage], proposal: Proposal) -> None:
    """Read the table of deadlines; sentences with a term that no row takes are named."""
    half = Half.ANY
    for passage in passages:
        for words in passage.sentences:
            if passage.heading or passage.row:
                continue
            rows, half = _rows_of(words, half, passage)
            taken = [each for each in rows if _is_new(each, proposal)]
            proposal.add(DEADLINES, taken)
            if not rows and _LIMIT.search(words) and not _is_of_circular(words):
                proposal.open.append(
                    Open("时限", "原文写到时限或周期，没有填入时限规则，请看是否要填", passage.source(words))
                )
        half = half if _HALF.search(passage.text) else Half.ANY


def _is_of_circular(words: str) -> bool:
    """Whether a sentence holds no term but a whole date or a title."""
    return bool(re.fullmatch(r"[（(]?\d{4}年\d{1,2}月\d{1,2}日[)）]?", words.strip()))


def _is_new(row: Row, proposal: Proposal) -> bool:
    keys = ("half", "level", "start")
    return all(
        any(row.values.get(key) != each.values.get(key) for key in keys) for each in proposal.of(DEADLINES)
    )


def _rows_of(words: str, half: Half, passage: Passage) -> tuple[list[Row], Half]:
    """Return the rules in a sentence, and the half-year of which it spoke last."""
    parts = list(_by_half(words, half))
    last = parts[-1][0] if parts else half
    done = _DONE.search(words)
    rows: list[Row] = []
    for each, part in parts:
        if (
            done
            and not _SHARE.search(part)
            and (each is not Half.ANY or _LEVEL.search(part) or _ALL.search(part))
        ):
            rows += [_row(due, passage, words) for due in _dues(each, part)]
    working = _WORKING.search(words)
    if working and done and not rows:
        rows.append(_after(working, passage, words))
    return rows, last


def _by_half(words: str, half: Half) -> Iterator[tuple[Half, str]]:
    """Yield the parts of a sentence with the half-year that each is about."""
    marks = list(_HALF.finditer(words))
    if not marks or marks[0].start():
        yield half, words[: marks[0].start()] if marks else words
    for place, mark in enumerate(marks):
        end = marks[place + 1].start() if place + 1 < len(marks) else len(words)
        yield Half(mark[0]), words[mark.start() : end]


def _dues(half: Half, part: str) -> Iterator[_Due]:
    """Yield a due day for each level that stands before it; for every level when none does."""
    start = 0
    days = list(_DAY.finditer(part))
    for found in days:
        between = part[start : found.start()]
        if len(days) == 1 and not _LEVEL.search(between):
            between = part[found.end() :]
        start = found.end()
        if "开工" in part[found.end() : found.end() + 4]:
            continue
        levels = dict.fromkeys(filter(None, map(_level, _LEVEL.findall(between))))
        day = f"{found['month']}月末" if found["last"] else f"{found['month']}月{found['day']}日"
        for level in levels or (None,):
            yield _Due(half, level, day)


def _level(word: str) -> Level | None:
    bare = re.sub("层面|本级|部委", "", word)
    return _WORDS.get(bare) or _WORDS.get(f"{bare}级")


def _row(due: _Due, passage: Passage, words: str) -> Row:
    values = {"half": due.half, "level": due.level, "start": StartingPoint.FIXED_DATE, "day": due.day}
    remark = "" if due.level else "没有写哪一级，各级都用"
    return Row(values, passage.source(words, remark))


def _after(found: re.Match[str], passage: Passage, words: str) -> Row:
    from docgen.lint.recognition.words import counted

    start = StartingPoint.ACCEPTED if found["from"] in ("受理", "收件") else StartingPoint.SUBMITTED
    values: dict[str, Any] = {
        "half": Half.ANY, "level": None, "start": start, "working_days": counted(found["count"])
    }  # fmt: skip
    return Row(values, passage.source(words, "没有写哪一级，各级都用"))
