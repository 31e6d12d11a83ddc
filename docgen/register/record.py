"""The record: what an entry holds, how it is written down, and how entries are chained.

An entry's body is JSON with sorted keys, without spaces, hanzi as they are, in UTF-8:

    seq, at, day        its number, the time of recording, the day of the deed
    step, document      what was done, to which document
    before, after       the document's states
    actor, unit         who did it, and the unit for which they acted
    recorder            the operating system's user who typed it in
    post, roles, sheets post and roles the actor held that day, and the digest of the sheets that said so; entries of
                        docgen itself, and those before version 4, have none of them
    remark              reason or remark
    files               the files as they were then: role, path, sha256, sm3, size
    changes             the rows that follow from it: [table, row, {column: value}]
    about               the entry that it explains; only where it explains one
    workspace           the id of the workspace whose register it is from then on (`binding.py`); only where it says so

Its digest is the SHA-256 of the digest before it, a line feed and the body, so that no entry can be changed, taken
out, put in or moved without breaking the chain from there on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import Any, Final

from docgen.dataclass import dataclass
from docgen.register.faults import RowUnreadable
from docgen.register.life import State

Change = tuple[str, Any, Mapping[str, Any]]
"""A row that follows from an entry: table, key, and the values of its columns that it sets."""

START: Final = "0" * 64
_json: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
"""What stands as the digest before the first entry."""

FOUNDED: Final = "建库"
TAKEN_OVER: Final = "转入"
UPGRADED: Final = "升级"
DOCGEN: Final = "docgen"
"""Who founds and upgrades registers."""


class FileRole(StrEnum):
    """What a recorded file is to its document."""

    DRAFT = "草稿"
    SUBMITTED = "送签稿"
    FINAL = "正本"
    SCAN = "扫描件"
    REPLY = "复函"
    RECEIPT = "回执"
    ATTACHMENT = "附件"
    SIGNED_PDF = "签名PDF"
    BAG = "档案包"
    """The manifest of a bag in which it is archived."""
    SET_ASIDE = "停用"
    """An attachment that counts no more; it lies where it was, and is verified."""
    WITHDRAWN = "撤下"
    """docgen itself has taken the file away since."""


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file as it was when a step was recorded.

    Args:
        role: what it is to the document; one of `FileRole`.
        path: below the workspace, with / between folders.
        sha256, sm3: its digests.
        size: bytes.
    """

    role: str
    path: str
    sha256: str
    sm3: str
    size: int

    def change(self, document: int) -> Change:
        """Return the row of the files' table that follows from it."""
        values = {"document": document, "role": self.role, "sha256": self.sha256, "sm3": self.sm3}
        return "file", self.path, values | {"size": self.size}


@dataclass(frozen=True, slots=True)
class Held:
    """What an actor was on the day of a deed.

    Args:
        post: in the unit acted for.
        roles: in the mechanism; a head of the mechanism's own naming is written with =负责人.
        sheets: SHA-256 of the people, units and roles as the sheets had them.
    """

    post: str
    roles: tuple[str, ...]
    sheets: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done that is to be recorded; the register adds number, time, recorder and digests.

    Args:
        step: a step of `life.py` or a deed on mandates, numbers, rules.
        day: when it was done.
        actor, unit: who did it, and for which unit.
        document: the document's id; None for deeds that concern none.
        before, after: the document's states.
        remark: reason or remark.
        files: the files as they were.
        changes: the rows that follow from it.
        held: what the actor was that day; None for docgen itself.
        about: the number of the entry that it explains.
        workspace: the id of the workspace whose register it is from now on; empty where nothing is said of it.
    """

    step: str
    day: date
    actor: str
    unit: str = ""
    document: int | None = None
    before: State | None = None
    after: State | None = None
    remark: str = ""
    files: tuple[FileSeen, ...] = ()
    changes: tuple[Change, ...] = ()
    held: Held | None = None
    about: int | None = None
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A recorded deed: `deed` as it was done, the rest as the register added it."""

    seq: int
    at: str
    recorder: str
    deed: Deed
    previous: str
    digest: str


def body_of(deed: Deed, seq: int, at: str, recorder: str) -> str:
    """Return the canonical text of an entry."""
    files = [
        {"role": each.role, "path": each.path, "sha256": each.sha256, "sm3": each.sm3, "size": each.size}
        for each in deed.files
    ]
    about = {"about": deed.about} if deed.about is not None else {}
    bound = {"workspace": deed.workspace} if deed.workspace else {}
    held = deed.held
    standing = {"post": held.post, "roles": held.roles, "sheets": held.sheets} if held else {}
    return _json(
        standing
        | {
            "seq": seq,
            "at": at,
            "day": deed.day.isoformat(),
            "step": deed.step,
            "document": deed.document,
            "before": deed.before,
            "after": deed.after,
            "actor": deed.actor,
            "unit": deed.unit,
            "recorder": recorder,
            "remark": deed.remark,
            "files": files,
            "changes": deed.changes,
            **about,
            **bound,
        }
    )


def digest_of(previous: str, body: str | bytes) -> str:
    """Return an entry's digest; the body as text, or as the bytes of its UTF-8."""
    digest = hashlib.sha256(f"{previous}\n".encode("utf-8", "surrogatepass"))
    digest.update(body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def chained(deeds: Iterable[Deed], head: tuple[int, str], at: str, recorder: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of the table `entry` for deeds that follow the head of the chain.

    Args:
        deeds: in the order in which they were done.
        head: number and digest of the last entry so far.
        at: time of recording.
        recorder: who types it in.
    """
    seq, previous = head
    for deed in deeds:
        seq += 1
        body = body_of(deed, seq, at, recorder)
        digest = digest_of(previous, body)
        yield {
            "seq": seq,
            "document": deed.document,
            "step": deed.step,
            "body": body,
            "previous": previous,
            "digest": digest,
        }
        previous = digest


def entry_of(seq: Any, body: Any, previous: str, digest: str, *, changes: bool = True) -> Entry:
    """Return an entry from its row, with what it changes in the tables or without.

    Raises:
        RowUnreadable: somebody else wrote what it holds.
    """
    try:
        said = json.loads(body)
        return _entry_of(said if changes else said | {"changes": ()}, previous, digest)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as fault:
        raise RowUnreadable(f"第{seq}条登记") from fault


def _entry_of(said: Mapping[str, Any], previous: str, digest: str) -> Entry:
    deed = Deed(
        step=intern(said["step"]),
        day=date.fromisoformat(said["day"]),
        actor=intern(said["actor"]),
        unit=intern(said["unit"]),
        document=said["document"],
        before=State(said["before"]) if said["before"] else None,
        after=State(said["after"]) if said["after"] else None,
        remark=said["remark"],
        files=tuple(FileSeen(**each) for each in said["files"]),
        changes=tuple((table, row, values) for table, row, values in said["changes"]),
        about=said.get("about"),
        workspace=said.get("workspace", ""),
        held=_held(said["post"], tuple(said["roles"]), said["sheets"]) if "roles" in said else None,
    )
    return Entry(said["seq"], intern(said["at"]), intern(said["recorder"]), deed, previous, digest)


@lru_cache(maxsize=256)
def _held(post: str, roles: tuple[str, ...], sheets: str) -> Held:
    """Return what an actor was: few people are in many entries, each of which would have texts of its own."""
    return Held(post, roles, sheets)
