"""A clerk in a process of his own, for tests of several at once and of killed ones.

python clerk.py number WHO PLACE COUNT   gives numbers of one series, one a transaction
python clerk.py sign WHO ROOT COUNT      signs reviewed documents of his own, one a call
python clerk.py draft WHO ROOT COUNT     drafts PROJECTS COUNT times; waits for a line before it records what it made
python clerk.py again WHO ROOT COUNT     replaces the document COUNT in the same way
python clerk.py killed SEED ROOT COUNT   takes steps in children that are killed at random moments
python clerk.py waiting DEED ROOT ID     does a deed for a document, waiting at the register's lock until told to go on
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desks import Desk

sys.path.insert(0, str(Path(__file__).parent))

PROJECTS = ("3", "4", "5")
SIGNING = 4
"""How many sign at once."""


def number(who: int, place: str, count: int) -> None:
    from docgen.register.numbering import Numberer, Series
    from docgen.register.record import Deed
    from docgen.register.store import Register

    register = Register(place if "://" in place else Path(place), "登记库", f"登记员{who}")
    for turn in range(count):
        with register.writing() as books:
            _, change = Numberer(books, date(2026, 3, 16)).use(Series("澄联审办函", 2026), who * count + turn)
            books.add(Deed("编号", date(2026, 3, 16), "陶映雪", changes=(change,)))


def sign(who: int, root: str, count: int) -> None:
    from desks import Desk

    from docgen.register import life
    from docgen.register.life import State

    desk = Desk(Path(root))
    mine = [each.id for each in desk.documents() if each.state is State.REVIEWED]
    for each in sorted(each for each in mine if each % SIGNING == who)[:count]:
        desk.take(life.SIGN, each)


def draft(who: int, root: str, count: int) -> None:
    from desks import Desk

    from docgen.office.drafting.drafter import draft
    from docgen.office.drafting.drafts import Request

    _tell_before_recording()
    for _ in range(count):
        office = Desk(Path(root)).office()
        made = draft(office, Request("notice", projects=PROJECTS, workers=1, force=bool(who))).made
        _tell(json.dumps([each.outcome.value for each in made]))


def again(who: int, root: str, document: int) -> None:
    from desks import Desk

    from docgen.errors import Problems
    from docgen.office.drafting.drafter import replace

    del who
    _tell_before_recording()
    try:
        drafted = replace(Desk(Path(root)).office(), [str(document)], "原文有误")
    except Problems as refused:
        _tell(json.dumps([each.code for each in refused.faults]))
    else:
        _tell(json.dumps([each.outcome.value for each in drafted.made]))


def _tell_before_recording() -> None:
    """Let every process say when its drafts are made, and record them only when it is told to."""
    from docgen.office.drafting.recording import Recorder

    record = Recorder.record

    def told(recorder: Recorder, results: Any) -> Any:
        _tell("made")
        sys.stdin.readline()
        return record(recorder, results)

    Recorder.record = told  # type: ignore[method-assign]


def _tell(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def killed(seed: int, root: str, count: int) -> None:
    """Let a child do steps until it is killed at some moment, again and again; look at the record each time."""
    from desks import Desk

    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    desk, chance = Desk(Path(root)), random.Random(seed)  # noqa: S311
    desk.verify()  # everything is loaded before the first child goes
    left: dict[str, int] = {}
    for turn in range(count):
        told, tell = os.pipe()
        child = os.fork()
        if not child:
            work(desk, random.Random(seed * 1000 + turn), tell=tell)  # noqa: S311
            os._exit(0)
        os.close(tell)
        for _ in range(chance.randrange(3)):
            os.read(told, 1)
        os.close(told)
        time.sleep(chance.uniform(0, 0.08))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        for each in consistent(desk):
            left[each] = left.get(each, 0) + 1
    sys.stdout.write(json.dumps({"entries": desk.entries(), "left": left}))


def waiting(deed: str, root: str, document: int) -> None:
    """Do a deed that stops before it takes the register's lock, so that whatever was decided by then is old."""
    sys.path.insert(0, str(Path(__file__).parents[1]))  # where the scans are that deeds attach
    from deeds import DEEDS
    from desks import Desk

    from docgen.errors import DocgenError
    from docgen.office.answers.answer import exit_code_of
    from docgen.register.store import Register

    locked = Register.writing

    def stopped(register: Register, **options: bool) -> Any:
        Register.writing = locked  # type: ignore[method-assign]
        sys.stdout.write("at the lock\n")
        sys.stdout.flush()
        sys.stdin.readline()
        return locked(register, **options)

    desk = Desk(Path(root))
    Register.writing = stopped  # type: ignore[assignment, method-assign]
    try:
        DEEDS[deed](desk, document)
    except DocgenError as fault:
        sys.stdout.write(str(fault))
        raise SystemExit(exit_code_of([fault])) from fault


def work(desk: Desk, chance: random.Random, steps: int = 1000, tell: int | None = None) -> bool:
    """Take steps for a few documents at a time, and tell of each; say whether there is nothing more to do."""
    from desks import WAYS

    from docgen.register import life
    from docgen.register.life import State

    following = {State.DRAFTED: life.REVIEW}
    way = WAYS[State.ISSUED]
    for before, step in pairwise(way):
        following[State.NUMBERED if before is life.SIGN else before.after or State.DRAFTED] = step
    for _ in range(steps):
        waiting: dict[State, list[int]] = {}
        for each in desk.documents():
            if each.state in following:
                waiting.setdefault(each.state, []).append(each.id)
        if not waiting:
            return True
        state = chance.choice(sorted(waiting))
        desk.take(following[state], chance.sample(waiting[state], min(2, len(waiting[state]))))
        if tell is not None:
            with suppress(BrokenPipeError):
                os.write(tell, b".")
    return False


def consistent(desk: Desk) -> list[str]:
    """Return the files that a killed call left; stop at anything else that is not as it must be."""
    from docgen.register.number import NumberState

    faults = desk.verify().faults
    others = [str(each) for each in faults if each.code != "verify-file-unknown"]
    if others:
        raise SystemExit("\n".join(others))
    with desk.office().register.reading() as books:
        given = {each.document: each for each in books.numbers()}
        for each in books.documents():
            number = given.pop(each.id, None)
            if (number.text if number else "") != each.number:
                raise SystemExit(f"{each.name}: {number}")
        if given or any(each.state is not NumberState.USED for each in books.numbers()):
            raise SystemExit(f"numbers without documents: {given}")
    return [each.values["path"].rpartition("/")[2][:3] for each in faults]


if __name__ == "__main__":
    sys.stdin.readline()
    if sys.argv[1] == "waiting":
        waiting(sys.argv[2], sys.argv[3], int(sys.argv[4]))
        raise SystemExit(0)
    scripts = {"number": number, "sign": sign, "draft": draft, "again": again, "killed": killed}
    scripts[sys.argv[1]](int(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
