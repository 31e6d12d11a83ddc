"""A process killed at any moment: the record stays whole, and the work can be taken up again and finished."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from clerk import consistent, work
from desks import Desk

from docgen.office.life.numbers import numbers
from docgen.register.life import State

KILLS = 25  # on each of the two databases

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


def test_a_killed_process_leaves_a_whole_record_and_the_work_can_be_finished(desk: Desk) -> None:
    desk.draft(*map(str, range(1, 9)))
    desk.grant()
    script = [sys.executable, str(Path(__file__).with_name("clerk.py")), "killed"]

    ran = subprocess.run(
        [*script, "7", str(desk.root), str(KILLS)], input="go\n", capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stderr
    done = json.loads(ran.stdout)
    assert done["entries"] > KILLS  # the children did get something done
    assert work(desk, Random(1))  # noqa: S311
    assert {each.state for each in desk.documents()} == {State.ISSUED}
    assert consistent(desk) == []
    assert [each.serial for each in numbers(desk.office())] == list(range(1, len(desk.documents()) + 1))
    drafts = desk.root / "out" / "2026" / "告知函" / "草稿"
    assert list(drafts.glob("*.docx")) == []
