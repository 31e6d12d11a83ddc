"""Forms that people sign on paper: 发文稿纸 (draft routing form) and 用印审批单 (request for the seal on behalf).

They stand in the office because they show what the register recorded in a layout that the standard knows; those
rooms do not know each other. What is on record is filled in, what is not stays blank to be written by hand; the
place of each signature stays blank in any case, for docgen signs for nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from docgen.dataclass import dataclass
from docgen.digests import grouped
from docgen.standard.build import paper
from docgen.standard.build.elements import Align
from docgen.standard.build.form_table import COLUMNS, Cell, Form, Row
from docgen.standard.measures.fonts import GB2312, Faces
from docgen.standard.measures.legible import legible
from docgen.standard.measures.lengths import Mm
from docgen.standard.wording.titles import break_title


@dataclass(frozen=True)
class Hand:
    """What is on record of one person's part; None is left to be written.

    Args:
        name: The person's name.
        day: When, in words as they shall be printed.
        unit: Of which unit.
        opinion: What the person wrote beside the signature.
    """

    name: str | None = None
    day: str | None = None
    unit: str | None = None
    opinion: str | None = None


@dataclass(frozen=True)
class RoutingForm:
    """The values of a 发文稿纸; None is left to be written. Lists are one text, as the document has them.

    Args:
        organ: Whose form it is.
        reference: The docgen identifier of the document.
        title, kind, addressees, copies_to, annexes: The document's.
        secrecy, urgency: Its secrecy with the term, and its urgency.
        copies: How many copies are to be printed.
        number, date: Its number and date, once given.
        drafter, reviewer, signatory: Their parts; the drafter's with the unit.
        countersigners: Those who countersign, each with the unit.
    """

    organ: str | None = None
    reference: str | None = None
    title: str | None = None
    kind: str | None = None
    addressees: str | None = None
    copies_to: str | None = None
    annexes: str | None = None
    secrecy: str | None = None
    urgency: str | None = None
    copies: str | None = None
    number: str | None = None
    date: str | None = None
    drafter: Hand = Hand()
    reviewer: Hand = Hand()
    signatory: Hand = Hand()
    countersigners: tuple[Hand, ...] = ()


@dataclass(frozen=True)
class SealForm:
    """The values of a 用印审批单; None is left to be written.

    Args:
        organ: Whose form it is.
        reference: The docgen identifier of the document.
        title, number: The document's.
        copies: How many copies are to be sealed.
        principal: For whom the seal is pressed.
        stamping_unit: Whose seal it is.
        mandate_document, mandate_number, mandate_clause: What grants the seal on behalf.
        applicant, approver, seal_keeper: Their parts.
        copies_sealed: How many copies were sealed.
        sha256, sm3: The digests of the file that is to be sealed, in hex.
        remark: What else is to be said.
    """

    organ: str | None = None
    reference: str | None = None
    title: str | None = None
    number: str | None = None
    copies: str | None = None
    principal: str | None = None
    stamping_unit: str | None = None
    mandate_document: str | None = None
    mandate_number: str | None = None
    mandate_clause: str | None = None
    applicant: Hand = Hand()
    approver: Hand = Hand()
    seal_keeper: Hand = Hand()
    copies_sealed: str | None = None
    sha256: str | None = None
    sm3: str | None = None
    remark: str | None = None


_LABEL: Final = 2
_BLANK_DAY: Final = "　　年　　月　　日"
# The no-break space keeps the room at a line's end.
_ROOM_TO_SIGN: Final = "　　　　\u00a0"
_WIDE: Final = 8
_CHOICE: Final = "□同意用印　　□不同意，理由：\n\n"
_HANDWRITTEN: Final = "注：已印出的姓名、日期取自登记；签字须由本人手写。"
_COMPARE: Final = "盖章前运行 docgen verify 文件名，显示的摘要须与本单逐组相同，否则不盖章。"
_DIGEST_LINE: Final = 32


def routing_form(values: RoutingForm, faces: Faces = GB2312) -> bytes:
    """Return a 发文稿纸 as a .docx: one page of A4, or more where its values are very long."""
    rows = (
        _plain(*_pair("发文字号", values.number, 6), *_pair("成文日期", values.date, 6)),
        _plain(
            *_short("密级", values.secrecy, 4),
            *_short("紧急程度", values.urgency, 4),
            *_short("份数", values.copies, 4),
        ),
        _signing("签发", values.signatory, room=2),
        *_countersigning(values.countersigners),
        _signing("核稿", values.reviewer, room=1),
        Row(_pair("标题", values.title), height=Mm(14)),
        _plain(*_pair("文种", values.kind)),
        *(_plain(*_pair(label, words)) for label, words in _receivers(values)),
        _drafting(values.drafter),
    )
    return _made(_form("发文稿纸", values.organ, values.reference, rows, (_HANDWRITTEN,)), faces)


def seal_form(values: SealForm, faces: Faces = GB2312) -> bytes:
    """Return a 用印审批单 as a .docx: one page of A4, or more where its values are very long."""
    rows = (
        Row(_pair("文件标题", values.title), height=Mm(14)),
        _plain(*_pair("发文字号", values.number, 7), *_short("申请份数", values.copies, 5)),
        _plain(*_pair("委托单位", values.principal, 7), *_pair("代章单位", values.stamping_unit, 5)),
        _plain(*_pair("授权依据", _mandate(values))),
        _plain(*_pair("文件摘要", _digests(values))),
        _signing("申请人", values.applicant, room=1),
        _signing("批准人", values.approver, room=2, blank=_CHOICE),
        Row(
            (*_signed("监印人", values.seal_keeper, 8), *_short("实盖份数", values.copies_sealed, 4)),
            Mm(18),
            1,
        ),
        _plain(*_pair("备注", values.remark), room=0.5),
    )
    notes = (_HANDWRITTEN, _COMPARE)
    return _made(_form("用印审批单", values.organ, values.reference, rows, notes), faces)


def _form(
    name: str, organ: str | None, reference: str | None, rows: tuple[Row, ...], notes: tuple[str, ...]
) -> Form:
    title = (*(break_title(_said(organ)) if organ else ()), name)
    above = (f"登记号：{_said(reference)}" if reference else "", "")
    return Form(title, rows, above, notes, flows=True, height=paper.UPRIGHT_HEIGHT)


def _made(form: Form, faces: Faces) -> bytes:
    name, (reference, _) = form.title[-1], form.above
    return paper.upright(form.xml() + paper.end(), name, f"{name}　{reference}".rstrip(), faces)


def _said(words: str | None) -> str:
    return legible(words or "")


def _pair(label: str, words: str | None, span: int = COLUMNS) -> tuple[Cell, Cell]:
    """Return a label and its value, so many twelfths together."""
    return Cell(label, _LABEL, label=True), Cell(_said(words), span - _LABEL)


def _plain(*cells: Cell, room: float = 0) -> Row:
    """Return a row of what is known before anybody signs."""
    return Row(cells, Mm(8), room)


def _short(label: str, words: str | None, span: int) -> tuple[Cell, Cell]:
    """Return a label and a value of a word or two."""
    return Cell(label, _LABEL, label=True), Cell(_said(words), span - _LABEL, align=Align.CENTER)


def _signing(label: str, hand: Hand, room: float, blank: str = "") -> Row:
    """Return the row of a person who writes an opinion and signs; the more room, the higher at least."""
    return Row(_signed(label, hand, COLUMNS, blank), Mm(11) + Mm(5) * room, room)


def _signed(label: str, hand: Hand, span: int, blank: str = "") -> tuple[Cell, Cell]:
    return Cell(label, _LABEL, label=True), _place(hand, span - _LABEL, blank)


def _place(hand: Hand, span: int, blank: str = "") -> Cell:
    """Return the cell in which a person signs, with what is on record; the date goes below where it is narrow."""
    words = "\n".join(each for each in (_said(hand.unit), _said(hand.opinion) or blank) if each)
    between = "　　　" if span >= _WIDE else "\n"
    name = f"{_said(hand.name)}　" if hand.name else ""
    foot = f"{name}签字：{_ROOM_TO_SIGN}{between}{_said(hand.day) or _BLANK_DAY}"
    return Cell(words, span, foot=foot)


def _countersigning(hands: Sequence[Hand]) -> list[Row]:
    """Return the rows of those who countersign, two in a row; one blank row for none."""
    if not hands:
        return [_signing("会签", Hand(), room=1)]
    half = (COLUMNS - _LABEL) // 2
    rows: list[Row] = []
    for first, second in zip_longest(hands[::2], hands[1::2]):
        label = Cell("会签", _LABEL, label=True, merge="continues" if rows else "begins")
        other = Cell("", half) if second is None else _place(second, half)
        rows.append(Row((label, _place(first, half), other), Mm(18), 0.6))
    return rows


def _receivers(values: RoutingForm) -> tuple[tuple[str, str | None], ...]:
    return ("主送", values.addressees), ("抄送", values.copies_to), ("附件", values.annexes)


def _drafting(drafter: Hand) -> Row:
    signed = _signed("拟稿人", Hand(drafter.name, drafter.day), 7)
    return Row((*_pair("拟稿单位", drafter.unit, 5), *signed), Mm(16))


def _mandate(values: SealForm) -> str:
    labelled = (
        ("文件", values.mandate_document),
        ("文号", values.mandate_number),
        ("条款", values.mandate_clause),
    )
    return "\n".join(f"{label}：{_said(words)}" for label, words in labelled)


def _digests(values: SealForm) -> str:
    labelled = (("SHA-256", values.sha256), ("SM3", values.sm3))
    return "\n".join(f"{label}：\n{_digest(words)}" for label, words in labelled if words) or "SHA-256："


def _digest(words: str) -> str:
    said = _said(words)
    return "\n".join(grouped(said[at : at + _DIGEST_LINE]) for at in range(0, len(said), _DIGEST_LINE))
