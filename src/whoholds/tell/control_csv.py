"""control.csv and nowcast.csv: geonameid, name, date, status, p_SIDE..., p_contested, basis, n_claims."""

from __future__ import annotations

import csv
from pathlib import Path

from whoholds.tell.series import SeriesTable


def write_control_csv(table: SeriesTable, path: Path) -> int:
    """Write a series; answers how many rows.

    A row for every place on the first day, and then only on days when its row changes.
    """
    n = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["geonameid", "name", "date", "status", *(f"p_{s}" for s in table.states), "basis", "n_claims"])
        for row in table.rows():
            p = [f"{v:g}" for v in row.probabilities]
            out.writerow([row.place_id, row.name, row.day.isoformat(), row.status, *p, row.basis, row.n_claims])
            n += 1
    return n
