"""The life of a document as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from docgen.cli.terminal import aligned
from docgen.digests import grouped
from docgen.office.answers.register import commands_of
from docgen.office.life.orders import ATTACH, SUPPLEMENT, FileRole

if TYPE_CHECKING:
    from docgen.office.life.finding import Document, Entry, FileSeen, Story

_ATTACHING: Final = (ATTACH.name, SUPPLEMENT.name)
_SHORT: Final = 12


def lines_of(story: Story) -> Iterator[str]:
    """Yield the lines of a document's life story."""
    yield from _heading(story)
    yield ""
    yield "经过："
    yield from _life(story.entries)
    attached = [
        file for each in _ATTACHING for entry in _steps(story.entries, each) for file in entry.deed.files
    ]
    aside = {
        file.path for entry in story.entries for file in entry.deed.files if file.role == FileRole.SET_ASIDE
    }
    if attached:
        yield ""
        yield "附件："
        yield from (f"  {_seen(each)}{'，已停用' if each.path in aside else ''}" for each in attached)
    yield ""
    yield from _next(story)


def _heading(story: Story) -> Iterator[str]:
    document = story.document
    yield f"《{document.title}》"
    facts = (
        ("登记号", document.id), ("文号", document.number), ("文种", document.kind), ("主送", document.addressee),
        ("状态", document.state.value), ("成文日期" if document.number else "拟稿日期", document.dated),
        ("文件", document.path), ("SHA-256", grouped(document.sha256)), ("SM3", grouped(document.sm3)),
        *_of_seal(story),
        ("印发", _issued(document)),
        ("原因", document.reason),
        ("所替换的公文", story.replaces and _linked(story.replaces)),
        ("替换它的公文", story.replaced_by and _linked(story.replaced_by)),
    )  # fmt: skip
    yield from (f"  {line}" for line in aligned([(label, value) for label, value in facts if value]))


def _of_seal(story: Story) -> Iterator[tuple[str, str]]:
    document, mandate = story.document, story.mandate
    if mandate:
        yield "代章授权", f"第{mandate.id}号 {mandate.basis}，代章单位 {mandate.stamping_unit}"
    if document.sealed_on:
        yield (
            "用印",
            f"{document.sealed_on} 盖{document.copies_sealed or '—'}份，用印登记第{document.seal_serial}号",
        )
    elif document.copies_asked:
        yield "用印", f"申请{document.copies_asked}份"


def _issued(document: Document) -> str:
    if not document.issued_on:
        return ""
    copies = f"{document.copies_issued}份" if document.copies_issued else ""
    to = f"发给 {document.issued_to}" if document.issued_to else ""
    return f"{document.issued_on} {'，'.join(filter(None, (copies, to)))}".rstrip()


def _linked(document: Document) -> str:
    return f"{document.id} {document.name}，{document.state.value}"


def _steps(entries: Sequence[Entry], step: str) -> Iterator[Entry]:
    return (each for each in entries if each.deed.step == step)


def _life(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield a line for each entry, and below it the files that were not seen so before."""
    rows = [
        (
            f"第{each.seq}条",
            each.deed.day,
            each.deed.step,
            each.deed.actor + (f"（{each.deed.unit}）" if each.deed.unit else ""),
            f"{each.recorder}录入" if each.recorder else "",
            each.deed.remark,
        )
        for each in entries
    ]
    last: set[tuple[str, str]] = set()
    for line, entry in zip(aligned(rows, blank=""), entries, strict=True):
        yield f"  {line}"
        for file in entry.deed.files:
            if (file.path, file.sha256) not in last:
                last.add((file.path, file.sha256))
                yield f"        {_seen(file)}"


def _seen(file: FileSeen) -> str:
    return f"{file.role} {file.path}（摘要 {file.sha256[:_SHORT]}…）"


def _next(story: Story) -> Iterator[str]:
    if story.next_steps:
        yield "现在可以做："
        yield from (f"  {line}" for line in aligned(commands_of(story)))
