"""Nouns of what is held: flags, control by any word, a defence that goes on, the capital of those who hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.extract.phrases import SLIPPING, in_hands, under_control
from whoholds.extract.syntax import child, is_verb
from whoholds.extract.triggers import Lexicon, Trigger
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

# what is controlled without a place being held
_NO_GROUND = frozenset(
    {
        "action", "operation", "media", "information", "space", "airspace", "line", "gloc", "supply",
        "access", "traffic", "narrative", "economy", "market", "force", "troop", "unit", "army", "resource", "people",
    }
)  # fmt: skip
BY_COMPANY = frozenset({"defense", "defence", "capital", "grip", "grasp", "hold", "evacuation"})
"""Nouns that tell of a place held or left by what stands around them."""
_COLOURS = frozenset({"red", "black", "green", "white", "blue", "yellow"})
_HOISTED = frozenset({"raise", "hoist", "fly", "plant", "unfurl", "flutter", "hang"})
_BEARERS = frozenset({
    "man", "woman", "girl", "boy", "child", "people", "person", "protester", "demonstrator", "resident", "activist",
    "crowd", "student", "fan", "rally", "pensioner", "guy",
})  # fmt: skip
_REBELS = frozenset({"rebels", "insurgents", "militants", "jihadists", "gunmen"})


def flag(noun: Token) -> Trigger | None:
    """ "Ukrainian flags on statues in X", "flags raised in X": who flies the flag holds the place."""
    colours = [t.lower_ for c in noun.children for t in (c, *c.children) if t.lower_ in _COLOURS]
    if any(c.lower_ in ("white", "false") for c in noun.children) or colours == ["red"]:
        return None
    bearer = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ in ("with", "carrying") else None
    if bearer is not None and bearer.lemma_.lower() in _BEARERS:
        return None  # "a young man with a flag"
    verb = noun.head if noun.dep_ in ("nsubj", "nsubjpass", "dobj") else None
    if noun.lemma_.lower() == "banner" and (verb is None or verb.lemma_.lower() not in _HOISTED):
        return None
    if verb is not None and verb.lemma_.lower() == "wave" and verb.dep_ == "acl" and verb.head.lower_ == "soldiers":
        return Trigger(lemma="flag", noun=True, kind=Kind.HOLD)
    if verb is not None and verb.lemma_.lower() in (
        "burn",
        "tear",
        "remove",
        "lower",
        "wave",
        "white",
        "trample",
        "desecrate",
    ):
        return None
    return Trigger(lemma="flag", noun=True, kind=Kind.HOLD)


def control(noun: Token, lexicon: Lexicon) -> Trigger | None:
    """ "control": gained, lost or held, as its verb has it."""
    if noun.dep_ in ("compound", "amod", "nmod"):
        return None
    if noun.lower_ == "hands":
        found = in_hands(noun)
        return None if found is None else Trigger(lemma="hands", noun=True, kind=found)
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("of", "over", "on")), None)
    what = child(of, "pobj") if of is not None else None
    under = noun.dep_ == "pobj" and noun.head.lower_ in ("under", "in", "within")  # then "of" names who controls
    if what is not None and what.lemma_.lower() in _NO_GROUND and not under:
        return None
    kind: Kind | None = None
    node = noun
    while node.dep_ == "conj" and not is_verb(node.head):
        node = node.head
    if node.dep_ in ("dobj", "nsubjpass", "attr", "nsubj") and is_verb(node.head):
        over = node.head
        kind = lexicon.control.get(lexicon.base(over.lemma_.lower(), over.lower_))
        if kind is None and node.dep_ == "nsubj":
            kind = Kind.HOLD
    elif node.dep_ == "pobj":
        prep = node.head
        if prep.lower_ in ("under", "in", "into", "to", "within"):
            kind = under_control(prep)
        elif prep.lower_ == "from" and prep.head.lemma_.lower() in SLIPPING:
            kind = Kind.LEAVE  # "slipped from their control"
        elif prep.lower_ in ("of",) and (prep.head.lemma_.lower() == "loss" or prep.head.lower_ == "out"):
            kind = Kind.LEAVE
        elif prep.lower_ == "for":
            return None
        elif prep.lower_ == "of" and prep.head.lemma_.lower() in ("consolidation", "maintenance"):
            kind = Kind.HOLD
    if kind is None:
        return None
    return Trigger(lemma="control", noun=True, kind=kind)


def grips(noun: Token) -> bool:
    """Whether a noun is control by another word: "kept hold of X", "lost its grip on X"."""
    if noun.lower_ not in ("grip", "hold", "grasp") or noun.pos_ != "NOUN":
        return False
    if noun.dep_ == "pobj" and noun.head.lower_ == "from" and noun.head.head.lemma_.lower() in SLIPPING:
        return True
    return any(c.dep_ == "prep" and c.lower_ in ("on", "of", "over") for c in noun.children)


def kept(noun: Token, lexicon: Lexicon) -> Trigger | None:
    """ "the defence of X goes on", "the de facto capital of Y", "the evacuation of rebels from X"."""
    lemma = noun.lemma_.lower()
    below = {c.lower_ for c in noun.children}
    if lemma in ("defense", "defence") and noun.dep_ == "nsubj" and "of" in below:
        goes_on = noun.head.lemma_.lower() in ("continue", "hold", "persist", "endure")
        return Trigger(lemma="defense", noun=True, kind=Kind.HOLD) if goes_on else None
    if lemma == "evacuation" and "of" in below and "from" in {t.lower_ for t in noun.subtree}:
        of = next(c for c in noun.children if c.lower_ == "of")
        fighters = any(n.lemma_.lower() in lexicon.words["troops"] or n.lower_ in _REBELS for n in of.children)
        return Trigger(lemma="withdrawal", noun=True, kind=Kind.LEAVE) if fighters else None
    if lemma == "capital" and noun.dep_ in ("attr", "appos"):
        words = {t.lower_ for c in noun.children for t in (c, *c.children)}
        if words & {"facto", "self-declared", "self-proclaimed", "self-styled"}:
            return Trigger(lemma="stronghold", noun=True, kind=Kind.HOLD)
    return None
