"""What headlines and live blogs say without a verb of war: a force so many kilometres from a town."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.frame import Frame
from whoholds.extract.standing import Standing
from whoholds.extract.texts import columns_of
from whoholds.model import ClaimPlace, Kind, PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Token

_LENGTHS = frozenset({"km", "kilometers", "kilometres", "kms", "miles", "kilometer", "kilometre", "mile"})
# What may stand between a force and the distance that it has come near: "were only about 5 km from X".
_BETWEEN = frozenset(
    {"are", "were", "is", "was", "now", "just", "only", "about", "some", "less", "than", "within", "at", "currently"}
    | {
        "still",
        "already",
        "barely",
        "under",
        "be",
        "to",
        "roughly",
        "around",
        "a",
        "mere",
        "few",
        "have",
        "been",
        "'re",
    }
)
_OFF = frozenset({"from", "of", "outside"})
_WORDS_BEFORE = 7


class Terse(Standing):
    """Frames that no trigger word carries."""

    def standing_off(self, told: list[Frame]) -> list[Frame]:
        """A force that is said to stand a distance from a town: it has advanced on it.

        Parameters
        ----------
        told
            The frames read so far: what a sentence says of a town by a verb is not said again.
        """
        out = []
        for i, word in enumerate(columns_of(self.doc).lower):
            if word not in _LENGTHS or i == 0 or not self.doc[i - 1].like_num:
                continue
            token = self.doc[i]
            off = self._off(token)
            number = self.inside.get(off.i + 1) if off is not None and off.i + 1 < len(self.doc) else None
            if off is None or number is None or self.mentions[number].type is not PlaceType.SETTLEMENT:
                continue
            mention = self.mentions[number]
            if any(f.sent.start == token.sent.start and any(p.span == mention.span for p in f.places) for f in told):
                continue
            force = self._force_before(token)
            side = self.sides.of(force) if force is not None else None
            if force is None or side is None:
                continue
            out.append(
                Frame(
                    kind=Kind.ADVANCE, side=side,
                    places=(ClaimPlace(span=mention.span, type=PlaceType.DIRECTION),),
                    start=token.nbor(-1).idx, end=off.idx + len(off.text), i=token.i, verb=token.i, failed=False,
                    negated=False, predicted=False, count=None, sent=token.sent, rule="advance:distance(n)",
                )
            )  # fmt: skip
        return out

    def _off(self, length: Token) -> Token | None:
        """The word that leads from a distance to the town: "from", "away from", "outside"."""
        after = [t for t in self.doc[length.i + 1 : length.i + 3] if t.sent.start == length.sent.start]
        if after and after[0].lower_ in _OFF:
            return after[0]
        if len(after) == 2 and after[0].lower_ in ("away", "short") and after[1].lower_ in _OFF:
            return after[1]
        return None

    def _force_before(self, length: Token) -> Token | None:
        """The force right before a distance, nothing but "are only about" between."""
        first = max(length.sent.start, length.i - 1 - _WORDS_BEFORE)
        for t in reversed(self.doc[first : length.i - 1]):
            if t.lower_ in _BETWEEN or t.is_punct:
                continue
            known = t.i in self.sides.at and t.i not in self.sides.places
            return t if known or t.lemma_.lower() in self.words["troops"] else None
        return None
