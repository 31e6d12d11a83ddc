"""What changed in the lists of projects since an earlier stage: added, taken off, altered, with sums of both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from docgen.model.fields import label_of
from docgen.model.project import Project
from docgen.rules.changes import Entry, entries_between
from docgen.sheets.exports.frame import SIGNED_BY_HEAD, Col, Facts, Ledger
from docgen.sheets.writing.tables import Value

NAME: Final = "清单变动表"
_KINDS: Final = ("增加", "删去", "修改")


def _entries(facts: Facts) -> Iterable[Entry]:
    """Return what changed, first what was added, then what went, then what was altered."""
    assert facts.former is not None  # noqa: S101  # it is asked for before
    found = entries_between(facts.former, facts.records)
    return sorted(found, key=lambda each: (_KINDS.index(_kind(each, facts)), _project(each).number))


def _kind(entry: Entry, _: Facts) -> str:
    if entry.former is None:
        return _KINDS[0]
    return _KINDS[1] if entry.now is None else _KINDS[2]


def _project(entry: Entry) -> Project:
    found = entry.now or entry.former
    assert found is not None  # noqa: S101  # one of the two is there
    return found


def _what(entry: Entry, facts: Facts) -> Value:
    if not entry.fields:
        return f"{_kind(entry, facts)}（{_project(entry).stage.value}）"
    told = (
        f"{label_of(Project, each)}：{_words(getattr(entry.former, each))} → {_words(getattr(entry.now, each))}"
        for each in entry.fields
    )
    return "\n".join(told)


def _words(value: Any) -> str:
    if value is None:
        return "（空）"
    return str(getattr(value, "handle", getattr(value, "value", value)))


def _amount(which: str, name: str) -> Any:
    return lambda entry, _: getattr(getattr(entry, which), name, None)


CHANGED: Final = Ledger(
    "{year}年{projects}清单变动表",
    _entries,
    (
        Col("项目名称", 16, lambda each, _: _project(each).name),
        Col("变动内容", 22, _what),
        Col("总投资\n（原）", 5, _amount("former", "total_investment"), centred=True, total=True, format="0.00##"),
        Col("总投资\n（现）", 5, _amount("now", "total_investment"), centred=True, total=True, format="0.00##"),
        Col("本年计划\n（原）", 5, _amount("former", "year_investment"), centred=True, total=True, format="0.00##"),
        Col("本年计划\n（现）", 5, _amount("now", "year_investment"), centred=True, total=True, format="0.00##"),
        Col("理由", 12, lambda *_: None),
        Col("审核意见", 8, lambda *_: None),
    ),
    _kind,
    below=("注：合计为有变动的项目之和；没有变动的项目不列。", SIGNED_BY_HEAD),
    unit="亿元", counted="个", empty="与那时相比，清单没有变动",
)  # fmt: skip
