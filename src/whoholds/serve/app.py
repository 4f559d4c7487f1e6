"""The web application: the explorer's page, its data, and the API, over one store.

Answers carry an ETag of their bytes, so that a browser that asks again gets nothing twice; text is compressed; an error
is an `application/problem+json` object (RFC 9457) made from the error tree by one handler.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache, lru_cache

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from whoholds import __version__
from whoholds.errors import MissingPart, UnknownReport, WhoholdsError
from whoholds.serve.api import DayMaps, Digest, Explain, Explorers, Fronts, api_router
from whoholds.serve.chunks import GATHERED_CHUNKS, LIST_CHUNKS, MAP_CHUNKS, Explorer
from whoholds.serve.desk import Desk, desk_router
from whoholds.serve.features import json_text
from whoholds.serve.feed import feed
from whoholds.serve.ogc import ogc_router
from whoholds.serve.packing import Packed, Packing, answer, packed
from whoholds.serve.policy import policy
from whoholds.serve.publish import page_file

_KINDS = ("control", "explain/", "fronts", "front", "areas", "cells/", "changes")
LASTING = ("/ogc/", *(f"/api/{kind}" for kind in _KINDS))
"""Answers that follow from what was read at the start. Reports and claims are asked of the store anew."""
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def create_app(
    explorers: Explorers,
    *,
    explain: Explain,
    fronts: Fronts | None = None,
    digest: Digest | None = None,
    desk: Desk | None = None,
    token: str | None = None,
) -> FastAPI:
    """The application over one store.

    Parameters
    ----------
    explorers : callable
        Answers the explorer of a known day (YYYY-MM-DD), of `each` day as known on it, or (None) of all that is known.
        It is called once here, so that the first visitor does not wait for the map; `app.state.warm()` and then
        `app.state.warm_rest()` make what comes after it.
    explain : callable
        (place id, day, as known on) to an explanation; the pipeline's, handed in because serving knows no pipeline.
    fronts : callable, optional
        (day, since, as known on) to areas with intervals, front, pockets, salients, gains and borders.
    digest : callable, optional
        (since, until, as known on) to what became known after a day.
    desk : Desk, optional
        Verdicts and claims by hand; without it they can neither be read nor written.
    token : str, optional
        Who sends it may write; nobody where missing.

    Returns
    -------
    FastAPI
        Run it with any ASGI server.
    """
    app = FastAPI(
        title="whoholds",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        description="Who holds which settlement on which day, how sure, and on whose word. Writing needs a token.",
    )
    now = explorers(None)
    rules = policy((now.ground.tiles or {}).get("url", ""))

    @lru_cache(maxsize=64)
    def chunk(name: str, known: str | None) -> Packed:
        value = explorers(known).chunk(name)
        if name == "meta" and isinstance(value, dict):
            value = {**value, "desk": desk is not None, "writable": desk is not None and token is not None,
                     "fronts": fronts is not None, "digest": digest is not None}  # fmt: skip
        return packed(json_bytes(value))

    for name in MAP_CHUNKS:
        chunk(name, None)
    with suppress(MissingPart):  # the API serves without its page
        for file in ("index.html", "app.js"):
            _page(file)

    maps = DayMaps(explorers)

    def warm() -> None:
        """Make what the first visitor would wait for after the first map: every other day, then the lists."""
        maps.warm()
        for name in LIST_CHUNKS:
            chunk(name, None)

    def warm_rest() -> None:
        """Make what is gathered from everything: the ledgers and the brief."""
        for name in GATHERED_CHUNKS:
            chunk(name, None)

    app.state.warm, app.state.warm_rest = warm, warm_rest

    @app.get("/", include_in_schema=False)
    @app.get("/index.html", include_in_schema=False)
    def index(request: Request) -> Response:
        page = answer(request, _page("index.html"), "text/html; charset=utf-8")
        page.headers["Content-Security-Policy"] = rules
        page.headers.update(_HEADERS)
        return page

    @app.get("/app.js", include_in_schema=False)
    def script(request: Request) -> Response:
        return answer(request, _page("app.js"), "text/javascript; charset=utf-8")

    @app.get("/feed.atom", include_in_schema=False)
    def atom(request: Request) -> Response:
        return Response(feed(now, link=str(request.base_url)), media_type="application/atom+xml")

    @app.get("/data/report/{file}.json", include_in_schema=False)
    def report(request: Request, file: str, known: str | None = None) -> Response:
        explorer = explorers(known)
        return answer(request, packed(json_bytes(explorer.report(_report_id(explorer, file)))), "application/json")

    @app.get("/data/original/{file}", include_in_schema=False)
    def original(file: str) -> Response:
        kept = now.view.report(_report_id(now, file))
        if kept is None:
            raise UnknownReport("That report was removed.", remedy="List the reports with `whoholds reports`.")
        # Handed over as a download of plain bytes: a browser must never run what a report holds.
        return Response(
            kept.report.original, media_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="{file}"', **_HEADERS},
        )  # fmt: skip

    @app.get("/data/{name}.json", include_in_schema=False)
    def data(request: Request, name: str, known: str | None = None) -> Response:
        return answer(request, chunk(name, known), "application/json")

    app.include_router(api_router(explorers, explain, fronts, maps=maps, digest=digest), prefix="/api")
    if desk is not None:
        app.include_router(desk_router(desk, token), prefix="/api")
    app.include_router(ogc_router(explorers), prefix="/ogc")
    app.add_middleware(Packing, kept=LASTING)
    app.add_exception_handler(WhoholdsError, _problem)
    app.add_exception_handler(RequestValidationError, _unusable)
    app.add_exception_handler(HTTPException, _unknown)
    return app


def json_bytes(value: object) -> bytes:
    """Compact JSON."""
    return json_text(value).encode()


@cache
def _page(name: str) -> Packed:
    """A file of the page, packed once."""
    return packed(page_file(name))


def _report_id(explorer: Explorer, file: str) -> str:
    """The report whose file name this is."""
    found = explorer.report_ids.get(file)
    if found is None:
        raise UnknownReport(f"No report has the file {file!r}.", remedy="Take it from data/reports.json.")
    return found


def _problem(_: Request, error: Exception) -> JSONResponse:
    """An error of ours as a problem object."""
    assert isinstance(error, WhoholdsError)
    body = {
        "type": "about:blank", "title": type(error).__name__, "status": error.http_status,
        "detail": error.problem, "remedy": error.remedy,
    }  # fmt: skip
    headers = {"WWW-Authenticate": "Bearer"} if error.http_status == 401 else None
    return JSONResponse(body, status_code=error.http_status, headers=headers, media_type="application/problem+json")


def _unusable(_: Request, error: Exception) -> JSONResponse:
    """A question with an argument that cannot be used."""
    assert isinstance(error, RequestValidationError)
    detail = "; ".join(f"{'.'.join(str(x) for x in e['loc'][1:])}: {e['msg']}" for e in error.errors())
    body = {"type": "about:blank", "title": "UsageError", "status": 400, "detail": detail,
            "remedy": "See /api/openapi.json for what each question takes."}  # fmt: skip
    return JSONResponse(body, status_code=400, media_type="application/problem+json")


def _unknown(_: Request, error: Exception) -> JSONResponse:
    """An address where nothing is."""
    assert isinstance(error, HTTPException)
    body = {"type": "about:blank", "title": "UnknownAddress", "status": error.status_code, "detail": error.detail,
            "remedy": "See /api/openapi.json for every question there is."}  # fmt: skip
    return JSONResponse(body, status_code=error.status_code, media_type="application/problem+json")


__all__ = ["create_app", "json_bytes"]
