"""Fronts of a run: what a series, a mesh and borders make of a day; no store, no model."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from shapely.geometry import LineString, box

from whoholds.errors import BadSetting
from whoholds.geometry import distances_to_km, mesh
from whoholds.model import Place
from whoholds.pipeline.areas import area_table, areas_by_day
from whoholds.pipeline.fronts import Fronts, fronts, fronts_geojson, fronts_record
from whoholds.tell.facts import BorderKm
from whoholds.tell.series import SeriesTable

XS, YS = np.linspace(36.08, 37.92, 12), np.linspace(49.05, 50.25, 12)
SPOTS = np.array([[x, y] for y in YS for x in XS])
FIRST = date(2022, 9, 5)
DAYS = tuple(FIRST + timedelta(days=n) for n in range(3))
CELLS = mesh(SPOTS, box(36, 49, 38, 50.3))
EDGE = BorderKm(name="Eastern border", aliases=(), place_km=distances_to_km(SPOTS, LineString([(38, 49), (38, 50.3)])))
NOUNS = tuple(
    Place(id=n + 1, name=f"P{n + 1}", lat=y, lon=x, country="XX", admin1="", feature="PPL", population=n)
    for n, (x, y) in enumerate(SPOTS.tolist())
)


def series() -> SeriesTable:
    """A line that goes east a column a day, and a village behind it that stays."""
    status = np.column_stack([np.where(SPOTS[:, 0] < edge, 0, 1) for edge in (36.7, 37.0, 37.5)])
    status[14, :] = 1
    prob = np.zeros((*status.shape, 3))
    np.put_along_axis(prob, status[:, :, None], 0.9, axis=2)
    prob[:, :, 2] = 0.02
    prob[:, :, :2] += 0.08 * (prob[:, :, :2] == 0)
    return SeriesTable(
        ids=np.arange(1, len(SPOTS) + 1),
        names=tuple(p.name for p in NOUNS),
        lat=SPOTS[:, 1],
        lon=SPOTS[:, 0],
        admin1=("",) * len(SPOTS),
        days=DAYS,
        states=("A", "B", "contested"),
        prob=prob,
        status=status,
        statuses=("A", "B", "contested", "unknown"),
        basis=np.zeros(status.shape, int),
        bases=("carried", "inferred", "observed"),
        n_claims=np.zeros(status.shape, int),
    )


def found(**options: date) -> Fronts:
    """The fronts of the last day."""
    return fronts(CELLS, series(), NOUNS, [EDGE], **{"day": DAYS[-1], **options}, within_km=(60.0, 5.0))


def test_areas_carry_an_interval_and_count_places() -> None:
    areas = {a.status: a for a in found().areas}
    assert set(areas) == {"A", "B", "contested"}
    assert all(a.low_km2 <= a.area_km2 <= a.high_km2 for a in areas.values())
    assert sum(a.places for a in areas.values()) == len(SPOTS)
    assert areas["A"].area_km2 > {a.status: a for a in found().areas_before}["A"].area_km2


def test_gains_are_polygons_and_balance() -> None:
    gain = found().gains
    assert [(g.before, g.after) for g in gain] == [("B", "A")]
    assert gain[0].geometry.area > 0
    assert gain[0].area_km2 == pytest.approx(CELLS.cell_km2[gain[0].places].sum())
    assert found(since=DAYS[-1]).gains == ()


def test_the_village_behind_the_line_is_a_pocket() -> None:
    assert [(p.status, p.places.tolist()) for p in found().pockets] == [("B", [14])]


def test_a_border_is_answered_with_what_is_new_and_what_was_held_before() -> None:
    answer = next(b for b in found().borders if b.side == "A")
    assert answer.nearest is not None
    assert answer.newly is not None
    assert answer.newly_km is not None
    assert 30 < answer.newly_km < 50
    assert answer.first_within == {60.0: DAYS[2], 5.0: None}
    assert answer.held_before == {60.0: 0, 5.0: 0}
    other = next(b for b in found().borders if b.side == "B")
    assert (other.newly, other.held_before[60.0]) == (None, 60)


def test_the_record_and_the_geojson_say_the_same() -> None:
    record = fronts_record(found())
    layers = [f["properties"]["layer"] for f in fronts_geojson(found())["features"]]
    assert layers.count("gain") == len(record["gains"])
    assert layers.count("pocket") == len(record["pockets"])
    assert layers[0] == "front"
    assert record["front"][0]["between"] == ["A", "B"]


def test_the_table_has_a_row_for_every_day_and_status() -> None:
    table = series()
    rows = area_table(table.days, areas_by_day(CELLS, table, range(3)))
    assert [(r["date"], r["status"]) for r in rows[:3]] == [("2022-09-05", s) for s in ("A", "contested", "B")]
    assert len(rows) == 9


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"day": FIRST - timedelta(days=1)}, "outside the run"),
        ({"since": DAYS[2], "day": DAYS[1]}, "lies after"),
    ],
)
def test_days_that_cannot_be_are_refused(options: dict[str, date], words: str) -> None:
    with pytest.raises(BadSetting, match=words):
        found(**options)
