"""Rendering by docxtpl itself, for values that are bound to a DocxTemplate: pictures, subdocuments.

Such a value belongs to the package of its own DocxTemplate, which has to have been opened from the same file.
The sandbox and its strictness stay; faults have no place.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any

from docgen.render.faults import CannotFallBack
from docgen.render.package import Package, deflated, read
from docgen.render.printers import Refusal
from docgen.render.sandbox import UnknownName, standard


def render(bound_to: Any, context: Mapping[str, object], name: str, data: bytes) -> bytes:
    """Render with the given DocxTemplate and write the package as docgen does.

    Raises:
        CannotFallBack: if docxtpl fails, a field is unknown or missing, or the DocxTemplate was opened from a file
            other than the template, whose bytes are `data`.
    """
    if _opened_from(bound_to.template_file) not in {None, data}:
        raise CannotFallBack(name, "图片或子文档属于用另一个文件打开的 DocxTemplate")
    written = BytesIO()
    try:
        bound_to.render(dict(context), jinja_env=standard(), autoescape=True)
        bound_to.save(written)
    except Exception as error:
        raise CannotFallBack(name, _detail(error)) from error
    contents = read(written.getvalue(), name)
    return Package(deflated(each, content) for each, content in contents.items()).with_changed({})


def _opened_from(file: Any) -> bytes | None:
    """Return the bytes a DocxTemplate was opened from, where they can still be had."""
    if isinstance(file, BytesIO):
        return file.getvalue()
    return Path(file).read_bytes() if isinstance(file, str | PathLike) and Path(file).is_file() else None


def _detail(error: Exception) -> str:
    if isinstance(error, UnknownName):
        return f"没有“{error.name}”这个字段"
    if isinstance(error, Refusal):
        return "有的字段没有填"
    return str(error) or type(error).__name__
