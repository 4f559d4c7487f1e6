"""Small reports and claims to keep."""

from __future__ import annotations

from datetime import UTC, date, datetime

from whoholds.model import (
    Candidate,
    Claim,
    ClaimPlace,
    Count,
    Distance,
    EvidenceType,
    Kind,
    Part,
    PartKind,
    PlacedClaim,
    PlaceType,
    Report,
    Resolution,
    Segment,
    Span,
    Stance,
    claim_id,
)

TEXT = "Troops took Izium today, the mayor said."


def report(identity: str = "r1", text: str = TEXT, day: date = date(2022, 9, 11), **other: object) -> Report:
    """A report of one sentence."""
    values: dict[str, object] = {
        "id": identity,
        "format": "text",
        "sha256": "0" * 64,
        "text": text,
        "lang": "en",
        "outlet": "Oskil Dispatch",
        "day": day,
        "title": "Izium",
        "author": "A. Writer",
        "categories": ("War", "Main"),
        "published": datetime(2022, 9, 11, 9, 30, tzinfo=UTC),
        "parts": (Part(kind=PartKind.POST, start=0, end=5, author="X", handle="@x", day=day),),
        "segments": (Segment(text_start=0, text_end=5, byte_start=2, byte_end=7),),
        "original": b"\x00\xffTroops",
    }
    return Report(**{**values, **other})  # type: ignore[arg-type]


def claim(of: Report, kind: Kind = Kind.GAIN, count: Count | Distance | None = None) -> Claim:
    """The claim of that sentence."""
    return Claim(
        id=claim_id(of.id, 7, 11, kind),
        report_id=of.id,
        kind=kind,
        side="UA",
        places=(ClaimPlace(span=Span.of(of.text, 12, 17), type=PlaceType.SETTLEMENT),),
        trigger=Span.of(of.text, 7, 11),
        stance=Stance.ASSERTED,
        hedged=False,
        failed=False,
        speaker=Span.of(of.text, 25, 34),
        speaker_side="UA",
        date=date(2022, 9, 11),
        evidence=EvidenceType.STATEMENT,
        count=count,
        sentence=Span.of(of.text, 0, len(of.text)),
        rule="made",
        via=Span.of(of.text, 0, 6) if count is not None else None,
    )


def placed(of: Claim, known: date = date(2022, 9, 11), place_id: int = 707292) -> PlacedClaim:
    """The claim, placed."""
    best = Candidate(place_id=place_id, name="Izium", lat=49.2, lon=37.3, probability=0.9, reasons=("size",))
    other = Candidate(place_id=5, name="Izium", lat=1.0, lon=2.0, probability=0.1)
    return PlacedClaim(
        claim=of,
        resolutions=(Resolution(span=of.places[0].span, type=PlaceType.SETTLEMENT, best=best, runners_up=(other,)),),
        outlet="Oskil Dispatch",
        valid_day=date(2022, 9, 11),
        known_day=known,
        witness="w1",
        group="UA/press/statement",
    )
