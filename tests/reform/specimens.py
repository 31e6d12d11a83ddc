"""What word processors put into drafts, as Word and WPS save it: files of XML below `specimens/`; a reader of results.

A specimen is the content of a body with what it refers to (lists, notes, styles), and what it says. In its attributes
`link https://…`, `picture` and `header` stand for the relations that a file has of its own.
"""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections import Counter
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree
from typed import CENTER, RIGHT, add, picture

FOLDER: Final = Path(__file__).parent / "specimens"
_SPACES: Final = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
}
_USED: Final = ("Normal", "Title", "Heading1", "DefaultParagraphFont", "TableNormal")
_R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
COUNTED: Final = {
    "formulas": "{m}oMath", "notes": "{w}footnoteReference", "pictures": "{a}blip", "tables": "{w}tbl",
}  # fmt: skip


def name_of(short: str) -> str:
    """Return the full name of `{w}p`."""
    prefix, _, local = short[1:].partition("}")
    return f"{{{_SPACES[prefix]}}}{local}"


class Specimen:
    """One of the files."""

    def __init__(self, path: Path) -> None:
        self.name = path.stem
        self._path = path

    def __repr__(self) -> str:
        return self.name

    @cached_property
    def _root(self) -> Any:
        return etree.parse(str(self._path), etree.XMLParser(remove_blank_text=True)).getroot()

    @property
    def says(self) -> list[str]:
        """What must be in the result, each in one piece."""
        return [each.text or "" for each in self._root.iterfind("says/line")]

    def count(self, what: str) -> int:
        return int(self._root.get(what, 0))

    def elements(self, section: str) -> list[Any]:
        return [parse_xml(etree.tostring(each)) for each in self._root.iterfind(f"{section}/*")]

    def put(self, document: Any, place: Any) -> None:
        """Put it behind a paragraph of a document of python-docx."""
        body = self.elements("body")
        self._refer(document, body)
        for each in reversed(body):
            place._p.addnext(each)
        for each in self.elements("styles"):
            document.styles.element.append(each)
        numbering = document.part.numbering_part.element
        for each in self.elements("numbering"):
            numbering.append(each) if each.tag == name_of("{w}num") else numbering.insert(0, each)
        for kind in ("footnotes", "endnotes", "comments"):
            if notes := self.elements(kind):
                self._add(document, kind, kind, notes)

    def _add(self, document: Any, kind: str, root: str, content: list[Any]) -> str:
        """Add a part to a document; return the relation."""
        whole = parse_xml(f'<w:{root} xmlns:w="{_SPACES["w"]}"/>')
        whole.extend(content)
        uri = PackURI(f"/word/{kind}9.xml")
        part = Part(uri, f"{_TYPE}.{kind}+xml", etree.tostring(whole), document.part.package)
        return str(document.part.relate_to(part, f"{_R}/{kind}"))

    def _refer(self, document: Any, body: list[Any]) -> None:
        """Give relations to what stands for them."""
        for holder in body:
            for each in holder.iter():
                for name, value in each.attrib.items():
                    if name.startswith(f"{{{_R}}}"):
                        each.set(name, self._relation(document, value))

    def _relation(self, document: Any, value: str) -> str:
        if value.startswith("link "):
            return str(document.part.relate_to(value.removeprefix("link "), RT.HYPERLINK, is_external=True))
        if value == "picture":
            return str(document.part.get_or_add_image(io.BytesIO(picture(20, 10)))[0])
        return self._add(document, "header", "hdr", self.elements("header")) if value == "header" else value

    def whole(self) -> bytes:
        """The bytes of a document that is it alone."""
        document = empty()
        place = document.add_paragraph()
        self.put(document, place)
        document.element.body.remove(place._p)
        return saved(document)

    def within(self) -> bytes:
        """The bytes of a notice that has it among its text."""
        document = empty()
        add(document, "关于做好防汛工作的通知", size=18, align=CENTER, bold=True)
        add(document, "各镇人民政府:")
        place = add(document, "请做好准备。")
        add(document, "请及时报告。")
        for words in ("云河县水利局", "2026年5月8日"):
            add(document, words, align=RIGHT)
        self.put(document, place)
        return saved(document)


@cache
def _few_styles() -> bytes:
    """The bytes of a document without words and without the many styles that nothing here uses: it is read often."""
    document = docx.Document()
    styles = document.styles.element
    for each in list(styles):
        if each.get(f"{{{_SPACES['w']}}}styleId") not in _USED:
            styles.remove(each)
    return saved(document)


def empty() -> Any:
    """Return a document without words."""
    return docx.Document(io.BytesIO(_few_styles()))


def saved(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def specimens(folder: str = "") -> list[Specimen]:
    return [Specimen(each) for each in sorted((FOLDER / folder).glob("*.xml"))]


def bare(text: str) -> str:
    """Return the letters, digits and hanzi of a text, in one form."""
    return "".join(each for each in unicodedata.normalize("NFKC", text) if each.isalnum())


def read(document: bytes) -> tuple[str, Counter[str]]:
    """Return the words of a .docx and what else it holds, read without docgen; what a shape says is taken once.

    Words are those of runs and formulas, those drawn as pictures, and those that a field draws over each other.
    """
    said, held = [], Counter[str]()
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        for name in ("document", "footnotes"):
            if f"word/{name}.xml" not in package.namelist():
                continue
            root = etree.fromstring(package.read(f"word/{name}.xml"))
            for each in list(root.iter(name_of("{mc}Fallback"))):
                each.getparent().remove(each)
            said += [each.text or "" for each in root.iter(*map(name_of, ("{w}t", "{m}t", "{w}instrText")))]
            for what, tag in COUNTED.items():
                held[what] += len(list(root.iter(name_of(tag))))
    return bare("".join(said)), held
