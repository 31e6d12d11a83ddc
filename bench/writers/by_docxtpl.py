"""docxtpl as its manual says: one DocxTemplate, rendered and saved for each document, values escaped."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from serve import arguments, serve

sys.path.insert(0, str(Path(__file__).parent.parent))
from letters import contexts


class _Levels:
    """Heading counters that print what the first heading of a level has: docxtpl has none of its own."""

    def __getattr__(self, name: str) -> str:
        return {"一": "一、", "二": "（一）", "三": "1.", "四": "（1）"}.get(name, "")


if __name__ == "__main__":
    path, told = arguments()
    template = DocxTemplate(path)

    def write(context: Any) -> bytes:
        """Return one document."""
        template.render({**context, "层次": _Levels()}, autoescape=True)
        stream = BytesIO()
        template.save(stream)
        return stream.getvalue()

    serve(contexts(told), write)
