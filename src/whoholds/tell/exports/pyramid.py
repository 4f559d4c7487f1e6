"""The map series as vector tiles: ground, cells, places and front line, each feature with the days it holds.

A reader shows a day by a filter: `from <= DAY <= until`, both written YYYYMMDD.

    zoom 0-7   areas     the ground of each status, joined
    zoom 8-9   cells     the ground of each place, with its probability
    zoom 4-7   places    those that changed hands or that a claim names
    zoom 8-9   places    all of them
    zoom 0-9   front     the line
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from whoholds.tell.exports.about import ATTRIBUTION, About
from whoholds.tell.exports.columns import Column, column
from whoholds.tell.exports.kml import telling
from whoholds.tell.exports.layers import DayShapes, Row
from whoholds.tell.exports.pmtiles import Tile, write_pmtiles
from whoholds.tell.exports.vector_tile import EXTENT, Feature, Value, encode_tile

MOST_ZOOM = 9
"""A tile of it is 52 km wide at 48 degrees, one unit 13 m: finer than any cell is known; readers zoom on from there."""
CELLS_FROM, PLACES_FROM = 8, 4
BUFFER = 80
"""Ground beyond the tile's edge [units], so that outlines do not show at the seams."""
COARSE = 4.0
"""Corners of lines and joined ground closer to a straight line than this are left out [units]: half a pixel."""

_DAYS = (
    column("from", "the first day, YYYYMMDD", "integer"),
    column("until", "the last day, YYYYMMDD", "integer"),
)
_PLACE = (
    column("geonameid", "the place; negative where GeoNames has none", "integer"),
    column("name", "its main name"),
    column("status", "a side's key, `contested` or `unknown`"),
    column("p", "probability of the status on its last day; 0 where unknown", "number"),
    column("basis", "the strongest basis of that time: `observed`, `inferred` or `carried`"),
    *_DAYS,
)
LAYERS: dict[str, tuple[Column, ...]] = {
    "areas": (column("status", "a side's key, `contested` or `unknown`"), *_DAYS),
    "cells": _PLACE,
    "places": _PLACE,
    "front": _DAYS,
}
ZOOMS = {
    "areas": (0, CELLS_FROM - 1),
    "cells": (CELLS_FROM, MOST_ZOOM),
    "places": (PLACES_FROM, MOST_ZOOM),
    "front": (0, MOST_ZOOM),
}


def write_pyramid(
    places: Sequence[Row], cells: dict[int, BaseGeometry], shapes: Sequence[DayShapes], about: About, path: Path
) -> int:
    """Write the series as PMTiles; answers how many tiles.

    Parameters
    ----------
    places : sequence of Row
        The rows of the layer of places.
    cells : mapping of place id to polygon [degree]
    shapes : sequence of DayShapes
    about : About
    path : Path
    """
    tiles: dict[Tile, dict[str, list[Feature]]] = {}
    for layer, features in _layers(places, cells, shapes, about.last_day).items():
        for group, (low, high) in features:
            if group:
                _cut(layer, group, low, high, tiles)
    order = list(LAYERS)
    encoded = {
        (zoom, x, y): encode_tile({n: found[n] for n in order if n in found}, origin=(x * EXTENT, y * EXTENT))
        for (zoom, x, y), found in tiles.items()
    }
    outline = shapely.total_bounds(np.array([r.geometry for r in places], dtype=object)).tolist()
    return write_pmtiles(
        {tile: content for tile, content in encoded.items() if content},
        path,
        metadata=_metadata(about),
        bounds=(outline[0], outline[1], outline[2], outline[3]),
    )


def _layers(
    places: Sequence[Row], cells: dict[int, BaseGeometry], shapes: Sequence[DayShapes], last: date
) -> dict[str, list[tuple[list[Feature], tuple[int, int]]]]:
    """Features of each layer [degree], and the zooms they are cut for."""
    some = telling(places)
    return {
        "areas": [(list(_areas(shapes, last)), ZOOMS["areas"])],
        "cells": [
            (
                [(cells[r.columns["geonameid"]], _told(r)) for r in places if r.columns["geonameid"] in cells],
                ZOOMS["cells"],
            )
        ],
        "places": [
            ([(r.geometry, _told(r)) for r in some], (PLACES_FROM, CELLS_FROM - 1)),
            ([(r.geometry, _told(r)) for r in places], (CELLS_FROM, MOST_ZOOM)),
        ],
        "front": [(list(_fronts(shapes, last)), ZOOMS["front"])],
    }


def _number(day: date | str) -> int:
    """A day as a number a filter can compare.

    >>> _number("2022-09-11")
    20220911
    """
    return int(str(day).replace("-", ""))


def _told(row: Row) -> dict[str, Value]:
    """The properties of a place."""
    told = row.columns
    return {
        "geonameid": told["geonameid"],
        "name": told["name"],
        "status": told["status"],
        "p": float(round(told.get(f"p_{told['status']}", 0.0), 2)),
        "basis": told["basis"],
        "from": _number(told["date"]),
        "until": _number(told["until"]),
    }


def _days(shapes: Sequence[DayShapes], last: date) -> Iterator[tuple[DayShapes, dict[str, Value]]]:
    """Each day with shapes, and the days until the next."""
    for k, day in enumerate(shapes):
        until = shapes[k + 1].day - timedelta(days=1) if k + 1 < len(shapes) else max(last, day.day)
        yield day, {"from": _number(day.day), "until": _number(until)}


def _areas(shapes: Sequence[DayShapes], last: date) -> Iterator[Feature]:
    """The ground of each status, by day."""
    for day, when in _days(shapes, last):
        for status, shape in sorted(day.areas.items()):
            if not shape.is_empty:
                yield shape, {"status": status, **when}


def _fronts(shapes: Sequence[DayShapes], last: date) -> Iterator[Feature]:
    """The front line, by day."""
    for day, when in _days(shapes, last):
        if not day.front.is_empty:
            yield day.front, when


def mercator(xy: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitude and latitude [degree] as shares of the web map's square, y down.

    >>> mercator(np.array([[0.0, 0.0], [90.0, -85.0511287798066]])).round(6).tolist()
    [[0.5, 0.5], [0.75, 1.0]]
    """
    lat = np.radians(np.clip(xy[:, 1], -85.06, 85.06))
    return np.column_stack([xy[:, 0] / 360 + 0.5, 0.5 - np.arcsinh(np.tan(lat)) / (2 * np.pi)])


def _cut(
    layer: str, features: Sequence[Feature], low: int, high: int, tiles: dict[Tile, dict[str, list[Feature]]]
) -> None:
    """Cut features into the tiles of each zoom."""
    features = [(shape, told) for shape, told in features if not shape.is_empty]
    shapes = shapely.transform(np.array([shape for shape, _ in features], dtype=object), mercator)
    flat = shapely.get_dimensions(shapes[:1])[0] == 0
    for zoom in range(low, high + 1):
        scale = EXTENT * 2**zoom
        scaled: Any = shapely.transform(shapes, lambda xy, by=scale: xy * by)
        if not flat:
            scaled = shapely.simplify(scaled, COARSE, preserve_topology=True) if layer != "cells" else scaled
            scaled = np.array([s if s.is_valid else shapely.make_valid(s) for s in scaled], dtype=object)
        bounds = shapely.bounds(scaled)
        first = np.floor((bounds[:, :2] - (0 if flat else BUFFER)) / EXTENT).astype(np.int64)
        last = np.floor((bounds[:, 2:] + (0 if flat else BUFFER)) / EXTENT).astype(np.int64)
        for k, (shape, (_, told)) in enumerate(zip(scaled, features, strict=True)):
            for x in range(max(first[k, 0], 0), min(last[k, 0], 2**zoom - 1) + 1):
                for y in range(max(first[k, 1], 0), min(last[k, 1], 2**zoom - 1) + 1):
                    piece = shape if (first[k] == last[k]).all() else _piece(shape, x, y)
                    if not piece.is_empty:
                        tiles.setdefault((zoom, x, y), {}).setdefault(layer, []).append((piece, told))


def _piece(shape: BaseGeometry, x: int, y: int) -> BaseGeometry:
    """What of a shape lies on a tile or close to it."""
    west, north = x * EXTENT - BUFFER, y * EXTENT - BUFFER
    cut: BaseGeometry = shapely.clip_by_rect(
        shape, west, north, west + EXTENT + 2 * BUFFER, north + EXTENT + 2 * BUFFER
    )
    return cut


def _metadata(about: About) -> dict[str, Any]:
    """What readers ask: layers with their fields, and whose data it is."""
    return {
        "name": about.title,
        "description": about.description,
        "attribution": ATTRIBUTION,
        "type": "overlay",
        "version": "1",
        "first_day": about.first_day.isoformat(),
        "last_day": about.last_day.isoformat(),
        "vector_layers": [
            {
                "id": name,
                "minzoom": ZOOMS[name][0],
                "maxzoom": ZOOMS[name][1],
                "fields": {c.name: "String" if c.type == "string" else "Number" for c in columns},
            }
            for name, columns in LAYERS.items()
        ],
    }
