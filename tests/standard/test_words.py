"""The words of a title: kept from call to call, and the same as the dictionary gives."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from docgen.cache import recall, stamp_of
from docgen.standard.wording import words
from docgen.standard.wording.words import words_of

TITLE = "关于澄湖县年产20万吨绿色建材生产线建设项目前期手续办理事项的告知函"
ASK = (
    "import sys; from docgen.standard.wording.words import words_of; "
    "print(words_of(sys.argv[1]), 'rjieba' in sys.modules)"
)


def asked_anew(title: str, folder: Path) -> str:
    """Ask a process of its own for a title's words, and whether it has loaded the dictionary."""
    environment = {**os.environ, "DOCGEN_CACHE": str(folder), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", ASK, title]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()


def test_words_join_to_the_text_and_a_long_one_may_part_between_two() -> None:
    found = words_of(TITLE)
    assert "".join(word for word, _ in found) == TITLE
    assert ("项目前期", (2,)) in found


def test_a_later_call_has_the_same_words_without_the_dictionary(tmp_path: Path) -> None:
    cut = str(words_of(TITLE))
    assert asked_anew(TITLE, tmp_path) == f"{cut} True"
    assert asked_anew(TITLE, tmp_path) == f"{cut} False"
    kept = next(tmp_path.iterdir())
    kept.write_bytes(kept.read_bytes().replace("绿色建材".encode(), "绿材建色".encode()))
    assert asked_anew(TITLE, tmp_path) == f"{cut} True"
    assert asked_anew(TITLE, tmp_path) == f"{cut} False"


@pytest.fixture
def forgetful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and nothing remembered from other tests."""
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path))
    monkeypatch.setattr(words, "_kept", words.count())
    words_of.cache_clear()
    return tmp_path


def test_two_titles_that_share_an_entry_are_not_mixed_up(
    forgetful: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "_SLOT", 0)
    one, other = words_of(TITLE), words_of("另一件公文的标题")
    assert recall("words-", stamp_of("rjieba"))[0] == "另一件公文的标题"
    monkeypatch.delitem(sys.modules, "rjieba")
    loaded = []
    monkeypatch.setattr(words, "_cut", lambda text: loaded.append(text) or ())
    words_of.cache_clear()
    assert words_of("另一件公文的标题") == other
    assert words_of(TITLE) == () != one
    assert loaded == [TITLE]


def test_a_batch_keeps_no_more_than_a_few_titles(forgetful: Path) -> None:
    for number in range(40):
        words_of(f"第{number}号项目前期手续办理事项的告知函")
    assert len(list(forgetful.iterdir())) == 16
