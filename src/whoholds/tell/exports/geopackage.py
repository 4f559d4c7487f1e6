"""GeoPackage (OGC 12-128): the layers of a run in one file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import shapely

from whoholds.tell.exports.layers import Row


def write_geopackage(layers: Mapping[str, Sequence[Row]], path: Path, *, made_at: datetime | None = None) -> int:
    """Write layers with features, in place of an earlier file; answers how many layers.

    The file notes when each layer was last changed: `made_at` where given, so that the same layers give the same bytes.
    """
    # Loads pandas, which nothing else here needs: only when a file is written.
    from pyogrio import set_gdal_config_options

    if made_at is None:
        return _write(layers, path)
    set_gdal_config_options({"OGR_CURRENT_DATE": f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"})
    try:
        return _write(layers, path)
    finally:
        set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write(layers: Mapping[str, Sequence[Row]], path: Path) -> int:
    """Write layers with features."""
    import pyogrio.raw

    path.unlink(missing_ok=True)
    n = 0
    for name, rows in layers.items():
        if not rows:
            continue
        kinds = {row.geometry.geom_type.removeprefix("Multi") for row in rows}
        shapes = [row.geometry for row in rows]
        kind = kinds.pop() if len(kinds) == 1 else "Unknown"
        if kind in ("Polygon", "LineString") and any(s.geom_type.startswith("Multi") for s in shapes):
            # One type a layer, as the standard asks.
            single = {"Polygon": shapely.MultiPolygon, "LineString": shapely.MultiLineString}[kind]
            shapes = [s if s.geom_type.startswith("Multi") else single([s]) for s in shapes]
            kind = f"Multi{kind}"
        fields = list(rows[0].columns)
        pyogrio.raw.write(
            str(path),
            geometry=np.array(shapely.to_wkb(shapes), dtype=object),
            field_data=[np.array([row.columns[f] for row in rows], dtype=_dtype(rows[0].columns[f])) for f in fields],
            fields=np.array(fields, dtype=object),
            layer=name,
            driver="GPKG",
            geometry_type=kind,
            crs="EPSG:4326",
            append=n > 0,
        )
        n += 1
    return n


def _dtype(value: object) -> type:
    """The column type of a value."""
    return {int: np.int64, float: np.float64}.get(type(value), object)
