"""The kinds of documents as shells list them, without loading any, and as a new workspace begins with them."""

from __future__ import annotations

from docgen.documents.declared import catalogue


def summaries() -> dict[str, str]:
    """Return each command that drafts documents with its one-line help in Chinese."""
    return catalogue.summaries()


def kind_rows() -> list[dict[str, str]]:
    """Return the rows with which the sheet 文种 of a new workspace begins: the kinds that are signed, by name.

    Their 机关代字 is the office's to fill in; until then such a kind is not drafted.
    """
    return [{"kind": each.title} for each in catalogue.built_in() if each.signed]
