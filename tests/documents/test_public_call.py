"""公开征集通告 and 项目说明书: a call to everybody without addressee, and a form with what is known filled in."""

from __future__ import annotations

from pathlib import Path

from docgen.model.project import Project
from docgen.model.values import ListStage
from docgen.standard.build.estimate import pages
from docgen.standard.wording.text import official_date
from tests.documents.conftest import TODAY, Asking, sample
from tests.documents.papers import assert_clean, assert_whole_life, drafted, words_of


def test_the_call_says_what_how_and_until_when_and_is_sealed(workspace: Path, docgen) -> None:
    (made,) = drafted(docgen, "draft", "公开征集通告", "--all")
    words, mechanism = words_of(made["path"]), sample().mechanism
    until = Asking("公开征集通告").facts.calendar.after(TODAY, 20)
    for said in (
        f"自{official_date(TODAY)}起至{official_date(until)}止",
        f"{mechanism.office_short}{mechanism.phone}，或者12345热线",
        str(mechanism.room),
        "（三）没有一次性告知的情形。",
        "特此通告。",
    ):
        assert said in words
    assert made["addressee"] == ""
    assert "电子邮箱" not in words
    assert_clean(docgen, made["path"])
    assert_whole_life(docgen)


def test_the_call_names_other_ways_where_they_are_set(workspace: Path, docgen, set_setting) -> None:
    set_setting("公开征集通告", "电子邮箱", "lianban@example.com")
    set_setting("公开征集通告", "热线", "无")
    (made,) = drafted(docgen, "draft", "公开征集通告", "--all")
    words = words_of(made["path"])
    assert "（三）电子邮箱。lianban@example.com。" in words
    assert "热线" not in words


def test_each_project_has_a_form_with_what_the_sheet_knows(workspace: Path, docgen) -> None:
    made = drafted(docgen, "draft", "项目说明书", "--all")
    projects = [each for each in sample().of(Project) if each.stage is not ListStage.REMOVED]
    assert len(made) == len(projects)
    for project, document in zip(projects, made, strict=True):
        words = words_of(document["path"])
        known = (project.name, project.owner, project.code, project.content, project.place)
        assert all(str(each) in words for each in known if each)
        if project.total_investment is not None:
            assert f"{project.total_investment.normalize():f}亿元" in words
        assert all(each in words for each in ("单位概况", "预期效益", "填表人"))
        assert pages(Path(document["path"]).read_bytes()) == 1
    assert_clean(docgen, *(each["path"] for each in made[:4]))
