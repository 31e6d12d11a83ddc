"""`docgen format`, killed while it works: no draft is touched, no half document is left, and the next call ends it."""

from __future__ import annotations

import errno
import os
import signal
import time
from pathlib import Path
from random import Random

import pytest

from docgen.office import keeping
from docgen.office.formatting import Formatting, reformat
from docgen.reform.formatting import Given

KILLS = 6
TEXT = "关于做好第{}批防汛工作的通知\n各镇人民政府：\n请做好准备，及时报告。\n云河县水利局\n2026年5月8日\n"


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A folder of five drafts."""
    folder = tmp_path / "稿"
    folder.mkdir()
    for number in range(1, 6):
        (folder / f"通知{number}.txt").write_text(TEXT.format(number), "utf-8")
    return folder


def laid_out(drafts: Path, to: Path) -> dict[str, bytes]:
    """Lay out all drafts of a folder; return the documents by name."""
    assert not [each.fault for each in reformat([drafts], to, Formatting(Given())) if each.fault]
    return {each.name: each.read_bytes() for each in to.iterdir()}


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
def test_a_call_that_is_killed_leaves_whole_documents_and_the_next_one_ends_it(
    drafts: Path, tmp_path: Path
) -> None:
    """At any moment: what stands under a document's name is that document."""
    before = {each.name: each.read_bytes() for each in drafts.iterdir()}
    start = time.perf_counter()
    whole = laid_out(drafts, tmp_path / "全")
    usual = time.perf_counter() - start
    chance = Random(1)  # noqa: S311
    for place in range(KILLS):
        to = tmp_path / f"果{place}"
        child = os.fork()
        if not child:
            laid_out(drafts, to)
            os._exit(0)
        time.sleep(chance.uniform(0, usual))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        left = {each.name: each.read_bytes() for each in to.glob("*.docx")}
        assert left.items() <= whole.items()
        assert laid_out(drafts, to) == whole
    assert {each.name: each.read_bytes() for each in drafts.iterdir()} == before


def test_a_name_is_taken_by_the_whole_document_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by an empty file first, but where a disk knows no links; and never from somebody else."""
    source = tmp_path / "稿.txt"
    source.write_bytes(b"draft")

    def refuse(_way: Path, place: Path) -> None:
        raise OSError(errno.EPERM, "no links here", str(place))

    assert keeping.kept(tmp_path, "果", b"one", source) == (tmp_path / "果.docx", False)
    assert keeping.kept(tmp_path, "果", b"two", source) == (tmp_path / "果2.docx", False)
    monkeypatch.setattr(keeping.os, "link", refuse)
    assert keeping.kept(tmp_path, "果", b"three", source) == (tmp_path / "果3.docx", False)
    assert keeping.kept(tmp_path, "果", b"one", source) == (tmp_path / "果.docx", True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["果.docx", "果2.docx", "果3.docx", "稿.txt"]
