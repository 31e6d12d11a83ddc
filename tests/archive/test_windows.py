"""Large PDFs are judged a window at a time as small ones are in one piece, and honestly where their disk goes away."""

from __future__ import annotations

import errno
import zlib
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.archive import pdfs
from docgen.archive.windows import Windows
from tests.archive.test_hostile import NOISE, pdf, stream

LETTERS = st.lists(st.sampled_from(b"ab")).map(bytes)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LETTERS, LETTERS.filter(bool), st.integers(0, 40), st.integers(0, 40), st.integers(1, 9))
def test_windows_are_sought_in_as_bytes_are(
    tmp_path: Path, data: bytes, sought: bytes, first: int, last: int, more: int
) -> None:
    """Whatever is sought, wherever windows end."""
    path = tmp_path / "a"
    path.write_bytes(data)
    with path.open("rb", buffering=0) as file:
        windows = Windows(file, len(data), len(sought) + more)
        assert windows.find(sought, first) == data.find(sought, first)
        assert windows.rfind(sought) == data.rfind(sought)
        assert windows[first:last] == data[first:last]
        assert b"".join(piece[start:stop] for piece, start, stop in windows.pieces(2, 3)) == data


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every PDF is a large one, of many windows."""
    monkeypatch.setattr(pdfs, "_SMALL", 0)
    monkeypatch.setattr(pdfs, "Windows", partial(Windows, window=50))


SCRIPT = b"5 0 obj\n<</S/JavaScript/JS(app.alert\\(1\\))>>\nendobj\n"
PACKED = stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", zlib.compress(b"5 0 <</S/JavaScript/JS(x)>>"))
OPENED = b"5 0 obj\n<</OpenAction << /Type /Action /Next [] /D (far from here) /S /URI >> >>\nendobj\n"
LEVEL = b"<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n"


@pytest.mark.parametrize("objects", [SCRIPT, PACKED, OPENED, LEVEL, stream(b"", NOISE + b"/JS(" + NOISE)])
@pytest.mark.parametrize("before", [0, 17, 40])
def test_a_large_pdf_is_judged_as_a_small_one(
    objects: bytes, before: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Scripts plain and packed, actions, its level, letters within data: wherever windows end."""
    path = pdf(tmp_path / "a.pdf", b"%" * before + b"\n" + objects)
    small = pdfs.judge(path)
    request.getfixturevalue("tiny")
    assert pdfs.judge(path) == small


@pytest.mark.usefixtures("tiny")
def test_a_large_pdf_whose_disk_goes_away_is_no_bad_pdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's refusal is told, not the process ended."""

    def refused(*_: object) -> bytes:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(Windows, "_read", refused)
    for path in (pdf(tmp_path / "a.pdf", b""), tmp_path / "b.pdf"):
        path.write_bytes(path.read_bytes() if path.exists() else b"%PDF-1.7 cut off")
        with pytest.raises(OSError, match="gone"):
            pdfs.judge(path)
