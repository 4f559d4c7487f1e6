"""Claims in ACLED's column layout (acleddata.com, codebook of 2024): one row an event.

An event is what claims say of one place and day with one sub-event type and actor; the claims it rests on are in
`tags`, their outlets in `source`. Denials, rumours and predictions are no events and are left out, as are claims
without coordinates. What is not read from the reports stays empty: no count of deaths is better than a made-up 0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from whoholds.model import Claim, Kind, PlaceType, Theatre
from whoholds.tell.claims import NAMELESS, ToldClaim
from whoholds.tell.exports.columns import blank, column
from whoholds.tell.exports.setting import Setting, Spot, happened, one_line, spots
from whoholds.tell.exports.table import write_table

COLUMNS = (
    column("event_id_cnty", "the country's three letters and a number made of place, day, sub-event type and actor"),
    column("event_date", "when it was so, YYYY-MM-DD", "date"),
    column("year", "its year", "year"),
    column("time_precision", "1 where a text gives the day, 2 where the day of the report stands for it", "integer"),
    column("disorder_type", "by the sub-event type"),
    column("event_type", "by the sub-event type"),
    column("sub_event_type", "by the kind of the claims, see the mapping"),
    column("actor1", "the side whose act it is, by its name in the theatre; empty where a side left"),
    blank("assoc_actor_1", "not read"),
    column("inter1", "`State forces` for the theatre's default side; what kind of group another is, is not known"),
    column("actor2", "the side that left; else empty, for whom it was done to is not read"),
    blank("assoc_actor_2", "not read"),
    column("inter2", "as `inter1`, of `actor2`"),
    blank("interaction", "needs both actors"),
    blank("civilian_targeting", "not read"),
    column("iso", "ISO 3166-1 number of the country", "integer"),
    blank("region", "ACLED's own regions of the world"),
    column("country", "its name"),
    column("admin1", "the region's name"),
    blank("admin2", "not in our gazetteer"),
    blank("admin3", "not in our gazetteer"),
    column("location", "the place's name in the gazetteer, or the words that name an area"),
    column("latitude", "[degree]; of an area, a point inside it", "number"),
    column("longitude", "[degree]", "number"),
    column("geo_precision", "1 the settlement itself, 2 a feature or part of a region, 3 a region", "integer"),
    column("source", "the outlets, by name, with semicolons between them"),
    blank("source_scale", "ACLED's own classes of sources"),
    column("notes", "who says what: each outlet's sentence, each once, as it stands in the report"),
    blank("fatalities", "not read; empty is not 0"),
    column("tags", "`claims=` ids, `witnesses=` origins; where so `acknowledged`, `hedged`, `failed`, `visual`"),
    column("timestamp", "when the last of the claims became known: 00:00 UTC of that day [s since 1970]", "integer"),
)  # fmt: skip

BATTLES, REMOTE, STRATEGIC = "Battles", "Explosions/Remote violence", "Strategic developments"
VIOLENCE = "Political violence"
REGAINS, OVERTAKES = "Government regains territory", "Non-state actor overtakes territory"
CLASH, SHELLING = "Armed clash", "Shelling/artillery/missile attack"
TRANSFER, CHANGE, OTHER = "Non-violent transfer of territory", "Change to group/activity", "Other"
EVENT_TYPES = {
    REGAINS: (VIOLENCE, BATTLES),
    OVERTAKES: (VIOLENCE, BATTLES),
    CLASH: (VIOLENCE, BATTLES),
    SHELLING: (VIOLENCE, REMOTE),
    TRANSFER: (STRATEGIC, STRATEGIC),
    CHANGE: (STRATEGIC, STRATEGIC),
    OTHER: (STRATEGIC, STRATEGIC),
}
"""Disorder type and event type of each sub-event type used."""

MAPPING: tuple[tuple[Kind, str, str], ...] = (
    (Kind.GAIN, f"{REGAINS} / {OVERTAKES}", "by the theatre's default side / by any other, foreign states among them"),
    (Kind.ENTER, OTHER, "being inside is not yet holding it"),
    (Kind.HOLD, OTHER, "ACLED has no event for going on to hold a place"),
    (Kind.LEAVE, TRANSFER, "ACLED's `actor1` is who takes over, which is not said; who left is `actor2`"),
    (Kind.ATTACK, CLASH, "failed ones too (tag `failed`)"),
    (Kind.FIRE, SHELLING, "air and drone strikes are not told apart from it"),
    (Kind.ADVANCE, CHANGE, "movement of forces without a fight that is told"),
    (Kind.DEPLOY, CHANGE, "movement of forces"),
    (Kind.ESCALATE, OTHER, "an act of state"),
)  # fmt: skip
"""Each kind, the sub-event type it is written as, and why; a gain that failed is an armed clash."""


def sub_event_type(claim: Claim, theatre: Theatre) -> str:
    """The nearest sub-event type of a claim."""
    if claim.kind is Kind.GAIN:
        if claim.failed:
            return CLASH
        return REGAINS if claim.side == theatre.default_side else OVERTAKES
    return _PLAIN[claim.kind]


_PLAIN = {kind: said for kind, said, _ in MAPPING}

GEO_PRECISION = {PlaceType.SETTLEMENT: 1, PlaceType.FEATURE: 2, PlaceType.DIRECTION: 2, PlaceType.REGION: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Claims that say the same of one spot and day."""

    spot: Spot
    type: str
    side: str | None
    claims: tuple[ToldClaim, ...]


def events(claims: Iterable[ToldClaim], setting: Setting) -> list[Event]:
    """Claims by spot, day, sub-event type and side, in the order of day and id."""
    found: dict[tuple[str, str, str, str], list[ToldClaim]] = {}
    where: dict[tuple[str, str, str, str], Spot] = {}
    for told in happened(claims):
        said = sub_event_type(told.claim, setting.theatre)
        for spot in spots(told, setting):
            key = (told.valid_day.isoformat(), spot.key, said, told.claim.side or "")
            where.setdefault(key, spot)
            of = found.setdefault(key, [])
            if told not in of:
                of.append(told)
    return [Event(spot=where[key], type=key[2], side=key[3] or None, claims=tuple(found[key])) for key in sorted(found)]


def write_acled(claims: Iterable[ToldClaim], setting: Setting, path: Path) -> int:
    """Write claims as events; answers how many."""
    return write_table(COLUMNS, (_row(event, setting) for event in events(claims, setting)), path)


def _row(event: Event, setting: Setting) -> dict[str, Any]:
    """One event as a row."""
    spot, claims = event.spot, event.claims
    day = claims[0].valid_day
    disorder, kind = EVENT_TYPES[event.type]
    country = spot.country
    key = "\x1f".join((day.isoformat(), spot.key, event.type, event.side or ""))
    number = int(hashlib.sha256(key.encode()).hexdigest()[:12], 16)
    known = max(t.known_day for t in claims)
    who = setting.side_name(event.side), "State forces" if event.side == setting.theatre.default_side else None
    # ACLED names first who takes a place over; that somebody left does not tell who did.
    (actor1, inter1), (actor2, inter2) = ((None, None), who) if event.type == TRANSFER else (who, (None, None))
    return {
        "event_id_cnty": f"{country.alpha3 if country else 'XXX'}{number}",
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": 1 if any(t.claim.date == day for t in claims) else 2,
        "disorder_type": disorder,
        "event_type": kind,
        "sub_event_type": event.type,
        "actor1": actor1,
        "inter1": inter1,
        "actor2": actor2,
        "inter2": inter2,
        "iso": country.number if country else None,
        "country": country.name if country else None,
        "admin1": spot.admin1,
        "location": spot.name,
        "latitude": spot.lat,
        "longitude": spot.lon,
        "geo_precision": GEO_PRECISION[spot.type],
        "source": "; ".join(dict.fromkeys(_outlet(t) for t in claims)),
        "notes": " ".join(_notes(claims)),
        "tags": "; ".join(_tags(claims)),
        "timestamp": int(datetime(known.year, known.month, known.day, tzinfo=UTC).timestamp()),
    }


def _outlet(told: ToldClaim) -> str:
    """Who published it."""
    return "unnamed outlet" if told.outlet in NAMELESS else one_line(told.outlet).replace(";", ",")


def _notes(claims: Sequence[ToldClaim]) -> Iterator[str]:
    """Each outlet's sentence, each once, with who is said to say it."""
    lines = dict.fromkeys(f"{t.whose_word}: “{one_line(t.sentence)}”" for t in claims)
    return iter(lines)


def _tags(claims: Sequence[ToldClaim]) -> Iterator[str]:
    """What has no column of its own."""
    yield "claims=" + ",".join(t.claim.id for t in claims)
    yield f"witnesses={len({t.placed.witness for t in claims if t.placed})}"
    yield from sorted({t.claim.stance.value for t in claims} - {"asserted"})
    if all(t.claim.hedged for t in claims):
        yield "hedged"
    if all(t.claim.failed for t in claims):
        yield "failed"
    if any(t.claim.evidence.value == "visual" for t in claims):
        yield "visual"
