"""A declared kind meets a workspace: its conditions, paths, receivers and texts are checked against it and compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Final

from docgen.documents.declared.columns import column_of, number_scope, row_scope
from docgen.documents.declared.comparisons import ROWS, why_never_equal
from docgen.documents.declared.conditions import ALWAYS, Condition, condition_of, parsed
from docgen.documents.declared.declaration import (
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
from docgen.documents.declared.kind import (
    Annex,
    Column,
    DateRule,
    Kind,
    Listing,
    Rows,
    Text,
    Variant,
    Way,
    computed_by,
)
from docgen.documents.declared.receivers import Rule, rule_of
from docgen.documents.declared.settings import settings_of
from docgen.documents.declared.source_kinds import of_kinds
from docgen.documents.declared.sources import THIS, Source, UnknownSource, source_of
from docgen.documents.faults import BadSetting, UnknownReceiver
from docgen.documents.labels.paths import (
    SETTINGS,
    TODAY,
    Path,
    Scope,
    WrongPath,
    first_path,
    path_of,
)
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


def bind(
    declared: Declaration, schema: Schema, records: Records | None = None
) -> tuple[Kind | None, list[DocgenError]]:
    """Return a kind in a workspace, and everything in it that the schema or the sheets do not bear out.

    The kind lacks what is wrong with it; there is none where it is made for nothing that there is. Where a source is
    near to what is asked for, all else is judged as of that.

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
        found = [(each, self._variant(each)) for each in said.made_for]
        variants = tuple(variant for _, variant in found if variant)
        if not variants or found[0][1] is None:  # of which all else speaks
            self._tell_syntax()
            return None
        ways = tuple(self._way(each, variants) for each in self._ways_said())
        kind = Kind(
            declared=replace(said, made_for=tuple(each for each, variant in found if variant)),
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
            more=computed_by(said.more),
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
        scope = number_scope(row_scope(holds, variant, self.settings, self.records))
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

    def _tell_syntax(self) -> None:
        """Tell what is wrong with how conditions and texts are written, where nothing is known of their names."""
        said = self.declared
        for rows in said.rows:
            self._condition(rows.when, None)
        ways = ((each.heading, each.file_name) for each in self._ways_said())
        for text in (*chain.from_iterable(ways), *(each.title for each in said.annexes)):
            self._text(text)
        for annex in said.annexes:
            self._test(annex.when)

    def _source(self, said: MadeForSaid) -> Source | None:
        """Return a source, or the nearest to one that there is not; None where none is near."""
        written = said.source
        if not written:
            return None  # which is told where it is read
        try:
            return source_of(written.text, self.schema)
        except UnknownSource as unknown:
            words = f"没有“{unknown.asked}”这种制作对象，可用的有：{'、'.join(unknown.known)}"
            if not unknown.nearest:
                words += f"；是自己的数据表的，先在 sheets/{unknown.asked}.toml 里声明"
            near = min(unknown.nearest, key=lambda name: self._misfits(said, name), default="")
            self._wrong(Written("", written.place), words, near)
            return source_of(near, self.schema) if near else None

    def _misfits(self, said: MadeForSaid, source: str) -> int:
        """Return how much of what is said would be wrong of another source."""
        before = len(self.faults)
        self._variant(replace(said, source=Written(source, said.source.place)))
        count = len(self.faults) - before
        del self.faults[before:]
        return count

    def _variant(self, said: MadeForSaid) -> Variant | None:
        source = self._source(said)
        if source is None:
            self._condition(said.when, None)
            return None
        source, wrong = of_kinds(source, said, self.settings)
        for each, words, near in wrong:
            self._wrong(each, words, near)
        scope = Scope(source.fields(self.records), self.settings, self.records)
        to = tuple(filter(None, (self._rule(each, scope) for each in said.to)))
        copies = tuple(filter(None, (self._rule(each, scope) for each in said.copies)))
        say = {name: self._text(text) for name, text in said.say}
        return Variant(said.name, source, self._condition(said.when, scope), to, copies, say, scope)

    def _condition(self, text: Written, scope: Scope | None) -> Condition:
        """Return a condition; without a scope only how it is written is judged."""
        if not text:
            return ALWAYS
        try:
            if scope is not None:
                return condition_of(text.text, scope)
            parsed(text.text)
        except WrongPath as wrong:
            self._wrong(text, wrong.words, wrong.nearest)
        return ALWAYS

    def _of_this(self, text: Written, variant: Variant) -> Path | None:
        """Return the path of a thing that rows are matched with; the thing itself is not called by its sheet."""
        if text.text == variant.source.name and text.text not in variant.scope.fields:
            self._wrong(text, f"match 的第二个写的是本项的字段；等于这{text.text}自己的，写“{THIS}”", THIS)
            return None
        return self._path(text, variant.scope)

    def _path(self, text: Written, scope: Scope) -> Path | None:
        try:
            return path_of(text.text, scope)
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
        each = tuple(chain.from_iterable(self._member(text, variants) for text in said.each))
        heading = said.heading or self.declared.heading
        file_name = said.file_name or self.declared.file_name
        return Way(
            said.name, each, self._text(heading), self._text(file_name) if file_name else None,
            self._least(said),
        )  # fmt: skip

    def _least(self, said: WaySaid) -> int:
        """Return how many things a document of a way needs: a number, or that of a setting."""
        written = said.at_least
        found = self.settings.get(written.text.removeprefix(f"{SETTINGS}."))
        if type(found) is int or not written:
            return found or 1
        if re.fullmatch("[1-9][0-9]{0,3}", written.text):
            return int(written.text)
        near = nearest(written.text, (name for name, value in self.settings.items() if type(value) is int), 1)
        self._wrong(written, "要写一件至少几项：从1起的整数，或一个整数设置的名称", next(iter(near), ""))
        return 1

    def _member(self, text: Written, variants: Sequence[Variant]) -> Iterator[str]:
        """Yield what documents are grouped by, or the nearest to it; nothing where none is near."""
        for variant in variants:
            try:
                self._refuse_no_group(text, first_path(text.text, variant.scope)[1])
            except WrongPath as wrong:
                self._wrong(text, wrong.words, wrong.nearest)
                yield from (
                    [wrong.nearest] if all(wrong.nearest in one.scope.fields for one in variants) else []
                )
                return
        yield text.text

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
        scope = row_scope(kind, variant, self.settings, self.records)
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

    def _refuse_no_group(self, text: Written, path: Path) -> None:
        if path.many or not issubclass(path.field.holds, ROWS):
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
            near = next(iter(nearest(days, self.settings, 1)), wrong.nearest)
            self._wrong(said.working_days, f"{wrong.words}；工作日数写数字、设置或整数字段", near)
            return None
        if path.many or path.field.holds is not int:
            self._wrong(said.working_days, "不是整数，不能作工作日数")
        return DateRule(said.name, after, path) if after else None


def _bare(text: Written) -> Written:
    return Written(text.text.removeprefix("-"), text.place)
