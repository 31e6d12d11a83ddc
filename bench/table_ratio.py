"""One document with a table of 10,000 rows: docgen beside docxtpl, and how docgen's time grows from 1,000 rows.

python bench/table_ratio.py [--rows 10000] [--rounds 3] [--json]
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from finding import AT_LEAST, AT_MOST, Finding, parser, tell, versions_of
from letters import jinja_template
from peers import own, started
from story import need_same
from timing import interleaved, ratio_of, spread

_MANY = 5  # docgen is through so soon that several documents are timed at once


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--rows", type=int, default=10_000)
    command.add_argument("--rounds", type=int, default=3)
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as place:
        found = _findings(Path(place), options.rows, options.rounds)
    tell(found, versions_of("docxtpl", "python-docx", "jinja2", "lxml"), as_json=options.json)


def _findings(folder: Path, rows: int, rounds: int) -> list[Finding]:
    template, few = str(jinja_template(folder / "table.docx")), rows // 10
    commands = {
        "docgen": [*own("by_docgen.py"), template, f"table:{rows}"],
        "docgen, a tenth": [*own("by_docgen.py"), template, f"table:{few}"],
        "docxtpl": [*own("by_docxtpl.py"), template, f"table:{rows}"],
    }
    with started(commands) as writers:
        ours, tenth, theirs = (writers[name] for name in commands)
        need_same("docxtpl", ours.document(0, folder), theirs.document(0, folder))
        taken = interleaved(
            {
                "docgen": lambda: ours.make(_MANY) / _MANY,
                "a tenth": lambda: tenth.make(10 * _MANY) / (10 * _MANY),
                "docxtpl": lambda: theirs.make(1),
            },
            rounds,
        )
    what = f"one document with a table of {rows:,} rows of 4 cells"
    seconds = {name: spread(each, 1000, "ms", 1) for name, each in taken.items()}
    return [
        Finding(
            "table", what, "docxtpl", ratio_of(taken["docxtpl"], taken["docgen"]), AT_LEAST, 10,
            {"docgen": seconds["docgen"], "docxtpl": seconds["docxtpl"]},
        ),
        Finding(
            "table-growth", what, f"the same with {few:,} rows", ratio_of(taken["docgen"], taken["a tenth"]),
            AT_MOST, 12,
            {f"{rows:,} rows": seconds["docgen"], f"{few:,} rows": seconds["a tenth"]},
        ),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
