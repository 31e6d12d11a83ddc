"""docx-mailmerge2 as its manual says: the template opened for each document, fields and rows merged, written."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from mailmerge import MailMerge
from serve import arguments, serve

sys.path.insert(0, str(Path(__file__).parent.parent))
from letters import COLUMNS, FIELDS, contexts

if __name__ == "__main__":
    path, told = arguments()
    data = Path(path).read_bytes()

    def write(context: Any) -> bytes:
        """Return one document."""
        with MailMerge(BytesIO(data)) as document:
            document.merge(**{name: context[name] for name in FIELDS})
            document.merge_rows(COLUMNS[0], context["清单"])
            stream = BytesIO()
            document.write(stream)
            return stream.getvalue()

    serve(contexts(told), write)
