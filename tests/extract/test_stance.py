"""How the speaker stands to it, and where doubt is marked, in sentences of our own."""

from __future__ import annotations

import pytest

from tests.extract.reading_kit import read
from whoholds.model import Kind, Stance

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "trigger", "stance", "hedged"),
    [
        ("Sudrian troops seized Elmford.", "seized", Stance.ASSERTED, False),
        ("Sudrian troops likely seized Elmford.", "seized", Stance.ASSERTED, True),
        ("Sudrian troops may have seized Elmford.", "seized", Stance.ASSERTED, True),
        ("Sudrian troops appear to have seized Elmford.", "seized", Stance.ASSERTED, True),
        ("Sudrian troops are believed to have seized Elmford.", "seized", Stance.ASSERTED, True),
        ("A Sudrian source claimed that troops seized Elmford.", "seized", Stance.ASSERTED, True),
        ("Sudrian troops reportedly seized Elmford.", "seized", Stance.RUMOURED, False),
        ("There were reports that Sudrian troops seized Elmford.", "seized", Stance.RUMOURED, False),
        ("Sudrian troops will seize Elmford.", "seize", Stance.PREDICTED, False),
        ("Sudrian troops may seize Elmford within days.", "seize", Stance.PREDICTED, True),
        ("Sudrian troops will likely seize Elmford.", "seize", Stance.PREDICTED, True),
        ("Sudria plans to seize Elmford.", "seize", Stance.PREDICTED, False),
        ("Sudrian troops are about to seize Elmford.", "seize", Stance.PREDICTED, False),
        ("The Sudrian army threatened to seize Elmford.", "seize", Stance.PREDICTED, False),
        ("Sudrian troops did not seize Elmford.", "seize", Stance.DENIED, False),
        ("Sudrian troops have never seized Elmford.", "seized", Stance.DENIED, False),
        ("Sudrian troops failed to seize Elmford.", "seize", Stance.DENIED, False),
        ("Sudrian troops are unlikely to seize Elmford.", "seize", Stance.DENIED, True),
        ("Jan Berg denied that Sudrian troops had seized Elmford.", "seized", Stance.DENIED, False),
        ("There is no evidence that Sudrian troops have seized Elmford.", "seized", Stance.DENIED, False),
        ("Jan Berg admitted that Sudrian troops had seized Elmford.", "seized", Stance.ACKNOWLEDGED, False),
        ("Norlandic officials confirmed that Sudrian troops had seized Elmford.", "seized", Stance.ACKNOWLEDGED, False),
        ("Sudrian officials confirmed that their troops had seized Elmford.", "seized", Stance.ASSERTED, False),
    ],
)
def test_verbs(text: str, trigger: str, stance: Stance, hedged: bool) -> None:
    """Modals, adverbs, negation and the word of saying set the stance."""
    found = read(text, trigger)
    assert (found.stance, found.hedged) == (stance, hedged)


@pytest.mark.parametrize(
    ("text", "trigger", "stance", "hedged"),
    [
        ("Sudrian troops conducted attacks near Elmford.", "attacks", Stance.ASSERTED, False),
        ("Sudrian troops did not conduct any attacks near Elmford.", "attacks", Stance.DENIED, False),
        ("Sudrian troops made no attempts to storm Elmford.", "storm", Stance.DENIED, False),
        ("War bloggers posted about an alleged attack on Elmford.", "attack", Stance.ASSERTED, True),
        ("The General Staff warned of attacks on Elmford.", "attacks", Stance.PREDICTED, False),
        ("Heavy shelling around Elmford may indicate a new plan.", "shelling", Stance.ASSERTED, False),
        ("Troops attacking Elmford will likely need more fuel.", "attacking", Stance.ASSERTED, False),
        ("Sudrian troops shelled Elmford, likely to deter a sortie.", "shelled", Stance.ASSERTED, False),
        ("Observers cannot confirm whether the attack on Elmford took place.", "attack", Stance.ASSERTED, False),
        ("Sudrian forces abandoned direct attacks on Elmford.", "attacks", Stance.DENIED, False),
    ],
)
def test_scope(text: str, trigger: str, stance: Stance, hedged: bool) -> None:
    """Only what governs the event changes it, not what is said of it or beside it."""
    found = read(text, trigger, kind=Kind.ATTACK)
    assert (found.stance, found.hedged) == (stance, hedged)


def test_a_failed_attack_is_asserted() -> None:
    """What denies the success of an attack does not deny the attack."""
    text = "Sudrian troops failed to advance on Elmford."
    assert read(text, "advance", kind=Kind.ATTACK, failed=True).stance is Stance.ASSERTED


def test_a_side_that_says_it_left_acknowledges_it() -> None:
    """Against one's own interest is an admission whatever the verb; against the enemy's it is a claim."""
    text = "{} officials said Sudrian troops had withdrawn from Elmford."
    own = read(text.format("Sudrian"), "withdrawn", kind=Kind.LEAVE)
    other = read(text.format("Norlandic"), "withdrawn", kind=Kind.LEAVE)
    assert (own.stance, other.stance) == (Stance.ACKNOWLEDGED, Stance.ASSERTED)


def test_a_frame_negated_is_not_negated_twice() -> None:
    """The frame's own negation and the parse's are one and the same."""
    assert read("Sudrian troops never took Elmford.", "took", negated=True).stance is Stance.DENIED


def test_rumour_with_a_speaker_is_a_hedge() -> None:
    """ "Reportedly" in somebody's mouth is doubt, not rumour."""
    found = read("War bloggers said that troops reportedly seized Elmford.", "seized")
    assert (found.stance, found.hedged) == (Stance.ASSERTED, True)


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "stance"),
    [
        ("Sudrian advances toward Elmford made no progress.", "advances", Kind.ADVANCE, Stance.DENIED),
        ("Sudrian forces remain stalemated around Elmford.", "stalemated", Kind.ADVANCE, Stance.DENIED),
        ("Reports of an attack on Elmford are false.", "attack", Kind.ATTACK, Stance.DENIED),
        ("We want to end the occupation of Elmford.", "occupation", Kind.HOLD, Stance.ASSERTED),
        ("Officials prepare ahead of the annexation of Elmford.", "annexation", Kind.ESCALATE, Stance.PREDICTED),
    ],
)
def test_what_the_sentence_makes_of_an_event(text: str, trigger: str, kind: Kind, stance: Stance) -> None:
    """No progress, false reports, states that somebody would end, events still ahead."""
    assert read(text, trigger, kind=kind).stance is stance


def test_a_claim_the_report_could_not_verify_is_hedged() -> None:
    """The report's own doubt about what it passes on."""
    text = "A Sudrian channel reported that troops seized Elmford, but we cannot independently verify this claim."
    assert read(text, "seized").hedged


def test_likely_before_what_is_continued() -> None:
    """ "Are likely continuing efforts to take" doubts the efforts, however it is parsed."""
    found = read("Sudrian forces in the area are likely continuing efforts to take villages.", "take")
    assert found.hedged


def test_a_deed_beside_one_that_is_only_planned() -> None:
    """ "Seek to take X while driving on Y": both are to come; beside a deed done it is done."""
    text = "Sudrian forces likely seek to take Elmford while simultaneously driving toward Oakham."
    found = read(text, "driving", kind=Kind.ADVANCE)
    assert (found.stance, found.hedged) == (Stance.PREDICTED, True)
    done = "Sudrian forces took Elmford while driving toward Oakham."
    assert read(done, "driving", kind=Kind.ADVANCE).stance is Stance.ASSERTED


@pytest.mark.parametrize(
    ("text", "trigger", "stance", "hedged"),
    [
        ("Jan Berg will announce that troops have seized Elmford.", "seized", Stance.PREDICTED, False),
        ("Jan Berg announced that troops have seized Elmford.", "seized", Stance.ASSERTED, False),
        ("Those in the port spoke up at great risk against the seizure of Elmford.", "seizure", Stance.ASSERTED, False),
        ("There is a risk of the seizure of Elmford.", "seizure", Stance.PREDICTED, False),
    ],
)
def test_what_will_be_said_and_what_is_at_risk(text: str, trigger: str, stance: Stance, hedged: bool) -> None:
    """A word that is still to be spoken; a risk of something against a risk run because of it."""
    found = read(text, trigger)
    assert (found.stance, found.hedged) == (stance, hedged)


def test_likely_to_go_on() -> None:
    """ "Is likely to continue" tells of what is to come."""
    found = read("The battle for Elmford is likely to continue.", "battle", kind=Kind.ATTACK)
    assert (found.stance, found.hedged) == (Stance.PREDICTED, True)


@pytest.mark.parametrize(
    ("text", "negated", "stance"),
    [
        ("It was not possible to verify Sudria's claim to have seized Elmford.", True, Stance.ASSERTED),
        ("The claim that Sudria had seized Elmford could not be verified.", False, Stance.ASSERTED),
        ("It was not possible to verify Sudria's claim that it did not seize Elmford.", True, Stance.DENIED),
    ],
)
def test_a_claim_that_cannot_be_verified(text: str, negated: bool, stance: Stance) -> None:
    """What cannot be verified is doubted, not denied; what the claim itself denies is denied."""
    found = read(text, "seize", negated=negated)
    assert (found.stance, found.hedged) == (stance, True)
