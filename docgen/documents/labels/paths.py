"""Paths of labels through records, as declarations write them: 项目.牵头单位.层级. Checked when read, followed fast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.documents.facts import Facts
from docgen.documents.labels.field import Field
from docgen.documents.labels.fields import fields_of
from docgen.model.names import nearest
from docgen.model.records import Records

Getter = Callable[[Any, Facts], Any]

SETTINGS: Final = "设置"
TODAY: Final = "今天"
MECHANISM: Final = "机制"
COUNT: Final = "份数"
TITLE: Final = "标题"
ANNEXES: Final = "附件"
OR: Final = "/"
"""Between paths of which the first that the thing has counts."""


class WrongPath(Exception):
    """A path that leads nowhere; `words` say why in Chinese, `nearest` is the right word where one is near."""

    def __init__(self, words: str, near: str = "") -> None:
        super().__init__(words)
        self.words, self.nearest = words, near


@dataclass(frozen=True)
class Scope:
    """What a path may begin with.

    Args:
        fields: by label, asked of whatever the path is followed from.
        settings: the kind's own settings; 设置.名称 is one of them.
        records: whose sheets' added columns count; None while there are none.
    """

    fields: Mapping[str, Field]
    settings: Mapping[str, Any]
    records: Records | None = None

    def __getstate__(self) -> Mapping[str, Any]:
        return {"fields": self.fields, "settings": self.settings, "records": self.records}


@dataclass(frozen=True)
class Path:
    """A path that leads somewhere.

    Args:
        written: as the declaration has it.
        get: follows it from a thing; None where a link on the way is empty, a flat tuple behind a link to several.
        field: what its last label is.
        many: whether it gives several.
    """

    written: str
    get: Getter
    field: Field
    many: bool


def path_of(written: str, scope: Scope) -> Path:
    """Return the path of dotted labels. Raises WrongPath."""
    first, *others = [each.strip() for each in written.split(".")]
    if first == SETTINGS:
        return _setting(written, others, scope)
    field = _known(first, scope.fields, "")
    get, many = field.value, field.many
    for label in others:
        field = _known(label, fields_of(field.holds, scope.records), field.label)
        get, many = _after(get, field.value, many=many), many or field.many
    return Path(written, get, field, many)


def first_path(written: str, scope: Scope) -> tuple[str, Path]:
    """Return the first of several paths (审批单位/责任单位) that leads somewhere, and what all of them are called.

    They are called by the last label of the first, so that what one kind groups by has one name, whatever the sheets
    of its things call it.

    Raises:
        WrongPath: none leads anywhere; what is said is of the first.
    """
    paths, name = written.split(OR), name_of(written)
    for each in paths:
        try:
            return name, path_of(each, scope)
        except WrongPath:
            continue
    return name, path_of(paths[0], scope)


def name_of(written: str) -> str:
    """Return what several paths are called together: by the last label of the first."""
    return written.split(OR, maxsplit=1)[0].strip().rpartition(".")[2]


def _setting(written: str, others: list[str], scope: Scope) -> Path:
    if len(others) != 1:
        raise WrongPath("“设置”后面要写一个设置的名称，如 设置.督办起点")
    if others[0] not in scope.settings:
        raise WrongPath(f"没有声明设置“{others[0]}”", _near(others[0], scope.settings))
    value = scope.settings[others[0]]
    return Path(written, lambda _thing, _facts: value, Field(others[0], _nothing, type(value)), many=False)


def _nothing(_thing: Any, _facts: Facts) -> None:
    return None


def _known(label: str, fields: Mapping[str, Field], of: str) -> Field:
    if label in fields:
        return fields[label]
    if of and not fields:
        raise WrongPath(f"“{of}”下面没有字段，不能写“{of}.{label}”")
    raise WrongPath(f"{f'“{of}”下' if of else ''}没有“{label}”这个字段", _near(label, fields))


def _near(asked: str, known: Mapping[str, Any]) -> str:
    return next(iter(nearest(asked, known, 1)), "")


def _after(before: Getter, then: Getter, *, many: bool) -> Getter:
    """Return what follows one step and then another."""
    if many:
        return lambda thing, facts: _each(before(thing, facts), then, facts)
    return lambda thing, facts: _one(before(thing, facts), then, facts)


def _one(value: Any, then: Getter, facts: Facts) -> Any:
    return None if value is None else then(value, facts)


def _each(values: Any, then: Getter, facts: Facts) -> Any:
    found: list[Any] = []
    for value in values or ():
        got = then(value, facts)
        found += got if isinstance(got, tuple) else [got] if got is not None else []
    return tuple(found) or None
