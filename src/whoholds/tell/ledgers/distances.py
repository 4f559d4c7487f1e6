"""Distances against geometry: "within 50 km of the border for the first time", checked and dated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from whoholds.model import Distance
from whoholds.tell.claims import ToldClaim
from whoholds.tell.series import SeriesTable


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBorder:
    """A border that can be measured to: `place_km` is the distance of each place of the series [km], shape (n,)."""

    name: str
    aliases: tuple[str, ...]
    place_km: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceRow:
    """One claimed distance [km] and what the estimates make of it.

    `computed_km` is how near the ground lies that the side newly held on that day (`nearest` names the place);
    `first_day` the first day such ground lay within the claimed distance; `held_before` how many places within it the
    side held at the start. `unchecked` says why nothing was computed.
    """

    claim_id: str
    speaker: str
    side: str | None
    day: date
    claimed_km: float
    to: str
    border: str | None = None
    computed_km: float | None = None
    nearest: str | None = None
    first_day: date | None = None
    held_before: int = 0
    unchecked: str | None = None


def distance_ledger(
    claims: Sequence[ToldClaim], series: SeriesTable, borders: Sequence[KnownBorder]
) -> list[DistanceRow]:
    """Every claimed distance, in the order they became known."""
    return [
        _row(told, told.claim.count, series, borders)
        for told in sorted(claims, key=lambda t: (t.known_day, t.claim.id))
        if isinstance(told.claim.count, Distance)
    ]


def _row(told: ToldClaim, said: Distance, series: SeriesTable, borders: Sequence[KnownBorder]) -> DistanceRow:
    """One claim against the map."""
    side = told.claim.side

    def row(**more: object) -> DistanceRow:
        return DistanceRow(
            claim_id=told.claim.id, speaker=told.whose_word, side=side, day=told.valid_day,
            claimed_km=said.distance_km, to=said.to, **more,  # type: ignore[arg-type]
        )  # fmt: skip

    border = _border_of(said.to, borders)
    if border is None:
        return row(unchecked="the theatre knows no such border")
    if side not in series.states:
        return row(border=border.name, unchecked="no side is named")
    held = series.status == series.statuses.index(str(side))
    day, before = series.on(told.valid_day), held[:, 0]
    near = border.place_km <= said.distance_km
    new = held & ~before[:, None]
    days_near = np.flatnonzero((new & near[:, None]).any(axis=0))
    first = series.days[int(days_near[0])] if len(days_near) else None
    held_before = int((before & near).sum())
    if not new[:, day].any():
        return row(
            border=border.name, first_day=first, held_before=held_before, unchecked="no ground newly held that day"
        )
    gained = np.flatnonzero(new[:, day])
    best = int(gained[np.argmin(border.place_km[gained])])
    return row(
        border=border.name, computed_km=round(float(border.place_km[best]), 1), nearest=series.names[best],
        first_day=first, held_before=held_before,
    )  # fmt: skip


def _border_of(words: str, borders: Sequence[KnownBorder]) -> KnownBorder | None:
    """The border that words mean; the only one there is where they just say "the border"."""
    wanted = words.casefold()
    for border in borders:
        if any(name.casefold() in wanted or wanted in name.casefold() for name in (border.name, *border.aliases)):
            return border
    return borders[0] if len(borders) == 1 and "border" in wanted else None
