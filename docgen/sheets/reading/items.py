"""What is wrong with the item catalogue as a whole: predecessors that it does not have, or that wait for each other."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from docgen.errors import DocgenError
from docgen.model.fields import field_of
from docgen.model.item import Item
from docgen.model.names import nearest_of_each, plain
from docgen.sheets.faults import FoundFault, UnknownLink


class ItemsInCircle(FoundFault):
    """Items wait for each other, so that none of them could ever be submitted; the place is that of the first."""

    code = "item-circle"
    says = "{place}：前置事项绕成了圈：{circle: → }"
    advises = "请删去其中一处前置事项。"

    circle: tuple[str, ...]


def judge_items(items: Sequence[Item], shadowed: Collection[str]) -> list[DocgenError]:
    """Return a fault for each item named before another that there is not, and for each circle.

    Args:
        items: the catalogue.
        shadowed: plain names of rows that are at fault themselves; to name one is no second fault.
    """
    by_name = {plain(name): each for each in items for name in each.link_names}
    known = {*by_name, *shadowed}
    names = [each.link_names for each in items]
    unknown = [
        UnknownLink(*_place(each), name, Item.sheet, nearest_of_each(name, names))
        for each in items
        for name in each.after
        if plain(name) not in known
    ]
    return [*unknown, *_circles(items, by_name)]


def _circles(items: Sequence[Item], by_name: Mapping[str, Item]) -> Iterator[DocgenError]:
    """Yield each circle once, at its item of the lowest order."""
    before = {each.order: [by_name[plain(n)] for n in each.after if plain(n) in by_name] for each in items}
    done: set[int] = set()
    for item in items:
        path = [] if item.order in done else _circle_from(item, before, done)
        if path:
            first = min(path, key=lambda each: each.order)
            at = path.index(first)
            round_ = [*path[at:], *path[:at], first]
            yield ItemsInCircle(*_place(first), "、".join(first.after), tuple(each.name for each in round_))


def _circle_from(start: Item, before: Mapping[int, Sequence[Item]], done: set[int]) -> list[Item]:
    """Return the items of a circle met on the way back from an item; empty for none. What was gone through is done."""
    path: list[Item] = []
    waiting: list[Iterator[Item]] = [iter((start,))]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
            if path:
                done.add(path.pop().order)
        elif any(each is item for each in path):
            done |= {each.order for each in path}
            return path[next(at for at, each in enumerate(path) if each is item) :]
        elif item.order not in done:
            path.append(item)
            waiting.append(iter(before[item.order]))
    return []


def _place(item: Item) -> tuple[str, str, str]:
    origin = item.origin
    header = field_of(Item, "after").header
    return (origin.sheet, origin.cell("after"), header) if origin else (Item.sheet, "", header)
