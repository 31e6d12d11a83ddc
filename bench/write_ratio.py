"""2,000 documents rendered and written to files, beside writing the same bytes to files alone.

    python bench/write_ratio.py [--documents 2000] [--rounds 5] [--json]

The files go into a folder in memory, where writing costs least; a second ratio is taken with every file synced to the
disk, as docgen's own commands do it.
"""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Final

from finding import AT_MOST, Finding, parser, tell, versions_of
from letters import NOTICE, Context, jinja_template, letters, notices
from timing import Seconds, in_memory, interleaved, ratio_of, spread, timed

from docgen.template.template import Template
from docgen.template.template import compile as compile_template

_SYNCED: Final = 200
"""So many documents are synced in a round; slow disks would take minutes for all."""


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--documents", type=int, default=2000)
    command.add_argument("--rounds", type=int, default=5)
    options = command.parse_args()
    with in_memory() as memory, tempfile.TemporaryDirectory() as disk:
        folder = Path(memory)
        cases = (
            ("write-word", "a default Word template", jinja_template(folder / "letter.docx"), letters),
            ("write-notice", "docgen's own notice", NOTICE, notices),
        )
        found = []
        for name, what, path, make in cases:
            taken, size = _measured(
                path, make(options.documents), (folder / name, Path(disk) / name), options.rounds
            )
            found.append(_finding(name, f"{what}, {options.documents:,} documents", taken, size))
    tell(found, versions_of("lxml", "jinja2"), as_json=options.json)


def _measured(
    path: Path, contexts: list[Context], folders: tuple[Path, Path], rounds: int
) -> tuple[Seconds, int]:
    """Return for each work and round the seconds a document took, and how many bytes one has.

    `folders` are one in memory and one on the disk.
    """
    template = compile_template(path.read_bytes(), path.name)
    ready = [template.render(each) for each in contexts]
    fresh, on_disk = map(_numbered, folders)
    works = {
        "render and write": _into(fresh, lambda place: _written(place, _rendered(template, contexts))),
        "write alone": _into(fresh, lambda place: _written(place, ready)),
        "render, write and sync": _into(
            on_disk, lambda place: _synced(place, _rendered(template, contexts[:_SYNCED]))
        ),
        "write and sync alone": _into(on_disk, lambda place: _synced(place, ready[:_SYNCED])),
        "render alone": timed(lambda: [template.render(each) for each in contexts]),
    }
    gc.collect()
    gc.freeze()
    taken = interleaved(works, rounds)
    count_of = {name: len(ready[:_SYNCED]) if "sync" in name else len(ready) for name in works}
    each = {name: [seconds / count_of[name] for seconds in all_] for name, all_ in taken.items()}
    return each, sum(map(len, ready)) // len(ready)


def _finding(name: str, what: str, taken: Seconds, size: int) -> Finding:
    figures = {label: f"{spread(seconds, 1000, 'ms', 3)} a document" for label, seconds in taken.items()}
    synced = ratio_of(taken["render, write and sync"], taken["write and sync alone"])
    return Finding(
        name,
        f"{what} rendered and written to files, one process",
        "writing the same bytes",
        ratio_of(taken["render and write"], taken["write alone"]),
        AT_MOST,
        3,
        figures
        | {"bytes a document": f"{size:,}", "ratio with every file synced to the disk": f"{synced:.2f}"},
        "Both go into a folder in memory.",
    )


def _into(fresh: Iterable[Path], write: Callable[[Path], None]) -> Callable[[], float]:
    """Return a work that writes into a new folder each time; making and removing the folder does not count."""

    def run() -> float:
        place = next(iter(fresh))
        place.mkdir(parents=True)
        seconds = timed(lambda: write(place))()
        shutil.rmtree(place)  # before the system begins to carry it to the disk under the next round
        return seconds

    return run


def _numbered(folder: Path) -> Iterator[Path]:
    """Yield folders that are not there yet."""
    return (folder / str(number) for number in count())


def _rendered(template: Template, contexts: Iterable[Context]) -> Iterable[bytes]:
    return (template.render(each) for each in contexts)


def _written(place: Path, documents: Iterable[bytes]) -> None:
    for number, data in enumerate(documents):
        (place / f"{number:05d}.docx").write_bytes(data)


def _synced(place: Path, documents: Iterable[bytes]) -> None:
    for number, data in enumerate(documents):
        with (place / f"{number:05d}.docx").open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


if __name__ == "__main__":
    main()
