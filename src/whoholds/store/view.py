"""Everything that can be asked of a store, now or as known on a day."""

# ruff: noqa: S608 - queries are put together from constant pieces; every value is bound.

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Engine

from whoholds.model import Claim, Judgement, Place, PlacedClaim, Report, Resolution, SetAside
from whoholds.store.codec import claim_of, judgement_of, report_of, resolutions_of
from whoholds.store.columns import EstimateColumns

FOREVER = "9999-12-31"

# The newest version known by :asof of each report that was not removed. Ties are broken by the version's hash, so that
# the order in which versions were read never matters.
_STANDING = """
SELECT r.* FROM reports r
WHERE r.known_day <= :asof
  AND r.id NOT IN (SELECT report_id FROM tombstones)
  AND NOT EXISTS (
    SELECT 1 FROM reports o WHERE o.id = r.id AND o.known_day <= :asof
    AND (o.known_day, coalesce(o.published, ''), o.version) > (r.known_day, coalesce(r.published, ''), r.version))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReport:
    """A report as kept, with the day it could be known from and what tells its versions apart."""

    report: Report
    known_day: date
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptClaim:
    """A claim with what lists show of its report; `placed` where a run has placed it."""

    claim: Claim
    version: str
    outlet: str
    title: str
    report_day: date | None
    known_day: date
    url: str | None
    sentence: str
    placed: PlacedClaim | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A tombstone: which report was taken out, why, by whom and when."""

    report_id: str
    reason: str
    by: str
    at: str


class View:
    """Reads; get one from `Store.view`. With `as_known_on`, nothing known later is seen."""

    def __init__(self, engine: Engine, as_known_on: date | None) -> None:
        self._engine = engine
        self.as_known_on = as_known_on
        self._asof = as_known_on.isoformat() if as_known_on else FOREVER

    def fact(self, key: str) -> str | None:
        """A fact of the whole store, such as its theatre."""
        rows = self._rows("SELECT value FROM store WHERE key = :key", key=key)
        return rows[0]["value"] if rows else None

    def counts(self) -> dict[str, int]:
        """How many reports, claims, places and judgements there are, and how many reports were set aside or removed."""
        rows = self._rows(
            f"WITH s AS ({_STANDING}) SELECT (SELECT count(*) FROM s) reports,"
            " (SELECT count(*) FROM claims c JOIN s ON s.id = c.report_id AND s.version = c.version) claims,"
            " (SELECT count(*) FROM places) places, (SELECT count(*) FROM judgements) judgements,"
            " (SELECT count(*) FROM set_aside) set_aside, (SELECT count(*) FROM tombstones) removed"
        )
        return {key: int(value) for key, value in rows[0].items()}

    def last_known_day(self) -> date | None:
        """The last day on which anything became known; None for an empty store."""
        rows = self._rows("SELECT max(known_day) AS day FROM reports WHERE known_day <= :asof")
        return date.fromisoformat(rows[0]["day"]) if rows[0]["day"] else None

    def readings(self) -> dict[tuple[str, str], str]:
        """Which reading each version of each report has had: (report id, version) to reading."""
        rows = self._rows("SELECT report_id, version, reading FROM readings")
        return {(r["report_id"], r["version"]): r["reading"] for r in rows}

    def versions(self, report_id: str) -> list[KeptReport]:
        """Every kept version of a report, oldest first, removed or not."""
        rows = self._rows(
            "SELECT * FROM reports WHERE id = :id ORDER BY known_day, coalesce(published, ''), version", id=report_id
        )
        return [_kept(r) for r in rows]

    def every_report(self) -> Iterator[Report]:
        """Every version of every report that was not removed, without original bytes: what claims are read from."""
        sql = (
            "SELECT * FROM reports WHERE known_day <= :asof"
            " AND id NOT IN (SELECT report_id FROM tombstones) ORDER BY known_day, id, version"
        )
        for row in self._rows(sql):
            yield report_of({**row, "original": None, "segments": "[]"})

    def report(self, report_id: str) -> KeptReport | None:
        """The standing version of a report."""
        rows = self._rows(f"SELECT * FROM ({_STANDING}) WHERE id = :id", id=report_id)
        return _kept(rows[0]) if rows else None

    def reports(
        self,
        *,
        outlet: str | None = None,
        since: date | None = None,
        until: date | None = None,
        words: str | None = None,
        format: str | None = None,
        limit: int | None = None,
    ) -> Iterator[KeptReport]:
        """Standing reports by known day and id.

        Parameters
        ----------
        outlet : str, optional
            Only this outlet (letter case aside).
        since, until : date, optional
            Known days, both included.
        words : str, optional
            Only reports with all of these words in title or text; `Bala*` stands for every word that begins so.
        format : str, optional
            Only reports read from this format, such as "map".
        limit : int, optional
            At most so many.
        """
        where, values = ["1 = 1"], dict[str, Any]()
        if format is not None:
            where.append("format = :format")
            values["format"] = format
        if outlet is not None:
            where.append("outlet = :outlet COLLATE NOCASE")
            values["outlet"] = outlet
        if since is not None:
            where.append("known_day >= :since")
            values["since"] = since.isoformat()
        if until is not None:
            where.append("known_day <= :until")
            values["until"] = until.isoformat()
        if words is not None:
            where.append("n IN (SELECT rowid FROM reports_text WHERE reports_text MATCH :words)")
            values["words"] = match_words(words)
        sql = f"SELECT * FROM ({_STANDING}) WHERE {' AND '.join(where)} ORDER BY known_day, id LIMIT :limit"
        for row in self._rows(sql, limit=-1 if limit is None else limit, **values):
            yield _kept(row)

    def claims(
        self,
        *,
        place_id: int | None = None,
        area: str | None = None,
        kinds: Sequence[str] = (),
        side: str | None = None,
        stance: str | None = None,
        speaker: str | None = None,
        outlet: str | None = None,
        report_id: str | None = None,
        claim_id: str | None = None,
        since: date | None = None,
        until: date | None = None,
        words: str | None = None,
        limit: int | None = None,
    ) -> list[KeptClaim]:
        """Claims of standing reports, by day known, report and place in the text.

        Parameters
        ----------
        place_id, area : optional
            Only claims taken to be about this place or area.
        kinds : sequence of str
            Only these kinds; empty for all.
        side, stance, speaker, outlet, report_id, claim_id : str, optional
            Only these; a speaker by part of the name.
        since, until : date, optional
            The claim's day (the day it was so; where a claim has none, the report's), both included.
        words : str, optional
            Only claims of reports with all of these words.
        limit : int, optional
            At most so many.
        """
        where, values = ["1 = 1"], dict[str, Any]()
        exact = {"c.side": side, "c.stance": stance, "c.report_id": report_id, "c.id": claim_id}
        for at, (column, value) in enumerate(exact.items()):
            if value is not None:
                where.append(f"{column} = :e{at}")
                values[f"e{at}"] = value
        if kinds:
            names = [f"k{i}" for i in range(len(kinds))]
            where.append(f"c.kind IN ({', '.join(':' + n for n in names)})")
            values.update(zip(names, kinds, strict=True))
        if outlet is not None:
            where.append("s.outlet = :outlet COLLATE NOCASE")
            values["outlet"] = outlet
        if speaker is not None:
            where.append("instr(lower(coalesce(c.speaker, '')), lower(:speaker))")
            values["speaker"] = speaker
        if place_id is not None or area is not None:
            where.append(
                "EXISTS (SELECT 1 FROM resolved q WHERE q.claim_id = c.id AND q.version = c.version"
                " AND (q.place_id = :place_id OR q.area = :area))"
            )
            values.update(place_id=place_id, area=area)
        if since is not None:
            where.append("coalesce(p.valid_day, c.day, s.day, s.known_day) >= :since")
            values["since"] = since.isoformat()
        if until is not None:
            where.append("coalesce(p.valid_day, c.day, s.day, s.known_day) <= :until")
            values["until"] = until.isoformat()
        if words is not None:
            where.append("s.n IN (SELECT rowid FROM reports_text WHERE reports_text MATCH :words)")
            values["words"] = match_words(words)
        sql = (
            f"WITH s AS ({_STANDING})"
            " SELECT c.*, s.outlet s_outlet, s.title s_title, s.day s_day, s.known_day s_known, s.url s_url,"
            " substr(s.text, json_extract(c.body, '$.sentence[0]') + 1, json_extract(c.body, '$.sentence[1]')"
            " - json_extract(c.body, '$.sentence[0]')) s_sentence,"
            " p.outlet p_outlet, p.valid_day, p.known_day p_known, p.witness, p.speakers, p.resolutions"
            " FROM claims c JOIN s ON s.id = c.report_id AND s.version = c.version"
            " LEFT JOIN placed p ON p.claim_id = c.id AND p.version = c.version"
            f" WHERE {' AND '.join(where)}"
            " ORDER BY s.known_day, c.report_id, json_extract(c.body, '$.trigger[0]'), c.id LIMIT :limit"
        )
        return [_kept_claim(r) for r in self._rows(sql, limit=-1 if limit is None else limit, **values)]

    def read_claims(self) -> Iterator[tuple[Report, str, list[Claim]]]:
        """Every version of every report with claims, without original bytes, and its claims; no removed ones."""
        reports = self._rows(
            "SELECT * FROM reports r WHERE known_day <= :asof AND id NOT IN (SELECT report_id FROM tombstones)"
            " AND EXISTS (SELECT 1 FROM claims c WHERE c.report_id = r.id AND c.version = r.version)"
            " ORDER BY known_day, id, version"
        )
        claims: dict[tuple[str, str], list[Claim]] = {}
        for row in self._rows("SELECT * FROM claims ORDER BY report_id, version, id"):
            claims.setdefault((row["report_id"], row["version"]), []).append(claim_of(row))
        for row in reports:
            report = report_of({**row, "original": None, "segments": "[]"})
            yield report, row["version"], claims[row["id"], row["version"]]

    def kept_resolutions(self) -> dict[tuple[str, str], tuple[Resolution, ...]]:
        """Where claims were placed by the last run: (claim id, version) to resolutions."""
        rows = self._rows("SELECT claim_id, version, resolutions FROM placed")
        return {(r["claim_id"], r["version"]): resolutions_of(r["resolutions"]) for r in rows}

    def placed(self) -> list[PlacedClaim]:
        """Every placed claim of standing reports, by known day and id: what inference rests on."""
        sql = (
            f"WITH s AS ({_STANDING}) SELECT c.*, p.outlet p_outlet, p.valid_day, p.known_day p_known, p.witness,"
            " p.speakers, p.resolutions FROM placed p JOIN claims c ON c.id = p.claim_id AND c.version = p.version"
            " JOIN s ON s.id = c.report_id AND s.version = c.version ORDER BY p.known_day, c.id"
        )
        return [_placed(r) for r in self._rows(sql)]

    def former(self) -> list[PlacedClaim]:
        """Placed claims of the versions that stood until a newer one replaced them on a later day (`replaced_on`)."""
        sql = (
            "WITH f AS (SELECT r.id, r.version FROM reports r"
            " WHERE r.id NOT IN (SELECT report_id FROM tombstones) AND EXISTS (SELECT 1 FROM reports o"
            " WHERE o.id = r.id AND o.known_day > r.known_day AND o.known_day <= :asof)"
            " AND NOT EXISTS (SELECT 1 FROM reports o"
            " WHERE o.id = r.id AND o.known_day = r.known_day"
            " AND (coalesce(o.published, ''), o.version) > (coalesce(r.published, ''), r.version)))"
            " SELECT c.*, p.outlet p_outlet, p.valid_day, p.known_day p_known, p.witness, p.speakers, p.resolutions"
            " FROM placed p JOIN claims c ON c.id = p.claim_id AND c.version = p.version"
            " JOIN f ON f.id = c.report_id AND f.version = c.version ORDER BY p.known_day, c.id"
        )
        return [_placed(r) for r in self._rows(sql)]

    def replaced_on(self) -> dict[date, frozenset[str]]:
        """The reports of which a newer version became known on a day, by that day; no removed ones."""
        sql = (
            "SELECT DISTINCT r.id, r.known_day FROM reports r JOIN reports o ON o.id = r.id"
            " AND o.known_day < r.known_day WHERE r.known_day <= :asof"
            " AND r.id NOT IN (SELECT report_id FROM tombstones) ORDER BY r.known_day, r.id"
        )
        found: dict[date, set[str]] = {}
        for row in self._rows(sql):
            found.setdefault(date.fromisoformat(row["known_day"]), set()).add(row["id"])
        return {day: frozenset(ids) for day, ids in found.items()}

    def placed_of(self, report_id: str, version: str) -> list[PlacedClaim]:
        """The placed claims of one version of a report, whether it still stands or not; none of a removed one."""
        sql = (
            "SELECT c.*, p.outlet p_outlet, p.valid_day, p.known_day p_known, p.witness, p.speakers, p.resolutions"
            " FROM placed p JOIN claims c ON c.id = p.claim_id AND c.version = p.version"
            " WHERE c.report_id = :report_id AND c.version = :version ORDER BY c.id"
        )
        return [_placed(r) for r in self._rows(sql, report_id=report_id, version=version)]

    def places(self) -> list[tuple[Place, str | None]]:
        """The places of the last run by id, each with its status at the start."""
        return [(_place(r), r["base"]) for r in self._rows("SELECT * FROM places ORDER BY id")]

    def place(self, place_id: int) -> Place | None:
        """One place of the last run."""
        rows = self._rows("SELECT * FROM places WHERE id = :id", id=place_id)
        return _place(rows[0]) if rows else None

    def places_named(self, name: str) -> list[Place]:
        """Places of the last run whose main name is `name` (letter case aside), largest first."""
        rows = self._rows(
            "SELECT * FROM places WHERE name = :name COLLATE NOCASE ORDER BY population DESC, id", name=name
        )
        return [_place(r) for r in rows]

    def areas(self) -> dict[str, bytes]:
        """Geometries (WKB) of the areas claims bear on."""
        return {r["key"]: r["wkb"] for r in self._rows("SELECT key, wkb FROM areas ORDER BY key")}

    def estimates(
        self, series: str = "control", *, place_id: int | None = None, on: date | None = None
    ) -> list[dict[str, Any]]:
        """Rows of a series: place_id, day, status, probabilities, basis, n_claims.

        A place has a row for the first day and then only for days on which its row changes. With `on`, the row that
        holds on that day.
        """
        sql = "SELECT place_id, day, status, probabilities, basis, n_claims FROM estimates e WHERE series = :series"
        values: dict[str, Any] = {"series": series}
        if place_id is not None:
            sql += " AND place_id = :place_id"
            values["place_id"] = place_id
        if on is not None:
            sql += (
                " AND day = (SELECT max(day) FROM estimates o WHERE o.series = e.series AND o.place_id = e.place_id"
                " AND o.day <= :on)"
            )
            values["on"] = on.isoformat()
        rows = self._rows(sql + " ORDER BY place_id, day", **values)
        return [{**r, "probabilities": json.loads(r["probabilities"])} for r in rows]

    def estimate_columns(self, series: str = "control") -> EstimateColumns:
        """All rows of a series as arrays, by place, then day."""
        sql = (
            "SELECT place_id, day, status, probabilities, basis, n_claims FROM estimates WHERE series = ?"
            " ORDER BY place_id, day"
        )
        with self._engine.connect() as connection:
            return EstimateColumns.of(connection.exec_driver_sql(sql, (series,)).fetchall())

    def set_aside(self) -> list[SetAside]:
        """Reports that could not be read."""
        rows = self._rows("SELECT origin, error, problem, remedy FROM set_aside ORDER BY origin, problem")
        return [SetAside(**r) for r in rows]

    def removed(self) -> list[Removed]:
        """Tombstones, oldest first."""
        rows = self._rows("SELECT report_id, reason, by, at FROM tombstones ORDER BY at, report_id")
        return [Removed(**r) for r in rows]

    def judgements(self, claim_id: str | None = None) -> list[Judgement]:
        """Judgements in the order they were made, of one claim or all."""
        sql = "SELECT * FROM judgements WHERE (:id IS NULL OR claim_id = :id) AND date(at) <= :asof ORDER BY at, n"
        return [judgement_of(r) for r in self._rows(sql, id=claim_id)]

    def map(self, name: str) -> bytes | None:
        """A control map as it was given."""
        rows = self._rows("SELECT original FROM maps WHERE name = :name", name=name)
        return rows[0]["original"] if rows else None

    def runs(self) -> list[dict[str, Any]]:
        """Runs, oldest first: inputs (a hash), settings, summary, at."""
        rows = self._rows("SELECT inputs, settings, summary, at FROM runs ORDER BY n")
        return [{**r, "settings": json.loads(r["settings"]), "summary": json.loads(r["summary"])} for r in rows]

    def _rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries; `:asof` is always bound."""
        with self._engine.connect() as connection:
            wanted = text(sql)
            bound = {k: v for k, v in {"asof": self._asof, **values}.items() if re.search(rf":{k}\b", sql)}
            return [dict(r) for r in connection.execute(wanted, bound).mappings()]


def match_words(words: str) -> str:
    """Words as a full-text query that cannot be malformed: each quoted, a final * kept.

    >>> match_words('Izium "and Bala*')
    '"Izium" "and" "Bala"*'
    """
    found = re.findall(r"[\w’'-]+\*?", words)
    return " ".join(f'"{w[:-1]}"*' if w.endswith("*") else f'"{w}"' for w in found) or '""'


def _kept(row: Mapping[str, Any]) -> KeptReport:
    """A row of `reports` with its known day and version."""
    return KeptReport(report=report_of(row), known_day=date.fromisoformat(row["known_day"]), version=row["version"])


def _place(row: Mapping[str, Any]) -> Place:
    """A row of `places`."""
    return Place(**{k: row[k] for k in ("id", "name", "lat", "lon", "country", "admin1", "feature", "population")})


def _placed(row: Mapping[str, Any]) -> PlacedClaim:
    """A row of a claim joined with where it was placed."""
    return PlacedClaim(
        claim=claim_of(row),
        resolutions=resolutions_of(row["resolutions"]),
        outlet=row["p_outlet"],
        valid_day=date.fromisoformat(row["valid_day"]),
        known_day=date.fromisoformat(row["p_known"]),
        witness=row["witness"],
        group=row["speakers"],
    )


def _kept_claim(row: Mapping[str, Any]) -> KeptClaim:
    """A row of a claim joined with its report, and with where it was placed if it was."""
    return KeptClaim(
        claim=claim_of(row),
        version=row["version"],
        outlet=row["s_outlet"],
        title=row["s_title"],
        report_day=date.fromisoformat(row["s_day"]) if row["s_day"] else None,
        known_day=date.fromisoformat(row["s_known"]),
        url=row["s_url"],
        sentence=row["s_sentence"] or "",
        placed=_placed(row) if row["resolutions"] is not None else None,
    )
