"""Completion rates (办结率) and ranks: by approval, by project, by whatever groups them.

What needs no approval, or does not count by the catalogue of items, is in no denominator; an empty denominator has no
rate: it is written —, and has no rank (the mechanism's rules, DOMAIN.md 5). Ties share a rank; who is called to account
is found from the foot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, Generic, TypeVar

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.values import ApprovalState

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

NO_RATE: Final = "—"
_TENTHS: Final = 1000
"""A rate is written in tenths of a percent."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of those that are needed are done.

    Args:
        done: number of those done.
        needed: number of all that are needed, those done among them.
    """

    done: int = 0
    needed: int = 0

    @property
    def share(self) -> Fraction | None:
        """Return the part that is done, from 0 to 1; None where nothing is needed."""
        return Fraction(self.done, self.needed) if self.needed else None

    @property
    def missing(self) -> int:
        """Return how many are still to be done."""
        return self.needed - self.done

    @property
    def tenths(self) -> int | None:
        """Return it in tenths of a percent as it is written; 1000 and 0 only where all or none are done."""
        if not self.needed:
            return None
        tenths = (self.done * _TENTHS * 2 + self.needed) // (self.needed * 2)
        return min(max(tenths, 1), _TENTHS - 1) if 0 < self.done < self.needed else tenths

    @property
    def words(self) -> str:
        """Return it in percent with one decimal at most; 100% and 0% only where all or none are done."""
        tenths = self.tenths
        if tenths is None:
            return NO_RATE
        whole, tenth = divmod(tenths, 10)
        return f"{whole}.{tenth}%" if tenth else f"{whole}%"

    @property
    def in_column(self) -> str:
        """Return it in percent with one decimal always, as rates stand one below another."""
        return NO_RATE if self.tenths is None else f"{self.tenths / 10:.1f}%"

    def __add__(self, other: Rate) -> Rate:
        return Rate(self.done + other.done, self.needed + other.needed)


def is_needed(approval: Approval) -> bool:
    """Whether a project needs an approval."""
    return approval.state is not ApprovalState.NOT_NEEDED


def counts(approval: Approval) -> bool:
    """Whether an approval is in the denominator of a rate: it is needed, and counts by the catalogue (计入办结率)."""
    return approval.state is not ApprovalState.NOT_NEEDED and approval.item.counted


def rate_of(approvals: Iterable[Approval]) -> Rate:
    """Return the rate by approval (以手续计): of those that count, those done."""
    states = [each.state for each in approvals if counts(each)]
    return Rate(states.count(ApprovalState.DONE), len(states))


def project_rate_of(projects: Iterable[Sequence[Approval]]) -> Rate:
    """Return the rate by project (以项目计): a project is done when all its needed approvals are.

    Args:
        projects: the approvals of each project; one that needs none is left out.
    """
    return rate_of_projects(map(rate_of, projects))


def rate_of_projects(rates: Iterable[Rate]) -> Rate:
    """Return the rate by project of projects with these rates by approval."""
    found = [each for each in rates if each.needed]
    return Rate(sum(not each.missing for each in found), len(found))


def grouped(things: Iterable[T], by: Callable[[T], K | None]) -> dict[K, list[T]]:
    """Return things by what they belong to, in the order in which that occurs; what belongs to none is left out."""
    found: dict[K, list[T]] = {}
    for each in things:
        key = by(each)
        if key is not None:
            found.setdefault(key, []).append(each)
    return found


def rates_by(approvals: Iterable[Approval], by: Callable[[Approval], K | None]) -> dict[K, Rate]:
    """Return the rate by approval of each group: unit, item, level, place, industry."""
    found: dict[K, list[int]] = {}
    for each in approvals:
        key = by(each)
        if key is not None:
            rate = found.setdefault(key, [0, 0])
            if counts(each):
                rate[0] += each.state is ApprovalState.DONE
                rate[1] += 1
    return {key: Rate(done, needed) for key, (done, needed) in found.items()}


def rates_of_counted(counted: Sequence[Approval], field: str) -> dict[Any, Rate]:
    """Return the rates by approval of groups, as `rates_by`, where all approvals count and each belongs to a group.

    Args:
        counted: the approvals.
        field: by what they are grouped, with the way to it: level, unit.order.
    """
    key = attrgetter(field)
    needed = Counter(map(key, counted))
    done = Counter(key(each) for each in counted if each.state is ApprovalState.DONE)
    return {group: Rate(done[group], count) for group, count in needed.items()}


def project_rates_by(approvals: Iterable[Approval], by: Callable[[Approval], K | None]) -> dict[K, Rate]:
    """Return the rate by project of each group; a project's approvals in the group decide."""

    def place(approval: Approval) -> tuple[K, int] | None:
        key = by(approval)
        return None if key is None else (key, approval.project.number)

    groups: dict[K, list[Rate]] = {}
    for (key, _), rate in rates_by(approvals, place).items():
        groups.setdefault(key, []).append(rate)
    return {key: rate_of_projects(rates) for key, rates in groups.items()}


@dataclass(frozen=True, slots=True)
class Ranked(Generic[K]):
    """One in a ranking; `rank` counts from 1, and is None where there is no rate."""

    key: K
    rate: Rate
    rank: int | None


def ranked(rates: Mapping[K, Rate]) -> tuple[Ranked[K], ...]:
    """Return a ranking, best first; ties share a rank (1, 2, 2, 4) and keep their order, what has no rate is last."""
    with_rate = [(key, rate) for key, rate in rates.items() if rate.share is not None]
    in_order = sorted(with_rate, key=lambda each: each[1].share or 0, reverse=True)
    found: list[Ranked[K]] = []
    for _, tied in groupby(in_order, key=lambda each: each[1].share):
        rank = len(found) + 1
        found += [Ranked(key, rate, rank) for key, rate in tied]
    return (*found, *(Ranked(key, rate, None) for key, rate in rates.items() if rate.share is None))


def at_foot(
    ranking: Sequence[Ranked[K]], count: int, target: Fraction = Fraction(1)
) -> tuple[Ranked[K], ...]:
    """Return the last of a ranking that missed the target, and all tied with the first of them (约谈).

    Args:
        ranking: of one group; groups rank apart.
        count: how many are last by the rule.
        target: the rate from which on nobody is called to account, from 0 to 1.
    """
    placed = [each for each in ranking if each.rank is not None]
    if count < 1 or not placed:
        return ()
    limit = placed[-min(count, len(placed))].rate.share
    return tuple(each for each in placed if _share(each) <= (limit or 0) and _share(each) < target)


def at_head(ranking: Sequence[Ranked[K]], count: int, target: Fraction) -> tuple[Ranked[K], ...]:
    """Return the first of a ranking that reached the target, and all tied with the last of them (通报表扬).

    Args:
        ranking: of one group; groups rank apart.
        count: how many are first by the rule.
        target: the rate from which on somebody may be praised, from 0 to 1.
    """
    return tuple(each for each in ranking if each.rank and each.rank <= count and _share(each) >= target)


def _share(ranked_: Ranked[K]) -> Fraction:
    return ranked_.rate.share or Fraction(0)
