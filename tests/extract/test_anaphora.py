"""Words that stand for a place named before, and which of the names they stand for."""

from __future__ import annotations

import pytest

from tests.extract.frame_kit import told

pytestmark = pytest.mark.model

Item = tuple[str, "str | None", bool, str]


GOLDEN: dict[str, tuple[str, str, set[Item]]] = {
    "a town in a region named like a town": (
        "syria-2011",
        "Rebels left Raqqa, a market town in Idlib. The town fell to Syrian troops a day later.",
        {("leave", "OPP", False, "Raqqa"), ("gain", "GOV", False, "Raqqa")},
    ),
    "the place of the one who speaks": (
        "ukraine-2022",
        'Russians shelled Siversk. "We saw it," said a medic by phone from Lyman. Russian units entered the town.',
        {("fire", "RU", False, "Siversk"), ("enter", "RU", False, "Siversk")},
    ),
    "where they fell back to": (
        "ukraine-2022",
        "Russian troops attacked Siversk but fell back to positions near Lyman. Ukrainian troops still hold the town.",
        {("attack", "RU", True, "Siversk"), ("hold", "UA", False, "Siversk")},
    ),
    "outskirts of its own": (
        "syria-2011",
        "Syrian troops seized Raqqa on Monday. Their warplanes then bombed the southern outskirts.",
        {("gain", "GOV", False, "Raqqa"), ("fire", "GOV", False, "Raqqa")},
    ),
    "the town in a direction": (
        "ukraine-2022",
        "Fighting went on north of Bakhmut. Russian troops shelled the city.",
        {("attack", None, False, "north of Bakhmut"), ("fire", "RU", False, "Bakhmut")},
    ),
    "a village told of by a town": (
        "ukraine-2022",
        "Ukrainian forces have liberated Kodema, a village south of Bakhmut. Russian troops shelled the village.",
        {("gain", "UA", False, "Kodema"), ("fire", "RU", False, "Kodema")},
    ),
    "what a town overlooks": (
        "karabakh-2020",
        "Azerbaijan says it has seized Shusha, overlooking the town of Hadrut. Armenian forces shelled the town.",
        {("gain", "AZ", False, "Shusha"), ("fire", "ARM", False, "Shusha")},
    ),
    "the town of a direction": (
        "karabakh-2020",
        "Fighting went on in the direction of Hadrut. Azerbaijani troops entered the town.",
        {("attack", None, False, "the direction of Hadrut"), ("enter", "AZ", False, "Hadrut")},
    ),
    "a capital that owns": (
        "ukraine-2022",
        "Russian forces stormed Soledar, what would be Kyiv's worst loss. Ukrainian troops still hold the town.",
        {("attack", "RU", False, "Soledar"), ("hold", "UA", False, "Soledar")},
    ),
    "where the report was written": (
        "ukraine-2022",
        "SUMY, Ukraine (AP) — Russian troops entered Siversk. They hold the town, its mayor said.",
        {("enter", "RU", False, "Siversk"), ("hold", "RU", False, "Siversk")},
    ),
    "a town's officials": (
        "ukraine-2022",
        "Russian troops stormed Siversk. Lyman was shelled by Russian forces, the head of the city's council said.",
        {("attack", "RU", False, "Siversk"), ("fire", "RU", False, "Lyman")},
    ),
    "a part is entered": (
        "ukraine-2022",
        "Fighting continued in Bakhmut. Russian troops captured its eastern edge.",
        {("attack", None, False, "Bakhmut"), ("enter", "RU", False, "Bakhmut")},
    ),
    "a part with a name beside it": (
        "ukraine-2022",
        "Russian troops took Soledar. Russian troops shelled the hospital in Bakhmut.",
        {("gain", "RU", False, "Soledar"), ("fire", "RU", False, "Bakhmut")},
    ),
    "reached where they were going": (
        "ukraine-2022",
        "Russian troops marched from Kherson towards Sumy and entered the city.",
        {("advance", "RU", False, "Sumy"), ("enter", "RU", False, "Sumy")},
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_what_the_words_stand_for(name: str) -> None:
    """The name the passage is about, not the one that only says where something is."""
    theatre, text, items = GOLDEN[name]
    assert items <= told(text, theatre=theatre)
    assert {i[3] for i in told(text, theatre=theatre)} == {i[3] for i in items}


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Russian forces shelled Lyman and surrounding settlements.", ("fire", "RU", False, "surrounding settlements")),
        (
            "Ukrainian forces left Lyman and are advancing toward the international border.",
            ("advance", "UA", False, "the international border"),
        ),
    ],
)
def test_places_that_need_no_name(text: str, item: tuple[str, str, bool, str]) -> None:
    assert item in told(text)
