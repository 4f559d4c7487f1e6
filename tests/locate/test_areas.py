"""Area keys become geometry, outlines follow the theatre's claims, borders lie between the countries."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from whoholds.locate import Gazetteer
from whoholds.locate.areas import buffer_km, circle, natural_earth, part_of
from whoholds.model import Theatre


def km2(shape: shapely.Geometry) -> float:
    """Rough area [km2] near 49 degrees north."""
    return float(shape.area * 111.2 * 111.2 * 0.656)


@pytest.mark.parametrize(
    ("key", "inside", "outside"),
    [
        ("from:north:706483", (36.25, 50.2), (36.25, 49.8)),
        ("toward:713174", (38.0, 48.7), (38.0, 49.5)),
        ("district:712702", (36.9, 49.5), (37.5, 49.5)),
        ("admin1:UA-63", (36.0, 50.0), (40.0, 50.0)),
        ("theatre:donbas", (39.0, 48.5), (36.0, 50.0)),
        ("theatre:pair", (37.26, 49.2), (36.8, 49.7)),
        ("theatre:snake", (30.2, 45.255), (30.3, 45.255)),
        ("part:east:admin1:UA-63", (37.9, 49.5), (35.0, 49.5)),
    ],
)
def test_keys_become_areas(
    gazetteer: Gazetteer, theatre: Theatre, key: str, inside: tuple[float, float], outside: tuple[float, float]
) -> None:
    area = gazetteer.area(key, theatre)
    assert area is not None
    assert area.contains(shapely.Point(inside))
    assert not area.contains(shapely.Point(outside))


@pytest.mark.parametrize("key", ["", "admin1:XX-1", "toward:42", "theatre:none", "nonsense", "part:east:admin1:XX-1"])
def test_unknown_keys_have_no_area(gazetteer: Gazetteer, theatre: Theatre, key: str) -> None:
    assert gazetteer.area(key, theatre) is None


def test_crimea_counts_to_the_country_the_theatre_says(gazetteer: Gazetteer, theatre: Theatre) -> None:
    simferopol = shapely.Point(34.10, 44.95)
    drawn = replace(theatre, claimed_admin1={})
    ours, theirs = gazetteer.country_outline("RU", theatre), gazetteer.country_outline("RU", drawn)
    assert ours is not None
    assert theirs is not None
    assert not ours.contains(simferopol)
    assert theirs.contains(simferopol)


def test_an_outline_is_one_piece_of_the_right_size(gazetteer: Gazetteer) -> None:
    outline = gazetteer.country_outline("BY")
    assert outline is not None
    assert outline.is_valid
    assert 195_000 < km2(outline) * 0.92 < 225_000
    assert gazetteer.country_outline("ZZ") is None


def test_a_border_lies_between_its_countries(gazetteer: Gazetteer) -> None:
    line = gazetteer.border("BY", "PL")
    assert not line.is_empty
    west, south, east, north = line.bounds
    assert 23.0 < west < east < 24.6
    assert 51.3 < south < north < 54.1
    assert gazetteer.border("BY", "LY").is_empty


def test_standing_lines_are_where_the_war_began(gazetteer: Gazetteer, theatre: Theatre) -> None:
    lines = gazetteer.standing_lines(theatre)
    assert lines.distance(shapely.Point(38.7, 48.8)) < 0.05
    assert lines.distance(shapely.Point(33.0, 48.0)) > 1.0


def test_circles_are_round_on_the_ground() -> None:
    assert km2(circle(36.0, 49.0, 10.0)) == pytest.approx(314.0, rel=0.03)
    assert km2(buffer_km(shapely.Point(36.0, 49.0), 10.0)) == pytest.approx(314.0, rel=0.03)


def test_parts_are_on_their_side() -> None:
    square = shapely.box(0, 0, 10, 10)
    assert part_of(square, "northeastern").bounds == (6.0, 6.0, 10.0, 10.0)
    assert part_of(square, "south").bounds == (0.0, 0.0, 10.0, 4.0)
    assert part_of(square, "central").bounds == (3.0, 3.0, 7.0, 7.0)


def test_the_packaged_areas_hold_every_theatre() -> None:
    codes = {a.code for a in natural_earth()}
    assert {"UA-63", "UA-43", "RU-BEL", "SY-HL", "LY-MI", "AZ-AGM", "AM-SU"} <= codes
    assert all(a.shape.is_valid for a in natural_earth() if "-" in a.code)
