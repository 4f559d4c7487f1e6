"""Names that only say where the name beside them is, by the words between the two.

"the Damascus district of Midan" is Midan, "Libya's second city, Benghazi" Benghazi, "the dam on the Euphrates" the dam.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from whoholds.model import Mention, PlaceType

_TOWN = r"(?:city|town|capital|village|port|suburb|district|settlement|enclave|stronghold|hub|base)"
_QUARTERS = r"(?:districts?|neighbou?rhoods?|suburbs?|quarters?|settlements?|villages?|towns?)"
# "A's main city, B" and "B, A's main city"
_OWNER_FIRST = re.compile(rf"['’]s? (?:[a-z-]+ ){{0,4}}{_TOWN},? (?:of )?")
_OWNER_LAST = re.compile(rf"['’]s? (?:[a-z-]+ ){{0,4}}{_TOWN}\b")
# "the A district of B", "the A neighbourhoods of B and C"
_QUARTER_OF = re.compile(rf"(?: (?:[a-z]+ )?{_QUARTERS})? of ")
_IS_QUARTER = re.compile(rf"\b{_QUARTERS}(?: of )?$")
# "a dam on the River", "the last bastion along the River, the town of B"
_OVER = re.compile(r",? (?:which lies )?(?:on|along|over|across|near|at|close to)(?: the)? ")
# "the A section of the contact line"
_SECTION_OF = re.compile(r" (?:section|sector|part|stretch|segment) of (?:the )?")
_THE_TOWN = re.compile(rf", the (?:[a-z]+ ){{0,2}}{_TOWN} of ")


def with_anchors(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions; those that only say where their neighbour is have the role "anchor".

    >>> from whoholds.model import Span
    >>> text = "They bombed the Campo quarter of Norte."
    >>> names = [Mention(span=Span.of(text, a, a + 5), type=PlaceType.SETTLEMENT, name=n, candidates=known)
    ...          for n, known in (("Campo", (1,)), ("Norte", ())) if (a := text.find(n))]
    >>> [m.role for m in with_anchors(text, names)]
    ['anchor', 'name']
    """
    anchors: set[int] = set()
    for a, b in pairwise(range(len(mentions))):
        left, right = mentions[a], mentions[b]
        if left.role != "name" or right.role != "name":
            continue
        between = text[left.span.end : right.span.start]
        if _left_locates(left, right, between):
            anchors.add(a)
        elif _right_locates(left, right, between, text) and a not in anchors:
            anchors.add(b)
    return [replace(m, role="anchor") if i in anchors else m for i, m in enumerate(mentions)]


def _left_locates(left: Mention, right: Mention, between: str) -> bool:
    """Whether the first of two names only says where the second is: "A's capital, B", "the River, the town of B"."""
    if _OWNER_FIRST.fullmatch(between) or (not right.candidates and _is_quarter_of(left, between)):
        return True
    return left.type is PlaceType.FEATURE and _THE_TOWN.fullmatch(between) is not None


def _right_locates(left: Mention, right: Mention, between: str, text: str) -> bool:
    """Whether the second of two names only says where the first is: "B, A's second city", "the dam on the River"."""
    if _SECTION_OF.fullmatch(between) and right.span.text.lower().endswith(("line", "front", "border")):
        return True
    if between in (", ", " (") and _OWNER_LAST.match(text, right.span.end):
        return True
    on_it = right.type is PlaceType.FEATURE and _OVER.fullmatch(between) is not None
    return on_it and left.type is not PlaceType.REGION


def _is_quarter_of(left: Mention, between: str) -> bool:
    """Whether a known name is that of the town whose quarter the next is: not in "the Midan district of Damascus"."""
    if not left.candidates or _QUARTER_OF.fullmatch(between) is None or left.type is PlaceType.DIRECTION:
        return False
    return between != " of " or _IS_QUARTER.search(left.span.text) is not None
