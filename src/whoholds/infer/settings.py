"""The constants of the model, each with how it was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

PRIOR_RELIABILITY: Mapping[tuple[str, str], float] = {
    ("took", "observes"): 0.85,
    ("took", "announces"): 0.80,
    ("took", "concedes"): 0.95,
    ("holds", "observes"): 0.75,
    ("holds", "announces"): 0.70,
    ("holds", "concedes"): 0.85,
    ("inside", "observes"): 0.60,
    ("inside", "announces"): 0.60,
    ("inside", "concedes"): 0.70,
    ("left", "observes"): 0.80,
    ("left", "announces"): 0.75,
    ("left", "concedes"): 0.90,
    ("failed", "observes"): 0.70,
    ("failed", "announces"): 0.70,
    ("failed", "concedes"): 0.75,
    ("attacks", "observes"): 0.60,
    ("attacks", "announces"): 0.60,
    ("attacks", "concedes"): 0.60,
    ("fires", "observes"): 0.70,
    ("fires", "announces"): 0.65,
    ("fires", "concedes"): 0.70,
    ("deploys", "observes"): 0.60,
    ("deploys", "announces"): 0.60,
    ("deploys", "concedes"): 0.60,
    ("not_yet", "observes"): 0.65,
    ("not_yet", "announces"): 0.60,
    ("not_yet", "concedes"): 0.60,
    ("denied", "observes"): 0.70,
    ("denied", "announces"): 0.60,
    ("denied", "concedes"): 0.70,
    ("took", "shows"): 0.90,
    ("holds", "shows"): 0.92,
    ("inside", "shows"): 0.65,
    ("left", "shows"): 0.85,
    ("drawn", "observes"): 0.95,
}
"""By meaning and relation: how often such a claim of a named place holds, before anything is learned."""


SCOPE_TRUST: Mapping[str, float] = {
    "place": 1.0,
    "map": 1.0,
    "bank": 0.8,
    "district": 0.4,
    "centre": 0.8,
    "from": 0.4,
    "part": 0.6,
    "admin1": 0.8,
    "region": 0.6,
    "direction": 0.4,
    "toward": 0.4,
    "feature": 0.1,
    "some district": 0.05,
    "some from": 0.05,
    "some part": 0.05,
    "some admin1": 0.1,
    "some region": 0.0,
    "some direction": 0.0,
    "some toward": 0.0,
}
"""By scope: how much of a named place's reliability a claim of an area keeps for each place inside. "Withdrew from the
west bank" means all of it, "almost all of the oblast" nearly; "gains in the oblast" leave open which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InferSettings:
    """Constants of the model; `docs/explanation/control.md` tells how they were chosen.

    Attributes
    ----------
    base_error : float
        Probability that the base is wrong about a place at the front, falling to `base_error_far` far from it.
    switch_quiet, switch_offensive : float
        Probability a day that a place takes over its neighbours' side, in quiet and in an offensive [1/day].
    switch_named : float
        Probability a day that a place goes over whose change is told of itself, whatever its neighbours are [1/day].
    named_gain : float
        How much one certain claim of its change adds to that.
    switch_floor : float
        Share of switches that go to a side no neighbour has: the airborne landing, the misdrawn base.
    foothold : float
        Share of the neighbours that the attacker must have before an offensive carries to a place.
    push_floor : float
        Share of an offensive's push that a place without such neighbours feels.
    switch_enveloped : float
        Probability a day that a place follows once its surroundings have gone over [1/day].
    enveloped, enveloped_since : float
        Share of the neighbours that counts as its surroundings, and how much of that must be new since the base.
    n_neighbours, scale_km : int, float
        How many neighbours count, and over what distance their weight falls [km].
    own_weight : float
        Weight of a place's own state among its neighbours', beside a neighbour that is no way off.
    across_river : float
        Weight of a neighbour on the other bank, beside one on this.
    spread : float
        Share of the evidence on a place that bears on a village beside it.
    spread_km, spread_town_km : float
        How far [km] that carries from a village, and how much further for each tenfold of population over 100.
    activity_km, activity_days : float
        How far an offensive reaches around the claims of change [km, day].
    activity_gain : float
        How much one certain claim of change adds to it.
    corridor : float
        Weight of a claim on the places on the way to the place it names, beside that place's own.
    corridor_excess : float
        How much longer than straight the way over a place may be, as a share of the way.
    corridor_min_km, corridor_max_km : float
        Ways shorter or longer than this [km] say nothing.
    corridor_days : int
        The taker's ground is that of so many days before [day].
    activity_area : float
        How much of an offensive a claim of an area makes in each place inside, beside one that names a place.
    max_evidence : float
        Claims of one day on one place add up to no more than this [nat]: their errors are not independent.
    repeat : float
        A claim repeating the same meaning within `repeat_days` counts 1/(1 + repeat * number before).
    area_scale : float
        Weight of an area's claim on each place inside, beside a claim that names it.
    city : float
        Population at which what is done to a place (attacked, shelled) counts half: a city changes hands in the open,
        its outskirts are fought over for years, and "shelling in Donetsk" is as often the region's.
    city_news : float
        Population at which one claim that a place changed hands makes half as much of `switch_named`: the fall of a
        city is told by many, so that one claim alone is rather misread.
    prior_strength : float
        Pseudo-claims behind a prior reliability.
    em_rounds, sweeps : int
        Rounds of expectation maximisation, and mean-field sweeps in each.
    window_days : int
        Days re-read when one is added to the nowcast.
    """

    base_error: float = 0.004
    base_error_far: float = 0.0005
    switch_quiet: float = 0.001
    switch_offensive: float = 0.5
    switch_named: float = 0.15
    named_gain: float = 0.5
    switch_floor: float = 0.2
    foothold: float = 0.45
    push_floor: float = 0.0
    switch_enveloped: float = 0.4
    enveloped: float = 0.85
    enveloped_since: float = 0.25
    n_neighbours: int = 12
    scale_km: float = 4.0
    own_weight: float = 0.02
    across_river: float = 0.1
    spread: float = 0.1
    spread_km: float = 3.0
    spread_town_km: float = 1.0
    activity_km: float = 20.0
    activity_days: float = 1.5
    activity_gain: float = 0.5
    corridor: float = 0.5
    corridor_excess: float = 0.6
    corridor_min_km: float = 4.0
    corridor_max_km: float = 60.0
    corridor_days: int = 3
    activity_area: float = 0.6
    max_evidence: float = 6.0
    repeat: float = 1.0
    repeat_days: int = 10
    area_scale: float = 1.0
    city: float = 50_000.0
    city_news: float = 100_000.0
    prior_strength: float = 300.0
    em_rounds: int = 3
    sweeps: int = 4
    window_days: int = 10
    scope_trust: Mapping[str, float] = field(default_factory=lambda: dict(SCOPE_TRUST))
    prior_reliability: Mapping[tuple[str, str], float] = field(default_factory=lambda: dict(PRIOR_RELIABILITY))
