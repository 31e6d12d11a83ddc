"""A part of the trials of `bench/trials.py`: commands killed, single changes, forgeries."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from trials_acts import ACTS, Act
from trials_changes import changes_in
from trials_forgeries import COVERS, Forging
from trials_forgers import FORGERS, Forger
from trials_kills import kills_of
from trials_office import DEEDS
from trials_year import kills as kills_of_year

CHANGES = 20
FIRST = 4
KILLED = ("doc replace", "doc attach", "doc take", "witness begin", "backup")


@pytest.fixture(scope="module")
def forging(tmp_path_factory: pytest.TempPathFactory) -> Forging:
    """An office with some of everything on record, and a second witness."""
    return Forging(tmp_path_factory.mktemp("forging"))


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
def test_a_killed_command_loses_nothing_and_the_next_one_works() -> None:
    deeds = [each for each in DEEDS if each.name in KILLED]

    found = list(kills_of(deeds, Random(1)))  # noqa: S311

    assert [each.wrong for each in found] == [()] * len(KILLED)


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
def test_a_command_of_a_year_killed_while_it_writes_leaves_nothing_half_done() -> None:
    found = list(kills_of_year("f", 1, first=FIRST))

    assert [(each.deed, each.wrong) for each in found] == [(each.deed, ()) for each in found]
    assert len(found) >= FIRST


def test_a_single_change_of_a_row_or_file_is_found_and_named(forging: Forging) -> None:
    found = list(changes_in(forging.place, CHANGES, 1))

    assert [each for each in found if each.is_missed] == []
    assert [each for each in found if each.found and not each.named] == []
    assert len({each.what for each in found}) > 5


@pytest.mark.parametrize("forger", FORGERS, ids=lambda forger: forger.__name__)
def test_a_forged_record_is_found_by_what_was_not_rewritten(forging: Forging, forger: Forger) -> None:
    cover = COVERS[FORGERS.index(forger) % len(COVERS)]

    assert not forging.forge(forger, cover, Random(1)).is_missed  # noqa: S311


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_what_was_changed_for_one_step_and_put_back_is_found(forging: Forging, act: Act) -> None:
    assert not forging.act(act).is_missed
