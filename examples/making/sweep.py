"""The projects of example D's sweep and what they lack: 465 of ten years, made from places, works and a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from making.common import Row, table, workdays_after

TODAY = date(2025, 8, 18)
PROJECTS = 465
_PLACES = (
    "宝日图镇",
    "东乌拉镇",
    "白音查苏木",
    "红柳苏木",
    "沙力嘎苏木",
    "查干苏木",
    "胡日哈苏木",
    "工业园区",
)
_VILLAGES = ("巴彦嘎查", "新立嘎查", "东风嘎查", "哈达嘎查", "向阳村", "柳树村", "二道沟村", "西井村")
_BUILT = """
内容 | 行业 | 类型 | 牵头 | 立项 | 规模 | 总
肉牛育肥场项目 | 农牧 | 企 | 旗农牧局 | 旗发改委 | 建设存栏{n}00头育肥牛舍及饲草库 | 0.3
肉羊标准化养殖场项目 | 农牧 | 企 | 旗农牧局 | 旗发改委 | 建设存栏{n}000只标准化羊舍 | 0.2
饲草料加工项目 | 农牧 | 企 | 旗农牧局 | 旗工信局 | 年加工饲草料{n}000吨 | 0.25
高标准农田建设项目 | 农牧 | 政 | 旗农牧局 | 旗发改委 | 建设高标准农田{n}000亩，配套机井和输电线路 | 0.4
人饮安全巩固提升工程 | 水利 | 政 | 旗水利局 | 旗发改委 | 新建水源井{n}眼，铺设管网 | 0.15
灌区节水改造工程 | 水利 | 政 | 旗水利局 | 旗发改委 | 衬砌渠道{n}公里，改造建筑物 | 0.5
供热管网改造工程 | 市政 | 政 | 旗住建局 | 旗发改委 | 改造供热管网{n}公里、换热站 | 0.6
污水处理设施项目 | 市政 | 政 | 旗住建局 | 旗发改委 | 建设日处理{n}00吨污水处理设施 | 0.35
建材加工项目 | 工业 | 企 | 旗工信局 | 旗工信局 | 年产新型墙体材料{n}万立方米 | 0.8
萤石粉加工项目 | 工业 | 企 | 旗工信局 | 旗工信局 | 年加工萤石粉{n}万吨 | 1.1
分散式风电项目 | 能源 | 企 | 旗发改委 | 旗发改委 | 安装风机{n}台及集电线路 | 1.8
防沙治沙工程 | 生态 | 政 | 旗林草局 | 旗发改委 | 治理沙地{n}000亩 | 0.3
"""
_OWNERS = (
    "乳源牧业",
    "恒筑建材",
    "草原绿丰农业",
    "金沙矿业",
    "牧歌食品",
    "沐风新能源",
    "蓝泉水务",
    "安居建设",
)


def registered() -> Iterator[Row]:
    """Yield the projects registered from 2016 to 2025, in the order of their years."""
    steps = random.Random("d465")  # noqa: S311  # nothing secret
    found = list(product(_PLACES, _VILLAGES, table(_BUILT)))
    steps.shuffle(found)
    years = sorted(2016 + steps.randrange(10) for _ in range(PROJECTS))
    for number, (year, (town, village, built)) in enumerate(zip(years, found, strict=False), start=1):
        enterprise, size = built["类型"] == "企", 2 + steps.randrange(18)
        total = round(float(built["总"]) * (0.5 + size / 10), 2)
        serial = f"{100003 + number * 7919 % 899999}"
        code = (
            f"{year}-150997-44-03-{serial}"
            if year < 2021
            else f"{year % 100}{1 + number % 12:02}-150997-04-01-{serial}"
        )
        owner = (
            f"宝日图旗{_OWNERS[number % len(_OWNERS)]}有限公司"
            if enterprise
            else built["牵头"].replace("旗", "宝日图旗", 1)
        )
        yield {
            "序号": number, "项目名称": f"{town}{village}{built['内容']}", "国家项目代码": code,
            "项目类型": "企业投资" if enterprise else "政府投资", "行业": built["行业"], "建设性质": "新建", "项目级别": "旗县级",
            "所属县区": "宝日图旗", "建设地点": f"{town}{village}", "总投资": f"{total:.2f}",
            "建设内容及规模": built["规模"].format(n=size), "项目业主": owner, "牵头单位": built["牵头"], "主管部门": built["牵头"],
            "立项部门": built["立项"], "代办单位": "旗政务服务局" if number % 3 else None, "清单阶段": "终稿",
            "项目状态": "已开工" if number in BEGUN or (steps.random() >= 0.4 and number not in UNBUILT) else "未开工", "+立项年份": year,
        }  # fmt: skip


UNBUILT, BEGUN = (17, 203), (88,)
"""Those that are removed: never built, and built by a process that is not allowed any more."""


def lacking(projects: Sequence[Row], items: Sequence[Row], clerk: dict[str, str]) -> Iterator[Row]:
    """Yield what projects lack, one or two approvals each, and of some what they have."""
    steps = random.Random("d1")  # noqa: S311  # nothing secret
    for project in projects:
        picked = sorted(steps.sample(range(len(items)), 1 + steps.randrange(2)))
        fixed = _FIXED.get(project["序号"])
        if fixed:
            picked = sorted({*picked, next(at for at, each in enumerate(items) if each["事项名称"] == fixed)})
        for at in picked:
            item = items[at]
            row: Row = {"项目": project["序号"], "审批事项": item["事项名称"]}
            if item["事项名称"] == fixed:
                yield {
                    **row,
                    "状态": "组卷中",
                    "组卷情况": "材料正在汇总",
                    "责任人": clerk.get(item["通常审批单位"]),
                }
            else:
                yield row | _standing(item, clerk, steps)


_FIXED = {3: "新增建设用地审批", 41: "水土保持方案", 120: "环境影响评价", 266: "建设工程规划许可", 52: "林地征占用审核",
          133: "施工许可", 310: "草地征占用审核", 5: "环境影响评价", 24: "水土保持方案"}  # fmt: skip
"""Approvals that the year speaks of."""
_PROMISES = ("2025-09-30", "2025-10-31", "2025-11-28", "2025-11-28", *["2025-12-26"] * 8)
_REASONS = ("资金没有落实", "业主变更设计", "征地补偿没有完成", "要件正在编制")


def _standing(item: Row, clerk: dict[str, str], steps: random.Random) -> Row:
    """Return how an approval stands in the middle of August: a quarter done long ago, the others on their way."""
    luck, person = steps.random(), clerk.get(item["通常审批单位"])
    if luck < 0.15:
        day = date(2018 + steps.randrange(7), 1 + steps.randrange(12), 10)
        return {"状态": "办结", "申报日期": day, "受理日期": day, "办结日期": workdays_after(day, 8),
                "证照编号": f"{item['字']}〔{day.year}〕{11 + steps.randrange(160)}号"}  # fmt: skip
    if luck < 0.4:
        return _accepted(item, person, steps)
    if luck < 0.45:
        day = workdays_after(date(2025, 7, 28), steps.randrange(12))
        lacking = item["主要要件"].split("、")[-1]
        above = {"初审日期": min(workdays_after(day, 3), TODAY)} if item["层级"] == "自治区级" else {}
        return {
            "状态": "补正",
            "申报日期": day,
            "责任人": person,
            "缺少要件": lacking,
            "审批环节": "等待补正",
            **above,
        }
    if luck < 0.7:
        return {
            "状态": "组卷中",
            "组卷情况": "材料正在汇总",
            "责任人": person,
            "计划办结": steps.choice(_PROMISES[1:]),
        }
    return {"状态": "未申报", "当前卡点": steps.choice(_REASONS)}


def _accepted(item: Row, person: str | None, steps: random.Random) -> Row:
    """Return an approval that was accepted since July; those for the region's organs were sent up in time, but for a few."""
    day = workdays_after(date(2025, 7, 14), steps.randrange(20))
    until, luck = steps.choice(_PROMISES), steps.random()
    row: Row = {"状态": "已受理", "申报日期": day, "受理日期": day, "责任人": person, "计划办结": until, "审批环节": "审查",
                "+线上办理": "是"}  # fmt: skip
    sent = workdays_after(day, 4)
    if item["层级"] == "自治区级" and sent < TODAY and luck > 0.05:
        row |= {
            "状态": "上报上级",
            "初审日期": workdays_after(day, 3),
            "转报日期": sent,
            "审批环节": "上级审查",
            "计划办结": "2025-12-26",
        }
    return row
