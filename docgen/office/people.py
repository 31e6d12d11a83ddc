"""Who does things in the office: names as commands give them, found in the people sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from docgen.errors import DATA_WRONG, WRONG_USE, DocgenError, Problems
from docgen.model.faults import UnknownName
from docgen.model.kind_row import KindRow, KindSetting
from docgen.model.mechanism import Holiday, Mechanism
from docgen.model.member import Member, Person
from docgen.model.names import nearest, plain
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.office.desk import Desk
from docgen.register.duties import Actor, same_person
from docgen.register.life import Duty, Step
from docgen.register.record import Held
from docgen.register.refusals import NotLeading, RoleMissing
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


class UnknownActor(UnknownName):
    """Who is to act is not given by a whole name or login of the people sheet."""

    code = "actor-unknown"
    says = "人员表中没有“{asked}”（办理人要写全名，或“登录名”一列的账号）"
    advises = "请用 --by 写明办理人。"


class DrafterMissing(DocgenError):
    """Nobody says who drafts: neither the command, the environment nor the settings, and the login is nobody's."""

    code = "drafter-missing"
    exit_code = WRONG_USE
    says = "没有说明由谁拟稿：登录名“{login}”不是人员表中哪个人的"
    advises = (
        '请在命令后加 --by 姓名；常用的，在 docgen.toml 的 [defaults] 中写 by = "姓名"，'
        "或设环境变量 DOCGEN_BY，或在人员表“登录名”一列填写各人的账号。"
    )

    login: str


def person_meant(records: Records, asked: str) -> Person:
    """Return the person of a whole name or login.

    Raises:
        UnknownActor: there is none; a part of a name is none.
    """
    wanted = plain(asked)
    for person in records.people:
        if wanted and wanted in (plain(person.name), *(plain(each.login or "") for each in person.tenures)):
            return person
    raise UnknownActor(Person.noun, asked, nearest(asked, [each.name for each in records.people]))


def actor_on(records: Records, asked: str, day: date, unit: Callable[[str], bool] | None = None) -> Actor:
    """Return the person of a name, with the posts and roles held on a day.

    Args:
        records: the workspace's records.
        asked: a whole name or login.
        day: the day of the step.
        unit: prefers a post in a unit whose full name it accepts.

    Raises:
        UnknownActor: nobody is meant.
        NoPost: the person holds no post on the day.
    """
    person = person_meant(records, asked)
    held = [each for each in person.tenures if each.held_on(day)]
    if not held:
        raise NoPost(person.name, day.isoformat())
    if unit:
        held.sort(key=lambda each: not unit(each.unit.name))
    known = records.mechanism.role_list
    words = records.roles_of(person, day)
    roles = tuple(dict.fromkeys(role.name if (role := known.role(word)) else word for word in words))
    standing = Held(held[0].post, known.recorded(roles), records.people_digest)
    units = tuple(dict.fromkeys(each.unit.name for each in held))
    return Actor(person.name, units, roles, known.capacities(roles), standing)


def drafter_on(desk: Desk, records: Records, step: Step) -> Actor:
    """Return who drafts, who must hold a role in the office unless that is loosened.

    Raises:
        DrafterMissing: nobody said who, and the login is nobody's.
        UnknownActor, NoPost: as `actor_on`.
        RoleMissing: the drafter has no such role.
    """
    people = desk.people
    try:
        actor = actor_on(records, people.actor, desk.today)
    except UnknownActor:
        if people.said:
            raise
        raise DrafterMissing(people.recorder) from None
    with desk.register.reading() as books:
        loosened = books.loosened()
    refuse_without_role(actor, step, loosened)
    return actor


def refuse_without_role(actor: Actor, step: Step, loosened: frozenset[Duty]) -> None:
    """Refuse a deed to whom no role gives a capacity for it; a deed of heads is loosened for nobody.

    Raises:
        NotLeading: only a head of the mechanism or its office may do it.
        RoleMissing: another role is needed.
    """
    if actor.may(step):
        return
    roles = actor.roles or ("无",)
    if not step.duties:
        raise NotLeading(step.doing, actor.name, roles)
    if Duty.HOLDS_ROLE not in loosened:
        raise RoleMissing(step.doing, actor.name, roles, tuple(map(str, step.by)))


def is_known(records: Records, name: str) -> bool:
    """Whether the people sheet has somebody of this name."""
    return any(same_person(person.name, name) for person in records.people)
