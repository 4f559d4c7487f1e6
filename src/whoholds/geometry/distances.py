"""Geodesic distances on the ellipsoid: between points, to a border, of a front to a border, and when they fell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyproj
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from whoholds.errors import BadSetting
from whoholds.geometry.plane import Floats

GEOD = pyproj.Geod(ellps="WGS84")

#: A line is measured to points this far apart on it [km]: the error is at most half of it at distance zero, and under
#: 10 m from 1 km on.
STEP_KM = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The shortest way between two shapes: its length [km] and its two ends (longitude, latitude)."""

    distance_km: float
    start: tuple[float, float]
    end: tuple[float, float]


def distance_km(start: Any, end: Any) -> Floats:
    """Geodesic distances from points to points, row by row [km] (Karney 2013, doi:10.1007/s00190-012-0578-z).

    Parameters
    ----------
    start, end : (n, 2) or (2,) float64
        Longitude and latitude [degree]; one point is measured to all of the others.

    Examples
    --------
    >>> distance_km([36.23, 49.99], [[30.52, 50.45], [36.23, 49.99]]).round(1).tolist()
    [410.6, 0.0]
    """
    one, other = np.broadcast_arrays(
        np.asarray(start, dtype=np.float64).reshape(-1, 2), np.asarray(end, dtype=np.float64).reshape(-1, 2)
    )
    return np.asarray(GEOD.inv(one[:, 0], one[:, 1], other[:, 0], other[:, 1])[2], dtype=np.float64) / 1000


def distances_to_km(lonlat: Any, shape: BaseGeometry, *, step_km: float = STEP_KM) -> Floats:
    """Geodesic distance of each point to a line, or to the rim of a polygon [km].

    Points within a polygon are measured to its rim too: how far inside the border a place lies.

    Parameters
    ----------
    lonlat : (n, 2) float64
        Longitude and latitude [degree].
    shape : BaseGeometry
        Line or polygon [degree].
    step_km : float
        How finely the line is walked [km].

    Raises
    ------
    BadSetting
        The shape is empty.

    Examples
    --------
    >>> meridian = shapely.LineString([(36, 45), (36, 55)])
    >>> distances_to_km([[37.0, 50.0]], meridian).round(1).tolist()
    [71.7]
    """
    lonlat = np.asarray(lonlat, dtype=np.float64).reshape(-1, 2)
    if not len(lonlat):
        return np.empty(0)
    walked = _walked(shape, step_km)
    nearest = cKDTree(_xyz(walked)).query(_xyz(lonlat))[1]
    return distance_km(lonlat, walked[nearest])


def nearest_ways(one: BaseGeometry, other: BaseGeometry, *, step_km: float = STEP_KM) -> Nearest:
    """The shortest way from one line or polygon's rim to another.

    >>> way = nearest_ways(shapely.LineString([(36, 45), (36, 55)]), shapely.LineString([(37, 45), (37, 55)]))
    >>> round(way.distance_km, 1), way.start[0], way.end[0]
    (64.0, 36.0, 37.0)
    """
    start, end = _walked(one, step_km), _walked(other, step_km)
    chord, at = cKDTree(_xyz(end)).query(_xyz(start))
    row = int(np.argmin(chord))
    return Nearest(
        distance_km=float(distance_km(start[row], end[at[row]])[0]),
        start=(float(start[row, 0]), float(start[row, 1])),
        end=(float(end[at[row], 0]), float(end[at[row], 1])),
    )


def shared_border(one: BaseGeometry, other: BaseGeometry, *, within_km: float = 2.0) -> BaseGeometry:
    """The stretch of one country's rim that lies along another country.

    Outlines of different makers stray from one another by up to 1.5 km (median of world-atlas against OpenStreetMap on
    the Kharkiv border), so the rim counts as shared within a distance.

    >>> from shapely.geometry import box
    >>> round(shared_border(box(0, 0, 1, 1), box(1, 0, 2, 1)).length, 2)
    1.04
    """
    reach = within_km / 111.2
    middle = np.radians(np.clip(np.mean(shapely.bounds(one)[[1, 3]]), -80, 80))
    squeeze = np.array([np.cos(middle), 1.0])
    rim = shapely.transform(one, lambda xy: xy * squeeze).boundary
    theirs = shapely.buffer(shapely.transform(other, lambda xy: xy * squeeze), reach)
    return shapely.transform(shapely.intersection(rim, theirs), lambda xy: xy / squeeze)


def _walked(shape: BaseGeometry, step_km: float) -> Floats:
    """Points along a line or a polygon's rim, at most a step apart."""
    line = shape.boundary if shapely.get_dimensions(shape) == 2 else shape
    if line is None or line.is_empty:
        raise BadSetting("There is no line to measure to.", remedy="Give a line or a polygon that is not empty.")
    return np.asarray(shapely.get_coordinates(shapely.segmentize(line, step_km / 111.2)), dtype=np.float64)


def _xyz(lonlat: Floats) -> Floats:
    """Points on the unit sphere; the nearest there is the nearest on the ellipsoid but for parts in a thousand."""
    lon, lat = np.radians(lonlat[:, 0]), np.radians(lonlat[:, 1])
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
