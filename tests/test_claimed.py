"""Distances claimed, as the answer to "why?" tells them."""

from __future__ import annotations

from datetime import date

from whoholds.model import Place
from whoholds.pipeline.claimed import ClaimedDistance, distance_lines
from whoholds.tell.ledgers.distances import DistanceRow

BROD = Place(id=1, name="Brod", lat=50.0, lon=36.0, country="UA", admin1="UA-63", feature="PPL", population=300)


def row(**more: object) -> DistanceRow:
    """A claim of 50 km on 11 September."""
    return DistanceRow(
        claim_id="c-1", speaker="the general", side="UA", day=date(2022, 9, 11), claimed_km=50.0, to="the border",
        border="Eastern border", held_before=7, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_claimed_distance_is_told_with_its_border_and_what_was_held_before() -> None:
    measured = row(computed_km=0.3, nearest="Lug", first_day=date(2022, 9, 8))
    text = "\n".join(distance_lines((ClaimedDistance(row=measured, place_km=31.2),), BROD))
    assert "UA within 50 km of the border, says the general, about 2022-09-11 (c-1)" in text
    assert "Measured to: Eastern border, 31.2 km from Brod." in text
    assert "comes within 0.3 km, at Lug; within 50 km first on 2022-09-08; 7 places so near were held" in text


def test_what_could_not_be_measured_says_why() -> None:
    unmeasured = row(unchecked="no ground newly held that day")
    text = "\n".join(distance_lines((ClaimedDistance(row=unmeasured, place_km=4.0),), BROD))
    assert "not measured: no ground newly held that day; never so near in this run" in text
    assert distance_lines((), BROD) == []
