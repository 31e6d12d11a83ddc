"""What is guessed about a list, and what the office has decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Final

from docgen.dataclass import dataclass

YES: Final = "是"
NO: Final = "否"


@dataclass(frozen=True)
class Question:
    """What a guess is about: the kind, the field or sheet, and what the list says."""

    kind: str
    about: str
    said: str


@dataclass
class Guess:
    """A guess: what is read for what the list says, why, and where; an empty `read_as` asks for what is to be read."""

    question: Question
    read_as: str
    why: str
    places: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class ColumnDecision:
    """What somebody decided about a column: the words of what it is read as, the unit of measure, taken or not."""

    read_as: str
    unit: str
    taken: bool


@dataclass(frozen=True)
class Decisions:
    """What was decided.

    Args:
        columns: by sheet and letters of the column.
        fixed: what all new rows say in a field for which the list has no column, by its label.
        answers: what is to be read for what the list says; None where it is to be left out.
    """

    columns: Mapping[tuple[str, str], ColumnDecision] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[Question, str | None] = field(default_factory=dict)


@dataclass
class Guesses:
    """Guesses made while a list is read, each once with all its places; decided ones answer themselves."""

    decisions: Decisions
    made: dict[Question, Guess] = field(default_factory=dict)

    def ask(self, question: Question, read_as: str, why: str, place: str) -> tuple[bool, str | None]:
        """Make a guess and return whether it was decided, and if so what is to be read; None for nothing.

        Args:
            question: what it is about.
            read_as: what is guessed.
            why: it is guessed.
            place: where the list says so.
        """
        guess = self.made.setdefault(question, Guess(question, read_as, why))
        if place not in guess.places:
            guess.places.append(place)
        decided = question in self.decisions.answers
        return decided, self.decisions.answers.get(question)

    def reopen(self, question: Question, why: str, place: str) -> None:
        """Ask again about what was answered in a way that is not understood."""
        answers = {each: said for each, said in self.decisions.answers.items() if each != question}
        self.decisions = replace(self.decisions, answers=answers)
        self.made.pop(question, None)
        self.ask(question, "", why, place)

    @property
    def open(self) -> list[Guess]:
        """Return the guesses that are not decided."""
        return [each for each in self.made.values() if each.question not in self.decisions.answers]
