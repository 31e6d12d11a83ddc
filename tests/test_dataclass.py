"""A frozen class of docgen's own `dataclass` does what the standard library's does, value by value."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, field, fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.dataclass import dataclass


def declared(make: Callable[..., Any], **options: bool) -> type[Any]:
    """Return a class with every sort of field, made by one of the two decorators."""

    class Letter:
        number: int
        title: str = "函"
        copies: list[str] = field(default_factory=list)
        seen: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)
        note: str = field(default="", compare=False)

        def __post_init__(self) -> None:
            object.__setattr__(self, "title", self.title.strip())

    made: type[Any] = make(frozen=True, **options)(Letter)
    return made


@dataclass(frozen=True, slots=True)
class Page:
    """A page with slots, where pickle finds it."""

    number: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Title(Page):
    """A page with one field more."""

    level: int = 1


@dataclass(frozen=True)
class Named:
    """A class with a way of its own to be compared and shown."""

    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Named) and self.name.casefold() == other.name.casefold()

    def __hash__(self) -> int:
        return hash(self.name.casefold())

    def __repr__(self) -> str:
        return self.name


GIVEN = st.fixed_dictionaries(
    {"number": st.integers(0, 2)},
    optional={
        "title": st.sampled_from(["函", "函 ", "令"]),
        "copies": st.lists(st.sampled_from("甲乙"), max_size=2),
        "note": st.sampled_from(["", "急"]),
    },
)


@pytest.mark.parametrize("slots", [False, True])
def test_values_are_made_compared_and_shown_as_the_standard_library_does(slots: bool) -> None:
    ours, theirs = declared(dataclass, slots=slots), declared(dataclasses.dataclass, slots=slots)

    @given(GIVEN, GIVEN)
    def agree(one: dict[str, Any], other: dict[str, Any]) -> None:
        assert repr(ours(**one)) == repr(theirs(**one))
        assert asdict(ours(**one)) == asdict(theirs(**one))
        assert (ours(**one) == ours(**other)) == (theirs(**one) == theirs(**other))
        assert asdict(replace(ours(**one), number=9)) == asdict(replace(theirs(**one), number=9))

    agree()
    assert ours(1) != theirs(1)
    assert ours.__match_args__ == theirs.__match_args__
    assert [each.name for each in fields(ours)] == [each.name for each in fields(theirs)]


def test_a_factory_gives_each_value_its_own() -> None:
    ours = declared(dataclass)
    one, other = ours(1), ours(1)
    one.copies.append("甲")
    assert other.copies == []
    assert one.seen is not other.seen


@pytest.mark.parametrize("made", [(), (1, "a", [], "b", 5), (1,)], ids=["too few", "too many", "twice"])
def test_what_the_class_does_not_take_is_refused_in_its_own_words(made: tuple[Any, ...]) -> None:
    with pytest.raises(TypeError, match=r"Letter\.__init__\(\)"):
        declared(dataclass)(*made, **({"number": 1} if len(made) == 1 else {}))


@pytest.mark.parametrize("kind", [Page, Title, Named])
def test_nothing_can_be_set_or_deleted(kind: type[Any]) -> None:
    value = kind(1)
    for name in (fields(kind)[0].name, "other"):
        with pytest.raises(FrozenInstanceError):
            setattr(value, name, 2)
        with pytest.raises(FrozenInstanceError):
            delattr(value, name)


def test_equal_values_hash_alike_and_others_of_the_class_apart() -> None:
    assert len({Page(1), Page(1, ()), Page(2), Title(1), Title(1, (), 2)}) == 4
    assert len({Named("A"), Named("a")}) == 1


def test_a_class_keeps_its_own_methods_and_one_without_comparison_compares_by_identity() -> None:
    assert repr(Named("甲")) == "甲"

    @dataclass(frozen=True, eq=False)
    class Open:
        name: str

    assert Open("a") != Open("a")
    assert len({Open("a"), Open("a")}) == 2


@pytest.mark.parametrize("value", [Page(1, ("a",)), Title(2, (), 3)])
def test_values_can_be_pickled_and_copied(value: Page) -> None:
    for back in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):  # noqa: S301
        assert back == value
        assert type(back) is type(value)


def test_what_is_not_frozen_or_is_ordered_is_the_standard_librarys() -> None:
    @dataclass(frozen=True, order=True)
    class Rank:
        number: int

    @dataclass
    class Counted:
        number: int = 0

    counted = Counted()
    counted.number += 1
    assert counted == Counted(1)
    assert max(Rank(1), Rank(2)) == Rank(2)


def test_a_class_that_sets_its_own_way_cannot_be_frozen() -> None:
    with pytest.raises(TypeError, match="Own is frozen"):

        @dataclass(frozen=True)
        class Own:
            name: str

            def __setattr__(self, name: str, value: object) -> None: ...
