"""Claims entered by hand: a phone call, a paper map, a word at a checkpoint.

Each is kept as a report of its own with the author's name on it, so that everything that holds for reports holds for
it: two clocks, explanations, judgements, a tombstone when it is taken out again. The form as given is the report's
original; its text says the same in a sentence, and the one claim points into it. The place is the one given, not one
read out of words. Its id is made of the form, so entering the same twice keeps it once.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from whoholds.errors import BadSetting, UnknownClaim
from whoholds.model import (
    Claim,
    ClaimPlace,
    EvidenceType,
    Kind,
    Place,
    PlaceType,
    Report,
    Span,
    Stance,
    claim_id,
)
from whoholds.pipeline.placing import BY_HAND
from whoholds.pipeline.questions import find_place, theatre_of
from whoholds.store import Store, View

READING = "entered by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandClaim:
    """A claim as a person enters it.

    Attributes
    ----------
    kind, side : Kind, str
        What which side did.
    place : str
        A name of a place of the last run, or its geonameid.
    day : date
        When it was so.
    author : str
        Who enters it, and answers for it.
    speaker, speaker_side : str or None
        Whose word it is, where not the author's own.
    known : date or None
        The day it came in; the claim's own day where None.
    """

    kind: Kind
    side: str
    place: str
    day: date
    author: str
    speaker: str | None = None
    speaker_side: str | None = None
    stance: Stance = Stance.ASSERTED
    hedged: bool = False
    failed: bool = False
    evidence: EvidenceType = EvidenceType.STATEMENT
    note: str = ""
    known: date | None = None


COLUMNS = tuple(field.name for field in fields(HandClaim))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A claim entered by hand as kept; `new` is False where the store had it."""

    given: HandClaim
    report_id: str
    claim_id: str
    place: Place
    new: bool = False


def add_claim(store: Store, given: HandClaim, *, cache: Path) -> Entered:
    """Keep a claim entered by hand; the next run's estimates rest on it too.

    Parameters
    ----------
    store : Store
        One that holds a run: the place is looked up among the run's.
    given : HandClaim
    cache : Path
        Where the packaged gazetteer is kept once made.

    Raises
    ------
    BadSetting
        No author, no such side, or a day after it was known.
    UnknownPlace
        No place of the last run carries the name or id.
    StoreError
        Nothing was run on this store yet.
    """
    view = store.view()
    _check(given, view)
    place = find_place(view, given.place, cache=cache)
    report, claim = _written(given, place)
    with store.writer() as writer:
        new = writer.add_report(report, known_day=given.known or given.day)
        writer.restore_report(report.id)
        writer.add_claims(report, [claim], reading=READING)
    return Entered(given=given, report_id=report.id, claim_id=claim.id, place=place, new=new)


def hand_claims(view: View) -> list[Entered]:
    """The claims entered by hand that stand, by the day they became known."""
    found = []
    for kept in view.reports():
        if kept.report.format != BY_HAND:
            continue
        given = _form(json.loads(kept.report.original))
        (claim,) = view.claims(report_id=kept.report.id)
        place_id = int(given.place)
        place = view.place(place_id) or Place(
            id=place_id, name=claim.claim.places[0].span.text, lat=0.0, lon=0.0, country="", admin1="", feature="",
            population=0,
        )  # fmt: skip
        found.append(Entered(given=given, report_id=kept.report.id, claim_id=claim.claim.id, place=place))
    return found


def remove_claim(store: Store, identity: str, *, reason: str, by: str, at: datetime) -> Entered:
    """Take a claim entered by hand out again; a tombstone with the reason stays.

    Raises
    ------
    UnknownClaim
        No claim entered by hand has that id.
    BadSetting
        There is no reason.
    """
    if not reason.strip():
        raise BadSetting("The reason is empty.", remedy="Say why the claim is removed: --reason WORDS.")
    for entered in hand_claims(store.view()):
        if identity in (entered.claim_id, entered.report_id):
            with store.writer() as writer:
                writer.remove_report(entered.report_id, reason=reason.strip(), by=by, at=at)
            return entered
    raise UnknownClaim(
        f"No claim entered by hand has the id {identity!r}.",
        remedy="See `whoholds claims by-hand` for those; a claim read from a report is rejected with `whoholds judge`.",
    )


def export_claims(view: View, path: Path) -> int:
    """Write every claim entered by hand as CSV; answers how many."""
    rows = hand_claims(view)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS)
        out.writeheader()
        for entered in rows:
            out.writerow({name: "" if value is None else value for name, value in _plain(entered.given).items()})
    return len(rows)


def import_claims(store: Store, path: Path, *, cache: Path) -> int:
    """Enter the claims of a CSV file with the columns of `export_claims`; answers how many were new.

    Raises
    ------
    BadSetting
        The file cannot be read, or a line holds no claim; what stands before it is kept.
    UnknownPlace
        A place is not among the run's.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path} cannot be read: {error}.", remedy="Give a CSV file in UTF-8.") from None
    return sum(add_claim(store, _form(line, number), cache=cache).new for number, line in enumerate(lines, start=2))


def _check(given: HandClaim, view: View) -> None:
    """What every claim needs."""
    if not given.author.strip():
        raise BadSetting("Nobody answers for the claim.", remedy="Say who enters it: --author NAME.")
    sides = theatre_of(view).side_keys
    for side in (given.side, given.speaker_side):
        if side is not None and side not in sides:
            raise BadSetting(f"There is no side {side!r}.", remedy=f"One of {', '.join(sides)}.")
    if given.known is not None and given.known < given.day and given.stance is not Stance.PREDICTED:
        raise BadSetting(
            f"It was known on {given.known}, before {given.day} when it was so.",
            remedy="Give the day it came in as --known, or call it predicted.",
        )


def _written(given: HandClaim, place: Place) -> tuple[Report, Claim]:
    """The report that holds the form, and its claim."""
    form = _plain(given) | {"place": str(place.id)}
    original = json.dumps(form, ensure_ascii=False, sort_keys=True).encode()
    digest = hashlib.sha256(original).hexdigest()
    who = (given.speaker or given.author).strip()
    text = f"{who}: {given.side} {given.kind.value} at {place.name}, {given.day}."
    sentence = Span.of(text, 0, len(text))
    if given.note.strip():
        text += f" {' '.join(given.note.split())}"
    at = len(f"{who}: {given.side} ")
    trigger = Span.of(text, at, at + len(given.kind.value))
    where = Span.of(text, trigger.end + len(" at "), trigger.end + len(" at ") + len(place.name))
    known = given.known or given.day
    report = Report(
        id=f"hand-{digest[:16]}", format=BY_HAND, sha256=digest, text=text, lang="en", outlet=given.author.strip(),
        day=given.day, title=f"Entered by hand: {place.name}", author=given.author.strip(),
        published=datetime.combine(known, time(12)), published_text=known.isoformat(), original=original,
        categories=(str(place.id),), origin="entered by hand",
    )  # fmt: skip
    claim = Claim(
        id=claim_id(report.id, trigger.start, trigger.end, given.kind), report_id=report.id, kind=given.kind,
        side=given.side, places=(ClaimPlace(span=where, type=PlaceType.SETTLEMENT),), trigger=trigger,
        stance=given.stance, hedged=given.hedged, failed=given.failed,
        speaker=Span.of(text, 0, len(who)) if given.speaker else None, speaker_side=given.speaker_side,
        date=given.day, evidence=given.evidence, count=None, sentence=sentence, rule=READING,
    )  # fmt: skip
    return report, claim


def _plain(given: HandClaim) -> dict[str, Any]:
    """A form as plain values."""
    row = asdict(given)
    return row | {name: row[name].isoformat() for name in ("day", "known") if row[name] is not None}


def _form(row: Mapping[str, Any], number: int = 0) -> HandClaim:
    """The form of plain values, or of a line of a CSV file."""
    yes = {"true", "yes", "1"}
    try:
        return HandClaim(
            kind=Kind(row["kind"]), side=row["side"], place=str(row["place"]), day=date.fromisoformat(row["day"]),
            author=row["author"], speaker=row.get("speaker") or None, speaker_side=row.get("speaker_side") or None,
            stance=Stance(row.get("stance") or "asserted"), hedged=str(row.get("hedged")).lower() in yes,
            failed=str(row.get("failed")).lower() in yes, evidence=EvidenceType(row.get("evidence") or "statement"),
            note=row.get("note") or "", known=date.fromisoformat(row["known"]) if row.get("known") else None,
        )  # fmt: skip
    except (KeyError, ValueError, TypeError) as error:
        raise BadSetting(
            f"Line {number} holds no claim ({error}).", remedy=f"It needs the columns {', '.join(COLUMNS)}."
        ) from None
