"""Nouns of events that tell no event of their own: what is over, fought for, or only measures a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_WINNING = frozenset(
    {"gain", "establish", "secure", "have", "win", "get", "seize", "obtain", "create", "expand", "capture", "keep"}
)
_SPANS = frozenset({"days", "weeks", "months", "years", "hours", "decades"})
_GOALS = frozenset(
    {"priority", "goal", "aim", "objective", "task", "target", "purpose", "intention", "ambition", "dream"}
)
_BENT = frozenset({"insist", "count", "fixation", "fixate", "bent", "intent", "emphasis"})
_SEEK = frozenset({"prioritize", "prioritise", "seek", "pursue", "envision", "envisage", "demand", "require", "urge"})
_ASK = frozenset({"beg", "plead", "appeal", "clamour", "clamor", "ask", "pray", "press", "lobby", "cry", "plea"})
_FIGHTS = frozenset({"fight", "battle", "combat", "fray", "war"})
_CAMPAIGNS = frozenset({"offensive", "counteroffensive", "counter-offensive", "invasion", "campaign"})
_PHASES = frozenset({"gain", "success", "phase", "stage", "goal", "aim", "setback", "victory", "fruit"})
_OUTCOMES = frozenset({"victory", "defeat", "triumph", "success", "hero", "veteran", "winner", "outcome", "lesson"})


_WAYS = frozenset({
    "axis", "axe", "line", "direction", "route", "avenue", "rate", "pace", "speed", "angle", "vector", "point",
})  # fmt: skip
_HAS = frozenset({"has", "have", "had"})


def is_background(noun: Token) -> bool:
    """Whether an event is told of without being told: over, fought for, wanted, feared, or only measuring a time."""
    return any(
        question(noun) for question in (fought_for, is_over, long_ago, is_sought, looked_back_on, is_feared, of_a_way)
    )


_BACK = frozenset({"back", "support", "assist", "aid", "help", "accompany", "cover", "bolster"})


def new_ground(noun: Token) -> bool:
    """Whether a foothold is won or held in a part of the place: "gained a foothold", not "their last foothold"."""
    if any(c.lower_ in ("last", "remaining", "final", "only") for c in noun.children):
        return False
    return noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_.lower() in _WINNING


def fought_for(noun: Token) -> bool:
    """Whether a taking is what is fought for: "the battle for the liberation of X" """
    if noun.dep_ != "pobj" or noun.head.lower_ != "for" or noun.lower_ not in ("liberation", "capture", "recapture"):
        return False
    over = noun.head.head
    below = (over, *(c for c in over.children if c.dep_ == "nsubj"))
    return any(t.lemma_.lower() in ("fighting", "fight", "battle", "struggle", "clash") for t in below)


def of_a_way(noun: Token) -> bool:
    """Whether an advance only tells what sort of line it is: "other axes of advance", "the rate of advance"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "of" or noun.lower_ not in ("advance", "attack"):
        return False
    return noun.head.head.lemma_.lower() in _WAYS and not any(True for _ in noun.children)


def is_over(noun: Token) -> bool:
    """Whether an event is said to have ended: "the operations in X have finished"."""
    over = noun.head
    if noun.dep_ != "nsubj" or any(c.dep_ in ("dobj", "neg", "aux") and c.lower_ not in _HAS for c in over.children):
        return False
    in_what = any(c.lower_ in ("in", "with") and c.dep_ == "prep" for c in over.children)  # "ended in failure"
    return over.lemma_.lower() in ("finish", "cease", "conclude", "subside", "end", "stop") and not in_what


_FEARED = re.compile(
    r"\bwhat (?:[\w’'-]+ ){1,6}(?:fears?|feared|expects?|expected) (?:is|was|will be|could be) (?:an? |the )?$"
)


def is_feared(noun: Token) -> bool:
    """Whether an event is only feared: "for what the opposition fears is a ground assault"."""
    if noun.dep_ != "attr":
        return False
    first = next((t for t in noun.subtree if t.dep_ != "det"), noun)
    return _FEARED.search(noun.doc[noun.sent.start : first.i].text_with_ws) is not None


def long_ago(noun: Token) -> bool:
    """Whether an event only tells how long something took: "after months of fighting"."""
    if noun.dep_ != "pobj" or noun.head.lower_ != "of" or noun.head.head.lower_ not in _SPANS:
        return False
    span = noun.head.head
    return span.dep_ == "pobj" and span.head.lower_ in ("after", "following", "amid", "despite", "in", "during")


def is_sought(noun: Token) -> bool:
    """Whether a deed is only wanted: "the capture of X is their priority", "insisted on a withdrawal"."""
    over = noun.head
    if noun.dep_ == "nsubj" and over.lemma_ == "be":
        return any(c.dep_ == "attr" and c.lemma_.lower() in _GOALS for c in over.children)
    if noun.dep_ == "attr" and over.lemma_ == "be":
        return any(c.dep_ == "nsubj" and c.lemma_.lower() in _GOALS for c in over.children)
    if noun.dep_ == "dobj":
        return over.lemma_.lower() in _SEEK
    if noun.dep_ == "pobj" and over.lower_ == "for":
        return over.head.lemma_.lower() in _ASK  # "begged for air strikes"
    return noun.dep_ == "pobj" and over.lower_ == "on" and over.head.lemma_.lower() in _BENT


def looked_back_on(noun: Token) -> bool:
    """Whether a fight is only what was won or lost, or where somebody is sent: "victory in the battle for X"."""
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be" and noun.lemma_.lower() in _FIGHTS:
        # "the battle of X will not be a victory"
        return any(c.dep_ == "attr" and c.lemma_.lower() in _OUTCOMES for c in noun.head.children)
    if noun.dep_ != "pobj":
        return False
    if noun.lemma_.lower() in _CAMPAIGNS and noun.head.lower_ == "of":
        return noun.head.head.lemma_.lower() in _PHASES  # "the first gains of its offensive"
    if noun.lemma_.lower() not in _FIGHTS:
        return False
    return noun.head.lower_ in ("into", "to") or noun.head.head.lemma_.lower() in _OUTCOMES


def is_effort(noun: Token) -> bool:
    """Whether a deed is what forces work at: "the effort is focused on the capture of X"."""
    over = noun.head
    return noun.dep_ == "pobj" and over.lower_ == "on" and over.head.lemma_.lower() in ("focus", "concentrate")


def is_support(noun: Token) -> bool:
    """Whether fire only backs what somebody does: "backed by air strikes", "with the support of artillery fire"."""
    node = noun
    while node.dep_ in ("conj", "pobj") and node.head.i < node.i:
        over = node.head
        if node.dep_ == "pobj":
            if over.lower_ == "by" and over.head.lemma_.lower() in _BACK:
                return True
            if over.lower_ not in ("of", "with", "by"):
                return False
            if over.lower_ == "of" and over.head.lower_ in ("support", "cover", "help", "aid", "backing"):
                return True
            over = over.head
        if over.pos_ == "VERB":
            return False
        node = over
    return False
