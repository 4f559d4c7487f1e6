"""Plain sentences of our own, a way of telling each: what was told of whom, where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.frame_kit import extractor, report
from whoholds.model import Mention, PlaceType, Span

pytestmark = pytest.mark.model

Told = tuple[str, "str | None", bool, str]


def phrases() -> list[tuple[str, Told, str]]:
    """Theatre, what is told, sentence."""
    out: list[tuple[str, Told, str]] = []
    theatre = ""
    for line in Path(__file__).with_name("phrasebook.txt").read_text("utf-8").splitlines():
        if line.startswith("@"):
            theatre = line[1:]
        elif " | " in line and not line.startswith("#"):
            told, sentence = line.split(" | ", 1)
            kind, side, *rest = told.split(" ")
            failed = rest[0] == "F"
            place = " ".join(rest[1:] if failed else rest)
            out.append((theatre, (kind, None if side == "-" else side, failed, place), sentence))
    return out


@pytest.mark.parametrize(("theatre", "told", "sentence"), phrases(), ids=lambda x: x if isinstance(x, str) else "")
def test_it_is_read(theatre: str, told: Told, sentence: str) -> None:
    place = told[3]
    start = sentence.index(place)
    kind = PlaceType.REGION if place.endswith(("region", "province")) else PlaceType.SETTLEMENT
    mention = Mention(span=Span.of(sentence, start, start + len(place)), type=kind, name=place.split(" region")[0])
    claims = extractor(theatre).extract(report(sentence), [mention])
    assert told in {(c.kind.value, c.side, c.failed, p.span.text) for c in claims for p in c.places}
