"""Sheets that a workspace declares itself: `sheets/走访.toml` is the sheet 走访, without code.

    title = "走访台账"
    key = ["编号"]            # by these columns other sheets may link to a row; each is required and unique
    together = ["日期", "站点"]   # for a sheet without a key: these columns together occur once, as in daily readings

    [[columns]]
    label = "项目"
    shape = "关联"            # 文字 长文字 整数 小数 日期 年月 月日 时段 是否 选择 关联
    to = "项目"
    required = true

What a declaration can say is this table of words and nothing else: it names no files and reaches no code. All faults
of all declarations are found at once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.model.fields import Shape
from docgen.model.names import file_name_of, nearest, plain
from docgen.model.schema import RESERVED
from docgen.sheets.reading.cell_texts import NotUnderstood, clean_text
from docgen.sheets.reading.cells import BLANKS
from docgen.texts import UnreadableText, read_text
from docgen.toml import NotToml, Toml, parse_toml

MOST_COLUMNS: Final = 100
MOST_CHOICES: Final = 200
_LONGEST_NAME: Final = 31
"""Spreadsheet programs allow no longer name of a sheet."""
SHAPES: Final[Mapping[str, Shape]] = {
    "文字": Shape.TEXT,
    "长文字": Shape.LONG_TEXT,
    "整数": Shape.INTEGER,
    "小数": Shape.DECIMAL,
    "日期": Shape.DATE,
    "年月": Shape.MONTH,
    "月日": Shape.MONTH_DAY,
    "时段": Shape.PERIOD,
    "是否": Shape.YES_NO,
    "选择": Shape.CHOICE,
    "关联": Shape.LINK,
}
_SEVERAL: Final = (Shape.TEXT, Shape.CHOICE, Shape.LINK)
_KEYS: Final = (Shape.TEXT, Shape.INTEGER)
_NUMBERS: Final = (Shape.INTEGER, Shape.DECIMAL)
_TEXT: Final = "加英文双引号的文字"
_SHEET_WORDS: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "title": ((str,), _TEXT),
    "noun": ((str,), _TEXT),
    "key": ((list,), '方括号里的列名，例如 ["编号"]'),
    "together": ((list,), '方括号里的列名，例如 ["日期", "站点"]'),
    "columns": ((list,), "一列一个 [[columns]]"),
}
_COLUMN_WORDS: Final[Mapping[str, tuple[tuple[type, ...], str]]] = {
    "label": ((str,), _TEXT),
    "shape": ((str,), _TEXT),
    "required": ((bool,), "true 或 false"),
    "help": ((str,), _TEXT),
    "example": ((str, int, float, date), _TEXT),
    "width": ((int,), "4到80的整数"),
    "unit": ((str,), _TEXT),
    "choices": ((list,), '方括号里的选项，例如 ["已办", "未办"]'),
    "to": ((str,), _TEXT),
    "many": ((bool,), "true 或 false"),
}
_LONGEST: Final = {"title": 60, "noun": 20, "label": 30, "help": 200, "example": 60, "unit": 10}


@dataclass(frozen=True)
class ColumnDeclaration:
    """A declared column; `choices` are those of 选择, `to` is the sheet that 关联 links to."""

    label: str
    shape: Shape
    required: bool = False
    help: str = ""
    example: str = ""
    width: int = 0
    unit: str = ""
    choices: tuple[str, ...] = ()
    to: str = ""
    many: bool = False


@dataclass(frozen=True)
class SheetDeclaration:
    """A declared sheet; `key` are the labels of columns that name a row, `together` of those that do so together."""

    name: str
    title: str
    noun: str
    key: tuple[str, ...]
    columns: tuple[ColumnDeclaration, ...]
    together: tuple[str, ...] = ()


class BadSheet(DocgenError):
    """A fault of the declaration of a sheet."""

    code = "own-sheet"
    says = "{path}{at}：{why}"

    path: str
    line: int
    why: str

    @property
    def at(self) -> str:
        """Return the line as messages write it; nothing when the file as a whole is meant."""
        return f" 第{self.line}行" if self.line else ""


@dataclass
class SheetFile:
    """One declaration with what is wrong with it; `declaration` is None while nothing can be made of it."""

    name: str
    shown: str
    toml: Toml | None = None
    declaration: SheetDeclaration | None = None
    faults: list[BadSheet] = field(default_factory=list)

    def say(self, why: str, key: str = "", column: int | None = None) -> None:
        """Report a fault with the line of its key."""
        table = "" if column is None else "columns"
        line = self.toml.line(key, table, column or 0) if self.toml else 0
        self.faults.append(BadSheet(self.shown, line, why))

    def read(self, path: Path) -> None:
        """Read and check the file itself."""
        try:
            self.toml = parse_toml(read_text(path, within=(path.parent.parent,)))
        except UnreadableText as fault:
            self.say(str(fault))
        except NotToml as fault:
            self.faults.append(BadSheet(self.shown, fault.line, fault.why))
        if self.toml:
            self.declare(self.toml.values)

    def check_name(self, taken: Collection[str]) -> None:
        """Refuse a file whose name cannot be that of a new sheet."""
        if plain(self.name) in {plain(each) for each in taken}:
            self.say(f"“{self.name}”是 docgen 已有或保留的表名，请换一个文件名，或删去声明、改用 docgen 的表")
        elif (
            _cleaned(self.name) != self.name
            or len(self.name) > _LONGEST_NAME
            or set(self.name) & set("[]:*?/\\'")
            or file_name_of(self.name) != self.name
        ):
            self.say(f"文件名要能作工作表的名称：不超过{_LONGEST_NAME}个字，没有空格和 [ ] : * ? / \\ '")

    def declare(self, values: Mapping[str, Any]) -> None:
        """Make the declaration of what the file says, as far as it is understood, and report what is not."""
        if isinstance(values.get("columns"), dict):
            self.say("[columns] 要写成两层方括号 [[columns]]，一列一个", "columns")
            return
        given = self._known(values, _SHEET_WORDS, None)
        if "columns" in values and "columns" not in given:
            return
        tables = given.get("columns", [])
        if not all(isinstance(each, dict) for each in tables):
            self.say("columns 要写成一列一个 [[columns]]", "columns")
            return
        if not 0 < len(tables) <= MOST_COLUMNS:
            self.say(f"有{len(tables)}列，要有1到{MOST_COLUMNS}列，一列一个 [[columns]]")
            return
        columns = [_Column(self, number, each).declared() for number, each in enumerate(tables)]
        self._check_labels(columns)
        key = self._key(given.get("key", []), columns)
        together = self._key(given.get("together", []), columns, "together")
        title, noun = given.get("title", self.name), given.get("noun", self.name)
        self.declaration = SheetDeclaration(self.name, title, noun, key, tuple(columns), together)

    def known(self, values: Mapping[str, Any], column: int) -> dict[str, Any]:
        """Return what a column may say of what it does say."""
        return self._known(values, _COLUMN_WORDS, column)

    def _known(
        self, values: Mapping[str, Any], words: Mapping[str, tuple[tuple[type, ...], str]], column: int | None
    ) -> dict[str, Any]:
        """Return the entries that are understood and of the right kind; report the others."""
        found = {}
        for key, value in values.items():
            if key not in words:
                close = nearest(key, words, 1)
                hint = f"，是不是 {close[0]}？" if close else f"；可用的有：{'、'.join(words)}"
                self.say(f"没有“{key}”这一项{hint}", key, column)
            elif type(value) not in words[key][0]:
                self.say(f"{key} 写的是“{value}”，要填{words[key][1]}", key, column)
            elif isinstance(value, str) and (why := _unfit(key, value)):
                self.say(f"{key} {why}", key, column)
            else:
                found[key] = value
        return found

    def _check_labels(self, columns: Sequence[ColumnDeclaration]) -> None:
        first: dict[str, int] = {}
        for number, each in enumerate(columns):
            earlier = first.setdefault(plain(each.label), number)
            if earlier != number and each.label:
                self.say(f"列名「{each.label}」与第{earlier + 1}列重复", "label", number)

    def _key(
        self, given: Sequence[Any], columns: Sequence[ColumnDeclaration], word: str = "key"
    ) -> tuple[str, ...]:
        """Return the key, or what is one together; report labels in it that are none, or cannot name a row."""
        by_label = {each.label: each for each in columns}
        for label in given:
            column = by_label.get(label) if isinstance(label, str) else None
            if column is None:
                close = nearest(str(label), by_label, 1)
                self.say(f"{word} 中的“{label}”不是列名" + (f"，是不是“{close[0]}”？" if close else ""), word)
            elif column.many or (word == "key" and column.shape not in _KEYS):
                fit = "文字或整数，一格一个" if word == "key" else "一格一个值"
                self.say(f"{word} 中的“{label}”不能作编号：要是{fit}", word)
            elif not column.required:
                self.say(f"{word} 中的“{label}”要必填：请给这一列加 required = true", word)
        if len({str(each) for each in given}) < len(given):
            self.say(f"{word} 中有重复的列名", word)
        return tuple(str(each) for each in given)


@dataclass
class _Column:
    """One table `[[columns]]` while it is checked."""

    file: SheetFile
    number: int
    values: Mapping[str, Any]

    def say(self, why: str, key: str) -> None:
        """Report a fault of this column."""
        self.file.say(f"{self._named()}{why}", key, self.number)

    def _named(self) -> str:
        label = self.values.get("label")
        return f"列「{label}」" if isinstance(label, str) and label.strip() else f"第{self.number + 1}列"

    def declared(self) -> ColumnDeclaration:
        """Return the column as far as it is understood, and report what is wrong with it."""
        given = self.file.known(self.values, self.number)
        shape = self._shape(given.get("shape", "文字"))
        self._check_label(given)
        if shape:
            self._check_fit(given, shape)
        width = given.get("width", 0)
        if "width" in given and not 4 <= width <= 80:
            self.say(f"的 width 写的是{width}，要填4到80的整数", "width")
        return ColumnDeclaration(
            label=given.get("label", ""),
            shape=shape or Shape.TEXT,
            required=given.get("required", False),
            help=given.get("help", ""),
            example=str(given.get("example", "")),
            width=width,
            unit=given.get("unit", ""),
            choices=self._choices(given["choices"]) if shape is Shape.CHOICE and "choices" in given else (),
            to=given.get("to", ""),
            many=given.get("many", False),
        )

    def _shape(self, word: str) -> Shape | None:
        if word not in SHAPES:
            close = nearest(word, SHAPES, 1)
            hint = f"。是不是“{close[0]}”？" if close else ""
            self.say(f"的 shape 写的是“{word}”，没有这种填法，有：{'、'.join(SHAPES)}{hint}", "shape")
        return SHAPES.get(word)

    def _check_label(self, given: Mapping[str, Any]) -> None:
        label = given.get("label")
        if label is None:
            if "label" not in self.values:
                self.say("没有 label，请写列名", "label")
        elif set(label) & set("（）()*＊:：※"):
            self.say("的列名中不能有括号、冒号和星号；计量单位请写在 unit 中", "label")
        elif plain(label) in RESERVED:
            self.say("的列名是 docgen 自己使用的名称，请换一个", "label")

    def _check_fit(self, given: Mapping[str, Any], shape: Shape) -> None:
        """Report entries that do not go with the shape, and those that it lacks."""
        rules: tuple[tuple[str, bool, str], ...] = (
            ("many", shape in _SEVERAL, "文字、选择、关联"),
            ("unit", shape in _NUMBERS, "整数、小数"),
            ("choices", shape is Shape.CHOICE, "选择"),
            ("to", shape is Shape.LINK, "关联"),
        )
        for key, fits, shapes in rules:
            if given.get(key) and not fits:
                self.say(f"不能有 {key}：它只用于 shape 为 {shapes} 的列", key)
        if shape is Shape.CHOICE and "choices" not in self.values:
            self.say("没有 choices，请写可选的词", "shape")
        if shape is Shape.LINK and "to" not in self.values:
            self.say("没有 to，请写关联到哪张表", "shape")

    def _choices(self, given: Sequence[Any]) -> tuple[str, ...]:
        if not 0 < len(given) <= MOST_CHOICES:
            self.say(f"的 choices 有{len(given)}个词，要有1到{MOST_CHOICES}个", "choices")
        for each in given:
            if not isinstance(each, str) or _cleaned(each) != each or not each or len(each) > 60:
                self.say(f"的 choices 中“{each}”不能作选项：要填60字以内{_TEXT}", "choices")
            elif each in BLANKS:
                self.say(f"的 choices 中“{each}”在表中表示没有填，不能作选项", "choices")
            elif set(each) & set("、，,；;"):
                self.say(f"的 choices 中“{each}”有顿号、逗号或分号，一格多个时分不开", "choices")
        words = [plain(str(each)) for each in given]
        if len(set(words)) < len(words):
            self.say("的 choices 中有重复的词", "choices")
        return tuple(str(each) for each in given)


def _unfit(key: str, text: str) -> str:
    """Return why a text cannot be what a key says; empty when it can."""
    if not text.strip() and key not in ("help", "example", "unit"):
        return "是空的，请填写或删去"
    if len(text) > _LONGEST.get(key, _LONGEST["help"]):
        return f"过长，不能超过{_LONGEST.get(key, _LONGEST['help'])}个字"
    fits = _cleaned(text) == text if key in ("label", "noun", "unit", "to", "shape") else text.isprintable()
    return "" if fits else "中有多余的空格、换行或不能使用的字符"


def _cleaned(text: str) -> str | None:
    try:
        return clean_text(text)
    except NotUnderstood:
        return None
