"""What a kind offers to its template, for the check of templates and for lists of fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from docgen.documents.declared.columns import NUMBER
from docgen.documents.declared.declaration import THINGS
from docgen.documents.declared.kind import Kind, Variant, members_of
from docgen.documents.declared.sources import THIS
from docgen.documents.issued import ISSUED, Paper
from docgen.documents.labels.field import Field
from docgen.documents.labels.fields import fields_of
from docgen.documents.labels.paths import ANNEXES, COUNT, MECHANISM, SETTINGS, TITLE, TODAY, name_of
from docgen.errors import DocgenError
from docgen.model.mechanism import Mechanism
from docgen.model.records import Records
from docgen.patterns import late
from docgen.template.fields import Spec

_IS_NAME: Final = late(r"[^\W\d]\w*")
"""What can stand behind a dot; other labels stand in brackets: 项目["2026年投资"]."""
_DEEP: Final = 3
"""How many links deep a list of fields goes."""


class RecordSpec(Mapping[str, Spec]):
    """The labels of a record type, what links lead to among them, each worked out when it is asked for.

    Of several types, whose records one template shows, it has the labels of all, those of the first before others.
    """

    def __init__(self, holds: type, records: Records | None, *others: type) -> None:
        self._fields: dict[str, Field] = {}
        for each in (*others[::-1], holds):
            self._fields |= fields_of(each, records)
        self._records = records

    def __getitem__(self, label: str) -> Spec:
        return spec_of_field(self._fields[label], self._records)

    def __contains__(self, label: object) -> bool:
        return label in self._fields

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)


class _Anything(Mapping[str, Spec]):
    """What stands for a list, a date or a group whose declaration is wrong: whatever is asked of it is there."""

    def __getitem__(self, label: str) -> Spec:
        return self

    def __contains__(self, label: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def spec_of_field(field: Field, records: Records | None) -> Spec:
    """Return what a field holds, as the engine checks it."""
    one = RecordSpec(field.holds, records) if fields_of(field.holds, records) else None
    return [one] if field.many else one


def spec_of(kind: Kind, records: Records | None, variant: Variant | None = None) -> Mapping[str, Spec]:
    """Return every name that a template of the kind may use; of one variant, those that its own texts may."""
    holds = [each.source.holds for each in kind.variants] if variant is None else [variant.source.holds]
    thing = RecordSpec(holds[0], records, *dict.fromkeys(holds[1:]))
    label = {"标识": None, "标题": None, "标题行": [None]}
    return {
        **dict.fromkeys(_said(kind), _Anything()),
        **dict.fromkeys((COUNT, TODAY, TITLE)),
        **({THIS: thing} if any(map(kind.is_single, kind.ways)) else {}),
        THINGS: [thing],
        ISSUED: [RecordSpec(Paper, records)],
        MECHANISM: RecordSpec(Mechanism, records),
        SETTINGS: dict.fromkeys(kind.settings),
        ANNEXES: {each.name: label for each in kind.annexes},
        **dict(_members(kind, variant or kind.variants[0], records)),
        **dict.fromkeys(name for each in kind.variants for name in each.say),
        **dict.fromkeys(each.name for each in kind.dates),
        **{each.name: _rows(each.holds, records, grouped=each.group is not None) for each in kind.rows},
        **{name: _shape(shape, records) for name, shape in (kind.more.fields if kind.more else {}).items()},
        **kind.form.slots,
    }


def _said(kind: Kind) -> Iterator[str]:
    """Yield the names that a declaration gives to lists, dates and groups, those that are wrong among them."""
    yield from (each.name for each in kind.declared.rows)
    yield from (each.name for each in kind.declared.dates)
    yield from (name_of(each.text) for way in kind.declared.ways for each in way.each)


def row_spec_of(kind: Kind, records: Records | None) -> Mapping[str, Spec]:
    """Return every name that the text of a list's column may use: the labels of a row, and what goes for all."""
    assert kind.listing is not None  # noqa: S101  by the form
    common = {
        NUMBER: None,
        TODAY: None,
        MECHANISM: RecordSpec(Mechanism, records),
        SETTINGS: dict.fromkeys(kind.settings),
        THIS: RecordSpec(kind.variants[0].source.holds, records),
    }
    return {**common, **RecordSpec(kind.listing.holds, records)}


def text_faults(kind: Kind, records: Records | None) -> list[DocgenError]:
    """Return what is wrong with the names that headings, file names, common names and annexes of a kind show."""
    whole = spec_of(kind, records)
    late = {*kind.form.slots, TITLE, ANNEXES}  # they follow from these texts
    said = {name for each in kind.variants for name in each.say}
    named = {name: each for name, each in whole.items() if name not in late}
    group = {name: each for name, each in named.items() if name != THIS}
    texts = [
        *(
            (each, {name: one for name, one in of.items() if name not in late | said})
            for variant in kind.variants
            for of in (spec_of(kind, records, variant),)
            for each in variant.say.values()
        ),
        *((each.heading, named if kind.is_single(each) else group) for each in kind.ways),
        *((each.file_name, named if kind.is_single(each) else group) for each in kind.ways if each.file_name),
        *((each, named) for each in (kind.mark, kind.issuer, kind.signatory) if each),
        *((each.title, named) for each in kind.annexes),
        *((each.when, named) for each in kind.annexes if each.when),
    ]
    faults = [fault for text, spec in texts for fault in text.line.check(spec)]
    if kind.listing:
        whole_group = named if all(map(kind.is_single, kind.ways)) else group
        faults += [fault for each in kind.listing.note for fault in each.line.check(whole_group)]
        row = row_spec_of(kind, records)
        faults += [fault for each in kind.listing.columns if each.text for fault in each.text.check(row)]
    return faults


def _members(kind: Kind, variant: Variant, records: Records | None) -> Iterator[tuple[str, Spec]]:
    for way in kind.ways:
        for name, path in members_of(way, variant).items():
            yield name, spec_of_field(path.field, records)


def _rows(holds: type, records: Records | None, *, grouped: bool) -> Spec:
    rows = [RecordSpec(holds, records)]
    return [{"名称": None, THINGS: rows}] if grouped else rows


def _shape(shape: Any, records: Records | None) -> Spec:
    if isinstance(shape, type):
        return RecordSpec(shape, records)
    if isinstance(shape, Mapping):
        return {name: _shape(each, records) for name, each in shape.items()}
    return [_shape(each, records) for each in shape] if isinstance(shape, Sequence) else None


def names_of(spec: Mapping[str, Spec], above: str = "", deep: int = 0) -> Iterator[str]:
    """Yield the names of a spec as templates write them, an item of a list as `手续[].层级`, links to some depth.

    What may be said of a document is listed once, for 已发公文 stands below every record; so is what leads back.
    """
    for name, inner in spec.items():
        path = (
            f"{above}{name}"
            if _IS_NAME.fullmatch(name) or not above
            else f'{above.removesuffix(".")}["{name}"]'
        )
        item = inner[0] if isinstance(inner, Sequence) else inner
        mark = "[]" if isinstance(inner, Sequence) else ""
        yield f"{path}{mark}"
        if isinstance(item, Mapping) and deep < _DEEP and not _is_listed(name, above):
            yield from names_of(item, f"{path}{mark}.", deep + isinstance(item, RecordSpec))


def _is_listed(name: str, above: str) -> bool:
    """Whether what stands below a name is listed elsewhere."""
    return (name == ISSUED and bool(above)) or name in above.split(".")
