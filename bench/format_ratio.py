"""How long a draft of ten pages takes to be laid out, beside the checker's time for the same file; processor time.

python bench/format_ratio.py [--rounds 7] [--json]

The draft is typed in Word's own look, its levels and marks written in other ways; a second one conforms already.
"""

from __future__ import annotations

import io
import time
from functools import partial
from typing import Final

import docx
from docx.shared import Pt
from finding import AT_MOST, Finding, parser, tell, versions_of
from timing import interleaved, ratio_of, spread, timed

from docgen.lint.checker import check
from docgen.reform.formatting import formatted, read_draft

AIM: Final = 3
_ITEMS: Final = 44
"""Five lines each: ten pages."""
_SENTENCE: Final = "各单位要坚持“要素跟着项目走”,对清单内项目实行联审联批，按月调度;"
_HANZI: Final = "一二三四五六七八九"


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--rounds", type=int, default=7)
    options = command.parse_args()
    messy = draft()
    conforming = laid_out(messy)
    works = {}
    for name, data in (("messy", messy), ("conforming", conforming)):
        works[f"{name} laid out"] = timed(partial(laid_out, data), time.process_time)
        works[f"{name} checked"] = timed(partial(check, data, "稿.docx"), time.process_time)
    taken = interleaved(works, options.rounds)
    found = [
        Finding(
            f"format-{name}", f"laying out a {name} draft of ten pages", "checking it",
            ratio_of(taken[f"{name} laid out"], taken[f"{name} checked"]), AT_MOST, AIM,
            {each: spread(taken[f"{name} {each}"], 1000, "ms", 1) for each in ("laid out", "checked")},
        )
        for name in ("messy", "conforming")
    ]  # fmt: skip
    tell(found, versions_of("lxml"), as_json=options.json)


def draft() -> bytes:
    """Return a notice of ten pages as somebody types it."""
    document = docx.Document()
    lines = ["关于印发联审联批工作机制的通知", "各镇人民政府:", "现将有关事项通知如下。"]
    for place in range(_ITEMS):
        if place % 5 == 0:
            lines.append(f"{_HANZI[place // 5]}.事项{place}")
        lines += [f"{place % 5 + 1}、{_SENTENCE}", "　　" + _SENTENCE * 2]
    for words in (*lines, "澄湖县人民政府办公室", "2026.3.6"):
        document.add_paragraph().add_run(words).font.size = Pt(14)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def laid_out(data: bytes) -> bytes:
    """Return the document of a draft."""
    return formatted(read_draft(data, "稿.docx")).document


if __name__ == "__main__":
    main()
