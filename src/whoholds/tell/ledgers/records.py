"""Who was first, who was right: each speaker's and outlet's claims of control against what the estimates came to.

A claim held up where the estimates show what it says on one of the seven days from the claim's day on. Lead time is the
day the map, as known day by day, took the status less the day the claim could be known: positive for those who said it
before the map showed it. The estimates themselves rest on these claims, so a record is agreement with the whole of the
reports, not truth.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from whoholds.model import CONTESTED, Kind, Stance
from whoholds.tell.claims import ToldClaim
from whoholds.tell.series import SeriesTable

_TOLD = (Kind.GAIN, Kind.HOLD, Kind.LEAVE)
WITHIN_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow:
    """One speaker or outlet.

    `held` of `claims` held up: `share`, from `low` to `high` at 95% (Wilson). `lead_days` [day] is the median lead over
    the estimates of claims of change, None where there were none; `against_interest` counts concessions.
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
    against_interest: int


def record_ledger(
    claims: Sequence[ToldClaim], series: SeriesTable, nowcast: SeriesTable, *, fewest: int = 3
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
    """
    row_of = {int(place_id): i for i, place_id in enumerate(series.ids)}
    tallies: dict[tuple[str, str, str | None], list[tuple[bool, int | None, bool]]] = {}
    for told in claims:
        claim = told.claim
        if claim.kind not in _TOLD or claim.side not in series.states or told.placed is None:
            continue
        if claim.stance in (Stance.PREDICTED, Stance.DENIED) or not series.days[0] <= told.valid_day <= series.days[-1]:
            continue
        concession = claim.speaker_side == claim.side and claim.kind is Kind.LEAVE
        keys: list[tuple[str, str, str | None]] = [("outlet", told.outlet, None)]
        if claim.speaker is not None:
            keys.append(("speaker", claim.speaker.text, claim.speaker_side))
        for resolution in told.placed.resolutions:
            row = row_of.get(resolution.best.place_id) if resolution.best is not None else None
            if row is None:
                continue
            held, lead = _held(series, nowcast, row, told)
            for key in keys:
                tallies.setdefault(key, []).append((held, lead, concession))
    rows = [_row(key, tally) for key, tally in tallies.items() if len(tally) >= fewest]
    return sorted(rows, key=lambda r: (r.what, -r.claims, r.who))


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


def _row(key: tuple[str, str, str | None], tally: Sequence[tuple[bool, int | None, bool]]) -> RecordRow:
    """One line of the ledger."""
    what, who, side = key
    held = sum(right for right, _, _ in tally)
    low, high = wilson(held, len(tally))
    leads = [lead for _, lead, _ in tally if lead is not None]
    return RecordRow(
        who=who, what=what, side=side, claims=len(tally), held=held, share=round(held / len(tally), 3),
        low=round(low, 3), high=round(high, 3), lead_days=float(np.median(leads)) if leads else None,
        against_interest=sum(concession for _, _, concession in tally),
    )  # fmt: skip
