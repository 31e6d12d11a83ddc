"""The words of a document, by which the outputs of two programs are compared before their times count."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any, Final

from lxml import etree

_WML: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHARACTERS: Final = {f"{_WML}tab": "\t", f"{_WML}br": "\n"}


class TextsDiffer(SystemExit):
    """Two programs said different things; ends the run."""

    def __init__(self, who: str, ours: dict[str, str], theirs: dict[str, str]) -> None:
        super().__init__(f"{who}: the texts differ{_first_difference(ours, theirs)}")


def story(data: bytes) -> dict[str, str]:
    """Return the text of every part with a story, by name."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = sorted(
            name
            for name in package.namelist()
            if name.startswith(("word/document", "word/header", "word/foot")) and name.endswith(".xml")
        )
        return {name: _words(package.read(name)) for name in parts}


def need_same(who: str, ours: bytes, theirs: bytes) -> None:
    """End the run when two documents say different things."""
    one, other = story(ours), story(theirs)
    if one != other:
        raise TextsDiffer(who, one, other)


def _words(xml: bytes) -> str:
    paragraphs = etree.fromstring(xml).iter(f"{_WML}p")
    return "\n".join(
        "".join(_CHARACTERS.get(node.tag, node.text or "") for node in _pieces(each)) for each in paragraphs
    )


def _pieces(paragraph: Any) -> list[Any]:
    return [
        node for run in paragraph.iter(f"{_WML}r") for node in run if node.tag in {f"{_WML}t", *_CHARACTERS}
    ]


def _first_difference(ours: dict[str, str], theirs: dict[str, str]) -> str:
    for name in sorted(ours.keys() | theirs.keys()):
        pairs = zip(ours.get(name, "").split("\n"), theirs.get(name, "").split("\n"), strict=False)
        for one, other in pairs:
            if one != other:
                return f" in {name}: {one!r} and {other!r}"
    return ", in their length or their parts"
