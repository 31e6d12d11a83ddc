"""A batch of drafts: in portions, by several processes, broken off and taken up again."""

from __future__ import annotations

import errno
import gc
import os
import shutil
import signal
import subprocess
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest

from docgen.errors import Problems
from docgen.files import CannotWrite
from docgen.office.desk import Desk, People
from docgen.office.drafting import drafter as drafting
from docgen.office.drafting.drafts import Drafted, DraftsAlike, NotMade, Outcome, Request, refuse_alike
from docgen.office.pool import Pool
from docgen.office.verification import verify
from docgen.register.databases import connected
from docgen.template.template import Template
from docgen.workspace import Workspace

REPOSITORY = Path(__file__).parents[2]
TODAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)


def office(root: Path) -> Desk:
    return Desk.at(Workspace.find(root), People("陶映雪", "recorder"), TODAY, lambda: NOW)


def draft(root: Path, progress: Callable[[int, int], None] | None = None, **asked: object) -> Drafted:
    return drafting.draft(office(root), Request("notice", **({"everything": True} | asked)), progress)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions and groups small enough that the sample workspace has many."""
    monkeypatch.setattr(drafting, "_PORTION", 5)
    monkeypatch.setattr(drafting, "_GROUP", 20)
    monkeypatch.setattr(drafting, "_WORTH_A_WORKER", 20)


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def entries(root: Path) -> list[tuple[object, ...]]:
    with connected(root / "register.sqlite", write=False) as connection:
        return list(connection.rows("SELECT seq, body, digest FROM entry ORDER BY seq"))


def recorded(root: Path) -> set[str]:
    with connected(root / "register.sqlite", write=False) as connection:
        return {str(path) for (path,) in connection.rows("SELECT path FROM document")}


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of a batch that nothing disturbed."""
    root = tmp_path_factory.mktemp("undisturbed")
    for name in ("data", "templates"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("~$*", "留存"))
    shutil.copyfile(REPOSITORY / "docgen.toml", root / "docgen.toml")
    draft(root, workers=1)
    made = files_below(root / "out")
    assert len(made) > 60
    return made


def test_a_batch_tells_how_far_it_is(workspace: Path) -> None:
    told: list[tuple[int, int]] = []
    made = draft(workspace, lambda done, of: told.append((done, of))).made
    assert told[-1] == (len(made), len(made))
    assert [done for done, _ in told] == [*range(20, len(made), 20), len(made)]


def test_every_draft_says_its_number_in_the_register(workspace: Path) -> None:
    made = draft(workspace).made
    assert [each.id for each in made] == list(range(1, len(made) + 1))
    again = draft(workspace).made
    assert [each.id for each in again] == [each.id for each in made]
    assert {each.outcome for each in again} == {Outcome.UNCHANGED}


@pytest.mark.parametrize("workers", [2, 3])
def test_several_processes_make_the_same_files_and_entries_as_one(
    workspace: Path, whole: dict[str, bytes], workers: int
) -> None:
    draft(workspace, workers=1)
    alone = entries(workspace)
    for name in ("register.sqlite", "登记库见证.txt"):
        (workspace / name).unlink()
    made = draft(workspace, workers=workers, force=True).made
    assert files_below(workspace / "out") == whole
    assert entries(workspace) == alone
    assert len(made) == len(whole)


def test_what_a_worker_leaves_undone_when_it_dies_is_done_by_the_others(
    workspace: Path, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    parent, render, calls = os.getpid(), Template.render, Counter[int]()

    def dies(self: Template, *args: object, **kwargs: object) -> bytes:
        calls[os.getpid()] += 1
        if os.getpid() != parent and calls[os.getpid()] == 8:
            os.kill(os.getpid(), signal.SIGKILL)
        return render(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Template, "render", dies)
    assert len(draft(workspace, workers=3).made) == len(whole)
    assert files_below(workspace / "out") == whole
    assert not verify(office(workspace)).faults


BREAKING = """
import os, signal, sys
from datetime import UTC, date, datetime
from pathlib import Path
from docgen.files import Staging
from docgen.office.desk import Desk, People
from docgen.office.drafting import drafter as drafting
from docgen.register.books import Books
from docgen.workspace import Workspace

root, owner, name, ending = sys.argv[1:]
drafting._PORTION, drafting._GROUP, drafting._WORTH_A_WORKER = 5, 20, 20
groups = 0

def break_off():
    if ending == "SIGINT":
        os.killpg(os.getpgrp(), signal.SIGINT)
    else:
        os.kill(os.getpid(), signal.SIGKILL)

def breaking(real):
    def call(self, *args, **kwargs):
        if groups == 2 and (name != "flush" or self._waiting):
            break_off()
        return real(self, *args, **kwargs)
    return call

def told(done, count):
    global groups
    groups += 1
    if name == "told" and groups == 2:
        break_off()

if owner:
    owner = {"Staging": Staging, "Books": Books}[owner]
    setattr(owner, name, breaking(getattr(owner, name)))
now = lambda: datetime(2026, 3, 16, 9, 30, tzinfo=UTC)
office = Desk.at(Workspace.find(Path(root)), People("陶映雪", "recorder"), date(2026, 3, 16), now)
drafting.draft(office, drafting.Request("notice", everything=True, workers=2), told)
"""


def break_off(root: Path, owner: str, name: str, ending: str) -> None:
    """Run a batch that is broken off in its third group; a Ctrl-C reaches all its processes."""
    arguments = [sys.executable, "-c", BREAKING, str(root), owner, name, ending]
    ran = subprocess.run(arguments, start_new_session=True, capture_output=True, text=True, check=False)
    assert ran.returncode == -getattr(signal, ending), ran.stderr


@pytest.mark.parametrize("ending", ["SIGINT", "SIGKILL"])
@pytest.mark.parametrize(
    "where",
    [("", "told"), ("Staging", "settle"), ("Staging", "_put"), ("Books", "flush")],
    ids=["making", "before putting in place", "putting in place", "recording"],
)
def test_a_batch_that_is_broken_off_is_taken_up_where_it_was(
    workspace: Path, whole: dict[str, bytes], where: tuple[str, str], ending: str
) -> None:
    break_off(workspace, *where, ending)
    found = files_below(workspace / "out")
    if ending == "SIGINT":  # clean at once: what is there is whole and on record, and nothing else is there
        assert recorded(workspace) == {f"out/{each}" for each in found}
        assert not list((workspace / "out").rglob(".docgen-*"))
    assert {each: whole[each] for each in found if "/.docgen-" not in each}.items() <= found.items()
    before = recorded(workspace)
    outcomes = Counter(each.outcome for each in draft(workspace).made)
    assert outcomes == {Outcome.UNCHANGED: len(before), Outcome.NEW: len(whole) - len(before)}
    assert len(before) in (40, 60)
    assert files_below(workspace / "out") == whole
    assert not list((workspace / "out").rglob(".docgen-*"))
    assert not verify(office(workspace)).faults


def test_one_bad_record_does_not_stop_the_others(workspace: Path) -> None:
    path = workspace / "templates" / "docx" / "告知函.docx"
    document = docx.Document(str(path))
    next(each for each in document.paragraphs if "函告如下" in each.text).add_run(
        "{{ 9 // (项目.序号 - 3) }}"
    )
    document.save(str(path))
    drafted = draft(workspace)
    (fault,) = drafted.faults
    assert isinstance(fault, NotMade)
    assert len(fault.documents) == 4
    assert "告知函.docx" in str(fault)
    assert "第3号 澄湖县年产20万吨绿色建材生产线建设项目，致" in str(fault)
    assert "共4件" in str(fault)
    assert len(drafted.made) > 60
    assert len(files_below(workspace / "out")) == len(drafted.made)
    assert draft(workspace).faults == [fault] or str(draft(workspace).faults[0]) == str(fault)


def test_a_disk_that_fills_up_half_way_keeps_what_is_recorded(
    workspace: Path, whole: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.fsync, Counter[str]()

    def fills_up(handle: int) -> None:
        calls["all"] += 1
        if calls["all"] > 50:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fills_up)
        with pytest.raises(CannotWrite, match="磁盘已满"):
            draft(workspace, workers=1)
    found = files_below(workspace / "out")
    assert recorded(workspace) == {f"out/{each}" for each in found}
    assert 0 < len(found) < len(whole)
    draft(workspace)
    assert files_below(workspace / "out") == whole


def test_memory_does_not_grow_with_the_number_of_drafts(workspace: Path) -> None:
    draft(workspace, workers=1)
    held: list[int] = []

    def measure(_done: int, _of: int) -> None:
        gc.collect()
        held.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    try:
        draft(workspace, measure, workers=1, force=True)
    finally:
        tracemalloc.stop()
    a_document = 11_000  # bytes; its context takes as much again
    assert held[-1] - held[0] < (len(held) - 1) * 20 * a_document / 4


def test_a_fault_of_a_worker_s_work_is_that_of_the_command() -> None:
    def broken(number: int) -> int:
        return 1 // (number - 7)

    with pytest.raises(ZeroDivisionError), Pool(broken, 2, lambda: None) as pool:
        list(pool.results(range(20)))


def test_a_pool_gives_results_in_order_and_its_workers_leave(tmp_path: Path) -> None:
    left = tmp_path / "left"
    with Pool(lambda number: (number, os.getpid()), 3, lambda: left.mkdir(exist_ok=True)) as pool:
        came = list(pool.results(range(200)))
    assert [number for number, _ in came] == list(range(200))
    assert len({process for _, process in came}) > 1
    assert left.is_dir()


def test_the_last_portions_are_shared_out_and_not_left_to_one_worker(tmp_path: Path) -> None:
    ours, begun = os.getpid(), tmp_path / "begun"

    def done_by(_portion: int) -> int:
        if os.getpid() == ours:
            begun.touch()
        for _ in range(10_000):  # a worker is not to be ahead of this process
            if not begun.exists():
                time.sleep(0.001)
        return os.getpid()

    with Pool(done_by, 2, lambda: None) as pool:
        assert ours in pool.results(range(5))


def test_drafts_of_one_key_are_refused_and_named(workspace: Path) -> None:
    """What the register could not tell apart is no draft; documents of different keys pass."""
    made = [each.draft for each in draft(workspace, everything=False, projects=("3", "8"), dry_run=True).made]
    refuse_alike(made)
    with pytest.raises(Problems) as found:
        refuse_alike([made[0], replace(made[1], key=made[0].key), *made[2:]])
    (fault,) = found.value.faults
    assert isinstance(fault, DraftsAlike)
    assert fault.subjects == (made[0].subject, made[1].subject)
    assert fault.exit_code == 1
