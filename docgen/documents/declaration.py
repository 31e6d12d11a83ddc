"""Declarations of kinds: TOML read into frozen values, every fault at once, with file, line and the nearest right word.

What is read here needs no sheets: shape, words of closed lists, names against each other. Fields, conditions and
receivers are checked when a declaration meets the records of a workspace (`binding.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from docgen.documents import again as repeating
from docgen.errors import DocgenError, Problems
from docgen.model.names import nearest
from docgen.toml import NotToml, Toml, parse_toml

FORMS: Final = ("信函", "文件", "上行文", "纪要", "命令", "单", "期刊")
RESERVED: Final = frozenset(("本项", "各项", "份数", "机制", "设置", "今天", "标题", "附件", "层次", "项"))
"""Names that every document has, which nothing else may be called."""
_LONGEST_TITLE: Final = 20
_MOST: Final = 64 * 1024


class KindFault(DocgenError):
    """Something is wrong in a declaration. `place` is the line, and the part it belongs to."""

    code = "kind-declaration-wrong"
    says = "{file}{place}：{words}"
    guesses = "是不是“{nearest}”？"

    file: str
    place: str
    words: str
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """A text of a declaration and where it stands, so that a later fault can name the place."""

    text: str
    place: str

    def __bool__(self) -> bool:
        return bool(self.text)


_NONE: Final = Written("", "")


@dataclass(frozen=True)
class MadeForSaid:
    """What the kind is made for: `source`, the condition `when`, receivers, common names `say`.

    `name` tells documents of several variants apart that are made for the same thing.
    """

    name: str
    source: Written
    when: Written
    to: tuple[Written, ...]
    copies: tuple[Written, ...]
    say: tuple[tuple[str, Written], ...]


@dataclass(frozen=True)
class WaySaid:
    """A way of grouping things into documents: `each` names what one document is for."""

    name: str
    each: tuple[Written, ...]
    heading: Written
    file_name: Written


@dataclass(frozen=True)
class RowsSaid:
    """A list linked to a document: `of` a sheet whose fields match those of its thing, or `source` another list."""

    name: str
    of: Written
    source: Written
    match: tuple[tuple[Written, Written], ...]
    when: Written
    group: Written
    order: tuple[Written, ...]


@dataclass(frozen=True)
class DateSaid:
    """A date counted from another: so many working days, a number or a setting, after `after`."""

    name: str
    after: Written
    working_days: Written


@dataclass(frozen=True)
class SettingSaid:
    """A setting of the kind's own, with its default: a whole number, a text, yes or no."""

    name: str
    default: int | str | bool
    help: str


@dataclass(frozen=True)
class AnnexSaid:
    """An annex by name, with the title it is listed under, and the condition on which it appears."""

    name: str
    title: Written
    when: Written


@dataclass(frozen=True)
class Declaration:
    """A declared kind, before it meets the records of a workspace.

    Args:
        file: the file it was read from, as messages write it.
        title: its Chinese name, also of its template and its folder.
        command: the command that drafts it, `notice`; empty for a kind of the office's own.
        summary: one line of help.
        form: the Chinese name of its form.
        again: how often a thing may be made a document for.
        heading, file_name: texts with tags, for ways that have none of their own.
        none: the sentence when there is nothing to make.
        addressed: whether it has addressees.
        more: the computing function of a built-in kind; empty for none.
        signed: whether it is numbered and signed; a form that others fill in is not.
        wording: the text of its template; empty where the template is a .docx of the office's own.
        own: whether a workspace declares it.
    """

    file: str
    title: str
    command: str
    summary: str
    form: str
    again: Written
    heading: Written
    file_name: Written
    none: str
    made_for: tuple[MadeForSaid, ...]
    ways: tuple[WaySaid, ...]
    rows: tuple[RowsSaid, ...]
    dates: tuple[DateSaid, ...]
    settings: tuple[SettingSaid, ...]
    annexes: tuple[AnnexSaid, ...]
    more: str
    signed: bool
    wording: str
    own: bool


_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("title", "command", "summary", "form", "again", "heading", "file_name", "none", "more", "signed"),
    "made_for": ("name", "source", "when", "to", "copies", "say"),
    "ways": ("name", "each", "heading", "file_name"),
    "rows": ("name", "of", "from", "match", "when", "group", "order"),
    "dates": ("name", "after", "working_days"),
    "settings": ("name", "default", "help"),
    "annexes": ("name", "title", "when"),
}
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("title", "form"),
    "made_for": ("source",),
    "ways": ("name", "each"),
    "rows": ("name",),
    "dates": ("name", "working_days"),
    "settings": ("name", "default"),
    "annexes": ("name", "title"),
}


def read(text: str, wording: str, file: str, *, own: bool) -> Declaration:
    """Return a declared kind.

    Args:
        text: the declaration.
        signed: whether it is numbered and signed; a form that others fill in is not.
        wording: the text of its template; empty for none.
        file: its name in messages.
        own: whether a workspace declares it.

    Raises:
        Problems: every fault that can be found without the sheets.
    """
    reader = _Reader(text, file, own=own)
    declared = reader.declaration(wording)
    Problems.raise_any(reader.faults)
    return declared


class _Reader:
    """Reads one declaration and gathers what is wrong with it."""

    def __init__(self, text: str, file: str, *, own: bool) -> None:
        self._file, self._own = file, own
        self.faults: list[DocgenError] = []
        self._toml = self._parsed(text)
        self._said = self._toml.values

    def _parsed(self, text: str) -> Toml:
        if len(text) > _MOST:
            raise Problems((self._fault("", f"超过 {_MOST // 1024} KiB，不像是一份声明"),))
        try:
            return parse_toml(text)
        except NotToml as fault:
            place = f"第{fault.line}行" if fault.line else ""
            raise Problems((self._fault(place, fault.why),)) from fault

    def _fault(self, place: str, words: str, near: Sequence[str] = ()) -> KindFault:
        return KindFault(self._file, place, words, tuple(near)[:1])

    def _wrong(self, place: str, words: str, near: Sequence[str] = ()) -> None:
        self.faults.append(self._fault(place, words, near))

    def declaration(self, wording: str) -> Declaration:
        """Return what was read; what is wrong stands as if it were empty."""
        self._know(self._said, "", "", 0)
        top = _Table(self, self._said, "", 0)
        tables = {part: list(self._tables(part)) for part in _PARTS if part}
        declared = Declaration(
            file=self._file,
            title=top.word("title"),
            command=top.word("command"),
            summary=top.word("summary"),
            form=top.word("form"),
            again=top.text("again"),
            heading=top.text("heading"),
            file_name=top.text("file_name"),
            none=top.word("none"),
            made_for=tuple(map(_made_for, tables["made_for"])),
            ways=tuple(map(_way, tables["ways"])),
            rows=tuple(map(_rows, tables["rows"])),
            dates=tuple(map(_date, tables["dates"])),
            settings=tuple(map(_setting, tables["settings"])),
            annexes=tuple(map(_annex, tables["annexes"])),
            more=top.word("more"),
            signed=top.yes_no("signed", default=True),
            wording=wording,
            own=self._own,
        )
        self.faults += _whole(declared, self._fault, self.line)
        return declared

    def _tables(self, part: str) -> Iterator[_Table]:
        found = self._said.get(part, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self._wrong(self.line(part), f"“{part}”要写成 [[{part}]] 一组一组的")
            return
        for index, each in enumerate(found):
            table = _Table(self, each, part, index)
            self._know(each, part, table.place, index)
            yield table

    def _know(self, table: Mapping[str, Any], part: str, place: str, index: int) -> None:
        """Report keys that a table does not have, and those it lacks."""
        known = (*_PARTS[part], *(each for each in _PARTS if each and not part))
        for key in table:
            if key not in known:
                self._wrong(self.line(key, part, index), f"{place}不认识的项“{key}”", nearest(key, known))
        for key in _NEEDED[part]:
            if key not in table or (isinstance(table[key], str) and not table[key].strip()):
                self._wrong(self.line("", part, index), f"{place}缺少“{key}”")

    def line(self, key: str, part: str = "", index: int = 0) -> str:
        """Return the line a key stands on, or its table, as messages write it; empty when it is not found."""
        number = self._toml.line(key, part, index)
        return f"第{number}行" if number else ""


class _Table:
    """One table of a declaration, whose values are read by type."""

    def __init__(self, reader: _Reader, said: Mapping[str, Any], part: str, index: int) -> None:
        self.reader, self.said, self.part, self._index = reader, said, part, index
        self.place = f"[[{part}]]第{index + 1}组" if part else ""

    def text(self, key: str) -> Written:
        """Return a text and its place."""
        value = self.said.get(key, "")
        return self._written(key, value)

    def word(self, key: str) -> str:
        """Return a text."""
        return self.text(key).text

    def yes_no(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self.said.get(key, default)
        if not isinstance(value, bool):
            self.wrong(key, f"“{key}”要写 true 或 false，不加引号")
            return default
        return value

    def texts(self, key: str) -> tuple[Written, ...]:
        """Return several texts; one alone may stand without its list."""
        value = self.said.get(key, [])
        values = value if isinstance(value, list) else [value]
        return tuple(self._written(key, each) for each in values)

    def pairs(self, key: str) -> tuple[tuple[Written, Written], ...]:
        """Return pairs of texts."""
        value = self.said.get(key, [])
        if not isinstance(value, list) or not all(
            isinstance(each, list) and len(each) == 2 for each in value
        ):
            self.wrong(key, f'“{key}”要写成一对一对的，如 [["会议", "会议"]]')
            return ()
        return tuple((self._written(key, one), self._written(key, other)) for one, other in value)

    def number_or_text(self, key: str) -> Written:
        """Return a number as a text, or the text it is."""
        value = self.said.get(key, "")
        return self._written(
            key, str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        )

    def wrong(self, key: str, words: str, near: Sequence[str] = ()) -> None:
        """Report what is wrong with a key."""
        self.reader._wrong(self.where(key), words, near)  # noqa: SLF001  of the same file

    def where(self, key: str) -> str:
        """Return where a key stands."""
        line = self.reader.line(key, self.part, self._index)
        return f"{line}{self.place and f'（{self.place}）'}"

    def _written(self, key: str, value: Any) -> Written:
        if not isinstance(value, str):
            self.wrong(key, f"“{key}”要写文字，加半角双引号")
            return _NONE
        if not all(each.isprintable() for each in value):
            self.wrong(key, f"“{key}”里有换行或不可见的字符")
        return Written(value.strip(), self.where(key))


def _made_for(table: _Table) -> MadeForSaid:
    said = tuple((name.text, text) for name, text in table.pairs("say"))
    return MadeForSaid(
        table.word("name"),
        table.text("source"),
        table.text("when"),
        table.texts("to"),
        table.texts("copies"),
        said,
    )


def _way(table: _Table) -> WaySaid:
    return WaySaid(table.word("name"), table.texts("each"), table.text("heading"), table.text("file_name"))


def _rows(table: _Table) -> RowsSaid:
    of, source = table.text("of"), table.text("from")
    if bool(of) is bool(source):
        table.wrong("name", "要写 of（哪张表）或 from（哪个清单），并且只写一个")
    return RowsSaid(
        table.word("name"), of, source, table.pairs("match"), table.text("when"), table.text("group"),
        table.texts("order"),
    )  # fmt: skip


def _date(table: _Table) -> DateSaid:
    after = table.text("after")
    return DateSaid(
        table.word("name"), after or Written("今天", after.place), table.number_or_text("working_days")
    )


def _setting(table: _Table) -> SettingSaid:
    default = table.said.get("default", "")
    if not isinstance(default, int | str | bool):
        table.wrong("default", "默认值要写整数、文字或 true / false")
        default = ""
    return SettingSaid(table.word("name"), default, table.word("help"))


def _annex(table: _Table) -> AnnexSaid:
    return AnnexSaid(table.word("name"), table.text("title"), table.text("when"))


_Fault = Callable[..., KindFault]


def _whole(declared: Declaration, fault: _Fault, line: Callable[..., str]) -> Iterator[KindFault]:
    """Yield what is wrong with the values of a declaration, looked at together."""
    yield from _title_faults(declared, fault, line)
    if declared.form and declared.form not in FORMS:
        words = f"没有“{declared.form}”这种版式，有：{'、'.join(FORMS)}"
        yield fault(line("form"), words, nearest(declared.form, FORMS))
    numbers = {each.name for each in declared.settings if type(each.default) is int}
    if declared.again and not repeating.is_known(declared.again.text) and declared.again.text not in numbers:
        words = f"“{declared.again.text}”不是再次制发的间隔，可写：{'、'.join(repeating.WORDS)}，或一个整数设置的名称"
        yield fault(declared.again.place, words, nearest(declared.again.text, (*repeating.WORDS, *numbers)))
    if not declared.heading and not (declared.ways and all(each.heading for each in declared.ways)):
        yield fault("", "缺少“heading”，不知道公文的标题")
    if declared.own and declared.more:
        yield fault(line("more"), "自定的文种不能用 more：工作区里不放程序")
    if not declared.made_for:
        yield fault("", "缺少 [[made_for]]，不知道为什么制发")
    yield from _name_faults(declared, fault)


def _title_faults(declared: Declaration, fault: _Fault, line: Callable[..., str]) -> Iterator[KindFault]:
    title = declared.title
    unfit = len(title) > _LONGEST_TITLE or not re.fullmatch("[\u4e00-\u9fffA-Za-z0-9（）]+", title)
    if title and unfit:
        words = f"“{title}”不能作文种的名称：它也是文件夹和模板的名称，只用汉字、字母、数字，不超过{_LONGEST_TITLE}个字"
        yield fault(line("title"), words)
    if declared.command and not re.fullmatch("[a-z][a-z-]{1,30}", declared.command):
        yield fault(line("command"), "命令的名称只用小写字母和连字符")


def _name_faults(declared: Declaration, fault: _Fault) -> Iterator[KindFault]:
    """Yield names that are taken twice, or that every document has already."""
    taken: dict[str, str] = dict.fromkeys(RESERVED, "每份公文都有的名称")
    named = [
        *((each.name, "[[rows]]") for each in declared.rows),
        *((each.name, "[[dates]]") for each in declared.dates),
        *(
            (name, "say")
            for name in dict.fromkeys(name for each in declared.made_for for name, _ in each.say)
        ),
    ]
    for name, part in named:
        if not re.fullmatch("[\u4e00-\u9fff][\u4e00-\u9fff0-9A-Za-z]*", name):
            yield fault(part, f"“{name}”不能作名称，请用汉字开头，不加标点")
        elif name in taken:
            yield fault(part, f"名称“{name}”已是{taken[name]}，请换一个")
        taken[name] = part
    for part, names in (("[[ways]]", [each.name for each in declared.ways]),
                        ("[[settings]]", [each.name for each in declared.settings]),
                        ("[[annexes]]", [each.name for each in declared.annexes])):  # fmt: skip
        for name in {each for each in names if names.count(each) > 1}:
            yield fault(part, f"名称“{name}”写了两次")
