"""Texts that people write into a workspace: settings, declarations, wordings. They are UTF-8, or refused with why."""

from __future__ import annotations

import binascii
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from docgen.files import read_regular, reason_of
from docgen.patterns import late

MOST_TEXT: Final = 256 * 1024
"""Bytes of a text at the most; the longest document of an office is a tenth of it."""
_NEARLY_ALL: Final = 0.9
_FAR: Final = 0.2
_MUCH: Final = 0.2
_DAILY: Final = (b"\xb0\xa1", b"\xd7\xf9")
_DAILY_IN_TAIWAN: Final = (b"\xa4\x40", b"\xc6\x7e")
"""The first and the last code of the hanzi in daily use, as GB 2312 and as Big5 have them."""
_KANA: Final = late("[\u3041-\u3093\u30a1-\u30f6]")
_IN_ASCII: Final = (
    ("utf_7", late(r"\+[A-Za-z0-9+/]{5}"), "UTF-7（邮件用）"),
    ("hz", late(r"~\{[!-~]{4}"), "HZ（邮件用）"),
    ("iso2022_jp_2", late(r"\x1b\$"), "ISO-2022-JP（日文）"),
    ("iso2022_kr", late(r"\x1b\$\)C"), "ISO-2022-KR（韩文）"),
    ("quopri", late("=[0-9A-F]{2}=[0-9A-F]{2}"), "quoted-printable（邮件原文，要在邮件程序里另存）"),
)
"""Encodings that write hanzi in letters and signs of ASCII: each by name, with what it is known by at a glance."""
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


def gbk_of(data: bytes) -> str | None:
    """Return the text of bytes in GB 18030; None where they are not. Nearly any bytes are: see `foreign_encoding`."""
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return None


def hidden_in_ascii(data: bytes) -> str:
    """Say in which encoding hanzi stand as letters and signs in a text that is ASCII throughout; "" for none.

    Such a text is UTF-8 as it stands, and would become a document of signs that nobody can read.
    """
    if not data.isascii():
        return ""
    text = data.decode("ascii")
    for encoding, sign, name in _IN_ASCII:
        if not sign.search(text):
            continue
        read = _read_as(encoding, data)
        if len(_hanzi_in(read)) > 1 and ("\x1b" in text or _in_daily_use(read)):
            return name
    return ""


def _in_daily_use(text: str) -> bool:
    """Whether nearly all hanzi of a text are in daily use, in China or in Taiwan."""
    return max(_share(text, "gb2312", *_DAILY), _share(text, "big5", *_DAILY_IN_TAIWAN)) >= _NEARLY_ALL


def foreign_encoding(data: bytes) -> str:
    """Say in which encoding of Taiwan or Japan a text is, which read as GB 18030 has other words; "" for none.

    A text is Big5 where nearly all its characters are among those in daily use there, and far fewer are among those
    in daily use as GB 2312 has them; it is Japanese where much of it is kana.
    """
    if (text := _read_as("big5", data)) and _hanzi_in(text):
        daily = _share(text, "big5", *_DAILY_IN_TAIWAN)
        if daily >= _NEARLY_ALL and daily > _share(gbk_of(data) or "", "gb2312", *_DAILY) + _FAR:
            return "Big5（繁体中文）"
    for encoding, name in (("shift_jis", "Shift-JIS（日文）"), ("euc_jp", "EUC-JP（日文）")):
        letters = [each for each in _read_as(encoding, data) if each > "\x7f" and each.isalpha()]
        if letters and len([each for each in letters if _KANA.match(each)]) > _MUCH * len(letters):
            return name
    return ""


def _read_as(encoding: str, data: bytes) -> str:
    try:
        if encoding == "quopri":
            unquoted = binascii.a2b_qp(data)
            return _read_as("utf-8", unquoted) or gbk_of(unquoted) or ""
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _hanzi_in(text: str) -> list[str]:
    return [each for each in text if "\u3400" <= each <= "\u9fff"]


def _share(text: str, encoding: str, first: bytes, last: bytes) -> float:
    """Return which share of the hanzi of a text an encoding has between two codes; all where the text has none."""
    codes = [each.encode(encoding, "ignore") for each in _hanzi_in(text)]
    return len([each for each in codes if first <= each <= last]) / len(codes) if codes else 1


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
