"""GeoJSON (RFC 7946): one file a layer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import shapely

from whoholds.tell.exports.layers import Row

DECIMALS = 5
"""Decimals of a coordinate [degree]: about a metre."""


def write_geojson(rows: Sequence[Row], path: Path) -> int:
    """Write a layer; answers how many features."""
    with path.open("w", encoding="utf-8") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        for k, row in enumerate(rows):
            grid = shapely.set_precision(row.geometry, 10**-DECIMALS, mode="pointwise")
            properties = json.dumps(row.columns, ensure_ascii=False)
            tail = "\n" if k == len(rows) - 1 else ",\n"
            file.write(f'{{"type":"Feature","geometry":{shapely.to_geojson(grid)},"properties":{properties}}}{tail}')
        file.write("]}\n")
    return len(rows)
