"""docxtpl as its manual says: one DocxTemplate, rendered and saved for each document, values escaped."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment
from serve import arguments, serve

sys.path.insert(0, str(Path(__file__).parent.parent))
from letters import contexts

from docgen.template.filters import default
from docgen.template.levels import NAME, number
from docgen.template.rendering import Rendering


class _Levels:
    """Heading counters, which docxtpl has not: docgen's, counted anew in each document."""

    def __getattr__(self, name: str) -> str:
        return number(name)


if __name__ == "__main__":
    path, told = arguments()
    template = DocxTemplate(path)
    environment = Environment(autoescape=True)
    environment.filters["default"] = default  # that of Jinja knows nothing of values that the sheets lack

    def write(context: Any) -> bytes:
        """Return one document."""
        with Rendering():
            template.render({**context, NAME: _Levels()}, environment, autoescape=True)
        stream = BytesIO()
        template.save(stream)
        return stream.getvalue()

    serve(contexts(told), write)
