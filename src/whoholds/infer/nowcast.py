"""Each day as known on that day, one day added after another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from whoholds.infer import reliability as rel
from whoholds.infer.drawn import MapObservation
from whoholds.infer.dynamics import Cube
from whoholds.infer.meaning import Cell
from whoholds.infer.series import ControlSeries, Fit, Ground, assemble, fit_rows, lay_ground, local
from whoholds.infer.settings import InferSettings
from whoholds.infer.tables import EARLY_DAYS, Bearings, PlaceTable, bearings
from whoholds.model import PlacedClaim, Theatre


@dataclass(frozen=True, slots=True, kw_only=True)
class NowcastState:
    """All that adding a day needs of the days before: nothing in it was known later than `day`.

    Attributes
    ----------
    day : date
        The last day added.
    first : date
        The first day of the window that adding a day reads anew.
    prior : (n_places, n_states) float32
        Probabilities on the day before the window, from what was known when that day left it.
    pending : tuple of PlacedClaim
        Claims valid in the window.
    maps : tuple of MapObservation
        Maps of days in the window.
    learned : mapping of Cell to (float, float)
        Claims that left the window: expected to hold, and all.
    ground : Ground
        Its active places are those ever near a front or a claim.
    opening : bool
        Whether the window still begins with the first day of all.
    """

    day: date
    first: date
    base: tuple[str, ...]
    prior: Cube
    pending: tuple[PlacedClaim, ...] = ()
    maps: tuple[MapObservation, ...] = ()
    learned: Mapping[Cell, tuple[float, float]] = field(default_factory=dict)
    ground: Ground | None = None
    opening: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DayControl:
    """One day as known on that day: the last day of a small series over the window."""

    day: date
    series: ControlSeries

    @property
    def prob(self) -> NDArray[np.float32]:
        """(n_places, n_states) probabilities."""
        return self.series.prob[:, -1]


def start_nowcast(
    places: PlaceTable,
    day_before: date,
    base: Sequence[str],
    *,
    theatre: Theatre,
    settings: InferSettings | None = None,
) -> NowcastState:
    """The state before the first day: the base, and nothing learned."""
    empty = bearings(places, [day_before], [], sides=theatre.side_keys, areas={})
    ground = lay_ground(places, base, empty, theatre, settings or InferSettings())
    return NowcastState(
        day=day_before, first=day_before + timedelta(days=1), base=tuple(base), prior=ground.base, ground=ground
    )


def add_day(
    state: NowcastState,
    places: PlaceTable,
    claims: Iterable[PlacedClaim],
    *,
    areas: Mapping[str, Any],
    theatre: Theatre,
    settings: InferSettings | None = None,
    maps: Sequence[MapObservation] = (),
    superseded: Collection[str] = (),
) -> tuple[NowcastState, DayControl]:
    """Add the next day, from the claims first known on it.

    The last `window_days` days are read anew with the new claims, from the filtered probabilities of the day before
    them; older days stay as they were left, and claims of such days count no more. Reliabilities are those learned
    from claims that have left the window.

    Parameters
    ----------
    state : NowcastState
    places : PlaceTable
    claims : iterable of PlacedClaim
        Those with `known_day` on the new day (claims known later are ignored).
    maps : sequence of MapObservation
        Likewise.
    superseded : collection of str
        Reports of which a newer version became known on the new day: what they said before counts no more. What has
        left the window stays as it was left.
    """
    settings = settings or InferSettings()
    day = state.day + timedelta(days=1)
    days = tuple(state.first + timedelta(days=n) for n in range((day - state.first).days + 1))
    new = [c for c in claims if c.known_day <= day]
    early = timedelta(days=EARLY_DAYS if state.opening else 0)
    stand = [c for c in state.pending if c.claim.report_id not in superseded]
    pending = tuple(c for c in (*stand, *new) if c.valid_day >= state.first - early)
    shown = tuple(m for m in (*state.maps, *maps) if m.known_day <= day and m.day >= state.first - early)
    sides = theatre.side_keys
    air = frozenset(x.key for x in theatre.sides if not x.holds_ground)
    rows = bearings(
        places,
        days,
        pending,
        sides=sides,
        areas=areas,
        trust=settings.scope_trust,
        maps=shown,
        landless=air,
        city=settings.city,
    )
    ground = state.ground
    if ground is None or (ground.row[rows.place[rows.direct]] < 0).any() or _area_moves(ground, rows):
        ground = lay_ground(places, state.base, rows, theatre, settings, keep=None if ground is None else ground.active)
    here = local(ground, rows)
    learned = rel.Counts(
        holds=np.array([state.learned.get(c, (0.0, 0.0))[0] for c in here.cells]),
        total=np.array([state.learned.get(c, (0.0, 0.0))[1] for c in here.cells]),
    )
    fit = fit_rows(ground, here, len(days), settings, prior=state.prior[ground.active], learned=learned)
    series = assemble(places, days, sides, fit)
    away = np.setdiff1d(np.arange(len(places)), ground.active, assume_unique=True)
    series.prob[away] = state.prior[away][:, None]
    out = DayControl(day=day, series=series)
    after = replace(state, day=day, pending=pending, maps=shown, ground=ground)
    if len(days) >= settings.window_days:
        after = _shift(after, fit)
    return after, out


def _area_moves(ground: Ground, rows: Bearings) -> bool:
    """Whether an area's claim speaks against the base of a place not yet active."""
    idle = ~rows.direct & (ground.row[rows.place] < 0)
    if not idle.any():
        return False
    p = ground.base[rows.place[idle], rows.side[idle]]
    return bool((p < 0.5).any())


def _shift(state: NowcastState, fit: Fit) -> NowcastState:
    """Let the window's first day go: keep its filtered probabilities and what its claims taught."""
    ground = fit.ground
    prior = state.prior.copy()
    prior[ground.active] = fit.filtered[0]
    gone = fit.rows.day == 0
    counts = rel.count(fit.rows.take(gone), fit.q, on_map=ground.on_map)
    learned = dict(state.learned)
    for cell, holds, total in zip(fit.rows.cells, counts.holds.tolist(), counts.total.tolist(), strict=True):
        if total > 0:
            before = learned.get(cell, (0.0, 0.0))
            learned[cell] = (before[0] + holds, before[1] + total)
    first = state.first + timedelta(days=1)
    pending = tuple(c for c in state.pending if c.valid_day >= first)
    maps = tuple(m for m in state.maps if m.day >= first)
    return replace(state, first=first, prior=prior, learned=learned, pending=pending, maps=maps, opening=False)


def nowcast(
    places: PlaceTable,
    days: Sequence[date],
    base: Sequence[str],
    claims: Sequence[PlacedClaim],
    *,
    areas: Mapping[str, Any],
    theatre: Theatre,
    settings: InferSettings | None = None,
    maps: Sequence[MapObservation] = (),
    superseded: Mapping[date, Collection[str]] = MappingProxyType({}),
) -> ControlSeries:
    """Each day as known on that day; arguments as `infer.infer`.

    `superseded` are the reports of which a newer version became known on a day: the claims of the older one, among
    `claims` with its known day, count until then.

    The series' `fit` and `reliability` are the last day's.
    """
    settings = settings or InferSettings()
    by_day: dict[date, list[PlacedClaim]] = {}
    for c in claims:
        by_day.setdefault(max(c.known_day, days[0]), []).append(c)
    state = start_nowcast(places, days[0] - timedelta(days=1), base, theatre=theatre, settings=settings)
    n_states = len(theatre.side_keys) + 1
    prob = np.zeros((len(places), len(days), n_states), np.float32)
    basis = np.zeros((len(places), len(days)), np.int8)
    count = np.zeros((len(places), len(days)), np.int16)
    last: DayControl | None = None
    for t, day in enumerate(days):
        new = by_day.get(day, ())
        drawn = [m for m in maps if max(m.known_day, days[0]) == day]
        state, last = add_day(
            state, places, new, areas=areas, theatre=theatre, settings=settings, maps=drawn,
            superseded=superseded.get(day, ()),
        )  # fmt: skip
        prob[:, t], basis[:, t] = last.prob, last.series.basis[:, -1]
        count[:, t] = last.series.n_claims[:, -1]
    if last is None:
        raise ValueError("a nowcast needs at least one day")
    return replace(last.series, days=tuple(days), prob=prob, basis=basis, n_claims=count)
