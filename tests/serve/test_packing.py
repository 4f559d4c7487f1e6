"""Packed answers: what is kept, what is forgotten, and what a client that has it already gets."""

from __future__ import annotations

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from whoholds.serve import packing
from whoholds.serve.packing import Packing, answer, packed


class Counted:
    """A small application that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        kinds = Route("/lasting", self.reply), Route("/live", self.reply), Route("/packed", self.ready)
        self.app = Packing(
            Starlette(routes=[*kinds, Route("/write", self.reply, methods=["POST"])]), kept=("/lasting", "/packed")
        )

    def reply(self, request: Request) -> PlainTextResponse:
        """A long text."""
        self.asked += 1
        return PlainTextResponse("who holds what " * 200)

    def ready(self, request: Request) -> Any:
        """A body packed before."""
        self.asked += 1
        return answer(request, packed(b"a" * 5000), "text/plain")

    def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """One answer."""
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": method, "path": path, "query_string": b"", "root_path": "",
            "headers": [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()],
        }  # fmt: skip
        # In a thread of its own: where the page was tested before, this one runs the browser's loop.
        with ThreadPoolExecutor(max_workers=1) as alone:
            alone.submit(asyncio.run, self.app(scope, receive, send)).result()
        head = {k.decode(): v.decode() for k, v in sent[0]["headers"]}
        return sent[0]["status"], head, b"".join(m.get("body", b"") for m in sent[1:])


@pytest.mark.parametrize("path", ["/lasting", "/packed"])
def test_a_lasting_answer_is_made_once_and_says_the_same(path: str) -> None:
    served = Counted()
    first, again = served.get(path, accept_encoding="gzip"), served.get(path, accept_encoding="gzip")
    assert first == again and served.asked == 1
    status, head, body = served.get(path)
    assert (status, served.asked) == (200, 2)
    assert "content-encoding" not in head and gzip.decompress(first[2]) == body
    assert int(head["content-length"]) == len(body)


def test_who_has_it_already_gets_nothing_twice() -> None:
    served = Counted()
    etag = served.get("/lasting")[1]["etag"]
    status, head, body = served.get("/lasting", if_none_match=etag)
    assert (status, body, served.asked) == (304, b"", 1)
    assert "content-length" not in head


def test_what_may_change_is_asked_anew() -> None:
    served = Counted()
    served.get("/live")
    served.get("/live")
    assert served.asked == 2


def test_writing_forgets_what_was_kept() -> None:
    served = Counted()
    served.get("/lasting")
    served.get("/write", method="POST")
    served.get("/lasting")
    assert served.asked == 3


def test_what_was_not_asked_for_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "KEPT_BYTES", 3000)
    served = Counted()
    served.get("/lasting")
    served.get("/packed")
    served.get("/lasting")
    assert served.asked == 3
