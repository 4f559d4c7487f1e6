"""The desk: an analyst's verdicts and claims entered by hand, written only by who holds the token.

Everything written is appended (law 1): a verdict stands beside its claim and can be undone, a claim by hand is a report
of its own. Estimates follow with the next run. A token travels in the Authorization header, which no other site can
make a browser send, and is compared in constant time.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from whoholds.errors import NotAllowed
from whoholds.model import EvidenceType, Kind, Stance, Verdict

Words = Annotated[str, Field(max_length=2000)]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class VerdictGiven(BaseModel):
    """A verdict on a claim; `correct` needs the right place, the right kind or both."""

    model_config = ConfigDict(extra="forbid")

    claim: Annotated[str, Field(max_length=200)]
    verdict: Verdict
    by: Name
    note: Words = ""
    place: int | None = None
    kind: Kind | None = None


class ClaimGiven(BaseModel):
    """A claim entered by hand: what which side did, where and when, on whose word, and who enters it."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    side: Annotated[str, Field(max_length=40)]
    place: int
    day: date
    author: Name
    speaker: Annotated[str, Field(max_length=200)] | None = None
    speaker_side: Annotated[str, Field(max_length=40)] | None = None
    stance: Stance = Stance.ASSERTED
    hedged: bool = False
    failed: bool = False
    evidence: EvidenceType = EvidenceType.STATEMENT
    note: Words = ""
    known: date | None = None


class Desk(Protocol):
    """What the desk can do; the pipeline's, handed in because serving knows no pipeline."""

    def judgements(self) -> Sequence[Mapping[str, Any]]:
        """Every verdict, in the order they were made."""
        ...

    def queue(self, limit: int) -> Sequence[Mapping[str, Any]]:
        """The claims most worth a look."""
        ...

    def judge(self, given: VerdictGiven) -> Mapping[str, Any]:
        """Append a verdict."""
        ...

    def enter(self, given: ClaimGiven) -> Mapping[str, Any]:
        """Keep a claim entered by hand."""
        ...


def desk_router(desk: Desk, token: str | None) -> APIRouter:
    """Reading for everybody; writing with the token, and for nobody where there is none."""
    router = APIRouter(tags=["judgements"])

    def signed(request: Request) -> None:
        """Refuse who does not hold the token."""
        if token is None:
            raise NotAllowed(
                "This server only reads.", remedy="Start it with a token: `whoholds serve --token-file FILE`."
            )
        given = request.headers.get("authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            raise NotAllowed("The token is missing or wrong.", remedy="Send it as `Authorization: Bearer TOKEN`.")

    @router.get("/judgements")
    def judgements(
        offset: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=1000)] = 1000
    ) -> dict[str, Any]:
        """Every verdict, in the order they were made; `undo` takes back the one before it on the same claim."""
        rows = desk.judgements()
        page = rows[offset : offset + limit]
        after = offset + len(page)
        return {"total": len(rows), "offset": offset, "next": after if after < len(rows) else None, "rows": page}

    @router.get("/queue")
    def queue(limit: Annotated[int, Query(ge=1, le=200)] = 40) -> dict[str, Any]:
        """Claims of control not judged yet that are most worth a look: effect on the map times doubt."""
        return {"rows": desk.queue(limit)}

    @router.post("/judgements", status_code=201, dependencies=[Depends(signed)])
    def judge(given: VerdictGiven) -> Mapping[str, Any]:
        """Append a verdict on a claim; needs the token. Estimates follow with the next run."""
        return desk.judge(given)

    @router.post("/claims", status_code=201, dependencies=[Depends(signed)])
    def enter(given: ClaimGiven) -> Mapping[str, Any]:
        """Enter a claim by hand; needs the token. Lists and estimates follow with the next run."""
        return desk.enter(given)

    return router


__all__ = ["ClaimGiven", "Desk", "VerdictGiven", "desk_router"]
