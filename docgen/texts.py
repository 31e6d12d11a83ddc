"""Texts that people write into a workspace: settings, declarations, wordings. They are UTF-8, or refused with why."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docgen.encodings import foreign_encoding, gbk_of, hidden_in_ascii
from docgen.files import read_regular, reason_of

MOST_TEXT: Final = 256 * 1024
"""Bytes of a text at the most; the longest document of an office is a tenth of it."""
_UNSEEN: Final = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


class UnreadableText(ValueError):
    """A file is no text that can be read; the words are Chinese."""


def read_text(path: Path, *, within: Sequence[Path] = ()) -> str:
    """Return a text with the line ends of Unix and without a mark of its encoding; never waits for a pipe.

    Args:
        path: of the file.
        within: folders of which one has to hold the file, wherever symbolic links lead; none for anywhere.

    Raises:
        UnreadableText: it is not there, no regular file, too large, elsewhere, or not UTF-8.
    """
    try:
        data = read_regular(path, MOST_TEXT, within=within)
    except OSError as fault:
        raise UnreadableText(f"读取失败（{reason_of(fault)}）") from fault
    return text_of(data)


def text_of(data: bytes) -> str:
    """Return the text of a file's bytes, as `read_text` does. Raises UnreadableText: it is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableText(_other_encoding(data)) from fault
    if "\0" in text or hidden_in_ascii(data):
        raise UnreadableText(_other_encoding(data))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _other_encoding(data: bytes) -> str:
    """Say what a text is that is not UTF-8."""
    wide = b"\0" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff")
    like = "UTF-16，即“Unicode”" if wide else hidden_in_ascii(data) or foreign_encoding(data)
    like = like or ("" if gbk_of(data) is None else "GBK，即“ANSI”")
    return f"不是 UTF-8 编码的文本{like and f'（像是 {like}）'}，请用记事本另存为 UTF-8"


def texts_in(folder: Path, ending: str) -> list[Path]:
    """Return the files of a folder with an ending, in capitals or not, by name; those of programs at work are none.

    Raises:
        UnreadableText: the folder is a file, or cannot be read; one that is not there is empty.
    """
    try:
        found = sorted(folder.iterdir()) if folder.exists() else []
    except OSError as fault:
        raise UnreadableText(f"读取失败（{reason_of(fault)}）") from fault
    return [each for each in found if each.suffix.lower() == ending and not each.name.startswith((".", "~"))]


def unseen_in(text: str) -> tuple[int, str]:
    """Return the place, from 1, and the code point of the first character that nobody sees; 0 and "" for none.

    Blanks and tabs are seen; controls, zero-width signs, marks of direction and line separators are not.
    """
    for place, each in enumerate(text, 1):
        if (each != "\t" and unicodedata.category(each) in _UNSEEN) or each in "\ufffe\uffff":
            return place, f"U+{ord(each):04X}"
    return 0, ""
