"""The one root of all faults that docgen reports, and the collection that reports many at once.

A fault is a class. Its annotations are the values it speaks of, its `code` never changes and leads to
`docs/messages.md`, its `exit_code` is what the shell sees (see `docs/手册.md`, 退出码). The words are
Chinese and say what is wrong and where (`says`, or `what` where a sentence needs more than its values), then
what to do next (`guesses` where a near name is known, else `advises`; or `remedy`). In a sentence `{path}` stands
for a value or a property, a tuple for its items joined by 、 or by what is written behind a colon: `{names:；}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final, dataclass_transform

from docgen.dataclass import dataclass

DONE: Final = 0
DATA_WRONG: Final = 1
WRONG_USE: Final = 2
NOT_ALLOWED: Final = 3
OUTSIDE_FAILED: Final = 4
NOT_VERIFIED: Final = 5


@dataclass_transform(eq_default=False)
class DocgenError(Exception):
    """A fault docgen can name. Its subclasses declare their values as annotations, as dataclasses do.

    There are some hundred of them, and each command starts with most: so they share one `__init__` instead of each
    having one generated. Faults can be pickled, so that worker processes can send them home.

        class NoSuchFolder(DocgenError):
            code = "folder-unknown"
            exit_code = WRONG_USE
            says = "没有 {path} 这个文件夹"
            advises = "请核对 -C 后面的路径。"

            path: str
    """

    code: ClassVar[str] = "docgen"
    exit_code: ClassVar[int] = DATA_WRONG
    says: ClassVar[str] = ""
    advises: ClassVar[str] = ""
    guesses: ClassVar[str] = ""
    names: ClassVar[tuple[str, ...]] = ()
    is_problem: ClassVar[bool] = True
    """Whether it is something to be put right; a document that is issued and stays as it is, is none."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        own = cls.__annotations__  # strings, see PEP 563
        declared = (name for name, kind in own.items() if not str(kind).startswith("ClassVar"))
        cls.names = tuple(dict.fromkeys((*cls.names, *declared)))

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given)
        named = dict(zip(self.names, given, strict=False)) | named
        missing = [name for name in self.names if name not in named and not hasattr(type(self), name)]
        if missing or len(given) > len(self.names) or not named.keys() <= set(self.names):
            raise TypeError(f"{type(self).__name__} takes {self.names}, got {given} and {sorted(named)}")
        self.__dict__.update(named)

    @property
    def what(self) -> str:
        """Say in Chinese what is wrong and where."""
        return self.says.format_map(_Values(self))

    @property
    def remedy(self) -> str:
        """Say in Chinese what to do next; empty when `what` already says it."""
        near = bool(self.guesses) and bool(getattr(self, "nearest", ()))
        return (self.guesses if near else self.advises).format_map(_Values(self))

    @property
    def values(self) -> Mapping[str, Any]:
        """Return the fault's values by name, for `--json`."""
        return {name: getattr(self, name) for name in self.names}

    def __str__(self) -> str:
        return f"{self.what}。{self.remedy}" if self.remedy else self.what

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.values.items())})"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return _revive, (type(self), dict(self.values))


class _Values:
    """What a sentence may name: the values of a fault, and its properties."""

    def __init__(self, fault: DocgenError) -> None:
        self._fault = fault

    def __getitem__(self, name: str) -> Any:
        value = getattr(self._fault, name)
        return _Listed(value) if isinstance(value, tuple) else value


class _Listed(tuple[Any, ...]):
    """Several values, written one after the other."""

    __slots__ = ()

    def __format__(self, joint: str) -> str:
        return (joint or "、").join(map(str, self))


def _revive(fault: type[DocgenError], values: Mapping[str, Any]) -> DocgenError:
    return fault(**values)


class Problems(DocgenError):
    """Several faults of one input, gathered so that they are shown at once."""

    code = "problems"

    faults: tuple[DocgenError, ...]

    @property
    def what(self) -> str:
        """Say each fault on a line of its own."""
        return "\n".join(str(fault) for fault in self.faults)

    @classmethod
    def raise_any(cls, faults: Iterable[DocgenError]) -> None:
        """Raise the faults together; do nothing when there are none."""
        gathered = tuple(faults)
        if gathered:
            raise cls(gathered)


@dataclass(frozen=True)
class Advice:
    """Something the user should know although nothing is wrong (a year without a holiday schedule).

    `code` is stable, `text` is a Chinese sentence.
    """

    code: str
    text: str
