"""A denial of what was said just before is the same claim, denied."""

from __future__ import annotations

import pytest

from tests.extract.frame_kit import claims
from whoholds.model import Stance

pytestmark = pytest.mark.model


def _told(text: str, theatre: str = "ukraine-2022") -> list[tuple[str, str | None, str, Stance]]:
    """Kind, speaker's side, place and stance of every claim."""
    return [
        (c.kind.value, c.speaker_side, c.places[0].span.text, c.stance)
        for c in claims(text, theatre=theatre)
        if c.places
    ]


def test_a_denial_in_the_next_sentence() -> None:
    """Its trigger is the word of denying; its speaker who denies."""
    text = "The Russian Defense Ministry said its troops had captured Kodema. Ukraine's military dismissed the report."
    first, second = claims(text)
    assert (first.stance, second.stance) == (Stance.ASSERTED, Stance.DENIED)
    assert (second.kind, second.side, second.places) == (first.kind, first.side, first.places)
    assert second.trigger.text == "dismissed"
    assert second.speaker_side == "UA"
    assert second.id != first.id


def test_a_denial_in_the_same_sentence() -> None:
    """ "though Armenia denied this"."""
    assert _told("Azerbaijan said on Sunday it had taken Hadrut, though Armenia denied this.", "karabakh-2020") == [
        ("gain", "AZ", "Hadrut", Stance.ASSERTED),
        ("gain", "ARM", "Hadrut", Stance.DENIED),
    ]


@pytest.mark.parametrize("behind", [", a claim that Ukraine rejected.", ", which Ukraine denied."])
def test_a_denial_hung_on_the_claim(behind: str) -> None:
    """A relative clause denies what it hangs on."""
    assert _told("Russia said that its forces had seized Bakhmut" + behind) == [
        ("gain", "RU", "Bakhmut", Stance.ASSERTED),
        ("gain", "UA", "Bakhmut", Stance.DENIED),
    ]


@pytest.mark.parametrize(
    "after",
    [
        "Ukraine's military did not deny it.",
        "The Russian Defense Ministry denied the claim that it had lost men.",
        "Ukraine's military rejected the offer.",
        "Ukraine's military denied entry to reporters.",
    ],
)
def test_other_denials_deny_nothing_told_before(after: str) -> None:
    """Denials with an object of their own, of offers, of entry, and none at all."""
    told = _told("The Russian Defense Ministry said that its troops had captured Kodema. " + after)
    assert [(kind, stance) for kind, _, place, stance in told if place == "Kodema"] == [("gain", Stance.ASSERTED)]


def test_a_denial_in_a_clause_is_of_its_own_sentence() -> None:
    """ "which Kyiv denied" says nothing of the sentence before."""
    text = "The Russian ministry said its troops had captured Kodema. It said two jets were lost, which Kyiv denied."
    assert [c.stance for c in claims(text)] == [Stance.ASSERTED]


def test_it_is_denied() -> None:
    text = "The Russian Defense Ministry said its troops had captured Kodema. Kyiv's military denied it."
    assert [c.stance for c in claims(text)] == [Stance.ASSERTED, Stance.DENIED]


@pytest.mark.parametrize(
    ("text", "speaker_side", "stance"),
    [
        ("Zelensky said troops had taken Kodema, a claim debunked by the Kremlin.", "RU", Stance.DENIED),
        ("The Kremlin said that Zelensky's claim of capturing Kodema was a lie.", "RU", Stance.DENIED),
        (
            "Information about the shelling of Kodema by Ukraine's army is not true, the Kremlin said.",
            "RU",
            Stance.DENIED,
        ),
        ("It does not appear that Russian forces entered Kodema.", None, Stance.DENIED),
        ("We do not assess that Russian forces entered Kodema.", None, Stance.DENIED),
        ("ISW does not believe that Russian forces entered Kodema.", None, Stance.DENIED),
        ("Kodema not under enemy control yet.", None, Stance.DENIED),
    ],
)
def test_who_calls_it_untrue_denies_it(text: str, speaker_side: str | None, stance: Stance) -> None:
    """The speaker is who says that it is not so, whoever had claimed it."""
    last = claims(text)[-1]
    assert (last.speaker_side, last.stance) == (speaker_side, stance)


def test_each_place_on_its_own_day() -> None:
    """ "took X on D and Y on E" is two claims; one day for both is one."""
    apart = claims("Russian forces took Kodema on August 24 and Zaitseve on September 3 after long battles.")
    assert [(c.places[0].span.text, c.date.isoformat() if c.date else None) for c in apart] == [
        ("Kodema", "2022-08-24"),
        ("Zaitseve", "2022-09-03"),
    ]
    assert len({c.id for c in apart}) == 2
    assert len(claims("Russian forces took Kodema and Zaitseve on September 3.")) == 1


@pytest.mark.parametrize(
    "after",
    [
        "But Ukrainian officials disputed the assertion.",
        "However, this claim has been disputed by Ukrainian officials.",
    ],
)
def test_a_claim_is_disputed(after: str) -> None:
    """By a verb that takes no clause, and in the passive."""
    told = _told("The Russian Defense Ministry said that its troops had captured Kodema. " + after)
    assert told[-1] == ("gain", "UA", "Kodema", Stance.DENIED)
