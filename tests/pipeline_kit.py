"""A small war: a gazetteer of a few towns, a base map, and reports in our own words."""

from __future__ import annotations

import json
from pathlib import Path

from whoholds.locate import build

TOWNS = (
    # geonameid, name, alternates, lat, lon, admin1, population
    (707292, "Izyum", "Izium,Ізюм,Изюм", 49.21, 37.26, "07", 45000),
    (712702, "Balakliya", "Balakliia,Балаклія", 49.46, 36.86, "07", 27000),
    (703656, "Kupyansk", "Kupiansk,Куп'янськ", 49.71, 37.61, "07", 26000),
    (706483, "Kharkiv", "Kharkov,Харків", 49.98, 36.25, "07", 1430000),
    (702320, "Lyman", "Liman,Лиман", 48.99, 37.81, "05", 20000),
    (709717, "Donetsk", "Донецьк", 48.02, 37.80, "05", 900000),
    (703448, "Kyiv", "Kiev,Київ", 50.45, 30.52, "12", 2800000),
    (690000, "Savyntsi", "Савинці", 49.40, 37.06, "07", 5000),
    (690001, "Verbivka", "Вербівка", 49.46, 36.82, "07", 4000),
)

REPORTS = (
    {
        "id": "a",
        "date": "2022-09-09",
        "source": "Oskil Dispatch",
        "title": "Balakliia is free",
        "lang": "en",
        "text": "Ukrainian forces liberated Balakliya on Thursday, President Volodymyr Zelensky said.",
    },
    {
        "id": "b",
        "date": "2022-09-10",
        "source": "Steppe Courier",
        "title": "Russian army speaks of regrouping",
        "lang": "en",
        "text": "The Russian defence ministry said that its troops had withdrawn from Balakliya and Izyum.",
    },
    {
        "id": "c",
        "date": "2022-09-11",
        "source": "Oskil Dispatch",
        "title": "Flag over Izyum",
        "lang": "en",
        "text": "Ukrainian troops captured Izyum on Saturday. Russian troops repelled an attack near Lyman.",
    },
    {
        "id": "e",
        "date": "2022-09-11",
        "source": "River Gazette",
        "title": "The mayor is back",
        "lang": "en",
        "text": "Ukrainian forces hold Balakliya. A video shows the Ukrainian flag over Balakliya on Saturday.",
    },
    {
        "id": "f",
        "date": "2022-09-12",
        "source": "River Gazette",
        "title": "Izyum, a day later",
        "lang": "en",
        "text": "Russian forces have lost Izyum, the governor of Kharkiv said. Ukrainian forces control Izyum.",
    },
    {
        "id": "g",
        "date": "2022-09-12",
        "source": "Lowland Post",
        "title": "What the soldiers left",
        "lang": "en",
        "text": "Russian troops fled from Balakliya and Izyum, residents said. Ukrainian troops entered Savyntsi.",
    },
    {
        "id": "d",
        "date": "2022-09-12",
        "source": "Steppe Courier",
        "title": "Counting villages",
        "lang": "en",
        "text": "Ukrainian forces have retaken more than 40 settlements in the Kharkiv region, the General Staff said.",
    },
)


def write_gazetteer(folder: Path) -> Path:
    """A gazetteer of the towns, built as users build theirs."""
    lines = []
    for identity, name, others, lat, lon, admin1, people in TOWNS:
        row = [identity, name, name, others, lat, lon, "P", "PPL", "UA", "", admin1, "", "", "", people, "", "", "", ""]
        lines.append("\t".join(str(v) for v in [*row[:18], "2022-01-01"]))
    dump = folder / "UA.txt"
    dump.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = folder / "small.gazetteer"
    build([dump], out, near_km=0.0)
    return out


def write_reports(folder: Path, rows: tuple[dict[str, str], ...] = REPORTS, name: str = "reports.jsonl") -> Path:
    """Reports as JSON Lines."""
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_base(folder: Path) -> Path:
    """The east held by RU, everything else by UA."""
    ring = [[36.6, 47.0], [40.0, 47.0], [40.0, 50.4], [36.6, 50.4], [36.6, 47.0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    everything = [[22.0, 44.0], [36.6, 44.0], [36.6, 52.5], [22.0, 52.5], [22.0, 44.0]]
    rest = {"type": "Polygon", "coordinates": [everything]}
    features = [
        {"type": "Feature", "properties": {"status": "RU"}, "geometry": shape},
        {"type": "Feature", "properties": {"status": "UA"}, "geometry": rest},
    ]
    path = folder / "base-2022-09-05.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path
