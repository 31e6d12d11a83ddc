"""A typed draft whose title was put right: which draft of the register it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from docgen.digests import sha256
from docgen.documents.identity import key_by_hand
from docgen.errors import NOT_ALLOWED, DocgenError
from docgen.model.names import plain
from docgen.office.drafting.drafts import is_by_hand
from docgen.office.drafting.typed import Typed
from docgen.opc.guard import bytes_of
from docgen.reform.paper import Paper, Text
from docgen.reform.reading.word import read_word
from docgen.reform.recognise import recognise
from docgen.register.document import Document
from docgen.workspace import Workspace

_ALIKE: Final = 0.9


class OtherTitle(DocgenError):
    """The file says below its title what a draft of the register says, so that it may be that draft.

    `id` is the draft, `known` its title.
    """

    code = "take-other-title"
    exit_code = NOT_ALLOWED
    says = "{path} 的正文和 {id}号草稿《{known}》相同，只有标题不同"
    advises = "是这一件改了标题的，加 --again {id} 再登记；另是一件的，加 --force。"

    path: str
    id: int
    known: str


class NotThatDraft(DocgenError):
    """The document that a file is said to be is no draft that somebody wrote and took in."""

    code = "take-not-that-draft"
    exit_code = NOT_ALLOWED
    says = "{document}（{state}）不是登记进来、还没有签发的草稿，不能用 --again 更新"
    advises = "已编号的要换，用 --replaces；数据生成的草稿，改数据后再起草。"

    document: str
    state: str


def draft_titled(title: str, known: Sequence[Document]) -> Document | None:
    """Return the last document that somebody wrote with a title, whatever its title was when it was taken first."""
    return next((each for each in reversed(known) if each.title == title and is_by_hand(each)), None)


def key_for(kind: str, title: str, known: Sequence[Document]) -> str:
    """Return a key for a document of a title that no draft has, as one that has another title now may."""
    key = key_by_hand(kind, title)
    held = {each.key for each in known if each.title != title}
    return next(each for each in _numbered(key) if each not in held)


def _numbered(key: str) -> Iterator[str]:
    yield key
    count = 2
    while True:
        yield f"{key}（{count}）"
        count += 1


def refuse_retitled(workspace: Workspace, typed: Typed, known: Sequence[Document], path: str) -> None:
    """Refuse a file of a title that is not known, but with the text of a draft.

    Raises:
        OtherTitle: a draft that somebody wrote says the same below another title.
    """
    said = _text_of(typed.paper)
    for each in known:
        if not (each.state.is_draft and is_by_hand(each)):
            continue
        file = workspace.root / each.path
        if not file.is_file():
            continue
        data = bytes_of(file, each.path)
        same = sha256(data) == sha256(typed.data)
        theirs = said if same else _text_of(recognise(read_word(data, each.path)))
        if said and SequenceMatcher(None, said, theirs, autojunk=False).ratio() >= _ALIKE:
            raise OtherTitle(path, each.id, each.title)


def _text_of(paper: Paper) -> list[str]:
    return [plain(each.line.words) for each in paper.body if isinstance(each, Text)]
