"""Front lines, gains, pockets, salients, areas with intervals, distances, comparison."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Polygon, box

from whoholds.errors import BadSetting
from whoholds.geometry import (
    Mesh,
    area_estimates,
    compare,
    components,
    dissolved,
    distance_km,
    distances_to_km,
    front_line,
    gains,
    held_km2,
    mesh,
    nearest_ways,
    pockets,
    regions_of_map,
    salients,
    shared_border,
)
from whoholds.model import ControlMap, MapFeature

#: A grid of 12 by 12 places over 2 by 1.3 degrees: about 144 by 144 km.
XS, YS = np.linspace(36.08, 37.92, 12), np.linspace(49.05, 50.25, 12)
SPOTS = np.array([[x, y] for y in YS for x in XS])
OUTLINE = box(36, 49, 38, 50.3)
GROUND: Mesh = mesh(SPOTS, OUTLINE)
EAST = np.where(SPOTS[:, 0] > 37, "RU", "UA")

statuses = st.lists(st.sampled_from(["UA", "RU", "contested", "unknown"]), min_size=144, max_size=144)


@given(statuses)
@settings(max_examples=25, deadline=None)
def test_held_areas_and_dissolved_ground_make_up_the_whole(drawn: list[str]) -> None:
    assert sum(held_km2(GROUND, drawn).values()) == pytest.approx(GROUND.cell_km2.sum())
    whole = dissolved(GROUND, drawn)
    assert sum(shape.area for shape in whole.values()) == pytest.approx(OUTLINE.area, rel=1e-5)
    assert all(shape.is_valid for shape in whole.values())


@given(statuses, statuses)
@settings(max_examples=25, deadline=None)
def test_gains_account_for_every_difference_in_area(first: list[str], last: list[str]) -> None:
    found = gains(GROUND, first, last)
    before, after = held_km2(GROUND, first), held_km2(GROUND, last)
    for status in {*first, *last}:
        balance = sum(g.area_km2 for g in found if g.after == status) - sum(
            g.area_km2 for g in found if g.before == status
        )
        assert after.get(status, 0.0) - before.get(status, 0.0) == pytest.approx(balance, abs=1e-6)
    assert sum(len(gain.places) for gain in found) == sum(a != b for a, b in zip(first, last, strict=True))


@given(statuses)
@settings(max_examples=25, deadline=None)
def test_the_front_runs_only_along_rims_of_the_ground_held(drawn: list[str]) -> None:
    line = front_line(GROUND, drawn)
    rims = shapely.union_all([shape.boundary for shape in dissolved(GROUND, drawn).values()])
    assert shapely.difference(line, shapely.buffer(rims, 1e-6)).length == pytest.approx(0, abs=1e-6)
    assert components(GROUND, drawn).max() >= len(set(drawn)) - 1


def test_a_straight_front_is_one_line_and_contested_ground_has_two() -> None:
    line = front_line(GROUND, EAST)
    assert len(line.geoms) == 1
    assert line.length == pytest.approx(1.3, rel=1e-3)
    belt = np.where(np.abs(SPOTS[:, 0] - 37) < 0.1, "contested", EAST)
    assert len(front_line(GROUND, belt).geoms) == 2
    assert front_line(GROUND, np.where(belt == "contested", "unknown", belt)).is_empty


def test_a_smoothed_front_keeps_its_ends_and_stays_near() -> None:
    slanted = np.where(SPOTS[:, 0] - 37 > 0.6 * (SPOTS[:, 1] - 49.6), "RU", "UA")
    rough, smooth = front_line(GROUND, slanted), front_line(GROUND, slanted, smooth=True)
    assert smooth.length < rough.length
    assert shapely.hausdorff_distance(rough, smooth) < 0.12


def test_pockets_are_cut_off_and_tell_whether_they_lie_at_the_rim() -> None:
    held = EAST.copy()
    held[5 * 12 + 9] = "UA"  # inside Russian-held ground
    held[11 * 12 + 11] = "UA"  # in the corner of the theatre
    held[3 * 12 + 2] = "contested"  # no side's
    found = {pocket.at_rim: pocket for pocket in pockets(GROUND, held)}
    assert {at_rim: pocket.places.tolist() for at_rim, pocket in found.items()} == {False: [69], True: [143]}
    assert found[False].status == "UA"
    assert found[False].area_km2 == pytest.approx(GROUND.cell_km2[69])
    assert len(pockets(GROUND, held, smallest_km2=10_000)) == 0


def test_a_finger_is_a_salient_and_a_straight_front_has_none() -> None:
    held = EAST.copy()
    finger = [5 * 12 + x for x in (6, 7, 8, 9)]
    held[finger] = "UA"
    found = salients(GROUND, held, width_km=25)
    assert found[0].status == "UA"
    assert {int(place) for place in found[0].places} <= set(finger)
    assert len(found[0].places) >= 3
    assert 30 < found[0].depth_km < 60
    assert salients(GROUND, EAST, width_km=25) == []


def test_an_interval_holds_the_area_and_shared_doubt_widens_it() -> None:
    chance = np.where((EAST == "RU")[:, None], [0.0, 1.0], [1.0, 0.0])
    near = np.abs(SPOTS[:, 0] - 37) < 0.4
    chance[near] = 0.5
    apart = area_estimates(GROUND, chance, ("UA", "RU"), together_km=0)[0]
    together = area_estimates(GROUND, chance, ("UA", "RU"), together_km=40)[0]
    for one in (apart, together):
        assert one.low_km2 <= one.area_km2 <= one.high_km2
    assert together.high_km2 - together.low_km2 > 1.5 * (apart.high_km2 - apart.low_km2)
    assert apart.area_km2 == pytest.approx(GROUND.cell_km2 @ chance[:, 0])


def test_an_interval_is_the_same_for_the_same_seed_and_nothing_where_all_is_sure() -> None:
    chance = np.full((144, 3), 1 / 3)
    keys = ("UA", "contested", "RU")
    assert area_estimates(GROUND, chance, keys, seed=3) == area_estimates(GROUND, chance, keys, seed=3)
    sure = area_estimates(GROUND, np.tile([1.0, 0.0, 0.0], (144, 1)), keys)
    assert [one.low_km2 == one.high_km2 for one in sure] == [True, True, True]


def test_intervals_are_honest_when_the_doubts_are_shared_as_assumed() -> None:
    # Draw the truth from the same law with other seeds: about 90% must fall into the interval.
    chance = np.tile([0.6, 0.4], (144, 1))
    interval = area_estimates(GROUND, chance, ("UA", "RU"), seed=1, draws=800)[0]
    truths = [area_estimates(GROUND, chance, ("UA", "RU"), seed=s, draws=1)[0] for s in range(100, 300)]
    drawn = np.array([one.low_km2 if one.low_km2 < one.area_km2 else one.high_km2 for one in truths])
    inside = np.mean((drawn >= interval.low_km2) & (drawn <= interval.high_km2))
    assert 0.82 < inside < 0.97


@pytest.mark.parametrize("chance", [np.ones((3, 2)), np.full((144, 2), 0.9)])
def test_probabilities_that_are_none_are_refused(chance: np.ndarray) -> None:
    with pytest.raises(BadSetting):
        area_estimates(GROUND, chance, ("UA", "RU"))


def test_statuses_of_other_places_are_refused() -> None:
    with pytest.raises(BadSetting, match="144 places"):
        front_line(GROUND, ["UA"])
    with pytest.raises(BadSetting, match="144 places"):
        compare(GROUND, ["UA"], ControlMap(name="m", day=None, features=()))


def test_distances_are_geodesic() -> None:
    border = LineString([(36, 51), (38, 51)])
    spots = np.array([[37.0, 50.0], [36.5, 50.9], [40.0, 51.0]])
    by_hand = distance_km(spots, [[37.0, 51.0], [36.5, 51.0], [38.0, 51.0]])
    assert distances_to_km(spots, border) == pytest.approx(by_hand, abs=0.06)
    assert distances_to_km(np.empty((0, 2)), border).shape == (0,)
    way = nearest_ways(front_line(GROUND, EAST), border)
    assert way.distance_km == pytest.approx(float(distance_km([37, 50.3], [37, 51])[0]), abs=0.05)
    with pytest.raises(BadSetting):
        distances_to_km(spots, Polygon())


def test_a_shared_border_is_found_although_outlines_stray() -> None:
    stray = box(38.01, 48, 40, 51)
    border = shared_border(OUTLINE, stray)
    assert border.length == pytest.approx(1.3, rel=0.05)
    assert shared_border(OUTLINE, box(50, 50, 51, 51)).is_empty


def test_a_map_of_our_own_cells_agrees_in_everything() -> None:
    features = tuple(
        MapFeature(id=status, status=status, geometry=shape) for status, shape in dissolved(GROUND, EAST).items()
    )
    found = compare(GROUND, EAST, ControlMap(name="ours", day=None, features=features))
    assert (found.accuracy, found.accuracy_decisive, len(found.differ)) == (1.0, 1.0, 0)
    assert {one.status: one.iou for one in found.statuses if one.theirs_km2 > 1} == pytest.approx(
        {"RU": 1, "UA": 1}, rel=1e-4
    )
    assert found.area_same_km2 == pytest.approx(found.area_km2, rel=1e-4)


def test_where_two_maps_differ() -> None:
    drawn = ControlMap(
        name="theirs",
        day=date(2022, 9, 1),
        outside="UA",
        features=(
            MapFeature(id="1", status="RU", geometry=box(36.9, 49, 39, 51)),
            MapFeature(id="2", status="contested", geometry=box(36.9, 49, 37, 51)),
        ),
    )
    ours = EAST.copy()
    ours[0] = "RU"
    found = compare(GROUND, ours, drawn)
    assert found.confusion["RU", "UA"] == 1
    assert found.differ[0] == 0
    assert found.theirs[found.differ[1]] == "contested"
    by_status = {one.status: one for one in found.statuses}
    assert by_status["contested"].places_ours == 0
    assert by_status["contested"].iou == 0
    assert sum(shape.area for shape in regions_of_map(drawn, OUTLINE).values()) == pytest.approx(OUTLINE.area)
