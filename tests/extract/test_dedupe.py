"""One fact once: what a repetition adds stays, and the end of a beaten attack is no retreat."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.frame_kit import claims

pytestmark = pytest.mark.model


def _told(text: str) -> list[tuple[str, str | None, tuple[str, ...], bool]]:
    """Kind, side, places and failure of every claim."""
    return [(c.kind.value, c.side, tuple(p.span.text for p in c.places), c.failed) for c in claims(text)]


def test_the_body_gives_the_headline_its_day() -> None:
    """The headline's claim stays, dated by the body that says it again."""
    text = "Russian forces shell Izyum, two wounded. Russian forces shelled the town of Izyum on May 3, 2022."
    (only,) = claims(text)
    assert (only.kind.value, only.date) == ("fire", date(2022, 5, 3))


def test_the_headline_gives_the_body_its_speaker() -> None:
    """Who is named behind the headline's dash said it, though the body names nobody."""
    text = (
        "Russian troops will try to advance on Izyum - General Staff. "
        "Russian troops will try to resume an offensive in the direction of Izyum."
    )
    (only,) = claims(text)
    assert only.speaker is not None
    assert "General Staff" in only.speaker.text


def test_an_attack_under_a_topic_of_shelling_is_that_shelling() -> None:
    """ "Shelling of X: they attacked X" is one fact, and it is fire."""
    assert _told("Shelling of Izyum: The occupiers attacked Izyum. Two people were wounded.") == [
        ("fire", "RU", ("Izyum",), False)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian troops repelled a Russian attack near Izyum. The enemy suffered losses and retreated.",
        "Russian troops tried to advance on Izyum. Ukrainian defenders stopped the enemy and forced him to retreat.",
    ],
)
def test_who_retreats_from_a_beaten_attack_leaves_nothing(text: str) -> None:
    """The attack failed; nobody left the place that was attacked."""
    assert _told(text) == [("attack", "RU", ("Izyum",), True)]


def test_a_retreat_told_by_somebody_else_stays() -> None:
    """A second speaker's word is a claim of its own."""
    text = "Ukrainian troops repelled an attack near Izyum. Russian forces withdrew from Izyum, residents said."
    assert ("leave", "RU", ("Izyum",), False) in _told(text)
