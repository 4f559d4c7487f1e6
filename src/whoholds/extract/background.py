"""Nouns of events that tell no event of their own: what is over, fought for, or only measures a time."""

from __future__ import annotations

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
_OUTCOMES = frozenset({"victory", "defeat", "triumph", "success", "hero", "veteran", "winner", "outcome", "lesson"})


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


def is_over(noun: Token) -> bool:
    """Whether an event is said to have ended: "the operations in X have finished"."""
    return noun.dep_ == "nsubj" and noun.head.lemma_.lower() in ("finish", "cease", "conclude", "subside")


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
    if noun.dep_ == "dobj":
        return over.lemma_.lower() in _SEEK
    if noun.dep_ == "pobj" and over.lower_ == "for":
        return over.head.lemma_.lower() in _ASK  # "begged for air strikes"
    return noun.dep_ == "pobj" and over.lower_ == "on" and over.head.lemma_.lower() in _BENT


def looked_back_on(noun: Token) -> bool:
    """Whether a fight is only what was won or lost, or where somebody is sent: "victory in the battle for X"."""
    if noun.dep_ != "pobj" or noun.lemma_.lower() not in _FIGHTS:
        return False
    return noun.head.lower_ in ("into", "to") or noun.head.head.lemma_.lower() in _OUTCOMES


def is_effort(noun: Token) -> bool:
    """Whether a deed is what forces work at: "the effort is focused on the capture of X"."""
    over = noun.head
    return noun.dep_ == "pobj" and over.lower_ == "on" and over.head.lemma_.lower() in ("focus", "concentrate")
