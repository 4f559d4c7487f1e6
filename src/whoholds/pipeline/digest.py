"""What changed in what we know since a day: not only on the ground, but in what is held of days long past.

New claims about days already told, estimates of an old day that are another now, contradictions that opened or closed,
forecasts that came true or did not, reports edited or taken out, verdicts and claims by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from whoholds.model import Kind
from whoholds.pipeline.byhand import hand_claims
from whoholds.pipeline.ledgers import ledgers
from whoholds.pipeline.outputs import told
from whoholds.pipeline.questions import Change, changes, theatre_of
from whoholds.pipeline.stored import last_run
from whoholds.pipeline.versions import edited_reports
from whoholds.store import View
from whoholds.tell.claims import ToldClaim

MOST = 12
"""Lines of one heading in the text; the record has all."""
_CONTROL = (Kind.GAIN, Kind.ENTER, Kind.HOLD, Kind.LEAVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A place that is now held to have been another's on a day than was known on that day."""

    place_id: int
    name: str
    day: date
    then: str
    now: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What changed in what we know after `since` up to `until`.

    Attributes
    ----------
    n_reports : int
        Reports that became known.
    claims : tuple of ToldClaim
        Claims that became known.
    late : tuple of ToldClaim
        Those of them about days before `since`: new claims on old days, those on who holds a place first.
    revised : tuple of Revised
        Estimates of the day `since` that are another now.
    changed : tuple of Change
        Places that changed hands.
    opened, closed : tuple of dict
        Contradictions, as the ledger has them.
    foretold, resolved : tuple of dict
        Forecasts made, and forecasts with what came of them.
    edited, removed, judged, by_hand : tuple of str
        A line each: reports edited and taken out, verdicts, claims entered.
    """

    since: date
    until: date
    n_reports: int
    claims: tuple[ToldClaim, ...]
    late: tuple[ToldClaim, ...]
    revised: tuple[Revised, ...]
    changed: tuple[Change, ...]
    opened: tuple[dict[str, Any], ...]
    closed: tuple[dict[str, Any], ...]
    foretold: tuple[dict[str, Any], ...]
    resolved: tuple[dict[str, Any], ...]
    edited: tuple[str, ...]
    removed: tuple[str, ...]
    judged: tuple[str, ...]
    by_hand: tuple[str, ...]


def digest(view: View, *, since: date, until: date | None = None, cache: Path) -> Digest:
    """What became known after a day.

    Parameters
    ----------
    view : View
    since : date
        What was known at the end of that day is taken as read.
    until : date, optional
        The last day that counts; the run's last day where None.
    cache : Path
        Where the packaged gazetteer is kept once made.

    Raises
    ------
    StoreError
        Nothing was run on this store yet.
    """
    last = until or date.fromisoformat(last_run(view)["last_day"])

    def fresh(day: str | None) -> bool:
        return day is not None and since.isoformat() < day[:10] <= last.isoformat()

    claims = tuple(t for t in told(view.claims()) if since < t.known_day <= last)
    rows = ledgers(view, ("contradictions", "outlook"), cache=cache)
    known = {t.claim.id: t.known_day.isoformat() for t in told(view.claims())}
    return Digest(
        since=since,
        until=last,
        n_reports=sum(1 for k in view.reports(since=since, until=last) if k.known_day > since),
        claims=claims,
        late=tuple(sorted((t for t in claims if t.valid_day < since), key=lambda t: t.claim.kind not in _CONTROL)),
        revised=tuple(_revised(view, since)),
        changed=tuple(changes(view, since=since, until=last)),
        opened=tuple(r for r in rows["contradictions"] if fresh(r["opened"])),
        closed=tuple(r for r in rows["contradictions"] if fresh(r["closed"])),
        foretold=tuple(r for r in rows["outlook"] if fresh(r["opened"])),
        resolved=tuple(r for r in rows["outlook"] if r["by_claim"] and fresh(known.get(r["by_claim"]))),
        edited=tuple(
            f"{v[-1].report.outlet}: {v[-1].report.title or v[-1].report.id} ({v[-1].report.id})"
            for v in edited_reports(view)
            if since < v[-1].known_day <= last
        ),
        removed=tuple(f"{r.report_id}: {r.reason} ({r.by})" for r in view.removed() if r.at[:10] > since.isoformat()),
        judged=tuple(
            f"{j.verdict.value} {j.claim_id} by {j.by}{f': {j.note}' if j.note else ''}"
            for j in view.judgements()
            if j.at.date() > since
        ),
        by_hand=tuple(
            f"{e.given.side} {e.given.kind.value} at {e.place.name}, {e.given.day}, by {e.given.author}"
            for e in hand_claims(view)
            if since < (e.given.known or e.given.day) <= last
        ),
    )


def _revised(view: View, day: date) -> list[Revised]:
    """Places whose status on a day is held to be another now than was known on that day."""
    places = {p.id: p for p, _ in view.places()}
    sides = set(theatre_of(view).side_keys)
    then = {r["place_id"]: r["status"] for r in view.estimates("nowcast", on=day)}
    out = []
    for row in view.estimates("control", on=day):
        before, now = then.get(row["place_id"]), row["status"]
        if before is not None and before != now and now in sides:
            out.append(
                Revised(
                    place_id=row["place_id"], name=places[row["place_id"]].name, day=day, then=before, now=now,
                    probability=row["probabilities"].get(now, 0.0),
                )
            )  # fmt: skip
    return sorted(out, key=lambda r: (-places[r.place_id].population, r.place_id))


def digest_text(found: Digest) -> str:
    """A digest as plain text: a heading with its number, then the lines."""
    late = [f"{t.valid_day}: {_line(t)} (known {t.known_day})" for t in found.late]
    parts: list[tuple[str, Sequence[str]]] = [
        ("Changed hands", [f"{c.day}: {c.place.name}, {c.before} to {c.after} ({c.probability:.0%})"
                           for c in found.changed]),
        (f"Known otherwise now of {found.since}", [f"{r.name}: then {r.then}, now {r.now} ({r.probability:.0%})"
                                                   for r in found.revised]),
        (f"New claims about days before {found.since}", late),
        ("Contradictions opened", [f"{r['place_name']}: {r['in_words']}" for r in found.opened]),
        ("Contradictions closed", [f"{r['place_name']}: {r['in_words']}" for r in found.closed]),
        ("Rumours and forecasts made", [_forecast(r) for r in found.foretold]),
        ("Rumours and forecasts resolved", [f"{_forecast(r)}: {r['resolved']}, after {r['days']} days"
                                            for r in found.resolved]),
        ("Reports edited", found.edited),
        ("Reports taken out", found.removed),
        ("Verdicts", found.judged),
        ("Entered by hand", found.by_hand),
    ]  # fmt: skip
    lines = [
        f"What became known after {found.since} up to {found.until}: {found.n_reports:,} reports,"
        f" {len(found.claims):,} claims."
    ]
    for heading, items in parts:
        if items:
            lines += ["", f"{heading} ({len(items)})", *(f"  {item}" for item in items[:MOST])]
            if len(items) > MOST:
                lines.append(f"  and {len(items) - MOST} more")
    return "\n".join(lines)


def _line(told_claim: ToldClaim) -> str:
    """A claim in one line."""
    claim = told_claim.claim
    places = ", ".join(p.span.text for p in claim.places)
    stance = "" if claim.stance.value == "asserted" else f" ({claim.stance.value})"
    return f"{claim.side or '?'} {claim.kind.value}{stance} {places or 'no place'}; {told_claim.whose_word}"


def _forecast(row: dict[str, Any]) -> str:
    """A forecast in one line."""
    where = f" at {', '.join(row['places'])}" if row["places"] else ""
    return f"{row['stance']}: {row['side'] or '?'} {row['what']}{where}; {', '.join(row['speakers'][:2])}"


def digest_record(found: Digest) -> dict[str, Any]:
    """A digest as plain values."""

    def claim(t: ToldClaim) -> dict[str, Any]:
        return {
            "id": t.claim.id, "known_day": t.known_day.isoformat(), "valid_day": t.valid_day.isoformat(),
            "kind": t.claim.kind.value, "side": t.claim.side, "stance": t.claim.stance.value,
            "places": [p.span.text for p in t.claim.places], "whose_word": t.whose_word,
        }  # fmt: skip

    return {
        "since": found.since.isoformat(), "until": found.until.isoformat(), "reports": found.n_reports,
        "claims": len(found.claims), "late_claims": [claim(t) for t in found.late],
        "revised": [
            {"id": r.place_id, "name": r.name, "day": r.day.isoformat(), "then": r.then, "now": r.now,
             "probability": r.probability}
            for r in found.revised
        ],
        "changed": [
            {"id": c.place.id, "name": c.place.name, "day": c.day.isoformat(), "before": c.before, "after": c.after,
             "probability": c.probability}
            for c in found.changed
        ],
        "contradictions_opened": list(found.opened), "contradictions_closed": list(found.closed),
        "forecasts_made": list(found.foretold), "forecasts_resolved": list(found.resolved),
        "edited": list(found.edited), "removed": list(found.removed), "judged": list(found.judged),
        "by_hand": list(found.by_hand),
    }  # fmt: skip
