"""The texts that a command gives to be issued (--text), and those that signed documents issued, read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from docgen.documents.given import Given, files_of
from docgen.documents.identity import MadeFor
from docgen.errors import NOT_ALLOWED, OUTSIDE_FAILED, DocgenError, Problems
from docgen.files import read_regular, reason_of
from docgen.model.mechanism import Mechanism
from docgen.model.names import plain
from docgen.register.document import Document
from docgen.workspace import Workspace


class TextNotThere(DocgenError):
    """A file that was given as a text cannot be read."""

    code = "text-not-there"
    exit_code = OUTSIDE_FAILED
    says = "{file}：读不出来（{reason}）"
    advises = "请核对 --text 后面的文件名。"

    file: str
    reason: str


class TextGone(DocgenError):
    """The text that a signed document issued is not where it was."""

    code = "text-gone"
    exit_code = NOT_ALLOWED
    says = "{name}：它印发的正文原来在 {file}，现在读不出来（{reason}）"
    advises = "请把正文放回原处再换发。"

    name: str
    file: str
    reason: str


class TextsOfOneTitle(DocgenError):
    """Several texts were given that have one title, and would be one document."""

    code = "texts-of-one-title"
    says = "{files}：题名都是《{title}》，一个题名只能印发一份"
    advises = "请只用 --text 给出其中一份，或者改题名。"

    title: str
    files: tuple[str, ...]


def given_texts(workspace: Workspace, mechanism: Mechanism, files: Sequence[str]) -> tuple[Given, ...]:
    """Return the texts of files, each once. Raises Problems: what is wrong with any, or several have one title."""
    found: list[Given] = []
    faults: list[DocgenError] = []
    for path in dict.fromkeys(Path(each).absolute() for each in files):
        try:
            found.append(_given(path, workspace, mechanism))
        except OSError as fault:
            faults.append(TextNotThere(workspace.shown(path), reason_of(fault)))
        except DocgenError as fault:
            faults.append(fault)
    Problems.raise_any((*faults, *_of_one_title(found)))
    return tuple(found)


def _of_one_title(texts: Iterable[Given]) -> Iterator[TextsOfOneTitle]:
    titled: dict[str, list[Given]] = {}
    for each in texts:
        titled.setdefault(plain(each.name), []).append(each)
    for same in titled.values():
        if len(same) > 1:
            yield TextsOfOneTitle(same[0].name, tuple(each.file for each in same))


def issued_texts(
    workspace: Workspace, mechanism: Mechanism, documents: Iterable[Document]
) -> tuple[Given, ...]:
    """Return the texts that signed documents issued, as they are now. Raises Problems: any is gone, or unfit."""
    found: dict[str, Given] = {}
    faults: list[DocgenError] = []
    for document, file in _issued(documents):
        try:
            found[file] = _given(workspace.root / file, workspace, mechanism)
        except OSError as fault:
            faults.append(TextGone(document.name, file, reason_of(fault)))
        except DocgenError as fault:
            faults.append(fault)
    Problems.raise_any(faults)
    return tuple(found.values())


def _issued(documents: Iterable[Document]) -> Iterator[tuple[Document, str]]:
    for document in documents:
        made_for = MadeFor.read(document.made_for)
        for file in files_of(made_for.things if made_for else ()):
            yield document, file


def _given(path: Path, workspace: Workspace, mechanism: Mechanism) -> Given:
    """Return the text of a file; every word must be kept. Raises OSError, FileFault, ManuscriptFault."""
    from docgen.reform.issued import read_manuscript

    shown = workspace.shown(path)
    return Given(mechanism, read_manuscript(read_regular(path), shown), shown)
