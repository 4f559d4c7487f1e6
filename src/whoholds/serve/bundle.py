"""The explorer's data: what the page loads, the same from a server and from a published site.

Every function turns what is kept into plain objects ready for JSON; the columns are described in
docs/reference/explorer-data.md and typed in web/src/data.ts. Coordinates are rounded to 4 decimals (about 10 m), and
probabilities to a byte (255 is certain): finer than any report tells.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

DECIMALS = 4
# Cells whose row never changes are drawn as one shape for each status and tenth of probability.
STEADY_BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlaces:
    """The places of the map, largest first.

    Parameters
    ----------
    ids : ndarray of int64, shape (n,)
    names, admin : sequences of str, length n
    lon, lat : ndarray of float64, shape (n,)
        [degree], WGS 84.
    cells : sequence of Polygon or MultiPolygon, length n
        The ground nearer to the place than to any other, within the country.
    km2 : ndarray of float64, shape (n,)
        Area of each cell [km2].
    """

    ids: NDArray[np.int64]
    names: Sequence[str]
    admin: Sequence[str]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    cells: Sequence[BaseGeometry]
    km2: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlRuns:
    """Control, run-length: row r says what holds at `place[r]` from `day[r]` on.

    Parameters
    ----------
    place, day : ndarray of int64, shape (m,)
        Indices into the places and the days, sorted by place, then day.
    probability : ndarray of float64, shape (m, n_states)
        The sides in the theatre's order, then contested.
    basis : ndarray of int64, shape (m,)
        0 observed, 1 inferred, 2 carried.
    n_claims : ndarray of int64, shape (m,)
    """

    place: NDArray[np.int64]
    day: NDArray[np.int64]
    probability: NDArray[np.float64]
    basis: NDArray[np.int64]
    n_claims: NDArray[np.int64]


def places_chunk(places: MapPlaces) -> dict[str, Any]:
    """The places as columns."""
    return {
        "id": places.ids.tolist(),
        "name": list(places.names),
        "admin": list(places.admin),
        "lon": np.round(places.lon, DECIMALS).tolist(),
        "lat": np.round(places.lat, DECIMALS).tolist(),
    }


def control_chunk(runs: ControlRuns, n_places: int) -> dict[str, Any]:
    """The control series as packed columns: a browser takes them over as they are, with nothing to parse.

    >>> runs = ControlRuns(place=np.array([0, 1, 1]), day=np.array([0, 0, 5]), basis=np.zeros(3, int),
    ...                    probability=np.array([[1., 0.], [1., 0.], [0., 1.]]), n_claims=np.zeros(3, int))
    >>> control_chunk(runs, 2)["first"] == _column(np.array([0, 1, 3]), "<u4")
    True
    """
    return {
        "first": _column(np.searchsorted(runs.place, np.arange(n_places + 1)), "<u4"),
        "day": _column(runs.day, "<u2"),
        "p": _column(np.round(runs.probability * 255), "u1"),
        "basis": _column(runs.basis, "u1"),
        "n_claims": _column(np.minimum(runs.n_claims, 65_535), "<u2"),
    }


def _column(values: NDArray[Any], dtype: str) -> str:
    """An array as base64 of its little-endian bytes."""
    return b64encode(np.ascontiguousarray(values).astype(dtype).tobytes()).decode("ascii")


def cells_chunk(places: MapPlaces, runs: ControlRuns) -> dict[str, Any]:
    """The ground: cells that change or are contested one by one, all others dissolved by status and probability.

    Examples
    --------
    >>> square = lambda x: shapely.box(x, 0, x + 1, 1)
    >>> places = MapPlaces(ids=np.array([1, 2, 3]), names="abc", admin="abc",
    ...                    lon=np.zeros(3), lat=np.zeros(3), km2=np.ones(3), cells=[square(0), square(1), square(2)])
    >>> runs = ControlRuns(place=np.array([0, 1, 2, 2]), day=np.array([0, 0, 0, 5]), basis=np.zeros(4, int),
    ...                    probability=np.array([[1., 0.], [1., 0.], [1., 0.], [0., 1.]]), n_claims=np.zeros(4, int))
    >>> chunk = cells_chunk(places, runs)
    >>> len(chunk["steady"]), [cell["place"] for cell in chunk["moving"]]
    (1, [2])
    """
    n_rows = np.bincount(runs.place, minlength=len(places.ids))
    contested = np.zeros(len(places.ids), dtype=bool)
    contested[runs.place] = runs.probability.argmax(axis=1) == runs.probability.shape[1] - 1
    alone = (n_rows > 1) | contested
    moving = [
        {"place": int(i), "km2": round(float(places.km2[i]), 2), **_drawn(part)}
        for i in np.flatnonzero(alone).tolist()
        for part in _polygons(places.cells[i])
    ]
    still = np.flatnonzero(~alone[runs.place])
    state = runs.probability[still].argmax(axis=1)
    sure = np.minimum((runs.probability[still].max(axis=1) * STEADY_BINS).astype(int), STEADY_BINS - 1)
    steady = []
    for s, b in sorted(set(zip(state.tolist(), sure.tolist(), strict=True))):
        members = runs.place[still[(state == s) & (sure == b)]]
        ground = shapely.coverage_union_all([places.cells[i] for i in members.tolist()])
        says = {"state": s, "sure": round((b + 0.5) / STEADY_BINS, 2)}
        steady += [{**says, **_drawn(part)} for part in _polygons(ground)]
    return {"moving": moving, "steady": steady}


def _drawn(part: BaseGeometry) -> dict[str, Any]:
    """A polygon as the page draws it: its rings, the outer first, and the triangles that fill them."""
    return {"rings": [_flat(part.exterior), *(_flat(ring) for ring in part.interiors)], "triangles": triangles_of(part)}


def triangles_of(shape: BaseGeometry) -> list[int]:
    """A polygon cut into triangles: for each, the numbers of three of its points, counted through all its rings.

    A graphics card draws nothing but triangles. Convex polygons, as most cells are, come back empty: theirs fan out
    from the first point. The cut is made before coordinates are rounded, which may pinch a sliver.

    >>> triangles_of(shapely.box(0, 0, 1, 1))
    []
    >>> len(triangles_of(shapely.Polygon([(0, 0), (2, 0), (1, 0.5), (0, 2)]))) // 3
    2
    """
    convex = not shape.interiors and shapely.convex_hull(shape).area - shape.area < 1e-12
    if convex:
        return []
    number = {(float(x), float(y)): n for n, (x, y) in enumerate(shapely.get_coordinates(shape))}
    corners = shapely.get_coordinates(shapely.constrained_delaunay_triangles(shape)).reshape(-1, 4, 2)[:, :3]
    return [number[float(x), float(y)] for x, y in corners.reshape(-1, 2)]


def front_chunk(lines: Sequence[BaseGeometry]) -> dict[str, Any]:
    """The front line of each day as flat lists of longitudes and latitudes."""
    return {"lines": [[_flat(part) for part in _parts(line)] for line in lines]}


def outlines_chunk(countries: Iterable[BaseGeometry], regions: Iterable[tuple[str, BaseGeometry]]) -> dict[str, Any]:
    """Borders and regions as lines."""
    return {
        "countries": [_flat(ring) for outline in countries for ring in _rings(outline)],
        "regions": [
            {
                "name": name,
                "at": [round(c, DECIMALS) for c in shapely.point_on_surface(shape).coords[0]],
                "rings": [_flat(ring) for ring in _rings(shape)],
            }
            for name, shape in regions
        ],
    }


def _flat(line: BaseGeometry) -> list[float]:
    """[lon, lat, lon, lat, ...] of a line or ring."""
    values: list[float] = np.round(shapely.get_coordinates(line), DECIMALS).ravel().tolist()
    return values


def _parts(shape: BaseGeometry) -> list[BaseGeometry]:
    """The non-empty members of a geometry."""
    return [part for part in shapely.get_parts(shape) if not part.is_empty]


def _polygons(shape: BaseGeometry) -> list[BaseGeometry]:
    """The polygons in a geometry."""
    return [part for part in _parts(shape) if part.geom_type == "Polygon"]


def _rings(shape: BaseGeometry) -> list[BaseGeometry]:
    """Every ring of every polygon in a geometry."""
    return [ring for part in _polygons(shape) for ring in (part.exterior, *part.interiors)]
