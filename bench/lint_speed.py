"""How long the checker takes for documents of one and of ten pages, after start-up; medians.

python bench/lint_speed.py [--runs 15]
"""

from __future__ import annotations

import argparse
import statistics
import time

from docgen.render import template
from docgen.standard import blocks, document
from docgen.standard.check.checker import check
from docgen.standard.head import file_head
from docgen.standard.imprint import Imprint, imprint
from docgen.standard.levels import body
from docgen.standard.parts import Addressee, Slot, TitleLines

OFFICE = "澄湖县人民政府办公室"
DATE = "2026年3月6日"
AIM = 0.2
_LINES_OF_A_PAGE = 22
_SENTENCE = "各单位要坚持“要素跟着项目走”，对清单内项目实行联审联批，按月调度。"


def main() -> None:
    runs = _runs()
    for pages in (1, 10, 50):
        data = made(pages)
        check(data, "")
        seconds = _median(data, runs)
        print(f"{pages:3} pages {len(data) / 1024:7.1f} KB {seconds * 1000:7.1f} ms")
        if pages == 10:
            print(f"ten pages / aim: {seconds / AIM:.2f} (aim: at most 1, that is {AIM} s)")


def made(pages: int) -> bytes:
    """Return a notice of about so many pages, with headings and paragraphs of one to three lines."""
    texts = []
    for place in range(1, pages * _LINES_OF_A_PAGE // 5 + 1):
        texts += [f"{place}.事项{place}", _SENTENCE, _SENTENCE * 2]
    parts = (
        Slot("版头"),
        TitleLines("标题行"),
        Addressee("各镇人民政府："),
        Slot("正文"),
        Slot("署名"),
        Slot("版记"),
    )
    said = {
        "版头": file_head([OFFICE], "澄政办发〔2026〕12号"),
        "标题行": ("关于印发联审联批工作机制的通知",),
        "正文": body("\n".join(texts)),
        "署名": blocks.signature((OFFICE,), DATE),
        "版记": imprint(Imprint(OFFICE, DATE, ("县委办公室",))),
    }
    return template.compile(document.build(document.Document(parts)), "公文").render(said)


def _runs() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15)
    return int(parser.parse_args().runs)


def _median(data: bytes, runs: int) -> float:
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        check(data, "文件.docx")
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
