"""What in a package runs, or is fetched from outside, when somebody opens it: macros, controls, links, fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from docgen.opc.external import externals

_MACROS: Final = re.compile(r"(?i)vbaproject\.bin|vbadata\.xml|/macrosheets/|^(?:Basic|Scripts)/.*\.xml$")
_ACTIVE: Final = re.compile(r"(?i)/activex/|/embeddings/ole|\.exe$|\.dll$|/ctrlProps/")
_OUTWARD: Final = re.compile(rb"""TargetMode|aFChunk|Target\s*=\s*["'](?:[A-Za-z0-9+.-]+:|//|\\\\)|&|\0""")
"""What stands in relations of which one may lead outside; references to characters, and UTF-16, may hide it."""
_INSTRUCTIONS: Final = re.compile(
    rb"""fldCharType\s*=\s*["']begin|instrText[^<>]*>([^<]*)<|\binstr\s*=\s*["']\s*([^"']*)"""
)
"""Where a field begins, pieces of what it says, and what a field says that stands in one attribute."""
_NAMED: Final = re.compile(rb"(?i)DDE|INCLUDE|MACRO|LINK|IMPORT|DATABASE")
"""What only parts hold that have such a field, as a quick look tells: nearly all fields are numbers of pages."""
_FETCHING: Final = re.compile(
    rb"(?im)^\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|LINK|IMPORT|DATABASE)\b"
)


def unsafe_in(names: list[str], content: Callable[[str], bytes], path: str) -> Iterator[str]:
    """Yield in Chinese what runs or fetches something.

    Args:
        names: of the parts.
        content: gives a part by its name.
        path: what messages call the file.

    Raises:
        FileFault: a part cannot be read.
    """
    yield from (f"里面有宏（{each}）" for each in names if _MACROS.search(each))
    yield from (f"里面有控件或嵌入的对象（{each}）" for each in names if _ACTIVE.search(each))
    if any(_OUTWARD.search(content(each)) for each in names if each.endswith(".rels")):
        yield from (f"引用外部的{each}" for each in externals(content, names, path))
    for each in names:
        if each.startswith("word/") and each.endswith(".xml"):
            yield from (f"里面有会取外部内容的域（{name}）" for name in _fetching(content(each)))


def _fetching(data: bytes) -> Iterator[str]:
    """Yield the names of the fields of a part that fetch something, however they are divided into runs."""
    if b"instr" not in data or not _NAMED.search(data):
        return
    said = b"".join(
        pieces[1] if pieces[1] is not None else b"\n" + (pieces[2] or b"") + b"\n"
        for pieces in _INSTRUCTIONS.finditer(data)
    )
    yield from dict.fromkeys(each.decode().upper() for each in _FETCHING.findall(said))
