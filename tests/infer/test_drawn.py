"""Maps as evidence: what one map does, what two do, and how far a map-maker is relied on."""

from __future__ import annotations

import numpy as np
import pytest

from tests.infer.made import FIRST, THEATRE, claim, days, grid, halves
from whoholds.infer import ControlSeries, MapObservation, explain, infer, nowcast
from whoholds.model import Kind, PlacedClaim

TABLE = grid()
BASE = halves(TABLE, 40.0)
MOVED = halves(TABLE, 56.0)
"""A map on which A has taken four columns more."""


def seen(number: int, status: list[str], day: int, *, known: int | None = None, maker: str = "M") -> MapObservation:
    """A map of day number `day`."""
    return MapObservation(
        id=f"map{number}",
        day=days(60)[day],
        known_day=days(60)[day if known is None else known],
        group=f"none/mapmaker {maker}/map",
        status=np.array(status),
    )


def run(maps: list[MapObservation], claims: list[PlacedClaim] | None = None, n_days: int = 20) -> ControlSeries:
    """Infer over the grid."""
    return infer(TABLE, days(n_days), BASE, claims or [], areas={}, theatre=THEATRE, maps=maps)


def held(series: ControlSeries, day: int) -> list[str]:
    """The likeliest state of every place on a day."""
    return [series.states[k] for k in series.status_index()[:, day]]


def test_a_map_turns_every_place_it_shows_otherwise_and_no_other() -> None:
    series = run([seen(1, MOVED, 10)])
    assert held(series, 10) == MOVED
    assert held(series, 19) == MOVED
    assert held(series, 2) == BASE


def test_ground_drawn_contested_becomes_contested() -> None:
    drawn = ["contested" if a != b else b for a, b in zip(BASE, MOVED, strict=True)]
    assert held(run([seen(1, drawn, 10)]), 10) == drawn


def test_a_map_that_shows_nothing_of_a_place_says_nothing_of_it() -> None:
    assert np.array_equal(run([seen(1, ["unknown"] * len(BASE), 10)]).prob, run([]).prob)


def test_a_map_known_later_does_not_bear_on_as_known_on() -> None:
    late = seen(1, MOVED, 10, known=15)
    on = infer(TABLE, days(20), BASE, [], areas={}, theatre=THEATRE, maps=[late], known_on=days(15)[-1])
    assert np.array_equal(on.prob, run([]).prob)
    day_by_day = nowcast(TABLE, days(20), BASE, [], areas={}, theatre=THEATRE, maps=[late])
    assert held(day_by_day, 14) == BASE
    assert held(day_by_day, 15) == MOVED


def test_claims_and_a_map_are_weighed_against_each_other() -> None:
    place = TABLE.ids[12].item()  # column 12 of row 0: A's on the map
    against = [claim(n, Kind.FIRE, "A", place, 10 + n) for n in range(4)]
    told = run([seen(1, MOVED, 10)], against)
    assert told.prob[12, 14, 0] < run([seen(1, MOVED, 10)]).prob[12, 14, 0]


def test_a_map_maker_whom_others_contradict_is_relied_on_less() -> None:
    wrong = halves(TABLE, 20.0)
    maps = [seen(10 + d, BASE, d, maker="good") for d in range(2, 18, 3)]
    odd = [seen(30 + d, wrong if d % 2 else BASE, d, maker="odd") for d in range(3, 18, 3)]
    learned = {r.cell.group: r for r in run([*maps, *odd]).reliability}
    good, bad = learned["none/mapmaker good/map"], learned["none/mapmaker odd/map"]
    assert bad.mean < good.mean
    assert bad.low < bad.mean < bad.high
    assert good.n_claims < 6 * len(BASE) / 4  # errors of places near each other are one


def test_an_explanation_names_the_map_and_what_would_be_without_it() -> None:
    series = run([seen(1, MOVED, 10)])
    why = explain(series, int(TABLE.ids[12]), days(20)[12])
    effect = next(e for e in why.effects if e.claim_id == "map1")
    assert (effect.route, effect.side, effect.meaning) == ("map", "A", "drawn")
    assert effect.without["A"] < 0.5 < why.probabilities["A"]


def test_the_order_of_maps_does_not_matter() -> None:
    maps = [seen(1, MOVED, 10), seen(2, BASE, 4, maker="N"), seen(3, MOVED, 12)]
    assert np.array_equal(run(maps).prob, run(maps[::-1]).prob)


@pytest.mark.parametrize("day", [-9, 25])
def test_maps_of_days_outside_the_run_say_nothing(day: int) -> None:
    far = MapObservation(
        id="far", day=FIRST.fromordinal(FIRST.toordinal() + day), known_day=FIRST, group="g", status=np.array(MOVED)
    )
    assert np.array_equal(run([far]).prob, run([]).prob)
