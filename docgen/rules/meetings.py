"""What minutes say beyond the sheets: decisions by topic, what earlier meetings left open, who attended, in order.

Order of names: by the list of units (DOCUMENTS of the field: party organs, government office, departments); who is
of no unit of the sheets keeps the place behind those before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from docgen.dataclass import dataclass
from docgen.model.meeting import Decision, Meeting
from docgen.model.member import Member
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.model.values import DecisionState, MeetingKind
from docgen.rules.workdays import WorkCalendar

_VERBS: Final = ("听取", "研究", "审议", "讨论", "会商", "通报", "传达", "学习", "明确", "部署", "总结")
"""What a topic of an agenda begins with."""


@dataclass(frozen=True)
class Topic:
    """A topic as minutes speak of it.

    Args:
        name: as the agenda has it; empty where a decision belongs to none.
        decisions: what was decided on it, in their order; none where it was only spoken of.
    """

    name: str
    decisions: tuple[Decision, ...] = ()

    @property
    def verb(self) -> str:
        """Return what the meeting did with it; empty where the agenda does not say."""
        return next((each for each in _VERBS if self.name.startswith(each)), "")

    @property
    def about(self) -> str:
        """Return the topic without what the meeting did with it."""
        return self.name.removeprefix(self.verb)


def topics_of(meeting: Meeting, records: Records) -> tuple[Topic, ...]:
    """Return the topics of a meeting with what was decided: the agenda's in its order, then those of decisions."""
    decided: dict[str, list[Decision]] = {each: [] for each in meeting.topics}
    for each in sorted(records.linking(Decision, "meeting", meeting), key=lambda each: each.serial):
        decided.setdefault(each.topic or "", []).append(each)
    others = decided.pop("", [])
    found = [Topic(name, tuple(each)) for name, each in decided.items()]
    return (*found, *([Topic("", tuple(others))] if others else []))


def carried_over(meeting: Meeting, records: Records, *, of_all: bool) -> tuple[Decision, ...]:
    """Return what earlier meetings decided and was still open when the last of them met, by meeting and number.

    A meeting of a series (届次) takes over what meetings of its kind decided; another one what any meeting decided on
    the projects it decides on. What talks (约谈) demanded is followed by their own minutes, and left out here.

    Args:
        meeting: it was held.
        records: the sheets.
        of_all: whether what all meetings decided is taken over.
    """
    mine = {id(each.project) for each in records.linking(Decision, "meeting", meeting) if each.project}

    def belongs(each: Decision) -> bool:
        if each.meeting.kind is MeetingKind.TALK:
            return False
        if of_all:
            return True
        return each.meeting.kind is meeting.kind if meeting.session else id(each.project) in mine

    before = [each for each in records.of(Decision) if _is_before(each.meeting, meeting) and belongs(each)]
    last = max((each.meeting.day for each in before if each.meeting.day), default=None)
    left = (each for each in before if each.done is None or last is None or each.done >= last)
    return tuple(
        sorted(left, key=lambda each: (each.meeting.day or date.min, each.meeting.number, each.serial))
    )


def _is_before(one: Meeting, other: Meeting) -> bool:
    return bool(one.day and other.day and one.day < other.day)


def state_of(decision: Decision, today: date, calendar: WorkCalendar) -> str:
    """Return how a decision stands, as a table of minutes says it."""
    if decision.state is DecisionState.DONE:
        done = decision.done
        year = f"{done.year}年" if done and done.year != today.year else ""
        return f"{year}{done.month}月{done.day}日落实" if done else "已落实"
    state, due = decision.state.value, decision.deadline
    if due is None:
        return f"{state}，长期坚持"
    if due < today:
        return f"{state}，超期{calendar.between(due, today)}个工作日"
    return f"{state}，剩余{calendar.between(today, due)}个工作日"


def summed(decisions: Sequence[Decision], today: date) -> str:
    """Return how many decisions are carried out, in hand and late; what is none is left out."""
    done = sum(each.state is DecisionState.DONE for each in decisions)
    late = sum(
        each.state is not DecisionState.DONE and each.deadline is not None and each.deadline < today
        for each in decisions
    )
    counts = (("已落实", done), ("正在办理", len(decisions) - done - late), ("超期", late))
    return "，".join(f"{words}{count}项" for words, count in counts if count)


@dataclass(frozen=True)
class Attendee:
    """Somebody on a list of attendance.

    Args:
        words: as the sheet has it: 县水利局史长河.
        unit: that the words begin with; None where the sheets have no such unit.
        name: what follows; empty where a unit stands alone, everything where no unit is known.
        member: who is written with the post that the sheets have (市委常委、常务副市长某某); None for all others.
    """

    words: str
    unit: Unit | None
    name: str
    member: Member | None = None


def attendees_of(listed: Iterable[str], records: Records) -> tuple[Attendee, ...]:
    """Return a list of attendance in the order of the list of units."""
    named = [(name, unit) for unit in records.of(Unit) for name in unit.link_names]
    named.sort(key=lambda each: -len(each[0]))
    posts = _posts(records)
    found = [_attendee(each, named, posts.get(each)) for each in _whole(list(listed), posts)]
    places: list[tuple[int, int]] = []
    last = 0
    for place, each in enumerate(found):
        last = each.unit.order if each.unit else last
        places.append((last, place))
    return tuple(each for _, each in sorted(zip(places, found, strict=True), key=lambda pair: pair[0]))


def _posts(records: Records) -> dict[str, Member]:
    """Return people by their posts and names, as a list of leaders has them."""
    return {
        f"{post}{each.name}": each
        for each in records.of(Member)
        if each.name
        for post in (each.post, each.full_post)
    }


def _whole(listed: Sequence[str], posts: Mapping[str, Member]) -> Iterator[str]:
    """Yield the entries of a list, a leader's posts and name as one: the list was parted at their 、 too."""
    most = max((each.count("、") for each in posts), default=0) + 1
    at = 0
    while at < len(listed):
        runs = ("、".join(listed[at : at + count]) for count in range(most, 1, -1))
        whole = next((each for each in runs if each in posts), listed[at])
        yield whole
        at += whole.count("、") + 1


def _attendee(words: str, named: Sequence[tuple[str, Unit]], member: Member | None) -> Attendee:
    for name, unit in named:
        if words.startswith(name):
            rest = words.removeprefix(name).strip()
            return Attendee(words, unit, member.name or rest if member else rest, member)
    return Attendee(words, None, words, member)


def post_of(attendee: Attendee, day: date, records: Records) -> str:
    """Return the post that somebody held in the unit on a day; empty where the sheets do not say."""
    if attendee.member:
        return attendee.member.post
    held = (
        each.post
        for each in records.of(Member)
        if each.name == attendee.name and each.unit is attendee.unit and each.held_on(day)
    )
    return next(held, "")
