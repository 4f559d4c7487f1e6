"""What part of the ground a picture shows, and its scale bar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from whoholds.draw.situation import Situation
from whoholds.geometry import Mesh, Plane, front_line

#: Ground left around what is shown, as a share of its size.
MARGIN = 0.14

#: Share of the places that changed hands that the picture must show; the rest may lie on another front.
SHOWN = 0.85

#: A place that changed hands so near to the others' middle [km] is of the same front and always shown.
SAME_FRONT_KM = 150.0

#: Stretches of the front shorter than this share of the longest do not widen the picture: a ring round a village.
STRETCH = 0.1

#: Smallest width of a frame [km]: below it a single village would fill the picture.
LEAST_KM = 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A window in a plane [m] of a width to height given beforehand."""

    plane: Plane
    west: float
    south: float
    east: float
    north: float

    @property
    def width_km(self) -> float:
        """How wide the window is [km]."""
        return (self.east - self.west) / 1000

    @property
    def degrees(self) -> tuple[float, float, float, float]:
        """The window's extent: west, south, east, north [degree]."""
        rim = shapely.segmentize(shapely.box(self.west, self.south, self.east, self.north), self.width_km * 50)
        lonlat = self.plane.back(shapely.get_coordinates(rim))
        (west, south), (east, north) = lonlat.min(axis=0), lonlat.max(axis=0)
        return float(west), float(south), float(east), float(north)

    def holds(self, xy: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which points of the plane lie in the window."""
        x, y = xy[:, 0], xy[:, 1]
        return np.asarray((x >= self.west) & (x <= self.east) & (y >= self.south) & (y <= self.north))


def frame_of(
    ground: Mesh,
    situation: Situation,
    *,
    before: Situation | None = None,
    extent: str | tuple[float, float, float, float] = "auto",
    ratio: float = 1.25,
) -> Frame:
    """The window of a picture.

    Parameters
    ----------
    extent : "auto", "front", "all" or (west, south, east, north) [degree]
        `auto`: where statuses change between the two days, else along the front line, else everything.
    ratio : float
        Width to height.

    Examples
    --------
    >>> from datetime import date
    >>> import numpy as np
    >>> from whoholds.geometry import mesh
    >>> spots = np.array([[36.2, 49.5], [36.8, 49.5]])
    >>> one = Situation.of(day=date(2022, 9, 11), lonlat=spots, statuses=["UA", "RU"])
    >>> window = frame_of(mesh(spots, shapely.box(36, 49, 37, 50)), one, extent=(36, 49, 37, 50), ratio=1.0)
    >>> round(window.width_km)
    120
    """
    if isinstance(extent, tuple):
        return _window(shapely.get_coordinates(shapely.segmentize(shapely.box(*extent), 0.2)), ratio, margin=0.0)
    if extent == "auto" and before is not None:
        moved = np.flatnonzero(before.statuses != situation.statuses)
        if len(moved):
            return _window(_crowd(ground.plane.forward(ground.lonlat[moved]), ground.lonlat[moved]), ratio)
    if extent in {"auto", "front"}:
        line = front_line(ground, situation.statuses)
        if not line.is_empty:
            parts = shapely.get_parts(line)
            length = shapely.length(parts)
            return _window(shapely.get_coordinates(parts[length >= STRETCH * length.max()]), ratio)
    return _window(shapely.get_coordinates(ground.outline), ratio, margin=0.04)


def _crowd(xy: NDArray[np.float64], lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
    """The points without the far outliers: those near to the median, and the nearest up to the share that is shown."""
    away = np.hypot(*(xy - np.median(xy, axis=0)).T)
    shown: NDArray[np.float64] = lonlat[away <= max(float(np.quantile(away, SHOWN)), SAME_FRONT_KM * 1000)]
    return shown


def _window(lonlat: NDArray[np.float64], ratio: float, *, margin: float = MARGIN) -> Frame:
    """The window around points, in a plane of its own centre, so that north is up."""
    (west, south), (east, north) = lonlat.min(axis=0), lonlat.max(axis=0)
    plane = Plane(lon=round(float(west + east) / 2, 1), lat=round(float(south + north) / 2, 1))
    xy = plane.forward(lonlat)
    low, high = xy.min(axis=0), xy.max(axis=0)
    middle, size = (low + high) / 2, (high - low) * (1 + 2 * margin)
    width = max(size[0], size[1] * ratio, LEAST_KM * 1000)
    height = width / ratio
    return Frame(
        plane=plane,
        west=float(middle[0] - width / 2),
        east=float(middle[0] + width / 2),
        south=float(middle[1] - height / 2),
        north=float(middle[1] + height / 2),
    )


def scale_km(width_km: float, *, share: float = 0.22) -> int:
    """The length of a scale bar: 1, 2 or 5 times a power of ten, at most a share of the width.

    >>> scale_km(300.0), scale_km(80.0), scale_km(1400.0)
    (50, 10, 200)
    """
    power = 10 ** int(np.floor(np.log10(max(1.0, width_km * share))))
    return int(max(step * power for step in (1, 2, 5) if step * power <= max(1.0, width_km * share)))
