"""Why a place is held as it is: each claim's effect, found by leaving it out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from whoholds.infer.dynamics import Cube, couple, neighbour_field
from whoholds.infer.evidence import place_evidence, row_evidence
from whoholds.infer.meaning import MEANINGS
from whoholds.infer.news import news
from whoholds.infer.series import ControlSeries, Ground
from whoholds.infer.tables import AREA, ON_MAP, ON_THE_WAY, Bearings

PATCH_KM = 30.0
"""Places this near [km] are solved anew without the claim; further ones are held. Twice the reach of an offensive."""
DAYS_BEFORE, DAYS_AFTER = 45, 21
"""Days solved anew around the day asked; the filtered probabilities of the day before them are held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What one claim does to the probabilities of one place on one day.

    `route` is how it bears on the place: "names" it, its "area", a place it lies "on the way" to, a place "nearby", or
    a "map" that shows it (`claim_id` is then the map's report). `without` are the probabilities had it not been made;
    `change` is what it adds to that of the status the place has.
    """

    claim_id: str
    claim: int
    day: date
    meaning: str
    side: str
    reliability: float
    route: str
    distance_km: float
    change: float
    without: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The probabilities of a place on a day, and the claims behind them, the strongest first."""

    place_id: int
    day: date
    status: str
    probabilities: dict[str, float]
    base: dict[str, float]
    effects: tuple[Effect, ...]


def explain(series: ControlSeries, place_id: int, day: date, *, limit: int = 30) -> Explanation:
    """The claims behind one estimate, each with the probabilities had it not been made.

    Parameters
    ----------
    series : ControlSeries
    place_id : int
    day : date
    limit : int
        How many claims are left out in turn: those that name the place or its area, then the nearest.

    Raises
    ------
    KeyError
        The place or day is not in the series.
    """
    rows = np.flatnonzero(series.places.ids == place_id)
    if not len(rows) or day not in series.days:
        raise KeyError((place_id, day))
    at, t = int(rows[0]), series.days.index(day)
    p = series.prob[at, t]
    told = {s: float(v) for s, v in zip(series.states, p, strict=True)}
    base = {s: float(v) for s, v in zip(series.states, series.fit.ground.base[at], strict=True)}
    status = series.states[int(p.argmax())]
    centre = int(series.fit.ground.row[at])
    effects = _effects(series, centre, t, p, limit) if centre >= 0 else ()
    return Explanation(place_id=place_id, day=day, status=status, probabilities=told, base=base, effects=effects)


def _effects(series: ControlSeries, centre: int, t: int, p: NDArray[np.float32], limit: int) -> tuple[Effect, ...]:
    """Leave out in turn the claims that bear on an active place."""
    patch = _Patch(series, centre, t)
    whole = patch.solve(np.ones(len(patch.rows), np.bool_))
    top = int(p.argmax())
    out = []
    for claim in patch.candidates(limit):
        mine = patch.rows.claim == claim
        less = patch.solve(~mine)
        without = np.clip(p + (less - whole), 0.0, 1.0)
        without = without / without.sum()
        r = int(patch.nearest(mine))
        out.append(
            Effect(
                claim_id=patch.rows.claim_ids[claim],
                claim=int(claim),
                day=series.days[int(patch.rows.day[r]) + patch.first],
                meaning=MEANINGS[int(patch.rows.meaning[r])],
                side=series.states[int(patch.rows.side[r])],
                reliability=float(series.fit.reliability[patch.rows.cell[r]]),
                route=patch.route(r),
                distance_km=float(patch.distance[patch.rows.place[r]]) if patch.rows.direct[r] else 0.0,
                change=float(p[top] - without[top]),
                without={s: float(v) for s, v in zip(series.states, without, strict=True)},
            )
        )
    return tuple(sorted(out, key=lambda e: (-abs(e.change), e.claim_id)))


class _Patch:
    """The places and days around one estimate, with the rest of the fit held."""

    def __init__(self, series: ControlSeries, centre: int, t: int) -> None:
        fit = series.fit
        self.settings = fit.settings
        xy = series.places.xy_km[fit.ground.active]
        inside = np.sort(np.array(cKDTree(xy).query_ball_point(xy[centre], PATCH_KM), dtype=np.int64))
        self.first, last = max(0, t - DAYS_BEFORE), min(len(fit.q), t + DAYS_AFTER + 1)
        self.t = t - self.first
        self.distance = np.hypot(*(xy[inside] - xy[centre]).T)
        self.centre = int(np.searchsorted(inside, centre))
        back = np.full(len(xy), -1, np.int32)
        back[inside] = np.arange(len(inside))
        rows = fit.rows
        kept = (back[rows.place] >= 0) & (rows.day >= self.first) & (rows.day < last)
        taken = rows.take(kept)
        self.rows: Bearings = replace(taken, place=back[taken.place], day=(taken.day - self.first).astype(np.int32))
        self.reliability = fit.reliability
        self.value = fit.value[kept]
        weights = fit.ground.weights[inside]
        base = fit.ground.base[fit.ground.active]
        self.base = base[inside]
        self.before: Cube = np.asarray(weights.astype(np.float32) @ base, np.float32)
        self.q = fit.q[self.first : last, inside]
        self.filtered = fit.filtered[self.first : last, inside]
        self.ground = Ground(
            active=inside,
            row=back,
            base=self.base,
            xy_km=xy[inside],
            weights=weights[:, inside],
            spread=fit.ground.spread[inside][:, inside],
            around=fit.ground.around[inside][:, inside],
            on_map=fit.ground.on_map[inside],
            people=fit.ground.people[inside],
        )
        whole = np.stack([weights.astype(np.float32) @ q for q in fit.q[self.first : last]])
        self.outer: Cube = np.asarray(whole - neighbour_field(self.ground.weights, self.q), np.float32)
        self.prior = fit.prior[inside] if self.first == 0 else fit.filtered[self.first - 1, inside]

    def solve(self, kept: NDArray[np.bool_]) -> NDArray[np.float32]:
        """Probabilities of the centre on the day, from the rows kept."""
        rows = self.rows.take(kept)
        value = row_evidence(rows, self.reliability, self.q.shape[2] - 1, self.settings)
        logs = place_evidence(
            rows,
            value,
            self.q.shape,
            spread=self.ground.spread,
            spread_share=self.settings.spread,
            max_evidence=self.settings.max_evidence,
        )
        told_of = news(
            self.ground.around,
            rows,
            value,
            self.filtered,
            self.prior,
            people=self.ground.people,
            settings=self.settings,
        )
        q, _, _ = couple(
            self.prior,
            logs,
            told_of,
            self.ground.weights,
            self.base,
            settings=self.settings,
            start=self.q,
            outer=self.outer,
            before=self.before,
        )
        return np.asarray(q[self.t, self.centre])

    def candidates(self, limit: int) -> list[int]:
        """Claims worth leaving out: those on the place first, then the strongest near it in space and time."""
        near = np.where(self.rows.direct, self.distance[self.rows.place], 0.0)
        on = (self.rows.place == self.centre) * 10.0
        strength = np.abs(self.value).max(axis=1) if len(self.rows) else np.zeros(0)
        late = np.abs(self.rows.day - self.t)
        bears = self.rows.direct | (self.rows.place == self.centre)
        score = bears * strength * (on + np.exp(-near / 8.0)) * np.exp(-late / 30.0)
        best: dict[int, float] = {}
        for claim, s in zip(self.rows.claim.tolist(), score.tolist(), strict=True):
            if s > best.get(claim, 0.0):
                best[claim] = s
        return sorted(best, key=lambda c: (-best[c], c))[:limit]

    def nearest(self, mine: NDArray[np.bool_]) -> int:
        """The row of a claim nearest to the place."""
        at = np.flatnonzero(mine)
        return int(at[np.argmin(self.distance[self.rows.place[at]])])

    def route(self, row: int) -> str:
        """How a row bears on the place."""
        if self.rows.route[row] == ON_THE_WAY:
            return "on the way"
        if self.rows.route[row] == AREA:
            return "area"
        if self.rows.route[row] == ON_MAP:
            return "map"
        return "names" if self.rows.place[row] == self.centre else "nearby"
