"""The API: the same questions the command line answers, as JSON and GeoJSON. Read-only."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from threading import Lock
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from whoholds.errors import UnknownPlace
from whoholds.serve.changes import change_row
from whoholds.serve.chunks import Explorer
from whoholds.serve.features import cell_geometry, front_geometry, in_box, json_text, place_features
from whoholds.serve.packing import Packed, answer, packed

Offset = Annotated[int, Query(ge=0, description="Rows to leave out")]
Limit = Annotated[int, Query(ge=1, le=1000, description="Rows at most")]
Box = Annotated[str | None, Query(description="west,south,east,north [degree]")]
Known = Annotated[
    str | None, Query(description="As known on this day (YYYY-MM-DD), or `each` for each day as known on that day")
]
DIGESTS_KEPT = 400
"""Answers about what became known between two days, kept in memory."""
MAPS_KEPT = 2000
"""Days whose compact map is kept in memory; each takes some 20 kB."""


class Explain(Protocol):
    """Why a place has the status it has on a day, as known on another; quicker without what each claim changes."""

    def __call__(self, place_id: int, day: date, known: date | None, *, effects: bool = True) -> Mapping[str, Any]: ...


class Fronts(Protocol):
    """Areas with intervals, front, pockets, salients, gains and borders of a day, compared with an earlier one."""

    def __call__(self, day: date | None, since: date | None, known: date | None) -> Mapping[str, Any]: ...


class Digest(Protocol):
    """What became known after a day, up to another, as known on a third."""

    def __call__(self, since: date, until: date | None, known: date | None) -> Mapping[str, Any]: ...


class Explorers(Protocol):
    """The explorer of a known day; see `whoholds.serve.app.create_app`."""

    def __call__(self, known: str | None = None) -> Explorer: ...


class DayMaps:
    """The compact maps of days, each made when first asked for."""

    def __init__(self, explorers: Explorers) -> None:
        self._explorers = explorers
        self._kept: OrderedDict[tuple[date, str | None], Packed] = OrderedDict()
        self._making = Lock()

    def __call__(self, day: date, known: str | None = None) -> Packed:
        """The map of a day, as known on another."""
        found = self._kept.get((day, known))
        if found is None:
            # One at a time: twenty at once only wait for one another.
            with self._making:
                found = self._kept[day, known] = packed(self._explorers(known).map_bytes(day), level=1)
                while len(self._kept) > MAPS_KEPT:
                    self._kept.popitem(last=False)
        return found

    def warm(self) -> None:
        """Make the maps of all days, the latest last, so that it stays longest."""
        for day in self._explorers(None).days[-MAPS_KEPT:]:
            self(day)


def api_router(
    explorers: Explorers,
    explain: Explain,
    fronts: Fronts | None = None,
    *,
    maps: DayMaps | None = None,
    digest: Digest | None = None,
) -> APIRouter:
    """Every question of the API."""
    router = APIRouter()
    maps = DayMaps(explorers) if maps is None else maps
    solving = Lock()

    @router.get("/meta", tags=["control"])
    def meta(as_known_on: Known = None) -> dict[str, Any]:
        """The theatre, its sides, the days there are, and how much is known."""
        return explorers(as_known_on).meta

    @router.get("/reports", tags=["reports"])
    def reports(
        *,
        outlet: str | None = None, since: date | None = None, until: date | None = None, q: str | None = None,
        as_known_on: Known = None, offset: Offset = 0, limit: Limit = 100,
    ) -> dict[str, Any]:  # fmt: skip
        """Reports by the day they could be known; `q` searches title and text."""
        found = list(explorers(as_known_on).view.reports(outlet=outlet, since=since, until=until, words=q))
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
    def report(report_id: str, as_known_on: Known = None) -> dict[str, Any]:
        """One report: its text, its parts, and the words each claim rests on."""
        return explorers(as_known_on).report(report_id)

    @router.get("/claims", tags=["claims"])
    def claims(
        *,
        place: int | None = None, kind: str | None = None, side: str | None = None, stance: str | None = None,
        outlet: str | None = None, speaker: str | None = None, since: date | None = None, until: date | None = None,
        q: str | None = None, as_known_on: Known = None, offset: Offset = 0, limit: Limit = 100,
    ) -> Response:  # fmt: skip
        """Claims with the sentence and the words behind each."""
        explorer = explorers(as_known_on)
        found = explorer.view.claims(
            place_id=place, kinds=(kind,) if kind else (), side=side, stance=stance, outlet=outlet, speaker=speaker,
            since=since, until=until, words=q,
        )  # fmt: skip
        return _said(_page([explorer.claim_row(c) for c in found[offset : offset + limit]], len(found), offset))

    @router.get("/places", tags=["places"])
    def places(name: str | None = None, bbox: Box = None, offset: Offset = 0, limit: Limit = 100) -> dict[str, Any]:
        """Places of the run, largest first, by part of a name (in any script) or in a box."""
        explorer = explorers(None)
        table, other = explorer.map_places, explorer.other_names
        chosen = in_box(table, bbox)
        if name is not None:
            wanted = name.casefold()
            chosen = [i for i in chosen if wanted in table.names[i].casefold() or wanted in other[i].casefold()]
        rows = [
            {"id": int(table.ids[i]), "name": table.names[i], "other_names": other[i],
             "admin": table.admin[i], "lon": float(table.lon[i]), "lat": float(table.lat[i])}
            for i in chosen[offset : offset + limit]
        ]  # fmt: skip
        return _page(rows, len(chosen), offset)

    @router.get("/control", tags=["control"])
    def control(
        day: date, bbox: Box = None, as_known_on: Known = None, offset: Offset = 0,
        limit: Annotated[int, Query(ge=1, le=50_000, description="Places at most")] = 5000,
    ) -> Response:  # fmt: skip
        """Who holds each place on a day, as GeoJSON points, largest places first."""
        explorer = explorers(as_known_on)
        chosen = in_box(explorer.map_places, bbox)
        page = chosen[offset : offset + limit]
        following = offset + len(page)
        return _said({
            "type": "FeatureCollection", "features": place_features(explorer, day, page), "total": len(chosen),
            "next": following if following < len(chosen) else None,
        })  # fmt: skip

    @router.get("/control/compact", tags=["control"], response_class=Response)
    async def compact(request: Request, day: date, as_known_on: Known = None) -> Response:
        """Who holds each place on a day, as bytes.

        One byte a place and state, state after state (sides in order, then contested; 255 is certain), then one byte a
        place for the basis (0 observed, 1 inferred, 2 carried); places in the order of /api/places.
        """
        return answer(request, await run_in_threadpool(maps, day, as_known_on), "application/octet-stream")

    @router.get("/changes", tags=["control"])
    def changes(
        since: date | None = None, until: date | None = None, as_known_on: Known = None, offset: Offset = 0,
        limit: Limit = 1000,
    ) -> Response:  # fmt: skip
        """Places whose most likely status differs between two days, with the ground that goes with them [km2]."""
        explorer = explorers(as_known_on)
        found = explorer.changes(since, until)
        page = _page([change_row(c) for c in found[offset : offset + limit]], len(found), offset)
        km2: dict[str, float] = {}
        for c in found:
            pair = f"{c.before}>{c.after}"
            km2[pair] = round(km2.get(pair, 0.0) + c.km2, 1)
        return _said({**page, "km2": km2})

    @router.get("/areas", tags=["control"])
    def areas(day: date, as_known_on: Known = None) -> dict[str, Any]:
        """The ground of each status on a day [km2]: by most likely status, and as expected from the probabilities."""
        return {"day": day, "areas": explorers(as_known_on).areas(day)}

    @router.get("/front", tags=["control"])
    def front(day: date, as_known_on: Known = None) -> dict[str, Any]:
        """The line between cells of different status on a day, as GeoJSON."""
        return {
            "type": "Feature", "properties": {"day": day}, "geometry": front_geometry(explorers(as_known_on), day),
        }  # fmt: skip

    @router.get("/cells/{place_id}", tags=["places"])
    def cell(place_id: int) -> dict[str, Any]:
        """The ground of one place, as GeoJSON."""
        explorer = explorers(None)
        i = explorer.index_of(place_id)
        return {
            "type": "Feature", "id": place_id, "geometry": cell_geometry(explorer, i),
            "properties": {"name": explorer.map_places.names[i], "km2": float(explorer.map_places.km2[i])},
        }  # fmt: skip

    @router.get("/explain/{place_id}", tags=["control"])
    def explanation(
        place_id: int, day: date, as_known_on: date | None = None,
        effects: Annotated[bool, Query(description="Also what each claim changes; takes a second or so")] = True,
    ) -> Response:  # fmt: skip
        """Why a place has the status it has on a day: the claims, and what each changes."""
        explorers(None).index_of(place_id)
        # Leaving claims out keeps a processor busy; one at a time, so that the other questions stay quick.
        with solving if effects else nullcontext():
            return _said(explain(place_id, day, as_known_on, effects=effects))

    if fronts is not None:
        add_fronts(router, fronts)
    if digest is not None:
        add_digest(router, digest)

    @router.get("/ledgers/{name}", tags=["ledgers"])
    def ledger(name: str, as_known_on: Known = None, offset: Offset = 0, limit: Limit = 100) -> dict[str, Any]:
        """One ledger: contradictions, counts, distances, outlook, movements, records, echoes or reliability."""
        every = explorers(as_known_on).ledgers
        if name not in every:
            raise UnknownPlace(f"There is no ledger {name!r}.", remedy=f"Choose from {', '.join(sorted(every))}.")
        rows = every[name]
        return _page(rows[offset : offset + limit], len(rows), offset)

    @router.get("/brief", tags=["control"])
    def brief(as_known_on: Known = None) -> object:
        """The brief: what changed and on whose word, what is disputed, claimed, rumoured, and thinly attested."""
        return explorers(as_known_on).chunk("brief")

    return router


def add_fronts(router: APIRouter, fronts: Fronts) -> None:
    """The question of fronts."""

    @router.get("/fronts", tags=["control"])
    def measured(day: date | None = None, since: date | None = None, as_known_on: date | None = None) -> Response:
        """The ground of each status with a 90 % interval, the front, pockets, salients, gains and borders of a day.

        Compared with `since`; the last and the first day where missing.
        """
        return _said(fronts(day, since, as_known_on))


def _said(value: object) -> Response:
    """An answer as JSON straight away: looking it through for what is no JSON takes longer than making it."""
    return Response(json_text(value), media_type="application/json")


def add_digest(router: APIRouter, digest: Digest) -> None:
    """The question of what became known, kept for the days asked last."""
    kept: OrderedDict[tuple[date | None, ...], Mapping[str, Any]] = OrderedDict()
    gathering = Lock()

    @router.get("/digest", tags=["control"])
    def gathered(since: date, until: date | None = None, as_known_on: date | None = None) -> Mapping[str, Any]:
        """What became known after a day: revised estimates, contradictions, late claims, what was foretold, edits.

        Up to `until`, the last day where missing.
        """
        key = (since, until, as_known_on)
        # Answers depend on verdicts given meanwhile only in their list of verdicts, which the desk shows by itself.
        with gathering:
            if key not in kept:
                kept[key] = digest(since, until, as_known_on)
            while len(kept) > DIGESTS_KEPT:
                kept.popitem(last=False)
            return kept[key]


def _page(rows: list[dict[str, Any]], total: int, offset: int) -> dict[str, Any]:
    """One page of a longer list."""
    following = offset + len(rows)
    return {"total": total, "offset": offset, "next": following if following < total else None, "rows": rows}


__all__ = ["DayMaps", "Digest", "Explain", "Explorers", "Fronts", "api_router"]
