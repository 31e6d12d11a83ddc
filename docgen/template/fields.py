"""Which fields a template uses, found without rendering it, and whether a kind of document offers them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from enum import Enum, auto
from typing import Final, TypeAlias, cast

from docgen.dataclass import dataclass
from docgen.template.faults import ListReckoned, OutsideLoop, TagFault, UnknownField
from docgen.template.slots import Place

Spec: TypeAlias = Mapping[str, "Spec"] | Sequence["Spec"] | None
"""What a field may hold: None for a scalar, a mapping for a group, a one-element list for a list."""

ITEM: Final = "[]"
Path: TypeAlias = tuple[str, ...]


Tree: TypeAlias = dict[str, "Tree | bool"]
"""What is used: fields by name, items of a list as `[]`; at "" whether a value itself is printed, compared and the
like; at "*" (only there where it is so) that any of its fields may be used."""


class How(Enum):
    """What a template does with a value."""

    STEP = auto()
    """It takes the value's fields, or gives it a name."""
    LISTED = auto()
    """It goes through the items or counts them."""
    ITSELF = auto()
    """It prints it, compares it, asks whether it is there."""
    RECKONED = auto()
    """It asks whether it is more or less than something, or calculates with it."""
    WHOLE = auto()
    """It hands it on so that any field may be used."""


@dataclass(frozen=True, slots=True)
class Use:
    """A field used in a template.

    `written` is the path as written there, `path` the path from the context with `[]` for an item of a list (None
    when the name is bound to something computed).
    """

    place: Place
    written: Path
    path: Path | None
    how: How = How.ITSELF


def tree_of(uses: Iterable[Use]) -> Tree:
    """Return what is used as a tree from the names of the context down."""
    root: Tree = {}
    for use in uses:
        if use.path:
            here = root
            for step in use.path:
                here = cast("Tree", here.setdefault(step, {"": False}))
            if use.how in {How.ITSELF, How.RECKONED, How.WHOLE}:
                here[""] = True
            if use.how is How.WHOLE:
                here["*"] = True
    return root


def names_of(uses: Iterable[Use]) -> tuple[str, ...]:
    """Return the dotted paths used, sorted, items of a list as `清单[].字段`, without those that others extend."""
    paths = {use.path for use in uses if use.path}
    extended = {path[:end] for path in paths for end in range(1, len(path))}
    return tuple(sorted(map(_dotted, paths - extended)))


def faults_in(uses: Iterable[Use], spec: Mapping[str, Spec]) -> Iterator[TagFault]:
    """Yield a fault for every use of a field that the spec does not have, or of a list as though it were a number."""
    uses = tuple(uses)
    of_loops = {use.written[0] for use in uses if use.path and use.written and use.written[0] != use.path[0]}
    for use in uses:
        if use.path and use.path[0] in of_loops and use.path[0] not in spec:
            yield use.place.fault(OutsideLoop, field=use.path[0])
        elif use.path and (fault := _fault_of(use, use.path, spec)):
            yield fault


def closest(name: str, known: Iterable[str]) -> str:
    """Return the known name that is most like `name`, or nothing."""
    return next(iter(get_close_matches(name, sorted(known), 1, 0.5)), "")


def _fault_of(use: Use, path: Path, spec: Mapping[str, Spec]) -> TagFault | None:
    here: Spec = spec
    for index, step in enumerate(path):
        if step == ITEM:
            if not isinstance(here, Sequence) or not here:
                return None
            here = here[0]
        elif isinstance(here, Mapping) and step in here:
            here = here[step]
        else:
            return _unknown(use, here, step, len(use.written) - _named(path[index:]))
    if use.how is How.RECKONED and isinstance(here, Sequence):
        return use.place.fault(ListReckoned, field=".".join(use.written))
    return None


def _named(steps: Path) -> int:
    return sum(step != ITEM for step in steps)


def _unknown(use: Use, here: Spec, step: str, index: int) -> UnknownField:
    before = use.written[: max(index, 0)]
    like = closest(step, here) if isinstance(here, Mapping) else ""
    return use.place.fault(
        UnknownField, field=".".join((*before, step)), nearest=".".join((*before, like)) if like else ""
    )


def _dotted(path: Path) -> str:
    return ".".join(path).replace(f".{ITEM}", ITEM)
