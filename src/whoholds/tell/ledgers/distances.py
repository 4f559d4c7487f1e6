"""Distances against geometry: "within 50 km of the border for the first time", checked and dated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

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
    side held at the start. Where the distance is to a town ("20 km from X"), `border` names the town and all ground
    that the side held counts. `unchecked` says why nothing was computed.
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
    town = _town_of(said.to, series) if border is None else None
    if town is not None:
        border = KnownBorder(name=series.names[town], aliases=(), place_km=_km_from(series, town))
    if border is None:
        return row(unchecked="the theatre knows no such border, and no one place has that name")
    if side not in series.states:
        return row(border=border.name, unchecked="no side is named")
    held = series.status == series.statuses.index(str(side))
    day, before = series.on(told.valid_day), held[:, 0]
    near = border.place_km <= said.distance_km
    new = held & ~before[:, None] if town is None else held
    days_near = np.flatnonzero((new & near[:, None]).any(axis=0))
    first = series.days[int(days_near[0])] if len(days_near) else None
    held_before = int((before & near).sum())
    if not new[:, day].any():
        return row(
            border=border.name,
            first_day=first,
            held_before=held_before,
            unchecked=f"no ground {'newly ' if town is None else ''}held that day",
        )
    gained = np.flatnonzero(new[:, day])
    best = int(gained[np.argmin(border.place_km[gained])])
    return row(
        border=border.name, computed_km=round(float(border.place_km[best]), 1), nearest=series.names[best],
        first_day=first, held_before=held_before,
    )  # fmt: skip


def _town_of(words: str, series: SeriesTable) -> int | None:
    """The row of the place that words name, where but one has that name: "Lysychansk", "the city of Kherson"."""
    wanted = words.casefold().removeprefix("the ").removeprefix("city of ").removeprefix("town of ").strip()
    found = [i for i, name in enumerate(series.names) if name.casefold() == wanted]
    return found[0] if len(found) == 1 else None


def _km_from(series: SeriesTable, row: int) -> NDArray[np.float64]:
    """How far every place lies from one [km], on the WGS 84 ellipsoid (Karney 2013), shape (n,)."""
    n = len(series.ids)
    lon, lat = np.full(n, series.lon[row]), np.full(n, series.lat[row])
    return np.asarray(Geod(ellps="WGS84").inv(lon, lat, series.lon, series.lat)[2], float) / 1000


def _border_of(words: str, borders: Sequence[KnownBorder]) -> KnownBorder | None:
    """The border that words mean; the only one there is where they just say "the border"."""
    wanted = words.casefold()
    for border in borders:
        if any(name.casefold() in wanted or wanted in name.casefold() for name in (border.name, *border.aliases)):
            return border
    return borders[0] if len(borders) == 1 and "border" in wanted else None
