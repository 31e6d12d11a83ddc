"""Check a bag with Python 3 alone. 核对档案包：不需要 docgen，只用 Python 3 自带的功能.

    python3 核对.py            在档案包的 data/登记 文件夹里运行，或写上档案包文件夹：python3 核对.py 档案包

核对两件事：每个文件的摘要是否与清单一致；登记链是否首尾相接、末端是否与“链末端.json”相同。
不打开档案包以外的任何文件，不跟随链接。有不符的，退出码是 5。
"""

# ruff: noqa: T201
from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

MANIFESTS = ("manifest-sha256.txt", "tagmanifest-sha256.txt")
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
LEADS_OUT = re.compile(r"^[/~]|^[A-Za-z]:|\\|\0|(^|/)(\.{0,2})(/|$)")
START = "0" * 64
AT_HAND = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
DAMAGED = (ValueError, KeyError, TypeError, RecursionError)


def lying_in(bag: Path, wrong: list[str]) -> set[str]:
    """Return the paths of the regular files in a bag; links and the like are wrong, and never followed."""
    found, waiting = set(), [bag]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda each: each.name)
        except OSError:
            wrong.append(f"{shown(folder)}：读不出来")
            continue
        for each in entries:
            name = Path(each.path).relative_to(bag).as_posix()
            if each.is_symlink():
                wrong.append(f"{shown(name)}：是链接，可能通到档案包以外，没有打开")
            elif each.is_dir(follow_symlinks=False):
                waiting.append(Path(each.path))
            elif each.is_file(follow_symlinks=False):
                found.add(name)
            else:
                wrong.append(f"{shown(name)}：不是普通文件，没有打开")
    return found


def listed_in(bag: Path, manifest: str, wrong: list[str]) -> dict[str, str]:
    """Return the digests that a manifest lists, by path; lines that cannot be are wrong, and left out."""
    try:
        lines = b"".join(blocks(bag / manifest)).decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        wrong.append(f"{manifest}：读不出来")
        return {}
    listed: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = LINE.fullmatch(line)
        path = match[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%") if match else ""
        if not line:
            continue
        if not match:
            wrong.append(f"{manifest} 第{number}行：不是“摘要  文件”的写法")
        elif LEADS_OUT.search(path):
            wrong.append(f"{manifest} 第{number}行：{shown(path)} 通到档案包以外，没有打开")
        else:
            listed[path] = match[1]
    return listed


def check_files(bag: Path) -> list[str]:
    """Return what is wrong with the files."""
    wrong: list[str] = []
    lying = lying_in(bag, wrong)
    listed: dict[str, str] = {}
    for manifest in MANIFESTS:
        listed.update(listed_in(bag, manifest, wrong))
    for path, digest in listed.items():
        if path not in lying:
            wrong.append(f"{shown(path)}：不见了")
            continue
        found = hashlib.sha256()
        try:
            for block in blocks(bag / path):
                found.update(block)
        except OSError:
            wrong.append(f"{shown(path)}：读不出来")
            continue
        if found.hexdigest() != digest:
            wrong.append(f"{shown(path)}：与清单的摘要不同")
    return wrong + [f"{shown(each)}：不在清单中" for each in sorted(lying - set(listed) - {MANIFESTS[1]})]


def blocks(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a regular file in blocks. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | AT_HAND)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError
        while block := file.read(1 << 20):
            yield block


def check_chain(folder: Path) -> list[str]:
    """Return what is wrong with the chain of entries."""
    previous, seq = START, 0
    try:
        text = b"".join(blocks(folder / "登记链.jsonl")).decode("utf-8", "surrogatepass")
    except (OSError, UnicodeDecodeError):
        return ["登记链.jsonl：读不出来"]
    for line in text.split("\n")[:-1]:
        seq += 1
        try:
            entry = json.loads(line)
            hashed = f"{previous}\n{entry['body']}".encode("utf-8", "surrogatepass")
            holds = hashlib.sha256(hashed).hexdigest() == entry["digest"]
            holds = holds and json.loads(entry["body"])["seq"] == seq
        except DAMAGED:
            return [f"登记链第{seq}条：读不出来"]
        if not holds:
            return [f"登记链从第{seq}条起不相接"]
        previous = entry["digest"]
    try:
        head = json.loads(b"".join(blocks(folder / "链末端.json")).decode("utf-8"))
        ends = (head["seq"], head["digest"]) == (seq, previous)
    except (OSError, *DAMAGED):
        return ["链末端.json：读不出来"]
    if not ends:
        return ["登记链的末端与“链末端.json”不同"]
    print(f"登记链：共{seq}条，末端摘要 {previous}")
    return []


def shown(path: object) -> str:
    """Return a path as it can be printed, on one line."""
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in str(path))


def main() -> int:
    """Check the bag around."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    bag = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    if not (bag / MANIFESTS[0]).is_file():
        print(f"{shown(bag)} 不是档案包：里面没有 {MANIFESTS[0]}。")
        return 5
    wrong = check_files(bag) + check_chain(bag / "data" / "登记")
    for each in wrong:
        print(each)
    print("没有发现改动。" if not wrong else f"共{len(wrong)}处不符。")
    return 5 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
