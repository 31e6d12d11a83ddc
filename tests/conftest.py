"""What all tests share: sample workspaces, the command line, and no skipping where CI is set."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, settings
from python_calamine import CalamineWorkbook

from docgen.model.records import Records
from docgen.sheets.addresses import address_of
from docgen.sheets.writing.in_place import CellUnchanged, Edit, edited

sys.path.insert(0, str(Path(__file__).parent))  # modules that only tests share
from sample import sample  # found by the line above

REPOSITORY = Path(__file__).parent.parent
# Without compiled files every process that a test starts would compile docgen anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # as in a shell's background; tests send it to processes
    signal.signal(signal.SIGINT, signal.default_int_handler)


MEMORY = Path("/dev/shm")  # noqa: S108  pytest makes a folder of its own in it
"""A folder in memory, where there is one: what tests write costs less there, and waits for no disk."""
ROOM = 4 * 2**30
"""Bytes that must be free in it: a run leaves one or two behind."""


def in_memory() -> bool:
    """Whether the tests' own folders fit into memory."""
    return os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM


if in_memory():
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")  # how long something takes is measured in bench/, not here
gc.disable()  # while tests are collected: nothing of that is garbage


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Let the collector of garbage look at what tests make, seldom, and never again at the tests themselves."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


HEAVY = (
    "tests/standard/",
    "tests/lint/",
    "tests/mechanisms/",
    "tests/register/test_life.py",
    "tests/documents/test_every_kind.py",
    "tests/office/",
    "tests/register/test_year.py",
    "tests/cli/test_own_kinds.py",
    "tests/template/test_limits.py",
    "tests/cli/test_commands.py",
    "tests/cli/test_lists.py",
    "tests/archive/",
    "tests/register/",
    "tests/cli/",
    "tests/test_docs.py",
    "tests/test_wheel.py",
)
"""Where the tests are that take longest, the longest first: they begin first, so that no process waits for them."""
MOST_READINGS = 24
"""How many readings of sheets a process remembers."""
MOST_SHEETS, SMALL = 200, 2**18
"""How many parsed worksheets a process remembers, and of workbooks of how many bytes."""
TOGETHER = ("tests/standard/", "tests/lint/", "tests/mechanisms/")
"""Folders whose files share what is made once a session; of other folders each file is tried by one process."""


def pytest_xdist_auto_num_workers() -> int:
    """Return how many processes `-n auto` begins: one more than cores, for those that wait for a program or a disk."""
    return (os.cpu_count() or 1) + 1


def group_of(nodeid: str) -> str:
    """Return what is tried by one process: a folder whose files share much, or a file."""
    path = nodeid.split("::", 1)[0]
    return next((folder for folder in TOGETHER if path.startswith(folder)), path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that take longest first."""
    order = {item.nodeid: place_of(item.nodeid) for item in items}
    items.sort(key=lambda item: order[item.nodeid])


def place_of(nodeid: str) -> int:
    return next((place for place, path in enumerate(HEAVY) if nodeid.startswith(path)), len(HEAVY))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each group of tests to one process, so that what its tests share is made once."""
    from xdist.scheduler.loadscope import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return group_of(nodeid)

    return ByGroup(config, log)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a run in CI that skipped anything: a missing tool must be installed, not passed over."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        reporter.write_line("CI allows no skipped tests", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests' cache apart from the user's, which might hold what another docgen has kept."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DOCGEN_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def same_sheets_read_once() -> Iterator[None]:
    """Let the commands of a process share what they read of sheets that are the same to the last byte.

    One command reads each sheet once; a thousand of them in one process would read the sample's a thousand times.
    Readings with faults, which name files, and of sheets that a workspace declares itself are not shared.
    """
    from docgen.workspace import Workspace

    read, known = Workspace.read, {}

    def read_once(self: Workspace, *wanted: Any) -> Any:
        if not self.data.is_dir() or self.own_sheets.exists():
            return read(self, *wanted)
        files = sorted(each for each in self.data.iterdir() if each.is_file())
        key = (
            self.shown(self.data),
            wanted,
            *((each.name, sha256(each.read_bytes()).digest()) for each in files),
        )
        if key in known:
            return known[key]
        reading = read(self, *wanted)
        if not reading.faults:
            known[key] = reading
            if len(known) > MOST_READINGS:
                known.pop(next(iter(known)))
        return reading

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Workspace, "read", read_once)
        yield


@pytest.fixture(autouse=True, scope="session")
def same_sheet_parsed_once() -> Iterator[None]:
    """Let commands share the cells of a worksheet whose workbook is the same to the last byte, when others changed."""
    from docgen.sheets.opening.workbook import Workbook

    known: dict[tuple[bytes, str], Any] = {}
    parse = Workbook.grid

    def parse_once(self: Workbook, name: str) -> Any:
        if len(self.data) > SMALL:
            return parse(self, name)
        key = sha256(self.data).digest(), name
        grid = known.pop(key, None) or parse(self, name)
        known[key] = grid
        if len(known) > MOST_SHEETS:
            known.pop(next(iter(known)))
        return grid

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Workbook, "grid", parse_once)
        yield


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


Docgen = Callable[..., Ran]


@pytest.fixture
def docgen(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Docgen:
    """Run a docgen command in this process."""
    from docgen.cli.main import run

    monkeypatch.delenv("DOCGEN_BY", raising=False)

    def call(*arguments: str | Path) -> Ran:
        code = run([str(each) for each in arguments])
        captured = capfd.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sample workspace, in which one stands."""
    root = tmp_path / "workspace"
    root.mkdir()
    for name, content in sample_files().items():
        path = root / name
        path.write_bytes(content) if content is not None else path.mkdir()
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="session")
def records() -> Records:
    """The records of the sample workspace, which nobody changes."""
    return sample()


@cache
def sample_files() -> dict[str, bytes | None]:
    """Return the content of each file of the sample workspace, and None for each folder, from the top down."""
    found = [
        each
        for name in ("data", "templates")
        for each in (REPOSITORY / name, *(REPOSITORY / name).rglob("*"))
    ]
    return {
        str(each.relative_to(REPOSITORY)): None if each.is_dir() else each.read_bytes()
        for each in sorted([*found, REPOSITORY / "docgen.toml"])
        if "留存" not in each.parts and not each.name.startswith("~$")
    }


Begin = Callable[[str, Callable[[], object]], None]
_BEGUN: dict[tuple[object, str], Path] = {}


@pytest.fixture
def begin(request: pytest.FixtureRequest, workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Begin:
    """Lead the workspace to where several tests of a module begin: begin(name, lead) leads once, and copies later."""

    def led(name: str, lead: Callable[[], object]) -> None:
        key = (request.node.path, name)
        if key in _BEGUN:
            shutil.copytree(_BEGUN[key], workspace, dirs_exist_ok=True)
            return
        lead()
        _BEGUN[key] = shutil.copytree(workspace, tmp_path_factory.mktemp("begun") / "workspace")

    return led


Rows = list[list[Any]]


def rows_of(path: Path, sheet: str) -> Rows:
    """Return the values of a sheet from its first row and column on; blank ones are empty text."""
    found: Rows = (
        CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    )
    return found


def put(path: Path, sheet: str, row: int, values: dict[int, Any]) -> None:
    """Write cells of a row, by the numbers of their columns.

    In place where that can be done: it takes a tenth of the time of loading and saving the workbook.
    """
    if all(map(is_plain, values.values())):
        cells: Any = {address_of(row - 1, at - 1): Edit(value) for at, value in values.items()}
        with suppress(CellUnchanged):
            path.write_bytes(edited(path.read_bytes(), {sheet: cells}, path.name))
            return
    workbook = openpyxl.load_workbook(path)
    for column, value in values.items():
        workbook[sheet].cell(row, column).value = value
    workbook.save(path)


def is_plain(value: object) -> bool:
    """Whether a value goes into a cell as it is, whatever its format: no day and no formula."""
    return value is None or type(value) is int or (type(value) is str and not value.startswith("="))


def set_cell(path: Path, sheet: str, key: object, header: str, value: object) -> None:
    """Write one cell of a sheet, in the row whose first cell is `key`."""
    _, headers, *rows = rows_of(path, sheet)
    row = next((number for number, row in enumerate(rows, 3) if row[0] == key), None)
    if row is None:
        raise KeyError(key)
    put(path, sheet, row, {headers.index(header) + 1: value})


@pytest.fixture
def edit(workspace: Path) -> Callable[..., None]:
    """Write one cell of the workspace's sheets: edit(sheet, key, header, value)."""

    def write(sheet: str, key: object, header: str, value: object, book: str | None = None) -> None:
        set_cell(workspace / "data" / f"{book or sheet}.xlsx", sheet, key, header, value)

    return write


@pytest.fixture
def settle(workspace: Path) -> Callable[[str, object], None]:
    """Write one value of the mechanism's sheet, which goes downward: settle(label, value)."""

    def write(label: str, value: object) -> None:
        path = workspace / "data" / "工作机制.xlsx"
        labels = [row[0] for row in rows_of(path, "工作机制")]
        put(path, "工作机制", labels.index(label) + 1, {2: value})

    return write


def set_row(path: Path, sheet: str, where: dict[str, object], header: str, value: object) -> None:
    """Write one cell of the row that has given values under given headers; a row is added where none has them."""
    _, heads, *rows = rows_of(path, sheet)
    columns = {str(each).split("（")[0]: at for at, each in enumerate(heads)}
    rows.append([""] * len(heads))
    found = (
        number
        for number, row in enumerate(rows, 3)
        if all(row[columns[name]] == each for name, each in where.items())
    )
    blank = (number for number, row in enumerate(rows, 3) if row[0] == "")
    put(
        path,
        sheet,
        next(found, None) or next(blank),
        {columns[name] + 1: each for name, each in {**where, header: value}.items()},
    )


@pytest.fixture
def set_kind(workspace: Path) -> Callable[[str, str, object], None]:
    """Write one value of a kind in the sheet 文种: set_kind(kind, header, value)."""

    def write(kind: str, header: str, value: object) -> None:
        set_row(workspace / "data" / "工作机制.xlsx", "文种", {"文种": kind}, header, value)

    return write


@pytest.fixture
def set_setting(workspace: Path) -> Callable[[str, str, object], None]:
    """Write a kind's own setting in the sheet 文种设置: set_setting(kind, setting, value)."""

    def write(kind: str, setting: str, value: object) -> None:
        set_row(
            workspace / "data" / "工作机制.xlsx", "文种设置", {"文种": kind, "设置": setting}, "值", value
        )

    return write
