"""What lies at a path is read only when it is a regular file of a reasonable size, in its place."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from docgen.files import on_one_line, read_regular, reason_of

needs_posix = pytest.mark.skipif(os.name != "posix", reason="pipes and links are POSIX's")


def refusal(path: Path, most: int = 100, within: tuple[Path, ...] = ()) -> tuple[int | None, str]:
    with pytest.raises(OSError) as refused:  # noqa: PT011  # its number and words are returned
        read_regular(path, most, within=within)
    return refused.value.errno, reason_of(refused.value)


def test_a_file_is_read_up_to_the_limit_and_not_beyond(tmp_path: Path) -> None:
    path = tmp_path / "正本.docx"
    path.write_bytes(b"x" * 100)
    assert read_regular(path, 100) == b"x" * 100
    assert refusal(path, 99)[0] == errno.EFBIG


@needs_posix
def test_a_pipe_a_device_and_a_folder_are_no_files_and_nobody_waits_for_them(tmp_path: Path) -> None:
    pipe, endless = tmp_path / "pipe.docx", tmp_path / "zero.docx"
    os.mkfifo(pipe)
    endless.symlink_to("/dev/zero")
    assert refusal(pipe) == (errno.ENXIO, "不是普通文件")
    assert refusal(endless) == (errno.ENXIO, "不是普通文件")
    assert refusal(tmp_path) == (errno.EISDIR, "不是普通文件")


@needs_posix
def test_links_that_go_in_circles_or_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    home, away = tmp_path / "home", tmp_path / "away"
    home.mkdir()
    away.mkdir()
    (away / "a.docx").write_bytes(b"away")
    (home / "loop").symlink_to("loop")
    (home / "link").symlink_to(away)
    (home / "b.docx").write_bytes(b"home")
    (home / "near").symlink_to("b.docx")
    assert refusal(home / "loop") == (errno.ELOOP, "符号链接绕成了圈")
    assert refusal(home / "link" / "a.docx", within=(home,)) == (errno.EXDEV, "是通向工作区之外的链接")
    assert read_regular(home / "near", within=(home,)) == b"home"
    assert read_regular(home / "link" / "a.docx", within=(home, away)) == b"away"


def test_a_name_that_no_file_can_have_is_refused_as_by_the_system(tmp_path: Path) -> None:
    assert refusal(tmp_path / "a\0b") == (errno.EILSEQ, "文件名里有不能用的字符")
    assert refusal(tmp_path / "a\0b", within=(tmp_path,))[0] == errno.EILSEQ
    assert refusal(tmp_path / "gone")[0] == errno.ENOENT


def test_a_name_with_line_feeds_or_escapes_is_shown_on_one_line() -> None:
    assert on_one_line("公文\n没有发现改动\x1b[2J.docx") == r"公文\n没有发现改动\x1b[2J.docx"
