"""What a command asks the office to do to documents that exist."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.register.life import Step


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
