"""Rankings by the mechanism's own rules (考核规则): who stands where, and who is called to account.

Groups rank apart: districts apart from departments, new projects apart from those that go on, one level of units apart
from another where the rule names it. Only projects of the
final list count. An office ranks units of its mechanism's level and below; those above are not its to rank.
Whom a rule exempts (免约谈, 不可抗力) keeps its place and is not called to account, and nobody else is instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from docgen.dataclass import dataclass
from docgen.model.approval import Approval
from docgen.model.names import plain
from docgen.model.rank_rule import RankedBy, RankRule, RateBasis
from docgen.model.records import Records
from docgen.model.unit import Unit
from docgen.rules.matters import is_listed
from docgen.rules.rates import (
    Ranked,
    at_foot,
    at_head,
    counts,
    project_rates_by,
    ranked,
    rates_by,
)


@dataclass(frozen=True)
class Assessed:
    """A ranking by one rule.

    Args:
        rule: the rule.
        ranking: units or districts by their names, best first.
        foot: those who are called to account by the rule.
        head: those who are praised by the rule.
        spared: those who would be called to account, were they not exempt by decision.
        level: the mechanism's word for the level that is ranked alone; empty for all levels.
    """

    rule: RankRule
    ranking: tuple[Ranked[str], ...]
    foot: tuple[Ranked[str], ...]
    head: tuple[Ranked[str], ...] = ()
    spared: tuple[Ranked[str], ...] = ()
    level: str = ""

    @property
    def name(self) -> str:
        """Return the rule's name as documents speak of it: 审批单位（旗县级，以手续计）."""
        return self.rule.called(self.level)

    @property
    def placed(self) -> int:
        """Return how many have a place: those with a rate."""
        return sum(each.rank is not None for each in self.ranking)


def assessed(records: Records, rules: Sequence[RankRule] | None = None) -> tuple[Assessed, ...]:
    """Return the ranking of each rule, in the order of the sheet; none without the sheet.

    Args:
        records: the sheets.
        rules: other rules than those of the sheet.
    """
    listed = [each for each in records.of(Approval) if is_listed(each.project)]
    chosen = records.of(RankRule) if rules is None else rules
    return tuple(_assessed(rule, listed, records) for rule in chosen)


def target_of(rule: RankRule) -> Fraction:
    """Return the rate from which on nobody is called to account by a rule, from 0 to 1."""
    return Fraction(1) if rule.target is None else Fraction(rule.target) / 100


def _exempt(rule: RankRule, records: Records) -> frozenset[str]:
    """Return the names, as they are compared, of those whom a rule exempts; units may stand by any of their names."""
    written = frozenset(map(plain, rule.exempt))
    units = (each for each in records.of(Unit) if written & set(map(plain, each.link_names)))
    return written | {plain(each.name) for each in units}


def is_ranked(unit: Unit, records: Records) -> bool:
    """Whether a unit is of the mechanism's level or below it."""
    return unit.is_within(records.mechanism.level)


def _assessed(rule: RankRule, listed: Iterable[Approval], records: Records) -> Assessed:
    nature = rule.nature
    counted = [each for each in listed if each.project.nature is nature] if nature else listed
    rates_of = rates_by if rule.basis is RateBasis.APPROVAL else project_rates_by
    rates = rates_of(counted, _ranked_by(rule, records))
    order = {each.name: each.order for each in records.of(Unit)}
    ranking = ranked(
        {name: rates[name] for name in sorted(rates, key=lambda name: order.get(name, len(rates)))}
    )
    target, exempt = target_of(rule), _exempt(rule, records)
    last = at_foot(ranking, rule.last or 0, target)
    foot = tuple(each for each in last if plain(each.key) not in exempt)
    spared = tuple(each for each in last if plain(each.key) in exempt)
    level = records.mechanism.level_word(rule.level) if rule.level else ""
    return Assessed(rule, ranking, foot, at_head(ranking, rule.praised or 0, target), spared, level)


def _ranked_by(rule: RankRule, records: Records) -> Callable[[Approval], str | None]:
    """Return what gives the name of what an approval counts for.

    It gives None where the sheet does not say, or the rule leaves it out.
    """
    if rule.ranked is RankedBy.DISTRICT:
        return lambda each: each.project.district
    names = {
        id(each): each.name
        for each in records.of(Unit)
        if is_ranked(each, records) and rule.level in (None, each.level)
    }
    if rule.ranked is RankedBy.LEAD:
        return lambda each: names.get(id(each.project.lead_unit))
    return lambda each: names.get(id(each.unit))


def counted_for(rule: RankRule, name: str, records: Records) -> tuple[Approval, ...]:
    """Return the approvals that count for one who is ranked by a rule, done or not, in the order of the sheet."""
    ranked_by = _ranked_by(rule, records)
    return tuple(
        each
        for each in records.of(Approval)
        if is_listed(each.project)
        and rule.nature in (None, each.project.nature)
        and counts(each)
        and ranked_by(each) == name
    )
