"""Fronts of a run on a day: areas with intervals, the line, pockets, salients, gains, distances to borders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from whoholds.errors import BadSetting
from whoholds.geometry import (
    Gain,
    Mesh,
    Pocket,
    Salient,
    first_day_within,
    front_lengths_km,
    front_line,
    gains,
    held_distance_by_day,
    newly_held,
    pockets,
    salients,
)
from whoholds.model import CONTESTED, UNKNOWN, Place
from whoholds.pipeline.areas import StatusArea, areas_by_day, tenth
from whoholds.pipeline.briefed import borders
from whoholds.pipeline.picturing import mesh_of
from whoholds.pipeline.stored import ground_of_store, rooms_of_store, table_of_store
from whoholds.store import View
from whoholds.tell.facts import BorderKm
from whoholds.tell.series import SeriesTable

SMALLEST_POCKET_KM2 = 5.0
"""Smaller pockets are single villages that a report moved, not ground that is cut off [km2]."""
NAMED = 5
"""So many of the largest places are named with a pocket, salient or gain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BorderAnswer:
    """How near a side came to a border.

    Attributes
    ----------
    border, side : str
    nearest : Place or None
        The place it held on the day that lies nearest; None where it held none.
    nearest_km : float or None
    newly : Place or None
        The nearest of those it did not hold at the start (`since`).
    newly_km : float or None
    first_within : mapping of float to date or None
        First day on which a place newly held lay under each distance [km].
    held_before : mapping of float to int
        Places under each distance that it held at the start already.
    """

    border: str
    side: str
    nearest: Place | None
    nearest_km: float | None
    newly: Place | None
    newly_km: float | None
    first_within: Mapping[float, date | None]
    held_before: Mapping[float, int]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fronts:
    """The shape of a run on a day, and of what changed since another; shapes in degrees, lengths [km], areas [km2]."""

    day: date
    since: date
    areas: tuple[StatusArea, ...]
    areas_before: tuple[StatusArea, ...]
    line: BaseGeometry
    lengths_km: Mapping[tuple[str, str], float]
    pockets: tuple[Pocket, ...]
    salients: tuple[Salient, ...]
    gains: tuple[Gain, ...]
    borders: tuple[BorderAnswer, ...]
    nouns: tuple[Place, ...]


def fronts(
    cells: Mesh,
    table: SeriesTable,
    nouns: tuple[Place, ...],
    frontiers: Sequence[BorderKm],
    *,
    day: date,
    since: date | None = None,
    within_km: Sequence[float] = (50.0,),
) -> Fronts:
    """Everything about the fronts of a series on a day.

    Parameters
    ----------
    cells : Mesh
        Of the table's places.
    table : SeriesTable
    nouns : tuple of Place
        The same places.
    frontiers : sequence of BorderKm
        Borders that distances are told to.
    day, since : date
        The day told of, and the day compared with; the table's first day where missing.
    within_km : sequence of float
        Distances [km] for which the first day under them is told.

    Raises
    ------
    BadSetting
        A day outside the table, or `since` not before `day`.
    """
    since = since or table.days[0]
    for one in (day, since):
        if one not in table.days:
            raise BadSetting(
                f"{one} lies outside the run, which goes from {table.days[0]} to {table.days[-1]}.",
                remedy="Choose a day within it, or run again with --from and --to.",
            )
    if since > day:
        raise BadSetting(f"--since {since} lies after {day}.", remedy="Give the earlier day as --since.")
    names = np.array(table.statuses, dtype=np.str_)
    start, end = table.days.index(since), table.days.index(day)
    before, after = names[table.status[:, start]], names[table.status[:, end]]
    held = dict(zip(table.days[start : end + 1], names[table.status[:, start : end + 1]].T, strict=True))
    first, last = (areas_by_day(cells, table, [t])[0] for t in (start, end))
    return Fronts(
        day=day,
        since=since,
        areas=last,
        areas_before=first,
        line=front_line(cells, after),
        lengths_km=front_lengths_km(cells, after),
        pockets=tuple(pockets(cells, after, smallest_km2=SMALLEST_POCKET_KM2)),
        salients=tuple(salients(cells, after)),
        gains=tuple(gains(cells, before, after)),
        borders=tuple(
            _answer(border, side, held, nouns=nouns, within_km=within_km)
            for border in frontiers
            for side in table.states
            if side != CONTESTED
        ),
        nouns=nouns,
    )


def fronts_of_store(
    view: View,
    *,
    day: date | None,
    since: date | None = None,
    within_km: Sequence[float] = (50.0,),
    cache: Path,
    cells: Mesh | None = None,
) -> Fronts:
    """The fronts of the last run on a day (its last one where missing); as known on the view's day, the nowcast's.

    `cells` are those of the run's places, where they were made already (`picturing.mesh_of`).

    Raises
    ------
    StoreError, BadSetting
        Nothing was run yet, or the days do not lie in the run.
    """
    rooms, ground = rooms_of_store(view, cache=cache), ground_of_store(view)
    series = "control" if view.as_known_on is None else "nowcast"
    table = table_of_store(view, series, ground, sides=rooms.theatre.side_keys)
    last = min(d for d in (view.as_known_on, table.days[-1]) if d is not None)
    return fronts(
        mesh_of(rooms, ground) if cells is None else cells,
        table,
        ground.nouns,
        borders(rooms, ground),
        day=day or last,
        since=since,
        within_km=within_km,
    )


def _answer(
    border: BorderKm,
    side: str,
    by_day: Mapping[date, NDArray[np.str_]],
    *,
    nouns: Sequence[Place],
    within_km: Sequence[float],
) -> BorderAnswer:
    """How near a side came to a border between the first and the last of the days; statuses of every place by day."""
    away, days = border.place_km, list(by_day)
    statuses = np.column_stack([by_day[d] for d in days])
    held = np.flatnonzero(statuses[:, -1] == side)
    new = newly_held(statuses[:, 0], statuses[:, -1], side)
    nearest = int(held[np.argmin(away[held])]) if len(held) else None
    newest = int(new[np.argmin(away[new])]) if len(new) else None
    # What it held at the start is not newly held on any day.
    fresh = np.where((statuses[:, :1] == side), UNKNOWN, statuses)
    least = held_distance_by_day(fresh, side, away)
    return BorderAnswer(
        border=border.name,
        side=side,
        nearest=None if nearest is None else nouns[nearest],
        nearest_km=None if nearest is None else float(away[nearest]),
        newly=None if newest is None else nouns[newest],
        newly_km=None if newest is None else float(away[newest]),
        first_within={km: first_day_within(days, least, km) for km in within_km},
        held_before={km: int(((statuses[:, 0] == side) & (away < km)).sum()) for km in within_km},
    )


def largest(nouns: Sequence[Place], places: Any) -> list[str]:
    """The names of the largest places of some."""
    members = sorted((nouns[int(i)] for i in places), key=lambda p: (-p.population, p.id))
    return [p.name for p in members[:NAMED]]


def fronts_record(found: Fronts) -> dict[str, Any]:
    """The fronts as plain values, without shapes."""
    nouns = found.nouns
    return {
        "day": found.day.isoformat(),
        "since": found.since.isoformat(),
        "areas": [{k: tenth(v) for k, v in asdict(a).items()} for a in found.areas],
        "areas_since": [{k: tenth(v) for k, v in asdict(a).items()} for a in found.areas_before],
        "front": [{"between": list(pair), "length_km": tenth(km)} for pair, km in found.lengths_km.items()],
        "pockets": [
            {
                "status": p.status,
                "area_km2": tenth(p.area_km2),
                "places": len(p.places),
                "names": largest(nouns, p.places),
                "at_rim": p.at_rim,
            }
            for p in found.pockets
        ],
        "salients": [
            {
                "status": s.status,
                "area_km2": tenth(s.area_km2),
                "depth_km": tenth(s.depth_km),
                "places": len(s.places),
                "names": largest(nouns, s.places),
            }
            for s in found.salients
        ],
        "gains": [
            {
                "before": g.before,
                "after": g.after,
                "area_km2": tenth(g.area_km2),
                "places": len(g.places),
                "names": largest(nouns, g.places),
            }
            for g in found.gains
        ],
        "borders": [_border_record(b) for b in found.borders],
    }


def _border_record(answer: BorderAnswer) -> dict[str, Any]:
    """A border's answer as plain values."""

    def near(place: Place | None, km: float | None) -> dict[str, Any] | None:
        return None if place is None or km is None else {"geonameid": place.id, "name": place.name, "km": tenth(km)}

    return {
        "border": answer.border,
        "side": answer.side,
        "nearest": near(answer.nearest, answer.nearest_km),
        "newly": near(answer.newly, answer.newly_km),
        "first_day_within": {f"{km:g}": d.isoformat() if d else None for km, d in answer.first_within.items()},
        "held_before": {f"{km:g}": n for km, n in answer.held_before.items()},
    }


def fronts_geojson(found: Fronts) -> dict[str, Any]:
    """The line, pockets, salients and gains as a GeoJSON FeatureCollection (RFC 7946); `layer` tells them apart."""
    record = fronts_record(found)
    shapes: list[tuple[str, BaseGeometry, dict[str, Any]]] = [
        ("front", found.line, {"length_km": tenth(sum(found.lengths_km.values()))})
    ]
    for layer in ("pockets", "salients", "gains"):
        members = zip(getattr(found, layer), record[layer], strict=True)
        shapes += [(layer[:-1], shape.geometry, columns) for shape, columns in members]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": mapping(shape),
                "properties": {"layer": layer, "day": record["day"], "since": record["since"], **columns},
            }
            for layer, shape, columns in shapes
            if not shape.is_empty
        ],
    }
