"""The PDF/A of each document of a bag: that of the version before where its original is the same, else made now."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from docgen.archive.bag import PAYLOAD
from docgen.archive.inventory import NAME, inventory_of
from docgen.archive.names import PDF
from docgen.errors import Problems
from docgen.office.archive.gathering import Case
from docgen.register.record import FileRole
from docgen.workspace import Workspace

Progress = Callable[[int, int], None]


class Prints:
    """Where the PDF of each document is taken from.

    Args:
        workspace: where the originals are.
        place: a folder for PDFs that are made now; made when it is needed.
        earlier: the bag of the version before, if it is at hand.
    """

    def __init__(self, workspace: Workspace, place: Path, earlier: Path | None) -> None:
        self._workspace, self._place = workspace, place
        self._known = _known(earlier) if earlier else {}

    def of(self, cases: Sequence[Case], progress: Progress | None) -> dict[int, tuple[Path, str]]:
        """Return the PDF of each document, with the digest it must have where that is known.

        Raises:
            Problems: files that LibreOffice cannot convert, or that there is none.
            CannotWrite: the disk is full.
        """
        found: dict[int, tuple[Path, str]] = {}
        missing: dict[Path, Path] = {}
        waiting: dict[int, Path] = {}
        for case in cases:
            original = next(each for each in case.files if each.role == FileRole.FINAL.value)
            known = self._known.get(original.sha256)
            if known and known[0].is_file():
                found[case.document.id] = known
                continue
            target = self._place / f"{case.document.id}.pdf"
            missing[self._workspace.root / original.path] = target
            waiting[case.document.id] = target
        if missing:
            self._make(missing, progress)
        return found | {document: (target, "") for document, target in waiting.items()}

    def _make(self, targets: Mapping[Path, Path], progress: Progress | None) -> None:
        from docgen.pdf.convert import make_pdfs

        self._place.mkdir(parents=True, exist_ok=True)
        Problems.raise_any(make_pdfs(targets, progress=progress, archival=True).faults)


def _known(bag: Path) -> dict[str, tuple[Path, str]]:
    """Return the PDFs of a bag with their digests, by the digest of the original each was made from."""
    try:
        inventory = inventory_of((bag / PAYLOAD / NAME).read_bytes())
    except (OSError, ValueError, json.JSONDecodeError):
        return {}
    found: dict[str, tuple[Path, str]] = {}
    for filed in inventory.filed:
        roles = {each.role: each for each in filed.files}
        original, made = roles.get(FileRole.FINAL.value), roles.get(PDF)
        if original and made:
            found[original.sha256] = (bag / PAYLOAD / made.path, made.sha256)
    return found
