"""Styles: what each says together with those it is based on, the document's defaults and the theme's faces."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from docgen.dataclass import dataclass
from docgen.lint.reading.names import DRAWING, Element, is_on, value, w
from docgen.lint.reading.properties import NOTHING, Values, paragraph_values, run_values
from docgen.opc.parsing import parse

MOST_SHARED: Final = 2**20
"""Bytes: the styles of larger parts are not kept for the next document."""
_FEW: Final = 4
_DEEPEST: Final = 30
_SLOTS: Final = {"HAnsi": "latin", "Ascii": "latin", "EastAsia": "ea"}


@dataclass(frozen=True)
class Style:
    """A style: its name and all that it says, those below it included."""

    name: str
    kind: str
    paragraph: Values
    run: Values
    table: Element | None = None


_NO_STYLE: Final = Style("", "paragraph", NOTHING, NOTHING)


class Styles:
    """The styles of a document; each is resolved once."""

    def __init__(self, root: Element | None, themes: Mapping[str, str]) -> None:
        self._themes = themes
        self._found: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self._defaults: dict[str, str] = {}
        self.paragraph: Values = NOTHING
        self.run: Values = NOTHING
        if root is not None:
            self._index(root)

    def _index(self, root: Element) -> None:
        for each in root.iter(w("style")):
            name = each.get(w("styleId")) or ""
            self._found[name] = each
            if (each.get(w("default")) or "0") in ("1", "true", "on"):
                self._defaults.setdefault(each.get(w("type")) or "", name)
        defaults = root.find(w("docDefaults"))
        if defaults is not None:
            self.run = run_values(defaults.find(f"{w('rPrDefault')}/{w('rPr')}"), self._themes)
            self.paragraph = paragraph_values(defaults.find(f"{w('pPrDefault')}/{w('pPr')}"))

    def of(self, name: str | None, kind: str) -> Style:
        """Return a style by identifier; the default of its kind when it is not there."""
        if name not in self._found:
            name = self._defaults.get(kind)
        return self._resolved(name, 0) if name else _NO_STYLE

    def _resolved(self, name: str, depth: int) -> Style:
        if name not in self._found or depth > _DEEPEST:
            return _NO_STYLE
        if name not in self._known:
            self._known[name] = self._made(self._found[name], depth)
        return self._known[name]

    def _made(self, element: Element, depth: int) -> Style:
        below = self._resolved(value(element.find(w("basedOn"))) or "", depth + 1)
        table = element.find(w("tblPr"))
        return Style(
            value(element.find(w("name"))) or "",
            element.get(w("type")) or "",
            {**below.paragraph, **paragraph_values(element.find(w("pPr")))},
            {**below.run, **run_values(element.find(w("rPr")), self._themes)},
            below.table if table is None or table.find(w("tblBorders")) is None else table,
        )


@lru_cache(maxsize=_FEW)
def styles_in(content: bytes, themes: frozenset[tuple[str, str]]) -> Styles:
    """Return the styles in the bytes of a part, the same object for the same ones. Raises FileFault without a name."""
    return Styles(parse(content, "", ""), dict(themes))


def theme_faces(theme: Element | None, settings: Element | None) -> dict[str, str]:
    """Return the faces of a theme by the names `w:rFonts` uses (`minorEastAsia`)."""
    scripts = _script(settings)
    faces: dict[str, str] = {}
    for weight in ("major", "minor"):
        fonts = None if theme is None else theme.find(f".//{{{DRAWING}}}{weight}Font")
        if fonts is not None:
            faces |= {f"{weight}{slot}": _face(fonts, tag, scripts) for slot, tag in _SLOTS.items()}
    return faces


def _face(fonts: Element, tag: str, script: str) -> str:
    named = fonts.find(f"{{{DRAWING}}}{tag}")
    face = "" if named is None else named.get("typeface") or ""
    if face or tag != "ea":
        return face
    return next((each.get("typeface") or "" for each in fonts if each.get("script") == script), "")


def _script(settings: Element | None) -> str:
    language = None if settings is None else settings.find(w("themeFontLang"))
    east = (value(language, "eastAsia") or "zh-CN").lower()
    return "Hans" if east in ("zh-cn", "zh-sg", "zh") else "Hant" if east.startswith("zh") else "Jpan"


def setting_is_on(settings: Element | None, name: str) -> bool:
    """Whether a switch of the document's settings is on."""
    return settings is not None and is_on(settings.find(w(name)))
