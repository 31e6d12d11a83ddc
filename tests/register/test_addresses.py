"""The address of a database: how it is shown, and that its password never is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docgen.cli.main import run
from docgen.register.databases import without_password

WORD = "Geheim5"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://u@h/db", "postgresql://u@h/db"),
        ("postgresql://u:Geheim5@h:5432/db", "postgresql://u@h:5432/db"),
        (
            "postgresql+psycopg://u:Geheim5@[::1]:5432/db?sslmode=require",
            "postgresql+psycopg://u@[::1]:5432/db",
        ),
        ("postgresql://u:a/Geheim5#b@h/库", "postgresql://u@h/库"),
        ("postgresql://u:a@Geheim5@h/db", "postgresql://u@h/db"),
        ("postgresql:///db?host=/run/postgresql", "postgresql:///db"),
        ("postgresql://h/db?user=u&password=Geheim5", "postgresql://h/db"),
        ("postgresql://h/db?sslpassword=Geheim5", "postgresql://h/db"),
    ],
)
def test_an_address_is_shown_by_user_server_and_database(address: str, shown: str) -> None:
    assert without_password(address) == shown


@pytest.mark.parametrize(
    "address",
    [
        "host=h password=Geheim5",
        "postgresql://u:Geheim5",
        "postgresql://u:Geheim5@h:port/db",
        "postgresql://h/db?password=a@Geheim5",
        "postgresql://u:a?Geheim5@h/db",
        "postgresql://u:a://Geheim5@h/db",
        "postgresql:/u:Geheim5@h/db",
        "Geheim5",
    ],
)
def test_what_cannot_be_told_apart_is_not_shown(address: str) -> None:
    assert WORD not in without_password(address)


@pytest.mark.parametrize(
    "settings",
    [
        '[register]\nurl = "postgresql://u:Geheim5@127.0.0.1:1/db"',
        '[register]\nurl = "postgresql://u:a@Geheim5@127.0.0.1:1/db"',
        '[register]\nurl = "postgresql://127.0.0.1:1/db?user=u&password=Geheim5"',
        '[register]\nurl = "postgresql://127.0.0.1:1/db?sslpassword=Geheim5&sslmode=nothing"',
        '[register]\nurl = "postgresql://127.0.0.1:1/db?pasword=Geheim5"',
        '[register]\nurl = "postgresql://u:Geheim5@h:port/db"',
        '[register]\nurl = "mysql://u:Geheim5@h/db"',
        '[register]\nurl = ["postgresql://u:Geheim5@h/db"]',
        '[register]\nurl = {user = "u", password = "Geheim5"}',
        '[register]\npassword = "Geheim5"\nurl = 5',
        '[folders]\nregister = "postgresql://u:Geheim5@h/db"',
    ],
)
@pytest.mark.parametrize("options", [[], ["--json"], ["-v"]])
def test_no_message_holds_a_password(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], settings: str, options: list[str]
) -> None:
    (tmp_path / "docgen.toml").write_text(f"version = 1\n{settings}\n", encoding="utf-8")

    for command in (["doc", "list"], ["verify"], ["backup", "--to", str(tmp_path / "备份")]):
        assert run([*options, "-C", str(tmp_path), *command]) in (1, 2, 4)
        told = capfd.readouterr()
        assert WORD not in told.out + told.err
        if "--json" in options:
            assert json.loads(told.out)["problems"]


def test_a_register_written_as_one_line_shows_nothing_of_it(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    line = 'version = 1\nregister = "postgresql://u:Geheim5@h/db"\n'
    (tmp_path / "docgen.toml").write_text(line, encoding="utf-8")

    assert run(["-C", str(tmp_path), "doc", "list"]) == 1

    assert WORD not in capfd.readouterr().err
