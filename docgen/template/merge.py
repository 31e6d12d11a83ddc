"""`{%-` and `-%}`: joining a tag's paragraph to the text before or behind it, as docxtpl does.

    My house is                        My house is in town and I love it.
    {%- if town -%}              ->
     in town
    {%- endif -%}
     and I love it.

Where the neighbour is not a plain run of the same or the adjoining paragraph, Jinja's own meaning is left: the
spaces beside the tag go.
"""

from __future__ import annotations

from docgen.template.ooxml import PPR, SPACE, Element, P, R, T
from docgen.template.slots import Slot, mark


def merge(root: Element, slots: list[Slot]) -> None:
    """Carry out the dashes of statements; those that are carried out are forgotten."""
    for index, slot in enumerate(slots):
        if slot.opener == "{%" and slot.merge_before and _to_the_left(root, mark(index)):
            slot.merge_before = False
    for index, slot in enumerate(slots):
        if slot.opener == "{%" and slot.merge_after and _to_the_right(root, mark(index)):
            slot.merge_after = False


def _to_the_left(root: Element, text: str) -> bool:
    texts = list(root.iter(T))
    here = _holder(texts, text)
    if here <= 0 or not (texts[here].text or "").lstrip().startswith(text):
        return False
    return _join(texts[here - 1], texts[here])


def _to_the_right(root: Element, text: str) -> bool:
    texts = list(root.iter(T))
    here = _holder(texts, text)
    if here < 0 or here + 1 == len(texts) or not (texts[here].text or "").rstrip().endswith(text):
        return False
    return _join(texts[here], texts[here + 1])


def _holder(texts: list[Element], text: str) -> int:
    return next((index for index, node in enumerate(texts) if text in (node.text or "")), -1)


def _join(left: Element, right: Element) -> bool:
    """Append the right text and what follows it in its paragraph to the left text; drop what lay between."""
    run, other = left.getparent(), right.getparent()
    if run is None or other is None or run.tag != R or other.tag != R:
        return False
    ours, theirs = run.getparent(), other.getparent()
    if ours is None or theirs is None or ours.tag != P or theirs.tag != P:
        return False
    if ours is not theirs and ours.getnext() is not theirs:
        return False
    left.text = (left.text or "") + (right.text or "")
    left.set(SPACE, "preserve")
    _take_over(left, right, run, other)
    return True


def _take_over(left: Element, right: Element, run: Element, other: Element) -> None:
    ours, theirs = run.getparent(), other.getparent()
    rest, runs = list(right.itersiblings()), list(other.itersiblings())
    if run is not other:
        _drop_behind(left, None)
        _drop_behind(run, other if ours is theirs else None)
    else:
        _drop_behind(left, right)
    if ours is None or theirs is None:
        return
    _leave(right)
    if ours is not theirs:
        _leave(theirs)
    elif run is not other:
        _leave(other)
    run.extend(each for each in rest if each.tag != PPR)
    if ours is not theirs:
        ours.extend(runs)


def _drop_behind(element: Element, until: Element | None) -> None:
    for sibling in list(element.itersiblings()):
        if sibling is until:
            return
        _leave(sibling)


def _leave(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
