"""Forgeries by somebody who knows the format, recomputes every digest and makes every table follow from the entries."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from trials_acts import ACTS, Act
from trials_changes import Place
from trials_forgers import FORGERS, NEVER, WITHOUT_A_WITNESS, Body, Forger
from trials_office import Office, varied_record

from docgen.register.record import START, digest_of
from docgen.register.schema import FOLLOWING, SQLITE_GUARDS, VERSION
from docgen.register.tables import Table
from docgen.register.witness import NAME

COVERS: Final = ("the register alone", "and the witness beside it", "and both witnesses")
"""What is rewritten to cover a forgery, beside the rows that follow from it; files where it is about files."""


@dataclass(frozen=True)
class Forgery:
    """A forgery and how it was found.

    Args:
        kind: what was forged.
        cover: what was rewritten to cover it.
        alone: found by `verify` with the one witness beside the register.
        second: with another witness in a folder that somebody else keeps.
        printed: with the head that was printed before.
        told: nothing is wrong, but it is said as odd.
        codes: of what was said.
        is_missed: whether it had to be found and was not.
    """

    kind: str
    cover: str
    alone: bool
    second: bool
    printed: bool
    told: bool
    codes: tuple[str, ...]
    is_missed: bool = False


def bodies_of(register: Path) -> list[Body]:
    """Return what all entries say."""
    with closing(sqlite3.connect(register)) as database:
        return [json.loads(body) for (body,) in database.execute("SELECT body FROM entry ORDER BY seq")]


def rewrite(register: Path, bodies: Sequence[Body]) -> list[str]:
    """Write a whole record anew: numbered, chained, with all rows that follow; return the digests."""
    tables: dict[str, dict[Any, Body]] = {name: {} for name in FOLLOWING}
    rows, previous = [], START
    for seq, said in enumerate(bodies, 1):
        body = json.dumps({**said, "seq": seq}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        digest = digest_of(previous, body)
        rows.append((seq, said["document"], said["step"], body, previous, digest))
        previous = digest
        for table, key, values in said["changes"]:
            tables[table].setdefault(key, {}).update({**values, "entry": seq})
    with closing(sqlite3.connect(register)) as database:
        _put(database, rows, tables)
    return [row[-1] for row in rows]


def _put(database: sqlite3.Connection, rows: list[Any], tables: Mapping[str, Mapping[Any, Body]]) -> None:
    for guard in SQLITE_GUARDS:
        database.execute(f"DROP TRIGGER {guard}")
    for name in ("entry", "setting", *tables):
        database.execute(f"DELETE FROM {name}")
    database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", rows)
    settings = (("version", str(VERSION)), ("head", f"{len(rows)} {rows[-1][-1]}"))
    database.executemany("INSERT INTO setting VALUES (?, ?)", settings)
    for name, found in tables.items():
        for key, values in found.items():
            row = {**_defaults(FOLLOWING[name]), **values, "id": key}
            columns = ", ".join(f'"{each}"' for each in row)
            database.execute(
                f"INSERT INTO {name} ({columns}) VALUES ({', '.join('?' * len(row))})", [*row.values()]
            )
    for guard in SQLITE_GUARDS.values():
        database.execute(guard)
    database.commit()


def _defaults(table: Table) -> Body:
    return {name: each.default for name, each in table.columns.items() if each.default is not None}


def rewrite_witness(path: Path, digests: Sequence[str]) -> None:
    """Write a witness anew for another record: the same times, the new digests; without what is not there any more."""
    lines, previous = [], START
    for line in path.read_text("ascii").splitlines():
        count, _, at, _ = line.split(" ")
        if int(count) > len(digests):
            break
        lines.append(f"{count} {digests[int(count) - 1] if int(count) else START} {at} {previous}")
        previous = hashlib.sha256(lines[-1].encode()).hexdigest()
    path.write_text("".join(f"{each}\n" for each in lines), "ascii")


class Forging:
    """An office with two witnesses, whose record is forged again and again."""

    def __init__(self, folder: Path) -> None:
        self._share = folder / "共享"
        self._share.mkdir()
        office = Office.make(folder / "工作区", witness=self._share)
        varied_record(office)
        self.place = Place(office, Path(shutil.copytree(office.root, folder / "kept")))
        (self._second,) = self._share.iterdir()
        self._second_kept = self._second.read_bytes()
        self._bodies = bodies_of(office.register)
        self.head = office.digests()[-1]
        self._usual = {words for _, _, words in self.place.said()}

    def forge(self, forger: Forger, cover: str, chance: Random) -> Forgery:
        """Forge once, and look in each way: with the witness beside, with the second one, with a printed head."""
        bodies, office = deepcopy(self._bodies), self.place.office
        files = forger(bodies, chance) or {}
        digests = rewrite(office.register, bodies)
        for path, data in files.items():
            (office.root / path).write_bytes(data)
        if cover != COVERS[0]:
            rewrite_witness(office.root / NAME, digests)
        if cover == COVERS[2]:
            rewrite_witness(self._second, digests)
        found = self._look()
        self._second.write_bytes(self._second_kept)
        self.place.put_back()
        for path in files:
            shutil.copyfile(self.place.kept / path, office.root / path)
        alone, second, printed, _ = map(bool, found)
        is_missed = not (alone or forger not in WITHOUT_A_WITNESS) or (
            forger not in NEVER
            and not (printed and (second or cover == COVERS[2]) and (alone or cover != COVERS[0]))
        )
        return _forgery(forger, cover, found, is_missed=is_missed)

    def act(self, act: Act) -> Forgery:
        """Let somebody change something, use docgen on the strength of it, and put it back; look as `forge` does."""
        office = self.place.office
        act(office)
        found = self._look()
        self._second.write_bytes(self._second_kept)
        office.sheets_change = False
        for name in ("out", "data"):
            shutil.rmtree(office.root / name)
            shutil.copytree(self.place.kept / name, office.root / name)
        self.place.put_back()
        return _forgery(act, "put back", found, is_missed=not (found[0] or found[3]))

    def _look(self) -> tuple[list[str], ...]:
        """Return what is found with the witness beside, with both, with a printed head; and what is only told of."""
        office = self.place.office
        second = [each.code for each in office.verify().faults]
        away = self._share.rename(self._share.with_name("断开"))
        alone, printed = office.verify(), office.verify(self.head)
        away.rename(self._share)
        odd = [each.code for each in alone.advices if str(each) not in self._usual]
        told = [each for each in odd if each != "witness-unreachable"]
        return [each.code for each in alone.faults], second, [each.code for each in printed.faults], told


def _forgery(what: Forger | Act, cover: str, found: tuple[list[str], ...], *, is_missed: bool) -> Forgery:
    kind = (what.__doc__ or "").rstrip(".")
    alone, second, printed, told = map(bool, found)
    codes = tuple(dict.fromkeys(code for each in found for code in each))
    return Forgery(kind, cover, alone, second, printed, told, codes, is_missed)


def forgeries(count: int, seed: int) -> Iterator[Forgery]:
    """Forge so many times: all kinds in turn, each under each cover; every twenty-fifth time by what is put back."""
    chance = Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory(prefix="docgen-trials-") as folder:
        forging = Forging(Path(folder))
        for number in range(count - count // 25):
            forger = FORGERS[number % len(FORGERS)]
            yield forging.forge(forger, COVERS[number // len(FORGERS) % len(COVERS)], chance)
        for number in range(count // 25):
            yield forging.act(ACTS[number % len(ACTS)])


def table(found: Sequence[Forgery]) -> Iterator[str]:
    """Yield the lines of a table: a row for each kind and cover."""
    yield "| forged | rewritten | forgeries | found | by a second witness | by a printed head | only told of |"
    yield "|---|---|---|---|---|---|---|"
    for kind, cover in Counter((each.kind, each.cover) for each in found):
        yield _row(kind, cover, [each for each in found if (each.kind, each.cover) == (kind, cover)])
    for cover in (*COVERS, "put back"):
        yield _row("all", cover, [each for each in found if each.cover == cover])


def _row(kind: str, cover: str, found: Sequence[Forgery]) -> str:
    ways = [(each.alone, each.second, each.printed, each.told and not each.alone) for each in found]
    counts = [len(found), *(sum(way) for way in zip(*ways, strict=True))]
    return f"| {kind} | {cover} | {' | '.join(map(str, counts))} |"
