"""期刊: a serial of an office (简报): a red masthead, 第N期, issuing office and date over a red rule; no seal."""

from __future__ import annotations

from typing import Final

from docgen.standard.forms.minutes import BLOCKS, SLOTS, IssuedForm

SERIAL: Final = IssuedForm(
    "期刊",
    SLOTS,
    (*BLOCKS, "标题行"),
    signed=False,
    addressed=False,
    annexed=False,
    word="简报",
    imprinted=False,
)
