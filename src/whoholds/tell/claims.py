"""A claim as told to people: the noun with its report, sentence and places, and as a flat record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from whoholds.model import Claim, Distance, PlacedClaim

NAMELESS = frozenset({"", "unknown outlet"})
"""What stands for the outlet of a report that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldClaim:
    """A claim with what a reader needs beside it; `placed` where a run has placed it."""

    claim: Claim
    placed: PlacedClaim | None
    outlet: str
    title: str
    report_day: date | None
    known_day: date
    url: str | None
    sentence: str

    @property
    def valid_day(self) -> date:
        """When it was so: the claim's own day, else the report's."""
        if self.placed is not None:
            return self.placed.valid_day
        return self.claim.date or self.report_day or self.known_day

    @property
    def whose_word(self) -> str:
        """The speaker as named, with the outlet; or the outlet alone."""
        speaker = " ".join(self.claim.speaker.text.split()) if self.claim.speaker else ""
        if self.outlet in NAMELESS:
            return speaker or "a report whose outlet is not named"
        return f"{speaker} ({self.outlet})" if speaker else self.outlet


def claim_record(told: ToldClaim) -> dict[str, Any]:
    """A claim as plain values: the gold layout's fields, and where each place was taken to be.

    What was said is kept beside what it was taken for: `text` is the words, `name` and `geonameid` the place.
    """
    claim, placed = told.claim, told.placed
    places: list[dict[str, Any]] = []
    for at, place in enumerate(claim.places):
        item: dict[str, Any] = {
            "start": place.span.start,
            "end": place.span.end,
            "text": place.span.text,
            "type": place.type.value,
        }
        if placed is not None and at < len(placed.resolutions):
            r = placed.resolutions[at]
            item |= {
                "geonameid": r.best.place_id if r.best else None,
                "name": r.best.name if r.best else None,
                "lat": r.best.lat if r.best else None,
                "lon": r.best.lon if r.best else None,
                "probability": round(r.best.probability, 4) if r.best else None,
                "area": r.area,
                "unresolved": r.unresolved,
            }
        places.append(item)
    count: dict[str, Any] | None = None
    if isinstance(claim.count, Distance):
        count = {"distance_km": claim.count.distance_km, "to": claim.count.to}
    elif claim.count is not None:
        count = {"min": claim.count.min, "unit": claim.count.unit}
    speaker = claim.speaker
    return {
        "id": claim.id,
        "report": claim.report_id,
        "outlet": told.outlet,
        "title": told.title,
        "url": told.url,
        "report_day": told.report_day.isoformat() if told.report_day else None,
        "known_day": told.known_day.isoformat(),
        "valid_day": told.valid_day.isoformat(),
        "kind": claim.kind.value,
        "side": claim.side,
        "places": places,
        "trigger": {"start": claim.trigger.start, "end": claim.trigger.end, "text": claim.trigger.text},
        "stance": claim.stance.value,
        "hedged": claim.hedged,
        "failed": claim.failed,
        "speaker": {"start": speaker.start, "end": speaker.end, "text": speaker.text} if speaker else None,
        "speaker_side": claim.speaker_side,
        "date": claim.date.isoformat() if claim.date else None,
        "evidence": claim.evidence.value,
        "count": count,
        "sentence": {"start": claim.sentence.start, "end": claim.sentence.end, "text": told.sentence},
        "rule": claim.rule,
        "witness": placed.witness if placed else None,
        "speakers": placed.group if placed else None,
    }
