"""The kinds of documents of a workspace, listed, shown, checked, and begun anew."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from docgen.dataclass import dataclass
from docgen.documents.declared.catalogue import KindTaken, built_in_of
from docgen.documents.declared.declaration import FORMS
from docgen.documents.declared.kind import Kind
from docgen.documents.declared.reading import read
from docgen.documents.declared.soundness import why_no_title
from docgen.documents.declared.sources import UnknownSource, source_of
from docgen.errors import WRONG_USE, Advice, DocgenError, Problems
from docgen.files import staged
from docgen.model.faults import NotAmong
from docgen.model.schema import BUILT_IN
from docgen.office.desk import Desk
from docgen.office.drafting.beginnings import TO_WRITE, beginning, to_write
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
    kinds: tuple[str, ...] = ()
    """Of which lengths of periods, or for documents of which kinds."""

    @property
    def made_for_words(self) -> str:
        """Return what it is made for, as people read it: 手续, 时段（旬、月）."""
        sources = "、".join(dict.fromkeys(self.made_for))
        return f"{sources}（{'、'.join(self.kinds)}）" if self.kinds else sources


@dataclass(frozen=True)
class KindShown:
    """A kind with all that a clerk may set: settings with their values and defaults, ways, receivers, template.

    A list has no template, but columns: their heads, and what they show.
    """

    info: KindInfo
    again: str
    settings: tuple[tuple[str, str, str], ...]
    ways: tuple[str, ...]
    way: str
    code: str
    to: tuple[str, ...]
    copies: tuple[str, ...]
    conditions: tuple[str, ...]
    template: Path | None
    options: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


def options_of(command: str) -> tuple[str, ...]:
    """Return the options that select among what docgen's own kinds of a command are made for."""
    made_for = (said for each in built_in_of(command) for said in each.made_for)
    sources = (source_of(each.source.text, BUILT_IN) for each in made_for)
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
            tuple(dict.fromkeys(kind.text for made in each.made_for for kind in made.kinds)),
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
        again="" if kind.is_list else kind.again,
        settings=tuple(
            (each.name, _plain(kind.settings[each.name]), each.help) for each in kind.declared.settings
        ),
        ways=tuple(each.name for each in kind.ways if each.name),
        way=kind.way.name,
        code="" if kind.is_list else kind.code,
        to=tuple(dict.fromkeys(rule.written for each in kind.variants for rule in each.to)),
        copies=tuple(dict.fromkeys(_copies(kind))),
        conditions=(
            *(each.when.written for each in kind.variants if each.when.written),
            *([f"每件至少{kind.way.at_least}项"] if kind.way.at_least > 1 else ()),
        ),
        template=None if kind.is_list else path_of(desk.workspace, kind),
        options=(*(f"--{each}" for each in kind.options), "--all"),
        columns=tuple((each.head.text, each.shows.text) for each in kind.declared.listed.columns),
    )


def _copies(kind: Kind) -> list[str]:
    rules = kind.copies if kind.copies is not None else tuple(each.copies for each in kind.variants)
    return [rule.written for each in rules for rule in each]


def _plain(value: object) -> str:
    return {True: "是", False: "否"}[value] if isinstance(value, bool) else str(value)


def checked(desk: Desk, names: tuple[str, ...]) -> list[DocgenError]:
    """Return every fault of the declarations and templates of kinds, of all for no names. Raises UnknownKind."""
    return faults_of(desk.workspace, names, desk.workspace.read().partial)


def unwritten(desk: Desk, names: tuple[str, ...]) -> list[Advice]:
    """Return where the wordings of own kinds still have places to be written: their documents cannot be signed."""
    own = (
        each for each in desk.workspace.catalogue.declared if each.own and (not names or each.title in names)
    )
    return [
        Advice(
            "wording-unwritten",
            f"{each.wording_file} 第{'、'.join(map(str, lines))}行还有“{TO_WRITE}……】”，写好以后公文才能签发",
        )
        for each in own
        if (lines := to_write(each.wording))
    ]


def without_code(desk: Desk, names: tuple[str, ...]) -> list[Advice]:
    """Return one advice of the own kinds that have no 机关代字 yet, so that nothing of them can be drafted."""
    catalogue, records = desk.workspace.catalogue, desk.workspace.read().records
    if records is None:
        return []
    own = [each.title for each in catalogue.declared if each.own and (not names or each.title in names)]
    found: list[Kind] = []
    for title in own:
        with suppress(DocgenError):  # which is told as a fault
            found.append(catalogue.bound(title, records))
    titles = "”“".join(each.title for each in found if each.is_numbered and not each.code)
    words = f"“文种”表还没有“{titles}”的机关代字，起草以前每种加一行填写"
    return [Advice("kind-without-code", words)] if titles else []


def begin(desk: Desk, title: str, form: str, source: str) -> list[Path]:
    """Write a declaration to begin a kind of the office's own with, and a wording unless it is a list.

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
    files = beginning(title, form, found, workspace.catalogue.declaration("通知").wording)
    read(files[".toml"], files.get(".txt", ""), f"kinds/{title}.toml", own=True)
    wanted = {workspace.kinds / f"{title}{suffix}": words for suffix, words in files.items()}
    Problems.raise_any(_Exists(workspace.shown(each)) for each in wanted if each.exists())
    with staged() as staging:
        for path, words in wanted.items():
            staging.add(path, words.encode())
    return list(wanted)


class _Exists(DocgenError):
    """A file of the new kind is there already."""

    code = "kind-file-exists"
    exit_code = WRONG_USE
    says = "{path} 已存在，没有改动它"
    advises = "请换一个文种名称。"

    path: str
