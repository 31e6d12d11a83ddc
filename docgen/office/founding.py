"""A new workspace from an office's own founding circular: sheets filled in with what it says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError
from docgen.founding.proposal import MECHANISM, Open, Proposal
from docgen.founding.reading import read_founding
from docgen.model.item import Item
from docgen.model.kind_row import KindRow
from docgen.model.member import Person
from docgen.model.unit import Unit
from docgen.office.formatting import as_drafts
from docgen.office.kinds import kind_rows
from docgen.opc.guard import bytes_of
from docgen.sheets.writing.sourced import Rows, report_workbook, sourced_workbooks
from docgen.workspace import create

REPORT: Final = "待补和待核.xlsx"
KEPT: Final = "设立文件"


class NotOneFile(DocgenError):
    """A folder was named where the founding text is wanted."""

    code = "founding-not-a-file"
    exit_code = WRONG_USE
    says = "{path} 是文件夹，设立文件要指明一个文件"
    advises = "请写出印发通知或工作机制文本的文件名（.docx、.md、.txt，也可以是 .doc、.wps、.odt、.rtf）。"

    path: str


@dataclass(frozen=True)
class Founded:
    """A workspace made from a text.

    Args:
        folder: The workspace.
        read: How many values and rows stand in each sheet.
        open: What is left to the clerk.
    """

    folder: Path
    read: Mapping[str, int]
    open: tuple[Open, ...]


def workspace_from(folder: Path, text: Path) -> Founded:
    """Make a workspace whose sheets are filled in from a founding text.

    The text itself is kept in the workspace, with a workbook that lists what was not found or does not agree.

    Raises:
        NotOneFile: the text is a folder.
        FileFault, DraftFault: it cannot be read, or says nothing.
        FolderNotEmpty: there is something in the folder.
        CannotWrite: the operating system refuses.
    """
    if text.is_dir():
        raise NotOneFile(str(text))
    ((_, draft),) = as_drafts([text])
    if isinstance(draft, DocgenError):
        raise draft
    proposal = read_founding(draft)
    beside = {
        REPORT: report_workbook("设立文件读取情况：待补和待核", [_told(each) for each in proposal.open]),
        f"{KEPT}/{text.name}": bytes_of(text, str(text)),
    }
    made = create(folder, None, _sheets(proposal), beside)
    read = {MECHANISM: len(proposal.mechanism)} | {
        name: len(rows) for name, rows in proposal.rows.items() if rows
    }
    return Founded(made, read, tuple(proposal.open))


def _told(each: Open) -> tuple[str, str, str]:
    return each.what, each.why, str(each.source or "")


def _sheets(proposal: Proposal) -> dict[str, bytes]:
    """Return the workbooks of a proposal, with drop-downs of its own units and people."""
    mechanism: dict[str, tuple[Any, str]] = {
        name: (each.value, str(each.source)) for name, each in proposal.mechanism.items()
    }
    rows: dict[str, Rows] = {
        sheet: [(each.values, str(each.source)) for each in found] for sheet, found in proposal.rows.items()
    }
    rows[KindRow.sheet] = [(each, "") for each in kind_rows()]
    offered: dict[type, list[str]] = {
        Unit: [values["short_name"] for values, _ in rows.get(Unit.sheet, ())],
        Person: [values["name"] for values, _ in rows.get("人员", ()) if values["name"]],
        Item: [],
    }
    return sourced_workbooks(mechanism, rows, {each: names for each, names in offered.items() if names})
