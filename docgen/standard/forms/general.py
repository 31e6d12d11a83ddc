"""文件 and 上行文: the general format, and that of documents that go upward (clauses 7 and 7.2.6)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from docgen.standard.build.blocks import Block
from docgen.standard.build.head import FILE, NO_CORNER, file_head, upward_head
from docgen.standard.forms.form import Head, PagedForm, slots_of
from docgen.standard.measures.look import Look

_BLOCKS: Final = ("版头", "主送机关", "附件说明", "落款", "版记")
_SLOTS: Final = slots_of(*_BLOCKS, lists=("标题行",))
_REQUIRED: Final = (*_BLOCKS, "标题行")


class FileForm(PagedForm):
    """A document whose mark is the organ's name with 文件."""

    def mark(self, head: Head) -> str:
        """Return the mark with 文件."""
        mark = head.mark or head.organ
        return mark if mark.endswith(FILE) or not mark else mark + FILE


class GeneralForm(FileForm):
    """A document that goes downward or sideways: mark with 文件, number in the middle over the red rule."""

    def head(self, head: Head, look: Look) -> Block:
        """Return mark, number and red rule."""
        return _file_head(head.mark or head.organ, head.number, look)


class UpwardForm(FileForm):
    """A document that goes upward: number at the left, 签发人 at the right; without signatory as any other."""

    def head(self, head: Head, look: Look) -> Block:
        """Return mark, number with 签发人, and red rule."""
        return _upward_head(head.mark or head.organ, head.number, head.signatories, look)


@lru_cache(maxsize=64)
def _file_head(organ: str, number: str, look: Look) -> Block:
    return file_head((organ,), number, NO_CORNER, look)


@lru_cache(maxsize=64)
def _upward_head(organ: str, number: str, signatories: tuple[str, ...], look: Look) -> Block:
    if not signatories:
        return _file_head(organ, number, look)
    return upward_head((organ,), number, signatories, NO_CORNER, look)


GENERAL: Final = GeneralForm("文件", _SLOTS, _REQUIRED)
UPWARD: Final = UpwardForm("上行文", _SLOTS, _REQUIRED)
