"""Repairs of parses where the model is known to go wrong on war reports; each by what the words themselves show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.joined import (
    and_surrounding,
    beside_day,
    one_more_aim,
    one_more_deed,
    one_more_thing,
    thanked_who,
)
from whoholds.extract.passives import (
    SURROUNDED,
    base_form,
    came_under,
    engaged_in,
    is_done,
    is_surrounded,
    left_out_was,
)
from whoholds.extract.recast import (
    after_reported,
    and_done,
    and_its,
    and_their,
    and_went_on,
    by_whom,
    entered_who_came,
    goes_on_doing,
    it_continues,
    massed,
    shelling_of,
    struck_what,
    taken_what,
    they_announced,
    they_are,
    they_did,
    they_rage,
    under_whose,
    what_it_is,
    which_of_them,
    while_they_did,
    who_has_done,
    who_were_there,
)
from whoholds.extract.rehung import (
    MOVES,
    VAIN,
    after_aside,
    after_surrounding,
    aimed_at_what,
    back_under,
    behind_a_day,
    done_where,
    in_direction,
    in_the_next,
    including_what,
    on_what,
    to_no_avail,
    toward_what,
)
from whoholds.extract.texts import Columns

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_ACCUSE = frozenset({"accuse", "blame", "condemn", "denounce", "criticize", "criticise", "suspect"})
_ENTRENCHED = {"holed": "hole", "dug": "dig"}
_TAKE = frozenset(
    {"take", "capture", "seize", "retake", "recapture", "liberate", "lose", "hold", "control", "regain", "occupy"}
)
_SAID = frozenset({"said", "says", "reported", "announced", "told", "confirmed"})
_LAUNCH = frozenset({"launch", "begin", "start", "resume", "continue", "mount"})
_OFFENSIVES = frozenset({"offensive", "counteroffensive", "counter-offensive"})
_ONCE_MORE = frozenset({"resumed", "continued", "renewed", "repeated", "attempted", "planned"})
_LONGEST_NAME = 10  # [words]
_COME_DOWN = frozenset({"land", "fall", "explode", "hit", "strike", "slam", "crash"})


def mend(doc: Doc) -> None:
    """Repair the parse of a sentence in place."""
    words = Columns.of(doc)
    for i, (dep, pos, lower) in enumerate(zip(words.dep, words.pos, words.lower, strict=True)):
        if pos == "NOUN" and dep in ("xcomp", "advcl", "acl") and words.tag[i] == "NN":
            _to_do(doc[i])
        if dep in ("advcl", "xcomp", "relcl") and words.tag[i] == "VB":
            aimed_at_what(doc[i])
        # Only what one of them may look at: no repair makes another word one of these.
        if dep in ("nmod", "compound", "poss", "amod"):
            if words.tag[i] == "NNS" and dep == "compound":
                they_rage(doc[i])
            if pos == "PROPN":
                _cut_off_from_speaker(doc[i])
            if lower.endswith("ing"):
                _accused_of(doc[i])
                goes_on_doing(doc[i])
            elif lower.endswith("ed") and pos == "ADJ":
                and_went_on(doc[i])
            if pos == "VERB":
                massed(doc[i])
                and_went_on(doc[i])
        elif dep in ("conj", "dep", "advcl"):
            if lower in _OFFENSIVES:
                _launched_offensive(doc[i])
            elif lower == "surrounding":
                and_surrounding(doc[i])
            if pos == "VERB":
                thanked_who(doc[i])
                one_more_aim(doc[i])
                one_more_deed(doc[i])
                and_done(doc[i])
                who_were_there(doc[i])
            elif pos == "PROPN":
                beside_day(doc[i])
            elif pos == "NOUN":
                what_it_is(doc[i])
                if dep == "conj":
                    one_more_thing(doc[i])
            if dep == "advcl" and words.tag[i] == "VBG":
                came_under(doc[i])
            if dep == "advcl" and words.tag[i] == "VBN":
                after_reported(doc[i])
        elif dep in ("relcl", "acl"):
            _taken_beside(doc[i])
            entered_who_came(doc[i])
            if dep == "relcl":
                behind_a_day(doc[i])
            if dep == "acl":
                they_announced(doc[i])
                _main_verb(doc[i])
                _repelled_resumed(doc[i])
        elif dep == "ccomp" and lower not in _SAID:
            and_its(doc[i])
            struck_what(doc[i])
            they_did(doc[i])
        elif dep in ("advmod", "acomp", "oprd") and lower in _OFFENSIVES:
            _launched_offensive(doc[i])
        elif dep == "ROOT" and words.lemma[i] in ("be", "include"):
            they_are(doc[i])
        elif dep == "ROOT" and lower in ("shelling", "bombing", "bombardment"):
            shelling_of(doc[i])
        elif dep == "ROOT" and words.tag[i] == "JJ":
            they_did(doc[i])
        elif dep in ("nsubj", "nsubjpass", "mark"):
            _hung_on_auxiliary(doc[i])
            if dep == "nsubjpass":
                who_has_done(doc[i])
            if dep == "nsubj":
                and_their(doc[i])
                _done_by(doc[i])
                left_out_was(doc[i])
        elif dep == "aux" and lower in ("continue", "continues", "continued"):
            it_continues(doc[i])
        elif dep == "auxpass":
            is_done(doc[i])
            engaged_in(doc[i])
        elif dep == "appos" and pos == "NOUN":
            _whom_it_accords_to(doc[i])
            which_of_them(doc[i])
        elif dep in ("acomp", "oprd") and lower in _ENTRENCHED:
            _holed_up(doc[i])
        elif dep == "prep" and doc[i].head.lower_ in VAIN:
            to_no_avail(doc[i])
        elif dep == "prep" and lower == "including":
            including_what(doc[i])
        elif dep == "prep" and lower == "by":
            by_whom(doc[i])
        elif dep == "prep" and lower == "under":
            under_whose(doc[i])
            if doc[i].head.lower_ == "back":
                back_under(doc[i])
        elif dep == "acomp" and words.tag[i] == "JJ" and lower in SURROUNDED:
            is_surrounded(doc[i])
        elif dep == "prep" and lower in ("on", "against"):
            on_what(doc[i])
        elif dep == "npadvmod" and pos == "NOUN":
            taken_what(doc[i])
            what_it_is(doc[i])
        elif dep == "dobj" and pos == "NOUN":
            what_it_is(doc[i])
        elif dep == "prep" and lower in ("after", "before", "as", "until", "since", "following"):
            while_they_did(doc[i])
            after_surrounding(doc[i])
        elif dep == "prep" and lower in ("toward", "towards"):
            toward_what(doc[i])
        elif lower in _SAID and pos == "VERB":
            _said_who(doc[i])
        elif dep == "prep" and lower in ("under", "in") and doc[i].head.lower_ == "back":
            back_under(doc[i])
        elif dep == "prep" and lower in ("in", "near", "around", "along", "into") and doc[i].head.dep_ == "pobj":
            done_where(doc[i])
        elif dep == "prep" and lower in ("in", "near") and words.pos[doc[i].head.i] == "VERB":
            in_the_next(doc[i])
            in_direction(doc[i])
            after_aside(doc[i])


def _cut_off_from_speaker(token: Token) -> None:
    """ "took X, Y's leader said": X is what was taken, no modifier of the leader behind the comma."""
    head = token.head
    if token.pos_ != "PROPN" or token.dep_ not in ("nmod", "compound", "poss", "amod") or head.i <= token.i + 1:
        return
    doc = token.doc
    if doc[token.i + 1].text != "," or token.i == 0 or head.dep_ != "nsubj" or head.head.i < head.i:
        return
    first = _first_word(token)
    if first == 0:
        return
    before = doc[first - 1]
    over = before.head if before.pos_ == "ADP" and before.dep_ == "prep" else before
    if over.i == head.i or any(t.i == token.i for t in over.ancestors):
        return
    owners = [t for t in token.subtree if t.dep_ == "conj" and t.i > token.i + 1 and doc[t.i - 1].text == ","]
    if before.pos_ in ("ADP", "VERB"):
        for owner in owners:
            owner.head, owner.dep_ = head, "poss"
    if before.pos_ == "ADP" and not any(c.dep_ == "pobj" for c in before.children):
        token.head, token.dep_ = before, "pobj"
    elif before.pos_ == "VERB" and not any(c.dep_ in ("dobj", "nsubjpass") for c in before.children):
        token.head, token.dep_ = before, "dobj"


def _first_word(noun: Token) -> int:
    """Where a noun with its modifiers begins."""
    return min(t.i for t in noun.subtree if t.i <= noun.i)


def _accused_of(token: Token) -> None:
    """ "accused X of bombing hospitals": bombing is done, it is no kind of hospital."""
    if token.dep_ not in ("compound", "amod") or not token.lower_.endswith("ing") or token.i == 0:
        return
    noun, prep = token.head, token.doc[token.i - 1]
    if prep.lower_ not in ("of", "for") or noun.dep_ != "pobj" or noun.head.i != prep.i:
        return
    if prep.head.lemma_.lower() not in _ACCUSE and prep.head.head.lemma_.lower() not in _ACCUSE:
        return
    token.head, token.dep_, token.tag_, token.pos_ = prep, "pcomp", "VBG", "VERB"
    token.lemma_ = base_form(token.lower_)
    noun.head, noun.dep_ = token, "dobj"


def _taken_beside(token: Token) -> None:
    """ "crossed the river south of X, which they took": X is what was taken, not the river."""
    if token.lemma_.lower() not in _TAKE:
        return
    if token.dep_ == "acl" and token.tag_ == "VBN" and token.i > 1 and token.nbor(-1).text == ",":
        # "the recapture of X, occupied in April"
        name = token.nbor(-2)
        if name.dep_ == "pobj" and name.pos_ == "PROPN" and name.head.head.i == token.head.i:
            token.head = name
        return
    if token.dep_ != "relcl":
        return
    which = next((c for c in token.children if c.lower_ in ("which", "that") and c.dep_ in ("dobj", "nsubjpass")), None)
    if which is None or which.i < 2 or which.nbor(-1).text != ",":
        return
    name = which.nbor(-2)
    if name.pos_ == "PROPN" and name.i != token.head.i and any(t.i == token.head.i for t in name.ancestors):
        token.head = name


def _said_who(verb: Token) -> None:
    """ "took X, the Observatory for Y said": who says it stands between the comma and the verb, apart from X."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "auxpass") for c in verb.children):
        return
    doc, first = verb.doc, verb.i
    while first > verb.sent.start and verb.i - first <= _LONGEST_NAME and doc[first - 1].text != ",":
        first -= 1
    if doc[first - 1].text != "," or first == verb.i or first - 1 <= verb.sent.start:
        return
    heads = [t for t in doc[first : verb.i] if not first <= t.head.i < verb.i]
    if len(heads) != 1 or heads[0].pos_ not in ("NOUN", "PROPN") or heads[0].dep_ not in ("appos", "conj", "npadvmod"):
        return
    if not any(t.i == heads[0].i for t in verb.subtree):
        return
    heads[0].head, heads[0].dep_ = verb, "nsubj"


def _main_verb(verb: Token) -> None:
    """ "Forces backed by X captured Y": a sentence without a verb has one after all, what the parser hung on X."""
    root = next((t for t in verb.ancestors if t.head.i == t.i), verb)
    if verb.tag_ not in ("VBD", "VBN") or root.pos_ not in ("NOUN", "PROPN") or root.i > verb.i:
        return
    around = {c.dep_ for c in verb.children}
    lands = verb.tag_ == "VBD" and verb.lemma_.lower() in _COME_DOWN and "prep" in around
    moves = verb.lemma_.lower() in MOVES and "prep" in around
    if not ("dobj" in around or lands or moves) or around & {"nsubj", "nsubjpass", "aux", "auxpass", "agent"}:
        return
    verb.head, verb.dep_ = verb, "ROOT"
    root.head, root.dep_ = verb, "nsubj"


def _hung_on_auxiliary(token: Token) -> None:
    """ "said that the rebels have taken X": the rebels take it, they do not hang on "have"."""
    over = token.head
    if over.dep_ in ("aux", "auxpass") and over.head.i > over.i:
        token.head = over.head


def _done_by(token: Token) -> None:
    """ "X retaken by rebels", "X, recaptured by Y last week, lies in ruins": X is what it is done to."""
    verb = token.head
    around = {c.dep_ for c in verb.children}
    if "agent" not in around or around & {"dobj", "aux"}:
        return
    aside = verb.tag_ == "VBD" and token.i < verb.i and verb.nbor(-1).text == ","
    if verb.tag_ == "VBN" or aside:
        token.dep_, verb.tag_ = "nsubjpass", "VBN"


def _launched_offensive(token: Token) -> None:
    """ "launch a ground offensive", "launched offensive": the offensive is launched, not the ground."""
    before = token.nbor(-1) if token.i else token
    if token.dep_ in ("advmod", "acomp", "oprd") and before.i == token.head.i and before.lemma_.lower() in _LAUNCH:
        token.dep_, token.tag_, token.pos_, token.lemma_ = "dobj", "NN", "NOUN", token.lower_
        return
    if before.dep_ != "dobj" or before.head.i != token.head.i or before.pos_ not in ("NOUN", "PROPN"):
        return
    token.dep_, token.tag_, token.pos_, token.lemma_ = "dobj", "NN", "NOUN", token.lower_
    for c in list(before.children):
        c.head = token
    before.head, before.dep_ = token, "compound"


def _repelled_resumed(verb: Token) -> None:
    """ "forces halted resumed attacks": they halted them; the attacks are resumed ones."""
    after = verb.nbor(1) if verb.i + 1 < len(verb.doc) else verb
    who = verb.head
    if (
        after.lower_ not in _ONCE_MORE
        or who.dep_ != "nsubj"
        or who.head.i != after.i
        or verb.tag_ not in ("VBD", "VBN")
    ):
        return
    noun = next((c for c in after.children if c.dep_ == "dobj"), None)
    if noun is None:
        return
    verb.head, verb.dep_, verb.tag_ = (verb if after.head.i == after.i else after.head), after.dep_, "VBD"
    for c in list(after.children):
        c.head = verb
    after.head, after.dep_, after.tag_, after.pos_ = noun, "amod", "JJ", "ADJ"


def _holed_up(token: Token) -> None:
    """ "remain holed up": what the tagger takes for an adjective is done."""
    if token.tag_ == "JJ" and any(c.lower_ in ("up", "in") for c in token.children):
        token.tag_, token.pos_, token.lemma_ = "VBN", "VERB", _ENTRENCHED[token.lower_]
        token.dep_ = "xcomp"


def _whom_it_accords_to(noun: Token) -> None:
    """ "According to X, the enemy, having taken Y, advances": the enemy advances, X is not the enemy."""
    source = noun.head
    to = source.head
    root = to.head.head if to.head.lower_ == "according" else to.head
    if source.dep_ != "pobj" or to.lower_ != "to" or to.i == 0 or to.nbor(-1).lower_ != "according":
        return
    if root.pos_ not in ("VERB", "AUX") or root.i < noun.i:
        return
    if any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in root.children):
        return
    passive = any(c.dep_ == "auxpass" for c in root.children)
    told = [c for c in source.children if c.dep_ in ("relcl", "acl") and c.i > noun.i]
    noun.head, noun.dep_ = root, "nsubjpass" if passive else "nsubj"
    for c in told:
        c.head, c.dep_ = root, "advcl"


def _to_do(token: Token) -> None:
    """ "tried to storm X": what the tagger takes for a noun behind "to" is done."""
    if any(c.tag_ == "TO" and c.dep_ == "aux" for c in token.children):
        token.tag_, token.pos_, token.lemma_ = "VB", "VERB", token.lower_
