"""A progress bar on a terminal, on standard error; none in a pipe, with `--json` or with `-q`."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from docgen.cli.shell import Shell


@contextmanager
def bar(shell: Shell, label: str) -> Iterator[Callable[[int, int], None]]:
    """Give what is told how many are done, of how many; it draws a bar where one can be seen."""
    if shell.as_json or shell.loudness < 0 or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr, show_pos=True) as drawn:
        begun = time.monotonic()

        def tell(done: int, total: int) -> None:
            drawn.length = total
            drawn.label = f"{label}（每秒{done / max(time.monotonic() - begun, 0.001):.0f}件）"
            drawn.update(done - drawn.pos)

        yield tell
