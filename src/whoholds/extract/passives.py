"""Passives that the model does not see: headlines leave out "was", the tagger takes what is done for a noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_TAKING_PART = frozenset({"engage", "involve", "lock", "embroil"})
# What cannot be done without somebody or something that it is done to.
_DONE_TO = frozenset({
    "liberate", "capture", "seize", "retake", "recapture", "regain", "repel", "repulse", "thwart", "foil", "beat",
    "destroy", "damage", "take", "encircle", "surround", "occupy", "free", "overrun", "rebuff", "secure", "clear",
    "deoccupy", "reclaim",
})  # fmt: skip
_DEEDS = frozenset({
    "attack", "assault", "offensive", "counterattack", "attempt", "push", "advance", "raid", "incursion", "landing",
    "town", "city", "village", "settlement",
})  # fmt: skip
_THINGS = frozenset({
    "post", "depot", "warehouse", "bridge", "base", "building", "house", "plant", "school", "hospital", "crossing",
    "airfield", "equipment", "headquarters", "infrastructure", "facility", "station", "refinery", "point", "object",
})  # fmt: skip


def left_out_was(noun: Token) -> None:
    """ "X liberated", "attacks near X repelled": headlines leave out that it was done."""
    verb = noun.head
    if verb.tag_ in ("VBD", "VBN") and noun.i < verb.i and _thrown_back(verb):
        noun.dep_, verb.tag_ = "nsubjpass", "VBN"
        return
    if _sent_off(noun, verb):
        noun.dep_, verb.tag_ = "nsubjpass", "VBN"
        return
    if verb.tag_ not in ("VBD", "VBN") or noun.i > verb.i or verb.lemma_.lower() not in _DONE_TO:
        return
    if any(c.dep_ in ("dobj", "aux", "auxpass", "ccomp", "xcomp", "prt") and c.i > verb.i for c in verb.children):
        return
    if any(c.dep_ == "dobj" and c.tag_ == "WDT" for c in verb.children):
        return  # "X, which they retook"
    if noun.pos_ == "PROPN" or noun.lemma_.lower() in _DEEDS or (verb.tag_ == "VBN" and _no_force(noun)):
        noun.dep_, verb.tag_ = "nsubjpass", "VBN"


def _sent_off(noun: Token, verb: Token) -> bool:
    """Whether a headline tells of those who were sent: "troops sent to X"."""
    if verb.lemma_.lower() not in ("send", "deploy", "rush") or verb.tag_ not in ("VBD", "VBN"):
        return False
    below = {c.dep_ for c in verb.children}
    to = any(c.lower_ in ("to", "into") for c in verb.children)
    return to and noun.tag_ == "NNS" and not below & {"dobj", "aux", "auxpass", "xcomp", "advmod"}


def _thrown_back(verb: Token) -> bool:
    """Whether a headline tells of those who were driven back: "forces pushed back around X"."""
    around = {c.dep_ for c in verb.children}
    return (
        verb.lemma_.lower() in ("push", "drive", "throw", "force", "beat", "hurl")
        and any(c.lower_ in ("back", "out") and c.i == verb.i + 1 for c in verb.children)
        and not around & {"dobj", "aux", "auxpass", "xcomp", "ccomp"}
        and not any(c.lower_ in ("against", "at", "into", "with") for c in verb.subtree if c.dep_ == "prep")
    )


def _no_force(noun: Token) -> bool:
    """Whether a noun is of things that are hit and hit nothing: "enemy command posts destroyed near X"."""
    return noun.lemma_.lower() in _THINGS


def came_under(verb: Token) -> None:
    """ "came under Ukrainian shelling": what is told as a verb beside it is what the place came under."""
    before = verb.nbor(-1) if verb.i else verb
    if before.dep_ != "pobj" or before.head.lower_ != "under" or any(c.dep_ == "dobj" for c in verb.children):
        return
    verb.head, verb.dep_, verb.tag_, verb.pos_ = before.head, "pobj", "NN", "NOUN"
    verb.lemma_ = verb.lower_
    before.head, before.dep_ = verb, "amod"


def is_done(auxiliary: Token) -> None:
    """ "was overrun", "has been encircled": what the tagger takes for a noun or adjective is done."""
    verb = auxiliary.head
    if verb.tag_ in ("NN", "JJ") and verb.lower_.endswith(("ed", "en", "run", "un")):
        verb.tag_, verb.pos_ = "VBN", "VERB"
        if verb.lower_.endswith("ed"):
            verb.lemma_ = base_form(verb.lower_.removesuffix("ed") + "ing")


SURROUNDED = frozenset({
    "encircled", "surrounded", "besieged", "occupied", "blockaded", "overrun", "liberated", "captured",
})  # fmt: skip
"""What the tagger takes for an adjective though it is done to a place."""


def is_surrounded(adjective: Token) -> None:
    """ "X is almost encircled": what is told as a quality is done."""
    auxiliary = adjective.head
    if auxiliary.lemma_ not in ("be", "remain", "stay") or adjective.i < auxiliary.i:
        return
    top = auxiliary.head.i == auxiliary.i
    for c in list(auxiliary.children):
        if c.i != adjective.i:
            c.head = adjective
            if c.dep_ == "nsubj":
                c.dep_ = "nsubjpass"
    adjective.head, adjective.dep_ = (adjective if top else auxiliary.head), auxiliary.dep_
    adjective.tag_, adjective.pos_ = "VBN", "VERB"
    if adjective.lower_.endswith("ed"):
        adjective.lemma_ = base_form(adjective.lower_.removesuffix("ed") + "ing")
    auxiliary.head, auxiliary.dep_ = adjective, "auxpass"


def engaged_in(auxiliary: Token) -> None:
    """ "troops are engaged in fighting": they fight, nobody engages them."""
    verb = auxiliary.head
    if verb.lemma_.lower() not in _TAKING_PART or any(c.dep_ == "agent" for c in verb.children):
        return
    if not any(c.dep_ == "prep" and c.lower_ in ("in", "with") for c in verb.children):
        return
    for c in verb.children:
        if c.dep_ == "nsubjpass":
            c.dep_, auxiliary.dep_ = "nsubj", "aux"


def base_form(word: str) -> str:
    """The base form of a regular word in -ing."""
    stem = word[:-3]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "ls":
        return stem[:-1]
    return stem + "e" if stem.endswith(("ur", "v", "at", "iz", "is", "uc", "dg", "ck" * 2)) else stem
