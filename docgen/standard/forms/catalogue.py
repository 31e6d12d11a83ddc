"""The forms that kinds of documents may have, by their Chinese names; each is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from docgen.standard.forms.form import Form


class _Forms(Mapping[str, Form]):
    """Forms by name: a document has one, and the others take a tenth of the time of a short command to import."""

    def __getitem__(self, name: str) -> Form:
        module, constant = _WHERE[name]
        form: Form = getattr(import_module(f"docgen.standard.forms.{module}"), constant)
        return form

    def __iter__(self) -> Iterator[str]:
        return iter(_WHERE)

    def __len__(self) -> int:
        return len(_WHERE)


_WHERE: Final = {
    "信函": ("letter", "LETTER"),
    "文件": ("general", "GENERAL"),
    "上行文": ("general", "UPWARD"),
    "纪要": ("minutes", "MINUTES"),
    "命令": ("order", "ORDER"),
    "单": ("slip", "SLIP"),
    "期刊": ("serial", "SERIAL"),
    "清单": ("list", "LISTING"),
}
FORMS: Final = _Forms()
