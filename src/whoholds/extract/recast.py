"""Clauses that the parser puts together wrongly: a verb taken for a modifier, a subject or apposition for an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.passives import base_form
from whoholds.extract.syntax import is_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

_TIMES = frozenset({"after", "before", "as", "until", "since"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_STRIKE = frozenset({
    "strike", "hit", "shell", "bomb", "attack", "destroy", "capture", "seize", "storm", "target", "enter", "bombard",
})  # fmt: skip
_RULE = frozenset({"control", "occupation", "siege", "rule"})
_HOLD = frozenset({"control", "hold", "take", "capture", "seize", "retake", "occupy", "recapture", "liberate", "shell"})
_RAGE = frozenset({"rage", "flare", "erupt", "intensify", "continue", "persist", "resume"})
_SIDES = frozenset({"direction", "side", "flank", "front", "axis", "position", "angle"})
_ANNOUNCED = frozenset({"announced", "reported", "confirmed", "claimed", "stated", "noted", "added"})
_WHO_TELLS = frozenset({
    "source", "spokesman", "spokeswoman", "spokesperson", "ministry", "official", "agency", "medium", "media",
    "monitor", "group", "observatory", "command", "authority", "governor", "mayor", "minister", "reporter",
    "activist", "staff",
})  # fmt: skip
_HAVING = frozenset({"has", "have", "had"})
_GO_ON = frozenset({"continue", "begin", "start", "resume", "keep", "stop", "cease", "finish"})
_SETTLEMENTS = frozenset({"village", "town", "settlement", "city", "district", "locality", "place", "area"})
_DONE = frozenset({"liberated", "captured", "recaptured", "freed", "seized", "cleared", "occupied", "abandoned"})
# What a place is said to be behind a comma.
_WHAT_PLACES_ARE = frozenset({
    "stronghold", "bastion", "town", "city", "village", "settlement", "suburb", "district", "hub", "port", "base",
    "gateway", "crossroads", "junction", "crossing", "area", "region", "enclave", "neighborhood", "neighbourhood",
})  # fmt: skip


def while_they_did(prep: Token) -> None:
    """ "came after the army, backed by X, took Y": the army took it, nothing comes after the army."""
    who = next((c for c in prep.children if c.dep_ == "pobj"), None)
    over = prep.head
    if prep.lower_ not in _TIMES or who is None or who.i < prep.i or over.pos_ not in ("VERB", "AUX"):
        return
    last = max(t.i for t in who.subtree)
    if last + 2 >= who.sent.end or who.doc[last + 1].text != ",":
        if who.doc[last].text != "," or last + 1 >= who.sent.end:
            return
        last -= 1
    verb = who.doc[last + 2]
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or verb.dep_ not in ("conj", "dep", "advcl", "ccomp"):
        return
    if verb.head.i != over.i or any(c.dep_ in _SUBJECTS for c in verb.children):
        return
    verb.head, verb.dep_ = over, "advcl"
    who.head, who.dep_ = verb, "nsubj"
    prep.head, prep.dep_ = verb, "mark"


def massed(verb: Token) -> None:
    """ "The group massed fighters outside X": it massed them, they are not the sentence's verb."""
    noun = verb.head
    told = noun.dep_ == "dobj" and is_verb(noun.head) and noun.head.i < verb.i  # "claimed that they secured positions"
    if verb.tag_ not in ("VBN", "VBD") or not (noun.head.i == noun.i or told) or noun.i < verb.i:
        return
    if not any(c.dep_ == "nsubj" and c.i < verb.i for c in verb.children):
        return
    over = noun.head if told else verb
    verb.head, verb.dep_, verb.tag_, verb.pos_ = over, "ccomp" if told else "ROOT", "VBD", "VERB"
    noun.head, noun.dep_ = verb, "dobj"
    for c in list(noun.children):
        if c.dep_ == "mark" or (c.dep_ in ("prep", "punct", "advmod", "advcl", "npadvmod") and not told):
            c.head = verb


_SO_CALLED = frozenset({
    "reported", "alleged", "claimed", "suspected", "rumored", "rumoured", "repeated", "renewed", "failed", "attempted",
    "sustained", "continued", "intensified",
})  # fmt: skip


def after_reported(verb: Token) -> None:
    """ "after reported advances by X, ...": nobody reported them, they are reported ones."""
    if verb.lower_ not in _SO_CALLED:
        return
    mark = verb.nbor(-1) if verb.i > 0 else verb
    noun = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if mark.dep_ != "mark" or mark.head.i != verb.i or noun is None or any(c.dep_ == "nsubj" for c in verb.children):
        return
    mark.head, mark.dep_ = verb.head, "prep"
    for c in list(verb.children):
        if c.i > verb.i and c.i != noun.i:
            c.head = noun
    noun.head, noun.dep_ = mark, "pobj"
    verb.head, verb.dep_, verb.pos_ = noun, "amod", "ADJ"


def shelling_of(verb: Token) -> None:
    """The topic "X shelling:" names an event; X shells nobody."""
    what = verb.nbor(-1) if verb.i > 0 else verb
    if what.dep_ == "nsubj" and what.head.i == verb.i and what.pos_ == "PROPN" and all(c.is_punct for c in verb.rights):
        verb.tag_, verb.pos_, verb.lemma_ = "NN", "NOUN", verb.lower_
        what.dep_ = "compound"


def it_continues(verb: Token) -> None:
    """ "Fighting for X continues, an offensive near Y was stopped": the fighting goes on, it was not stopped."""
    first = verb.head
    second = next((c for c in first.children if c.dep_ == "nsubj" and c.i > verb.i), None)
    if first.dep_ not in ("nsubj", "nsubjpass") or second is None:
        return
    second.head, second.dep_ = first.head, first.dep_
    verb.head, verb.dep_, verb.pos_, verb.lemma_ = first.head, "ccomp", "VERB", "continue"
    first.head, first.dep_ = verb, "nsubj"


def they_did(word: Token) -> None:
    """ "that forces marginally advanced": what the tagger takes for an adjective is what they did."""
    if word.tag_ != "JJ" or not word.lower_.endswith("ed"):
        return
    around = {c.dep_ for c in word.children}
    if "nsubj" in around and not around & {"cop", "aux", "auxpass"}:
        word.tag_, word.pos_ = "VBD", "VERB"
        word.lemma_ = base_form(word.lower_.removesuffix("ed") + "ing")


def struck_what(told: Token) -> None:
    """ "struck a station crowded with people": the station is struck, nobody says that it crowds."""
    verb, around = told.head, {c.dep_ for c in told.children}
    noun = next((c for c in told.children if c.dep_ == "nsubj" and c.i == told.i - 1), None)
    used = noun is not None and noun.pos_ == "PROPN" and told.lower_ == "used"  # "struck the X Plant used to build Y"
    if (
        noun is None
        or not (used or (noun.pos_ == "NOUN" and told.tag_ == "VBN"))
        or around & {"aux", "auxpass", "mark", "dobj"}
    ):
        return
    if verb.lemma_.lower() not in _STRIKE or any(c.dep_ in ("dobj", "auxpass") for c in verb.children):
        return
    noun.head, noun.dep_ = verb, "dobj"
    told.head, told.dep_ = noun, "acl"


def and_its(verb: Token) -> None:
    """ "controls X and Y and its columns move on Z": it controls X and Y, the columns alone move."""
    over, first = verb.head, next((c for c in verb.children if c.dep_ in _SUBJECTS), None)
    if first is None or first.pos_ != "PROPN" or over.lemma_.lower() not in _HOLD or over.i > first.i:
        return
    if any(c.dep_ in ("dobj", "mark") for c in (*over.children, *verb.children)):
        return
    who = next((t for t in first.subtree if t.dep_ == "conj" and t.pos_ == "NOUN" and t.i > first.i), None)
    if who is None or min(t.i for t in first.subtree) != over.i + 1:
        return
    first.head, first.dep_ = over, "dobj"
    verb.dep_ = "conj"
    who.head, who.dep_ = verb, "nsubjpass" if any(c.dep_ == "auxpass" for c in verb.children) else "nsubj"


def and_done(verb: Token) -> None:
    """ "X had been taken and many soldiers trapped": they were trapped, they trapped nobody."""
    over = verb.head
    if verb.tag_ != "VBN" or not any(c.dep_ == "auxpass" for c in over.children):
        return
    if not any(c.dep_ in ("aux", "auxpass", "dobj") for c in verb.children):
        for c in verb.children:
            if c.dep_ == "nsubj":
                c.dep_ = "nsubjpass"


def they_rage(noun: Token) -> None:
    """ "Heavy battles rage around X": the battles rage, they are no kind of rage."""
    verb = noun.head
    if verb.lemma_.lower() not in _RAGE or verb.tag_ not in ("VBP", "VBD"):
        return
    if not any(c.dep_ in _SUBJECTS for c in verb.children):
        noun.dep_ = "nsubj"


def under_whose(prep: Token) -> None:
    """ "X, under their control since March, was shelled": X is under it, the shelling is not."""
    verb = prep.head
    if prep.i < 2 or verb.i < prep.i or prep.nbor(-1).text != ",":
        return
    name = prep.nbor(-2)
    held = any(c.dep_ == "pobj" and c.lower_ in _RULE for c in prep.children)
    if held and name.pos_ == "PROPN" and name.head.i == verb.i and name.dep_ in _SUBJECTS:
        prep.head = name


def by_whom(prep: Token) -> None:
    """ "attacked from three sides by rebels": the rebels attacked, no sides are by them."""
    noun = prep.head
    verb = noun.head.head
    if noun.lemma_.lower() not in _SIDES or noun.dep_ != "pobj" or verb.pos_ != "VERB":
        return
    if any(c.dep_ == "auxpass" for c in verb.children) or verb.dep_ == "acl":
        prep.head, prep.dep_ = verb, "agent"


def what_it_is(noun: Token) -> None:
    """ "moved into X, a stronghold of Y": X is the stronghold, nobody moved it."""
    if noun.lemma_.lower() not in _WHAT_PLACES_ARE or noun.head.pos_ != "VERB":
        return
    words = [t for t in noun.subtree if t.i <= noun.i and t.dep_ != "punct"]
    first = words[0].i
    if words[0].dep_ != "det" or first < noun.sent.start + 2 or noun.doc[first - 1].text != ",":
        return
    name = noun.doc[first - 2]
    if name.dep_ in ("compound", "nmod"):
        return
    if (name.pos_ == "PROPN" or name.dep_ == "dobj") and any(t.i == noun.head.i for t in name.ancestors):
        noun.head, noun.dep_ = name, "appos"
        for c in noun.children:
            if c.dep_ == "nsubj" and c.i < noun.i:
                c.dep_ = "compound"


def which_of_them(noun: Token) -> None:
    """ "the last bastion along the River, the town of X": the bastion is the town, no river is."""
    name = noun.head
    over = name.head.head if name.dep_ == "pobj" else name
    if name.pos_ != "PROPN" or noun.lemma_.lower() not in _WHAT_PLACES_ARE or over.i == name.i:
        return
    if over.lemma_.lower() in _WHAT_PLACES_ARE and any(c.lower_ == "of" for c in noun.children):
        noun.head = over


def taken_what(noun: Token) -> None:
    """ "liberated on 11 June the district of X": the district is liberated, it is no time."""
    verb = noun.head
    if verb.lemma_.lower() not in _HOLD | _STRIKE or noun.i < verb.i or noun.lemma_.lower() not in _WHAT_PLACES_ARE:
        return
    if any(c.dep_ in ("dobj", "auxpass", "nsubjpass") for c in verb.children):
        return
    if any(c.dep_ == "det" for c in noun.children):
        noun.dep_ = "dobj"


def and_their(noun: Token) -> None:
    """ "A total of 900 fighters and their families left X": the fighters left, too."""
    before = noun.doc[noun.left_edge.i - 1] if noun.left_edge.i > noun.sent.start else noun
    first = next((c for c in noun.head.children if c.dep_ == noun.dep_ and c.i < before.i), None)
    if before.lower_ != "and" or first is None or noun.left_edge.lower_ not in ("their", "its", "his"):
        return
    noun.head, noun.dep_ = first, "conj"


def they_are(verb: Token) -> None:
    """ "The liberated villages are X and Y": X and Y are liberated."""
    what = next((c for c in verb.children if c.dep_ == "nsubj" and c.lemma_.lower() in _SETTLEMENTS), None)
    named = next((c for c in verb.children if c.dep_ in ("attr", "dobj") and c.i > verb.i), None)
    if what is None or named is None or named.pos_ != "PROPN":
        return
    done = next((c for c in what.children if c.lower_ in _DONE), None)
    if done is None:
        return
    done.head, done.dep_ = (done if verb.head.i == verb.i else verb.head), verb.dep_
    done.tag_, done.pos_, done.lemma_ = "VBN", "VERB", base_form(done.lower_.removesuffix("ed") + "ing")
    for c in list(verb.children):
        c.head = done
    verb.head, verb.dep_ = done, "auxpass"
    named.dep_, what.head, what.dep_ = "nsubjpass", named, "dep"


def goes_on_doing(verb: Token) -> None:
    """ "continued striking depots": depots are struck, they are no striking ones."""
    noun, over = verb.head, verb.head.head
    if (
        verb.tag_ not in ("VBG", "JJ")
        or noun.dep_ != "dobj"
        or over.i != verb.i - 1
        or over.lemma_.lower() not in _GO_ON
    ):
        return
    verb.head, verb.dep_, verb.tag_, verb.pos_ = over, "xcomp", "VBG", "VERB"
    verb.lemma_ = base_form(verb.lower_)
    noun.head = verb


def and_went_on(verb: Token) -> None:
    """ "did not attack X and continued artillery strikes": they continued, no strike is a continued one."""
    noun, before = verb.head, verb.nbor(-1) if verb.i > verb.sent.start else verb
    if noun.dep_ == "npadvmod" and verb.tag_ == "VBG" and verb.lemma_.lower() in _GO_ON and noun.i > verb.i:
        # "did not attack, instead continuing air and artillery strikes"
        verb.head, verb.dep_ = noun.head, "advcl"
        noun.head, noun.dep_ = verb, "dobj"
        return
    if noun.dep_ == "npadvmod" and noun.pos_ == "PROPN" and before.text == "," and noun.head.tag_ == "VBD":
        # "attacked X in 2014, annexed Y and controls Z"
        verb.head, verb.dep_, verb.tag_, verb.pos_ = noun.head, "conj", "VBD", "VERB"
        verb.lemma_ = base_form(verb.lower_.removesuffix("ed") + "ing")
        noun.head, noun.dep_ = verb, "dobj"
        return
    if before.dep_ != "cc" or noun.dep_ != "conj" or noun.head.pos_ != "VERB" or verb.tag_ not in ("VBN", "VBD"):
        return
    if before.head.i == noun.head.i and any(c.dep_ in _SUBJECTS for c in noun.head.children):
        verb.head, verb.dep_, verb.tag_ = noun.head, "conj", "VBD"
        noun.head, noun.dep_ = verb, "dobj"


def who_were_there(verb: Token) -> None:
    """ "The jets deployed over X fired at Y": they fired, those that had been deployed."""
    first = verb.head
    who = next((c for c in first.children if c.dep_ == "nsubj" and c.i < first.i), None)
    if who is None or verb.tag_ != "VBD" or first.i > verb.i or verb.dep_ not in ("conj", "dep", "advcl", "ccomp"):
        return
    told = [c.dep_ for c in first.children if who.i < c.i < verb.i]
    allowed = {"prep", "agent", "advmod", "npadvmod"} | ({"acomp", "dobj"} if first.tag_ == "VBG" else set())
    if first.tag_ not in ("VBD", "VBN", "VBG") or not told or set(told) - allowed:
        return
    if who.i != first.i - 1 or any(c.dep_ in _SUBJECTS or c.dep_ in ("cc", "mark") for c in verb.children):
        return
    verb.head, verb.dep_ = (verb if first.head.i == first.i else first.head), first.dep_
    for c in list(first.children):
        if c.i > verb.i or (c.i < first.i and c.i != who.i):
            c.head = verb
    who.head = verb
    first.head, first.dep_ = who, "acl"
    first.tag_ = "VBG" if first.lower_.endswith("ing") else "VBN"


def who_has_done(noun: Token) -> None:
    """ "regions that X has seized": X has seized them, nothing but an auxiliary would make it what is seized."""
    verb = noun.head
    around = {c.dep_ for c in verb.children}
    if "auxpass" in around or verb.tag_ != "VBN" or not any(c.lower_ in _HAVING for c in verb.children):
        return
    if "dobj" in around and noun.i < verb.i:
        noun.dep_ = "nsubj"


def they_announced(verb: Token) -> None:
    """ "troops took X, a military source announced on Friday.": the source announced it, X is no source."""
    who = verb.head
    if verb.tag_ not in ("VBN", "VBD") or verb.lower_ not in _ANNOUNCED or who.lemma_.lower() not in _WHO_TELLS:
        return
    if who.dep_ not in ("npadvmod", "appos", "dobj", "conj", "attr") or any(
        c.dep_ in ("agent", "dobj", "ccomp") for c in verb.children
    ):
        return
    first, last = who.left_edge.i, verb.right_edge.i
    rest = who.doc[last + 1 : who.sent.end]
    if first <= who.sent.start or who.doc[first - 1].text != "," or any(t.is_alpha for t in rest):
        return
    root = next((t for t in who.ancestors if t.head.i == t.i), None)
    if root is None:
        return
    who.head, who.dep_ = verb, "nsubj"
    verb.head, verb.dep_, verb.tag_, verb.pos_ = root, "parataxis", "VBD", "VERB"


def entered_who_came(verb: Token) -> None:
    """ "fighters coming from the hills entered X": they entered it, no hills were entered."""
    if verb.dep_ != "acl" or verb.tag_ not in ("VBD", "VBN") or not any(c.dep_ == "dobj" for c in verb.children):
        return
    if any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "agent") for c in verb.children):
        return
    coming = next((t for t in verb.ancestors if t.tag_ == "VBG"), None)
    if coming is None or coming.i > verb.i:
        return
    if coming.dep_ == "acl":
        _takes_over(verb, coming.head)
    if coming.dep_ not in ("ROOT", "ccomp"):
        return
    if any(c.dep_ in ("aux", "auxpass") for c in coming.children):
        return
    who = next((c for c in coming.children if c.dep_ == "nsubj" and c.i < coming.i), None)
    if who is None:
        return
    verb.head = verb if coming.dep_ == "ROOT" else coming.head
    verb.dep_, verb.tag_, verb.pos_ = coming.dep_, "VBD", "VERB"
    for c in list(coming.children):
        if c.i > verb.i or (c.dep_ in ("nsubj", "mark", "punct") and c.i < coming.i):
            c.head = verb
    coming.head, coming.dep_ = who, "acl"


def _takes_over(verb: Token, who: Token) -> None:
    """ "rebels coming from the hills entered X unopposed": the parser takes the last word for what they do."""
    said = who.head
    if who.dep_ != "nsubj" or said.pos_ not in ("ADJ", "ADV", "NOUN") or said.i < verb.i:
        return
    if any(c.dep_ in ("cop", "aux", "auxpass") for c in said.children):
        return
    verb.head, verb.dep_ = (verb if said.head.i == said.i else said.head), said.dep_
    verb.tag_, verb.pos_ = "VBD", "VERB"
    who.head, said.head, said.dep_ = verb, verb, "advmod"
