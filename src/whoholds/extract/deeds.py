"""A verb that may tell a claim, with what it is done to, and the turns that make it something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whoholds.extract.syntax import child, is_passive
from whoholds.extract.triggers import Trigger
from whoholds.extract.whose import SideReader

if TYPE_CHECKING:
    from spacy.tokens import Token

_MONTHS = frozenset({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"})
# what is sent on its way rather than advancing
_CONVOYS = frozenset({"convoy", "column", "reinforcement", "train", "vehicle", "truck", "equipment", "armour", "armor"})
_FLYING = frozenset(
    {"helicopter", "jet", "aircraft", "plane", "warplane", "bomber", "airplane", "gunship", "uavs", "fighter-jet"}
)


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb, the entry of the lexicon tried on it, and what stands around it in its text."""

    verb: Token
    entry: Trigger
    obj: Token | None
    inside: Mapping[int, int]
    sides: SideReader

    @property
    def what(self) -> str:
        """The base form of the object, empty where there is none."""
        return self.obj.lemma_.lower() if self.obj is not None else ""

    def with_words(self, *words: str) -> bool:
        """Whether one of these words hangs from the verb."""
        return any(c.lower_ in words for c in self.verb.children)

    def with_parts(self, *deps: str) -> bool:
        """Whether the verb has a dependent of one of these relations."""
        return any(c.dep_ in deps for c in self.verb.children)


def is_convoy(who: Token | None) -> bool:
    """Whether who moves is on the march: "a convoy", "columns of vehicles"."""
    return who is not None and who.lemma_.lower() in _CONVOYS


def falls_by_amount(verb: Token) -> bool:
    """Whether what falls falls by an amount: "exports fell 10 percent"; a day or an apposed noun measures nothing."""
    amount = child(verb, "npadvmod")
    return amount is not None and any(c.dep_ in ("nummod", "quantmod") for c in amount.children)


def is_state_of_now(verb: Token) -> bool:
    """ "they occupy three quarters of X" in a full sentence: a state, not the news of a headline."""
    return verb.tag_ in ("VBP", "VBZ") and verb.sent.text.rstrip().endswith((".", "]", ";"))


def is_lasting(verb: Token) -> bool:
    """ "is occupied", "territory occupied by X": a state, where no day or month says when it began."""
    when = [n for c in verb.children if c.dep_ == "prep" and c.lower_ in ("in", "on") for n in c.children]
    if any(n.ent_type_ == "DATE" or n.text[:3] in _MONTHS for n in when):
        return False
    return verb.dep_ == "acl" or any(
        (c.dep_ in ("auxpass", "aux") and c.lower_ in ("is", "are", "remains"))
        or (c.dep_ == "prep" and c.lower_ == "since")
        for c in verb.children
    )


def is_label(verb: Token, obj: Token | None) -> bool:
    """Whether "occupied" before a name is a label that the parser took for a verb: "In occupied X there was"."""
    if verb.tag_ not in ("VBD", "VBN") or obj is None or obj.i < verb.i or is_passive(verb):
        return False
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    while before is not None and before.dep_ == "advmod" and before.i > verb.sent.start:
        before = before.nbor(-1)
    return before is not None and before.pos_ in ("ADP", "DET")


_BARRING = frozenset({"slow", "stop", "halt", "prevent", "hinder", "impede", "delay", "block", "hamper"})


def brings_down(verb: Token, what: Token | None) -> bool:
    """Whether what is destroyed near a place flies: nothing is fired at the place, but where it stood "at" one."""
    if what is None and child(verb, "dobj") is None:
        what = child(verb, "nsubj")
    if what is None or (what.lemma_.lower() not in _FLYING and what.lower_ not in _FLYING):
        return False
    if verb.lemma_.lower() not in ("destroy", "hit", "shoot", "strike"):
        return False
    if what.dep_ == "nsubj" and child(verb, "dobj") is not None:
        return False
    around = (*verb.children, *what.children)
    return not any(c.dep_ == "prep" and c.lower_ in ("at", "on", "inside") for c in around)


def bars_a_way(verb: Token, what: Token | None) -> bool:
    """Whether a bridge or road is broken by those who hold it: "destroyed two bridges to slow the advance"."""
    if what is None or what.lemma_.lower() not in ("bridge", "road", "railway", "dam", "tunnel"):
        return False
    return any(
        c.dep_ in ("advcl", "xcomp", "acl", "relcl") and c.lemma_.lower() in _BARRING and child(c, "aux") is not None
        for c in (*verb.children, *what.children)
    )
