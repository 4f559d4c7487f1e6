"""Area by status with an interval that comes from the probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from whoholds.errors import BadSetting
from whoholds.geometry.voronoi import Mesh

#: How far doubt reaches [km]. Within 25 km of the front, on seven days between April and September 2022, the
#: differences between DeepState's, ISW's and NZZ's statuses correlated 0.3 to 0.5 at 7 km and 0.1 to 0.2 at 17 km
#: (medians over days and pairs); a field of this length, cut at a level, does about the same.
TOGETHER_KM = 10.0

#: Waves that make up the random fields; the error of a covariance is about 1 / sqrt(WAVES), here 6%.
WAVES = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaEstimate:
    """Expected area of one status and the interval it lies in [km2]; `share` is the interval's probability."""

    status: str
    area_km2: float
    low_km2: float
    high_km2: float
    share: float


def area_estimates(
    ground: Mesh,
    probabilities: Any,
    statuses: Sequence[str],
    *,
    seed: int = 0,
    draws: int = 400,
    share: float = 0.9,
    together_km: float = TOGETHER_KM,
) -> list[AreaEstimate]:
    """Area of each status [km2] with an interval.

    Doubts about neighbouring places are not independent: who is wrong about a village is wrong about the next one. Each
    draw therefore makes one smooth random field over the ground (a Gaussian process with a squared-exponential
    covariance, by random Fourier features: Rahimi and Recht 2007), turns it into a number between 0 and 1 at each
    place, and reads the status off the cumulative probabilities, in the order of `statuses` (put contested between the
    two sides). Independent draws would give intervals many times too narrow; `together_km=0` shows them.

    Parameters
    ----------
    ground : Mesh
    probabilities : (n, k) float64
        Probability of each status at each place; rows sum to 1.
    statuses : sequence of k str
    seed : int
        The same seed gives the same interval.
    draws : int
        Random maps drawn.
    share : float
        Probability that the interval holds the area.
    together_km : float
        Length over which doubts are shared [km].

    Raises
    ------
    BadSetting
        Probabilities of another shape, or rows that do not sum to 1.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> from whoholds.geometry import mesh
    >>> ground = mesh(np.array([[36.2, 49.5], [36.8, 49.5]]), box(36, 49, 37, 50))
    >>> sure = area_estimates(ground, [[1, 0], [0.5, 0.5]], ("UA", "RU"))[0]
    >>> round(sure.low_km2, -1), round(sure.area_km2, -1), round(sure.high_km2, -1)
    (4030.0, 6040.0, 8060.0)
    """
    chance = np.asarray(probabilities, dtype=np.float64)
    days = chance[:, None] if chance.ndim == 2 else chance
    found = area_estimates_by_day(ground, days, statuses, seed=seed, draws=draws, share=share, together_km=together_km)
    return found[0]


class DoubtFields:
    """Random fields over a ground, one a draw, read at some places; what was read is kept for the next day asked.

    A field is a function of the ground, not of the places it is read at: whether a place is read beside others or
    alone, its numbers are the same.

    Parameters
    ----------
    ground : Mesh
    seed, draws, together_km
        As for `area_estimates`; `together_km` above 0.
    """

    def __init__(self, ground: Mesh, *, seed: int = 0, draws: int = 400, together_km: float = TOGETHER_KM) -> None:
        random = np.random.default_rng(seed)
        self._xy_km = ground.plane.forward(ground.lonlat) / 1000
        self._waves = random.standard_normal((2, WAVES)) / together_km
        heights = [
            random.standard_normal((2 * WAVES, min(64, draws - first)), dtype=np.float32)
            for first in range(0, draws, 64)
        ]
        self._heights = (np.concatenate(heights, axis=1) / np.sqrt(WAVES)).astype(np.float32)
        self._row = np.full(len(self._xy_km), -1)
        self._levels = np.empty((0, draws), np.float32)

    def levels(self, places: NDArray[np.int64]) -> NDArray[np.float32]:
        """(len(places), draws) a number between 0 and 1 at each place for each draw, evenly spread."""
        new = places[self._row[places] < 0]
        if len(new):
            phase = (self._xy_km[new] @ self._waves).astype(np.float32)
            basis = np.concatenate([np.cos(phase), np.sin(phase)], axis=1)
            self._row[new] = len(self._levels) + np.arange(len(new))
            self._levels = np.concatenate([self._levels, ndtr(basis @ self._heights)])
        rows = self._row[places]
        whole = len(rows) == len(self._levels) and bool((rows == np.arange(len(rows))).all())
        return self._levels if whole else self._levels[rows]


def area_estimates_by_day(
    ground: Mesh,
    probabilities: Any,
    statuses: Sequence[str],
    *,
    seed: int = 0,
    draws: int = 400,
    share: float = 0.9,
    together_km: float = TOGETHER_KM,
    fields: DoubtFields | None = None,
) -> list[list[AreaEstimate]]:
    """The same for many days, on one set of random fields: an interval moves only where the probabilities do.

    Parameters
    ----------
    probabilities : (n, d, k) float64
        Probability of each status at each place on each day; sums to 1 over the statuses.
    fields : DoubtFields, optional
        Fields over this ground kept from another question; they then stand for `seed`, `draws` and `together_km`.

    Returns
    -------
    list of d lists of AreaEstimate

    Raises
    ------
    BadSetting
        Probabilities of another shape, or that do not sum to 1.
    """
    chance = np.asarray(probabilities)
    right = chance.ndim == 3 and chance.shape[0] == len(ground.cells) and chance.shape[2] == len(statuses)
    if not right or not all(np.allclose(chance[:, t].sum(axis=1), 1, atol=1e-3) for t in range(chance.shape[1])):
        raise BadSetting(
            f"Probabilities of shape {chance.shape} for {len(ground.cells)} places and {len(statuses)} statuses.",
            remedy="Give one row a place, one column a status, each row summing to 1.",
        )
    doubtful = (chance.max(axis=2) < 1 - 1e-6).any(axis=1)
    area = ground.cell_km2[doubtful].astype(np.float32)
    if fields is None and together_km > 0:
        fields = DoubtFields(ground, seed=seed, draws=draws, together_km=together_km)
    if fields is None:
        level = np.random.default_rng(seed).random((len(area), draws), dtype=np.float32)
    else:
        level = fields.levels(np.flatnonzero(doubtful))
    draws = level.shape[1]
    out = []
    for t in range(chance.shape[1]):
        sure = ground.cell_km2[~doubtful] @ chance[~doubtful, t]
        upto = np.cumsum(chance[doubtful, t], axis=1)[:, :-1]
        steps = [area @ (level < edge[:, None]) for edge in upto.T.astype(np.float32)]
        below = [np.zeros(draws), *steps, np.full(draws, area.sum())]
        total = sure + np.diff(np.array(below, dtype=np.float64), axis=0).T
        expected = ground.cell_km2 @ chance[:, t]
        low, high = np.quantile(total, [(1 - share) / 2, (1 + share) / 2], axis=0)
        out.append(
            [
                AreaEstimate(
                    status=status,
                    area_km2=float(expected[k]),
                    low_km2=float(min(low[k], expected[k])),
                    high_km2=float(max(high[k], expected[k])),
                    share=share,
                )
                for k, status in enumerate(statuses)
            ]
        )
    return out
