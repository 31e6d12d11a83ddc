"""The papers of an archive: catalogue, cover and 备考表 (DA/T 22-2015), 著录 (DA/T 18-2022), reconciliation, handover.

Each is a ledger, which becomes a .docx and a workbook; dates and names of those who sign stay blank, to be written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from docgen.archive.codes import place_of
from docgen.archive.inventory import FILED, GONE, LEFT_OUT, ON_PAPER, REPLACED, VOID, Filed, Inventory
from docgen.archive.judging import NOT_JUDGED, Check, Judgement, Quality
from docgen.standard.build.ledger import Kind, Ledger, LedgerColumn, LedgerRow
from docgen.standard.measures.lengths import Mm

CATALOGUE_COLUMNS: Final = (
    LedgerColumn("序号", Mm(10), Kind.COUNT),
    LedgerColumn("档号", Mm(54)),
    LedgerColumn("文号", Mm(41)),
    LedgerColumn("责任者", Mm(32)),
    LedgerColumn("题名", Mm(67)),
    LedgerColumn("日期", Mm(21), Kind.WORD),
    LedgerColumn("密级", Mm(9), Kind.WORD),
    LedgerColumn("页数", Mm(10), Kind.COUNT),
    LedgerColumn("备注", Mm(21)),
)
DESCRIPTION_COLUMNS: Final = (
    LedgerColumn("档号", Mm(54)),
    LedgerColumn("题名", Mm(46)),
    LedgerColumn("责任者", Mm(28)),
    LedgerColumn("文号", Mm(28)),
    LedgerColumn("日期", Mm(21), Kind.WORD),
    LedgerColumn("文种", Mm(15), Kind.WORD),
    LedgerColumn("密级", Mm(9), Kind.WORD),
    LedgerColumn("保管\n期限", Mm(10), Kind.WORD),
    LedgerColumn("页数", Mm(9), Kind.COUNT),
    LedgerColumn("开放\n标识", Mm(11), Kind.WORD),
    LedgerColumn("沿革", Mm(34)),
)
COUNT_COLUMNS: Final = (
    LedgerColumn("序号", Mm(10), Kind.COUNT),
    LedgerColumn("文号", Mm(40), struck=True),
    LedgerColumn("去向", Mm(14), Kind.WORD),
    LedgerColumn("档号", Mm(54)),
    LedgerColumn("题名", Mm(58)),
    LedgerColumn("应有材料", Mm(26)),
    LedgerColumn("实有材料", Mm(26)),
    LedgerColumn("原因、说明", Mm(37)),
)
TRANSFER_COLUMNS: Final = (
    LedgerColumn("序号", Mm(10), Kind.COUNT),
    LedgerColumn("档号", Mm(54)),
    LedgerColumn("题名", Mm(71)),
    LedgerColumn("文号", Mm(41)),
    LedgerColumn("日期", Mm(21), Kind.WORD),
    LedgerColumn("保管\n期限", Mm(13), Kind.WORD),
    LedgerColumn("页数", Mm(10), Kind.COUNT),
    LedgerColumn("文件\n个数", Mm(11), Kind.COUNT),
    LedgerColumn("字节数", Mm(18), Kind.WORD),
    LedgerColumn("备注", Mm(16)),
)
REPORT_COLUMNS: Final = (
    LedgerColumn("序号", Mm(10), Kind.COUNT),
    LedgerColumn("检测方面", Mm(20), Kind.WORD),
    LedgerColumn("检测项目", Mm(62)),
    LedgerColumn("数量", Mm(16), Kind.COUNT),
    LedgerColumn("结果", Mm(22), Kind.WORD),
    LedgerColumn("不符之处、说明", Mm(135)),
)
FACT_COLUMNS: Final = (LedgerColumn("项目", Mm(50), Kind.WORD), LedgerColumn("内容", Mm(215)))
_SIGNED: Final = "整理人（签字）：　　　　　　　　　整理日期：　　　　年　　月　　日"
_CHECKED: Final = "检查人（签字）：　　　　　　　　　检查日期：　　　　年　　月　　日"


def reconciliation(inventory: Inventory) -> Ledger:
    """Return what became of every number of the year, and of the papers that each document must have."""
    rows = tuple(
        LedgerRow(
            (
                place, each.number, each.standing, each.archived, each.title,
                "、".join(each.needed), "、".join(each.present), each.reason,
            ),
            void=each.standing == VOID,
        )
        for place, each in enumerate(inventory.counted, 1)
    )  # fmt: skip
    changes = (f"这一版（第{inventory.version}版）与上一版相比：{'；'.join(inventory.changes)}。",)
    notes = (totals(inventory), *(changes if inventory.changes else ()), *_left_out(inventory))
    return _ledger(inventory, "归档核对表", COUNT_COLUMNS, rows, (*notes, _SIGNED, _CHECKED))


def totals(inventory: Inventory) -> str:
    """Return in a sentence what became of the numbers."""
    sums: Counter[str] = Counter()
    for each in inventory.counted:
        sums[each.standing] += each.last - each.first + 1
    order = (FILED, REPLACED, VOID, ON_PAPER, LEFT_OUT, GONE)
    said = "，".join(f"{name}{sums[name]}个" for name in order if sums[name])
    whole = "" if sums[LEFT_OUT] or sums[GONE] else "，没有下落不明的文号"
    return f"本年共{sum(sums.values())}个文号：{said or '没有文号'}{whole}。"


def _left_out(inventory: Inventory) -> tuple[str, ...]:
    out = [each for each in inventory.counted if each.is_open]
    return tuple(f"没有归入本包：{each.number}，{each.reason}。" for each in out)


def catalogue(inventory: Inventory, retention: str) -> Ledger:
    """Return the catalogue of the documents of a retention (归档文件目录), a row each, and their pages."""
    filed = of_retention(inventory, retention)
    rows = tuple(
        LedgerRow(
            (
                place, each.code, each.number, each.author, titled(each), each.dated.replace("-", ""),
                each.secrecy, each.pages, each.remark,
            )
        )
        for place, each in enumerate(filed, 1)
    )  # fmt: skip
    below = (f"共{len(filed)}件、{sum(each.pages for each in filed)}页。",)
    return _ledger(inventory, f"归档文件目录（{retention}）", CATALOGUE_COLUMNS, rows, below)


def titled(each: Filed) -> str:
    """Return the title of a document; one that says nothing alone gets words of the archivist's own, in brackets."""
    return each.title if len(each.title) > len(each.kind) else f"{each.title}[致{each.addressee or '各单位'}]"


def cover(inventory: Inventory, retention: str) -> Ledger:
    """Return the cover of the catalogue of a retention."""
    series, filed = inventory.series, of_retention(inventory, retention)
    days = sorted(each.dated for each in filed)
    facts = (
        ("全宗号", series.fonds),
        ("全宗名称", series.fonds_name),
        ("年度", str(series.year)),
        ("保管期限", retention),
        ("机构（问题）", series.department_name),
        ("件数、页数", f"{len(filed)}件、{sum(each.pages for each in filed)}页"),
        ("起止档号", _span(filed)),
        ("起止日期", f"{days[0]} 至 {days[-1]}" if days else ""),
    )
    return _facts(inventory, "归档文件目录封面", facts, ())


def box_note(inventory: Inventory, retention: str) -> Ledger:
    """Return the 备考表 of the documents of a retention."""
    filed = of_retention(inventory, retention)
    pieces = Counter(one.role for each in filed for one in each.files)
    replaced = [f"{each.number}：{each.remark}" for each in filed if each.remark]
    open_ = [f"{each.number}：{each.reason}" for each in inventory.counted if each.is_open]
    facts = (
        (
            "盒内文件情况",
            f"{len(filed)}件、{sum(each.pages for each in filed)}页；电子文件每件有正本和 PDF/A-2b 版本",
        ),
        ("材料", "、".join(f"{role}{count}个" for role, count in sorted(pieces.items()))),
        ("本年没有归入的", "；".join(open_) or "无"),
        ("需说明的", "；".join(replaced) or "无"),
    )
    return _facts(inventory, f"备考表（{retention}）", facts, (_SIGNED, _CHECKED))


def description(inventory: Inventory) -> Ledger:
    """Return the descriptions of all documents (著录)."""
    rows = tuple(
        LedgerRow(
            (
                each.code, titled(each), each.author, each.number, each.dated.replace("-", ""), each.kind,
                each.secrecy, each.retention, each.pages, each.openness, each.history,
            )
        )
        for each in by_code(inventory)
    )  # fmt: skip
    return _ledger(inventory, "著录", DESCRIPTION_COLUMNS, rows, ())


def transfer_list(inventory: Inventory) -> Ledger:
    """Return the list of a handover (DA/T 93-2022: 移交目录)."""
    rows = tuple(
        LedgerRow(
            (
                place, each.code, titled(each), each.number, each.dated.replace("-", ""), each.retention, each.pages,
                len(each.files), str(sum(one.size for one in each.files)), each.remark,
            )
        )
        for place, each in enumerate(by_code(inventory), 1)
    )  # fmt: skip
    below = (f"共{len(rows)}件。与移交登记表一式两份，移交单位、接收单位各存一份。",)
    return _ledger(inventory, "电子档案移交目录", TRANSFER_COLUMNS, rows, below)


def of_retention(inventory: Inventory, retention: str) -> list[Filed]:
    """Return the documents of a retention, in the order of their codes."""
    return [each for each in by_code(inventory) if each.retention == retention]


def by_code(inventory: Inventory) -> list[Filed]:
    """Return all documents in the order of their codes; the bag has them by date."""
    return sorted(inventory.filed, key=lambda each: place_of(each.code))


def _facts(
    inventory: Inventory, name: str, facts: Sequence[tuple[str, str]], below: tuple[str, ...]
) -> Ledger:
    rows = tuple(LedgerRow(each) for each in facts)
    return _ledger(inventory, name, FACT_COLUMNS, rows, below)


def _ledger(
    inventory: Inventory,
    name: str,
    columns: tuple[LedgerColumn, ...],
    rows: tuple[LedgerRow, ...],
    below: tuple[str, ...],
) -> Ledger:
    series = inventory.series
    title = f"{series.year}年{name}"
    above = (f"全宗：{series.fonds}　{series.fonds_name}", f"第{inventory.version}版")
    return Ledger(title, above, columns, rows, below, f"{title}　第{inventory.version}版", "没有文件")


def receipt(inventory: Inventory, judgement: Judgement) -> Ledger:
    """Return the form that both sides of a handover sign (电子档案移交与接收登记表, DA/T 93-2022)."""
    series, filed = inventory.series, inventory.filed
    files = [one for each in filed for one in each.files]
    checked = [
        (f"{quality.value}检验", "；".join(f"{each.what}：{each.result}" for each in found))
        for quality in Quality
        if (found := [each for each in judgement.checks if each.quality is quality])
    ]
    facts = (
        ("移交单位", inventory.organ),
        ("接收单位", ""),
        ("全宗号、全宗名称", f"{series.fonds}　{series.fonds_name}"),
        ("内容", f"{series.year}年归档公文（第{inventory.version}版）"),
        ("数量", f"{len(filed)}件，{len(files)}个文件，{sum(each.size for each in files)}字节"),
        ("起止档号", _span(by_code(inventory))),
        ("档案包", f"{inventory.name}，清单摘要 {judgement.digest}"),
        ("格式", "、".join(sorted({one.path.rpartition(".")[2] for one in files}))),
        ("载体、移交方式", ""),
        *checked,
        ("接收单位检验情况", ""),
        ("移交单位（盖章）", "移交人：　　　　　　　　　　　　　　　年　　月　　日"),
        ("接收单位（盖章）", "接收人：　　　　　　　　　　　　　　　年　　月　　日"),
    )
    return _facts(inventory, "电子档案移交与接收登记表", facts, ("一式两份，移交单位、接收单位各存一份。",))


def _span(filed: Sequence[Filed]) -> str:
    return f"{filed[0].code} 至 {filed[-1].code}" if filed else ""


def report(judgement: Judgement, day: str) -> Ledger:
    """Return what was found of a bag, as it is printed: a row a check with every fault of it.

    Args:
        judgement: of the bag.
        day: when it was judged, in words.
    """
    rows = tuple(
        LedgerRow((place, each.quality.value, each.what, each.count, each.result, _said(each)))
        for place, each in enumerate(judgement.checks, 1)
    )
    name = judgement.inventory.name if judgement.inventory else judgement.folder.name
    faults = len(judgement.faults)
    result = f"共{faults}处不符" if faults else "没有发现不符"
    below = (
        f"核对文件{judgement.files}个、{judgement.size}字节，{result}。清单摘要 {judgement.digest}。",
        f"没有检验的：{'；'.join(NOT_JUDGED)}。",
        _CHECKED,
    )
    title = "电子档案四性检测报告"
    above = f"档案包：{name}", f"检测日期：{day}"
    return Ledger(title, above, REPORT_COLUMNS, rows, below, f"{title}　{name}")


def _said(check: Check) -> str:
    return "\n".join((*map(str, check.faults), *check.notes))
