"""Lengths know their units; widths know which characters are wide."""

from __future__ import annotations

import pickle

import pytest

from docgen.standard.measures.lengths import Length, Mm, Pt, Twip
from docgen.standard.measures.widths import BOUNDARY, ems, is_wide, width


def test_a_length_reads_in_every_unit():
    assert (Mm(25.4).pt, Pt(72).mm, Pt(1).twips, Twip(20).pt, Pt(10.5).half_points) == (72, 25.4, 20, 1, 21)


@pytest.mark.parametrize("length", [Mm(37), Pt(16), Twip(579)])
def test_a_length_survives_a_journey_to_another_process(length):
    assert pickle.loads(pickle.dumps(length)) == length  # noqa: S301 (our own bytes)


def test_lengths_are_subtracted_from_either_side():
    assert 10 - Length(4) == Length(6)
    assert -Mm(1) + Mm(1) == 0


@pytest.mark.parametrize("character", [*"县，（〔“”—…×㎡"])
def test_hanzi_and_full_width_punctuation_take_a_full_width(character):
    assert is_wide(character)


def test_digits_and_letters_take_half_and_a_little_room_beside_hanzi():
    assert ems("年产20万吨") == pytest.approx(5 + 2 * BOUNDARY)
    assert ems("（2026）") == pytest.approx(4)
    assert width("2026年3月6日").pt == pytest.approx(6 * 7.75 + 3 * 15.75 + 5 * 3.6)
