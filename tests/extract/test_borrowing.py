"""Places that a clause leaves out."""

from __future__ import annotations

import pytest

from tests.extract.frame_kit import told

pytestmark = pytest.mark.model


def test_where_they_went_is_not_what_they_left() -> None:
    """What is left is the town told of, wherever they go."""
    text = "Ukrainian troops attacked Lyman. The Russian garrison retreated to its second line."
    assert ("leave", "RU", False, "Lyman") in told(text)


def test_where_tells_of_the_last_name() -> None:
    """Of two towns, the clause with "where" is about the one beside it."""
    text = "Russian troops hold Lyman and Siversk, where shelling damaged a school on Monday."
    assert {place for kind, _, _, place in told(text) if kind == "fire"} == {"Siversk"}


def test_they_leave_where_the_sentence_has_them() -> None:
    """The town of the same sentence, not that of the claim before."""
    text = "Russian troops attacked Siversk. Kyiv said its soldiers were in Lyman and that Russian forces were fleeing."
    assert {place for kind, _, _, place in told(text) if kind == "leave"} == {"Lyman"}


def test_the_town_that_a_stronghold_is() -> None:
    """What is captured is the town named for the stronghold, not the town of the claim before."""
    text = "Rebel fighters hold Raqqa. On Monday they captured the last army stronghold, the market town of Idlib."
    items = {(kind, place) for kind, _, _, place in told(text, theatre="syria-2011")}
    assert ("gain", "Idlib") in items
    assert ("gain", "Raqqa") not in items


def test_an_event_in_a_place_unknown_is_there() -> None:
    """It is not told of the town before."""
    text = "Rebel fighters hold Raqqa. Two families had fled fighting in Wadi Marn and Tarzim."
    assert ("attack", "Raqqa") not in {(kind, place) for kind, _, _, place in told(text, theatre="syria-2011")}


def test_a_sentence_between_does_not_part_what_is_told_on() -> None:
    """What follows soon after, in the same paragraph, is told of the same town."""
    text = "Russian troops left Siversk. It was dark by then. Ukrainian drones hit them during the retreat."
    assert ("fire", "UA", False, "Siversk") in told(text)
