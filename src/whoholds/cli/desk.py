"""What the explorer's desk does, over one store: the twin of `whoholds judge` and `whoholds claims add`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoholds.cli import options as opt
from whoholds.model import Judgement
from whoholds.pipeline.byhand import HandClaim, add_claim
from whoholds.pipeline.judging import judge, queue

if TYPE_CHECKING:
    from whoholds.serve.desk import ClaimGiven, VerdictGiven
    from whoholds.store import Store


class StoreDesk:
    """Verdicts and claims by hand, kept in a store.

    Parameters
    ----------
    store : Store
    cache : Path
        Where the packaged gazetteer is kept once made.
    """

    def __init__(self, store: Store, *, cache: Path) -> None:
        self._store = store
        self._cache = cache

    def judgements(self) -> list[dict[str, Any]]:
        """Every verdict, in the order they were made."""
        return [judgement_row(j) for j in self._store.view().judgements()]

    def queue(self, limit: int) -> list[dict[str, Any]]:
        """The claims most worth a look."""
        found = queue(self._store.view(), limit=limit)
        return [{"claim": q.kept.claim.id, "worth": q.worth, "reasons": list(q.reasons)} for q in found]

    def judge(self, given: VerdictGiven) -> dict[str, Any]:
        """Append a verdict."""
        signed = Judgement(
            claim_id=given.claim, verdict=given.verdict, by=given.by, at=opt.now(), note=given.note,
            place_id=given.place, kind=given.kind.value if given.kind else None,
        )  # fmt: skip
        judge(self._store, signed)
        return judgement_row(signed)

    def enter(self, given: ClaimGiven) -> dict[str, Any]:
        """Keep a claim entered by hand."""
        values = {**given.model_dump(), "place": str(given.place)}
        entered = add_claim(self._store, HandClaim(**values), cache=self._cache)
        return {"claim": entered.claim_id, "report": entered.report_id, "new": entered.new}


def judgement_row(j: Judgement) -> dict[str, Any]:
    """A verdict as plain values."""
    return {
        "claim": j.claim_id, "verdict": j.verdict.value, "by": j.by, "at": j.at.isoformat(timespec="seconds"),
        "note": j.note, "place": j.place_id, "kind": j.kind,
    }  # fmt: skip
