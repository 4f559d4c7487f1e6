"""Gazetteer entries, and what a name in a text was resolved to."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.model.mention import PlaceType
from whoholds.model.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One gazetteer entry. `id` is the geonameid where GeoNames has the place, else negative."""

    id: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    feature: str
    population: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place a name may stand for, with the probability of that and the reasons."""

    place_id: int
    name: str
    lat: float
    lon: float
    probability: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a mention was taken to be; it stands beside the claim and can be taken back.

    Settlements and point features carry `best` (and `runners_up`); regions, directions and line or area features
    carry `area`, a key the gazetteer and theatre know a geometry for. Neither: `unresolved` says why.
    """

    span: Span
    type: PlaceType
    best: Candidate | None = None
    runners_up: tuple[Candidate, ...] = ()
    area: str | None = None
    unresolved: str | None = None
