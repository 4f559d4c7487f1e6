"""Placed claims to control series, and series to tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np

from whoholds.infer import BASES, ControlSeries, InferSettings, MapObservation, infer, nowcast
from whoholds.model import UNKNOWN, PlacedClaim, Theatre
from whoholds.pipeline.ground import Ground
from whoholds.settings import RunSettings
from whoholds.tell.series import SeriesTable, day_range

OLD_NEWS_DAYS = 3
"""A claim about a day so long before the base map's is history that the map already shows. Map-makers follow the
news by 1 day in half of all changes and by 3 days in 94 %."""
START_ERROR = 0.25
"""Without a map: how often the theatre's line of its first day comes to be wrong about a place [probability]. In the
first months of the war in Ukraine a fifth of the country's places had been on another side than at the start, in Libya
in the end nearly all."""
START_ERROR_DAYS = 14.0
"""And how soon: the time [day] in which two thirds of that is reached; lines move most in the first weeks."""
UNDECIDED = 1e-6
"""A place is unknown where the two likeliest states differ by less."""


def evidence(placed: Sequence[PlacedClaim], base_day: date | None) -> list[PlacedClaim]:
    """The claims that bear on the estimates: known after the base map's day, and not about what it already shows."""
    if base_day is None:
        return list(placed)
    oldest = base_day - timedelta(days=OLD_NEWS_DAYS)
    return [p for p in placed if p.known_day > base_day and p.valid_day > oldest]


def days_of(
    placed: Sequence[PlacedClaim],
    settings: RunSettings,
    ground: Ground,
    theatre: Theatre,
    *,
    maps: Sequence[MapObservation] = (),
) -> tuple[date, ...]:
    """The days inferred: as asked, else from the day after the base (or the first report) to the last report."""
    known = [*(p.known_day for p in placed), *(m.known_day for m in maps)]
    start = ground.base_day + timedelta(days=1) if ground.base_day else min(known, default=theatre.first_day)
    first = settings.first_day or start
    last = settings.last_day or settings.known_on or max(known, default=first)
    return day_range(first, max(first, last))


def run_days(first: date, days: Sequence[date], ground: Ground) -> tuple[date, ...]:
    """The days that must be inferred to reach those asked for: from the day after the base on."""
    start = min(first, ground.base_day + timedelta(days=1)) if ground.base_day else first
    return day_range(min(start, days[0]), days[-1])


def settings_of(ground: Ground, first: date, theatre: Theatre) -> InferSettings:
    """The constants of inference; where no map shows the start, its line is the less sure the older it is by then."""
    usual = InferSettings()
    if ground.base_day is not None:
        return usual
    age = max(0, (first - theatre.first_day).days)
    error = START_ERROR * (1 - float(np.exp(-age / START_ERROR_DAYS)))
    far = max(usual.base_error_far, error)
    return replace(usual, base_error=max(usual.base_error, error), base_error_far=far)


def control(
    ground: Ground,
    days: Sequence[date],
    claims: Sequence[PlacedClaim],
    *,
    areas: Mapping[str, Any],
    theatre: Theatre,
    known_on: date | None = None,
    maps: Sequence[MapObservation] = (),
) -> ControlSeries:
    """The series in which every report may revise earlier days."""
    return infer(
        ground.places,
        days,
        ground.base.tolist(),
        claims,
        areas=areas,
        theatre=theatre,
        settings=settings_of(ground, days[0], theatre),
        known_on=known_on,
        maps=maps,
    )


def nowcasted(
    ground: Ground,
    days: Sequence[date],
    claims: Sequence[PlacedClaim],
    *,
    areas: Mapping[str, Any],
    theatre: Theatre,
    known_on: date | None = None,
    maps: Sequence[MapObservation] = (),
    former: Sequence[PlacedClaim] = (),
    replaced: Mapping[date, Collection[str]] = MappingProxyType({}),
) -> ControlSeries:
    """The series that holds each day as known on that day.

    `former` are claims of versions that a newer one has replaced since, `replaced` the reports by the day it did: an
    edited report says what it said until it was edited.
    """
    known = [c for c in (*claims, *former) if known_on is None or c.known_day <= known_on]
    shown = [m for m in maps if known_on is None or m.known_day <= known_on]
    base, settings = ground.base.tolist(), settings_of(ground, days[0], theatre)
    return nowcast(
        ground.places, days, base, sorted(known, key=lambda c: (c.known_day, c.claim.id)), areas=areas,
        theatre=theatre, settings=settings, maps=shown, superseded=replaced,
    )  # fmt: skip


def table_of(series: ControlSeries, ground: Ground, *, since: date | None = None) -> SeriesTable:
    """A series as a table, from a day on, as its written rows tell it: files, store and brief then say the same."""
    start = (since - series.days[0]).days if since else 0
    prob = series.prob[:, start:]
    two = np.partition(prob, -2, axis=2)[:, :, -2:]
    status = prob.argmax(axis=2).astype(np.int16)
    status[two[:, :, 1] - two[:, :, 0] < UNDECIDED] = len(series.states)
    return SeriesTable(
        ids=series.places.ids,
        names=tuple(p.name for p in ground.nouns),
        lat=series.places.lat,
        lon=series.places.lon,
        admin1=tuple(p.admin1 for p in ground.nouns),
        days=series.days[start:],
        states=series.states,
        prob=prob,
        status=status,
        statuses=(*series.states, UNKNOWN),
        basis=series.basis[:, start:],
        bases=tuple(b.value for b in BASES),
        n_claims=series.n_claims[:, start:],
    ).settled()
