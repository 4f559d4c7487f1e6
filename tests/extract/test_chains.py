"""Cited chains: the speaker is the first who said it, and who passes it on is kept beside."""

from __future__ import annotations

import pytest

from tests.extract.frame_kit import claims
from tests.extract.reading_kit import read

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "speaker", "via"),
    [
        ("Reuters reported, citing Jan Berg, that troops had seized Elmford.", "Jan Berg", "Reuters"),
        ("Troops seized Elmford, Reuters reported, citing local officers.", "local officers", "Reuters"),
        ("Troops seized Elmford, the Oakham Times reports, referring to Jan Berg.", "Jan Berg", "the Oakham Times"),
        ("Troops seized Elmford, Reuters writes with reference to Jan Berg.", "Jan Berg", "Reuters"),
        ("Reuters quoted Teo Marr as saying that troops had seized Elmford.", "Teo Marr", "Reuters"),
        ("Teo Marr was quoted by Reuters as saying that troops had seized Elmford.", "Teo Marr", "Reuters"),
        ("Troops seized Elmford, Teo Marr said, as quoted by Norland Press.", "Teo Marr", "Norland Press"),
        ("According to the Oakham Times, Jan Berg said troops had seized Elmford.", "Jan Berg", "the Oakham Times"),
        ("Fishermen told Reuters that troops had seized Elmford.", "Fishermen", "Reuters"),
        (
            "Jan Berg said in an interview with Norland Press that troops had seized Elmford.",
            "Jan Berg",
            "Norland Press",
        ),
        ("The Observer of Wars said Jan Berg admitted that troops seized Elmford.", "Jan Berg", "The Observer of Wars"),
    ],
)
def test_the_first_speaker_and_who_passes_it_on(text: str, speaker: str, via: str) -> None:
    """However the chain is told."""
    found = read(text, "seized")
    assert found.speaker is not None
    assert found.via is not None
    assert (found.speaker.text, found.via.text) == (speaker, via)
    assert text[found.via.start : found.via.end] == via


@pytest.mark.parametrize(
    "text",
    [
        "Jan Berg said troops had seized Elmford.",
        "Jan Berg told President Ilse Falk that troops had seized Elmford.",
        "Jan Berg told reporters that troops had seized Elmford.",
        "Reuters reported that troops had seized Elmford.",
    ],
)
def test_who_is_told_or_speaks_himself_passes_nothing_on(text: str) -> None:
    """A person who is told, nameless reporters, and the agency that is the speaker itself are no link of a chain."""
    found = read(text, "seized")
    assert found.speaker is not None
    assert found.via is None


def test_the_reports_own_outlet_passes_nothing_on() -> None:
    """What the mayor told this very paper comes from the mayor."""
    text = "Jan Berg told The Observer of Wars that troops had seized Elmford."
    assert read(text, "seized", outlet="The Observer of Wars").via is None
    assert read(text, "seized", outlet="The Daily").via is not None


def test_whom_one_tells_is_no_speaker() -> None:
    """Behind a comma "told" has its listener after it, never its speaker."""
    text = "Troops seized Elmford, the chief of staff, Gen Berg, told President Falk on Monday."
    found = read(text, "seized")
    assert found.speaker is not None
    assert "Berg" in found.speaker.text
    later = (
        "An officer, speaking on condition of anonymity, told reporters that troops had left. "
        "The officer said troops had seized Elmford."
    )
    found = read(later, "seized")
    assert found.speaker is not None
    assert "officer" in found.speaker.text


def test_the_claim_keeps_both() -> None:
    """From the extractor on."""
    (claim,) = claims("Russian troops have left Izyum, the Moscow Times reported, citing Ukrainian officials.")
    assert claim.speaker is not None
    assert claim.via is not None
    assert (claim.speaker.text, claim.via.text) == ("Ukrainian officials", "the Moscow Times")
