"""Every fault of docgen: a code of its own, words in Chinese, and a way home from a worker process."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import docgen
from docgen.errors import DATA_WRONG, NOT_VERIFIED, DocgenError, Problems
from docgen.files import CannotWrite
from docgen.model.faults import AmbiguousName, UnknownName
from docgen.sheets.faults import RepeatedColumn
from docgen.template.faults import FullWidthBraces, TagFault


def every_fault() -> list[type[DocgenError]]:
    for module in pkgutil.walk_packages(docgen.__path__, "docgen."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return sorted(_below(DocgenError), key=lambda each: f"{each.__module__}.{each.__qualname__}")


def _below(kind: type[DocgenError]) -> Iterator[type[DocgenError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


FAULTS = every_fault()
SPOKEN = [
    each
    for each in FAULTS
    if not (each.__subclasses__() and each.what is DocgenError.what and not each.says)
    and each is not TagFault
]
"""All but the roots of families, which only say where a fault is."""
SAMPLES: Mapping[Any, Any] = {
    str: "{{x}}",
    int: 3,
    float: 1.5,
    bool: True,
    date: date(2026, 3, 16),
    Path: Path("x"),
    Any: "x",
    DocgenError: CannotWrite("x", "磁盘已满"),
}
WORDS = ("why", "mend", "reason", "said")
"""Fields that hold a sentence of whoever raises the fault."""


def sample(kind: Any) -> Any:
    """Return a value of a declared type."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return sample(next(each for each in args if each is not type(None)))
    if origin in (tuple, list, Sequence):
        return tuple(sample(each) for each in args if each is not Ellipsis)
    if origin in (dict, Mapping):
        return {sample(args[0]): sample(args[1])}
    return SAMPLES[kind] if kind in SAMPLES else made(kind)


def made(kind: type) -> Any:
    """Return a fault, or another dataclass, with sample values."""
    hints = typing.get_type_hints(kind)
    names = kind.names if issubclass(kind, DocgenError) else tuple(each.name for each in fields(kind))
    return kind(**{name: "甲" if name in WORDS else sample(hints[name]) for name in names})


@pytest.mark.parametrize("kind", SPOKEN, ids=lambda each: each.__qualname__)
def test_a_fault_speaks_chinese(kind: type[DocgenError]) -> None:
    assert any("\u4e00" <= each <= "\u9fff" for each in str(made(kind)))


@pytest.mark.parametrize("kind", SPOKEN, ids=lambda each: each.__qualname__)
def test_a_fault_comes_home_from_another_process_as_it_was(kind: type[DocgenError]) -> None:
    fault = made(kind)
    home = pickle.loads(pickle.dumps(fault))  # noqa: S301  # our own bytes
    assert type(home) is kind
    assert (str(home), repr(home.values)) == (str(fault), repr(fault.values))


def test_a_fault_takes_its_values_by_place_or_name_and_refuses_any_other() -> None:
    assert CannotWrite("甲", "磁盘已满").values == CannotWrite(path="甲", reason="磁盘已满").values
    for given, named in ((("甲",), {}), (("甲", "乙", "丙"), {}), (("甲", "乙"), {"where": "丙"})):
        with pytest.raises(TypeError):
            CannotWrite(*given, **named)


def test_a_sentence_names_values_and_properties_and_lists_what_is_several() -> None:
    assert AmbiguousName("单位", "某{局}", ("甲", "乙")).what == "单位“某{局}”对应2个：甲；乙"
    assert (
        RepeatedColumn("项目", "序号", ("A1", "C1")).what
        == "项目：表头「序号」出现了2次（A1、C1），请只留一处"
    )
    assert FullWidthBraces("a", "正文", 1, "", "｛｛").remedy == "请切换到英文输入法，改成半角的 { 和 }。"


def test_a_near_name_is_offered_before_any_other_advice() -> None:
    assert UnknownName("单位", "某局", ("甲局", "乙局")).remedy == "是不是：甲局、乙局？"
    assert UnknownName("单位", "某局", ()).remedy == "请核对单位表中的名称或序号。"


def test_each_fault_has_a_code_of_its_own() -> None:
    assert [each for each in SPOKEN if "code" not in vars(each)] == []
    codes = [each.code for each in FAULTS if "code" in vars(each)]
    assert [code for code in codes if codes.count(code) > 1] == []


def test_codes_are_words_joined_by_hyphens() -> None:
    assert [
        each.code for each in SPOKEN if not each.code.replace("-", "").isalpha() or not each.code.islower()
    ] == []


def test_exit_codes_are_those_of_the_manual() -> None:
    broken_off = 130  # as shells say it of SIGINT
    assert {each.exit_code for each in FAULTS} <= {*range(DATA_WRONG, NOT_VERIFIED + 1), broken_off}


def test_several_faults_are_told_one_a_line_and_none_is_no_fault() -> None:
    with pytest.raises(Problems) as told:
        Problems.raise_any(Problems(()) for _ in range(3))
    assert str(told.value).count("\n") == 2
    Problems.raise_any(())
