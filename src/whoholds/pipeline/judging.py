"""Judgements of analysts: made, exported, imported, listed with what they no longer fit, and the queue worth a look."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from whoholds.errors import BadSetting, UnknownClaim
from whoholds.infer import ControlSeries, explain
from whoholds.model import Judgement, Kind, Stance, Verdict
from whoholds.store import KeptClaim, Store, View

COLUMNS = ("claim_id", "verdict", "by", "at", "note", "place_id", "kind")
_CONTROL = (Kind.GAIN, Kind.ENTER, Kind.HOLD, Kind.LEAVE)


def judge(store: Store, judgement: Judgement) -> None:
    """Append a judgement, signed with a name.

    Raises
    ------
    UnknownClaim
        The store has no such claim.
    BadSetting
        No name signs it, a correction corrects nothing, or its kind or place does not exist.
    """
    view = store.view()
    if not view.claims(claim_id=judgement.claim_id):
        raise UnknownClaim(
            f"There is no claim {judgement.claim_id!r} in the store.", remedy="See `whoholds claims` for the ids."
        )
    _check(view, judgement)
    with store.writer() as writer:
        writer.judge(judgement)


def export_judgements(view: View, path: Path) -> int:
    """Write every judgement as CSV, in the order they were made; answers how many."""
    rows = view.judgements()
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, COLUMNS)
        out.writeheader()
        for j in rows:
            out.writerow(
                {
                    "claim_id": j.claim_id, "verdict": j.verdict.value, "by": j.by, "at": j.at.isoformat(),
                    "note": j.note, "place_id": j.place_id if j.place_id is not None else "", "kind": j.kind or "",
                }
            )  # fmt: skip
    return len(rows)


def import_judgements(store: Store, path: Path) -> int:
    """Append the judgements of a CSV file that the store does not have yet; answers how many were new.

    Raises
    ------
    BadSetting
        The file cannot be read, or a line does not hold a judgement; nothing is kept then.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            wanted = [_judgement(row, number) for number, row in enumerate(csv.DictReader(file), start=2)]
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{path} cannot be read: {error}.", remedy="Give a CSV file in UTF-8.") from None
    view = store.view()
    known = set(view.judgements())
    fresh = [j for j in dict.fromkeys(wanted) if j not in known]
    for judgement in fresh:
        _check(view, judgement)
    with store.writer() as writer:
        for judgement in sorted(fresh, key=lambda j: j.at):
            writer.judge(judgement)
    return len(fresh)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A claim worth a look: `worth` is how doubtful it is, times its effect on the map.

    `effect` is how far the probability of its place's status would move without it (0 to 1); None where that was not
    worked out, and how far the place moved over the run stands for it.
    """

    kept: KeptClaim
    worth: float
    reasons: tuple[str, ...]
    doubt: float = 0.0
    effect: float | None = None


CANDIDATES = 4
"""Claims looked at closely for each one asked for: those at the places that moved most come first."""


def queue(view: View, *, limit: int = 20, series: ControlSeries | None = None) -> list[Queued]:
    """Claims of control not judged yet that are most worth a look: the doubtful ones that hold up the map.

    Doubt counts a hedge, a rumour, a place picked among namesakes and a claim that stands alone. The effect is what
    leaving the claim out would change, on its day; it is worked out for the most likely candidates, which are found by
    how far the estimate of their place moved over the run.

    Parameters
    ----------
    view : View
    limit : int
    series : ControlSeries, optional
        What `questions.series_of` makes of this view; without it the movement alone decides, which is quick and rough.
    """
    judged = {j.claim_id for j in view.judgements()}
    moved = _movement(view.estimates("control"))
    witnesses: dict[int, set[str]] = {}
    kept = [k for k in view.claims(kinds=[kind.value for kind in _CONTROL]) if k.placed is not None]
    for k in kept:
        for r in k.placed.resolutions if k.placed else ():
            if r.best is not None and k.placed is not None:
                witnesses.setdefault(r.best.place_id, set()).add(k.placed.witness)
    found = [q for k in kept if k.claim.id not in judged and (q := _queued(k, moved, witnesses)).worth > 0]
    found.sort(key=lambda q: (-q.worth, q.kept.claim.id))
    if series is not None:
        found = _weighed(found[: limit * CANDIDATES], series)
    return found[:limit]


def _weighed(found: Sequence[Queued], series: ControlSeries) -> list[Queued]:
    """The candidates by what leaving each out would change."""
    rows = {int(i) for i in series.places.ids}
    asked: dict[tuple[int, date], dict[str, float]] = {}
    out = []
    for q in found:
        placed = q.kept.placed
        effect = 0.0
        for r in placed.resolutions if placed is not None else ():
            if placed is None or r.best is None or r.best.place_id not in rows:
                continue
            day = min(max(placed.valid_day, series.days[0]), series.days[-1])
            at = r.best.place_id, day
            if at not in asked:
                asked[at] = {e.claim_id: abs(e.change) for e in explain(series, *at).effects}
            effect = max(effect, asked[at].get(q.kept.claim.id, 0.0))
        out.append(replace(q, effect=round(effect, 4), worth=round(q.doubt * effect, 4)))
    return sorted((q for q in out if q.worth > 0), key=lambda q: (-q.worth, q.kept.claim.id))


def misfits(view: View) -> list[Judgement]:
    """Judgements whose claim the newest reading no longer finds: kept, and to be looked at again."""
    found = {k.claim.id for k in view.claims()}
    return [j for j in view.judgements() if j.claim_id not in found]


def _queued(kept: KeptClaim, moved: dict[int, float], witnesses: dict[int, set[str]]) -> Queued:
    """One claim with its worth."""
    claim, placed = kept.claim, kept.placed
    reasons: list[str] = []
    doubt = 0.0
    if claim.hedged or claim.stance is Stance.RUMOURED:
        doubt, reasons = doubt + 0.4, [*reasons, "told with doubt"]
    places = [r for r in (placed.resolutions if placed else ()) if r.best is not None]
    unsure = max((1 - r.best.probability for r in places if r.best is not None), default=0.0)
    if unsure > 0.1:
        doubt, reasons = doubt + unsure, [*reasons, "one of several places of that name"]
    if any(r.best is not None and len(witnesses[r.best.place_id]) == 1 for r in places):
        doubt, reasons = doubt + 0.3, [*reasons, "the only witness"]
    weight = sum(moved.get(r.best.place_id, 0.0) for r in places if r.best is not None)
    return Queued(kept=kept, worth=round(doubt * weight, 4), reasons=tuple(reasons), doubt=round(doubt, 4))


def _movement(rows: Iterable[dict[str, Any]]) -> dict[int, float]:
    """How far each place's probabilities moved over the run (0 to 1)."""
    span: dict[int, dict[str, tuple[float, float]]] = {}
    for row in rows:
        place = span.setdefault(row["place_id"], {})
        for state, p in row["probabilities"].items():
            low, high = place.get(state, (p, p))
            place[state] = (min(low, p), max(high, p))
    return {i: max((high - low for low, high in states.values()), default=0.0) for i, states in span.items()}


def _check(view: View, judgement: Judgement) -> None:
    """What every judgement needs."""
    if not judgement.by.strip():
        raise BadSetting("The judgement is not signed.", remedy="Say who judges: --by NAME.")
    if judgement.kind is not None and judgement.kind not in {kind.value for kind in Kind}:
        raise BadSetting(f"There is no kind {judgement.kind!r}.", remedy=f"One of {', '.join(Kind)}.")
    if judgement.verdict is Verdict.CORRECT and judgement.place_id is None and judgement.kind is None:
        raise BadSetting("The correction corrects nothing.", remedy="Give the right place, kind or both.")
    if judgement.place_id is not None and view.place(judgement.place_id) is None:
        raise BadSetting(
            f"No place of the last run has the id {judgement.place_id}.", remedy="Find it with `whoholds places NAME`."
        )


def _judgement(row: dict[str, str], number: int) -> Judgement:
    """A line of a CSV file."""
    try:
        return Judgement(
            claim_id=row["claim_id"], verdict=Verdict(row["verdict"]), by=row["by"],
            at=datetime.fromisoformat(row["at"]), note=row.get("note") or "",
            place_id=int(row["place_id"]) if row.get("place_id") else None, kind=row.get("kind") or None,
        )  # fmt: skip
    except (KeyError, ValueError, TypeError) as error:
        raise BadSetting(
            f"Line {number} holds no judgement ({error}).", remedy=f"It needs the columns {', '.join(COLUMNS)}."
        ) from None


def verdicts(view: View, claim_ids: Sequence[str]) -> dict[str, list[Judgement]]:
    """The judgements of each claim, in the order they were made."""
    return {i: view.judgements(i) for i in claim_ids}
