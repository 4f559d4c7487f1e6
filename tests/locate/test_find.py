"""Place names are found, typed and given their words; what is no place is left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest

from whoholds.locate import Finder
from whoholds.model import Mention, PlaceType


def seen(finder: Finder, text: str, lang: str = "en") -> list[tuple[str, str]]:
    """(words, type) of what is found."""
    return [(m.span.text, m.type.value) for m in finder.find(text, lang)]


def only(finder: Finder, text: str, lang: str = "en") -> Mention:
    """The one mention of a text."""
    (mention,) = finder.find(text, lang)
    return mention


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops entered Izium and Balakliya.", [("Izium", "settlement"), ("Balakliya", "settlement")]),
        ("They hold Kharkiv Oblast.", [("Kharkiv Oblast", "region")]),
        ("Shells fell on the Kharkiv region.", [("the Kharkiv region", "region")]),
        ("Attacks in Luhansk and Donetsk regions failed.", [("Luhansk", "region"), ("Donetsk regions", "region")]),
        ("They moved along the Izyum direction.", [("the Izyum direction", "direction")]),
        ("Fighting on the Donetsk front goes on.", [("the Donetsk front", "direction")]),
        ("They advanced north of Kharkiv.", [("north of Kharkiv", "direction")]),
        ("A push in the direction of Lyman failed.", [("the direction of Lyman", "direction")]),
        (
            "Attacks in the Kharkiv and in the Donetsk directions failed.",
            [("Kharkiv", "direction"), ("the Donetsk directions", "direction")],
        ),
        ("The Izyum-Lyman line holds.", [("The Izyum-Lyman line", "direction")]),
        ("They crossed the Oskil River.", [("the Oskil River", "feature")]),
        ("Kharkiv airport was hit.", [("Kharkiv airport", "feature")]),
        ("Snake Island was shelled.", [("Snake Island", "feature")]),
        ("Gains in eastern Ukraine continue.", [("eastern Ukraine", "region")]),
        ("The war goes on in the east.", [("the east", "region")]),
        ("All of Donbas is at stake.", [("Donbas", "region")]),
        ("They struck Kherson City at dawn.", [("Kherson City", "settlement")]),
        ("Izyum’s centre lies in ruins.", [("Izyum", "settlement")]),
        ("They left the Lyman district.", [("the Lyman district", "region")]),
        ("Strikes hit Nova Kakhovka and Kakhovka.", [("Nova Kakhovka", "settlement"), ("Kakhovka", "settlement")]),
        ("Artemivsk was shelled.", [("Artemivsk", "settlement")]),
    ],
)
def test_what_names_are_taken_for(finder: Finder, text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(finder, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv said it had proof.",
        "Moscow denied the report.",
        "Colonel Lyman spoke to reporters.",
        "Denis Lyman added that more would come.",
        "The Kyiv Independent reported it.",
        "The crowd met on Kharkiv Street.",
        "The Izyum Brigade was praised.",
        "Power went out at the Center for Analysis.",
        "Ukrainian troops rested.",
        "Semenukha said so on television.",
        "izyum is written small here",
        "Lymanets is another word.",
        "Kyiv’s allies sent more.",
    ],
)
def test_what_is_no_place(finder: Finder, text: str) -> None:
    assert seen(finder, text) == []


def test_a_person_is_remembered_over_the_report(finder: Finder) -> None:
    text = "Mayor Roman Semenukha met the press. Semenukha, who had come late, left early."
    assert seen(finder, text) == []


def test_an_axis_of_two_towns_is_one_place_where_the_theatre_knows_the_second_alone(finder: Finder) -> None:
    """ "the Izyum-Lyman axis" is neither Izyum nor the Lyman axis."""
    (found,) = finder.find("They attacked along the Izyum-Lyman axis.", "en")
    assert (found.span.text, found.type, found.name) == ("Izyum-Lyman axis", PlaceType.DIRECTION, "Izyum-Lyman")


def test_a_people_s_republic_makes_a_region_of_the_name_before_it(finder: Finder) -> None:
    """ "Donetsk and Luhansk People's Republic" names no city; a town before one stays a town."""
    assert seen(finder, "They fled Donetsk and Luhansk People's Republic.") == [
        ("Donetsk", "region"), ("Luhansk People's Republic", "region"),
    ]  # fmt: skip
    assert seen(finder, "They hold Lyman and Luhansk People's Republic.") == [
        ("Lyman", "settlement"), ("Luhansk People's Republic", "region"),
    ]  # fmt: skip


def test_a_border_of_two_oblasts_names_no_city(finder: Finder) -> None:
    """ "the Kherson-Donetsk Oblast border" is of two oblasts."""
    found = seen(finder, "South of the Kherson-Donbas region border they stood.")
    assert [kind for _, kind in found] == ["region", "region"]


def test_a_common_word_is_a_place_after_a_village(finder: Finder) -> None:
    assert seen(finder, "They shelled the village of Center.") == [("Center", "settlement")]


def test_a_name_that_only_names_an_office(finder: Finder) -> None:
    mention = only(finder, "The Kherson Oblast Administration counted the losses.")
    assert mention.role == "office"


def test_the_anchor_of_a_phrase_is_no_place_of_a_claim(finder: Finder) -> None:
    place, anchor = finder.find("They took Kodema (13 km southeast of Bakhmut).", "en")
    assert place.phrase is not None
    assert (place.phrase.km, place.phrase.bearing, place.phrase.anchor.text) == (13.0, 135.0, "Bakhmut")
    assert (place.role, anchor.role, anchor.span.text) == ("name", "anchor", "Bakhmut")


@pytest.mark.parametrize(
    ("phrase", "km", "bearing"),
    [
        (" (roughly 65 kilometers northeast of Bakhmut)", 65.0, 45.0),
        (", about 10-14 km south of Bakhmut,", 12.0, 180.0),
        (" (10 miles from Bakhmut)", 16.09344, None),
        (", which is 5 km west of the town of Bakhmut,", 5.0, 270.0),
    ],
)
def test_ways_to_say_a_distance(finder: Finder, phrase: str, km: float, bearing: float | None) -> None:
    place = finder.find(f"They took Kodema{phrase} at noon.", "en")[0]
    assert place.phrase is not None
    assert place.phrase.km == pytest.approx(km)
    assert place.phrase.bearing == bearing


def test_a_distance_without_a_place_before_it_is_a_direction(finder: Finder) -> None:
    mention = only(finder, "Fighting went on 13 km southeast of Bakhmut.")
    assert mention.type == "direction"
    assert mention.phrase is None


def test_a_misprint_is_read_by_its_neighbours(finder: Finder) -> None:
    mention = only(finder, "They withdrew from Horlyvka in the night.")
    assert mention.candidates == (1000009,)


def test_a_village_no_gazetteer_has_stays_as_text(finder: Finder) -> None:
    mention = only(finder, "They shelled positions near Novobezimenivka at noon.")
    assert mention.candidates == ()


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Бої тривають біля Липців.", "uk", [("Липців", "settlement")]),
        ("Атаки відбили в районі Часового Яру.", "uk", [("Часового Яру", "settlement")]),
        ("Вийшли з Куп’янська.", "uk", [("Куп’янська", "settlement")]),
        ("Удар по Харківській області.", "uk", [("Харківській області", "region")]),
        ("Обстріли Харківщини тривали.", "uk", [("Харківщини", "region")]),
        (
            "На Куп'янському та Бахмутському напрямках тихо.",
            "uk",
            [("Куп'янському", "direction"), ("Бахмутському напрямках", "direction")],
        ),
        ("Просунулися в напрямку Бахмута.", "uk", [("в напрямку Бахмута", "direction")]),
        ("Бои идут под Купянском.", "ru", [("Купянском", "settlement")]),
        ("Обстрел Харьковской области.", "ru", [("Харьковской области", "region")]),
        ("Севернее Харькова тихо.", "ru", [("Севернее Харькова", "direction")]),
    ],
)
def test_ukrainian_and_russian(finder: Finder, text: str, lang: str, expected: list[tuple[str, str]]) -> None:
    assert seen(finder, text, lang) == expected


def test_mentions_never_overlap_and_quote_the_text(finder: Finder) -> None:
    text = (
        "From the north to the east of Kharkiv City, in Kharkiv and Kherson Oblasts, along the Izyum-Lyman line, on "
        "the Bakhmut front, in eastern Ukraine and on the west bank of the Oskil River they held (10 km north of "
        "Lyptsi)."
    )
    mentions = finder.find(text, "en")
    assert len(mentions) >= 7
    for first, second in pairwise(mentions):
        assert first.span.end <= second.span.start
    for m in mentions:
        assert m.span.text == text[m.span.start : m.span.end]


def test_an_empty_text(finder: Finder) -> None:
    assert finder.find("", "en") == []
