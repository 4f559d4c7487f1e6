"""Everything that changes a store; nothing it is given is ever rewritten in place but derived tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, text
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine import Connection

from whoholds.model import Claim, Judgement, Place, PlacedClaim, Report, SetAside
from whoholds.store import tables as t
from whoholds.store.codec import claim_row, dump, report_row, resolutions_text, version_of

BATCH = 5000
"""Rows a statement; larger gains nothing, and keeps memory flat."""


class Writer:
    """Writes within one transaction; get one from `Store.writer`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def bind(self, key: str, value: str) -> str:
        """Keep a fact of the whole store (its theatre); answers what was kept first."""
        self._connection.execute(upsert(t.store).values(key=key, value=value).on_conflict_do_nothing())
        return str(self._connection.execute(select(t.store.c.value).where(t.store.c.key == key)).scalar_one())

    def put(self, key: str, value: str) -> None:
        """Keep a fact of the whole store in place of an earlier one."""
        change = upsert(t.store).values(key=key, value=value)
        self._connection.execute(change.on_conflict_do_update(index_elements=["key"], set_={"value": value}))

    def add_report(self, report: Report, *, known_day: date) -> bool:
        """Keep a report; False where this version of it is kept already."""
        row = report_row(report, known_day)
        result = self._connection.execute(upsert(t.reports).values(**row).on_conflict_do_nothing())
        if not result.rowcount:
            return False
        self._connection.execute(
            text("INSERT INTO reports_text (rowid, title, text) SELECT n, title, text FROM reports WHERE n = :n"),
            {"n": result.lastrowid},
        )
        return True

    def add_claims(self, report: Report, claims: Sequence[Claim], *, reading: str) -> int:
        """Keep what was read from a report, in place of what an older reading found; answers how many are new.

        Judgements keep the claim's id, which does not depend on the reading.
        """
        version = version_of(report)
        mine = select(t.claims.c.id).where(t.claims.c.report_id == report.id, t.claims.c.version == version)
        before = set(self._connection.execute(mine).scalars())
        where = {"report_id": report.id, "version": version}
        for table in (t.claims, t.readings):
            self._connection.execute(delete(table).where(table.c.report_id == report.id, table.c.version == version))
        self._connection.execute(insert(t.readings), [{**where, "reading": reading}])
        if claims:
            self._connection.execute(insert(t.claims), [claim_row(c, version) for c in claims])
        return len({c.id for c in claims} - before)

    def add_set_aside(self, items: Iterable[SetAside]) -> None:
        """Keep which reports could not be read, and why."""
        for item in items:
            row = {"origin": item.origin, "error": item.error, "problem": item.problem, "remedy": item.remedy}
            self._connection.execute(upsert(t.set_aside).values(**row).on_conflict_do_nothing())

    def remove_report(self, report_id: str, *, reason: str, by: str, at: datetime) -> None:
        """Take a report out of every view; a tombstone with the reason stays."""
        row = {"report_id": report_id, "reason": reason, "by": by, "at": at.isoformat()}
        self._connection.execute(upsert(t.tombstones).values(**row).on_conflict_do_nothing())

    def restore_report(self, report_id: str) -> None:
        """Take a removal back."""
        self._connection.execute(delete(t.tombstones).where(t.tombstones.c.report_id == report_id))

    def judge(self, judgement: Judgement) -> None:
        """Append an analyst's judgement."""
        self._connection.execute(
            insert(t.judgements),
            [
                {
                    "claim_id": judgement.claim_id,
                    "verdict": judgement.verdict.value,
                    "by": judgement.by,
                    "at": judgement.at.isoformat(),
                    "note": judgement.note,
                    "place_id": judgement.place_id,
                    "kind": judgement.kind,
                }
            ],
        )

    def replace_placed(self, placed: Iterable[tuple[PlacedClaim, str]]) -> None:
        """Replace where claims were placed; pairs of a placed claim and its report's version."""
        self._connection.execute(delete(t.placed))
        self._connection.execute(delete(t.resolved))
        rows: list[dict[str, Any]] = []
        found: list[dict[str, Any]] = []
        for item, version in placed:
            key = {"claim_id": item.claim.id, "version": version}
            rows.append(
                {
                    **key,
                    "outlet": item.outlet,
                    "valid_day": item.valid_day.isoformat(),
                    "known_day": item.known_day.isoformat(),
                    "witness": item.witness,
                    "speakers": item.group,
                    "resolutions": resolutions_text(item.resolutions),
                }
            )
            for at, r in enumerate(item.resolutions):
                best = r.best
                found.append(
                    {
                        **key,
                        "at": at,
                        "place_id": best.place_id if best else None,
                        "area": r.area,
                        "probability": best.probability if best else None,
                    }
                )
        self._insert(t.placed, rows)
        self._insert(t.resolved, found)

    def replace_places(self, places: Iterable[tuple[Place, str | None]]) -> None:
        """Replace the places control is inferred for, each with its status at the start."""
        self._connection.execute(delete(t.places))
        self._insert(
            t.places,
            [
                {
                    "id": p.id,
                    "name": p.name,
                    "lat": p.lat,
                    "lon": p.lon,
                    "country": p.country,
                    "admin1": p.admin1,
                    "feature": p.feature,
                    "population": p.population,
                    "base": base,
                }
                for p, base in places
            ],
        )

    def replace_areas(self, areas: Mapping[str, bytes]) -> None:
        """Replace the geometries (WKB) of the areas claims bear on."""
        self._connection.execute(delete(t.areas))
        self._insert(t.areas, [{"key": key, "wkb": wkb} for key, wkb in sorted(areas.items())])

    def replace_estimates(self, series: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """Replace a series ("control" or "nowcast"); rows as `View.estimates` gives them."""
        self._connection.execute(delete(t.estimates).where(t.estimates.c.series == series))
        batch: list[tuple[Any, ...]] = []
        sql = (
            "INSERT INTO estimates (series, place_id, day, status, probabilities, basis, n_claims)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
        )
        cursor: Any = self._connection.connection.cursor()
        for row in rows:
            day, probabilities = row["day"], row["probabilities"]
            batch.append(
                (
                    series,
                    int(row["place_id"]),
                    day if isinstance(day, str) else day.isoformat(),
                    row["status"],
                    probabilities if isinstance(probabilities, str) else dump(probabilities),
                    str(row["basis"]),
                    int(row["n_claims"]),
                )
            )
            if len(batch) >= BATCH:
                cursor.executemany(sql, batch)
                batch.clear()
        cursor.executemany(sql, batch)

    def keep_map(self, name: str, *, day: date | None, sha256: str, original: bytes) -> None:
        """Keep a control map as it was given."""
        values = {
            "name": name,
            "day": day.isoformat() if day else None,
            "sha256": sha256,
            "original": original,
        }
        change = upsert(t.maps).values(**values)
        self._connection.execute(change.on_conflict_do_update(index_elements=["name"], set_=values))

    def add_run(self, *, inputs: str, settings: Mapping[str, Any], summary: Mapping[str, Any], at: datetime) -> None:
        """Keep that a run took place: `inputs` is the hash of everything it rests on."""
        row = {"inputs": inputs, "settings": dump(settings), "summary": dump(summary), "at": at.isoformat()}
        self._connection.execute(insert(t.runs), [row])

    def _insert(self, table: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows in batches."""
        for start in range(0, len(rows), BATCH):
            self._connection.execute(insert(table), list(rows[start : start + BATCH]))
