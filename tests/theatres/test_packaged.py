"""The packaged theatres: what other rooms lean on is there."""

from __future__ import annotations

from datetime import date

import pytest
from shapely.geometry import Point, Polygon

from whoholds.model import Theatre
from whoholds.theatres import load_theatre, theatre_keys

SIDES = {
    "ukraine-2022": ("UA", "RU"),
    "libya-2011": ("REB", "GOV", "NATO"),
    "syria-2011": ("GOV", "OPP", "SDF", "IS", "TUR", "US"),
    "karabakh-2020": ("AZ", "ARM"),
}


@pytest.fixture(params=sorted(SIDES))
def theatre(request: pytest.FixtureRequest) -> Theatre:
    return load_theatre(request.param)


def test_all_four_are_packaged() -> None:
    assert set(SIDES) <= set(theatre_keys())


def test_sides_have_the_agreed_keys(theatre: Theatre) -> None:
    assert theatre.side_keys == SIDES[theatre.key]
    assert len({side.colour for side in theatre.sides}) == len(theatre.sides)


def test_every_side_can_be_named_and_speaks_for_itself(theatre: Theatre) -> None:
    for side in theatre.sides:
        assert side.demonyms and side.names and side.forces and side.people and side.offices


def test_no_person_or_force_counts_to_two_sides(theatre: Theatre) -> None:
    for attribute in ("people", "forces", "names"):
        owners: dict[str, set[str]] = {}
        for side in theatre.sides:
            for term in getattr(side, attribute):
                owners.setdefault(term.lower(), set()).add(side.key)
        assert not {term: keys for term, keys in owners.items() if len(keys) > 1}, attribute


def test_polygons_and_lines_are_sound(theatre: Theatre) -> None:
    rules = [(area.key, area.rule) for area in theatre.areas]
    rules += [(side, rule) for side, found in theatre.start_line.items() for rule in found]
    for key, rule in rules:
        if "polygon" in rule:
            assert Polygon(rule["polygon"]).is_valid, key


def test_an_area_name_means_one_area(theatre: Theatre) -> None:
    owners: dict[str, set[str]] = {}
    for area in theatre.areas:
        for name in area.names:
            owners.setdefault(name, set()).add(area.key)
    assert not {name: keys for name, keys in owners.items() if len(keys) > 1}


@pytest.mark.parametrize(
    ("place", "lonlat", "held_by_russia"),
    [
        ("Donetsk", (37.802, 48.023), True),
        ("Luhansk", (39.306, 48.568), True),
        ("Horlivka", (38.017, 48.300), True),
        ("Debaltseve", (38.403, 48.336), True),
        ("Dokuchaievsk", (37.678, 47.752), True),
        ("Olenivka", (37.660, 47.827), True),
        ("Avdiivka", (37.745, 48.139), False),
        ("Marinka", (37.507, 47.942), False),
        ("Krasnohorivka", (37.507, 48.005), False),
        ("Toretsk", (37.848, 48.395), False),
        ("Svitlodarsk", (38.220, 48.434), False),
        ("Popasna", (38.371, 48.632), False),
        ("Shchastia", (39.230, 48.738), False),
        ("Stanytsia Luhanska", (39.481, 48.655), False),
        ("Volnovakha", (37.500, 47.600), False),
        ("Mariupol", (37.541, 47.095), False),
        ("Shyrokyne", (37.818, 47.098), False),
        ("Kharkiv", (36.255, 49.982), False),
    ],
)
def test_the_line_before_february_2022(place: str, lonlat: tuple[float, float], held_by_russia: bool) -> None:
    rules = load_theatre("ukraine-2022").start_line["RU"]
    inside = any(Polygon(rule["polygon"]).contains(Point(lonlat)) for rule in rules if "polygon" in rule)
    assert inside is held_by_russia, place


def test_crimea_is_ukraines_and_held_by_russia() -> None:
    theatre = load_theatre("ukraine-2022")
    assert theatre.claimed_admin1["UA-43"] == "UA"
    assert any("UA-43" in rule.get("admin1", ()) for rule in theatre.start_line["RU"])


def test_an_evening_in_washington_is_known_the_next_day_in_kyiv() -> None:
    by_name = {outlet.name: outlet for outlet in load_theatre("ukraine-2022").outlets}
    assert by_name["ISW"].known_after_days == 1
    assert by_name["Ukrinform"].known_after_days == 0


def test_renamed_towns_carry_their_day() -> None:
    assert ("Artemivsk", "Bakhmut", date(2016, 2, 4)) in load_theatre("ukraine-2022").renamed


@pytest.mark.parametrize(
    ("lonlat", "held"),
    [
        ((46.747, 39.759), True),
        ((47.03, 39.40), True),
        ((47.146, 39.60), True),
        ((46.36, 40.68), False),
        ((47.15, 40.37), False),
    ],
)
def test_the_line_of_contact_before_september_2020(lonlat: tuple[float, float], held: bool) -> None:
    (rule,) = load_theatre("karabakh-2020").start_line["ARM"]
    assert Polygon(rule["polygon"]).contains(Point(lonlat)) is held


def test_holders_and_fliers_are_of_their_days() -> None:
    """A town's holder and whose aircraft are meant depend on the day; both are None or the usual one without a day."""
    libya, syria, ukraine = (load_theatre(key) for key in ("libya-2011", "syria-2011", "ukraine-2022"))
    assert libya.flier(date(2011, 3, 6)) == "GOV"
    assert libya.flier(date(2011, 4, 6)) == "NATO"
    assert syria.flier(date(2016, 4, 6), "IS") == "US"
    assert syria.flier(date(2016, 4, 6)) == syria.flier(None, "IS") == "GOV"
    assert ukraine.holder("kherson", date(2023, 1, 5)) == "UA"
    assert ukraine.holder("kherson", date(2022, 10, 5)) is None
    assert ukraine.holder("kharkiv", None) == "UA"


def test_no_town_has_two_holders_on_a_day(theatre: Theatre) -> None:
    """The holdings of a theatre contradict each other on no day of the war."""
    for number, one in enumerate(theatre.holdings):
        for other in theatre.holdings[number + 1 :]:
            if one.side == other.side or not {n.lower() for n in one.names} & {n.lower() for n in other.names}:
                continue
            assert (one.until or date.max) < (other.since or date.min) or (other.until or date.max) < (
                one.since or date.min
            )
