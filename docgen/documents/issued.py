"""The source 公文: the signed documents of the register, which others may be made for, or name.

The office hands them over as plain records; they are read when something first asks for them, and once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Final

from docgen.dataclass import dataclass
from docgen.documents.identity import CODE, MARK, NAME, UNTIL, Component, Derived, Known, Thing, component_of
from docgen.model.approval import Approval
from docgen.model.values import Choice

PAPER: Final = "公文"
ISSUED: Final = "已发公文"


class PaperState(Choice):
    """How a signed document stands."""

    SIGNED = "签发"
    NUMBERED = "编号"
    REQUESTED = "用印申请"
    APPROVED = "用印批准"
    SEALED = "代章"
    ISSUED = "印发"
    ARCHIVED = "归档"
    VOID = "作废"
    REPLACED = "替换"

    @property
    def in_force(self) -> bool:
        """Whether the document holds."""
        return self not in (PaperState.VOID, PaperState.REPLACED)


@dataclass(frozen=True)
class Paper(Derived):
    """A signed document of the register.

    Args:
        id: its number in the register, which it keeps.
        kind: its 文种.
        title: on one line.
        number: its 发文字号.
        day: its 成文日期.
        state: how it stands.
        to, copies_to: 主送 and 抄送, name by name as the document writes them.
        copies: how many were printed, as far as that is known.
        signatory: who signed it.
        things: what it covers.
        replied: the day on which a reply to it was first recorded; None for none.
    """

    sheet: ClassVar[str] = PAPER

    id: int
    kind: str
    title: str
    number: str
    day: date
    state: PaperState = PaperState.ISSUED
    to: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    copies: int | None = None
    signatory: str = ""
    things: tuple[Thing, ...] = ()
    replied: date | None = None

    @property
    def name(self) -> str:
        """Return the number by which others speak of it."""
        return self.number

    @property
    def components(self) -> Thing:
        """Return its number in the register, which no other document ever has."""
        return (Component(PAPER, ((CODE, str(self.id)), (NAME, self.number))),)


class Issued:
    """The signed documents of the register, in the order of their dates.

    Args:
        load: gives them; it is called when they are first needed.
    """

    def __init__(self, load: Callable[[], Iterable[Paper]] = tuple) -> None:
        self._load = load

    @cached_property
    def all(self) -> tuple[Paper, ...]:
        """Return all, those no longer in force among them."""
        return tuple(sorted(self._load(), key=lambda each: (each.day, each.id)))

    @cached_property
    def _covering(self) -> Known:
        return Known(
            (_bare(thing), each) for each in self.all if each.state.in_force for thing in each.things
        )

    def about(self, things: Iterable[Any]) -> tuple[Paper, ...]:
        """Return the documents in force that cover one of some things, each once, the newest last.

        An approval is covered too by what its unit was told about its project as a whole.
        """
        known = (names for thing in things for names in _known_as(thing))
        found = {each.id: each for names in known for each in self._covering.find(_bare(names))}
        return tuple(sorted(found.values(), key=lambda each: (each.day, each.id)))

    def kinds(self, kinds: Iterable[str]) -> Iterator[Paper]:
        """Yield the documents of some kinds."""
        wanted = set(kinds)
        yield from (each for each in self.all if each.kind in wanted)

    def __getstate__(self) -> dict[str, Any]:
        """Take along what there is: another process does not know where it comes from."""
        return {"_load": tuple, "all": self.all}


def _known_as(thing: Any) -> Iterator[Thing]:
    yield component_of(thing)
    if isinstance(thing, Approval):
        yield (*component_of(thing.project), *component_of(thing.unit))


def _bare(thing: Thing) -> Thing:
    """Return what a thing is, whichever variant of a kind it was made for, and up to which day."""
    return tuple(each for each in thing if each.source not in (MARK, UNTIL))
