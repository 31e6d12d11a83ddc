"""`docgen read`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import FilePath
from docgen.cli.shell import Shell
from docgen.office import elements
from docgen.office.answers.files import of_reading
from docgen.office.elements import FORM_NAMES, Form, Read
from docgen.office.formatting import FORMS
from docgen.office.ofds.reading import OFD, Reading, reading

_LONGEST: Final = 40
_NAMES: Final = {
    "copy_number": "份号", "secrecy": "密级", "urgency": "紧急程度", "mark": "发文机关标志", "serial": "期号",
    "number": "发文字号", "signatories": "签发人", "issued": "制发机关和日期", "title": "标题", "below_title": "题注",
    "addressees": "主送机关",
}  # fmt: skip
_LAST: Final = {
    "annexes": "附件说明", "signature": "署名", "date": "成文日期", "notes": "附注", "copies": "抄送",
    "printer": "印发机关", "printed": "印发日期",
}  # fmt: skip


@click.command(
    "read",
    cls=ChineseCommand,
    help="读出公文的要素：标志、文号、标题、主送、各级层次、表格、附件、落款、版记；"
    "OFD 读出元数据和附件。加 --json 供程序使用。",
)
@click.argument("paths", metavar="文件…", nargs=-1, required=True, type=FilePath())
@click.option("--form", metavar="格式", type=click.Choice(FORMS), default="auto",
              help=f"按哪种格式读：auto（自动识别）、{'、'.join(FORMS[1:])}")  # fmt: skip
@click.pass_obj
def read(shell: Shell, paths: tuple[Path, ...], form: str) -> int:
    """Print the elements of files."""
    others = [each for each in paths if each.suffix.lower() != OFD]
    found: list[Read | Reading] = [*elements.read(others, form)]
    found += [reading(each) for each in paths if each not in others]
    for each in found:
        if not each.fault:
            for line in _ofd_lines(shell, each) if isinstance(each, Reading) else _lines(shell, each):
                shell.result(line)
    shell.complain([each.fault for each in found if each.fault])
    return shell.finish(of_reading(found, shell.near))


def _ofd_lines(shell: Shell, read: Reading) -> Iterator[str]:
    said = read.elements
    yield f"{shell.near(read.path)}（OFD，{said['pages']}页）"
    for name, words in (("标题", said["title"]), ("作者", said["author"]), ("日期", said["day"])):
        if words and name not in said["metadata"]:
            yield f"  {name}：{words}"
    yield from (f"  {name}：{words}" for name, words in said["metadata"].items())
    for each in said["attached"]:
        size = "缺这个文件" if each["size"] is None else f"{each['size'] / 1024:.1f} KB"
        yield f"  附件：{each['name']}（{size}）"


def _lines(shell: Shell, read: Read) -> Iterator[str]:
    said = read.elements
    yield f"{shell.near(read.path)}（{FORM_NAMES[Form(said['form'])]}）"
    yield from _named(said, _NAMES)
    yield from _items(said["body"], "  ")
    yield from _named(said, _LAST)
    for annex, place in zip(said["attached"], said["places"].get("attached", ()), strict=True):
        yield f"  {annex['label'] or '印发的文件'}（第{place}段）：{annex['title']}"
        yield from _items(annex["body"], "    ")


def _named(said: dict[str, Any], names: dict[str, str]) -> Iterator[str]:
    for name, shown in names.items():
        value = said[name]
        words = "；".join(value) if isinstance(value, list) else value
        if words:
            places = "、".join(map(str, said["places"].get(name, ())))
            where = f"（第{places}段）" if places else ""
            yield f"  {shown}{where}：{words}"


def _items(items: list[dict[str, Any]], indent: str) -> Iterator[str]:
    for each in items:
        if each["element"] == "table":
            rows = each["rows"]
            yield f"{indent}第{each['paragraph']}段　表格，{len(rows)}行{max(map(len, rows), default=0)}栏"
            continue
        name = {"text": f"{each.get('level')}级" if each.get("level") else "正文", "names": each.get("label", ""),
                "addressees": "主送", "caption": "图表名称", "picture": "图片"}[each["element"]]  # fmt: skip
        words = each["words"].replace("\ufffc", "")
        short = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}……"
        yield f"{indent}第{each['paragraph']}段　{name}　{short}".rstrip()
