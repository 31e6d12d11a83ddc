"""Why a cluster does not render: each with what to look after."""

from __future__ import annotations

from docgen.errors import OUTSIDE_FAILED, WRONG_USE, DocgenError


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
