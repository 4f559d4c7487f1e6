"""Questions about what a store holds: places by name, why a place is held as it is, what changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import shapely

from whoholds.errors import BadSetting, UnknownPlace
from whoholds.infer import ControlSeries, Explanation
from whoholds.infer import explain as explain_estimate
from whoholds.locate import default_gazetteer, open_gazetteer
from whoholds.model import Judgement, Place, Theatre
from whoholds.pipeline.claimed import ClaimedDistance, distances_around
from whoholds.pipeline.estimating import control, evidence
from whoholds.pipeline.judged import respected
from whoholds.pipeline.mapped import ShownPlace, observations, shown_at
from whoholds.pipeline.stored import ground_of_store, last_run
from whoholds.store import KeptClaim, View
from whoholds.tell.phrasing import supports
from whoholds.tell.series import day_range
from whoholds.theatres import load_theatre

SERIES = "control"


def theatre_of(view: View) -> Theatre:
    """The theatre of a store."""
    return load_theatre(last_run(view)["theatre"])


def candidates(view: View, name: str, *, cache: Path) -> list[Place]:
    """The places of the last run that a name may mean: by id, by main name, else by any spelling of the gazetteer."""
    if name.strip().lstrip("-").isdigit():
        place = view.place(int(name))
        return [place] if place else []
    found = view.places_named(name.strip())
    if not found:
        settings = last_run(view)
        given = settings.get("gazetteer")
        theatre = load_theatre(settings["theatre"])
        gazetteer = (
            open_gazetteer(given)
            if given and Path(given).is_file()
            else default_gazetteer(theatre.countries, cache=cache)
        )
        found = [p for p in (view.place(g.id) for g in gazetteer.by_name(name.strip())) if p is not None]
    return found


def find_place(view: View, name: str, *, cache: Path) -> Place:
    """The one place a name means here: the one with most claims, then the largest.

    Raises
    ------
    UnknownPlace
        No place of the run carries the name.
    """
    found = candidates(view, name, cache=cache)
    if not found:
        raise UnknownPlace(
            f"No place of the last run is called {name!r}.",
            remedy="Try another spelling or the geonameid, or run with a fuller gazetteer (--gazetteer FILE).",
        )
    if len(found) == 1:
        return found[0]
    told = {p.id: len(view.claims(place_id=p.id, limit=50)) for p in found[:50]}
    return max(found, key=lambda p: (told.get(p.id, 0), p.population, -p.id))


def places_named(view: View, name: str, *, day: date | None, cache: Path) -> list[dict[str, Any]]:
    """Places of a name with their status on a day (the last one where missing)."""
    rows = []
    on = day or date.fromisoformat(last_run(view)["last_day"])
    for place in candidates(view, name, cache=cache):
        estimate = next(iter(view.estimates(SERIES, place_id=place.id, on=on)), None)
        row: dict[str, Any] = {
            "id": place.id,
            "name": place.name,
            "admin1": place.admin1,
            "country": place.country,
            "lat": place.lat,
            "lon": place.lon,
            "population": place.population,
            "feature": place.feature,
            "day": on.isoformat(),
        }
        if estimate is not None:
            row |= {k: estimate[k] for k in ("status", "probabilities", "basis", "n_claims")}
        rows.append(row)
    return rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A place on a day: its estimate, and each claim and map with what it does to it.

    `distances` are those claimed around that day of a zone that holds the place; left out where a series was handed in.
    """

    place: Place
    others: tuple[Place, ...]
    known_on: date | None
    basis: str
    n_claims: int
    explanation: Explanation
    claims: dict[str, KeptClaim]
    maps: dict[str, ShownPlace]
    base: str | None
    base_day: date | None
    verdicts: tuple[Judgement, ...] = ()
    distances: tuple[ClaimedDistance, ...] = ()


def why(view: View, name: str, day: date, *, cache: Path, limit: int = 30, series: ControlSeries | None = None) -> Why:
    """Why a place is held as it is on a day, as known on the view's day.

    Inference is run again from the store alone, so that each claim can be left out in turn; who asks often hands in the
    `series` that `series_of` made for this view.

    Raises
    ------
    UnknownPlace, StoreError, BadSetting
        No such place, nothing was run yet, or the day lies outside the run.
    """
    place = find_place(view, name, cache=cache)
    others = tuple(p for p in candidates(view, name, cache=cache) if p.id != place.id)
    asked_once = series is None
    series = series_of(view) if series is None else series
    if day not in series.days:
        raise BadSetting(
            f"{day} lies outside the run, which goes from {series.days[0]} to {series.days[-1]}.",
            remedy="Choose a day within it, or run again with --from and --to.",
        )
    found = explain_estimate(series, place.id, day, limit=limit)
    wanted = {e.claim_id for e in found.effects if e.route != "map"}
    shown = [e.claim_id for e in found.effects if e.route == "map"]
    kept = {k.claim.id: k for i in sorted(wanted) for k in view.claims(claim_id=i)}
    estimate = series.estimate(place.id, day, view.as_known_on or day)
    settings = last_run(view)
    return Why(
        place=place,
        others=others,
        known_on=view.as_known_on,
        basis=estimate.basis.value,
        n_claims=estimate.n_claims,
        explanation=found,
        claims=kept,
        maps=shown_at(view, theatre_of(view), shown, place.lon, place.lat),
        base=settings["base"],
        base_day=date.fromisoformat(settings["base_day"]) if settings["base_day"] else None,
        verdicts=_verdicts(view, place.id, wanted),
        distances=distances_around(view, place, day, cache=cache) if asked_once else (),
    )


def _verdicts(view: View, place_id: int, bearing: set[str]) -> tuple[Judgement, ...]:
    """The analysts' verdicts on claims that name the place, bear on it, or were corrected to be about it."""
    made = view.judgements()
    if not made:
        return ()
    about = bearing | {k.claim.id for k in view.claims(place_id=place_id)}
    about |= {j.claim_id for j in made if j.place_id == place_id}
    return tuple(j for j in made if j.claim_id in about)


def series_of(view: View) -> ControlSeries:
    """Control inferred from the store alone, as the last run did, as known on the view's day."""
    settings = last_run(view)
    theatre = load_theatre(settings["theatre"])
    ground = ground_of_store(view)
    placed = respected(view.placed(), view.judgements(), {p.id: p for p in ground.nouns})
    bearing = evidence(placed, ground.base_day)
    first, last = date.fromisoformat(settings["run_from"]), date.fromisoformat(settings["last_day"])
    if view.as_known_on is not None:
        last = max(first, min(last, view.as_known_on))
    areas = {key: shapely.from_wkb(wkb) for key, wkb in view.areas().items()}
    return control(
        ground,
        day_range(first, last),
        bearing,
        areas=areas,
        theatre=theatre,
        known_on=view.as_known_on,
        maps=observations(view, ground, theatre),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A place whose status is another than on an earlier day, and the claims that name it in between."""

    place: Place
    day: date
    before: str
    after: str
    probability: float
    basis: str
    claims: tuple[KeptClaim, ...]


def changes(view: View, *, since: date, until: date | None = None, series: str = SERIES) -> list[Change]:
    """Places whose side on `until` (the last day) differs from that on `since`, by the day they changed."""
    sides = set(theatre_of(view).side_keys)
    places = {p.id: p for p, _ in view.places()}
    last = until or date.fromisoformat(last_run(view)["last_day"])
    told: dict[int, list[KeptClaim]] = {}
    for kept in view.claims(kinds=("gain", "hold", "enter", "leave"), since=since, until=last):
        for r in kept.placed.resolutions if kept.placed else ():
            if r.best is not None:
                told.setdefault(r.best.place_id, []).append(kept)
    rows: dict[int, list[dict[str, Any]]] = {}
    for row in view.estimates(series):
        if row["day"] <= last.isoformat():
            rows.setdefault(row["place_id"], []).append(row)
    out = []
    for place_id, history in rows.items():
        before = _holding(history, since)
        after = history[-1]
        if before is None or before["status"] == after["status"] or after["status"] not in sides:
            continue
        day = next(r["day"] for r in _tail(history, after["status"]))
        place = places[place_id]
        named = [
            k for k in view.claims(place_id=place_id, since=since, until=last) if supports(k.claim, after["status"])
        ]
        out.append(
            Change(
                place=place,
                day=date.fromisoformat(day),
                before=before["status"],
                after=after["status"],
                probability=after["probabilities"].get(after["status"], 0.0),
                basis=_strongest(history, since),
                claims=tuple(named),
            )
        )
    return sorted(out, key=lambda c: (c.day, -c.place.population, c.place.id))


def _holding(history: Sequence[dict[str, Any]], day: date) -> dict[str, Any] | None:
    """The row that holds on a day; the first one where the day lies before."""
    earlier = [r for r in history if r["day"] <= day.isoformat()]
    return earlier[-1] if earlier else (history[0] if history else None)


def _tail(history: Sequence[dict[str, Any]], status: str) -> Sequence[dict[str, Any]]:
    """The last rows in a row with that status."""
    at = len(history)
    while at and history[at - 1]["status"] == status:
        at -= 1
    return history[at:]


def _strongest(history: Sequence[dict[str, Any]], since: date) -> str:
    """Observed where any row since the day is; else inferred where any is."""
    bases = {r["basis"] for r in history if r["day"] >= since.isoformat()}
    return next((b for b in ("observed", "inferred") if b in bases), "carried")


def change_record(change: Change) -> dict[str, Any]:
    """A change as plain values."""
    return {
        "day": change.day.isoformat(),
        "id": change.place.id,
        "name": change.place.name,
        "admin1": change.place.admin1,
        "before": change.before,
        "after": change.after,
        "probability": change.probability,
        "basis": change.basis,
        "claims": [k.claim.id for k in change.claims],
    }


def changes_known(view: View, *, since: date, until: date | None = None) -> dict[str, Any]:
    """What became known after a day: reports, claims by kind, removed reports, new versions."""
    last = until or date.max
    reports = [k for k in view.reports(since=since, until=until) if k.known_day > since]
    claims = [k for k in view.claims() if since < k.known_day <= last]
    kinds: dict[str, int] = {}
    for kept in claims:
        kinds[kept.claim.kind.value] = kinds.get(kept.claim.kind.value, 0) + 1
    return {
        "reports": len(reports),
        "claims": len(claims),
        "kinds": dict(sorted(kinds.items())),
        "removed": [r.report_id for r in view.removed() if r.at[:10] > since.isoformat()],
    }


def learned(view: View, *, series: ControlSeries | None = None) -> list[dict[str, Any]]:
    """What was learned of each group of speakers, most claims first; on a known day, from what was known by then.

    Parameters
    ----------
    view : View
        Without a known day, what the last run learned; with one, the claims known by it are inferred from anew.
    series : ControlSeries, optional
        That of the view's known day, where it was inferred already.

    Raises
    ------
    StoreError
        Nothing was run yet.
    """
    last_run(view)
    if view.as_known_on is None:
        rows = json.loads(view.fact("reliability") or "[]")
    else:
        rows = [asdict(row) for row in (series or series_of(view)).reliability]
    return [
        {
            **row["cell"],
            "reliability": row["mean"],
            "low": row["low"],
            "high": row["high"],
            "n_claims": row["n_claims"],
        }
        for row in rows
    ]
