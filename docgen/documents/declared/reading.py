"""Declarations read from TOML: every fault at once, with file, line and the nearest right word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.documents.declared.declaration import (
    LIST,
    AlsoSaid,
    AnnexSaid,
    ColumnSaid,
    DateSaid,
    Declaration,
    KindFault,
    ListSaid,
    MadeForSaid,
    RowsSaid,
    SettingSaid,
    WaySaid,
    Written,
)
from docgen.documents.declared.soundness import faults_of
from docgen.errors import DocgenError, Problems
from docgen.model.names import nearest
from docgen.toml import NotToml, Toml, parse_toml

_MOST: Final = 64 * 1024
_WIDEST: Final = 60  # hanzi in a column
_WIDE_BLANK: Final = "\u3000"  # as in the head 姓　名
_NONE: Final = Written("", "")
SAY: Final = "say"
OF_LISTS: Final = ("list", "amounts", "paper", "note")
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "": (
        "title", "command", "summary", "form", "again", "heading", "file_name", "none", "more", "signed",
        "to_host", "added", "mark", "issuer", "signatory", *OF_LISTS,
    ),
    "made_for": ("name", "source", "kinds", "when", "to", "copies", "say"),
    "ways": ("name", "each", "heading", "file_name", "at_least"),
    "rows": ("name", "of", "from", "match", "when", "group", "order"),
    "dates": ("name", "after", "working_days"),
    "settings": ("name", "default", "help"),
    "also": ("title", "form", "heading", "mark", "to", "settings"),
    "annexes": ("name", "title", "when"),
    "columns": ("head", "shows", "width", "align", "format", "total"),
}  # fmt: skip
_NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("title", "form"),
    "made_for": ("source",),
    "ways": ("name", "each"),
    "rows": ("name",),
    "dates": ("name", "working_days"),
    "settings": ("name", "default"),
    "also": ("title",),
    "annexes": ("name", "title"),
    "columns": ("head", "shows"),
}

_MAY_BE_EMPTY: Final = ("default",)
"""A text that nobody but the workspace can give."""


def read(text: str, wording: str, file: str, *, own: bool) -> Declaration:
    """Return a declared kind, as it is under its first title. Arguments and faults as of `read_all`."""
    return read_all(text, wording, file, own=own)[0]


def read_all(text: str, wording: str, file: str, *, own: bool) -> tuple[Declaration, ...]:
    """Return a declared kind, and what it is under other titles (`[[also]]`).

    Args:
        text: the declaration.
        wording: the text of its template; empty for none.
        file: its name in messages.
        own: whether a workspace declares it.

    Raises:
        Problems: every fault that can be found without the sheets.
    """
    found = read_as_far(text, wording, file, own=own)
    Problems.raise_any(found.faults)
    return found.declared


@dataclass(frozen=True)
class AsFar:
    """A declaration as far as it could be read.

    Args:
        declared: it and what it is under other titles; what was wrong stands as if it were empty.
        faults: what was wrong, each once.
        unread: parts with names that could not be read, so that what uses them cannot be judged.
    """

    declared: tuple[Declaration, ...]
    faults: tuple[DocgenError, ...]
    unread: frozenset[str]


def read_as_far(text: str, wording: str, file: str, *, own: bool) -> AsFar:
    """Return a declared kind with its faults; arguments as of `read_all`. Raises Problems where it is no TOML."""
    reader = _Reader(text, file, own=own)
    declared = reader.declarations(wording)
    faults = tuple({str(each): each for each in reader.faults}.values())
    return AsFar(declared, faults, frozenset(reader.unread))


class _Reader:
    """Reads one declaration and gathers what is wrong with it."""

    def __init__(self, text: str, file: str, *, own: bool) -> None:
        self._file, self._own = file, own
        self.faults: list[DocgenError] = []
        self.unread = set[str]()
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

    def declarations(self, wording: str) -> tuple[Declaration, ...]:
        """Return what was read, first the kind itself; what is wrong stands as if it were empty."""
        declared, also = self._declaration(wording)
        found = (declared, *(_other(declared, each) for each in also))
        for place, each in enumerate(found):
            part, index = ("also", place - 1) if place else ("", 0)
            where = partial(self._where, part=part, index=index)
            self.faults += faults_of(each, self._fault, where)
        known = {said.name for said in declared.settings if isinstance(said.default, str)}
        for place, other in enumerate(also):
            for name, _ in other.settings:
                if name.text not in known:
                    words = f"没有声明默认值是文字的设置“{name.text}”"
                    self._wrong(self.line("settings", "also", place), words, nearest(name.text, known, 1))
        return found

    def _where(self, key: str, *others: Any, part: str, index: int) -> str:
        """Return the line of a key: of what `[[also]]` says its own, else the kind's."""
        return (self.line(key, part, index) if part and not others else "") or self.line(key, *others)

    def _declaration(self, wording: str) -> tuple[Declaration, tuple[AlsoSaid, ...]]:
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
            signed=top.yes_no("signed", default=self._said.get("form") != LIST),
            to_host=top.yes_no("to_host", default=False),
            added=top.word("added"),
            listed=_listed(top, tables["columns"]),
            wording=wording,
            own=self._own,
            mark=top.text("mark"),
            issuer=top.text("issuer"),
            signatory=top.text("signatory"),
        )
        return declared, tuple(map(_also, tables["also"]))

    def _tables(self, part: str) -> Iterator[_Table]:
        found = self._said.get(part, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self._wrong(self.line(part), f"“{part}”要写成 [[{part}]] 一组一组的")
            self.unread.add(part)
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
                self._unknown(key, known, place, self.line(key, part, index))
                if isinstance(table[key], list):
                    self.unread |= {SAY} if part else set(nearest(key, _PARTS, 1) or _PARTS)
        for key in _NEEDED[part]:
            blank = isinstance(table.get(key), str) and not table[key].strip()
            if key not in table or (blank and key not in _MAY_BE_EMPTY):
                self._wrong(self.line("", part, index), f"{place}缺少“{key}”")
                self.unread |= {part} - {""}

    def _unknown(self, key: str, known: Sequence[str], place: str, line: str) -> None:
        """Report a key that a table does not have: one of other tables is named with them, else a near one."""
        others = [f"[[{part}]]" if part else "最前面" for part, keys in _PARTS.items() if key in keys]
        if others:
            self._wrong(line, f"{place}“{key}”不能写在这里，它写在{'、'.join(others)}里")
        else:
            self._wrong(line, f"{place}不认识的项“{key}”", nearest(key, known))

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
            self.reader.unread |= {key} & {SAY}
            return ()
        return tuple((self._written(key, one), self._written(key, other)) for one, other in value)

    def number_or_text(self, key: str) -> Written:
        """Return a number as a text, or the text it is."""
        value = self.said.get(key, "")
        return self._written(
            key, str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        )

    def count(self, key: str, most: int) -> int:
        """Return a whole number from 1; 0 where none is given, or it is wrong."""
        value = self.said.get(key, 0)
        if key in self.said and (type(value) is not int or not 1 <= value <= most):
            self.wrong(key, f"“{key}”要写1到{most}的整数，不加引号")
            return 0
        return int(value)

    def wrong(self, key: str, words: str) -> None:
        """Report what is wrong with a key."""
        self.reader._wrong(self.where(key), words)  # noqa: SLF001  of the same file

    def where(self, key: str) -> str:
        """Return where a key stands."""
        line = self.reader.line(key, self.part, self._index)
        return f"{line}{self.place and f'（{self.place}）'}"

    def _written(self, key: str, value: Any) -> Written:
        if not isinstance(value, str):
            self.wrong(key, f"“{key}”要写文字，加半角双引号")
            return _NONE
        unseen = [each for each in value if not each.isprintable() and each != _WIDE_BLANK]
        if unseen:
            self.wrong(key, f"“{key}”里有换行或看不见的字符（U+{ord(unseen[0]):04X}）")
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
        table.texts("kinds"),
    )


def _way(table: _Table) -> WaySaid:
    return WaySaid(
        table.word("name"), table.texts("each"), table.text("heading"), table.text("file_name"),
        table.number_or_text("at_least"),
    )  # fmt: skip


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


def _also(table: _Table) -> AlsoSaid:
    return AlsoSaid(
        table.word("title"),
        table.word("form"),
        table.text("heading"),
        table.text("mark"),
        table.texts("to"),
        table.pairs("settings"),
    )


def _other(declared: Declaration, also: AlsoSaid) -> Declaration:
    """Return a kind as it is under another title."""
    own = {name.text: text.text for name, text in also.settings}
    return replace(
        declared,
        title=also.title,
        form=also.form or declared.form,
        heading=also.heading or declared.heading,
        mark=also.mark or declared.mark,
        made_for=tuple(replace(each, to=also.to or each.to) for each in declared.made_for),
        settings=tuple(replace(each, default=own.get(each.name, each.default)) for each in declared.settings),
    )


def _annex(table: _Table) -> AnnexSaid:
    return AnnexSaid(table.word("name"), table.text("title"), table.text("when"))


def _listed(top: _Table, columns: Sequence[_Table]) -> ListSaid:
    rows, amounts, paper = map(top.text, OF_LISTS[:-1])
    return ListSaid(rows, amounts, paper, top.texts("note"), tuple(map(_column, columns)))


def _column(table: _Table) -> ColumnSaid:
    return ColumnSaid(
        table.text("head"), table.text("shows"), table.count("width", _WIDEST), table.text("align"),
        table.text("format"), table.yes_no("total", default=False),
    )  # fmt: skip
