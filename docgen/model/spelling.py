"""What a reader can tell apart in a text, and which characters a name may consist of.

Two names are one when a reader could not tell them apart on paper: `folded` gives what is compared. Characters without
ink, combining marks, compatibility forms and radicals are told by their code points, because nobody sees them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from docgen.patterns import late

USUAL_UNSEEN: Final = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
"""Zero-width characters and direction marks that come with every paste, as the inside of a character class."""
STRANGE_UNSEEN: Final = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2065\u206a-\u206f\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffc"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""The others without ink: fillers, selectors, joiners, tags, the empty Braille cell (Default_Ignorable_Code_Point)."""
UNSEEN: Final = USUAL_UNSEEN + STRANGE_UNSEEN

LOOK_ALIKES: Final = "\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f"
"""Radicals and compatibility forms, which look like common hanzi and come from PDF files and old fonts."""
COMMON: Final = str.maketrans(
    "⺠⺎⺒⺪⻁⻄⻅⻆⻉⻋⻌⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳⼾",
    "民兀巳疋虎西见角贝车辶长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟户",
)
"""Those for which Unicode names no common form, or the traditional one."""

HANZI: Final = (
    "\u3400-\u4dbf\u4e00-\u9fff\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29"
    "\U00020000-\U0002a6df\U0002a700-\U0002ee5d\U00030000-\U00033479"
)
"""Unified ideographs with their extension blocks; twelve of them stand among the compatibility forms."""
_LATIN: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0130\u0132-\u0137\u0139-\u0148\u014a-\u017e"
    "\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u0218-\u021b\u1e00-\u1eff"
)
"""Letters of names in European languages, Vietnamese and pinyin; none that looks like a sign."""
_WORD: Final = rf"[{_LATIN}]+(?:(?:\.? |[.'-])[{_LATIN}]+)*\.?"
_PART: Final = rf"(?:[{HANZI}]+|{_WORD})"
_PERSON: Final = rf"{_PART}(?:·{_PART})*(?:（[{HANZI}0-9A-Za-z]+）)?"
_ORGAN: Final = rf"[{HANZI}{_LATIN}0-9〇“《（](?:[{HANZI}{_LATIN}0-9〇·（）“”《》、—/-]| (?! ))*(?<! )"
_USUAL: Final = late("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df\U0002a700-\U0002ee5d]+")
"""Most names: hanzi alone. The patterns of the others are long; they are compiled when a name asks for one."""

TWICE: Final = str.maketrans(
    "\u00d0\u00f0\U00020457\U0002420e\U00027144\U00023515\U000249e9",
    "\u0110\u0111\u34a8\u3db7\u8641\U000204f2\U000249bc",
)
"""Letters and hanzi that stand twice in Unicode, or look as if they did."""
FORMS: Final = str.maketrans(
    "呂戶戸內黃彔靜靑敎沒吳呉別偸溫眞値尙兪硏荊虛冊旣卽槪漑兌脫稅悅晉涼減況決沖湊毀姍刪柵奧粵"
    "羨盜彥吶姸姫媼慍恆揷捜皐彜宮娛剎朶曽増鼔黒歩渉毎徳戻祿淥淸巻煕熈瑤搖遙晩査塡愼橫祕舎郞雋",
    "吕户户内黄录静青教没吴吴别偷温真值尚俞研荆虚册既即概溉兑脱税悦晋凉减况决冲凑毁姗删栅奥粤"
    "羡盗彦呐妍姬媪愠恒插搜皋彝宫娱刹朵曾增鼓黑步涉每德戾禄渌清卷熙熙瑶摇遥晚查填慎横秘舍郎隽",
)
"""Forms of one hanzi that differ in a stroke and stand apart in Unicode because an older code had both: 呂 and 吕. They
come from PDF files and keyboards of other regions; whoever reads a list of names takes them for one (decision 0134).
"""

_DOTS: Final = "·•‧∙⋅・･⸱ᐧ᛫．."
_BRACKETS: Final = str.maketrans("()[]【】〔〕﹝﹞［］", "（）（）（）（）（）（）")
_DOTTED: Final = rf"(?<=[{HANZI}{_LATIN}]) ?[{_DOTS}] ?(?=[{HANZI}])|(?<=[{HANZI}]) ?[{_DOTS}] ?"
_ALIKE: Final = str.maketrans(
    "〔〕[]【】—–―‐‑‒−“”‘’·•‧∙⋅・⸱ᐧ᛫", "()()()-------\"\"''.........",
)  # fmt: skip
_ONE_OF_TWO: Final = TWICE | FORMS
_IGNORED: Final = late(rf"[\s{UNSEEN}]+")
_PLAINLY: Final = late("[\0-\u02ff\u2010-\u205f\u3000-\u3029\u3030-\u303f\u3400-\u9fff\uff00-\uffef]*")
_ODD: Final = f"[{STRANGE_UNSEEN}{LOOK_ALIKES}]"
_ODD_AMONG_PLAIN: Final = "\uffa0"
"""The only one of these that `_PLAINLY` takes for plain."""
_MARKS: Final = ("Mn", "Me", "Cf")


class NotAName(ValueError):
    """A text has a form that names do not have; the argument shows the characters that no name has, if any."""


def folded(text: str) -> str:
    """Return a text as it is compared: width, case, white space, ink-less characters, the form of brackets, dots and
    dashes, combining marks, the block a hanzi stands in and its form do not count.
    """  # noqa: D205  # one sentence
    if text.isascii():
        return "".join(text.split()).replace("[", "(").replace("]", ")").lower()
    found = unicodedata.normalize("NFKC", _IGNORED.sub("", text.translate(COMMON)))
    if not _PLAINLY.fullmatch(found):
        found = "".join(each for each in found if unicodedata.category(each) not in _MARKS)
    return _IGNORED.sub("", found).translate(_ALIKE).translate(_ONE_OF_TWO).casefold()


def odd_characters(text: str) -> Iterator[tuple[str, str]]:
    """Yield each character of a text that a reader takes for another or does not see, with what it is taken for."""
    plain = bool(_PLAINLY.fullmatch(text))
    if plain and _ODD_AMONG_PLAIN not in text:
        return
    for each in dict.fromkeys(re.findall(_ODD, text)):
        common = unicodedata.normalize("NFKC", each.translate(COMMON))
        if common != each or not unicodedata.category(each).startswith("L"):
            yield each, common if re.fullmatch(f"[{HANZI}]", common) else ""
    if not plain:
        composed = dict.fromkeys(unicodedata.normalize("NFC", text))
        yield from (
            (each, "")
            for each in composed
            if unicodedata.category(each) in ("Mn", "Me") and not re.match(_ODD, each)
        )


def person_name(text: str) -> str:
    """Return a person's name with the middle dot and the brackets that names have.

    Hanzi, with · between the parts of a minority's or a foreigner's name; Latin letters with blanks; at the end what
    tells two of one name apart, in brackets.

    Raises:
        NotAName: with the characters that no name has.
    """
    if _USUAL.fullmatch(text):
        return text
    tidy = re.sub(_DOTTED, "·", unicodedata.normalize("NFC", text)).translate(_BRACKETS)
    return _of_repertoire(tidy, _PERSON, f"{HANZI}{_LATIN}·（）0-9 .'-")


def organ_name(text: str) -> str:
    """Return an organ's name with the brackets that names have. Raises NotAName, as `person_name`."""
    if _USUAL.fullmatch(text):
        return text
    tidy = unicodedata.normalize("NFC", text).translate(_BRACKETS)
    return _of_repertoire(tidy, _ORGAN, f"{HANZI}{_LATIN}0-9〇·（）“”《》、—/ -")


def _of_repertoire(text: str, form: str, allowed: str) -> str:
    if re.fullmatch(form, text):
        return text
    wrong = dict.fromkeys(re.findall(f"[^{allowed}]", text))
    raise NotAName("、".join(map(shown, wrong)))


def shown(character: str) -> str:
    """Return a character as a message names it: with its code point, since it may not be seen."""
    hidden = unicodedata.category(character) in (*_MARKS, "Cc", "Zs") or _IGNORED.match(character)
    seen = "" if hidden else f"“{character}”"
    return f"{seen}U+{ord(character):04X}"
