"""The ledgers of a store: facts of several rooms brought together, each ledger as plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, is_dataclass, replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import shapely

from whoholds.corroborate import contradictions, normalise_speaker, report_echoes
from whoholds.errors import BadSetting
from whoholds.pipeline.briefed import borders, inside
from whoholds.pipeline.gather import MAP
from whoholds.pipeline.ground import Ground
from whoholds.pipeline.judged import respected
from whoholds.pipeline.mapped import DrawnMaps, drawn_maps
from whoholds.pipeline.outputs import told
from whoholds.pipeline.placing import names_of_sides
from whoholds.pipeline.rooms import Rooms
from whoholds.pipeline.stored import ground_of_store, rooms_of_store, table_of_store
from whoholds.pipeline.telling import dated_texts
from whoholds.store import View
from whoholds.tell.claims import ToldClaim
from whoholds.tell.ledgers import (
    count_ledger,
    dispute_in_words,
    distance_ledger,
    movement_ledger,
    outlook_ledger,
    record_ledger,
)
from whoholds.tell.ledgers.distances import KnownBorder
from whoholds.tell.series import SeriesTable

Row = dict[str, Any]
LEDGERS = ("contradictions", "counts", "distances", "outlook", "movements", "records", "echoes")


def ledger(view: View, name: str, *, cache: Path) -> list[Row]:
    """One ledger of the last run, as known on the view's day.

    Parameters
    ----------
    view : View
    name : str
        One of `LEDGERS`.
    cache : Path
        Where the packaged gazetteer is kept once made.

    Raises
    ------
    BadSetting
        There is no such ledger.
    StoreError
        Nothing was run on this store yet.
    """
    return ledgers(view, (name,), cache=cache)[name]


def ledgers(view: View, names: Sequence[str] = LEDGERS, *, cache: Path) -> dict[str, list[Row]]:
    """Several ledgers at once; claims of before the run's first day belong to its history and are left out.

    Raises
    ------
    BadSetting
        There is no such ledger.
    StoreError
        Nothing was run on this store yet.
    """
    unknown = sorted(set(names) - set(LEDGERS))
    if unknown:
        raise BadSetting(f"There is no ledger {unknown[0]!r}.", remedy=f"Choose from {', '.join(LEDGERS)}.")
    rooms, ground = rooms_of_store(view, cache=cache), ground_of_store(view)
    known = view.as_known_on

    def table(name: str) -> SeriesTable:
        return table_of_store(view, name, ground, rooms.theatre.side_keys)

    series = table("control" if known is None else "nowcast")
    taken = judged(view, told(view.claims()), ground)
    claims = [t for t in taken if series.days[0] <= t.known_day and t.valid_day <= series.days[-1]]
    areas = {key: shapely.from_wkb(wkb) for key, wkb in view.areas().items()}
    place_names = {str(p.id): p.name for p in ground.nouns}

    def measured() -> list[KnownBorder]:
        return [KnownBorder(name=b.name, aliases=b.aliases, place_km=b.place_km) for b in borders(rooms, ground)]

    made: Mapping[str, Callable[[], list[Row]]] = {
        "contradictions": lambda: dispute_rows(
            claims, place_names, as_of=known or series.days[-1], maps=drawn_maps(view, ground, rooms.theatre)
        ),
        "counts": lambda: _plain(
            count_ledger(
                claims,
                series,
                inside(ground, areas),
                since=ground.base_day,
                population=ground.places.population,
            )
        ),
        "distances": lambda: _plain(distance_ledger(claims, series, measured())),
        "outlook": lambda: _plain(outlook_ledger(claims, as_of=known or series.days[-1])),
        "movements": lambda: _plain(movement_ledger(claims)),
        "records": lambda: _plain(
            record_ledger(
                claims,
                series,
                table("nowcast"),
                same=lambda words, side: normalise_speaker(words, side, rooms.theatre),
            )
        ),
        "echoes": lambda: _echoes(view, claims, rooms),
    }
    return {name: made[name]() for name in names}


def judged(view: View, claims: Sequence[ToldClaim], ground: Ground) -> list[ToldClaim]:
    """The claims as the analysts want them taken: rejected ones take no part in a ledger, corrected ones corrected."""
    verdicts = view.judgements()
    if not verdicts:
        return list(claims)
    placed = [t.placed for t in claims if t.placed is not None]
    kept = {p.claim.id: p for p in respected(placed, verdicts, {p.id: p for p in ground.nouns})}
    out = []
    for t in claims:
        if t.placed is None:
            out.append(t)
        elif (found := kept.get(t.claim.id)) is not None:
            out.append(replace(t, claim=found.claim, placed=found))
    return out


def dispute_rows(
    claims: Sequence[ToldClaim], place_names: Mapping[str, str], *, as_of: date | None, maps: DrawnMaps | None = None
) -> list[Row]:
    """Contradictions with the names of their places, what each camp says, and the whole in words."""
    by_id = {t.claim.id: t for t in claims}
    said_of = {
        str(r.best.place_id) if r.best else r.area: r.best.name if r.best else r.span.text
        for t in claims
        for r in (t.placed.resolutions if t.placed else ())
    }
    rows: list[Row] = []
    maps = maps or DrawnMaps()
    for found in contradictions([t.placed for t in claims if t.placed is not None], as_of=as_of, drawn=maps.at):
        (row,) = _plain([found])
        row["place_name"] = place_names.get(found.place) or said_of.get(found.place) or found.place
        camps = [
            sorted((by_id[i] for i in camp if i in by_id), key=lambda t: (t.known_day, t.claim.id))
            for camp in (found.one, found.other)
        ]
        row["one_says"], row["other_says"] = ([_said(t) for t in camp] for camp in camps)
        row["in_words"] = dispute_in_words(
            *camps, standing=found.standing.value, last_heard=found.last_heard, outcome=found.outcome,
            settled_by=by_id.get(found.settled_by or ""), closed=found.closed,
            settled_by_map=maps.titles.get(found.settled_by_map or ""),
        )  # fmt: skip
        rows.append(row)
    return rows


def _said(told_claim: ToldClaim) -> Row:
    """A claim in a line of a ledger."""
    claim = told_claim.claim
    return {
        "claim": claim.id, "speaker": told_claim.whose_word, "kind": claim.kind.value, "side": claim.side,
        "stance": claim.stance.value, "words": claim.trigger.text, "day": told_claim.valid_day.isoformat(),
    }  # fmt: skip


def _echoes(view: View, claims: Sequence[ToldClaim], rooms: Rooms) -> list[Row]:
    """Families: reports that repeat one text, and claims of one witness told in several reports; `why` tells how."""
    kept = {k.report.id: k for k in view.reports()}
    echoes = report_echoes(
        dated_texts(rooms, ((k.report, k.known_day) for k in kept.values() if k.report.format != MAP)),
        common=names_of_sides(rooms.theatre),
    )
    families: dict[str, list[str]] = {}
    for ident, echo in echoes.items():
        families.setdefault(echo.family, []).append(ident)
    rows: list[Row] = []
    for first, members in families.items():
        if len(members) > 1:
            rows.append({
                "what": "report", "first": first, "outlets": sorted({kept[i].report.outlet for i in members}),
                "known_day": kept[first].known_day.isoformat(), "members": sorted(members),
                "why": ", ".join(sorted({echo.how.value for i in members if (echo := echoes[i]).how is not None})),
                "said": kept[first].report.title or kept[first].report.text[:100],
            })  # fmt: skip
    witnesses: dict[str, list[ToldClaim]] = {}
    for t in claims:
        if t.placed is not None:
            witnesses.setdefault(t.placed.witness, []).append(t)
    for told_by in witnesses.values():
        if len({t.claim.report_id for t in told_by}) > 1:
            ordered = sorted(told_by, key=lambda t: (t.known_day, t.claim.id))
            rows.append({
                "what": "claim", "first": ordered[0].claim.id, "outlets": sorted({t.outlet for t in ordered}),
                "known_day": ordered[0].known_day.isoformat(), "members": [t.claim.id for t in ordered],
                "why": _origin(ordered, {i: e.family for i, e in echoes.items()}), "said": ordered[0].sentence,
            })  # fmt: skip
    return sorted(rows, key=lambda row: (row["what"], row["known_day"], row["first"]))


def _origin(told_by: Sequence[ToldClaim], families: Mapping[str, str]) -> str:
    """Why claims are one witness: who is cited, or that one text is printed again."""
    if len({families.get(t.claim.report_id) for t in told_by}) == 1:
        return "one text"
    speaker = next((" ".join(t.claim.speaker.text.split()) for t in told_by if t.claim.speaker is not None), None)
    return f"cited origin: {speaker}" if speaker else f"the same told again by {told_by[0].outlet}"


def _plain(rows: Sequence[Any]) -> list[Row]:
    """Dataclasses as plain values ready for JSON."""
    found = [row for row in rows if is_dataclass(row) and not isinstance(row, type)]
    return [{key: _value(value) for key, value in asdict(row).items()} for row in found]


def _value(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value
