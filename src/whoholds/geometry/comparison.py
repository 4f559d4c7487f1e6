"""Our statuses against a map-maker's: agreement by place and by area, and the places where we differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry

from whoholds.errors import BadSetting
from whoholds.geometry.front import dissolved
from whoholds.geometry.plane import Floats
from whoholds.geometry.pointstatus import status_of_points
from whoholds.geometry.voronoi import Ints, Mesh
from whoholds.model import CONTESTED, UNKNOWN, ControlMap


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusAgreement:
    """One status on both maps: places and areas [km2], and their intersection over union by area (None: neither)."""

    status: str
    places_ours: int
    places_theirs: int
    places_both: int
    ours_km2: float
    theirs_km2: float
    both_km2: float
    iou: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """What two maps share.

    Attributes
    ----------
    accuracy : float
        Share of places with the same status.
    accuracy_decisive : float or None
        The same over the places where both maps name a side; None where there is none.
    statuses : tuple of StatusAgreement
    confusion : dict
        (our status, their status) → number of places.
    differ : (k,) int64
        Places where the two differ, those where both name a side first.
    theirs : (n,) str
        The map-maker's status at every place.
    area_same_km2, area_km2 : float
        Ground of the same status on both maps, and all ground [km2].
    """

    accuracy: float
    accuracy_decisive: float | None
    statuses: tuple[StatusAgreement, ...]
    confusion: dict[tuple[str, str], int]
    differ: Ints
    theirs: Any
    area_same_km2: float
    area_km2: float


def regions_of_map(control_map: ControlMap, outline: BaseGeometry) -> dict[str, BaseGeometry]:
    """The ground of each status on a control map within an outline [degree]; what lies on top counts.

    >>> from shapely.geometry import box
    >>> from whoholds.model import MapFeature
    >>> low = MapFeature(id="a", status="RU", geometry=box(1, 0, 2, 1))
    >>> top = MapFeature(id="b", status="contested", geometry=box(1.5, 0, 2, 1))
    >>> drawn = ControlMap(name="m", day=None, features=(low, top), outside="UA")
    >>> {status: ground.area for status, ground in regions_of_map(drawn, box(0, 0, 2, 1)).items()}
    {'RU': 0.5, 'UA': 1.0, 'contested': 0.5}
    """
    pieces: dict[str, list[BaseGeometry]] = {}
    taken: list[BaseGeometry] = []
    for feature in reversed(control_map.features):
        geometry = feature.geometry
        over = [shape for shape in taken if shapely.intersects(shape, geometry)]
        if over:
            geometry = shapely.difference(geometry, shapely.union_all(over))
        taken.append(feature.geometry)
        pieces.setdefault(feature.status, []).append(geometry)
    drawn = shapely.union_all(taken) if taken else MultiPolygon()
    pieces.setdefault(control_map.outside, []).append(shapely.difference(outline, drawn))
    return {
        status: shapely.intersection(shapely.union_all(shapes), outline) for status, shapes in sorted(pieces.items())
    }


def compare(ground: Mesh, statuses: Any, control_map: ControlMap, *, decisive: Sequence[str] = ()) -> Comparison:
    """Compare statuses with a control map.

    Parameters
    ----------
    ground : Mesh
    statuses : (n,) str
        Our status of each place.
    control_map : ControlMap
    decisive : sequence of str, optional
        The sides; every status but contested and unknown if left out.

    Raises
    ------
    BadSetting
        Not one status for each place.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> from whoholds.geometry import mesh
    >>> from whoholds.model import MapFeature
    >>> ground = mesh(np.array([[36.2, 49.5], [36.8, 49.5]]), box(36, 49, 37, 50))
    >>> feature = MapFeature(id="a", status="RU", geometry=box(36.25, 49, 38, 51))
    >>> drawn = ControlMap(name="m", day=None, features=(feature,), outside="UA")
    >>> found = compare(ground, ["UA", "RU"], drawn)
    >>> found.accuracy, [(one.status, round(one.iou, 2)) for one in found.statuses]
    (1.0, [('RU', 0.67), ('UA', 0.5)])
    """
    ours = np.asarray(statuses, dtype=np.str_)
    if ours.shape != (len(ground.cells),):
        raise BadSetting(
            f"{ours.size} statuses for {len(ground.cells)} places.", remedy="Give one status for each cell of the mesh."
        )
    theirs = status_of_points(control_map, ground.lonlat)
    both = (
        np.isin(ours, decisive) & np.isin(theirs, decisive)
        if decisive
        else ~np.isin(ours, (CONTESTED, UNKNOWN)) & ~np.isin(theirs, (CONTESTED, UNKNOWN))
    )
    same = ours == theirs
    pairs, count = np.unique(np.column_stack([ours, theirs]), axis=0, return_counts=True)
    # What is valid in degrees may touch itself in the plane, by rounding.
    our_ground, their_ground = (
        {status: shapely.make_valid(ground.plane.project(shape)) for status, shape in regions.items()}
        for regions in (dissolved(ground, ours), regions_of_map(control_map, ground.outline))
    )
    agreements = tuple(
        _agreement(status, ours, theirs, our_ground.get(status), their_ground.get(status))
        for status in sorted({*our_ground, *their_ground})
    )
    different = np.flatnonzero(~same)
    return Comparison(
        accuracy=float(same.mean()),
        accuracy_decisive=float(same[both].mean()) if both.any() else None,
        statuses=agreements,
        confusion={(str(a), str(b)): int(k) for (a, b), k in zip(pairs, count, strict=True)},
        differ=different[np.argsort(~both[different], kind="stable")],
        theirs=theirs,
        area_same_km2=sum(agreement.both_km2 for agreement in agreements),
        area_km2=float(ground.cell_km2.sum()),
    )


def _agreement(
    status: str, ours: Any, theirs: Any, mine: BaseGeometry | None, other: BaseGeometry | None
) -> StatusAgreement:
    """The agreement on one status, shapes in the plane [m]."""
    nothing = MultiPolygon()
    mine, other = mine or nothing, other or nothing
    shared = shapely.area(shapely.intersection(mine, other))
    joined = shapely.area(mine) + shapely.area(other) - shared
    square: Floats = np.array([shapely.area(mine), shapely.area(other), shared]) / 1e6
    return StatusAgreement(
        status=status,
        places_ours=int((ours == status).sum()),
        places_theirs=int((theirs == status).sum()),
        places_both=int(((ours == status) & (theirs == status)).sum()),
        ours_km2=float(square[0]),
        theirs_km2=float(square[1]),
        both_km2=float(square[2]),
        iou=float(shared / joined) if joined > 0 else None,
    )
