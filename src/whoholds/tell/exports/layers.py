"""The three layers of a map as rows for every format with geometry: places, areas by status, front line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from whoholds.tell.exports.columns import Column, column
from whoholds.tell.exports.control_csv import control_columns
from whoholds.tell.series import SeriesTable

AREA_COLUMNS = (
    column("date", "the day", "date"),
    column("status", "a side's key, `contested` or `unknown`"),
    column("area_km2", "how much ground [km2], on an equal-area plane", "number"),
)
FRONT_COLUMNS = (column("date", "the day", "date"),)


def place_columns(states: Sequence[str]) -> tuple[Column, ...]:
    """The columns of the layer of places, for a series with these states."""
    control = {c.name: c for c in control_columns(states)}
    return (
        control["geonameid"],
        control["name"],
        column("admin1", "code of the region it lies in"),
        column("date", "the first day of the status", "date"),
        column("until", "the last day of the status", "date"),
        control["status"],
        *(c for name, c in control.items() if name.startswith("p_")),
        column("basis", "the strongest basis of that time: `observed`, `inferred` or `carried`"),
        column("n_claims", "claims of that time that bear on it", "integer"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DayShapes:
    """What was drawn for a day: the ground of each status, and the line between."""

    day: date
    areas: Mapping[str, BaseGeometry]
    front: BaseGeometry
    area_km2: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A feature: its geometry [degree] and its columns."""

    geometry: BaseGeometry
    columns: dict[str, Any]


def place_rows(table: SeriesTable) -> list[Row]:
    """One point a place and status; `until` is the last day on which it holds, the probabilities those of that day.

    A map shows statuses: days on which only a probability moves are in control.csv.
    """
    changed = np.ones(table.status.shape, bool)
    changed[:, 1:] = table.status[:, 1:] != table.status[:, :-1]
    out = []
    for i in range(len(table.ids)):
        at = changed[i].nonzero()[0].tolist()
        point = Point(float(table.lon[i]), float(table.lat[i]))
        for k, t in enumerate(at):
            last = at[k + 1] - 1 if k + 1 < len(at) else len(table.days) - 1
            columns: dict[str, Any] = {
                "geonameid": int(table.ids[i]),
                "name": table.names[i],
                "admin1": table.admin1[i],
                "date": table.days[t].isoformat(),
                "until": table.days[last].isoformat(),
                "status": table.statuses[int(table.status[i, t])],
            }
            for s, state in enumerate(table.states):
                columns[f"p_{state}"] = round(float(table.prob[i, last, s]), 3)
            columns["basis"] = table.bases[int(table.basis[i, t : last + 1].max())]
            columns["n_claims"] = int(table.n_claims[i, t : last + 1].sum())
            out.append(Row(geometry=point, columns=columns))
    return out


def area_rows(shapes: list[DayShapes]) -> list[Row]:
    """One polygon a day and status."""
    return [
        Row(
            geometry=shape,
            columns={
                "date": day.day.isoformat(),
                "status": status,
                "area_km2": round(day.area_km2.get(status, 0.0), 1),
            },
        )
        for day in shapes
        for status, shape in sorted(day.areas.items())
        if not shape.is_empty
    ]


def front_rows(shapes: list[DayShapes]) -> list[Row]:
    """One line a day."""
    return [Row(geometry=day.front, columns={"date": day.day.isoformat()}) for day in shapes if not day.front.is_empty]
