"""GeoJSON features of an explorer, shared by the API and OGC API Features."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from whoholds.errors import BadSetting
from whoholds.serve.bundle import MapPlaces
from whoholds.serve.chunks import BASIS_NAMES, Explorer


def place_features(explorer: Explorer, day: date, chosen: Sequence[int]) -> list[dict[str, Any]]:
    """Places on a day, as points."""
    table = explorer.map_places
    points = np.column_stack([table.lon, table.lat])[list(chosen)].tolist()
    return [
        {**feature, "geometry": {"type": "Point", "coordinates": at}}
        for feature, at in zip(_statuses(explorer, day, chosen), points, strict=True)
    ]


def cell_features(explorer: Explorer, day: date, chosen: Sequence[int]) -> list[str]:
    """The ground of places on a day, each a feature as JSON text: their shapes are kept as text."""
    shapes = explorer.cell_shapes
    return [
        json_text(feature).replace('"geometry":null', f'"geometry":{shapes[i]}', 1)
        for feature, i in zip(_statuses(explorer, day, chosen), chosen, strict=True)
    ]


def _statuses(explorer: Explorer, day: date, chosen: Sequence[int]) -> list[dict[str, Any]]:
    """What is known of places on a day, as features without geometry."""
    table, runs, states = explorer.map_places, explorer.runs, explorer.states
    rows = explorer.rows_on(day)[list(chosen)]
    p = np.round(runs.probability[rows], 3)
    best, basis, claims = p.argmax(axis=1).tolist(), runs.basis[rows].tolist(), runs.n_claims[rows].tolist()
    ids, km2 = table.ids[list(chosen)].tolist(), np.round(table.km2[list(chosen)], 2).tolist()
    keys = [f"p_{s}" for s in states]
    return [
        {
            "type": "Feature", "id": ids[k], "geometry": None,
            "properties": {
                "geonameid": ids[k], "name": table.names[i], "admin": table.admin[i],
                "day": day.isoformat(), "status": states[best[k]], **dict(zip(keys, chances, strict=True)),
                "basis": BASIS_NAMES[basis[k]], "n_claims": claims[k], "km2": km2[k],
            },
        }
        for k, (i, chances) in enumerate(zip(chosen, p.tolist(), strict=True))
    ]  # fmt: skip


def json_text(value: object) -> str:
    """Compact JSON; days as YYYY-MM-DD.

    >>> json_text({"day": date(2022, 9, 10), "km2": 1.5})
    '{"day":"2022-09-10","km2":1.5}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_day)


def _day(value: object) -> str:
    """A day as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON.")


def cell_geometry(explorer: Explorer, i: int) -> Any:
    """The ground of a place as GeoJSON."""
    return json.loads(explorer.cell_shapes[i])


def front_geometry(explorer: Explorer, day: date) -> dict[str, Any]:
    """The front line of a day as GeoJSON."""
    flat = explorer.front_of(day)
    pairs = [[[x, y] for x, y in zip(line[::2], line[1::2], strict=True)] for line in flat]
    return {"type": "MultiLineString", "coordinates": pairs}


def in_box(table: MapPlaces, bbox: str | None) -> Sequence[int]:
    """Indices of the places in a box; all where none is given.

    Raises
    ------
    BadSetting
        It is not a box.
    """
    if bbox is None:
        return range(len(table.ids))
    west, south, east, north = box_of(bbox)
    inside = (table.lon >= west) & (table.lon <= east) & (table.lat >= south) & (table.lat <= north)
    found: list[int] = np.flatnonzero(inside).tolist()
    return found


def box_of(bbox: str) -> tuple[float, float, float, float]:
    """west, south, east, north; of six numbers the heights are left out.

    >>> box_of("36,49,0,38,50,100")
    (36.0, 49.0, 38.0, 50.0)
    """
    try:
        numbers = [float(x) for x in bbox.split(",")]
        if len(numbers) == 6:
            numbers = [*numbers[:2], *numbers[3:5]]
        west, south, east, north = numbers
    except ValueError:
        raise BadSetting(f"bbox={bbox!r} is not a box.", remedy="Give west,south,east,north in degrees.") from None
    return west, south, east, north
