"""Of which kinds a declaration's things are: periods of which lengths, documents of which kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from docgen.documents.declared.declaration import MadeForSaid, Written
from docgen.documents.declared.sources import Source
from docgen.documents.issued import PAPER
from docgen.documents.labels.paths import SETTINGS
from docgen.documents.periods import LENGTHS, PERIOD
from docgen.model.names import nearest

_LACKING: Final = {
    PERIOD: '要写明时段有多长，如 kinds = ["旬"]',
    PAPER: '要写明是哪些文种的公文，如 kinds = ["告知函"]',
}
Wrong = tuple[Written, str, str]
"""What is wrong with a text, and the nearest right word."""


def of_kinds(
    source: Source, said: MadeForSaid, settings: Mapping[str, Any]
) -> tuple[Source, tuple[Wrong, ...]]:
    """Return a source with things of the kinds only that a declaration names, and what is wrong with these."""
    if not source.has_kinds:
        words = f"制作对象是“{source.name}”的，不写 kinds"
        return source, tuple((each, words, "") for each in said.kinds[:1])
    wrong: list[Wrong] = []
    if not said.kinds:
        words = f"制作对象是“{source.name}”的，{_LACKING[source.name]}"
        wrong.append((Written("", said.source.place), words, ""))
    kinds = said.kinds if source.name == PAPER else tuple(_lengths(said.kinds, settings, wrong))
    return source.of(tuple(dict.fromkeys(each.text for each in kinds))), tuple(wrong)


def _lengths(said: tuple[Written, ...], settings: Mapping[str, Any], wrong: list[Wrong]) -> Iterator[Written]:
    """Yield lengths of periods; one that is written 设置.名称 stands for those that the setting lists."""
    for each in said:
        name = each.text.removeprefix(f"{SETTINGS}.")
        if name != each.text and name not in settings:
            wrong.append((each, "没有声明这个设置", next(iter(nearest(name, settings, 1)), "")))
            continue
        listed = re.split("[、，,\\s]+", str(settings[name]).strip()) if name != each.text else [each.text]
        for word in filter(None, listed):
            if word in LENGTHS:
                yield Written(word, each.place)
            else:
                words = f"没有这样长的时段，有：{'、'.join(LENGTHS)}"
                wrong.append((Written(word, each.place), words, next(iter(nearest(word, LENGTHS, 1)), "")))
