"""The PDF/A of each original of a bag, and of files that last in no other way: of the version before, or made now."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from docgen.archive.bag import PAYLOAD
from docgen.archive.inventory import Inventory
from docgen.archive.names import COPY, PDF
from docgen.errors import DocgenError, Problems
from docgen.office.archive.faults import PrintUnfit
from docgen.office.archive.gathering import Case
from docgen.pdf.faults import without_glyphs
from docgen.register.record import FileRole
from docgen.workspace import Workspace

WORD: Final = ".docx"
Progress = Callable[[int, int], None]


class Prints:
    """Where the PDF of each document is taken from.

    Args:
        workspace: where the originals are.
        place: a folder for PDFs that are made now; made when it is needed.
        earlier: the bag of the version before, if it is at hand.
        inventory: what it says of itself.
    """

    def __init__(
        self,
        workspace: Workspace,
        place: Path,
        earlier: Path | None = None,
        inventory: Inventory | None = None,
    ) -> None:
        self._workspace, self._place = workspace, place
        self._known = _known(earlier, inventory) if earlier and inventory else {}
        self._made: dict[str, Path] = {}

    def of(self, cases: Sequence[Case], progress: Progress | None) -> dict[str, tuple[Path, str]]:
        """Return the PDF of each file that needs one, by its SHA-256, with the digest it must have where that is known.

        What was made once is not made again.

        Raises:
            Problems: files that LibreOffice cannot convert, or that there is none; hanzi that no font has.
            CannotWrite: the disk is full.
        """
        found: dict[str, tuple[Path, str]] = {}
        missing: dict[str, Path] = {}
        for each in (one for case in cases for one in case.files):
            if each.role != FileRole.FINAL.value and not each.needs_pdf:
                continue
            known = self._known.get(each.sha256)
            if each.sha256 in self._made:
                found[each.sha256] = (self._made[each.sha256], "")
            elif known and known[0].is_file():
                found[each.sha256] = known
            else:
                missing.setdefault(each.sha256, self._workspace.root / each.path)
        made = {digest: self._place / f"{digest}.pdf" for digest in missing}
        if missing:
            self._make({missing[digest]: target for digest, target in made.items()}, progress)
            self._made |= made
        return found | {digest: (target, "") for digest, target in made.items()}

    def _make(self, targets: Mapping[Path, Path], progress: Progress | None) -> None:
        from docgen.pdf.convert import make_pdfs

        self._place.mkdir(parents=True, exist_ok=True)
        old = [each for each in targets if each.suffix.lower() != WORD]
        with tempfile.TemporaryDirectory(prefix="docgen-", ignore_cleanup_errors=True) as place:
            words = _as_word(old, Path(place))
            sources = {words.get(each, each): target for each, target in targets.items()}
            found = make_pdfs(sources, progress=progress, archival=True)
        named = {words.get(each, each): self._workspace.shown(each) for each in targets}
        boxes = [
            PrintUnfit(named[each], f"{without_glyphs(hanzi)}，PDF 里是空框")
            for each, hanzi in found.unshown.items()
        ]
        Problems.raise_any((*found.faults, *boxes))


def _as_word(files: Sequence[Path], place: Path) -> dict[Path, Path]:
    """Return files of other word processors as .docx in a folder. Raises Problems: those that cannot be read."""
    from docgen.pdf.libreoffice import to_word

    if not files:
        return {}
    found, faults = {}, list[DocgenError]()
    with closing(to_word(files, place)) as made:
        for each in made:
            if isinstance(each.result, DocgenError):
                faults.append(each.result)
            else:
                found[files[each.place]] = each.result
    Problems.raise_any(faults)
    return found


def _known(bag: Path, inventory: Inventory) -> dict[str, tuple[Path, str]]:
    """Return the PDFs of a bag with their digests, by the digest of the original each was made from."""
    found: dict[str, tuple[Path, str]] = {}
    for filed in inventory.filed:
        digests = {each.path: each.sha256 for each in filed.files}
        original = next((each.path for each in filed.files if each.role == FileRole.FINAL.value), "")
        for each in filed.files:
            source = {PDF: original, COPY: each.made_from}.get(each.role, "")
            if source in digests:
                found[digests[source]] = (bag / PAYLOAD / each.path, each.sha256)
    return found
