"""What is told of change: offensives around a place, and the change of the place itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from whoholds.infer.drawn import DRAWN
from whoholds.infer.dynamics import Cube, News
from whoholds.infer.meaning import CHANGES, FOR_SIDE, MEANINGS
from whoholds.infer.settings import InferSettings
from whoholds.infer.tables import ON_MAP, Bearings

_FOR = np.array([m in FOR_SIDE for m in MEANINGS])
_CHANGES = np.array([m in CHANGES for m in MEANINGS])


def news(
    around: csr_matrix,
    rows: Bearings,
    value: NDArray[np.float64],
    filtered: Cube,
    prior: Cube,
    *,
    people: NDArray[np.float64],
    settings: InferSettings,
) -> News:
    """What the rows tell of change.

    Only news counts: claims of changes that what was told before does not yet show. (By the smoothed marginals no
    claim would be news: they already know of it.)

    Parameters
    ----------
    around : (n_places, n_places) csr_matrix
        The reach of an offensive.
    rows : Bearings
    value : (m, n_states) float64
        From `evidence.row_evidence`.
    filtered : (n_days, n_places, n_states) float32
    prior : (n_places, n_states) float32
    people : (n_places,) float64
        Population.
    """
    n_days, n_places, n_states = filtered.shape
    activity = np.zeros((n_days, n_places, n_states), np.float32)
    named = np.zeros_like(activity)
    if not len(rows):
        return News(activity=activity, named=named)
    held = np.concatenate([prior[None], filtered])[np.maximum(rows.day - 1, 0), rows.place]
    own = held[np.arange(len(rows)), rows.side]
    weight = np.abs(value).max(axis=1)
    novelty = np.where(_FOR[rows.meaning], 1 - own, own)
    shown = np.array([c.relation == "shows" for c in rows.cells])[rows.cell]
    told = np.flatnonzero(_CHANGES[rows.meaning] | shown)
    named_by = 1 / (1 + people / settings.city_news)
    at = rows.day.astype(np.int64) * n_places + rows.place
    for k in range(n_states - 1):
        gains = told[np.where(_FOR[rows.meaning[told]], rows.side[told] == k, rows.side[told] != k)]
        force = (weight * novelty)[gains]
        direct = rows.direct[gains]
        share = np.where(direct, 1.0, settings.activity_area)
        heat = _grid(at[gains], force * share, n_days, n_places)
        here = _grid(at[gains][direct], force[direct], n_days, n_places)
        for t in np.flatnonzero(here.any(axis=1)):
            heat[t] += around @ here[t]
        activity[:, :, k] = 1 - np.exp(-settings.activity_gain * _smooth_days(heat, settings.activity_days))
        _add(named[:, :, k], here * named_by, gain=settings.named_gain, hazard=settings.switch_named, settings=settings)
    maps = np.flatnonzero((rows.route == ON_MAP) & (rows.meaning == DRAWN))
    for k in range(n_states) if len(maps) else ():
        mine = maps[rows.side[maps] == k]
        new = _grid(at[mine], (weight * novelty)[mine], n_days, n_places)
        _add(named[:, :, k], new, gain=1.0, hazard=settings.switch_named, settings=settings)
    return News(activity=activity, named=named)


def _grid(at: NDArray[np.int64], force: NDArray[np.float64], n_days: int, n_places: int) -> NDArray[np.float64]:
    """(n_days, n_places) sums of the forces at days and places."""
    found = np.bincount(at, weights=force, minlength=n_days * n_places).reshape(n_days, n_places)
    return np.asarray(found, np.float64)


def _add(out: Cube, told: NDArray[np.float64], *, gain: float, hazard: float, settings: InferSettings) -> None:
    """Add the hazard of what is told of places themselves to (n_days, n_places), where anything is."""
    places = np.flatnonzero(told.any(axis=0))
    if len(places) and hazard > 0:
        heat = _smooth_days(told[:, places], settings.activity_days)
        out[:, places] += hazard * (1 - np.exp(-gain * heat))


def _smooth_days(heat: NDArray[np.float64], width: float) -> NDArray[np.float64]:
    """The same, with a Gaussian of that width [day] over the days."""
    n_days = len(heat)
    reach = int(np.ceil(2 * width))
    out = np.zeros_like(heat)
    for shift in range(-reach, reach + 1):
        lo, hi = max(0, shift), min(n_days, n_days + shift)
        if lo < hi:
            out[lo:hi] += np.exp(-0.5 * (shift / width) ** 2) * heat[lo - shift : hi - shift]
    return out
