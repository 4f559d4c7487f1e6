"""Unknown names that their spelling or their neighbours give away, as mentions."""

from __future__ import annotations

import pytest

from tests.extract.frame_kit import told
from whoholds.extract.spelled import with_spelled
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
        ("Shells hit Bab al-Ramad overnight.", ("Bab",), ["Bab al-Ramad"]),
        ("Shells hit the quarter of al-Hadid.", ("Hadid",), ["al-Hadid"]),
        ("They stormed Umm al-Qusur Gharbi.", (), ["Umm al-Qusur Gharbi"]),
        ("The villages of Hazari, Zarnili and Yuxari Qol were freed.", (), ["Hazari", "Zarnili", "Yuxari Qol"]),
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
