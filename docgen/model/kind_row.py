"""What an office sets for each kind of document (文种, 文种设置)."""

from __future__ import annotations

from typing import Annotated, ClassVar

from docgen.model.fields import Column, Record
from docgen.model.limits import Ge, Le, MaxLen
from docgen.model.values import Reach, Retention


class KindRow(Record):
    """A kind of document with the settings that every kind has."""

    sheet: ClassVar[str] = "文种"
    title: ClassVar[str] = "文种"
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("kind",),)

    kind: Annotated[
        str,
        MaxLen(20),
        Column("文种", "如 告知函、通报；有哪些用 docgen kind list 查看", 18, example="告知函"),
    ]
    code: Annotated[
        str | None,
        MaxLen(20),
        Column("机关代字", "文号中年份前面的字；不编文号的不填", 16, example="澄联审办函"),
    ] = None
    copies: Annotated[
        tuple[str, ...],
        Column(
            "抄送",
            "单位、机制职务，或 项目管家、项目业主、牵头单位；不在单位表中的机关加引号，如 “县政府督查室”；用顿号隔开",
            40,
            example="项目管家、项目业主",
        ),
    ] = ()
    reach: Annotated[
        Reach, Column("主送范围", "是否也发给上级单位，不填为本级及以下", 14, may_be_blank=True)
    ] = Reach.OWN_LEVEL
    to_host: Annotated[
        bool, Column("是否发承办单位", "是否也发给办公室所在的单位，不填为否", 12, may_be_blank=True)
    ] = False
    grouping: Annotated[
        str | None,
        MaxLen(20),
        Column(
            "合并方式",
            "几件事怎样合成一件，不填的按文种本来的方式；各文种可以填的见 docgen kind show",
            12,
            suggestions=("逐项", "合并", "按单位", "按项目", "全办公室"),
        ),
    ] = None
    copies_count: Annotated[
        int | None,
        Ge(1),
        Le(9999),
        Column("份数", "每件印制的份数，申请用印时不写份数的按它", 8, example="5"),
    ] = None
    retention: Annotated[Retention | None, Column("保管期限", "归档后保管多久", 10, example="30年")] = None
    remark: Annotated[str | None, MaxLen(300), Column("备注", "可不填", 20, long=True)] = None


class KindSetting(Record):
    """One setting of one kind of document that other kinds do not have; what it may be the kind says."""

    sheet: ClassVar[str] = "文种设置"
    title: ClassVar[str] = "文种设置"
    optional_sheet: ClassVar[bool] = True
    unique: ClassVar[tuple[tuple[str, ...], ...]] = (("kind", "name"),)

    kind: Annotated[str, MaxLen(20), Column("文种", "如 告知函、通报", 18, example="告知函")]
    name: Annotated[str, MaxLen(20), Column("设置", "设置的名称", 20, example="反馈工作日")]
    value: Annotated[str, MaxLen(200), Column("值", "设置的内容", 20, example="3")]
    remark: Annotated[str | None, MaxLen(300), Column("说明", "可不填", 48, long=True)] = None
