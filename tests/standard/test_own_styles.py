"""Templates that another program saved: its identifiers of styles become docgen's own again, by their names."""

from __future__ import annotations

import re
from pathlib import Path

from docgen.opc.reading import read
from docgen.opc.writing import with_changed
from docgen.standard.build.own_styles import with_own_styles
from tests.conftest import Docgen

NOTICE = (Path(__file__).parents[2] / "templates" / "docx" / "告知函.docx").read_bytes()
_ID = re.compile(r'(<w:(?:pStyle|rStyle|basedOn|next|link) w:val="|w:styleId=")(?!Normal|TableNormal)([^"]+)')


def saved_elsewhere(data: bytes) -> bytes:
    """Return a document as a Chinese Word saves it: custom styles are a, a0, a1 …, under the names they had."""
    parts = {
        name: content.decode() for name, content in read(data, "告知函.docx").items() if name.endswith(".xml")
    }
    ids = dict.fromkeys(found[2] for found in _ID.finditer(parts["word/styles.xml"]))
    new = {old: f"a{place}" for place, old in enumerate(ids)}
    return with_changed(
        data,
        {
            name: _ID.sub(lambda at: at[1] + new.get(at[2], at[2]), content).encode()
            for name, content in parts.items()
        },
        "告知函.docx",
    )


def test_identifiers_that_another_program_gave_become_docgens_own() -> None:
    other = saved_elsewhere(NOTICE)
    assert b'w:styleId="Mark"' not in read(other, "告知函.docx")["word/styles.xml"]
    assert read(with_own_styles(other, "告知函.docx"), "告知函.docx") == read(NOTICE, "告知函.docx")


def test_a_template_of_docgens_own_is_left_as_it_is() -> None:
    assert with_own_styles(NOTICE, "告知函.docx") is NOTICE


def test_a_style_of_another_name_gives_way_to_docgens() -> None:
    """Word brings a style Title of its own (标题) when someone picks it from the list."""
    other = read(saved_elsewhere(NOTICE), "告知函.docx")
    styles = other["word/styles.xml"].decode()
    picked = '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style></w:styles>'
    data = with_changed(
        saved_elsewhere(NOTICE),
        {"word/styles.xml": styles.replace("</w:styles>", picked).encode()},
        "告知函.docx",
    )
    mended = read(with_own_styles(data, "告知函.docx"), "告知函.docx")["word/styles.xml"].decode()
    assert dict(re.findall('w:styleId="(Title[^"]*)"[^>]*><w:name w:val="([^"]*)"', mended)) == {
        "Title": "公文标题",
        "TitleOther": "Title",
    }


def test_a_letter_from_a_template_saved_elsewhere_names_no_style_that_it_lacks(
    workspace: Path, docgen: Docgen
) -> None:
    """The mark, the signature and the copies are put in by docgen, under its own identifiers."""
    (workspace / "templates" / "docx" / "告知函.docx").write_bytes(saved_elsewhere(NOTICE))
    assert docgen("notice", "--project", "3").code == 0
    for path in (workspace / "out").glob("*/告知函/草稿/*.docx"):
        parts = read(path.read_bytes(), path.name)
        known = set(re.findall(rb'w:styleId="([^"]+)"', parts["word/styles.xml"]))
        used = set(re.findall(rb'<w:(?:pStyle|rStyle) w:val="([^"]+)"', parts["word/document.xml"]))
        assert {b"Mark", b"Signature", b"Copies"} <= used <= known
