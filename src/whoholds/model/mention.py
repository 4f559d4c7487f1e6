"""A name of a place in the text, not yet resolved."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from whoholds.model.spans import Span


class PlaceType(StrEnum):
    """What kind of place the words name : settlement, region, direction or feature."""

    SETTLEMENT = "settlement"
    REGION = "region"
    DIRECTION = "direction"
    FEATURE = "feature"


@dataclass(frozen=True, slots=True, kw_only=True)
class RelativePhrase:
    """Distance [km], bearing [degree, None where only a distance stands] and anchor of "13 km southeast of Bakhmut"."""

    km: float
    bearing: float | None
    anchor: Span
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place name where it stands, with the gazetteer entries (`candidates`) or theatre area (`area`) that carry it.

    `name` is the bare name inside the span ("Kharkiv" in "the Kharkiv region"); a name that no gazetteer carries
    but that stands where only a place can stand has neither candidates nor area. `role` is "name", or "anchor" for a
    name that only says where another place lies ("Bakhmut" in "Kodema (13 km southeast of Bakhmut)"), or "office" for
    one that only names an office or force ("Kherson Oblast Administration"): no claim is about these two.
    """

    span: Span
    type: PlaceType
    name: str
    candidates: tuple[int, ...] = ()
    area: str | None = None
    phrase: RelativePhrase | None = None
    role: str = "name"
