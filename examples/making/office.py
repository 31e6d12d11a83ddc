"""What the example mechanisms have in common: departments of a place, their people, the usual approvals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from making.common import Names, Row, table

_DEPARTMENTS = """
发改委 | 发展和改革委员会
自然资源局 | 自然资源局
住建局 | 住房和城乡建设局
生态环境局 | 生态环境局
水利局 | 水利局
林草局 | 林业和草原局
农牧局 | 农牧局
交通运输局 | 交通运输局
工信局 | 工业和信息化局
能源局 | 能源局
财政局 | 财政局
商务局 | 商务局
文旅局 | 文化和旅游局
应急局 | 应急管理局
卫健委 | 卫生健康委员会
教体局 | 教育体育局
政务服务局 | 行政审批和政务服务局
国动办 | 国防动员办公室
气象局 | 气象局
"""
DEPARTMENTS = dict(line.split(" | ") for line in _DEPARTMENTS.strip().splitlines())

_ITEMS = """
事项 | 单位 | 上级 | 法定时限 | 阶段 | 适用 | 省略 | 字 | 主要要件 | 不办理由 | 依据
立项（审批） | 发改委 |  | 20 | 立项用地规划许可 | 政府投资 | 0 | 发改审字 | 可行性研究报告、资金来源证明 | | 《政府投资条例》第九条
立项（备案） | 发改委 |  | 0 | 立项用地规划许可 | 企业投资 | 0 | 发改备字 | 企业投资项目备案表 | | 《企业投资项目核准和备案管理条例》第十三条
用地预审与选址意见书 | 自然资源局 |  | 20 | 立项用地规划许可 | | 0.1 | 自然资预字 | 勘测定界图、节约集约用地论证材料 | 不新增建设用地 | 《土地管理法》第五十二条
林地征占用审核 | 林草局 | 自治区 | 20 | 立项用地规划许可 | | 0.55 | 林资许准字 | 使用林地可行性报告、现场查验表 | 不占用林地 | 《森林法》第三十七条
草地征占用审核 | 林草局 | 自治区 | 20 | 立项用地规划许可 | | 0.55 | 林草许准字 | 草原征占用申请表、植被恢复方案 | 不占用草原 | 《草原法》第三十八条
新增建设用地审批 | 自然资源局 | 自治区 |  | 立项用地规划许可 | | 0.3 | 政土发字 | 一书四方案、占补平衡承诺书 | 利用存量建设用地 | 《土地管理法》第四十四条
建设用地规划许可 | 自然资源局 |  | 20 | 立项用地规划许可 | | 0.1 | 地字第 | 用地批准文件、宗地图 | 不新增建设用地 | 《城乡规划法》第三十七条
节能审查 | 发改委 | 自治区 | 20 | 立项用地规划许可 | | 0.4 | 发改能审字 | 节能报告、能耗指标来源说明 | 年综合能耗不足1000吨标准煤 | 《节约能源法》第十五条
环境影响评价 | 生态环境局 |  | 30 | 工程建设许可 | | 0.05 | 环审字 | 环境影响报告表、公众参与说明 | 按名录不纳入环评管理 | 《环境影响评价法》第二十二条
水土保持方案 | 水利局 |  | 10 | 工程建设许可 | | 0.15 | 水保许字 | 水土保持方案报告书、专家评审意见 | 占地不足5000平方米 | 《水土保持法》第二十五条
取水许可 | 水利局 |  | 45 | 工程建设许可 | | 0.6 | 水政许字 | 水资源论证报告书、退水协议 | 使用城镇公共供水 | 《取水许可和水资源费征收管理条例》第十九条
建设工程规划许可 | 自然资源局 |  | 20 | 工程建设许可 | | 0.05 | 建字第 | 总平面图、设计方案审查意见 | 不涉及新建建筑物 | 《城乡规划法》第四十条
施工许可 | 住建局 |  | 7 | 施工许可 | | 0.05 | 施许字 | 施工合同、施工图审查合格书 | 由行业主管部门办理开工备案 | 《建筑法》第七条
"""


@dataclass
class Place:
    """A place with its mechanism: how its units and levels are called.

    Args:
        letter: of the example.
        full: before full names of departments, 青岚市.
        short: before short names, 市.
        level: 县级 or 市级 as sheets of this place write it.
        upper: departments of upper levels that decide some items: short prefix, full prefix and level, by key of `上级`.
    """

    letter: str
    full: str
    short: str
    level: str
    upper: dict[str, tuple[str, str, str]]
    names: Names = field(init=False)
    units: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    since: str = "2025-01-01"

    def __post_init__(self) -> None:
        """Begin the names."""
        self.names = Names(self.letter)

    def unit(self, name: str, full: str, roles: str, level: str | None = None, also: str = "") -> str:
        """Add a unit and return its short name."""
        row: Row = {
            "序号": len(self.units) + 1, "单位全称": full, "规范化简称": name, "层级": level or self.level, "角色": roles,
        }  # fmt: skip
        if (level or self.level) == self.level:
            row["联系电话"] = f"0990-6{ord(self.letter) % 10}0{len(self.units) + 1001:04}"
        self.units.append({**row, **({"其他称呼": also} if also else {})})
        return name

    def departments(self, roles: dict[str, str]) -> None:
        """Add departments of the place with their roles."""
        for name, role in roles.items():
            self.unit(f"{self.short}{name}", f"{self.full}{DEPARTMENTS[name]}", role)

    def person(self, unit: str, post: str, role: str = "", name: str | None = None, **more: Any) -> str:
        """Add a person and return the name; `name=""` for a seat that a post holds."""
        given = self.names.next() if name is None else name
        row: Row = {"序号": len(self.people) + 1, "单位": unit, "职务": post, "任职起": self.since, **more}
        if given:
            row |= {"姓名": given, "联系电话": f"0990-6{ord(self.letter) % 10}0{len(self.people) + 5001:04}"}
        if role:
            row["机制职务"] = role
        self.people.append(row)
        return given

    def items(self, leave_out: tuple[str, ...] = ()) -> list[Row]:
        """Return the usual items with the units of this place and above, upper units added; `省略` and `字` stay."""
        made: list[Row] = []
        for row in table(_ITEMS):
            if row["事项"] in leave_out:
                continue
            unit, level = f"{self.short}{row['单位']}", self.level
            if row.get("上级") in self.upper:
                short, full, level = self.upper[row["上级"]]
                unit = f"{short}{_upper_name(row['单位'])}"
                if unit not in {each["规范化简称"] for each in self.units}:
                    self.unit(unit, f"{full}{_upper_full(row['单位'])}", "审批单位", level)
            made.append({
                "序号": len(made) + 1, "事项名称": row["事项"], "通常审批单位": unit, "层级": level,
                "法定时限": row.get("法定时限"), "法定时限单位": "工作日", "阶段": row["阶段"], "适用": row.get("适用"),
                "主要要件": row["主要要件"], "是否许可": "是", "计入办结率": "是", "依据": row["依据"],
                "存疑": "示例所填，请按本地办事指南核对", "省略": row["省略"], "字": row["字"], "不办理由": row.get("不办理由"),
            })  # fmt: skip
        return [{key: value for key, value in row.items() if value is not None} for row in made]


def columns(items: list[Row]) -> list[Row]:
    """Return items as their sheet holds them, without what only paces approvals."""
    return [
        {key: value for key, value in row.items() if key not in {"省略", "字", "不办理由"}} for row in items
    ]


def _upper_name(name: str) -> str:
    return {"自然资源局": "自然资源厅", "林草局": "林草局", "发改委": "发改委"}[name]


def _upper_full(name: str) -> str:
    return {"自然资源局": "自然资源厅", "林草局": "林业和草原局", "发改委": "发展和改革委员会"}[name]


def projects(text: str, year: int, district_level: str, region: str) -> list[Row]:
    """Return projects from short lines, with codes, serials and what follows from the rest.

    Args:
        text: a table with 名称, 类型 (政 or 企), 行业, 所属, 地点, 总, 年, 内容, 业主, 牵头, 配合, 立项, 开工, 竣工,
            阶段, 进度 and 管家.
        year: of the list.
        district_level: what 项目级别 is.
        region: six digits of the project codes.
    """
    made = []
    for number, row in enumerate(table(text), start=1):
        enterprise = row["类型"] == "企"
        total = float(row["总"])
        state = "已开工" if row["阶段"] == "终稿" and float(row["进度"]) >= 0.95 else "未开工"
        made.append({
            "序号": number, "项目名称": row["名称"],
            "国家项目代码": f"{year % 100 - 1}{1 + number * 5 % 12:02}-{region}-04-01-{100003 + number * 7919 % 899999}",
            "项目类型": "企业投资" if enterprise else "政府投资", "行业": row["行业"], "建设性质": "新建",
            "项目级别": district_level, "所属县区": row["所属"], "建设地点": row["地点"], "总投资": row["总"],
            "本年计划完成投资": row["年"], "建设内容及规模": row["内容"],
            **({"银行贷款": f"{total * 0.7:.2f}", "企业自筹": f"{total - round(total * 0.7, 2):.2f}"} if enterprise else
               {"专项债": f"{total * 0.6:.2f}", "市级资金": f"{total - round(total * 0.6, 2):.2f}"}),
            "项目业主": row["业主"], "牵头单位": row["牵头"], "配合单位": row.get("配合"), "主管部门": row["牵头"].split("、")[0],
            "立项部门": row["立项"], "清单阶段": row["阶段"], "计划开工": row["开工"], "计划竣工": row["竣工"],
            "项目状态": state, "项目管家": row.get("管家"), "进度": row["进度"],
        })  # fmt: skip
    return [{key: value for key, value in row.items() if value is not None} for row in made]


def without_pace(rows: list[Row]) -> list[Row]:
    """Return projects as their sheet holds them."""
    return [{key: value for key, value in row.items() if key != "进度"} for row in rows]


def mechanism(text: str) -> list[Row]:
    """Return the one row of the mechanism's sheet from lines `label | value`."""
    lines = (line.split("|", 1) for line in text.strip().splitlines() if line.strip())
    return [{label.strip(): value.strip() for label, value in lines}]
