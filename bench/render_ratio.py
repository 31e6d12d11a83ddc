"""How many documents a second docgen renders, beside docxtpl used as its manual says, and the ratio.

    python bench/render_ratio.py [--template T.docx --context C.json] [--seconds 3]

Without arguments two templates are measured: the notice (告知函) of the sample workspace, and one of fifteen fields
and a table of ten rows built with python-docx on its default, larger template. The texts of both outputs are compared
before anything is timed; a difference ends the run with exit code 1.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docxtpl import DocxTemplate
from lxml import etree

from docgen.render.template import compile as compile_template

ROOT = Path(__file__).parent.parent
_WML = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHARACTERS = {f"{_WML}tab": "\t", f"{_WML}br": "\n"}
_COLUMNS = ("名称", "金额", "单位", "备注")


def main() -> int:
    options = _options()
    if options.template:
        return _compare(options.template, json.loads(options.context.read_text("utf-8")), options.seconds)
    with tempfile.TemporaryDirectory() as folder:
        cases = ((ROOT / "templates" / "docx" / "告知函.docx", _notice()), (_plain(Path(folder)), _values()))
        return max(_compare(path, context, options.seconds) for path, context in cases)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--template", type=Path)
    parser.add_argument("--context", type=Path)
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each is timed")
    options = parser.parse_args()
    if (options.template is None) != (options.context is None):
        parser.error("--template and --context go together")
    return options


def _compare(path: Path, context: dict[str, Any], seconds: float) -> int:
    data = path.read_bytes()
    template = compile_template(data, path.name)
    if _text(template.render(context)) != _text(_by_docxtpl(path, context)):
        print("the texts differ")
        return 1
    start = time.perf_counter()
    compile_template(data, f"{path.name} again")
    compiling = time.perf_counter() - start
    theirs = _rate(lambda: _by_docxtpl(path, context), seconds)
    ours = _rate(lambda: template.render(context), seconds)
    print(
        f"template   {path.name}, {len(data):,} bytes; compiled once in {compiling * 1000:.1f} ms; texts equal"
    )
    print(f"docgen     {ours:10,.0f} documents/s   {1000 / ours:8.3f} ms each")
    print(f"docxtpl    {theirs:10,.0f} documents/s   {1000 / theirs:8.3f} ms each")
    print(f"ratio      {ours / theirs:10,.0f}")
    return 0


def _by_docxtpl(path: Path, context: dict[str, Any]) -> bytes:
    template = DocxTemplate(path)
    template.render(context, autoescape=True)
    stream = BytesIO()
    template.save(stream)
    return stream.getvalue()


def _rate(once: Callable[[], object], seconds: float) -> float:
    done, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < seconds:
        once()
        done += 1
    return done / elapsed


def _text(data: bytes) -> dict[str, str]:
    """Return the text of every part with a story, by name."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        stories = sorted(
            name
            for name in package.namelist()
            if name.startswith(("word/document", "word/header", "word/foot"))
        )
        return {name: _story(package.read(name)) for name in stories if name.endswith(".xml")}


def _story(xml: bytes) -> str:
    paragraphs = etree.fromstring(xml).iter(f"{_WML}p")
    return "\n".join(
        "".join(_CHARACTERS.get(node.tag, node.text or "") for node in _pieces(each)) for each in paragraphs
    )


def _pieces(paragraph: Any) -> list[Any]:
    return [
        node for run in paragraph.iter(f"{_WML}r") for node in run if node.tag in {f"{_WML}t", *_CHARACTERS}
    ]


def _notice() -> dict[str, Any]:
    """Return the context of the sample workspace's notice of project 3 to the unit with a table of approvals."""
    from docgen.documents.kind import Asked
    from docgen.documents.notice import drafts
    from docgen.sheets.reader import read_folder

    records = read_folder(ROOT / "data", "data").records
    if records is None:
        raise SystemExit("the sample sheets have faults; see docgen check")
    asked = Asked(date(2026, 3, 16), (records.find_project("3"),), (records.find_unit("县自然资源局"),))
    return dict(drafts(records, asked).drafts[0].context)


def _plain(folder: Path) -> Path:
    path = folder / "plain.docx"
    document = docx.Document()
    for number in range(15):
        document.add_paragraph(f"第{number + 1}项：").add_run(f"{{{{ 项目.字段{number} }}}}").bold = True
    table = document.add_table(4, len(_COLUMNS))
    rows = (
        _COLUMNS,
        ["{%tr for 行 in 清单 %}"],
        [f"{{{{ 行.{name} }}}}" for name in _COLUMNS],
        ["{%tr endfor %}"],
    )
    for line, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, words, strict=False):
            cell.text = text
    document.save(str(path))
    return path


def _values() -> dict[str, Any]:
    rows = [
        {"名称": f"第{number}项审批", "金额": number * 10, "单位": "市发展改革委", "备注": "A&B <1>"}
        for number in range(10)
    ]
    return {"项目": {f"字段{number}": f"第{number}个值" for number in range(15)}, "清单": rows}


if __name__ == "__main__":
    raise SystemExit(main())
