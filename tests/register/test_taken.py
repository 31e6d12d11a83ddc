"""Documents that somebody wrote: they enter the register as drafts and live on like those that docgen drafts."""

from __future__ import annotations

import re
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from desks import DRAFTER, Desk, edit_text, faults_of, on_sqlite

from docgen.digests import sha256
from docgen.documents.identity import MadeFor
from docgen.errors import DocgenError
from docgen.lint.checker import check
from docgen.lint.rule import Severity
from docgen.office.drafting import drafter
from docgen.office.drafting.drafts import Drafted, Outcome, Request
from docgen.office.drafting.retitled import OtherTitle
from docgen.office.drafting.taking import Taking, take
from docgen.office.formatting import asked_of
from docgen.reform.formatting import Given, formatted, read_draft
from docgen.register import life
from docgen.register.life import State

TEXT = """关于做好近期重点项目审批衔接工作的通知
县自然资源局、县住建局：
为做好近期工作，现将有关事项通知如下。
一、提高认识
各单位要按时办结，共3项。
附件：分工表
附件
分工表
县自然资源局牵头用地审批，县住建局牵头施工许可。
抄送：县纪委监委
"""


def laid_out(desk: Desk, kind: str, text: str = TEXT, name: str = "通知.docx") -> Path:
    """Lay a text out as a document of a kind, outside the workspace, as `docgen format --kind` does."""
    asked = asked_of(Given(), desk.root, (kind, desk.day))
    found = formatted(read_draft(text.encode(), "稿.txt"), asked.given, asked.look, asked.seal, asked.rules)
    path = desk.root.parent / name
    path.write_bytes(found.document)
    return path


def words_of(path: Path) -> str:
    """Return all words of a document's text, as they stand in its bytes."""
    with zipfile.ZipFile(path) as package:
        return "".join(
            re.findall("<w:t(?: [^>]*)?>([^<]*)</w:t>", package.read("word/document.xml").decode())
        )


def taken(
    desk: Desk, path: Path, kind: str, replaces: str = "", reason: str = "", again: str = "", **more: object
) -> Drafted:
    """Enter a file as its drafter does."""
    request = Request(kind, **more)  # type: ignore[arg-type]
    return take(desk.office(), Taking(path, request, replaces, reason, again))


def refused(desk: Desk, path: Path, kind: str, *replaces: str, **more: object) -> tuple[str, ...]:
    """Return why a file may not enter; nothing is recorded then."""
    before = desk.documents()
    with pytest.raises(DocgenError) as fault:
        taken(desk, path, kind, *replaces, **more)
    assert desk.documents() == before
    return faults_of(fault.value)


def test_a_document_somebody_wrote_is_numbered_sealed_issued_and_archived(desk: Desk) -> None:
    """Its words stay, but for number and date; on either database, and the record verifies."""
    path = laid_out(desk, "通报")
    before = path.read_bytes()
    (made,) = taken(desk, path, "通报").made
    draft = desk.document(1)
    assert (made.id, made.outcome, draft.state, draft.drafter) == (1, Outcome.NEW, State.DRAFTED, DRAFTER)
    assert made.path.read_bytes() == path.read_bytes() == before
    assert draft.addressee == "县自然资源局、县住建局"
    assert draft.receivers == "澄湖县自然资源局、澄湖县住房和城乡建设局"
    assert (draft.annexes, draft.subject) == ("分工表", draft.title)
    desk.grant()
    desk.day += timedelta(days=1)
    desk.lead([1], State.ARCHIVED)
    document = desk.document(1)
    assert (document.state, document.number) == (State.ARCHIVED, "澄联审办通〔2026〕1号")
    words = words_of(desk.file(1))
    assert "澄联审办通〔2026〕1号" in words
    assert "2026年3月17日" in words
    assert "2026年3月16日" not in words
    assert check(desk.file(1), "正本.docx").count(Severity.ERROR) == 0
    assert not desk.verify().faults


@on_sqlite
@pytest.mark.parametrize("kind", ["会议纪要", "报告", "专报", "告知函", "挂牌督办通知书"])
def test_every_form_is_taken_and_signed(desk: Desk, kind: str) -> None:
    """Minutes, an upward report, a serial, a letter and a notice: signing finds its places in each."""
    title = "关于做好审批衔接工作的" + ("报告" if kind == "报告" else "通知")
    path = laid_out(desk, kind, TEXT.replace("关于做好近期重点项目审批衔接工作的通知", title))
    taken(desk, path, kind)
    desk.day += timedelta(days=1)
    desk.lead([1], State.NUMBERED)
    words = words_of(desk.file(1))
    assert desk.document(1).number
    assert "第1期" in words if kind == "专报" else desk.document(1).number in words
    assert "2026年3月17日" in words


@on_sqlite
def test_what_it_is_about_is_not_drafted_again(desk: Desk) -> None:
    """A project that a signed letter covers needs no other notice, for the units it went to alone."""
    path = laid_out(desk, "告知函")
    taken(desk, path, "告知函", projects=("3",))
    made_for = MadeFor.read(desk.document(1).made_for)
    assert made_for is not None
    assert [thing[1].name for thing in made_for.things] == ["澄湖县自然资源局", "澄湖县住房和城乡建设局"]
    assert made_for.year == 2026  # whose list it tells of
    desk.lead([1], State.NUMBERED)
    drafted = drafter.draft(desk.office(), Request("notice", projects=("3",)))
    assert [each.code for each in drafted.faults] == ["document-signed"]
    to = {each.draft.addressee for each in drafted.made}
    assert to
    assert not to & {"县自然资源局", "县住建局"}


@on_sqlite
def test_the_same_title_makes_its_draft_anew_and_edits_are_kept(desk: Desk) -> None:
    """Until it is reviewed; what was changed by hand in the draft goes only with force, and is moved aside."""
    path = laid_out(desk, "通报")
    (first,) = taken(desk, path, "通报").made
    assert [each.outcome for each in taken(desk, path, "通报").made] == [Outcome.UNCHANGED]
    edit_text(first.path, "共3项", "共5项")
    assert [each.outcome for each in taken(desk, path, "通报").made] == [Outcome.EDITED]
    laid_out(desk, "通报", TEXT.replace("共3项", "共4项"))
    (renewed,) = taken(desk, path, "通报").made
    assert (renewed.outcome, renewed.id) == (Outcome.RENEWED, 1)
    assert [each.parent.name for each in renewed.kept] == ["留存"]
    assert renewed.path.read_bytes() == path.read_bytes()
    desk.take(life.REVIEW, 1)
    assert refused(desk, path, "通报") == ("document-under-review",)
    desk.take(life.SIGN, 1)
    assert refused(desk, path, "通报") == ("take-signed",)


@on_sqlite
def test_the_same_title_with_other_words_is_another_document_once_the_first_is_signed(desk: Desk) -> None:
    """A monthly notice has one title each month."""
    path = laid_out(desk, "通报")
    taken(desk, path, "通报")
    desk.lead([1], State.NUMBERED)
    laid_out(desk, "通报", TEXT.replace("共3项", "共4项"))
    (second,) = taken(desk, path, "通报").made
    assert (second.id, desk.document(2).edition) == (2, 2)


@on_sqlite
def test_it_is_replaced_by_a_file_and_never_from_data(desk: Desk) -> None:
    """The first stays in force until the second is signed; a better draft of the second takes its place."""
    path = laid_out(desk, "通报")
    taken(desk, path, "通报", projects=())
    desk.lead([1], State.NUMBERED)
    with pytest.raises(DocgenError) as fault:
        drafter.replace(desk.office(), ["1"], "时限写错")
    assert faults_of(fault.value) == ("document-by-hand",)
    laid_out(desk, "通报", TEXT.replace("近期", "二季度"))
    assert refused(desk, path, "通报", "1") == ("reason-missing",)
    (second,) = taken(desk, path, "通报", "1", "时限写错").made
    assert (second.replaces and second.replaces.id, second.id) == (1, 2)
    laid_out(desk, "通报", TEXT.replace("近期", "三季度"))
    (again,) = taken(desk, path, "通报", "1").made
    assert (again.id, again.outcome) == (2, Outcome.RENEWED)
    desk.lead([2], State.NUMBERED)
    assert (desk.document(1).state, desk.document(2).replaces) == (State.REPLACED, 1)
    assert not desk.verify().faults


@on_sqlite
def test_a_made_document_may_be_replaced_by_a_written_one(desk: Desk) -> None:
    """The written one covers what the made one covered; one of another kind replaces nothing."""
    desk.draft("3", units=("县住建局",))
    desk.lead([1], State.NUMBERED)
    path = laid_out(desk, "告知函")
    assert refused(desk, laid_out(desk, "通报", name="通报.docx"), "通报", "1", "x") == ("take-other-kind",)
    taken(desk, path, "告知函", "1", "措辞要改")
    old, new = (MadeFor.read(desk.document(each).made_for) for each in (1, 2))
    assert old is not None
    assert new is not None
    assert old.things == new.things


@on_sqlite
def test_a_date_rule_of_the_kind_does_not_bind_what_somebody_wrote(desk: Desk) -> None:
    """A notice that docgen drafted is stale after its day of reply; a written letter has dates of its own."""
    taken(desk, laid_out(desk, "告知函"), "告知函")
    desk.day = date(2026, 6, 1)
    desk.now = desk.now.replace(month=6, day=2)
    desk.lead([1], State.NUMBERED)
    assert desk.document(1).state is State.NUMBERED


@on_sqlite
def test_what_cannot_be_a_draft_is_refused_with_all_that_is_wrong(desk: Desk) -> None:
    """Files that do not conform, of another kind, without places to fill; and what the register has already."""
    right = laid_out(desk, "通报")
    text = desk.root.parent / "稿.txt"
    text.write_text(TEXT, "utf-8")
    assert refused(desk, text, "通报") == ("take-not-docx",)
    assert refused(desk, right, "待办手续清单") == ("format-kind-unfit",)
    assert refused(desk, right, "通报一") == ("kind-unknown",)
    assert refused(desk, desk.root.parent / "无.docx", "通报") == ("lint-cannot-open",)
    assert refused(desk, laid_out(desk, "报告", name="报告.docx"), "通报") == (
        "take-not-conforming",
        "take-number",
    )
    bare = desk.root.parent / "无头.docx"
    bare.write_bytes(formatted(read_draft(TEXT.encode(), "稿.txt")).document)
    assert refused(desk, bare, "通报") == ("take-not-conforming", "take-place-missing", "take-not-on-behalf")
    letter = laid_out(desk, "告知函", name="函.docx")
    assert refused(desk, letter, "告知函", projects=("不存在的项目",)) == ("name-unknown",)
    assert refused(desk, right, "告知函", periods=("2026-02",)) == (
        "take-not-conforming",
        "take-number",
        "option-unfit",
    )
    (made,) = taken(desk, right, "通报").made
    assert refused(desk, made.path, "通报") == ("take-on-record",)
    assert sha256(made.path.read_bytes()) == desk.document(1).sha256


@on_sqlite
def test_nothing_is_written_when_it_is_only_tried(desk: Desk) -> None:
    """A rehearsal checks all and records nothing."""
    (made,) = taken(desk, laid_out(desk, "通报"), "通报", dry_run=True).made
    assert (made.id, made.path.exists(), desk.documents()) == (None, False, [])


@on_sqlite
def test_the_date_of_the_file_is_replaced_by_the_day_of_signing(desk: Desk) -> None:
    """A draft that somebody dated another day says so, and its own words are found when it is signed."""
    path = laid_out(desk, "通报", TEXT.replace("抄送", "2026年3月9日\n抄送"))
    advices = taken(desk, path, "通报").advices
    assert "taken-date" in [each.code for each in advices]
    desk.lead([1], State.NUMBERED)
    words = words_of(desk.file(1))
    assert "2026年3月9日" not in words
    assert "2026年3月16日" in words


@on_sqlite
def test_a_draft_whose_title_was_put_right_stays_one_draft(desk: Desk) -> None:
    """It is asked which it is; said to be that draft, it takes its place, and is known by its title of now."""
    taken(desk, laid_out(desk, "通报"), "通报")
    wrong, right = "关于做好近期重点项目审批衔接工作的通知", "关于做好近期重点项目审批工作的通知"
    renamed = laid_out(desk, "通报", TEXT.replace(wrong, right), "改.docx")
    with pytest.raises(OtherTitle, match=f"1号草稿《{wrong}》相同"):
        taken(desk, renamed, "通报")
    (made,) = taken(desk, renamed, "通报", again="1").made
    assert (made.id, made.outcome, desk.document(1).title) == (1, Outcome.RENEWED, right)
    assert [each.name for each in desk.file(1).parent.glob("*.docx")] == [f"{right}.docx"]
    (same,) = taken(desk, renamed, "通报").made
    assert (same.id, same.outcome) == (1, Outcome.UNCHANGED)
    (other,) = taken(desk, laid_out(desk, "通报"), "通报", force=True).made
    assert (other.id, other.outcome) == (2, Outcome.NEW)
    assert [each.title for each in desk.documents()] == [right, wrong]
    assert not desk.verify().faults


@on_sqlite
def test_only_a_taken_draft_is_the_one_that_a_file_is_said_to_be(desk: Desk) -> None:
    """A signed one is replaced instead."""
    path = laid_out(desk, "通报")
    taken(desk, path, "通报")
    desk.day += timedelta(days=1)
    desk.lead([1], State.NUMBERED)
    assert refused(desk, path, "通报", again="1") == ("take-not-that-draft",)
