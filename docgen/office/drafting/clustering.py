"""Making drafts on a cluster: this process compares and records, the workers render and write.

Workers write beside the drafts' places when the workspace's `out` is shared with them; or to a URL, where the files
stay, and from which this process takes its copies.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, Self, TypeAlias

from docgen.errors import DocgenError
from docgen.files import Staging
from docgen.office.drafting.making import Maker, Planned, Result, Written, result_of
from docgen.template.cluster import Cluster, Delivered, Errand, fetch
from docgen.workspace import Workspace

_AHEAD: Final = 2  # portions in work for each of a cluster's threads
_Step: TypeAlias = tuple[Planned, Errand, Path] | Result


class ClusterRun:
    """Makes the drafts of a job on a cluster.

    Args:
        workspace: where.
        maker: compares the drafts with what was drafted before.
        scheduler: the address of the cluster's scheduler.
        to: the URL where files go; empty for the workspace's own folder, shared with the workers.
    """

    def __init__(self, workspace: Workspace, maker: Maker, scheduler: str, to: str) -> None:
        self._workspace, self._maker, self._to = workspace, maker, to.rstrip("/")
        job = maker.job
        self._cluster = Cluster(scheduler, job.template_bytes, job.kind.template_name, job.finish)
        self._staging = Staging()

    def __enter__(self) -> Self:
        self._cluster.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._cluster.__exit__()
        self._staging.drop()

    def results(self, portions: Sequence[range]) -> Iterator[list[Result]]:
        """Yield what came of each portion, in their order.

        Raises:
            DocgenError: the cluster cannot be used; see `Cluster`.
        """
        in_work: deque[tuple[list[_Step], Any]] = deque()
        for each in portions:
            steps = [self._step(planned) for planned in self._maker.plan(each)]
            errands = [step[1] for step in steps if not isinstance(step, Result)]
            in_work.append((steps, self._cluster.send(errands) if errands else None))
            if len(in_work) > self._cluster.hands * _AHEAD:
                yield self._received(*in_work.popleft())
        while in_work:
            yield self._received(*in_work.popleft())

    def _step(self, planned: Planned | Result) -> _Step:
        if isinstance(planned, Result):
            return planned
        lies = Path() if self._to else self._staging.reserve(planned.path)
        target = f"{self._to}/{self._below(planned.path)}" if self._to else str(lies)
        return planned, Errand(target, planned.context or {}), lies

    def _below(self, path: Path) -> str:
        return path.relative_to(self._workspace.out).as_posix()

    def _received(self, steps: Sequence[_Step], sent: Any) -> list[Result]:
        came = iter(self._cluster.receive(sent) if sent else [])
        done = [step if isinstance(step, Result) else self._result(*step, next(came)) for step in steps]
        if self._to:
            lying = (lies for lies, _ in self._staging.hand_over())
            done = [each.lying_at(next(lying)) if each.written else each for each in done]
        return done

    def _result(self, planned: Planned, errand: Errand, lies: Path, came: Delivered | DocgenError) -> Result:
        if isinstance(came, DocgenError):
            return result_of(planned, came)
        if self._to:
            self._staging.add(planned.path, fetch(errand.target, came))
        return result_of(planned, Written(lies, came.digests, came.size, planned.data_digest))
