"""The web application: the explorer's page, its data, and the API, over one store.

Answers carry an ETag of their bytes, so that a browser that asks again gets nothing twice; text is compressed; an error
is an `application/problem+json` object (RFC 9457) made from the error tree by one handler.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache, lru_cache

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from whoholds import __version__
from whoholds.errors import UnknownPlace, WhoholdsError
from whoholds.serve.api import Explain, api_router
from whoholds.serve.chunks import CHUNKS, Explorer
from whoholds.serve.publish import page_file

# Anything a report brought along stays text: no script, frame or request but our own.
POLICY = (
    "default-src 'none'; script-src 'self' blob:; worker-src blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob: {tiles}; connect-src 'self' {tiles}; base-uri 'none'; frame-ancestors 'none'"
)
SMALL = 1024


@dataclass(frozen=True, slots=True)
class Packed:
    """A body as bytes, plain and compressed, with its ETag."""

    plain: bytes
    zipped: bytes
    etag: str


def create_app(explorer: Explorer, *, explain: Explain) -> FastAPI:
    """The application over one explorer.

    Parameters
    ----------
    explorer : Explorer
        What the page shows, and the view the API reads.
    explain : callable
        (place id, day, as known on) to an explanation; the pipeline's, handed in because serving knows no pipeline.

    Returns
    -------
    FastAPI
        Run it with any ASGI server.
    """
    app = FastAPI(title="whoholds", version=__version__, docs_url="/api/docs", openapi_url="/api/openapi.json")
    tiles = (explorer.ground.tiles or {}).get("url", "").split("/{")[0]
    policy = POLICY.format(tiles=tiles)

    @cache
    def chunk(name: str) -> Packed:
        return packed(_json(explorer.chunk(name)))

    @app.get("/", include_in_schema=False)
    @app.get("/index.html", include_in_schema=False)
    def index(request: Request) -> Response:
        answer = _answer(request, packed(page_file("index.html")), "text/html; charset=utf-8")
        answer.headers["Content-Security-Policy"] = policy
        return answer

    @app.get("/app.js", include_in_schema=False)
    def script(request: Request) -> Response:
        return _answer(request, _script(), "text/javascript; charset=utf-8")

    @app.get("/data/report/{file}.json", include_in_schema=False)
    def report(request: Request, file: str) -> Response:
        return _answer(request, packed(_json(explorer.report(_report_id(explorer, file)))), "application/json")

    @app.get("/data/original/{file}", include_in_schema=False)
    def original(file: str) -> Response:
        kept = explorer.view.report(_report_id(explorer, file))
        if kept is None:
            raise UnknownPlace("That report was removed.", remedy="List the reports with `whoholds reports`.")
        # Handed over as a download of plain bytes: a browser must never run what a report holds.
        return Response(
            kept.report.original, media_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="{file}"', "X-Content-Type-Options": "nosniff"},
        )  # fmt: skip

    @app.get("/data/{name}.json", include_in_schema=False)
    def data(request: Request, name: str) -> Response:
        return _answer(
            request, chunk(name) if name in CHUNKS else packed(_json(explorer.chunk(name))), "application/json"
        )

    app.include_router(api_router(explorer, explain), prefix="/api")
    app.add_exception_handler(WhoholdsError, _problem)
    app.add_exception_handler(RequestValidationError, _unusable)
    return app


def packed(plain: bytes) -> Packed:
    """A body with its compressed twin and ETag."""
    zipped = gzip.compress(plain, 6, mtime=0) if len(plain) > SMALL else b""
    return Packed(plain, zipped, f'"{hashlib.sha256(plain).hexdigest()[:24]}"')


@lru_cache(maxsize=1)
def _script() -> Packed:
    """The page's script, packed once."""
    return packed(page_file("app.js"))


def _answer(request: Request, body: Packed, media_type: str) -> Response:
    """The body as the client can take it, or 304 where it has it already."""
    headers = {"ETag": body.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if body.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if body.zipped and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body.zipped, media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(body.plain, media_type=media_type, headers=headers)


def _report_id(explorer: Explorer, file: str) -> str:
    """The report whose file name this is."""
    rows = explorer.chunk("reports")
    for row in rows if isinstance(rows, list) else []:
        if row["file"] == file:
            return str(row["id"])
    raise UnknownPlace(f"No report has the file {file!r}.", remedy="Take it from data/reports.json.")


def _json(value: object) -> bytes:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _problem(_: Request, error: Exception) -> JSONResponse:
    """An error of ours as a problem object."""
    assert isinstance(error, WhoholdsError)
    body = {
        "type": "about:blank", "title": type(error).__name__, "status": error.http_status,
        "detail": error.problem, "remedy": error.remedy,
    }  # fmt: skip
    return JSONResponse(body, status_code=error.http_status, media_type="application/problem+json")


def _unusable(_: Request, error: Exception) -> JSONResponse:
    """A question with an argument that cannot be used."""
    assert isinstance(error, RequestValidationError)
    detail = "; ".join(f"{'.'.join(str(x) for x in e['loc'][1:])}: {e['msg']}" for e in error.errors())
    body = {"type": "about:blank", "title": "UsageError", "status": 400, "detail": detail,
            "remedy": "See /api/docs for what each question takes."}  # fmt: skip
    return JSONResponse(body, status_code=400, media_type="application/problem+json")


__all__ = ["create_app"]
