"""All sheets that a workspace declares, read together: their names, their links, the order to read them in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.errors import Problems
from docgen.files import on_one_line
from docgen.model.names import nearest, plain
from docgen.sheets.declaring.declaration import BadSheet, ColumnDeclaration, SheetDeclaration, SheetFile
from docgen.texts import UnreadableText, texts_in

MOST_SHEETS: Final = 50


def read_declarations(
    folder: Path, shown: str, taken: Collection[str], linkable: Collection[str]
) -> tuple[SheetDeclaration, ...]:
    """Return the sheets that the files of a folder declare, each after those it links to.

    Args:
        folder: where; nothing is declared when it is not there.
        shown: the folder as messages write it.
        taken: names of sheets that no declaration may have.
        linkable: sheets that a declaration may link to besides those declared.

    Raises:
        Problems: all that is wrong.
    """
    try:
        paths = texts_in(folder, ".toml")
        doubled = [each for each in texts_in(folder, ".txt") if each.stem.lower().endswith(".toml")]
    except UnreadableText as fault:
        raise Problems((BadSheet(shown, 0, str(fault)),)) from fault
    files = [SheetFile(path.stem, on_one_line(f"{shown}/{path.name}")) for path in paths]
    for file, path in zip(files, paths, strict=True):
        file.read(path)
        file.check_name(taken)
    _check_many(files)
    links = Links({file.declaration.name: file for file in files if file.declaration}, linkable)
    links.check({file.name for file in files})
    Problems.raise_any((*_misnamed(doubled, shown), *(fault for file in files for fault in file.faults)))
    return links.ordered()


def _misnamed(paths: Sequence[Path], shown: str) -> Iterator[BadSheet]:
    """Yield a fault for each declaration to which a text editor gave another ending."""
    for each in paths:
        name = on_one_line(f"{shown}/{each.name}")
        yield BadSheet(name, 0, f"文件名多了 .txt，没有读它；请改名为“{each.stem}”")


def _check_many(files: Sequence[SheetFile]) -> None:
    if len(files) > MOST_SHEETS:
        files[MOST_SHEETS].say(f"一个工作区最多自设{MOST_SHEETS}张数据表")
    first: dict[str, str] = {}
    for file in files:
        earlier = first.setdefault(plain(file.name), file.name)
        if earlier != file.name:
            file.say(f"表名与“{earlier}”分不开，请换一个文件名")


@dataclass
class Links:
    """The links between the sheets declared and to those that every workspace has."""

    files: Mapping[str, SheetFile]
    linkable: Collection[str]

    def check(self, names: Collection[str]) -> None:
        """Report links to sheets that are not there or have no key, links to oneself, and circles.

        Args:
            names: all declared sheets, also those of which nothing could be made.
        """
        for name, file in self.files.items():
            for number, column in enumerate(self._columns(name)):
                if column.to and (why := self._refusal(name, column.to, names)):
                    file.say(f"列「{column.label}」的 to {why}", "to", number)
        for circle in self._circles():
            self.files[circle[0]].say(
                f"数据表互相关联成了一圈：{' → '.join((*circle, circle[0]))}；请去掉其中一处"
            )

    def _columns(self, name: str) -> Sequence[ColumnDeclaration]:
        declaration = self.files[name].declaration
        return declaration.columns if declaration else ()

    def _refusal(self, name: str, to: str, names: Collection[str]) -> str:
        if to == name:
            return "写的是这张表自己，不能关联自己"
        declared = self.files[to].declaration if to in self.files else None
        if declared and not declared.key:
            return f"写的是“{to}”，那张表没有 key，不能关联"
        if declared or to in self.linkable or to in names:
            return ""
        known = (*self.linkable, *(each for each in self.files if each != name))
        close = nearest(to, known, 1)
        hint = f"是不是“{close[0]}”？" if close else f"可以关联的有：{'、'.join(known)}"
        return f"写的是“{to}”，没有这样的表，{hint}"

    def _next(self, name: str) -> tuple[str, ...]:
        targets = (each.to for each in self._columns(name) if each.to in self.files and each.to != name)
        return tuple(dict.fromkeys(targets))

    def _circles(self) -> list[tuple[str, ...]]:
        """Return each circle of links once, from its first sheet by name."""
        found: dict[frozenset[str], tuple[str, ...]] = {}
        for start in self.files:
            circle = self._way_back(start)
            if circle and start == min(circle):
                found.setdefault(frozenset(circle), circle)
        return list(found.values())

    def _way_back(self, start: str) -> tuple[str, ...]:
        """Return the shortest way of links from a sheet to itself; empty when there is none."""
        ways: list[tuple[str, ...]] = [(start,)]
        seen = {start}
        while ways:
            way = ways.pop(0)
            for target in self._next(way[-1]):
                if target == start:
                    return way
                if target not in seen:
                    seen.add(target)
                    ways.append((*way, target))
        return ()

    def ordered(self) -> tuple[SheetDeclaration, ...]:
        """Return the declarations, each after those it links to; there is no circle."""
        placed: dict[str, SheetDeclaration] = {}
        for name in self.files:
            self._place(name, placed)
        return tuple(placed.values())

    def _place(self, name: str, placed: dict[str, SheetDeclaration]) -> None:
        declaration = self.files[name].declaration
        if name not in placed and declaration:
            for target in self._next(name):
                self._place(target, placed)
            placed[name] = declaration
