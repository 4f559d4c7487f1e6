"""Bodies with their compressed twin and ETag, and the middleware that gives both to every answer of the API."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from starlette.datastructures import Headers, MutableHeaders

SMALL = 1024
"""Bodies below this are not compressed [byte]."""
_TEXT = ("json", "text/", "xml", "javascript")


@dataclass(frozen=True, slots=True)
class Packed:
    """A body as bytes, plain and compressed, with its ETag."""

    plain: bytes
    zipped: bytes
    etag: str


def packed(plain: bytes, *, level: int = 6) -> Packed:
    """A body with its compressed twin and ETag.

    >>> body = packed(b"a" * 2000)
    >>> len(body.zipped) < 100, body.etag == packed(b"a" * 2000).etag
    (True, True)
    """
    zipped = gzip.compress(plain, level, mtime=0) if len(plain) > SMALL else b""
    return Packed(plain, zipped, f'"{hashlib.sha256(plain).hexdigest()[:24]}"')


def answer(request: Request, body: Packed, media_type: str) -> Response:
    """The body as the client can take it, or 304 where it has it already."""
    headers = {"ETag": body.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if body.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if body.zipped and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body.zipped, media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(body.plain, media_type=media_type, headers=headers)


class Packing:
    """ASGI middleware: answers that have no ETag yet get one, and text is compressed."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hold an answer back until it is whole, then pack it."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        start: dict[str, Any] = {}
        chunks: list[bytes] = []
        passing = False

        async def hold(message: Any) -> None:
            nonlocal start, passing
            if message["type"] == "http.response.start":
                start = message
                passing = message["status"] != 200 or "etag" in Headers(raw=message["headers"])
                if passing:
                    await send(message)
                return
            if passing:
                await send(message)
                return
            chunks.append(message.get("body", b""))
            if not message.get("more_body", False):
                await self._send_packed(asked, start, b"".join(chunks), send)

        await self._app(scope, receive, hold)

    @staticmethod
    async def _send_packed(asked: Headers, start: dict[str, Any], plain: bytes, send: Any) -> None:
        """One answer with ETag, compressed where that is taken; 304 where the client has it."""
        headers = MutableHeaders(raw=list(start["headers"]))
        text = any(part in headers.get("content-type", "") for part in _TEXT)
        etag = f'"{hashlib.sha256(plain).hexdigest()[:24]}"'
        headers["ETag"], headers["Cache-Control"] = etag, "no-cache"
        headers.add_vary_header("Accept-Encoding")
        status, body = start["status"], plain
        if etag in asked.get("if-none-match", ""):
            status, body = 304, b""
        elif text and len(plain) > SMALL and "gzip" in asked.get("accept-encoding", ""):
            body = gzip.compress(plain, 4, mtime=0)
            headers["Content-Encoding"] = "gzip"
        if status == 304:
            del headers["content-length"]
        else:
            headers["Content-Length"] = str(len(body))
        await send({**start, "status": status, "headers": headers.raw})
        await send({"type": "http.response.body", "body": body})


__all__ = ["Packed", "Packing", "answer", "packed"]
