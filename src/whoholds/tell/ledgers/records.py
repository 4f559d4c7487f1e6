"""Who was first, who was right: each speaker's and outlet's claims of control against what the estimates came to.

A claim held up where the estimates show what it says on one of the seven days from the claim's day on. Lead time is the
day the map, as known day by day, took the status less the day the claim could be known: positive for those who said it
before the map showed it; only the first time a voice says it of a place counts. A claim is against interest where the
speaker's side loses by it, and for it where it gains. The estimates themselves rest on these claims, so a record is
agreement with the whole of the reports, not truth.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whoholds.model import CONTESTED, Claim, Kind, Stance
from whoholds.tell.claims import ToldClaim
from whoholds.tell.series import SeriesTable

_TOLD = (Kind.GAIN, Kind.HOLD, Kind.LEAVE)
WITHIN_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One speaker or outlet.

    `held` of `claims` held up: `share`, from `low` to `high` at 95% (Wilson). `lead_days` [day] is the median lead over
    the estimates of claims of change, `lead_low` to `lead_high` the middle half of them; None where there were none.
    `for_interest` and `against_interest` count claims by which the speaker's side gains and loses; `share_for` and
    `share_against` are the shares of them that held up, with the same intervals, None where there were none.
    """

    who: str
    what: str
    side: str | None
    claims: int
    held: int
    share: float
    low: float
    high: float
    lead_days: float | None
    lead_low: float | None
    lead_high: float | None
    for_interest: int
    share_for: float | None
    for_low: float | None
    for_high: float | None
    against_interest: int
    share_against: float | None
    against_low: float | None
    against_high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tally:
    """One claim at one place: whether it held up, its lead, and whether the speaker's side gains by it."""

    held: bool
    lead: int | None
    gains: bool | None


def record_ledger(
    claims: Sequence[ToldClaim],
    series: SeriesTable,
    nowcast: SeriesTable,
    *,
    fewest: int = 3,
    same: Callable[[str, str | None], str] = lambda words, side: words,
) -> list[RecordRow]:
    """Records of speakers and outlets with at least `fewest` claims, the most heard first.

    Parameters
    ----------
    claims : sequence of ToldClaim
    series : SeriesTable
        What every report together came to: a claim is held against it.
    nowcast : SeriesTable
        Each day as known on that day, of the same places and days: lead times are taken from it.
    fewest : int
    same : callable
        (words, side) to a key that is one for the ways a speaker is named; the commonest of them is shown.
    """
    row_of = {int(place_id): i for i, place_id in enumerate(series.ids)}
    tallies: dict[tuple[str, str, str | None], list[_Tally]] = {}
    names: dict[tuple[str, str, str | None], Counter[str]] = {}
    said: set[tuple[object, ...]] = set()
    for told in sorted(claims, key=lambda t: (t.known_day, t.claim.id)):
        claim = told.claim
        if claim.kind not in _TOLD or claim.side not in series.states or told.placed is None:
            continue
        if claim.stance in (Stance.PREDICTED, Stance.DENIED) or not series.days[0] <= told.valid_day <= series.days[-1]:
            continue
        keys: list[tuple[str, str, str | None]] = [("outlet", told.outlet, None)]
        names.setdefault(keys[0], Counter())[told.outlet] += 1
        if claim.speaker is not None:
            words = " ".join(claim.speaker.text.split())
            keys.append(("speaker", same(words, claim.speaker_side), claim.speaker_side))
            names.setdefault(keys[1], Counter())[words] += 1
        for resolution in told.placed.resolutions:
            row = row_of.get(resolution.best.place_id) if resolution.best is not None else None
            if row is None:
                continue
            held, lead = _held(series, nowcast, row, told)
            for key in keys:
                once = (*key, row, claim.side, claim.kind is Kind.LEAVE)
                tallies.setdefault(key, []).append(
                    _Tally(held=held, lead=None if once in said else lead, gains=_gains(claim))
                )
                said.add(once)
    rows = [_row(key, names[key].most_common(1)[0][0], tally) for key, tally in tallies.items() if len(tally) >= fewest]
    return sorted(rows, key=lambda r: (r.what, -r.claims, r.who))


def _gains(claim: Claim) -> bool | None:
    """Whether the speaker's side gains by what is said; None where nobody's side is known."""
    if claim.speaker_side is None:
        return None
    return (claim.speaker_side == claim.side) == (claim.kind is not Kind.LEAVE)


def wilson(held: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The interval of a share (Wilson 1927, doi:10.1080/01621459.1927.10502953).

    >>> [round(x, 2) for x in wilson(8, 10)]
    [0.49, 0.94]
    """
    share, spread = held / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def _held(series: SeriesTable, nowcast: SeriesTable, row: int, told: ToldClaim) -> tuple[bool, int | None]:
    """Whether a claim held up at a place, and its lead over the estimates [day] where it told of a change."""
    side = series.statuses.index(str(told.claim.side))
    start = series.on(told.valid_day)
    contested = series.statuses.index(CONTESTED)

    def as_told(table: SeriesTable) -> NDArray[np.bool_]:
        status = table.status[row]
        left = (status != side) & (status != contested)
        return np.asarray(left if told.claim.kind is Kind.LEAVE else status == side, dtype=np.bool_)

    wanted, shown = as_told(series), as_told(nowcast)
    if not wanted[start : start + WITHIN_DAYS + 1].any():
        return False, None
    if shown[0] or told.claim.kind is Kind.HOLD or not shown.any():
        return True, None
    return True, (nowcast.days[int(np.flatnonzero(shown)[0])] - told.known_day).days


def _row(key: tuple[str, str, str | None], who: str, tally: Sequence[_Tally]) -> RecordRow:
    """One line of the ledger."""
    what, _, side = key
    held = sum(t.held for t in tally)
    low, high = wilson(held, len(tally))
    leads = [t.lead for t in tally if t.lead is not None]
    middle = [float(q) for q in np.percentile(leads, (25, 50, 75))] if leads else [None, None, None]
    gains, losses = [t.held for t in tally if t.gains], [t.held for t in tally if t.gains is False]
    for_share, for_low, for_high = _share(gains)
    against_share, against_low, against_high = _share(losses)
    return RecordRow(
        who=who, what=what, side=side, claims=len(tally), held=held, share=round(held / len(tally), 3),
        low=round(low, 3), high=round(high, 3), lead_low=middle[0], lead_days=middle[1], lead_high=middle[2],
        for_interest=len(gains), share_for=for_share, for_low=for_low, for_high=for_high,
        against_interest=len(losses), share_against=against_share, against_low=against_low, against_high=against_high,
    )  # fmt: skip


def _share(held: Sequence[bool]) -> tuple[float, float, float] | tuple[None, None, None]:
    """The share that held up, and its interval."""
    if not held:
        return None, None, None
    low, high = wilson(sum(held), len(held))
    return round(sum(held) / len(held), 3), round(low, 3), round(high, 3)
