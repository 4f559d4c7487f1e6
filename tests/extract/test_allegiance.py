"""Whose side a speaker is on, by the packaged theatres' data."""

from __future__ import annotations

from functools import cache

import pytest

from whoholds.extract.allegiance import Allegiance
from whoholds.theatres import load_theatre


@cache
def _sides(theatre: str) -> Allegiance:
    """The allegiances of a theatre, built once."""
    return Allegiance(load_theatre(theatre))


@pytest.mark.parametrize(
    ("theatre", "speaker", "side"),
    [
        ("ukraine-2022", "the Belgorod region governor", "RU"),
        ("ukraine-2022", "local officials in Kursk", "RU"),
        ("ukraine-2022", "the mayor of Sloviansk", "UA"),
        ("ukraine-2022", "the Russian-installed mayor", "RU"),
        ("ukraine-2022", "the Khortytsia group of forces", "UA"),
        ("ukraine-2022", "the British defence ministry", None),
        ("karabakh-2020", "the mayor of Stepanakert", "ARM"),
        ("karabakh-2020", "local officials in Ganja", "AZ"),
        ("karabakh-2020", "the Turkish defence minister", "AZ"),
        ("syria-2011", "the governor of Kilis", "TUR"),
        ("syria-2011", "the Local Co-ordination Committees", "OPP"),
        ("syria-2011", "the state news agency SANA", "GOV"),
        ("syria-2011", "a U.S. official", "US"),
        ("syria-2011", "the Observatory", None),
        ("libya-2011", "the Misrata media committee", "REB"),
        ("libya-2011", "Moussa Ibrahim", "GOV"),
        ("libya-2011", "a NATO spokesman", "NATO"),
        ("libya-2011", "Libya", "GOV"),
        ("libya-2011", "transitional government troops", "REB"),
        ("libya-2011", "government troops", "GOV"),
        ("ukraine-2022", "an adviser to Ukraine's defence minister", "UA"),
        ("ukraine-2022", "the French ambassador to Ukraine", None),
        ("ukraine-2022", "Belgorod", "RU"),
    ],
)
def test_offices_people_and_lands(theatre: str, speaker: str, side: str | None) -> None:
    """A name, an office, or the land whose official it is."""
    assert _sides(theatre).of(speaker, speaker) == side


@pytest.mark.parametrize("theatre", ["syria-2011", "libya-2011"])
def test_where_many_fight_a_mayor_is_nobodys(theatre: str) -> None:
    """Towns change hands among more than two: the office of a town tells no side."""
    assert _sides(theatre).of("the mayor of the town", "the mayor of the town") is None


def test_a_common_word_is_no_outlet() -> None:
    """An outlet's name counts with its capital, and not inside the name of a side's body."""
    assert _sides("karabakh-2020").of("Report", "the agency Report") == "AZ"
    assert _sides("karabakh-2020").of("the report", "the report") is None
    assert _sides("syria-2011").of("the Syrian National Coalition", "the Syrian National Coalition") == "OPP"
