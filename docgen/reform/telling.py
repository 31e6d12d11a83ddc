"""The parts of a draft as plain values: what `docgen read` gives to programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docgen.lint.recognition.words import kind_of
from docgen.reform.draft import Cell, Line, Note, Picture, Table
from docgen.reform.paper import Annex, Caption, Figure, Item, Names, Paper, Person, Roster, Salutation, Text


def told(paper: Paper) -> dict[str, Any]:
    """Return the elements of a draft; what it has not is empty. Places are its paragraphs, from 1."""
    title = "".join(paper.title)
    return {
        "form": paper.form.value,
        "kind": kind_of(title),
        "copy_number": paper.corner.copy_number,
        "secrecy": paper.corner.secrecy,
        "urgency": paper.corner.urgency,
        "mark": list(paper.organs),
        "number": paper.number,
        "serial": paper.serial,
        "signatories": list(paper.signatories),
        "issued": list(filter(None, paper.issued)),
        "above": _items((*paper.above, *paper.below_head)),
        "title": title,
        "title_lines": list(paper.title),
        "below_title": list(paper.below_title),
        "addressees": paper.addressees or paper.moved,
        "body": _items(paper.body),
        "annexes": list(paper.annexes),
        "signature": list(paper.signature),
        "date": paper.date,
        "notes": [line.words for line in paper.notes],
        "after": _items(paper.after),
        "attached": list(map(_annex, paper.attached)),
        "copies": paper.copies,
        "receivers": dict(paper.receivers),
        "printer": paper.printer,
        "printed": paper.printed,
        "places": {name: list(each) for name, each in paper.places.items()},
    }


def _annex(annex: Annex) -> dict[str, Any]:
    return {"label": annex.label, "title": "".join(annex.title), "body": _items(annex.items)}


def _items(items: Sequence[Item]) -> list[dict[str, Any]]:
    return list(map(_item, items))


def _item(item: Item) -> dict[str, Any]:
    match item:
        case Text():
            return {"element": "text", "level": item.level, **_line(item.line)}
        case Table():
            return {"element": "table", "paragraph": item.place, "rows": _rows(item)}
        case Names() | Roster():
            return _people(item)
        case Salutation():
            return {"element": "addressees", **_line(item.line)}
        case Caption():
            return {"element": "caption", **_line(item.line)}
        case Figure():
            return {"element": "picture", **_line(item.line)}


def _people(item: Names | Roster) -> dict[str, Any]:
    """Return a list of names, or a roster."""
    if isinstance(item, Names):
        return {"element": "names", "label": item.label, **_line(item.line)}
    groups = [{"label": label, "people": list(map(_person, people))} for label, people in item.groups]
    return {"element": "roster", "paragraph": item.place, "groups": groups}


def _person(person: Person) -> dict[str, str]:
    return {"name": person.name, "post": person.post}


def _line(line: Line) -> dict[str, Any]:
    """Return the words of a line, and what of it is no word, where there is any."""
    found: dict[str, Any] = {"paragraph": line.place, "words": line.words}
    notes = ["".join(each.words for each in thing.lines) for thing in line.things if isinstance(thing, Note)]
    links = list(dict.fromkeys(piece.link for piece in line.pieces if piece.link))
    pictures = sum(isinstance(thing, Picture) for thing in line.things)
    return found | {
        name: each for name, each in (("notes", notes), ("links", links), ("pictures", pictures)) if each
    }


def _rows(table: Table) -> list[list[dict[str, Any]]]:
    return [list(map(_cell, row)) for row in table.rows]


def _cell(cell: Cell) -> dict[str, Any]:
    found: dict[str, Any] = {"words": cell.words}
    if cell.span > 1:
        found["span"] = cell.span
    if cell.merge:
        found["merge"] = cell.merge
    return found
