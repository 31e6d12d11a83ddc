"""The whole life of 10,000 notices, from the draft until they are issued under the seal, beside drafting them alone.

    python bench/life_ratio.py [--count 10000] [--rounds 1] [--profile] [--json]

Every step is taken for all notices by one call of the office's service, as the commands do with `--all`: reviewed,
signed (number and date filled in, two files each), a seal asked for, approved and applied, issued. Drafting is what
`docgen notice --all` does, in one process as the steps are. A round has a new workspace (big_workspace.py) in
memory, at whose end `verify` must have nothing to say. Times are of the processor: whatever else the machine does
counts little. What signing spends most on, filling number and date into the bytes of a reviewed notice, is measured
alone besides. `--profile` says instead where the steps spend it.
"""

from __future__ import annotations

import cProfile
import pstats
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from big_workspace import build
from finding import AT_MOST, Finding, parser, tell, versions_of
from letters import NOTICE, ROOT, TODAY, notices_of
from timing import collect_as_commands, in_memory, spread, timed

from docgen.marks.marks import Wording, fill_marks, read_marks
from docgen.office.desk import Desk, People
from docgen.office.drafting import drafter
from docgen.office.drafting.drafts import Request
from docgen.office.life import mandates
from docgen.office.life.orders import Order
from docgen.office.life.steps import take
from docgen.office.verification import verify
from docgen.register import life
from docgen.register.life import Step
from docgen.standard.build.blocks import DATE_MARK, NUMBER_MARK
from docgen.template.template import compile as compile_template
from docgen.workspace import Workspace

MOST: Final = 4.0
NOW: Final = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
CLERK, HEAD = "陶映雪", "万里舟"
KIND: Final = "告知函"
WAY: Final[tuple[tuple[Step, str, int | None], ...]] = (
    (life.REVIEW, "方知远", None),
    (life.SIGN, HEAD, None),
    (life.REQUEST, CLERK, 3),
    (life.APPROVE, HEAD, None),
    (life.APPLY, "范雨桐", None),
    (life.ISSUE, CLERK, None),
)
"""Each step with who takes it, and the copies asked for."""
DRAFTING: Final = "拟稿"
MOST_FILLING: Final = 0.0015  # seconds
_FILLED: Final = 10  # times


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--count", type=int, default=10_000)
    command.add_argument("--rounds", type=int, default=1)
    command.add_argument("--profile", action="store_true")
    options = command.parse_args()
    collect_as_commands()
    with in_memory() as place:
        folder = Path(place)
        build(folder / "big", options.count)
        if options.profile:
            _profile(folder / "big")
            return
        rounds = [_round(folder, number) for number in range(options.rounds)]
    tell([_lived(rounds), _filling()], versions_of("pydantic", "lxml"), as_json=options.json)


def _lived(rounds: Sequence[tuple[int, dict[str, float]]]) -> Finding:
    documents, taken = rounds[0][0], [each for _, each in rounds]
    drafting = min(each[DRAFTING] for each in taken)
    whole = [sum(each.values()) for each in taken]
    steps = {name: spread([each[name] for each in taken]) for name in taken[0]}
    return Finding(
        "life",
        f"the whole life of {documents:,} notices, drafted, reviewed, signed, sealed and issued",
        "drafting them",
        min(whole) / drafting,
        AT_MOST,
        MOST,
        {"all steps": spread(whole), **steps},
        "Time of the processor, in one process.",
    )


def _filling() -> Finding:
    """Measure how long number and date take to be filled into each of the sample's notices."""
    template = compile_template(NOTICE.read_bytes(), NOTICE.name)
    notices = [template.render(each) for each in notices_of(ROOT / "data")]
    drafted = read_marks(notices[0], NOTICE.name)
    final = {NUMBER_MARK: "澄联审办函〔2026〕12号", DATE_MARK: "2026年12月11日"}
    values = {mark: Wording(drafted[mark], words) for mark, words in final.items()}

    def fill() -> None:
        for each in notices:
            fill_marks(each, values, NOTICE.name)

    taken = [timed(fill, time.process_time)() / len(notices) for _ in range(_FILLED)]
    return Finding(
        "marks",
        "number and date filled into the bytes of a notice",
        f"{MOST_FILLING * 1000:g} ms",
        min(taken) / MOST_FILLING,
        AT_MOST,
        1.0,
        {"a notice": spread(taken, 1000, "ms")},
        "Time of the processor.",
    )


def _round(folder: Path, number: int) -> tuple[int, dict[str, float]]:
    """Take all steps in a new workspace; return how many documents there are, and the seconds of each step."""
    place = folder / str(number)
    shutil.copytree(folder / "big", place)
    taken = {DRAFTING: timed(lambda: _draft(place), time.process_time)()}
    _grant(place)
    for step, who, copies in WAY:
        taken[step.name] = timed(_step(place, step, who, copies), time.process_time)()
    desk = desk_of(place, CLERK)
    faults = verify(desk).faults
    if faults:
        raise SystemExit(str(faults[0]))
    with desk.register.reading() as books:
        documents = books.of_kind(KIND)
    if not all(each.state is life.State.ISSUED for each in documents):
        raise SystemExit("not all notices were issued")
    shutil.rmtree(place)
    return len(documents), taken


def live(place: Path) -> int:
    """Draft and issue all notices of a workspace; return how many there are."""
    _draft(place)
    _grant(place)
    for step, who, copies in WAY:
        _step(place, step, who, copies)()
    with desk_of(place, CLERK).register.reading() as books:
        return len(books.of_kind(KIND))


def _draft(place: Path) -> None:
    drafter.draft(desk_of(place, CLERK), Request(KIND, everything=True, workers=1))


def _step(place: Path, step: Step, who: str, copies: int | None) -> Callable[[], object]:
    return lambda: take(desk_of(place, who), Order(step, everything=True, copies=copies))


def _grant(place: Path) -> None:
    desk = desk_of(place, HEAD)
    mandates.grant(desk, mandates.proposed_terms(desk))


def desk_of(place: Path, who: str) -> Desk:
    """Return the desk of a person as a new command has it: sheets and register are opened anew."""
    return Desk.at(Workspace.find(place), People(who, "bench"), TODAY, lambda: NOW)


def _profile(place: Path) -> None:
    """Say where each step spends its time, by function with all it calls and by itself."""
    _draft(place)
    _grant(place)
    for step, who, copies in WAY:
        profile = cProfile.Profile()
        profile.runcall(_step(place, step, who, copies))
        print(f"== {step.name}")
        stats = pstats.Stats(profile).strip_dirs()
        stats.sort_stats("cumulative").print_stats(40)
        stats.sort_stats("tottime").print_stats(25)


if __name__ == "__main__":
    main()
