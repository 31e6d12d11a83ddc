"""Answers about forms that came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from docgen.office.answers.answer import Answer, Near
from docgen.opc.faults import FileFault

if TYPE_CHECKING:
    from docgen.office.replies.applying import Recorded
    from docgen.office.replies.reading import Reply


def of_replies(replies: Sequence[Reply], recorded: Recorded | None, near: Near) -> Answer:
    """Answer `replies`; `recorded` is None where nothing was to be written."""
    done = recorded and {
        "folder": near(recorded.folder) if recorded.folder else None,
        "cells": recorded.cells,
        "attached": list(recorded.attached),
    }
    return Answer(
        {
            "replies": [
                {
                    "path": near(each.path),
                    "document": each.document.id if each.document else None,
                    "number": each.document.number if each.document else None,
                    "values": dict(each.values),
                    "proposals": [asdict(one) for one in each.proposals],
                }
                for each in replies
            ],
            "recorded": done,
        },
        [fault for each in replies for fault in each.faults],
        [*(advice for each in replies for advice in each.advices), *(recorded.advices if recorded else ())],
        "" if recorded else "没有登记任何内容。下一步：核对后加 --apply 登记，文件存到公文下面。",
    )


def told_reply(reply: Reply, near: Near) -> Iterator[str]:
    """Yield lines on a form: which document it answers, what may be recorded, what else was filled in."""
    from docgen.office.replies.reading import unrecorded

    document = reply.document
    if document is None and any(isinstance(each, FileFault) for each in reply.faults):
        return  # what is wrong with the file is said; nothing of it was read
    about = f"回复 {document.name}" if document else "不知道回复哪一件"
    yield f"{near(reply.path)}：{about}"
    for each in reply.proposals:
        yield f"  可登记  {each.place}「{each.label}」：{each.now or '（空）'} → {each.said}"
    for name, words in unrecorded(reply):
        yield f"  另填有  {name}：{' '.join(words.split())}"
