"""What stands above the title: 份号, 密级, 紧急程度, the mark, the number, 签发人, the office that issues minutes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from docgen.lint.recognition import words
from docgen.lint.recognition.layout import Role
from docgen.reform import signs
from docgen.reform.draft import BLANK, Line
from docgen.reform.finding.live import Live
from docgen.reform.paper import Corner

_NEAR: Final = 4
_FILE: Final = "文件"
_LABEL: Final = re.compile(r"签\s*发\s*人\s*[:：]?")
_WHOLE_ISSUE: Final = re.compile(r"[（(]总第[^（()）]{1,6}[期次][）)]")
"""Which issue of all it is, on a line below which of the year."""
_COPY_NUMBER: Final = re.compile(r"(?:№|No\.?)?\d{3,8}")


@dataclass
class Head:
    """The head of a draft, as far as it has been read."""

    end: int = 0
    marks: list[Line] = field(default_factory=list)
    labels: dict[Role, str] = field(default_factory=dict)
    number: str = ""
    serial: str = ""
    signatories: list[str] = field(default_factory=list)
    issued: tuple[str, str] = ("", "")

    @property
    def corner(self) -> Corner:
        """Return what stands at the top left."""
        said = (self.labels.get(role, "") for role in (Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY))
        return Corner(*said)

    def take(self, line: Line, *, numbered: bool) -> bool:
        """Take a line, or say that it is none of the head; `numbered` says that a number follows soon."""
        role, bare = signs.styled(line), signs.folded(line.text)
        label = role if role in _CORNER else None if role else _corner_label(bare)
        above = not self.marks and not self.number and (role or numbered)
        if label and (above or (label not in self.labels and words.CERTAIN_LABEL.match(bare))):
            self.labels[label] = line.words
        elif "签发人" in bare or role is Role.SIGNER:
            self._sign(line)
        elif (signs.is_number(line) and not self.number) or role is Role.NUMBER or self._is_issue(bare):
            self._count(line, bare)
        elif self.serial and _WHOLE_ISSUE.fullmatch(bare):
            self.serial += line.words
        elif (self.marks or role) and self._is_issuer(line, role):
            found = words.ISSUER_LINE.match(line.words)
            self.issued = (found["organ"], found["date"]) if found else (line.words, "")
        elif (not self.number or self._is_set_apart(line)) and (
            signs.is_mark(line, numbered=numbered) or self._is_file(bare)
        ):
            self.marks.append(line)
        else:
            return False
        return True

    def _is_file(self, bare: str) -> bool:
        """Whether a line is the 文件 that stands beside or below the organs of a joint issue."""
        return bool(self.marks) and bare == _FILE

    def _is_set_apart(self, line: Line) -> bool:
        """Whether a line is the first in a box and in red: a mark that is anchored to what stands below it."""
        return not self.marks and line.looks.box > 0 and line.looks.red

    def _is_issue(self, bare: str) -> bool:
        minutes = bool(self.marks) and self.marks[-1].bare.endswith("纪要")
        return minutes and not self.number and bool(words.ISSUE_NUMBER.match(bare))

    def _is_issuer(self, line: Line, role: Role | None) -> bool:
        if role is Role.ISSUER:
            return True
        return (
            self.issued == ("", "")
            and bool(words.ISSUER_LINE.match(line.words))
            and not signs.is_sentence(line)
        )

    def _count(self, line: Line, bare: str) -> None:
        issue = words.PLAIN_NUMBER.match(bare) and ("期" in bare or "次" in bare)
        if issue and not self.serial:
            self.serial = line.words
        else:
            self.number = line.words

    def _sign(self, line: Line) -> None:
        labelled = _LABEL.search(line.words)
        before = line.words[: labelled.start()].strip(BLANK) if labelled else ""
        names = [
            each.strip(BLANK) for each in signs.GAP.split(line.words[labelled.end() if labelled else 0 :])
        ]
        if not labelled and names and names[0].endswith("号"):
            before = names.pop(0)
        self.number = before or self.number
        self.signatories += [each for each in names if each]


_CORNER: Final = frozenset((Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY))


def take_head(live: Live) -> Head:
    """Return the head of a draft; the title begins at its end."""
    head = Head()
    while (line := live.line(head.end)) is not None:
        after = [
            each for at in range(head.end + 1, head.end + 1 + _NEAR) if (each := live.line(at)) is not None
        ]
        numbered = not head.number and (_number_follows(after) or _is_of_minutes(line, after))
        if not head.take(line, numbered=numbered):
            break
        head.end += 1
    return head


def signed_below(live: Live, place: int, end: int, head: Head) -> bool:
    """Take the signatories who are named below the title; they stand in the head (7.2.6)."""
    line = live.line(place, end)
    found = line is not None and not head.signatories and bool(_LABEL.match(line.words))
    return found and line is not None and head.take(line, numbered=False)


def _number_follows(after: Sequence[Line]) -> bool:
    """Whether a number is among lines, and no title above it: then it stands below that, and no mark above."""
    above = [*takewhile(lambda each: not signs.is_number(each), after)]
    return len(above) < len(after) and not any(each.bare.startswith("关于") for each in above)


def _is_of_minutes(line: Line, after: Sequence[Line]) -> bool:
    """Whether a line is the mark of minutes, whose number offices write in many ways (`（2026）第7次`)."""
    return line.bare.endswith("纪要") and bool(after) and bool(words.ISSUE_NUMBER.match(after[0].bare))


def _corner_label(bare: str) -> Role | None:
    if words.SECRECY.match(bare):
        return Role.SECRECY
    if words.URGENCY.match(bare):
        return Role.URGENCY
    return Role.COPY_NUMBER if _COPY_NUMBER.fullmatch(bare) else None


def _names_on(pieces: Sequence[str]) -> Sequence[str]:
    """Return the organs on a line of a mark, 文件 beside them; one name that is spread is one."""
    several = all(each == _FILE or signs.is_organ(each.removesuffix(_FILE)) for each in pieces)
    return pieces if several else ["".join(pieces)]


def mark_of(marks: Sequence[Line]) -> tuple[tuple[str, ...], bool]:
    """Return a mark as one line; or the organs of a joint issue, and that they are."""
    pieces = (piece.split() for line in marks for piece in line.words.split("\n"))
    whole = [name for each in pieces if each for name in _names_on(each)]
    ends = [each for each in whole if each.endswith(_FILE)]
    if len(whole) > 1 and (_FILE in whole or len(ends) > 1):
        organs = tuple(each.removesuffix(_FILE) for each in whole if each != _FILE)
        return organs, len(organs) > 1
    if len(whole) > 1 and all(words.ORGAN_END.search(each.removesuffix(_FILE)) for each in whole):
        return tuple(each.removesuffix(_FILE) for each in whole), True
    return ("".join(whole),) if whole else (), False
