"""The API: the same questions the command line answers, as JSON and GeoJSON. Read-only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Protocol

import numpy as np
from fastapi import APIRouter, Query

from whoholds.errors import BadSetting, UnknownPlace
from whoholds.model import CONTESTED
from whoholds.serve.chunks import Explorer

Page = Annotated[int, Query(ge=0, description="Rows to leave out")]
Limit = Annotated[int, Query(ge=1, le=1000, description="Rows at most")]
Box = Annotated[str | None, Query(description="west,south,east,north [degree]")]


class Explain(Protocol):
    """Why a place has the status it has on a day, as known on another."""

    def __call__(self, place_id: int, day: date, known: date | None) -> Mapping[str, Any]: ...


def api_router(explorer: Explorer, explain: Explain) -> APIRouter:
    """Every question of the API over one explorer."""
    router = APIRouter()
    view = explorer.view

    @router.get("/reports", tags=["reports"])
    def reports(
        *,
        outlet: str | None = None, since: date | None = None, until: date | None = None, q: str | None = None,
        offset: Page = 0, limit: Limit = 100,
    ) -> dict[str, Any]:  # fmt: skip
        """Reports by the day they could be known; `q` searches title and text."""
        found = list(view.reports(outlet=outlet, since=since, until=until, words=q))
        rows = [
            {
                "id": r.report.id, "title": r.report.title, "outlet": r.report.outlet, "known_day": r.known_day,
                "day": r.report.day, "lang": r.report.lang, "author": r.report.author, "url": r.report.url,
                "sha256": r.report.sha256,
            }
            for r in found[offset : offset + limit]
        ]  # fmt: skip
        return _page(rows, len(found), offset)

    @router.get("/reports/{report_id:path}", tags=["reports"])
    def report(report_id: str) -> dict[str, Any]:
        """One report: its text, its parts, and the words each claim rests on."""
        return explorer.report(report_id)

    @router.get("/claims", tags=["claims"])
    def claims(
        *,
        place: int | None = None, kind: str | None = None, side: str | None = None, stance: str | None = None,
        outlet: str | None = None, speaker: str | None = None, since: date | None = None, until: date | None = None,
        q: str | None = None, offset: Page = 0, limit: Limit = 100,
    ) -> dict[str, Any]:  # fmt: skip
        """Claims with the sentence and the words behind each."""
        found = view.claims(
            place_id=place, kinds=(kind,) if kind else (), side=side, stance=stance, outlet=outlet, speaker=speaker,
            since=since, until=until, words=q,
        )  # fmt: skip
        return _page([explorer.claim_row(c) for c in found[offset : offset + limit]], len(found), offset)

    @router.get("/places", tags=["places"])
    def places(name: str | None = None, bbox: Box = None, offset: Page = 0, limit: Limit = 100) -> dict[str, Any]:
        """Places of the run, largest first, by part of a name or in a box."""
        table = explorer.map_places
        chosen = _in_box(explorer, bbox)
        if name is not None:
            wanted = name.casefold()
            chosen = [
                i for i in chosen if wanted in table.names[i].casefold() or wanted in table.other_names[i].casefold()
            ]
        rows = [
            {"id": int(table.ids[i]), "name": table.names[i], "admin": table.admin[i],
             "lon": float(table.lon[i]), "lat": float(table.lat[i])}
            for i in chosen[offset : offset + limit]
        ]  # fmt: skip
        return _page(rows, len(chosen), offset)

    @router.get("/control", tags=["control"])
    def control(day: date, bbox: Box = None) -> dict[str, Any]:
        """Who holds each place on a day, as GeoJSON points."""
        table, states = explorer.map_places, (*explorer.theatre.side_keys, CONTESTED)
        rows = explorer.rows_on(day)
        runs = explorer.runs
        features = []
        for i in _in_box(explorer, bbox):
            p = runs.probability[rows[i]]
            features.append({
                "type": "Feature", "id": int(table.ids[i]),
                "geometry": {"type": "Point", "coordinates": [float(table.lon[i]), float(table.lat[i])]},
                "properties": {"name": table.names[i], "status": states[int(p.argmax())],
                               **{f"p_{s}": round(float(x), 3) for s, x in zip(states, p, strict=True)}},
            })  # fmt: skip
        return {"type": "FeatureCollection", "features": features}

    @router.get("/changes", tags=["control"])
    def changes(since: date, until: date) -> list[dict[str, Any]]:
        """Places whose most likely status differs between two days."""
        table, states, runs = explorer.map_places, (*explorer.theatre.side_keys, CONTESTED), explorer.runs
        before = runs.probability[explorer.rows_on(since)].argmax(axis=1)
        after = runs.probability[explorer.rows_on(until)].argmax(axis=1)
        return [
            {"id": int(table.ids[i]), "name": table.names[i], "from": states[before[i]], "to": states[after[i]]}
            for i in np.flatnonzero(before != after).tolist()
        ]

    @router.get("/front", tags=["control"])
    def front(day: date) -> dict[str, Any]:
        """The line between cells of different status on a day, as GeoJSON."""
        lines = explorer.chunk("front")
        flat = lines["lines"][explorer.day_index(day)] if isinstance(lines, dict) else []
        pairs = [[[x, y] for x, y in zip(line[::2], line[1::2], strict=True)] for line in flat]
        return {
            "type": "Feature",
            "properties": {"day": day},
            "geometry": {"type": "MultiLineString", "coordinates": pairs},
        }

    @router.get("/explain/{place_id}", tags=["control"])
    def explanation(place_id: int, day: date, as_known_on: date | None = None) -> Mapping[str, Any]:
        """Why a place has the status it has on a day: the claims, and what each changes."""
        if view.place(place_id) is None:
            raise UnknownPlace(f"No place of this run has the id {place_id}.", remedy="Find it with /api/places?name=.")
        return explain(place_id, day, as_known_on)

    @router.get("/brief", tags=["control"])
    def brief() -> object:
        """The brief of the run, as HTML."""
        return explorer.chunk("brief")

    return router


def _page(rows: list[dict[str, Any]], total: int, offset: int) -> dict[str, Any]:
    """One page of a longer list."""
    following = offset + len(rows)
    return {"total": total, "offset": offset, "next": following if following < total else None, "rows": rows}


def _in_box(explorer: Explorer, bbox: str | None) -> list[int]:
    """Indices of the places in a box; all where none is given."""
    table = explorer.map_places
    if bbox is None:
        return list(range(len(table.ids)))
    try:
        west, south, east, north = (float(x) for x in bbox.split(","))
    except ValueError:
        raise BadSetting(f"bbox={bbox!r} is not a box.", remedy="Give west,south,east,north in degrees.") from None
    inside = (table.lon >= west) & (table.lon <= east) & (table.lat >= south) & (table.lat <= north)
    return np.flatnonzero(inside).tolist()


__all__ = ["Explain", "api_router"]
