"""The ground a side must have passed to take a place: nobody takes a town without the villages on the way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from whoholds.infer.dynamics import Cube
from whoholds.infer.meaning import FOR_SIDE, MEANINGS
from whoholds.infer.settings import InferSettings
from whoholds.infer.tables import NAMES, ON_THE_WAY, Bearings

_FOR = np.array([m in FOR_SIDE for m in MEANINGS])
_PASSED = np.array([m in ("took", "inside", "left") for m in MEANINGS])


def on_the_way(
    rows: Bearings,
    xy_km: NDArray[np.float64],
    q: Cube,
    filtered: Cube,
    prior: Cube,
    *,
    settings: InferSettings,
) -> Bearings:
    """The rows, and one more for each place on the way to a place newly taken.

    Let D be the distance from a place taken to the nearest ground its taker held some days before. A place z, not the
    taker's, lies on the way where (distance from z to that ground) + (distance from z to the place taken) is hardly
    more than D: inside the ellipse of excess `corridor_excess`. Deep advances so carry the villages they passed; at a
    standing front D is short and nothing lies between. The way is as sure as it is that the place was taken at all.

    Parameters
    ----------
    rows : Bearings
        Of active places.
    xy_km : (n_active, 2) float64
    q, filtered : (n_days, n_active, n_states) float32
        Marginals, and filtered probabilities: what was believed before the claim.
    prior : (n_active, n_states) float32
    """
    if settings.corridor <= 0 or not len(rows):
        return rows
    news = np.flatnonzero(_PASSED[rows.meaning] & (rows.route == NAMES) & (rows.weight >= 0.3))
    if not len(news):
        return rows
    n_sides = q.shape[2] - 1
    tree = cKDTree(xy_km)
    before = np.maximum(rows.day[news] - settings.corridor_days, -1)
    found: list[tuple[int, NDArray[np.int64], NDArray[np.float64]]] = []
    for t in np.unique(before):
        state = (prior if t < 0 else filtered[t]).argmax(axis=1)
        ground: dict[int, cKDTree | None] = {}
        for r in news[before == t]:
            taker = _taker(rows, int(r), state, n_sides)
            if taker is None or state[rows.place[r]] == taker:
                continue
            if taker not in ground:
                held = state == taker
                ground[taker] = cKDTree(xy_km[held]) if held.any() else None
            of_taker = ground[taker]
            hit = None if of_taker is None else _between(int(rows.place[r]), of_taker, xy_km, tree, settings)
            if hit is not None:
                until = min(int(rows.day[r]) + 2, len(q) - 1)
                found.append((int(r), hit[0], hit[1] * float(q[until, rows.place[r], taker])))
    return _append(rows, found, settings) if found else rows


def _taker(rows: Bearings, r: int, state: NDArray[np.int64], n_sides: int) -> int | None:
    """Which side the row says came to the place; None where it left to nobody in particular."""
    side = int(rows.side[r])
    if _FOR[rows.meaning[r]]:
        return side
    if n_sides == 2:
        return 1 - side
    others = [int(s) for s in np.unique(state) if s not in (side, n_sides)]
    return others[0] if len(others) == 1 else None


def _between(
    place: int,
    of_taker: cKDTree,
    xy_km: NDArray[np.float64],
    tree: cKDTree,
    settings: InferSettings,
) -> tuple[NDArray[np.int64], NDArray[np.float64]] | None:
    """Places on the way to `place` from its taker's ground, and how surely each lies there (0 to 1)."""
    depth = float(of_taker.query(xy_km[place])[0])
    if not settings.corridor_min_km <= depth <= settings.corridor_max_km:
        return None
    near = np.array(tree.query_ball_point(xy_km[place], depth * (1 + settings.corridor_excess)), dtype=np.int64)
    near = near[near != place]
    away_km = of_taker.query(xy_km[near])[0]
    near, away_km = near[away_km > 0], away_km[away_km > 0]
    excess = (away_km + np.hypot(*(xy_km[near] - xy_km[place]).T)) / depth - 1
    sure = np.exp(-((np.maximum(excess, 0) / settings.corridor_excess) ** 2) * 2)
    keep = sure > 0.1
    return near[keep], sure[keep]


def _append(
    rows: Bearings, found: list[tuple[int, NDArray[np.int64], NDArray[np.float64]]], settings: InferSettings
) -> Bearings:
    """The rows with those of places on the way."""
    sizes = [len(places) for _, places, _ in found]
    source = np.repeat([r for r, _, _ in found], sizes)
    every = np.concatenate([np.arange(len(rows)), source])
    out = rows.take(every)
    out.place[len(rows) :] = np.concatenate([p for _, p, _ in found])
    out.weight[len(rows) :] *= settings.corridor * np.concatenate([w for _, _, w in found])
    out.route[len(rows) :] = ON_THE_WAY
    return out
