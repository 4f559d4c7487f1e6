"""Numbers of unnamed places, and distances: "more than 40 settlements", "to within 50 km of the border"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whoholds.extract.triggers import Lexicon, Trigger
from whoholds.model import Count, Distance, Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNITS = (
    r"(?:(?:cities|towns|villages|settlements|localities|hamlets|communities"
    r"|housing estates)(?: and (?:cities|towns|villages|settlements|localities))?)"
)
_NUMBER_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a dozen": 12, "dozens of": 24, "a hundred": 100,
}  # fmt: skip
_NEARLY_ALL = 90  # [percent] who has taken as much has taken the place
_COUNT = re.compile(
    rf"\b(?P<n>\d[\d,]*|{'|'.join(_NUMBER_WORDS)}|several|some|many|more|a number of|multiple|other|numerous"
    rf"|a few)(?:\s(?:more|other|key|small|nearby|Ukrainian|Russian|occupied|unnamed"
    rf"|unspecified|\w+(?:ern|al)|border|frontline|populated|residential|strategic|large|nearly))*\s(?P<unit>{_UNITS})\b",
    re.IGNORECASE,
)
_DISTANCE = re.compile(
    r"\b(?:to within|within|up to|as close as|less than|by)\s(?P<n>\d+(?:\.\d+)?)\s?(?P<unit>km|kilomet(?:er"
    r"|re)s?|miles?)\s(?:of|from|to)\s"
    r"(?P<to>(?:the )?[\w’'–-]+(?:\s(?:with|of)\s[\w’']+|\s(?:border|area)|\s[A-Z]\w+)*)"
)


def count_of(text: str, token: Token, trigger: Trigger, lexicon: Lexicon) -> Count | Distance | None:
    """The count or distance that stands in the clause of a trigger."""
    if trigger.kind not in (Kind.GAIN, Kind.HOLD, Kind.LEAVE, Kind.ADVANCE, Kind.ENTER):
        return None
    start = token.idx
    window = text[max(token.sent.start_char, start - 110) : min(token.sent.end_char, start + 160)]
    if trigger.kind is not Kind.ADVANCE and (match := _COUNT.search(window)):
        raw = match["n"].lower()
        n = int(raw.replace(",", "")) if raw[0].isdigit() else _NUMBER_WORDS.get(raw)
        return Count(min=n, unit=match["unit"])
    if match := _DISTANCE.search(window):
        km = float(match["n"]) * (1.609344 if match["unit"].startswith("mile") else 1.0)
        return Distance(distance_km=km, to=match["to"])
    return None


def is_part(percent: Token) -> bool:
    """Whether a share is of a part: "20% of X"."""
    figures = [c.text.replace(",", "") for c in percent.children if c.dep_ == "nummod"]
    return any(f.replace(".", "", 1).isdigit() and float(f) < _NEARLY_ALL for f in figures)
