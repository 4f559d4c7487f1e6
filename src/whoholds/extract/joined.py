"""Deeds and names that the parser joins to the wrong word of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.rehung import MONTHS

if TYPE_CHECKING:
    from spacy.tokens import Token

_THANK = frozenset({"thank", "praise", "honour", "honor", "salute", "congratulate", "remember"})


def one_more_thing(noun: Token) -> None:
    """ "kept shelling X, and have fired rockets, and three missiles at Y": the missiles are fired, too."""
    over = noun.head
    if over.pos_ != "VERB" or noun.i < over.i:
        return
    things = [t for t in noun.doc[over.i : noun.left_edge.i] if t.dep_ == "dobj" and t.head.i != over.i]
    if things and things[-1].head.dep_ == "conj" and things[-1].head.head.i == over.i:
        noun.head = things[-1]


def thanked_who(token: Token) -> None:
    """ "thank those who took X, defend Y": they defend, not he who thanks."""
    over = token.head
    if token.pos_ != "VERB" or token.dep_ not in ("conj", "dep", "advcl"):
        return
    if over.lemma_.lower() not in _THANK:
        below = [c for c in over.children if c.dep_ == "xcomp" and c.lemma_.lower() in _THANK and c.i < token.i]
        if not below:
            return
        over = below[0]
    if any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children):
        return
    for noun in over.children:
        if noun.dep_ in ("dobj", "obj") and noun.i < token.i:
            clause = next((c for c in noun.children if c.dep_ == "relcl" and c.i < token.i), None)
            if clause is not None:
                token.head = clause
                token.dep_ = "conj" if token.tag_ != "VBG" else "advcl"
                return


def and_surrounding(token: Token) -> None:
    """ "shelled X and surrounding settlements": they are shelled as well, nobody surrounds them."""
    over, noun = token.head, next((c for c in token.children if c.dep_ == "dobj" and c.i > token.i), None)
    if token.dep_ != "conj" or noun is None or over.tag_ == "VBG" or token.nbor(-1).lower_ != "and":
        return
    first = next((c for c in over.children if c.dep_ in ("dobj", "pobj") and c.i < token.i), None)
    for c in list(token.children):
        if c.i != noun.i:
            c.head = over
    token.tag_, token.pos_ = "JJ", "ADJ"
    noun.head, noun.dep_ = (first or over), "conj" if first is not None else "dobj"
    token.head, token.dep_ = noun, "amod"


def beside_day(name: Token) -> None:
    """ "hand over X by May 3 and Y by June 4": Y is handed over, it is no day."""
    day = name.head
    if name.dep_ != "conj" or day.lower_ not in MONTHS or name.lower_ in MONTHS or day.i > name.i:
        return
    for over in day.ancestors:
        if over.pos_ in ("VERB", "AUX"):
            first = next((c for c in over.children if c.dep_ in ("dobj", "nsubjpass") and c.i < day.i), None)
            if first is not None:
                name.head = first
            return


def one_more_deed(verb: Token) -> None:
    """ "are moving equipment and regrouping forces in X": both are done, the second is no thing moved."""
    noun = verb.head
    over = noun.head
    if verb.dep_ != "conj" or noun.pos_ != "NOUN" or noun.dep_ != "dobj" or over.tag_ != verb.tag_:
        return
    if over.i < noun.i < verb.i and any(c.dep_ == "dobj" for c in verb.children):
        verb.head = over


def one_more_aim(verb: Token) -> None:
    """ "goes on in order to defeat X, establish Y": a bare infinitive goes on with the infinitive before it."""
    over = verb.head
    if verb.dep_ != "conj" or verb.tag_ != "VB" or over.tag_ not in ("VBZ", "VBD") or over.i > verb.i:
        return
    if any(c.dep_ in ("aux", "auxpass", "nsubj", "nsubjpass") for c in verb.children):
        return
    for token in reversed(verb.doc[over.i + 1 : verb.i]):
        if token.tag_ == "VB" and any(c.tag_ == "TO" for c in token.children):
            verb.head = token
            return
