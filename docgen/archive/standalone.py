"""Check a bag with Python 3 alone. 核对档案包：不需要 docgen，只用 Python 3 自带的功能.

    python3 核对.py            在档案包的 data/登记 文件夹里运行，或写上档案包文件夹：python3 核对.py 档案包

核对两件事：每个文件的摘要是否与清单一致；登记链是否首尾相接、末端是否与“链末端.json”相同。
"""

# ruff: noqa: T201
from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path


def check_files(bag: Path) -> list[str]:
    """Return what is wrong with the files."""
    wrong, listed = [], {"tagmanifest-sha256.txt"}
    for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        for line in (bag / name).read_text(encoding="utf-8").splitlines():
            digest, _, written = line.partition("  ")
            path = written.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
            listed.add(path)
            file = bag / path
            if ".." in path.split("/") or not file.is_file():
                wrong.append(f"{path}：不见了")
                continue
            found = hashlib.sha256()
            with file.open("rb") as reading:
                while block := reading.read(1 << 20):
                    found.update(block)
            if found.hexdigest() != digest:
                wrong.append(f"{path}：与清单的摘要不同")
    lying = {each.relative_to(bag).as_posix() for each in bag.rglob("*") if not each.is_dir()}
    return wrong + [f"{each}：不在清单中" for each in sorted(lying - listed)]


def check_chain(folder: Path) -> list[str]:
    """Return what is wrong with the chain of entries."""
    previous, seq = "0" * 64, 0
    with (folder / "登记链.jsonl").open(encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            seq += 1
            digest = hashlib.sha256(f"{previous}\n{entry['body']}".encode()).hexdigest()
            if digest != entry["digest"] or json.loads(entry["body"])["seq"] != seq:
                return [f"登记链从第{seq}条起不相接"]
            previous = digest
    head = json.loads((folder / "链末端.json").read_text(encoding="utf-8"))
    if (head["seq"], head["digest"]) != (seq, previous):
        return ["登记链的末端与“链末端.json”不同"]
    print(f"登记链：共{seq}条，末端摘要 {previous}")
    return []


def main() -> int:
    """Check the bag around."""
    bag = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    wrong = check_files(bag) + check_chain(bag / "data" / "登记")
    for each in wrong:
        print(each)
    print("没有发现改动。" if not wrong else f"共{len(wrong)}处不符。")
    return 5 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
