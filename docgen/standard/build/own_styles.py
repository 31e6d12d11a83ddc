"""Templates whose styles bear docgen's identifiers, also after another program has saved them.

Word, WPS and LibreOffice give a custom style a new identifier when they save (`Style17`, `a3`), and keep the name by
which a person finds it (发文机关标志). What is put into a document later names its styles by identifier, so those are
brought back by the names.
"""

from __future__ import annotations

import io
import zipfile
from typing import Final

from lxml import etree

from docgen.opc.writing import with_changed
from docgen.patterns import late
from docgen.standard.build.elements import FORM_ELEMENTS
from docgen.standard.build.looks import W
from docgen.standard.build.styles import run_style, run_style_name
from docgen.standard.measures.fonts import GB2312, PLAIN, Face

_STYLES: Final = "word/styles.xml"
_OWN: Final = {
    **{each.name: each.id for each in FORM_ELEMENTS},
    **{run_style_name(face, faces): run_style(face) for faces in (PLAIN, GB2312) for face in Face},
}
"""The identifiers of styles by their names."""
_USED: Final = late(
    r'(<w:(?:pStyle|rStyle|basedOn|next|link)\s[^>]*?w:val="|<w:style\s[^>]*?w:styleId=")([^"]+)(?=")'
)


def with_own_styles(data: bytes, path: str) -> bytes:
    """Return a .docx with the identifiers that docgen gives its styles; as it is where it has them.

    Args:
        data: a .docx.
        path: what messages call it.

    Raises:
        FileFault: the data are no sound package.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            renamed = _renamed(package.read(_STYLES))
            if not renamed:
                return data
            parts = {
                each: package.read(each).decode()
                for each in package.namelist()
                if each.startswith("word/") and each.endswith(".xml")
            }
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, UnicodeDecodeError):
        return data  # whoever compiles it says what is wrong
    changed = {
        name: _USED.sub(lambda found: found[1] + renamed.get(found[2], found[2]), content).encode()
        for name, content in parts.items()
    }
    return with_changed(data, changed, path)


def _renamed(styles: bytes) -> dict[str, str]:
    """Return what identifiers become: docgen's by the styles' names; another style gives way to docgen's."""
    found: dict[str, str] = {}
    for style in etree.fromstring(styles).iterfind(f"{W}style"):
        name = style.find(f"{W}name")
        found[style.get(f"{W}styleId", "")] = "" if name is None else name.get(f"{W}val", "")
    renamed = {id_: _OWN[name] for id_, name in found.items() if name in _OWN and _OWN[name] != id_}
    taken = {own for own in renamed.values() if own in found and own not in renamed}
    return renamed | {each: f"{each}Other" for each in taken}
