"""How long `verify` takes for a record of 100,000 entries, and listing all documents of a kind, beside bare reading.

    python bench/verify_ratio.py [--entries 100000] [--rounds 5] [--json]

A register is made in a temporary folder as an office's work makes it, eight entries for each document. The bare cost
is `sqlite3` reading number, digests and body of every entry and `hashlib` hashing each as the chain does. docgen
moreover parses each body, replays what it did to the other tables and compares them row by row, and checks every step
against the table of steps. The documents of a kind are listed by every drafting; beside it stands `sqlite3` reading
their rows. Whether another document of its kind covers the things of one is asked when it is reviewed or signed; beside
it stands `sqlite3` reading what they were made for. The ratio is that of the fastest rounds.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from finding import AT_MOST, Finding, parser, tell, versions_of
from timing import interleaved, ratio_of, spread, timed

from docgen.office.life.coverage import said_among
from docgen.register.audit import audit
from docgen.register.duties import Actor, Doing
from docgen.register.life import State
from docgen.register.mandates import Terms, grant
from docgen.register.number import NumberState, given, text_of
from docgen.register.record import Change, Deed, FileSeen, Held
from docgen.register.store import Register

MOST = 4.0
MOST_LISTED = 3.0
MOST_COVERED = 8.0
UNIT = "澄湖县发展和改革委员会"
DAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
ROLES = {"陶映雪": "经办", "方知远": "核稿", "万里舟": "办公室主任", "范雨桐": "监印"}
WAY: tuple[tuple[str, State, State, dict[str, Any]], ...] = (
    ("核稿", State.DRAFTED, State.REVIEWED, {"reviewer": "方知远"}),
    ("签发", State.REVIEWED, State.SIGNED, {"signatory": "万里舟"}),
    ("编号", State.SIGNED, State.NUMBERED, {}),
    ("用印申请", State.NUMBERED, State.REQUESTED, {"applicant": "陶映雪", "copies_asked": 3, "mandate": 1}),
    ("用印批准", State.REQUESTED, State.APPROVED, {"approver": "万里舟"}),
    ("代章", State.APPROVED, State.SEALED, {"keeper": "范雨桐", "copies_sealed": 3}),
    ("印发", State.SEALED, State.ISSUED, {"issuer": "陶映雪", "copies_issued": 3}),
)


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--entries", type=int, default=100_000)
    command.add_argument("--rounds", type=int, default=5)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.sqlite"
        register = Register(path, path.name, "clerk", lambda: NOW)
        _fill(register, options.entries)
        entries, size = _verify(register), path.stat().st_size
        if entries != _bare(path):
            raise SystemExit("docgen and the bare reading did not read the same entries")
        taken = interleaved(
            {
                "verify": timed(lambda: _verify(register)),
                "bare": timed(lambda: _bare(path)),
                "kind": timed(lambda: _of_kind(register)),
                "rows": timed(lambda: _rows(path)),
                "covered": timed(lambda: _covered(register)),
                "made for": timed(lambda: _made_for(path)),
            },
            options.rounds,
        )
    documents = options.entries // (len(WAY) + 1)
    listed = Finding(
        "register-kind",
        f"the {documents:,} documents of a kind listed",
        "sqlite3 reading their rows",
        ratio_of(taken["kind"], taken["rows"]),
        AT_MOST,
        MOST_LISTED,
        {
            "docgen": spread(taken["kind"], 1000, "ms", 0),
            "rows read": spread(taken["rows"], 1000, "ms", 0),
        },
    )
    covered = Finding(
        "register-covered",
        f"whether another of {documents:,} documents covers the things of one",
        "sqlite3 reading what they were made for",
        ratio_of(taken["covered"], taken["made for"]),
        AT_MOST,
        MOST_COVERED,
        {
            "docgen": spread(taken["covered"], 1000, "ms", 0),
            "texts read": spread(taken["made for"], 1000, "ms", 0),
        },
    )
    found = Finding(
        "verify-record",
        f"the record of {entries:,} entries verified",
        "sqlite3 and hashlib reading and hashing its rows",
        ratio_of(taken["verify"], taken["bare"]),
        AT_MOST,
        MOST,
        {
            "docgen verify": spread(taken["verify"], digits=3),
            "rows read and hashed": spread(taken["bare"], digits=3),
            "database": f"{size / 2**20:.0f} MB",
        },
    )
    tell([found, listed, covered], versions_of("pydantic"), as_json=options.json)


def _fill(register: Register, entries: int) -> None:
    with register.writing() as books:
        terms = Terms(
            "关于建立工作机制的通知", "澄政办发〔2025〕47号", "第二条第（三）项", "办公室", UNIT, DAY
        )
        grant(books, terms, Doing(Actor("万里舟", (UNIT,), held=_held("万里舟")), DAY))
    for first in range(1, entries // (len(WAY) + 1) + 1, 1000):
        with register.writing() as books:
            for number in range(first, min(first + 1000, entries // (len(WAY) + 1) + 1)):
                books.add(*_life(number))


def _life(number: int) -> Iterator[Deed]:
    """Yield the steps of one document from its draft until it is issued."""
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    draft = FileSeen("草稿", f"out/2026/告知函/草稿/{number}.docx", digest, digest, 20_000)
    row = {
        "key": f"告知函/项目{number}/县水利局",
        "edition": 1,
        "kind": "告知函",
        "title": "关于澄湖县年产20万吨绿色建材生产线建设项目前期手续办理事项的告知函",
        "subject": f"第{number}号 澄湖县年产20万吨绿色建材生产线建设项目",
        "addressee": "县水利局",
        "state": State.DRAFTED,
        "day": DAY.isoformat(),
        "dated": DAY.isoformat(),
        "path": draft.path,
        "sha256": digest,
        "sm3": digest,
        "template_digest": digest,
        "data_digest": digest,
        "number_place": "澄联审办函〔2026〕　号",
        "date_place": "2026年3月16日",
        "drafter": "陶映雪",
        "replaces": None,
        "made_for": _made_for_of(number),
    }
    yield Deed(
        "拟稿", DAY, "陶映雪", UNIT, number, None, State.DRAFTED, "新拟", (draft,),
        (("document", number, row), draft.change(number)), _held("陶映雪"),
    )  # fmt: skip
    final = FileSeen(
        "正本", f"out/2026/告知函/澄联审办函〔2026〕{number}号/{number}.docx", digest, digest, 20_000
    )
    for step, before, after, more in WAY:
        file = draft if before in (State.DRAFTED, State.REVIEWED) else final
        changes: list[Change] = [("document", number, {"state": after, "day": DAY.isoformat(), **more})]
        if step == "编号":
            row = {"state": after, "dated": DAY.isoformat(), "number": text_of("澄联审办函", 2026, number)}
            changes = [("document", number, row)]
            changes.append(given(("澄联审办函", 2026, number), NumberState.USED, DAY, document=number))
            changes += [final.change(number), ("file", draft.path, {"role": "撤下"})]
        actor = next((who for who in more.values() if isinstance(who, str)), "万里舟")
        yield Deed(step, DAY, actor, UNIT, number, before, after, "", (file,), tuple(changes), _held(actor))


def _held(name: str) -> Held:
    return Held("重大项目股干部", (ROLES[name],), hashlib.sha256(name.encode()).hexdigest())


def _made_for_of(number: int) -> str:
    keys = {"代码": f"2501-530000-04-01-{number:06d}", "名称": f"澄湖县第{number}号建设项目"}
    thing = [["项目", keys], ["单位", {"名称": "澄湖县水利局"}]]
    made_for = {"group": thing, "things": [thing], "way": "逐项"}
    return json.dumps(made_for, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _verify(register: Register) -> int:
    with register.reading() as books:
        done = audit(books.connection)
    if done.findings:
        raise SystemExit(str(done.findings[0]))
    return done.entries


def _of_kind(register: Register) -> int:
    with register.reading() as books:
        return len(books.of_kind("告知函"))


def _covered(register: Register) -> int:
    with register.reading() as books:
        return len(list(said_among(books, books.documents([1]), lambda _: True)))


def _made_for(path: Path) -> int:
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT id, made_for FROM document WHERE kind = '告知函' ORDER BY id"
    ).fetchall()
    connection.close()
    return len(rows)


def _rows(path: Path) -> int:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT * FROM document WHERE kind = '告知函' ORDER BY id").fetchall()
    connection.close()
    return len(rows)


def _bare(path: Path) -> int:
    connection = sqlite3.connect(path)
    count = 0
    for _, previous, digest, body in connection.execute(
        "SELECT seq, previous, digest, body FROM entry ORDER BY seq"
    ):
        if hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest() != digest:
            raise SystemExit("a digest is wrong")
        count += 1
    connection.close()
    return count


if __name__ == "__main__":
    main()
