"""Any draft made into a conforming document, or refused with what would be lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.lint.checker import STANDARD as STRICT
from docgen.lint.checker import Report, Settings, check, judged
from docgen.lint.reading.model import Doc
from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Form
from docgen.opc.faults import TooLarge
from docgen.reform import signs
from docgen.reform.changes import Change, Kind
from docgen.reform.counting import missing
from docgen.reform.draft import Draft, Line, Table, lines_of
from docgen.reform.faults import Lost, UnknownDraft
from docgen.reform.frames import about
from docgen.reform.mending import Mending
from docgen.reform.paper import Paper
from docgen.reform.pasted import without_pasted
from docgen.reform.reading.markdown import read_markdown
from docgen.reform.reading.plain import read_plain
from docgen.reform.reading.word import read_both, read_word
from docgen.reform.recognise import recognise
from docgen.reform.setting.document import docx_of, moves_addressees
from docgen.reform.setting.elements import ELEMENTS
from docgen.reform.tabbed import with_tables
from docgen.standard.measures import page
from docgen.standard.measures.lengths import NONE, Length
from docgen.standard.measures.look import STANDARD, Look

WORD: Final = ".docx"
TEXTS: Final = (".txt", ".text")
MARKDOWN: Final = (".md", ".markdown")
ENDINGS: Final = (WORD, *TEXTS, *MARKDOWN)
"""The endings of files that are read without LibreOffice."""
_STYLES: Final = frozenset(each.name for each in ELEMENTS)
_FILE: Final = "文件"
_GIVEN: Final = (
    "organs", "number", "signatories", "addressees", "signature", "date", "copies", "printer", "printed", "issued",
)  # fmt: skip
"""The parts that may be said beside a draft."""
_UNSEALED: Final = ("不盖章署名", "不盖章日期")


@dataclass(frozen=True)
class Given:
    """What is said of a document beside its draft; what is empty stays as the draft has it.

    Args:
        form: Its form; found from the draft when None.
        mark: The 发文机关标志 in full.
        number: The 发文字号.
        signatories: 签发人.
        addressees: The addressees, without the colon.
        signature: The lines of names below the text.
        date: The date below them.
        copies: Who gets copies.
        printer: The printing organ of the 版记; its date is that of the document.
        printed: The date of printing.
        issued: The office and the date below the mark of minutes and serials.
        sealed: Whether a seal will be pressed; None for as the draft has it.
        emphasis: Whether bold, italic and underlined words stay so.
        otherwise: What stands where neither this nor the draft says anything; None for nothing.
    """

    form: Form | None = None
    mark: str = ""
    number: str = ""
    signatories: tuple[str, ...] = ()
    addressees: str = ""
    signature: tuple[str, ...] = ()
    date: str = ""
    copies: str = ""
    printer: str = ""
    printed: str = ""
    issued: tuple[str, str] = ("", "")
    sealed: bool | None = None
    emphasis: bool = False
    otherwise: Given | None = None


NOTHING_GIVEN: Final = Given()
_PARTED: Final = re.compile("[，、,；;]")
_DAY: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


@dataclass(frozen=True)
class Formatted:
    """What came of a draft: the document, its parts, what was changed, and what the checker still finds."""

    document: bytes
    paper: Paper
    changes: tuple[Change, ...]
    report: Report


def read_draft(data: bytes, path: str, fetch: Callable[[str], bytes | None] = lambda _: None) -> Draft:
    """Return the draft in a file, without what was pasted with it. Takes and raises what `read_whole` does."""
    draft = without_pasted(read_whole(data, path, fetch))
    return replace(draft, blocks=with_tables(draft.blocks))


def read_whole(data: bytes, path: str, fetch: Callable[[str], bytes | None] = lambda _: None) -> Draft:
    """Return the draft in a file with all that stands in it.

    Args:
        data: Its bytes.
        path: What messages call it; its ending says what it is.
        fetch: Gives the pictures that a Markdown text names.

    Raises:
        FileFault, DraftFault: it cannot be read, or is of no known type.
    """
    ending = PurePath(path).suffix.lower()
    if ending == WORD:
        return read_word(data, path)
    if ending in MARKDOWN:
        return read_markdown(data, path, fetch)
    if ending in TEXTS:
        return read_plain(data, path)
    raise UnknownDraft(path, ENDINGS)


def formatted(
    draft: Draft,
    given: Given = NOTHING_GIVEN,
    look: Look = STANDARD,
    seal: Length = page.SEAL_DIAMETER,
    rules: Settings = STRICT,
) -> Formatted:
    """Return the conforming document of a draft.

    Args:
        draft: The draft.
        given: What is said of the document beside it.
        look: The settings of its looks.
        seal: The diameter of the seal.
        rules: The settings of the checker.

    Raises:
        NoWords: the draft says nothing.
        TooLarge: its document would be above a limit.
        Lost: something of it would not be in the document.
    """
    head = given.otherwise or NOTHING_GIVEN
    found = recognise(draft, given.form or head.form)
    if draft.sheet:
        report = check(draft.sheet, draft.path, None, rules)
        return Formatted(draft.sheet, replace(found, form=report.form), (), report)
    mending = Mending(emphasis=given.emphasis)
    mended = mending.paper(found)
    paper, added = completed(mended, given, look)
    document = docx_of(paper, draft.media, look, seal if _is_sealed(draft, given, head) else NONE)
    left_out = _left_out(paper)
    result, doc = _read_again(document, draft.path)
    if lost := missing(draft, result, (*left_out, *_replaced(mended, paper))):
        raise Lost(draft.path, lost)
    aside = (Change(Kind.ASIDE, 0, each) for each in left_out)
    changes = (*mending.changes, *added, *_moved_up(paper), *aside, *_of_layout(draft))
    return Formatted(document, paper, changes, judged(doc, draft.path, paper.form, rules))


def _moved_up(paper: Paper) -> Iterator[Change]:
    """Yield the number that stood below the title, and the labels that stood below the mark.

    Both stand above now, but a letter has its labels below (10.1).
    """
    titled = max(paper.places.get("title", ()), default=0)
    for place in paper.places.get("number", ()):
        if place > titled > 0:
            yield Change(Kind.PLACE, place, paper.number, "移到标题上方")
    below = max(paper.places.get("mark", ()), default=0)
    if not below or paper.form is Form.LETTER:
        return
    for name in ("copy_number", "secrecy", "urgency"):
        for place in paper.places.get(name, ()):
            if place > below:
                yield Change(Kind.PLACE, place, getattr(paper.corner, name), "移到首页左上角")


def _is_sealed(draft: Draft, given: Given, head: Given) -> bool:
    """Whether room is left for a seal: as is said, else as is usual, else as the draft has it."""
    said = (each.sealed for each in (given, head))
    return next((each for each in said if each is not None), not _is_unsealed(draft))


def _read_again(document: bytes, path: str) -> tuple[Draft, Doc]:
    """Return what the document of a draft says, and the same as the checker sees it. Raises TooLarge."""
    try:
        return read_both(document, path)
    except TooLarge as fault:
        raise TooLarge(path, f"排成公文后{fault.reason}") from fault


def completed(paper: Paper, given: Given, look: Look = STANDARD) -> tuple[Paper, tuple[Change, ...]]:
    """Return a document's parts with what was said beside the draft, and with the 版记's own words where they lack."""
    said, head = _values(given), given.otherwise or NOTHING_GIVEN
    lacking = {name: value for name, value in _values(head).items() if _lacks(paper, name, value)}
    said = {name: value if any(value) else lacking.get(name, value) for name, value in said.items()}
    changed = {name: value for name, value in said.items() if any(value) and value != getattr(paper, name)}
    changes = [
        Change(Kind.ADDED, 0, _said(getattr(paper, name)), _said(value)) for name, value in changed.items()
    ]
    whole = replace(paper, **changed)
    if "signatories" in changed and whole.form is Form.GENERAL and (given.form or head.form) is None:
        whole = replace(whole, form=Form.UPWARD)  # only what goes upward names who signs (7.2.6)
    if changed.keys() & {"printer", "copies", "printed"}:
        whole = replace(whole, imprinted=True)
    letter = whole.form is Form.LETTER and bool(whole.organs)
    moved = not letter and not whole.moved and moves_addressees(whole, look)
    if moved:
        changes.append(Change(Kind.PLACE, 0, "主送机关太多，移到版记"))
    if (whole.imprinted or whole.moved or moved) and not letter:
        issuer, day = whole.issued
        organ = (
            issuer
            or "".join(whole.organs).removesuffix(_FILE)
            or signs.unsealed("".join(whole.signature[:1]))
        )
        printer, printed = whole.printer or organ, whole.printed or whole.date or day
        if (printer, printed) != (paper.printer, paper.printed):
            changes.append(Change(Kind.ADDED, 0, "", f"{printer}　{printed}印发"))
        whole = replace(whole, imprinted=True, printer=printer, printed=printed)
    return whole, tuple(changes)


def _values(given: Given) -> dict[str, Any]:
    """Return what is said of a document by the names of its parts."""
    return {"organs": (given.mark,) if given.mark else ()} | {
        name: getattr(given, name) for name in _GIVEN if name != "organs"
    }


def _lacks(paper: Paper, name: str, value: Any) -> bool:
    """Whether a document has not said a part of its head or end, or not all of it."""
    own = getattr(paper, name)
    if name == "signature":
        return set(own) <= set(value)
    if name == "date":
        return not _DAY.fullmatch(own)
    return not any(own)


def _said(value: object) -> str:
    return "、".join(filter(None, value)) if isinstance(value, tuple) else str(value)


def _replaced(before: Paper, after: Paper) -> tuple[str, ...]:
    """Return the words of the draft whose place others took because the caller said so."""
    return tuple(
        _said(getattr(before, name)) for name in _GIVEN if getattr(before, name) != getattr(after, name)
    )


def _left_out(paper: Paper) -> tuple[str, ...]:
    """Return the words that a 版记 has no more, or says again, and those that a letter's must not have (10.1)."""
    if paper.moved and set(_PARTED.split(paper.moved)) <= set(_PARTED.split(paper.addressees)):
        return (f"主送：{paper.moved}", *_left_out(replace(paper, moved="")))
    if paper.form is not Form.LETTER or not paper.organs or not paper.imprinted:
        return paper.outdated
    said = (paper.printer, paper.printed and f"{paper.printed}印发")
    return (*paper.outdated, *filter(None, said))


def _is_unsealed(draft: Draft) -> bool:
    return any(line.looks.style in _UNSEALED for line in lines_of(draft.blocks))


def _of_layout(draft: Draft) -> tuple[Change, ...]:
    """Return what of the layout was changed, counted."""
    lines = [each for each in draft.blocks if isinstance(each, Line) and not each.blank]
    anew = [each for each in lines if each.looks.style not in _STYLES and each.looks.size]
    spaced = [each for each in lines if each.lead and signs.styled(each) is None]
    tables = [each for each in draft.blocks if isinstance(each, Table) and each is not about(draft.blocks)]
    found = []
    if anew:
        found.append(Change(Kind.LOOKS, 0, f"{len(anew)}个自然段按国标重设字体、字号、行距和缩进"))
    if spaced:
        found.append(Change(Kind.SPACES, 0, f"{len(spaced)}个自然段前用空格排的位置改为缩进和对齐"))
    if tables and anew:
        found.append(Change(Kind.PLACE, 0, f"{len(tables)}个表格重排栏宽、表头每页重复"))
    if draft.lists:
        found.append(Change(Kind.NUMBERING, 0, f"{draft.lists}个项目符号已去掉，文字保留"))
    if any(words.is_of_contents(each.words) for each in anew):
        found.append(Change(Kind.PLACE, 0, "目录里的页码仍是原稿的，请按排好的页面核对"))
    found += [Change(Kind.DATE, each, "会自动更新的日期已改为文字") for each in draft.clocks]
    found += [Change(Kind.UNSEEN, place, f"隐藏的文字“{words}”已显示出来") for place, words in draft.hidden]
    found += [Change(Kind.UNSEEN, 0, f"{each}已去掉") for each in draft.dropped]
    found += [Change(Kind.PLACE, 0, each) for each in draft.drawn]
    found += [Change(Kind.ASIDE, 0, each) for each in draft.aside]
    if about(draft.blocks):
        found.append(Change(Kind.ASIDE, 0, "网页上的公开信息表（索引号等）"))
    return tuple(found)
