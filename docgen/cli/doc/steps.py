"""The commands that take a step in the life of documents, one row of a table for each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from docgen.cli.chinese import ChineseCommand
from docgen.cli.options import all_option, copies_option, documents_argument, remark_option, words_option
from docgen.cli.shell import Shell
from docgen.cli.terminal import aligned
from docgen.dataclass import dataclass
from docgen.errors import DocgenError
from docgen.office.answers.register import of_step
from docgen.office.life import orders
from docgen.office.life.orders import Order, Step, needs_reason

if TYPE_CHECKING:
    from docgen.office.life.steps import Stepped

Option = Callable[[Callable[..., Any]], Callable[..., Any]]

_ALL: Final = "处在上一步的全部公文"
_REASON: Final = "原因（必须写明），记入登记"


@dataclass(frozen=True)
class StepCommand:
    """A command that takes a step.

    Args:
        name: of the command.
        step: that it takes.
        said: its help.
        example: of its use, after `docgen doc ` or `docgen seal `.
        options: besides documents, --all and --remark.
        together: whether --all is offered.
    """

    name: str
    step: Step
    said: str
    example: str
    options: tuple[Option, ...] = ()
    together: bool = True


_RESERVED: Final[Option] = click.option("--reserved", is_flag=True, help="用预留的号码，从小到大")

DOC_STEPS: Final = (
    StepCommand("review", orders.REVIEW, "登记核稿；此前手工改过的稿子以现在的为准。", "--by 方知远 doc review 1 2 3"),
    StepCommand("countersign", orders.COUNTERSIGN, "登记会签；几个人会签的逐人登记。", "--by 高岩松 doc countersign 1"),
    StepCommand(
        "sign", orders.SIGN, "登记签发，同时给发文字号、填成文日期，定稿放进以文号命名的文件夹。",
        "--by 万里舟 doc sign --all", (_RESERVED,),
    ),
    StepCommand("return", orders.RETURN, "退回拟稿人修改。", "--by 万里舟 doc return 2 --remark 时限写错"),
    StepCommand(
        "void", orders.VOID, "作废；文号保留并注明原因，不再使用。作废后不能恢复，所以没有 --all。",
        "doc void 某办函〔2026〕3号 --remark 项目已取消", together=False,
    ),
    StepCommand(
        "issue", orders.ISSUE, "登记印发。份数不写时同用印份数，收文单位不写时同主送。",
        "doc issue --all --copies 3 --to 县工信局、县水利局",
        (copies_option("印发几份"), words_option("--to", "发给谁", "收文单位")),
    ),
)  # fmt: skip
SEAL_STEPS: Final = (
    StepCommand(
        "request", orders.REQUEST, "登记用印申请：请代章单位盖几份。份数不写时按“文种”表的份数。",
        "seal request --all --copies 3",
        (copies_option("申请盖几份"),),
    ),
    StepCommand("approve", orders.APPROVE, "登记代章单位批准用印。", "--by 万里舟 seal approve --all"),
    StepCommand(
        "refuse", orders.REFUSE, "登记不予用印，公文退到编号之后。", "--by 万里舟 seal refuse 3 --remark 份数不符"
    ),
    StepCommand(
        "apply", orders.APPLY, "登记已盖章。份数不写时同申请份数。", "--by 范雨桐 seal apply 1 --copies 3",
        (copies_option("实盖几份"),),
    ),
)  # fmt: skip


def step_command(asked: StepCommand) -> click.Command:
    """Return the command of a row of the table."""

    def command(shell: Shell, /, **options: Any) -> int:
        return _take(shell, asked, options)

    wanted: list[Option] = [
        documents_argument(required=not asked.together),
        *([all_option(_ALL)] if asked.together else []),
        remark_option(_REASON) if needs_reason(asked.step) else remark_option(),
        *asked.options,
    ]
    made: Any = click.pass_obj(command)
    for each in reversed(wanted):
        made = each(made)
    epilog = f"公文写登记号、文号或标题的一部分，可写多个。\n例：docgen {asked.example}"
    return click.command(asked.name, cls=ChineseCommand, help=asked.said, epilog=epilog)(made)


def _take(shell: Shell, asked: StepCommand, options: dict[str, Any]) -> int:
    from docgen.office.life.steps import take

    everything = bool(options.get("everything"))
    if everything and options["documents"]:
        raise click.UsageError("公文和 --all 只写一样", click.get_current_context())
    order = Order(
        asked.step,
        options["documents"],
        everything,
        options["remark"],
        options.get("copies"),
        options.get("to", ""),
        options.get("reserved", False),
    )
    desk = shell.desk()
    try:
        stepped = take(desk, order)
    except DocgenError:
        if everything or len(order.documents) > 1:
            shell.say("有问题的公文在内，这一次一件也没有办理。问题如下：")
        raise
    return _tell(shell, asked.step, stepped, desk.workspace.root)


def _tell(shell: Shell, step: Step, stepped: Stepped, root: Path) -> int:
    """Print the documents that took a step; of those signed, where they lie now."""
    shell.advise(stepped.advices)
    signed = step is orders.SIGN
    rows = [
        (
            step.name,
            each.document.id,
            each.document.number,
            each.document.shortly_to,
            shell.near(root / each.document.path) if signed else each.document.title,
        )
        for each in stepped.taken
    ]
    rows += [("未变", each.id, each.number, each.shortly_to, each.title) for each in stepped.unchanged]
    for line in aligned(rows):
        shell.result(line)
    shell.result(_counted(step, len(stepped.taken), len(stepped.unchanged)))
    return shell.finish(of_step(stepped))


def _counted(step: Step, taken: int, unchanged: int) -> str:
    if not taken and not unchanged:
        return f"没有等待{step.name}的公文。"
    said = f"已登记{step.name}" if not unchanged else f"登记{step.name}{taken}件，未变{unchanged}件"
    return f"共{taken + unchanged}件，{said}。"
