"""What is shown for a claim."""

from __future__ import annotations

import pytest

from tests.extract.reading_kit import read
from whoholds.model import EvidenceType, Kind, Part, PartKind

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("text", "trigger", "shown"),
    [
        ("Geolocated footage shows troops entering Elmford.", "entering", EvidenceType.VISUAL),
        ("Photos posted by a Sudrian channel showed troops who seized Elmford.", "seized", EvidenceType.VISUAL),
        ("Teo Marr posted a video of troops entering Elmford.", "entering", EvidenceType.VISUAL),
        ("Satellite imagery indicates that troops seized the mill at Elmford.", "seized", EvidenceType.VISUAL),
        ("Troops made gains at Elmford, confirmed by videos of the advance.", "gains", EvidenceType.VISUAL),
        ("Rockets struck Elmford, and footage shows burning houses.", "struck", EvidenceType.VISUAL),
        ("Troops seize Elmford. VIDEO", "seize", EvidenceType.VISUAL),
        ("A map shows the gains of the Sudrian army.", "gains", EvidenceType.MAP),
        ("Troops seized Elmford.", "seized", EvidenceType.STATEMENT),
        ("Teo Marr said in a video that troops had seized Elmford.", "seized", EvidenceType.STATEMENT),
        ("Troops seized Elmford, where many took photos of the church.", "seized", EvidenceType.STATEMENT),
    ],
)
def test_what_is_shown(text: str, trigger: str, shown: EvidenceType) -> None:
    """A picture or map that shows the event counts; one that only carries the words does not."""
    assert read(text, trigger, kind=Kind.ENTER).evidence is shown


def test_captions_are_seen() -> None:
    """What a caption tells is seen in its picture; so is what a line under an agency's credit tells."""
    text = "A Sudrian flag flies over Elmford."
    caption = Part(kind=PartKind.CAPTION, start=0, end=len(text))
    assert read(text, "flag", kind=Kind.HOLD, parts=(caption,)).evidence is EvidenceType.VISUAL
    assert read(text, "flag", kind=Kind.HOLD).evidence is EvidenceType.STATEMENT
    credited = read("AFP: A Sudrian flag over Elmford.", "flag", kind=Kind.HOLD)
    assert credited.evidence is EvidenceType.VISUAL
    assert credited.speaker is not None
    assert credited.speaker.text == "AFP"
