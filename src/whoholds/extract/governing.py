"""Small questions about the words that govern an event: who carries a saying, what is hearsay, what stands beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.clauses import agent_of, is_negated, is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

    from whoholds.extract.cues import Cues

_THOUGHTS = frozenset({"concern", "fear", "worry", "confidence", "belief", "suspicion", "hope", "doubt"})
_VOICING = frozenset({"express", "voice", "raise", "share", "reiterate"})
_TRUE = frozenset({"true", "correct", "accurate", "right"})
# what spells out a plan, a threat, a fear
_OF = frozenset({"of", "for", "to", "about", "over", "on", "from", "by", "with", "in"})


def saying_verb(act: Token) -> Token:
    """The verb that carries a word of saying: "will lead to a declaration that"."""
    verb = act
    while not is_verb(verb) and verb.dep_ in {"dobj", "pobj", "prep", "attr", "nsubjpass", "conj"}:
        verb = verb.head
    return verb


def is_set_against(word: Token) -> bool:
    """Whether a preposition hangs on a noun without saying what it is of: "at great risk against ..."."""
    return word.dep_ == "prep" and word.lower_ not in _OF


def first_conjunct(verb: Token) -> Token:
    """The first of a row of coordinated verbs."""
    while verb.dep_ == "conj" and is_verb(verb.head):
        verb = verb.head
    return verb


def is_hearsay(verb: Token, cues: Cues) -> bool:
    """Whether the verb says that its subject "was reported", and by nobody."""
    if verb.lower_ not in cues.rumour_verbs or verb.tag_ != "VBN" or agent_of(verb) is not None:
        return False
    return any(c.dep_ in {"auxpass", "nsubjpass"} for t in (verb, verb.head) for c in t.children)


def is_participle(node: Token) -> bool:
    """Whether the verb stands in the passive or as a past participle."""
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in node.children) or node.tag_ == "VBN"


def is_untrue(verb: Token, cues: Cues) -> bool:
    """Whether a verb calls its subject untrue: "the claim is a lie", "reports are false", "information isn't true"."""
    said = [c.lower_ for c in verb.children if c.dep_ in {"acomp", "attr"}]
    return any(w in cues.false_words for w in said) or (is_negated(verb) and any(w in _TRUE for w in said))


def is_voiced(noun: Token) -> bool:
    """Whether what somebody thinks is said aloud: "expressed concern that", "voiced fears that"."""
    return noun.dep_ == "dobj" and noun.lemma_.lower() in _THOUGHTS and noun.head.lemma_.lower() in _VOICING
