"""The answer to "why?" as words for people and as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import shapely
from shapely.geometry import mapping

from whoholds.infer import Bearing, ControlSeries, Effect
from whoholds.model import Claim, Place
from whoholds.pipeline.claimed import distance_lines
from whoholds.pipeline.mapped import ShownPlace
from whoholds.pipeline.outputs import told
from whoholds.pipeline.questions import Why
from whoholds.store import KeptClaim
from whoholds.tell.claims import claim_record

MARKS = ("**", "**")
ROUTES = {
    "names": "names the place",
    "area": "is about an area it lies in",
    "on the way": "names a place beyond it",
    "nearby": "names a place nearby",
    "map": "is a map that shows it",
}
SIMPLER_DEGREE = 0.0005
"""Polygons of maps are told this simplified [degree], some 50 m: a map-maker's whole front has 50,000 corners."""


def why_text(why: Why) -> str:
    """The answer as plain text: status, probabilities, then each claim, the weightiest first."""
    place, found = why.place, why.explanation
    known = f", as known on {why.known_on}" if why.known_on else ""
    lines = [
        f"{place.name} ({place.admin1}, geonameid {place.id}) on {found.day}{known}: {found.status}",
        "  " + "  ".join(f"{state} {p:.1%}" for state, p in found.probabilities.items()),
        f"  basis: {why.basis}; {why.n_claims} claims about that day",
    ]
    start = f"{why.base} ({why.base_day})" if why.base else "the theatre's line before the first report"
    lines.append("  at the start: " + "  ".join(f"{s} {p:.1%}" for s, p in found.base.items()) + f", from {start}")
    if why.others:
        names = "; ".join(f"{p.name}, {p.admin1} ({p.id})" for p in why.others[:4])
        lines.append(f"  not to be mixed up with: {names}")
    if not found.effects:
        lines += ["", "No claim bears on it: the start is carried on."]
    for number, effect in enumerate(weightiest(why), start=1):
        kept, shown = why.claims.get(effect.claim_id), why.maps.get(effect.claim_id)
        if kept is not None:
            lines += ["", *_claim_lines(number, effect, kept, found.status)]
        elif shown is not None:
            lines += ["", *_map_lines(number, effect, shown, found.status)]
    lines += distance_lines(why.distances, place)
    if why.verdicts:
        lines += ["", "Verdicts of analysts:"]
    for judgement in why.verdicts:
        corrected = [f"place {judgement.place_id}"] if judgement.place_id is not None else []
        corrected += [f"kind {judgement.kind}"] if judgement.kind is not None else []
        words = f" ({', '.join(corrected)})" if corrected else ""
        note = f": {judgement.note}" if judgement.note else ""
        lines.append(
            f"  {judgement.verdict.value}{words} of {judgement.claim_id} by {judgement.by},"
            f" {judgement.at:%Y-%m-%d}{note}"
        )
    return "\n".join(lines)


def weightiest(why: Why) -> list[Effect]:
    """The effects, the largest first; where the rest outweighs each, claims that name the place near the day first."""
    routes = list(ROUTES)

    def rank(effect: Effect) -> tuple[float, int, int, str]:
        route = routes.index(effect.route) if effect.route in routes else len(routes)
        return (-round(abs(effect.change), 3), route, abs((effect.day - why.explanation.day).days), effect.claim_id)

    return sorted(why.explanation.effects, key=rank)


def _claim_lines(number: int, effect: Effect, kept: KeptClaim, status: str) -> list[str]:
    """One claim with its sentence and its weight."""
    claim = kept.claim
    speaker = (
        f"{claim.speaker.text}" + (f" ({claim.speaker_side})" if claim.speaker_side else "")
        if claim.speaker
        else "the report"
    )
    valid = kept.placed.valid_day if kept.placed else claim.date
    flags = [claim.stance.value, *(["hedged"] if claim.hedged else []), *(["failed"] if claim.failed else [])]
    if claim.evidence.value != "statement":
        flags.append(claim.evidence.value)
    word = _without(effect, status)
    away = f" {effect.distance_km:.0f} km away" if effect.route == "nearby" and effect.distance_km >= 1 else ""
    return [
        f"{number}. {claim.side or '?'} {claim.kind.value} ({', '.join(flags)}); {speaker}, in {kept.outlet};"
        f" about {valid}, known {kept.known_day}",
        f'   "{marked_sentence(claim, kept.sentence)}"',
        f"   {ROUTES.get(effect.route, effect.route)}{away}; taken as {effect.side} {effect.meaning}, reliability"
        f" {effect.reliability:.2f}; {word}",
        f"   {claim.id} in {claim.report_id}",
    ]


def _without(effect: Effect, status: str) -> str:
    """What the status's probability would be without a claim or map."""
    still = "" if abs(effect.change) >= 0.0005 else "still "
    return f"without it {status} would {still}have {effect.without.get(status, 0.0):.1%}"


def _map_lines(number: int, effect: Effect, shown: ShownPlace, status: str) -> list[str]:
    """One map with what it shows here, down to the feature."""
    where = f"feature {shown.feature_id}" if shown.feature_id else "outside every polygon"
    label = f' "{shown.label}"' if shown.label else ""
    return [
        f"{number}. {shown.maker}'s map of {shown.day} shows {shown.status}; {where}{label}; known {shown.known_day}",
        f"   {ROUTES['map']}; reliability {effect.reliability:.2f}; {_without(effect, status)}",
        f"   {shown.report_id}",
    ]


def _map_record(effect: Effect, shown: ShownPlace) -> dict[str, Any]:
    """One map as plain values; the polygon as GeoJSON, a little simplified."""
    shape = None if shown.geometry is None else shapely.simplify(shown.geometry, SIMPLER_DEGREE)
    return {
        "report": shown.report_id,
        "title": shown.title,
        "maker": shown.maker,
        "day": shown.day.isoformat(),
        "known_day": shown.known_day.isoformat(),
        "status": shown.status,
        "feature": shown.feature_id,
        "label": shown.label,
        "geometry": None if shape is None else mapping(shape),
        "reliability": round(effect.reliability, 4),
        "change": round(effect.change, 4),
        "without": {s: round(p, 4) for s, p in effect.without.items()},
    }


def marked_sentence(claim: Claim, sentence: str, marks: tuple[str, str] = MARKS) -> str:
    """The claim's sentence on one line, with its trigger and places marked.

    Offsets are those of the report; a span outside the sentence (a name that "the city" stands for) is not marked.
    """
    start = claim.sentence.start
    spans = sorted({(s.start - start, s.end - start) for s in (claim.trigger, *(p.span for p in claim.places))})
    out, at = [], 0
    for a, b in spans:
        if a < at or b > len(sentence) or a < 0:
            continue
        out += [sentence[at:a], marks[0], sentence[a:b], marks[1]]
        at = b
    return " ".join("".join([*out, sentence[at:]]).split())


def why_record(why: Why) -> dict[str, Any]:
    """The answer as plain values."""
    found = why.explanation
    evidence = []
    for effect in weightiest(why):
        kept = why.claims.get(effect.claim_id)
        if kept is None:
            continue
        evidence.append(
            {
                **claim_record(told([kept])[0]),
                "marked": marked_sentence(kept.claim, kept.sentence),
                "route": effect.route,
                "meaning": effect.meaning,
                "distance_km": round(effect.distance_km, 1),
                "reliability": round(effect.reliability, 4),
                "change": round(effect.change, 4),
                "without": {s: round(p, 4) for s, p in effect.without.items()},
            }
        )
    return {
        "place": {
            "geonameid": why.place.id,
            "name": why.place.name,
            "admin1": why.place.admin1,
            "lat": why.place.lat,
            "lon": why.place.lon,
        },
        "others": [{"geonameid": p.id, "name": p.name, "admin1": p.admin1} for p in why.others],
        "day": found.day.isoformat(),
        "as_known_on": why.known_on.isoformat() if why.known_on else None,
        "status": found.status,
        "probabilities": {s: round(p, 4) for s, p in found.probabilities.items()},
        "start": {
            "from": why.base,
            "day": str(why.base_day) if why.base_day else None,
            "probabilities": {s: round(p, 4) for s, p in found.base.items()},
        },
        "basis": why.basis,
        "n_claims": why.n_claims,
        "evidence": evidence,
        "verdicts": [
            {
                "claim": j.claim_id,
                "verdict": j.verdict.value,
                "by": j.by,
                "at": j.at.isoformat(),
                "note": j.note,
                "place_id": j.place_id,
                "kind": j.kind,
            }
            for j in why.verdicts
        ],
        "distances": [
            {
                "claim": d.row.claim_id,
                "speaker": d.row.speaker,
                "side": d.row.side,
                "day": d.row.day.isoformat(),
                "claimed_km": d.row.claimed_km,
                "to": d.row.to,
                "border": d.row.border,
                "place_km": round(d.place_km, 1),
                "computed_km": d.row.computed_km,
                "nearest": d.row.nearest,
                "first_day": d.row.first_day.isoformat() if d.row.first_day else None,
                "held_before": d.row.held_before,
                "unchecked": d.row.unchecked,
            }
            for d in why.distances
        ],
        "maps": [_map_record(e, why.maps[e.claim_id]) for e in weightiest(why) if e.claim_id in why.maps],
    }


def bearing_record(
    series: ControlSeries,
    place: Place,
    day: date,
    bearings: Sequence[Bearing],
    claims: Mapping[str, KeptClaim],
    *,
    known_on: date | None,
) -> dict[str, Any]:
    """The quick answer: which claims bear on a place and day, without what each changes.

    The same keys as `why_record`, less "change" and "without" of each claim, "others" and "maps".
    """
    found = series.estimate(place.id, day, known_on or day)
    evidence = [
        {
            **claim_record(told([claims[b.claim_id]])[0]),
            "marked": marked_sentence(claims[b.claim_id].claim, claims[b.claim_id].sentence),
            "route": b.route,
            "meaning": b.meaning,
            "distance_km": round(b.distance_km, 1),
            "reliability": round(b.reliability, 4),
        }
        for b in bearings
        if b.claim_id in claims
    ]
    return {
        "place": {
            "geonameid": place.id,
            "name": place.name,
            "admin1": place.admin1,
            "lat": place.lat,
            "lon": place.lon,
        },
        "day": day.isoformat(),
        "as_known_on": known_on.isoformat() if known_on else None,
        "status": found.status,
        "probabilities": {s: round(p, 4) for s, p in found.probabilities.items()},
        "basis": found.basis.value,
        "n_claims": found.n_claims,
        "evidence": evidence,
    }
