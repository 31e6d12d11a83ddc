"""A declared kind meets a workspace: its conditions, paths, receivers and texts are checked against it and compiled."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from docgen.documents.columns import column_of, number_scope
from docgen.documents.comparisons import ROWS, why_never_equal
from docgen.documents.conditions import ALWAYS, Condition, condition_of
from docgen.documents.declaration import (
    THINGS,
    ColumnSaid,
    DateSaid,
    Declaration,
    KindFault,
    MadeForSaid,
    RowsSaid,
    WaySaid,
    Written,
)
from docgen.documents.faults import BadSetting, UnknownReceiver
from docgen.documents.field import Field
from docgen.documents.issued import PAPER
from docgen.documents.kind import (
    Annex,
    Column,
    Computed,
    DateRule,
    Kind,
    Listing,
    Rows,
    Text,
    Variant,
    Way,
)
from docgen.documents.kind_settings import settings_of
from docgen.documents.labels import fields_of
from docgen.documents.paths import (
    MECHANISM,
    SETTINGS,
    TODAY,
    Path,
    Scope,
    WrongPath,
    first_path,
    path_of,
)
from docgen.documents.periods import LENGTHS, PERIOD
from docgen.documents.receivers import Rule, rule_of
from docgen.documents.sources import THIS, Source, UnknownSource, source_of
from docgen.errors import DocgenError, Problems
from docgen.model.kind_row import KindRow
from docgen.model.names import nearest
from docgen.model.records import Records
from docgen.model.schema import Schema
from docgen.model.values import Reach
from docgen.standard.forms.catalogue import FORMS
from docgen.standard.forms.list import A4, PAPERS
from docgen.template.line import compile_line

_QUOTED: Final = 120  # characters of a text that messages quote
_LONGEST_COUNT: Final = 4  # digits of a number of working days
_LACKING: Final = {
    PERIOD: '要写明时段有多长，如 kinds = ["旬"]',
    PAPER: '要写明是哪些文种的公文，如 kinds = ["告知函"]',
}


def bind(
    declared: Declaration, schema: Schema, records: Records | None = None
) -> tuple[Kind | None, list[DocgenError]]:
    """Return a kind in a workspace, and everything in it that the schema or the sheets do not bear out.

    The kind lacks what is wrong with it; there is none where it is made for nothing that there is.

    Args:
        declared: what was read.
        schema: the record types of the workspace.
        records: the sheets; None to check the declaration alone.
    """
    binder = _Binder(declared, schema, records)
    kind = binder.kind()
    return kind, list({str(each): each for each in binder.faults}.values())


class _Binder:
    """Checks what one declaration says, and gathers what the workspace does not bear out."""

    def __init__(self, declared: Declaration, schema: Schema, records: Records | None) -> None:
        self.declared, self.schema, self.records = declared, schema, records
        self.faults: list[DocgenError] = []
        self.settings, wrong = settings_of(declared, records)
        self.faults += wrong

    def kind(self) -> Kind | None:
        said, row = self.declared, self.records.kind_row(self.declared.title) if self.records else None
        variants = tuple(filter(None, map(self._variant, said.made_for)))
        if not variants or len(variants) < len(said.made_for):
            return None
        ways = tuple(self._way(each, variants) for each in self._ways_said())
        kind = Kind(
            declared=said,
            form=FORMS[said.form],
            settings=self.settings,
            variants=variants,
            ways=ways,
            way=self._chosen(ways, row),
            rows=tuple(self._all_rows(variants)),
            dates=tuple(filter(None, (self._date(each, variants[0]) for each in said.dates))),
            annexes=tuple(
                Annex(each.name, self._text(each.title), self._test(each.when)) for each in said.annexes
            ),
            more=_more(said.more),
            copies=self._sheet_copies(row, variants) if row and row.copies else None,
            reach_all=bool(row and row.reach is Reach.ALL),
            to_host=said.to_host or bool(row and row.to_host),
            code=(row.code if row else None) or (said.title if FORMS[said.form].by_issue else ""),
            mark=self._text(said.mark) if said.mark else None,
            issuer=self._text(said.issuer) if said.issuer else None,
            signatory=self._text(said.signatory) if said.signatory else None,
        )
        return self._listed(kind, variants[0])

    def _listed(self, kind: Kind, variant: Variant) -> Kind:
        """Return the kind with what it lists, where it is a list."""
        said, shown = self.declared.listed, self.declared.rows_listed
        rows = next((each for each in kind.rows if each.name == shown), None)
        if not kind.is_list or (rows is None and shown != THINGS):
            return kind
        holds = rows.holds if rows else variant.source.holds
        scope = number_scope(_row_scope(holds, variant, self.settings, self.records))
        columns = tuple(filter(None, (self._column(each, scope) for each in said.columns)))
        paper = said.paper.text or A4
        self._refuse_too_wide(sum(each.width for each in columns), paper)
        note = tuple(self._text(each) for each in said.note if each)
        return replace(kind, listing=Listing(rows, columns, holds, said.amounts.text, paper, note))

    def _column(self, said: ColumnSaid, scope: Scope) -> Column | None:
        try:
            return column_of(said, scope, self.declared.file)
        except WrongPath as wrong:
            self._wrong(said.shows, wrong.words, wrong.nearest)
        except Problems as found:
            self.faults += found.faults
        except DocgenError as fault:
            self.faults.append(fault)
        return None

    def _refuse_too_wide(self, width: int, paper: str) -> None:
        if width > PAPERS.get(paper, width):
            words = f"各列一共宽{width}个字，{paper}纸横放最多{PAPERS[paper]}个，再宽印出来的字就太小了，请减列或改窄"
            larger = '，或写 paper = "A3"' if paper == A4 else ""
            self._wrong(Written("", self.declared.listed.columns[0].head.place), words + larger)

    def _wrong(self, text: Written, words: str, near: str = "") -> None:
        quoted = text.text if len(text.text) <= _QUOTED else f"{text.text[:_QUOTED]}…"
        shown = f"“{quoted}”：" if text.text else ""
        self.faults.append(KindFault(self.declared.file, text.place, shown + words, (near,) if near else ()))

    def _variant(self, said: MadeForSaid) -> Variant | None:
        try:
            source = source_of(said.source.text, self.schema)
        except UnknownSource as unknown:
            words = f"没有“{unknown.asked}”这种制作对象，可用的有：{'、'.join(unknown.known)}"
            if not unknown.nearest:
                words += f"；是自己的数据表的，先在 sheets/{unknown.asked}.toml 里声明"
            self._wrong(Written("", said.source.place), words, next(iter(unknown.nearest), ""))
            return None
        source = self._of_kinds(source, said)
        scope = Scope(source.fields(self.records), self.settings, self.records)
        to = tuple(filter(None, (self._rule(each, scope) for each in said.to)))
        copies = tuple(filter(None, (self._rule(each, scope) for each in said.copies)))
        say = {name: self._text(text) for name, text in said.say}
        return Variant(said.name, source, self._condition(said.when, scope), to, copies, say, scope)

    def _of_kinds(self, source: Source, said: MadeForSaid) -> Source:
        """Return a source with things of the kinds only that a declaration names."""
        if not source.has_kinds:
            for each in said.kinds[:1]:
                self._wrong(each, f"制作对象是“{source.name}”的，不写 kinds")
            return source
        if not said.kinds:
            self._wrong(
                Written("", said.source.place), f"制作对象是“{source.name}”的，{_LACKING[source.name]}"
            )
        kinds = tuple(self._set_kinds(said.kinds) if source.name == PERIOD else said.kinds)
        for each in kinds if source.name == PERIOD else ():
            if each.text not in LENGTHS:
                words = f"没有这样长的时段，有：{'、'.join(LENGTHS)}"
                self._wrong(each, words, next(iter(nearest(each.text, LENGTHS, 1)), ""))
        known = tuple(each.text for each in kinds if source.name != PERIOD or each.text in LENGTHS)
        return source.of(tuple(dict.fromkeys(known)))

    def _set_kinds(self, said: Sequence[Written]) -> Iterator[Written]:
        """Yield lengths of periods; one that is written 设置.名称 stands for those that the setting lists."""
        for each in said:
            name = each.text.removeprefix(f"{SETTINGS}.")
            if name == each.text:
                yield each
            elif name not in self.settings:
                self._wrong(each, "没有声明这个设置", next(iter(nearest(name, self.settings, 1)), ""))
            else:
                words = re.split("[、，,\\s]+", str(self.settings[name]).strip())
                yield from (Written(word, each.place) for word in words if word)

    def _condition(self, text: Written, scope: Scope) -> Condition:
        if not text:
            return ALWAYS
        try:
            return condition_of(text.text, scope)
        except WrongPath as wrong:
            self._wrong(text, wrong.words, wrong.nearest)
            return ALWAYS

    def _of_this(self, text: Written, variant: Variant) -> Path | None:
        """Return the path of a thing that rows are matched with; the thing itself is not called by its sheet."""
        if text.text == variant.source.name and text.text not in variant.scope.fields:
            self._wrong(text, f"match 的第二个写的是本项的字段；等于这{text.text}自己的，写“{THIS}”", THIS)
            return None
        return self._path(text, variant.scope)

    def _path(self, text: Written, scope: Scope, find: Callable[[str, Scope], Path] = path_of) -> Path | None:
        try:
            return find(text.text, scope)
        except WrongPath as wrong:
            self._wrong(text, wrong.words, wrong.nearest)
            return None

    def _rule(self, text: Written, scope: Scope) -> Rule | None:
        try:
            return rule_of(text.text, f"{self.declared.file}{text.place}", scope, self.records)
        except UnknownReceiver as unknown:
            self.faults.append(unknown)
            return None

    def _sheet_copies(self, row: KindRow, variants: Sequence[Variant]) -> tuple[tuple[Rule, ...], ...]:
        """Return the rules of the sheet 文种 for each variant."""
        place = f"{row.cell_of('copies')}「抄送」"
        found: list[tuple[Rule, ...]] = []
        for variant in variants:
            rules = []
            for word in row.copies:
                try:
                    rules.append(rule_of(word, place, variant.scope, self.records))
                except UnknownReceiver as unknown:
                    self.faults.append(unknown)
            found.append(tuple(rules))
        return tuple(found)

    def _ways_said(self) -> tuple[WaySaid, ...]:
        said = self.declared
        return said.ways or (WaySaid("", (), said.heading, said.file_name),)

    def _way(self, said: WaySaid, variants: Sequence[Variant]) -> Way:
        for variant in variants:
            for each in said.each:
                self._refuse_no_group(each, self._path(each, variant.scope, first_of))
        heading = said.heading or self.declared.heading
        file_name = said.file_name or self.declared.file_name
        return Way(
            said.name, tuple(each.text for each in said.each), self._text(heading),
            self._text(file_name) if file_name else None,
        )  # fmt: skip

    def _chosen(self, ways: Sequence[Way], row: KindRow | None) -> Way:
        asked = row.grouping if row else None
        found = next((each for each in ways if each.name == asked), None)
        if row and asked and found is None:
            names = tuple(each.name for each in ways if each.name)
            expected = f"合并方式有：{'、'.join(names)}" if names else "这种公文没有合并方式，请留空"
            place = row.cell_of("grouping")
            self.faults.append(BadSetting(place, self.declared.title, "合并方式", asked, expected))
        return found or ways[0]

    def _text(self, text: Written) -> Text:
        try:
            return Text(compile_line(text.text, f"{self.declared.file}{text.place}"))
        except Problems as found:
            self.faults += found.faults
        except DocgenError as fault:
            self.faults.append(fault)
        return Text(compile_line("", self.declared.file))

    def _test(self, text: Written) -> Text | None:
        """Return a condition on what a document shows, as a text that is empty where it is not met."""
        return self._text(Written("{% if " + text.text + " %}是{% endif %}", text.place)) if text else None

    def _all_rows(self, variants: Sequence[Variant]) -> Iterator[Rows]:
        holds: dict[str, type] = {THINGS: variants[0].source.holds}
        for said in self.declared.rows:
            rows = self._rows(said, variants[0], holds)
            if rows:
                holds[rows.name] = rows.holds
                yield rows

    def _rows(self, said: RowsSaid, variant: Variant, holds: Mapping[str, type]) -> Rows | None:
        of = self.schema.sheet(said.of.text) if said.of else None
        if said.of and of is None:
            names = tuple(each.sheet for each in self.schema.types)
            self._wrong(said.of, "没有这张数据表", next(iter(nearest(said.of.text, names)), ""))
            return None
        if said.source and said.source.text not in holds:
            self._wrong(said.source, "前面没有这个清单", next(iter(nearest(said.source.text, holds)), ""))
            return None
        if not said.of and not said.source:
            return None  # which is told where it is read
        kind = of or holds[said.source.text]
        scope = _row_scope(kind, variant, self.settings, self.records)
        match = [(self._path(one, scope), self._of_this(other, variant)) for one, other in said.match]
        for (_, text), (one, other) in zip(said.match, match, strict=True):
            if one and other and (why := why_never_equal(one, other)):
                self._wrong(text, why)
        order = [(self._path(_bare(each), scope), each.text.startswith("-")) for each in said.order]
        return Rows(
            said.name, of, said.source.text, kind,
            tuple((one.get, other.get) for one, other in match if one and other),
            self._condition(said.when, scope),
            self._path(said.group, scope) if said.group else None,
            tuple((path, down) for path, down in order if path),
        )  # fmt: skip

    def _refuse_no_group(self, text: Written, path: Path | None) -> None:
        if path and (path.many or not issubclass(path.field.holds, ROWS)):
            self._wrong(text, "只能按一个单位、项目、人员或另一行数据合并，这里不是")

    def _date(self, said: DateSaid, variant: Variant) -> DateRule | None:
        after = self._path(said.after, variant.scope)
        if any(each.each for each in self._ways_said()) and said.after.text != TODAY:
            self._wrong(said.after, "合并制发的文种，日期只能从“今天”算起")
        if after and (after.many or not issubclass(after.field.holds, date)):
            self._wrong(said.after, "不是日期，不能从它起算")
        days = said.working_days.text
        if days.isascii() and days.isdigit():
            if len(days) > _LONGEST_COUNT:
                self._wrong(said.working_days, "工作日太多，最多写四位数")
                return None
            return DateRule(said.name, after, int(days)) if after else None
        named = f"设置.{days}" if days in self.settings else days
        try:
            path = path_of(named, variant.scope)
        except WrongPath as wrong:
            self._wrong(said.working_days, f"{wrong.words}；工作日数写数字、设置或整数字段", wrong.nearest)
            return None
        if path.many or path.field.holds is not int:
            self._wrong(said.working_days, "不是整数，不能作工作日数")
        return DateRule(said.name, after, path) if after else None


def first_of(written: str, scope: Scope) -> Path:
    """Return the first of several paths that leads somewhere. Raises WrongPath."""
    return first_path(written, scope)[1]


def _bare(text: Written) -> Written:
    return Written(text.text.removeprefix("-"), text.place)


def _row_scope(kind: type, variant: Variant, settings: Mapping[str, Any], records: Records | None) -> Scope:
    """Return what a condition of a linked list may say: the row's labels, and 本项 for the thing's."""
    own = {label: _of_row(field) for label, field in fields_of(kind, records).items()}
    this = Field(THIS, lambda joined, _facts: joined.thing, variant.source.holds)
    common = {name: variant.source.fields(records)[name] for name in (TODAY, MECHANISM)}
    return Scope({**common, **own, THIS: this}, settings, records)


def _of_row(field: Field) -> Field:
    return Field(
        field.label,
        lambda joined, facts: field.value(joined.row, facts),
        field.holds,
        field.many,
        field.column,
    )


def _more(name: str) -> Computed | None:
    if not name:
        return None
    module = importlib.import_module(f"docgen.documents.more.{name}")
    advise, hindered = (getattr(module, name, None) for name in ("advise", "hindered"))
    return Computed(module.FIELDS, module.compute, advise, hindered)
