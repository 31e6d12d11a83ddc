"""Builds the reference pages of this folder from the code; `python docs/build.py` writes them, a test compares.

lint-rules.md lists every rule of the checker, messages.md every fault, 字段.md every column of the data sheets,
命令.md the help of every command, 办文步骤.md every step in the life of a document, 办文步骤.svg draws them, 文种/ has
a page for each kind of document.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

import click

import docgen
from docgen.errors import DocgenError, Problems
from docgen.model.fields import FieldSpec, Shape, fields_of
from docgen.model.schema import BUILT_IN

if TYPE_CHECKING:
    from docgen.lint.rule import Rule

FOLDER = Path(__file__).parent
_SHAPES = {
    Shape.TEXT: "文字",
    Shape.LONG_TEXT: "文字",
    Shape.INTEGER: "整数",
    Shape.DECIMAL: "数字",
    Shape.DATE: "日期",
    Shape.MONTH: "年月",
    Shape.MONTH_DAY: "月日",
    Shape.PERIOD: "时段",
    Shape.YES_NO: "是/否",
    Shape.CHOICE: "选择",
    Shape.LINK: "关联",
}


def pages() -> dict[str, str]:
    """Return each generated page by file name."""
    return {
        "messages.md": messages(),
        "字段.md": field_tables(),
        "命令.md": commands(),
        "lint-rules.md": lint_rules(),
        "办文步骤.md": steps(),
        "办文步骤.svg": _beside("diagram").drawing(),
        **{name: "\n".join(lines) + "\n" for name, lines in _beside("kinds").kind_pages().items()},
    }


def messages() -> str:
    """Return the table of all faults: code, exit code, an example of the words, and what the class says."""
    shown = [(fault, _example(fault)) for fault in sorted(_faults(), key=lambda each: each.code)]
    rows = [
        f"| `{fault.code}` | {fault.exit_code} | {_cell(example)} | {_cell(_meaning(fault))} |"
        for fault, example in shown
        if example
    ]
    return _page(
        "Messages",
        "Every fault docgen reports. `code` and exit code are stable; 〈 〉 stands for a value of the fault.",
        ["| code | exit | message | meaning |", "|---|---|---|---|", *rows],
    )


def _faults() -> Iterator[type[DocgenError]]:
    for module in pkgutil.walk_packages(docgen.__path__, "docgen."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting = [DocgenError]
    seen = set()
    while waiting:
        fault = waiting.pop()
        waiting += fault.__subclasses__()
        if fault not in seen and "code" in vars(fault) and fault not in (DocgenError, Problems):
            seen.add(fault)
            yield fault


def _example(fault: type[DocgenError]) -> str:
    hints = get_type_hints(fault)
    made = fault(**{name: _stand_in(name, hints[name]) for name in fault.names})
    try:
        return str(made)
    except NotImplementedError:
        return ""


def _stand_in(name: str, hint: Any) -> Any:
    shown = f"〈{name}〉"
    if hint is int:
        return 2
    if "tuple" in str(hint):
        return (f"〈{name} 1〉", f"〈{name} 2〉")
    return shown if hint is str else _built(hint, shown)


def _built(hint: Any, shown: str) -> Any:
    """Return a value of a class of our own (a place in a template), filled with stand-ins."""
    kinds = get_type_hints(hint.__init__) if isinstance(hint, type) else {}  # type: ignore[misc]  # of the very class
    wanted = {name: kind for name, kind in kinds.items() if name != "return"}
    return hint(**{name: _stand_in(name, kind) for name, kind in wanted.items()}) if wanted else shown


def _meaning(fault: type[DocgenError]) -> str:
    return (fault.__doc__ or "").strip().splitlines()[0]


def field_tables() -> str:
    """Return a table of the columns of each data sheet."""
    lines: list[str] = []
    for record in BUILT_IN.types:
        lines += [
            "",
            f"## {record.sheet}（{record.title}）",
            "",
            "| 列 | 必填 | 填什么 | 说明 | 例 |",
            "|---|---|---|---|---|",
        ]
        lines += [_field_row(spec) for spec in fields_of(record)]
    return _page(
        "数据表的列", "每张数据表有哪些列、怎么填。表中可以另加其他列，模板和文种可以使用它们。", lines
    )


def _field_row(spec: FieldSpec) -> str:
    kind = _SHAPES[spec.shape] + ("，可多个，用顿号隔开" if spec.many else "")
    choices = "：" + "、".join(spec.offered) if spec.words else ""
    required = "是" if spec.required else ""
    also = f"台账中写 {'、'.join(spec.column.also)} 的也读" if spec.column.also else ""
    help_ = "；".join(filter(None, (spec.column.help, also)))
    cells = (spec.header, required, kind + choices, help_, spec.column.example)
    return "| " + " | ".join(_cell(each) for each in cells) + " |"


def lint_rules() -> str:
    """Return the table of the rules of `docgen lint`."""
    from docgen.lint.rule import SEVERITY_NAMES
    from docgen.lint.rules import RULES

    rows = [_rule_row(rule, SEVERITY_NAMES[rule.severity]) for rule in RULES]
    about = (
        f"`docgen lint` 的 {len(RULES)} 条规则。“错误”违反 GB/T 9704-2012，“警告”违反标准的推荐、标点数字用法或惯例，"
        "“提示”请人斟酌。例子里 ¶ 是分段，↓ 是软回车（Shift+Enter），…… 是略去的各段，"
        "末尾括号里是这一段的样子。在 docgen.toml 里可以关掉规则、改变容差：\n\n"
        '```toml\n[lint]\noff = ["title-shape"]\n\n[lint.tolerance]\nmargins = 2.0\n```'
    )
    head = [
        "| 规则 | 条款 | 级别 | 要素 | 要求 | 容差 | 怎么改 | 为什么 | 例（错 → 对） |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    return _page("检查规则", about, [*head, *rows])


def _rule_row(rule: Rule, severity: str) -> str:
    example = f"{rule.wrong} → {rule.right}"
    cells = (
        f"`{rule.id}`", rule.clause, severity, rule.element, rule.checks, _tolerance(rule.tolerance, rule.unit),
        rule.mend, rule.reason, example,
    )  # fmt: skip
    return "| " + " | ".join(_cell(each) for each in cells) + " |"


def _tolerance(value: float | None, unit: str) -> str:
    return "" if value is None else f"±{value:g} {unit}"


def steps() -> str:
    """Return the table of steps in the life of a document, and that of the rules on who may take them."""
    from docgen.model.roles import ROLES
    from docgen.register.life import DEEDS, STEPS, Duty

    rows = []
    for each in STEPS:
        needs = "；".join(need.value for need in each.needs) or "—"
        duties = "；".join(duty.value for duty in each.duties) or "—"
        before = "、".join(state.value for state in each.before)
        after = each.after.value if each.after else "不变"
        by = "、".join(each.by) or "—"
        rows.append(f"| {each.name} | {before} | {after} | {each.who} | {by} | {needs} | {duties} |")
    deeds = [
        f"| {each.name} | {each.who} | {'、'.join(each.by)} | {'可以放宽' if each.duties else '不能放宽'} |"
        for each in DEEDS
    ]
    roles = [f"| {each.body} | {each.name} | {'、'.join(each.capacities) or '—'} |" for each in ROLES]
    return _page(
        "办文步骤",
        "一件公文从拟稿到归档的每一步：在什么状态下可以办、办完是什么状态、由谁办、要具备什么、受哪些规则约束。",
        [
            "![办文步骤图](办文步骤.svg)",
            "",
            "| 步骤 | 此前状态 | 此后状态 | 由谁办 | 资格（有一项即可） | 要具备 | 规则 |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
            "不属于哪一件公文的登记：",
            "",
            "| 登记 | 由谁办 | 资格（有一项即可） | 资格能否放宽 |",
            "|---|---|---|---|",
            *deeds,
            "",
            "资格由人员表的“机制职务”而来，只认下面的名称和工作机制表中的“自定负责人”（与召集人相同）、“自定职务”（没有资格）：",
            "",
            "| 机构 | 机制职务 | 资格 |",
            "|---|---|---|",
            *roles,
            "",
            "规则可以用 `docgen doc loosen` 放宽，须写明原因并记入登记，从登记之时起有效。规则有：",
            "",
            *(f"- {each.value}" for each in Duty),
        ],
    )


def _beside(name: str) -> Any:
    """Return a module of this folder, which is no package."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", FOLDER / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands() -> str:
    """Return the help of every command."""
    from docgen.cli.main import docgen as group

    lines: list[str] = []
    for path, command, context in _commands(group, _context(group, "docgen", None)):
        lines += ["", f"## {path}", "", "```text", command.get_help(context).strip(), "```"]
    return _page("命令", "每条命令的用法，与 `--help` 显示的相同。", lines)


def _commands(
    command: click.Command, context: click.Context
) -> Iterator[tuple[str, click.Command, click.Context]]:
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below:
                yield from _commands(below, _context(below, name, context))


def _context(command: click.Command, name: str, parent: click.Context | None) -> click.Context:
    return command.context_class(command, info_name=name, parent=parent, **command.context_settings)


def _page(title: str, about: str, lines: list[str]) -> str:
    head = [f"# {title}", "", "<!-- 由 docs/build.py 生成，请勿直接修改 -->", "", about, ""]
    return "\n".join([*head, *lines]).rstrip() + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    _beside("page").write()
