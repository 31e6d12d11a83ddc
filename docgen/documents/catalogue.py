"""The kinds of documents that docgen knows: every module of this folder that has a `SUMMARY` and a `KIND`.

Commands are listed from the source text alone, so that showing the help imports no kind.
"""

from __future__ import annotations

import importlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from docgen.documents.kind import Kind

_SUMMARY: Final = re.compile(r'^SUMMARY: Final = "(.+)"$', re.MULTILINE)
_FOLDER: Final = Path(__file__).parent


@cache
def summaries() -> dict[str, str]:
    """Return each command that drafts documents with its one-line help in Chinese."""
    found = ((path.stem, _SUMMARY.search(path.read_text("utf-8"))) for path in sorted(_FOLDER.glob("*.py")))
    return {stem.replace("_", "-"): match[1] for stem, match in found if match}


def kind_of(command: str) -> Kind:
    """Return the kind that a command drafts. Raises KeyError for a command that drafts none."""
    if command not in summaries():
        raise KeyError(command)
    module = importlib.import_module(f"docgen.documents.{command.replace('-', '_')}")
    kind: Kind = module.KIND
    return kind


def kinds() -> tuple[Kind, ...]:
    """Return all kinds."""
    return tuple(kind_of(command) for command in summaries())


def kind_titled(title: str) -> Kind:
    """Return the kind of a Chinese name. Raises KeyError for a name no kind has."""
    return {each.title: each for each in kinds()}[title]
