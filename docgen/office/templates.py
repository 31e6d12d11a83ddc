"""The workspace's templates: loading, checking, listing their fields, and bringing the shipped ones back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final

from docgen.digests import sha256
from docgen.documents.group import ANNEXES
from docgen.documents.kind import Kind
from docgen.documents.spec import names_of, spec_of
from docgen.errors import DocgenError, Problems
from docgen.files import set_aside, staged
from docgen.model.records import Records
from docgen.template.template import Template
from docgen.template.template import compile as compile_template
from docgen.workspace import Workspace


class TemplateState(StrEnum):
    """How a workspace's template stands to the one that docgen ships."""

    SHIPPED = "随附"
    CHANGED = "已修改"
    MISSING = "缺少"
    OWN = "自定"


@dataclass(frozen=True)
class TemplateInfo:
    """A template of the workspace."""

    kind: str
    path: Path
    state: TemplateState


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
        return "请补上这个字段，或用 docgen template rebuild 由正文重新生成（改过的会移到“留存”）。"


class LacksAnnex(DocgenError):
    """A kind's annex would be listed, but its template does not hold it."""

    code = "template-lacks-annex"
    says = "模板 {template}：没有附件“{annex}”的内容，印出来只有附件说明，没有附件"
    advises = (
        "请在正文中加一段“[附件] {annex}”（改过 docx 模板的，用“附件.{annex}.标题”写出附件的标题），"
        "或删去声明中的这个附件。"
    )

    template: str
    annex: str


class TemplateOutdated(DocgenError):
    """A template of docgen's own uses so many fields that are not there that it must be of an earlier version."""

    code = "template-outdated"
    says = "模板 {template} 有{count}处用到的字段现在没有，像是旧版本的模板"
    advises = (
        "请用 docgen template rebuild 换成随附的新模板（原来的移到“留存”），再把改过的文字改到新模板里。"
    )

    template: str
    count: int


_MANY: Final = 8
"""Unknown fields from which on a template is taken for one of an earlier version."""


_EARLIER: Final = frozenset(
    (
        "37b35a2a0c0ec2a6992410d14706607346542f6f7d3a8a2e5450f5b7f1082d61",  # 告知函, before kinds were declared
        "8fc5be3d5bfb187c4f4addb4cf8eadd68a00567aa83b55bdfda8d3d2494b0164",  # 名单反馈表, when 机制职务 was one word
    )
)
"""SHA-256 of templates that earlier versions shipped: a workspace that has one of them unchanged gets today's."""


def renew(workspace: Workspace, kind: Kind) -> tuple[Path, Path | None] | None:
    """Put today's template in the place of one that an earlier version shipped and nobody changed.

    Returns:
        the template, and where the earlier one is now; None where there was nothing to renew.
    """
    path = path_of(workspace, kind)
    if kind.declared.own or not path.is_file() or sha256(path.read_bytes()) not in _EARLIER:
        return None
    return rebuild(workspace, [kind.title])[0]


def chosen(workspace: Workspace, names: Sequence[str], records: Records | None = None) -> tuple[Kind, ...]:
    """Return the kinds of the given names; all for none.

    Raises:
        UnknownKind: one is of no kind.
        Problems: what of the declarations does not hold.
    """
    catalogue = workspace.catalogue
    return tuple(catalogue.bound(each, records) for each in names or catalogue.titles)


def path_of(workspace: Workspace, kind: Kind) -> Path:
    """Return where a kind's template lies."""
    return workspace.docx_templates / kind.template_name


def bytes_of(workspace: Workspace, kind: Kind) -> bytes:
    """Return a kind's template: the file, or of an office's own kind what its wording makes where there is none.

    Raises:
        TemplateMissing: there is neither.
        Problems: the wording is wrong.
    """
    if kind.declared.own and kind.declared.wording and not path_of(workspace, kind).exists():
        return shipped(kind, workspace)
    return workspace.template_bytes(kind.template_name)


def shipped(kind: Kind, workspace: Workspace) -> bytes:
    """Return the template that a kind's wording makes in the look of a workspace. Raises Problems."""
    from docgen.standard.forms.wording import parse

    wording = parse(kind.declared.wording, kind.declared.file.removesuffix(".toml") + ".txt")
    return kind.form.template(wording, workspace.look)


def load(workspace: Workspace, kind: Kind, records: Records | None = None) -> Template:
    """Return a kind's compiled template.

    Raises:
        TemplateMissing: it is not there.
        DocgenError, Problems: it is no sound template, or uses fields that the kind does not offer.
    """
    template = compile_template(bytes_of(workspace, kind), kind.template_name)
    shown = {field.removesuffix("[]") for field in template.fields()}
    lacking = [LacksField(kind.template_name, field) for field in kind.form.required if field not in shown]
    unknown = template.check(spec_of(kind, records))
    if len(unknown) >= _MANY and not kind.declared.own:
        raise TemplateOutdated(kind.template_name, len(unknown))
    absent = [
        LacksAnnex(kind.template_name, each.name)
        for each in kind.annexes
        if shown.isdisjoint((f"{ANNEXES}.{each.name}.标题", f"{ANNEXES}.{each.name}.标题行"))
    ]
    Problems.raise_any([*unknown, *lacking, *absent])
    return template


def faults_of(
    workspace: Workspace, names: Sequence[str], records: Records | None = None
) -> list[DocgenError]:
    """Return every fault of the declarations and templates of some kinds, of all for no names. Raises UnknownKind."""
    catalogue = workspace.catalogue
    faults: list[DocgenError] = [] if names else list(catalogue.faults)
    for name in names or catalogue.titles:
        try:
            load(workspace, catalogue.bound(name, records), records)
        except DocgenError as fault:
            faults += fault.faults if isinstance(fault, Problems) else [fault]
    return list({str(each): each for each in faults}.values())


def listed(workspace: Workspace) -> list[TemplateInfo]:
    """Return the workspace's templates with their state."""
    return [
        TemplateInfo(kind.title, path_of(workspace, kind), _state(kind, workspace))
        for kind in chosen(workspace, ())
    ]


def checked(workspace: Workspace, names: Sequence[str]) -> list[DocgenError]:
    """Return every fault of the templates of the named kinds; of all for none named. Raises UnknownKind."""
    return faults_of(workspace, names, workspace.read().records)


def fields(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Return the fields that a kind offers to its template, an item of a list as `手续[].层级`. Raises UnknownKind."""
    records = workspace.read().records
    kind = workspace.catalogue.bound(name, records)
    return tuple(names_of(spec_of(kind, records)))


def _state(kind: Kind, workspace: Workspace) -> TemplateState:
    path = path_of(workspace, kind)
    if not path.is_file():
        return TemplateState.OWN if kind.declared.own and kind.declared.wording else TemplateState.MISSING
    if kind.declared.own:
        return TemplateState.OWN
    return TemplateState.SHIPPED if path.read_bytes() == shipped(kind, workspace) else TemplateState.CHANGED


def rebuild(workspace: Workspace, names: Sequence[str]) -> list[tuple[Path, Path | None]]:
    """Write the templates that wordings make where they differ; a changed one is moved aside first.

    Returns:
        each path written, with where the changed template is now.
    """
    kinds = [each for each in chosen(workspace, names) if each.declared.wording]
    wanted = {path_of(workspace, each): shipped(each, workspace) for each in kinds}
    stale = [path for path, data in wanted.items() if not (path.is_file() and path.read_bytes() == data)]
    with staged() as staging:
        for path in stale:
            staging.add(path, wanted[path])
        staging.take_over(staging.hand_over())  # on the disk before earlier ones are moved
        return [(path, set_aside(path) if path.is_file() else None) for path in stale]
