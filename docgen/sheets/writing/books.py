"""Blank workbooks for new workspaces, with what their drop-downs offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from docgen.errors import WRONG_USE, DocgenError, Problems
from docgen.model.faults import NotAmong
from docgen.model.fields import field_of
from docgen.model.mechanism import Mechanism
from docgen.model.member import Person
from docgen.model.project import Project
from docgen.model.records import Records
from docgen.model.schema import BUILT_IN, Schema
from docgen.model.values import Level
from docgen.sheets.writing.arrangement import BOOKS, EVERYTHING
from docgen.sheets.writing.blank import workbook_bytes


class UnknownSheet(NotAmong):
    """A blank sheet was asked for that docgen does not have."""

    code = "sheet-unknown"
    says = "没有“{asked}”这种数据表"


class FileExists(DocgenError):
    """A new file was asked for where one already is."""

    code = "file-exists"
    exit_code = WRONG_USE
    says = "{path} 已存在，没有改动它"
    advises = "请用 --to 指定另一个位置，或先把它移走。"

    path: str


def files_of(
    names: Sequence[str],
    offered: Mapping[type, Sequence[str]],
    schema: Schema = BUILT_IN,
    called: Mapping[str, str] = MappingProxyType({}),
    needed: Sequence[tuple[str, str]] = (),
) -> dict[str, bytes]:
    """Return blank workbooks by file name.

    Args:
        names: of workbooks, of single sheets, or 全部.
        offered: what drop-downs of links offer.
        schema: of the workspace, whose own sheets each have a workbook.
        called: headers that the mechanism has other words for, by label.
        needed: which items each project needs, as `workbook_bytes` takes it.

    Raises:
        Problems: some names are unknown.
    """
    own = {record.sheet: (record,) for record in schema.own}
    wanted = [*BOOKS, *own] if EVERYTHING in names else list(dict.fromkeys(names))
    single = {record.sheet: (record,) for records in BOOKS.values() for record in records}
    known = {**single, **BOOKS, **own}
    Problems.raise_any(UnknownSheet(name, (*known, EVERYTHING)) for name in wanted if name not in known)
    return {
        f"{name}.xlsx": workbook_bytes(
            [(record, ()) for record in known[name]], offered, called, needed, guided=True
        )
        for name in wanted
    }


def called_in(mechanism: Mechanism) -> dict[str, str]:
    """Return the headers for which a mechanism's words for levels are understood (所属旗县), by label."""
    county, city, province = map(mechanism.level_word, (Level.COUNTY, Level.CITY, Level.PROVINCE))
    words = {
        "district": f"所属{county.removesuffix('级')}",
        "provincial": f"{province}资金",
        "municipal": f"{city}资金",
        "county": f"{county}资金",
    }
    columns = {name: field_of(Project, name).column for name in words}
    return {
        column.label: replace(column, label=words[name]).header
        for name, column in columns.items()
        if words[name] in column.also
    }


def offered_by(records: Records) -> dict[type, list[str]]:
    """Return the names that drop-downs offer in a workspace, levels in the mechanism's own words."""
    linkable = records.schema.linkable()
    names = {
        each: _handles(records.people if each is Person else records.named(sheet))
        for sheet, each in linkable.items()
    }
    return {**names, Level: [records.mechanism.level_word(each) for each in Level]}


def needed_by(records: Records) -> list[tuple[str, str]]:
    """Return which items each project needs: its number and the item's name, project by project."""
    projects = sorted(records.of(Project), key=lambda each: each.number)
    return [(str(each.number), one.item.name) for each in projects for one in records.approvals_of(each)]


def refuse_existing(paths: Iterable[Path]) -> None:
    """Raise Problems for the files that already exist."""
    Problems.raise_any(FileExists(str(path)) for path in paths if path.exists())


def _handles(linked: Iterable[Any]) -> list[str]:
    return [each.handle for each in linked]
