"""What is new in a year's bag beside the version before, by documents and by numbers, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from docgen.archive.inventory import FILED, Counted, Filed, Inventory

_SAID: Final[Mapping[str, str]] = {
    "openness": "开放标识", "retention": "保管期限", "needed": "应有材料", "author": "责任者", "secrecy": "密级",
    "title": "题名", "pages": "页数", "history": "沿革", "remark": "备注",
}  # fmt: skip
_MOST_NAMED: Final = 10


def differences(before: Inventory, now: Inventory, without: frozenset[int]) -> Iterator[str]:
    """Yield in words what is said otherwise of documents that both have, of their files, and of numbers not filed.

    Args:
        before: the version before.
        now: this version.
        without: documents of which it is known already why they differ.
    """
    former = {each.document: each for each in before.filed}
    both = [(former[each.document], each) for each in now.filed if each.document in former]
    both = [(old, new) for old, new in both if new.document not in without]
    for name, label in _SAID.items():
        changed: dict[tuple[str, str], list[str]] = {}
        for old, new in both:
            one, other = _shown(getattr(old, name)), _shown(getattr(new, name))
            if one != other:
                changed.setdefault((one, other), []).append(new.number)
        for (one, other), numbers in changed.items():
            yield f"{label}由“{one}”改为“{other}”{_counted(numbers)}"
    yield from _of_files(both)
    yield from _of_numbers(before.counted, now.counted)


def changed(before: Inventory, filed: tuple[Filed, ...]) -> frozenset[int]:
    """Return the documents that both versions have and of which not all is said as before."""
    former = {each.document: each for each in before.filed}
    return frozenset(each.document for each in filed if former.get(each.document, each) != each)


def _of_files(both: list[tuple[Filed, Filed]]) -> Iterator[str]:
    came: dict[str, list[str]] = {}
    went: dict[str, list[str]] = {}
    altered: dict[str, list[str]] = {}
    for old, new in both:
        one, other = _digests(old), _digests(new)
        for role in dict.fromkeys((*one, *other)):
            if one.get(role) != other.get(role):
                kept = altered if role in one and role in other else came if role in other else went
                kept.setdefault(role, []).append(new.number)
    for words, kept in (("增加了", came), ("不再有", went), ("内容改变了的", altered)):
        for role, numbers in kept.items():
            yield f"{words}{role}{_counted(numbers)}"


def _of_numbers(before: tuple[Counted, ...], now: tuple[Counted, ...]) -> Iterator[str]:
    former = {each.number: (each.standing, each.reason) for each in before}
    changed: dict[str, list[str]] = {}
    for each in now:
        if each.standing != FILED and former.get(each.number) != (each.standing, each.reason):
            changed.setdefault(each.standing, []).append(each.number)
    for standing, numbers in changed.items():
        yield f"“{standing}”的文号，去向或原因与上一版不同的{_counted(numbers, '个')}"


def _digests(filed: Filed) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in filed.files:
        found.setdefault(each.role, []).append(each.sha256)
    return found


def _shown(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _counted(numbers: list[str], unit: str = "件") -> str:
    more = "等" if len(numbers) > _MOST_NAMED else ""
    return f"{len(numbers)}{unit}：{'、'.join(numbers[:_MOST_NAMED])}{more}"
