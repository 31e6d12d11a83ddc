"""The same refusal or advice about many documents is said once, with the list of the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from docgen.errors import Advice, DocgenError

_DOCUMENT: Final = "document"


def said_once(faults: Iterable[DocgenError]) -> Iterator[str]:
    """Yield the lines that say faults; those that differ only in their `document` are one sentence.

    Sentences about the same documents stand together, with the list of the documents below them.
    """
    gathered: dict[tuple[object, ...], list[DocgenError]] = {}
    for each in faults:
        gathered.setdefault(_sameness(each), []).append(each)
    sentences: dict[tuple[str, ...], list[str]] = {}
    for alike in gathered.values():
        documents = tuple(dict.fromkeys(_document(each) for each in alike))
        listed = documents if len(documents) > 1 else ()
        said = str(_of_all(alike[0], len(documents))) if listed else str(alike[0])
        sentences.setdefault(listed, []).append(said)
    for documents, said_of_them in sentences.items():
        yield from said_of_them
        yield from (f"    {each}" for each in documents)


def advised_once(advices: Iterable[Advice]) -> Iterator[str]:
    """Yield what advices say; those that differ only in the name they begin with are one sentence."""
    gathered: dict[tuple[str, str], list[str]] = {}
    for each in advices:
        name, _, said = each.text.partition(" ")
        gathered.setdefault((each.code, said or each.text), []).append(name if said else "")
    for (_, said), names in gathered.items():
        listed = "、".join(dict.fromkeys(names))
        yield f"{listed} {said}" if listed else said


def _sameness(fault: DocgenError) -> tuple[object, ...]:
    """Return what faults have in common that may be said in one sentence; of others, what they say."""
    if _DOCUMENT not in fault.names:
        return type(fault), id(fault)
    values = fault.values
    return type(fault), *(repr(values[name]) for name in fault.names if name != _DOCUMENT)


def _document(fault: DocgenError) -> str:
    return str(fault.values.get(_DOCUMENT, ""))


def _of_all(fault: DocgenError, count: int) -> DocgenError:
    return type(fault)(**dict(fault.values) | {_DOCUMENT: f"下列{count}件公文"})
