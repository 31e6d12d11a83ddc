"""The smallest .docx, written member by member, so that each test shows what it changes."""

import io
import zipfile

import pytest

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
SMALLEST = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELATION}" Target="word/document.xml"/></Relationships>',
    "word/document.xml": "<w:document"
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>',
}


def packed(changes=(), method=zipfile.ZIP_DEFLATED):
    """Return the .docx with members changed, added, or (None) left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as package:
        for name, content in {**SMALLEST, **dict(changes)}.items():
            if content is not None:
                package.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture(scope="session")
def pack():
    """The builder of packages."""
    return packed
