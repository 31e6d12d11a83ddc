"""How a writer talks with the benchmark: a line asks for documents, a line answers with the seconds they took.

    make 400         writes the next 400 documents in memory and answers their seconds
    keep 7 PATH      writes document 7 into a file and answers 0

A writer answers `ready` when its template and its contexts are loaded; the end of the input ends it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any


def serve(contexts: list[Any], write: Callable[[Any], bytes]) -> None:
    """Answer the benchmark's lines with a function that makes one document."""
    turn = cycle(contexts)
    write(contexts[0])
    print("ready", flush=True)
    for line in sys.stdin:
        words = line.rstrip("\n").split(" ", 2)
        if words[0] == "keep":
            Path(words[2]).write_bytes(write(contexts[int(words[1])]))
            print(0, flush=True)
        else:
            print(_seconds(list(islice(turn, int(words[1]))), write), flush=True)


def _seconds(contexts: list[Any], write: Callable[[Any], bytes]) -> float:
    start = time.perf_counter()
    for each in contexts:
        write(each)
    return time.perf_counter() - start


def arguments() -> Iterator[str]:
    """Yield the template's path and what the contexts are."""
    yield from sys.argv[1:3]
