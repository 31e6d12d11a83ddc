"""What the judges see and what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.lint.reading.model import Doc, Para, Section
from docgen.lint.recognition.layout import Form, Layout, Role
from docgen.lint.rule import Rule, Severity

_SHOWN: Final = 24


@dataclass(frozen=True)
class Finding:
    """A breach of a rule.

    Args:
        rule: The rule.
        element: The element of the document.
        paragraph: The paragraph's number, 0 for the document as a whole.
        words: The words it is about.
        found: What stands there.
        expected: What should.
    """

    rule: Rule
    element: str
    paragraph: int
    words: str
    found: str
    expected: str

    @property
    def severity(self) -> Severity:
        """Return how grave it is."""
        return self.rule.severity

    @property
    def place(self) -> str:
        """Return where it is, in Chinese."""
        where = f"{self.element}，第{self.paragraph}段" if self.paragraph else self.element
        return f"{where}“{self.words}”" if self.words else where

    @property
    def message(self) -> str:
        """Return it as a sentence."""
        return f"{self.found}，应为{self.expected}" if self.expected else self.found

    def as_json(self) -> Mapping[str, Any]:
        """Return it as `--json` gives it."""
        return {
            "rule": self.rule.id,
            "clause": self.rule.clause,
            "severity": self.severity.value,
            "element": self.element,
            "paragraph": self.paragraph,
            "words": self.words,
            "found": self.found,
            "expected": self.expected,
            "mend": self.rule.mend,
        }


@dataclass(frozen=True)
class Seen:
    """A recognised document before a judge, with the tolerances that hold.

    Args:
        doc: The document.
        layout: Its form and elements.
        tolerances: Tolerances by the rule's name that differ from the declared ones.
        masks: Paragraphs' words without what other rules judge, by number, once asked for.
        placed: Paragraphs by element, once asked for.
    """

    doc: Doc
    layout: Layout
    tolerances: Mapping[str, float] = field(default_factory=dict)
    masks: dict[int, str] = field(default_factory=dict, compare=False)
    placed: dict[Role, list[Para]] = field(default_factory=dict, compare=False)

    def tolerance(self, rule: Rule) -> float:
        """Return how far a measure may be off."""
        return self.tolerances.get(rule.id, rule.tolerance or 0.0)

    def of(self, *roles: Role) -> list[Para]:
        """Return the paragraphs of some elements, in order."""
        if not self.placed:
            for para in self.doc.paras:
                self.placed.setdefault(self.layout.roles[para.number], []).append(para)
        found = [para for role in dict.fromkeys(roles) for para in self.placed.get(role, ())]
        return sorted(found, key=lambda para: para.number) if len(roles) > 1 else found

    def role(self, para: Para) -> Role:
        """Return a paragraph's element."""
        return self.layout.roles[para.number]

    def section(self, para: Para) -> Section:
        """Return a paragraph's section."""
        return self.doc.section(para)

    def live(self) -> Sequence[Para]:
        """Return all paragraphs with words."""
        return [para for para in self.doc.paras if not para.blank]

    def found(
        self, rule: Rule, para: Para | None, found: str, expected: str = "", words: str = ""
    ) -> Finding:
        """Return a finding; its words are the paragraph's first when none are given."""
        said = short(words or (para.words if para else ""))
        element = rule.element if para is None else self.layout.roles.get(para.number, Role.BODY).value
        return Finding(rule, element, para.number if para else 0, said, found, expected)


Finder = Callable[[Seen], Iterator[Finding]]


@dataclass(frozen=True)
class Judge:
    """A function that finds breaches of some rules, all declared in its file.

    Args:
        rules: The rules.
        find: The function.
        never: The forms that do not have what it judges.
    """

    rules: tuple[Rule, ...]
    find: Finder
    never: tuple[Form, ...] = ()

    def __call__(self, seen: Seen) -> Iterator[Finding]:
        """Find the breaches; none in a document of a form it does not judge."""
        return iter(()) if seen.layout.form in self.never else self.find(seen)


def judges(*rules: Rule, never: Sequence[Form] = ()) -> Callable[[Finder], Judge]:
    """Make a function the judge of some rules."""
    return lambda find: Judge(rules, find, tuple(never))


def short(text: str) -> str:
    """Return the first words of a text on one line."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def shown(value: float) -> str:
    """Return a measure with at most one decimal place."""
    return f"{value:.1f}".removesuffix(".0")
