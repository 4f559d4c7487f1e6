"""One thing somebody says one side did, does or holds at one or more places."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from whoholds.model.mention import PlaceType
from whoholds.model.spans import Span


class Kind(StrEnum):
    """What the side did; the nearest ACLED sub-event types are in docs/reference."""

    GAIN = "gain"
    ENTER = "enter"
    HOLD = "hold"
    LEAVE = "leave"
    ATTACK = "attack"
    FIRE = "fire"
    ADVANCE = "advance"
    DEPLOY = "deploy"
    ESCALATE = "escalate"


class Stance(StrEnum):
    """How the speaker stands to the claim."""

    ASSERTED = "asserted"
    ACKNOWLEDGED = "acknowledged"
    DENIED = "denied"
    RUMOURED = "rumoured"
    PREDICTED = "predicted"


class EvidenceType(StrEnum):
    """What the speaker shows for it."""

    STATEMENT = "statement"
    VISUAL = "visual"
    MAP = "map"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPlace:
    """A place the claim is about, as the text names it."""

    span: Span
    type: PlaceType


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of unnamed places: at least `min` of `unit`."""

    min: int | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """A claimed distance [km] to something: "within 50 km of the border with Russia"."""

    distance_km: float
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim as read, never rewritten. `rule` names its pattern; `date` is None where the text gives none.

    `speaker` is the first who said it; `via` the outlet that the text names as passing it on ("Reuters" in "Reuters,
    citing the mayor"), None where the report has it from the speaker.
    """

    id: str
    report_id: str
    kind: Kind
    side: str | None
    places: tuple[ClaimPlace, ...]
    trigger: Span
    stance: Stance
    hedged: bool
    failed: bool
    speaker: Span | None
    speaker_side: str | None
    date: date | None
    evidence: EvidenceType
    count: Count | Distance | None
    sentence: Span
    rule: str
    via: Span | None = None


def claim_id(report_id: str, trigger_start: int, trigger_end: int, kind: Kind, *, nth: int = 0) -> str:
    """The id of a claim: made of what was said and where, never of what later code may decide better.

    `nth` counts the further claims of a kind on one trigger ("Kyiv denied" both of two gains); the first is 0.

    >>> claim_id("r1", 0, 9, Kind.GAIN) == claim_id("r1", 0, 9, Kind.GAIN)
    True
    """
    key = f"{report_id}\x1f{trigger_start}\x1f{trigger_end}\x1f{kind.value}" + (f"\x1f{nth}" if nth else "")
    return "c-" + hashlib.sha256(key.encode()).hexdigest()[:20]
