"""Control in the column layout of VIINA 2 (Zhukov, github.com/zhukovyuri/VIINA, `control_latest_YEAR.csv`).

VIINA has a row for every populated place and day, so that this file is long where control.csv is short.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from whoholds.model import CONTESTED, UNKNOWN
from whoholds.tell.exports.columns import blank, column, names
from whoholds.tell.series import SeriesTable

COLUMNS = (
    column("geonameid", "the place in GeoNames", "integer"),
    column("date", "the day, written YYYYMMDD", "integer"),
    blank("status_wiki", "VIINA's reading of Wikipedia's maps; not ours to give"),
    blank("status_boost", "VIINA's own model on top of them; not ours to give"),
    blank("status_dsm", "VIINA's copy of DeepState's map; not ours to give, though a run may start from that map"),
    blank("status_isw", "VIINA's copy of the Institute for the Study of War's map; not ours to give"),
    column("status", "our status: the side's key in capitals (`UA`, `RU`), `CONTESTED`; empty where unknown"),
)


def write_viina(table: SeriesTable, path: Path) -> int:
    """Write a series; answers how many rows. Places that GeoNames does not have are left out."""
    words = np.array([_WORDS.get(s, s.upper()) for s in table.statuses], dtype=object)
    days = [f"{day:%Y%m%d}" for day in table.days]
    known = np.flatnonzero(table.ids > 0)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(names(COLUMNS))
        for i in known.tolist():
            place = int(table.ids[i])
            status = words[table.status[i]].tolist()
            out.writerows((place, day, "", "", "", "", said) for day, said in zip(days, status, strict=True))
    return len(known) * len(days)


_WORDS = {CONTESTED: "CONTESTED", UNKNOWN: ""}
