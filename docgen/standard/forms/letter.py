"""信函: the letter format (clause 10.1), as which 函 are sent."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from docgen.dataclass import dataclass
from docgen.opc.changing import Changing
from docgen.standard.build import ending
from docgen.standard.build.blocks import Block, copies_height, document_end, letter_copies, letter_mark
from docgen.standard.forms.faults import TooManyReceivers
from docgen.standard.forms.form import (
    Form,
    Head,
    annexes_of,
    is_moved,
    opening,
    signature_of,
    slots_of,
    title_lines,
)
from docgen.standard.measures import page
from docgen.standard.measures.look import STANDARD, Look
from docgen.standard.wording.text import receivers

if TYPE_CHECKING:
    from docgen.standard.build.parts import Part
    from docgen.standard.forms.nodes import Wording


@dataclass(frozen=True)
class Letter:
    """A template in letter format.

    Args:
        parts: From the mark's slot to that of the 版记, in the order of the page. A slot at the end must be filled
            with at least one paragraph, as `letter_copies` does.
        title: The document's title in its properties; may hold tags.
        author: Its author in its properties; may hold tags.
        lying: Whether some of its pages lie across.
    """

    parts: tuple[Part, ...]
    title: str = ""
    author: str = ""
    lying: bool = False


def build(letter: Letter, look: Look = STANDARD) -> bytes:
    """Return the letter's template as a .docx; equal declarations and looks give equal bytes."""
    from docgen.standard.build import elements, package, section
    from docgen.standard.build.parts import Slot, join
    from docgen.standard.build.styles import styles

    end = "" if isinstance(letter.parts[-1], Slot) else document_end()
    body = join(letter.parts) + end + section.letter(look)
    shown = (
        *elements.ELEMENTS, elements.ATTENDANCE, elements.UNSEALED_ORGAN, elements.UNSEALED_DATE,
        elements.JOINT_ORGANS, elements.STAMP,
    )  # fmt: skip
    looks, footers = styles(look.faces, shown, look.line), section.letter_footers(look, lying=letter.lying)
    return package.make(package.Content(body, looks, look.faces, footers, letter.title, letter.author))


# The number's line ends 20 mm below the text area's top.
_HEAD_LINES: Final = 2.0
_BLOCKS: Final = ("发文机关标志", "发文字号", "主送机关", "附件说明", "落款", "抄送")
_marks = lru_cache(maxsize=64)(letter_mark)


class LetterForm(Form):
    """A letter: mark and double rule, number at the right, title, addressee, text, signature, annexes, copies."""

    def template(self, wording: Wording, look: Look) -> bytes:
        """Return the template (.docx) that a wording makes in this form."""
        from docgen.standard.build.parts import NumberLine, Slot, TitleLines
        from docgen.standard.forms.compose import annex_parts, note_parts, text_parts

        parts: tuple[Part, ...] = (
            Slot("发文机关标志"),
            NumberLine("{{ 发文字号 }}"),
            TitleLines("标题行"),
            *opening(addressed=self.addressed),
            *text_parts(wording.body, closes=True),
            Slot("附件说明"),
            Slot("落款"),
            *note_parts(wording.closing),
            *annex_parts(wording.annexes, look, letter=True),
            Slot("抄送"),
        )
        lying = any(each.across for each in wording.annexes)
        return build(Letter(parts, "{{ 标题 }}", "{{ 发文机关 }}", lying), look)

    def filled(self, head: Head, look: Look) -> dict[str, object]:
        """Return the values of the form's names; those that come again are made once."""
        lines = title_lines(head, look)
        moved = is_moved(head.addressees, len(lines), _HEAD_LINES)
        return {
            "发文机关": head.organ,
            "发文机关标志": _marks(head.mark or head.organ, look),
            "发文字号": head.number,
            "标题行": lines,
            "主送机关": "" if moved else receivers(head.addressees),
            "附件说明": annexes_of(head.annexes),
            "落款": signature_of(head.signature, head.date, head.seal),
            "抄送": _copies(head.copies, head.addressees if moved else ()),
        }

    def finish(self, parts: Changing, look: Look) -> None:  # noqa: ARG002  as every form
        """Leave the letter as it is, but where a long last paragraph or pages that lie across ask for a change."""
        ending.mend(parts)


@lru_cache(maxsize=512)
def _copies(copies: tuple[str, ...], addressees: tuple[str, ...]) -> Block:
    if copies_height(copies, addressees) > page.TEXT_HEIGHT:
        raise TooManyReceivers(len(addressees) + len(copies))
    return letter_copies(copies, addressees)


LETTER: Final = LetterForm("信函", slots_of(*_BLOCKS, lists=("标题行",)), (*_BLOCKS, "标题行"))
