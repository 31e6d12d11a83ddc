"""The workspace's templates: loading, checking, listing their fields, and bringing the shipped ones back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

from docgen.documents.catalogue import kinds
from docgen.documents.kind import Kind
from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.files import set_aside, staged
from docgen.model.names import nearest
from docgen.standard.measures.look import Look
from docgen.template.template import Template
from docgen.template.template import compile as compile_template
from docgen.workspace import Workspace


class TemplateState(StrEnum):
    """How a workspace's template stands to the one that docgen ships."""

    SHIPPED = "随附"
    CHANGED = "已修改"
    MISSING = "缺少"


@dataclass(frozen=True)
class TemplateInfo:
    """A template of the workspace."""

    kind: str
    path: Path
    state: TemplateState


class UnknownKind(DocgenError):
    """No document kind has the asked name."""

    code: ClassVar[str] = "kind-unknown"
    exit_code: ClassVar[int] = WRONG_USE

    asked: str
    known: tuple[str, ...]

    @property
    def what(self) -> str:
        """Name what was asked for."""
        return f"没有“{self.asked}”这种公文"

    @property
    def remedy(self) -> str:
        """Offer the nearest kinds, else all."""
        close = nearest(self.asked, self.known)
        return f"是不是：{'、'.join(close)}？" if close else f"可用的有：{'、'.join(self.known)}。"


class LacksField(DocgenError):
    """A template does not show a field that its kind of document must show."""

    code: ClassVar[str] = "template-lacks-field"

    template: str
    field: str

    @property
    def what(self) -> str:
        """Name template and field."""
        return f"模板 {self.template}：没有用到“{self.field}”，这种公文不能缺它"

    @property
    def remedy(self) -> str:
        """Say how to bring it back."""
        return "请补上这个字段，或用 docgen template rebuild 恢复随附的模板（改过的会移到“留存”）。"


def chosen(names: Sequence[str]) -> tuple[Kind, ...]:
    """Return the kinds of the given Chinese names; all for none. Raises UnknownKind."""
    known = {kind.title: kind for kind in kinds()}
    for name in names:
        if name not in known:
            raise UnknownKind(name, tuple(known))
    return tuple(known[name] for name in names) or tuple(known.values())


def load(workspace: Workspace, kind: Kind) -> Template:
    """Return a kind's compiled template.

    Raises:
        TemplateMissing: it is not there.
        DocgenError, Problems: it is no sound template, or uses fields that the kind does not offer.
    """
    template = compile_template(workspace.template_bytes(kind.template_name), kind.template_name)
    shown = {field.removesuffix("[]") for field in template.fields()}
    lacking = [LacksField(kind.template_name, field) for field in kind.required if field not in shown]
    Problems.raise_any([*template.check(kind.fields), *lacking])
    return template


def faults_of(workspace: Workspace, of: Iterable[Kind]) -> list[DocgenError]:
    """Return every fault of the templates of some kinds."""
    faults: list[DocgenError] = []
    for kind in of:
        try:
            load(workspace, kind)
        except DocgenError as fault:
            faults += fault.faults if isinstance(fault, Problems) else [fault]
    return faults


def listed(workspace: Workspace) -> list[TemplateInfo]:
    """Return the workspace's templates with their state."""
    paths = ((kind, workspace.docx_templates / kind.template_name) for kind in kinds())
    return [TemplateInfo(kind.title, path, _state(kind, path, workspace.look)) for kind, path in paths]


def _state(kind: Kind, path: Path, look: Look) -> TemplateState:
    if not path.is_file():
        return TemplateState.MISSING
    return TemplateState.SHIPPED if path.read_bytes() == kind.template(look) else TemplateState.CHANGED


def rebuild(workspace: Workspace, of: Iterable[Kind]) -> list[tuple[Path, Path | None]]:
    """Write the shipped templates where they differ; a changed one is moved aside first.

    Returns:
        each path written, with where the changed template is now.
    """
    rebuilt: list[tuple[Path, Path | None]] = []
    with staged() as staging:
        for kind in of:
            path = workspace.docx_templates / kind.template_name
            state = _state(kind, path, workspace.look)
            if state is TemplateState.SHIPPED:
                continue
            staging.add(path, kind.template(workspace.look))
            changed = state is TemplateState.CHANGED
            rebuilt.append((path, set_aside(path) if changed else None))
    return rebuilt


def field_names(kind: Kind) -> tuple[str, ...]:
    """Return the fields that a kind offers to its template, an item of a list as `手续[].层级`."""
    return tuple(_names(kind.fields, ""))


def _names(spec: Mapping[str, Any], above: str) -> Iterator[str]:
    for name, inner in spec.items():
        path = f"{above}{name}"
        if inner is None:
            yield path
        elif isinstance(inner, Mapping):
            yield from _names(inner, f"{path}.")
        else:
            yield from [f"{path}[]"] if inner[0] is None else _names(inner[0], f"{path}[].")
