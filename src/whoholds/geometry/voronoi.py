"""Cells of places and the edges between them: the ground that fronts, areas and gains are read from.

A cell is the ground nearer to its place than to any other (Voronoi 1908), clipped to the outline of the theatre. Cells
and edges are made once for a set of places and kept by the caller; statuses of a day are then only a choice among them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Delaunay, QhullError, Voronoi
from shapely.geometry.base import BaseGeometry

from whoholds.errors import BadSetting
from whoholds.geometry.plane import Floats, Plane

Ints = NDArray[np.int64]

#: Places on one spot are set apart by this much, so that each has a cell [m]; gazetteers round to about 10 m.
APART_M = 30.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mesh:
    """Cells of n places and the m edges at which two cells meet.

    Attributes
    ----------
    lonlat : (n, 2) float64
        The places [degree].
    outline : BaseGeometry
        What the cells are clipped to [degree].
    cells : (n,) object
        Polygon or MultiPolygon [degree]; empty where a place lies so far outside that nothing is left.
    cell_km2 : (n,) float64
        Area of each cell [km2].
    pairs : (m, 2) int64
        The two places of each edge.
    edges : (m,) object
        LineString or MultiLineString [degree].
    plane : Plane
        The equal-area plane of this ground.
    """

    lonlat: Floats
    outline: BaseGeometry
    cells: NDArray[np.object_]
    cell_km2: Floats
    pairs: Ints
    edges: NDArray[np.object_]
    plane: Plane


def mesh(lonlat: Floats, outline: BaseGeometry) -> Mesh:
    """Cells and edges of places within an outline.

    Parameters
    ----------
    lonlat : (n, 2) float64
        Longitude and latitude [degree].
    outline : Polygon or MultiPolygon
        The ground to share out [degree].

    Raises
    ------
    BadSetting
        No place, a place that is no point on earth, or an outline without area.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> ground = mesh(np.array([[36.2, 49.5], [36.8, 49.5]]), box(36, 49, 37, 50))
    >>> [round(cell.area, 3) for cell in ground.cells], ground.pairs.tolist()
    ([0.5, 0.5], [[0, 1]])
    """
    lonlat = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
    if not len(lonlat) or not np.isfinite(lonlat).all():
        raise BadSetting("Cells need places with coordinates.", remedy="Leave out the places that have none.")
    if outline.is_empty or not outline.area > 0:
        raise BadSetting("The outline has no area.", remedy="Give the polygon of the theatre's countries.")
    outline = outline if outline.is_valid else shapely.make_valid(outline)
    plane = Plane.of(outline.bounds)
    # A straight side in degrees is a curve in the plane: bent every 0.05 degree, it strays by 30 cm at most.
    within = plane.project(shapely.segmentize(outline, 0.05))
    shapely.prepare(within)
    polygons, pairs, lines = _voronoi(_apart(plane.forward(lonlat)), within)
    polygons = _clipped(polygons, within)
    lines = _clipped(lines, within)
    kept = (shapely.get_dimensions(lines) == 1) & ~shapely.is_empty(lines)
    cells_back = plane.unproject(polygons)
    wrong = ~shapely.is_valid(cells_back)  # by rounding, where the rim touches itself
    cells_back[wrong] = shapely.make_valid(cells_back[wrong], method="structure", keep_collapsed=False)
    return Mesh(
        lonlat=lonlat,
        outline=outline,
        cells=cells_back,
        cell_km2=np.asarray(shapely.area(polygons), dtype=np.float64) / 1e6,
        pairs=pairs[kept],
        edges=plane.unproject(lines[kept]),
        plane=plane,
    )


def reordered(ground: Mesh, order: Ints) -> Mesh:
    """The mesh of the same places in another order: place k is what was place `order[k]`.

    >>> from shapely.geometry import box
    >>> turned = reordered(mesh(np.array([[36.2, 49.5], [36.8, 49.5]]), box(36, 49, 37, 50)), np.array([1, 0]))
    >>> turned.lonlat.tolist(), turned.pairs.tolist()
    ([[36.8, 49.5], [36.2, 49.5]], [[0, 1]])
    """
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return replace(
        ground,
        lonlat=ground.lonlat[order],
        cells=ground.cells[order],
        cell_km2=ground.cell_km2[order],
        pairs=np.sort(number[ground.pairs], axis=1),
    )


def cells(lonlat: Floats, outline: BaseGeometry) -> list[BaseGeometry]:
    """The cells alone; `mesh` gives the edges and areas too.

    >>> from shapely.geometry import box
    >>> [round(cell.area, 3) for cell in cells(np.array([[36.5, 49.5]]), box(36, 49, 37, 50))]
    [1.0]
    """
    return list(mesh(lonlat, outline).cells)


def neighbours(lonlat: Floats, *, longest_km: float = 30.0) -> Ints:
    """Pairs of places that are natural neighbours: the edges of the Delaunay triangulation up to a length.

    Parameters
    ----------
    lonlat : (n, 2) float64
        Longitude and latitude [degree].
    longest_km : float
        Longer edges are left out [km]: they join places across a sea, or across a gap in the gazetteer.

    Returns
    -------
    (m, 2) int64
        Each pair once, the lower number first, sorted; places on one spot are neighbours.

    Examples
    --------
    >>> neighbours(np.array([[36.0, 49.0], [36.1, 49.0], [36.0, 49.1], [39.0, 49.0]])).tolist()
    [[0, 1], [0, 2], [1, 2]]
    """
    lonlat = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
    n = len(lonlat)
    if n < 2:
        return np.empty((0, 2), dtype=np.int64)
    plane = Plane.of((*lonlat.min(axis=0), *lonlat.max(axis=0)))
    xy = _apart(plane.forward(lonlat))
    try:
        triangles = Delaunay(xy).simplices.astype(np.int64)
        pairs = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    except QhullError:  # fewer than three places, or all on one line: then along the line
        order = np.lexsort((xy[:, 1], xy[:, 0]))
        pairs = np.column_stack([order[:-1], order[1:]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    length_m = np.hypot(*(xy[pairs[:, 0]] - xy[pairs[:, 1]]).T)
    return np.asarray(pairs[length_m <= longest_km * 1000 + APART_M], dtype=np.int64)


def _apart(xy: Floats) -> Floats:
    """Places on one spot set around it on a circle, in their order."""
    _, spot, count = np.unique(np.round(xy, 1), axis=0, return_inverse=True, return_counts=True)
    spot = spot.reshape(-1)
    if (count == 1).all():
        return xy
    order = np.argsort(spot, kind="stable")
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    turn = np.empty(len(xy))
    turn[order] = np.arange(len(xy)) - first[spot[order]]
    several = count[spot] > 1
    angle = 2 * np.pi * turn / count[spot]
    moved = xy + APART_M * np.column_stack([np.cos(angle), np.sin(angle)])
    return np.where(several[:, None], moved, xy)


def _voronoi(xy: Floats, within: BaseGeometry) -> tuple[NDArray[np.object_], Ints, NDArray[np.object_]]:
    """Polygons of the places, pairs of places that meet, and the lines at which they do, all unclipped."""
    n = len(xy)
    west, south, east, north = within.bounds
    low = np.minimum(xy.min(axis=0), (west, south))
    high = np.maximum(xy.max(axis=0), (east, north))
    middle, reach = (low + high) / 2, max(1000.0, float((high - low).max()))
    # Eight far places close the cells at the rim; ten extents away they take nothing from inside the outline.
    angle = np.arange(8) * np.pi / 4
    far = middle + 10 * reach * np.column_stack([np.cos(angle), np.sin(angle)])
    # Qhull's precision suffers from coordinates far from zero.
    diagram = Voronoi(np.concatenate([xy, far]) - middle)
    vertices = diagram.vertices + middle
    ridge, corner = np.array(diagram.ridge_points, dtype=np.int64), diagram.ridge_vertices
    closed = np.array([len(c) == 2 and min(c) >= 0 for c in corner])
    ends = np.array([c for c, good in zip(corner, closed, strict=True) if good], dtype=np.int64)
    ridge = ridge[closed]
    # Every cell is convex: its corners are the ends of its ridges, in the order of their angle about the place.
    owner = np.concatenate([ridge[:, 0], ridge[:, 0], ridge[:, 1], ridge[:, 1]])
    at = np.concatenate([ends[:, 0], ends[:, 1], ends[:, 0], ends[:, 1]])
    own = np.unique(np.column_stack([owner, at])[owner < n], axis=0)
    offset = vertices[own[:, 1]] - xy[own[:, 0]]
    own = own[np.lexsort((np.arctan2(offset[:, 1], offset[:, 0]), own[:, 0]))]
    rings = shapely.linearrings(vertices[own[:, 1]], indices=own[:, 0])
    polygons = np.asarray(shapely.polygons(rings), dtype=object)
    real = (ridge < n).all(axis=1)
    lines = np.asarray(shapely.linestrings(vertices[ends[real]]), dtype=object)
    return polygons, np.sort(ridge[real], axis=1), lines


def _clipped(shapes: NDArray[np.object_], within: BaseGeometry) -> NDArray[np.object_]:
    """Shapes cut at the outline; only those that cross it are worked on."""
    inside = shapely.contains_properly(within, shapes)
    clipped = shapes.copy()
    clipped[~inside] = shapely.intersection(shapes[~inside], within)
    wrong = np.flatnonzero(shapely.get_type_id(clipped) == 7)
    for row in wrong:  # a shape that touches the outline leaves points or lines beside its polygons
        dimension = shapely.get_dimensions(shapes[row])
        parts = [part for part in shapely.get_parts(clipped[row]) if shapely.get_dimensions(part) == dimension]
        clipped[row] = shapely.union_all(parts)
    return clipped
