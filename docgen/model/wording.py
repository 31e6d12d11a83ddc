"""How a text is put right that will stand inside a sentence of a document.

Clerks close a cell with 。, set a title in 《》 or write a document's number in [ ]; the documents add their own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from pydantic_core import PydanticCustomError

from docgen.model.limits import Tidied
from docgen.model.spelling import NotAName, organ_name, person_name
from docgen.patterns import late

_CLOCK: Final = late(
    r"(上午|下午|晚上|中午)?([01]?\d|2[0-3])(?:[:：]([0-5]\d)|[点时](?:(半)|整|([0-5]?\d)分?)?)"
)
_NOON: Final = 12
_UNSAID: Final = 6
"""Up to which hour nobody knows the half of the day unless it is said."""
_YEAR: Final = late(r"[\[\(（【﹝]\s*((?:19|20)\d{2})\s*[\]\)）】﹞]")


def without_stop(text: Any) -> Any:
    """Return a text without punctuation at its end."""
    return text.rstrip("。；;.，,、") if isinstance(text, str) else text


def without_title_marks(text: Any) -> Any:
    """Return a title without the 《》 around the whole of it; those inside stay."""
    if isinstance(text, str) and text.startswith("《") and text.endswith("》") and "》" not in text[1:-1]:
        return text[1:-1]
    return text


def with_inner_title_marks(text: Any) -> Any:
    """Return a title that documents put in 《》 with 〈〉 inside it (GB/T 15834-2011, 4.15); two titles stay two."""
    if not isinstance(text, str) or (text.startswith("《") and text.endswith("》")):
        return text
    return text.replace("《", "〈").replace("》", "〉")


def with_year_brackets(text: Any) -> Any:
    """Return a document's number with its year in 〔〕 (GB/T 9704-2012, 7.2.5)."""
    return _YEAR.sub(r"〔\1〕", text) if isinstance(text, str) else text


def _spelt(name_of: Callable[[str], str], form: str) -> Callable[[Any], Any]:
    """Return what holds a name to its repertoire; `form` says what it may consist of, in Chinese."""

    def check(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        try:
            return name_of(text)
        except NotAName as fault:
            wrong = f"，不能有 {fault}" if str(fault) else ""
            raise PydanticCustomError("spelling", "{expected}", {"expected": f"{form}{wrong}"}) from None

    return check


def with_a_letter(text: Any) -> Any:
    """Return what says who is responsible; numbers and signs alone name nobody. Raises PydanticCustomError."""
    if isinstance(text, str) and not any(map(str.isalpha, text)):
        raise PydanticCustomError("spelling", "{expected}", {"expected": "姓名"})
    return text


def with_half_of_day(text: Any) -> Any:
    """Return a time of day as official writing has it (上午9:00, 下午3:30); 15:30, a bare 9:00 and 下午3点半 too.

    A bare hour from 1 to 6 may be of the morning or the afternoon, and is none.

    Raises:
        PydanticCustomError: it is none.
    """
    if not isinstance(text, str):
        return text
    found = _CLOCK.fullmatch(text)
    if not found or (found[1] is None and 0 < int(found[2]) <= _UNSAID):
        raise PydanticCustomError(
            "spelling", "{expected}", {"expected": "写明上午或下午的时间，例如 上午9:00"}
        )
    half, hour = found[1], int(found[2])
    minute = found[3] or ("30" if found[4] else (found[5] or "").zfill(2))
    if hour > _NOON:
        return f"{'下午' if half in (None, '下午') else half}{hour - _NOON}:{minute}"
    return f"{half or ('中午' if hour == _NOON else '上午')}{hour}:{minute}"


ClockTime = Annotated[str, Tidied(with_half_of_day)]
"""A time of day with the half of the day before it."""

Clause = Annotated[str, Tidied(without_stop)]
"""A text that stands inside a sentence."""

DocumentTitle = Annotated[str, Tidied(lambda text: with_inner_title_marks(without_title_marks(text)))]
"""The title of a document, which documents put in 《》."""

NumberText = Annotated[str, Tidied(with_year_brackets)]
"""The number of a document, 澄政办发〔2025〕47号."""

PersonName = Annotated[
    str,
    Tidied(_spelt(person_name, "由汉字写成的姓名（少数民族姓名中间用·，外国人姓名可以用拉丁字母）")),
]
"""A person's name, held to what names consist of."""

WhoIsResponsible = Annotated[str, Tidied(with_a_letter)]
"""Who does something or is to be asked: names, often with a post or a second person; never a number alone."""

OrganName = Annotated[str, Tidied(_spelt(organ_name, "由汉字、数字、字母和括号写成的单位名称"))]
"""An organ's name, held to what names of organs consist of."""
