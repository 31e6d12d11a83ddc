"""Words of official documents: dates, numbers of documents, ranges, punctuation (GB/T 15834, GB/T 15835).

All functions take and give plain text. What a text is set in is not their business: every run asks for the Chinese
face for “ ” — … (`w:hint`), see `ooxml.run`; numbers are kept on one line by `runs.kept`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from docgen.patterns import late

_YEAR: Final = late(r"[\[(（【［〔](?P<year>(?:19|20)\d\d)年?[\])）】］〕](?=[第\s　]*[0-9　_]*号)")
_SERIAL: Final = late(r"(?<=〕)第?0*(?=[1-9]\d*号)")
_HANZI: Final = "[⺀-鿿豈-﫿〇、-】！-･]"
_FULL: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
# Compiled where they are first used: a class of all hanzi takes 1 ms, and most commands need none.
_HALF_MARK: Final = rf"(?m)(?<={_HANZI})([,;:?!])\s*|(?<={_HANZI})(\.)(?=\s*(?:$|{_HANZI}))\s*"
_BRACKETS: Final = rf"\((?=[^()]*{_HANZI})([^()]*)\)|(?<={_HANZI})\(([^()]*)\)"
_QUOTES: Final = late(r"""(?<!'\d)(?<!'\d\d)"([^"\n]*)(?<!'\d)(?<!'\d\d)\"""")
"""Straight marks that are none for seconds or inches (30'15")."""
_DASH: Final = late("(?<!-)--(?!-)|—{3,}|(?<!—)–(?!—)")
_PERSON: Final = "同志"
_KINDS: Final = (_PERSON, "政府", "管理委员会", "管委会", "公司", "集团")
"""How names of receivers end that are no department's."""
SENTENCE_ENDS: Final = "。！？：；…”’）》"
"""Marks behind which a sentence may be over; a paragraph that is parted reads on from none of them."""
_INNER: Final = str.maketrans("《》", "〈〉")
_DOTS: Final = late(r"\.{3,}|。{3,}|(?<!…)…(?!…)")


def official_date(day: date) -> str:
    """Return a date in Arabic digits without leading zeros, as `2026年3月6日` (clause 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def official_number(text: str) -> str:
    """Return a text whose document numbers have 〔〕 around the year, no 第 and no leading zero (7.2.5)."""
    return _SERIAL.sub("", _YEAR.sub(r"〔\g<year>〕", text))


def date_range(start: date, end: date) -> str:
    """Return a span of days with a one-character dash; what both have in common is said once (GB/T 15834, 4.13)."""
    last = official_date(end)
    if start.year == end.year:
        last = last.partition("年")[2]
        last = last.partition("月")[2] if start.month == end.month else last
    return official_date(start) if start == end else f"{official_date(start)}—{last}"


def chinese_punctuation(text: str) -> str:
    """Return a text with full-width punctuation beside hanzi, and “ ” —— …… for their makeshifts.

    Numbers, codes and Latin words keep theirs (3.5, 10:30, GB/T 9704).
    """
    mended = _mended(text)
    return mended if mended == text else chinese_punctuation(mended)


def _mended(text: str) -> str:
    """Mend each mark once; a mark beside one that has just been mended waits for the next turn."""
    quoted = _QUOTES.sub(r"“\1”", text)
    bracketed = re.sub(_BRACKETS, lambda found: f"（{found[1] or found[2] or ''}）", quoted)
    marked = re.sub(_HALF_MARK, lambda found: _FULL[found[1] or found[2]], bracketed)
    return _DOTS.sub("……", _DASH.sub("——", marked))


def joined(names: list[str]) -> str:
    """Return names with 、 between them, but none between 《》《》 or “”“” (GB/T 15834)."""
    whole = "、".join(names)
    return re.sub("(?<=[》”])、(?=[《“])", "", whole)


def receivers(names: Sequence[str]) -> str:
    """Return addressees as a line lists them: 、 between organs of a kind, ， between kinds and between persons.

    Departments, governments, development zones, firms: 市发改委、市水务局，青浦县人民政府、白石县人民政府.
    """
    words = "".join(names[:1])
    for before, name in pairwise(names):
        same = _kind_of(before) == _kind_of(name) != _PERSON
        words += ("、" if same else "，") + name
    return words


def _kind_of(name: str) -> str:
    return next((each for each in _KINDS if name.endswith(each)), "")


def titled(title: str) -> str:
    """Return a title between 《》, with 〈〉 for those within it (GB/T 15834)."""
    return f"《{title.translate(_INNER)}》"
