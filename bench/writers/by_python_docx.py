"""python-docx by hand: the letter built paragraph by paragraph on the default document; the template is not used."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from serve import arguments, serve

sys.path.insert(0, str(Path(__file__).parent.parent))
from letters import COLUMNS, FIELDS, contexts


def write(context: Any) -> bytes:
    """Return one document."""
    document = Document()
    for name in FIELDS:
        document.add_paragraph(f"{name}：").add_run(context[name]).bold = True
    rows = [dict(zip(COLUMNS, COLUMNS, strict=True)), *context["清单"]]
    cells = iter(document.add_table(len(rows), len(COLUMNS))._cells)  # noqa: SLF001  one walk of the grid, not one a cell
    for row in rows:
        for name in COLUMNS:
            next(cells).text = row[name]
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    _, told = arguments()
    serve(contexts(told), write)
