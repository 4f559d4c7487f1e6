"""Citing: X in "the agency, citing X", in "with reference to X" and in "quoted X as saying"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.clauses import is_passive, is_verb, subject_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Token

    from whoholds.extract.cues import Cues


def quoted(verb: Token) -> Token | None:
    """X, in "the agency quoted X as saying" and "X was quoted as saying"."""
    over = quoting(verb)
    if over is None:
        return None
    return subject_of(over) if is_passive(over) else next((c for c in over.children if c.dep_ == "dobj"), None)


def quoting(verb: Token) -> Token | None:
    """The "quoted" above "as saying", None for any other verb."""
    if verb.dep_ != "pcomp" or verb.head.lower_ != "as":
        return None
    over = verb.head.head
    return over if over.lemma_.lower() in {"quote", "cite"} and is_verb(over) else None


def cited_by(word: Token, who: Token, cues: Cues) -> Token | None:
    """The first speaker of a chain: X in "the agency, citing X, reported" and "the agency reported, citing X"."""
    none = cues.rumour_nouns | cues.picture_nouns | cues.saying_nouns
    for holder in (who, word, word.head, *_complements(word)):
        for child in holder.children:
            if holder.head.i == word.i and holder.dep_ == "ccomp" and child.i > holder.i:
                # behind the verb of what was said it is the words' own
                continue
            for obj in _cited(child):
                if obj.pos_ in {"NOUN", "PROPN"} and obj.lower_ not in none:
                    return obj
    return None


def _complements(word: Token) -> list[Token]:
    """What is said: the parser hangs "citing X" on it where it stands before."""
    return [c for c in word.children if c.dep_ == "ccomp" and c.i > word.i]


def _cited(word: Token) -> Iterator[Token]:
    """X, where the word begins "citing X", "referring to X" or "with reference to X"."""
    if word.lower_ in {"citing", "quoting"}:
        yield from (c for c in word.children if c.dep_ in {"dobj", "pobj"})
    elif word.lower_ in {"with", "in"} or word.lower_ == "referring":
        above = (c for c in word.children if c.lower_ == "reference") if word.lower_ != "referring" else iter((word,))
        for node in above:
            yield from (o for c in node.children if c.lower_ == "to" for o in c.children if o.dep_ == "pobj")
