"""Records: their declarations, their links and the ways to find one among them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import pytest
from annotated_types import Ge as ForeignGe
from pydantic_core import ValidationError

from docgen.errors import WRONG_USE
from docgen.model.approval import Approval
from docgen.model.faults import AmbiguousName, UnknownName
from docgen.model.fields import Linked, Origin, Record, Shape, field_of, fields_of, label_of, labels_of
from docgen.model.item import Item
from docgen.model.kind_row import KindRow, KindSetting
from docgen.model.limits import Ge, check_of
from docgen.model.mechanism import DeadlineRule
from docgen.model.member import Member, Person
from docgen.model.project import Project
from docgen.model.records import Records, people_of
from docgen.model.schema import BUILT_IN
from docgen.model.spans import Month, MonthDay
from docgen.model.unit import Unit
from docgen.model.values import ApprovalState, Half, Level, ListStage, ProjectType, StartingPoint, UnitRole


def unit(order: int, name: str, short: str, *aliases: str) -> Unit:
    return Unit(
        order=order,
        name=name,
        short_name=short,
        aliases=aliases,
        level=Level.COUNTY,
        roles=(UnitRole.MEMBER,),
    )


def project(number: int, name: str, **more: Any) -> Project:
    return Project(number=number, name=name, type=ProjectType.ENTERPRISE, stage=ListStage.FINAL, **more)


UNITS = (unit(1, "澄湖县发展和改革委员会", "县发改委", "县发改局"), unit(2, "澄湖县水利局", "县水利局"))
ITEMS = (
    Item(order=2, name="节能审查", unit=UNITS[0], level=Level.COUNTY),
    Item(order=1, name="取水许可", unit=UNITS[1], level=Level.CITY),
)
PROJECTS = (
    project(1, "供水管网改造一期"),
    project(2, "供水管网改造二期"),
    project(12, "风电", code="2601-990124-04-01-123456"),
)
APPROVALS = tuple(
    Approval(project=PROJECTS[0], item=item, state=ApprovalState.NOT_SUBMITTED) for item in ITEMS
)
RECORDS = Records(
    {
        Unit: UNITS,
        Project: PROJECTS,
        Approval: APPROVALS,
        KindRow: (
            KindRow(kind="告知函", code="澄联审办函", copies=("项目管家", "项目业主")),
            KindRow(kind="一次性告知书"),
        ),
        KindSetting: (KindSetting(kind="告知函", name="反馈工作日", value="3"),),
    }
)


@pytest.mark.parametrize("record", BUILT_IN.types, ids=lambda each: each.__name__)
def test_the_labels_of_a_record_are_its_own(record: type[Record]) -> None:
    labels = [spec.label for spec in fields_of(record)]
    assert len(set(labels)) == len(labels)
    assert all(spec.shape in Shape for spec in fields_of(record))


@pytest.mark.parametrize("record", BUILT_IN.types, ids=lambda each: each.__name__)
def test_keys_and_links_are_declared_fields_of_earlier_types(record: type[Record]) -> None:
    assert all(field_of(record, name) for group in record.unique for name in group)
    earlier = {Person, *BUILT_IN.types[: BUILT_IN.types.index(record)]}
    assert {spec.type for spec in fields_of(record) if issubclass(spec.type, Linked)} <= earlier


def test_a_header_is_the_label_with_its_unit_of_measure() -> None:
    assert field_of(Project, "total_investment").header == "总投资（亿元）"
    assert label_of(Project, "total_investment") == "总投资"
    assert "总投资（亿元）" not in {spec.label for spec in fields_of(Project)}


def test_a_record_never_changes() -> None:
    with pytest.raises(AttributeError):
        PROJECTS[0].name = "改名"  # type: ignore[misc]


def test_records_are_equal_by_their_fields_wherever_they_were_read() -> None:
    other = UNITS[1].model_copy(update={"origin": Origin("单位", 4, {"name": "B"})})
    assert other == UNITS[1]
    assert hash(other) == hash(UNITS[1])
    assert UNITS[0] != UNITS[1]
    assert UNITS[0] != "县发改委"


def test_an_origin_names_the_cell_the_row_or_the_sheet() -> None:
    row, form = Origin("项目", 5, {"name": "K"}), Origin("工作机制", 0, {"name": "B3"})
    assert [row.place("name"), row.place("code"), form.place("name"), form.place("year")] == [
        "项目!K5",
        "项目!第5行",
        "工作机制!B3",
        "工作机制",
    ]


def test_level_and_unit_of_an_approval_are_the_items_unless_given() -> None:
    assert (APPROVALS[0].level, APPROVALS[0].unit) == (Level.COUNTY, UNITS[0])
    given = Approval(
        project=PROJECTS[0], item=ITEMS[0], level=Level.CITY, unit=UNITS[1], state=ApprovalState.NOT_SUBMITTED
    )
    assert (given.level, given.unit) == (Level.CITY, UNITS[1])


@pytest.mark.parametrize(
    ("level", "asked"),
    [(Level.COUNTY, False), (Level.CITY, True), (Level.PROVINCE, True), (Level.NATION, False)],
)
def test_a_level_that_neither_item_nor_unit_has_is_asked_about(level: Level, asked: bool) -> None:
    """Deadlines go by the level; what the nation approves is handled by units of the province, and not asked about."""
    given = Approval(
        project=PROJECTS[0], item=ITEMS[0], level=level, unit=UNITS[0], state=ApprovalState.NOT_SUBMITTED
    )
    words = "写的是{}，事项表中它是县级，县发改委是县级单位；时限随层级不同，请核对"
    assert [each.words for each in given.doubts()] == [words.format(level.value)] * asked


@pytest.mark.parametrize(
    "dates",
    [
        {"submitted": date(2026, 1, 2), "accepted": date(2026, 1, 1)},
        {"submitted": date(2026, 1, 2), "done": date(2026, 1, 1)},
        {"accepted": date(2026, 1, 2), "done": date(2026, 1, 1)},
    ],
    ids="-".join,
)
def test_an_approval_goes_forward_in_time(dates: dict[str, date]) -> None:
    with pytest.raises(ValidationError, match="不早于"):
        Approval(project=PROJECTS[0], item=ITEMS[0], state=ApprovalState.ACCEPTED, **dates)


def test_the_steps_of_an_approval_may_fall_on_one_day() -> None:
    day = date(2026, 1, 5)
    made = Approval(
        project=PROJECTS[0], item=ITEMS[0], state=ApprovalState.DONE, submitted=day, accepted=day, done=day
    )
    assert made.done == day


def test_an_approval_that_is_done_says_when() -> None:
    with pytest.raises(ValidationError, match="办结日期"):
        Approval(project=PROJECTS[0], item=ITEMS[0], state=ApprovalState.DONE)


@pytest.mark.parametrize("state", ApprovalState)
def test_only_what_is_needed_and_not_done_is_pending(state: ApprovalState) -> None:
    assert state.pending == (state.value in {"未申报", "组卷中", "已受理", "补正", "上报上级"})


def test_a_deadline_rule_has_a_day_or_working_days_as_its_start_asks() -> None:
    with pytest.raises(ValidationError, match="办结时限"):
        DeadlineRule(half=Half.ANY, working_days=5)
    with pytest.raises(ValidationError, match="工作日数"):
        DeadlineRule(half=Half.ANY, start=StartingPoint.SUBMITTED, day=MonthDay(1, 31))


def test_approvals_stand_in_the_order_of_the_item_catalogue() -> None:
    assert [each.item.name for each in RECORDS.approvals_of(PROJECTS[0])] == ["取水许可", "节能审查"]
    assert RECORDS.approvals_of(PROJECTS[1]) == ()


@pytest.mark.parametrize("asked", ["12", "１２", "风电", "风 电", "2601-990124-04-01-123456"])
def test_a_project_is_found_by_number_name_and_code(asked: str) -> None:
    assert RECORDS.find_project(asked) is PROJECTS[2]


def test_a_number_is_never_taken_for_part_of_another() -> None:
    assert RECORDS.find_project("1") is PROJECTS[0]
    assert RECORDS.find_project("2") is PROJECTS[1]


def test_a_name_that_means_several_is_refused_with_all_of_them() -> None:
    with pytest.raises(AmbiguousName) as refusal:
        RECORDS.find_project("供水管网")
    assert (
        str(refusal.value)
        == "项目“供水管网”对应2个：1 供水管网改造一期；2 供水管网改造二期。请写全称或序号。"
    )
    assert refusal.value.exit_code == WRONG_USE


def test_a_name_that_means_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as refusal:
        RECORDS.find_unit("县水力局")
    assert str(refusal.value) == "没有找到单位“县水力局”。是不是：县水利局？"


def test_a_name_like_no_other_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnknownName, match=r"没有找到项目“XYZ”。请核对项目表中的名称或序号。"):
        RECORDS.find_project("XYZ")


def test_a_unit_is_found_by_every_name_it_has() -> None:
    assert {
        RECORDS.find_unit(each).order
        for each in ("澄湖县发展和改革委员会", "县发改委", "县发改局", "发展和改革")
    } == {1}


def test_a_unit_is_linked_by_its_full_name_without_the_name_of_its_place() -> None:
    """So that a founding text, 市发展和改革委员会, and a list of units agree on whom they name."""
    assert "县发展和改革委员会" in UNITS[0].link_names
    assert unit(3, "青浦县行政审批局", "青浦县审批局").link_names == ("青浦县行政审批局", "青浦县审批局")


def test_a_kind_has_its_row_its_code_and_its_own_settings() -> None:
    assert RECORDS.kind_row("通报") is None
    assert RECORDS.number_code("一次性告知书") is None
    assert {each.name: each.value for each in RECORDS.settings_of("告知函").values()} == {"反馈工作日": "3"}
    assert RECORDS.settings_of("通报") == {}
    assert (RECORDS.number_code("告知函"), RECORDS.number_code("通报")) == ("澄联审办函", None)


def test_the_schema_finds_types_by_their_sheets_and_what_can_be_linked_to() -> None:
    assert BUILT_IN.sheet("项目") is Project
    assert BUILT_IN.sheet("走访") is None
    linkable = BUILT_IN.linkable()
    assert linkable.items() >= {"单位": Unit, "人员": Person, "事项": Item, "项目": Project}.items()
    assert "手续" not in linkable  # a project and an item name it together
    assert BUILT_IN.own == ()
    assert {"亮灯", "本项"} <= set(BUILT_IN.refused("手续"))
    assert "亮灯" not in BUILT_IN.refused("工作机制")


def test_no_field_of_docgen_has_a_name_that_added_columns_may_not_have() -> None:
    """But for 份数 of the sheet 文种, which is where a document's 份数 come from."""
    taken = {
        (record.sheet, spec.label)
        for record in BUILT_IN.types
        for spec in fields_of(record)
        if spec.label in BUILT_IN.refused(record.sheet)
    }
    assert taken == {("文种", "份数"), ("文种设置", "设置")}


def test_records_are_found_by_sheet_and_by_what_they_link_to() -> None:
    assert RECORDS.named("项目") == PROJECTS
    assert RECORDS.named("走访") == RECORDS.named("节假日") == ()
    assert RECORDS.linking(Approval, "project", PROJECTS[0]) == APPROVALS
    assert RECORDS.linking(Approval, "project", PROJECTS[1]) == ()
    assert RECORDS.linking(Approval, "unit", UNITS[0]) == (APPROVALS[0],)


def test_a_record_that_links_to_the_same_thing_twice_is_found_once() -> None:
    one = project(1, "甲", supporting_units=(UNITS[0], UNITS[0], UNITS[1]))
    records = Records({Project: (one,)})
    assert [records.linking(Project, "supporting_units", each) for each in UNITS] == [(one,), (one,)]


def test_labels_lead_to_fields() -> None:
    assert {label: spec.name for label, spec in labels_of(Item).items()}["通常审批单位"] == "unit"


def test_people_are_found_by_name_as_everything_else() -> None:
    member = Member(order=1, name="周景明", unit=UNITS[0], post="主任")
    records = Records({Member: (member,)})
    assert records.find_named(Person, "景明").tenures == (member,)
    with pytest.raises(UnknownName, match="没有找到人员“郝喆”"):
        records.find_named(Person, "郝喆")


def post(
    order: int, title: str, start: date | None, end: date | None = None, roles: tuple[str, ...] = ()
) -> Member:
    return Member(order=order, name="周景明", unit=UNITS[0], post=title, start=start, end=end, roles=roles)


def test_a_document_shows_the_post_held_on_its_own_date() -> None:
    (person,) = people_of(
        [post(1, "副主任", date(2025, 1, 1), date(2026, 1, 15)), post(2, "主任", date(2026, 1, 16))]
    )
    days = (date(2024, 12, 31), date(2025, 1, 1), date(2026, 1, 15), date(2026, 1, 16), date(2030, 1, 1))
    assert [held and held.post for held in map(person.on, days)] == [None, "副主任", "副主任", "主任", "主任"]


def test_of_two_posts_at_once_the_asked_role_is_shown_else_the_latest_begun() -> None:
    (person,) = people_of(
        [
            post(1, "副县长", date(2025, 1, 1), roles=("项目管家",)),
            post(2, "开发区主任", date(2026, 1, 1), roles=("成员", "联络员")),
        ]
    )
    day = date(2026, 3, 16)
    assert [held and held.post for held in (person.on(day), person.on(day, "项目管家"))] == [
        "开发区主任",
        "副县长",
    ]


def test_of_two_posts_begun_together_the_first_in_the_list_is_shown() -> None:
    (person,) = people_of([post(2, "局长", None), post(1, "书记", None)])
    held = person.on(date(2026, 3, 16))
    assert held is not None
    assert held.post == "书记"


def test_months_know_their_half_year_and_their_words() -> None:
    assert [Month(2026, 6).half, Month(2026, 7).half] == [Half.FIRST, Half.SECOND]
    assert str(Month(2026, 5)) == "2026年5月"
    assert Month(2025, 11) < Month(2026, 1) < Month(2026, 2)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (MonthDay(1, 31), "1月31日"),
        (MonthDay(2, 31), "2月末"),
        (MonthDay(4, 31), "4月末"),
        (MonthDay(2, 29), "2月29日"),
    ],
)
def test_a_day_of_the_year_is_written_as_a_clerk_would(day: MonthDay, words: str) -> None:
    assert str(day) == words


@pytest.mark.parametrize("month", range(1, 13))
def test_the_last_day_of_a_month_stays_in_it_every_year(month: int) -> None:
    assert {MonthDay(month, 31).in_year(year).month for year in range(2020, 2031)} == {month}


def test_levels_stand_from_the_lowest_to_the_highest() -> None:
    assert [level.rank for level in Level] == [0, 1, 2, 3, 4]
    assert list(Level) == [Level.TOWN, Level.COUNTY, Level.CITY, Level.PROVINCE, Level.NATION]


def test_a_limit_that_would_be_passed_over_in_silence_is_refused_where_it_is_declared() -> None:
    """A field declared with another library's limits would take any value: that is a mistake of whoever declared it."""
    assert check_of(Annotated[int, Ge(1)])["ge"] == 1
    with pytest.raises(TypeError, match=r"docgen\.model\.limits"):
        check_of(Annotated[int, ForeignGe(1)])
