"""Forms read into what the office may record; nothing is written.

Only content controls are read, by their names. A form is matched to its document by the number that it bears, else by
its words outside the controls, which are those of the file that was sent out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.documents.identity import MadeFor, component_of, is_same
from docgen.errors import WRONG_USE, Advice, DocgenError
from docgen.model.approval import Approval
from docgen.model.bottleneck import Bottleneck
from docgen.model.fields import FieldSpec, Linked, Record, Shape, field_of
from docgen.model.meeting import Decision
from docgen.model.names import plain
from docgen.model.records import Records
from docgen.model.supervision import Supervision
from docgen.office.desk import Desk
from docgen.office.life.finding import Wanted, documents, named
from docgen.office.replies.feedback import BETWEEN, FEEDBACK, RECORDED, answered, values_of
from docgen.opc.faults import FileFault
from docgen.opc.guard import bytes_of
from docgen.register.document import Document
from docgen.register.life import State
from docgen.sheets.faults import WrongValue
from docgen.sheets.reading.cell_texts import NotUnderstood
from docgen.sheets.reading.cells import parser_for
from docgen.sheets.reading.links import Index
from docgen.sheets.round.returned import index_of
from docgen.sheets.round.said import said
from docgen.standard.build.filled import Filled, filled_in

_FEEDBACK: Final = {"办理结果": "progress", "经办人": "responsible"}
_RECORDED: Final[Mapping[type[Record], Mapping[str, str]]] = {
    Approval: {"办理结果": "remark", "经办人": "responsible", "未办结原因": "blocked_by"},
    Bottleneck: _FEEDBACK,
    Decision: _FEEDBACK,
    Supervision: {
        "办理结果": "progress",
        "办理措施": "reply_measure",
        "责任单位": "reply_unit",
        "责任领导": "reply_leader",
        "责任人": "reply_person",
        "完成时限": "reply_deadline",
    },
}
"""By record type, the control whose words go into which field."""
_FIVE: Final = ("办理措施", "责任单位", "责任领导", "责任人", "完成时限")
"""What a reply to a supervision notice has to say."""
_ASIDE: Final = "类别"
"""A component that tells how a slip came about, not what it is about."""
_SUFFIXES: Final = (".docx",)


class ReplyUnknown(DocgenError):
    """A form answers no document of the register, or several alike."""

    code = "reply-unknown"
    says = "{file}：看不出是哪一件公文的回复{among}"
    advises = "请用 --document 登记号或文号 指明。"

    file: str
    candidates: tuple[str, ...]

    @property
    def among(self) -> str:
        """Name the documents that it may answer."""
        return f"，可能是：{'、'.join(self.candidates)}" if self.candidates else ""


class NoForm(DocgenError):
    """A document has no place to fill in that docgen knows."""

    code = "reply-no-form"
    says = "{file}：里面没有可填的格（内容控件），不是发出的表单，或另存时丢了"
    advises = "请在发出的 Word 文件里填写后发回；纸质的请用 docgen doc attach 存扫描件。"

    file: str


class SeveralForOne(DocgenError):
    """A document is named for several files."""

    code = "reply-document"
    exit_code = WRONG_USE
    says = "--document 只能用于一个文件，给了{count}个"

    count: int


@dataclass(frozen=True)
class Proposal:
    """A cell of the office's sheets that a reply would change: its place, and what it says now and would say."""

    sheet: str
    key: str
    place: str
    label: str
    now: str
    said: str


@dataclass(frozen=True)
class CellEdit:
    """A cell of a record that is to hold a value."""

    record: Record
    spec: FieldSpec
    value: Any


@dataclass
class Reply:
    """A form that came back.

    Args:
        path: its file.
        document: which it answers; None where that is not known.
        values: what was filled in, by the names of the places.
        proposals: what the office may record.
        edits: the same as cells to be written.
        taken: the places whose words stand in a field of the sheets, or are to.
        faults: what is wrong with it.
        advices: what should be known.
    """

    path: Path
    document: Document | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    proposals: list[Proposal] = field(default_factory=list)
    edits: list[CellEdit] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    faults: list[DocgenError] = field(default_factory=list)
    advices: list[Advice] = field(default_factory=list)


def read_replies(desk: Desk, paths: Sequence[Path], asked: str) -> list[Reply]:
    """Read forms that came back.

    Args:
        desk: whose documents and sheets.
        paths: the files.
        asked: the document that the one file answers; empty to find out.

    Raises:
        SeveralForOne: a document is named for several files.
        Problems: the sheets have faults.
        UnknownName, AmbiguousName: there is no such document.
    """
    if asked and len(paths) > 1:
        raise SeveralForOne(len(paths))
    records = desk.workspace.records()
    reading = _Reading(desk, records, index_of(records), documents(desk, Wanted()))
    return [reading.read(path, asked) for path in paths]


@dataclass
class _Reading:
    """Reads the forms of one call, among the documents that may have asked for them."""

    desk: Desk
    records: Records
    index: Index
    documents: Sequence[Document]
    _words: dict[str, str] = field(default_factory=dict)

    def read(self, path: Path, asked: str) -> Reply:
        """Read one form."""
        reply = Reply(path)
        try:
            form = filled_in(bytes_of(path, path.name), path.name, FEEDBACK)
        except FileFault as fault:
            reply.faults.append(fault)
            return reply
        reply.values = {name: words for name, words in form.values.items() if words} | values_of(form.rows)
        if not form.values and not form.rows:
            reply.faults.append(NoForm(path.name))
            return reply
        reply.document = self._asked(asked) if asked else self._document(reply, form)
        if reply.document:
            self._look_for_lost_places(reply, reply.document, form)
            self._propose(reply, reply.document)
            self._propose_rows(reply, reply.document, form)
        return reply

    def _asked(self, asked: str) -> Document:
        with self.desk.register.reading() as books:
            return named(books, [asked])[0]

    def _document(self, reply: Reply, form: Filled) -> Document | None:
        """Return the document that a form answers; a fault is noted where it is not one alone."""
        words = plain(" ".join((form.words, *form.values.values())))
        live = [each for each in self.documents if each.state is not State.VOID]
        found = [each for each in live if each.number and plain(each.number) in words]
        if len(found) != 1:
            alike = found or [each for each in live if plain(each.title) in words]
            same = [each for each in alike if self._sent(each) == _outside(form.words)]
            found = same or found
        if len(found) == 1:
            return found[0]
        reply.faults.append(ReplyUnknown(reply.path.name, tuple(f"{each.id} {each.title}" for each in found)))
        return None

    def _sent(self, document: Document) -> str:
        """Return the words outside the controls of the file of a document; empty where it cannot be read."""
        if document.path not in self._words:
            found = self._as_sent(document)
            self._words[document.path] = _outside(found.words) if found.values or found.rows else ""
        return self._words[document.path]

    def _as_sent(self, document: Document) -> Filled:
        """Return the form as it was sent out; one without places where its file cannot be read."""
        path = self.desk.workspace.root / document.path
        try:
            return filled_in(bytes_of(path, document.path), document.path, FEEDBACK)
        except FileFault:
            return Filled({}, "")

    def _look_for_lost_places(self, reply: Reply, document: Document, form: Filled) -> None:
        """Say which places to fill in came back no more: what was written there is not read."""
        lost = [each for each in self._as_sent(document).values if each not in form.values]
        if lost:
            words = f"{reply.path.name}：{'、'.join(lost)}的填写处在发回的文件里没有了，写在那里的字没有读"
            reply.advices.append(
                Advice(
                    "reply-places-lost", f"{words}（填写处可能被删去，或被别的程序去掉）；请对照文件人工登记"
                )
            )

    def _propose(self, reply: Reply, document: Document) -> None:
        """Say what the office may record of a form."""
        things = self._things(document)
        if set(_FIVE) & reply.values.keys() and things:
            things = self._supervised(reply, things)
        kinds = {type(each) for each in things}
        fitting = [kind for kind in kinds if _RECORDED.get(kind, {}).keys() & reply.values.keys()]
        if len(things) > 1 and fitting:
            words = f"{reply.path.name}：{document.title}有{len(things)}件事，一处填写分不清是哪一件的，请人工登记"
            reply.advices.append(Advice("reply-several", words))
        elif fitting:
            self._propose_for(reply, things[0])
        self._ask_for_the_rest(reply, things)

    def _propose_rows(self, reply: Reply, document: Document, form: Filled) -> None:
        """Say what the office may record of the feedback table of a notice."""
        for record, row in answered(form.rows, document, self.records):
            for place, target in RECORDED.items():
                spec = field_of(Approval, target)
                name = f"{row[FEEDBACK.about]}{BETWEEN}{place}"
                value = self._value(reply, name, spec)
                if value is not None:
                    reply.taken.add(name)
                    self._take(reply, CellEdit(record, spec, value))

    def _things(self, document: Document) -> list[Record]:
        """Return the records that a document is about; of a notice on an approval its supervised matter."""
        made = MadeFor.read(document.made_for)
        found: list[Record] = []
        for thing in made.things if made else ():
            about = tuple(each for each in thing if each.source != _ASIDE)
            for kind in _RECORDED:
                found += [each for each in self.records.of(kind) if is_same(component_of(each), about)]
        return found

    def _supervised(self, reply: Reply, things: Sequence[Record]) -> list[Record]:
        """Return the supervised matter that a notice is about, the last one issued; without one that is said."""
        about = [
            each for each in self.records.of(Supervision) if any(_is_about(each, thing) for thing in things)
        ]
        if not about:
            words = f"{reply.path.name}：督办台账里没有这件事，五项没有地方登记；请先在督办表登记一行"
            reply.advices.append(Advice("reply-not-supervised", words))
            return []
        return [max(about, key=lambda each: (each.state.is_open, each.issued))]

    def _propose_for(self, reply: Reply, record: Record) -> None:
        for name, target in _RECORDED[type(record)].items():
            spec = field_of(type(record), target)
            value = self._value(reply, name, spec)
            if value is None:
                continue
            reply.taken.add(name)
            if target == "remark":
                value = _behind(record.remark, value)  # type: ignore[attr-defined]  # it has this field
            self._take(reply, CellEdit(record, spec, value))
        if isinstance(record, Supervision) and record.replied is None and set(_FIVE) & reply.values.keys():
            self._take(reply, CellEdit(record, field_of(Supervision, "replied"), self.desk.today))

    def _take(self, reply: Reply, edit: CellEdit) -> None:
        """Note a cell that would say something else."""
        record, spec = edit.record, edit.spec
        now, new = said(getattr(record, spec.name), spec), said(edit.value, spec)
        if now != new:
            key = record.link_names[0] if isinstance(record, Linked) else _key(record)
            reply.edits.append(edit)
            reply.proposals.append(
                Proposal(record.sheet, key, record.cell_of(spec.name), spec.label, now, new)
            )

    def _value(self, reply: Reply, name: str, spec: FieldSpec) -> Any:
        """Return what a place says as a value of a field; None where it says nothing, or what cannot be."""
        words = reply.values.get(name)
        if not words:
            return None
        place = (reply.path.name, "", name)
        try:
            value = parser_for(spec, self.records.mechanism.year)(words)
        except NotUnderstood as fault:
            reply.faults.append(WrongValue(*place, words, str(fault)))
            return None
        if spec.shape is not Shape.LINK or value is None:
            return value
        meant = self.index.find(spec.type, value, place)
        if isinstance(meant, DocgenError):
            reply.faults.append(meant)
            return None
        return meant

    def _ask_for_the_rest(self, reply: Reply, things: Sequence[Record]) -> None:
        """Say which of the five points a reply lacks, and that nothing was filled in."""
        if not reply.values and not reply.advices:
            reply.advices.append(Advice("reply-blank", f"{reply.path.name}：一格也没有填"))
        elif any(isinstance(each, Supervision) for each in things) and set(_FIVE) & reply.values.keys():
            lacking = [each for each in _FIVE if each not in reply.values]
            if lacking:
                words = f"{reply.path.name}：督办回复的五项中没有填：{'、'.join(lacking)}，请退回补填"
                reply.advices.append(Advice("reply-lacks", words))


def _behind(before: str | None, words: str) -> str:
    """Return remarks with more words behind them; once where they stand there already."""
    if before and words not in before:
        return f"{before}；{words}"
    return before or words


def _is_about(matter: Supervision, thing: Record) -> bool:
    """Whether a supervised matter is about a record, or is that record."""
    if isinstance(thing, Approval):
        return matter.project == thing.project and matter.item == thing.item
    return thing in (matter, matter.bottleneck, matter.decision)


def _key(record: Any) -> str:
    return f"{record.project.number} {record.item.name}"


_BLANK: Final = re.compile(r"[\s\u3000]+")


def _outside(words: str) -> str:
    """Return words as they are compared, whatever a program makes of blanks and lines."""
    return plain(_BLANK.sub("", words))


def unrecorded(reply: Reply) -> Iterator[tuple[str, str]]:
    """Yield what was filled in and goes into no sheet: signatures, dates of seals, why a decision is not done yet."""
    yield from ((name, words) for name, words in reply.values.items() if name not in reply.taken)
