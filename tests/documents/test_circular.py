"""印发通知: the government's office issues a text of the mechanism; every word of it, the roster from the sheets."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from PIL import Image

from docgen.model.unit import Unit
from docgen.model.values import Level
from docgen.reform.faults import OpenChanges, UnknownDraft
from docgen.reform.issued import (
    ManuscriptFinished,
    ManuscriptHolds,
    ManuscriptUntitled,
    WordsLost,
    read_manuscript,
    refuse_lost,
)
from docgen.rules.roster import differences
from docgen.standard.build.manuscript import Grid, set_text, words_of
from docgen.standard.build.roster import roster, spread

TEXT = "data/正文/联审联批工作机制.md"
DAY = "2026-03-16"
Docgen = Callable[..., Any]
WORDS = """关于重大项目的工作办法

一、总则
（一）目的。为了加快办理。
1.分工明确
（1）县发改委牵头，代码2511-990124-04-01-618203。
| 环节 | 时限 |
| 初稿 | 10月底前 |
附件
进展表
按月填报。
"""


@pytest.fixture
def circular(workspace: Path, docgen: Docgen) -> Callable[..., dict[str, Any]]:
    """Draft the sample's circular, or that of another text."""
    assert workspace.is_dir()

    def draft(file: str = TEXT) -> dict[str, Any]:
        ran = docgen("--json", "--date", DAY, "--by", "陶映雪", "circular", "--text", file)
        assert ran.code == 0, ran.err
        (made,) = json.loads(ran.out)["documents"]
        return made | {"advices": ran.err}

    return draft


def opened(made: dict[str, Any]) -> Document:
    return docx.Document(made["path"])


def lines_of(document: Document) -> list[str]:
    return [each.text for each in document.paragraphs if each.text.strip()]


def test_the_text_follows_on_a_new_page_in_levels_and_nothing_of_it_is_lost(circular: Any) -> None:
    document = opened(circular())
    titled = next(
        each
        for each in document.paragraphs
        if each.style.style_id == "AnnexTitle" and each.paragraph_format.page_break_before
    )
    assert titled.text == "澄湖县重大项目联审联批工作机制"
    styles = {each.text: each.style.style_id for each in document.paragraphs}
    assert styles["一、组成和职责"] == "Heading1"
    assert "附件：" not in "\n".join(lines_of(document))
    assert [len(table.rows) for table in document.tables] == [4, 4]  # a form keeps its empty rows
    cells = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    said = "".join(lines_of(document)) + cells
    for line in Path(TEXT).read_text("utf-8").splitlines():
        words = line.strip("#*|- ").replace("*", "").split("|")
        assert all(each.strip() in said for each in words)


def test_the_roster_is_that_of_the_sheet_on_the_day_and_an_annex_of_the_text(circular: Any) -> None:
    lines = lines_of(opened(circular()))
    assert [each for each in lines if each.startswith("附件")] == ["附件1", "附件2"]
    rows = openpyxl.load_workbook("data/人员.xlsx")["人员"].iter_rows(min_row=3, values_only=True)
    held = [
        each
        for each in rows
        if each[1] and str(each[7])[:10] <= DAY and (not each[8] or str(each[8])[:10] >= DAY)
    ]
    seated = [
        each
        for each in held
        if set(str(each[4]).split("、")) & {"总召集人", "副召集人", "成员", "办公室主任"}
    ]
    start = next(place for place, each in enumerate(lines) if each.startswith("总召集人："))
    people = lines[start : start + len(seated)]
    for name, post in ((each[1], each[3]) for each in seated):
        shown = f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name
        assert [each for each in people if f"{shown}\u3000" in each and each.endswith(post)], name
    assert lines[start + len(seated)].endswith("办公室主任由县发改委党组书记、主任万里舟兼任。")


def test_the_governments_office_issues_it_under_its_own_seal(circular: Any, docgen: Docgen) -> None:
    made = circular()
    lines = lines_of(opened(made))
    assert lines[0] == "澄湖县人民政府办公室文件"
    assert "（代章）" not in "".join(lines[:12])
    assert "澄湖县人民政府办公室" in lines
    for by, *step in (("方知远", "doc", "review", "1"), ("万里舟", "doc", "sign", "1")):
        assert docgen("--date", DAY, "--by", by, *step).code == 0
    assert docgen("--date", DAY, "--by", "万里舟", "seal", "mandate", "add").code == 0
    refused = docgen("--date", DAY, "--by", "陶映雪", "seal", "request", "1", "--copies", "3")
    assert (refused.code, "由印发机关盖自己的印章" in refused.err) == (3, True)
    assert docgen("--date", DAY, "--by", "陶映雪", "doc", "issue", "1", "--copies", "30").code == 0
    assert docgen("verify").code == 0


def test_a_number_that_the_government_has_given_already_is_refused_until_its_own_is_entered(
    circular: Any, docgen: Docgen, settle: Callable[[str, object], None]
) -> None:
    """The founding document shows how far the government's numbers are: what is signed here cannot come before it."""
    settle("设立文件文号", "澄政办发〔2026〕47号")
    circular()
    assert docgen("--by", "方知远", "doc", "review", "1").code == 0
    refused = docgen("--by", "万里舟", "doc", "sign", "1")
    assert refused.code == 3
    assert "要编澄政办发〔2026〕1号，设立文件已经是澄政办发〔2026〕47号" in refused.err
    start = ("doc", "number", "start", "印发通知", "48", "--remark", "市政府办登记簿")
    assert docgen("--by", "万里舟", *start).code == 0
    signed = docgen("--by", "万里舟", "doc", "sign", "1")
    assert "澄政办发〔2026〕48号" in signed.out


def test_names_that_are_not_asked_for_have_no_day_that_could_pass(
    circular: Any, docgen: Docgen, set_setting: Callable[..., None]
) -> None:
    """With 名单反馈工作日 0 the paragraph is left out, and signing does not find the day of drafting passed."""
    set_setting("印发通知", "名单反馈工作日", 0)
    assert "联络员名单" not in "".join(lines_of(opened(circular())))
    for by, step in (("方知远", "review"), ("万里舟", "sign")):
        assert docgen("--date", DAY, "--by", by, "doc", step, "1").code == 0


def test_nobody_is_addressed_whom_nobody_named(workspace: Path, docgen: Docgen) -> None:
    path = workspace / "data" / "工作机制.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["文种设置"]
    (row,) = [
        each[0].row for each in sheet.iter_rows() if (each[0].value, each[1].value) == ("印发通知", "主送")
    ]
    sheet.delete_rows(row)
    book.save(path)
    ran = docgen("--date", DAY, "--by", "陶映雪", "circular", "--text", TEXT)
    assert (ran.code, "“文种设置”表中印发通知的“主送”没有填" in ran.err) == (1, True)
    assert not [*(workspace / "out").rglob("*.docx")]


def test_what_of_the_file_is_not_in_the_document_is_told(circular: Any, tmp_path: Path) -> None:
    """A seal's picture over organ and date below the title, a header, words that nobody sees in Word."""
    title, *rest = filter(None, WORDS.splitlines())
    document = docx.Document(io.BytesIO(written("\n".join((title, "澄湖县水利局", "2026年3月16日", *rest)))))
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(picture, "PNG")
    document.paragraphs[1].add_run().add_picture(picture)
    document.paragraphs[4].runs[0].font.hidden = True
    document.sections[0].header.paragraphs[0].text = "内部讨论稿"
    document.save(str(tmp_path / "正文.docx"))
    told = circular(str(tmp_path / "正文.docx"))["advices"]
    assert "页眉“内部讨论稿”、署名处的图片1幅（像是印章，用印请另外办理）没有排进公文，请核对" in told
    assert "隐藏的文字“（一）目的。为了加快办理。”也排进了公文，请核对" in told


def test_a_changed_text_makes_a_changed_draft_and_an_unchanged_one_none(circular: Any) -> None:
    assert circular()["outcome"] == "new"
    assert circular()["outcome"] == "unchanged"
    path = Path(TEXT)
    path.write_text(path.read_text("utf-8").replace("按旬调度", "按月调度"), "utf-8")
    changed = circular()
    assert (changed["outcome"], changed["id"]) == ("renewed", 1)
    assert any("按月调度" in each for each in lines_of(opened(changed)))


def test_two_texts_of_one_title_are_refused_before_anything_is_written(
    workspace: Path, docgen: Docgen
) -> None:
    for name, words in (("甲.md", WORDS), ("乙.md", WORDS.replace("按月填报", "按旬填报"))):
        (workspace / name).write_text(words, "utf-8")
    before = {each for each in workspace.rglob("*") if each.suffix in (".docx", ".sqlite")}
    ran = docgen("--date", DAY, "--by", "陶映雪", "circular", "--text", "甲.md", "--text", "乙.md")
    assert ran.code == 1
    assert "甲.md、乙.md：题名都是《关于重大项目的工作办法》" in ran.err
    assert {each for each in workspace.rglob("*") if each.suffix in (".docx", ".sqlite")} == before


def test_a_successor_is_drafted_from_the_file_or_says_that_it_is_gone(circular: Any, docgen: Docgen) -> None:
    circular()
    for by, *step in (("方知远", "doc", "review", "1"), ("万里舟", "doc", "sign", "1")):
        assert docgen("--date", DAY, "--by", by, *step).code == 0
    path = Path(TEXT)
    kept = path.read_text("utf-8")
    path.unlink()
    gone = docgen("--date", DAY, "--by", "陶映雪", "doc", "replace", "1", "--remark", "更正")
    assert (gone.code, TEXT in gone.err) == (3, True)
    path.write_text(kept.replace("按旬调度", "按月调度"), "utf-8")
    made = docgen("--json", "--date", DAY, "--by", "陶映雪", "doc", "replace", "1", "--remark", "更正")
    assert made.code == 0, made.err
    (document,) = json.loads(made.out)["documents"]
    assert any("按月调度" in each for each in lines_of(opened(document)))


def test_units_that_only_the_text_or_only_the_roster_names_are_said(circular: Any) -> None:
    assert "单位：" not in circular()["advices"]
    path = Path(TEXT)
    path.write_text(path.read_text("utf-8").replace("水利局、", "").replace("、教体局", ""), "utf-8")
    assert "名单里有、正文没有写的单位：县水利局、县教体局" in circular()["advices"]


def test_without_a_text_it_says_which_option_gives_one(workspace: Path, docgen: Docgen) -> None:
    assert workspace.is_dir()
    assert "--text" in docgen("circular").err
    missing = docgen("--by", "陶映雪", "circular", "--text", "没有.md")
    assert (missing.code, "没有.md" in missing.err) == (4, True)


def written(text: str = WORDS) -> bytes:
    """Return a text as somebody types it in Word: numbered by hand, its table with merged cells."""
    document = docx.Document()
    rows = []
    for line in filter(None, text.splitlines()):
        if line.startswith("|"):
            rows.append([each.strip() for each in line.strip("|").split("|")])
            continue
        if rows:
            table = document.add_table(len(rows) + 1, 2)
            for row, cells in zip(table.rows, [*rows, ["合并", ""]], strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
            table.rows[-1].cells[0].merge(table.rows[-1].cells[1])
            rows = []
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_word_and_plain_text_say_the_same_and_merged_cells_stay_merged() -> None:
    plain = read_manuscript(WORDS.encode(), "正文.txt")
    typed = read_manuscript(written(), "正文.docx")
    assert typed.title == plain.title == "关于重大项目的工作办法"
    assert typed.words.replace("合并", "") == plain.words == "".join(WORDS.split()).replace("|", "")
    assert typed.annexes == plain.annexes == ("进展表",)
    (grid,) = [each for each in typed.passages if isinstance(each, Grid)]
    assert [[cell.span for cell in row] for row in grid.rows] == [[1, 1], [1, 1], [2]]
    assert words_of(set_text(typed)) == typed.words
    assert '<w:gridSpan w:val="2"/>' in set_text(typed)


@pytest.mark.parametrize(
    ("data", "path", "fault"),
    [
        (WORDS.encode(), "正文.pdf", UnknownDraft),
        ("一、没有标题的正文是一句话。\n第二段。".encode(), "正文.txt", ManuscriptUntitled),
        ("# 标题\n\n![图](a.png)".encode(), "正文.md", ManuscriptHolds),
    ],
)
def test_what_cannot_be_issued_whole_is_refused(data: bytes, path: str, fault: type[Exception]) -> None:
    with pytest.raises(fault):
        read_manuscript(data, path)


def test_tracked_changes_pictures_and_finished_documents_are_refused(circular: Any) -> None:
    document = docx.Document(io.BytesIO(written()))
    inserted = OxmlElement("w:ins")
    inserted.append(document.paragraphs[2].runs[0]._element)
    document.paragraphs[2]._element.append(inserted)
    stream = io.BytesIO()
    document.save(stream)
    with pytest.raises(OpenChanges):
        read_manuscript(stream.getvalue(), "正文.docx")
    with pytest.raises(ManuscriptFinished):
        read_manuscript(Path(circular()["path"]).read_bytes(), "正文.docx")


def test_a_word_that_would_be_missing_is_named() -> None:
    refuse_lost("一、目的。", "一、为了目的", "正文.txt")
    with pytest.raises(WordsLost, match="时限"):
        refuse_lost("目的和时限", "目的和", "正文.txt")


@pytest.mark.parametrize(
    ("word", "width", "shown"),
    [("组长", 3, "组\u3000长"), ("成员", 4, "成\u3000\u3000员"), ("副组长", 3, "副组长"), ("召集人", 4, "召集人"),
     ("阿古拉其木格", 3, "阿古拉其木格"), ("某", 3, "某")],
)  # fmt: skip
def test_short_words_are_spread_to_a_width_and_longer_ones_run_on(word: str, width: int, shown: str) -> None:
    assert spread(word, width) == shown


def test_an_open_seat_is_shown_as_such_and_a_label_stands_once() -> None:
    block = roster((("组长", (("王某", "县长"),)), ("成员", (("", "县水利局"), ("李某某", "县财政局局长")))))
    words = words_of(block)
    assert words == "组长：王某县长成员：（待定）县水利局李某某县财政局局长"


def test_a_unit_named_without_its_level_is_the_unit_and_one_of_another_level_is_not(workspace: Path) -> None:
    from docgen.sheets.reading.reader import read_folder

    records = read_folder(workspace / "data", "data").records
    assert records is not None
    text = "成员单位为县发改委、水利局、住建局，市自然资源局。"
    found = list(differences(text, "县发改委局长、县水利局局长、县住建局", records.of(Unit), Level.COUNTY))
    assert found == []
    found = list(differences(text, "县发改委、县水利局", records.of(Unit), Level.COUNTY))
    assert found == ["正文写了、名单里没有的单位：县住建局"]


def test_an_empty_path_of_a_text_is_refused(workspace: Path, docgen: Docgen) -> None:
    """As shells give for a variable that is not set."""
    assert workspace.is_dir()
    ran = docgen("--date", DAY, "--by", "陶映雪", "circular", "--text", "")
    assert (ran.code, "路径是空的" in ran.err) == (2, True)
