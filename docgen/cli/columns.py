"""Tables on the terminal, aligned by display width, in which a hanzi counts as two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from docgen.cli.chinese import width

BLANK: Final = "—"
"""What stands in a cell that has no value."""
_BETWEEN: Final = "  "


def aligned(
    rows: Iterable[Sequence[object]], headers: Sequence[str] = (), blank: str = BLANK
) -> Iterator[str]:
    """Yield a table's lines, in which nothing is cut off.

    Args:
        rows: the cells, as many in each row.
        headers: of the columns, on a line of their own.
        blank: shown for None and empty texts.
    """
    cells = [[_shown(each, blank) for each in row] for row in rows]
    lines = [list(headers), *cells] if headers else cells
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = (text + " " * (wide - width(text)) for text, wide in zip(line, widths, strict=True))
        yield _BETWEEN.join(padded).rstrip(" ")


def _shown(value: object, blank: str) -> str:
    text = "".join(each if each.isprintable() else " " for each in str(blank if value is None else value))
    return text.strip() or blank
