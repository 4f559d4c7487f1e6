"""Landmarks without a name: places of their own, unless the town stands beside them."""

from __future__ import annotations

import pytest

from tests.extract.frame_kit import told

pytestmark = pytest.mark.model

Item = tuple[str, "str | None", bool, str]

GOLDEN: dict[str, tuple[str, str, set[Item]]] = {
    "what is taken": (
        "syria-2011",
        "Rebels attacked Raqqa on Monday. By evening rebel fighters had captured the airport.",
        {("attack", "OPP", False, "Raqqa"), ("gain", "OPP", False, "the airport")},
    ),
    "the town only says where it is": (
        "syria-2011",
        "Rebel fighters overran an army base on the eastern outskirts of Aleppo.",
        {("gain", "OPP", False, "an army base")},
    ),
    "a sentence that opens with the town": (
        "ukraine-2022",
        "In Mariupol, Russian troops seized the steel plant.",
        {("gain", "RU", False, "the steel plant")},
    ),
    "the town it stands in": (
        "ukraine-2022",
        "Russian troops shelled the hospital in Bakhmut.",
        {("fire", "RU", False, "Bakhmut")},
    ),
    "fire on a town": (
        "ukraine-2022",
        "Russian jets bombed Sumy and hit a power plant.",
        {("fire", "RU", False, "Sumy")},
    ),
    "a flag over it": (
        "ukraine-2022",
        "Ukrainian troops left Lyman. Russian soldiers raised their flag over the coke plant.",
        {("leave", "UA", False, "Lyman"), ("hold", "RU", False, "the coke plant")},
    ),
    "what was left of a town": (
        "ukraine-2022",
        "Russian forces seized the last few blocks of Bakhmut.",
        {("gain", "RU", False, "Bakhmut")},
    ),
    "what is no landmark without a word that says which kind": (
        "ukraine-2022",
        "Ukrainian troops hold Lyman. They lost the base of their support.",
        {("hold", "UA", False, "Lyman")},
    ),
    "the one told of before": (
        "syria-2011",
        "Rebels captured the military airport near Aleppo. Army units retook the airport a day later.",
        {("gain", "OPP", False, "the military airport"), ("gain", "GOV", False, "the military airport")},
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_where_the_landmark_is_the_place(name: str) -> None:
    """What is taken or attacked is the landmark; what is shelled in a town is the town."""
    theatre, text, items = GOLDEN[name]
    assert told(text, theatre=theatre) == items
