"""What the office is asked about its records: doubts about what is likely wrong, but for the rows that it answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from docgen.dataclass import dataclass
from docgen.errors import Advice
from docgen.model.doubts import Doubt
from docgen.model.fields import ANSWER, Record

_HOW_TO_ANSWER: Final = f"在该行的“{ANSWER}”列写明情况（没有这一列的加上），就不再问；不影响起草"


@dataclass
class Doubtful:
    """How many doubts there are: asked about, and answered."""

    asked: int = 0
    answered: int = 0

    def ask(self, record: type[Record], made: Sequence[Record]) -> list[Advice]:
        """Return what is asked about the records of a sheet."""
        found: list[tuple[Record, Doubt]] = []
        if record.doubts is not Record.doubts:
            found += [(each, doubt) for each in made for doubt in each.doubts()]
        found += record.doubts_among(made)
        asked = [each.ask(doubt) for each, doubt in found if not each.answer]
        self.asked += len(asked)
        self.answered += len(found) - len(asked)
        return asked

    def told(self) -> Iterator[Advice]:
        """Yield how doubts are answered, and how many are."""
        if self.asked:
            yield Advice("doubts-answer", f"以上问到的数据核对无误的，{_HOW_TO_ANSWER}")
        if self.answered:
            words = f"另有{self.answered}处疑问已在“{ANSWER}”列答复，没有再问"
            yield Advice("doubts-answered", words)
