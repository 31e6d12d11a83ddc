"""Who may write into the data sheets now: one process at a time, and none while a workbook is open elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from docgen.errors import NOT_ALLOWED, DocgenError, Problems
from docgen.office.desk import Desk
from docgen.office.kind_folders import LOCKS
from docgen.rooms import alone_in


class BookOpen(DocgenError):
    """A workbook that is to be written is open in another program, which would write its own over it."""

    code = "write-open"
    exit_code = NOT_ALLOWED
    says = "{book} 正在其他程序中打开（有锁文件 {lock}），没有写入"
    advises = "请保存并关闭它，再运行一次；确已关闭的，删去这个锁文件。"

    book: str
    lock: str


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


def refuse_open(folder: Path, books: Iterable[str]) -> None:
    """Raise Problems for workbooks beside which a word processor has laid down its lock: Excel, WPS, LibreOffice."""
    Problems.raise_any(
        BookOpen(name, lock)
        for name in books
        for lock in (*(f"{each}{name}" for each in LOCKS), f".~lock.{name}#")
        if os.path.lexists(folder / lock)
    )
