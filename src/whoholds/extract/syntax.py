"""Small questions to a dependency tree: who is the subject, what is the object, which words hang on a noun."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "obj", "attr", "oprd", "dative"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "quantmod", "det"})
# "accused X of shelling": who does it is the object
ACCUSING = frozenset({"accuse", "blame", "condemn", "denounce", "criticize", "criticise", "suspect"})
NOUNISH = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"})


def is_verb(token: Token) -> bool:
    """Whether the token is used as a verb: the tagger often calls plural nouns of war verbs."""
    if token.pos_ == "AUX":
        return True
    if token.pos_ != "VERB" and not token.tag_.startswith("VB"):
        return False
    if token.dep_ in ("dobj", "pobj", "compound", "nsubj", "nsubjpass", "attr", "appos"):
        return token.dep_ == "nsubj" and token.tag_ == "VBG" and any(c.dep_ == "dobj" for c in token.children)
    return True


def base_of(noun: Token) -> str:
    """The base form of a noun in small letters, of one that opens a sentence and was taken for a name as well."""
    lemma = noun.lemma_.lower()
    opens = noun.i == noun.sent.start and noun.pos_ == "PROPN" and lemma == noun.lower_
    return lemma.removesuffix("s") if opens else lemma


def child(token: Token, *deps: str) -> Token | None:
    """The first dependent with one of these links."""
    return next((c for c in token.children if c.dep_ in deps), None)


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive, or a past participle hung on a noun."""
    if child(verb, "nsubjpass", "auxpass") is not None:
        return True
    if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD") and child(verb, "nsubj", "dobj") is None:
        return True
    if (
        verb.dep_ == "conj"
        and verb.tag_ == "VBN"
        and child(verb, "nsubj", "dobj", "aux") is None
        and is_verb(verb.head)
    ):
        return is_passive(verb.head)
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and verb.i < verb.head.i:
        # "pounded by artillery, the town fell"
        return child(verb, "nsubj", "dobj", "aux", "mark") is None
    return bool(verb.dep_ == "xcomp" and verb.tag_ == "VBN" and child(verb, "dobj", "aux") is None)


def antecedent(pronoun: Token) -> Token:
    """The noun a relative pronoun stands for, else the pronoun."""
    if pronoun.tag_ in ("WDT", "WP", "WP$", "WRB") or pronoun.lower_ in ("who", "which", "that", "whom", "where"):
        node = pronoun.head
        for _ in range(8):
            if node.dep_ == "relcl":
                noun = node.head
                named = noun.dep_ == "appos" and noun.pos_ == "NOUN" and noun.head.pos_ == "PROPN"
                return noun.head if named else noun  # "X, a town which": X
            if node.head.i == node.i or not is_verb(node):
                break
            node = node.head
    return pronoun


# "by nightfall", "by Monday": when, and nobody.
_TIMES = frozenset({
    "nightfall", "dawn", "dusk", "noon", "midday", "midnight", "morning", "evening", "night", "afternoon", "then",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december", "sunset", "sunrise",
    "now",
})  # fmt: skip


def subject(verb: Token) -> Token | None:
    """Who does it: the subject of an active verb, the agent of a passive one.

    Inherited where the clause leaves it out.
    """
    return _subject(verb, 0)


def _subject(verb: Token, depth: int) -> Token | None:
    """`subject`, stopping after a few links."""
    if depth > 8:
        return None
    passive = is_passive(verb)
    if passive:
        agent = child(verb, "agent")
        noun = child(agent, "pobj") if agent is not None else None
        if noun is None:
            by = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "by"), None)
            noun = child(by, "pobj") if by is not None else None
        if noun is None and verb.dep_ == "ccomp" and verb.head.lemma_ == "have":
            return _subject(verb.head, depth + 1)  # "have X surrounded"
        return None if noun is not None and noun.lower_ in _TIMES else noun
    own = child(verb, "nsubj", "csubj")
    if own is not None:
        return antecedent(own)
    head = verb.head
    if verb.dep_ == "acl" and head.pos_ != "VERB":
        if verb.tag_ == "VBG":
            return head
        return noun_agent(head, depth + 1)  # "an effort to capture": who makes the effort
    if verb.dep_ == "relcl":
        return head
    if verb.dep_ == "xcomp":
        obj = child(head, "dobj")
        if obj is not None and head.lemma_ in (
            "force",
            "compel",
            "cause",
            "oblige",
            "push",
            "see",
            "show",
            "order",
            "oblige",
        ):
            return obj
        if is_passive(head):
            own = child(head, "nsubjpass")
            return antecedent(own) if own is not None else _subject(head, depth + 1)
        return _subject(head, depth + 1) if is_verb(head) or head.pos_ == "ADJ" else None
    if verb.dep_ in ("conj", "advcl", "dep", "ccomp", "parataxis") and is_verb(head):
        if verb.dep_ == "ccomp" and child(verb, "mark") is not None:
            return None
        if is_passive(head):
            own = child(head, "nsubjpass")
            if verb.dep_ == "conj" and own is not None:
                return antecedent(own)
        return _subject(head, depth + 1)
    if verb.dep_ == "acomp" or (verb.pos_ == "ADJ" and is_verb(head)):
        return _subject(head, depth + 1)
    if verb.dep_ in ("pcomp",):
        over = head.head
        if is_verb(over) and is_passive(over):
            own = child(over, "nsubjpass")
            if own is None and over.dep_ == "conj" and is_verb(over.head):
                own = child(over.head, "nsubj", "nsubjpass")
            return antecedent(own) if own is not None else None
        accused = child(over, "dobj") if over.lemma_.lower() in ACCUSING and head.lower_ in ("of", "for") else None
        if accused is not None:
            return accused
        return _subject(over, depth + 1) if is_verb(over) else noun_agent(over, depth + 1)
    return None


TELLING = frozenset({"report", "describe", "note", "record", "mention", "condemn"})
"""Verbs whose object is told of and not done by their subject."""


def noun_agent(noun: Token, depth: int = 0) -> Token | None:
    """Who is behind an event named by a noun: the noun itself (its modifiers name the side).

    Else its verb's subject.
    """
    if depth > 8:
        return None
    for c in noun.children:
        if c.dep_ == "poss":
            return noun
        if c.dep_ == "prep" and c.lower_ in ("by", "of"):
            inner = child(c, "pobj")
            if inner is not None:
                return inner
    if any(
        c.dep_ in ("amod", "compound", "nmod")
        and (c.text[:1].isupper() or c.lower_ in ("enemy", "rebel", "government", "regime", "opposition"))
        for c in noun.children
    ):
        return noun
    if noun.dep_ in (*OBJECTS, "conj") and is_verb(noun.head):
        if noun.head.lemma_.lower() in TELLING:
            return noun  # "reported an attempt to break through": who tells of it has not made it
        return _subject(noun.head, depth + 1)
    return noun


def noun_children(noun: Token) -> Iterator[Token]:
    """Dependents that modify a noun, through coordination of modifiers ("Russian and DNR forces")."""
    for c in noun.children:
        if c.dep_ in MODIFIERS and c.dep_ != "det":
            yield c
            for d in c.children:
                if d.dep_ in ("conj", "amod", "compound", "nmod", "npadvmod"):
                    yield d
                    yield from (e for e in d.children if e.dep_ in ("conj", "compound", "amod"))


def clause_verb(token: Token) -> Token:
    """The verb of the clause a token stands in (the token itself where it is one)."""
    node = token
    for _ in range(30):
        if is_verb(node) or node.head.i == node.i:
            return node
        node = node.head
    return node
