"""Hanzi that no font of this computer has: LibreOffice draws an empty box for each of them and says nothing."""

from __future__ import annotations

import os
import re
import subprocess
import threading
from collections.abc import Iterable
from functools import cache
from html import unescape
from pathlib import Path
from typing import Final

_TEXTS: Final = re.compile(rb"<(?:\w+:)?(?:t|v)(?: [^<>]*)?>([^<>]+)<")
"""Texts in the XML of documents and workbooks: runs, shared strings, values."""
_HANZI: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_RANGE: Final = re.compile("([0-9a-f]+)(?:-([0-9a-f]+))?")
_SECONDS: Final = 60
_LOCK: Final = threading.Lock()


def hanzi_in(contents: Iterable[bytes]) -> frozenset[str]:
    """Return the hanzi that stand in the texts of some parts of a document."""
    texts = b"".join(text for content in contents for text in _TEXTS.findall(content))
    return frozenset(_HANZI.findall(unescape(texts.decode("utf-8", "replace"))))


def unshown(hanzi: frozenset[str], fontconfig: Path) -> str:
    """Return the hanzi that no font has, in the order of their codes.

    Args:
        hanzi: that are to be shown.
        fontconfig: the configuration of fonts that LibreOffice is given.

    None are where fontconfig does not tell, as on Windows.
    """
    with _LOCK:  # asked once, by whichever thread comes first
        known = _shown(fontconfig)
    return "".join(sorted(hanzi - known)) if known else ""


@cache
def _shown(fontconfig: Path) -> frozenset[str]:
    """Return the hanzi that fonts have; none where nothing is known of fonts."""
    try:
        said = subprocess.run(
            ["fc-list", ":", "charset"],  # noqa: S607  beside LibreOffice wherever it uses fontconfig
            capture_output=True,
            check=True,
            timeout=_SECONDS,
            env={**os.environ, "FONTCONFIG_FILE": str(fontconfig)},
        ).stdout.decode("ascii", "replace")
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    found = {
        (int(first, 16), int(last or first, 16))
        for first, last in _RANGE.findall(said.replace(":charset=", " "))
    }
    return frozenset(
        filter(_HANZI.match, (chr(code) for first, last in found for code in range(first, last + 1)))
    )
