"""A frame: who did what where, as one pattern read it from a parsed sentence, before anybody is said to say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoholds.model import ClaimPlace, Count, Distance, Kind

if TYPE_CHECKING:
    import spacy.tokens


# stands in the rule where "no longer" has made a loss of what was held: what is lost is not denied
NO_LONGER = "no longer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a pattern found in a sentence.

    Offsets count into the report's text; token indices count into the Doc. `sent` is the sentence of the trigger,
    `start` and `end` are the characters of the trigger, `i` its head token (the word that carries the kind) and
    `verb` the token that carries tense, modality and negation for it: for "conducted ground attacks" the trigger's
    head is "attacks" and the verb "conducted"; for a plain verb the two are the same.

    `failed` is true where the attack is said to be repelled, unsuccessful or stopped. `negated` is true where the
    syntax denies the trigger ("did not enter", "never took", "no progress", "no longer hold"). `predicted` is true
    where the pattern itself speaks of the future ("threatens to", "is preparing to issue a declaration of war").
    """

    kind: Kind
    side: str | None
    places: tuple[ClaimPlace, ...]
    start: int
    end: int
    i: int
    verb: int
    failed: bool
    negated: bool
    predicted: bool
    count: Count | Distance | None
    sent: spacy.tokens.Span
    rule: str
    subject: int | None = None
