"""Which claims bear on a place and day, without working out what each changes: an answer in milliseconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from whoholds.infer.explain import DAYS_AFTER, DAYS_BEFORE, PATCH_KM
from whoholds.infer.meaning import MEANINGS
from whoholds.infer.series import ControlSeries
from whoholds.infer.tables import AREA, ON_MAP, ON_THE_WAY

NEAR_KM, LATE_DAYS = 8.0, 30.0
"""A claim's standing fades by e over so many km and days, as in `explain`."""
ON_IT = 10.0
"""How much more a claim on the place itself stands for, as in `explain`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """A claim that bears on a place, as `explain` would weigh it before leaving it out.

    `route` and `distance_km` are those of `explain.Effect`; `value` is its evidence [nat].
    """

    claim_id: str
    day: date
    meaning: str
    side: str
    reliability: float
    route: str
    distance_km: float
    value: float


class Near:
    """The rows of a fitted series by place, made once and asked often.

    Parameters
    ----------
    series : ControlSeries
    """

    def __init__(self, series: ControlSeries) -> None:
        self._series = series
        fit = series.fit
        self._xy = series.places.xy_km[fit.ground.active]
        self._tree = cKDTree(self._xy) if len(self._xy) else None
        self._order = np.argsort(fit.rows.place, kind="stable")
        self._starts = np.searchsorted(fit.rows.place[self._order], np.arange(len(self._xy) + 1))
        self._strength = np.abs(fit.value).max(axis=1) if len(fit.rows) else np.zeros(0)
        self._row_of = {int(i): n for n, i in enumerate(series.places.ids)}
        self._day_of = {day: n for n, day in enumerate(series.days)}

    def __call__(self, place_id: int, day: date, *, limit: int = 30) -> tuple[Bearing, ...]:
        """The claims that bear on a place and day, the strongest first; maps are left to `explain`.

        Raises
        ------
        KeyError
            The place or day is not in the series.
        """
        fit = self._series.fit
        centre, t = int(fit.ground.row[self._row_of[place_id]]), self._day_of[day]
        if centre < 0 or self._tree is None:
            return ()
        rows = self._around(centre, t)
        away = np.hypot(*(self._xy[fit.rows.place[rows]] - self._xy[centre]).T)
        direct, here = fit.rows.direct[rows], fit.rows.place[rows] == centre
        late = np.abs(fit.rows.day[rows] - t)
        said = (direct | here) & (fit.rows.route[rows] != ON_MAP)
        score = said * self._strength[rows] * np.exp(-late / LATE_DAYS)
        score *= here * ON_IT + np.exp(-np.where(direct, away, 0.0) / NEAR_KM)
        best: dict[int, int] = {}
        for k in np.argsort(-score, kind="stable").tolist():
            if score[k] <= 0 or len(best) >= limit:
                break
            best.setdefault(int(fit.rows.claim[rows[k]]), k)
        return tuple(self._bearing(int(rows[k]), float(away[k]), centre) for k in best.values())

    def _around(self, centre: int, t: int) -> NDArray[np.int64]:
        """Rows of the places and days that `explain` solves anew around an estimate."""
        assert self._tree is not None
        near = self._tree.query_ball_point(self._xy[centre], PATCH_KM)
        found = np.concatenate([self._order[self._starts[i] : self._starts[i + 1]] for i in near])
        days = self._series.fit.rows.day[found]
        kept: NDArray[np.int64] = found[(days >= t - DAYS_BEFORE) & (days <= t + DAYS_AFTER)]
        return kept

    def _bearing(self, row: int, away_km: float, centre: int) -> Bearing:
        """A row as a noun."""
        series = self._series
        rows = series.fit.rows
        if rows.route[row] == ON_THE_WAY:
            route = "on the way"
        elif rows.route[row] == AREA:
            route = "area"
        else:
            route = "names" if rows.place[row] == centre else "nearby"
        return Bearing(
            claim_id=rows.claim_ids[int(rows.claim[row])],
            day=series.days[int(rows.day[row])],
            meaning=MEANINGS[int(rows.meaning[row])],
            side=series.states[int(rows.side[row])],
            reliability=float(series.fit.reliability[rows.cell[row]]),
            route=route,
            distance_km=away_km if rows.direct[row] else 0.0,
            value=float(self._strength[row]),
        )
