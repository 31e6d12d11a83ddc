"""Numbers: consecutive for each code and year, never twice, never with a silent gap."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from clerk import SIGNING
from desks import DAY, NOW, SIGNATORY, Desk, faults_of, on_sqlite
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from docgen.errors import DocgenError
from docgen.office.life import numbers
from docgen.register import life, numbering
from docgen.register.books import Books
from docgen.register.duties import Actor, Doing
from docgen.register.life import State
from docgen.register.number import NumberState
from docgen.register.numbering import Numberer, Series
from docgen.register.record import Deed
from docgen.register.store import Register

PROCESSES, EACH = SIGNING, 4
SERIES = Series("澄联审办函", 2026)
CLERK = Actor("陶映雪", ("澄湖县发展和改革委员会",))


def doing(day: date = DAY, remark: str = "按纸质登记簿") -> Doing:
    return Doing(CLERK, day, remark)


def serials(register: Register, state: NumberState | None = None) -> list[int]:
    with register.reading() as books:
        return [each.serial for each in books.numbers() if state in (None, each.state)]


def give(books: Books, count: int = 1, day: date = DAY, *, reserved: bool = False) -> list[int]:
    """Give the next numbers, as signing does."""
    numberer, given = Numberer(books, day, reserved=reserved), []
    for _ in range(count):
        serial, change = numberer.use(SERIES, 1)
        books.add(Deed("编号", day, CLERK.name, changes=(change,)))
        given.append(serial)
    return given


def at_once(script: str, *arguments: str) -> None:
    """Run processes of `clerk.py` that begin together."""
    clerk = Path(__file__).with_name("clerk.py")
    running = [
        subprocess.Popen([sys.executable, str(clerk), script, str(each), *arguments], stdin=subprocess.PIPE)
        for each in range(PROCESSES)
    ]
    for each in running:
        assert each.stdin
        each.stdin.write(b"go\n")
        each.stdin.close()
    assert [each.wait(120) for each in running] == [0] * PROCESSES


def test_processes_that_begin_together_found_one_register_and_give_consecutive_numbers(
    place: Path | str,
) -> None:
    at_once("number", str(place), str(EACH))

    register = Register(place, "登记库")
    assert serials(register) == list(range(1, PROCESSES * EACH + 1))
    with register.reading() as books:
        documents = [each.document for each in books.numbers()]
        assert sorted(documents) == sorted(
            who * EACH + turn for who in range(PROCESSES) for turn in range(EACH)
        )


def test_processes_sign_at_once_and_no_document_is_lost(desk: Desk) -> None:
    documents = desk.draft(*map(str, range(1, 9)))[: PROCESSES * EACH]
    assert len(documents) == PROCESSES * EACH
    ids = [each.id for each in documents]
    desk.take(life.REVIEW, ids)

    at_once("sign", str(desk.root), str(EACH))

    signed = [desk.document(each) for each in ids]
    assert {each.state for each in signed} == {State.NUMBERED}
    assert sorted(each.number for each in signed) == sorted(
        SERIES.text(each) for each in range(1, len(ids) + 1)
    )
    assert desk.verify().faults == ()


@on_sqlite
def test_a_batch_is_numbered_in_the_order_of_the_documents(desk: Desk) -> None:
    ids = [each.id for each in desk.draft("3")]
    desk.take(life.REVIEW)
    desk.take(life.SIGN)

    assert [desk.document(each).number for each in ids] == [SERIES.text(each + 1) for each in range(len(ids))]


def test_docgen_goes_on_from_a_paper_register_in_mid_year(register: Register) -> None:
    with register.writing() as books:
        numbering.start_at(books, SERIES, 38, doing())
        assert give(books) == [38]

    assert serials(register, NumberState.ON_PAPER) == list(range(1, 38))
    with register.reading() as books:
        assert {each.remark for each in books.numbers() if each.serial < 38} == {"按纸质登记簿"}


@pytest.mark.parametrize(
    ("serial", "code"), [(1, "number-taken"), (0, "number-taken"), (200_000, "number-count")]
)
def test_a_series_cannot_begin_where_that_makes_no_sense(register: Register, serial: int, code: str) -> None:
    with pytest.raises(DocgenError) as refused, register.writing() as books:
        numbering.start_at(books, SERIES, serial, doing())

    assert faults_of(refused.value) == (code,)
    assert serials(register) == []


def test_a_series_in_use_cannot_begin_anew(register: Register) -> None:
    with register.writing() as books:
        give(books)
    with pytest.raises(DocgenError) as refused, register.writing() as books:
        numbering.start_at(books, SERIES, 38, doing())

    assert faults_of(refused.value) == ("number-taken",)


def test_a_reserved_block_is_used_from_its_lowest_number_and_others_go_on_behind_it(
    register: Register,
) -> None:
    with register.writing() as books:
        assert give(books, 2) == [1, 2]
        assert numbering.reserve(books, SERIES, 3, doing(remark="会议材料")) == range(3, 6)
        assert give(books, 2) == [6, 7]
        assert give(books, 2, reserved=True) == [3, 4]
        numbering.void(
            books, [each for each in books.numbers() if each.serial == 5], doing(remark="会议取消")
        )

    with register.reading() as books:
        assert [(each.serial, each.state.value) for each in books.numbers()] == [
            (1, "已用"),
            (2, "已用"),
            (3, "已用"),
            (4, "已用"),
            (5, "作废"),
            (6, "已用"),
            (7, "已用"),
        ]
        assert books.numbers()[4].remark == "会议取消"


@pytest.mark.parametrize("count", [0, -1, 100_001])
def test_a_block_has_a_sensible_size(register: Register, count: int) -> None:
    with pytest.raises(DocgenError) as refused, register.writing() as books:
        numbering.reserve(books, SERIES, count, doing())

    assert faults_of(refused.value) == ("number-count",)


def test_reserved_numbers_run_out(register: Register) -> None:
    with register.writing() as books:
        numbering.reserve(books, SERIES, 2, doing())
        give(books, 2, reserved=True)
        with pytest.raises(DocgenError) as refused:
            give(books, reserved=True)

    assert faults_of(refused.value) == ("number-none-reserved",)


def test_only_what_is_reserved_can_be_voided_by_itself_and_only_with_a_reason(register: Register) -> None:
    with register.writing() as books:
        give(books)
        numbering.reserve(books, SERIES, 1, doing())
        used, reserved = books.numbers()
        for number, remark, code in ((used, "多余", "number-not-reserved"), (reserved, "", "reason-missing")):
            with pytest.raises(DocgenError) as refused:
                numbering.void(books, [number], doing(remark=remark))
            assert faults_of(refused.value) == (code,)


@pytest.mark.parametrize("reserved", [False, True])
def test_no_number_is_given_for_an_earlier_day_than_the_one_before(
    register: Register, reserved: bool
) -> None:
    with register.writing() as books:
        if reserved:
            numbering.reserve(books, SERIES, 1, doing())
        else:
            give(books)
        with pytest.raises(DocgenError) as refused:
            give(books, day=date(2026, 3, 13), reserved=reserved)

    assert faults_of(refused.value) == ("number-too-early",)


def test_each_code_and_year_has_its_own_numbers(register: Register) -> None:
    with register.writing() as books:
        give(books, 3)
        assert Numberer(books, date(2027, 1, 4)).next(Series("澄联审办函", 2027)) == 1
        assert Numberer(books, DAY).next(Series("澄联审办发", 2026)) == 1


@on_sqlite
def test_a_years_first_number_is_one_although_the_draft_was_made_in_the_old_year(desk: Desk) -> None:
    desk.now = NOW.replace(year=2027, month=1, day=5)
    desk.day = date(2026, 12, 31)  # the feedback that is asked for is not due before the day of signing
    first, second = (each.id for each in desk.draft("3")[:2])
    desk.take(life.REVIEW, (first, second))
    desk.take(life.SIGN, first)
    desk.day = date(2027, 1, 4)
    desk.take(life.SIGN, second)

    assert desk.document(first).number == "澄联审办函〔2026〕1号"
    assert desk.document(second).number == "澄联审办函〔2027〕1号"
    assert "out/2027/" in desk.document(second).path
    assert desk.verify().faults == ()


@on_sqlite
def test_a_voided_document_keeps_its_number_and_nobody_gets_it_again(desk: Desk) -> None:
    first, second = (each.id for each in desk.draft("3")[:2])
    desk.take(life.REVIEW, (first, second))
    desk.take(life.SIGN, first)
    desk.take(life.VOID, first, remark="内容有误")
    desk.take(life.SIGN, second)

    assert [desk.document(each).number for each in (first, second)] == [SERIES.text(1), SERIES.text(2)]
    voided, used = numbers.numbers(desk.office())
    assert (voided.state, voided.remark, voided.document) == (NumberState.VOID, "内容有误", first)
    assert (used.state, used.document) == (NumberState.USED, second)


@on_sqlite
def test_a_document_is_signed_under_a_reserved_number(desk: Desk) -> None:
    first, second = (each.id for each in desk.draft("3")[:2])
    office = desk.office(SIGNATORY)
    assert numbers.reserve(office, "告知函", 2, "会议材料", 2026) == [SERIES.text(1), SERIES.text(2)]
    desk.take(life.REVIEW, (first, second))
    desk.take(life.SIGN, first)
    desk.take(life.SIGN, second, reserved=True)
    numbers.void(office, ["澄联审办函[2026]2"], "未用")

    assert [desk.document(each).number for each in (first, second)] == [SERIES.text(3), SERIES.text(1)]
    assert desk.verify().faults == ()


class Numbering(RuleBasedStateMachine):
    """Any order of giving, reserving, using, voiding and broken-off calls."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.register = Register(Path(self.folder.name) / "r.sqlite", "登记库", "登记员", lambda: NOW)
        self.last, self.reserved, self.voided, self.begun = 0, list[int](), set[int](), False

    @precondition(lambda self: not self.begun)
    @rule(serial=st.integers(2, 9))
    def take_over(self, serial: int) -> None:
        with self.register.writing() as books:
            numbering.start_at(books, SERIES, serial, doing())
        self.last, self.begun = serial - 1, True

    @rule(count=st.integers(1, 3))
    def sign(self, count: int) -> None:
        with self.register.writing() as books:
            assert give(books, count) == list(range(self.last + 1, self.last + count + 1))
        self.last, self.begun = self.last + count, True

    @rule(count=st.integers(1, 3))
    def break_off(self, count: int) -> None:
        with suppress(InterruptedError), self.register.writing() as books:
            give(books, count)
            books.flush()
            raise InterruptedError

    @rule(count=st.integers(1, 3))
    def reserve(self, count: int) -> None:
        with self.register.writing() as books:
            self.reserved += numbering.reserve(books, SERIES, count, doing())
        self.last, self.begun = self.last + count, True

    @precondition(lambda self: self.reserved)
    @rule()
    def use_reserved(self) -> None:
        with self.register.writing() as books:
            assert give(books, reserved=True) == [self.reserved.pop(0)]

    @precondition(lambda self: self.reserved)
    @rule()
    def void_reserved(self) -> None:
        serial = self.reserved.pop()
        with self.register.writing() as books:
            numbering.void(books, [each for each in books.numbers() if each.serial == serial], doing())
        self.voided.add(serial)

    @invariant()
    def every_serial_has_one_fate(self) -> None:
        assert serials(self.register) == list(range(1, self.last + 1))
        assert serials(self.register, NumberState.RESERVED) == self.reserved
        assert set(serials(self.register, NumberState.VOID)) == self.voided

    def teardown(self) -> None:
        self.folder.cleanup()


Numbering.TestCase.settings = settings(
    max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)
test_numbers_in_any_order = Numbering.TestCase
