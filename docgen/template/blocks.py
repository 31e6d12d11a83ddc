"""Whether loops, conditions and the like are closed, and in a place where cutting between their ends is safe.

Both ends of a block (and the else between) have to stand in elements of the same names all the way up. Then the
XML between them can be left out or repeated, and the rendered part is well formed whatever the values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from docgen.template.faults import SplitBlock, StrayBlockEnd, TagFault, UnclosedBlock
from docgen.template.slots import Slot

_OPENERS: Final = frozenset({"for", "if", "macro", "call", "with", "filter", "autoescape", "block"})
_BETWEEN: Final[Mapping[str, frozenset[str]]] = {"else": frozenset({"for", "if"}), "elif": frozenset({"if"})}


def is_opener(slot: Slot) -> bool:
    """Whether the slot opens a block that an end tag has to close."""
    return slot.keyword in _OPENERS or (slot.keyword == "set" and "=" not in slot.body)


def crosses(order: Iterable[Slot], holders: Mapping[int, object]) -> bool:
    """Whether a block begins in one holder and ends in another; `holders` are by the slots' ids."""
    opened: list[object] = []
    for slot in order:
        if is_opener(slot):
            opened.append(holders.get(id(slot)))
        elif slot.keyword.startswith("end") and opened and opened.pop() is not holders.get(id(slot)):
            return True
    return False


class Balance:
    """Follows the slots of a part and gathers faults."""

    def __init__(self) -> None:
        self.faults: list[TagFault] = []
        self._open: list[tuple[Slot, tuple[str, ...]]] = []

    def see(self, slot: Slot, stack: tuple[str, ...]) -> None:
        """Take the next slot and the names of the elements it stands in."""
        keyword = slot.keyword
        if is_opener(slot):
            self._open.append((slot, stack))
        elif keyword in _BETWEEN:
            self._meet(slot, stack, _BETWEEN[keyword])
        elif keyword.startswith("end"):
            self._close(slot, stack, keyword.removeprefix("end"))

    def finish(self) -> list[TagFault]:
        """Return all faults, those of blocks left open included."""
        for slot, _ in self._open:
            self._left_open(slot)
        return self.faults

    def _meet(self, slot: Slot, stack: tuple[str, ...], wanted: frozenset[str]) -> bool:
        if not self._open or self._open[-1][0].keyword not in wanted:
            self.faults.append(slot.place.fault(StrayBlockEnd))
            return False
        opener, standing = self._open[-1]
        if standing != stack:
            self.faults.append(slot.place.fault(SplitBlock, opener=opener.place.tag))
        return True

    def _close(self, slot: Slot, stack: tuple[str, ...], name: str) -> None:
        while self._open and self._open[-1][0].keyword != name and self._waits(name):
            self._left_open(self._open.pop()[0])
        if self._meet(slot, stack, frozenset({name})):
            self._open.pop()

    def _waits(self, name: str) -> bool:
        """Whether a block of that name is open further out."""
        return any(slot.keyword == name for slot, _ in self._open)

    def _left_open(self, slot: Slot) -> None:
        level = slot.place.tag[2 : slot.place.tag.find(slot.keyword)].strip(" -+")
        closer = f"{{%{level} end{slot.keyword} %}}"
        self.faults.append(slot.place.fault(UnclosedBlock, closer=closer))
