"""What a run over made-up ground shows of the model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import shapely

from tests.infer.made import FIRST, THEATRE, claim, days, grid, halves
from whoholds.infer import BASES, ControlSeries, InferSettings, infer
from whoholds.model import Basis, EvidenceType, Kind, PlacedClaim, Stance

TABLE = grid()
BASE = halves(TABLE, 40.0)
"""A holds columns 0 to 9 of every row, B 10 to 19; place 20 * row + column + 1."""


def at(row: int, column: int) -> int:
    """The id of a place of the grid."""
    return 20 * row + column + 1


def run(claims: list[PlacedClaim], n_days: int = 20, **areas: shapely.Geometry) -> ControlSeries:
    """Infer over the grid."""
    return infer(TABLE, days(n_days), BASE, claims, areas=areas, theatre=THEATRE)


def p_of(series: ControlSeries, place: int, day: int, side: str = "A") -> float:
    """Probability that the side holds the place on day number `day`."""
    return float(series.prob[place - 1, day, series.states.index(side)])


def test_without_claims_the_base_is_carried() -> None:
    series = run([])
    assert [series.states[k] for k in series.status_index()[:, -1]] == BASE
    assert set(np.unique(series.basis)) == {BASES.index(Basis.CARRIED)}
    assert not series.n_claims.any()


def test_probabilities_sum_to_one_and_stay_inside() -> None:
    series = run([claim(1, Kind.GAIN, "A", at(5, 10), 5), claim(2, Kind.FIRE, "B", at(5, 9), 6)])
    assert np.allclose(series.prob.sum(axis=2), 1.0, atol=1e-5)
    assert (series.prob >= 0).all()


def test_gains_told_by_two_witnesses_at_the_front_turn_a_place() -> None:
    gains = [claim(n, Kind.GAIN, "A", at(5, 10), 8) for n in (1, 2)]
    series = run(gains)
    assert p_of(series, at(5, 10), 12) > 0.5
    assert p_of(series, at(5, 10), 1) < 0.5
    assert series.basis[at(5, 10) - 1, 8] == BASES.index(Basis.OBSERVED)


def test_a_failed_attack_speaks_for_the_defender() -> None:
    gain = claim(1, Kind.GAIN, "A", at(5, 10), 8)
    failed = [claim(n, Kind.ATTACK, "A", at(5, 10), 8 + n, failed=True) for n in range(2, 7)]
    assert p_of(run([gain, *failed]), at(5, 10), 19) < p_of(run([gain]), at(5, 10), 19)


def test_shelling_by_a_side_speaks_against_its_holding_the_place() -> None:
    gain = claim(1, Kind.GAIN, "A", at(5, 10), 8)
    fire = claim(2, Kind.FIRE, "A", at(5, 10), 10)
    assert p_of(run([gain, fire]), at(5, 10), 19) < p_of(run([gain]), at(5, 10), 19)


def test_fighting_inside_raises_contested() -> None:
    inside = [claim(n, Kind.ENTER, "A", at(5, 10), 8) for n in (1, 2)]
    assert p_of(run(inside), at(5, 10), 8, "contested") > p_of(run([]), at(5, 10), 8, "contested")


def test_a_concession_weighs_more_than_an_announcement() -> None:
    conceded = claim(1, Kind.LEAVE, "B", at(5, 10), 8, speaker_side="B", group="B/official/statement")
    announced = claim(1, Kind.LEAVE, "B", at(5, 10), 8, speaker_side="A", group="A/official/statement")
    assert p_of(run([conceded]), at(5, 10), 12) > p_of(run([announced]), at(5, 10), 12)


def test_a_dated_picture_and_the_leavers_own_word_turn_a_place_behind_the_front() -> None:
    place = at(5, 12)
    said = claim(1, Kind.HOLD, "A", place, 8)
    shown = replace(said, claim=replace(said.claim, evidence=EvidenceType.VISUAL))
    district = f"district:{place}"
    left = claim(2, Kind.LEAVE, "B", district, 8, speaker_side="B", stance=Stance.ACKNOWLEDGED)
    by_others = claim(2, Kind.LEAVE, "B", district, 8)
    around = shapely.Point(TABLE.lon[place - 1], TABLE.lat[place - 1]).buffer(10 / 111.2)
    both = run([shown, left], **{district: around})
    assert p_of(both, place, 12) > 0.8
    assert p_of(both, at(5, 19), 12) < 0.5
    assert p_of(run([said, by_others], **{district: around}), place, 12) < 0.5
    assert p_of(run([shown]), place, 12) > 3 * p_of(run([said]), place, 12)


def test_echoes_of_one_witness_count_once() -> None:
    one = run([claim(1, Kind.GAIN, "A", at(5, 10), 8, witness="w")])
    many = run([claim(n, Kind.GAIN, "A", at(5, 10), 8, witness="w") for n in range(1, 9)])
    others = run([claim(n, Kind.GAIN, "A", at(5, 10), 8) for n in range(1, 9)])
    assert p_of(one, at(5, 10), 12) == pytest.approx(p_of(many, at(5, 10), 12), abs=1e-6)
    assert p_of(others, at(5, 10), 12) > p_of(many, at(5, 10), 12)


def test_a_region_left_turns_the_places_inside() -> None:
    east = shapely.box(40 / 111.2 - 1e-6, -1, 60 / 111.2, 1)
    bank = "theatre:east-bank"
    told = [claim(n, Kind.LEAVE, "B", bank, 8, speaker_side=s) for n, s in ((1, "B"), (2, "A"), (3, None))]
    series = run(told, **{bank: east})
    assert p_of(series, at(5, 12), 15) > 0.5
    assert p_of(series, at(5, 18), 15) < 0.5
    assert series.basis[at(5, 12) - 1, 8] == BASES.index(Basis.INFERRED)


def test_villages_on_the_way_to_a_town_taken_follow_it() -> None:
    town = [claim(10 * n + k, Kind.GAIN, "A", at(5, 15), 8 + n, group=f"g{k}") for n in range(3) for k in range(4)]
    series = run(town)
    assert p_of(series, at(5, 15), 15) > 0.5
    assert p_of(series, at(5, 12), 15) > 0.5
    assert p_of(series, at(5, 12), 15) > p_of(series, at(0, 12), 15)


def test_denied_predicted_and_unsided_claims_take_nothing() -> None:
    place = at(5, 10)
    before = p_of(run([]), place, 12)
    assert p_of(run([claim(1, Kind.GAIN, "A", place, 8, stance=Stance.DENIED)]), place, 12) <= before
    assert p_of(run([claim(1, Kind.GAIN, "A", place, 8, stance=Stance.PREDICTED)]), place, 12) <= before
    assert p_of(run([claim(1, Kind.GAIN, None, place, 8)]), place, 12) == pytest.approx(before)


def test_a_hedged_claim_weighs_less() -> None:
    place = at(5, 10)
    sure = p_of(run([claim(1, Kind.GAIN, "A", place, 8)]), place, 12)
    assert p_of(run([claim(1, Kind.GAIN, "A", place, 8, hedged=True)]), place, 12) < sure


def test_what_became_known_later_does_not_bear_on_as_known_on() -> None:
    late = [claim(n, Kind.GAIN, "A", at(5, 10), 8, known=15) for n in range(1, 4)]
    known_on = infer(TABLE, days(20), BASE, late, areas={}, theatre=THEATRE, known_on=days(15)[-1])
    assert np.array_equal(known_on.prob, run([]).prob)
    assert p_of(run(late), at(5, 10), 9) > 0.5


def test_the_order_of_claims_does_not_matter() -> None:
    told = [claim(n, Kind.GAIN, "A", at(n, 10), 5 + n) for n in range(1, 8)]
    assert np.allclose(run(told).prob, run(told[::-1]).prob, atol=1e-5)


def test_an_estimate_is_a_noun_with_its_basis() -> None:
    series = run([claim(1, Kind.HOLD, "A", at(5, 9), 3)])
    estimate = series.estimate(at(5, 9), days(4)[3], days(4)[3])
    assert (estimate.status, estimate.basis, estimate.n_claims) == ("A", Basis.OBSERVED, 1)
    with pytest.raises(KeyError):
        series.estimate(-1, FIRST, FIRST)


def test_contested_and_unknown_bases_are_open() -> None:
    base = ["contested" if i == 0 else "unknown" if i == 1 else s for i, s in enumerate(BASE)]
    series = infer(TABLE, days(2), base, [], areas={}, theatre=THEATRE)
    assert series.prob[0, 0, 2] > 0.1
    assert np.allclose(series.prob[1, 0, :2], series.prob[1, 0, 0], atol=0.05)


def test_more_rounds_learn_that_a_lying_group_lies() -> None:
    lies = [
        claim(100 * r + c, Kind.GAIN, "A", at(r, c), 3 + c % 5, speaker_side="A", group="A/official/statement")
        for r in range(10)
        for c in range(14, 20)
    ]
    denials = [
        claim(5000 + 100 * r + 10 * c + k, Kind.FIRE, "A", at(r, c), 9 + k)
        for r in range(10)
        for c in range(14, 20)
        for k in range(8)
    ]
    settings = InferSettings(prior_strength=20.0, em_rounds=6)
    series = infer(TABLE, days(20), BASE, [*lies, *denials], areas={}, theatre=THEATRE, settings=settings)
    row = next(r for r in series.reliability if r.cell.meaning == "took")
    assert row.mean < settings.prior_reliability["took", "announces"]
    assert row.low < row.mean < row.high
