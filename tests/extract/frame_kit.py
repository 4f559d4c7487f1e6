"""Claims of a sentence made up for a test: one extractor, places by a list of names, results as plain tuples."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from whoholds.extract import Extractor
from whoholds.model import Claim, Mention, PlaceType, Report, Span
from whoholds.theatres import load_theatre

NAMES = (
    "Kupiansk", "Izyum", "Lyman", "Balakliya", "Vovchansk", "Siversk", "Soledar", "Bakhmut", "Kodema",
    "Zaitseve", "Dolyna",
    "Nova Kakhovka", "Mariupol", "Kherson", "Kyiv", "Irpin", "Sumy", "Aleppo", "Idlib",
    "Kobani", "Shusha", "Hadrut", "Raqqa", "Damascus", "Paris",
)  # fmt: skip
REGIONS = ("Kharkiv Oblast", "Kherson Oblast", "Luhansk Oblast", "eastern Ukraine", "Donbas", "Crimea")
_NAME = "|".join(NAMES)
_DIRECTION = re.compile(
    rf"(?:the )?(?:north|south|east|west)\w* of (?P<a>{_NAME})|the (?P<b>{_NAME}) (?:direction|axis|line)"
    rf"|the direction of (?P<c>{_NAME})"
)


@cache
def extractor(theatre: str = "ukraine-2022") -> Extractor:
    """One extractor a theatre for the whole session."""
    return Extractor(load_theatre(theatre))


def mentions(text: str) -> list[Mention]:
    """The listed names in a text, with the direction and region words around them."""
    out: list[Mention] = []

    def add(start: int, end: int, kind: PlaceType, name: str) -> None:
        if not any(m.span.start < end and start < m.span.end for m in out):
            out.append(Mention(span=Span.of(text, start, end), type=kind, name=name))

    for match in _DIRECTION.finditer(text):
        add(*match.span(), PlaceType.DIRECTION, match["a"] or match["b"] or match["c"])
    for name in REGIONS:
        for match in re.finditer(name, text):
            add(*match.span(), PlaceType.REGION, name.split(" ")[0] if name.endswith("Oblast") else name)
    for name in NAMES:
        for match in re.finditer(rf"\b{name}\b", text):
            add(*match.span(), PlaceType.SETTLEMENT, name)
    return sorted(out, key=lambda m: m.span.start)


def report(text: str, outlet: str = "", day: date | None = date(2022, 9, 12), title: str = "") -> Report:
    """A report of that text."""
    return Report(id="t", format="text", sha256="0", text=text, lang="en", outlet=outlet, day=day, title=title)


def claims(text: str, *, theatre: str = "ukraine-2022", outlet: str = "") -> list[Claim]:
    """The claims of a text."""
    return extractor(theatre).extract(report(text, outlet), mentions(text))


def told(text: str, *, theatre: str = "ukraine-2022", outlet: str = "") -> set[tuple[str, str | None, bool, str]]:
    """The claims of a text as (kind, side, failed, place) one a place; "-" where a claim has none."""
    return {
        (c.kind.value, c.side, c.failed, place)
        for c in claims(text, theatre=theatre, outlet=outlet)
        for place in ([p.span.text for p in c.places] or ["-"])
    }
