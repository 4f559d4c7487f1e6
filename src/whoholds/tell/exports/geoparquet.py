"""GeoParquet 1.1 (OGC, geoparquet.org): one file a layer; geometry as WKB, with a box a row for readers that skip."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from whoholds.errors import MissingPart
from whoholds.tell.exports.columns import Column
from whoholds.tell.exports.layers import Row

CORNERS = ("xmin", "ymin", "xmax", "ymax")


def write_geoparquet(rows: Sequence[Row], columns: Sequence[Column], path: Path) -> int:
    """Write a layer; answers how many rows. A row without a place has no geometry.

    Raises
    ------
    MissingPart
        pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingPart(
            "GeoParquet needs pyarrow.", remedy="Install it with: pip install 'whoholds[export]'."
        ) from error
    types = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
    shapes = np.array([None if row.geometry.is_empty else row.geometry for row in rows], dtype=object)
    bounds = shapely.bounds(shapes).astype(np.float64).reshape(-1, 4)
    absent = np.isnan(bounds).any(axis=1)
    boxes = pa.StructArray.from_arrays(
        [pa.array(bounds[:, k], pa.float64()) for k in range(4)], names=list(CORNERS), mask=pa.array(absent)
    )
    arrays = {
        c.name: pa.array([_value(row.columns.get(c.name), c) for row in rows], types.get(c.type, pa.string()))
        for c in columns
    }
    arrays["bbox"] = boxes
    arrays["geometry"] = pa.array(shapely.to_wkb(shapes).tolist(), pa.binary())
    table = pa.table(arrays).replace_schema_metadata({"geo": json.dumps(_metadata(shapes, bounds[~absent]))})
    pq.write_table(table, path, compression="zstd")
    return len(rows)


def claim_points(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Flat claims as rows with a point where the place was resolved."""
    return [
        Row(
            geometry=shapely.Point() if row["lon"] is None else shapely.Point(row["lon"], row["lat"]),
            columns=dict(row),
        )
        for row in rows
    ]


def _value(value: Any, like: Column) -> Any:
    """A value in the column's type."""
    return date.fromisoformat(value) if like.type == "date" and isinstance(value, str) else value


def _metadata(shapes: Any, bounds: Any) -> dict[str, Any]:
    """The `geo` metadata; without a `crs` coordinates are longitude and latitude of WGS 84 (OGC:CRS84)."""
    kinds: set[str] = {shape.geom_type for shape in shapes if isinstance(shape, BaseGeometry)}
    about: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted(kinds),
        "edges": "planar",
        "covering": {"bbox": {corner: ["bbox", corner] for corner in CORNERS}},
    }
    if len(bounds):
        about["bbox"] = [*bounds[:, :2].min(axis=0).tolist(), *bounds[:, 2:].max(axis=0).tolist()]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": about}}
