"""The kinds of documents of a workspace: those that docgen declares, and the office's own, on the same road.

Titles, commands and their one-line helps are read from the declarations' text alone, so that showing the help imports
nothing and drafting one kind reads no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.files import on_one_line

if TYPE_CHECKING:
    from docgen.documents.declared.declaration import Declaration
    from docgen.documents.declared.kind import Kind
    from docgen.documents.declared.reading import AsFar
    from docgen.model.records import Records
    from docgen.model.schema import Schema

_FOLDER: Final = Path(__file__).parent.parent / "kinds"
_LINE: Final = re.compile('^(?:(command|summary|title) = "(.+)"|\\[\\[(.+)]])$', re.MULTILINE)
_LINE_TOLD: Final = "第[0-9]+行"
_MOST_KINDS: Final = 200
_NAMED: Final = 5
_NAMED_IN_CONDITIONS: Final = frozenset(("settings", "rows"))
"""Parts of a declaration whose names conditions, dates and further lists use."""


class UnknownKind(DocgenError):
    """No document kind has the asked name."""

    code = "kind-unknown"
    exit_code = WRONG_USE
    says = "没有“{asked}”这种公文"
    guesses = "是不是：{nearest}？{others}"
    advises = "可用的有：{known}。{others}"

    asked: str
    known: tuple[str, ...]
    faulty: tuple[str, ...] = ()

    @property
    def nearest(self) -> tuple[str, ...]:
        """Return the kinds whose names are like the one asked for."""
        from docgen.model.names import nearest

        return nearest(self.asked, self.known)

    @property
    def others(self) -> str:
        """Say that declarations are left out because they are wrong: the kind may be among them."""
        named = "、".join(self.faulty[:_NAMED])
        return f"声明有误、没有算在内的有：{named}，请运行 docgen kind check。" if named else ""


class KindPassedOver(DocgenError):
    """A file lies among declarations that is none and belongs to none."""

    code = "kind-file-passed-over"
    says = "{file}：{why}，没有读它"
    advises = "{next_step}"

    file: str
    why: str
    next_step: str


class TooManyKinds(DocgenError):
    """A workspace declares more kinds than are read."""

    code = "kinds-too-many"
    says = "{folder} 里有{found}份声明，最多读{most}份"
    advises = "请把不用的移到别处；没有读到的从 {first} 起。"

    folder: str
    found: int
    most: int
    first: str


class KindUnreadable(DocgenError):
    """A declaration cannot be read as text."""

    code = "kind-unreadable"
    says = "{file}：{reason}"

    file: str
    reason: str


class KindTaken(DocgenError):
    """Two declarations are of one name."""

    code = "kind-taken"
    says = "{file}：文种“{title}”已由{other}声明"
    advises = "请换一个名称；随附的文种请在“文种”“文种设置”表和模板中修改。"

    file: str
    title: str
    other: str


@dataclass(frozen=True)
class _Named:
    """A file that declares kinds of docgen's: their titles, and the command that drafts them with its help."""

    path: Path
    titles: tuple[str, ...]
    command: str
    summary: str


@cache
def _named() -> tuple[_Named, ...]:
    """Return the files of docgen's own declarations, in order."""
    return tuple(_names_in(path) for path in sorted(_FOLDER.glob("*.toml")))


def _names_in(path: Path) -> _Named:
    """Return what a declaration's text says of its names, at its top and where it says other titles (`[[also]]`)."""
    table, top, titles = "", dict[str, str](), list[str]()
    for key, value, begun in _LINE.findall(path.read_text("utf-8")):
        table = begun or table
        if key == "title" and table in ("", "also"):
            titles.append(value)
        elif key and not table:
            top[key] = value
    return _Named(path, tuple(titles), top.get("command", ""), top.get("summary", ""))


@cache
def summaries() -> dict[str, str]:
    """Return each command that drafts documents with its one-line help in Chinese."""
    commands = [(each.command, each.summary) for each in _named() if each.command]
    firsts = dict(reversed(commands))  # of several kinds of one command the first speaks for it
    return {command: firsts[command] for command, _ in commands}


def built_in() -> tuple[Declaration, ...]:
    """Return the kinds that docgen declares."""
    return tuple(each for named in _named() for each in _declared(named.path))


def built_in_of(command: str) -> tuple[Declaration, ...]:
    """Return the kinds that docgen declares for a command."""
    return tuple(each for named in _named() if named.command == command for each in _declared(named.path))


@cache
def _declared(path: Path) -> tuple[Declaration, ...]:
    """Return the kinds that one of docgen's files declares."""
    from docgen.documents.declared.reading import read_all

    return tuple(read_all(path.read_text("utf-8"), _wording(path), path.name, own=False))


def _wording(path: Path) -> str:
    """Return the wording of a kind that docgen declares; a list has none."""
    wording = path.with_suffix(".txt")
    return wording.read_text("utf-8") if wording.exists() else ""


@dataclass(frozen=True)
class Catalogue:
    """The kinds of a workspace: docgen's, and its own. One of docgen's is read when it is asked for.

    Args:
        own: the workspace's own whose declarations hold.
        faults: what is wrong with the others.
        schema: the record types of the workspace.
    """

    own: tuple[Declaration, ...]
    faults: tuple[DocgenError, ...]
    schema: Schema
    _bound: dict[tuple[str, int], Kind] = field(default_factory=dict, repr=False, compare=False)

    @property
    def declared(self) -> tuple[Declaration, ...]:
        """Return all kinds whose declarations hold, docgen's first."""
        return (*built_in(), *self.own)

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the kinds' Chinese names."""
        return (*_titles(), *(each.title for each in self.own))

    @property
    def faulty(self) -> tuple[str, ...]:
        """Return the files of declarations that do not hold."""
        return tuple(dict.fromkeys(each.values["file"] for each in self.faults if "file" in each.values))

    def declaration(self, asked: str) -> Declaration:
        """Return the declared kind of a command or a Chinese name.

        Raises:
            UnknownKind: there is none of the name.
            Problems: what is wrong with the file of that name.
        """
        found = next((each for each in self._called(asked) if asked), None)
        if found is None:
            Problems.raise_any(each for each in self.faults if asked and asked in str(each))
            raise UnknownKind(asked, self.titles, self.faulty)
        return found

    def titled(self, title: str) -> Declaration | None:
        """Return the kind of a Chinese name; None where its declaration is gone or does not hold."""
        return next((each for each in self._called(title) if each.title == title), None)

    def _called(self, asked: str) -> Iterator[Declaration]:
        """Yield the kinds of a command or a Chinese name, docgen's first, and read no other."""
        named = (each.path for each in _named() if asked in (each.command, *each.titles))
        known = chain(chain.from_iterable(map(_declared, named)), self.own)
        return (each for each in known if asked in (each.title, each.command))

    def family(self, asked: str) -> tuple[str, ...]:
        """Return the names of all kinds that a command drafts; for a kind's own name that one.

        Raises as `declaration`.
        """
        found = self.declaration(asked)
        if asked != found.command:
            return (found.title,)
        return tuple(each.title for each in (*built_in_of(asked), *self.own) if each.command == asked)

    def bound(self, asked: str, records: Records | None = None) -> Kind:
        """Return a kind ready to draft from the sheets, or to be checked without them.

        Raises:
            UnknownKind: there is none of the name.
            Problems: what of its declaration the workspace does not bear out.
        """
        key = (self.declaration(asked).title, id(records))
        if key not in self._bound:
            kind, faults = self.as_far(asked, records)
            Problems.raise_any(faults)
            assert kind is not None  # noqa: S101  without a kind there are faults
            self._bound[key] = kind
        return self._bound[key]

    def as_far(self, asked: str, records: Records | None = None) -> tuple[Kind | None, list[DocgenError]]:
        """Return a kind without what of it the workspace does not bear out, and that; None where it is for nothing.

        Raises as `declaration`.
        """
        kind, faults = _as_far(self.declaration(asked), self.schema, records)
        return kind, [*faults, *(self._unknown_kinds(kind) if kind else ())]

    def _unknown_kinds(self, kind: Kind) -> Iterator[DocgenError]:
        """Yield the kinds that a kind is made for documents of and that there are not."""
        from docgen.documents.declared.declaration import KindFault
        from docgen.documents.issued import Paper
        from docgen.model.names import nearest

        for said, variant in zip(kind.declared.made_for, kind.variants, strict=True):
            for each in said.kinds if variant.source.holds is Paper else ():
                if each.text not in self.titles:
                    near = nearest(each.text, self.titles, 1)
                    words = f"没有“{each.text}”这种公文，有：{'、'.join(self.titles)}"
                    yield KindFault(kind.declared.file, each.place, words, near)


def bound(declared: Declaration, schema: Schema, records: Records | None = None) -> Kind:
    """Return a declared kind in a workspace, its texts checked as well. Raises Problems."""
    kind, faults = _as_far(declared, schema, records)
    Problems.raise_any(faults)
    assert kind is not None  # noqa: S101  without a kind there are faults
    return kind


def _as_far(
    declared: Declaration, schema: Schema, records: Records | None = None, *, texts: bool = True
) -> tuple[Kind | None, list[DocgenError]]:
    """Return a kind without what is wrong with it, and that; names that hang on what is wrong are not judged.

    `texts` says whether the names are judged that its texts show.
    """
    from docgen.documents.declared.binding import bind
    from docgen.documents.declared.spec import text_faults

    kind, faults = bind(declared, schema, records)
    return kind, [*faults, *(text_faults(kind, records) if kind and texts else ())]


def read_catalogue(folder: Path, shown: str, schema: Schema) -> Catalogue:
    """Return the kinds of a workspace.

    Args:
        folder: where its own declarations lie; may be absent.
        shown: the folder as messages write it.
        schema: the record types of the workspace.
    """
    own: list[Declaration] = []
    faults: list[DocgenError] = []
    taken = {title.casefold(): " docgen " for title in _titles()}
    for found in _own(folder, shown, schema):
        if isinstance(found, DocgenError):
            faults += found.faults if isinstance(found, Problems) else [found]
        elif found.title.casefold() in taken:
            faults.append(KindTaken(found.file, found.title, taken[found.title.casefold()]))
        else:
            taken[found.title.casefold()] = found.file
            own.append(found)
    return Catalogue(tuple(own), tuple(faults), schema)


def _titles() -> tuple[str, ...]:
    """Return the names of docgen's kinds."""
    return tuple(title for named in _named() for title in named.titles)


def _own(folder: Path, shown: str, schema: Schema) -> Iterator[Declaration | DocgenError]:
    """Yield each kind that a folder declares, or what is wrong with it; and what lies there and is not read."""
    from docgen.texts import UnreadableText, texts_in

    try:
        paths, wordings = texts_in(folder, ".toml"), texts_in(folder, ".txt")
        templates = texts_in(folder, ".docx")
    except UnreadableText as fault:
        yield KindUnreadable(shown, str(fault))
        return
    for path in paths[:_MOST_KINDS]:
        wording = next((each for each in wordings if each.stem == path.stem), None)
        yield from _read(path, wording, shown, schema)
    if len(paths) > _MOST_KINDS:
        yield TooManyKinds(shown, len(paths), _MOST_KINDS, on_one_line(paths[_MOST_KINDS].name))
    yield from _passed_over((*wordings, *templates), {each.stem for each in paths}, shown)


def _read(
    path: Path, wording: Path | None, shown: str, schema: Schema
) -> Sequence[Declaration | DocgenError]:
    from docgen.documents.declared.reading import read_as_far

    try:
        words = _text(wording, shown) if wording else ""
        found = read_as_far(_text(path, shown), words, on_one_line(f"{shown}/{path.name}"), own=True)
    except DocgenError as fault:
        return (fault,)
    return (Problems((*found.faults, *_further(found, schema))),) if found.faults else found.declared


def _further(found: AsFar, schema: Schema) -> Iterator[DocgenError]:
    """Yield what else is wrong with a declaration that has faults, as far as it can be judged, on other lines."""
    from docgen.documents.declared.declaration import FORMS
    from docgen.standard.forms.wording import parse

    said = found.declared[0]
    told = {line for each in found.faults for line in re.findall(_LINE_TOLD, str(each))}
    form = said.form if said.form in FORMS else FORMS[0]
    if said.made_for and found.unread.isdisjoint(_NAMED_IN_CONDITIONS):
        whole = replace(said, form=form, more="")
        for each in _as_far(whole, schema, texts=not found.unread)[1]:
            if told.isdisjoint(re.findall(_LINE_TOLD, str(each))):
                yield each
    try:
        if said.wording.strip():  # else its template may be a .docx
            parse(said.wording, said.wording_file)
    except Problems as wrong:
        yield from wrong.faults


def _passed_over(paths: Sequence[Path], declared: set[str], shown: str) -> Iterator[KindPassedOver]:
    """Yield the files that somebody may take for read: wordings of no declaration, and templates."""
    for each in paths:
        name = on_one_line(f"{shown}/{each.name}")
        if each.suffix.lower() == ".docx":
            yield KindPassedOver(name, "模板不放在这里", "请移到 templates/docx，文件名用文种的名称。")
        elif each.stem.lower().endswith(".toml"):
            yield KindPassedOver(name, "文件名多了 .txt", f"请改名为“{on_one_line(each.stem)}”。")
        elif each.stem not in declared:
            write = f"请写 {on_one_line(each.stem)}.toml（可用 docgen kind new 写一份），或移走这个文件。"
            yield KindPassedOver(name, "没有同名的声明", write)


def _text(path: Path, shown: str) -> str:
    """Return a text file of the workspace. Raises KindUnreadable."""
    from docgen.texts import UnreadableText, read_text

    try:
        return read_text(path, within=(path.parent.parent,))
    except UnreadableText as fault:
        raise KindUnreadable(on_one_line(f"{shown}/{path.name}"), str(fault)) from fault
