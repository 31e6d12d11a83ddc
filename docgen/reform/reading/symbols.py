"""Signs of faces of symbols as characters that every face has, and characters that nobody sees."""

from __future__ import annotations

from typing import Final

from docgen.patterns import late

_FACES: Final = ("wingdings", "wingdings 2", "symbol")
_PRIVATE: Final = 0xF000
_WINGDINGS: Final = {
    "l": "●", "n": "■", "u": "◆", "v": "❖", "w": "◆", "m": "○", "o": "□", "q": "□", "¡": "○", "¤": "◎",
    "§": "▪", "¨": "☐", "Ø": "➢", "ð": "→", "à": "→", "ß": "←", "á": "↑", "â": "↓", "ü": "✓", "û": "✗",
    "þ": "☑", "ý": "☒",
}  # fmt: skip
_WINGDINGS_2: Final = {
    "P": "✓",
    "O": "✗",
    "R": "☑",
    "Q": "☒",
    "S": "☒",
    "T": "☒",
    "£": "☐",
    "*": "☐",
    "0": "☐",
}
_SYMBOL: Final = {"·": "●"}
_SIGNS: Final = dict(zip(_FACES, (_WINGDINGS, _WINGDINGS_2, _SYMBOL), strict=True))
_UNSEEN: Final = late("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""White space without width, soft hyphens, marks of direction, as pages of the net have them."""
_ODD: Final = late("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\uf020-\uf0ff]")


def sign_of(face: str, code: str) -> str:
    """Return the character that a sign of a face of symbols shows; nothing for an unknown one.

    Args:
        face: The name of the face.
        code: The sign's place in it in hexadecimal digits, as `w:sym` has it: F06C.
    """
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    return _SIGNS.get(face.lower(), {}).get(chr(place % _PRIVATE if place >= _PRIVATE else place), "")


def as_seen(text: str, face: str | None) -> str:
    """Return words in a face as a reader sees them: letters of a face of symbols are signs."""
    if face is None or face.lower() not in _SIGNS:
        return text
    return "".join(sign_of(face, f"{ord(each):X}") or each for each in text)


def seen_only(text: str) -> str:
    """Return a text without characters that nobody sees, and with the signs that were copied without their face."""
    if text.isascii() or not _ODD.search(text):
        return text
    seen = _UNSEEN.sub("", text)
    return "".join(sign_of(_FACES[0], f"{ord(each):X}") or each if each > "\uf000" else each for each in seen)


def unseen_in(text: str) -> int:
    """Return how many characters of a text nobody sees."""
    return 0 if text.isascii() else len(_UNSEEN.findall(text))
