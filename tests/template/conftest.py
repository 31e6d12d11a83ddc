"""Builds templates with python-docx and reads documents back, so that each test shows its own input."""

import io
import os
import zipfile
from functools import cache
from pathlib import Path

import docx
import pytest
from lxml import etree

from docgen.template.faults import MissingValue

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CHARACTERS = {"tab": "\t", "br": "\n"}


def empty(cell):
    """Return a fault that says which cell is empty."""
    return MissingValue("数据", "正文", 1, "", "", cell)


def build(*paragraphs, rows=(), header="", footer="", after=(), title=""):
    """Return a .docx. A paragraph is a text, or a list of (text, bold) runs; a row is a list of cell texts."""
    document = docx.Document()
    for paragraph in paragraphs:
        _write(document.add_paragraph(), paragraph)
    if rows:
        table = document.add_table(len(rows), max(len(row) for row in rows))
        for line, row in zip(table.rows, rows, strict=True):
            for cell, words in zip(line.cells, row, strict=False):
                cell.text = words
    for paragraph in after:
        _write(document.add_paragraph(), paragraph)
    document.sections[0].header.paragraphs[0].text = header
    document.sections[0].footer.paragraphs[0].text = footer
    document.core_properties.title = title
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _write(paragraph, words):
    for text, bold in [(words, None)] if isinstance(words, str) else words:
        paragraph.add_run(text).bold = bold


def with_xml(body, base=None, member="word/document.xml"):
    """Return a .docx whose body is the given XML."""
    root = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
        f'xmlns:v="urn:schemas-microsoft-com:vml"><w:body>{body}</w:body></w:document>'
    )
    return replaced(base or _blank(), {member: root.encode()})


@cache
def _blank():
    return build()


def replaced(data, changes):
    """Return the package with members changed, added, or (None) left out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in [*old.namelist(), *(each for each in changes if each not in old.namelist())]:
            content = changes.get(name, old.read(name) if name in old.namelist() else None)
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def with_part(data, member, content, kind, relation=""):
    """Return the package with a part added: its XML, content type, and how the main part refers to it."""
    types = xml_of(data, "[Content_Types].xml").decode()
    override = (
        f'<Override PartName="/{member}" ContentType="application/vnd.openxmlformats-{kind}+xml"/></Types>'
    )
    changes = {member: content.encode(), "[Content_Types].xml": types.replace("</Types>", override).encode()}
    if relation:
        rels = "word/_rels/document.xml.rels"
        target = member.removeprefix("word/")
        added = (
            f'<Relationship Id="x{len(target)}" Type="{OFFICE}/relationships/{relation}" Target="{target}"/>'
        )
        changes[rels] = (
            xml_of(data, rels).decode().replace("</Relationships>", f"{added}</Relationships>").encode()
        )
    return replaced(data, changes)


def xml_of(data, member="word/document.xml"):
    """Return a member's content."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(member)


def texts(data, member="word/document.xml"):
    """Return the paragraphs' texts of a member, tabs and line breaks included."""
    root = etree.fromstring(xml_of(data, member))
    return [_text(paragraph) for paragraph in root.iter(f"{W}p")]


def _text(paragraph):
    own = (run for run in paragraph.iter(f"{W}r") if next(run.iterancestors(f"{W}p")) is paragraph)
    nodes = (node for run in own for node in run)
    return "".join(node.text or "" if node.tag == f"{W}t" else _character(node) for node in nodes)


def _character(node):
    return _CHARACTERS.get(etree.QName(node).localname, "") if isinstance(node.tag, str) else ""


def text(data, member="word/document.xml"):
    """Return a member's non-empty paragraphs as one text."""
    return "\n".join(words for words in texts(data, member) if words)


def shape(data, member="word/document.xml"):
    """Return a member normalised: element names, attributes that carry layout, texts joined run by run."""
    root = etree.fromstring(xml_of(data, member))
    return [_shape(element) for element in root.iter() if _counts(element)]


def _counts(element):
    return isinstance(element.tag, str) and (element.tag != f"{W}t" or element.text)


def _shape(element):
    kept = {
        name: value
        for name, value in element.attrib.items()
        if not name.endswith(("}space", "}id", "id", "}embed"))
    }
    return etree.QName(element).localname, kept, (element.text or "").strip()


def layout(data):
    """Return the elements that make up the page, and apart from them what belongs to cells.

    docxtpl does not put the latter where the schema of w:tcPr wants it. Runs and their formatting are left out, for
    docxtpl leaves empty ones behind.
    """
    shapes = [
        each[:2] for each in shape(data) if each[0] not in {"t", "r", "rPr", "proofErr", "lang", "rFonts"}
    ]
    moved = ("gridSpan", "vMerge", "shd")
    left = [each for each in shapes if each[0] not in moved]
    return left, [[each for each in shapes if each[0] == name] for name in moved]


@pytest.fixture(scope="session")
def make():
    """The builder of templates."""
    return build


@pytest.fixture(scope="session")
def raw():
    """The builder of templates from XML."""
    return with_xml


@pytest.fixture(scope="session")
def change():
    """The changer of package members."""
    return replaced


@pytest.fixture(scope="session")
def add():
    """The adder of parts to a package."""
    return with_part


@pytest.fixture(scope="session")
def read():
    """The reader of a document: `.text`, `.texts`, `.xml`, `.shape`, `.layout`."""

    class Reader:
        text = staticmethod(text)
        texts = staticmethod(texts)
        xml = staticmethod(xml_of)
        shape = staticmethod(shape)
        layout = staticmethod(layout)

    return Reader


@pytest.fixture(scope="session")
def shipped():
    """The folder with docxtpl's own templates."""
    named = os.environ.get("DOCGEN_DOCXTPL_TEMPLATES")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "docxtpl-templates"
    if not folder.is_dir():
        pytest.skip("docxtpl's templates are not here; set DOCGEN_DOCXTPL_TEMPLATES to their folder")
    return folder
