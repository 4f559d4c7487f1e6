"""Prepositions that the model hangs on the wrong word, hung where the words themselves show that they belong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_EVENTS = frozenset(
    {"attack", "assault", "offensive", "raid", "strike", "counterattack", "incursion", "ambush", "attempt"}
)
MONTHS = frozenset({
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
})  # fmt: skip
_MAKING = frozenset({"make", "launch", "conduct", "undertake", "carry", "mount", "stage"})
VAIN = frozenset({"success", "result", "effect", "avail", "vain", "progress"})
"""What an attack is made without, or in: "without success", "to no avail"."""


def in_vain(event: Token) -> bool:
    """Whether a deed came to nothing by what stands below it: "attacked in vain", "12 attacks, all without success"."""
    beside = (c for c in event.children if c.dep_ in ("appos", "advcl") and c.lower_ in ("all", "none"))
    return any(
        c.dep_ == "prep"
        and (
            (c.lower_ == "without" and any(n.lower_ in VAIN for n in c.children))
            or (c.lower_ == "in" and any(n.lower_ == "vain" for n in c.children))
            or (c.lower_ == "to" and any(n.lower_ in ("avail", "effect") and _none(n) for n in c.children))
        )
        for t in (*_made(event), *beside)
        for c in t.children
    )


def _made(event: Token) -> Iterator[Token]:
    """A deed with the words above that say it was made: "made attempts to attack", "launched an attack"."""
    yield event
    if event.dep_ in ("acl", "relcl", "dobj") and event.head.lemma_.lower() in _MAKING | _EVENTS:
        yield from _made(event.head)


def _none(noun: Token) -> bool:
    """Whether "no" or "little" stands before a noun."""
    return any(c.lower_ in ("no", "little") for c in noun.children)


def to_no_avail(prep: Token) -> None:
    """ "attacked without success near X": the attack was near X, not the success."""
    lack = prep.head.head
    if lack.dep_ == "prep" and lack.lower_ in ("without", "in", "to") and prep.lower_ != "of":
        prep.head = lack.head


def behind_a_day(verb: Token) -> None:
    """ "the report from August 29, which said": the report said it, no day does."""
    day = verb.head
    prep = day.head
    if day.lower_ not in MONTHS or day.dep_ != "pobj" or prep.dep_ != "prep":
        return
    told = prep.head if prep.head.pos_ in ("NOUN", "PROPN") else prep.nbor(-1) if prep.i > 0 else prep
    if told.pos_ in ("NOUN", "PROPN"):
        verb.head = told


def back_under(prep: Token) -> None:
    """ "X is back under their control": it is under their control, back only says once more."""
    back = prep.head
    if back.dep_ in ("advmod", "acomp", "prt") and back.i == prep.i - 1 and back.head.pos_ in ("VERB", "AUX"):
        prep.head = back.head


def on_what(prep: Token) -> None:
    """ "an attack by fighters of Y on X": the attack is on X, the fighters are not."""
    node = prep.head
    while node.dep_ in ("pobj", "prep", "agent", "compound") and node.head.i < prep.i:
        if node.lower_ == "by" and node.i < prep.i and node.i > 0:
            event = node.nbor(-1)
            if event.lemma_.lower() in _EVENTS and event.pos_ == "NOUN" and prep.head.i != event.i:
                _rehang(prep, event)
            return
        node = node.head


def _rehang(prep: Token, event: Token) -> None:
    """Hang a preposition, and those that the parser hung beside it, on the event before."""
    beside = [c for c in prep.head.children if c.dep_ == "prep" and c.i > prep.i]
    for c in (prep, *beside):
        c.head = event
