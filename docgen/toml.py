"""TOML as people write it: what the parser refuses said in Chinese, and the lines on which things stand.

Python's parser speaks English and forgets where a value stood; both matter to a clerk who writes a declaration.
"""

from __future__ import annotations

import re
import tomllib
from functools import cached_property
from typing import Any, Final

from docgen.dataclass import dataclass

_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
_TABLE: Final = re.compile(r"\s*\[\[\s*([^\]\s]+)\s*\]\]")
_FULL_WIDTH: Final = re.compile("[＝“”‘’，［］【】：]")
_REFUSALS: Final = (
    ("Expected '=' after a key", "名称后面要写英文等号 ="),
    ("Invalid value", "等号后面的值写法不对：文字要加英文双引号，是否写 true 或 false"),
    ("Cannot declare", "同一部分写了两次"),
    ("Cannot|Duplicate", "同一项写了两次"),
    ("Unclosed array|Expected '\\]+'", "方括号没有配对，或各项之间缺少英文逗号"),
    ("Unclosed inline table|Unclosed", "括号没有配对"),
    ("Unterminated string|Illegal character '\\\\n'|Expected \"", "文字没有用英文双引号结束"),
    ("Illegal character|Found invalid character", "有不能使用的字符"),
    ("Unescaped|Invalid hex|Escaped", "文字里的反斜杠 \\ 要写成 \\\\"),
    ("Expected newline or end of document", "这一行后面多了内容，一行只写一项"),
    ("Invalid initial character for a key part|Invalid statement", "每行要写成 名称 = 值，名称用英文字母"),
)
"""What the parser's words mean; the first that is found counts."""


class NotToml(ValueError):
    """A text is not TOML; `line` is from 1, or 0 when it is not known, `why` is Chinese."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line, self.why = line, why


@dataclass(frozen=True)
class Toml:
    """A text in TOML with its values."""

    text: str
    values: dict[str, Any]

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.splitlines()

    def line(self, key: str = "", table: str = "", index: int = 0) -> int:
        """Return the line, from 1, on which a key stands, else its table; 0 when it is not found.

        Args:
            key: the key; empty for the table itself. At the top it may be that of a table.
            table: the name of an array of tables (`columns` for `[[columns]]`); empty for the top.
            index: which of them, from 0.
        """
        start, end = self._span(table, index)
        found = [number for number in range(start, end) if key and _sets(self._lines[number], key)]
        if not table:
            found += [number for number, _ in self._heads if key and _is_head_of(self._lines[number], key)]
        return next(iter(found), start - 1 if table else -1) + 1

    def _span(self, table: str, index: int) -> tuple[int, int]:
        """Return the lines of a table, from 0, without its head; the end is not among them."""
        if not table:
            return 0, self._heads[0][0] if self._heads else len(self._lines)
        found = self._spans.get(table, [])
        return found[index] if index < len(found) else (0, 0)

    @cached_property
    def _heads(self) -> list[tuple[int, str]]:
        """The lines on which tables begin, from 0, each with the name of an array of tables, or nothing."""
        begun = ((number, line) for number, line in enumerate(self._lines) if line.lstrip().startswith("["))
        return [(number, found[1] if (found := _TABLE.match(line)) else "") for number, line in begun]

    @cached_property
    def _spans(self) -> dict[str, list[tuple[int, int]]]:
        """The lines of the tables of each array."""
        found: dict[str, list[tuple[int, int]]] = {}
        ends = [number for number, _ in self._heads[1:]] + [len(self._lines)]
        for (number, name), end in zip(self._heads, ends, strict=bool(self._heads)):
            found.setdefault(name, []).append((number + 1, end))
        return found


def parse_toml(text: str) -> Toml:
    """Return a text in TOML with its values. Raises NotToml."""
    try:
        return Toml(text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise _refusal(text, str(fault)) from None
    except RecursionError:
        raise NotToml(0, "括号套得太深") from None


def _sets(line: str, key: str) -> bool:
    """Whether a line gives a key its value."""
    name, equals, _ = line.partition("=")
    name = name.strip()
    return bool(equals) and key in (name, name[1:-1] if name[:1] in ("'", '"') else name)


def _is_head_of(line: str, key: str) -> bool:
    """Whether a line begins a table, one of several or the only one, of a name."""
    return line.partition("#")[0].strip().strip("[]").strip().strip("'\"") == key


def _refusal(text: str, said: str) -> NotToml:
    place = _PLACE.search(said)
    lines = text.splitlines()
    number = int(place[1]) if place else len(lines)
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    why = next((words for pattern, words in _REFUSALS if re.search(pattern, said)), "写法不对")
    if _FULL_WIDTH.search(re.sub('"[^"]*"', "", line)):
        why = "用了中文的引号、等号、逗号或括号，要改成英文的"
    return NotToml(number, f"不是正确的 TOML 文件：{why}" + (f"（“{line[:60]}”）" if line else ""))
