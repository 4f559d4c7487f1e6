"""Sides by theatre data and words around; quotations; inflection: the parts that need no parser."""

from __future__ import annotations

import pytest

from tests.extract.reading_kit import THEATRE
from whoholds.extract.allegiance import Allegiance
from whoholds.extract.cues import english_cues, inflect
from whoholds.extract.headlines import headline_speaker, post_author
from whoholds.extract.passage import Passage, quotations
from whoholds.model import Part, PartKind

SIDES = Allegiance(THEATRE)


@pytest.mark.parametrize(
    ("name", "around", "side"),
    [
        ("Jan Berg", "Jan Berg", "N"),
        ("Berg", "Berg", "N"),
        ("Sudrian officials", "Sudrian officials", "S"),
        ("the General Staff", "the General Staff", "N"),
        ("Red Falcons", "a commander of the Red Falcons", "S"),
        ("officials", "pro-Sudria separatist officials", "S"),
        ("fighters", "anti-Sudria fighters", "N"),
        ("administrators", "Sudrian-backed administrators in Norland", "S"),
        ("Ole Dahl", "the self-proclaimed mayor of Oakham Ole Dahl", "S"),
        ("Ole Dahl", "the mayor of Oakham Ole Dahl", "N"),
        ("Norlandic Watch for Rights", "Norlandic Watch for Rights", None),
        ("the Defence Ministry", "the British Defence Ministry", None),
        ("residents", "residents", None),
    ],
)
def test_sides(name: str, around: str, side: str | None) -> None:
    """People, offices, forces and groups by name; alignment by the words around; else nobody's."""
    assert SIDES.of(name, around) == side


def test_local_officials_only_where_asked() -> None:
    """That a mayor belongs to whose government the place is comes last, and can be left out."""
    assert SIDES.of("the mayor", "the mayor", local=False) is None


def test_outlets_know_their_own_names() -> None:
    """An outlet is itself under all its aliases."""
    assert SIDES.is_outlet("Norland Press", "norpress.example")
    assert not SIDES.is_outlet("Norland Press", "The Daily")
    assert SIDES.of_outlet("norpress.example") == "N"


@pytest.mark.parametrize(
    ("paragraph", "inside"),
    [
        ('"We left," he said. "All of us went home."', ["We left,", "All of us went home."]),
        ("He said: “We left the town.” Then he went.", ["We left the town."]),
        ('went home at noon," he said. "We left."', ["went home at noon,", "We left."]),
        ('He said: "We left the town and', ["We left the town and"]),
    ],
)
def test_quotations(paragraph: str, inside: list[str]) -> None:
    """Straight and curly marks, and quotations that the passage cuts off at either end."""
    assert [paragraph[q.start : q.end] for q in quotations(paragraph)] == inside


def test_a_word_in_quotation_marks_is_no_quotation() -> None:
    """ "Liberated" in marks is a word held at arm's length."""
    text = 'They call Elmford "liberated" now.'
    passage = Passage(text, [(0, len(text))], lambda _: None)  # type: ignore[arg-type, return-value]
    assert passage.quotation_at(text.index("liberated")) is None


def test_inflection() -> None:
    """The lexicon lists base forms; all forms are found."""
    cues = english_cues()
    assert {"deny", "denies", "denied", "denying"} <= cues.deny
    assert inflect("publish") == {"publish", "publishes", "published", "publishing"}
    assert "told" in cues.say


def test_headline_speakers_are_named_where_they_stand() -> None:
    """The span is the words beside the dash."""
    text = "Troops leave Elmford, - General Staff (15.09.21 10:00)"
    span = headline_speaker(text, 0, (0, len(text)), SIDES, english_cues())
    assert span is not None
    assert span.text == "General Staff"


def test_a_signature_covers_its_own_post_only() -> None:
    """Two paragraphs above a signature may be two things."""
    text = "Troops left Oakham.\n\nTroops seized Elmford.\n\n— Pat Reed (@patreed)"
    assert post_author(text, text.index("seized"), ()) is not None
    assert post_author(text, text.index("left"), ()) is None


def test_a_post_whose_author_the_text_does_not_name_has_no_span() -> None:
    """A speaker is always words of the text."""
    text = "Troops seized Elmford."
    part = Part(kind=PartKind.POST, start=0, end=len(text), author="Pat Reed")
    assert post_author(text, 3, (part,)) is None
