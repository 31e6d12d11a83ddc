"""A year of an office: two hundred documents through all steps, and every change made behind docgen's back found."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from desks import DRAFTER, SIGNATORY, Desk
from scans import SCAN

from docgen.digests import digests_of
from docgen.errors import DocgenError
from docgen.office.life.attachments import attach
from docgen.office.life.duties import set_duty
from docgen.office.life.numbers import numbers as numbers_given
from docgen.register import life
from docgen.register.audit import audit
from docgen.register.databases import Connection, address_of, connected
from docgen.register.document import Document
from docgen.register.life import State
from docgen.register.record import Deed, FileRole, FileSeen, Held, digest_of
from docgen.register.schema import ENTRY, FOLLOWING, SETTING, make_guards
from docgen.register.store import Register
from docgen.register.tables import Column, Table

WEEKS, A_WEEK = 10, 20
FIRST = date(2026, 2, 16)
CLERK = Held("重大项目股股长", ("经办",), "")
CHANGED_ROWS, CHANGED_FILES, AT_ONCE = 200, 60, 10
"""On each of the two databases; so many changes are made before each look, each to another row or file."""
COPIED = ("kind", "title", "subject", "template_digest", "data_digest", "number_place", "date_place")


@dataclass
class Year:
    """An office at the end of its year."""

    desk: Desk

    @property
    def place(self) -> Path | str:
        workspace = self.desk.workspace
        return workspace.settings.register_at.url or workspace.register_path


@pytest.fixture(scope="module")
def year(shared_desk: Desk) -> Year:
    desk = shared_desk
    desk.day, desk.now = FIRST, datetime(2026, 12, 31, 9, tzinfo=UTC)
    desk.grant()
    desk.draft("3")
    set_duty(desk.office(SIGNATORY), "监印人属于代章单位", "试行期间", loosened=True)
    made = Year(desk)
    model = desk.document(1)
    data = desk.file(1).read_bytes()
    issued: list[int] = []
    for week in range(WEEKS):
        desk.day = FIRST + timedelta(days=14 * week)
        olds = issued[:2]
        del issued[:3]
        ids = drafted(made, model, data, [*[None] * (A_WEEK - len(olds)), *olds])
        issued += of_a_week(desk, ids)
    return made


def drafted(year: Year, model: Document, data: bytes, replaced: Sequence[int | None]) -> list[int]:
    """Record drafts like one that was really made, each with a text of its own; some replace others."""
    desk = year.desk
    register = Register(year.place, "登记库", "clerk", lambda: desk.now)
    with register.writing() as books:
        ids = [books.next_document() for _ in replaced]
        olds = {each.id: each for each in books.documents(filter(None, replaced))}
        for number, old in zip(ids, replaced, strict=True):
            path = f"out/2026/告知函/草稿/{number:04}.docx"
            text_of_its_own = with_words(data, "20万吨", f"{number}万吨")
            (desk.root / path).write_bytes(text_of_its_own)
            digests = digests_of(text_of_its_own)
            file = FileSeen("草稿", path, digests.sha256, digests.sm3, len(text_of_its_own))
            row = {each: getattr(model, each) for each in COPIED} | {
                "key": f"告知函/项目{number}/县水利局",
                "edition": 1,
                "addressee": f"第{number}单位",
                "state": State.DRAFTED,
                "day": desk.day.isoformat(),
                "dated": desk.day.isoformat(),
                "path": path,
                "sha256": digests.sha256,
                "sm3": digests.sm3,
                "drafter": DRAFTER,
                "replaces": old,
            }
            if old:
                books.add(
                    Deed(
                        "替换", desk.day, DRAFTER, "", old, olds[old].state, olds[old].state, "原文有误",
                        changes=(olds[old].change(replaced_by=number),), held=CLERK,
                    )
                )  # fmt: skip
            changes = (("document", number, row), file.change(number))
            books.add(
                Deed(
                    "拟稿",
                    desk.day,
                    DRAFTER,
                    "",
                    number,
                    None,
                    State.DRAFTED,
                    "新拟",
                    (file,),
                    changes,
                    CLERK,
                )
            )
    return ids


def with_words(docx: bytes, old: str, new: str) -> bytes:
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old.encode(), new.encode()))
    return made.getvalue()


def of_a_week(desk: Desk, ids: list[int]) -> list[int]:
    """Lead documents through all steps, as far as they come; return those that were issued."""
    desk.take(life.REVIEW, ids)
    desk.take(life.RETURN, ids[:2], remark="文字欠妥")
    desk.take(life.VOID, ids[0], remark="不再需要")
    desk.take(life.REVIEW, ids[1])
    desk.take(life.COUNTERSIGN, ids[1:4])
    desk.take(life.SIGN, ids[1:])
    desk.take(life.REQUEST, ids[1:])
    desk.take(life.REFUSE, ids[2], remark="份数不符")
    desk.take(life.VOID, ids[2], remark="内容有误")
    desk.take(life.APPROVE, ids[3:])
    desk.take(life.APPLY, ids[3:])
    desk.take(life.ISSUE, ids[3:])
    scan = desk.root / f"{ids[3]}.pdf"
    scan.write_bytes(SCAN + f"{ids[3]}\n".encode())
    attach(desk.office(), str(ids[3]), [scan], FileRole.SCAN, "")
    desk.take(life.ARCHIVE, ids[-4:])
    return ids[3:-4]


def test_after_a_year_the_record_holds(year: Year) -> None:
    verified = year.desk.verify()
    documents = year.desk.documents()
    counts = {state: sum(each.state is state for each in documents) for state in State}

    assert verified.faults == ()
    assert len(documents) >= WEEKS * A_WEEK
    assert verified.entries > len(documents) * 7
    assert counts[State.ARCHIVED] == 4 * WEEKS
    assert counts[State.VOID] == 2 * WEEKS
    assert counts[State.REPLACED] >= 15
    for each in documents:
        assert (each.state is State.REPLACED) is (each.replaced_by is not None)
    numbers = numbers_given(year.desk.office())
    assert [each.serial for each in numbers] == list(range(1, len(numbers) + 1))
    assert len(numbers) == WEEKS * (A_WEEK - 1)
    seals = sorted(each.seal_serial for each in documents if each.seal_serial)
    assert seals == list(range(1, len(seals) + 1))


def test_the_years_numbers_follow_its_days(year: Year) -> None:
    numbers = numbers_given(year.desk.office())

    assert [each.day for each in numbers] == sorted(each.day for each in numbers)


@contextmanager
def undone(place: Path | str) -> Iterator[Connection]:
    """Give a connection whose changes are all taken back."""
    with connected(address_of(place), write=True) as connection:
        yield connection
        connection.driver.rollback()


def without_guards(connection: Connection, do: Callable[[], None]) -> None:
    """Switch the guards of the record off and on again, as somebody does who owns the database."""
    if connection.is_sqlite:
        for each in ("update", "delete", "insert"):
            connection.do(f"DROP TRIGGER entry_{each}")
        do()
        make_guards(connection)
        return
    connection.do("ALTER TABLE entry DISABLE TRIGGER entry_guard")
    do()
    connection.do("ALTER TABLE entry ENABLE TRIGGER entry_guard")


class Meddler:
    """Somebody who changes rows behind docgen's back."""

    def __init__(self, connection: Connection, chance: Random) -> None:
        self._connection, self._chance = connection, chance
        self._tables = [SETTING, ENTRY, ENTRY, *FOLLOWING.values(), FOLLOWING["document"]]
        self._touched: set[tuple[str, Any]] = set()

    def change(self) -> tuple[str, str]:
        """Change one row in one way; return its table and key."""
        while True:
            table = self._chance.choice(self._tables)
            keys = self._connection.rows(table.reading(table.key, order=table.key))
            left = [each for (each,) in keys if (table.name, each) not in self._touched]
            if left:
                break
        way = self._chance.choice((self._update, self._update, self._delete, self._insert))
        key = self._chance.choice(left)
        changed = way(table, key)
        self._touched |= {(table.name, key), (table.name, changed)}
        return table.name, str(changed)

    def _update(self, table: Table, key: Any) -> Any:
        row = self._row(table, key)
        name = self._chance.choice([each for each in row if (table.name, each) != ("setting", "name")])
        values = {name: self._other(row[name], table.columns[name])}
        self._connection.do(table.changing([*values]), (*values.values(), key))
        self._touched.add((table.name, values.get(table.key)))
        return key

    def _delete(self, table: Table, key: Any) -> Any:
        self._connection.do(f"DELETE FROM {table.name} WHERE {table.key} = ?", (key,))
        return key

    def _insert(self, table: Table, key: Any) -> Any:
        """Put in a row like another."""
        row = self._row(table, key)
        alone = table.unique if len(table.unique) == 1 else ()
        new = {each: self._other(row[each], table.columns[each]) for each in alone}
        new |= {"edition": 77} if table.name == "document" else {}
        new |= {"serial": 90_000 + self._chance.randrange(9_000)} if table.name == "number" else {}
        made_up = self._other(key, table.columns[table.key])
        self._connection.do(table.adding(), table.row(row | new | {table.key: made_up}))
        return made_up

    def _row(self, table: Table, key: Any) -> dict[str, Any]:
        (row,) = self._connection.rows(table.reading(where=f"{table.key} = ?"), (key,))
        return table.named(row)

    def _other(self, value: Any, column: Column) -> Any:
        """Return another value that the column takes."""
        if column.sort == "INTEGER":
            return (value or 0) + self._chance.randrange(100_000, 999_999)
        place = self._chance.randrange(len(value) + 1) if value else 0
        return f"{value[:place]}改{value[place + 1 :]}" if value else "改"


def is_named(changed: tuple[str, str], findings: Sequence[DocgenError], last: int) -> bool:
    """Whether what was found names a changed row, or the one behind it in the chain."""
    table, key = changed
    codes = {each.code for each in findings}
    if table == "setting":
        return bool(codes & {"verify-head-differs", "verify-version", "verify-row-unfounded"})
    if table == "entry":
        near = range(int(key), int(key) + AT_ONCE + 2)
        entries = {each.values.get("seq") for each in findings if each.code.startswith("verify-entry")}
        return bool(entries & set(near)) or (int(key) + AT_ONCE > last and "verify-head-differs" in codes)
    rows = {(each.values.get("table"), each.values.get("row")) for each in findings}
    return changed in rows


def test_every_change_of_a_row_is_found(year: Year) -> None:
    chance = Random(20261122)  # noqa: S311
    with undone(year.place) as connection:
        untouched = audit(connection)
    assert untouched.findings == []
    last, count = untouched.entries, 0
    while count < CHANGED_ROWS:
        changed: list[tuple[str, str]] = []
        with undone(year.place) as connection:
            meddler = Meddler(connection, chance)

            def meddle(meddler: Meddler = meddler, changed: list[tuple[str, str]] = changed) -> None:
                changed += [meddler.change() for _ in range(AT_ONCE)]

            without_guards(connection, meddle)
            findings = audit(connection).findings
        assert "verify-guard-missing" not in {each.code for each in findings}
        missed = [each for each in changed if not is_named(each, findings, last)]
        assert missed == []
        assert all(str(each) for each in findings)
        count += len(changed)
    assert year.desk.verify().faults == ()


def test_an_entry_added_with_a_right_digest_is_found_by_the_head(year: Year) -> None:
    with undone(year.place) as connection:
        head = audit(connection).head
        (found,) = connection.rows(ENTRY.reading(where="seq = ?"), (head[0],))
        row = ENTRY.named(found)
        body = row["body"].replace(f'"seq":{head[0]}', f'"seq":{head[0] + 1}')
        forged = row | {"seq": head[0] + 1, "body": body, "previous": head[1]}
        connection.do(ENTRY.adding(), ENTRY.row(forged | {"digest": digest_of(head[1], body)}))
        codes = {each.code for each in audit(connection).findings}

    assert "verify-head-differs" in codes


def recorded(year: Year) -> list[Path]:
    with year.desk.office().register.reading() as books:
        return [year.desk.root / row.id for row in books.files() if row.role != FileRole.WITHDRAWN]


def meddle_with(path: Path, other: Path, chance: Random) -> list[str]:
    """Change a file in one way; return the names of the files that must be found."""
    data = path.read_bytes()
    place = chance.randrange(len(data))
    way = chance.choice(("byte", "shorter", "longer", "gone", "renamed", "swapped", "added"))
    if way == "byte":
        path.write_bytes(data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :])
    elif way in ("shorter", "longer"):
        path.write_bytes(data[:place] if way == "shorter" else data + b"\0")
    elif way == "gone":
        path.unlink()
    elif way == "renamed":
        path.rename(path.with_name(f"改{path.name}"))
        return [str(path), str(path.with_name(f"改{path.name}"))]
    elif way == "swapped":
        path.write_bytes(other.read_bytes())
        other.write_bytes(data)
        return [str(path), str(other)]
    else:
        added = path.with_name(f"另{path.name}")
        added.write_bytes(data)
        return [str(added)]
    return [str(path)]


def test_every_change_of_a_file_is_found(year: Year) -> None:
    chance, root = Random(7), year.desk.root  # noqa: S311
    paths = [each for each in recorded(year) if "草稿" not in each.parts]
    kept = shutil.copytree(root / "out", root / "kept")
    count = 0
    while count < CHANGED_FILES:
        touched = chance.sample(paths, 2 * AT_ONCE)
        expected: list[str] = []
        for one, other in zip(touched[::2], touched[1::2], strict=True):
            expected += meddle_with(one, other, chance)
        found = {each.values["path"] for each in year.desk.verify().faults}
        assert [each for each in expected if Path(each).relative_to(root).as_posix() not in found] == []
        for each in {Path(each) for each in expected}:
            source = kept / each.relative_to(root / "out")
            shutil.copyfile(source, each) if source.exists() else each.unlink()
        count += AT_ONCE
    assert year.desk.verify().faults == ()


def test_a_forged_document_under_a_number_of_its_own_is_found(year: Year) -> None:
    folder = year.desk.root / "out" / "2026" / "告知函" / "澄联审办函〔2026〕999号"
    folder.mkdir()
    (folder / "正本.docx").write_bytes(recorded(year)[0].read_bytes())
    found = [each.code for each in year.desk.verify().faults]
    shutil.rmtree(folder)

    assert found == ["verify-file-unknown"]


def test_a_changed_draft_is_told_and_no_fault(year: Year) -> None:
    path = year.desk.file(2)
    data = path.read_bytes()
    for content in (data + b"\0", None):
        path.unlink()
        if content:
            path.write_bytes(content)
        else:
            path.touch()
        verified = year.desk.verify()
        told = [each.code for each in verified.advices]
        assert (verified.faults, told) == (
            (),
            ["draft-altered", "dates-far", "steps-at-once"],
        )  # recorded on the year's last day, all at one moment
    path.write_bytes(data)
    assert {each.name for each in fields(Document)} >= set(COPIED)
