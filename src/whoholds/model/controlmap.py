"""A control map: polygons in which one side is shown to hold, as a map-maker published them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry

from whoholds.model.control import UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFeature:
    """One polygon (or several) of one status: a side's key, `contested` or `unknown`.

    `id` names the feature in the file it came from, `label` is the map-maker's own words for it; `geometry` is a valid
    Polygon or MultiPolygon in degrees (longitude, latitude; WGS 84).
    """

    id: str
    status: str
    geometry: BaseGeometry
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlMap:
    """A map-maker's statuses on one day. Where features overlap the later one lies on top, as on a painted map.

    `outside` is the status of ground that no feature covers: most map-makers draw one side's gains and leave the rest
    to the other. `day` is None where neither the file nor its name tells it. `maker` is who drew it: a
    map-maker, or the file's name without its day.
    """

    name: str
    day: date | None
    features: tuple[MapFeature, ...]
    outside: str = UNKNOWN
    maker: str = ""

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses that the features show, sorted."""
        return tuple(sorted({feature.status for feature in self.features}))
