"""Unknown names that their spelling or their neighbours give away, as mentions."""

from __future__ import annotations

import re

import pytest

from tests.extract.frame_kit import told
from whoholds.extract import anaphora, spelled
from whoholds.extract.spelled import with_spelled
from whoholds.extract.texts import AnyWord
from whoholds.model import Mention, PlaceType, Span


def found(text: str, *known: str) -> list[str]:
    """The names found, where the gazetteer knows some."""
    mentions = [
        Mention(span=Span.of(text, text.index(k), text.index(k) + len(k)), type=PlaceType.SETTLEMENT, name=k)
        for k in known
    ]
    return [m.span.text for m in with_spelled(text, sorted(mentions, key=lambda m: m.span.start))]


@pytest.mark.parametrize(
    ("text", "known", "names"),
    [
        ("The army took Tell Hamra and Kafr Dub.", (), ["Tell Hamra", "Kafr Dub"]),
        ("They hold the hill of Jabal al-Asfar.", (), ["Jabal al-Asfar"]),
        ("They hold the farms of Harbiya.", (), ["Harbiya"]),
        ("The army took Ramliya, Hosh and Umm Dabb.", (), ["Ramliya", "Hosh", "Umm Dabb"]),
        ("They attacked in the Dolna section of the front.", (), ["Dolna"]),
        ("Rebels hold Hamra, Yusufov insisted.", ("Hamra",), ["Hamra"]),
        ("Shells hit Bab al-Ramad overnight.", ("Bab",), ["Bab al-Ramad"]),
        ("Shells hit the quarter of al-Hadid.", ("Hadid",), ["al-Hadid"]),
        ("They stormed Umm al-Qusur Gharbi.", (), ["Umm al-Qusur Gharbi"]),
        ("The villages of Hazari, Zarnili and Yuxari Qol were freed.", (), ["Hazari", "Zarnili", "Yuxari Qol"]),
        ("Nine villages of the district: Hazari, Zarnili and others were freed.", (), ["Hazari", "Zarnili"]),
        ("Raids hit Kafr Dub, al-Hawit and Rasmeh.", (), ["Kafr Dub", "al-Hawit", "Rasmeh"]),
        ("Clashes went on at the Panther junction.", (), ["the Panther junction"]),
        ("Rebels fled from nearby Dafna.", (), ["Dafna"]),
        ("Jets struck posts south of Marran.", (), ["south of Marran"]),
        ("Shells hit the outskirts of Marran.", (), ["Marran"]),
        ("Only Bustan al-Nahr is left.", (), ["Bustan al-Nahr"]),
        ("They went into the Dorsk region.", (), ["the Dorsk region"]),
        ("Shells hit Khan Barzin.", ("Khan",), ["Khan Barzin"]),
        ("Ahrar al-Sham left Idlib.", ("al-Sham", "Idlib"), ["Idlib"]),
    ],
)
def test_a_name_that_looks_like_a_place(text: str, known: tuple[str, ...], names: list[str]) -> None:
    """By its first word, its noun, its list or what it is."""
    assert found(text, *known) == names


@pytest.mark.parametrize(
    "text",
    [
        "Fighters of Ahrar al-Sham and Jaysh al-Nasr met.",
        "The ministers of Russia's allies, Monday and Tuesday, spoke.",
        "The Syrian camp and the Russian airbase were quiet.",
        "Kafr Dub said it was tired of the town of 17,000 people."[9:],
        "Karim Haddad, Omar Nasser and Tariq Aziz spoke.",
    ],
)
def test_what_is_no_place(text: str) -> None:
    """Armed groups, peoples, days and persons stay what they are."""
    assert found(text) == []


def test_a_list_of_persons_with_a_town_is_left_alone() -> None:
    """A list after a person's office is of persons."""
    assert found("It was signed by Karim, Omar and Idlib.", "Idlib") == ["Idlib"]


@pytest.mark.model
def test_unknown_names_carry_claims() -> None:
    """What the gazetteer has not is claimed like the rest."""
    assert told("Syrian troops captured the villages of Tell Hamra and Zarneh.", theatre="syria-2011") == {
        ("gain", "GOV", False, "Tell Hamra"),
        ("gain", "GOV", False, "Zarneh"),
    }


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("Syrian troops fired on Zarneh on Monday.", ("fire", "GOV", False, "Zarneh")),
        ("Syrian troops are pressing towards Zarneh.", ("advance", "GOV", False, "Zarneh")),
        ("Syrian state television said the army had lost Zarneh.", ("leave", "GOV", False, "Zarneh")),
        ("Syrian troops left Idlib. Zarneh, Hawit and Dafna were shelled by them.", ("fire", "GOV", False, "Zarneh")),
    ],
)
def test_where_an_unknown_name_can_only_be_a_place(text: str, item: tuple[str, str, bool, str]) -> None:
    assert item in told(text, theatre="syria-2011")


@pytest.mark.parametrize(
    ("pattern", "words", "phrases"),
    [
        (
            spelled._FEATURE,
            spelled._FEATURE_HAS,
            """border crossing|Crossing|military airport|International Airport|air base|Artillery Base|Airbase|airfield
            |Checkpoint|oil refinery|Terminal|oil field|Gasfields|junction|Roundabout|hotel|Barracks|bridge|Dam|dam
            |refugee camp|Camp|heights|Height|prison|Stadium""",
        ),
        (
            spelled._REGION,
            spelled._REGION_HAS,
            "region|Region|oblast|Oblast|province|Province|governorate|Governorate|raion|Raion|countryside|Countryside",
        ),
        (
            spelled._QUARTER,
            spelled._QUARTER_HAS,
            "district|neighborhood|neighbourhood|quarter|suburb|village|town",
        ),
        (
            anaphora._NAMELESS,
            anaphora._NAMELESS_HAS,
            """Many cities|several towns|Numerous villages|other settlements|Other localities|A number of communities
            |to the north and south|the county's east|the surrounding area|just north of the city|east of the town
            |west of the village|south of the capital|north of the settlement|east of the airport
            |the northern section of the front|the southern flank of the front line|temporarily occupied areas
            |Occupied territories of Ukraine|town and the region|the line of contact|the entire line of engagement
            |the contact line|the demarcation line|the Ukrainian capital|the Syrian capital|the Azerbaijani capital""",
        ),
    ],
    ids=["feature", "region", "quarter", "nameless"],
)
def test_quick_look_misses_nothing(pattern: re.Pattern[str], words: AnyWord, phrases: str) -> None:
    """Whatever an expression finds has one of the words that are looked for first."""
    for phrase in phrases.split("|"):
        text = f"They shelled Northford {phrase.strip()}."
        assert pattern.search(text), phrase
        assert text in words, phrase
    assert "They met on Monday." not in words
