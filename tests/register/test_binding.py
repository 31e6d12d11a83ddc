"""A register belongs to one workspace: another is refused, and one that was moved, copied or restored goes on."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from desks import DAY, NOW, REPOSITORY, SIGNATORY, Desk, faults_of, make_desk

from docgen.cli.main import run
from docgen.errors import NOT_ALLOWED, DocgenError
from docgen.office import witnesses
from docgen.office.backups import backup
from docgen.office.restoring import restore
from docgen.register import life
from docgen.register.audit import audit
from docgen.register.binding import NAME, bound_to
from docgen.register.record import Deed
from docgen.register.store import Register
from docgen.register.witness import NAME as WITNESS

Databases = Callable[[str | None], str]
VERSION_4 = Path(__file__).with_name("version4")


@pytest.fixture
def bound(desk: Desk) -> Desk:
    """An office with a draft, on each kind of database."""
    desk.draft("3", units=("县水利局",))
    return desk


@pytest.fixture
def another(bound: Desk) -> Desk:
    """An office that keeps nothing yet, and whose settings lead to the register of `bound`."""
    root, url = bound.root.parent / "另一个", bound.workspace.settings.register_at.url
    other = make_desk(root, url or root / "register.sqlite")
    if not url:
        shutil.copyfile(bound.workspace.register_path, other.workspace.register_path)
    return other


def id_of(desk: Desk) -> str:
    return (desk.root / NAME).read_text("utf-8").split()[0]


def bound_id(desk: Desk) -> str:
    with desk.office().register.reading() as books:
        return bound_to(books.connection)


def refused(call: Callable[[], Any]) -> str:
    with pytest.raises(DocgenError) as fault:
        call()
    assert fault.value.exit_code == NOT_ALLOWED
    (code,) = faults_of(fault.value)
    return code


def works(desk: Desk) -> bool:
    desk.take(life.REVIEW, desk.draft("3", units=("县水利局",))[0].id)
    return desk.verify().faults == ()


def test_the_entry_that_founds_a_register_says_whose_it_is(bound: Desk) -> None:
    with bound.office().register.reading() as books:
        (founded,) = books.taken("建库")

    assert founded.deed.workspace == id_of(bound) == bound_id(bound)
    assert bound.verify().faults == ()


def test_each_workspace_has_an_id_of_its_own(tmp_path: Path) -> None:
    desks = [make_desk(tmp_path / name, tmp_path / name / "register.sqlite") for name in "甲乙"]
    for each in desks:
        each.draft("3", units=("县水利局",))

    assert id_of(desks[0]) != id_of(desks[1])


@pytest.mark.parametrize("has_id", [False, True])
def test_another_workspace_is_refused_whatever_it_asks_and_changes_nothing(
    bound: Desk, another: Desk, has_id: bool
) -> None:
    if has_id:
        (another.root / NAME).write_text("0123456789abcdef\n", encoding="utf-8")
    before, files = bound.verify().head, sorted(another.root.rglob("*.docx"))
    calls: tuple[Callable[[], Any], ...] = (
        another.documents,
        another.verify,
        lambda: another.draft("4"),
        lambda: another.take(life.REVIEW, 1),
        lambda: backup(another.office(), another.root.parent / "备份"),
        lambda: witnesses.begin(another.office(SIGNATORY), "试一试"),
    )

    assert {refused(each) for each in calls} == {"register-of-another"}
    assert bound.verify().head == before
    assert sorted(another.root.rglob("*.docx")) == files
    assert not (another.root / WITNESS).exists()
    assert works(bound)


def test_a_command_says_whose_register_it_is_and_exits_with_3(
    bound: Desk, another: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(another.root), "doc", "list"]) == NOT_ALLOWED
    assert f"属于编号 {id_of(bound)} 的工作区" in capsys.readouterr().err


def test_an_id_that_was_lost_can_be_written_again_by_hand(bound: Desk) -> None:
    own = id_of(bound)
    (bound.root / NAME).unlink()
    assert refused(bound.documents) == "register-of-another"

    (bound.root / NAME).write_bytes(f"\ufeff{own}\r\n".encode())

    assert works(bound)


def test_a_workspace_that_was_moved_goes_on(bound: Desk) -> None:
    moved = Desk(bound.root.rename(bound.root.parent / "搬到这里"))

    assert works(moved)


def test_a_copied_workspace_has_a_register_of_its_own_or_is_refused(
    bound: Desk, request: pytest.FixtureRequest
) -> None:
    copy = Desk(shutil.copytree(bound.root, bound.root.parent / "练习"))
    url, head = bound.workspace.settings.register_at.url, bound.verify().head
    if url:
        assert refused(copy.documents) == "register-shared"
        settings, own = copy.root / "docgen.toml", request.getfixturevalue("databases")(url)
        settings.write_text(settings.read_text("utf-8").replace(url, own), encoding="utf-8")
        witnesses.begin(copy.office(SIGNATORY), "练习用，已换成自己的库", adopt=True)
        assert id_of(copy) != id_of(bound)

    assert works(copy)
    assert bound.verify().head == head
    assert works(bound)


def test_a_leader_lets_another_workspace_adopt_a_register_and_it_is_on_record(
    bound: Desk, another: Desk
) -> None:
    shutil.copytree(bound.root / "out", another.root / "out")
    with pytest.raises(DocgenError) as fault:
        witnesses.begin(another.office("陶映雪"), "工作区重建", adopt=True)
    assert faults_of(fault.value) == ("not-leading",)

    witnesses.begin(another.office(SIGNATORY), "工作区重建", adopt=True)

    with another.office().register.reading() as books:
        (entry,) = books.taken("建立见证")
    assert (entry.deed.actor, entry.deed.workspace) == (SIGNATORY, id_of(another))
    assert works(another)
    if bound.workspace.settings.register_at.url:
        assert refused(bound.documents) == "register-of-another"
    with pytest.raises(DocgenError) as again:
        witnesses.begin(another.office(SIGNATORY), "再来一次", adopt=True)
    assert faults_of(again.value) == ("witness-nothing-to-begin",)


def test_a_restored_workspace_goes_on_beside_the_one_it_was_copied_from(
    bound: Desk, request: pytest.FixtureRequest
) -> None:
    url, to = bound.workspace.settings.register_at.url, bound.root.parent / "恢复"
    backup(bound.office(), bound.root.parent / "备份")

    restore(
        bound.root.parent / "备份", to, lambda: NOW, request.getfixturevalue("databases")(None) if url else ""
    )

    assert id_of(Desk(to)) == id_of(bound)
    assert works(Desk(to))
    assert works(bound)


@pytest.fixture(params=["sqlite", "postgresql"])
def restored(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """The office whose backup the docgen of version 4 made, not opened yet."""
    with zipfile.ZipFile(VERSION_4 / f"{request.param}.zip") as packed:
        packed.extractall(tmp_path / "备份")
    url = request.getfixturevalue("databases")(None) if request.param == "postgresql" else ""
    restored = restore(tmp_path / "备份", tmp_path / "工作区", lambda: NOW, url)
    assert (restored.verified.faults, restored.verified.entries) == ((), 9)
    return Desk(tmp_path / "工作区", sheets_change=True)


def test_a_backup_of_version_4_is_restored_upgraded_and_bound_by_an_entry_alone(restored: Desk) -> None:
    with restored.office().register.reading() as books:
        (entry,) = books.taken("升级")
        documents = books.documents()

    assert (entry.deed.workspace, entry.deed.changes, entry.seq) == (id_of(restored), (), 9)
    assert [each.entry < entry.seq for each in documents] == [True, True]
    assert restored.verify("a7c515f540e9ebe63c139eb843bc8f23ec6f11a57af0d53cd9ffa09543b8f712").faults == ()


def test_an_older_register_that_a_witness_calls_anothers_is_bound_by_a_leader(tmp_path: Path) -> None:
    with zipfile.ZipFile(VERSION_4 / "sqlite.zip") as packed:
        packed.extractall(tmp_path)
    desk = Desk(tmp_path / "工作区", sheets_change=True)
    shutil.copytree(REPOSITORY / "data", desk.root / "data", dirs_exist_ok=True)
    lines = (desk.root / WITNESS).read_text("utf-8")
    (desk.root / WITNESS).write_text(lines.replace("a7c515f5", "b7c515f5"), encoding="utf-8")

    assert {each.code for each in desk.verify().faults} == {"witness-differs"}
    assert (bound_id(desk), (desk.root / NAME).exists()) == ("", False)
    witnesses.begin(desk.office(SIGNATORY), "查明是误改")

    assert bound_id(desk) == id_of(desk)
    assert desk.verify().faults == ()


def test_no_other_entry_may_say_whose_a_register_is(register: Register) -> None:
    with register.writing() as books:
        books.add(Deed("核验", DAY, "陶映雪", workspace="0123456789abcdef"))

    with register.reading() as books:
        assert [each.code for each in audit(books.connection).findings] == ["verify-entry-altered"]
        assert bound_to(books.connection) == ""


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", "联审办".encode()])
def test_no_register_is_founded_beside_an_id_that_is_none(desk_on_sqlite: Desk, content: bytes) -> None:
    (desk_on_sqlite.root / NAME).write_bytes(content)

    with pytest.raises(DocgenError) as fault:
        desk_on_sqlite.draft("3")
    assert faults_of(fault.value) == ("workspace-id-unreadable",)
    assert (desk_on_sqlite.root / NAME).read_bytes() == content


def test_a_workspace_that_was_moved_is_no_copy_of_what_stands_in_its_place_now(
    databases: Databases, tmp_path: Path
) -> None:
    desk = make_desk(tmp_path / "工作区", databases(None))
    desk.draft("3", units=("县水利局",))
    moved = Desk(desk.root.rename(tmp_path / "搬到这里"))
    desk.root.mkdir()
    (desk.root / NAME).write_text(
        "0123456789abcdef\n", encoding="utf-8"
    )  # a new workspace in the former place

    assert works(moved)
    (tmp_path / "链接").symlink_to(moved.root)
    assert Desk(tmp_path / "链接").verify().faults == ()
