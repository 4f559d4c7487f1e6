"""What the words around a name leave of the claim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.infer.made import claim
from whoholds.infer.meaning import Reading, narrowed
from whoholds.model import Kind, PlacedClaim, Span


def said(kind: Kind, sentence: str, name: str | None) -> PlacedClaim:
    """A claim of a sentence about the place called `name` there; None: named in an earlier sentence."""
    made = claim(1, kind, "A", 1, 0)
    start = 100 + sentence.index(name) if name else 20
    span = Span(start=start, end=start + len(name or "Brod"), text=name or "Brod")
    whole = Span(start=100, end=100 + len(sentence), text=sentence)
    place = replace(made.resolutions[0], span=span)
    return replace(made, claim=replace(made.claim, sentence=whole), resolutions=(place,))


@pytest.mark.parametrize(
    ("kind", "meaning", "sentence", "name", "read"),
    [
        (Kind.HOLD, "holds", "The eastern part of the town is still held by them.", None, "inside"),
        (Kind.HOLD, "holds", "They hold the northern outskirts of Brod.", "Brod", "inside"),
        (Kind.GAIN, "took", "They took two districts of the city of Brod.", "Brod", "inside"),
        (Kind.GAIN, "took", "They took the town of Brod.", "Brod", "took"),
        (Kind.GAIN, "took", "South of the town, they took Brod.", "Brod", "took"),
        (Kind.LEAVE, "left", "They left the western half of Brod.", "Brod", None),
        (Kind.ATTACK, "attacks", "They attacked from Brod toward Lug.", "Brod", "deploys"),
        (Kind.ATTACK, "attacks", "They attacked from Brod toward Lug.", "Lug", "attacks"),
        (Kind.ATTACK, "failed", "They failed along the western outskirts of Brod.", "Brod", None),
        (Kind.ATTACK, "attacks", "They attacked Brod.", "Brod", "attacks"),
        (Kind.GAIN, "took", "They freed three villages near Brod.", "Brod", None),
        (Kind.GAIN, "took", "They took farms around the town of Brod and Lug.", "Lug", None),
        (Kind.GAIN, "took", "They took Lug, 12 km south-east of Brod.", "Brod", None),
        (Kind.GAIN, "took", "They took Lug, 12 km south-east of Brod.", "Lug", "took"),
        (Kind.HOLD, "holds", "They hold the approaches to Brod.", "Brod", None),
        (Kind.LEAVE, "left", "They left positions close to Brod.", "Brod", None),
        (Kind.GAIN, "took", "After days near Lug, they took Brod.", "Brod", "took"),
        (Kind.ATTACK, "attacks", "They attacked around the town of Brod.", "Brod", None),
        (Kind.ATTACK, "failed", "They failed in the Brod City area.", "Brod", None),
    ],
)
def test_words_narrow_a_claim(kind: Kind, meaning: str, sentence: str, name: str | None, read: str | None) -> None:
    placed = said(kind, sentence, name)
    found = narrowed(Reading(meaning=meaning, weight=1.0), placed.claim, placed.resolutions[0])
    assert (found and found.meaning) == read
