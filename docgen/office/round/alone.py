"""One process at a time writes into the office's data sheets, from what it reads of them to what it notes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from docgen.office.desk import Desk
from docgen.rooms import alone_in


@contextmanager
def alone(desk: Desk, *, when: bool = True) -> Iterator[None]:
    """Wait until nobody else writes into the sheets, and keep others waiting.

    What is decided from the sheets is read within, or two collections at once would each write what the other did not
    know, and under one number.

    Args:
        desk: whose sheets.
        when: whether anything is to be written.
    """
    with alone_in(desk.workspace.data) if when else nullcontext():
        yield
