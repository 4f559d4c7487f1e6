"""The ledgers of a store: facts of several rooms brought together, each ledger as plain rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import shapely

from whoholds.corroborate import DatedText, contradictions, report_families
from whoholds.errors import BadSetting
from whoholds.pipeline.briefed import borders, inside
from whoholds.pipeline.outputs import told
from whoholds.pipeline.stored import ground_of_store, rooms_of_store, table_of_store
from whoholds.store import View
from whoholds.tell.claims import ToldClaim
from whoholds.tell.ledgers import count_ledger, distance_ledger, movement_ledger, outlook_ledger, record_ledger
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
    claims = [t for t in told(view.claims()) if series.days[0] <= t.known_day and t.valid_day <= series.days[-1]]
    areas = {key: shapely.from_wkb(wkb) for key, wkb in view.areas().items()}
    place_names = {str(p.id): p.name for p in ground.nouns}

    def measured() -> list[KnownBorder]:
        return [KnownBorder(name=b.name, aliases=b.aliases, place_km=b.place_km) for b in borders(rooms, ground)]

    made: Mapping[str, Callable[[], list[Row]]] = {
        "contradictions": lambda: _contradictions(claims, place_names),
        "counts": lambda: _plain(count_ledger(claims, series, inside(ground, areas))),
        "distances": lambda: _plain(distance_ledger(claims, series, measured())),
        "outlook": lambda: _plain(outlook_ledger(claims, as_of=known or series.days[-1])),
        "movements": lambda: _plain(movement_ledger(claims)),
        "records": lambda: _plain(record_ledger(claims, series, table("nowcast"))),
        "echoes": lambda: _echoes(view, claims),
    }
    return {name: made[name]() for name in names}


def _contradictions(claims: Sequence[ToldClaim], place_names: Mapping[str, str]) -> list[Row]:
    """Contradictions with the names of their places and what each camp says."""
    by_id = {t.claim.id: t for t in claims}
    area_words = {
        r.area: r.span.text for t in claims for r in (t.placed.resolutions if t.placed else ()) if r.area is not None
    }
    rows = _plain(contradictions([t.placed for t in claims if t.placed is not None]))
    for row in rows:
        row["place_name"] = place_names.get(row["place"]) or area_words.get(row["place"]) or row["place"]
        for camp in ("one", "other"):
            row[f"{camp}_says"] = [_said(by_id[i]) for i in row[camp] if i in by_id]
    return rows


def _said(told_claim: ToldClaim) -> Row:
    """A claim in a line of a ledger."""
    claim = told_claim.claim
    return {
        "claim": claim.id, "speaker": told_claim.whose_word, "kind": claim.kind.value, "side": claim.side,
        "stance": claim.stance.value, "words": claim.trigger.text, "day": told_claim.valid_day.isoformat(),
    }  # fmt: skip


def _echoes(view: View, claims: Sequence[ToldClaim]) -> list[Row]:
    """Families: reports that repeat one text, and claims of one witness told by several outlets."""
    kept = {k.report.id: k for k in view.reports()}
    families = report_families(
        DatedText(report_id=i, known_day=k.known_day, text=k.report.text) for i, k in kept.items()
    )
    rows: list[Row] = []
    for first in sorted(set(families.values())):
        members = sorted(i for i, family in families.items() if family == first)
        if len(members) > 1:
            rows.append({
                "what": "report", "first": first, "outlets": sorted({kept[i].report.outlet for i in members}),
                "known_day": kept[first].known_day.isoformat(), "members": members, "said": kept[first].report.title,
            })  # fmt: skip
    witnesses: dict[str, list[ToldClaim]] = {}
    for t in claims:
        if t.placed is not None:
            witnesses.setdefault(t.placed.witness, []).append(t)
    for members_told in witnesses.values():
        if len({t.claim.report_id for t in members_told}) > 1:
            ordered = sorted(members_told, key=lambda t: (t.known_day, t.claim.id))
            rows.append({
                "what": "claim", "first": ordered[0].claim.id, "outlets": sorted({t.outlet for t in ordered}),
                "known_day": ordered[0].known_day.isoformat(), "members": [t.claim.id for t in ordered],
                "said": ordered[0].sentence,
            })  # fmt: skip
    return sorted(rows, key=lambda row: (row["what"], row["known_day"], row["first"]))


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
