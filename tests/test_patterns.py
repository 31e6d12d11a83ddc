"""A pattern that is compiled late finds what a compiled one finds."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

from docgen.patterns import late


def test_it_finds_what_a_compiled_one_finds_the_first_time_and_later() -> None:
    pattern, compiled = late("(?P<year>[0-9]{4})年", re.ASCII), re.compile("(?P<year>[0-9]{4})年", re.ASCII)
    for text in ("2026年", "在2026年和2027年", "去年", ""):
        assert pattern.sub("", text) == compiled.sub("", text)
        assert pattern.findall(text) == compiled.findall(text)
        assert bool(pattern.search(text)) == bool(compiled.search(text))
    assert (pattern.pattern, pattern.groupindex) == (compiled.pattern, compiled.groupindex)
    assert late(b"<w:t>").search(b"a<w:t>") is not None


def test_it_is_not_compiled_before_it_is_used() -> None:
    broken = late("(")
    with pytest.raises(re.error):
        broken.search("")


def test_it_can_be_copied_and_pickled_before_and_after_use() -> None:
    pattern = late("[一二三]")
    for _ in range(2):
        for back in (copy.deepcopy(pattern), pickle.loads(pickle.dumps(pattern))):  # noqa: S301
            assert back.fullmatch("二")
        assert pattern.search("十二")
