"""The words in the bytes of a text: its encoding told, and what no document may hold left out and told."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import Final

from docgen.dataclass import dataclass
from docgen.encodings import BIG5, foreign_encoding, hidden_in_ascii, is_chinese
from docgen.lint.reading.bounds import MOST_CHARACTERS, MOST_PARAGRAPHS
from docgen.reform.faults import TooMuchText, UnreadableDraft
from docgen.reform.reading.symbols import seen_only, unseen_in

PAGE: Final = "\f"
"""A form feed: where programs that export text begin a new page."""
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNFIT: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (2.2), line feeds being the only ends of lines."""
_ENDS_LINE: Final = re.compile("(?<=[^\n])[\f\v]")
_NAMES: Final = {PAGE: "换页符", "\v": "换行符", "\x1b": "控制符"}


@dataclass(frozen=True)
class Decoded:
    """A text's words.

    Args:
        text: Lines ended by line feeds; `PAGE` stands at the beginning of lines alone.
        dropped: The characters that were left out, each in words with its line, from 1.
    """

    text: str
    dropped: tuple[str, ...]


def decoded(data: bytes, path: str) -> Decoded:
    """Return the words of a text file: UTF-8, GB 18030, Big5, UTF-16 with its mark or without.

    Args:
        data: Its bytes.
        path: What messages call it.

    Raises:
        UnreadableDraft: its encoding cannot be told, or is another.
        TooMuchText: it is longer than any document.
    """
    text = _words(data)
    if text is not None:
        return _fit(ended(text.replace("\r\n", "\n").replace("\r", "\n")), path)
    if foreign := hidden_in_ascii(data) or foreign_encoding(data):
        raise UnreadableDraft(path, f"像是 {foreign}编码的文字，请用 Word 打开、选对编码，另存为 docx")
    raise UnreadableDraft(path, "看不出是什么编码的文字，请用记事本另存为 UTF-8")


def _words(data: bytes) -> str | None:
    """Return the text of some bytes; None where their encoding cannot be told, or is one that is not read."""
    if hidden_in_ascii(data):
        return None
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    text = _read_as(marked or "utf-8", data)
    if marked or text is not None:
        return text
    foreign = foreign_encoding(data)
    usual = () if foreign else ("gb18030", "utf-16-le", "utf-16-be")
    texts = (_read_as(each, data) for each in (("big5",) if foreign == BIG5 else usual))
    return next((each for each in texts if each is not None and is_chinese(each)), None)


def _read_as(encoding: str, data: bytes) -> str | None:
    """Return the text of some bytes in an encoding; None where they are not in it."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def ended(text: str) -> str:
    """Return a text with line feeds for what Unicode has for the ends of lines and paragraphs, as the net uses it."""
    return text.replace("\u2028", "\n").replace("\u2029", "\n")


def refuse_many(count: int, path: str) -> None:
    """Refuse a text of more paragraphs and cells of tables than a document may have. Raises TooMuchText."""
    if count > MOST_PARAGRAPHS:
        raise TooMuchText(path, f"含{count}个段落和单元格，最多{MOST_PARAGRAPHS}个")


def _fit(text: str, path: str) -> Decoded:
    """Return a text without what no document may hold; a form feed or vertical tab within a line ends it."""
    if len(text) > MOST_CHARACTERS:
        raise TooMuchText(path, f"全文{len(text)}个字，最多{MOST_CHARACTERS}个")
    unseen, text = unseen_in(text), seen_only(text)
    if not unseen and not _UNFIT.search(text):
        return Decoded(text, ())
    dropped = (*_dropped(text), *([f"看不见的控制字符{unseen}个"] if unseen else []))
    parted = _ENDS_LINE.sub(lambda found: "\n" + found[0], text)
    kept = _UNFIT.sub(lambda found: found[0] if found[0] == PAGE else "", parted)
    return Decoded(kept, dropped)


def _dropped(text: str) -> list[str]:
    counts = Counter(
        (place, each) for place, line in enumerate(text.split("\n"), 1) for each in _UNFIT.findall(line)
    )
    return [
        f"第{place}行的 U+{ord(each):04X}{f'（{_NAMES[each]}）' if each in _NAMES else ''}"
        f"{f'{count}处' if count > 1 else ''}"
        for (place, each), count in counts.items()
    ]
