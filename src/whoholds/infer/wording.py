"""What the words around a name leave of its place: all of an area, a part of a town, the ground an attack came from."""

from __future__ import annotations

import re

from whoholds.model import Claim, Resolution

_WHOLE = re.compile(
    r"\b(?:[Aa]ll|[Ee]ntire|[Ee]ntirety|[Ww]hole|[Mm]ost|[Tt]hroughout|[Cc]ompletely|[Ff]ully|[Rr]est)"
    r"(?:[\s-]+(?:of|the|in|on|and|but|territory|land|settlements|villages|[A-Z]\w+))*[\s-]*$"
)
_LABEL = re.compile(r"^(?:the )?(?:temporarily |newly |russian-)?(?:occupied|held|controlled|annexed)\b", re.IGNORECASE)
_PIECE = r"(?:parts?|half|halves|sides?|sections?|outskirts|edges?|ends?|districts?|suburbs?|neighbou?rhoods?)"
_TOWN = r"(?:city|town|village|settlement)"
_PART_OF = re.compile(rf"\b{_PIECE} of (?:the )?(?:{_TOWN} of )?[^.;,]{{0,20}}$")
_PART_OF_IT = re.compile(rf"\b{_PIECE} of (?:the )?{_TOWN}\b|\bits \w+ern {_PIECE}\b")
_OUTSKIRTS = re.compile(r"\b(?:outskirts|environs|outside)(?: of)?[^.;,]{0,30}$")
_AROUND = re.compile(r"\b(?:around|vicinity of|environs of)\b(?: the)?[^.;:]{0,40}$")
_ITS_AREA = re.compile(r"^(?:[- ](?:City|city))? (?:area|vicinity|suburbs)\b")
_WAY = r"(?:(?:north|south|east|west)(?:[\s-]?(?:east|west))?(?:ern|wards?)?)"
_BESIDE = re.compile(
    r"\b(?:near|nearby|around|outside|surrounding|close to|approaches? to|gates? of|vicinity of|environs of"
    rf"|{_WAY} (?:of|from)|(?:km|kilomet(?:er|re)s?|miles?) (?:away )?from)"
    rf"(?: the)?(?: {_TOWN}| city cent(?:er|re))?(?: of)?(?: [A-Z][\w'’-]*,?(?: and)?| and)*\W*$"
)
"""The names between are a list: "near Brod, Lug and"."""
_FROM = re.compile(rf"\bfrom(?: the)?(?: {_TOWN}| \w+ern {_PIECE})?(?: of)?(?: the)?\W*$")


def words_before(claim: Claim, resolution: Resolution) -> str | None:
    """The claim's sentence up to the place; None where the place stands in another ("the town")."""
    at = resolution.span.start - claim.sentence.start
    return claim.sentence.text[:at] if 0 <= at <= len(claim.sentence.text) else None


def is_whole(claim: Claim, resolution: Resolution) -> bool:
    """Whether the words before an area's name say that all of it is meant: "almost all of", "the entire".

    "Liberated villages in the region" names the region only to say where.
    """
    before = claim.sentence.text[: max(0, resolution.span.start - claim.sentence.start)]
    return _WHOLE.search(before) is not None


def is_label(resolution: Resolution) -> bool:
    """Whether an area's words only say on which side of the front it is meant: "occupied ..."."""
    return _LABEL.match(resolution.span.text) is not None


def is_part(claim: Claim, resolution: Resolution) -> bool:
    """Whether a part of the settlement is meant: "the eastern part of the town", "the outskirts of"."""
    before = words_before(claim, resolution)
    if before is None:
        return _PART_OF_IT.search(claim.sentence.text) is not None
    return _PART_OF.search(before) is not None


def is_outskirts(claim: Claim, resolution: Resolution) -> bool:
    """Whether the ground around the settlement is meant and not the settlement."""
    before = words_before(claim, resolution)
    if before is None:
        return False
    after = claim.sentence.text[resolution.span.end - claim.sentence.start :]
    return bool(_OUTSKIRTS.search(before) or _AROUND.search(before) or _ITS_AREA.match(after))


def is_beside(claim: Claim, resolution: Resolution) -> bool:
    """Whether the words say where something lies by the settlement: "villages near", "20 km west of"."""
    before = words_before(claim, resolution)
    return before is not None and _BESIDE.search(before) is not None


def is_start(claim: Claim, resolution: Resolution) -> bool:
    """Whether the settlement is where something came from: "attacked from"."""
    before = words_before(claim, resolution)
    return before is not None and _FROM.search(before) is not None
