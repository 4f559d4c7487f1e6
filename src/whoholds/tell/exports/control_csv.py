"""control.csv and nowcast.csv: geonameid, name, date, status, p_SIDE..., p_contested, basis, n_claims."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from whoholds.tell.exports.columns import Column, column
from whoholds.tell.exports.table import cell
from whoholds.tell.series import SeriesTable


def control_columns(states: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a series with these states (the sides, then contested)."""
    return (
        column("geonameid", "the place; negative where GeoNames has none", "integer"),
        column("name", "its main name in the gazetteer"),
        column("date", "the day from which the row holds", "date"),
        column("status", "a side's key, `contested`, or `unknown`"),
        *(
            column(f"p_{state}", _PROBABILITY.get(state, "probability that this side holds it"), "number")
            for state in states
        ),
        column(
            "basis",
            "`observed` (a claim of that day names it), `inferred` (from neighbours, or an area's claim), `carried`"
            " (nothing new)",
        ),
        column("n_claims", "claims of that day that bear on it", "integer"),
    )


_PROBABILITY = {"contested": "probability that nobody holds it alone; with the sides it sums to 1"}


def write_control_csv(table: SeriesTable, path: Path) -> int:
    """Write a series; answers how many rows.

    A row for every place on the first day, and then only on days when its row changes.
    """
    n = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([c.name for c in control_columns(table.states)])
        for row in table.rows():
            p = [f"{v:g}" for v in row.probabilities]
            out.writerow([row.place_id, cell(row.name), row.day.isoformat(), row.status, *p, row.basis, row.n_claims])
            n += 1
    return n
