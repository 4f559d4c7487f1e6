"""Counts against names: "more than 40 settlements", against the places anybody named and the estimate.

A speaker counts what changed hands in the offensive he speaks of: the count begins where, going back from its day, no
place of the region had come to the side for a fortnight. And he counts places that people speak of, while a gazetteer
has every hamlet: beside the estimate over all places stands that over the comparable ones, whose population the
gazetteer knows, for "towns" and "cities" from a size on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from whoholds.model import Count, Kind, Stance
from whoholds.tell.claims import ToldClaim
from whoholds.tell.series import SeriesTable

# Places along a front go over together. Taken as moved by one cause, the number that came over lies with 90% between
# those that did with 95% and those that did with 5%; taken as independent, the interval would be far too narrow.
SURE, POSSIBLE = 0.95, 0.05
# A place already the side's can drift a little in probability; it has not come over.
DRIFT = 0.1
# A place that was the side's when the count began is none of those that came to it.
HELD_BEFORE = 0.9
# An offensive has ended where nothing came of it for so long [day]. Chosen: long enough for a pause.
QUIET_DAYS = 14
# The least population of what a word means; where it is unknown the place is one that reports do not count.
LEAST_PEOPLE = (("village", 1), ("settlement", 1), ("town", 1000), ("cit", 10_000))
_CONTROL = (Kind.GAIN, Kind.HOLD, Kind.LEAVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One claimed number.

    `named` are the places anybody had named by that day for days from `since` on, `unnamed` what remains; `estimate` is
    the expected number of places that came to the side from `since` to then, from `low` to `high` at 90% (places taken
    to go over together); `comparable` is the same of the places whose population is known and large enough for the
    unit, None where no populations are.
    """

    claim_id: str
    speaker: str
    side: str
    kind: str
    region: str
    known_day: date
    claimed: int
    unit: str
    named: tuple[str, ...]
    unnamed: int
    estimate: float
    low: float
    high: float
    since: date
    comparable: float | None = None
    comparable_low: float | None = None
    comparable_high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Came:
    """An expected number of places, and its interval."""

    mean: float
    low: float
    high: float


def count_ledger(
    claims: Sequence[ToldClaim],
    series: SeriesTable,
    inside: Callable[[str], NDArray[np.bool_] | None],
    *,
    since: date | None = None,
    population: NDArray[np.float64] | None = None,
) -> list[CountRow]:
    """Every claimed number of places, in the order they became known.

    Parameters
    ----------
    claims : sequence of ToldClaim
    series : SeriesTable
        Its first day is what places are counted from.
    inside : callable
        (area key) to a mask of the series' places; None for an area without a shape.
    since : date, optional
        Places named for earlier days are history: the day of the map that the series starts from. Without it none is.
    population : (n,) float64, optional
        Of the series' places; 0 where it is unknown.
    """
    rows = []
    for told in sorted(claims, key=lambda t: (t.known_day, t.claim.id)):
        claim = told.claim
        if not isinstance(claim.count, Count) or claim.count.min is None or claim.side not in series.states:
            continue
        if claim.kind not in _CONTROL or claim.stance is Stance.PREDICTED:
            continue
        where = _members(told, inside)
        start = _began(series, told, where)
        first = series.days[start]
        # What came before the series' first day is the map's; without a map it is the claims' alone.
        oldest = first if start else (since + timedelta(days=1) if since else date.min)
        named = _named(claims, series, told, where, since=oldest, start=start)
        came = _came_over(series, told, where, start)
        alike = None
        if population is not None:
            known = population >= _least(claim.count.unit)
            alike = _came_over(series, told, known if where is None else where & known, start)
        rows.append(
            CountRow(
                claim_id=claim.id, speaker=told.whose_word, side=claim.side, kind=claim.kind.value,
                region=", ".join(p.span.text for p in claim.places), known_day=told.known_day,
                claimed=claim.count.min, unit=claim.count.unit, named=named,
                unnamed=max(0, claim.count.min - len(named)), estimate=came.mean, low=came.low, high=came.high,
                since=first, comparable=alike.mean if alike else None, comparable_low=alike.low if alike else None,
                comparable_high=alike.high if alike else None,
            )
        )  # fmt: skip
    return rows


def _members(told: ToldClaim, inside: Callable[[str], NDArray[np.bool_] | None]) -> NDArray[np.bool_] | None:
    """The places of the areas a claim names; None where it names none with a shape."""
    keys = [r.area for r in (told.placed.resolutions if told.placed else ()) if r.area]
    masks = [mask for key in keys if (mask := inside(key)) is not None]
    return np.logical_or.reduce(masks) if masks else None


def _least(unit: str) -> int:
    """The least population of the places a unit means: of "towns and villages" the villages'."""
    return min((people for word, people in LEAST_PEOPLE if word in unit.lower()), default=1)


def _began(series: SeriesTable, told: ToldClaim, where: NDArray[np.bool_] | None) -> int:
    """The index of the day before the offensive a number is of: a fortnight went before in which nothing came over."""
    side, day = series.statuses.index(str(told.claim.side)), series.on(told.valid_day)
    has = series.status == side
    turned = has[:, 1:] & ~has[:, :-1] if told.claim.kind is not Kind.LEAVE else ~has[:, 1:] & has[:, :-1]
    some = (turned if where is None else turned[where]).any(axis=0)
    start = day
    for at in range(day, 0, -1):
        if some[at - 1]:
            start = at - 1
        elif start - at >= QUIET_DAYS:
            break
    return start if start < day else 0


def _named(
    claims: Sequence[ToldClaim],
    series: SeriesTable,
    like: ToldClaim,
    where: NDArray[np.bool_] | None,
    *,
    since: date,
    start: int,
) -> tuple[str, ...]:
    """Places that claims of the same outcome named for days from `since` on, up to the day of the number."""
    row_of = {int(place_id): i for i, place_id in enumerate(series.ids)}
    before = series.prob[:, start, series.states.index(str(like.claim.side))]
    if like.claim.kind is Kind.LEAVE:
        before = 1 - before
    old = before >= HELD_BEFORE if start else np.zeros(len(before), bool)
    names: dict[int, str] = {}
    for told in claims:
        claim = told.claim
        if told.known_day > like.known_day or told.placed is None or told.valid_day < since:
            continue
        if claim.stance not in (Stance.ASSERTED, Stance.ACKNOWLEDGED) or not _same_outcome(told, like):
            continue
        for resolution in told.placed.resolutions:
            row = row_of.get(resolution.best.place_id) if resolution.best is not None else None
            if row is not None and (where is None or where[row]) and not old[row]:
                names[row] = series.names[row]
    return tuple(sorted(names.values()))


def _same_outcome(told: ToldClaim, like: ToldClaim) -> bool:
    """Whether both say that ground came to (or left) the same side."""
    one, other = told.claim, like.claim
    if other.kind is Kind.LEAVE:
        return (one.kind is Kind.LEAVE) == (one.side == other.side)
    return one.side == other.side and one.kind in (Kind.GAIN, Kind.HOLD)


def _came_over(series: SeriesTable, told: ToldClaim, where: NDArray[np.bool_] | None, start: int) -> _Came:
    """Expected number of places that changed to (or away from) the side from the start to the day."""
    side = series.states.index(str(told.claim.side))
    day = series.on(told.valid_day)
    now, before = series.prob[:, day, side].astype(float), series.prob[:, start, side].astype(float)
    change = np.clip(before - now if told.claim.kind is Kind.LEAVE else now - before, 0.0, 1.0)
    change[change < DRIFT] = 0.0
    if where is not None:
        change = change[where]
    mean, sure, possible = float(change.sum()), int((change >= SURE).sum()), int((change >= POSSIBLE).sum())
    return _Came(mean=round(mean, 1), low=float(min(sure, mean)), high=float(max(possible, mean)))
