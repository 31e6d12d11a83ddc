"""The program in a bag that needs Python alone: any bag gets sentences and code 5, nothing outside is opened."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from docgen.archive import standalone

CHAIN = "data/登记/登记链.jsonl"
HEAD = "data/登记/链末端.json"


def small_bag(folder: Path) -> Path:
    """A bag with a text and a chain of two entries."""
    previous, lines = "0" * 64, []
    for seq in (1, 2):
        body = json.dumps({"seq": seq, "step": "拟稿"}, ensure_ascii=False)
        previous = sha256(f"{previous}\n{body}".encode()).hexdigest()
        lines.append(json.dumps({"body": body, "digest": previous}, ensure_ascii=False) + "\n")
    head = json.dumps({"seq": 2, "digest": previous})
    for name, text in (("data/文件/甲.txt", "甲"), (CHAIN, "".join(lines)), (HEAD, head), ("bagit.txt", "x")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    list_anew(folder)
    return folder


def list_anew(bag: Path, *more: str) -> None:
    """Write the manifests of what lies in a bag."""
    listed = (CHAIN, HEAD, "data/文件/甲.txt")
    lines = [f"{sha256((bag / each).read_bytes()).hexdigest()}  {each}" for each in listed]
    (bag / "manifest-sha256.txt").write_text("\n".join((*lines, *more)) + "\n")
    tags = ("bagit.txt", "manifest-sha256.txt")
    lines = [f"{sha256((bag / each).read_bytes()).hexdigest()}  {each}" for each in tags]
    (bag / "tagmanifest-sha256.txt").write_text("\n".join(lines) + "\n")


def told(bag: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """What the program says of a bag, and its exit code."""
    monkeypatch.setattr("sys.argv", ["核对.py", str(bag)])
    code = standalone.main()
    return code, capsys.readouterr().out


def _link(bag: Path) -> None:
    (bag.parent / "外面.txt").write_text("甲")
    (bag / "data/文件/甲.txt").unlink()
    (bag / "data/文件/甲.txt").symlink_to(bag.parent / "外面.txt")


def _folder_link(bag: Path) -> None:
    shutil.move(bag / "data/文件", bag.parent / "外面")
    (bag / "data/文件").symlink_to(bag.parent / "外面")


def _absolute(bag: Path) -> None:
    (bag.parent / "外面.txt").write_text("甲")
    list_anew(bag, f"{sha256('甲'.encode()).hexdigest()}  {bag.parent / '外面.txt'}")


def _upward(bag: Path) -> None:
    (bag.parent / "外面.txt").write_text("甲")
    list_anew(bag, f"{sha256('甲'.encode()).hexdigest()}  data/../../外面.txt")


def _pipe(bag: Path) -> None:
    (bag / CHAIN).unlink()
    os.mkfifo(bag / CHAIN)


def _chain(text: bytes) -> Callable[[Path], None]:
    def change(bag: Path) -> None:
        (bag / CHAIN).write_bytes(text)
        list_anew(bag)

    return change


def _head(bag: Path) -> None:
    (bag / HEAD).write_text("[]")
    list_anew(bag)


def _no_text(bag: Path) -> None:
    (bag / "manifest-sha256.txt").write_bytes(b"\xff\xfe\x00")


def _cut(bag: Path) -> None:
    (bag / "manifest-sha256.txt").write_text("abc 甲.txt\n")


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "a file is a link": (_link, "甲.txt：是链接"),
    "a folder is a link": (_folder_link, "文件：是链接"),
    "an absolute path": (_absolute, "通到档案包以外"),
    "a path upward": (_upward, "通到档案包以外"),
    "a pipe for the chain": (_pipe, "不是普通文件"),
    "a chain of no JSON": (_chain(b"{\n"), "登记链第1条：读不出来"),
    "a chain of a list": (_chain(b"[1]\n"), "登记链第1条：读不出来"),
    "a chain of numbers": (_chain(b'{"body": 5, "digest": "x"}\n'), "登记链从第1条起不相接"),
    "a chain of no text": (_chain(b"\xff\n"), "登记链.jsonl：读不出来"),
    "a chain without entries": (_chain(b""), "末端"),
    "an end of another shape": (_head, "链末端.json：读不出来"),
    "a manifest of no text": (_no_text, "manifest-sha256.txt：读不出来"),
    "a manifest of other lines": (_cut, "第1行：不是"),
    "no chain": (lambda bag: (bag / CHAIN).unlink(), "登记链.jsonl：读不出来"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_whatever_is_broken_is_said(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Code 5 and a sentence that names the place, never an error of the program."""
    bag = small_bag(tmp_path / "包")
    assert told(bag, monkeypatch, capsys)[0] == 0
    change, words = BROKEN[name]
    change(bag)
    code, said = told(bag, monkeypatch, capsys)
    assert code == 5
    assert words in said
    assert "处不符" in said


def test_a_folder_that_is_no_bag(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Said in one sentence, also of a folder that is not there."""
    for folder in (tmp_path, tmp_path / "没有"):
        code, said = told(folder, monkeypatch, capsys)
        assert (code, "不是档案包" in said) == (5, True)
