"""What a claim implies about who holds a place, and when two implications exclude each other.

Most sentences that name a side and a place imply less than they seem to. A label ("during the occupation of X", "the
garrison of X", "a foothold at X") places a side without saying that it holds X that day; "was held by" tells of the
past; "is withdrawing" has not left yet; "has secured control" is news of a change although its verb is one of holding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from whoholds.model import Claim, Kind, PlacedClaim, Resolution, Stance

# An event is taken to be contradicted by a state told up to so many days later; after that the place may have changed
# hands again. Three days is what the change dates of two independent map-makers differ by at most in 94% of changes.
WITHIN_DAYS = 3
# A side that attacks, or is denied to hold, what it claimed so many days before has not taken it: two changes of hands
# would have to lie in between. Chosen; longer runs into places that really went to and fro.
STILL_FIGHTING_DAYS = 5
_LABEL = re.compile(
    r"\b(?:occupation|stronghold|garrison|bridgehead|beachhead|foothold|pocket|enclave|base)s?\b", re.IGNORECASE
)
_ACHIEVED = re.compile(r"\b(?:secured|established|gained|taken|took|seized|captured|regained)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had been|once|formerly|previously)\s+(?:\w+\s+)?$", re.IGNORECASE)
# "Tried in vain to improve its positions in X", "the drives stalled": the side may well be in X.
_NO_LOSS = re.compile(r"\b(?:improv\w+|stall\w*|drives?)\b", re.IGNORECASE)
_GOING_ON = re.compile(r"\w+ing\b", re.IGNORECASE)
# What stands before a deed that is an aim, a condition or still under way: "to complete the capture of", "efforts to",
# "have yet to secure", "the high probability of taking".
_NOT_DONE = re.compile(
    r"\b(?:complet\w*|finish\w*|efforts?|focus\w*|waiting for|await\w*|aim\w*|plan\w*|inten[dt]\w*|attempt\w*|try\w*|"
    r"tried|seek\w*|sought|in order to|order to|priorit\w*|goals?|objectives?|operations? to|prepar\w*|(?:un)?able to|"
    r"unlikely|would|could|may|might|will|if|yet to|difficulties|fail\w* to|began? to|begun|start\w* to|process of|"
    r"(?:start|beginning) of|fighting to|probability|likelihood|chances?|conditions for|demand\w*|promis\w*|"
    r"prevent\w*|too early|towards?|hop(?:e[ds]?|ing) (?:to|for)|progress in|g(?:iven?|ave|iving) up|"
    r"refus\w*)\b"
    r"[^.;:]{0,60}$",
    re.IGNORECASE,
)
_DONE = re.compile(r"\b(?:has|have|had|having|were|was|been)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
# Ground by the square kilometre, and ground beside a place, is not the place.
_BY_AREA = re.compile(
    r"^\s*(?:about |over |more than |at least |an estimated |some |nearly )*[\d,.]+\s*(?:square|sq|km)", re.IGNORECASE
)
_BESIDE = re.compile(
    r"\b(?:near|around|outside|in range of|between|towards?|outskirts of|(?:north|south|east|west)\w* of)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
# "Evacuated their hospital from X": what left is no force.
_NO_FORCE = re.compile(
    r"^\s+(?:(?:its|their|his|the|a|an|some|all|most|several)\s+){0,2}(?:[\w-]+\s+){0,2}?(?:hospitals?|headquarters|"
    r"families|family|civilians?|residents?|collaborators|population|wounded|documents|archives?|aircraft|helicopters?|"
    r"ammunition|equipment|depots?|warehouses?|children|offices?|banks?)\b",
    re.IGNORECASE,
)
# "The mayor left X", "local authorities left X".
_NO_FORCE_BEFORE = re.compile(
    r"\b(?:authorit(?:y|ies)|mayors?|governors?|deput(?:y|ies)|civilians?|residents?|refugees|families|collaborators|"
    r"occupation (?:officials?|administration)|evacuees)\b"
    r"(?:(?!\b(?:forces|troops|army|units?|soldiers|that)\b)[^.;,])*$",
    re.IGNORECASE,
)
# "Who fled X" is told of people; a retreat after a failed assault gives up no ground.
_WHO = re.compile(r"\bwho\s+(?:(?:had|have|has)\s+)?$", re.IGNORECASE)
_AFTER_ASSAULT = re.compile(
    r"\b(?:unsuccessful\w*|fail\w*(?! to (?:hold|defend|keep))|repel\w*|repuls\w*)\b", re.IGNORECASE
)
# A part of a place: the other side may hold the rest.
_PART = (
    r"(?:(?:part|portion|section|area|district|street|suburb|outskirt|block|quarter|edge|neighbou?rhood|flank|centre|"
    r"center)s?|half|most|majority|\d+ ?%|\d+ percent|zone)"
)
_PART_AFTER = re.compile(
    rf"^\s*(?:[\w-]+\s+){{0,4}}?{_PART}\s+(?:of|in)\s+(?:the|this)\s+(?:city|town|village|settlement)\b"
    r"|^\s*(?:more\s+)?(?:territory|positions|ground)\s+(?:in|of)\b",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(rf"\b{_PART}\s+(?:of|in)\s+(?:the\s+)?(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE)
_PART_NAMED = re.compile(rf"^(?:['’]s)?\s+(?:city\s+|town\s+)?(?:(?:{_PART})|industrial zone)\b", re.IGNORECASE)
_COMPASS = re.compile(r"\b(?:central|downtown|(?:north|south)?(?:east|west)ern|northern|southern)\s+$", re.IGNORECASE)
# What is denied of the time to come, and ground beyond what was had, say nothing of who holds the place.
_NOT_OF_NOW = re.compile(
    r"\b(?:unlikely(?! to have)|will not|won['’]t|would not|cannot|can['’]t|refus\w*)\b[^.;:]{0,60}$", re.IGNORECASE
)
_FURTHER = re.compile(r"^\s+(?:any\s+)?(?:additional|further|more|new)\b", re.IGNORECASE)
_UNDER_WAY = re.compile(r"\b(?:are|is|were|was|be)\s+[“\"']?$", re.IGNORECASE)
_LIBERATES = re.compile(r"\bliberat", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
_PREVENTS = re.compile(r"\bprevent(?:ing)?\b[^.;:]{0,60}$", re.IGNORECASE)
_PAST_FORMS = frozenset({"took", "taken", "retook", "retaken", "won", "fell", "has", "have", "had"})
_HELD = frozenset({Kind.GAIN, Kind.HOLD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied:
    """What a claim implies at one place: whether `side` holds it, from `day` on; `event` where it is said to change.

    `whole` is False for a region, where both sides may hold ground; `part` where it is said of a part of the place.
    """

    claim: PlacedClaim
    place: str
    day: date
    side: str
    holds: bool
    event: bool
    whole: bool = True
    part: bool = False


def implied(placed: PlacedClaim) -> list[Implied]:
    """What a claim implies about who holds each of its places; nothing where it is a prediction or has no side.

    Parameters
    ----------
    placed : PlacedClaim

    Returns
    -------
    list of Implied
        One a place or area found; directions ("towards X") are left out.
    """
    claim = placed.claim
    if claim.side is None or claim.stance is Stance.PREDICTED:
        return []
    meaning = _meaning(claim)
    if meaning is None:
        return []
    holds, event = meaning
    found = []
    for r in placed.resolutions:
        key = key_of(r)
        if key is not None and not key.startswith(("toward:", "from:", "country:")) and not _is_beside(claim, r):
            found.append(
                Implied(
                    claim=placed, place=key, day=placed.valid_day, side=claim.side, holds=holds, event=event,
                    whole=r.best is not None, part=_is_part(claim, r),
                )
            )  # fmt: skip
    return found


def key_of(resolution: Resolution) -> str | None:
    """A place found as one string: its gazetteer id, or the area's key."""
    return str(resolution.best.place_id) if resolution.best is not None else resolution.area


def places_of(placed: PlacedClaim) -> tuple[str, ...]:
    """The places a claim was resolved to: gazetteer ids and area keys, as strings."""
    keys = (key_of(r) for r in placed.resolutions)
    return tuple(key for key in keys if key is not None)


def exclude(x: Implied, y: Implied) -> bool:
    """Whether what two claims imply of one place cannot be true together.

    A place may change hands, so a newer event ends an older state; an event is denied by a state told soon after. In a
    region, and of parts of a place, both sides may gain on one day: there only a statement and its denial exclude each
    other; but who took the whole leaves the other side no part.
    """
    if (y.day, y.event) < (x.day, x.event):
        x, y = y, x
    same = x.side == y.side
    opposed = x.holds != y.holds if same else x.holds and y.holds
    if not opposed:
        return False
    if x.part != y.part and x.whole and y.whole:
        part, other = (x, y) if x.part else (y, x)
        if part.event or not part.holds or not (other.event and other.holds):
            return False
    elif not (x.whole and y.whole) or x.part:
        denials = [v.claim.claim.stance is Stance.DENIED for v in (x, y)]
        held = any(v.claim.claim.kind in _HELD and v.claim.claim.stance is not Stance.DENIED for v in (x, y))
        if not same or denials[0] == denials[1] or not held:
            return False
    if y.day == x.day:
        return True
    # A later event may end an earlier state; a later state denies an earlier event.
    window = STILL_FIGHTING_DAYS if same and not y.holds else WITHIN_DAYS
    return x.event and not y.event and (y.day - x.day).days <= window


def same_breath(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two claims are of one voice in one sentence: nobody contradicts himself in one breath."""
    one, other = a.claim, b.claim
    same = (one.report_id, one.sentence.start) == (other.report_id, other.sentence.start)
    return same and (one.speaker and one.speaker.start) == (other.speaker and other.speaker.start)


def _meaning(claim: Claim) -> tuple[bool, bool] | None:
    """Whether the side holds the place by this claim, and whether that is a change; None where it says neither."""
    words = claim.trigger.text
    denied = claim.stance is Stance.DENIED
    earlier = _before(claim, claim.trigger.start)
    after = claim.sentence.text[max(0, claim.trigger.end - claim.sentence.start) :]
    if denied and (_NOT_OF_NOW.search(earlier) or _FURTHER.search(after)):
        return None
    if claim.kind is Kind.ATTACK:
        aimed_at = _PREVENTS.search(earlier)
        return (False, False) if claim.failed and not (denied or aimed_at or _NO_LOSS.search(words)) else None
    if claim.kind is Kind.ENTER:
        # Who is inside need not hold it; who has not come in does not.
        return (False, False) if denied else None
    if claim.kind is Kind.HOLD:
        if _LABEL.search(words) or _PAST.search(earlier) or (not denied and _is_aim(claim)):
            return None
        return (not denied, bool(_ACHIEVED.search(words)) and not denied)
    if claim.kind is Kind.GAIN:
        # Nobody calls his enemy's gain a liberation: the side was misread.
        misread = _LIBERATES.search(words) and claim.speaker_side not in (None, claim.side)
        under_way = _GOING_ON.fullmatch(words.split()[0]) and _UNDER_WAY.search(earlier)
        if _BY_AREA.search(after) or misread or (under_way and not denied):
            return None
        return None if not denied and _is_aim(claim) else (not denied, not denied)
    if claim.kind is Kind.LEAVE:
        no_force = _NO_FORCE.search(after) or _NO_FORCE_BEFORE.search(earlier) or _WHO.search(earlier)
        if no_force or (not denied and (_is_aim(claim) or _AFTER_ASSAULT.search(claim.sentence.text))):
            return None
        return None if not denied and _GOING_ON.fullmatch(words.split()[0]) else (denied, not denied)
    return None


def _is_aim(claim: Claim) -> bool:
    """Whether a gain told by a noun, a gerund or an infinitive is one still to come: "focused on the capture of".

    A finite verb tells of what was done; the reading of other forms sometimes takes an aim for a deed.
    """
    words = claim.trigger.text.split()
    before = _before(claim, claim.trigger.start)
    finite = _DONE.search(before) or any(word.endswith("ed") or word in _PAST_FORMS for word in words)
    return not finite and bool(_NOT_DONE.search(before))


def _is_beside(claim: Claim, resolution: Resolution) -> bool:
    """Whether a deed is told of ground beside a place: "seized two farms near X", "assaults from X" are not of X.

    A failed attack near a place is one on it, for what it says of a capture just claimed.
    """
    if resolution.best is None:
        return False
    before = _before(claim, resolution.span.start)
    if claim.kind is Kind.ATTACK:
        return bool(_FROM.search(before))
    return bool(_BESIDE.search(before))


def is_near(view: Implied) -> bool:
    """Whether a claim speaks of ground near the place: too little to prove anything of the place itself."""
    return any(
        key_of(r) == view.place and _BESIDE.search(_before(view.claim.claim, r.span.start))
        for r in view.claim.resolutions
    )


def _is_part(claim: Claim, resolution: Resolution) -> bool:
    """Whether a claim of ground held or won is of a part of the place: "parts of X", "X's northern outskirts"."""
    if claim.kind not in (Kind.GAIN, Kind.HOLD, Kind.LEAVE):
        return False
    text, start = claim.sentence.text, claim.sentence.start
    before = _before(claim, resolution.span.start)
    return bool(
        _PART_AFTER.search(text[max(0, claim.trigger.end - start) :])
        or _PART_BEFORE.search(before)
        or _COMPASS.search(before)
        or _PART_NAMED.search(text[max(0, resolution.span.end - start) :])
    )


def _before(claim: Claim, start: int) -> str:
    """The words of the claim's sentence before an offset of the report."""
    return claim.sentence.text[: max(0, start - claim.sentence.start)]
