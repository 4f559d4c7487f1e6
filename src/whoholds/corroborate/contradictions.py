"""Claims that cannot both hold, and accounts of one event that differ.

A claim implies that a side holds a place from a day on, or does not. Two claims about one place contradict each other
when what they imply cannot be true on one day: both sides hold it, or one side does and does not. A place may change
hands, so an older state gives way to a newer event without contradiction; an event is contradicted only by a state told
for the same day or the days after it.

A second kind is kept apart: "withdrew" against "was driven out" is a contradiction of account, not of control. Both
speakers agree who is there; they differ on why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from whoholds.model import Claim, EvidenceType, Kind, PlacedClaim, Stance

# An event is taken to be contradicted by a state told up to so many days later; after that the place may have changed
# hands again. Three days is what the change dates of two independent map-makers differ by at most in 94% of changes.
WITHIN_DAYS = 3
# Words of a departure by choice and of one under force; anything else says nothing about why.
BY_CHOICE = ("withdr", "pull", "regroup", "redeploy", "goodwill", "leav", "left", "hand", "relocat", "reposition")
BY_FORCE = (
    "driv",
    "drov",
    "push",
    "rout",
    "expel",
    "forc",
    "flee",
    "fled",
    "retreat",
    "oust",
    "dislodg",
    "knock",
    "lost",
)


class Dispute(StrEnum):
    """What two claims differ on."""

    CONTROL = "control"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied:
    """What a claim implies at one place: whether `side` holds it, from `day` on; `event` where it is said to change."""

    claim: PlacedClaim
    place: str
    day: date
    side: str
    holds: bool
    event: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two camps of claims about one place that cannot both hold; `opened` is the first day both could be known.

    `settled_by` is the claim that closed it (visual evidence, or a concession by the side that loses by it), with the
    day that could be known in `closed` and the side found to hold the place, or to have left it, in `outcome`.
    """

    id: str
    dispute: Dispute
    place: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    opened: date
    closed: date | None = None
    settled_by: str | None = None
    outcome: str | None = None


def implied(placed: PlacedClaim) -> list[Implied]:
    """What a claim implies about who holds each of its places; nothing where it is a prediction or has no side.

    Only settlements and features found in the gazetteer count: a region is large enough for both sides to gain in it on
    one day.

    Parameters
    ----------
    placed : PlacedClaim

    Returns
    -------
    list of Implied
        One a resolved place.
    """
    claim = placed.claim
    if claim.side is None or claim.stance is Stance.PREDICTED:
        return []
    meaning = {
        Kind.GAIN: (True, True),
        Kind.HOLD: (True, False),
        Kind.LEAVE: (False, True),
        Kind.ATTACK: (False, False) if claim.failed else None,
    }.get(claim.kind)
    if meaning is None:
        return []
    holds, event = meaning
    if claim.stance is Stance.DENIED:
        if claim.kind is Kind.ATTACK:
            return []
        holds, event = not holds, False
    return [
        Implied(
            claim=placed, place=str(r.best.place_id), day=placed.valid_day, side=claim.side, holds=holds, event=event
        )
        for r in placed.resolutions
        if r.best is not None
    ]


def places_of(placed: PlacedClaim) -> tuple[str, ...]:
    """The places a claim was resolved to: gazetteer ids and area keys, as strings."""
    keys = (str(r.best.place_id) if r.best is not None else r.area for r in placed.resolutions)
    return tuple(key for key in keys if key is not None)


def dispute(a: PlacedClaim, b: PlacedClaim) -> Dispute | None:
    """What two claims about a shared place differ on, if anything.

    Parameters
    ----------
    a, b : PlacedClaim
        In either order.

    Returns
    -------
    Dispute or None
        None where both may be true. Claims of one witness are never a dispute: they repeat one telling.
    """
    if a.witness == b.witness:
        return None
    if _differ_on_account(a, b):
        return Dispute.ACCOUNT
    for x in implied(a):
        for y in implied(b):
            if x.place == y.place and _exclude(x, y):
                return Dispute.CONTROL
    return None


def contradictions(claims: Iterable[PlacedClaim]) -> list[Contradiction]:
    """Every contradiction among the claims, one an opposition of sides at a place in a run of days.

    Parameters
    ----------
    claims : iterable of PlacedClaim
        Those known by the day asked about; the answer does not depend on their order.

    Returns
    -------
    list of Contradiction
        Ordered by the day they opened, then by place.
    """
    ordered = sorted(claims, key=lambda p: (p.known_day, p.claim.id))
    by_place: dict[str, list[Implied]] = {}
    for placed in ordered:
        for view in implied(placed):
            by_place.setdefault(view.place, []).append(view)
    found: list[Contradiction] = []
    for place, views in sorted(by_place.items()):
        pairs = [(x, y) for x, y in combinations(views, 2) if x.claim.witness != y.claim.witness and _exclude(x, y)]
        found += [_settled(_gather(run, place, Dispute.CONTROL), views) for run in _runs(pairs)]
    found += _accounts(ordered)
    return sorted(found, key=lambda c: (c.opened, c.place, c.id))


def _exclude(x: Implied, y: Implied) -> bool:
    """Whether what two claims imply of one place cannot be true together."""
    if (y.day, y.event) < (x.day, x.event):
        x, y = y, x
    opposed = x.holds != y.holds if x.side == y.side else x.holds and y.holds
    if not opposed:
        return False
    if y.day == x.day:
        return True
    # A later event may end an earlier state; a later state denies an earlier event.
    return x.event and not y.event and (y.day - x.day).days <= WITHIN_DAYS


def _differ_on_account(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether both say that a side left and differ on whether it was made to."""
    if Kind.LEAVE not in (a.claim.kind, b.claim.kind) or abs((a.valid_day - b.valid_day).days) > WITHIN_DAYS:
        return False
    if a.claim.kind != b.claim.kind or a.claim.side != b.claim.side or a.claim.side is None:
        return False
    if Stance.PREDICTED in (a.claim.stance, b.claim.stance):
        return False
    near = bool(set(places_of(a)) & set(places_of(b)))
    denied = [p for p in (a, b) if p.claim.stance is Stance.DENIED]
    if len(denied) == 1:
        # The opponent does not deny that the place is empty: he denies that it was left by choice.
        by_opponent = denied[0].claim.speaker_side not in (None, denied[0].claim.side)
        return by_opponent and (near or not places_of(denied[0]))
    if denied or not near:
        return False
    return {_manner(a.claim), _manner(b.claim)} == {"choice", "force"}


def _manner(claim: Claim) -> str | None:
    """Whether the trigger tells of leaving by choice or by force."""
    words = claim.trigger.text.lower()
    if any(stem in words for stem in BY_FORCE):
        return "force"
    return "choice" if any(stem in words for stem in BY_CHOICE) else None


def _runs(pairs: Sequence[tuple[Implied, Implied]]) -> list[list[tuple[Implied, Implied]]]:
    """Pairs grouped by opposition, broken where days pass without a new pair."""
    groups: dict[tuple[str, ...], list[tuple[Implied, Implied]]] = {}
    for x, y in pairs:
        groups.setdefault(tuple(sorted({x.side, y.side})), []).append((x, y))
    runs: list[list[tuple[Implied, Implied]]] = []
    for _, members in sorted(groups.items()):
        members.sort(key=lambda pair: (max(pair[0].day, pair[1].day), pair[0].claim.claim.id, pair[1].claim.claim.id))
        last: date | None = None
        for pair in members:
            day = max(pair[0].day, pair[1].day)
            if last is None or (day - last).days > WITHIN_DAYS:
                runs.append([])
            runs[-1].append(pair)
            last = day
    return runs


def _gather(run: Sequence[tuple[Implied, Implied]], place: str, kind: Dispute) -> Contradiction:
    """One contradiction of the pairs of a run: the camps are what is implied of the first pair's side."""
    side = min(run[0][0].side, run[0][1].side)
    camps: dict[bool, set[str]] = {True: set(), False: set()}
    for view in (view for pair in run for view in pair):
        camps[view.holds if view.side == side else not view.holds].add(view.claim.claim.id)
    opened = min(max(x.claim.known_day, y.claim.known_day) for x, y in run)
    one, other = (tuple(sorted(camps[holds])) for holds in (True, False))
    return Contradiction(
        id=_id(kind, place, (*one, *other)), dispute=kind, place=place, one=one, other=other, opened=opened
    )


def _settled(open_one: Contradiction, views: Sequence[Implied]) -> Contradiction:
    """The contradiction with what closed it: pictures, or the loser's own admission, known after it opened."""
    involved = {*open_one.one, *open_one.other}
    sides = {view.side for view in views if view.claim.claim.id in involved}
    for view in sorted(views, key=lambda v: (v.claim.known_day, v.claim.claim.id)):
        claim = view.claim.claim
        if view.claim.known_day < open_one.opened or not view.side or view.side not in sides:
            continue
        against_interest = claim.speaker_side == view.side and not view.holds and claim.stance is Stance.ACKNOWLEDGED
        if claim.evidence is EvidenceType.STATEMENT and not against_interest:
            continue
        outcome = f"{view.side} {'holds' if view.holds else 'left'}"
        return Contradiction(
            id=open_one.id, dispute=open_one.dispute, place=open_one.place, one=open_one.one, other=open_one.other,
            opened=open_one.opened, closed=view.claim.known_day, settled_by=claim.id, outcome=outcome,
        )  # fmt: skip
    return open_one


def _accounts(ordered: Sequence[PlacedClaim]) -> list[Contradiction]:
    """Contradictions of account: a departure told as a choice by one and as forced by another."""
    leaves = [placed for placed in ordered if placed.claim.kind is Kind.LEAVE]
    found: list[Contradiction] = []
    for a, b in combinations(leaves, 2):
        if a.witness == b.witness or not _differ_on_account(a, b):
            continue
        place = min(set(places_of(a)) & set(places_of(b)) or set(places_of(a)) | set(places_of(b)) or {""})
        one, other = (a, b) if _manner(a.claim) == "choice" and a.claim.stance is not Stance.DENIED else (b, a)
        found.append(
            Contradiction(
                id=_id(Dispute.ACCOUNT, place, (one.claim.id, other.claim.id)),
                dispute=Dispute.ACCOUNT,
                place=place,
                one=(one.claim.id,),
                other=(other.claim.id,),
                opened=max(a.known_day, b.known_day),
            )
        )
    return found


def _id(kind: Dispute, place: str, claim_ids: tuple[str, ...]) -> str:
    """A stable id of a contradiction: its first claims stay when later ones join."""
    key = "\x1f".join((kind.value, place, min(claim_ids)))
    return "x-" + hashlib.sha256(key.encode()).hexdigest()[:16]
