"""Nouns to rows and back; JSON only where a field is a list of small things."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from whoholds.model import (
    Candidate,
    Claim,
    ClaimPlace,
    Count,
    Distance,
    EvidenceType,
    Judgement,
    Kind,
    Part,
    PartKind,
    PlaceType,
    Report,
    Resolution,
    Segment,
    Span,
    Stance,
    Verdict,
)


def dump(value: Any) -> str:
    """Compact JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=str)


def version_of(report: Report) -> str:
    """What tells two versions of a report apart: what it says and when, not how its bytes are wrapped."""
    key = "\x1f".join((report.text, report.title, str(report.day), str(report.published), report.outlet))
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def report_row(report: Report, known_day: date) -> dict[str, Any]:
    """A report as a row of `reports`."""
    return {
        "id": report.id,
        "version": version_of(report),
        "sha256": report.sha256,
        "format": report.format,
        "outlet": report.outlet,
        "lang": report.lang,
        "title": report.title,
        "author": report.author,
        "url": report.url,
        "day": _iso(report.day),
        "published": _iso(report.published),
        "published_text": report.published_text,
        "retrieved": _iso(report.retrieved),
        "known_day": known_day.isoformat(),
        "origin": report.origin,
        "text": report.text,
        "categories": dump(report.categories),
        "parts": dump([[p.kind.value, p.start, p.end, p.author, p.handle, _iso(p.day)] for p in report.parts]),
        "segments": dump([[s.text_start, s.text_end, s.byte_start, s.byte_end] for s in report.segments]),
        "original": zlib.compress(report.original, 6),
    }


def report_of(row: Mapping[str, Any]) -> Report:
    """The report of a row."""
    return Report(
        id=row["id"],
        format=row["format"],
        sha256=row["sha256"],
        text=row["text"],
        lang=row["lang"],
        outlet=row["outlet"],
        day=_day(row["day"]),
        title=row["title"],
        author=row["author"],
        categories=tuple(json.loads(row["categories"])),
        url=row["url"],
        published=_instant(row["published"]),
        published_text=row["published_text"],
        retrieved=_instant(row["retrieved"]),
        parts=tuple(
            Part(kind=PartKind(k), start=a, end=b, author=author, handle=handle, day=_day(day))
            for k, a, b, author, handle, day in json.loads(row["parts"])
        ),
        segments=tuple(
            Segment(text_start=a, text_end=b, byte_start=c, byte_end=d) for a, b, c, d in json.loads(row["segments"])
        ),
        origin=row["origin"],
        original=zlib.decompress(row["original"]) if row["original"] else b"",
    )


def claim_row(claim: Claim, version: str) -> dict[str, Any]:
    """A claim as a row of `claims`: the columns lists filter by, and the spans in `body`."""
    return {
        "id": claim.id,
        "report_id": claim.report_id,
        "version": version,
        "kind": claim.kind.value,
        "side": claim.side,
        "stance": claim.stance.value,
        "hedged": claim.hedged,
        "failed": claim.failed,
        "speaker": claim.speaker.text if claim.speaker else None,
        "speaker_side": claim.speaker_side,
        "day": _iso(claim.date),
        "evidence": claim.evidence.value,
        "words": claim.trigger.text,
        "rule": claim.rule,
        "body": dump(
            {
                "places": [[*_span(p.span), p.type.value] for p in claim.places],
                "trigger": _span(claim.trigger),
                "speaker": _span(claim.speaker) if claim.speaker else None,
                **({"via": _span(claim.via)} if claim.via else {}),
                "sentence": _span(claim.sentence),
                "count": asdict(claim.count) if claim.count else None,
            }
        ),
    }


def claim_of(row: Mapping[str, Any]) -> Claim:
    """The claim of a row."""
    body = json.loads(row["body"])
    return Claim(
        id=row["id"],
        report_id=row["report_id"],
        kind=Kind(row["kind"]),
        side=row["side"],
        places=tuple(
            ClaimPlace(span=Span(start=a, end=b, text=t), type=PlaceType(kind)) for a, b, t, kind in body["places"]
        ),
        trigger=_span_of(body["trigger"]),
        stance=Stance(row["stance"]),
        hedged=bool(row["hedged"]),
        failed=bool(row["failed"]),
        speaker=_span_of(body["speaker"]) if body["speaker"] else None,
        speaker_side=row["speaker_side"],
        date=_day(row["day"]),
        evidence=EvidenceType(row["evidence"]),
        count=_count(body["count"]),
        sentence=_span_of(body["sentence"]),
        rule=row["rule"],
        via=_span_of(body["via"]) if body.get("via") else None,
    )


def resolutions_text(resolutions: tuple[Resolution, ...]) -> str:
    """The resolutions of a claim as JSON."""
    return dump(
        [
            [
                _span(r.span),
                r.type.value,
                _candidate(r.best) if r.best else None,
                [_candidate(c) for c in r.runners_up],
                r.area,
                r.unresolved,
            ]
            for r in resolutions
        ]
    )


def resolutions_of(text: str) -> tuple[Resolution, ...]:
    """The resolutions that `resolutions_text` wrote."""
    return tuple(
        Resolution(
            span=_span_of(span),
            type=PlaceType(kind),
            best=_candidate_of(best) if best else None,
            runners_up=tuple(_candidate_of(c) for c in others),
            area=area,
            unresolved=unresolved,
        )
        for span, kind, best, others, area, unresolved in json.loads(text)
    )


def judgement_of(row: Mapping[str, Any]) -> Judgement:
    """The judgement of a row."""
    return Judgement(
        claim_id=row["claim_id"],
        verdict=Verdict(row["verdict"]),
        by=row["by"],
        at=datetime.fromisoformat(row["at"]),
        note=row["note"],
        place_id=row["place_id"],
        kind=row["kind"],
    )


def _span(span: Span) -> list[Any]:
    """A span as a list."""
    return [span.start, span.end, span.text]


def _span_of(parts: list[Any]) -> Span:
    """The span of a list."""
    return Span(start=parts[0], end=parts[1], text=parts[2])


def _candidate(c: Candidate) -> list[Any]:
    """A candidate as a list."""
    return [c.place_id, c.name, c.lat, c.lon, c.probability, list(c.reasons)]


def _candidate_of(c: list[Any]) -> Candidate:
    """The candidate of a list."""
    return Candidate(place_id=c[0], name=c[1], lat=c[2], lon=c[3], probability=c[4], reasons=tuple(c[5]))


def _count(value: dict[str, Any] | None) -> Count | Distance | None:
    """A count or a distance, told apart by its keys."""
    if value is None:
        return None
    return Distance(**value) if "distance_km" in value else Count(**value)


def _iso(value: date | datetime | None) -> str | None:
    """ISO text, or nothing."""
    return value.isoformat() if value is not None else None


def _day(text: str | None) -> date | None:
    """The day of ISO text."""
    return date.fromisoformat(text) if text else None


def _instant(text: str | None) -> datetime | None:
    """The instant of ISO text."""
    return datetime.fromisoformat(text) if text else None
