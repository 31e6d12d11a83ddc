"""Lines of a table that are no records: totals, who filled it in, notes, headings of groups, headers repeated.

Only a line that cannot be a record is asked about, and one with any value that only a record has is none of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from docgen.model.fields import FieldSpec, Shape
from docgen.model.names import plain
from docgen.patterns import late
from docgen.sheets.faults import as_written
from docgen.sheets.reading.cell_texts import is_blank
from docgen.sheets.reading.cells import BLANKS
from docgen.sheets.reading.headers import heading

_TOTAL: Final = late(
    r"(?:总?合计|总计|小计|共计|累计|汇总)(?:[:(,、\d].*|数|金额|个数|项目数)?|.{1,20}(?:小计|合计)"
    "|其中(?:[:(,、].*)?|全[县旗区市盟州省]"
)
_FOOT: Final = late(
    "(?:单位)?(?:主要|分管)?(?:填[表报]|制表|审[核签批]|复核|校对|经办|统计|报送|负责|联系|签[字发])"
    "(?:单位|部门|时间|日期|电话|人员?|负责人|领导)?(?:\\((?:签[字章]|盖章|公章)\\))?[:(].*"
    "|(?:单位(?:主要)?负责人|主要领导|分管领导|联系电话|传真|日期|盖章)[:(].*"
)
_NOTE: Final = late("(?:备?注|说明|附注|注释|填[表报]说明|提示)\\d*[:.、].*")
_GROUP: Final = late(
    "(?:[一二三四五六七八九十]+[、.]|\\([一二三四五六七八九十\\d]+\\)|【.+】|第[一二三四五六七八九十]+[类批部]).*"
    "|.{2,30}\\(?共?\\d+[个项家件]\\)?"
)
_ORDINAL: Final = late(r"\(?[一二三四五六七八九十]{1,3}\)?[、.]?")
"""What stands where a record has its serial when the words beside it are a heading."""
_COUNT: Final = late(r"\(?共?\d+[个项家件]\)?")
_HOLDER: Final = late(r".{1,15}(?:[县旗市盟州镇乡局委办]|街道|苏木|区(?<![小园景矿灌校厂库]区)(?<!开发区))")
"""A county, a town or an organ, which heads a group where it stands beside counts and sums alone."""
HEADING: Final = "分组的标题"
_LATE: Final = 3
"""A word that names a line stands among its first so many cells that hold anything."""


def instead_of_record(line: Sequence[Any], columns: Mapping[int, FieldSpec]) -> str:
    """Say in Chinese what a line is when it is no record; empty when it may be one.

    Args:
        line: all cells of the line.
        columns: the fields that the columns hold, by number from 0.
    """
    said = [(index, each) for index, each in enumerate(line) if not is_blank(each) and each not in BLANKS]
    words = [(index, plain(each)) for index, each in said if isinstance(each, str)]
    if not words:
        return ""
    if _repeats_header(words, columns):
        return "重复的表头"
    if any(_TOTAL.fullmatch(each) for _, each in words[:_LATE]) and len({each for _, each in words}) <= _LATE:
        return "合计行"
    return _lone(said, words, columns)


def heading_in(line: Sequence[Any]) -> str:
    """Return the words of the heading of a group: 一、工业项目, also where 一 stands in a cell of its own."""
    words = list(dict.fromkeys(as_written(each) for each in line if isinstance(each, str) and each.strip()))
    if len(words) > 1 and _ORDINAL.fullmatch(plain(words[0])):
        number = words[0].strip("、. ")
        return f"{number}{'' if number.endswith(('）', ')')) else '、'}{words[1]}"
    return words[0] if words else ""


def _repeats_header(words: Sequence[tuple[int, str]], columns: Mapping[int, FieldSpec]) -> bool:
    same = [
        index for index, each in words if index in columns and heading(each) == plain(columns[index].label)
    ]
    return len(same) >= 2 and 2 * len(same) > len(words)


def _lone(
    said: Sequence[tuple[int, Any]], words: Sequence[tuple[int, str]], columns: Mapping[int, FieldSpec]
) -> str:
    """Say what a line with a single text is, though counts and sums may stand beside it."""
    first = words[0][1]
    if _FOOT.fullmatch(first) and all(_is_foot(each) for _, each in words):
        return "填表信息"
    if len(words) == _LATE - 1 and _is_serial(columns.get(words[0][0])) and _ORDINAL.fullmatch(first):
        return HEADING
    numbered = any(isinstance(each, int | float) and _is_serial(columns.get(index)) for index, each in said)
    if not numbered and _heads_group(said, words, columns):
        return HEADING
    if numbered or len({each for _, each in words}) > 1:
        return ""
    if _NOTE.fullmatch(first):
        return "表下的说明"
    misplaced = len(said) == 1 and _takes_no_text(columns.get(words[0][0]))
    return HEADING if _GROUP.fullmatch(first) or misplaced else ""


def _heads_group(
    said: Sequence[tuple[int, Any]], words: Sequence[tuple[int, str]], columns: Mapping[int, FieldSpec]
) -> bool:
    """Whether a line without a serial names a county or a unit beside counts and sums alone."""
    first, places = words[0][1], {index for index, _ in words}
    sums = [columns.get(index) for index, _ in said if index not in places]
    if any(each and each.shape is not Shape.DECIMAL for each in sums):
        return False
    counts = [each for _, each in words[1:] if _COUNT.fullmatch(each)]
    return len(counts) == len(words) - 1 and bool(counts or (sums and _HOLDER.fullmatch(first)))


def _is_foot(word: str) -> bool:
    """Whether a word is one of the foot of a table, or what is filled in beside one."""
    return bool(_FOOT.fullmatch(word)) or len(word) <= 12


def _is_serial(spec: FieldSpec | None) -> bool:
    return spec is not None and spec.shape is Shape.INTEGER and spec.required


def _takes_no_text(spec: FieldSpec | None) -> bool:
    return spec is not None and spec.shape in (Shape.INTEGER, Shape.DECIMAL) and not spec.many
