"""Fighting told by an idiom: "the situation in X is very difficult, and there is also fighting in Y".

A hard situation by itself may be of many kinds (of the besieged, of a power plant, of the harvest). It tells of
fighting where the same breath goes on with fighting elsewhere or still: then the hard situation is fighting as well,
and whoever has a side in the war and calls it hard concedes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.cues import english_cues
from whoholds.extract.syntax import is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

_FIGHTING = frozenset({"fighting", "fight", "battle", "battles", "clash", "clashes", "combat", "hostilities", "fights"})
# what joins a further fight to the situation told before
_AGAIN = frozenset(
    {"also", "too", "still", "elsewhere", "other", "well", "ongoing"}
    | {"continue", "continues", "continued", "continuing"}
)
# the situation of what is no battle: "the humanitarian situation"
_OF_ARMS = frozenset(
    {"military", "security", "combat", "frontline", "operational", "tactical"}
    | {"overall", "general", "current", "present", "whole"}
)


def is_hard_situation(noun: Token) -> bool:
    """Whether "situation" is called difficult, tense or the like, and is not that of something else than arms."""
    if noun.lower_ != "situation":
        return False
    hard = english_cues().hard_words
    before = {c.lower_ for c in noun.children if c.dep_ in {"amod", "compound", "nmod"}}
    if before - hard - _OF_ARMS:
        return False
    if before & hard:
        return True
    verb = noun.head
    if noun.dep_ not in {"nsubj", "nsubjpass", "dobj"} or not (is_verb(verb) or verb.pos_ == "AUX"):
        return False
    return any(
        t.lower_ in hard
        for c in verb.children
        if c.dep_ in {"acomp", "oprd", "attr", "ccomp", "xcomp"}
        for t in (c, *c.children)
    )


def tells_of_fighting(noun: Token) -> bool:
    """Whether a hard situation is one of fighting: the sentence goes on with fighting "also" or "still"."""
    return is_hard_situation(noun) and any(_goes_on(t) for t in noun.sent if t.i > noun.i)


def is_conceded(trigger: Token) -> bool:
    """Whether the event is told as a hardship of who tells it: a hard situation, or the fighting joined to one."""
    if trigger.lower_ == "situation":
        return is_hard_situation(trigger)
    if trigger.lower_ not in _FIGHTING or not _goes_on(trigger):
        return False
    return any(is_hard_situation(t) for t in trigger.sent if t.i < trigger.i)


def _goes_on(word: Token) -> bool:
    """Whether a word of fighting is said to be so as well, or still."""
    if word.lower_ not in _FIGHTING:
        return False
    around = {t.lower_ for t in word.subtree} | {t.lower_ for t in word.head.subtree if abs(t.i - word.i) <= _NEAR}
    return bool(around & _AGAIN) or word.head.lower_ in _AGAIN


# so many words around "fighting" belong to it: "there was also fighting in a number of other places"
_NEAR = 8
