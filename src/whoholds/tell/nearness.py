"""Distances to borders as claimed, held against the map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from whoholds.tell.brief import short_day
from whoholds.tell.facts import BorderKm
from whoholds.tell.series import SeriesTable


def nearest_words(series: SeriesTable, border: BorderKm, whose: tuple[str, str], day: date, km: float) -> str:
    """What the map says of a distance on a day; `whose` is the key of a side and its name."""
    side, name = whose
    code = series.statuses.index(side)
    t = series.on(day)
    held, before = series.status[:, t] == code, series.status[:, 0] == code
    near = border.place_km <= km
    new = held & ~before
    known_before = int((before & near).sum())
    tail = f" {known_before:,} settlements that near were held before." if known_before else ""
    if not new.any():
        return f"The map ({border.name}): no settlement newly held by {name} by {short_day(series.days[t])}.{tail}"
    best = int(np.flatnonzero(new)[np.argmin(border.place_km[new])])
    answer = (
        f"The map ({border.name}): of what {name} newly held on {short_day(series.days[t])},"
        f" {series.names[best]} lies nearest, {border.place_km[best]:.0f} km away"
    )
    fresh = near[:, None] & (series.status == code) & ~before[:, None]
    first = np.flatnonzero(fresh.any(axis=0))
    since = f"; such ground fell under {km:g} km on {short_day(series.days[int(first[0])])}" if len(first) else ""
    return f"{answer}{since}.{tail}"


def border_of(borders: Sequence[BorderKm], to: str) -> BorderKm | None:
    """The border that words mean."""
    wanted = to.casefold()
    for border in borders:
        names = [name.casefold() for name in (border.name, *border.aliases)]
        # "Ukrainian" is a part of many a border's name, and no border.
        if any(name in wanted or ("border" in wanted and wanted in name) for name in names):
            return border
    return borders[0] if len(borders) == 1 and "border" in wanted else None
