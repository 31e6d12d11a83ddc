"""The texts of cells as records keep them: clean characters, no stray spaces, nothing that no document can show."""

from __future__ import annotations

import unicodedata
from datetime import date, time, timedelta
from typing import Any, Final

from docgen.model.spelling import COMMON, LOOK_ALIKES, UNSEEN
from docgen.patterns import late

_WIDE: Final = {0xFF10 + n: ord("0") + n for n in range(10)} | {
    base + n: ord(letter) + n for base, letter in ((0xFF21, "A"), (0xFF41, "a")) for n in range(26)
}
_INVISIBLE: Final = late(f"[{UNSEEN}]")
_ESCAPED: Final = late("_x([0-9A-Fa-f]{4})_")
_CONTROL: Final = late("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_EMOJI: Final = late(
    "[\U0001f000-\U0001faff\u2600-\u2604\u2607-\u263f\u2641\u2643-\u27bf\u20e3\u231a\u231b\u23e9-\u23fa\u2b50\u2b55\ufe0f]"
)
_RADICAL: Final = late("[\u2e80-\u2fdf]")
_LOOK_ALIKE: Final = late(f"[{LOOK_ALIKES}]")
_SPACES: Final = late(r"\s+")
_LATIN: Final = late(r"(?<=[!-~]) (?=[!-~])")
MOST_DIGITS: Final = 15
"""Spreadsheet programs keep no more digits of a number and put zeros for the rest."""
_USUAL: Final = "0-9A-Za-z\u4e00-\u9fff〔〕（）《》“”、，。；：—-"
"""Characters that a text keeps as they are."""
_GARBLED: Final = ("锟斤拷", "烫烫烫", "屯屯屯")
_CLEAN: Final = late(f"(?!.*(?:{'|'.join(_GARBLED)}))[{_USUAL}]*")
_NOTED: Final = late(r"\d\s*([²³¹⁰-⁹₀-₉①-⑳⑴-⒛⓪-⓿❶-➓㉑-㉟㊱-㊿])")
_MOJIBAKE: Final = late(f"\ufffd|{'|'.join(_GARBLED)}")
_PRIVATE: Final = late("[\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]")
"""Characters to which each computer gives a shape of its own, or none."""
_USUAL_LINES: Final = late(f"[\\n{_USUAL}]*")


class NotUnderstood(ValueError):
    """A cell's content cannot be understood; the argument says what was expected, in Chinese."""


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing, or only white space and invisible characters."""
    return value is None or (isinstance(value, str) and not _INVISIBLE.sub("", value).strip())


def unescaped(text: str) -> str:
    """Undo the `_x000D_` escapes of the xlsx format; carriage returns become line feeds."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def clean_text(value: Any) -> str:
    """Return text without line breaks, stray spaces and invisible characters, digits and letters half-width.

    Spaces stay only between Latin words and numbers.

    Raises:
        NotUnderstood: a date or time, TRUE or FALSE, a number too long to be kept exactly, control characters,
            emoji, or text that begins like a formula.
    """
    if not isinstance(value, str):
        return text_of_number(value)
    if _CLEAN.fullmatch(value):
        return value
    text = unescaped(value)
    return _not_formula(_tidied(_drawable(text)))


def are_usual(lines: str) -> bool:
    """Whether texts, one a line, are as `clean_text` leaves them."""
    return bool(_USUAL_LINES.fullmatch(lines)) and not any(each in lines for each in _GARBLED)


def text_of_number(value: Any) -> str:
    """Return a number as text. Raises NotUnderstood: what is none, or has more digits than are kept."""
    if isinstance(value, bool):
        raise NotUnderstood("文字")
    if isinstance(value, int | float) and not abs(value) < 10**MOST_DIGITS:
        raise NotUnderstood("文字（数字过长，表格软件只保留前15位，请先把单元格格式设为“文本”再填）")
    if isinstance(value, date | time | timedelta):
        raise NotUnderstood("文字（表格软件把它当成了日期，请先把单元格格式设为“文本”再填）")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _drawable(text: str) -> str:
    """Return a text that a document can show; look-alikes of common hanzi become them."""
    if _LOOK_ALIKE.search(text):
        text = _LOOK_ALIKE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.translate(COMMON))
        if rest := _RADICAL.search(text):
            raise NotUnderstood(f"规范的汉字（“{rest[0]}”是部首符号，不是汉字，请重新输入）")
    if _MOJIBAKE.search(text):
        raise NotUnderstood("不含乱码的文字，请重新输入")
    if private := _PRIVATE.search(text):
        code = f"U+{ord(private[0]):04X}"
        raise NotUnderstood(f"通用的字（有自造字 {code}，换一台电脑显示不出来），请换成字库里有的字")
    if _CONTROL.search(text):
        raise NotUnderstood("不含控制字符的文字，请删去后重新输入")
    if _EMOJI.search(text):
        raise NotUnderstood("不含表情符号的文字，公文中不能使用")
    return _INVISIBLE.sub("", text).translate(_WIDE)


def _tidied(text: str) -> str:
    squeezed = _SPACES.sub(" ", text).strip()
    if " " not in squeezed:
        return squeezed
    kept = _LATIN.sub("\0", squeezed)
    return kept.replace(" ", "").replace("\0", " ")


def _not_formula(text: str) -> str:
    if text.startswith(("=", "@")):
        raise NotUnderstood("文字，不能以“=”“@”开头")
    if text[:1] in "+-" and "|" in text:
        raise NotUnderstood(f"文字，以“{text[0]}”开头的不能有“|”，表格软件会当作命令")
    return text


def half_width(value: Any) -> str:
    """Return what is written without spaces and invisible characters, everything half-width.

    Raises:
        NotUnderstood: as of `folded`.
    """
    return _SPACES.sub("", _INVISIBLE.sub("", folded(unescaped(str(value)))))


def folded(text: str) -> str:
    """Return a text with half-width characters for their other forms.

    Raises:
        NotUnderstood: the number of a note stands behind a digit (6.8①, 6.8²), which folded would be one more digit.
    """
    if noted := _NOTED.search(text):
        raise NotUnderstood(f"不带注号的内容（“{noted[1]}”会被当成数字，请删去，注写在别处）")
    return unicodedata.normalize("NFKC", text)
