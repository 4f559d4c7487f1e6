"""How a side left: two accounts of one departure.

"Withdrew" against "was driven out" is no contradiction of control: both agree that the side has gone. They differ on
whether it chose to. Words that tell neither (retreat, leave, abandon, lose) take no part, nor does a retreat after a
failed assault, by which no ground was left.
"""

from __future__ import annotations

import re

from whoholds.corroborate.implied import WITHIN_DAYS, places_of
from whoholds.model import Claim, Kind, PlacedClaim, Stance

CHOICE, FORCE = "choice", "force"
_CHOICE = re.compile(r"\b(?:withdr[ae]w|pull|regroup|redeploy|reposition|relocat|goodwill|hand(?:ed|ing)? over)", re.I)
_FORCE = re.compile(
    r"\b(?:driv|drov|push|rout|expel|forc(?:e|ing)|flee|fled|flight|escap|oust|dislodg|knock|eject|evict|chas|beat)",
    re.I,
)
# "forced the enemy to withdraw": the verb that governs the departure says who decided.
_FORCED_TO = re.compile(r"\b(?:forced|forcing|compel\w+|oblig\w+)\b[^.;]{0,40}\bto\s*$", re.IGNORECASE)
_AFTER_ASSAULT = re.compile(
    r"\b(?:unsuccessful\w*|fail\w*|repel\w*|repuls\w*|attempt\w*|tried|assaults?|reconnaissance|offensive battles)\b",
    re.I,
)
# Words by which a denial is of the manner of a departure and not of the departure.
_MANNER = re.compile(
    r"\b(?:controlled|orderly|coherent|organi[sz]ed|planned|strategic\w*|voluntar\w*|goodwill|simply|merely|just|"
    r"regroup\w*|so-called|fle[ed]\w*|rout\w*|driven|result of|panic|haste)\b",
    re.IGNORECASE,
)


def manner_of(claim: Claim) -> str | None:
    """Whether a claim tells of leaving by choice or under force; None where its words tell neither.

    A denial that a departure was a choice says that it was forced.
    """
    if claim.kind is not Kind.LEAVE or claim.stance is Stance.PREDICTED:
        return None
    text, words = claim.sentence.text, claim.trigger.text
    if claim.stance is Stance.DENIED:
        return FORCE if _MANNER.search(text or words) else None
    if _FORCE.search(words):
        return FORCE
    if _AFTER_ASSAULT.search(text):
        return None
    if _FORCED_TO.search(text[: max(0, claim.trigger.start - claim.sentence.start)]):
        return FORCE
    return CHOICE if _CHOICE.search(words) else None


def differ_on_account(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether both say that a side left, near one day, and differ on whether it chose to.

    They must share a place, but for an opponent's denial that names none: he speaks of the departure in the news.
    """
    if a.claim.side is None or a.claim.side != b.claim.side:
        return False
    how = {told_manner(a): a, told_manner(b): b}
    if abs((a.valid_day - b.valid_day).days) > WITHIN_DAYS or set(how) != {CHOICE, FORCE}:
        return False
    mine, others = set(places_of(a)), set(places_of(b))
    if any(key.startswith("toward:") for key in mine & others):
        return False
    return bool(mine & others) or _denied_by_opponent(how[FORCE])


def told_manner(placed: PlacedClaim) -> str | None:
    """As `manner_of`; an opponent's denial that names no place is of the manner, for he gains by the departure."""
    return manner_of(placed.claim) or (FORCE if _denied_by_opponent(placed) else None)


def _denied_by_opponent(placed: PlacedClaim) -> bool:
    """Whether the opponent denies a departure without naming a place."""
    claim = placed.claim
    if claim.kind is not Kind.LEAVE or claim.stance is not Stance.DENIED or places_of(placed):
        return False
    return claim.speaker_side not in (None, claim.side)
