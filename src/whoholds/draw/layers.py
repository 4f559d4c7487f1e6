"""Layers as GeoJSON (RFC 7946): places, cells, ground by status, front line, gains."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from whoholds.draw.situation import Situation
from whoholds.geometry import Gain, Mesh, dissolved, front_line, gains, held_km2

#: Decimals of a degree in the files: 1 m, finer than any gazetteer.
DECIMALS = 5


def place_layer(situation: Situation, *, only: Any = None) -> dict[str, Any]:
    """Places as points with status, probabilities, basis and number of claims.

    Parameters
    ----------
    situation : Situation
    only : (m,) int, optional
        Which places; all if left out.

    Examples
    --------
    >>> from datetime import date
    >>> one = Situation.of(day=date(2022, 9, 11), lonlat=[[37.3, 49.2]], statuses=["UA"], names=["Izium"], ids=[707292])
    >>> found = place_layer(one)["features"][0]
    >>> found["id"], found["properties"]["name"], found["properties"]["status"], found["properties"]["p_UA"]
    (707292, 'Izium', 'UA', 1.0)
    """
    rows = range(len(situation.ids)) if only is None else [int(row) for row in only]
    points = shapely.points(situation.lonlat)
    return _collection(_feature(points[row], _properties(situation, row), fid=int(situation.ids[row])) for row in rows)


def cell_layer(ground: Mesh, situation: Situation, *, only: Any = None) -> dict[str, Any]:
    """Cells as polygons with the properties of their places and their area [km2]."""
    rows = range(len(situation.ids)) if only is None else [int(row) for row in only]
    return _collection(
        _feature(
            ground.cells[row],
            {**_properties(situation, row), "area_km2": round(float(ground.cell_km2[row]), 2)},
            fid=int(situation.ids[row]),
        )
        for row in rows
        if not ground.cells[row].is_empty
    )


def ground_layer(ground: Mesh, situation: Situation) -> dict[str, Any]:
    """The ground of each status as one feature, with its area [km2]."""
    area = held_km2(ground, situation.statuses)
    return _collection(
        _feature(shape, {"date": situation.day.isoformat(), "status": status, "area_km2": round(area[status], 1)})
        for status, shape in dissolved(ground, situation.statuses).items()
    )


def front_layer(ground: Mesh, situation: Situation, *, smooth: bool = False) -> dict[str, Any]:
    """The front line of the day as one feature."""
    line = front_line(ground, situation.statuses, smooth=smooth)
    return _collection([_feature(line, {"date": situation.day.isoformat(), "what": "front line"})])


def gain_layer(ground: Mesh, before: Situation, after: Situation) -> dict[str, Any]:
    """Ground that changed its status between two days, one feature for each pair of statuses."""
    return _collection(_gain(gain, before, after) for gain in gains(ground, before.statuses, after.statuses))


def as_json(layer: dict[str, Any]) -> str:
    """A layer as text, without needless blanks."""
    return json.dumps(layer, ensure_ascii=False, separators=(",", ":"))


def _gain(gain: Gain, before: Situation, after: Situation) -> dict[str, Any]:
    """One gain as a feature."""
    return _feature(
        gain.geometry,
        {
            "from_date": before.day.isoformat(),
            "date": after.day.isoformat(),
            "from_status": gain.before,
            "status": gain.after,
            "area_km2": round(gain.area_km2, 1),
            "n_places": len(gain.places),
        },
    )


def _properties(situation: Situation, row: int) -> dict[str, Any]:
    """What is said of one place."""
    return {
        "geonameid": int(situation.ids[row]),
        "name": situation.names[row],
        "date": situation.day.isoformat(),
        **({"known_date": situation.known_day.isoformat()} if situation.known_day else {}),
        "status": str(situation.statuses[row]),
        "basis": str(situation.basis[row]),
        "n_claims": int(situation.n_claims[row]),
        **{f"p_{key}": round(float(situation.probabilities[row, k]), 4) for k, key in enumerate(situation.keys)},
    }


def _feature(geometry: BaseGeometry, properties: dict[str, Any], *, fid: int | None = None) -> dict[str, Any]:
    """A GeoJSON feature with rounded coordinates, outer rings counter-clockwise."""
    turned = shapely.orient_polygons(geometry) if shapely.get_dimensions(geometry) == 2 else geometry
    rounded = shapely.transform(turned, lambda xy: np.round(xy, DECIMALS))
    feature: dict[str, Any] = {"type": "Feature", "geometry": json.loads(shapely.to_geojson(rounded))}
    if fid is not None:
        feature["id"] = fid
    return {**feature, "properties": properties}


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """A GeoJSON FeatureCollection."""
    found: Sequence[dict[str, Any]] = list(features)
    return {"type": "FeatureCollection", "features": found}
