"""The kinds of documents of a workspace, listed, shown, checked, and begun anew."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from docgen.documents.catalogue import KindTaken, built_in
from docgen.documents.declaration import FORMS
from docgen.documents.kind import Kind
from docgen.documents.reading import read
from docgen.documents.soundness import why_no_title
from docgen.documents.sources import UnknownSource, source_of
from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.files import staged
from docgen.model.faults import NotAmong
from docgen.model.schema import BUILT_IN
from docgen.office.desk import Desk
from docgen.office.templates import faults_of, path_of


class UnknownForm(NotAmong):
    """A form was asked for that docgen does not have."""

    code = "form-unknown"
    says = "没有“{asked}”这种版式"


class UnfitTitle(DocgenError):
    """A kind was to be begun under a name that folders and templates cannot have."""

    code = "kind-title-unfit"
    exit_code = WRONG_USE
    says = "{why}"

    why: str


class NoSuchSource(NotAmong):
    """A kind was to be made for something that the workspace does not have."""

    code = "source-unknown"
    says = "没有“{asked}”这种制作对象"


@dataclass(frozen=True)
class KindInfo:
    """A kind as lists show it."""

    title: str
    command: str
    form: str
    made_for: tuple[str, ...]
    own: bool
    file: str


@dataclass(frozen=True)
class KindShown:
    """A kind with all that a clerk may set: settings with their values and defaults, ways, receivers, template."""

    info: KindInfo
    again: str
    settings: tuple[tuple[str, str, str], ...]
    ways: tuple[str, ...]
    way: str
    code: str
    to: tuple[str, ...]
    copies: tuple[str, ...]
    conditions: tuple[str, ...]
    template: Path


def options_of(command: str) -> tuple[str, ...]:
    """Return the options that select among what one of docgen's own kinds is made for."""
    declared = next(each for each in built_in() if each.command == command)
    sources = (source_of(each.source.text, BUILT_IN) for each in declared.made_for)
    return tuple(dict.fromkeys(name for each in sources for name in each.options))


def listed(desk: Desk) -> tuple[list[KindInfo], tuple[DocgenError, ...]]:
    """Return the kinds of the workspace, and what is wrong with declarations that do not hold."""
    catalogue = desk.workspace.catalogue
    found = [
        KindInfo(
            each.title,
            each.command,
            each.form,
            tuple(made.source.text for made in each.made_for),
            each.own,
            each.file,
        )
        for each in catalogue.declared
    ]
    return found, catalogue.faults


def shown(desk: Desk, asked: str) -> KindShown:
    """Return a kind with its settings as the workspace has them. Raises UnknownKind, Problems."""
    reading = desk.workspace.read()
    kind: Kind = desk.workspace.catalogue.bound(asked, reading.records)
    infos, _ = listed(desk)
    return KindShown(
        info=next(each for each in infos if each.title == kind.title),
        again=kind.again,
        settings=tuple(
            (each.name, _plain(kind.settings[each.name]), each.help) for each in kind.declared.settings
        ),
        ways=tuple(each.name for each in kind.ways if each.name),
        way=kind.way.name,
        code=kind.code,
        to=tuple(dict.fromkeys(rule.written for each in kind.variants for rule in each.to)),
        copies=tuple(dict.fromkeys(_copies(kind))),
        conditions=tuple(each.when.written for each in kind.variants if each.when.written),
        template=path_of(desk.workspace, kind),
    )


def _copies(kind: Kind) -> list[str]:
    rules = kind.copies if kind.copies is not None else tuple(each.copies for each in kind.variants)
    return [rule.written for each in rules for rule in each]


def _plain(value: object) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def checked(desk: Desk, names: tuple[str, ...]) -> list[DocgenError]:
    """Return every fault of the declarations and templates of kinds, of all for no names. Raises UnknownKind."""
    return faults_of(desk.workspace, names, desk.workspace.read().records)


def begin(desk: Desk, title: str, form: str, source: str) -> list[Path]:
    """Write a declaration and a wording to begin a kind of the office's own with, and the template made of it.

    Raises:
        UnknownForm, NoSuchSource: there is no such form, or nothing of that name to make documents for.
        KindTaken, FileExists: the name is taken.
        UnfitTitle: the name is none.
    """
    workspace = desk.workspace
    if form not in FORMS:
        raise UnknownForm(form, FORMS)
    try:
        found = source_of(source, workspace.schema)
    except UnknownSource as unknown:
        raise NoSuchSource(unknown.asked, unknown.known) from unknown
    title = title.strip()
    if title.casefold() in map(str.casefold, workspace.catalogue.titles):
        raise KindTaken(f"kinds/{title}.toml", title, "已有的文种")
    unfit = why_no_title(title)
    if unfit:
        raise UnfitTitle(unfit)
    text, wording = _beginning(title, form, source, to_unit="unit" in found.options), _WORDING[form]
    read(text, wording, f"kinds/{title}.toml", own=True)
    paths = [workspace.kinds / f"{title}.toml", workspace.kinds / f"{title}.txt"]
    Problems.raise_any(_Exists(workspace.shown(each)) for each in paths if each.exists())
    with staged() as staging:
        for path, words in zip(paths, (text, wording), strict=True):
            staging.add(path, words.encode())
    return paths


class _Exists(DocgenError):
    """A file of the new kind is there already."""

    code = "kind-file-exists"
    exit_code = WRONG_USE
    says = "{path} 已存在，没有改动它"
    advises = "请换一个文种名称。"

    path: str


def _beginning(title: str, form: str, source: str, *, to_unit: bool) -> str:
    receivers = (
        'to = ["各成员单位"]'
        if source not in ("手续", "项目单位")
        else ('to = ["审批单位"]' if source == "手续" else 'to = ["单位"]')
    )
    name = "{{ 本项.项目 }}" if source == "项目单位" else "{{ 本项 }}"
    del to_unit
    return f"""# {title}：本单位自定的文种。写法见手册“自定文种”；改好后运行 docgen kind check {title}
title = "{title}"
form = "{form}"
again = "一次"
heading = "关于{name}的{title}"
none = "没有需要制发{title}的事项"

[[made_for]]
source = "{source}"
{receivers}
"""


_TEXT: Final = """现将有关事项函告如下。
一、基本情况
请在这里写正文，说明{{ 机制.简称 }}的有关情况；可用的字段用“docgen template fields”命令查看。
二、有关要求
请按要求办理。
[附注] （联系人：{{ 机制.联系人 }}，联系电话：{{ 机制.联系电话 }}）
"""
_WORDING: Final = {
    **dict.fromkeys(FORMS, _TEXT),
    "单": """[表单]
| 承办单位 | 请填写 | 协办单位 | 请填写 |
| 事项 | 请填写 |
| 要求 | 请填写 |
[填写] 办理情况反馈
| 办理结果 | [办理结果] |
| 经办人 | [经办人] | 联系电话 | [联系电话] |
""",
}
