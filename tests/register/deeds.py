"""Deeds on one document as commands do them, for tests of two at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from desks import SIGNATORY, Desk
from scans import SCAN

from docgen.office.drafting.drafter import replace
from docgen.office.life.attachments import attach, attach_once
from docgen.office.life.duties import set_duty
from docgen.office.life.mandates import end
from docgen.office.life.numbers import reserve
from docgen.register import life
from docgen.register.life import Step
from docgen.register.record import FileRole


def _step(step: Step, desk: Desk, document: int) -> None:
    desk.take(step, document)


def _replace(desk: Desk, document: int) -> None:
    replace(desk.office(), [str(document)], "原文有误")


def _attach(desk: Desk, document: int) -> None:
    scan = desk.root.parent / "扫描件.pdf"
    scan.write_bytes(SCAN)
    attach(desk.office(), str(document), [scan], FileRole.SCAN, "")


def _collect(desk: Desk, document: int) -> None:
    reply = desk.root.parent / "复函.pdf"
    reply.write_bytes(SCAN)
    attach_once(desk.office(), str(document), reply, FileRole.REPLY)


def _reserve(desk: Desk, document: int) -> None:
    del document
    reserve(desk.office(), "告知函", 2, "集中签发")


def _end(desk: Desk, document: int) -> None:
    del document
    end(desk.office(SIGNATORY), "1", "授权已收回")


def _loosen(desk: Desk, document: int) -> None:
    del document
    set_duty(desk.office(SIGNATORY), "拟稿人不得签发", "一人在岗", loosened=True)


DEEDS: Mapping[str, Callable[[Desk, int], None]] = {
    "replace": _replace,
    "attach": _attach,
    "collect": _collect,
    "reserve": _reserve,
    "end mandate": _end,
    "loosen": _loosen,
    **{
        name: partial(_step, step)
        for name, step in {
            "review": life.REVIEW,
            "return": life.RETURN,
            "sign": life.SIGN,
            "request": life.REQUEST,
            "approve": life.APPROVE,
            "refuse": life.REFUSE,
            "apply": life.APPLY,
            "issue": life.ISSUE,
            "void": life.VOID,
        }.items()
    },
}
