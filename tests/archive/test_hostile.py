"""A bag from anybody: nothing outside it is opened, nothing waits without end, and whatever it says is judged."""

from __future__ import annotations

import json
import os
import random
import signal
import zipfile
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from docgen.archive import pdfs
from docgen.archive.formats import judge
from docgen.archive.inventory import inventory_of
from docgen.archive.judging import judge_bag

INVENTORY = "data/档案包.json"
CHAIN = "data/登记/登记链.jsonl"
SECONDS = 20


@pytest.fixture(autouse=True)
def _ends() -> Iterator[None]:
    """What waits for a pipe's writer is a failure, not a test without end."""

    def late(*_: object) -> None:
        raise AssertionError("waited without end")

    former = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, former)


def write_anew(bag: Path, name: str, data: bytes) -> None:
    """Write a file of a bag and its manifests, as somebody would who knows the format."""
    (bag / name).write_bytes(data)
    for manifest, path in (("manifest-sha256.txt", name), ("tagmanifest-sha256.txt", "manifest-sha256.txt")):
        file = bag / manifest
        lines = [each for each in file.read_text().splitlines() if not each.endswith(f"  {path}")]
        lines.append(f"{sha256((bag / path).read_bytes()).hexdigest()}  {path}")
        file.write_text("".join(f"{each}\n" for each in lines))


def say(bag: Path, change: Callable[[Any], object]) -> None:
    """Change what a bag says of itself."""
    said = json.loads((bag / INVENTORY).read_text())
    change(said)
    write_anew(bag, INVENTORY, json.dumps(said).encode())


def codes(bag: Path) -> set[str]:
    """The codes of what is wrong with a bag."""
    return {each.code for each in judge_bag(bag).faults}


@pytest.mark.libreoffice
def test_manifests_written_anew_hold(bag: Path) -> None:
    """What these tests write is found through what it says, not through its digests."""
    say(bag, dict)  # read, and written as it is
    assert not codes(bag)


@pytest.mark.libreoffice
def test_a_file_outside_the_bag_is_not_opened(bag: Path) -> None:
    """The bag's own list names a PDF beside the bag, and a pipe there: both are told as not listed, neither as seen."""
    (bag.parent / "旁边.pdf").write_bytes(b"%PDF-1.4 nothing")
    os.mkfifo(bag.parent / "管道")

    def change(said: Any) -> None:
        for each, path in zip(said["filed"][0]["files"], ("../../旁边.pdf", "../../管道"), strict=False):
            each["path"] = path

    say(bag, change)
    told = [str(each) for each in judge_bag(bag).faults]
    assert sum("不在清单中" in each for each in told) == 2
    assert not any("打不开" in each for each in told)


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("name", "code"),
    [(INVENTORY, "bag-incomplete"), (CHAIN, "bag-chain-broken"), ("正本.docx", "bag-path-unsafe")],
)
def test_a_pipe_in_a_files_place_is_not_waited_for(name: str, code: str, bag: Path) -> None:
    """Whatever file it replaces: the fault is named at once."""
    path = bag / name if name.startswith("data/") else next(bag.rglob(name))
    path.unlink()
    os.mkfifo(path)
    assert code in codes(bag)


@pytest.mark.libreoffice
def test_a_link_in_a_files_place_is_not_followed(bag: Path, tmp_path: Path) -> None:
    """The PDF it leads to is damaged, which nobody learns."""
    elsewhere = tmp_path / "别处.pdf"
    elsewhere.write_bytes(b"%PDF-1.4 nothing")
    path = next(bag.rglob("正本.pdf"))
    path.unlink()
    path.symlink_to(elsewhere)
    found = codes(bag)
    assert "bag-path-unsafe" in found
    assert "bag-unusable" not in found


@pytest.mark.libreoffice
def test_whatever_stands_in_a_bags_own_list_is_judged(bag: Path) -> None:
    """Each value replaced by one of another kind: faults, or none, and never an error of the program."""
    original = (bag / INVENTORY).read_bytes()
    strange = (None, True, 0, -1, 2**70, 1.5, "", "a\0b", "\ud800", "\x1b[2J", [], [7], {}, {"a": 1})
    steps = random.Random(11)  # noqa: S311  # nothing secret
    places = list(_places(json.loads(original)))
    for place in steps.sample(places, 40):
        said = json.loads(original)
        holder = said
        for each in place[:-1]:
            holder = holder[each]
        holder[place[-1]] = steps.choice(strange)
        data = json.dumps(said).encode()
        try:
            inventory_of(data)
        except ValueError:
            continue  # the whole list is refused, by one class of fault
        write_anew(bag, INVENTORY, data)
        judge_bag(bag)


def _places(said: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for key, value in inner:
        yield (*above, key)
        yield from _places(value, (*above, key))


@pytest.mark.libreoffice
@pytest.mark.parametrize("value", [5, "扫描件", [5], None])
def test_a_list_with_values_of_another_kind_is_refused(value: object, bag: Path) -> None:
    """A field that is to be a list of texts and is none: the list cannot be read, and that is said."""
    say(bag, lambda said: said["filed"][0].update(needed=value))
    assert "bag-incomplete" in codes(bag)


def pdf(path: Path, objects: bytes) -> Path:
    """A PDF of one empty page with more objects."""
    body = (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>\nendobj\n"
    )
    path.write_bytes(body + objects + b"\ntrailer\n<</Root 1 0 R/Size 9>>\n%%EOF\n")
    return path


def stream(head: bytes, body: bytes) -> bytes:
    """An object with a stream."""
    return b"4 0 obj\n<<%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (head, len(body), body)


NOISE = bytes(range(128, 256))


def test_the_letters_of_a_script_in_compressed_data_are_no_script(tmp_path: Path) -> None:
    """A scan's picture may hold them by chance."""
    assert not pdfs.judge(pdf(tmp_path / "a.pdf", stream(b"", NOISE + b"/JS(" + NOISE))).unsafe


@pytest.mark.parametrize(
    "objects",
    [
        b"4 0 obj\n<</S/JavaScript/JS(app.alert\\(1\\))>>\nendobj\n",
        b"4 0 obj\n<</S/J#61vaScript/#4A#53(app.alert\\(1\\))>>\nendobj\n",
        stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", zlib.compress(b"5 0 <</S/JavaScript/JS(x)>>")),
        stream(
            b"/Type/Obj#53tm/N 1/First 4/Filter/FlateDecode", zlib.compress(b"5 0 <</S/JavaScript/JS(x)>>")
        ),
        b"% <<>>\nstream\n5 0 obj\n<</S/JavaScript/JS(app.alert\\(1\\) and some more text)>>\nendobj\n% endstream\n",
    ],
    ids=[
        "plain",
        "names escaped",
        "object stream",
        "its name escaped",
        "between comments that look like a stream",
    ],
)
def test_a_script_is_found_however_it_is_written(objects: bytes, tmp_path: Path) -> None:
    """Plainly, with escaped names, packed into an object stream, or behind what looks like a stream."""
    assert "里面有脚本" in pdfs.judge(pdf(tmp_path / "a.pdf", NOISE + b"\n" + objects)).unsafe


def test_a_package_that_unpacks_without_end_is_not_unpacked(tmp_path: Path) -> None:
    """Three hundred megabytes of nothing in a small file."""
    path = tmp_path / "a.docx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package,
        package.open("word/document.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(bytes(2**20))
    assert any("解压后超过" in each for each in judge(path).unusable)
