"""The rules of the checker, each in the file of its subject: its words, reason, example, and its judge beside it.

Findings of a paragraph come in the order of the files, and in a file in that of the judges.
"""

from __future__ import annotations

from typing import Final

from docgen.lint.findings import Judge
from docgen.lint.rule import Rule
from docgen.lint.rules import (
    addressee,
    annexes,
    attendance,
    characters,
    closing,
    imprint,
    labels,
    leftovers,
    levels,
    mark,
    number,
    numerals,
    page,
    page_numbers,
    phrases,
    punctuation,
    red_rule,
    relations,
    signer,
    text,
    title,
)

SUBJECTS: Final = (
    page, labels, mark, number, signer, red_rule, title, addressee, text, levels, annexes, closing, imprint, relations,
    attendance, page_numbers, punctuation, numerals, characters, phrases, leftovers,
)  # fmt: skip
JUDGES: Final = tuple(
    each for subject in SUBJECTS for each in vars(subject).values() if isinstance(each, Judge)
)


def _declared() -> tuple[Rule, ...]:
    """Return the rules as they are declared, each in the file that judges it."""
    found = (each for subject in SUBJECTS for each in vars(subject).values() if isinstance(each, Rule))
    return tuple(dict.fromkeys(found))


RULES: Final = _declared()
BY_ID: Final = {rule.id: rule for rule in RULES}
