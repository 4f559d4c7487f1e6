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
_PROGRESS = frozenset({"advance", "progress", "gain", "headway"})
_PARTING = frozenset({"but", "while", "then", "although", "though", "however", "whereas", "instead"})

# words that set one event at another time than the other
_OTHER_TIMES = frozenset({"after", "before", "since", "until", "following", "despite", "although", "though"})


def path_up(token: Token) -> list[Token]:
    """The token, its head, the head of that, ... up to the root of the sentence."""
    path = [token]
    while path[-1].head.i != path[-1].i:
        path.append(path[-1].head)
    return path


def is_verb(token: Token) -> bool:
    """Whether the tagger took it for a verb form."""
    return token.tag_.startswith("VB") or token.tag_ == "MD"


def own_subject(verb: Token) -> Token | None:
    """The subject on the verb itself: of two ("the commander of the army General X said") the nearest before it."""
    found = [c for c in verb.children if c.dep_ in SUBJECTS and c.dep_ != "expl"]
    before = [c for c in found if c.i < verb.i]
    return before[-1] if before else (found[0] if found else None)


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb: its own, its antecedent's in a relative clause, or the one it shares with a verb above.

    A passive's subject is given too; agents are `agent_of`.
    """
    seen = verb
    for _ in range(6):
        own = own_subject(seen)
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
        if seen.dep_ == "acl" and seen.tag_ == "VB":
            # "preparations to declare victory": the noun does not declare
            return None
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


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive."""
    return any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children) or (verb.tag_ == "VBN" and verb.dep_ == "acl")


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


def governing_adverbs(verb: Token) -> list[str]:
    """The adverbs of a verb that speak of it, and not of what follows a comma: "struck, likely to deter"."""
    return [
        c.lower_
        for c in verb.children
        if c.dep_ in {"advmod", "amod", "npadvmod", "acomp", "dep"}
        and not (c.i > verb.i and c.doc[c.i - 1].text in {",", "–", "—", "-"})
    ]


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
    """How closely an expression of time belongs to an event: 0 its own clause, 1 the one around, 2 its statement.

    None where it belongs to something else.

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
    speech_at = {t.i for t in speech}
    inside = {t.i for t in tokens}
    top = next((t for t in tokens if t.head.i not in inside), tokens[0])
    way = path_up(top)
    up = path_up(trigger)
    order = {t.i: n for n, t in enumerate(up)}
    meeting = next((t for t in way if t.i in order), None)
    if meeting is None:
        return None
    # every clause the expression leaves on its way to the meeting word is one the event does not stand in
    for node in way:
        if node.i == meeting.i:
            break
        if node.i == top.i:
            continue
        if node.dep_ == "prep" and node.i != top.head.i and node.lower_ in _OTHER_TIMES:
            return None
        if node.i in speech_at or _dates_a_showing(node):
            return None if ignore_speech else 2
        if node.dep_ in CLAUSES and not _is_within_event(node, meeting, trigger):
            return None
        if _is_parted(node) and not _says_no_progress(node):
            return None
    if meeting.i in speech_at:
        return None if ignore_speech else 2
    made = meeting.lemma_.lower() == "declare" and trigger.lower_ in english_cues().acts_of_state
    if meeting.lower_ in english_cues().say and meeting.i not in {trigger.i, top.i} and not made:
        # it dates what somebody said of something else
        return None
    # clauses between the event and the meeting word
    crossed = 0
    for node in up[: order[meeting.i]]:
        if node.dep_ == "acl" and node.i == trigger.i and node.tag_ == "VBN" and node.head.i != meeting.i:
            # "raised a flag on Monday over towns ceded by X"
            return None
        if node.dep_ == "relcl" or (node.dep_ in {"prep", "mark", "advcl"} and _is_other_time(node)):
            return None
        if node.dep_ == "advcl" and _is_set_beside(node) and tokens[0].i > tokens[0].sent.start + 2:
            return None
        if node.dep_ in CLAUSES:
            crossed += 1
            if node.dep_ in {"ccomp", "parataxis"} and node.head.i in speech_at:
                # "took X on Monday, but Y said ...": the saying is a clause of its own
                apart = any(_is_parted(t) for t in up[order[node.i] + 1 : order[meeting.i]])
                return None if ignore_speech or apart else 2
        if _is_parted(node):
            return None
    # a word of saying below the meeting word: the day dates something around the statement
    if any(t.i in speech_at for t in up[: order[meeting.i]]):
        return None
    return 0 if crossed == 0 else 1


def _says_no_progress(verb: Token) -> bool:
    """Whether a second verb only says that the first came to little: "attacked X but made no advances on Monday"."""
    won = next((c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in _PROGRESS), None)
    return won is not None and any(c.dep_ == "neg" or c.lower_ == "no" for c in (*verb.children, *won.children))


def _dates_a_showing(node: Token) -> bool:
    """Whether a participle dates a picture or statement: "footage posted on Monday"."""
    cues = english_cues()
    shown = cues.picture_nouns | cues.map_nouns | cues.saying_nouns
    return node.dep_ == "acl" and node.lower_ in cues.show | cues.say and node.head.lower_ in shown


def _is_within_event(node: Token, meeting: Token, trigger: Token) -> bool:
    """Whether a clause that holds the day is part of the event: "votes scheduled for", "attacks to keep X out on"."""
    if node.dep_ in {"acl", "relcl"} and node.tag_ == "VBN" and node.head.i == meeting.i == trigger.i:
        return True
    if node.lower_ in english_cues().scheduled and 0 < node.i - trigger.i <= 4:
        return True
    if node.tag_ == "VB" and any(c.lower_ == "to" for c in node.lefts):
        return node.i > trigger.i
    return node.dep_ == "pcomp" and node.i > trigger.i and node.head.lower_ not in _OTHER_TIMES


def _is_set_beside(clause: Token) -> bool:
    """Whether a clause tells of something else beside the main verb: "even as troops ...", "instead moving ..."."""
    if any(c.lower_ in _PARTING for c in clause.children if c.dep_ in {"advmod", "mark", "cc"}):
        return True
    return any(c.dep_ == "mark" for c in clause.children) and own_subject(clause) is not None


def _is_other_time(node: Token) -> bool:
    """Whether a phrase or clause sets the event at another time than what it hangs on: "after capturing X"."""
    if node.dep_ == "prep":
        return node.lower_ in _OTHER_TIMES
    return any(c.dep_ in {"mark", "advmod"} and c.lower_ in _OTHER_TIMES for c in node.children)
