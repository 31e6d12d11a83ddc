"""Heads and members: rosters with tabs and wide spaces, 主任：… lists, tables, and sentences that seat a post."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from docgen.dataclass import dataclass
from docgen.founding.passages import Passage
from docgen.founding.proposal import Source
from docgen.model.roles import LISTED, ROLES, Body

_LISTED: Final = "|".join(sorted((each.name for each in ROLES if each.seat), key=len, reverse=True))
_OFFICE_WORDS: Final = "主任|常务副主任|副主任"
_ROLE: Final = re.compile(
    rf"^(?P<role>{_LISTED}|{_OFFICE_WORDS}|成员|联络员|(?!联系人|填表人|主持人|记录人)[一-鿿]{{1,5}}(?:长|人|员))(?:[：:]\t?|\t)(?P<rest>.*)$"
)
"""A word that begins a line of a roster: a role of the closed list, of an office, or one that is in neither."""
_PERSON: Final = re.compile(
    r"^(?P<name>[一-鿿]{2,4}|[一-鿿]{2,8}·[一-鿿·]{2,12}|待定|空缺)(?:\t|[（(]|[，,])(?P<post>[^：:]+?)[)）]?[；;。]?$"
)
_SPACED: Final = re.compile(
    r"^(?P<name>[一-鿿]{2,4}|[一-鿿]{2,8}·[一-鿿·]{2,12}) "
    r"(?P<post>[^：:、]+(?:长|主任|书记|主席|委员|负责人|经理|员|师|干部))[；;。]?$"
)
"""A single space says where a name ends only when a post follows; between names it stands as well."""
_BARE: Final = re.compile("^[一-鿿]{2,3}$|^[一-鿿]{2,8}·[一-鿿·]{2,12}$")
_SEVERAL: Final = re.compile(r"(?P<name>[一-鿿]{2,4})[（(](?P<post>[^（()）]+)[)）]")
_NO_NAME: Final = re.compile(
    "(?:局|委|办|部|院|厅|中心|公司|单位|政府|部门|负责|主任|书记|县长|市长|旗长)$|^(?:县|市|旗|省|区|各|由)"
)
_POSTS: Final = "(?:主任|局长|书记|县长|市长|旗长|区长|秘书长|主席|部长|盟长|州长|厅长|院长|总经理)"
_SEAT: Final = re.compile(
    rf"(?:由)?(?P<post>(?:[^，。；、：由]{{0,20}}{_POSTS}[一-鿿]{{2,3}}[、，]){{0,9}}[^，。；：由]{{2,60}}?)"
    rf"(?:同志)?(?:分别)?(?:担任|兼任|任|为)(?P<role>{_LISTED}|{_OFFICE_WORDS})"
)
_SEAT_BEFORE: Final = re.compile(
    rf"(?P<role>(?:办公室)?(?:{_OFFICE_WORDS})|{_LISTED})"
    "，?由(?P<post>[^。；由]{2,120}?)(?:同志)?(?:分别)?(?:担任|兼任)"
)
_POST_NAME: Final = re.compile(rf"^(?P<post>.*{_POSTS})(?P<name>[一-鿿]{{2,3}})$")
_DEEDS: Final = re.compile(
    "牵头|召集|主持|负责|担任|兼任|分管|参加|组成|审定|审核|签发|签字|同意|批准|带队|约谈|协调|督办|挂帅|包联|联系"
)
"""What stands behind a post and is no name: 由县长牵头."""
_PARTS: Final = re.compile("[，。；、：:\t ]|和|及|由")
_PARTY: Final = re.compile("[县市旗区盟州省]委(?:副书记|书记|常委)$|党组(?:成员|副书记|书记)$")
_OFFICE_ROLES: Final = {"主任": "办公室主任", "常务副主任": "办公室常务副主任", "副主任": "办公室副主任"}
_LONGEST_ROW: Final = 60
_WHO: Final = re.compile("姓名")
_HEADS: Final = re.compile(rf"{_LISTED}|办公室(?:{_OFFICE_WORDS})")
_TAKES_ON: Final = re.compile("(?:同志)?(?:分别)?(?:担任|兼任|任|为).*$")


@dataclass(frozen=True)
class Seen:
    """A person or a seat in the text.

    Args:
        name: Empty for a seat that belongs to a post.
        post: Unit and post in one, as the text has them.
        role: Of the closed list where it is one, else the text's own word.
        body: In which body.
        vacant: Whether the seat is open （待定）.
        source: The row or sentence.
    """

    name: str
    post: str
    role: str
    body: Body
    source: Source
    vacant: bool = False


def people_in(passages: Sequence[Passage]) -> Iterator[Seen]:
    """Yield everyone whom rosters and sentences name, in the order of the text."""
    role, body = "", Body.MECHANISM
    columns: dict[str, int] = {}
    for passage in (clause for each in passages for clause in _clauses(each)):
        columns = (_columns(passage) or columns) if passage.row else {}
        if columns:
            yield from _of_row(passage, columns)
            continue
        if passage.heading:
            role = ""
            continue
        found = _ROLE.match(passage.text)
        if found:
            role, body = found["role"], _body_of(passage, found["role"])
        rest = (found["rest"] if found else passage.text).strip("\t ")
        several = list(_persons(rest)) if role and len(rest) <= 12 * _LONGEST_ROW else []
        for name, post in several:
            yield _seen(name, post, role, body, passage.source())
        if several or (found and not rest):
            continue
        role = ""
        yield from _seats(passage)


def not_read(passages: Sequence[Passage], seen: Sequence[Seen]) -> Iterator[tuple[str, Source]]:
    """Yield whom sentences about heads of the mechanism name behind a post and `people_in` did not read.

    Args:
        passages: Of the text.
        seen: Who was read.
    """
    known = {each.name for each in seen}
    for passage in passages:
        if passage.heading or passage.row or not _HEADS.search(passage.text):
            continue
        for words in passage.sentences:
            for part in _PARTS.split(words):
                found = _POST_NAME.match(_TAKES_ON.sub("", part))
                if found and _is_name(found["name"]) and found["name"] not in known:
                    known.add(found["name"])
                    yield found[0], passage.source(words)


def _clauses(passage: Passage) -> list[Passage]:
    """Return a line that seats several roles (主任：…；副主任：…) as one line for each."""
    parts = [] if passage.row or passage.heading else passage.text.rstrip("。；").split("；")
    if len(parts) > 1 and all(_ROLE.match(each) for each in parts):
        return [replace(passage, text=each) for each in parts]
    return [passage]


def _persons(text: str) -> Iterator[tuple[str, str]]:
    """Yield names with posts of a line of a roster; nothing where it is none."""
    if not text:
        return
    if len(_SEVERAL.findall(text)) > 1 or (_SEVERAL.fullmatch(text)):
        yield from (
            (each["name"], each["post"]) for each in _SEVERAL.finditer(text) if _is_name(each["name"])
        )
        return
    one = _PERSON.match(text) or _SPACED.match(text)
    if one and _is_name(one["name"]) and len(text) <= _LONGEST_ROW:
        yield one["name"], re.sub("\t+", "", one["post"])
        return
    if behind := list(_behind_posts(text.strip("。；"))):
        yield from behind
        return
    names = [each for each in re.split("[、\t]", text.strip("。；")) if each]
    if names and all(_BARE.match(each) and _is_name(each) for each in names):
        yield from ((each, "") for each in names)


def _behind_posts(text: str) -> Iterator[tuple[str, str]]:
    """Yield names that stand behind their posts (县委常委、副县长王武); nothing if the last post is nobody's."""
    found: list[tuple[str, str]] = []
    posts: list[str] = []
    for part in filter(None, re.split("[、，,]", text)):
        one = _POST_NAME.match(part)
        if one and _is_name(one["name"]):
            found.append((one["name"], "、".join([*posts, one["post"]])))
        posts = [] if one else [*posts, part]
    yield from [] if posts else found


def _is_name(text: str) -> bool:
    return not _NO_NAME.search(text) and not _DEEDS.search(text)


def _body_of(passage: Passage, role: str) -> Body:
    """Return the body a roster is of: by the nearest heading, by the role where that tells."""
    for heading in (*reversed(passage.under),):
        for word, body in (("专班", Body.CREW), ("跟进组", Body.FOLLOW_UP), ("专项工作组", Body.TASK_FORCE)):
            if word in heading:
                return body
        if "办公室" in heading:
            return Body.OFFICE
    return Body.OFFICE if role in _OFFICE_ROLES else Body.MECHANISM


def _seen(name: str, post: str, role: str, body: Body, source: Source) -> Seen:
    vacant = name in ("待定", "空缺") or post in ("待定", "空缺")
    return Seen(
        "" if vacant else name,
        "" if post in ("待定", "空缺") else post,
        role_of(role, body),
        body,
        source,
        vacant,
    )


def role_of(word: str, body: Body) -> str:
    """Return the role of the closed list that a roster's word is in a body; the word where it is none."""
    if body is Body.OFFICE or word in _OFFICE_ROLES:
        return _OFFICE_ROLES.get(word, "" if word == "成员" else word)
    before = {Body.TASK_FORCE: "专项工作组", Body.FOLLOW_UP: "跟进组"}.get(body, "")
    if before and LISTED.role(before + word):
        return before + word
    if body is Body.CREW:
        return "专班成员" if word == "成员" else "专班负责人"
    return word


def _columns(passage: Passage) -> dict[str, int]:
    """Return what each column of a roster's table holds, when this row is its head."""
    cells = passage.text.split("\t")
    if not any(_WHO.search(each) for each in cells):
        return {}
    signs = (
        ("name", "姓名"),
        ("role", "机制职务|职责|角色|类别|机制中职务|组内职务"),
        ("unit", "单位"),
        ("post", "职务"),
    )
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        key = next((key for key, sign in signs if re.search(sign, cell) and key not in found), "")
        if key:
            found[key] = place
    return found


def _of_row(passage: Passage, columns: dict[str, int]) -> Iterator[Seen]:
    if "name" not in columns:
        return
    cells = [each.strip() for each in passage.text.split("\t")]
    said = {key: cells[place] if place < len(cells) else "" for key, place in columns.items()}
    name = said["name"]
    if not _BARE.match(name) or not _is_name(name) or _WHO.search(name):
        return
    role = said.get("role", "") or "成员"
    unit, post = said.get("unit", ""), said.get("post", "")
    whole = post if post.startswith(unit) else unit + post
    yield _seen(name, whole, role, _body_of(passage, role), passage.source())


def _seats(passage: Passage) -> Iterator[Seen]:
    """Yield the seats that sentences give to posts: 由县长担任."""
    for words in passage.sentences:
        for found in (*_SEAT.finditer(words), *_SEAT_BEFORE.finditer(words)):
            role = found["role"]
            body = Body.OFFICE if "主任" in role else _body_of(passage, role)
            bare = role.removeprefix("办公室") if body is Body.OFFICE else role
            for text in _posts(found["post"]):
                post, name = _post_and_name(text)
                if _is_post(post) or (name and not post):
                    yield Seen(name, post, role_of(bare, body), body, passage.source(words))


def _posts(words: str) -> Iterator[str]:
    """Yield who holds a role one by one; a leader's post in the party belongs to the post and name behind it."""
    before = ""
    for text in re.split("[、，]|(?<=[长任记席])(?:和|及)", words):
        before += text
        if _PARTY.search(before):
            before += "、"
            continue
        yield before
        before = ""
    if before:
        yield before.rstrip("、")


def _post_and_name(text: str) -> tuple[str, str]:
    text = re.sub("^.*?(?:办公室主任由|由)", "", text).strip()
    if _BARE.match(text) and _is_name(text):
        return "", text
    found = _POST_NAME.match(text)
    return (found["post"], found["name"]) if found else (text, "")


def _is_post(text: str) -> bool:
    return bool(re.search("(?:长|主任|书记|主席|负责人|经理)$", text)) and not re.search(
        "各|相关|有关|兼$", text
    )
