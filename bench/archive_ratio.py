"""Archiving a year's documents, beside copying and hashing the same files; verifying the bag, beside hashing it.

    python bench/archive_ratio.py [--documents 200] [--rounds 3] [--in DIR [--keep]] [--json]

The documents are notices of a big workspace, drafted, signed, sealed and issued, each with a scan of its own. Archiving
is what `archive build` does with a bag of the year at hand, when something was recorded since: all of the year is
gathered from the register, reconciled, written whole as a further version, brought to the disk and recorded. With
nothing new the same is worked out, and not written. The first bag is written with PDFs that are at hand, for
LibreOffice takes a thousand times as long as all else; how long that one takes is told as well. Verifying is measured
as `archive verify` does it, every file opened, and as `--quick` does, which believes what was found when the bag was
built. Times are those that pass, the least of the rounds: archiving and verifying take all cores, the copy beside them
has one, as a plain program would. With `--keep` a year of 10,000 documents (`--documents 10000`, 30 GB, twenty minutes)
is made once and measured again by the next call.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

from big_workspace import build as build_big
from finding import AT_MOST, Finding, parser, tell, versions_of
from life_ratio import CLERK, desk_of, live
from timing import Seconds, collect_as_commands, interleaved, ratio_of, spread, timed

from docgen.archive.reading import read_bag
from docgen.office.archive import building
from docgen.office.archive.building import build
from docgen.office.archive.judged import judge
from docgen.office.archive.openness import decide
from docgen.office.life.attachments import attach
from docgen.pdf.convert import make_pdfs
from docgen.register.record import FileRole
from docgen.workspace import BAGS

_YEAR: Final = 2026
_BLOCK: Final = 2**20
_SETTINGS: Final = '\n[archive]\nfonds = "J001"\nfonds_name = "机制"\n'


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--documents", type=int, default=200)
    command.add_argument("--rounds", type=int, default=3)
    command.add_argument(
        "--in", dest="place", type=Path, help="a folder with room; a temporary one if not given"
    )
    command.add_argument(
        "--keep", action="store_true", help="leave the year in that folder, and take it from there"
    )
    options = command.parse_args()
    collect_as_commands()
    if options.keep:
        options.place.mkdir(parents=True, exist_ok=True)
        found = _findings(options.place, options.documents, options.rounds)
    else:
        with tempfile.TemporaryDirectory(dir=options.place) as place:
            found = _findings(Path(place), options.documents, options.rounds)
    tell(found, versions_of("pypdfium2"), as_json=options.json)


def _findings(place: Path, wanted: int, rounds: int) -> list[Finding]:
    root, printed, copied = place / "workspace", place / "printed", place / "copied"
    if not root.exists():
        build_big(root, wanted)
        with (root / "docgen.toml").open("a") as file:
            file.write(_SETTINGS)
        live(root)
        _scan_all(root, printed)
    first = None if (root / BAGS).exists() else _first(root, printed)
    taken = interleaved(
        {
            "archiving": lambda: _further(root),
            "archiving with nothing new": _passed(lambda: build(desk_of(root, CLERK), _YEAR, None)),
            "copying and hashing": _passed(lambda: _copy(_packed(root, _bag(root)), copied)),
            "verifying, every file opened": _passed(lambda: judge(_bag(root))),
            "verifying quickly": _passed(lambda: judge(_bag(root), quick=True)),
            "verifying digests alone": _passed(lambda: read_bag(_bag(root))),
            "hashing": _passed(lambda: _hash(_bag(root))),
        },
        rounds,
    )
    shutil.rmtree(copied)
    spreads = {name: spread(seconds, digits=3) for name, seconds in taken.items()}
    if first is not None:
        spreads["archiving for the first time, PDFs at hand"] = f"{first:.3f} s"
    return list(_ratios(taken, spreads, _size(root)))


def _ratios(taken: Seconds, spreads: dict[str, str], about: str) -> Iterator[Finding]:
    for name, what, numerator, peer, aim in (
        ("archive-build", "archived again with something new", "archiving", "copying and hashing", 2.0),
        ("archive-same", "archived again with nothing new", "archiving with nothing new", "copying and hashing", 2.0),
        ("archive-fixity", "its digests verified", "verifying digests alone", "hashing", 1.5),
        ("archive-quick", "verified with --quick", "verifying quickly", "hashing", 1.5),
        ("archive-judge", "the four qualities, every file opened", "verifying, every file opened", "hashing", 1.5),
    ):  # fmt: skip
        found = ratio_of(taken[numerator], taken[peer])
        yield Finding(name, f"{about}: {what}", f"{peer} the same files", found, AT_MOST, aim, spreads)


def _further(root: Path) -> float:
    """Record something, and archive what is new; return the time the latter takes. The version before makes room."""
    former, desk = _bag(root), desk_of(root, CLERK)
    decide(desk, ["1"], "开放" if _version(former) % 2 else "控制", "复核")
    seconds = _passed(lambda: build(desk_of(root, CLERK), _YEAR, None))()
    shutil.rmtree(former)
    return seconds


def _bag(root: Path) -> Path:
    return max((root / BAGS).glob("*版"), key=_version)


def _version(bag: Path) -> int:
    return int(bag.name.rpartition("第")[2].removesuffix("版"))


def _size(root: Path) -> str:
    with desk_of(root, CLERK).register.reading() as books:
        count = len(books.documents())
    size = sum(each.stat().st_size for each in _bag(root).rglob("*") if each.is_file())
    return f"a bag of {count:,} documents, {size / 2**20:.0f} MB"


def _scan_all(root: Path, printed: Path) -> None:
    """Attach to every document a scan of its own, and put a PDF of its original in a folder, by its digest."""
    import pypdfium2

    printed.mkdir()
    desk = desk_of(root, CLERK)
    with desk.register.reading() as books:
        finals = [each for each in books.files() if each.role == FileRole.FINAL.value]
    pdf, scan = printed / "one.pdf", printed / "scan.pdf"
    make_pdfs({root / finals[0].id: pdf}, archival=True)
    pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil().convert("L").save(scan, "PDF")
    data, scanned = pdf.read_bytes(), scan.read_bytes()
    for number, each in enumerate(finals, 1):
        (printed / f"{each.sha256}.pdf").write_bytes(data + b"%% %d\n" % number)
        scan.write_bytes(scanned + b"%% scan %d\n" % number)
        attach(desk, str(each.document), [scan], FileRole.SCAN, "")


def _first(root: Path, printed: Path) -> float:
    """Archive for the first time; return the time it takes."""
    with patch.object(building, "Prints", _at_hand(printed)):
        return _passed(lambda: build(desk_of(root, CLERK), _YEAR, None))()


def _at_hand(printed: Path) -> Callable[..., Any]:
    """Return what gives PDFs that are there already."""

    class AtHand:
        def __init__(self, *_: Any) -> None:
            """Nothing is made."""

        def of(self, cases: Sequence[Any], _progress: Any) -> dict[str, tuple[Path, str]]:
            """Return the PDF of each original."""
            digests = (each.original.sha256 for each in cases)
            return {each: (printed / f"{each}.pdf", "") for each in digests}

    return AtHand


def _packed(root: Path, bag: Path) -> list[Path]:
    """Return the files that a bag is made of: those on record, and the PDFs of the bag at hand."""
    with desk_of(root, CLERK).register.reading() as books:
        recorded = [root / each.id for each in books.files() if each.role != FileRole.BAG.value]
    return [*(each for each in recorded if each.is_file()), *bag.glob("data/文件/*/正本.pdf")]


def _passed(work: Callable[[], object]) -> Callable[[], float]:
    return timed(work)


def _copy(files: Sequence[Path], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, source in enumerate(files):
        digest = hashlib.sha256()
        with source.open("rb") as reading, (folder / str(number)).open("wb") as writing:
            while block := reading.read(_BLOCK):
                digest.update(block)
                writing.write(block)


def _hash(folder: Path) -> None:
    for each in folder.rglob("*"):
        if each.is_file():
            digest = hashlib.sha256()
            with each.open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)


if __name__ == "__main__":
    main()
