"""`docgen archive`: a year's documents in a bag, its checks, its handover, what is added later, drafts set aside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli.chinese import ChineseGroup
from docgen.cli.doc.files import detached
from docgen.cli.options import FilePath, remark_option
from docgen.cli.shell import Shell
from docgen.cli.terminal import aligned
from docgen.clock import now
from docgen.office.answers.archive import (
    OPENNESS_MARKS,
    of_built,
    of_catalogue,
    of_handover,
    of_judged,
    of_openness,
    of_tidied,
)
from docgen.office.answers.register import of_attaching
from docgen.office.life.orders import ATTACHABLE, FileRole

if TYPE_CHECKING:
    from docgen.office.archive.building import Built


@click.group("archive", cls=ChineseGroup, help="归档：生成档案包、四性检测、移交、归档后补充。")
def archive() -> None:
    """The archive."""


@archive.command(
    "build",
    short_help="把一年里印发的公文装进一个档案包；不齐的列出来，不归档。",
    help="把一年里印发的公文连同扫描件、复函、元数据、登记链装进一个档案包（BagIt）。"
    "先逐个核对文号：归档、作废或缺；不齐的列出来，不归档。",
    epilog="例：docgen archive build --year 2026",
)
@click.option("--year", metavar="年", type=click.IntRange(2000, 2100), required=True, help="文号的年份")
@click.option("--to", "to", metavar="文件夹", type=FilePath(), help="放在哪里；不写就放在工作区的 归档")
@click.option("--leave-out", is_flag=True, help="不齐的不归入，在档案包里写明没有归入的和原因")
@click.pass_obj
def build(shell: Shell, year: int, to: Path | None, leave_out: bool) -> int:
    """Build a bag."""
    from docgen.office.archive import building

    with shell.bar("归档") as progress:
        built = building.build(
            shell.desk(), year, shell.folder / to if to else None, leave_out=leave_out, progress=progress
        )
    _tell(shell, built)
    return shell.finish(of_built(built, shell.near))


def _tell(shell: Shell, built: Built) -> None:
    inventory = built.inventory
    if built.same:
        shell.result(f"与已有的第{inventory.version}版相同，没有新的内容：{shell.near(built.folder)}")
    else:
        shell.result(f"已生成第{inventory.version}版档案包：{shell.near(built.folder)}")
    shell.result(
        f"收录{len(inventory.filed)}件（本次归档{built.new}件），共{built.size / 2**20:.1f} MB。{built.totals}"
    )
    if built.aside:
        shell.result(
            f"上次没有登记完的一份内容已不同，移到：{shell.near(built.aside)}（没有删除，核对后自行处理）"
        )
    for words in inventory.changes:
        shell.result(f"  {words}")
    for each in inventory.counted:
        if each.is_open:
            shell.result(f"  没有归入：{each.number}，{each.reason}")


@archive.command(
    "verify",
    help="核对档案包的真实性、完整性、可用性、安全性（四性）。不需要工作区，可以在别的电脑上做。",
    epilog="例：docgen archive verify J001-WS-2026-第1版 --report 检测报告.docx",
)
@click.argument("bag", metavar="档案包", type=FilePath())
@click.option(
    "--report",
    metavar="文件",
    type=FilePath(),
    help="另写一份可以打印的检测报告（.docx 或 .xlsx）",
)
@click.option(
    "--quick",
    is_flag=True,
    help="逐个核对摘要、登记链、目录，但不逐个打开文件：格式、页数、字体、宏按归档时的检测结果",
)
@click.pass_obj
def verify(shell: Shell, bag: Path, report: Path | None, quick: bool) -> int:
    """Judge a bag."""
    from docgen.office.archive import judged

    with shell.bar("核对") as progress:
        found = judged.judge(shell.folder / bag, progress, quick=quick)
    for each in found.checks:
        shell.result(f"{each.quality.value}  {each.what}：{each.result}（{each.count}）")
    day = shell.today or now().date()
    made = judged.write_report(found, shell.folder / report, day) if report else None
    if made:
        shell.result(f"检测报告：{shell.near(made)}")
    shell.report(found.faults)
    shell.advise(found.advices)
    if not found.faults:
        shell.result(f"没有发现不符：{found.files}个文件，{found.size / 2**20:.1f} MB。")
    return shell.finish(of_judged(found, made, shell.near))


@archive.command(
    "add",
    help="给已归档的公文补充材料（迟到的扫描件、复函）；再运行 archive build 生成新的一版，写明补充了什么。",
    epilog="例：docgen archive add 某办函〔2026〕3号 扫描.pdf --role 扫描件 --remark 补扫盖章件",
)
@click.argument("document", metavar="公文")
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=FilePath())
@click.option(
    "--role",
    metavar="类别",
    type=click.Choice([each.value for each in ATTACHABLE]),
    default=FileRole.SCAN.value,
    help="扫描件、复函、回执或附件",
)
@remark_option("补充的原因，记入登记")
@click.pass_obj
def add(shell: Shell, document: str, files: tuple[Path, ...], role: str, remark: str) -> int:
    """Add files to an archived document."""
    from docgen.office.life import attachments

    attached = attachments.supplement(shell.desk(), document, files, FileRole(role), remark)
    for each in attached:
        shell.result(f"{role}  {shell.near(each.path)}")
    shell.result(f"已登记为 {attached[0].document.name} 归档后补充的{role}，共{len(attached)}个文件。")
    shell.advise(each.advice for each in attached if each.advice)
    shell.result("下一步：docgen archive build 生成新的一版档案包")
    return shell.finish(of_attaching(attached, role, shell.near))


@archive.command(
    "detach",
    help="停用已归档公文的附件：写明原因，文件保留；再运行 archive build 生成没有它的新一版。",
    epilog="例：docgen archive detach 某办函〔2026〕3号 扫描件-扫描.pdf --remark 扫错了页",
)
@click.argument("document", metavar="公文")
@click.argument("files", metavar="附件…", nargs=-1, required=True)
@remark_option("停用的原因（必须写明），记入登记")
@click.pass_obj
def detach(shell: Shell, document: str, files: tuple[str, ...], remark: str) -> int:
    """Set attachments of an archived document aside."""
    return detached(shell, document, files, remark, archived=True)


@archive.command(
    "openness",
    help="定公文的开放标识（开放、控制、未审核），写明原因；没有定的按“文种设置”表的“开放标识”，再按 docgen.toml。",
    epilog="例：docgen archive openness 某办函〔2026〕3号 --as 开放 --remark 已公开发布",
)
@click.argument("documents", metavar="公文…", nargs=-1, required=True)
@click.option(
    "--as",
    "mark",
    metavar="标识",
    type=click.Choice(OPENNESS_MARKS),
    required=True,
    help="开放、控制或未审核",
)
@remark_option("原因（必须写明），记入登记")
@click.pass_obj
def openness(shell: Shell, documents: tuple[str, ...], mark: str, remark: str) -> int:
    """Decide how open documents are."""
    from docgen.office.archive.openness import decide

    found = decide(shell.desk(), documents, mark, remark)
    for each in found:
        shell.result(f"{mark}  {each.name}")
    shell.result(f"已登记{len(found)}件的开放标识。")
    return shell.finish(of_openness(found, mark))


@archive.command(
    "handover",
    help="从档案包生成移交目录和移交与接收登记表。档案包有不符的，不生成。",
    epilog="例：docgen archive handover J001-WS-2026-第1版 --to 移交",
)
@click.argument("bag", metavar="档案包", type=FilePath())
@click.option("--to", "to", metavar="文件夹", required=True, type=FilePath(), help="放在哪里")
@click.pass_obj
def handover(shell: Shell, bag: Path, to: Path) -> int:
    """Write the papers of a handover."""
    from docgen.office.archive import judged

    with shell.bar("核对") as progress:
        found = judged.handover(shell.folder / bag, shell.folder / to, progress)
    for each in found.files:
        shell.result(f"生成  {shell.near(each)}")
    return shell.finish(of_handover(found, shell.near))


@archive.command(
    "catalogue",
    help="列出一年的归档文件目录；写 --to 的，另存成文件。",
    epilog="例：docgen archive catalogue --year 2026 --to 目录",
)
@click.option("--year", metavar="年", type=click.IntRange(2000, 2100), required=True, help="文号的年份")
@click.option(
    "--from",
    "source",
    metavar="文件夹",
    type=FilePath(),
    help="档案包在哪里；不写就在工作区的 归档",
)
@click.option("--to", "to", metavar="文件夹", type=FilePath(), help="目录存到哪里")
@click.pass_obj
def catalogue(shell: Shell, year: int, source: Path | None, to: Path | None) -> int:
    """List a year's documents."""
    from docgen.office.archive import listing

    found = listing.catalogue(
        shell.desk(), year, shell.folder / source if source else None, shell.folder / to if to else None
    )
    rows = [
        (each.code, each.number, each.dated, str(each.pages), each.title) for each in found.inventory.filed
    ]
    for line in aligned([("档号", "文号", "日期", "页数", "题名"), *rows]):
        shell.result(line)
    shell.result(f"第{found.inventory.version}版，共{len(rows)}件。")
    for each in found.files:
        shell.result(f"生成  {shell.near(each)}")
    return shell.finish(of_catalogue(found, shell.near))


@archive.command(
    "tidy",
    help="把很久没有签发的草稿登记作废、移到“留存”，不删除任何文件。",
    epilog="例：docgen archive tidy --days 180 --dry-run",
)
@click.option(
    "--days",
    metavar="天数",
    type=click.IntRange(1, 3650),
    default=180,
    show_default=True,
    help="最后一步办理以后满多少天",
)
@click.option("--dry-run", is_flag=True, help="只列出，不办理")
@click.pass_obj
def tidy(shell: Shell, days: int, dry_run: bool) -> int:
    """Set old drafts aside."""
    from docgen.office.archive import tidying

    found = tidying.tidy(shell.desk(), days, only_ask=dry_run)
    for each in found.documents:
        shell.result(f"{each.id}  {each.state.value}  {each.day}  {each.title}")
    did = (
        "只列出，没有办理；去掉 --dry-run 再运行，就登记作废、移到“留存”"
        if dry_run
        else "已登记作废，文件移到“留存”"
    )
    count = len(found.documents)
    some = f"搁置{days}天以上、没有签发的草稿共{count}件，{did}。"
    shell.result(some if count else f"没有搁置{days}天以上、还没有签发的草稿。")
    shell.advise(found.stepped.advices if found.stepped else ())
    return shell.finish(of_tidied(found))
