"""Rendering on a Dask cluster: the template goes out once, contexts in portions, and workers write the files.

A worker does an errand in a way that may be repeated: a file is written under another name and then put in its place,
with the same bytes whoever does it. So a portion whose worker died is simply done again by another.
"""

from __future__ import annotations

import os
import re
import socket
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final, Self
from uuid import uuid4

from docgen.dataclass import dataclass
from docgen.digests import Digests, digests_of
from docgen.errors import OUTSIDE_FAILED, WRONG_USE, DocgenError
from docgen.files import reason_of
from docgen.opc.changing import Change
from docgen.template.template import compile as compile_template

_REACH: Final = 10.0  # seconds for a scheduler to answer
_PATIENCE: Final = 30.0  # seconds without any worker until a cluster is given up
_RETRIES: Final = 2  # of a portion that failed for a reason of the worker's
_SAME: Final = ("docgen", "jinja2", "lxml", "markupsafe")
_OF_URLS: Final = "://"
_ADDRESS: Final = re.compile(r"(?:(?:tcp|tls|wss?)://)?[^/\s]+:\d{1,5}")


class NoClusterExtra(DocgenError):
    """The packages that speak to a cluster are not installed."""

    code = "cluster-not-installed"
    exit_code = WRONG_USE
    says = "要用多台机器起草，缺少 {package}"
    advises = "请运行 pip install 'docgen[cluster]'，每台机器都要装。"

    package: str


class SchedulerUnreachable(DocgenError):
    """No scheduler answers at the address."""

    code = "scheduler-unreachable"
    exit_code = OUTSIDE_FAILED
    says = "连不上调度程序 {address}：{reason}"
    advises = "请核对 --scheduler 后的地址（如 tcp://10.0.0.1:8786），并确认它在运行、防火墙放行。"

    address: str
    reason: str


class NoWorkers(DocgenError):
    """A cluster has no workers, or has lost them all."""

    code = "cluster-without-workers"
    exit_code = OUTSIDE_FAILED
    says = "调度程序 {address} 下没有可用的工作机，等了{seconds}秒"
    advises = "请在各台机器上启动 dask worker，再运行同一命令，只做其余的。"

    address: str
    seconds: int


class WorkersDie(DocgenError):
    """Worker after worker has died of the same portion."""

    code = "cluster-workers-die"
    exit_code = OUTSIDE_FAILED
    says = "连续有工作机在做同一批公文时停掉"
    advises = "请查看工作机的日志（多半是内存不够），处理后运行同一命令，只做其余的。"


class OtherVersions(DocgenError):
    """A worker's software is other than the client's, so that its documents might be too."""

    code = "cluster-versions-differ"
    exit_code = OUTSIDE_FAILED
    says = "工作机 {worker} 上的 {package} 是 {there}，这里是 {here}"
    advises = "请在各台机器上装同样的版本，否则做出的文件可能不一样。"

    worker: str
    package: str
    there: str
    here: str


class CannotDeliver(DocgenError):
    """A worker cannot write where the results go."""

    code = "cluster-cannot-deliver"
    exit_code = OUTSIDE_FAILED
    says = "工作机 {worker} 写不进 {place}：{reason}"
    advises = "工作区的 out 文件夹要在每台机器上以同一路径共享并可写；或用 --to 指定各台机器都能写的位置。"

    worker: str
    place: str
    reason: str


class NotArrived(DocgenError):
    """What a worker has delivered is not there, or is not what it delivered."""

    code = "cluster-not-arrived"
    exit_code = OUTSIDE_FAILED
    says = "{place} 与工作机交来的不符：{reason}"
    advises = "请确认 --to 的位置对每台机器都是同一处，再运行同一命令。"

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Errand:
    """A document to be made: what it shows, and the path or URL where the file is to be."""

    target: str
    context: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that a worker has written."""

    digests: Digests
    size: int


def versions() -> dict[str, str]:
    """Return the versions on which the bytes of a document depend."""
    return {name: version(name) for name in _SAME} | {"zlib": zlib.ZLIB_RUNTIME_VERSION}


def deliver(
    template: bytes,
    name: str,
    errands: Sequence[Errand],
    wanted: Mapping[str, str],
    finish: Change | None = None,
) -> list[Delivered | DocgenError]:
    """Render and write some documents, in whichever process: the work of a worker.

    Args:
        template: the template's bytes.
        name: what faults call it.
        errands: the documents.
        wanted: the versions that the client has.
        finish: what is done to the parts of each document before they are packed; None for nothing. Workers get it.

    Returns:
        for each errand what was written, or the fault of its context or the template.

    Raises:
        OtherVersions: this process would make other bytes.
        CannotDeliver: a file cannot be written.
    """
    for package, here in wanted.items():
        there = versions()[package]
        if there != here:
            raise OtherVersions(socket.gethostname(), package, there, here)
    compiled = compile_template(template, name)
    outcomes: list[Delivered | DocgenError] = []
    for each in errands:
        try:
            data = compiled.render(each.context, finish=finish)
        except DocgenError as fault:
            outcomes.append(fault)
            continue
        _put(each.target, data)
        outcomes.append(Delivered(digests_of(data), len(data)))
    return outcomes


def fetch(target: str, delivered: Delivered) -> bytes:
    """Return a file that a worker has delivered to a URL.

    Raises:
        NotArrived: it is not there, or not the same.
    """
    from fsspec import url_to_fs  # type: ignore[import-untyped]  # ships no types

    try:
        system, path = url_to_fs(target)
        data = bytes(system.cat_file(path))
    except OSError as fault:
        raise NotArrived(target, reason_of(fault)) from fault
    if digests_of(data) != delivered.digests:
        raise NotArrived(target, "内容不同")
    return data


class Cluster:
    """A Dask cluster as its client sees it; a context.

    Args:
        address: of the scheduler.
        template: the template's bytes, sent to each worker once.
        name: what faults call the template.
        finish: what is done to the parts of each document before they are packed; None for nothing.
    """

    def __init__(self, address: str, template: bytes, name: str, finish: Change | None) -> None:
        self._address, self._template, self._name, self._finish = address, template, name, finish
        self._versions = versions()
        self._client: Any = None
        self._sent: Any = None

    def __enter__(self) -> Self:
        need_cluster()
        if not _ADDRESS.fullmatch(self._address):
            raise SchedulerUnreachable(self._address, "地址写法不对")
        from distributed import Client

        try:
            self._client = Client(self._address, timeout=_REACH, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, ImportError) as fault:  # TimeoutError is an OSError
            raise SchedulerUnreachable(self._address, _reason(fault)) from fault
        try:
            self._wait_for_workers()
            self._sent = self._client.scatter(self._template, broadcast=True, hash=False)
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    @property
    def hands(self) -> int:
        """Return how many portions can be in work at once. Raises SchedulerUnreachable."""
        with self._speaking():
            threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def send(self, errands: Sequence[Errand]) -> Any:
        """Give a portion to the cluster, and return what `receive` takes. Raises SchedulerUnreachable."""
        with self._speaking():
            return self._client.submit(
                deliver, self._sent, self._name, errands, self._versions, self._finish,
                key=f"docgen-{uuid4().hex}", retries=_RETRIES, pure=False,
            )  # fmt: skip

    def receive(self, sent: Any) -> list[Delivered | DocgenError]:
        """Wait for a portion and return what came of each errand.

        Raises:
            NoWorkers: all workers are gone, and none came.
            WorkersDie: several workers have died of it.
            SchedulerUnreachable: the scheduler is gone.
            OtherVersions, CannotDeliver: as `deliver`.
        """
        from distributed import KilledWorker

        try:
            with self._speaking():
                while not sent.done():
                    self._wait_for_workers()
                    with suppress(TimeoutError):
                        sent.result(timeout=1)
                outcomes: list[Delivered | DocgenError] = sent.result()
        except KilledWorker as fault:
            raise WorkersDie from fault
        except ModuleNotFoundError as fault:
            raise OtherVersions("", fault.name or "docgen", "没有安装", self._versions["docgen"]) from fault
        sent.release()
        return outcomes

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Let a scheduler that has gone away leave as a fault."""
        try:
            yield
        except (CancelledError, OSError) as fault:
            raise SchedulerUnreachable(self._address, "连接中断") from fault

    def _wait_for_workers(self) -> None:
        """Return as soon as there is a worker. Raises NoWorkers."""
        given_up = time.monotonic() + _PATIENCE
        while not self._client.nthreads():
            if time.monotonic() > given_up:
                raise NoWorkers(self._address, round(_PATIENCE))
            time.sleep(0.1)


def need_cluster() -> None:
    """Find what a cluster needs. Raises NoClusterExtra."""
    from importlib.util import find_spec

    for package in ("distributed", "fsspec"):
        if find_spec(package) is None:
            raise NoClusterExtra(package)


def _put(target: str, data: bytes) -> None:
    """Write a file whole. Raises CannotDeliver."""
    try:
        (_put_at_url if _OF_URLS in target else _put_in_folder)(target, data)
    except (OSError, ImportError, ValueError) as fault:
        raise CannotDeliver(socket.gethostname(), target, _reason(fault)) from fault


def _put_in_folder(target: str, data: bytes) -> None:
    """Write a file in a shared folder that is there, through to the disk."""
    path = Path(target)
    beside = path.with_name(f"{path.name}.{uuid4().hex}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _put_at_url(target: str, data: bytes) -> None:
    """Write a file where any file system that fsspec knows keeps it; folders are made as needed."""
    from fsspec import url_to_fs

    system, path = url_to_fs(target, skip_instance_cache=True)
    system.makedirs(system._parent(path), exist_ok=True)  # noqa: SLF001  fsspec has no public name for it
    with system.transaction, system.open(path, "wb") as file:
        file.write(data)


def _reason(fault: Exception) -> str:
    if isinstance(fault, TimeoutError):
        return "没有回应"
    if isinstance(fault, OSError) and fault.errno:
        return reason_of(fault)
    if isinstance(fault, OSError):
        return "没有回应"
    return "地址写法不对，或缺少相应的程序包"
