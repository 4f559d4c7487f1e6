"""Who holds each place each day: the whole model, once over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.spatial import cKDTree

from whoholds.infer import reliability as rel
from whoholds.infer.corridors import on_the_way
from whoholds.infer.drawn import MapObservation
from whoholds.infer.dynamics import Cube, couple
from whoholds.infer.evidence import place_evidence, row_evidence
from whoholds.infer.graph import crowd, front_distance_km, neighbour_weights, spread_weights
from whoholds.infer.meaning import FOR_SIDE, MEANINGS
from whoholds.infer.news import news
from whoholds.infer.settings import InferSettings
from whoholds.infer.tables import ON_THE_WAY, Bearings, PlaceTable, bearings
from whoholds.model import CONTESTED, UNKNOWN, Basis, ControlEstimate, PlacedClaim, Theatre

_FOR = np.array([m in FOR_SIDE for m in MEANINGS])
TOGETHER_KM = 10.0
"""Errors of a map within this distance [km] hang together and count as one: the length over which the differences of
three map-makers do (see `geometry.areas`)."""
FRONT_KM = 25.0
"""Only what a map shows within this of the base's front [km] tells how far its maker can be relied on."""
ACTIVE_KM = 50.0
"""Places further than this [km] from the base's front and from every claim keep the base: nothing bears on them."""

BASES = (Basis.CARRIED, Basis.INFERRED, Basis.OBSERVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSeries:
    """Control of every place on every day.

    Attributes
    ----------
    places : PlaceTable
    days : tuple of date
    sides : tuple of str
        The first columns of `prob`; the last is contested.
    prob : (n_places, n_days, n_sides + 1) float32
        Sums to one.
    basis : (n_places, n_days) int8
        Index into `BASES`.
    n_claims : (n_places, n_days) int16
        Claims valid that day that name the place or a region it lies in.
    reliability : tuple of ReliabilityRow
    fit : Fit
        What the estimates rest on, for explanations and for going on from here.
    """

    places: PlaceTable
    days: tuple[date, ...]
    sides: tuple[str, ...]
    prob: NDArray[np.float32]
    basis: NDArray[np.int8]
    n_claims: NDArray[np.int16]
    reliability: tuple[rel.ReliabilityRow, ...]
    fit: Fit

    @property
    def states(self) -> tuple[str, ...]:
        """The sides, then contested."""
        return (*self.sides, CONTESTED)

    def status_index(self) -> NDArray[np.int8]:
        """(n_places, n_days) the likeliest state."""
        return np.asarray(self.prob.argmax(axis=2), np.int8)

    def estimate(self, place_id: int, day: date, known_day: date) -> ControlEstimate:
        """One place and day as a noun.

        Raises
        ------
        KeyError
            The place or day is not in the series.
        """
        rows = np.flatnonzero(self.places.ids == place_id)
        if not len(rows) or day not in self.days:
            raise KeyError((place_id, day))
        i, t = int(rows[0]), self.days.index(day)
        p = self.prob[i, t]
        return ControlEstimate(
            place_id=place_id,
            day=day,
            known_day=known_day,
            status=self.states[int(p.argmax())],
            probabilities={s: float(v) for s, v in zip(self.states, p, strict=True)},
            basis=BASES[int(self.basis[i, t])],
            n_claims=int(self.n_claims[i, t]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What does not change with the claims: the active places, their neighbours and their state on the base day.

    Attributes
    ----------
    active : (n_active,) int64
        Rows of the place table.
    row : (n_places,) int32
        The other way; -1 where not active.
    base : (n_places, n_states) float32
    xy_km : (n_active, 2) float64
    weights, spread, around : csr_matrix
        Between active places: neighbours' pull, shared evidence, and the reach of an offensive.
    on_map : (n_active,) float64
        How much each place counts when a map is judged; errors of places near each other are one.
    people : (n_active,) float64
        Population.
    """

    active: NDArray[np.int64]
    row: NDArray[np.int32]
    base: Cube
    xy_km: NDArray[np.float64]
    weights: csr_matrix
    spread: csr_matrix
    around: csr_matrix
    on_map: NDArray[np.float64]
    people: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """The fitted model over the active places; arrays are (n_days, n_active, ...)."""

    ground: Ground
    rows: Bearings
    value: NDArray[np.float64]
    prior: Cube
    logs: Cube
    hazard: Cube
    q: Cube
    filtered: Cube
    reliability: NDArray[np.float64]
    counts: rel.Counts
    settings: InferSettings


def infer(
    places: PlaceTable,
    days: Sequence[date],
    base: Sequence[str],
    claims: Sequence[PlacedClaim],
    *,
    areas: Mapping[str, Any],
    theatre: Theatre,
    settings: InferSettings | None = None,
    known_on: date | None = None,
    maps: Sequence[MapObservation] = (),
) -> ControlSeries:
    """Infer who holds each place each day.

    1. Read each claim into the places it bears on (`tables.bearings`).
    2. Weigh it by the reliability of its kind and speakers (`evidence`), shared with villages beside.
    3. Run a hidden Markov chain a place, coupled to its neighbours (`dynamics.couple`), faster in an offensive.
    4. Judge each claim by what the rest says, and re-estimate the reliabilities (`reliability`); again from 2.

    Parameters
    ----------
    places : PlaceTable
    days : sequence of date
        Ascending, without gaps; the base holds on the day before the first.
    base : sequence of str
        (n_places,) a side's key, "contested" or "unknown".
    claims : sequence of PlacedClaim
    areas : mapping of str to shapely geometry
    theatre : Theatre
    known_on : date, optional
        Leave out every claim and map known only later. All where missing.
    maps : sequence of MapObservation
        Map-makers' maps of the same places, each as sure as its maker is found to be.
    """
    settings = settings or InferSettings()
    days = tuple(days)
    sides = theatre.side_keys
    if known_on is not None:
        claims = [c for c in claims if c.known_day <= known_on]
        maps = [m for m in maps if m.known_day <= known_on]
    air = frozenset(x.key for x in theatre.sides if not x.holds_ground)
    rows = bearings(
        places,
        days,
        claims,
        sides=sides,
        areas=areas,
        trust=settings.scope_trust,
        maps=maps,
        landless=air,
        city=settings.city,
    )
    ground = lay_ground(places, base, rows, theatre, settings)
    fit = fit_rows(ground, local(ground, rows), len(days), settings)
    return assemble(places, days, sides, fit)


def lay_ground(
    places: PlaceTable,
    base: Sequence[str],
    rows: Bearings,
    theatre: Theatre,
    settings: InferSettings,
    *,
    keep: NDArray[np.int64] | None = None,
) -> Ground:
    """The active places, their neighbours, and the base as probabilities; places of `keep` are active in any case."""
    xy, sides = places.xy_km, theatre.side_keys
    n, states = len(places), len(sides) + 1
    able = np.array([*(s.holds_ground for s in theatre.sides), True])
    index = {**{s: k for k, s in enumerate(sides)}, CONTESTED: len(sides), UNKNOWN: states}
    status = np.array([index.get(str(s), states) for s in base], dtype=np.int64)
    near = front_distance_km(xy, status)
    error = settings.base_error_far + (settings.base_error - settings.base_error_far) * np.exp(-near / 10.0)
    prob = error[:, None] * able[None] / max(able.sum() - 1, 1)
    prob[:, -1] = np.minimum(prob[:, -1], 0.2 * error)
    decided = status < len(sides)
    prob[decided, status[decided]] = 1 - error[decided]
    prob[status == len(sides)] = np.append(0.7 * able[:-1] / able[:-1].sum(), 0.3)
    prob[status == states] = able / able.sum()
    prob /= prob.sum(axis=1, keepdims=True)
    active = near <= ACTIVE_KM
    named = np.unique(rows.place[rows.direct])
    if len(named):
        active |= cKDTree(xy[named]).query(xy)[0] <= 2 * settings.activity_km / 3
    moved = ~rows.direct & (prob[rows.place, rows.side] < 0.5) & _FOR[rows.meaning]
    moved |= ~rows.direct & (prob[rows.place, rows.side] > 0.5) & ~_FOR[rows.meaning]
    active[rows.place[moved]] = True
    if keep is not None:
        active[keep] = True
    at = np.flatnonzero(active)
    back = np.full(n, -1, np.int32)
    back[at] = np.arange(len(at))
    size = np.log10(np.maximum(places.population[at], 1.0) / 100.0).clip(0)
    return Ground(
        active=at,
        row=back,
        base=prob.astype(np.float32),
        xy_km=xy[at],
        weights=neighbour_weights(
            xy[at],
            n_neighbours=settings.n_neighbours,
            scale_km=settings.scale_km,
            importance=1 + size,
            own_weight=settings.own_weight,
            apart=lambda one, two: np.where(places.apart(at[one], at[two]), settings.across_river, 1.0),
        ),
        spread=spread_weights(xy[at], reach_km=settings.spread_km + settings.spread_town_km * size),
        around=spread_weights(
            xy[at], reach_km=np.full(len(at), settings.activity_km), max_km=1.5 * settings.activity_km
        ),
        people=places.population[at],
        on_map=(near[at] <= FRONT_KM) / crowd(xy[at], TOGETHER_KM),
    )


def local(ground: Ground, rows: Bearings) -> Bearings:
    """The rows of active places, counted among those."""
    kept = rows.take(ground.row[rows.place] >= 0)
    return Bearings(**{f: getattr(kept, f) for f in Bearings.__slots__ if f != "place"}, place=ground.row[kept.place])


def fit_rows(
    ground: Ground,
    rows: Bearings,
    n_days: int,
    settings: InferSettings,
    *,
    prior: Cube | None = None,
    learned: rel.Counts | None = None,
    rounds: int | None = None,
) -> Fit:
    """Expectation maximisation over the rows of active places.

    Parameters
    ----------
    prior : (n_active, n_states) float32, optional
        Probabilities on the day before the first; the base where missing.
    learned : Counts, optional
        Claims judged before these rows.
    """
    base = ground.base[ground.active]
    n_states = base.shape[1]
    n_sides = n_states - 1
    prior = base if prior is None else prior
    before = learned or rel.Counts.none(len(rows.cells))
    counts = before
    q = np.repeat(prior[None], n_days, axis=0)
    filtered = q
    told = rows
    for _ in range(settings.em_rounds if rounds is None else rounds):
        rows = on_the_way(told, ground.xy_km, q, filtered, prior, settings=settings)
        reliability = rel.estimate(rows.cells, counts, settings)
        value = row_evidence(rows, reliability, n_sides, settings)
        logs = place_evidence(
            rows,
            value,
            (n_days, len(base), n_states),
            spread=ground.spread,
            spread_share=settings.spread,
            max_evidence=settings.max_evidence,
        )
        told_of = news(ground.around, rows, value, filtered, prior, people=ground.people, settings=settings)
        q, filtered, hazard = couple(prior, logs, told_of, ground.weights, base, settings=settings, start=q)
        counts = before.plus(rel.count(rows, q, on_map=ground.on_map))
    return Fit(
        ground=ground,
        rows=rows,
        value=value,
        prior=prior,
        logs=logs,
        hazard=hazard,
        q=q,
        filtered=filtered,
        reliability=reliability,
        counts=counts,
        settings=settings,
    )


def assemble(places: PlaceTable, days: tuple[date, ...], sides: tuple[str, ...], fit: Fit) -> ControlSeries:
    """The fit of active places and the base of the others, as one series."""
    ground, n_days = fit.ground, len(days)
    prob = np.repeat(ground.base[:, None, :], n_days, axis=1)
    prob[ground.active] = fit.q.transpose(1, 0, 2)
    basis = np.zeros((len(places), n_days), np.int8)
    claims = np.zeros((n_days, len(ground.active)), np.int32)
    named = np.zeros_like(claims)
    np.add.at(claims, (fit.rows.day, fit.rows.place), fit.rows.route != ON_THE_WAY)
    np.add.at(named, (fit.rows.day, fit.rows.place), fit.rows.direct)
    moved = np.abs(np.diff(np.concatenate([ground.base[ground.active][None], fit.q]), axis=0)).max(axis=2)
    told = np.where(named > 0, 2, np.where((moved > 0.01) | (claims > 0), 1, 0))
    basis[ground.active] = told.T
    count = np.zeros((len(places), n_days), np.int16)
    count[ground.active] = np.minimum(claims, 32767).T
    return ControlSeries(
        places=places,
        days=days,
        sides=tuple(sides),
        prob=prob,
        basis=basis,
        n_claims=count,
        reliability=rel.table(fit.rows.cells, fit.counts, fit.settings),
        fit=fit,
    )
