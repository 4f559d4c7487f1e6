"""Distance-and-direction phrases: "Kodema (13 km southeast of Bakhmut)"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from whoholds.model import RelativePhrase, Span

BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0,
    "south": 180.0, "southwest": 225.0, "west": 270.0, "northwest": 315.0,
    "north-northeast": 22.5, "east-northeast": 67.5, "east-southeast": 112.5, "south-southeast": 157.5,
    "south-southwest": 202.5, "west-southwest": 247.5, "west-northwest": 292.5, "north-northwest": 337.5,
}  # fmt: skip
_UNITS = {"k": 1.0, "m": 1.609344}
_COMPASS = r"(?:north|south|east|west)(?:-?(?:north|south)?-?(?:east|west))?"
PHRASE = re.compile(
    r"(?P<lead>\s*[(\[]\s*|\s*,\s*(?:which (?:is|lies) |located |lying |situated |a (?:village|town) )?|"
    r"\s+(?:which (?:is|lies) |located |lying |situated ))?"
    r"(?:about|roughly|approximately|around|some|approx\.?|nearly|just|less than|over|~|≈|only|an estimated)?\s*"
    r"(?P<low>\d+(?:[.,]\d+)?)(?:\s*(?:-|–|to)\s*(?P<high>\d+(?:[.,]\d+)?))?\s*"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\.?\s+"
    rf"(?:(?:directly |due |to the |further |just |immediately )?(?P<dir>{_COMPASS})(?:ward)?s?\s+(?:of|from)|"
    rf"away from|from|outside(?: of)?)\s+"
    r"(?:the (?:city|town|village|regional centre|capital) (?:of )?|the |downtown |central )?",
    re.IGNORECASE,
)


_HINT = re.compile(r"\d\s*(?:km|kilomet|mi)", re.IGNORECASE)


def bearing_of(word: str | None) -> float | None:
    """The bearing [degree] of a compass word, None for none.

    >>> bearing_of("south-east"), bearing_of(None)
    (135.0, None)
    """
    if not word:
        return None
    low = word.lower()
    return BEARINGS.get(low, BEARINGS.get(low.replace("-", "")))


def attach(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, RelativePhrase]]:
    """Phrases that stand behind a name and before another: (index of the place, index of the anchor, the phrase)."""
    if _HINT.search(text) is None:
        return
    for match in PHRASE.finditer(text):
        # An anchor was widened to "southeast of Bakhmut" by the grammar: find it by where it ends.
        anchor = next((j for j, (a, b) in enumerate(spans) if a <= match.end() < b and a >= match.start()), None)
        if anchor is None or match["lead"] is None:
            continue
        place = next((i for i in range(anchor - 1, -1, -1) if spans[i][1] <= match.start() + 1), None)
        if place is None or text[spans[place][1] : match.start()].strip():
            continue
        low = float(match["low"].replace(",", "."))
        high = float(match["high"].replace(",", ".")) if match["high"] else low
        yield (
            place,
            anchor,
            RelativePhrase(
                km=(low + high) / 2 * _UNITS[match["unit"][0].lower()],
                bearing=bearing_of(match["dir"]),
                anchor=Span.of(text, match.end(), spans[anchor][1]),
                span=Span.of(text, match.start(), spans[anchor][1]),
            ),
        )
