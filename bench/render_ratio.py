"""2,000 documents of one template in one process: docgen beside docxtpl and others, each used as its manual says.

    python bench/render_ratio.py [--documents 2000] [--rounds 5] [--json]

Every program is a process that has loaded its template and its values and writes documents in memory when told. The
documents are shared out over the rounds, in which the programs take turns; the least time of each counts. Before,
the texts of some documents of all programs are compared; a difference ends the run.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from finding import AT_LEAST, Finding, parser, tell, versions_of
from letters import NOTICE, brace_template, jinja_template, letters, merge_template
from peers import NotThere, Writer, aside, installed, node, own, started
from story import need_same
from timing import Seconds, interleaved, ratio_of, spread

DOCGEN: Final = "docgen"
DOCXTPL: Final = "docxtpl"


def main() -> None:
    command = parser(__doc__)
    command.add_argument("--documents", type=int, default=2000)
    command.add_argument("--rounds", type=int, default=5)
    command.add_argument(
        "--installed", action="store_true", help="leave out programs that would be installed first"
    )
    options = command.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        found = [
            *_letter(folder, options.documents, options.rounds, only_installed=options.installed),
            _notice(folder, options.documents, options.rounds),
        ]
    versions = versions_of("docxtpl", "python-docx", "jinja2", "lxml") | installed()
    tell(found, versions, as_json=options.json)


def _letter(folder: Path, documents: int, rounds: int, *, only_installed: bool) -> list[Finding]:
    """Measure the letter on a default Word template against all programs."""
    commands, absent = _programs(folder, documents, only_installed=only_installed)
    taken = _measured(commands, folder, documents, rounds)
    size = (folder / "jinja.docx").stat().st_size
    ratios = {name: ratio_of(taken[name], taken[DOCGEN]) for name in taken if name != DOCGEN}
    others = {name: ratio for name, ratio in ratios.items() if name != DOCXTPL}
    best = min(others, key=others.__getitem__)
    what = f"one default Word template ({size / 1000:.0f} KB), {documents:,} documents, one process"
    figures = _figures(taken)
    left_out = " ".join(f"{name} is left out: {why}." for name, why in absent.items())
    return [
        Finding("render-word", what, DOCXTPL, ratios[DOCXTPL], AT_LEAST, 60, _only(figures, DOCGEN, DOCXTPL)),
        Finding(
            "render-others",
            what,
            f"the best of {', '.join(others)}",
            ratios[best],
            AT_LEAST,
            10,
            figures | {"ratios": ", ".join(f"{name} {ratio:.0f}" for name, ratio in ratios.items())},
            f"The best is {best}. {left_out}".strip(),
        ),
    ]


def _notice(folder: Path, documents: int, rounds: int) -> Finding:
    """Measure the notices of the sample workspace."""
    told = [str(NOTICE), f"notices:{documents}"]
    commands = {DOCGEN: [*own("by_docgen.py"), *told], DOCXTPL: [*own("by_docxtpl.py"), *told]}
    taken = _measured(commands, folder, documents, rounds)
    return Finding(
        "render-notice",
        f"docgen's own notice ({NOTICE.stat().st_size / 1000:.0f} KB), {documents:,} documents, one process",
        DOCXTPL,
        ratio_of(taken[DOCXTPL], taken[DOCGEN]),
        AT_LEAST,
        30,
        _figures(taken),
    )


def _programs(
    folder: Path, documents: int, *, only_installed: bool
) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Return the commands of the programs that are here, and why the others are not."""
    told, told_node = f"letters:{documents}", folder / "letters.json"
    told_node.write_text(json.dumps(letters(documents), ensure_ascii=False), "utf-8")
    jinja = str(jinja_template(folder / "jinja.docx"))
    braces = str(brace_template(folder / "braces.docx"))
    merge = str(merge_template(folder / "merge.docx"))
    commands = {
        DOCGEN: [*own("by_docgen.py"), jinja, told],
        DOCXTPL: [*own("by_docxtpl.py"), jinja, told],
        "python-docx by hand": [*own("by_python_docx.py"), jinja, told],
    }
    others: Mapping[str, tuple[Callable[[str], list[str]], str, list[str]]] = {
        "docxtemplater": (node, "by_docxtemplater.cjs", [braces, str(told_node)]),
        "easy-template-x": (node, "by_easy_template_x.cjs", [braces, str(told_node)]),
        "docx-mailmerge2": (aside, "by_mailmerge.py", [merge, told]),
    }
    if only_installed:
        return commands, dict.fromkeys(others, "it is not in docgen's own environment")
    absent = {}
    for name, (found, script, arguments) in others.items():
        try:
            commands[name] = [*found(script), *arguments]
        except NotThere as why:
            absent[name] = str(why)
    return commands, absent


def _measured(commands: Mapping[str, list[str]], folder: Path, documents: int, rounds: int) -> Seconds:
    """Return for each program and round the seconds a document took.

    docgen writes all documents in every round: its share alone would be over too soon to be timed well.
    """
    share = max(1, documents // rounds)
    with started(commands) as writers:
        for number in (0, documents // 2, documents - 1):
            ours = writers[DOCGEN].document(number, folder)
            for each in writers.values():
                need_same(each.name, ours, each.document(number, folder))
        works = {
            name: _each_of(writer, documents if name == DOCGEN else share) for name, writer in writers.items()
        }
        return interleaved(works, rounds)


def _each_of(writer: Writer, count: int) -> Callable[[], float]:
    return lambda: writer.make(count) / count


def _figures(taken: Seconds) -> dict[str, str]:
    return {name: f"{spread(each, 1000, 'ms', 3)} a document" for name, each in taken.items()}


def _only(figures: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: figures[name] for name in names}


if __name__ == "__main__":
    main()
