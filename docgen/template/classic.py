"""A DocxTemplate's package as the template's: for values that belong to it (sub-documents, links by docxtpl's ids).

What such a value refers to (pictures, styles, numberings) lies in that package already. So it is written as it
stands, unrendered, and rendered as any template is: escaped, strict, with places, the same every time.
"""

from __future__ import annotations

from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any

from docgen.template.faults import CannotFallBack


def package_of(bound_to: Any, file: str, data: bytes) -> bytes:
    """Return the package of a DocxTemplate that has not been rendered.

    Raises:
        CannotFallBack: if it has been rendered, cannot be written, or was opened from a file other than the
            template, which messages call `file` and whose bytes are `data`.
    """
    if _opened_from(bound_to.template_file) not in {None, data}:
        raise CannotFallBack(file, "图片或子文档属于用另一个文件打开的 DocxTemplate")
    if bound_to.is_rendered:
        raise CannotFallBack(file, "子文档所属的 DocxTemplate 已经用过，请重新打开一个")
    written = BytesIO()
    try:
        bound_to.get_docx().save(written)
    except Exception as error:
        raise CannotFallBack(file, str(error) or type(error).__name__) from error
    return written.getvalue()


def _opened_from(file: Any) -> bytes | None:
    """Return the bytes a DocxTemplate was opened from, where they can still be had."""
    if isinstance(file, BytesIO):
        return file.getvalue()
    return Path(file).read_bytes() if isinstance(file, str | PathLike) and Path(file).is_file() else None
