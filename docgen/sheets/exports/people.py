"""The roster of a mechanism, as documents attach it: without telephones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from docgen.model.member import Member
from docgen.model.roles import LISTED, Body
from docgen.sheets.exports.frame import Col, Facts, Ledger


def _members(facts: Facts) -> Iterable[Member]:
    """Return the rows with a role in the mechanism that stand on the day, role by role.

    Who only drafts, reviews, seals or files for the office (经办、核稿、监印、档案员) is no member and is left out.
    """
    order = {name: at for at, name in enumerate(facts.records.mechanism.role_list.names)}
    found = [
        each
        for each in facts.records.of(Member)
        if each.held_on(facts.today) and any(_is_listed(word) for word in each.roles)
    ]
    return sorted(found, key=lambda each: (order.get(each.roles[0], len(order)), each.order))


def _is_listed(word: str) -> bool:
    role = LISTED.role(word)
    return role is None or role.seat or role.body is not Body.OFFICE


ROSTER: Final = Ledger(
    "{name}成员名单",
    _members,
    (
        Col("姓名", 6, lambda each, _: each.name or "（由担任此职务的人任）", centred=True),
        Col("单位及职务", 24, lambda each, _: each.full_post),
        Col("机制职务", 12, lambda each, _: "、".join(each.roles)),
    ),
    lambda each, _: each.roles[0],
    below=(),
    paper="A4",
    counted="人",
    empty="人员表中没有机制职务",
    sealed=False,
)
