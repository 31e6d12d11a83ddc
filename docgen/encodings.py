"""Which encoding a text is in that is not UTF-8 and bears no mark: told by the hanzi that people use every day."""

from __future__ import annotations

import binascii
from typing import Final

from docgen.patterns import late

BIG5: Final = "Big5（繁体中文）"
_NEARLY_ALL: Final = 0.85
"""Which share of the letters of a text is in daily use at the least; of those that are read wrongly fewer are."""
_FAR: Final = 0.2
_MUCH: Final = 0.2
_DAILY: Final = ("gb2312", b"\xb0\xa1", b"\xd7\xf9")
_DAILY_IN_TAIWAN: Final = ("big5", b"\xa4\x40", b"\xc6\x7e")
"""The set, with the first and the last code of the hanzi in daily use in it."""
_KANA: Final = late("[\u3041-\u3093\u30a1-\u30f6]")
_IN_ASCII: Final = (
    ("utf_7", late(r"\+[A-Za-z0-9+/]{5}"), "UTF-7（邮件用）"),
    ("hz", late(r"~\{[!-~]{4}"), "HZ（邮件用）"),
    ("iso2022_jp_2", late(r"\x1b\$"), "ISO-2022-JP（日文）"),
    ("iso2022_kr", late(r"\x1b\$\)C"), "ISO-2022-KR（韩文）"),
    ("quopri", late("=[0-9A-F]{2}=[0-9A-F]{2}"), "quoted-printable（邮件原文，要在邮件程序里另存）"),
)
"""Encodings that write hanzi in letters and signs of ASCII: each by name, with what it is known by at a glance."""


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
        if len(_hanzi_in(read)) > 1 and ("\x1b" in text or is_chinese(read)):
            return name
    return ""


def is_chinese(text: str) -> bool:
    """Whether a text reads as Chinese: nearly all its letters are hanzi in daily use, in China or in Taiwan.

    A text that is read in an encoding that is not its own does not; one without letters beyond ASCII does.
    """
    return _daily_share(text) >= _NEARLY_ALL


def foreign_encoding(data: bytes) -> str:
    """Say in which encoding of Taiwan or Japan a text is, which read as GB 18030 has other words; "" for none.

    A text is Japanese where much of it is kana; it is Big5 where nearly all its letters are hanzi in daily use there,
    and far fewer are in daily use anywhere when it is read as GB 18030.
    """
    if b"\0" in data:
        return ""
    for encoding, name in (("shift_jis", "Shift-JIS（日文）"), ("euc_jp", "EUC-JP（日文）")):
        letters = _letters_in(_read_as(encoding, data))
        if letters and len([each for each in letters if _KANA.match(each)]) > _MUCH * len(letters):
            return name
    daily = _share(text, _DAILY_IN_TAIWAN) if _hanzi_in(text := _read_as("big5", data)) else 0
    is_big5 = daily >= _NEARLY_ALL and daily > _daily_share(gbk_of(data) or "") + _FAR
    return BIG5 if is_big5 else ""


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


def _letters_in(text: str) -> list[str]:
    return [each for each in text if each > "\x7f" and each.isalpha()]


def _daily_share(text: str) -> float:
    """Return which share of the letters of a text is in daily use, in China or in Taiwan."""
    return max(_share(text, _DAILY), _share(text, _DAILY_IN_TAIWAN))


def _share(text: str, daily: tuple[str, bytes, bytes]) -> float:
    """Return which share of the letters of a text beyond ASCII is in daily use; all where it has none."""
    encoding, first, last = daily
    codes = [each.encode(encoding, "ignore") for each in _letters_in(text)]
    return len([each for each in codes if first <= each <= last]) / len(codes) if codes else 1
