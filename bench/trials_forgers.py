"""What somebody forges who knows the format: each changes what the entries say, as if it had been recorded so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from random import Random
from typing import Any, Final

from docgen.digests import digests_of
from docgen.register import life
from docgen.register.life import State

Body = dict[str, Any]
Files = Mapping[str, bytes]
STRANGER: Final = "章立群"
"""Of the stamping unit, without a role that gives a right."""


def _with_document(bodies: Sequence[Body], chance: Random, *steps: str) -> int:
    """Return the index of some entry about a document, of one of the steps where any are named."""
    found = [
        at for at, each in enumerate(bodies) if each["document"] and (not steps or each["step"] in steps)
    ]
    return chance.choice(found)


def _row_of(said: Body, table: str = "document") -> Body:
    """Return the first change that an entry makes to a table, to be changed."""
    return next((values for name, _, values in said["changes"] if name == table), {})


def other_person(bodies: list[Body], chance: Random) -> None:
    """Somebody else is said to have taken a step."""
    said = bodies[_with_document(bodies, chance)]
    was, said["actor"] = said["actor"], STRANGER
    row = _row_of(said)
    row.update({name: STRANGER for name, value in row.items() if value == was})


def drafter_signed(bodies: list[Body], chance: Random) -> None:
    """The drafter is said to have signed, with a role that gives the right."""
    said = bodies[_with_document(bodies, chance, "签发")]
    said["actor"] = _row_of(said)["signatory"] = "陶映雪"
    said["roles"] = ["召集人"]


def other_day(bodies: list[Body], chance: Random) -> None:
    """A step is said to have been taken on another day."""
    said = bodies[_with_document(bodies, chance)]
    said["day"] = "2026-03-10"
    row = _row_of(said)
    row.update({name: "2026-03-10" for name, value in row.items() if value == "2026-03-16"})


def other_remark(bodies: list[Body], chance: Random) -> None:
    """A reason or remark says something else."""
    bodies[_with_document(bodies, chance)]["remark"] = "同意"


def other_words(bodies: list[Body], chance: Random) -> None:
    """A document has another title or addressee from the beginning."""
    row = _row_of(bodies[_with_document(bodies, chance, "拟稿")])
    row[chance.choice(("title", "addressee", "subject"))] = "关于另一件事项的告知函"


def more_copies(bodies: list[Body], chance: Random) -> None:
    """More copies were asked for, sealed and issued than were."""
    for said in bodies:
        row = _row_of(said)
        row.update({name: 30 for name in row if name.startswith("copies_") and isinstance(row[name], int)})
    del chance


def other_roles(bodies: list[Body], chance: Random) -> None:
    """A stranger took a step, and the entry says that he held the role for it."""
    said = bodies[_with_document(bodies, chance, "核稿", "签发", "用印批准", "代章")]
    was, said["actor"], said["roles"] = said["actor"], STRANGER, ["召集人", "核稿", "用印审批", "监印"]
    row = _row_of(said)
    row.update({name: STRANGER for name, value in row.items() if value == was})


def other_mandate(bodies: list[Body], chance: Random) -> None:
    """A mandate has another ground."""
    _row_of(bodies[_of_table(bodies, chance, "mandate")], "mandate")["clause"] = "第九条"


def _of_table(bodies: Sequence[Body], chance: Random, table: str) -> int:
    found = [
        at
        for at, each in enumerate(bodies)
        if any(name == table and "title" in values for name, _, values in each["changes"])
    ]
    return chance.choice(found)


def taken_out(bodies: list[Body], chance: Random) -> None:
    """An entry was never made."""
    begins = {"key", "code", "title", "sha256"}  # rows that later entries only change
    found = [at for at, each in enumerate(bodies) if at and not begins & {*_columns(each)}]
    del bodies[chance.choice(found)]


def _columns(said: Body) -> Iterator[str]:
    return (name for _, _, values in said["changes"] for name in values)


def put_in(bodies: list[Body], chance: Random) -> None:
    """A countersignature that nobody gave stands in the middle."""
    at = _with_document(bodies, chance, "签发")
    said = deepcopy(bodies[at])
    number, actor = said["document"], "方知远"
    said |= {"step": "会签", "after": "会签", "before": "核稿", "actor": actor, "roles": ["核稿", "成员"]}
    said["changes"] = [["document", number, {"state": "会签", "countersigners": actor, "day": said["day"]}]]
    bodies[at]["before"] = "会签"
    bodies.insert(at, said)


def exchanged(bodies: list[Body], chance: Random) -> None:
    """Two entries change places."""
    one, other = sorted(chance.sample(range(1, len(bodies)), 2))
    bodies[one], bodies[other] = bodies[other], bodies[one]


def end_cut(bodies: list[Body], chance: Random) -> None:
    """The last entries were never made, with all that follows from them."""
    del bodies[-chance.randint(1, 12) :]


def _next(bodies: Sequence[Body], step: life.Step, chance: Random) -> Body:
    """Return an entry that takes a step for a document which waits for it, like an entry of that step before."""
    states: dict[int, str] = {}
    for each in bodies:
        if each["document"]:
            states[each["document"]] = each["after"]
    waiting = [number for number, state in states.items() if State(state) in step.before]
    said = deepcopy(next(each for each in reversed(bodies) if each["step"] == step.name))
    row, number = _row_of(said), chance.choice(waiting)
    said |= {"document": number, "before": states[number], "changes": [["document", number, row]]}
    path, sha256, sm3 = "", "", ""
    for each in bodies:
        for name, key, values in each["changes"]:
            if name == "document" and key == number:
                path, sha256 = values.get("path", path), values.get("sha256", sha256)
                sm3 = values.get("sm3", sm3)
    for file in said["files"]:
        file |= {"path": path, "sha256": sha256, "sm3": sm3}
    return said


def step_added(bodies: list[Body], chance: Random) -> None:
    """A step that nobody took is added at the end, by who may take it."""
    bodies.append(_next(bodies, chance.choice((life.REVIEW, life.APPROVE, life.COUNTERSIGN)), chance))


def forbidden_step_added(bodies: list[Body], chance: Random) -> None:
    """A step is added at the end by somebody who may not take it."""
    said = _next(bodies, chance.choice((life.REVIEW, life.APPROVE, life.APPLY)), chance)
    said |= {"actor": STRANGER, "roles": ["专项工作组专家"]}
    bodies.append(said)


def row_changed_by_the_way(bodies: list[Body], chance: Random) -> None:
    """An entry added at the end says one thing, and changes a row that has nothing to do with it."""
    row = chance.choice(
        ({"signatory": STRANGER}, {"state": "作废"}, {"title": "另一个标题"}, {"copies_sealed": 99})
    )
    number = chance.choice([each["document"] for each in bodies if each["step"] == "印发"])
    step = chance.choice(("预留编号", "附件"))
    said = deepcopy(next(each for each in bodies if each["step"] == step))
    if said["step"] == "附件":
        said["document"] = number
        said["before"] = said["after"] = [e for e in bodies if e["document"] == number][-1]["after"]
        said["files"] = []
    said["changes"] = [["document", number, row]]
    bodies.append(said)


def unknown_step_added(bodies: list[Body], chance: Random) -> None:
    """An entry of a step that docgen does not have changes a row."""
    number = chance.choice([each["document"] for each in bodies if each["step"] == "印发"])
    said = deepcopy(bodies[-1]) | {
        "step": "更正",
        "document": None,
        "before": None,
        "after": None,
        "files": [],
    }
    said["changes"] = [["document", number, {"addressee": "另一个单位"}]]
    bodies.append(said)


def file_recorded_over(bodies: list[Body], chance: Random) -> Files:
    """An attachment is recorded over a signed document, and the file exchanged."""
    number, final = _signed(bodies, chance)
    said = deepcopy(next(each for each in bodies if each["step"] == "附件"))
    state = [each for each in bodies if each["document"] == number][-1]["after"]
    data = digests_of(_OTHER_FILE)
    file = {**final, "role": "附件", "sha256": data.sha256, "sm3": data.sm3, "size": len(_OTHER_FILE)}
    values = {name: value for name, value in file.items() if name != "path"} | {"document": number}
    said |= {"document": number, "before": state, "after": state, "files": [file]}
    said["changes"] = [["document", number, {"day": said["day"]}], ["file", final["path"], values]]
    bodies.append(said)
    return {final["path"]: _OTHER_FILE}


def file_exchanged(bodies: list[Body], chance: Random) -> Files:
    """A signed document is exchanged, and its digests wherever they stand."""
    _, final = _signed(bodies, chance)
    data = digests_of(_OTHER_FILE)
    new = {final["sha256"]: data.sha256, final["sm3"]: data.sm3, final["size"]: len(_OTHER_FILE)}
    for said in bodies:
        for values in (*said["files"], *(values for _, _, values in said["changes"])):
            if values.get("sha256") == final["sha256"]:
                values.update(
                    {name: new[values[name]] for name in ("sha256", "sm3", "size") if name in values}
                )
    return {final["path"]: _OTHER_FILE}


_OTHER_FILE: Final = b"PK another document"


def _signed(bodies: Sequence[Body], chance: Random) -> tuple[int, Body]:
    """Return some signed document's id and what was recorded of its file."""
    said = chance.choice([each for each in bodies if each["step"] == "编号"])
    return said["document"], dict(next(each for each in said["files"] if each["role"] == "正本"))


Forger = Callable[[list[Body], Random], "Files | None"]
FORGERS: Final[tuple[Forger, ...]] = (
    other_person, drafter_signed, other_day, other_remark, other_words, more_copies, other_roles, other_mandate,
    taken_out, put_in, exchanged, end_cut, step_added, forbidden_step_added, row_changed_by_the_way,
    unknown_step_added, file_recorded_over, file_exchanged,
)  # fmt: skip
NEVER: Final = frozenset({step_added})
"""What nobody can find: docgen itself would have recorded the same for whoever gives another's name."""
WITHOUT_A_WITNESS: Final = frozenset({
    drafter_signed, exchanged, forbidden_step_added, row_changed_by_the_way, unknown_step_added, file_recorded_over,
})  # fmt: skip
"""What the record itself gives away, whatever else is rewritten."""
