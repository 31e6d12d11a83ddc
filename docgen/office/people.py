"""Who does things in the office: names as commands give them, found in the people sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from docgen.errors import DATA_WRONG, DocgenError, Problems
from docgen.model.kind_row import KindRow, KindSetting
from docgen.model.mechanism import Holiday, Mechanism
from docgen.model.member import Member, Person
from docgen.model.names import plain
from docgen.model.records import Records, find
from docgen.model.unit import Unit
from docgen.register.duties import Actor
from docgen.workspace import Workspace


def office_records(workspace: Workspace) -> Records:
    """Return the records that steps and ledgers need: units, people, the mechanism and its kinds.

    A fault in the sheets of projects keeps nobody from sealing what is signed.

    Raises:
        Problems: all faults of those sheets.
    """
    reading = workspace.read(Unit, Member, Mechanism, KindRow, KindSetting, Holiday)
    if reading.records is None:
        raise Problems(reading.faults)
    return reading.records


class NoPost(DocgenError):
    """A person who is to act holds no post on the day."""

    code = "actor-without-post"
    exit_code = DATA_WRONG
    says = "{name}在 {day} 没有在任职务，不能办理"
    advises = "请核对人员表中的“任职起”“任职止”，或用 --by 写明办理人。"

    name: str
    day: str


def actor_on(records: Records, asked: str, day: date, unit: Callable[[str], bool] | None = None) -> Actor:
    """Return the person meant by a name, with the posts held on a day.

    Args:
        records: the workspace's records.
        asked: a name or an unambiguous part of one.
        day: the day of the step.
        unit: prefers a post in a unit whose full name it accepts.

    Raises:
        UnknownName, AmbiguousName: nobody, or several people, are meant.
        NoPost: the person holds no post on the day.
    """
    person = find(Person.noun, asked, records.people, lambda each: each.name)
    held = [each for each in person.tenures if each.held_on(day)]
    if not held:
        raise NoPost(person.name, day.isoformat())
    units = list(dict.fromkeys(each.unit.name for each in held))
    if unit:
        units.sort(key=lambda name: not unit(name))
    return Actor(person.name, tuple(units), tuple(each.role for each in held if each.role))


def drafter_on(records: Records, asked: str, day: date) -> Actor:
    """Return who drafts: as in the people sheet when the name is exactly there, else as given and not known."""
    for person in records.people:
        if plain(person.name) == plain(asked):
            posts = [each for each in person.tenures if each.held_on(day)]
            units = tuple(dict.fromkeys(each.unit.name for each in posts))
            return Actor(person.name, units, tuple(each.role for each in posts if each.role))
    return Actor(asked, known=False)


def is_known(records: Records, name: str) -> bool:
    """Whether the people sheet has somebody of exactly this name."""
    return any(person.name == name for person in records.people)
