"""Acts of saying in a parsed sentence: the verbs and nouns above an event that say it, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from whoholds.extract.citing import quoted
from whoholds.extract.clauses import (
    SUBJECTS,
    agent_of,
    is_negated,
    is_passive,
    is_verb,
    modals_of,
    own_subject,
    path_up,
    subject_of,
)
from whoholds.extract.cues import english_cues
from whoholds.extract.governing import is_voiced
from whoholds.extract.syntax import TELLING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

    from whoholds.extract.cues import Cues

_COMPLEMENTS = frozenset(
    {"ccomp", "xcomp", "parataxis", "oprd", "advcl", "acl", "pcomp", "dep", "npadvmod", "attr", "intj"}
)
_NOUN_COMPLEMENTS = frozenset({"prep", "acl", "ccomp", "relcl", "appos", "compound", "amod"})
_OBJECTS = frozenset({"dobj", "obj", "oprd", "attr", "dative", "nsubj"})
_ABOUT = frozenset({"of", "about", "on", "over", "regarding", "to"})
_ADDING = frozenset({"adding", "noting", "stressing", "explaining", "saying", "insisting", "emphasizing"})
# passives that spread a rumour where no agent is named
_RUMOURED = frozenset({"reported", "rumored", "rumoured", "said", "claimed", "alleged"})

# what parts a sentence or quotation from the words of saying behind it
_BEFORE_SPEECH = frozenset({",", "”", '"', "-", "–", "—", "''", "?", "!"})
_NOUN_PHRASE = frozenset({"NOUN", "PROPN", "ADJ", "DET", "CCONJ", "ADP", "NUM", "PRON", "ADV", "PART", "AUX"})
_LONGEST_SPEAKER = 20


@dataclass(frozen=True, slots=True)
class Act:
    """One act of saying: its word, who says it (the head of a noun phrase), and by which rule."""

    word: Token
    who: Token | None
    rule: str
    rumour: bool = False


def acts_above(trigger: Token, cues: Cues) -> Iterator[Act]:
    """The acts of saying on the way from the trigger to the root, innermost first."""
    path = path_up(trigger)
    beside = False  # whether the way has left a relative or adverbial clause
    for child, node in pairwise(path):
        label, word = child.dep_, node.lower_
        beside = beside or label in {"relcl", "advcl"}
        if is_verb(node):
            hung = node.dep_ in {"advcl", "relcl"} or (node.tag_ == "VBG" and node.head.i != node.i)
            if word in cues.infer and hung and label in _COMPLEMENTS | _OBJECTS:
                who = subject_of(node)
                if who is None or who.lower_ not in cues.picture_nouns:
                    yield Act(node, None, "own-voice")
                    return
            act = _act_of_verb(child, node, cues, beside=beside)
            if act is not None:
                yield act
        elif label in _NOUN_COMPLEMENTS and (
            word in cues.rumour_nouns
            or is_voiced(node)
            or not cues.saying_nouns.isdisjoint((word, word.removesuffix("s")))
        ):
            if beside:
                continue
            act = act_of_noun(node, label, cues)
            if act is not None:
                yield act
        elif word in cues.picture_nouns | cues.map_nouns and label in {"prep", "acl", "relcl", "appos", "ccomp"}:
            # "said in a video that ...": the words are the speaker's, the picture is only of them
            said = _said_in(node, cues)
            yield Act(said, subject_of(said), "said-in") if said is not None else Act(node, None, "picture")


def _can_speak(noun: Token, cues: Cues) -> bool:
    """Whether a common noun is somebody: an office, a body, a trade."""
    word = noun.lower_.removesuffix("s")
    return word in cues.titles | cues.institutions | cues.generic_speakers | cues.local_bodies or noun.lower_ in (
        cues.institutions | cues.local_bodies
    )


def _speaker_above(node: Token, cues: Cues) -> Token | None:
    """Who says a second thing: of "officials said that troops left and confirmed the loss" the officials."""
    if node.dep_ != "conj" or own_subject(node) is not None:
        return None
    above = next((t for t in path_up(node)[1:] if t.lower_ in cues.say and t.tag_ == node.tag_), None)
    return subject_of(above) if above is not None else None


def _speaker_of(verb: Token) -> Token | None:
    """The subject of a verb of saying; one found inside the quotation gives way to the words behind it."""
    who = quoted(verb) or subject_of(_told_with(verb))
    if who is None and verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return _unparsed_subject(verb)
    return _behind_quotation(who, verb)


def _told_with(verb: Token) -> Token:
    """The verb of saying whose subject a participle shares: "X said that troops had left, adding that ...": X adds."""
    over = verb.head
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.lower_ not in _ADDING:
        return verb
    while over.dep_ in {"ccomp", "conj"} and is_verb(over.head) and over.lower_ not in english_cues().say:
        over = over.head
    return over if over.lower_ in english_cues().say else verb


def _behind_quotation(who: Token | None, verb: Token) -> Token | None:
    """The subject, or the first noun behind the closing mark where the parser found the subject before it."""
    if who is None or who.i > verb.i:
        return who
    marks = [t.i for t in verb.doc[who.i : verb.i] if t.text in {'"', "”", "''"}]
    if len(marks) != 1:
        return who
    behind = verb.doc[marks[0] + 1 : verb.i]
    return next((t for t in behind if t.pos_ in {"NOUN", "PROPN", "PRON"} and t.dep_ != "compound"), who)


def _shows_beside(verb: Token, cues: Cues) -> bool:
    """Whether a participle tells what a picture shows: "posted a video, showing ..."."""
    head = verb.head
    if verb.dep_ not in {"advcl", "acl"} or head.lower_ not in cues.show:
        return False
    return any(c.dep_ == "dobj" and c.lower_ in cues.picture_nouns for c in head.children)


def _said_in(noun: Token, cues: Cues) -> Token | None:
    """The verb of "said in a video", "wrote in a post", for the noun."""
    if (
        noun.dep_ == "pobj"
        and noun.head.dep_ == "prep"
        and noun.head.lower_ in {"in", "on", "via", "during", "through"}
    ):
        verb = noun.head.head
        if verb.lower_ in cues.quote and is_verb(verb) and not is_passive(verb) and subject_of(verb) is not None:
            return verb
    return None


def _act_of_verb(child: Token, node: Token, cues: Cues, *, beside: bool) -> Act | None:
    """Whether a verb above the trigger says it, and who its speaker is."""
    label, word = child.dep_, node.lower_
    if word in cues.depict and label in {"ccomp", "dobj"}:
        who = subject_of(node)
        if who is not None and (
            who.lower_ in cues.picture_nouns or who.lower_ in cues.map_nouns or has_picture(who, cues)
        ):
            return Act(node, None, "picture")
    if word in cues.depict and _shows_beside(node, cues):
        return Act(node, None, "picture")
    if word not in cues.speech:
        cue = next((c for c in node.children if c.dep_ == "dobj" and c.lower_ in cues.saying_nouns), None)
        if cue is not None and label == "ccomp":
            # "made the announcement it was sending ...": the clause hangs on the verb, the saying is in the noun
            return act_of_noun(cue, label, cues)
        return None
    if (
        label in {"nsubjpass", "csubjpass"}
        or (label == "xcomp" and is_passive(node))
        or (label in {"ccomp", "oprd"} and is_passive(node) and _is_impersonal(node))
    ):
        if word not in cues.say_noun | cues.say:
            return None
        if word in cues.plan and word not in {"report", "reported"}:
            return None
        agent = agent_of(node)
        if agent is not None:
            return Act(node, agent, "passive-by")
        if word in _RUMOURED:
            return Act(node, None, "rumour", rumour=True)
        return None
    if label in SUBJECTS:
        return None
    who = _speaker_above(node, cues) or _speaker_of(node)
    if label == "advcl":
        # "adding", "as it said": only a participle's own complement is said; a clause beside it is not
        return None
    if label == "conj":
        return _act_of_conj(child, node, who, cues)
    by_clause = label in _COMPLEMENTS and word in cues.say and (label != "xcomp" or word in cues.say_self)
    by_object = label in _OBJECTS and word in cues.say_noun | cues.show
    by_about = label in {"prep", "agent", "dative"} and child.lower_ in _ABOUT and word in cues.say_of
    accused = label == "dobj" and word in cues.say_of and any(c.lower_ == "of" for c in child.children)
    by_about = by_about or accused
    if by_object and word in {"declare", "declares", "declared", "declaring"} and child.lower_ in cues.acts_of_state:
        # who declares war makes it
        return None
    if word in cues.show and word not in cues.say_noun and by_object and not has_picture(child, cues):
        by_object = False
    if label == "xcomp" and (beside or (who is not None and who.lower_ in cues.bodies and word in cues.threat_words)):
        # forces that threaten to encircle a town say nothing
        return None
    if not by_clause and modals_of(node):
        # what leaders "will discuss" nobody has said
        return None
    if not by_clause and (beside or not (by_object or by_about)):
        # "dismissed a revolt that took the east": what is told of the revolt is not dismissed
        return None
    if is_passive(node):
        agent = agent_of(node)
        return Act(node, agent, "passive-by") if agent is not None else None
    if who is None:
        return None
    if who.lower_ in cues.picture_nouns or who.lower_ in cues.map_nouns:
        return Act(node, who, "picture")
    if word in cues.infer and who.pos_ == "NOUN" and not _can_speak(who, cues):
        # "the pattern of strikes suggests ...": nobody says it but the report
        return Act(node, None, "own-voice")
    return Act(node, who, f"{word}-{label}")


def _act_of_conj(child: Token, node: Token, who: Token | None, cues: Cues) -> Act | None:
    """A clause joined by "and" to the verb of saying, with a subject of its own: what is said goes on."""
    word = node.lower_
    if word not in cues.say or who is None or not is_verb(child):
        return None
    own = own_subject(child)
    joined = [t.lower_ for t in child.doc[node.i : child.i] if t.dep_ == "cc" and t.head.i == node.i]
    complement = any(c.dep_ == "ccomp" and c.i < child.i for c in node.children)
    if not complement and word in {"say", "says", "said", "saying"}:
        # saying takes a clause: with none of its own, the joined one is it
        return Act(node, who, "said-and")
    if own is None and complement and any(c.tag_ == "MD" for c in child.children):
        # "said the army failed and will strike": what will be is part of what was said
        return Act(node, who, "said-and")
    if own is None or not complement or joined != ["and"]:
        return None
    if own.lower_ in cues.picture_nouns or own.lower_ in {"isw"}:
        return None
    return Act(node, who, "said-and")


def act_of_noun(node: Token, label: str, cues: Cues) -> Act | None:
    """Whose saying a noun of saying is: "X's claim", "a statement by X", "X issued an acknowledgement"."""
    if node.lower_.removesuffix("s") in {"comment", "response", "confirmation", "remark"} and is_negated(node):
        # "no comment from X on reports that": X says nothing
        return None
    for token in node.lefts:
        # "X's May 5 assessment": the owner may hang on the day
        owner = next((t for t in token.subtree if t.dep_ == "poss" or any(c.dep_ == "case" for c in t.children)), None)
        if owner is not None:
            return Act(node, owner, "noun-of")
    for token in node.children:
        if token.dep_ in {"prep", "agent"} and token.lower_ in {"by", "from"}:
            who = next((c for c in token.children if c.dep_ == "pobj"), None)
            if who is not None and who.pos_ in {"PROPN", "NOUN"}:
                return Act(node, who, "noun-by")
    said = _said_in(node, cues)
    if said is not None:
        return Act(said, subject_of(said), "said-in")
    head = node.head
    if node.dep_ in {"dobj", "obj", "attr"} and is_verb(head):
        if is_passive(head):
            agent = agent_of(head)
            return Act(node, agent, "noun-cue") if agent is not None else None
        who = subject_of(head)
        if who is not None and who.lower_ not in {"there", "it"}:
            return Act(node, who, "noun-cue")
    if node.lower_ in cues.rumour_nouns and label in {"prep", "acl", "ccomp"}:
        return Act(node, None, "rumour", rumour=True)
    return None


def has_picture(token: Token, cues: Cues) -> bool:
    """Whether a noun, or one joined to it, is a picture."""
    return token.lower_ in cues.picture_nouns or any(
        c.lower_ in cues.picture_nouns for c in token.children if c.dep_ in {"conj", "compound"}
    )


def _is_impersonal(verb: Token) -> bool:
    """Whether the verb's subject is "it" or "there", or it has none."""
    who = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    return who is None or who.lower_ in {"it", "there"}


def inverted_subject(verb: Token) -> Token | None:
    """The noun right after the verb in '", said Petrenko', where the parser took it for an object."""
    if verb.lower_ in {"told", "tells", "informed"}:
        # ", told reporters": whom one tells is no speaker
        return None
    cues = english_cues()
    before = verb.doc[verb.i - 1].text if verb.i > 0 else ""
    after_quote = before in _BEFORE_SPEECH
    if verb.lemma_.lower() in TELLING and own_subject(verb) is not None:
        after_quote = False  # "X, an official in Y, reported an attack": its object
    for child in verb.rights:
        if child.pos_ not in {"PROPN", "NOUN"} or child.tag_ == "CD" or child.lower_ in cues.days:
            continue
        if child.dep_ == "nsubj" or (after_quote and child.dep_ in {"dobj", "npadvmod", "attr", "oprd"}):
            return child
    return None


def framing_subject(verb: Token) -> Token | None:
    """Who speaks in the words that frame a sentence: behind the verb in ", said Petrenko", else its subject."""
    after_speech = verb.i > 0 and verb.doc[verb.i - 1].text in _BEFORE_SPEECH
    inverted = inverted_subject(verb) if after_speech else None
    found = inverted or _behind_quotation(own_subject(verb), verb) or inverted_subject(verb)
    if found is not None and found.i < verb.i:
        # of "activists and state media said" the parser may keep the last: the first stands behind the comma
        begin = _phrase_before(verb, verb.sent)
        first = next((t for t in verb.doc[begin : found.i] if t.tag_ in {"NNS", "NNPS"} and t.dep_ != "compound"), None)
        joined = first is not None and any(t.lower_ == "and" for t in verb.doc[first.i : found.i])
        return first if joined else found
    return found or _unparsed_subject(verb)


def _unparsed_subject(verb: Token) -> Token | None:
    """The noun before a verb of saying that the parser gave no subject."""
    for child in verb.lefts:
        if child.pos_ in {"NOUN", "PROPN"} and child.dep_ in {"ccomp", "dep", "parataxis", "npadvmod"}:
            return child
    begin = _phrase_before(verb, verb.sent)
    if begin in {verb.i, 0} or verb.doc[begin - 1].text not in _BEFORE_SPEECH:
        return None
    nouns = [t for t in verb.doc[begin : verb.i] if t.pos_ in {"NOUN", "PROPN"} and t.dep_ != "compound"]
    joined = any(t.lower_ == "and" for t in verb.doc[begin : verb.i])
    return (nouns[0] if joined else nouns[-1]) if nouns else None


def _phrase_before(verb: Token, sent: Sentence) -> int:
    """Where the noun phrase right before a verb begins, by its words alone: lists of speakers parse badly."""
    begin = verb.i
    while begin > sent.start and verb.i - begin < _LONGEST_SPEAKER:
        token = sent.doc[begin - 1]
        if token.text in _BEFORE_SPEECH and token.text not in {"-", "–"}:
            # ", Ole Dahl, the mayor, said": a comma within the phrase closes an apposition
            is_inner = token.text == "," and begin == verb.i
            if not is_inner:
                break
        elif token.pos_ not in _NOUN_PHRASE and token.text not in {"-", "'s", "’s"}:
            break
        begin -= 1
    return begin


def interrupts(verb: Token, sent: Sentence, trigger: Token) -> bool:
    """Whether ", X said," stands in the middle of the sentence before the trigger: what follows is said too."""
    if verb.i >= trigger.i or is_passive(verb):
        return False
    begin = _phrase_before(verb, sent)
    if begin in {verb.i, sent.start} or sent.doc[begin - 1].text not in {",", "”", '"'}:
        return False
    for token in sent.doc[verb.i + 1 : min(verb.i + 5, trigger.i)]:
        if token.text == ",":
            # "..., X said, handing Y its worst loss" ends in the report's own words
            return token.nbor(1).tag_ != "VBG"
        if is_verb(token):
            break
    return False


def ends_with_speech(verb: Token, sent: Sentence, trigger: Token) -> bool:
    """Whether the verb closes the sentence as its frame (", X said on Monday."), with no clause of its own after it."""
    if is_passive(verb) or any(
        c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i and not _is_quoted(c) for c in verb.children
    ):
        return False
    inverted = (
        inverted_subject(verb) is not None and verb.i > sent.start and sent.doc[verb.i - 1].text in _BEFORE_SPEECH
    )
    begin = verb.i if inverted else _phrase_before(verb, sent)
    if begin <= trigger.i:
        return False
    before = sent.doc[begin - 1] if begin > sent.start else None
    return before is not None and before.text in _BEFORE_SPEECH


def _is_quoted(clause: Token) -> bool:
    """Whether a clause begins a quotation: '..., X said, "to save lives".' goes on with what was said before."""
    start = clause.left_edge.i
    return any(t.text in {'"', "“"} for t in clause.doc[max(0, start - 1) : start + 1])


def accorded(token: Token, sent: Sentence) -> Token | None:
    """X, where the token is the "according" of "according to X"."""
    if token.lower_ != "according" or token.i + 1 >= sent.end or token.nbor(1).lower_ != "to":
        return None
    for to in (token.nbor(1), token):
        found = next((c for c in to.children if c.dep_ == "pobj"), None)
        if found is not None:
            return found
    return None
