"""The inputs of inference as arrays: places, and what each claim says of each place it bears on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from whoholds.infer.drawn import MapObservation, cell_of, drawn_rows
from whoholds.infer.meaning import FOR_SIDE, MEANINGS, Cell, centre_of, narrowed, read_claim, relation_of, scope_of
from whoholds.model import PlacedClaim, Resolution

NAMES, AREA, ON_THE_WAY, ON_MAP = 0, 1, 2, 3
"""Routes by which a claim bears on a place."""

EARLY_DAYS = 3
"""Claims valid up to so many days before the first count as of the first [day]: map-makers follow the news by up to
three days in 94 % of changes, so the base may not show them yet."""

FORMULA_REPORTS = 3
"""A sentence on an area in so many reports of one outlet is a standing formula."""

INDIRECT = frozenset({"attacks", "failed", "fires"})
"""Meanings that tell who holds a place only by what is done to it."""

KM_PER_DEGREE = 111.2
"""Length of one degree of latitude [km]; the same figure on every latitude is good to 0.5 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceTable:
    """The places control is inferred for, one row each.

    Attributes
    ----------
    ids : (n,) int64
        Place ids, any order, no repeats.
    lat, lon : (n,) float64
        Coordinates [degree].
    population : (n,) float64
        People, 0 where unknown.
    rivers : shapely geometry, optional
        Lines [degree] that set the places on either bank apart.
    """

    ids: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    population: NDArray[np.float64]
    rivers: Any = None

    def __len__(self) -> int:
        return len(self.ids)

    def apart(self, one: NDArray[np.integer[Any]], other: NDArray[np.integer[Any]]) -> NDArray[np.bool_]:
        """(m,) whether a river runs between places: those of rows `one` and those of rows `other`, pair by pair."""
        out = np.zeros(len(one), np.bool_)
        if self.rivers is None or self.rivers.is_empty or not len(one):
            return out
        lonlat = np.column_stack([self.lon, self.lat])
        ways = shapely.linestrings(np.stack([lonlat[one], lonlat[other]], axis=1))
        pieces = shapely.get_parts(self.rivers)
        ends = [np.stack([xy[:-1], xy[1:]], axis=1) for xy in map(shapely.get_coordinates, pieces)]
        tree = shapely.STRtree(shapely.linestrings(np.concatenate(ends)))
        out[tree.query(ways, predicate="intersects")[0]] = True
        return out

    @property
    def xy_km(self) -> NDArray[np.float64]:
        """(n, 2) plane coordinates [km], true to scale at the mean latitude."""
        if not len(self.ids):
            return np.zeros((0, 2))
        scale = np.cos(np.radians(float(self.lat.mean())))
        return np.column_stack([self.lon * scale, self.lat]) * KM_PER_DEGREE


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearings:
    """What claims say of places: one row a claim and place it bears on.

    Attributes
    ----------
    claim : (m,) int32
        Index into the claims, and behind them the maps.
    place : (m,) int32
        Row of the place table.
    day : (m,) int32
        Index of the valid day; claims of older days are left out: the base knows of them.
    known : (m,) int32
        Index of the known day; below 0 where known before the first day.
    side : (m,) int8
        Index of the side the claim is about; the number of sides where a map shows contested.
    meaning : (m,) int8
        Index into `meaning.MEANINGS`.
    cell : (m,) int32
        Index into `cells`: whose reliability the row shares.
    weight : (m,) float64
        0 to 1: how surely the place is meant, and how surely the claim is made.
    route : (m,) int8
        How the claim bears on the place: NAMES it, names an AREA it lies in, or a place it lies ON_THE_WAY to; or
        it is shown ON_MAP.
    cells : tuple of Cell
        The keys of reliability.
    claim_ids : tuple of str
        The claims' ids and those of the maps' reports, for explanations.
    """

    claim: NDArray[np.int32]
    place: NDArray[np.int32]
    day: NDArray[np.int32]
    known: NDArray[np.int32]
    side: NDArray[np.int8]
    meaning: NDArray[np.int8]
    cell: NDArray[np.int32]
    weight: NDArray[np.float64]
    route: NDArray[np.int8]
    cells: tuple[Cell, ...]
    claim_ids: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.claim)

    @property
    def direct(self) -> NDArray[np.bool_]:
        """(m,) whether the claim names the place."""
        return np.asarray(self.route == NAMES)

    def take(self, rows: NDArray[Any]) -> Bearings:
        """The rows of a mask or index; cells and claim ids stay as they are."""
        return Bearings(
            claim=self.claim[rows],
            place=self.place[rows],
            day=self.day[rows],
            known=self.known[rows],
            side=self.side[rows],
            meaning=self.meaning[rows],
            cell=self.cell[rows],
            weight=self.weight[rows],
            route=self.route[rows],
            cells=self.cells,
            claim_ids=self.claim_ids,
        )


@dataclass(slots=True)
class _Rows:
    """Rows under construction."""

    parts: list[tuple[Any, ...]] = field(default_factory=list)
    cells: dict[Cell, int] = field(default_factory=dict)

    def cell(self, key: Cell) -> int:
        """The index of a reliability key, new where not seen."""
        return self.cells.setdefault(key, len(self.cells))


def bearings(
    places: PlaceTable,
    days: Sequence[date],
    claims: Sequence[PlacedClaim],
    *,
    sides: Sequence[str],
    areas: Mapping[str, Any],
    trust: Mapping[str, float] | None = None,
    maps: Sequence[MapObservation] = (),
    landless: frozenset[str] = frozenset(),
    city: float = np.inf,
) -> Bearings:
    """Read every claim, and every map, into the rows of places it bears on.

    A claim of a settlement bears on its best resolution and, with what probability is left, on the runners-up; a claim
    of an area on every place inside. Of claims with one witness, place, side and meaning only the first counts: an
    echo is not a second witness.

    Parameters
    ----------
    places : PlaceTable
    days : sequence of date
        The days inferred, ascending and without gaps.
    claims : sequence of PlacedClaim
    sides : sequence of str
        Keys of the sides, in the order of the states.
    areas : mapping of str to shapely geometry
        Geometries [degree, lon lat] of area keys; an area missing here bears on nothing.
    trust : mapping of str to float, optional
        By scope (`settings.SCOPE_TRUST`); claims of scopes not trusted at all are left out.
    maps : sequence of MapObservation
        Of the same places.
    landless : frozenset of str
        Sides that hold no ground: what they are said to take or hold says nothing.
    city : float
        Population at which a claim of what is done to a place counts half.
    """
    row_of = {int(p): i for i, p in enumerate(places.ids)}
    side_of = {s: k for k, s in enumerate(sides)}
    inside = _Inside(places, areas)
    rows = _Rows()
    seen: set[tuple[str, Any, int, str]] = set()
    order = sorted(range(len(claims)), key=lambda c: (claims[c].known_day, claims[c].valid_day, claims[c].claim.id))
    formulas = formulaic(claims)
    trust = trust or {}
    first, last = days[0], len(days) - 1
    for c in order:
        placed = claims[c]
        side = side_of.get(placed.claim.side or "")
        if side is None:
            continue
        day = (placed.valid_day - first).days
        if not -EARLY_DAYS <= day <= last:
            continue  # the base knows what was before it
        day = max(day, 0)
        known = (placed.known_day - first).days
        pointed = any(r.best is not None for r in placed.resolutions)
        for resolution in placed.resolutions:
            reading = read_claim(placed.claim, wide=resolution.best is None)
            if reading is not None and resolution.best is not None:
                reading = narrowed(reading, placed.claim, resolution)
            scope = scope_of(placed.claim, resolution)
            if reading is not None and placed.claim.side in landless and reading.meaning in FOR_SIDE:
                continue
            if reading is None or scope is None or not trust.get(scope, 1.0):
                continue
            if resolution.best is None and (pointed or _words(placed) in formulas):
                continue  # beside a named place, an area only says where that lies
            key = resolution.area if resolution.best is None else resolution.best.place_id
            once = (placed.witness, key, side, reading.meaning)
            if key is None or once in seen:
                continue
            seen.add(once)
            alike = Cell(
                meaning=reading.meaning,
                scope=scope,
                relation=relation_of(reading.meaning, placed.claim),
                group=placed.group,
            )
            head = (c, day, known, side, MEANINGS.index(reading.meaning), rows.cell(alike))
            size = places.population if reading.meaning in INDIRECT else None
            rows.parts.extend(_members(head, reading.weight, resolution, row_of, inside, size=size, city=city))
            centre = row_of.get(centre_of(scope, resolution)) if reading.meaning == "left" else None
            if centre is not None:
                town = rows.cell(replace(alike, scope="centre"))
                rows.parts.append((*head[:-1], town, np.array([centre], np.int32), reading.weight, NAMES))
    shown = sorted(maps, key=lambda m: (m.known_day, m.day, m.id))
    for number, drawn in enumerate(shown, start=len(claims)):
        if -EARLY_DAYS <= (drawn.day - first).days <= last:
            at = rows.cell(cell_of(drawn.group))
            for block in drawn_rows(number, drawn, first=first, sides=sides, cell=at):
                rows.parts.append((*block, 1.0, ON_MAP))
    return _freeze(rows, (*(p.claim.id for p in claims), *(m.id for m in shown)))


def formulaic(claims: Sequence[PlacedClaim]) -> frozenset[tuple[str, str]]:
    """Outlet and words of sentences that stand in `FORMULA_REPORTS` reports of an outlet or more.

    Standing headings ("Main effort: capture the whole region") are no news, whatever they seem to say.
    """
    reports: dict[tuple[str, str], set[str]] = {}
    for placed in claims:
        if any(r.best is None and r.area for r in placed.resolutions):
            reports.setdefault(_words(placed), set()).add(placed.claim.report_id)
    return frozenset(key for key, found in reports.items() if key[1] and len(found) >= FORMULA_REPORTS)


def _words(placed: PlacedClaim) -> tuple[str, str]:
    """Outlet and letters of a claim's sentence; short ones are nobody's formula."""
    letters = "".join(ch for ch in placed.claim.sentence.text.casefold() if ch.isalpha())
    return placed.outlet, letters if len(letters) >= 20 else ""


def _members(
    head: tuple[int, ...],
    weight: float,
    resolution: Resolution,
    row_of: Mapping[int, int],
    inside: _Inside,
    *,
    size: NDArray[np.float64] | None,
    city: float,
) -> Iterator[tuple[Any, ...]]:
    """The rows of one claim and one of its places: (*head, places, weight, route).

    `size` is the population of the places where a city weighs the less, the larger it is: half at `city`.
    """
    if resolution.best is None:
        members = inside(resolution.area or "")
        if len(members):
            yield (*head, members, weight, AREA)
        return
    for candidate in (resolution.best, *resolution.runners_up[:2]):
        row = row_of.get(candidate.place_id)
        if row is not None and candidate.probability >= 0.05:
            said = weight if size is None else weight / (1 + float(size[row]) / city)
            yield (*head, np.array([row], np.int32), said * candidate.probability, NAMES)


class _Inside:
    """Which places lie in an area, asked once an area."""

    def __init__(self, places: PlaceTable, areas: Mapping[str, Any]) -> None:
        self._places, self._areas = places, areas
        self._known: dict[str, NDArray[np.int32]] = {}

    def __call__(self, key: str) -> NDArray[np.int32]:
        """Rows of the places inside the area."""
        if key not in self._known:
            shape = self._areas.get(key)
            rows = np.zeros(0, np.int32)
            if shape is not None and not shape.is_empty:
                shapely.prepare(shape)
                rows = np.flatnonzero(shapely.contains_xy(shape, self._places.lon, self._places.lat)).astype(np.int32)
            self._known[key] = rows
        return self._known[key]


def _freeze(rows: _Rows, claim_ids: tuple[str, ...]) -> Bearings:
    """Rows under construction as arrays."""
    sizes = np.array([len(p[6]) for p in rows.parts], dtype=np.int64)

    def column(at: int, dtype: Any) -> NDArray[Any]:
        return np.repeat(np.array([p[at] for p in rows.parts], dtype=dtype), sizes)

    return Bearings(
        claim=column(0, np.int32),
        place=np.concatenate([p[6] for p in rows.parts]).astype(np.int32) if rows.parts else np.zeros(0, np.int32),
        day=column(1, np.int32),
        known=column(2, np.int32),
        side=column(3, np.int8),
        meaning=column(4, np.int8),
        cell=column(5, np.int32),
        weight=column(7, np.float64),
        route=column(8, np.int8),
        cells=tuple(rows.cells),
        claim_ids=claim_ids,
    )
