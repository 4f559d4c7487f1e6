"""What control is inferred on: the places, their status at the start, and the shapes of areas."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely.geometry import MultiLineString
from shapely.geometry.base import BaseGeometry

from whoholds.errors import BadSetting
from whoholds.geometry import status_of_points
from whoholds.infer import PlaceTable
from whoholds.infer.tables import KM_PER_DEGREE
from whoholds.locate import Gazetteer
from whoholds.model import CONTESTED, UNKNOWN, ControlMap, Place, PlacedClaim, Theatre
from whoholds.pipeline.placing import Front
from whoholds.pipeline.rooms import Rooms, home_countries
from whoholds.read import read_map
from whoholds.settings import RunSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Places with their status at the start.

    Attributes
    ----------
    places : PlaceTable
    nouns : tuple of Place
        The same places, in the same order.
    base : (n,) str
        A side's key, "contested" or "unknown".
    base_name : str or None
        The base map's name; None where the theatre's own line is the start.
    base_day : date or None
        The start holds at the end of this day.
    fingerprint : str
        Hash of the statuses: what the rest of a run depends on.
    """

    places: PlaceTable
    nouns: tuple[Place, ...]
    base: NDArray[np.str_]
    base_name: str | None
    base_day: date | None
    fingerprint: str


def rivers_of(theatre: Theatre) -> BaseGeometry:
    """The rivers a theatre draws: its features with a line whose key ends in "-river" or "-reservoir" [degree]."""
    lines = [a.rule["line"] for a in theatre.areas if "line" in a.rule and a.key.endswith(("-river", "-reservoir"))]
    return MultiLineString(lines)


def lay_ground(rooms: Rooms, settings: RunSettings) -> Ground:
    """The places of the theatre's countries and who holds them at the start.

    Raises
    ------
    MapError
        The base map cannot be read.
    BadSetting
        Nothing says which day the base map shows.
    """
    theatre = rooms.theatre
    nouns = tuple(_places(rooms))
    table = PlaceTable(
        ids=np.array([p.id for p in nouns], np.int64),
        lat=np.array([p.lat for p in nouns], float),
        lon=np.array([p.lon for p in nouns], float),
        population=np.array([p.population for p in nouns], float),
        rivers=rivers_of(theatre),
    )
    lonlat = np.column_stack([table.lon, table.lat])
    base_name, base_day = None, None
    if settings.base:
        drawn = open_map(settings.base, rooms)
        base_day = settings.base_day or drawn.day
        if base_day is None:
            raise BadSetting(
                f"Nothing says which day {drawn.name} shows.", remedy="Give it with --base-date, like 2022-08-28."
            )
        base_name = drawn.name
        base = np.asarray(status_of_points(drawn, lonlat), dtype=np.str_)
        outside = next((k for k in theatre.side_keys if k == drawn.outside), None)
        if outside is None and drawn.outside == UNKNOWN:
            start = start_line(rooms, lonlat, nouns)
            base = np.where(base == UNKNOWN, start, base)
    else:
        base = start_line(rooms, lonlat, nouns)
    digest = hashlib.sha256(np.ascontiguousarray(table.ids).tobytes() + "\n".join(base.tolist()).encode())
    digest.update(table.rivers.wkb)
    return Ground(
        places=table,
        nouns=nouns,
        base=base,
        base_name=base_name,
        base_day=base_day,
        fingerprint=digest.hexdigest()[:16],
    )


def open_map(paths: Sequence[Path], rooms: Rooms) -> ControlMap:
    """A control map for this theatre."""
    return read_map(paths[0] if len(paths) == 1 else list(paths), sides=rooms.theatre.sides)


def start_line(rooms: Rooms, lonlat: NDArray[np.float64], nouns: Sequence[Place]) -> NDArray[np.str_]:
    """Who held what before the first report: the theatre's rules over its default sides."""
    from shapely import contains_xy, prepare

    theatre = rooms.theatre
    by_country = theatre.default_side_by_country
    out = np.array([by_country.get(p.country, theatre.default_side) for p in nouns], dtype="<U16")
    for side, rules in theatre.start_line.items():
        for rule in rules:
            shape = rooms.gazetteer.rule(rule, theatre)
            if shape is not None:
                prepare(shape)
                out[contains_xy(shape, lonlat[:, 0], lonlat[:, 1])] = side
            # A coast drawn coarsely leaves a port outside its own region: its gazetteer entry says where it belongs.
            regions = rule.get("admin1", ())
            out[np.array([p.admin1 in regions for p in nouns], dtype=bool)] = side
    return out


def areas_of(claims: Iterable[PlacedClaim], rooms: Rooms) -> dict[str, BaseGeometry]:
    """The shapes of the areas that claims bear on; an area without a shape bears on nothing.

    Whole countries are left out: "Russian forces in Ukraine" says nothing of each of its places.
    """
    keys = sorted({r.area for c in claims for r in c.resolutions if r.area and not r.area.startswith("country:")})
    found = {key: rooms.gazetteer.area(key, rooms.theatre) for key in keys}
    return {key: shape for key, shape in found.items() if shape is not None}


def front_of(ground: Ground, gazetteer: Gazetteer) -> Front:
    """Distance [km] of gazetteer rows to the front at the start, for the choice between namesakes.

    The start is the one front that is known whatever is read and in whatever order; an offensive moves it less in a
    month than namesakes lie apart.
    """
    xy = ground.places.xy_km
    distance = np.full(len(xy), np.inf)
    decided = ~np.isin(ground.base, (UNKNOWN, CONTESTED))
    for side in sorted(set(ground.base[decided].tolist())):
        mine, others = decided & (ground.base == side), decided & (ground.base != side)
        if mine.any() and others.any():
            distance[mine] = cKDTree(xy[others]).query(xy[mine])[0]
    distance[ground.base == CONTESTED] = 0.0
    scale = np.cos(np.radians(float(ground.places.lat.mean())))
    every = np.column_stack([gazetteer.lon * scale, gazetteer.lat]) * KM_PER_DEGREE
    away, nearest = cKDTree(xy).query(every)
    # Where the nearest place of ours is another one (abroad, a quarter of a town), the way to it comes on top.
    table = distance[nearest] + np.where(away < 0.01, 0.0, away)

    def front(rows: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.asarray(table[rows], np.float64)

    return front


def _places(rooms: Rooms) -> Iterable[Place]:
    """The living populated places of the theatre's own countries, by id."""
    out: list[Place] = []
    for country in home_countries(rooms.theatre):
        found: Any = rooms.gazetteer.places_of(country)
        columns = zip(
            found.ids.tolist(),
            found.names,
            found.lat.tolist(),
            found.lon.tolist(),
            found.admin1,
            found.feature,
            found.population.tolist(),
            strict=True,
        )
        for identity, name, lat, lon, admin1, feature, population in columns:
            place = Place(
                id=identity,
                name=name,
                lat=lat,
                lon=lon,
                country=country,
                admin1=admin1,
                feature=feature,
                population=population,
            )
            out.append(place)
    return sorted(out, key=lambda p: p.id)
