"""Front lines, ground held, gains, pockets and salients: what statuses make of a mesh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry import MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from whoholds.errors import BadSetting
from whoholds.geometry.distances import GEOD
from whoholds.geometry.voronoi import Ints, Mesh
from whoholds.model import CONTESTED, UNKNOWN

#: Rounds of corner cutting for a smoothed line; after three a line of Voronoi edges looks drawn by hand.
SMOOTHING_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Gain:
    """Ground that went from one status to another between two days."""

    before: str
    after: str
    geometry: BaseGeometry
    area_km2: float
    places: Ints


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pocket:
    """Ground of one status cut off from the rest of it: every way out leads over ground of another status.

    `at_rim` tells that it touches the theatre's outline: a coast or a border, over which there may be a way out.
    """

    status: str
    geometry: BaseGeometry
    area_km2: float
    places: Ints
    at_rim: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Salient:
    """Ground of one status that reaches into another's: too narrow for a disc of the width asked for."""

    status: str
    geometry: BaseGeometry
    area_km2: float
    depth_km: float
    places: Ints


def _checked(ground: Mesh, statuses: Any) -> NDArray[np.str_]:
    """One status a place."""
    found = np.asarray(statuses, dtype=np.str_)
    if found.shape != (len(ground.cells),):
        raise BadSetting(
            f"{found.size} statuses for {len(ground.cells)} places.",
            remedy="Give one status for each cell of the mesh.",
        )
    return found


def front_line(
    ground: Mesh, statuses: Any, *, smooth: bool = False, ignore: tuple[str, ...] = (UNKNOWN,)
) -> MultiLineString:
    """The line between cells of different control status.

    Parameters
    ----------
    ground : Mesh
    statuses : (n,) str
        The status of each place.
    smooth : bool
        Cut the corners of the line (Chaikin 1974); it then runs within the cells it divides, no longer between them.
    ignore : tuple of str
        Statuses that make no line with another.

    Returns
    -------
    MultiLineString
        In degrees, merged into as few lines as it takes; empty where one status holds all.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> from whoholds.geometry import mesh
    >>> ground = mesh(np.array([[36.2, 49.5], [36.8, 49.5]]), box(36, 49, 37, 50))
    >>> [round(value, 2) for value in front_line(ground, ["UA", "RU"]).bounds]
    [36.5, 49.0, 36.5, 50.0]
    >>> front_line(ground, ["UA", "UA"]).is_empty
    True
    """
    statuses = _checked(ground, statuses)
    one, other = statuses[ground.pairs[:, 0]], statuses[ground.pairs[:, 1]]
    lines = merged_edges(ground, (one != other) & ~np.isin(one, ignore) & ~np.isin(other, ignore))
    return MultiLineString([smoothed(line) for line in lines.geoms]) if smooth else lines


def merged_edges(ground: Mesh, chosen: NDArray[np.bool_]) -> MultiLineString:
    """Some edges of a mesh, shape (m,), merged into as few lines as it takes.

    >>> from shapely.geometry import box
    >>> from whoholds.geometry import mesh
    >>> ground = mesh(np.array([[36.2, 49.5], [36.8, 49.5]]), box(36, 49, 37, 50))
    >>> round(merged_edges(ground, np.array([True])).length, 2)
    1.0
    """
    # Edges meet at their ends only: merging needs no union, which takes many times longer.
    merged = shapely.line_merge(shapely.multilinestrings(shapely.get_parts(ground.edges[chosen])))
    return MultiLineString([line for line in shapely.get_parts(merged) if line.geom_type == "LineString"])


def front_lengths_km(
    ground: Mesh, statuses: Any, *, ignore: tuple[str, ...] = (UNKNOWN,)
) -> dict[tuple[str, str], float]:
    """Length of the front line between each two statuses [km], along the ellipsoid; the statuses in order of spelling.

    Lines between cells are rougher than a front on the ground, so they are longer, the more so the denser the places.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> from whoholds.geometry import mesh
    >>> ground = mesh(np.array([[36.2, 49.5], [36.8, 49.5]]), box(36, 49, 37, 50))
    >>> {pair: round(length) for pair, length in front_lengths_km(ground, ["UA", "RU"]).items()}
    {('RU', 'UA'): 111}
    """
    statuses = _checked(ground, statuses)
    pair = np.sort(statuses[ground.pairs], axis=1)
    divides = (pair[:, 0] != pair[:, 1]) & ~np.isin(pair, ignore).any(axis=1)
    found: dict[tuple[str, str], float] = {}
    for (one, other), edge in zip(pair[divides].tolist(), ground.edges[divides], strict=True):
        found[one, other] = found.get((one, other), 0.0) + GEOD.geometry_length(edge) / 1000
    return dict(sorted(found.items()))


def smoothed(line: BaseGeometry, *, rounds: int = SMOOTHING_ROUNDS) -> BaseGeometry:
    """A line with its corners cut, its ends kept; a ring stays a ring.

    Source: Chaikin 1974, An algorithm for high-speed curve generation, doi:10.1016/0146-664X(74)90028-8.

    >>> smoothed(shapely.LineString([(0, 0), (4, 0), (4, 4)]), rounds=1).wkt
    'LINESTRING (0 0, 3 0, 4 1, 4 4)'
    """
    xy = shapely.get_coordinates(line)
    if len(xy) < 3:
        return line
    ring = bool((xy[0] == xy[-1]).all())
    for _ in range(rounds):
        near, far = 0.75 * xy[:-1] + 0.25 * xy[1:], 0.25 * xy[:-1] + 0.75 * xy[1:]
        cut = np.stack([near, far], axis=1).reshape(-1, 2)
        xy = np.concatenate([cut, cut[:1]]) if ring else np.concatenate([xy[:1], cut[1:-1], xy[-1:]])
    return shapely.LineString(xy)


def dissolved(ground: Mesh, labels: Any) -> dict[str, BaseGeometry]:
    """The ground of each label: its cells joined [degree].

    >>> from shapely.geometry import box
    >>> from whoholds.geometry import mesh
    >>> ground = mesh(np.array([[36.2, 49.5], [36.5, 49.5], [36.8, 49.5]]), box(36, 49, 37, 50))
    >>> {label: round(shape.area, 2) for label, shape in dissolved(ground, ["UA", "UA", "RU"]).items()}
    {'RU': 0.35, 'UA': 0.65}
    """
    labels = _checked(ground, labels)
    return {str(label): _joined(ground.cells[labels == label]) for label in np.unique(labels)}


def _joined(shapes: NDArray[np.object_]) -> BaseGeometry:
    """Cells joined; they share edges without overlap, which the coverage union uses, and the slow one need not."""
    filled = shapes[~shapely.is_empty(shapes)]
    if not len(filled):
        return MultiPolygon()
    joined = shapely.coverage_union_all(filled)
    return joined if joined.is_valid else shapely.union_all(filled)


def gains(ground: Mesh, before: Any, after: Any) -> list[Gain]:
    """Ground that changed its status between two days, one entry for each pair of statuses, the largest first.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> from whoholds.geometry import mesh
    >>> ground = mesh(np.array([[36.2, 49.5], [36.8, 49.5]]), box(36, 49, 37, 50))
    >>> [(gain.before, gain.after, gain.places.tolist(), round(gain.area_km2, -1))
    ...  for gain in gains(ground, ["RU", "UA"], ["UA", "UA"])]
    [('RU', 'UA', [0], 4030.0)]
    """
    before, after = _checked(ground, before), _checked(ground, after)
    found = []
    for old, new in sorted(set(zip(before.tolist(), after.tolist(), strict=True))):
        if old == new:
            continue
        places = np.flatnonzero((before == old) & (after == new))
        found.append(
            Gain(
                before=old,
                after=new,
                geometry=_joined(ground.cells[places]),
                area_km2=float(ground.cell_km2[places].sum()),
                places=places,
            )
        )
    return sorted(found, key=lambda gain: -gain.area_km2)


def components(ground: Mesh, statuses: Any) -> Ints:
    """The connected component of equal status that each place belongs to, numbered from 0.

    >>> from shapely.geometry import box
    >>> from whoholds.geometry import mesh
    >>> ground = mesh(np.array([[36.2, 49.5], [36.5, 49.5], [36.8, 49.5]]), box(36, 49, 37, 50))
    >>> components(ground, ["UA", "RU", "UA"]).tolist()
    [0, 1, 2]
    """
    statuses = _checked(ground, statuses)
    same = ground.pairs[statuses[ground.pairs[:, 0]] == statuses[ground.pairs[:, 1]]]
    n = len(statuses)
    graph = coo_array((np.ones(len(same), dtype=np.int8), (same[:, 0], same[:, 1])), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def pockets(ground: Mesh, statuses: Any, *, smallest_km2: float = 0.0) -> list[Pocket]:
    """Ground of a side that is cut off, largest first.

    Cut off is every connected part but the largest, and the largest too where it does not reach the theatre's rim.
    Contested and unknown ground makes no pocket, and a way out over contested ground is none.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> from whoholds.geometry import mesh
    >>> spots = np.array([[x, y] for x in (36.1, 36.3, 36.5, 36.7, 36.9) for y in (49.1, 49.3, 49.5, 49.7, 49.9)])
    >>> held = np.where(np.arange(25) == 12, "RU", "UA")
    >>> [(pocket.status, pocket.places.tolist(), pocket.at_rim)
    ...  for pocket in pockets(mesh(spots, box(36, 49, 37, 50)), held)]
    [('RU', [12], False)]
    """
    statuses = _checked(ground, statuses)
    part = components(ground, statuses)
    area = np.bincount(part, weights=ground.cell_km2)
    status_of = np.empty(len(area), dtype=statuses.dtype)
    status_of[part] = statuses
    largest = {status: int(np.argmax(np.where(status_of == status, area, -1.0))) for status in np.unique(statuses)}
    rim = ground.outline.boundary
    shapely.prepare(rim)
    found = []
    for number in np.flatnonzero(area > smallest_km2):
        status = str(status_of[number])
        if status in {UNKNOWN, CONTESTED}:
            continue
        places = np.flatnonzero(part == number)
        geometry = _joined(ground.cells[places])
        at_rim = bool(shapely.dwithin(rim, geometry, 1e-6))
        if number != largest[status] or not at_rim:
            found.append(
                Pocket(status=status, geometry=geometry, area_km2=float(area[number]), places=places, at_rim=at_rim)
            )
    return sorted(found, key=lambda pocket: -pocket.area_km2)


def salients(ground: Mesh, statuses: Any, *, width_km: float = 25.0, smallest_km2: float = 100.0) -> list[Salient]:
    """Ground that reaches into another side's and is narrower than a width, largest first.

    A disc of that width, rolled over a side's ground without touching ground of another status, leaves the salients
    uncovered (the opening of mathematical morphology; Serra 1982). The rim of the theatre does not hold the disc up,
    so that capes and corners of the outline are no salients. Depth is the way from a salient's tip to the disc's edge.

    Parameters
    ----------
    width_km : float
        Widest base of a salient [km].
    smallest_km2 : float
        Smaller ones are left out [km2].
    """
    statuses = _checked(ground, statuses)
    radius = width_km * 500
    found = []
    held = {
        status: shapely.make_valid(ground.plane.project(shape)) for status, shape in dissolved(ground, statuses).items()
    }
    spots = shapely.points(ground.plane.forward(ground.lonlat))
    for status, own in held.items():
        others = [shape for other, shape in held.items() if other not in {status, UNKNOWN}]
        if status in {UNKNOWN, CONTESTED} or not others:
            continue
        theirs = shapely.simplify(shapely.union_all(others), 200)
        taken = shapely.buffer(theirs, radius, quad_segs=8)
        # Grown in two steps: the first rounds off what makes the second slow.
        near = shapely.intersection(own, shapely.buffer(taken, 2 * radius, quad_segs=8))
        # How far the disc may lean over the rim needs no detail.
        room = shapely.buffer(shapely.simplify(own, 2000), 3 * radius, quad_segs=8)
        free = shapely.difference(room, taken)
        covered = shapely.buffer(free, radius, quad_segs=8)
        for part in shapely.get_parts(shapely.difference(near, covered)):
            area = float(part.area) / 1e6
            if area < smallest_km2 or not shapely.dwithin(part, theirs, 1000):
                continue
            tip = shapely.get_coordinates(part)
            depth = float(shapely.distance(shapely.points(tip), covered).max()) / 1000
            shapely.prepare(part)
            places = np.flatnonzero((statuses == status) & shapely.contains(part, spots))
            if not len(places):  # a sliver of cells whose places lie elsewhere is nobody's salient
                continue
            found.append(
                Salient(
                    status=status,
                    geometry=ground.plane.unproject(part),
                    area_km2=area,
                    depth_km=depth,
                    places=places,
                )
            )
    return sorted(found, key=lambda salient: -salient.area_km2)


def held_km2(ground: Mesh, statuses: Any) -> dict[str, float]:
    """Area of each status [km2], equal-area.

    >>> from shapely.geometry import box
    >>> from whoholds.geometry import mesh
    >>> ground = mesh(np.array([[36.2, 49.5], [36.8, 49.5]]), box(36, 49, 37, 50))
    >>> {status: round(area, -1) for status, area in held_km2(ground, ["UA", "RU"]).items()}
    {'RU': 4030.0, 'UA': 4030.0}
    """
    statuses = _checked(ground, statuses)
    names, number = np.unique(statuses, return_inverse=True)
    total = np.bincount(number, weights=ground.cell_km2)
    return {str(name): float(area) for name, area in zip(names, total, strict=True)}
