"""The two ledgers that people print from the register: 发文登记簿 and 用印登记簿, by year, as .docx and .xlsx.

They stand in the office because they show facts that the register keeps in a layout that the standard knows and a
workbook that the sheets write; those rooms do not know each other. All here is plain values in, bytes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final, Literal

from docgen.dataclass import dataclass
from docgen.digests import grouped
from docgen.standard.build.ledger import Kind, Ledger, LedgerColumn, LedgerRow, ledger_docx
from docgen.standard.measures.fonts import GB2312, Faces
from docgen.standard.measures.lengths import Mm
from docgen.standard.wording.text import date_range

Suffix = Literal[".docx", ".xlsx"]
SUFFIXES: Final[tuple[Suffix, ...]] = (".docx", ".xlsx")
"""Those of the files that a ledger can be."""
_FOOT_DIGITS: Final = 16
_CHECKED: Final = "核对人（签字）：　　　　　　　　　　核对日期：　　　　年　　月　　日"
_ELSE: Final = "如果不同，说明打印之后登记被改动过。请把本页签字存档。"


@dataclass(frozen=True)
class IssueRow:
    """A number given, with the document that has it or had it.

    Args:
        serial: The row's place in the ledger, from 1.
        number: The document's number; of a number reserved or voided as well.
        dated: The date of the document.
        kind: The document's kind in words, such as 通知.
        title: Its title.
        addressees: Those it is addressed to, in one text.
        drafter, reviewer, countersigned, signatory: Who drafted, reviewed, countersigned (all in one text), signed.
        copies: How many copies were issued.
        issued: When they were.
        stamping_unit: Whose seal is on it; empty when it has none.
        sealed: When it was sealed.
        state: Its state in words.
        reason: Why it was voided or replaced.
        replaced_by, replaces: The number of the document that took its place, or whose place it took.
        remark: What else is to be said.
        void: Whether the number stands for no document in force; the row stays, struck through.
        numbers: How many numbers the row stands for: more than one where a paper register gave them.
    """

    serial: int
    number: str
    dated: date | None = None
    kind: str = ""
    title: str = ""
    addressees: str = ""
    drafter: str = ""
    reviewer: str = ""
    countersigned: str = ""
    signatory: str = ""
    copies: int | None = None
    issued: date | None = None
    stamping_unit: str = ""
    sealed: date | None = None
    state: str = ""
    reason: str = ""
    replaced_by: str = ""
    replaces: str = ""
    remark: str = ""
    void: bool = False
    numbers: int = 1


@dataclass(frozen=True)
class SealRow:
    """A use of the seal on behalf.

    Args:
        serial: The use's number in the ledger, from 1.
        sealed: When the seal was pressed.
        title, number: The document's.
        copies: How many copies were sealed.
        principal: Who issued the document (发文机关), for whom the seal was pressed.
        stamping_unit: Whose seal it was.
        mandate: The document and clause that grant it.
        applicant, approver, seal_keeper: Who asked, who allowed it, who pressed it or saw it pressed.
        digest: The SHA-256 of the file that was sealed, 64 hex digits.
        remark: What else is to be said.
    """

    serial: int
    sealed: date | None
    title: str
    number: str
    copies: int | None
    principal: str
    stamping_unit: str
    mandate: str
    applicant: str
    approver: str
    seal_keeper: str
    digest: str
    remark: str = ""


@dataclass(frozen=True)
class ChainHead:
    """The last entry of the record: its number, and its digest in 64 hex digits."""

    entry: int
    digest: str


@dataclass(frozen=True)
class Printing:
    """What a ledger says of itself.

    Args:
        office: Whose ledger it is.
        start, end: The period it shows, both days included.
        by: Who printed it.
        at: When; in local time, to the minute.
        head: Where the record ended then; None when nothing was on record.
    """

    office: str
    start: date
    end: date
    by: str
    at: datetime
    head: ChainHead | None


ISSUE_COLUMNS: Final = (
    LedgerColumn("序号", Mm(9), Kind.COUNT),
    LedgerColumn("发文字号", Mm(25), struck=True),
    LedgerColumn("成文日期", Mm(18), Kind.DATE),
    LedgerColumn("文种", Mm(15), Kind.WORD),
    LedgerColumn("标题", Mm(38), struck=True),
    LedgerColumn("主送", Mm(25)),
    LedgerColumn("拟稿人", Mm(12), Kind.WORD),
    LedgerColumn("核稿人", Mm(12), Kind.WORD),
    LedgerColumn("会签", Mm(19)),
    LedgerColumn("签发人", Mm(12), Kind.WORD),
    LedgerColumn("份数", Mm(9), Kind.COUNT),
    LedgerColumn("印发日期", Mm(18), Kind.DATE),
    LedgerColumn("代章单位", Mm(22)),
    LedgerColumn("用印日期", Mm(18), Kind.DATE, below=True),
    LedgerColumn("状态", Mm(10), Kind.WORD),
    LedgerColumn("备注", Mm(21)),
)
SEAL_COLUMNS: Final = (
    LedgerColumn("序号", Mm(9), Kind.COUNT),
    LedgerColumn("用印日期", Mm(18), Kind.DATE),
    LedgerColumn("文件标题", Mm(44)),
    LedgerColumn("发文字号", Mm(25)),
    LedgerColumn("用印\n份数", Mm(10), Kind.COUNT),
    LedgerColumn("发文机关\n（委托单位）", Mm(26)),
    LedgerColumn("代章单位", Mm(23)),
    LedgerColumn("授权依据", Mm(40)),
    LedgerColumn("申请人", Mm(12), Kind.WORD),
    LedgerColumn("批准人", Mm(12), Kind.WORD),
    LedgerColumn("监印人", Mm(12), Kind.WORD),
    LedgerColumn("文件摘要\n（SHA-256）", Mm(18), Kind.DIGEST, printed="文件摘要\n（SHA-256\n前16位）"),
    LedgerColumn("备注", Mm(16)),
)


def issue_ledger(rows: Sequence[IssueRow], printing: Printing) -> Ledger:
    """Return the ledger of numbers given, 发文登记簿; voided numbers keep their rows, so that no serial is missing."""
    void = sum(row.void for row in rows)
    count = f"共登记{sum(row.numbers for row in rows)}个发文字号" + (
        f"，其中作废{void}个（字号保留，划线并注明原因）" if void else ""
    )
    return _ledger("发文登记簿", ISSUE_COLUMNS, [_issued(row) for row in rows], printing, (count,))


def seal_ledger(rows: Sequence[SealRow], printing: Printing, notes: tuple[str, ...] = ()) -> Ledger:
    """Return the ledger of uses of the seal on behalf, 用印登记簿; notes stand below the table."""
    copies = sum(row.copies or 0 for row in rows)
    count = f"共登记用印{len(rows)}次、{copies}份" if rows else "没有用印"
    return _ledger("用印登记簿", SEAL_COLUMNS, [_sealed(row) for row in rows], printing, (count, *notes))


def ledger_bytes(ledger: Ledger, suffix: Suffix, faces: Faces = GB2312) -> bytes:
    """Return a ledger as the file of a suffix; equal ledgers give equal bytes."""
    if suffix == ".docx":
        return ledger_docx(ledger, faces)
    from docgen.sheets.writing.ledger import ledger_xlsx  # openpyxl costs start-up time

    return ledger_xlsx(ledger)


def _issued(row: IssueRow) -> LedgerRow:
    people = (row.drafter, row.reviewer, row.countersigned, row.signatory)
    about = (row.number, row.dated, row.kind, row.title, row.addressees)
    sent = (row.copies, row.issued, row.stamping_unit, row.sealed, row.state)
    return LedgerRow((row.serial, *about, *people, *sent, _remark(row)), void=row.void)


def _remark(row: IssueRow) -> str:
    linked: Mapping[str, str] = {
        "作废：" if row.void else "原因：": row.reason,
        "被替换，见": row.replaced_by,
        "替换": row.replaces,
        "": row.remark,
    }
    return "\n".join(f"{label}{words}" for label, words in linked.items() if words)


def _sealed(row: SealRow) -> LedgerRow:
    about = (row.serial, row.sealed, row.title, row.number, row.copies)
    units = (row.principal, row.stamping_unit, row.mandate)
    people = (row.applicant, row.approver, row.seal_keeper)
    return LedgerRow((*about, *units, *people, row.digest, row.remark))


def _ledger(
    name: str,
    columns: tuple[LedgerColumn, ...],
    rows: Sequence[LedgerRow],
    printing: Printing,
    notes: tuple[str, ...],
) -> Ledger:
    years = dict.fromkeys((printing.start.year, printing.end.year))
    title = f"{'—'.join(map(str, years))}年{name}"
    period = date_range(printing.start, printing.end)
    below = (
        f"登记期间：{period}。{notes[0]}。",
        *notes[1:],
        f"打印人：{printing.by}。打印时间：{_minute(printing.at)}。　　{_CHECKED}",
        *_anchor(printing.head),
    )
    foot = f"{title}　{_short_anchor(printing.head)}"
    above = (f"登记单位：{printing.office}", f"登记期间：{period}")
    return Ledger(title, above, columns, tuple(rows), below, foot, "本期没有登记")


def _anchor(head: ChainHead | None) -> tuple[str, ...]:
    """Return the lines that tie a printout to the record."""
    if head is None:
        return ("登记链末端：尚无登记。",)
    return (
        f"登记链末端：第{head.entry}条，摘要 {grouped(head.digest)}",
        f"核对方法：运行 docgen verify --entry {head.entry}，列出的第{head.entry}条的摘要应与上一行逐组相同；{_ELSE}",
    )


def _short_anchor(head: ChainHead | None) -> str:
    if head is None:
        return "登记链末端：尚无登记"
    return f"登记链末端：第{head.entry}条，摘要前{_FOOT_DIGITS}位 {grouped(head.digest[:_FOOT_DIGITS])}"


def _minute(at: datetime) -> str:
    return f"{at.year}年{at.month}月{at.day}日{at.hour}时{at.minute:02}分"
