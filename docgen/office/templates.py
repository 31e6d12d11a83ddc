"""The workspace's templates: loading, checking, listing their fields, and bringing the shipped ones back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import ClassVar, Final

from docgen.dataclass import dataclass
from docgen.digests import sha256
from docgen.documents.declared.kind import Kind
from docgen.documents.declared.spec import names_of, row_spec_of, spec_of
from docgen.documents.labels.paths import ANNEXES
from docgen.errors import OUTSIDE_FAILED, DocgenError, Problems
from docgen.files import set_aside, staged
from docgen.model.records import Records
from docgen.opc.reading import opened
from docgen.opc.unsafe import unsafe_in
from docgen.template.faults import TagFault
from docgen.template.template import Template
from docgen.template.template import compile as compile_template
from docgen.workspace import TemplateMissing, Workspace


class TemplateState(StrEnum):
    """How a workspace's template stands to the one that docgen ships."""

    SHIPPED = "随附"
    CHANGED = "已修改"
    MISSING = "缺少"
    OWN = "自定"
    NONE = "清单，没有模板"


@dataclass(frozen=True)
class TemplateInfo:
    """A template of the workspace; a list has none, and no path."""

    kind: str
    path: Path | None
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


class TemplateUnsafe(DocgenError):
    """A template holds what runs, or is fetched from outside, and so would every document made of it."""

    code = "template-unsafe"
    says = "模板 {template}：{found:；}，会带进每一件公文"
    advises = (
        "请在 Word 或 WPS 中改为嵌入或删去（链接的图片：编辑链接；附加的模板：开发工具、文档模板；域：选中后按 "
        "Ctrl+Shift+F9 变成文字），另存后再试。"
    )

    template: str
    found: tuple[str, ...]


class TemplateChanged(DocgenError):
    """A template has tracked changes that nobody decided on, which every document made of it would have."""

    code = "template-changes"
    says = "模板 {template}：{places:；}，会带进每一件公文，签发不了"
    advises = "请用 Word 或 WPS 打开模板，接受或拒绝全部修订后保存。"

    template: str
    places: tuple[str, ...]


class NothingToRender(DocgenError):
    """A kind of the office's own has neither a wording nor a template."""

    code = "kind-without-wording"
    says = "文种“{kind}”没有正文：{wording} 没有或是空的，也没有模板 {template}"
    advises = (
        "请写 {wording}，一段一行（可用 docgen kind new 另建一个文种，照它的正文写）；"
        "或把排好的 docx 放到 {template}。"
    )

    kind: str
    wording: str
    template: str


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


class TemplatesMissing(DocgenError):
    """Several templates are not in the workspace, as after an upgrade to a docgen with more kinds."""

    code = "templates-missing"
    exit_code = OUTSIDE_FAILED
    says = "有{count}种公文的模板不在 {folder}：{titles}"
    advises = "可用 docgen template rebuild 放进随附的模板；已有的、没改过的不动，改过的移到“留存”。"

    count: int
    folder: str
    titles: str


_LONGEST_LINE: Final = 60
"""Characters of a wording's line that a message quotes whole."""
_SEVERAL: Final = 2
_FEW: Final = 3
"""Tracked changes that a message names."""
_MANY: Final = 8
"""Unknown fields from which on a template is taken for one of an earlier version."""


_EARLIER: Final = frozenset(
    (
        "37b35a2a0c0ec2a6992410d14706607346542f6f7d3a8a2e5450f5b7f1082d61",  # 告知函, before kinds were declared
        "a4e7c97109c86b2f4468445bd7d07815999c6919ee7eb0e10243084762beaaa8",  # 告知函, a note under each schedule
        "2eda30b5b58f06975972097e1c6e9b842b683059a4f35b668aa5102bc6b6dfaf",  # 任务交办单, no room for a seal
        "be768fc7e1dbb202a0e27089beb7341e683891ed1c045709ead09f8a76a3ae0d",  # 催办函, days late on two lines
        "8fc5be3d5bfb187c4f4addb4cf8eadd68a00567aa83b55bdfda8d3d2494b0164",  # 名单反馈表, labels, 机制职务
        "02b7739346248ed900f75da114bdf76cd5385fcb0f2032072b37f794a7e94a18",  # 任务交办单, of approvals alone
        "18ef07dcb90e59f186d530f6f68d6af53d36edaa9a5ccbf2dcb579caae9f3648",  # 会议纪要, without earlier decisions
        "f39748252b1ba82c6b77e688f5f2f0fd6c72615bf2fdf3f7aec74bade5448a0e",  # 告知函, no styles for joint signatures
        "64030359ff963244896361b13f02588662b20415e5a5ec3eb55885d342dae4a5",  # 催办函, no styles for joint signatures
        "7509db81157f37759ed6629dd7535416c6343022d494dcab59844eba796d01ff",  # 会议通知, no styles for joint signatures
    )
)
"""SHA-256 of templates that earlier versions shipped: a workspace that has one of them unchanged gets today's."""


def renew(workspace: Workspace, kind: Kind) -> tuple[Path, Path | None] | None:
    """Put today's template in the place of one that an earlier version shipped and nobody changed.

    Returns:
        the template, and where the earlier one is now; None where there was nothing to renew.
    """
    path = path_of(workspace, kind)
    if kind.is_list or kind.declared.own or not path.is_file() or sha256(path.read_bytes()) not in _EARLIER:
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
        TemplateMissing: it cannot be read.
        NothingToRender: there is neither.
        Problems: the wording is wrong.
    """
    if _is_of_wording(workspace, kind):
        if not kind.declared.wording.strip():
            raise NothingToRender(
                kind.title, kind.declared.wording_file, workspace.shown(path_of(workspace, kind))
            )
        return shipped(kind, workspace)
    return workspace.template_bytes(kind.template_name)


def shipped(kind: Kind, workspace: Workspace) -> bytes:
    """Return the template that a kind's wording makes in the look of a workspace. Raises Problems."""
    from docgen.standard.forms.wording import parse

    return kind.form.template(parse(kind.declared.wording, kind.declared.wording_file), workspace.look)


def load(workspace: Workspace, kind: Kind, records: Records | None = None) -> Template:
    """Return a kind's compiled template.

    Raises:
        TemplateMissing: it is not there.
        DocgenError, Problems: it is no sound template, or uses fields that the kind does not offer.
    """
    from docgen.standard.build.own_styles import with_own_styles

    of_wording = _is_of_wording(workspace, kind)
    named = kind.declared.wording_file if of_wording else kind.template_name
    data = bytes_of(workspace, kind)
    try:
        template = compile_template(with_own_styles(data, named), named)
    except DocgenError as fault:
        raise placed(fault, workspace, kind) from fault
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
    outside = [] if of_wording else list(_unsafe(data, named))
    Problems.raise_any([*(placed(each, workspace, kind) for each in unknown), *lacking, *absent, *outside])
    return template


def _unsafe(data: bytes, name: str) -> Iterator[TemplateUnsafe]:
    """Yield that a template holds what runs or is fetched from outside."""
    with opened(data, name) as parts:
        contents = parts.contents()
    if found := tuple(unsafe_in(list(contents), contents.__getitem__, name)):
        yield TemplateUnsafe(name, found)


def placed(fault: DocgenError, workspace: Workspace, kind: Kind) -> DocgenError:
    """Return a fault of a template that a wording makes with the wording's line for its place; others as they are."""
    if isinstance(fault, Problems):
        return Problems(tuple(placed(each, workspace, kind) for each in fault.faults))
    if not isinstance(fault, TagFault) or not _is_of_wording(workspace, kind):
        return fault
    line = _line_with(fault, kind.declared.wording)
    if not line:
        return fault
    said = kind.declared.wording.splitlines()[line - 1].strip()
    words = said if len(said) <= _LONGEST_LINE else fault.words
    where = {
        "template": f"{kind.declared.wording_file} 第{line}行",
        "part": "",
        "paragraph": 0,
        "words": words,
    }
    return type(fault)(**dict(fault.values) | where)


def _line_with(fault: TagFault, wording: str) -> int:
    """Return the line of a wording that a fault is of: with its words and its tag, else its tag; 0 for none."""
    lines = [_bare(each) for each in wording.splitlines()]
    tag, words = _bare(fault.tag), [_bare(each) for each in re.split("[…⋯]+", fault.words)]
    tagged = [place for place, line in enumerate(lines, 1) if tag and tag in line]
    said = [place for place in tagged if all(each in lines[place - 1] for each in words)]
    return next(iter(said or tagged), 0)


def _bare(words: str) -> str:
    """Return words without white space, and without what says that a tag governs paragraphs, rows or runs."""
    return re.sub(r"\s+", "", re.sub(r"(\{[{%]-?)(?:p|tr|tc|r)\s", r"\1", words))


def _is_of_wording(workspace: Workspace, kind: Kind) -> bool:
    """Whether a kind's template is made of its wording, because no .docx lies in the workspace."""
    return kind.declared.own and not path_of(workspace, kind).exists()


def faults_of(
    workspace: Workspace, names: Sequence[str], records: Records | None = None
) -> list[DocgenError]:
    """Return every fault of the declarations and templates of some kinds, of all for no names. Raises UnknownKind."""
    catalogue = workspace.catalogue
    faults: list[DocgenError] = [] if names else list(catalogue.faults)
    for name in names or catalogue.titles:
        try:
            kind, wrong = catalogue.as_far(name, records)
            faults += wrong
            if kind and not kind.is_list:
                load(workspace, kind, records)
                faults += _changed(workspace, kind)
        except DocgenError as fault:
            faults += fault.faults if isinstance(fault, Problems) else [fault]
    return _together(list({str(each): each for each in faults}.values()), workspace)


def _together(faults: list[DocgenError], workspace: Workspace) -> list[DocgenError]:
    """Return faults, of which one names all templates that are not there."""
    paths = {each.path: each for each in faults if isinstance(each, TemplateMissing)}
    gone = [path for path in paths if not (workspace.root / path).exists()]
    if len(gone) < _SEVERAL:
        return faults
    titles = "、".join(Path(each).stem for each in gone)
    lost = TemplatesMissing(len(gone), workspace.shown(workspace.docx_templates), titles)
    return [*(each for each in faults if not (isinstance(each, TemplateMissing) and each.path in gone)), lost]


def _changed(workspace: Workspace, kind: Kind) -> Iterator[TemplateChanged]:
    """Yield that tracked changes are left in a template."""
    from docgen.lint.unfinished import changes_left

    if _is_of_wording(workspace, kind):
        return
    if places := changes_left(bytes_of(workspace, kind), kind.template_name):
        shown = places[:_FEW] if len(places) <= _FEW else (*places[:_FEW], f"……共 {len(places)} 处")
        yield TemplateChanged(kind.template_name, shown)


def listed(workspace: Workspace) -> list[TemplateInfo]:
    """Return the workspace's templates with their state."""
    return [
        TemplateInfo(kind.title, None, TemplateState.NONE)
        if kind.is_list
        else TemplateInfo(kind.title, path_of(workspace, kind), _state(kind, workspace))
        for kind in chosen(workspace, ())
    ]


def lists_among(workspace: Workspace, names: Sequence[str]) -> tuple[str, ...]:
    """Return those of the named kinds that are lists, which have no template. Raises UnknownKind, Problems."""
    found = (workspace.catalogue.declaration(each) for each in names)
    return tuple(each.title for each in found if each.is_list)


def checked(workspace: Workspace, names: Sequence[str]) -> list[DocgenError]:
    """Return every fault of the templates of the named kinds; of all for none named. Raises UnknownKind."""
    return faults_of(workspace, names, workspace.read().partial)


def fields(workspace: Workspace, name: str) -> tuple[str, ...]:
    """Return the fields that a kind offers to its template, a list to its columns, an item of several as `手续[].层级`.

    Raises:
        UnknownKind, Problems: of the name or its declaration.
    """
    records = workspace.read().partial
    kind = workspace.catalogue.bound(name, records)
    return tuple(names_of(row_spec_of(kind, records) if kind.is_list else spec_of(kind, records)))


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
