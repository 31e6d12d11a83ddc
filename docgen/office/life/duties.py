"""The rules on who may do what: which are loosened, loosening one, holding to it again."""

from __future__ import annotations

from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError
from docgen.model.names import nearest
from docgen.office.desk import Desk
from docgen.office.life.recording import recording
from docgen.register.life import DEEDS, LOOSEN, STEPS, TIGHTEN, Duty
from docgen.register.refusals import NoReason


class UnknownDuty(DocgenError):
    """No duty has the asked name."""

    code = "duty-unknown"
    exit_code = WRONG_USE
    says = "没有“{asked}”这条规则"
    advises = "规则有：{known}。"
    guesses = "是不是：{nearest}？"

    asked: str
    known: tuple[str, ...]
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """A duty as it stands: the names of the steps it is a rule on, and whether it is loosened."""

    duty: Duty
    steps: tuple[str, ...]
    loosened: bool


def rules(desk: Desk) -> list[Rule]:
    """Return all duties as they stand now."""
    with desk.register.reading() as books:
        loosened = books.loosened()
    return [Rule(each, _steps_of(each), each in loosened) for each in Duty]


def set_duty(desk: Desk, asked: str, remark: str, *, loosened: bool) -> Duty:
    """Loosen a duty from now on, or hold to it again; either is an entry of the record.

    Raises:
        UnknownDuty: there is no such duty.
        NoReason: no remark gives the reason.
        NotLeading: somebody else than a leader is named as who decided it.
    """
    step, duty = LOOSEN if loosened else TIGHTEN, _meant(asked)
    with recording(desk, step, remark) as (books, doing):
        if not remark:
            raise NoReason(step.name)
        said = f"{duty.value}：{remark}"
        change = ("duty", duty.value, {"loosened": int(loosened)})
        books.add(doing.deed(step, said, change))
        return duty


def _steps_of(duty: Duty) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.name for each in (*STEPS, *DEEDS) if duty in each.duties))


def _meant(asked: str) -> Duty:
    """Return the duty of a name or of an unambiguous part of one."""
    named = [each for each in Duty if each.value == asked]
    parts = [each for each in Duty if asked and asked in each.value]
    found = named or parts
    if len(found) == 1:
        return found[0]
    names = tuple(each.value for each in Duty)
    raise UnknownDuty(asked, names, nearest(asked, names))
