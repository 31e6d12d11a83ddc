"""The kinds of documents as shells list them, without loading any."""

from __future__ import annotations

from docgen.documents import catalogue


def summaries() -> dict[str, str]:
    """Return each command that drafts documents with its one-line help in Chinese."""
    return catalogue.summaries()
