"""The rules judged again on what the entries say, so that no step stands that the rules of its time forbade.

Whoever changes a row of the register, takes a step on the strength of it and puts the row back leaves no row that
differs. But the step is in the chain, and the entries before it say what the row truly was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from docgen.errors import DocgenError
from docgen.register import life
from docgen.register.audit_findings import NumberMismatch, RuleBroken
from docgen.register.life import STEPS, Duty, Need
from docgen.register.number import id_of, text_of

Tables = Mapping[str, Mapping[Any, Mapping[str, Any]]]

_UNCHANGED: Final = frozenset(each.name for each in STEPS if Need.UNCHANGED in each.needs)
_MANDATED: Final = frozenset(each.name for each in STEPS if Need.MANDATE in each.needs)
JUDGED: Final = _UNCHANGED | _MANDATED | {each.name for each in STEPS if each.duties}
"""The steps that have rules which the record alone can judge."""
WHOLE: Final = {"number": "code", "document": "key", "mandate": "title"}
"""A column that only a new row of a table is given."""


def judged(said: Mapping[str, Any], tables: Tables) -> Iterator[DocgenError]:
    """Yield the rules that an entry breaks.

    Args:
        said: the entry's body; its step is one of `JUDGED`.
        tables: the rows that follow from the entries before it.
    """
    document = tables["document"].get(said["document"], {})
    for reason in _reasons(said, document, tables):
        yield RuleBroken(said["seq"], said["step"], reason)


def _reasons(said: Mapping[str, Any], document: Mapping[str, Any], tables: Tables) -> Iterator[str]:
    step = said["step"]
    if step in _UNCHANGED and document.get("sha256") not in {each["sha256"] for each in said["files"]}:
        yield "所用的文件不是上一步登记的那一份"
    mandate = tables["mandate"].get(_mandate_of(said, document), {})
    if step in _MANDATED:
        reason = _hindrance(mandate, said["day"], document.get("kind", ""))
        if reason:
            yield f"代章授权{reason}"
    loosened = {row for row, values in tables["duty"].items() if values.get("loosened")}
    for duty, broken in _duties(step, said, document, mandate):
        if broken and duty.value not in loosened:
            yield duty.value


def _mandate_of(said: Mapping[str, Any], document: Mapping[str, Any]) -> Any:
    asked = (values.get("mandate") for table, _, values in said["changes"] if table == "document")
    if said["step"] == life.REQUEST.name:
        return next(asked, None)
    return document.get("mandate")


def _hindrance(mandate: Mapping[str, Any], day: str, kind: str) -> str:
    if not mandate:
        return "没有登记过"
    if mandate.get("ended_by"):
        return "已经终止"
    if day < mandate["start"] or (mandate["end"] and day > mandate["end"]):
        return "不在期限内"
    if mandate["kinds"] and kind not in mandate["kinds"].split("、"):
        return f"不涵盖“{kind}”"
    return ""


def _duties(
    step: str, said: Mapping[str, Any], document: Mapping[str, Any], mandate: Mapping[str, Any]
) -> Iterator[tuple[Duty, bool]]:
    """Yield the duties that can be judged from the record alone, with whether they are broken."""
    actor, outside = said["actor"], said["unit"] != mandate.get("stamping_unit")
    if step == life.REVIEW.name:
        yield Duty.REVIEWER_IS_NOT_DRAFTER, actor == document.get("drafter")
    elif step == life.SIGN.name:
        yield Duty.DRAFTER_IS_NOT_SIGNATORY, actor == document.get("drafter")
    elif step == life.APPROVE.name:
        yield Duty.APPLICANT_IS_NOT_APPROVER, actor == document.get("applicant")
        yield Duty.APPROVER_OF_STAMPING_UNIT, outside
    elif step == life.REFUSE.name:
        yield Duty.APPROVER_OF_STAMPING_UNIT, outside
    elif step == life.APPLY.name:
        yield Duty.KEEPER_OF_STAMPING_UNIT, outside
        yield Duty.KEEPER_DID_NOT_ASK, actor in (document.get("applicant"), document.get("approver"))


def mismatched(tables: Tables) -> Iterator[DocgenError]:
    """Yield the numbers that a document has and the table of numbers has not for it, and the other way round."""
    numbers = {each["number"]: key for key, each in tables["document"].items() if each.get("number")}
    for key, each in tables["document"].items():
        number = each.get("number")
        if number and tables["number"].get(number.removesuffix("号"), {}).get("document") != key:
            yield NumberMismatch(number)
    for key, each in tables["number"].items():
        if each.get("document") is None:
            continue
        series: Any = (each.get("code"), each.get("year"), each.get("serial"))
        if numbers.get(text_of(*series)) != each["document"] or id_of(*series) != key:
            yield NumberMismatch(str(key))
