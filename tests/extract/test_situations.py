"""A hard situation that goes on with fighting elsewhere is fighting, and whoever calls it hard concedes it."""

from __future__ import annotations

import pytest

from tests.extract.frame_kit import claims
from whoholds.model import Kind, Stance

pytestmark = pytest.mark.model


def _fights(text: str, theatre: str = "ukraine-2022") -> set[tuple[str, Stance, str | None]]:
    """Place, stance and speaker of the attacks of a text."""
    return {
        (p.span.text, c.stance, c.speaker.text if c.speaker else None)
        for c in claims(text, theatre=theatre)
        for p in c.places
        if c.kind is Kind.ATTACK
    }


@pytest.mark.parametrize(
    ("told", "theatre"),
    [
        ("Denis Pushilin said the situation in Lyman was hard and that there was also fighting near", "ukraine-2022"),
        ("Shushan Stepanyan said the situation in Lyman is critical and battles also rage near", "karabakh-2020"),
        ("Moussa Ibrahim said the situation in Lyman was tough and fighting still went on in", "libya-2011"),
    ],
)
def test_a_hard_situation_beside_fighting_is_conceded_fighting(told: str, theatre: str) -> None:
    """In any war, and at both places."""
    found = _fights(f"{told} Siversk.", theatre)
    assert {place for place, _, _ in found} == {"Lyman", "Siversk"}
    assert {stance for _, stance, _ in found} == {Stance.ACKNOWLEDGED}


def test_a_third_party_concedes_nothing() -> None:
    """An observer who calls the situation hard says so of others."""
    found = _fights("The OSCE said the situation in Lyman was tense and there was also fighting near Siversk.")
    assert found == {("Lyman", Stance.ASSERTED, "The OSCE"), ("Siversk", Stance.ASSERTED, "The OSCE")}


@pytest.mark.parametrize(
    "text",
    [
        "Denis Pushilin said the situation in Lyman was difficult.",
        "Denis Pushilin said the humanitarian situation in Lyman was dire and fighting was still going on in Siversk.",
        "Denis Pushilin said the situation in Lyman was calm and that there was also fighting near Siversk.",
    ],
)
def test_other_situations_are_no_fighting(text: str) -> None:
    """Hard alone, of another matter, or easy: nothing is said of fighting in that place."""
    assert not any(place == "Lyman" for place, _, _ in _fights(text))


def test_a_region_behind_the_town_of_is_no_place_of_its_own() -> None:
    """ "The town of X in Y": Y only says where X is."""
    (claim,) = claims("There was fighting in the town of Lyman in eastern Ukraine.")
    assert [p.span.text for p in claim.places] == ["Lyman"]
