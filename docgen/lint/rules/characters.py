"""Rules of single characters: spaces, and the faces of marks that Chinese and Western faces share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from docgen.lint.findings import Finding, Seen, judges
from docgen.lint.reading.model import (
    Para,
    is_chinese,
)
from docgen.lint.recognition.layout import Role
from docgen.lint.rule import PRACTICE, Rule, Severity
from docgen.lint.rules.patterns import HANZI, around, judged, masked

_EITHER_QUOTE: Final = frozenset("“”‘’—…")
# A wide space, and several between words that no sentence ends, are taken for layout on purpose (two contacts on a
# line, a name of two characters).
_SPACES: Final = re.compile(rf"(?<=[{HANZI}，。；：、]) (?=[{HANZI}])")
_SEVERAL: Final = re.compile(
    rf"(?<=[{HANZI}]{{2}})[ \u3000]{{2,}}(?=[{HANZI}]{{2}})|(?<=[，。；、])[ \u3000]+(?=[{HANZI}])"
)
_LABELLED: Final = re.compile("[：:]")


TEXT_SPACES: Final = Rule(
    "text-spaces", PRACTICE, Severity.WARNING, "标点",
    checks="汉字之间没有空格", mend="删去空格", reason="汉字之间的空格是粘贴时留下的", wrong="重大 项目",
    right="重大项目",
)  # fmt: skip


_ARTICLE: Final = re.compile(r"第[〇零一二三四五六七八九十百\d]{1,5}[编章节条]\s")
"""The number of a chapter or an article, which a space parts from its words."""


@judges(TEXT_SPACES)
def text_spaces(seen: Seen) -> Iterator[Finding]:
    """Find spaces between hanzi of the text."""
    for para in seen.of(Role.BODY):
        text = masked(seen, para)
        article = _ARTICLE.match(text)
        spaced = _SPACES.search(text, article.end() if article else 0) or _several(text)
        if spaced:
            yield seen.found(TEXT_SPACES, para, "汉字之间有空格", "不空格", around(text, spaced))


def _several(text: str) -> re.Match[str] | None:
    """Return several spaces within a sentence; lists of labelled words (电话：…　地址：…) are laid out with them."""
    if text[-1:] not in "。；" or _LABELLED.search(text):
        return None
    return _SEVERAL.search(text)


QUOTE_FACE: Final = Rule(
    "quote-face", "5.2.2", Severity.WARNING, "标点",
    checks="“ ”‘ ’—…用中文字体，不用西文字体", mend="把这些符号的字体改为仿宋",
    reason="西文字体的引号只有半个字宽",
    wrong="建立“一项目一台账”。（Times New Roman）", right="建立“一项目一台账”。（仿宋）",
)  # fmt: skip


@judges(QUOTE_FACE)
def quote_faces(seen: Seen) -> Iterator[Finding]:
    """Find quotation marks and dashes in a Western face, where they are half as wide."""
    for para in judged(seen):
        yield from _quotes(seen, para)


def _quotes(seen: Seen, para: Para) -> Iterator[Finding]:
    for span in para.spans:
        for character in filter(_EITHER_QUOTE.__contains__, span.text):
            face = span.look.face_of(character)
            if face and not is_chinese(face):
                yield seen.found(QUOTE_FACE, para, f"“{character}”的字体为 {face}", "中文字体", span.text)
                return


DAMAGED_CHARACTER: Final = Rule(
    "damaged-character", PRACTICE, Severity.WARNING, "全文",
    checks="没有损坏的、看不见的或形近的异体字符", mend="删去后重新录入",
    reason="转换、粘贴留下的字符换一台电脑就显示不出，也检索不到", wrong="“⾼度”（部首字符）",
    right="“高度”",
)  # fmt: skip

_DAMAGED: Final = re.compile(
    "[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd"  # a character lost, or of one computer alone
    "\u2e80-\u2fd5\uf900-\ufa0d\ufa10\ufa12\ufa15-\ufa1e\ufa20\ufa22\ufa25\ufa26\ufa2a-\ufaff\U0002f800-\U0002fa1f"
    "\ufe30-\ufe4f\ufb00-\ufb06"
    "\x01-\x08\x0b-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u2028-\u202e\u2061-\u206f\ufeff\ufff9-\ufffc]"
)
"""Lost or private characters; radicals and compatibility forms that look like hanzi; marks nobody sees."""


@judges(DAMAGED_CHARACTER)
def damaged(seen: Seen) -> Iterator[Finding]:
    """Find characters that no office types."""
    for para in seen.live():
        found = _DAMAGED.search(para.words)
        if found:
            said = (
                f"有字符“{found[0]}”（U+{ord(found[0]):04X}）"
                if found[0].isprintable()
                else (f"有看不见的字符（U+{ord(found[0]):04X}）")
            )
            yield seen.found(DAMAGED_CHARACTER, para, said, "通用的汉字或标点", around(para.words, found))
