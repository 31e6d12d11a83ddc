"""An answer: fields, faults, advice, what to do next; and the exit code that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from docgen.dataclass import dataclass
from docgen.errors import DATA_WRONG, DONE, Advice, DocgenError, Problems

Near = Callable[[Path], str]
"""Writes a path for whoever reads the answer."""


@dataclass(frozen=True)
class Answer:
    """What a command answers.

    Args:
        fields: those of the command in docs/json.md.
        faults: what went wrong, or is wrong with what was checked; gathered ones are taken apart.
        advices: what should be known although nothing is wrong.
        next_step: a sentence on what to do next, where one helps.
        code: the exit code; that of the faults unless given.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    faults: Sequence[DocgenError] = ()
    advices: Sequence[Advice] = ()
    next_step: str = ""
    code: int | None = None

    @property
    def exit_code(self) -> int:
        """Return the exit code: as given, else that of the faults, 0 for none."""
        if self.code is not None:
            return self.code
        return exit_code_of(self.faults) if self.faults else DONE

    def as_json(self, command: str) -> dict[str, Any]:
        """Return the JSON value, whose first four fields every command has; `command` has the names of its groups."""
        first, _, rest = command.partition(" ")
        return {
            "command": first,
            **({"subcommand": rest} if rest else {}),
            "exit_code": self.exit_code,
            "problems": [fault_json(each) for each in flat(self.faults)],
            "advices": [{"code": each.code, "text": each.text} for each in self.advices],
            **self.fields,
        }


def flat(faults: Iterable[DocgenError]) -> list[DocgenError]:
    """Return faults with gathered ones taken apart."""
    return [one for each in faults for one in (flat(each.faults) if isinstance(each, Problems) else [each])]


def exit_code_of(faults: Iterable[DocgenError]) -> int:
    """Return the exit code of several faults: that of the first unless they differ, then 1."""
    codes = {each.exit_code for each in flat(faults)}
    return codes.pop() if len(codes) == 1 else DATA_WRONG


def fault_json(fault: DocgenError) -> Mapping[str, Any]:
    """Return a fault as JSON gives it."""
    return {"code": fault.code, "message": str(fault), "values": dict(fault.values)}
