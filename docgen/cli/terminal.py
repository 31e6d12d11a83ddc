"""What people see on a terminal: aligned tables, what is alike said once, a bar for long work."""

from __future__ import annotations

import shutil
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import Final

import click

from docgen.errors import Advice, DocgenError

BLANK: Final = "—"
"""What stands in a cell that has no value."""
_BETWEEN: Final = "  "
_CUT: Final = "…"
_DOCUMENT: Final = "document"


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes; a hanzi takes two."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def columns() -> int:
    """Return how many columns the terminal has; 0 for a pipe or a file, where lines may be of any length."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 0


def aligned(
    rows: Iterable[Sequence[object]], headers: Sequence[str] = (), blank: str = BLANK, most: int = 0
) -> Iterator[str]:
    """Yield a table's lines, in which nothing is cut off but the end of those longer than `most`.

    Args:
        rows: the cells, as many in each row.
        headers: of the columns, on a line of their own.
        blank: shown for None and empty texts.
        most: the columns of the terminal; 0 for any.
    """
    cells = [[_shown(each, blank) for each in row] for row in rows]
    lines = [list(headers), *cells] if headers else cells
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (text + " " * (wide - width(text)) for text, wide in zip(line, widths, strict=True))
        yield shortened(_BETWEEN.join(padded).rstrip(" "), most)


def shortened(line: str, most: int) -> str:
    """Return a line that takes no more columns than `most` (0 for any), with … at the end of one that was longer."""
    if not most or width(line) <= most:
        return line
    ends = accumulate(map(width, line))
    return line[: sum(end < most for end in ends)] + _CUT


def _shown(value: object, blank: str) -> str:
    text = "".join(each if each.isprintable() else " " for each in str(blank if value is None else value))
    return text.strip() or blank


def said_once(faults: Iterable[DocgenError]) -> Iterator[str]:
    """Yield the lines that say faults; those that differ only in their `document` are one sentence.

    Sentences about the same documents stand together, with the list of the documents below them.
    """
    gathered: dict[tuple[object, ...], list[DocgenError]] = {}
    for each in faults:
        gathered.setdefault(_sameness(each), []).append(each)
    sentences: dict[tuple[str, ...], list[str]] = {}
    for alike in gathered.values():
        documents = tuple(dict.fromkeys(_document(each) for each in alike))
        listed = documents if len(documents) > 1 else ()
        said = str(_of_all(alike[0], len(documents))) if listed else str(alike[0])
        sentences.setdefault(listed, []).append(said)
    for documents, said_of_them in sentences.items():
        yield from said_of_them
        yield from (f"    {each}" for each in documents)


def advised_once(advices: Iterable[Advice]) -> Iterator[str]:
    """Yield what advices say; those that differ only in the name they begin with are one sentence."""
    gathered: dict[tuple[str, str], list[str]] = {}
    for each in advices:
        name, _, said = each.text.partition(" ")
        gathered.setdefault((each.code, said or each.text), []).append(name if said else "")
    for (_, said), names in gathered.items():
        listed = "、".join(dict.fromkeys(names))
        yield f"{listed} {said}" if listed else said


def _sameness(fault: DocgenError) -> tuple[object, ...]:
    """Return what faults have in common that may be said in one sentence; of others, what they say."""
    if _DOCUMENT not in fault.names:
        return type(fault), id(fault)
    values = fault.values
    return type(fault), *(repr(values[name]) for name in fault.names if name != _DOCUMENT)


def _document(fault: DocgenError) -> str:
    return str(fault.values.get(_DOCUMENT, ""))


def _of_all(fault: DocgenError, count: int) -> DocgenError:
    return type(fault)(**dict(fault.values) | {_DOCUMENT: f"下列{count}件公文"})


@contextmanager
def progress_bar(label: str, *, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """Give what is told how many are done, of how many; it draws a bar on standard error, none in a pipe."""
    if not shown or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as drawn:
        begun = time.monotonic()

        def tell(done: int, total: int) -> None:
            drawn.length = total
            drawn.label = f"{label}（每秒{done / max(time.monotonic() - begun, 0.001):.0f}件）"
            drawn.update(done - drawn.pos)

        yield tell
