"""What a picture shows: the statuses of a day, and what lies behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from whoholds.errors import BadSetting
from whoholds.model import Basis


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Situation:
    """Control on one day at n places, as known on another day.

    Attributes
    ----------
    day, known_day : date
        The valid day; the known day, None where the picture does not say.
    ids : (n,) int64
        Place ids (geonameid).
    names : (n,) sequence of str
    lonlat : (n, 2) float64
        [degree]
    population : (n,) int64
        For the choice of labels; 0 where unknown.
    statuses : (n,) str
        A side's key, `contested` or `unknown`.
    keys : sequence of k str
        The statuses that the columns of `probabilities` are for.
    probabilities : (n, k) float64
    basis : (n,) str
        observed, inferred or carried.
    n_claims : (n,) int64
    """

    day: date
    known_day: date | None = None
    ids: NDArray[np.int64]
    names: Sequence[str]
    lonlat: NDArray[np.float64]
    population: NDArray[np.int64]
    statuses: NDArray[np.str_]
    keys: tuple[str, ...]
    probabilities: NDArray[np.float64]
    basis: NDArray[np.str_]
    n_claims: NDArray[np.int64]

    def __post_init__(self) -> None:
        n = len(self.ids)
        for name in ("names", "lonlat", "population", "statuses", "probabilities", "basis", "n_claims"):
            if len(getattr(self, name)) != n:
                raise BadSetting(
                    f"{len(getattr(self, name))} {name} for {n} places.", remedy="Give one row for each place."
                )
        if np.shape(self.probabilities) != (n, len(self.keys)):
            raise BadSetting(
                f"Probabilities of shape {np.shape(self.probabilities)} for {n} places and {len(self.keys)} statuses.",
                remedy="Give one column for each of the keys.",
            )

    @classmethod
    def of(
        cls,
        *,
        day: date,
        lonlat: Any,
        statuses: Any,
        known_day: date | None = None,
        ids: Any = None,
        names: Sequence[str] | None = None,
        population: Any = None,
        keys: Sequence[str] | None = None,
        probabilities: Any = None,
        basis: Any = None,
        n_claims: Any = None,
    ) -> Situation:
        """A situation from what is there: without probabilities every status is sure, without basis all is carried.

        >>> one = Situation.of(day=date(2022, 9, 11), lonlat=[[37.3, 49.2]], statuses=["UA"], names=["Izium"])
        >>> one.sure.tolist(), one.basis.tolist()
        ([1.0], ['carried'])
        """
        found = np.asarray(statuses, dtype=np.str_)
        n = len(found)
        columns = tuple(keys) if keys is not None else tuple(str(status) for status in np.unique(found))
        if probabilities is None:
            probabilities = (found[:, None] == np.array(columns)).astype(np.float64)
        return cls(
            day=day,
            known_day=known_day,
            ids=np.arange(n) if ids is None else np.asarray(ids, dtype=np.int64),
            names=[""] * n if names is None else names,
            lonlat=np.asarray(lonlat, dtype=np.float64).reshape(-1, 2),
            population=np.zeros(n, dtype=np.int64) if population is None else np.asarray(population, dtype=np.int64),
            statuses=found,
            keys=columns,
            probabilities=np.asarray(probabilities, dtype=np.float64),
            basis=np.full(n, Basis.CARRIED.value) if basis is None else np.asarray(basis, dtype=np.str_),
            n_claims=np.zeros(n, dtype=np.int64) if n_claims is None else np.asarray(n_claims, dtype=np.int64),
        )

    @property
    def sure(self) -> NDArray[np.float64]:
        """The probability of the status shown; of the likeliest where the status has no column (unknown)."""
        column = {key: number for number, key in enumerate(self.keys)}
        at = np.array([column.get(status, -1) for status in self.statuses], dtype=np.int64)
        own = np.take_along_axis(self.probabilities, np.maximum(at, 0)[:, None], axis=1)[:, 0]
        return np.where(at >= 0, own, self.probabilities.max(axis=1, initial=0.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Backdrop:
    """What lies under the statuses, in degrees: land of the neighbours, borders, and regions with their names."""

    land: BaseGeometry | None = None
    borders: tuple[BaseGeometry, ...] = ()
    regions: tuple[tuple[str, BaseGeometry], ...] = ()
    countries: tuple[tuple[str, BaseGeometry], ...] = field(default=())
