"""The area of each status by day, with an interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whoholds.geometry import AreaEstimate, DoubtFields, Mesh, area_estimates_by_day
from whoholds.tell.series import SeriesTable


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusArea:
    """The expected area of a status [km2] with its interval, and the places whose likeliest status it is."""

    status: str
    area_km2: float
    low_km2: float
    high_km2: float
    share: float
    places: int


def area_table(days: Sequence[date], found: Sequence[tuple[StatusArea, ...]]) -> list[dict[str, Any]]:
    """The area of every status on every day with its interval: the rows of areas.csv."""
    return [
        {"date": day.isoformat(), **{k: tenth(v) for k, v in asdict(area).items()}}
        for day, areas in zip(days, found, strict=True)
        for area in areas
    ]


def areas_by_day(
    cells: Mesh, table: SeriesTable, at: Sequence[int], *, fields: DoubtFields | None = None
) -> list[tuple[StatusArea, ...]]:
    """The areas of some days of a series, by their numbers; `fields` are those of the cells where they are kept.

    Contested stands between the first side and the others: doubt passes over it.
    """
    order = [0, len(table.states) - 1, *range(1, len(table.states) - 1)]
    prob: NDArray[np.float64] = table.prob[:, list(at)][:, :, order].astype(np.float64)
    prob /= prob.sum(axis=2, keepdims=True)
    statuses = [table.states[k] for k in order]
    out = []
    for t, estimates in zip(at, area_estimates_by_day(cells, prob, statuses, fields=fields), strict=True):
        held = {s: int((table.status[:, t] == table.statuses.index(s)).sum()) for s in statuses}
        out.append(tuple(_status_area(e, held[e.status]) for e in estimates))
    return out


def _status_area(estimate: AreaEstimate, places: int) -> StatusArea:
    """An area with its places."""
    return StatusArea(**asdict(estimate), places=places)


def tenth(value: Any) -> Any:
    """Areas and lengths to a tenth, anything else as it is."""
    return round(value, 1) if isinstance(value, float) else value
