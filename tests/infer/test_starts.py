"""What inference starts from: how sure, whose, and how far the word of neighbours carries."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
import shapely

from tests.infer.made import FIRST, THEATRE, claim, days, grid, halves
from whoholds.infer import InferSettings, PlaceTable, infer
from whoholds.infer.graph import neighbour_weights
from whoholds.model import Kind, Side
from whoholds.pipeline.estimating import START_ERROR, settings_of
from whoholds.pipeline.ground import Ground

TABLE = grid()
BASE = halves(TABLE, 40.0)


def start(base_day: date | None) -> Ground:
    """Ground with a map of that day, or without one."""
    return Ground(places=TABLE, nouns=(), base=np.array(BASE), base_name=None, base_day=base_day, fingerprint="")


def test_without_a_map_the_first_line_is_the_less_sure_the_older_it_is() -> None:
    on = [settings_of(start(None), FIRST + timedelta(days=n), THEATRE).base_error for n in (0, 10, 300)]
    assert on[0] < on[1] < on[2]
    assert on[2] == pytest.approx(START_ERROR, rel=1e-3)
    assert settings_of(start(FIRST), FIRST + timedelta(days=300), THEATRE) == InferSettings()


def test_one_report_of_a_gain_moves_an_old_line_and_not_a_fresh_map() -> None:
    place = 20 * 5 + 14 + 1  # four columns behind the line
    told = [claim(1, Kind.GAIN, "A", place, 8)]
    old = settings_of(start(None), FIRST + timedelta(days=60), THEATRE)
    doubtful = infer(TABLE, days(15), BASE, told, areas={}, theatre=THEATRE, settings=old)
    mapped = infer(TABLE, days(15), BASE, told, areas={}, theatre=THEATRE)
    assert doubtful.prob[place - 1, 10, 0] > 0.5 > mapped.prob[place - 1, 10, 0]


def test_a_side_without_ground_is_given_none() -> None:
    air = Side(key="C", name="C", colour="#0f0", holds_ground=False)
    theatre = replace(THEATRE, sides=(*THEATRE.sides, air))
    doubtful = InferSettings(base_error=0.3, base_error_far=0.3)
    series = infer(TABLE, days(3), BASE, [], areas={}, theatre=theatre, settings=doubtful)
    assert series.prob[:, :, 2].max() == 0
    struck = infer(TABLE, days(9), BASE, [claim(1, Kind.FIRE, "B", 111, 5)], areas={}, theatre=theatre)
    assert struck.prob[:, :, 2].max() == 0
    assert series.prob[:, :, :2].min() > 0.1
    with_ground = replace(theatre, sides=(*THEATRE.sides, replace(air, holds_ground=True)))
    assert infer(TABLE, days(3), BASE, [], areas={}, theatre=with_ground, settings=doubtful).prob[0, 0, 2] > 0.05


def test_a_place_alone_in_the_desert_goes_by_itself() -> None:
    near, far = np.array([[0.0, 0.0], [3.0, 0.0], [0.0, 3.0]]), np.array([[0.0, 0.0], [300.0, 0.0], [0.0, 300.0]])
    close = neighbour_weights(near, n_neighbours=2, scale_km=4.0, own_weight=0.02)
    apart = neighbour_weights(far, n_neighbours=2, scale_km=4.0, own_weight=0.02)
    assert close[0, 0] < 0.05
    assert apart[0, 0] > 0.99
    assert np.allclose(apart.sum(axis=1), 1.0)


def test_a_gain_told_of_a_place_without_neighbours_is_believed() -> None:
    lone = PlaceTable(ids=np.array([1, 2]), lat=np.array([0.0, 0.0]), lon=np.array([0.0, 3.0]), population=np.ones(2))
    told = [claim(n, Kind.GAIN, "A", 2, 8) for n in (1, 2)]
    series = infer(lone, days(15), ["A", "B"], told, areas={}, theatre=THEATRE)
    assert series.prob[1, 12, 0] > 0.5
    assert series.prob[1, 2, 0] < 0.5


def test_a_river_between_sets_places_apart() -> None:
    table = replace(TABLE, rivers=shapely.MultiLineString([[(30.0 / 111.2, -1), (30.0 / 111.2, 1)]]))
    west, east = np.array([6]), np.array([8])  # columns 6 and 8: 24 and 32 km
    assert table.apart(west, east).tolist() == [True]
    assert table.apart(west, np.array([5])).tolist() == [False]
    assert TABLE.apart(west, east).tolist() == [False]
    told = [claim(n, Kind.GAIN, "B", place, 8) for n, place in enumerate(range(8, 200, 20))]
    swept = [claim(100 + n, Kind.GAIN, "B", place + 1, 8) for n, place in enumerate(range(8, 200, 20))]
    behind = infer(table, days(15), BASE, [*told, *swept], areas={}, theatre=THEATRE)
    open_ground = infer(TABLE, days(15), BASE, [*told, *swept], areas={}, theatre=THEATRE)
    bank = np.arange(7, 200, 20)
    assert behind.prob[bank, 14, 1].mean() < open_ground.prob[bank, 14, 1].mean()


def test_what_a_side_of_the_air_is_said_to_take_says_nothing() -> None:
    air = Side(key="C", name="C", colour="#0f0", holds_ground=False)
    theatre = replace(THEATRE, sides=(*THEATRE.sides, air))
    told = infer(TABLE, days(9), BASE, [claim(1, Kind.GAIN, "C", 111, 5)], areas={}, theatre=theatre)
    assert not told.n_claims.any()
