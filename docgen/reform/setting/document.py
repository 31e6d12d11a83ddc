"""A whole document out of a draft's parts: head, title, text, signature, annexes, 版记, by the builders of its form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from lxml import etree

from docgen.lint.recognition.layout import Form
from docgen.opc.changing import Changing
from docgen.opc.writing import Package
from docgen.reform.paper import Corner, Paper
from docgen.reform.setting.elements import CAPTION, ELEMENTS
from docgen.reform.setting.references import References
from docgen.reform.setting.text import Setting
from docgen.reform.setting.titles import title_lines
from docgen.reform.shape import NAMES
from docgen.standard.build import elements, package, section
from docgen.standard.build import head as heads
from docgen.standard.build.blocks import (
    annex_list,
    document_end,
    letter_copies,
    letter_mark,
    number_line,
    number_place,
)
from docgen.standard.build.closing import stamped
from docgen.standard.build.fitting import fit_tables
from docgen.standard.build.imprint import Imprint, imprint, imprint_height
from docgen.standard.build.ooxml import paragraph, run, w
from docgen.standard.build.styles import styles
from docgen.standard.forms.catalogue import FORMS
from docgen.standard.forms.faults import TooManyReceivers
from docgen.standard.forms.form import imprint_of, is_moved, signature_of
from docgen.standard.forms.minutes import minutes_head
from docgen.standard.forms.order import order_head
from docgen.standard.measures import page
from docgen.standard.measures.lengths import Length
from docgen.standard.measures.look import Look

_FILE: Final = "文件"
_DOCUMENT: Final = "word/document.xml"
_HEAD_LINES: Final = {Form.LETTER: 2.0}


def docx_of(paper: Paper, media: Mapping[str, bytes], look: Look, seal: Length) -> bytes:
    """Return the document of a draft's parts; equal parts give equal bytes.

    Args:
        paper: The parts.
        media: The pictures by name.
        look: The settings of its looks.
        seal: The diameter of the seal that will be pressed; 0 for a document without one.
    """
    references = References(media)
    letter = paper.form is Form.LETTER and bool(paper.organs)
    setting = Setting(references, look, letter)
    title = title_lines(paper.title, look.keep)
    body = _body(paper, title, setting, seal)
    lying = b"" if not letter else body.encode()
    if letter:
        footers = section.letter_footers(look, lying=b'w:orient="landscape"' in lying)
        end = section.letter(look)
    else:
        footers, end = section.footers(look), section.upright(look)
    organ = "".join(paper.organs).removesuffix(_FILE) or "".join(paper.signature[:1])
    content = package.Content(body + end, _styles(look), look.faces, footers, "".join(title), organ)
    made = {name: (package.HEADER + each).encode() for name, each in package.parts_of(content).items()}
    form = FORMS[_FILE if _is_bare_letter(paper) or paper.form is Form.SLIP else NAMES[paper.form]]
    parts = Changing(made.__getitem__)
    references.add_to(parts)
    fit_tables(parts)
    form.finish(parts, look)
    # Whether or not one of them wrote the text anew: the same document has the same bytes.
    root = etree.fromstring(parts[_DOCUMENT])
    parts[_DOCUMENT] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Package(()).with_changed(made | parts.changed)


@lru_cache(maxsize=8)
def _styles(look: Look) -> str:
    """Return the styles of all documents of one look."""
    return styles(look.faces, ELEMENTS, look.line)


def _is_bare_letter(paper: Paper) -> bool:
    """Whether a letter has no mark, so that its pages are those of any document."""
    return paper.form is Form.LETTER and not paper.organs


def _body(paper: Paper, title: Sequence[str], setting: Setting, seal: Length) -> str:
    whole = paper.addressees or paper.moved
    moved = _is_moved(paper, title)
    closes = bool(paper.signature or paper.date)
    return "".join(
        (
            setting.text(paper.above, closes=False),
            _head(paper, setting.look),
            setting.text(paper.below_head, closes=False),
            _title(paper, title),
            _opening("" if moved else whole, headed=bool(title or paper.organs)),
            setting.text(paper.body, closes=closes or bool(paper.annexes)),
            annex_list(paper.annexes),
            _closing(paper, seal),
            *(paragraph(elements.NOTE.id, setting.references.runs(note.pieces)) for note in paper.notes),
            setting.text(paper.after, closes=False),
            setting.annexes(paper.attached),
            _imprint(paper, whole if moved else ""),
        )
    )


def moves_addressees(paper: Paper, look: Look) -> bool:
    """Whether the addressees take the room of page 1, so that they stand in the 版记 (7.3.2)."""
    return _is_moved(paper, title_lines(paper.title, look.keep))


def _is_moved(paper: Paper, title: Sequence[str]) -> bool:
    whole = paper.addressees or paper.moved
    return bool(whole) and is_moved((whole,), len(title), _head_lines(paper))


def _head_lines(paper: Paper) -> float:
    if not paper.organs:
        return 0.0
    return _HEAD_LINES.get(paper.form, 8.5 + max(0, len(paper.signatories) - 1) // 2)


def _head(paper: Paper, look: Look) -> str:
    """Return what stands above the title; for a document without mark only what it has."""
    corner = heads.Corner(paper.corner.copy_number, paper.corner.secrecy, paper.corner.urgency)
    if not paper.organs:
        return _bare_head(paper, corner)
    mark = paper.organs[0]
    if paper.form is Form.LETTER:
        return _corner(paper.corner) + letter_mark(mark, look) + number_line(paper.number)
    if paper.form in (Form.MINUTES, Form.SERIAL):
        return _minutes_head(paper, corner, look)
    if paper.form is Form.ORDER:
        return order_head(mark, paper.number, corner, look)
    return _file_head(paper, corner, look)


def _file_head(paper: Paper, corner: heads.Corner, look: Look) -> str:
    """Return the head of a document that is neither letter nor minutes nor order."""
    organs = tuple(each.removesuffix(_FILE) for each in paper.organs)
    mark = paper.organs[0]
    if paper.signatories:
        return heads.upward_head(organs, paper.number, paper.signatories, corner, look)
    if len(organs) == 1 and not mark.endswith(_FILE):
        line = paragraph(elements.FILE_NUMBER.id, number_place(paper.number))
        return heads.mark_line(mark, page.MARK_TOP, corner, look) + paragraph(elements.BLANK.id) * 2 + line
    return heads.file_head(organs, paper.number, corner, look)


def _minutes_head(paper: Paper, corner: heads.Corner, look: Look) -> str:
    made = minutes_head(paper.organs[0], paper.serial or paper.number, paper.issued, corner, look)
    if paper.serial and paper.number:
        line = paragraph(elements.MINUTES_NUMBER.id, run(paper.serial))
        whole = minutes_head(paper.organs[0], paper.number, paper.issued, corner, look)
        number = paragraph(elements.MINUTES_NUMBER.id, number_place(paper.number))
        return whole.replace(number, line + number)
    return made


def _bare_head(paper: Paper, corner: heads.Corner) -> str:
    lines = [paragraph(element.id, run(words)) for element, words in corner.lines]
    numbers = [each for each in (paper.serial, paper.number) if each]
    lines += [paragraph(elements.MINUTES_NUMBER.id, number_place(each)) for each in numbers]
    if paper.signatories:
        lines.append(paragraph(elements.SIGNATORY.id, heads.signed_by(paper.signatories)))
    return "".join(lines)


def _corner(corner: Corner) -> str:
    said = heads.Corner(corner.copy_number, corner.secrecy, corner.urgency)
    return "".join(paragraph(element.id, run(words)) for element, words in said.lines)


def _title(paper: Paper, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    room = paragraph(elements.BLANK.id) * 2 if paper.organs or paper.number else ""
    below = (paragraph(CAPTION.id, run(each)) for each in paper.below_title)
    return room + "".join(paragraph(elements.TITLE.id, run(line)) for line in lines) + "".join(below)


def _opening(addressees: str, *, headed: bool) -> str:
    """Return what stands between title or head and the text."""
    if addressees:
        blank = paragraph(elements.BLANK.id) if headed else ""
        return blank + paragraph(elements.ADDRESSEE.id, run(f"{addressees}："))
    return paragraph(elements.BLANK.id, layout=(w("keepNext", val=0),)) if headed else ""


def _closing(paper: Paper, seal: Length) -> str:
    if paper.form is Form.ORDER and paper.organs and paper.signature:
        return stamped(list(map(_post_and_name, paper.signature)), paper.date)
    return signature_of(paper.signature, paper.date, seal)


def _post_and_name(signed: str) -> tuple[str, str]:
    """Return the post and the name of who signs; either may be spread (县　长　李　明)."""
    pieces = signed.split()
    spread = len(pieces) > 2 and len(pieces[-1]) == len(pieces[-2]) == 1
    cut = max(1, len(pieces) - (2 if spread else 1))
    return "".join(pieces[:cut]), "".join(pieces[cut:])


def _imprint(paper: Paper, moved: str) -> str:
    addressees = (moved,) if moved else ()
    copies = (paper.copies,) if paper.copies else ()
    if paper.form is Form.LETTER and paper.organs:
        return letter_copies(copies, addressees)
    if not (paper.imprinted or addressees or copies or paper.receivers):
        return document_end()
    if paper.receivers:
        return _serial_imprint(paper)
    place = 2 if paper.date or paper.issued[1] else 1
    return imprint_of(paper.printer, paper.printed, copies, addressees, place)


def _serial_imprint(paper: Paper) -> str:
    """Return the 版记 of a serial: 报, 送 and 发 in the place of 抄送."""
    reported, sent, issued = (
        tuple(filter(None, (paper.receivers.get(label, ""), added)))
        for label, added in (("报", ""), ("送", paper.copies), ("发", ""))
    )
    said = Imprint(paper.printer, paper.printed, sent, issued, serial=True, reported=reported)
    if imprint_height(said) > page.TEXT_HEIGHT:
        raise TooManyReceivers(len(paper.receivers))
    return imprint(said)
