"""A run taken out of its store again: ground, series and rooms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whoholds.errors import StoreError
from whoholds.infer import BASES, PlaceTable
from whoholds.model import CONTESTED, UNKNOWN, Place
from whoholds.pipeline.ground import Ground, rivers_of
from whoholds.pipeline.rooms import Rooms
from whoholds.store import EstimateColumns, View
from whoholds.tell.series import SeriesTable, day_range
from whoholds.theatres import load_theatre


def last_run(view: View) -> dict[str, Any]:
    """The settings of the last run.

    Raises
    ------
    StoreError
        Nothing was run on this store yet.
    """
    runs = view.runs()
    if not runs:
        raise StoreError("The store holds no run.", remedy="Make one with `whoholds run REPORTS... -o OUT/`.")
    settings: dict[str, Any] = runs[-1]["settings"]
    return settings


def rooms_of_store(view: View, *, cache: Path) -> Rooms:
    """The theatre and gazetteer of the last run; the packaged gazetteer where its file has gone."""
    settings = last_run(view)
    given = settings.get("gazetteer")
    path = Path(given) if given and Path(given).is_file() else None
    return Rooms.open(settings["theatre"], gazetteer=path, cache=cache)


def place_table(nouns: Sequence[Place], rivers: Any = None) -> PlaceTable:
    """Places as arrays, with the rivers between them."""
    return PlaceTable(
        ids=np.array([p.id for p in nouns], np.int64),
        lat=np.array([p.lat for p in nouns], float),
        lon=np.array([p.lon for p in nouns], float),
        population=np.array([p.population for p in nouns], float),
        rivers=rivers,
    )


def ground_of_store(view: View) -> Ground:
    """The places of the last run and their status at the start."""
    settings, kept = last_run(view), view.places()
    nouns = tuple(p for p, _ in kept)
    return Ground(
        places=place_table(nouns, rivers_of(load_theatre(settings["theatre"]))),
        nouns=nouns,
        base=np.array([base or UNKNOWN for _, base in kept], dtype=np.str_),
        base_name=settings["base"],
        base_day=date.fromisoformat(settings["base_day"]) if settings["base_day"] else None,
        fingerprint="",
    )


def run_days_of_store(view: View) -> tuple[date, ...]:
    """The days the last run tells of."""
    settings = last_run(view)
    return day_range(date.fromisoformat(settings["first_day"]), date.fromisoformat(settings["last_day"]))


def rows_by_day(kept: EstimateColumns, ids: NDArray[np.int64], days: Sequence[date]) -> NDArray[np.int32]:
    """(n, n_days) the row that holds for each place on each day; -1 where none does yet.

    A row of before the first day holds on it; later rows than the last day are left out.
    """
    zero, n_days = days[0].toordinal(), len(days)
    order = np.argsort(ids)
    at = order[np.searchsorted(ids[order], kept.place_id)]
    when = np.maximum(kept.day - zero, 0)
    within = when < n_days
    held = np.full((len(ids), n_days), -1, np.int32)
    # Rows come by place and day: of several on one spot the last stays, and along a place's days the numbers rise.
    held[at[within], when[within]] = np.flatnonzero(within)
    return np.maximum.accumulate(held, axis=1, out=held)


def table_of_rows(
    kept: EstimateColumns,
    held: NDArray[np.int32],
    ground: Ground,
    sides: Sequence[str],
    *,
    days: Sequence[date],
) -> SeriesTable:
    """The table of some days, from the row that holds at each place on each of them, shape (n, len(days))."""
    states = (*sides, CONTESTED)
    statuses, bases = (*states, UNKNOWN), tuple(b.value for b in BASES)

    def spread(values: NDArray[Any], dtype: Any) -> NDArray[Any]:
        """Values by row to values by place and day; zero where no row holds."""
        ended: NDArray[Any] = np.concatenate([values, np.zeros((1, *values.shape[1:]), values.dtype)]).astype(dtype)
        return ended[held]

    return SeriesTable(
        ids=ground.places.ids,
        names=tuple(p.name for p in ground.nouns),
        lat=ground.places.lat,
        lon=ground.places.lon,
        admin1=tuple(p.admin1 for p in ground.nouns),
        days=tuple(days),
        states=states,
        prob=spread(kept.chances(states), np.float64),
        status=spread(kept.status_in(statuses), np.int16),
        statuses=statuses,
        basis=spread(kept.basis_in(bases), np.int16),
        bases=bases,
        n_claims=spread(kept.n_claims, np.int32),
    )


def table_of_store(
    view: View, series: str, ground: Ground, sides: Sequence[str], *, days: Sequence[date] | None = None
) -> SeriesTable:
    """A kept series as a table, over the last run's days where none are given; between two rows everything stays."""
    days = run_days_of_store(view) if days is None else days
    kept = view.estimate_columns(series)
    return table_of_rows(kept, rows_by_day(kept, ground.places.ids, days), ground, sides, days=days)


def between(table: SeriesTable, first: date | None, last: date | None) -> SeriesTable:
    """The days of a table from first to last, both included; whatever lies outside it is left out."""
    a = table.on(first) if first else 0
    b = table.on(last) + 1 if last else len(table.days)
    b = max(b, a + 1)
    return SeriesTable(
        ids=table.ids,
        names=table.names,
        lat=table.lat,
        lon=table.lon,
        admin1=table.admin1,
        days=table.days[a:b],
        states=table.states,
        prob=table.prob[:, a:b],
        status=table.status[:, a:b],
        statuses=table.statuses,
        basis=table.basis[:, a:b],
        bases=table.bases,
        n_claims=table.n_claims[:, a:b],
    )
