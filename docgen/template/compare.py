"""A template rendered by docgen and by docxtpl, and where the words of the two documents differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from io import BytesIO
from typing import Any, Final

from lxml import etree

from docgen.dataclass import dataclass
from docgen.errors import WRONG_USE, DocgenError
from docgen.opc.reading import opened
from docgen.template import levels
from docgen.template.gaps import Gap
from docgen.template.ooxml import (
    BR,
    CR,
    DEL_TEXT,
    FALLBACK,
    TAB,
    TBL,
    TC,
    TR,
    Element,
    P,
    R,
    T,
    nearest,
    parse,
)
from docgen.template.rendering import Rendering
from docgen.template.template import TITLES, Template

_CHARACTERS: Final = {BR: "\n", CR: "\n", TAB: "\t"}
_KEPT_PROPERTIES: Final = frozenset(
    {
        "title",
        "subject",
        "creator",
        "keywords",
        "description",
        "category",
        "contentStatus",
        "identifier",
        "language",
    }
)  # the others are written by programs
_LONGEST_REASON: Final = 200


class NoDocxtplExtra(DocgenError):
    """docxtpl is not installed."""

    code = "docxtpl-not-installed"
    exit_code = WRONG_USE
    says = "要与 docxtpl 对照，缺少 docxtpl"
    advises = "请运行 pip install 'docgen[docxtpl]'。"


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two documents differ: the place in Chinese, and the words in either; empty: it has none there."""

    place: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of rendering by both.

    `failed` is why docxtpl gave no document that can be read, in its own words; empty if it gave one.
    """

    differences: tuple[Difference, ...]
    failed: str = ""

    @property
    def same(self) -> bool:
        """Whether both wrote the same words."""
        return not self.failed and not self.differences


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a paragraph, or of something like it."""

    place: str
    words: str


def compare(template: Template, context: Mapping[str, object], *, autoescape: bool = False) -> Comparison:
    """Render a template by docgen and by docxtpl, and return where the documents differ in words.

    docxtpl is given what the template uses: texts with fields as they are, a gap as None, ready-made OOXML as it is,
    the heading counters as an object. It runs in Jinja's sandbox and after docgen, under whose bounds the template has
    come to its end. `autoescape` is its option of that name, off unless asked for, as there.

    Raises:
        NoDocxtplExtra: if docxtpl is not installed.
        DocgenError: as `Template.render` does.
    """
    _need_docxtpl()
    ours = template.render(context)
    try:
        theirs = _by_docxtpl(template, context, autoescape=autoescape)
        found = _texts(theirs, f"docxtpl {template.name}")
    except Exception as error:  # noqa: BLE001  whatever docxtpl raises is an answer
        return Comparison((), _reason(error))
    return Comparison(tuple(_differences(_texts(ours, template.name), found)))


def _need_docxtpl() -> None:
    """Find docxtpl. Raises NoDocxtplExtra."""
    from importlib.util import find_spec

    if find_spec("docxtpl") is None:
        raise NoDocxtplExtra


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())[:_LONGEST_REASON]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _by_docxtpl(template: Template, context: Mapping[str, object], *, autoescape: bool) -> bytes:
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=autoescape)
    environment.filters.update(template.filters)
    given = {name: _given(context[name]) for name in template.shown() if name in context}
    document = DocxTemplate(BytesIO(template.data))
    written = BytesIO()
    with Rendering():
        document.render({**given, levels.NAME: _Counters()}, environment)
    document.save(written)
    return written.getvalue()


class _Counters:
    """The heading counters as docxtpl can read them."""

    def __getattr__(self, name: str) -> str:
        if name not in levels.KNOWN:
            raise AttributeError(name)
        return levels.number(name)


class _Ready(str):
    """Ready-made OOXML, written as it is whether docxtpl escapes values or not."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


class _GivenText(str):
    """A text whose fields are given as docxtpl can read them."""

    __slots__ = ("_from",)

    _from: Any

    def __getattr__(self, name: str) -> Any:
        return _given(getattr(self._from, name))


class _GivenFields(Mapping[str, Any]):
    """A group of fields whose values are given as docxtpl can read them."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = fields

    def __getitem__(self, name: str) -> Any:
        return _given(self._fields[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


def _given(value: Any) -> Any:
    """Return a value as docxtpl can read it."""
    kind = type(value)
    if kind is Gap:
        return None
    if hasattr(kind, "__labels__"):
        text = _GivenText(value)
        text._from = value  # noqa: SLF001  of this module
        return text
    if isinstance(value, Mapping):
        return _GivenFields(value)
    if isinstance(value, list | tuple):
        return [_given(each) for each in value]
    if hasattr(kind, "__html__") and not kind.__module__.startswith("docxtpl"):
        return _Ready(value.__html__())
    return value


def _texts(data: bytes, name: str) -> list[_Words]:
    """Return the words of a document in order: of paragraphs in all parts, of properties, of charts."""
    with opened(data, name) as package:
        kinds = {part: TITLES[kind] for part, kind in package.types().items() if kind in TITLES}
        order = list(dict.fromkeys(TITLES.values()))
        parts = sorted(kinds, key=lambda part: (order.index(kinds[part]), part))
        total = Counter(kinds.values())
        found: list[_Words] = []
        numbers: Counter[str] = Counter()
        for part in parts:
            title = kinds[part]
            numbers[title] += 1
            several = title not in {"正文", "文档属性"} and total[title] > 1
            found += _of_part(parse(package.content(part)), f"{title}{numbers[title]}" if several else title)
    return found


def _of_part(root: Element, title: str) -> Iterator[_Words]:
    if next(root.iter(P), None) is not None:
        yield from _of_paragraphs(root, title)
    elif title == "文档属性":
        for each in sorted(root.iter(etree.Element), key=lambda each: str(each.tag)):
            name = etree.QName(each).localname
            if (each.text or "").strip() and (name in _KEPT_PROPERTIES or name == "lpwstr"):
                yield _Words(f"{title} {name}", each.text or "")
    else:
        drawn = (each for each in root.iter("{*}t", "{*}v") if (each.text or "").strip())
        for number, each in enumerate(drawn, 1):
            yield _Words(f"{title}第{number}处", each.text or "")


def _of_paragraphs(root: Element, title: str) -> Iterator[_Words]:
    tables = {table: number for number, table in enumerate(root.iter(TBL), 1)}
    number = 0
    for paragraph in root.iter(P):
        if nearest(paragraph, FALLBACK) is not None:
            continue
        number += 1
        words = _words(paragraph)
        if words.strip():
            yield _Words(title + (_cell(paragraph, tables) or f"第{number}段"), words)


def _words(paragraph: Element) -> str:
    nodes = (node for node in paragraph.iter(T, BR, CR, TAB) if nearest(node, P) is paragraph)
    return "".join(
        node.text or "" if node.tag == T else _CHARACTERS[str(node.tag)] for node in nodes if _is_shown(node)
    )


def _is_shown(node: Element) -> bool:
    parent = node.getparent()
    return parent is not None and (node.tag == T or parent.tag == R) and parent.find(DEL_TEXT) is None


def _cell(paragraph: Element, tables: Mapping[Element, int]) -> str:
    """Return which cell of which table a paragraph stands in, or nothing."""
    cell, row, table = (nearest(paragraph, name) for name in (TC, TR, TBL))
    if cell is None or row is None or table is None:
        return ""
    at_row = 1 + sum(1 for _ in row.itersiblings(TR, preceding=True))
    at_cell = 1 + sum(1 for _ in cell.itersiblings(TC, preceding=True))
    return f"表{tables[table]}第{at_row}行第{at_cell}格"


def _differences(ours: Sequence[_Words], theirs: Sequence[_Words]) -> Iterator[Difference]:
    """Yield where the words differ; of paragraphs that one has in other number than the other, each by itself."""
    left, right = [each.words for each in ours], [each.words for each in theirs]
    start = _alike(left, right)
    end = _alike(left[start:][::-1], right[start:][::-1])
    matcher = SequenceMatcher(
        None, left[start : len(left) - end], right[start : len(right) - end], autojunk=False
    )
    for order, first, last, from_, to in matcher.get_opcodes():
        if order == "equal":
            continue
        here = ours[start + first : start + last]
        there = theirs[start + from_ : start + to]
        for at in range(max(len(here), len(there))):
            place = here[at].place if at < len(here) else there[at].place
            yield Difference(
                place,
                here[at].words if at < len(here) else "",
                there[at].words if at < len(there) else "",
            )


def _alike(left: Sequence[str], right: Sequence[str]) -> int:
    """Return how many paragraphs are the same from the beginning."""
    pairs = enumerate(zip(left, right, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(left), len(right)))
