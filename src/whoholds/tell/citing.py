"""What every part of a brief draws on: the claims by place and id, the numbers of the evidence, the names of sides."""

from __future__ import annotations

from collections.abc import Iterable

from whoholds.tell.brief import Cited
from whoholds.tell.claims import ToldClaim
from whoholds.tell.facts import Facts
from whoholds.tell.phrasing import pieces

MOST_CITES = 4
"""Claims cited for one line."""


class Citing:
    """Hands out the numbers of the evidence, and names sides.

    Parameters
    ----------
    facts : Facts
        What the brief tells of.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.by_id = {t.claim.id: t for t in facts.claims}
        self.numbers: dict[str, int] = {}
        self.by_place: dict[int, list[ToldClaim]] = {}
        for told in facts.claims:
            for r in told.placed.resolutions if told.placed else ():
                if r.best is not None:
                    self.by_place.setdefault(r.best.place_id, []).append(told)
        self.row = {int(i): k for k, i in enumerate(facts.series.ids)}

    def cite(self, claims: Iterable[ToldClaim], most: int = MOST_CITES) -> tuple[int, ...]:
        """Numbers of claims, one a witness."""
        out: list[int] = []
        seen: set[str] = set()
        for told in claims:
            witness = told.placed.witness if told.placed else told.claim.id
            if witness in seen or len(out) >= most:
                continue
            seen.add(witness)
            out.append(self.numbers.setdefault(told.claim.id, len(self.numbers) + 1))
        return tuple(out)

    def evidence(self) -> tuple[Cited, ...]:
        """The cited claims by number."""
        return tuple(Cited(number=n, told=self.by_id[i], pieces=pieces(self.by_id[i])) for i, n in self.numbers.items())

    def name(self, side: str) -> str:
        """A side by its name."""
        return next((s.name for s in self.facts.theatre.sides if s.key == side), side)

    def outcome(self, outcome: str) -> str:
        """How a dispute ended; its first word is the key of a side."""
        side, _, rest = outcome.partition(" ")
        return f"{self.name(side)} {rest}"
