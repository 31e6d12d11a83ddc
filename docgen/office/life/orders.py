"""What a shell must know of the life of documents: its states and steps, and how a step is ordered.

The table itself is the register's (`register/life.py`); a shell asks here and imports nothing below the office.
"""

from __future__ import annotations

from docgen.dataclass import dataclass
from docgen.register.life import (
    APPLY,
    APPROVE,
    ATTACH,
    COUNTERSIGN,
    ISSUE,
    REFUSE,
    REPLACE,
    REQUEST,
    RETURN,
    REVIEW,
    SIGN,
    SUPPLEMENT,
    VOID,
    Duty,
    Need,
    State,
    Step,
)
from docgen.register.record import FileRole

__all__ = [
    "APPLY",
    "APPROVE",
    "ATTACH",
    "ATTACHABLE",
    "COUNTERSIGN",
    "ISSUE",
    "REFUSE",
    "REPLACE",
    "REQUEST",
    "RETURN",
    "REVIEW",
    "SIGN",
    "SUPPLEMENT",
    "VOID",
    "Duty",
    "FileRole",
    "Order",
    "State",
    "Step",
    "needs_reason",
]

ATTACHABLE = (FileRole.SCAN, FileRole.REPLY, FileRole.RECEIPT, FileRole.ATTACHMENT)
"""What people attach to signed documents."""


@dataclass(frozen=True)
class Order:
    """A step as a command asks for it.

    Args:
        step: a row of the table of steps; its variants for other states are found.
        documents: ids, numbers, keys or parts of titles.
        everything: all documents in a state from which the step leads on.
        remark: reason or remark.
        copies: of paper, asked for, sealed or issued.
        receivers: to whom it was issued, as words.
        reserved: take numbers reserved earlier.
    """

    step: Step
    documents: tuple[str, ...] = ()
    everything: bool = False
    remark: str = ""
    copies: int | None = None
    receivers: str = ""
    reserved: bool = False


def needs_reason(step: Step) -> bool:
    """Whether a step is refused unless the remark gives its reason."""
    return Need.REASON in step.needs
