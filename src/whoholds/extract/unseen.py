"""Stretches of a sentence that the parser shall not see: note marks, links, locations in parentheses, credits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from whoholds.model import Mention, PlaceType

_NOISE = re.compile(
    r"\[\d+\]|<https?://\S+>|https?://\S+|pic\.twitter\.com/\S+|\]\([^)\s]*\)|\*+|(?:^|(?<=\s))[-•·]\s"
    r"|\(?\b\d\d\.\d\d\.\d\d \d\d:\d\d\)?(?: -)?|\b(?:PHOTOS?|VIDEOS?)\b(?:\s*\+\s*\b(?:PHOTOS?|VIDEOS?)\b)?"
    r"|\((?:about |roughly |approximately |around |some |just |all |both |within |less than |over "
    r"|all within |~|≈)*\d[^()]{0,90}?(?:km|kms|kilomet\w+|miles?)\b[^()]*\)"
    r"|\((?:just |all |both |also |directly |immediately )*(?:north|south|east|west)[a-z]* of [^()]{1,60}\)"
    r"|(?<=city) (?:which |that )?[A-Z][a-z]+s call(?= [A-Z])|(?<=town) (?:which |that )?[A-Z][a-z]+s call(?= [A-Z])"
    r"|(?<=iberated) from (?:the )?(?:[A-Z]\w+ )?occupation(?= (?:the |[A-Z]))"
    r"|(?<=iberation) from (?:the )?(?:[A-Z]\w+ )?occupation(?= of )"
    r"|\(in [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?\)"
    r"|\(in [A-Z][\w ]{1,30}, not (?:in )?[A-Z][\w ]{1,40}\)"
    r"|\((?:DNR|LNR|GUR|SBU|NPP|MoD|GLOCs?|DPR|LPR|BTGs?|ISW|NTC|FSA|SDF|YPG|SAA|[A-Z]{2,6}s?)\)",
    re.MULTILINE,
)
# "... controls half of the city - Haidai.": who says so, set behind a headline
_CREDIT = re.compile(r",? [-–—] (?:the )?[A-Z][\w’'.]*(?: (?:of |the )?[A-Z]?[\w’']+){0,5}(?=\s*(?:\.\s*)?$)")
_APPOSED_LOCATION = re.compile(
    r"[,—–]\s*(?:(?:which|that) (?:is|lies|are) |located |lying |situated |all |both |a (?:village|town"
    r"|settlement|city)(?: located)? |"
    r"settlements |villages |towns |directions |of which are )*"
    r"(?:(?:about|approximately|roughly|around|some|just|within|less than|nearly|over)?\s*\d[\d.,-]*\s*(?:km"
    r"|kilomet(?:er|re)s?|miles?)\b"
    r"(?:\s*\([^)]*\))?\s+(?:due |directly |further |to the )?(?:(?:north|south|east|west)[a-z-]* (?:of|from)"
    r"|from|outside(?: of)?)\s+"
    r"|(?<=both directions )(?:north|south|east|west)[a-z-]* of |(?<=settlements )(?:north|south|east"
    r"|west)[a-z-]* of |(?<=all )(?:north|south|east|west)[a-z-]* of |(?<=both )(?:north|south|east"
    r"|west)[a-z-]* of "
    r"|(?:just |located |situated |directly )across (?:from )?(?=the [A-Z])|(?:directly |just )?(?:on|at"
    r"|along) the (?:[a-z-]+ )?(?:and [a-z-]+ )?(?:outskirts|edge|periphery|bank) of )"
    r"(?:the (?:city |town |village )?(?:of )?)?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*(?=[,.;\[\s]|$)"
)


def unseen(text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """The stretches of the sentence `text[start:end]` that are left out of its view, from its start, in order.

    Parameters
    ----------
    mentions
        The places of the sentence, in order: what a headline credits behind its dash is none of them.

    >>> unseen("They shelled Elmford.[3]", 0, 24, [])
    [(21, 24)]
    """
    raw = text[start:end]
    return _merged([*_cuts(raw), *_only_where(text, start, end, mentions), *_credits(raw, start, mentions)])


def _cuts(raw: str) -> list[tuple[int, int]]:
    """Ranges that the parser shall not see."""
    cuts = [m.span() for m in _NOISE.finditer(raw)]
    return cuts + [m.span() for m in _APPOSED_LOCATION.finditer(raw)]


def _credits(raw: str, start: int, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """The range of the name that a headline sets behind its dash, where it is no place."""
    return [
        m.span()
        for m in _CREDIT.finditer(raw)
        if not any(start + m.start() < p.span.end and p.span.start < start + m.end() for p in mentions)
    ]


def _only_where(text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Ranges of directions that only say where the name before them is: "X, just northeast of Y; Z, south of W"."""
    cuts = []
    for name, where in pairwise(mentions):
        if name.type is not PlaceType.SETTLEMENT or where.type is not PlaceType.DIRECTION:
            continue
        a, b = name.span.end, where.span.end
        if text[a : where.span.start].strip() == "," and (b >= end or text[b] in ";.") and start <= a:
            cuts.append((a - start, b - start))
    return cuts


def _merged(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order, those that overlap made one."""
    cuts.sort()
    merged: list[tuple[int, int]] = []
    for a, b in cuts:
        if merged and a < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged
