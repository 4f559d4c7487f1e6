"""What a brief is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from whoholds.model import Theatre
from whoholds.tell.claims import ToldClaim
from whoholds.tell.series import SeriesTable


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderKm:
    """A border and the distance of each place of the series to it: (n,) [km]."""

    name: str
    aliases: tuple[str, ...]
    place_km: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeFact:
    """Two camps of claims (ids) about a place that cannot both hold, or that differ on why."""

    place: str
    account: bool
    one: tuple[str, ...]
    other: tuple[str, ...]
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFact:
    """The expected area of a status on the last day, its 90 % interval, and its change since the first [km2]."""

    status: str
    area_km2: float
    low_km2: float
    high_km2: float
    change_km2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the brief is made of.

    `start` names what the estimates start from, `mapped` says that it is a map of the day before. `inside` tells
    which places of the series lie in an area: a mask (n,), None for an area without a shape. `maps` names the
    control maps among the reports that bear on the estimates.
    """

    theatre: Theatre
    series: SeriesTable
    claims: Sequence[ToldClaim]
    disputes: Sequence[DisputeFact] = ()
    borders: Sequence[BorderKm] = ()
    inside: Callable[[str], NDArray[np.bool_] | None] = field(default=lambda key: None)
    start: str = "the theatre's line before the first report"
    mapped: bool = False
    maps: tuple[str, ...] = ()
    areas: Sequence[AreaFact] = ()
    n_reports: int = 0
    known_on: date | None = None
