"""Areas with intervals day by day, and lengths of the front."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import box

from whoholds.errors import BadSetting
from whoholds.geometry import Mesh, area_estimates, area_estimates_by_day, front_lengths_km, mesh

XS, YS = np.linspace(36.08, 37.92, 12), np.linspace(49.05, 50.25, 12)
SPOTS = np.array([[x, y] for y in YS for x in XS])
STATUSES = ("UA", "contested", "RU")


@pytest.fixture(scope="module")
def ground() -> Mesh:
    """A grid of 12 by 12 places."""
    return mesh(SPOTS, box(36, 49, 38, 50.3))


def sure_west(edge: float, doubt: float) -> np.ndarray:
    """UA surely west of a longitude, RU east of it, with so much doubt within half a degree of it."""
    p = np.where(np.abs(SPOTS[:, 0] - edge) < 0.5, doubt, 0.0)
    ua = np.where(SPOTS[:, 0] < edge, 1 - p, p)
    return np.column_stack([ua, np.zeros(len(ua)), 1 - ua])


def test_each_day_says_what_it_says_alone(ground: Mesh) -> None:
    """The random fields are of the ground, not of the days asked about."""
    days = np.stack([sure_west(36.6, 0.2), sure_west(37.2, 0.1)], axis=1)
    together = area_estimates_by_day(ground, days, STATUSES)
    for t in range(2):
        for one, other in zip(area_estimates(ground, days[:, t], STATUSES), together[t], strict=True):
            assert one.area_km2 == pytest.approx(other.area_km2)
            assert one.low_km2 == pytest.approx(other.low_km2, rel=1e-3, abs=1.0)
            assert one.high_km2 == pytest.approx(other.high_km2, rel=1e-3, abs=1.0)


def test_a_day_without_doubt_has_no_interval_and_doubt_widens_it(ground: Mesh) -> None:
    days = np.stack([sure_west(37.0, 0.0), sure_west(37.0, 0.05), sure_west(37.0, 0.3)], axis=1)
    widths = [found[0].high_km2 - found[0].low_km2 for found in area_estimates_by_day(ground, days, STATUSES)]
    assert widths[0] == pytest.approx(0.0, abs=1.0)
    assert widths[0] < widths[1] < widths[2]


def test_the_areas_of_a_day_add_up_to_the_ground(ground: Mesh) -> None:
    found = area_estimates_by_day(ground, sure_west(37.0, 0.2)[:, None], STATUSES)[0]
    assert sum(a.area_km2 for a in found) == pytest.approx(ground.cell_km2.sum())
    assert all(a.low_km2 <= a.area_km2 <= a.high_km2 for a in found)


def test_probabilities_of_another_shape_are_refused(ground: Mesh) -> None:
    with pytest.raises(BadSetting, match="Probabilities of shape"):
        area_estimates_by_day(ground, sure_west(37.0, 0.2), STATUSES)


def test_a_straight_front_is_as_long_as_the_ground_and_unknown_makes_none(ground: Mesh) -> None:
    held = np.where(SPOTS[:, 0] < 37.0, "UA", "RU").astype("<U9")
    assert front_lengths_km(ground, held) == pytest.approx({("RU", "UA"): 144.6}, abs=0.5)
    held[SPOTS[:, 0] < 36.3] = "unknown"
    assert list(front_lengths_km(ground, held)) == [("RU", "UA")]
    assert front_lengths_km(ground, np.full(len(SPOTS), "UA")) == {}
