"""Which of the places in a clause a claim is about."""

from __future__ import annotations

import pytest

from tests.extract.frame_kit import told

pytestmark = pytest.mark.model

Item = tuple[str, "str | None", bool, str]

GOLDEN: dict[str, tuple[str, str, set[Item]]] = {
    "a district of a city": (
        "syria-2011",
        "Syrian troops seized the Hamdan district of Aleppo.",
        {("gain", "GOV", False, "Hamdan")},
    ),
    "on the edge of a city": (
        "syria-2011",
        "Regime warplanes bombed Kobani on the southern edge of Aleppo.",
        {("fire", "GOV", False, "Kobani")},
    ),
    "a town in a city's name": (
        "ukraine-2022",
        "Russian forces shelled Irpin, outside Kyiv.",
        {("fire", "RU", False, "Irpin")},
    ),
    "within miles of a city": (
        "ukraine-2022",
        "Ukrainian forces repelled Russian assaults near Irpin and Bucha, all within 5 miles of Kyiv.",
        {("attack", "RU", True, "Irpin"), ("attack", "RU", True, "Bucha")},
    ),
    "a region's country": (
        "ukraine-2022",
        "Russian forces are moving artillery to Belgorod Oblast, Russia.",
        {("deploy", "RU", False, "Belgorod Oblast")},
    ),
    "whoever held it before": (
        "syria-2011",
        "Syrian troops captured the rebel-held town of Idlib.",
        {("gain", "GOV", False, "Idlib"), ("hold", "OPP", False, "Idlib")},
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_place_and_not_where_it_lies(name: str) -> None:
    """The inner place, once."""
    theatre, text, items = GOLDEN[name]
    assert told(text, theatre=theatre) == items


BORROWED: dict[str, tuple[str, str, set[Item]]] = {
    "fire on us": (
        "syria-2011",
        'Rebels were driven out of Raqqa. "They shelled us all night," a rebel fighter said.',
        {("leave", "OPP", False, "Raqqa"), ("fire", "GOV", False, "Raqqa")},
    ),
    "the place the text turned to": (
        "ukraine-2022",
        "Russian forces entered Izyum. In Lyman, Ukrainian troops were cornered, where they were holding out.",
        {("enter", "RU", False, "Izyum"), ("hold", "UA", False, "Lyman")},
    ),
    "a spokesman is no place": (
        "syria-2011",
        "Rebels shelled Aleppo, Mustafa Hamdi, a spokesman, said.",
        {("fire", "OPP", False, "Aleppo")},
    ),
}


@pytest.mark.parametrize("name", BORROWED)
def test_the_place_told_of_before(name: str) -> None:
    """A clause without a place is about the one that the text is about."""
    theatre, text, items = BORROWED[name]
    assert told(text, theatre=theatre) == items


HEADLINES: dict[str, tuple[str, str, set[Item]]] = {
    "no auxiliary": ("ukraine-2022", "Kherson shelled again, three killed", {("fire", None, False, "Kherson")}),
    "a name and a colon": (
        "ukraine-2022",
        "Sumy: two killed in shelling of a market",
        {("fire", "RU", False, "Sumy")},
    ),
    "under attack": ("ukraine-2022", "Kyiv under Russian missile attack", {("fire", "RU", False, "Kyiv")}),
    "whose control": (
        "karabakh-2020",
        "Hadrut is under the control of Azerbaijan.",
        {("hold", "AZ", False, "Hadrut")},
    ),
    "a side with a capital's name": (
        "ukraine-2022",
        "Kherson is the only city that Moscow still controls.",
        {("hold", "RU", False, "Kherson")},
    ),
}


@pytest.mark.parametrize("name", HEADLINES)
def test_places_of_headlines(name: str) -> None:
    """What a headline leaves out is read into it."""
    theatre, text, items = HEADLINES[name]
    assert told(text, theatre=theatre) == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "Damascus was quiet. Rebels in Idlib said the army still holds the capital.",
            {("hold", "GOV", False, "Damascus")},
        ),
        ("The ministers met near Idlib and spoke of the fall of Karimov.", set()),
        ("The offensive was discussed in Paris.", set()),
        (
            "Rebels attacked Aleppo. Fighting erupted on new fronts.",
            {("attack", "OPP", False, "Aleppo")},
        ),
    ],
)
def test_places_that_no_claim_is_about(text: str, items: set[Item]) -> None:
    """The capital is the capital, rulers fall, ministers meet far away, and unnamed towns are no named one."""
    assert told(text, theatre="syria-2011") == items


def test_the_town_a_sentence_opens_with() -> None:
    """Where people speak of shelling is where they are."""
    text = "In the port city of Mariupol, a doctor said ten people were killed in Russian shelling on Friday."
    assert told(text) == {("fire", "RU", False, "Mariupol")}


def test_the_harm_a_strike_did() -> None:
    """A toll tells of the strike."""
    assert told("The death toll from a Russian missile strike on the town of Lyman reached 35.") == {
        ("fire", "RU", False, "Lyman")
    }


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            "Six villages near Raqqa were captured by rebel fighters, among them Hadrin and Tell Wasif.",
            {("gain", "OPP", False, "Hadrin"), ("gain", "OPP", False, "Tell Wasif")},
        ),
        (
            "Aleppo, a city near Raqqa which rebel fighters had attacked, was calm.",
            {("attack", "OPP", False, "Aleppo")},
        ),
        (
            "Rebel fighters still hold Raqqa but pulled out of Marzin.",
            {("hold", "OPP", False, "Raqqa"), ("leave", "OPP", False, "Marzin")},
        ),
        ("Rebel fighters left Raqqa and withdrew to posts west of Idlib.", {("leave", "OPP", False, "Raqqa")}),
        ("Raqqa, a rebel stronghold in Idlib, was calm.", {("hold", "OPP", False, "Raqqa")}),
        (
            "Rebel fighters shelled Raqqa to advance on the government-held city southwest of Aleppo.",
            {("fire", "OPP", False, "Raqqa"), ("hold", "GOV", False, "Raqqa")},
        ),
        ("Rebel fighters quit the key Raqqa town Tell Wasif.", {("leave", "OPP", False, "Tell Wasif")}),
    ],
)
def test_which_of_several_places(text: str, items: set[Item]) -> None:
    """The ones named for the villages, not where these lie; what is apposed, what is left."""
    assert told(text, theatre="syria-2011") == items
