"""The kinds of documents of a workspace: those that docgen declares, and the office's own, on the same road.

Commands and their one-line helps are read from the declarations' text alone, so that showing the help imports nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.files import reason_of

if TYPE_CHECKING:
    from docgen.documents.declaration import Declaration
    from docgen.documents.kind import Kind
    from docgen.model.records import Records
    from docgen.model.schema import Schema

_FOLDER: Final = Path(__file__).parent / "kinds"
_LINE: Final = re.compile('^(command|summary|title) = "(.+)"$', re.MULTILINE)
_MOST_KINDS: Final = 200


class UnknownKind(DocgenError):
    """No document kind has the asked name."""

    code = "kind-unknown"
    exit_code = WRONG_USE
    says = "没有“{asked}”这种公文"
    guesses = "是不是：{nearest}？"
    advises = "可用的有：{known}。"

    asked: str
    known: tuple[str, ...]

    @property
    def nearest(self) -> tuple[str, ...]:
        """Return the kinds whose names are like the one asked for."""
        from docgen.model.names import nearest

        return nearest(self.asked, self.known)


class KindUnreadable(DocgenError):
    """A declaration cannot be read as text."""

    code = "kind-unreadable"
    says = "读不出 {file}：{reason}"
    advises = "请核对这个文件；它应是 UTF-8 编码的文本。"

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


@cache
def summaries() -> dict[str, str]:
    """Return each command that drafts documents with its one-line help in Chinese."""
    found = (dict(_LINE.findall(path.read_text("utf-8"))) for path in sorted(_FOLDER.glob("*.toml")))
    return {each["command"]: each["summary"] for each in found if "command" in each}


@cache
def built_in() -> tuple[Declaration, ...]:
    """Return the kinds that docgen declares."""
    from docgen.documents.reading import read

    return tuple(
        read(path.read_text("utf-8"), _wording(path), path.name, own=False)
        for path in sorted(_FOLDER.glob("*.toml"))
    )


def _wording(path: Path) -> str:
    """Return the wording of a kind that docgen declares; a list has none."""
    wording = path.with_suffix(".txt")
    return wording.read_text("utf-8") if wording.exists() else ""


@dataclass(frozen=True)
class Catalogue:
    """The kinds of a workspace.

    Args:
        declared: those whose declarations hold, docgen's own first.
        faults: what is wrong with the others.
        schema: the record types of the workspace.
    """

    declared: tuple[Declaration, ...]
    faults: tuple[DocgenError, ...]
    schema: Schema
    _bound: dict[tuple[str, int], Kind] = field(default_factory=dict, repr=False, compare=False)

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the kinds' Chinese names."""
        return tuple(each.title for each in self.declared)

    def declaration(self, asked: str) -> Declaration:
        """Return the declared kind of a command or a Chinese name.

        Raises:
            UnknownKind: there is none of the name.
            Problems: what is wrong with the file of that name.
        """
        found = next((each for each in self.declared if asked and asked in (each.title, each.command)), None)
        if found is None:
            Problems.raise_any(each for each in self.faults if asked and asked in str(each))
            raise UnknownKind(asked, self.titles)
        return found

    def bound(self, asked: str, records: Records | None = None) -> Kind:
        """Return a kind ready to draft from the sheets, or to be checked without them.

        Raises:
            UnknownKind: there is none of the name.
            Problems: what of its declaration the workspace does not bear out.
        """
        declared = self.declaration(asked)
        key = (declared.title, id(records))
        if key not in self._bound:
            self._bound[key] = bound(declared, self.schema, records)
        return self._bound[key]

    def kinds_named_by(self, title: str) -> tuple[str, ...]:
        """Return the kinds whose signed documents a kind may name, because they handed its matters over."""
        return tuple(each for each in self.titles if each != title) if self.declaration(title).more else ()


def bound(declared: Declaration, schema: Schema, records: Records | None = None) -> Kind:
    """Return a declared kind in a workspace, its texts checked as well. Raises Problems."""
    from docgen.documents.binding import bind
    from docgen.documents.spec import text_faults

    kind = bind(declared, schema, records)
    Problems.raise_any(text_faults(kind, records))
    return kind


def read_catalogue(folder: Path, shown: str, schema: Schema) -> Catalogue:
    """Return the kinds of a workspace.

    Args:
        folder: where its own declarations lie; may be absent.
        shown: the folder as messages write it.
        schema: the record types of the workspace.
    """
    declared, faults = list(built_in()), list[DocgenError]()
    for found in _own(folder, shown):
        if isinstance(found, DocgenError):
            faults += found.faults if isinstance(found, Problems) else [found]
            continue
        other = next((each for each in declared if found.title == each.title), None)
        if other:
            faults.append(KindTaken(found.file, found.title, other.file if other.own else " docgen "))
        else:
            declared.append(found)
    return Catalogue(tuple(declared), tuple(faults), schema)


def _own(folder: Path, shown: str) -> Iterator[Declaration | DocgenError]:
    from docgen.documents.reading import read

    paths = sorted(each for each in folder.glob("*.toml") if not each.name.startswith((".", "~$")))
    for path in paths[:_MOST_KINDS]:
        name = f"{shown}/{path.name}"
        wording = path.with_suffix(".txt")
        try:
            words = _text(wording, f"{shown}/{wording.name}") if wording.exists() else ""
            yield read(_text(path, name), words, name, own=True)
        except DocgenError as fault:
            yield fault


def _text(path: Path, name: str) -> str:
    """Return a text file of the workspace. Raises KindUnreadable."""
    try:
        if not path.is_file():
            raise KindUnreadable(name, "不是普通文件")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise KindUnreadable(name, "不是 UTF-8 编码") from fault
    except OSError as fault:
        raise KindUnreadable(name, reason_of(fault)) from fault
