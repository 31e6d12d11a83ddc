"""Digests of files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import digests
from docgen.digests import AlikeFiles, Digests, digests_of


@given(st.lists(st.lists(st.sampled_from([b"head", b"part", b"\0"]), max_size=6).map(b"".join), max_size=8))
def test_files_that_begin_alike_have_the_digests_of_each_alone(files: list[bytes]) -> None:
    alike = AlikeFiles()
    assert [alike.digests_of(each) for each in files] == [digests_of(each) for each in files]


def test_without_sm3_there_is_sha256_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "_sm3", lambda _=b"": None)
    alike = AlikeFiles()
    for data in (b"one", b"other"):
        assert alike.digests_of(data) == Digests(digests.sha256(data), "")
