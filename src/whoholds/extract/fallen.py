"""Whose a place is that is told of by itself: it fell, and to whom; it holds out, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.drafts import Draft
from whoholds.extract.forces import Forces
from whoholds.extract.syntax import child
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token


class Fallen(Forces):
    """The side of a verb whose subject is the place."""

    def _fallen_to(self, verb: Token) -> str | None:
        """The side a place fell to: the one named, else the last that was said to attack or take."""
        for prep in verb.children:
            if prep.dep_ == "prep" and prep.lower_ in ("to", "into", "under"):
                named = {side for n in prep.children for side in self.sides.all_of(n)}
                if len(named) == 1:
                    return next(iter(named))
        fallen = child(verb, "nsubj")
        here = self._who_took(fallen)
        if here is not None:
            return here
        if self._conceded(verb):
            return self.parts.sides.opponent(self.viewpoint.speaker(verb))
        before = [d for d in self.drafted if d.i < verb.i and d.side is not None]
        for d in reversed(before[-3:]):
            if d.trigger.kind in (Kind.ATTACK, Kind.GAIN, Kind.ENTER, Kind.ADVANCE, Kind.FIRE):
                return d.side
            if d.trigger.lemma == "flag":
                return d.side  # who raises a flag has come
            if d.trigger.kind in (Kind.LEAVE, Kind.HOLD):
                return self.parts.sides.opponent(d.side)
        if fallen is not None and fallen.i in self.inside:
            number = self.inside[fallen.i]
            town = self.stands_for.get(number, self.mentions[number]).span.text
            return self.parts.sides.opponent(self._holder(verb, town))
        return None

    def _who_took_it(self, draft: Draft) -> str | None:
        """The side that was said before to have taken the place of a claim."""
        return next((side for k in draft.links if (side := self._who_took(self.tops[k.mention])) is not None), None)

    def _who_took(self, fallen: Token | None) -> str | None:
        """The side that was said before to have taken the place that fell."""
        if fallen is None or fallen.i not in self.inside:
            return None
        number = self.inside[fallen.i]
        town = self.stands_for.get(number, self.mentions[number]).span.text.lower()
        taken = [
            d.side
            for d in self.drafted
            if d.trigger.kind is Kind.GAIN and any(self._place_words(k).lower() == town for k in d.links)
        ]
        return taken[-1] if taken else None

    def _keeper(self, verb: Token) -> str | None:
        """The side for which a place holds out: who says so, who held it by the text or the theatre, no attacker."""
        speaker = self.viewpoint.speaker(verb)
        if speaker is not None:
            return speaker
        what = child(verb, "nsubj")
        if what is not None and what.i in self.inside:
            number = self.inside[what.i]
            town = self.stands_for.get(number, self.mentions[number]).span.text
            if (holder := self._holder(verb, town)) is not None:
                return holder
        return self.parts.sides.opponent(self._attackers(verb)) or (
            self.parts.sides.theatre.default_side if len(self.parts.sides.keys) == 2 else None
        )
