"""Reading a theatre file: what is wrong is named with its line and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from whoholds.errors import TheatreError, UnknownTheatre
from whoholds.theatres import load_theatre, parse_theatre
from whoholds.theatres.lines import line_of

GOOD = """\
key = "nowhere-1900"
name = "Nowhere"
timezone = "UTC"
first_day = 1900-01-01
languages = ["en"]
countries = ["UA"]
default_side = "RED"

[[start_line.BLUE]]
point = [30.0, 50.0]
radius_km = 10

[[sides]]
key = "RED"
name = "Reds"
colour = "#ff0000"

[[sides]]
key = "BLUE"
name = "Blues"
colour = "#0000ff"

[[areas]]
key = "the-hill"
type = "feature"
names = ["the Hill"]
rule = { point = [30.5, 50.5], radius_km = 2 }

[[outlets]]
name = "The Red Star"
side = "RED"
kind = "press"
"""

TWICE = """\
key = "the-hill"
type = "region"
names = ["Hill"]
rule = { admin1 = ["UA-14"] }
[[areas]]
key = "the-hill\""""


def test_a_file_of_ones_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.toml"
    path.write_text(GOOD, encoding="utf-8")
    theatre = load_theatre(str(path))
    assert theatre.side_keys == ("RED", "BLUE")
    assert theatre.areas[0].rule == {"point": [30.5, 50.5], "radius_km": 2}


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('default_side = "RED"', 'default_side = "GREEN"', 7, "'GREEN'"),
        ('colour = "#0000ff"', 'colour = "blue"', 21, "colour"),
        ('type = "feature"', 'type = "hill"', 25, "type"),
        ("radius_km = 2 }", "radius_km = -2 }", 27, "radius_km is a distance"),
        ("rule = { point = [30.5, 50.5]", "rule = { point = [130.5, 150.5]", 27, "longitude, latitude"),
        ("rule = { point = [30.5, 50.5], radius_km = 2 }", "rule = { circle = 2 }", 27, "one of these forms"),
        ('kind = "press"', 'kind = "press"\ncolour = "red"', 33, "Extra inputs"),
        ('timezone = "UTC"', 'timezone = "Europe/Atlantis"', 3, "no time zone"),
        ("first_day = 1900-01-01", 'first_day = "soon"', 4, "first_day"),
        ('The Red Star"\nside = "RED"', 'The Red Star"\nside = "GREEN"', 31, "no side is called 'GREEN'"),
        ("[[start_line.BLUE]]", "[[start_line.GREEN]]", 9, "no side is called 'GREEN'"),
        ('key = "the-hill"', TWICE, 29, "twice"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(old: str, new: str, line: int, says: str) -> None:
    assert old in GOOD
    with pytest.raises(TheatreError) as caught:
        parse_theatre(GOOD.replace(old, new, 1), origin="mine.toml")
    assert f"line {line}," in caught.value.problem
    assert says in caught.value.problem
    assert "docs/how-to" in caught.value.remedy


def test_a_file_that_is_no_toml_names_the_line() -> None:
    with pytest.raises(TheatreError, match="line 2"):
        parse_theatre('key = "a"\nname = \n', origin="mine.toml")


def test_a_file_of_another_encoding_says_so(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(GOOD.replace("Nowhere", "Niémandsland").encode("latin-1"))
    with pytest.raises(TheatreError, match="not UTF-8"):
        load_theatre(str(path))


@pytest.mark.parametrize("name", ["atlantis-1900", "no/such/file.toml", "README.md"])
def test_an_unknown_theatre_lists_the_known(name: str) -> None:
    with pytest.raises(UnknownTheatre) as caught:
        load_theatre(name)
    assert "ukraine-2022" in caught.value.remedy


def test_line_of_falls_back_to_the_table_above() -> None:
    assert line_of(GOOD, ("areas", 0, "rule")) == 27
    assert line_of(GOOD, ("areas", 0, "nothing")) == 23
    assert line_of(GOOD, ("start_line", "BLUE", 0)) == 9
    assert line_of(GOOD, ()) == 1
