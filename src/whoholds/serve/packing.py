"""Bodies with their compressed twin and ETag, and the middleware that gives both to every answer of the API."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from starlette.datastructures import Headers, MutableHeaders

SMALL = 1024
"""Bodies below this are not compressed [byte]."""
KEPT_BYTES = 128_000_000
"""All answers kept take this much at most [byte]."""
KEPT_LARGEST = 2_000_000
"""Longer answers are not kept [byte]."""
_TEXT = ("json", "text/", "xml", "javascript")


@dataclass(frozen=True, slots=True)
class Packed:
    """A body with its ETag, kept compressed where that is shorter."""

    body: bytes
    zipped: bool
    etag: str

    @property
    def plain(self) -> bytes:
        """The body as it was."""
        return gzip.decompress(self.body) if self.zipped else self.body


def packed(plain: bytes, *, level: int = 6) -> Packed:
    """A body, compressed, with its ETag.

    >>> body = packed(b"a" * 2000)
    >>> len(body.body) < 100, body.plain == b"a" * 2000, body.etag == packed(b"a" * 2000).etag
    (True, True, True)
    """
    long = len(plain) > SMALL
    return Packed(gzip.compress(plain, level, mtime=0) if long else plain, long, etag_of(plain))


def etag_of(plain: bytes) -> str:
    """What tells one body from another."""
    return f'"{hashlib.sha256(plain).hexdigest()[:24]}"'


def answer(request: Request, body: Packed, media_type: str) -> Response:
    """The body as the client can take it, or 304 where it has it already."""
    headers = {"ETag": body.etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if body.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if body.zipped and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(body.body, media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(body.plain, media_type=media_type, headers=headers)


class Packing:
    """ASGI middleware: answers that have no ETag yet get one, text is compressed, and some answers are kept.

    Parameters
    ----------
    app : ASGI application
    kept : tuple of str
        Beginnings of paths whose answers hold as long as nothing is written through this server: asked again, they are
        sent as they lie. Anything but a GET forgets them.
    """

    def __init__(self, app: Any, *, kept: tuple[str, ...] = ()) -> None:
        self._app = app
        self._paths = kept
        self._kept: OrderedDict[tuple[str, bytes, bool], Kept] = OrderedDict()
        self._size = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Send an answer that is kept; else hold it back until it is whole, then pack it."""
        if scope["type"] != "http" or scope["method"] != "GET":
            if scope["type"] == "http" and scope["method"] != "HEAD":
                self._kept.clear()
                self._size = 0
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        key = (scope["path"], scope["query_string"], "gzip" in asked.get("accept-encoding", ""))
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            await found.send(asked, send)
            return
        start: dict[str, Any] = {}
        chunks: list[bytes] = []
        passing = False

        async def hold(message: Any) -> None:
            nonlocal start, passing
            if message["type"] == "http.response.start":
                start = message
                # What is no answer, or not whole, goes on as it is.
                passing = message["status"] != 200
                if passing:
                    await send(message)
                return
            if passing:
                await send(message)
                return
            chunks.append(message.get("body", b""))
            if not message.get("more_body", False):
                whole = _packed_answer(asked, start, b"".join(chunks))
                if scope["path"].startswith(self._paths) and len(whole.body) <= KEPT_LARGEST:
                    self._keep(key, whole)
                await whole.send(asked, send)

        await self._app(scope, receive, hold)

    def _keep(self, key: tuple[str, bytes, bool], whole: Kept) -> None:
        """Keep an answer, and forget those not asked for longest where they grow too many."""
        self._kept[key] = whole
        self._size += len(whole.body)
        while self._size > KEPT_BYTES:
            self._size -= len(self._kept.popitem(last=False)[1].body)


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer: its head, its body as sent, and its ETag."""

    start: dict[str, Any]
    body: bytes
    etag: str

    async def send(self, asked: Headers, send: Any) -> None:
        """The answer, or 304 where the client has it."""
        body, start = self.body, self.start
        if self.etag in asked.get("if-none-match", ""):
            headers = MutableHeaders(raw=list(start["headers"]))
            del headers["content-length"]
            body, start = b"", {**start, "status": 304, "headers": headers.raw}
        await send(start)
        await send({"type": "http.response.body", "body": body})


def _packed_answer(asked: Headers, start: dict[str, Any], body: bytes) -> Kept:
    """An answer with ETag, compressed where that is taken; one that has its ETag is packed already."""
    headers = MutableHeaders(raw=list(start["headers"]))
    etag = headers.get("etag")
    if etag is None:
        etag = etag_of(body)
        headers["ETag"], headers["Cache-Control"] = etag, "no-cache"
        headers.add_vary_header("Accept-Encoding")
        text = any(part in headers.get("content-type", "") for part in _TEXT)
        if text and len(body) > SMALL and "gzip" in asked.get("accept-encoding", ""):
            body = gzip.compress(body, 4, mtime=0)
            headers["Content-Encoding"] = "gzip"
        headers["Content-Length"] = str(len(body))
    return Kept({**start, "headers": headers.raw}, body, etag)


__all__ = ["Packed", "Packing", "answer", "packed"]
