"""Landmarks that go without a name: "took the airport", "overran an army base west of the city".

What they are says enough of where they are, in a report that has named the town; they are places of their own. Where
the town stands beside them ("the hospital in X", "X's port"), it is the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from whoholds.extract.texts import columns_of, text_of
from whoholds.extract.triggers import Lexicon
from whoholds.model import Mention, PlaceType, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

ROLE = "landmark"
_SLOTS = frozenset({"dobj", "pobj", "nsubjpass", "nsubj", "conj"})
_TOWN = frozenset({"city", "town", "village", "settlement"})
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "this", "that"})
# "the hospital in X", "the barracks of X": X is the place
_IN = re.compile(
    r"(?:,? and (?:the |an? )?(?:[a-z]+ ){0,2}[a-z]+)?,? "
    r"(?:in|inside|at|of|for|within|on)(?: the)?(?: \w+){0,2}?(?: (?:city|town|village|port) of)? "
)
_NAME_BEFORE = re.compile(r"(?:['’]s?|-)? (?:[a-z]+ ){0,2}$")
REACH = 1500
"""Characters back in which a landmark of the same sort, named or not, is the same one."""


def landmarks(doc: Doc, mentions: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """The nameless landmarks of a parsed text, in order, the first of each sort.

    Parameters
    ----------
    mentions
        The places with names.
    """
    words = columns_of(doc)
    nouns = lexicon.words["landmarks"]
    text = text_of(doc)
    out: list[Mention] = []
    for i, (lemma, pos, lower) in enumerate(zip(words.lemma, words.pos, words.lower, strict=True)):
        if pos != "NOUN" or (lemma not in nouns and lower not in nouns):
            continue
        token = doc[i]
        if token.dep_ not in _SLOTS or not _stands_alone(token, lexicon):
            continue
        start, end = _first(token).idx, token.idx + len(token.text)
        if any(m.span.start < end and start < m.span.end for m in mentions) or _has_town(text, start, end, mentions):
            continue
        if any(_same(m, lower) and 0 < start - m.span.start < REACH for m in (*mentions, *out)):
            continue
        out.append(Mention(span=Span.of(text, start, end), type=PlaceType.FEATURE, name=text[start:end], role=ROLE))
    return out


def _first(noun: Token) -> Token:
    """The first word of a noun with its modifiers, an owner and what is told of it left out."""
    first = noun
    for c in reversed(list(noun.lefts)):
        if c.dep_ not in ("det", "amod", "compound", "nmod") or c.i != first.i - 1:
            break
        first = c
        lefts = [t for t in c.subtree if t.i < c.i]
        if lefts:
            first = lefts[0]
    return first


def _stands_alone(noun: Token, lexicon: Lexicon) -> bool:
    """Whether the noun is one landmark that has no name: "the airport", and "airport" in a headline."""
    own = list(noun.children)
    if any(c.pos_ == "PROPN" and c.dep_ in ("compound", "nmod", "appos", "amod") for c in own):
        return False
    if any(c.lower_ == "of" and any(n.lower_ in _TOWN for n in c.children) for c in own):
        return False  # "the industrial zone of the city": the city
    if noun.tag_ == "NNS" and noun.lower_ not in lexicon.words["landmarks"]:
        return False
    if noun.lemma_.lower() in lexicon.words["vague_landmarks"] and not any(
        c.dep_ in ("compound", "amod") and c.lower_ in lexicon.words["landmark_kinds"] for c in own
    ):
        return False
    if any(c.dep_ == "amod" and c.lower_ in ("other", "another", "several", "many", "new") for c in own):
        return False
    return any(c.lower_ in _ARTICLES for c in own) or noun.dep_ in ("dobj", "conj")


def _has_town(text: str, start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Whether the name of a town or district stands beside: "the hospital in X", "X's refinery"."""
    for m in mentions:
        if m.role != "name":
            continue
        if end < m.span.start < end + 60 and _IN.fullmatch(text, end, m.span.start):
            return True
        if m.span.end < start and start - m.span.end < 30 and _NAME_BEFORE.fullmatch(text, m.span.end, start):
            return True
    return False


def _same(mention: Mention, noun: str) -> bool:
    """Whether a landmark told of before is of the same sort."""
    return mention.type is PlaceType.FEATURE and mention.span.text.lower().endswith(noun)
