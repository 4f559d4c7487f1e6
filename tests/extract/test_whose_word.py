"""Whose word it is where the speaker is named by half, or in the sentence before; days of the week's end."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.frame_kit import extractor, mentions, report
from whoholds.model import Claim, Stance

pytestmark = pytest.mark.model

DAY = date(2022, 9, 14)


def read(text: str, theatre: str = "ukraine-2022", day: date = DAY) -> list[Claim]:
    """The claims of a text."""
    return extractor(theatre).extract(report(text, day=day), mentions(text))


@pytest.mark.parametrize(
    ("text", "theatre", "side"),
    [
        ("Officials in Kyiv claimed they had recaptured Lyman.", "ukraine-2022", "UA"),
        ("Ukraine has retaken Lyman, its deputy defence minister says.", "ukraine-2022", "UA"),
        ("A US-backed alliance of fighters says it has taken Raqqa.", "syria-2011", "SDF"),
    ],
)
def test_side_of_the_speaker(text: str, theatre: str, side: str) -> None:
    """Officials in a capital, "its minister", and those whom a patron backs."""
    assert {c.speaker_side for c in read(text, theatre)} == {side}


def test_one_more_town_is_told_by_who_spoke_before() -> None:
    """ "also been liberated" goes on with the minister's word."""
    text = "Russian troops seized Siversk, Defense Minister Sergey Shoigu said. Soledar has also been liberated."
    claim = next(c for c in read(text) if c.places[0].span.text == "Soledar")
    assert (claim.side, claim.speaker_side) == ("RU", "RU")
    assert claim.speaker is not None
    assert claim.speaker.text == "Sergey Shoigu"


def test_a_denial_has_no_day_of_another_sentence() -> None:
    """The day of what is denied was told by who claims it."""
    told, denied = read("Russia said on Monday its forces had captured Lyman. Ukraine denied the claim.")
    assert (told.date, told.stance) == (date(2022, 9, 12), Stance.ASSERTED)
    assert (denied.date, denied.stance, denied.speaker_side) == (None, Stance.DENIED, "UA")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Russian forces shelled Lyman for a third day.", DAY),
        ("Ukrainian troops captured Lyman over the weekend.", date(2022, 9, 11)),
    ],
)
def test_days(text: str, day: date) -> None:
    """The weekend ends on Sunday; what goes on for a third day is of the report's."""
    assert [c.date for c in read(text)] == [day]
