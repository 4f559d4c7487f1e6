"""Cells, neighbours, statuses at points: properties that hold for any places."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from shapely.geometry import Point, Polygon, box

from whoholds.errors import BadSetting
from whoholds.geometry import (
    Plane,
    area_km2,
    areas_km2,
    cells,
    feature_of_points,
    mesh,
    neighbours,
    status_of_points,
)
from whoholds.model import ControlMap, MapFeature

SQUARE = box(36, 49, 38, 50)
#: A country with a hole, a cape and an island.
COAST = Polygon(
    [(36, 49), (38, 49), (38, 50), (37.2, 50), (37.1, 50.6), (37, 50), (36, 50)],
    [box(36.8, 49.4, 37, 49.6).exterior.coords],
)
COUNTRY = shapely.union(COAST, box(38.2, 49.2, 38.4, 49.4))

coordinates = st.tuples(
    st.floats(35.5, 38.5).map(lambda value: round(value, 5)), st.floats(48.5, 50.5).map(lambda value: round(value, 5))
)
places = st.lists(coordinates, min_size=1, max_size=40).map(lambda spots: np.array(spots, dtype=np.float64))


@given(places)
@settings(max_examples=60, deadline=None)
def test_cells_share_out_the_outline_without_gap_or_overlap(spots: NDArray[np.float64]) -> None:
    ground = mesh(spots, COUNTRY)
    assert ground.cell_km2.sum() == pytest.approx(area_km2(COUNTRY), rel=1e-6)
    assert shapely.area(shapely.union_all(ground.cells)) == pytest.approx(COUNTRY.area, rel=1e-4)
    assert len(ground.cells) == len(spots)


@given(places)
@settings(max_examples=40, deadline=None)
def test_every_place_inside_lies_in_its_own_cell(spots: NDArray[np.float64]) -> None:
    apart = np.unique(np.round(spots, 2), axis=0)
    ground = mesh(apart, COUNTRY)
    inside = shapely.contains_xy(COUNTRY, apart)
    own = zip(ground.cells[inside], apart[inside], strict=True)
    assert all(shapely.dwithin(cell, Point(spot), 1e-5) for cell, spot in own)


@given(places)
@settings(max_examples=40, deadline=None)
def test_edges_lie_on_the_rims_of_both_their_cells(spots: NDArray[np.float64]) -> None:
    ground = mesh(np.unique(np.round(spots, 2), axis=0), SQUARE)
    for (one, other), edge in zip(ground.pairs, ground.edges, strict=True):
        middle = shapely.line_interpolate_point(edge, 0.5, normalized=True)
        assert shapely.dwithin(ground.cells[one].boundary, middle, 1e-5)
        assert shapely.dwithin(ground.cells[other].boundary, middle, 1e-5)


def test_places_on_one_spot_share_its_ground() -> None:
    ground = mesh(np.array([[37.0, 49.5], [37.0, 49.5], [37.0, 49.5]]), SQUARE)
    assert (ground.cell_km2 > 0.2 * ground.cell_km2.sum()).all()
    assert len(ground.pairs) >= 2


def test_one_place_has_the_whole_outline_and_a_place_far_outside_may_have_nothing() -> None:
    assert cells(np.array([[37.0, 49.5]]), SQUARE)[0].area == pytest.approx(2)
    ground = mesh(np.array([[37.0, 49.5], [37.0, 60.0]]), SQUARE)
    assert ground.cells[1].is_empty
    assert ground.cell_km2[1] == 0


@pytest.mark.parametrize(
    ("spots", "outline"),
    [(np.empty((0, 2)), SQUARE), (np.array([[np.nan, 49.0]]), SQUARE), (np.array([[37.0, 49.0]]), Polygon())],
)
def test_no_cells_without_places_or_ground(spots: NDArray[np.float64], outline: Polygon) -> None:
    with pytest.raises(BadSetting):
        mesh(spots, outline)


@given(st.lists(coordinates, min_size=3, max_size=40, unique=True))
@settings(max_examples=40, deadline=None)
def test_every_place_can_be_reached_over_neighbours(spots: list[tuple[float, float]]) -> None:
    pairs = neighbours(np.array(spots), longest_km=1000)
    assert (pairs[:, 0] < pairs[:, 1]).all()
    reached = {0}
    for _ in spots:
        reached |= {int(other) for pair in pairs for other in pair if reached & set(pair.tolist())}
    assert len(reached) == len(spots)


def test_neighbours_on_a_line_and_too_far_apart() -> None:
    line = np.array([[36.0, 49.0], [36.0, 49.2], [36.0, 49.1], [36.0, 52.0]])
    assert neighbours(line).tolist() == [[0, 2], [1, 2]]
    assert neighbours(line[:1]).shape == (0, 2)


def test_areas_are_those_of_the_ellipsoid() -> None:
    # pyproj's geodesic polygon area is another method altogether.
    import pyproj

    turned = shapely.orient_polygons(shapely.segmentize(COUNTRY, 0.01))
    geodesic = abs(pyproj.Geod(ellps="WGS84").geometry_area_perimeter(turned)[0]) / 1e6
    assert area_km2(COUNTRY) == pytest.approx(geodesic, rel=1e-3)
    assert areas_km2(np.array([COUNTRY, box(30, 40, 31, 41)]), plane=Plane(lon=36, lat=49))[0] == pytest.approx(
        geodesic, rel=1e-3
    )
    assert area_km2(Polygon()) == 0


def test_the_topmost_feature_is_the_status_and_edges_are_inside() -> None:
    drawn = ControlMap(
        name="m",
        day=None,
        outside="UA",
        features=(
            MapFeature(id="a", status="RU", geometry=box(36, 49, 38, 50)),
            MapFeature(
                id="b", status="contested", geometry=shapely.MultiPolygon([box(37, 49, 38, 50), box(0, 0, 1, 1)])
            ),
        ),
    )
    points = np.array([[36.0, 49.5], [37.5, 49.5], [0.5, 0.5], [50.0, 0.0]])
    assert status_of_points(drawn, points).tolist() == ["RU", "contested", "contested", "UA"]
    assert status_of_points(drawn, points, default="unknown").tolist()[-1] == "unknown"
    assert feature_of_points(drawn, points).tolist() == [0, 1, 1, -1]
    assert feature_of_points(drawn, np.empty((0, 2))).tolist() == []
