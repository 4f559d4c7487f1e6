"""OGC API - Features, Part 1 (OGC 17-069r4): places, cells, front line and claims for QGIS, GDAL and other clients.

Conformance: Core, GeoJSON and OpenAPI 3.0. `datetime` chooses the day of places, cells and front (the end of an
interval; the last day where missing) and the valid days of claims; `as_known_on` is ours.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlencode

import numpy as np
import shapely
from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from whoholds.errors import BadSetting, UnknownPlace
from whoholds.serve.api import Explorers, Known
from whoholds.serve.chunks import Explorer
from whoholds.serve.features import box_of, cell_features, front_geometry, in_box, json_text, place_features

CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
)
COLLECTIONS = {
    "places": ("Places", "Every place with its status and probabilities on a day"),
    "cells": ("Cells", "The ground nearer to a place than to any other, with the place's status on a day"),
    "front": ("Front line", "The line between cells of different status on a day"),
    "claims": ("Claims", "What somebody says one side did, does or holds at a place; drawn at the likeliest place"),
}
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
MOST = 10_000
"""Features a page at most."""
CHOICES_KEPT = 64
"""Boxes and spans whose choice is kept."""

Span = tuple[date, date]


def ogc_router(explorers: Explorers) -> APIRouter:
    """The landing page, collections and items."""
    router = APIRouter(tags=["OGC API Features"])

    @lru_cache(maxsize=CHOICES_KEPT)
    def chosen(explorer: Explorer, name: str, bbox: str | None, span: Span) -> Sequence[Any]:
        """What a box and a span choose; who pages through it asks many times."""
        return KINDS[name].chosen(explorer, bbox, span)

    @router.get("")
    @router.get("/", include_in_schema=False)
    def landing(request: Request) -> dict[str, Any]:
        """What there is."""
        root = _root(request)
        return {
            "title": "whoholds", "description": explorers(None).meta["theatre"],
            "links": [
                _link(root, "self"), _link(f"{root}/conformance", "conformance"), _link(f"{root}/collections", "data"),
                _link(f"{root.removesuffix('/ogc')}/api/openapi.json", "service-desc",
                      "application/vnd.oai.openapi+json;version=3.0"),
            ],
        }  # fmt: skip

    @router.get("/conformance")
    def conformance() -> dict[str, Any]:
        """Which parts of the standard hold."""
        return {"conformsTo": list(CONFORMANCE)}

    @router.get("/collections")
    def collections(request: Request) -> dict[str, Any]:
        """The four collections."""
        root = _root(request)
        every = [_collection(explorers(None), root, name) for name in COLLECTIONS]
        return {"collections": every, "links": [_link(f"{root}/collections", "self")]}

    @router.get("/collections/{name}")
    def collection(request: Request, name: str) -> dict[str, Any]:
        """One collection."""
        return _collection(explorers(None), _root(request), _known(name))

    @router.get("/collections/{name}/items")
    def items(
        *,
        request: Request,
        name: str,
        limit: Annotated[int, Query(ge=1, json_schema_extra={"maximum": MOST})] = 1000,
        offset: Annotated[int, Query(ge=0)] = 0,
        bbox: str | None = None,
        datetime: str | None = None,
        as_known_on: Known = None,
    ) -> Response:
        """Features of a collection, page by page."""
        explorer = explorers(as_known_on)
        kind = KINDS[_known(name)]
        span = _span(explorer, datetime)
        every = chosen(explorer, name, bbox, span)
        total, page = len(every), every[offset : offset + min(limit, MOST)]
        features = kind.made(explorer, span, page)
        here = f"{_root(request)}/collections/{name}/items"
        links = [_link(str(request.url), "self", "application/geo+json")]
        if offset + len(page) < total:
            query = {**dict(request.query_params), "offset": offset + len(page)}
            links.append(_link(f"{here}?{urlencode(query)}", "next", "application/geo+json"))
        head = {"type": "FeatureCollection", "numberMatched": total, "numberReturned": len(page), "links": links}
        body = f'{json_text(head)[:-1]},"features":[{",".join(features)}]}}'
        return Response(body, media_type="application/geo+json")

    @router.get("/collections/{name}/items/{feature_id}")
    def item(request: Request, name: str, feature_id: str, as_known_on: Known = None) -> JSONResponse:
        """One feature, on the last day."""
        explorer = explorers(as_known_on)
        found = _one(explorer, _known(name), feature_id)
        here = f"{_root(request)}/collections/{name}"
        links = [_link(f"{here}/items/{feature_id}", "self", "application/geo+json"), _link(here, "collection")]
        return JSONResponse({**found, "links": links}, media_type="application/geo+json")

    return router


def _places_chosen(explorer: Explorer, bbox: str | None, _: Span) -> Sequence[int]:
    """The places in a box."""
    return in_box(explorer.map_places, bbox)


def _places_made(explorer: Explorer, span: Span, chosen: Sequence[int]) -> list[str]:
    """Places as points on the last day of the span."""
    return [json_text(feature) for feature in place_features(explorer, span[1], chosen)]


def _cells_chosen(explorer: Explorer, bbox: str | None, _: Span) -> Sequence[int]:
    """The cells whose ground a box touches."""
    return explorer.cells_in(box_of(bbox)) if bbox else in_box(explorer.map_places, None)


def _cells_made(explorer: Explorer, span: Span, chosen: Sequence[int]) -> list[str]:
    """Cells on the last day of the span."""
    return cell_features(explorer, span[1], chosen)


def _front_chosen(explorer: Explorer, bbox: str | None, span: Span) -> Sequence[tuple[date, list[int]]]:
    """The days of the span on which there is a line in the box, each with its lines there."""
    days = [d for d in explorer.days if span[0] <= d <= span[1]] or [explorer.days[-1]]
    box = shapely.box(*box_of(bbox)) if bbox else None
    made = []
    for day in days:
        lines = explorer.front_of(day)
        inside = [
            k for k, line in enumerate(lines)
            if box is None or shapely.LineString(np.array(line).reshape(-1, 2)).intersects(box)
        ]  # fmt: skip
        if inside:
            made.append((day, inside))
    return made


def _front_made(explorer: Explorer, _: Span, chosen: Sequence[tuple[date, list[int]]]) -> list[str]:
    """One line a day, as far as it passes through the box."""
    made = []
    for day, inside in chosen:
        lines = front_geometry(explorer, day)["coordinates"]
        made.append(
            json_text({
                "type": "Feature", "id": day.isoformat(), "properties": {"day": day.isoformat()},
                "geometry": {"type": "MultiLineString", "coordinates": [lines[k] for k in inside]},
            })
        )  # fmt: skip
    return made


def _claims_chosen(explorer: Explorer, bbox: str | None, span: Span) -> Sequence[int]:
    """Claims valid in the span, at a place in the box."""
    box = box_of(bbox) if bbox else None
    first, last = (day.isoformat() for day in span)
    return [
        n for n, row in enumerate(explorer.claims)
        if first <= row["valid_day"] <= last and (box is None or _inside(explorer, row, box))
    ]  # fmt: skip


def _claims_made(explorer: Explorer, _: Span, chosen: Sequence[int]) -> list[str]:
    """Claims, each at its likeliest place."""
    return [json_text(_claim(explorer, explorer.claims[n])) for n in chosen]


def _at(row: dict[str, Any]) -> int | None:
    """The index of a claim's likeliest place; None where it lies nowhere."""
    return next((p["place"] for p in row["places"] if p["place"] is not None), None)


def _inside(explorer: Explorer, row: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    """Whether a claim's place lies in a box."""
    at, table = _at(row), explorer.map_places
    return at is not None and bool(box[0] <= table.lon[at] <= box[2] and box[1] <= table.lat[at] <= box[3])


def _claim(explorer: Explorer, row: dict[str, Any]) -> dict[str, Any]:
    """A claim as a feature."""
    table, at = explorer.map_places, _at(row)
    plain = ("kind", "side", "stance", "hedged", "failed", "speaker", "speaker_side", "outlet", "valid_day",
             "known_day", "evidence", "sentence", "report")  # fmt: skip
    return {
        "type": "Feature", "id": row["id"],
        "properties": {
            "claim": row["id"], **{key: row[key] for key in plain},
            "place": table.names[at] if at is not None else None,
        },
        "geometry": None if at is None else {
            "type": "Point", "coordinates": [float(table.lon[at]), float(table.lat[at])]
        },
    }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A collection: what a box and a span choose of it, and the features of a page of that as JSON text."""

    chosen: Callable[[Explorer, str | None, Span], Sequence[Any]]
    made: Callable[[Explorer, Span, Any], list[str]]


KINDS = {
    "places": Kind(chosen=_places_chosen, made=_places_made),
    "cells": Kind(chosen=_cells_chosen, made=_cells_made),
    "front": Kind(chosen=_front_chosen, made=_front_made),
    "claims": Kind(chosen=_claims_chosen, made=_claims_made),
}


def _one(explorer: Explorer, name: str, feature_id: str) -> dict[str, Any]:
    """A feature by its id, on the last day."""
    span, kind = (date.min, explorer.days[-1]), KINDS[name]
    wanted: list[Any] = []
    if name in ("places", "cells") and feature_id.lstrip("-").isdigit():
        wanted = [explorer.index_of(int(feature_id))]
    elif name == "front":
        wanted = [row for row in _front_chosen(explorer, None, span) if row[0].isoformat() == feature_id]
    elif name == "claims":
        wanted = [n for n, row in enumerate(explorer.claims) if row["id"] == feature_id]
    if not wanted:
        raise UnknownPlace(f"{name} has no feature {feature_id!r}.", remedy="List them at /items.")
    found: dict[str, Any] = json.loads(kind.made(explorer, span, wanted)[0])
    return found


def _known(name: str) -> str:
    """The name of a collection there is."""
    if name not in COLLECTIONS:
        raise UnknownPlace(f"There is no collection {name!r}.", remedy=f"Choose from {', '.join(COLLECTIONS)}.")
    return name


def _collection(explorer: Explorer, root: str, name: str) -> dict[str, Any]:
    """A collection described."""
    title, description = COLLECTIONS[name]
    table, days, here = explorer.map_places, explorer.days, f"{root}/collections/{name}"
    box = [float(v) for v in (table.lon.min(), table.lat.min(), table.lon.max(), table.lat.max())]
    interval = [f"{days[0]}T00:00:00Z", f"{days[-1]}T23:59:59Z"]
    return {
        "id": name, "title": title, "description": description, "itemType": "feature", "crs": [CRS84],
        "extent": {"spatial": {"bbox": [box], "crs": CRS84}, "temporal": {"interval": [interval]}},
        "links": [_link(here, "self"), _link(f"{here}/items", "items", "application/geo+json")],
    }  # fmt: skip


def _span(explorer: Explorer, value: str | None) -> Span:
    """First and last day of a `datetime`; without one, the last day for what has a day, every day for claims.

    An instant is a span of one day; `..` or nothing is an open end.
    """
    if not value:
        return date.min, explorer.days[-1]
    start, slash, end = value.partition("/")
    try:
        first = date.min if start in ("", "..") else date.fromisoformat(start[:10])
        last = (date.max if end in ("", "..") else date.fromisoformat(end[:10])) if slash else first
    except ValueError:
        raise BadSetting(
            f"datetime={value!r} is no instant or interval.", remedy="Write 2022-09-11 or 2022-09-01/2022-09-11."
        ) from None
    return first, min(last, max(explorer.days[-1], first))


def _root(request: Request) -> str:
    """The address of the landing page."""
    return f"{str(request.base_url).rstrip('/')}/ogc"


def _link(href: str, rel: str, kind: str = "application/json") -> dict[str, str]:
    """A link."""
    return {"href": href, "rel": rel, "type": kind}
