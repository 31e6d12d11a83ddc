"""Who signs a document of the office: the mechanism's settings put into names."""

from __future__ import annotations

import re

from docgen.model.mechanism import Mechanism
from docgen.model.values import SealWording


def signature_names(mechanism: Mechanism) -> tuple[str, ...]:
    """Return the name lines of the signature as the mechanism words the seal on behalf (代章).

    Without a stamping unit the office has a seal of its own and signs alone.
    """
    if mechanism.stamping_unit is None:
        return (mechanism.office,)
    seal = mechanism.stamping_unit.name
    return {
        SealWording.STAMPING_UNIT_LINE: (mechanism.office, f"{seal}（代章）"),
        SealWording.IN_BRACKETS: (mechanism.office, f"（{seal}代章）"),
        SealWording.STAMPING_UNIT_ONLY: (f"{seal}（代章）",),
        SealWording.OWN_SEAL: (mechanism.office,),
    }[mechanism.seal_wording]


def places_in(place: str) -> tuple[str, ...]:
    """Return the names of places in a mechanism's place (某市某县 → 某市, 某县), for titles to keep whole."""
    return tuple(re.findall("[^省市州盟县旗区]+(?:自治)?[省市州盟县旗区]", place))


def government_of(mechanism: Mechanism) -> str:
    """Return the government of a mechanism's place: 某市某县 → 某县人民政府."""
    return f"{''.join(places_in(mechanism.place)[-1:]) or mechanism.place}人民政府"
