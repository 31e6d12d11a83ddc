"""A value that is empty in the sheets: false, nearest to none, and a fault as soon as it would be printed.

One rendering finds all the gaps of a document, exact inside loops and conditions. What is computed from a gap is a
gap with the same faults, so that `{{ 投资 * 2 }}` asks for the cell and `{{ (投资 * 2) or "待定" }}` does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Self, final

from docgen.errors import DocgenError
from docgen.template.rendering import now


@final
class Gap:
    """A value that is not there, with the fault that says which cell is to be filled.

    It is false, of length 0, iterates as empty, contains and equals nothing, and is neither before nor behind any
    value. Its attributes, items and results of calling it are itself; numbers computed with it are gaps. As a text
    it is empty and records its fault in the rendering that goes on.
    """

    __slots__ = ("_told",)

    _told: tuple[DocgenError, ...] | Callable[[], DocgenError]

    def __init__(self, *faults: DocgenError) -> None:
        object.__setattr__(self, "_told", faults)

    @classmethod
    def told_by(cls, tell: Callable[[], DocgenError]) -> Self:
        """Return a gap whose fault is made when somebody asks for it: most gaps are asked for and never printed."""
        made = cls()
        object.__setattr__(made, "_told", tell)
        return made

    @property
    def faults(self) -> tuple[DocgenError, ...]:
        """Return what is to be filled: one fault, or several of a value computed from several gaps."""
        if callable(self._told):
            object.__setattr__(self, "_told", (self._told(),))
        told: tuple[DocgenError, ...] = self._told  # type: ignore[assignment]  # by the test above
        return told

    @property
    def fault(self) -> DocgenError:
        """Return the first of what is to be filled, for a message that names one."""
        return self.faults[0]

    def record(self) -> None:
        """Note in the rendering that goes on, if one does, that the value would have been printed."""
        here = now()
        if here is not None:
            here.faults += self.faults

    def __str__(self) -> str:
        self.record()
        return ""

    def __format__(self, form: str) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"Gap({', '.join(map(repr, self.faults))})"

    def __reduce__(self) -> tuple[type[Self], tuple[DocgenError, ...]]:
        return type(self), self.faults

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"Gap is immutable: {name}")

    def __getattr__(self, name: str) -> Self:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: object) -> Self:
        return self

    def __call__(self, *_values: object, **_named: object) -> Self:
        """Return the gap: a method of a value that is not there has no other result."""
        return self

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __reversed__(self) -> Iterator[Any]:
        return iter(())

    def __contains__(self, value: object) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return False

    def __ne__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return object.__hash__(self)

    def __lt__(self, other: object) -> bool:
        return False

    __le__ = __gt__ = __ge__ = __lt__

    def __index__(self) -> int:
        self.record()
        return 0

    def __neg__(self) -> Self:
        return self

    __pos__ = __abs__ = __neg__

    def __sub__(self, other: object) -> Gap:
        return merged((self, other))

    def __rsub__(self, other: object) -> Gap:
        return merged((other, self))

    __mul__ = __truediv__ = __floordiv__ = __mod__ = __pow__ = __sub__
    __rmul__ = __rtruediv__ = __rfloordiv__ = __rmod__ = __rpow__ = __rsub__

    def __add__(self, other: object) -> Any:
        return str(self) + other if isinstance(other, str) else merged((self, other))

    def __radd__(self, other: object) -> Any:
        return other + str(self) if isinstance(other, str) else merged((other, self))

    def __round__(self, digits: object = None) -> Self:
        return self


def merged(values: Iterable[object]) -> Gap:
    """Return a gap with the faults of all gaps among the values, each once."""
    faults = (fault for value in values if type(value) is Gap for fault in value.faults)
    return Gap(*dict.fromkeys(faults))


def is_gap(value: object) -> bool:
    """Whether a value is a gap."""
    return type(value) is Gap
