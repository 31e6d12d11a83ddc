"""`dataclass` whose frozen classes cost little to declare: a command declares some two hundred.

The standard library compiles six functions for every frozen class, a millisecond each time. Here `__init__` is
compiled when the first value of a class is made, and the others are not compiled at all. Fields, `replace`, `asdict`,
`match` and copies are the standard library's, and so is any class that is not frozen, or that is ordered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, fields
from dataclasses import dataclass as _standard
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414  # what checkers of types know
else:

    def dataclass(
        cls: type | None = None,
        *,
        frozen: bool = False,
        slots: bool = False,
        eq: bool = True,
        order: bool = False,
    ) -> Any:
        """Make a class a dataclass, called as the standard library's; used on the class itself or with options."""

        def make(kind: type) -> type:
            if not frozen or order:
                return _standard(frozen=frozen, slots=slots, eq=eq, order=order)(kind)
            made = _standard(init=False, repr=False, eq=False, slots=slots)(kind)
            return _furnished(made, slots=slots, eq=eq)

        return make if cls is None else make(cls)


def _furnished(kind: type, *, slots: bool, eq: bool) -> type:
    """Give a class the methods of a frozen dataclass, save those that it has itself."""
    own = vars(kind)
    methods: dict[str, Any] = {"__init__": _first_init(kind), "__repr__": _repr}
    if eq:
        methods["__eq__"] = _eq(_values(kind, lambda each: each.compare))
        if own.get("__hash__") is None:  # Python itself puts None where a class has only an __eq__
            methods["__hash__"] = _hash(_values(kind, _is_hashed))
    if slots:
        methods |= {"__getstate__": _getstate, "__setstate__": _setstate}
    for name, method in methods.items():
        if own.get(name) is None:
            setattr(kind, name, method)
    for name, method in (("__setattr__", _refuse_setting), ("__delattr__", _refuse_deleting)):
        if name in own:
            raise TypeError(f"{kind.__name__} is frozen and has a {name} of its own")
        setattr(kind, name, method)
    return kind


def _first_init(kind: type) -> Callable[..., None]:
    """Return an `__init__` that puts the real one in its place when it is called."""

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807
        init = _init(kind)
        kind.__init__ = init  # type: ignore[misc]
        init(self, *given, **named)

    return __init__


def _init(kind: Any) -> Callable[..., None]:
    """Compile the `__init__` of a class: a parameter and an assignment for each field."""
    names: dict[str, Any] = {"_put": object.__setattr__, "_absent": _ABSENT}
    parameters, lines = ["self"], []
    for number, each in enumerate(fields(kind)):
        default, value = _default(each, f"_given{number}", names)
        if each.init:
            parameters.append(each.name + default)
        if value:
            lines.append(f"    _put(self, {each.name!r}, {value})\n")
    if hasattr(kind, "__post_init__"):
        lines.append("    self.__post_init__()\n")
    text = f"def __init__({', '.join(parameters)}):\n{''.join(lines) or '    pass'}"
    exec(text, names)  # noqa: S102  # of names that are identifiers in the source of the class
    made: Callable[..., None] = names["__init__"]
    made.__qualname__ = f"{kind.__qualname__}.__init__"
    return made


def _default(each: Field[Any], called: str, names: dict[str, Any]) -> tuple[str, str]:
    """Return what stands behind the parameter of a field and what is assigned, and name the default among `names`."""
    if each.default_factory is not MISSING:
        names[called] = each.default_factory
        return (
            "=_absent",
            f"{called}() if {each.name} is _absent else {each.name}" if each.init else f"{called}()",
        )
    if each.default is not MISSING:
        names[called] = each.default
        return f"={called}", each.name if each.init else called
    return "", each.name if each.init else ""


_ABSENT: Final = object()


def _is_hashed(each: Field[Any]) -> bool:
    return each.compare if each.hash is None else each.hash


def _values(kind: Any, chosen: Callable[[Field[Any]], bool]) -> Callable[[Any], Any]:
    """Return what gives the values of the chosen fields of an object."""
    names = [each.name for each in fields(kind) if chosen(each)]
    return attrgetter(*names) if names else lambda _: ()


def _eq(values: Callable[[Any], Any]) -> Callable[[Any, object], bool]:
    def __eq__(self: Any, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash(values: Callable[[Any], Any]) -> Callable[[Any], int]:
    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    return __hash__


@recursive_repr()
def _repr(self: Any) -> str:
    shown = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({shown})"


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _setstate(self: Any, state: Sequence[Any]) -> None:
    for each, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)


def _refuse_setting(_self: object, name: str, _value: object) -> None:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(_self: object, name: str) -> None:
    raise FrozenInstanceError(f"cannot delete field {name!r}")
