"""GeoJSON features of an explorer, shared by the API and OGC API Features."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import shapely

from whoholds.errors import BadSetting
from whoholds.serve.bundle import DECIMALS, MapPlaces
from whoholds.serve.chunks import BASIS_NAMES, Explorer


def place_features(explorer: Explorer, day: date, chosen: Sequence[int], *, cells: str = "no") -> list[dict[str, Any]]:
    """Places on a day; with `cells="yes"` their ground as geometry, else their point."""
    table, runs, states = explorer.map_places, explorer.runs, explorer.states
    rows = explorer.rows_on(day)[list(chosen)]
    p = np.round(runs.probability[rows], 3)
    best, basis, claims = p.argmax(axis=1).tolist(), runs.basis[rows].tolist(), runs.n_claims[rows].tolist()
    out = []
    for k, i in enumerate(chosen):
        geometry: Any = {"type": "Point", "coordinates": [float(table.lon[i]), float(table.lat[i])]}
        if cells == "yes":
            geometry = cell_geometry(explorer, i)
        out.append({
            "type": "Feature", "id": int(table.ids[i]), "geometry": geometry,
            "properties": {
                "geonameid": int(table.ids[i]), "name": table.names[i], "admin": table.admin[i],
                "day": day.isoformat(), "status": states[best[k]],
                **dict(zip([f"p_{s}" for s in states], p[k].tolist(), strict=True)),
                "basis": BASIS_NAMES[basis[k]], "n_claims": claims[k], "km2": round(float(table.km2[i]), 2),
            },
        })  # fmt: skip
    return out


def cell_geometry(explorer: Explorer, i: int) -> Any:
    """The ground of a place as GeoJSON."""
    shape = explorer.map_places.cells[i]
    return None if shape.is_empty else json.loads(shapely.to_geojson(shapely.set_precision(shape, 10**-DECIMALS)))


def front_geometry(explorer: Explorer, day: date) -> dict[str, Any]:
    """The front line of a day as GeoJSON."""
    flat = explorer.front_of(day)
    pairs = [[[x, y] for x, y in zip(line[::2], line[1::2], strict=True)] for line in flat]
    return {"type": "MultiLineString", "coordinates": pairs}


def in_box(table: MapPlaces, bbox: str | None) -> list[int]:
    """Indices of the places in a box; all where none is given.

    Raises
    ------
    BadSetting
        It is not a box.
    """
    if bbox is None:
        return list(range(len(table.ids)))
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
