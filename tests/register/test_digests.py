"""The file that is reviewed is the one that is signed, sealed and issued; any other is refused and found."""

from __future__ import annotations

import os
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from desks import TO_THE_SEAL, Desk, edit_text, fault_of, faults_of

from docgen.digests import digests_of
from docgen.errors import NOT_ALLOWED, DocgenError
from docgen.register import life
from docgen.register.life import State, Step

AFTER_SIGNING = (life.REQUEST, life.APPROVE, life.APPLY, life.ISSUE)
BEFORE = {
    life.REQUEST: State.NUMBERED,
    life.APPROVE: State.REQUESTED,
    life.APPLY: State.APPROVED,
    life.ISSUE: State.SEALED,
}


@pytest.fixture
def desk(desk_on_sqlite: Desk) -> Desk:
    """An office whose register is a file: which file is accepted does not depend on the database."""
    return desk_on_sqlite


@pytest.fixture
def drafted(desk: Desk) -> int:
    """A draft whose seal somebody may grant."""
    desk.grant()
    return desk.draft("3", units=("县水利局",))[0].id


def refusal(desk: Desk, step: Step, document: int) -> DocgenError:
    before = desk.story(document)
    with pytest.raises(DocgenError) as fault:
        desk.take(step, document)
    assert desk.story(document) == before
    return fault.value


def words_of(path: Path) -> str:
    return "\n".join(each.text for each in docx.Document(str(path)).paragraphs)


def test_a_draft_edited_before_its_review_is_recorded_so_and_signed_as_edited(
    desk: Desk, drafted: int
) -> None:
    edit_text(desk.file(drafted), "特此函告", "特此函告（已当面说明）")
    edited = digests_of(desk.file(drafted).read_bytes())
    desk.take(life.REVIEW, drafted)
    review = desk.story(drafted).entries[-1].deed
    assert "手工修改过" in review.remark
    assert (review.files[0].sha256, review.files[0].sm3) == (edited.sha256, edited.sm3)
    desk.take(life.SIGN, drafted)
    final = desk.file(drafted)
    assert "（已当面说明）" in words_of(final)
    assert "澄联审办函〔2026〕1号" in words_of(final)
    assert (final.parent / "送签稿.docx").read_bytes() != final.read_bytes()
    assert digests_of((final.parent / "送签稿.docx").read_bytes()) == edited
    assert desk.verify().faults == ()


def test_an_untouched_draft_is_reviewed_without_such_a_remark(desk: Desk, drafted: int) -> None:
    desk.take(life.REVIEW, drafted)
    assert desk.story(drafted).entries[-1].deed.remark == ""


def test_what_is_edited_after_its_review_is_reviewed_again_before_it_is_signed(
    desk: Desk, drafted: int
) -> None:
    desk.take(life.REVIEW, drafted)
    edit_text(desk.file(drafted), "特此函告", "特此函达")
    for step in (life.COUNTERSIGN, life.SIGN):
        fault = refusal(desk, step, drafted)
        assert (faults_of(fault), fault_of(fault).exit_code) == (("file-not-recorded",), NOT_ALLOWED)
        assert "重新核稿" in str(fault)
    assert [each.code for each in desk.verify().advices] == ["draft-altered"]
    desk.take(life.REVIEW, drafted)
    desk.take(life.SIGN, drafted)
    assert "特此函达" in words_of(desk.file(drafted))


@pytest.mark.parametrize("step", AFTER_SIGNING, ids=lambda step: step.name)
def test_a_signed_file_that_is_edited_goes_no_step_further_until_it_is_put_back(
    desk: Desk, drafted: int, step: Step
) -> None:
    desk.lead([drafted], BEFORE[step])
    path = desk.file(drafted)
    signed = path.read_bytes()
    edit_text(path, "特此函告", "特此函告！")
    fault = refusal(desk, step, drafted)
    assert faults_of(fault) == ("file-not-recorded",)
    assert "另行制发" in str(fault)
    assert {each.code for each in desk.verify().faults} == {"verify-file-altered"}
    path.write_bytes(signed)
    desk.take(step, drafted)
    assert desk.verify().faults == ()


@pytest.mark.parametrize("mark", ["number", "date"])
def test_another_number_or_date_written_into_a_signed_file_is_found(
    desk: Desk, drafted: int, mark: str
) -> None:
    desk.lead([drafted], State.NUMBERED)
    old, new = {"number": ("〔2026〕1号", "〔2026〕9号"), "date": ("3月16日", "3月18日")}[mark]
    edit_text(desk.file(drafted), old, new)
    assert faults_of(refusal(desk, life.REQUEST, drafted)) == ("file-not-recorded",)
    assert {each.code for each in desk.verify().faults} == {"verify-file-altered"}


def test_the_same_words_in_another_package_are_another_file(desk: Desk, drafted: int) -> None:
    desk.lead([drafted], State.APPROVED)
    path = desk.file(drafted)
    packed = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
        for each in old.infolist():
            new.writestr(each.filename, old.read(each))
    path.write_bytes(packed.getvalue())
    assert faults_of(refusal(desk, life.APPLY, drafted)) == ("file-not-recorded",)


def test_a_file_swapped_for_another_signed_one_is_not_sealed(desk: Desk) -> None:
    desk.grant()
    first, second = (each.id for each in desk.draft("3", units=("县水利局", "县住建局")))
    desk.lead([first, second], State.APPROVED)
    one, other = desk.file(first), desk.file(second)
    aside = one.with_suffix(".aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    for each in (first, second):
        assert faults_of(refusal(desk, life.APPLY, each)) == ("file-not-recorded",)
    assert len(desk.verify().faults) == 2


def test_a_link_to_an_unsigned_file_in_its_place_is_not_sealed(desk: Desk, drafted: int) -> None:
    desk.lead([drafted], State.APPROVED)
    path = desk.file(drafted)
    path.unlink()
    path.symlink_to(path.parent / "送签稿.docx")
    assert faults_of(refusal(desk, life.APPLY, drafted)) == ("file-not-recorded",)


@pytest.mark.parametrize("step", [life.REVIEW, life.SIGN, *AFTER_SIGNING], ids=lambda step: step.name)
def test_without_its_file_a_document_goes_no_step_further(desk: Desk, drafted: int, step: Step) -> None:
    states = BEFORE | {life.REVIEW: State.DRAFTED, life.SIGN: State.REVIEWED}
    desk.lead([drafted], states[step])
    path = desk.file(drafted)
    aside = path.rename(path.with_suffix(".aside"))
    fault = refusal(desk, step, drafted)
    assert (faults_of(fault), fault_of(fault).exit_code) == (("file-gone",), NOT_ALLOWED)
    aside.rename(path)
    desk.take(step, drafted)


def test_every_step_that_looks_at_the_file_records_both_digests(desk: Desk, drafted: int) -> None:
    for step in (*TO_THE_SEAL, life.ISSUE):
        desk.take(step, drafted)
    looked = {each.deed.step: each.deed.files for each in desk.story(drafted).entries}
    now = digests_of(desk.file(drafted).read_bytes())
    for step in AFTER_SIGNING:
        assert [(each.sha256, each.sm3) for each in looked[step.name]] == [(now.sha256, now.sm3)]
    assert all(each.sha256 for files in looked.values() for each in files)


def test_a_draft_with_a_comment_or_a_tracked_change_is_not_signed(desk: Desk, drafted: int) -> None:
    document = docx.Document(str(desk.file(drafted)))
    document.add_comment(document.paragraphs[6].runs, "请核对金额", author="方知远")
    document.save(os.fspath(desk.file(drafted)))
    desk.take(life.REVIEW, drafted)
    fault = refusal(desk, life.SIGN, drafted)
    assert faults_of(fault) == ("unfinished",)
    assert "批注" in str(fault)
