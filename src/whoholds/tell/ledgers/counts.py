"""Counts against names: "more than 40 settlements", against the places anybody named and the estimate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from whoholds.model import Count, Kind, Stance
from whoholds.tell.claims import ToldClaim
from whoholds.tell.series import SeriesTable

# Standard errors on each side of the expected number: 90% of a normal distribution.
SPREAD = 1.645
_CONTROL = (Kind.GAIN, Kind.HOLD, Kind.LEAVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One claimed number.

    `named` are the places anybody had named by that day, `unnamed` what remains; `estimate` is the expected number of
    places that came to the side by then, from `low` to `high` at 90% (places taken as independent: too narrow where a
    whole stretch of front goes one way).
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


def count_ledger(
    claims: Sequence[ToldClaim],
    series: SeriesTable,
    inside: Callable[[str], NDArray[np.bool_] | None],
    *,
    since: date | None = None,
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
    """
    rows = []
    for told in sorted(claims, key=lambda t: (t.known_day, t.claim.id)):
        claim = told.claim
        if not isinstance(claim.count, Count) or claim.count.min is None or claim.side not in series.states:
            continue
        if claim.kind not in _CONTROL or claim.stance is Stance.PREDICTED:
            continue
        where = _members(told, inside)
        named = _named(claims, series, told, where, since)
        mean, spread = _came_over(series, told, where)
        rows.append(
            CountRow(
                claim_id=claim.id, speaker=told.whose_word, side=claim.side, kind=claim.kind.value,
                region=", ".join(p.span.text for p in claim.places), known_day=told.known_day,
                claimed=claim.count.min, unit=claim.count.unit, named=named,
                unnamed=max(0, claim.count.min - len(named)), estimate=round(mean, 1),
                low=round(max(0.0, mean - spread), 1), high=round(mean + spread, 1),
            )
        )  # fmt: skip
    return rows


def _members(told: ToldClaim, inside: Callable[[str], NDArray[np.bool_] | None]) -> NDArray[np.bool_] | None:
    """The places of the areas a claim names; None where it names none with a shape."""
    keys = [r.area for r in (told.placed.resolutions if told.placed else ()) if r.area]
    masks = [mask for key in keys if (mask := inside(key)) is not None]
    return np.logical_or.reduce(masks) if masks else None


def _named(
    claims: Sequence[ToldClaim],
    series: SeriesTable,
    like: ToldClaim,
    where: NDArray[np.bool_] | None,
    since: date | None,
) -> tuple[str, ...]:
    """Places that claims of the same outcome named for days after `since`, up to the day of the number."""
    row_of = {int(place_id): i for i, place_id in enumerate(series.ids)}
    names: dict[int, str] = {}
    for told in claims:
        claim = told.claim
        if told.known_day > like.known_day or told.placed is None or (since is not None and told.valid_day <= since):
            continue
        if claim.stance not in (Stance.ASSERTED, Stance.ACKNOWLEDGED) or not _same_outcome(told, like):
            continue
        for resolution in told.placed.resolutions:
            row = row_of.get(resolution.best.place_id) if resolution.best is not None else None
            if row is not None and (where is None or where[row]):
                names[row] = series.names[row]
    return tuple(sorted(names.values()))


def _same_outcome(told: ToldClaim, like: ToldClaim) -> bool:
    """Whether both say that ground came to (or left) the same side."""
    one, other = told.claim, like.claim
    if other.kind is Kind.LEAVE:
        return (one.kind is Kind.LEAVE) == (one.side == other.side)
    return one.side == other.side and one.kind in (Kind.GAIN, Kind.HOLD)


def _came_over(series: SeriesTable, told: ToldClaim, where: NDArray[np.bool_] | None) -> tuple[float, float]:
    """Expected number of places that changed to (or away from) the side by the day, and its spread."""
    side = series.states.index(str(told.claim.side))
    day = series.on(told.valid_day)
    now, before = series.prob[:, day, side].astype(float), series.prob[:, 0, side].astype(float)
    change = np.clip(before - now if told.claim.kind is Kind.LEAVE else now - before, 0.0, 1.0)
    # A place already the side's can drift a little in probability; it has not come over.
    change[change < 0.1] = 0.0
    if where is not None:
        change = change[where]
    return float(change.sum()), SPREAD * float(np.sqrt((change * (1 - change)).sum()))
