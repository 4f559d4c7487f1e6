"""Claims that cannot both hold, as objects with a life: opened, followed, and closed by what became known later.

What a claim implies of a place is told in `implied`, how two accounts of a departure differ in `departures`. Here pairs
that exclude each other are gathered: one contradiction is one opposition at one place in a run of days, with two camps
of claims. It is opened on the first day both camps could be known, followed by the claims that join, and closed by what
`endings` tells. One that nobody has spoken of for a month has lapsed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations

from whoholds.corroborate.departures import CHOICE, differ_on_account, told_manner
from whoholds.corroborate.endings import Drawn, DrawnAt, Proof, ending
from whoholds.corroborate.implied import STILL_FIGHTING_DAYS, Implied, exclude, implied, places_of, same_breath
from whoholds.model import Kind, PlacedClaim, Stance

# A dispute that no claim has joined for so long is left as it stands. Chosen, as the outlook's forecasts.
LAPSE_DAYS = 30


class Dispute(StrEnum):
    """What two claims differ on."""

    CONTROL = "control"
    ACCOUNT = "account"


class Standing(StrEnum):
    """Where a contradiction is in its life: `overtaken` is closed by a later change, whoever was right before it."""

    OPEN = "open"
    SETTLED = "settled"
    OVERTAKEN = "overtaken"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Two camps of claims about one place that cannot both hold.

    Attributes
    ----------
    place : str
        Gazetteer id or area key; empty where neither camp names one that was found.
    side : str
        The side whose holding (control) or leaving (account) is disputed: `one` says that it holds, or left by choice.
    one, other : tuple of str
        Claim ids of the camps, sorted.
    opened : date
        The first day claims of both camps could be known.
    followed : tuple of str
        The claims that joined after that day, in the order they became known.
    last_heard : date
        The last day a claim that takes part became known.
    closed : date or None
        The day what closed it could be known.
    settled_by, settled_by_map : str or None
        The claim that closed it, or the report that is the map that did.
    proof : Proof or None
        What closed it.
    outcome : str or None
        What that claim says: "UA holds", "RU left".
    """

    id: str
    dispute: Dispute
    place: str
    side: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    opened: date
    followed: tuple[str, ...]
    last_heard: date
    standing: Standing = Standing.OPEN
    closed: date | None = None
    settled_by: str | None = None
    settled_by_map: str | None = None
    proof: Proof | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pair:
    """Two claims that exclude each other at a place: `one` is of the first camp; `day` is the later of their days."""

    place: str
    side: str
    one: PlacedClaim
    other: PlacedClaim
    day: date

    @property
    def known(self) -> date:
        """The first day both could be known."""
        return max(self.one.known_day, self.other.known_day)


def dispute(a: PlacedClaim, b: PlacedClaim) -> Dispute | None:
    """What two claims about a shared place differ on, if anything.

    Parameters
    ----------
    a, b : PlacedClaim
        In either order.

    Returns
    -------
    Dispute or None
        None where both may be true. Claims of one witness are never a dispute: they repeat one telling; nor are two
        of one voice in one sentence, of which one was misread.
    """
    if a.witness == b.witness or same_breath(a, b):
        return None
    if differ_on_account(a, b):
        return Dispute.ACCOUNT
    for x in implied(a):
        for y in implied(b):
            if x.place == y.place and exclude(x, y):
                return Dispute.CONTROL
    return None


def contradictions(
    claims: Iterable[PlacedClaim], *, as_of: date | None = None, drawn: DrawnAt = lambda place: ()
) -> list[Contradiction]:
    """Every contradiction among the claims, one an opposition at a place in a run of days.

    Parameters
    ----------
    claims : iterable of PlacedClaim
        Those known by the day asked about; the answer does not depend on their order.
    as_of : date, optional
        The day the ledger is read: those nobody has spoken of for 30 days by then have lapsed. Without it none has.
    drawn : callable, optional
        A place to what the control maps known by the day show there.

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
        pairs = [
            _pair(x, y)
            for x, y in combinations(views, 2)
            if x.claim.witness != y.claim.witness
            and exclude(x, y)
            and not same_breath(x.claim, y.claim)
            and not differ_on_account(x.claim, y.claim)
        ]
        found += [_closed(_gather(run, Dispute.CONTROL), run, views, drawn(place)) for run in _runs(pairs)]
    found += [_gather(run, Dispute.ACCOUNT) for run in _runs(_accounts(ordered))]
    return sorted((_lapsed(c, as_of) for c in found), key=lambda c: (c.opened, c.place, c.id))


def _pair(x: Implied, y: Implied) -> _Pair:
    """Two views put in their camps: the first says that the side (the first by name) holds the place."""
    side = min(x.side, y.side)
    x_for = x.holds if x.side == side else not x.holds
    one, other = (x, y) if x_for else (y, x)
    return _Pair(place=x.place, side=side, one=one.claim, other=other.claim, day=max(x.day, y.day))


def _accounts(ordered: Sequence[PlacedClaim]) -> list[_Pair]:
    """Pairs that tell one departure in two ways, by the first place they share."""
    leaves = [placed for placed in ordered if placed.claim.kind is Kind.LEAVE and told_manner(placed)]
    found: list[_Pair] = []
    news: dict[str, str] = {}
    for a, b in combinations(leaves, 2):
        if a.witness == b.witness or same_breath(a, b) or not differ_on_account(a, b):
            continue
        one, other = (a, b) if told_manner(a) == CHOICE else (b, a)
        shared = set(places_of(a)) & set(places_of(b))
        if not shared and not _in_the_news(one, other):
            continue
        # A denial that names no place is of the departure in the news: one dispute, however many places that left.
        place = min(shared) if shared else news.setdefault(other.claim.id, _first_place(ordered, one, other))
        day = max(a.valid_day, b.valid_day)
        found.append(_Pair(place=place, side=str(a.claim.side), one=one, other=other, day=day))
    return found


def _in_the_news(one: PlacedClaim, denial: PlacedClaim) -> bool:
    """Whether a denial without a place can be of a departure: of one its own report tells, or the leaver announces."""
    announced = one.claim.stance is Stance.ACKNOWLEDGED and one.claim.speaker_side == one.claim.side
    return one.claim.report_id == denial.claim.report_id or announced


def _first_place(ordered: Sequence[PlacedClaim], one: PlacedClaim, other: PlacedClaim) -> str:
    """The place of the first departure by choice that a denial without a place can be of."""
    told = [
        p
        for p in ordered
        if told_manner(p) == CHOICE and places_of(p) and differ_on_account(p, other) and _in_the_news(p, other)
    ]
    here = other.claim.report_id
    first = min(
        told,
        key=lambda p: (p.claim.report_id != here, p.known_day, p.claim.report_id, p.claim.sentence.start, p.claim.id),
        default=one,
    )
    return min(places_of(first), default="")


def _runs(pairs: Iterable[_Pair]) -> list[list[_Pair]]:
    """Pairs grouped by place and side, broken where days pass without a new pair."""
    groups: dict[tuple[str, str], list[_Pair]] = {}
    for pair in pairs:
        groups.setdefault((pair.place, pair.side), []).append(pair)
    runs: list[list[_Pair]] = []
    for _, members in sorted(groups.items()):
        members.sort(key=lambda pair: (pair.day, pair.one.claim.id, pair.other.claim.id))
        last: date | None = None
        for pair in members:
            if last is None or (pair.day - last).days > STILL_FIGHTING_DAYS:
                runs.append([])
            runs[-1].append(pair)
            last = pair.day
    return runs


def _gather(run: Sequence[_Pair], kind: Dispute) -> Contradiction:
    """One contradiction of the pairs of a run; named after the pair that opened it, so that later ones may join."""
    first = min(run, key=lambda pair: (pair.known, pair.one.claim.id, pair.other.claim.id))
    camps = {pair.one.claim.id: pair.one for pair in run}, {pair.other.claim.id: pair.other for pair in run}
    members = sorted({**camps[0], **camps[1]}.values(), key=lambda p: (p.known_day, p.claim.id))
    return Contradiction(
        id=_id(kind, first), dispute=kind, place=first.place, side=first.side, one=tuple(sorted(camps[0])),
        other=tuple(sorted(camps[1])), opened=first.known, last_heard=members[-1].known_day,
        followed=tuple(p.claim.id for p in members if p.known_day > first.known),
    )  # fmt: skip


def _closed(
    found: Contradiction, run: Sequence[_Pair], views: Sequence[Implied], maps: Sequence[Drawn]
) -> Contradiction:
    """The contradiction with what closed it, if anything did."""
    end = ending(
        side=found.side, members=(*found.one, *found.other), opened=found.opened,
        days=(min(min(p.one.valid_day, p.other.valid_day) for p in run), max(p.day for p in run)), views=views,
        maps=maps,
    )  # fmt: skip
    if end is None:
        return found
    return replace(
        found, standing=Standing.OVERTAKEN if end.later else Standing.SETTLED, closed=end.known_day,
        settled_by=end.claim_id, settled_by_map=end.map_id, proof=end.proof, outcome=end.outcome,
    )  # fmt: skip


def _lapsed(found: Contradiction, as_of: date | None) -> Contradiction:
    """The contradiction, lapsed where nobody has spoken of it for long."""
    silent = as_of is not None and (as_of - found.last_heard).days > LAPSE_DAYS
    return replace(found, standing=Standing.LAPSED) if silent and found.standing is Standing.OPEN else found


def _id(kind: Dispute, first: _Pair) -> str:
    """A stable id: that of the pair that opened it."""
    key = "\x1f".join((kind.value, first.place, first.side, first.one.claim.id, first.other.claim.id))
    return "x-" + hashlib.sha256(key.encode()).hexdigest()[:16]
