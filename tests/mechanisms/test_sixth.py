"""Example F, a county's flood headquarters: an office of another kind, without projects and without code."""

from __future__ import annotations

import json
from typing import Any

import pytest

from docgen.cli.main import run
from docgen.workspace import Workspace


@pytest.fixture(scope="module")
def floods(live) -> Any:
    """The year of the headquarters, run once a session."""
    return live("f")


def test_it_has_no_projects_and_its_sheets_are_sound(floods, capsys: pytest.CaptureFixture[str]) -> None:
    """No workbook of projects is there; `check` and `kind check` find nothing."""
    names = {path.stem for path in (floods.root / "data").glob("*.xlsx")}
    assert not names & {"项目", "手续", "事项"}
    for command in (("check",), ("kind", "check")):
        assert run(["-C", str(floods.root), *command]) == 0
        assert "没有问题" in capsys.readouterr().out


def test_its_kinds_are_its_own_and_need_no_code(floods) -> None:
    """Four kinds of papers and three lists lie in the workspace as declarations and texts."""
    workspace = Workspace.find(floods.root)
    files = {path.suffix for folder in ("sheets", "kinds") for path in (workspace.root / folder).iterdir()}
    assert files == {".toml", ".txt"}
    for kind in ("应急响应通知", "响应终止通知", "隐患整改督办单", "汛情快报"):
        assert floods.of(kind)


def test_a_response_is_started_once_with_the_consent_of_the_commander(floods) -> None:
    """The notice goes to all units of the response, names who agreed, is sealed on behalf, and is not made again."""
    words = floods.words("应急响应通知")
    assert "经县委副书记、县长芮春和同志同意，决定自2026年7月6日起启动防汛Ⅲ级应急响应" in words
    assert "临渚县应急管理局（代章）" in words
    assert "临渚县河口乡人民政府" in words
    assert "没有要启动的应急响应" in floods.heard("draft 应急响应通知")


def test_a_response_ends_only_with_a_reason(floods) -> None:
    """Without 终止依据 there is nothing to draft; with it the notice says since when the response ran."""
    assert "没有要终止的应急响应" in floods.heard("draft 响应终止通知")
    words = floods.words("响应终止通知")
    assert "终止2026年7月6日启动的防汛Ⅲ级应急响应" in words
    assert "南河水位退到警戒水位以下" in words


def test_each_unit_gets_its_dangers_once_with_a_day_for_the_answer(floods) -> None:
    """Three units have dangers to mend; three working days after 30 April end after the holiday, on 8 May."""
    assert len({each.parent for each in floods.of("隐患整改督办单")}) == 3
    assert "2026年5月8日前书面回复" in floods.words("隐患整改督办单")
    assert "没有待交办的隐患" in floods.heard("draft 隐患整改督办单")


def test_the_daily_bulletin_is_of_its_day(floods) -> None:
    """On 6 July no station is above its mark; on 7 July two are, with what was done and who was not on duty."""
    by_day = {each.stem: each for each in floods.of("汛情快报") if each.stem != "送签稿"}
    assert len(by_day) == 2
    words = floods.words("汛情快报")
    assert "没有超过警戒（汛限）水位的" in words
    assert "超过警戒（汛限）水位的有2个：三道湾站、青石站" in words
    assert "县住建局（未接电话）、城关镇政府（脱岗）" in words
    assert "报：县委副书记、县长芮春和同志" in words


def test_what_is_short_of_its_fixed_stock_is_listed_with_the_difference(floods) -> None:
    """Three of five stocks are short; what is full is not listed."""
    rows = [row for row in floods.rows("物资缺口表") if isinstance(row[0], int)]
    assert [(row[2], str(row[6])) for row in rows] == [("冲锋舟", "2"), ("块石", "150"), ("移动泵车", "1")]


def test_choices_are_found_by_their_words_and_rows_without_a_name_say_what_they_hold(
    floods, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row of a sheet of the office's own is found by a choice's word and shown with the cells that hold it."""
    assert run(["-C", str(floods.root), "--json", "find", "Ⅲ级"]) == 0
    found = {each["kind"]: each for each in json.loads(capsys.readouterr().out)["found"]}
    assert found["响应"]["name"].startswith("Ⅲ级，防汛")
    assert found["响应"]["state"] == "已终止"
