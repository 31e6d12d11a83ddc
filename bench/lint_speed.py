"""How long the checker takes for documents of one and of ten pages, after start-up; processor time.

python bench/lint_speed.py [--runs 15] [--json]
"""

from __future__ import annotations

import time
from functools import partial

from finding import AT_MOST, Finding, parser, tell, versions_of
from timing import interleaved, spread, timed

from docgen.lint.checker import check
from docgen.standard.build import blocks
from docgen.standard.build.head import file_head
from docgen.standard.build.imprint import Imprint, imprint
from docgen.standard.build.levels import body
from docgen.standard.build.parts import Addressee, Slot, TitleLines
from docgen.standard.forms import document
from docgen.template import template

OFFICE = "澄湖县人民政府办公室"
DATE = "2026年3月6日"
AIM = 0.2
PAGES = 100
"""How many documents of one page are to be checked in a second on one core."""
_LINES_OF_A_PAGE = 22
_SENTENCE = "各单位要坚持“要素跟着项目走”，对清单内项目实行联审联批，按月调度。"


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--runs", type=int, default=15)
    options = command.parse_args()
    documents = {pages: made(pages) for pages in (1, 10, 50)}
    for data in documents.values():
        check(data, "")
    works = {
        str(pages): timed(partial(check, data, "文件.docx"), time.process_time)
        for pages, data in documents.items()
    }
    taken = interleaved(works, options.runs)
    figures = {
        f"{pages} pages, {len(data) / 1024:.1f} KB": spread(taken[str(pages)], 1000, "ms", 1)
        for pages, data in documents.items()
    }
    found = [
        Finding(
            "lint", "checking a document of ten pages", f"{AIM} s", min(taken["10"]) / AIM, AT_MOST, 1, figures
        ),
        Finding(
            "lint-pages", f"checking {PAGES} documents of one page", "1 s of one core",
            min(taken["1"]) * PAGES, AT_MOST, 1, {"one": spread(taken["1"], 1000, "ms", 1)},
        ),
    ]  # fmt: skip
    tell(found, versions_of("lxml"), as_json=options.json)


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


if __name__ == "__main__":
    main()
