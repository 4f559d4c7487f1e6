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
# What by itself is toward a place: "an advance toward X", "the road toward X".
_LEADING = frozenset({
    "advance", "push", "drive", "move", "movement", "progress", "road", "way", "route", "highway", "direction", "line",
    "operation", "thrust", "offensive", "counteroffensive", "operations", "highways", "axis", "step", "approach",
})  # fmt: skip
MOVES = frozenset({
    "penetrate", "advance", "retreat", "withdraw", "enter", "move", "push", "flee", "fight", "clash", "infiltrate",
})  # fmt: skip
"""Verbs of going somewhere and of fighting there."""
_DONE = _EVENTS | {"advance", "gain", "push", "progress", "retreat", "withdrawal", "breakthrough", "operation"}
_ENDING = frozenset({
    "repel", "repulse", "thwart", "foil", "rebuff", "stop", "halt", "defeat", "abandon",
})  # fmt: skip
_MAKING = frozenset({"make", "launch", "conduct", "undertake", "carry", "mount", "stage"})
_LANDS = frozenset({
    "area", "territory", "land", "ground", "swath", "swathe", "stretch", "strip", "pocket", "village", "town", "city",
    "settlement", "neighborhood", "neighbourhood", "district", "locality", "place",
})  # fmt: skip
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


def comes_to_nothing(word: Token) -> bool:
    """Whether a word says that what stands before it did no good: ", but to no avail"."""
    return word.lower_ in ("to", "without", "in") and any(n.lower_ in VAIN for n in word.children)


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


def aimed_at_what(verb: Token) -> None:
    """ "repelled attacks to capture X": who attacks would capture it, nobody repels them for that."""
    over = verb.head
    if verb.dep_ == "relcl" and over.lemma_.lower() in _EVENTS | _DONE and over.i == verb.i - 2:
        verb.dep_ = "acl"
    if over.lemma_.lower() not in _ENDING or not any(c.tag_ == "TO" and c.i == verb.i - 1 for c in verb.children):
        return
    noun = next((c for c in over.children if c.dep_ in ("dobj", "nsubjpass") and c.i < verb.i), None)
    if noun is not None and noun.lemma_.lower() in _EVENTS | _DONE and noun.i == verb.i - 2:
        verb.head, verb.dep_ = noun, "acl"


def done_where(prep: Token) -> None:
    """ "an advance by the rebels near X": the advance is near X, whoever the rebels there are."""
    noun, by = prep.head, prep.head.head
    if noun.dep_ != "pobj" or by.lower_ != "by" or by.i == 0 or noun.i > prep.i:
        return
    event = by.nbor(-1)
    if event.pos_ != "NOUN" or event.lemma_.lower() not in _DONE or prep.head.pos_ != "NOUN":
        return
    if not any(t.dep_ == "prep" and t.i > noun.i and t.i != prep.i for t in event.subtree):
        prep.head = event


def toward_what(prep: Token) -> None:
    """ "pushed north of the plant towards X": they pushed towards X, no plant lies towards it."""
    noun = prep.head
    if noun.dep_ != "pobj" or noun.lemma_.lower() in _EVENTS | _LEADING or noun.pos_ not in ("NOUN", "PROPN"):
        return
    node = noun
    while node.dep_ in ("pobj", "prep", "advmod", "compound") and node.head.i < node.i:
        node = node.head
    if node.pos_ == "VERB" and node.lemma_.lower() in MOVES:
        prep.head = node


def in_direction(prep: Token) -> None:
    """ "preparing for assaults in the direction of X": the assaults go there."""
    event = prep.nbor(-1) if prep.i > prep.sent.start else prep
    there = any(c.dep_ == "pobj" and c.lemma_.lower() in ("direction", "vicinity", "area") for c in prep.children)
    if there and event.pos_ == "NOUN" and event.lemma_.lower() in _EVENTS and event.i != prep.head.i:
        prep.head = event


def after_aside(prep: Token) -> None:
    """ "repelled attacks, inflicting losses, in the areas of X": repelled there, the losses are told in passing."""
    aside, before = prep.head, prep.nbor(-1) if prep.i > prep.sent.start else prep
    if aside.tag_ != "VBG" or aside.dep_ != "advcl" or before.text != "," or aside.head.i > aside.i:
        return
    if aside.i > 0 and aside.nbor(-1).text == ",":
        prep.head = aside.head


def _rehang(prep: Token, event: Token) -> None:
    """Hang a preposition, and those that the parser hung beside it, on the event before."""
    beside = [c for c in prep.head.children if c.dep_ == "prep" and c.i > prep.i]
    for c in (prep, *beside):
        c.head = event


def including_what(prep: Token) -> None:
    """ "took a large area from the rebels, including the town of X": of the area, no town is a rebel."""
    verb = prep.head
    while verb.dep_ in ("pobj", "prep", "conj", "compound") and verb.head.i < prep.i:
        verb = verb.head
    taken = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass") and c.i < prep.i), None)
    if taken is None or taken.lemma_.lower() not in _LANDS or verb.i == prep.head.i:
        return
    if (
        prep.i > 0
        and prep.nbor(-1).text == ","
        and not (prep.head.tag_ == "NNS" and prep.head.lemma_.lower() in _LANDS)
    ):
        prep.head = taken


def after_surrounding(prep: Token) -> None:
    """ "took X and the areas surrounding it after clearing Y": they took it after that, nobody surrounds it then."""
    around = prep.head
    if around.lower_ != "surrounding" or around.dep_ != "acl" or prep.lower_ not in ("after", "before", "following"):
        return
    over = around.head
    while over.pos_ != "VERB" and over.head.i != over.i:
        over = over.head
    prep.head = over


def in_the_next(prep: Token) -> None:
    """ "took two villages, in X one person was killed": killed in X, nothing is taken there."""
    verb, name = prep.head, next((c for c in prep.children if c.dep_ == "pobj"), None)
    if verb.pos_ != "VERB" or prep.i < verb.i + 2 or prep.nbor(-1).text != "," or name is None:
        return
    last = max(t.i for t in prep.subtree)
    after = next((c for c in verb.children if c.dep_ in ("conj", "ccomp", "advcl") and c.i > last), None)
    if after is None or any(t.dep_ in ("cc", "mark") for t in prep.doc[last + 1 : after.i]):
        return
    if any(
        c.dep_ in ("nsubj", "nsubjpass") and last < c.i < after.i and c.left_edge.i == last + 1 for c in after.children
    ):
        prep.head = after
