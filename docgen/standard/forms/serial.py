"""期刊: a serial of an office (简报): a red masthead, 第N期, issuing office and date over a red rule; no seal."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from docgen.standard.build.blocks import Block
from docgen.standard.build.imprint import Imprint, imprint
from docgen.standard.forms.form import Head, no_imprint
from docgen.standard.forms.minutes import BLOCKS, SLOTS, IssuedForm

ISSUE: Final = "第　期"
"""What stands where signing will fill in the issue."""


def issue(serial: int | str) -> str:
    """Return an issue as a serial shows it."""
    return f"第{serial}期"


class SerialForm(IssuedForm):
    """A serial: it reports to persons, is sent to organs, and issued to units, as its 版记 lists them."""

    def imprint(self, head: Head, _addressees: tuple[str, ...]) -> Block:
        """Return the 版记 with 报, 送 and 发; what ends a serial without receivers and printer is no 版记."""
        if not (head.printer or head.copies or head.addressees):
            return no_imprint()
        sent, issued = (
            tuple(each for each in names if each not in head.persons)
            for names in (head.copies, head.addressees)
        )
        organ = head.printer or head.organ
        return _imprint(Imprint(organ, head.date, sent, issued, serial=True, reported=head.persons))


@lru_cache(maxsize=64)
def _imprint(said: Imprint) -> Block:
    return imprint(said)


SERIAL: Final = SerialForm(
    "期刊",
    SLOTS,
    (*BLOCKS, "标题行"),
    signed=False,
    addressed=False,
    annexed=False,
    word="简报",
    imprinted=False,
    by_issue=True,
)
