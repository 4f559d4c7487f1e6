"""From whose mouth a word comes: "our", "the enemy", "troops" and "liberated" mean what the speaker means by them.

Who speaks is asked before the sides of frames are known, for the sides of unnamed forces follow from it: when the
Syrian military says that troops were sent to a town, they are its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whoholds.extract.frame import Frame
from whoholds.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spacy.tokens import Token

    from whoholds.extract.attribution import Attribution, Attributor
    from whoholds.extract.passage import Passage
    from whoholds.model import Part


class Viewpoint:
    """Whose word each word of one text is.

    Parameters
    ----------
    passage
        The text and its sentences.
    attributor
        Finds the speaker of a frame.
    outlet
        Who publishes the text.
    outlet_side
        Their side, None for a third party.
    default
        The side for which "our" and "the enemy" speak where no speaker and no outlet takes sides.
    parts
        The report's parts, for the authors of embedded posts.
    day
        The day of the report: who held what and who flew depends on it. None where it has none.
    """

    def __init__(
        self,
        passage: Passage,
        attributor: Attributor,
        *,
        outlet: str,
        outlet_side: str | None,
        default: str | None,
        parts: Sequence[Part] = (),
        day: date | None = None,
    ) -> None:
        self._passage = passage
        self._attributor = attributor
        self._outlet = outlet
        self._parts = parts
        self._default = default
        self.outlet_side = outlet_side
        self.day = day
        self._heard: dict[int, Attribution] = {}

    def heard(self, token: Token) -> Attribution:
        """Who says the clause of a word."""
        if token.i not in self._heard:
            bare = Frame(
                kind=Kind.HOLD, side=None, places=(), start=token.idx, end=token.idx + len(token.text), i=token.i,
                verb=token.i, failed=False, negated=False, predicted=False, count=None, sent=token.sent, rule="",
            )  # fmt: skip
            self._heard[token.i] = self._attributor.attribute(
                self._passage, bare, outlet=self._outlet, parts=self._parts
            )
        return self._heard[token.i]

    def speaker(self, token: Token) -> str | None:
        """The side of the speaker of a word; the outlet's where the report says it in its own voice."""
        heard = self.heard(token)
        return self.outlet_side if heard.speaker is None else heard.speaker_side

    def is_townsman(self, token: Token) -> bool:
        """Whether who says a word is an official of a town: of whoever takes it he speaks as of the other side."""
        speaker = self.heard(token).speaker
        if speaker is None:
            return False
        text = self._passage.text[max(0, speaker.start - 40) : speaker.end + 40].lower()
        return re.search(r"\b(?:mayor|governor|city council)\b", text) is not None

    def of(self, token: Token) -> str | None:
        """The side for which "our" and "the enemy" speak where this word stands."""
        return self.speaker(token) or self.outlet_side or self._default

    def same(self, one: Token, other: Token) -> bool:
        """Whether two words are of the same sentence and the same mouth."""
        if one.sent.start != other.sent.start:
            return False
        a, b = self.heard(one), self.heard(other)
        return a.verbs[:1] == b.verbs[:1] and a.speaker == b.speaker
