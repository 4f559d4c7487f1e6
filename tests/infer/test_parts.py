"""The parts of inference one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.infer.made import FIRST, THEATRE, claim, days, grid, halves
from whoholds.infer import InferSettings, add_day, explain, infer, nowcast, start_nowcast
from whoholds.infer.dynamics import forward_backward
from whoholds.infer.evidence import repeat_weights
from whoholds.infer.graph import front_distance_km, neighbour_weights, spread_weights
from whoholds.infer.meaning import read_claim, relation_of
from whoholds.infer.tables import bearings
from whoholds.model import EvidenceType, Kind, Stance

TABLE = grid()
BASE = halves(TABLE, 40.0)


def brute_force(prior: np.ndarray, likelihood: np.ndarray, hazard: np.ndarray) -> np.ndarray:
    """Marginals of one short chain by summing over every path."""
    n_days, n_states = likelihood.shape
    out = np.zeros((n_days, n_states))
    for path in np.ndindex(*(n_states,) * (n_days + 1)):
        p = prior[path[0]]
        for t in range(n_days):
            stay = 1 - hazard[t].sum()
            step = hazard[t][path[t + 1]] + (stay if path[t] == path[t + 1] else 0.0)
            p *= step * likelihood[t, path[t + 1]]
        for t in range(n_days):
            out[t, path[t + 1]] += p
    return out / out.sum(axis=1, keepdims=True)


def test_forward_backward_equals_the_sum_over_all_paths() -> None:
    rng = np.random.default_rng(3)
    prior = rng.dirichlet(np.ones(3), 2).astype(np.float32)
    likelihood = rng.uniform(0.1, 1, (5, 2, 3)).astype(np.float32)
    hazard = rng.uniform(0, 0.3, (5, 2, 3)).astype(np.float32)
    marginal, filtered = forward_backward(prior, likelihood, hazard)
    for i in range(2):
        assert np.allclose(marginal[:, i], brute_force(prior[i], likelihood[:, i], hazard[:, i]), atol=1e-4)
    assert np.allclose(filtered[-1], marginal[-1], atol=1e-5)


def test_neighbours_weigh_to_one_and_towns_weigh_more() -> None:
    xy = np.array([[0.0, 0.0], [1.0, 0.0], [-1.0, 0.0], [50.0, 0.0]])
    even = neighbour_weights(xy, n_neighbours=2, scale_km=4.0)
    assert np.allclose(even.sum(axis=1), 1.0)
    town = neighbour_weights(xy, n_neighbours=2, scale_km=4.0, importance=np.array([1.0, 3.0, 1.0, 1.0]))
    assert town[0, 1] > even[0, 1]
    assert neighbour_weights(xy[:1], n_neighbours=2, scale_km=4.0).nnz == 0


def test_evidence_spreads_near_and_not_far() -> None:
    xy = np.array([[0.0, 0.0], [2.0, 0.0], [40.0, 0.0]])
    spread = spread_weights(xy, reach_km=np.full(3, 3.0))
    assert 0 < spread[0, 1] < 1
    assert spread[0, 2] == 0
    assert spread[0, 0] == 0


def test_front_distance_is_to_the_nearest_other_state() -> None:
    xy = np.array([[0.0, 0.0], [3.0, 0.0], [7.0, 0.0]])
    assert np.allclose(front_distance_km(xy, np.array([0, 0, 1])), [7.0, 4.0, 4.0])
    assert np.isinf(front_distance_km(xy, np.zeros(3, int))).all()


def test_repeats_count_less_until_they_are_old() -> None:
    told = [claim(n, Kind.FIRE, "B", 5, d) for n, d in ((1, 0), (2, 1), (3, 2), (4, 15))]
    rows = bearings(TABLE, days(20), told, sides=("A", "B"), areas={})
    assert np.allclose(repeat_weights(rows, repeat=1.0, repeat_days=10), [1.0, 1 / 2, 1 / 3, 1.0])


def test_claims_before_the_first_day_and_after_the_last_are_left_out() -> None:
    told = [claim(1, Kind.FIRE, "B", 5, -9), claim(2, Kind.FIRE, "B", 5, -1), claim(3, Kind.FIRE, "B", 5, 9)]
    rows = bearings(TABLE, days(5), told, sides=("A", "B"), areas={})
    assert rows.claim.tolist() == [1]


def test_what_is_only_done_to_a_city_weighs_little() -> None:
    """A city changes hands in the open; a village attacked is as likely the other side's."""
    told = [claim(1, Kind.ATTACK, "A", 1, 0)]
    city = replace(TABLE, population=np.where(TABLE.ids == 1, 450_000.0, TABLE.population))
    village, town = (
        bearings(table, days(5), told, sides=("A", "B"), areas={}, city=50_000.0).weight for table in (TABLE, city)
    )
    assert town[0] == pytest.approx(village[0] / 10, rel=0.01)


def test_an_unknown_area_or_place_bears_on_nothing() -> None:
    told = [claim(1, Kind.LEAVE, "B", "nowhere", 1), claim(2, Kind.FIRE, "B", 999_999, 1)]
    assert len(bearings(TABLE, days(5), told, sides=("A", "B"), areas={})) == 0


@pytest.mark.parametrize(
    ("kind", "failed", "stance", "meaning"),
    [
        (Kind.GAIN, False, Stance.ASSERTED, "took"),
        (Kind.GAIN, True, Stance.ASSERTED, "failed"),
        (Kind.GAIN, False, Stance.DENIED, "denied"),
        (Kind.GAIN, False, Stance.PREDICTED, "not_yet"),
        (Kind.LEAVE, False, Stance.DENIED, "holds"),
        (Kind.LEAVE, False, Stance.PREDICTED, None),
        (Kind.ATTACK, True, Stance.ASSERTED, "failed"),
        (Kind.ATTACK, False, Stance.PREDICTED, None),
        (Kind.ADVANCE, False, Stance.ASSERTED, None),
        (Kind.ESCALATE, False, Stance.ASSERTED, None),
    ],
)
def test_readings(kind: Kind, failed: bool, stance: Stance, meaning: str | None) -> None:
    reading = read_claim(claim(1, kind, "A", 1, 0, failed=failed, stance=stance).claim, wide=False)
    assert (reading and reading.meaning) == meaning


def test_an_attack_on_a_region_says_nothing_of_its_places() -> None:
    assert read_claim(claim(1, Kind.FIRE, "A", "x", 0).claim, wide=True) is None
    assert read_claim(claim(1, Kind.LEAVE, "A", "x", 0).claim, wide=True) is not None


def test_who_gains_by_a_claim_or_a_picture_decides_the_relation() -> None:
    taken = claim(1, Kind.GAIN, "A", 1, 0, speaker_side="A").claim
    assert relation_of("took", taken) == "announces"
    assert relation_of("took", replace(taken, speaker_side="B")) == "concedes"
    assert relation_of("left", taken) == "concedes"
    assert relation_of("left", replace(taken, speaker_side=None)) == "observes"
    assert relation_of("took", replace(taken, stance=Stance.ACKNOWLEDGED)) == "concedes"
    seen = replace(taken, evidence=EvidenceType.VISUAL)
    assert relation_of("took", seen) == "shows"
    assert relation_of("took", replace(seen, stance=Stance.RUMOURED)) == "announces"
    assert relation_of("attacks", seen) == "concedes"


def test_one_claim_moves_a_village_more_readily_than_a_city() -> None:
    told = [claim(1, Kind.GAIN, "A", 111, 5)]
    city = replace(TABLE, population=np.where(TABLE.ids == 111, 450_000.0, TABLE.population))
    one, other = (
        infer(table, days(12), BASE, told, areas={}, theatre=THEATRE).prob[110, -1, 0] for table in (TABLE, city)
    )
    assert other < one


def test_leaving_a_decisive_claim_out_takes_its_effect_away() -> None:
    told = [claim(1, Kind.GAIN, "A", 111, 8), claim(2, Kind.GAIN, "A", 111, 9), claim(3, Kind.FIRE, "B", 20, 9)]
    series = infer(TABLE, days(15), BASE, told, areas={}, theatre=THEATRE)
    why = explain(series, 111, days(15)[12])
    by_claim = {e.claim_id: e for e in why.effects}
    assert why.status == "A"
    assert by_claim["c1"].change > 0.02
    assert by_claim["c1"].route == "names"
    assert abs(by_claim.get("c3", by_claim["c1"]).change) <= abs(why.effects[0].change)
    less = infer(TABLE, days(15), BASE, told[1:], areas={}, theatre=THEATRE)
    without = by_claim["c1"].without["A"]
    assert without == pytest.approx(float(less.prob[110, 12, 0]), abs=0.15)
    with pytest.raises(KeyError):
        explain(series, -5, FIRST)


def test_explaining_a_place_far_from_everything_has_no_claims() -> None:
    far = grid(columns=60)
    series = infer(far, days(3), halves(far, 40.0), [], areas={}, theatre=THEATRE)
    assert explain(series, 60, FIRST).effects == ()


def test_nowcast_knows_of_a_gain_only_once_it_is_told() -> None:
    told = [claim(n, Kind.GAIN, "A", 111, 8, known=10) for n in range(1, 4)]
    series = nowcast(TABLE, days(15), BASE, told, areas={}, theatre=THEATRE)
    later = infer(TABLE, days(15), BASE, told, areas={}, theatre=THEATRE)
    assert series.prob[110, 9, 0] < 0.5
    assert series.prob[110, 12, 0] > 0.5
    assert later.prob[110, 9, 0] > 0.5


def test_adding_days_one_by_one_equals_the_nowcast_and_later_claims_change_nothing_before() -> None:
    told = [claim(n, Kind.GAIN, "A", 100 + n, n) for n in range(1, 14)]
    whole = nowcast(TABLE, days(14), BASE, told, areas={}, theatre=THEATRE)
    settings = InferSettings()
    state = start_nowcast(TABLE, FIRST.replace(day=1) - (days(2)[1] - days(2)[0]), BASE, theatre=THEATRE)
    for t, day in enumerate(days(14)):
        new = [c for c in told if c.known_day == day]
        state, control = add_day(state, TABLE, new, areas={}, theatre=THEATRE, settings=settings)
        assert np.allclose(control.prob, whole.prob[:, t], atol=1e-6)
    short = nowcast(TABLE, days(7), BASE, told, areas={}, theatre=THEATRE)
    assert np.allclose(short.prob, whole.prob[:, :7], atol=1e-6)
