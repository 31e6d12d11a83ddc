"""What is kept from call to call: given back whole or not at all, and never in the way."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen import cache
from docgen.cache import folder_of_user, keep, recall, stamp_of

VALUE = {"days": {"2026-01-04": True}, "words": [["关于", []], ["绿色建材", [2]]]}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The cache folder, which is not there yet."""
    monkeypatch.setenv("DOCGEN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def entry(folder: Path) -> Path:
    """The file of a value that has been kept."""
    keep("words", "1", VALUE)
    return next(folder.iterdir())


def test_what_was_kept_is_given_back(entry: Path) -> None:
    assert recall("words", "1") == VALUE
    keep("words", "1", [1])
    assert recall("words", "1") == [1]
    assert entry.parent.stat().st_mode & 0o077 == 0 or entry.drive  # nobody else's; Windows has no such bits
    assert list(entry.parent.iterdir()) == [entry]


def test_another_release_of_the_library_and_another_name_are_something_else(entry: Path) -> None:
    assert recall("words", "2") is None
    entry.rename(entry.with_name("days.json"))
    assert recall("days", "1") is None
    assert recall("words", "1") is None


def test_what_cannot_be_known_again_is_not_kept(folder: Path) -> None:
    keep("words", "", VALUE)
    assert not folder.exists()
    assert recall("words", "") is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_entry_counts_as_absent(entry: Path, data: st.DataObject) -> None:
    keep("words", "1", VALUE)
    sound = entry.read_bytes()
    place = data.draw(st.integers(0, len(sound) - 1))
    entry.write_bytes(
        data.draw(
            st.sampled_from(
                [
                    sound[:place],
                    sound[:place] + bytes([sound[place] ^ 1]) + sound[place + 1 :],
                    sound[place + 1 :],
                    sound + b" ",
                    bytes(len(sound)),
                ]
            )
        )
    )
    assert recall("words", "1") is None


@pytest.mark.parametrize(
    "body", [b"null", b"[]", b"[1, 2]", b'{"a": 1}', b"[" * 5000, b"\xff", b"9" * 200_000]
)
def test_an_entry_of_another_making_counts_as_absent(entry: Path, body: bytes) -> None:
    cache._put(entry, cache.sha256(body).hexdigest().encode() + b"\n" + body)
    assert recall("words", "1") is None


def test_a_folder_in_an_entrys_place_is_left_alone(entry: Path) -> None:
    entry.unlink()
    entry.mkdir()
    (entry / "mine").touch()
    keep("words", "1", VALUE)
    assert recall("words", "1") is None
    assert [each.name for each in entry.parent.rglob("*")] == [entry.name, "mine"]


def test_where_nothing_can_be_written_nothing_is_kept_and_nobody_is_troubled(folder: Path) -> None:
    folder.write_text("a file")
    keep("words", "1", VALUE)
    assert recall("words", "1") is None
    assert folder.read_text() == "a file"


def test_an_empty_variable_and_a_missing_home_mean_no_cache(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setenv("DOCGEN_CACHE", "")
    assert folder_of_user() is None
    monkeypatch.delenv("DOCGEN_CACHE")
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert folder_of_user() is None
    keep("words", "1", VALUE)
    assert recall("words", "1") is None


@pytest.mark.parametrize(
    ("platform", "named", "expected"),
    [
        ("linux", {}, ".cache/docgen"),
        ("linux", {"XDG_CACHE_HOME": "relative"}, ".cache/docgen"),
        ("linux", {"XDG_CACHE_HOME": "/elsewhere"}, "/elsewhere/docgen"),
        ("darwin", {}, "Library/Caches/docgen"),
        ("win32", {}, "AppData/Local/Cache/docgen"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/Cache/docgen"),
    ],
)
def test_the_folder_is_where_the_platform_keeps_such_things(
    platform: str, named: dict[str, str], expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DOCGEN_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(cache.sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert folder_of_user() == tmp_path / expected


def test_many_may_keep_and_recall_at_a_time(folder: Path) -> None:
    def write_and_read(number: int) -> Any:
        keep("words", "1", [number] * 500)
        return recall("words", "1")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(write_and_read, range(200)))
    assert all(each is not None and each == each[:1] * 500 for each in found)
    assert [each.name for each in folder.iterdir()] == ["words.json"]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installed package with a folder of data."""
    root = tmp_path / "almanac"
    (root / "years").mkdir(parents=True)
    (root / "__init__.py").write_text("raise AssertionError('imported')")
    (root / "years" / "china.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    stamp_of.cache_clear()
    yield root
    stamp_of.cache_clear()


def test_the_stamp_changes_with_the_librarys_files(library: Path) -> None:
    def stamp() -> str:
        stamp_of.cache_clear()
        return stamp_of("almanac", "years")

    first = stamp()
    assert first
    assert stamp() == first
    (library / "years" / "china.py").write_text("corrected = True")
    second = stamp()
    (library / "version.py").touch()
    assert len({first, second, stamp()}) == 3


@pytest.mark.parametrize(("package", "folders"), [("no_such_package", ()), ("almanac", ("no such folder",))])
def test_a_library_whose_files_cannot_be_seen_has_no_stamp(
    library: Path, package: str, folders: tuple[str, ...]
) -> None:
    assert stamp_of(package, *folders) == ""
