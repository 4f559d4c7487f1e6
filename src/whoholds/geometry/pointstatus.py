"""Which status a control map shows at points."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from whoholds.model import ControlMap


def feature_of_points(control_map: ControlMap, lonlat: NDArray[np.float64]) -> NDArray[np.int64]:
    """The topmost feature at each point; a point on an edge is inside.

    Parameters
    ----------
    control_map : ControlMap
    lonlat : (n, 2) float64
        Longitude and latitude [degree].

    Returns
    -------
    (n,) int64
        Position in `control_map.features`, -1 where no feature covers the point.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> from whoholds.model import MapFeature
    >>> low = MapFeature(id="a", status="RU", geometry=box(30, 45, 40, 50))
    >>> top = MapFeature(id="b", status="contested", geometry=box(35, 45, 40, 50))
    >>> drawn = ControlMap(name="m", day=None, features=(low, top), outside="UA")
    >>> feature_of_points(drawn, np.array([[31.0, 46.0], [36.0, 46.0], [20.0, 46.0]])).tolist()
    [0, 1, -1]
    """
    at = np.full(len(lonlat), -1, dtype=np.int64)
    if not control_map.features or not len(lonlat):
        return at
    # One big polygon with 50,000 corners makes every test slow: its parts are tested by their own boxes.
    geometries = np.array([feature.geometry for feature in control_map.features], dtype=object)
    parts, feature_of_part = shapely.get_parts(geometries, return_index=True)
    shapely.prepare(parts)
    tree = shapely.STRtree(shapely.points(np.asarray(lonlat, dtype=np.float64)))
    part, point = tree.query(parts, predicate="intersects")
    np.maximum.at(at, point, feature_of_part[part])
    return at


def status_of_points(
    control_map: ControlMap, lonlat: NDArray[np.float64], *, default: str | None = None
) -> NDArray[np.str_]:
    """The status that a control map shows at each point.

    Parameters
    ----------
    control_map : ControlMap
    lonlat : (n, 2) float64
        Longitude and latitude [degree].
    default : str, optional
        Status of points that no feature covers; the map's own `outside` if left out.

    Returns
    -------
    (n,) str
        A side's key, `contested` or `unknown`.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> from whoholds.model import MapFeature
    >>> feature = MapFeature(id="a", status="RU", geometry=box(30, 45, 40, 50))
    >>> drawn = ControlMap(name="m", day=None, features=(feature,), outside="UA")
    >>> status_of_points(drawn, np.array([[31.0, 46.0], [20.0, 46.0]])).tolist()
    ['RU', 'UA']
    """
    outside = control_map.outside if default is None else default
    statuses = np.array([*(feature.status for feature in control_map.features), outside], dtype=np.str_)
    return statuses[feature_of_points(control_map, lonlat)]
