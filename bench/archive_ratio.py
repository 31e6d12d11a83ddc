"""Archiving a year's documents, beside copying and hashing the same files; verifying the bag, beside hashing it.

    python bench/archive_ratio.py [--documents 1000] [--rounds 3] [--json]

The documents are an issued one of the sample workspace, copied, each with its PDF, a scan and its life; the PDFs are at
hand, as for a second version, for LibreOffice takes a thousand times as long as all else. Packing is measured as
`archive build` does it; judging opens every file as well, where the peer only hashes: what the opening costs is in the
ratio. The ratio is that of the fastest rounds.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, cast

from finding import AT_MOST, Finding, parser, tell, versions_of
from timing import interleaved, ratio_of, spread, timed

from docgen.archive.judging import judge_bag
from docgen.archive.reading import read_bag
from docgen.cli.main import run
from docgen.digests import digests_of
from docgen.office.archive.gathering import Gathered, Lying, gather
from docgen.office.archive.packing import Packing
from docgen.office.archive.prints import Prints
from docgen.office.desk import Desk, People
from docgen.workspace import Workspace

_BLOCK = 2**20


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--documents", type=int, default=1000)
    command.add_argument("--rounds", type=int, default=3)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = _findings(Path(place), options.documents, options.rounds)
    tell(found, versions_of("pypdfium2"), as_json=options.json)


def _findings(place: Path, count: int, rounds: int) -> list[Finding]:
    workspace, gathered, pdf = _year(place, count)
    codes = {each.document.id: f"J001-WS·2026-D10-BGS-{each.document.id:04}" for each in gathered.cases}
    packing = Packing(workspace, gathered, codes, 1)
    prints = cast(Prints, _AtHand(pdf))
    bag, copied = place / "bag", place / "copied"

    def build() -> None:
        shutil.rmtree(bag, ignore_errors=True)
        packing.pack(bag, prints, (), date(2026, 12, 31), None)

    def copy() -> None:
        shutil.rmtree(copied, ignore_errors=True)
        copied.mkdir()
        for case in gathered.cases:
            for file in (*(workspace.root / each.path for each in case.files), pdf):
                _copied(file, copied / f"{case.document.id}-{file.name}")

    build()
    taken = interleaved(
        {
            "build": timed(build),
            "copy": timed(copy),
            "judge": timed(lambda: judge_bag(bag)),
            "read": timed(lambda: read_bag(bag)),
            "hash": timed(lambda: _hashed(bag)),
        },
        rounds,
    )
    size = sum(each.stat().st_size for each in bag.rglob("*") if each.is_file())
    about = f"{count:,} documents, {size / 2**20:.0f} MB"
    spreads = {name: spread(seconds, digits=3) for name, seconds in taken.items()}
    return [
        Finding("archive-build", f"a bag of {about}", "copying and hashing its documents' files",
                ratio_of(taken["build"], taken["copy"]), AT_MOST, 2.0, spreads),
        Finding("archive-fixity", f"a bag of {about}, its files and manifests", "hashing its files",
                ratio_of(taken["read"], taken["hash"]), AT_MOST, 1.5, spreads),
        Finding("archive-judge", f"a bag of {about}, the four qualities, every file opened", "hashing its files",
                ratio_of(taken["judge"], taken["hash"]), AT_MOST, 1.5, spreads),
    ]  # fmt: skip


class _AtHand:
    """PDFs that are there already."""

    def __init__(self, pdf: Path) -> None:
        self._pdf = pdf

    def of(self, cases: Any, _progress: Any) -> dict[str, tuple[Path, str]]:
        return {each.original.sha256: (self._pdf, "") for each in cases}


def _year(place: Path, count: int) -> tuple[Workspace, Gathered, Path]:
    """Return a workspace with one issued document, the year with so many like it, and its PDF."""
    root = place / "workspace"
    steps: tuple[tuple[str, ...], ...] = (
        ("陶映雪", "notice", "--project", "3", "--unit", "县水利局"),
        ("万里舟", "seal", "mandate", "add", "--clause", "第二条"),
        ("方知远", "doc", "review", "1"),
        ("万里舟", "doc", "sign", "1"),
        ("陶映雪", "seal", "request", "1", "--copies", "3"),
        ("万里舟", "seal", "approve", "1"),
        ("范雨桐", "seal", "apply", "1", "--copies", "3"),
        ("陶映雪", "doc", "issue", "1", "--copies", "3"),
    )
    run(["-q", "init", str(root), "--example", "a"])
    with (root / "docgen.toml").open("a") as file:
        file.write('\n[archive]\nfonds = "J001"\nfonds_name = "机制"\n')
    for by, *step in steps:
        run(["-q", "-C", str(root), "--by", by, *step])
    from docgen.pdf.convert import make_pdfs

    original = next(root.glob("out/**/*.docx"))
    pdf = place / "one.pdf"
    make_pdfs({original: pdf}, archival=True)
    run(["-q", "-C", str(root), "--by", "陶映雪", "doc", "attach", "1", str(pdf), "--role", "扫描件"])
    workspace = Workspace.find(root)
    from datetime import datetime

    desk = Desk.at(
        workspace, People("陶映雪", "bench"), date(2026, 3, 16), lambda: datetime.now().astimezone()
    )
    with desk.register.reading() as books:
        gathered = gather(desk, 2026, books)
    (case,) = gathered.cases
    cases = tuple(_like(workspace, case, number) for number in range(1, count + 1))
    return workspace, replace(gathered, cases=cases, counted=()), pdf


def _like(workspace: Workspace, case: Any, number: int) -> Any:
    """Return a document like another, with files of its own."""
    files = []
    for each in case.files:
        source = workspace.root / each.path
        path = source.with_name(f"{number}-{source.name}")
        shutil.copyfile(source, path)
        digests = digests_of(path.read_bytes())
        files.append(Lying(each.role, workspace.shown(path), digests.sha256, digests.sm3, each.size))
    return replace(case, document=replace(case.document, id=number), files=tuple(files))


def _copied(source: Path, target: Path) -> None:
    digest = hashlib.sha256()
    with source.open("rb") as reading, target.open("wb") as writing:
        while block := reading.read(_BLOCK):
            digest.update(block)
            writing.write(block)


def _hashed(folder: Path) -> None:
    for each in folder.rglob("*"):
        if each.is_file():
            digest = hashlib.sha256()
            with each.open("rb") as file:
                while block := file.read(_BLOCK):
                    digest.update(block)


if __name__ == "__main__":
    main()
