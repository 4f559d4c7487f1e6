"""Walking an English dependency parse: the way up from a word, subjects, noun phrases, where a word of time belongs.

Labels are those of spaCy's English models (ClearNLP style): nsubj, ccomp, advcl, relcl, agent, ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.cues import english_cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
# a word of these labels opens a clause of its own
CLAUSES = frozenset({"ccomp", "advcl", "relcl", "acl", "csubj", "csubjpass", "parataxis", "pcomp"})
# conjunctions that part two events rather than join them
_PARTING = frozenset({"but", "while", "then", "although", "though", "however", "whereas", "instead"})


def path_up(token: Token) -> list[Token]:
    """The token, its head, the head of that, ... up to the root of the sentence."""
    path = [token]
    while path[-1].head.i != path[-1].i:
        path.append(path[-1].head)
    return path


def is_verb(token: Token) -> bool:
    """Whether the tagger took it for a verb form."""
    return token.tag_.startswith("VB") or token.tag_ == "MD"


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb: its own, its antecedent's in a relative clause, or the one it shares with a verb above.

    A passive's subject is given too; agents are `agent_of`.
    """
    seen = verb
    for _ in range(6):
        own = next((c for c in seen.children if c.dep_ in SUBJECTS and c.dep_ != "expl"), None)
        if own is not None:
            if own.lower_ in {"who", "which", "that"} and seen.dep_ == "relcl":
                return seen.head
            return own
        if seen.dep_ in {"conj", "xcomp", "advcl"} and seen.head.i != seen.i:
            if is_verb(seen.head) or seen.head.pos_ == "AUX":
                seen = seen.head
                continue
            return None
        if seen.dep_ == "ccomp" and seen.tag_ == "VBG" and is_verb(seen.head):
            seen = seen.head
            continue
        if seen.dep_ in {"acl", "relcl"}:
            return seen.head
        return None
    return None


def agent_of(verb: Token) -> Token | None:
    """Who did it, in a passive: "published by the ministry"."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def is_negated(token: Token) -> bool:
    """Whether a negation hangs directly on the word ("not", "never", "no progress", "no longer")."""
    negations = english_cues().negations
    for child in token.children:
        if child.dep_ == "neg" or (child.lower_ in negations and child.dep_ in {"det", "advmod", "preconj", "cc"}):
            # "not only X but also Y" denies nothing
            following = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            if child.lower_ == "not" and following in {"only", "just", "merely"}:
                continue
            return True
        if child.lower_ == "longer" and any(c.lower_ == "no" for c in child.children):
            return True
    return False


def modals_of(verb: Token) -> frozenset[str]:
    """The modal verbs of a verb, or of the verb it shares them with by "and"."""
    own = frozenset(c.lower_ for c in verb.children if c.tag_ == "MD")
    if own or verb.dep_ != "conj" or not is_verb(verb.head):
        return own
    # "will attack and seize": a coordinated bare form shares the modal
    if verb.tag_ == "VB" and not any(c.dep_ in SUBJECTS for c in verb.children):
        return modals_of(verb.head)
    return own


def adverbs_of(token: Token) -> list[str]:
    """The adverbs that hang directly on a word, lower case."""
    return [c.lower_ for c in token.children if c.dep_ in {"advmod", "amod", "npadvmod", "acomp", "dep"}]


def _clause_top(token: Token) -> Token:
    """The word that heads the clause a word stands in."""
    while token.head.i != token.i and token.dep_ not in CLAUSES and not _is_parted(token):
        token = token.head
    return token


def _is_parted(token: Token) -> bool:
    """Whether the token is a second verb set against the first ("took it but withdrew")."""
    if token.dep_ != "conj" or not is_verb(token):
        return False
    if any(c.lower_ in _PARTING for c in token.children if c.dep_ in {"cc", "advmod", "mark"}):
        return True
    between = token.doc[token.head.i : token.i]
    return any(t.dep_ == "cc" and t.head.i == token.head.i and t.lower_ in _PARTING for t in between)


def eligible_day_token(
    tokens: Sequence[Token], trigger: Token, speech: Sequence[Token], *, ignore_speech: bool
) -> int | None:
    """How closely a time expression belongs to the event: 0 its own clause, 1 the clause around, 2 the statement; None: not.

    Parameters
    ----------
    tokens
        The words of the expression.
    trigger
        The word that carries the event.
    speech
        The verbs by which somebody says it.
    ignore_speech
        Whether the day of the statement must not stand for the event's.
    """
    inside = {t.i for t in tokens}
    top = next((t for t in tokens if t.head.i not in inside), tokens[0])
    way = path_up(top)
    up = path_up(trigger)
    order = {t.i: n for n, t in enumerate(up)}
    speech_at = {t.i for t in speech}
    meeting = next((t for t in way if t.i in order), None)
    if meeting is None:
        return None
    # every clause the expression leaves on its way to the meeting word is one the event does not stand in
    for node in way:
        if node.i == meeting.i:
            break
        if node.i == top.i:
            continue
        if node.dep_ in CLAUSES and not (node.dep_ == "acl" and node.tag_ == "VBN" and node.head.i == meeting.i == trigger.i):
            return None
        if _is_parted(node):
            return None
    if meeting.i in speech_at:
        return None if ignore_speech else 2
    # clauses between the event and the meeting word
    crossed = 0
    for node in up[: order[meeting.i]]:
        if node.dep_ in CLAUSES:
            crossed += 1
            if node.dep_ in {"ccomp", "parataxis"} and node.head.i in speech_at:
                return None if ignore_speech else 2
        if _is_parted(node):
            return None
    # a speech verb below the meeting word means the day dates something around the statement
    if any(t.i in speech_at for t in up[: order[meeting.i]]):
        return None if ignore_speech else 2
    return 0 if crossed == 0 else 1
