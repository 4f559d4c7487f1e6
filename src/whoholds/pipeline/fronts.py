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
    DoubtFields,
    Gain,
    Mesh,
    Pocket,
    Salient,
    front_lengths_km,
    front_line,
    gains,
    pockets,
    salients,
)
from whoholds.model import CONTESTED, Place
from whoholds.pipeline.areas import StatusArea, areas_by_day, tenth
from whoholds.pipeline.briefed import borders
from whoholds.pipeline.picturing import mesh_of
from whoholds.pipeline.stored import (
    between,
    ground_of_store,
    rooms_of_store,
    rows_by_day,
    run_days_of_store,
    table_of_rows,
)
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
    _check(table.days, since, day)
    start, end = table.days.index(since), table.days.index(day)
    return _fronts(
        cells,
        between(table, since, day),
        table.status[:, start : end + 1],
        nouns,
        frontiers,
        areas=areas_by_day(cells, table, [start, end]),
        within_km=within_km,
    )


def _fronts(
    cells: Mesh,
    table: SeriesTable,
    course: NDArray[Any],
    nouns: tuple[Place, ...],
    frontiers: Sequence[BorderKm],
    *,
    areas: Sequence[tuple[StatusArea, ...]],
    within_km: Sequence[float],
) -> Fronts:
    """The fronts of a table's last day, compared with its first; `areas` are those of the first and of the last.

    `course` is the status on every day from first to last, as index into the table's statuses, shape (n, n_days); the
    table itself need not hold the days between.
    """
    names = np.array(table.statuses, dtype=np.str_)
    before, after = names[table.status[:, 0]], names[table.status[:, -1]]
    days = tuple(date.fromordinal(table.days[0].toordinal() + n) for n in range(course.shape[1]))
    # What a side held at the start is not newly held on any day.
    newly = {
        side: np.where(course[:, :1] == k, False, course == k)
        for k, side in enumerate(table.statuses)
        if side in table.states and side != CONTESTED
    }
    return Fronts(
        day=table.days[-1],
        since=table.days[0],
        areas=areas[1],
        areas_before=areas[0],
        line=front_line(cells, after),
        lengths_km=front_lengths_km(cells, after),
        pockets=tuple(pockets(cells, after, smallest_km2=SMALLEST_POCKET_KM2)),
        salients=tuple(salients(cells, after)),
        gains=tuple(gains(cells, before, after)),
        borders=tuple(
            _answer(border, side, before == side, after == side, fresh, days=days, nouns=nouns, within_km=within_km)
            for border in frontiers
            for side, fresh in newly.items()
        ),
        nouns=nouns,
    )


class RunFronts:
    """The fronts of one run, on any day: what every question needs is made once and kept.

    Parameters
    ----------
    view : View
        As known on the view's day, the fronts are those of the nowcast.
    cache : Path
        Where the packaged gazetteer is kept once made.
    cells : Mesh, optional
        Those of the run's places, where they were made already (`picturing.mesh_of`).

    Raises
    ------
    StoreError
        Nothing was run yet.
    """

    def __init__(self, view: View, *, cache: Path, cells: Mesh | None = None) -> None:
        rooms, self._ground = rooms_of_store(view, cache=cache), ground_of_store(view)
        self._sides = rooms.theatre.side_keys
        self._cells = mesh_of(rooms, self._ground) if cells is None else cells
        self._borders = borders(rooms, self._ground)
        self._fields, self._areas = DoubtFields(self._cells), dict[date, tuple[StatusArea, ...]]()
        self._known = view.as_known_on
        self._days = run_days_of_store(view)
        self._rows = view.estimate_columns("control" if self._known is None else "nowcast")
        self._held = rows_by_day(self._rows, self._ground.places.ids, self._days)

    def __call__(
        self, day: date | None = None, since: date | None = None, *, within_km: Sequence[float] = (50.0,)
    ) -> Fronts:
        """The fronts on a day (the last one known where missing), compared with another (the first).

        Raises
        ------
        BadSetting
            A day outside the run, or `since` after `day`.
        """
        since, day = self.between(day, since)
        start, end = self._days.index(since), self._days.index(day)
        ends = self._held[:, [start, end]]
        table = table_of_rows(self._rows, ends, self._ground, self._sides, days=(since, day))
        status = np.append(self._rows.status_in(table.statuses), 0).astype(np.int8)
        course = status[self._held[:, start : end + 1]]
        return _fronts(
            self._cells,
            table,
            course,
            self._ground.nouns,
            self._borders,
            areas=[self._areas_on(table, 0), self._areas_on(table, 1)],
            within_km=within_km,
        )

    def between(self, day: date | None, since: date | None) -> tuple[date, date]:
        """The days a question is about, the earlier first: the last one known and the first where missing.

        Raises
        ------
        BadSetting
            A day outside the run, or `since` after `day`.
        """
        last = day or min(d for d in (self._known, self._days[-1]) if d is not None)
        first = since or self._days[0]
        _check(self._days, first, last)
        return first, last

    def _areas_on(self, table: SeriesTable, at: int) -> tuple[StatusArea, ...]:
        """The areas of a day, kept: most questions compare with the same first day."""
        day = table.days[at]
        if day not in self._areas:
            (self._areas[day],) = areas_by_day(self._cells, table, [at], fields=self._fields)
        return self._areas[day]


def _check(days: Sequence[date], since: date, day: date) -> None:
    """Refuse days outside a run, and an earlier day that is not earlier."""
    for one in (day, since):
        if one not in days:
            raise BadSetting(
                f"{one} lies outside the run, which goes from {days[0]} to {days[-1]}.",
                remedy="Choose a day within it, or run again with --from and --to.",
            )
    if since > day:
        raise BadSetting(f"--since {since} lies after {day}.", remedy="Give the earlier day as --since.")


def fronts_of_store(
    view: View,
    *,
    day: date | None,
    since: date | None = None,
    within_km: Sequence[float] = (50.0,),
    cache: Path,
) -> Fronts:
    """The fronts of the last run on a day (its last one where missing); as known on the view's day, the nowcast's.

    Who asks more than once keeps a `RunFronts`.

    Raises
    ------
    StoreError, BadSetting
        Nothing was run yet, or the days do not lie in the run.
    """
    return RunFronts(view, cache=cache)(day, since, within_km=within_km)


def _answer(
    border: BorderKm,
    side: str,
    held_before: NDArray[np.bool_],
    held_after: NDArray[np.bool_],
    fresh: NDArray[np.bool_],
    *,
    days: Sequence[date],
    nouns: Sequence[Place],
    within_km: Sequence[float],
) -> BorderAnswer:
    """How near a side came to a border; `fresh` is what it held on each day and not at the start, (n, n_days)."""
    away = border.place_km
    nearest, newest = (
        int(rows[np.argmin(away[rows])]) if len(rows) else None
        for rows in (np.flatnonzero(held_after), np.flatnonzero(held_after & ~held_before))
    )

    def first_within(km: float) -> date | None:
        """The first day on which it held a new place so near."""
        reached = np.flatnonzero(fresh[away < km].any(axis=0))
        return days[int(reached[0])] if len(reached) else None

    return BorderAnswer(
        border=border.name,
        side=side,
        nearest=None if nearest is None else nouns[nearest],
        nearest_km=None if nearest is None else float(away[nearest]),
        newly=None if newest is None else nouns[newest],
        newly_km=None if newest is None else float(away[newest]),
        first_within={km: first_within(km) for km in within_km},
        held_before={km: int((held_before & (away < km)).sum()) for km in within_km},
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
