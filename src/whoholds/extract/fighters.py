"""Whether those a verb tells of are fighters, what they fire and what they send: forces, weapons, troops."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from whoholds.extract.deeds import Deed
from whoholds.extract.placelike import PlaceReader
from whoholds.extract.syntax import child, is_passive, subject
from whoholds.extract.triggers import Trigger
from whoholds.extract.whose import SideReader
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_NO_FORCES = frozenset(
    {"official", "minister", "president", "leader", "flag", "spokesman", "spokeswoman", "journalist"}
)
_ASSAILANTS = frozenset({"attacker", "assailant", "besieger"})
_MORE = frozenset({"strengthen", "boost", "beef_up", "shore_up", "augment", "step_up", "bulk_up"})
_DEFENCES = frozenset({"position", "defense", "defence", "line", "system", "equipment"})
_STATIONING = frozenset({"station", "deploy", "base", "position", "locate"})
# verbs of deploying that say nothing without an object that is troops
_NEED_TROOPS = frozenset({
    "increase", "expand", "replenish", "commit", "bring", "rotate", "set_up", "push", "rush", "deliver", "pour", "ship",
    "station", "position", "stage",
})  # fmt: skip
# and those that troops do by themselves
_TROOPS_DO = frozenset({
    "deploy", "redeploy", "re-deploy", "concentrate", "mass", "amass", "accumulate", "regroup", "move", "arrive",
    "operate", "relocate", "assemble", "transfer", "pour", "gather",
})  # fmt: skip
# nouns of fire that carry the event themselves: "fired a salvo"
_ROUNDS = frozenset({"strike", "fire", "barrage", "airstrike", "raid", "shelling", "salvo", "volley"})


class FighterReader(PlaceReader):
    """Forces, weapons and troops around a verb."""

    def forces(self, noun: Token, sides: SideReader) -> bool:
        """Whether a noun is a force: of a named side, or troops."""
        if noun.lemma_.lower() in self.words["troops"]:
            return True
        return bool(sides.of(noun)) and noun.pos_ != "PRON" and noun.lemma_.lower() not in _NO_FORCES

    def fighters(self, noun: Token, sides: SideReader) -> bool:
        """Whether a noun is fighters, by name, by pronoun or as troops, and no deed of theirs."""
        if noun.lemma_.lower() in self.words["troops"] or noun.pos_ == "PRON":
            return True
        return noun.i in sides.at and noun.lemma_.lower() not in self.lexicon.nouns

    def force_or_side(self, who: Token | None, sides: SideReader) -> bool:
        """Whether who is told to be somewhere is a force, or a side by its name or pronoun."""
        return who is not None and (self.forces(who, sides) or bool(sides.of(who)))

    def is_event(self, noun: Token | None) -> bool:
        """Whether a noun is an event by itself: "a strike", "shelling"."""
        return noun is not None and not self.lexicon.nouns.keys().isdisjoint((noun.lemma_.lower(), noun.lower_))

    def _deed(self, noun: Token) -> bool:
        """Whether a noun is something done: an event of war or an operation."""
        return self.is_event(noun) or noun.lemma_.lower() == "operation"

    def with_force(self, deed: Deed) -> Trigger | None:
        """A verb done to a force: "drove X from Y", "repelled X"."""
        entry, obj = deed.entry, deed.obj
        if entry.failed and obj is not None and not (deed.what in _ASSAILANTS or self.fighters(obj, deed.sides)):
            return None  # "repelled an attempt": the noun carries it
        if entry.lemma in ("drive", "chase") and not deed.with_words("from", "out", "off", "away", "back"):
            return None  # "drove their vehicles through the forest"
        if obj is None:
            return None
        if entry.lemma == "knock_out" and deed.what in ("tank", "vehicle", "gun", "armour", "armor", "battery"):
            return None  # those are hit, they do not leave
        named = deed.sides.all_of(obj) or deed.what in self.words["troops"] or deed.what in _ASSAILANTS
        if not named and obj.pos_ != "PRON":
            return None
        verb = deed.verb
        if entry.kind is Kind.ADVANCE and any(
            t.lower_ in ("from", "out") and t.head.i in (verb.i, verb.i + 1) for t in verb.subtree
        ):
            return replace(entry, kind=Kind.LEAVE, side="object")  # "pushed the enemy back from X"
        return entry

    def with_evacuees(self, deed: Deed) -> Trigger | None:
        """Fighters brought away by others: "evacuated rebels from X"."""
        fighters = deed.obj is not None and self.forces(deed.obj, deed.sides)
        return deed.entry if fighters and deed.with_words("from", "out") else None

    def with_weapon(self, deed: Deed) -> Trigger | None:
        """A verb done to what is fired: "fired rockets at X", "opened fire on X"."""
        entry, obj, verb = deed.entry, deed.obj, deed.verb
        if entry.lemma in ("use", "employ"):
            if verb.dep_ == "advcl" and verb.tag_ == "VBG":
                return None  # "shelled X, using rockets": the other verb tells it
            near = (obj, *obj.children) if obj is not None else ()
            if not any(t.lemma_.lower() in self.words["fire"] for t in near):
                return None
            around = (*verb.children, *(obj.children if obj is not None else ()))
            if any(c.dep_ in ("xcomp", "advcl", "acl") for c in around):
                return None  # used to shell: the other verb tells it
        if obj is None:
            aimed = deed.with_words("at", "on", "upon", "into", "toward", "towards")
            return entry if aimed and entry.lemma in ("fire", "shoot", "open_fire") else None
        weapons = self.words["weapons"]
        if deed.what not in weapons and not any(c.lemma_.lower() in weapons for c in obj.children):
            return None
        if deed.what in _ROUNDS and deed.what in self.lexicon.nouns:
            return None  # the noun carries it
        return entry

    def with_troops(self, deed: Deed) -> Trigger | None:
        """A verb done to a side's own forces: "sent reserves to X", "troops massed near X"."""
        entry, obj, verb = deed.entry, deed.obj, deed.verb
        if obj is not None and entry.lemma in _MORE | {"reinforce", "bolster"} and self._deed(obj):
            return None  # "reinforced their operations near X": the noun carries it
        if entry.lemma in _MORE and deed.what in _DEFENCES:
            return None  # "strengthened their positions": nobody comes
        if (
            entry.lemma == "regroup"
            and obj is not None
            and any(c.dep_ == "acl" and c.lemma_.lower() in _STATIONING for c in obj.children)
        ):
            return replace(entry, kind=Kind.LEAVE)  # "regroup troops stationed in X"
        if entry.lemma in ("station", "position", "base") and verb.dep_ == "acl" and verb.head.dep_ == "dobj":
            over = self.lexicon.verbs.get(verb.head.head.lemma_.lower(), ())
            if any(t.object == "troops" for t in over):
                return None  # "sent troops stationed in X to Y": the other verb tells it
        if entry.lemma == "operate" and obj is None and deed.with_words("inside"):
            return replace(entry, kind=Kind.ENTER)
        if obj is None:
            who = subject(verb)
            if entry.lemma in ("gather", "assemble") and (who is None or not self.forces(who, deed.sides)):
                return None  # people gather, too
            return entry if entry.lemma in _TROOPS_DO and entry.lemma not in _NEED_TROOPS else None
        if entry.lemma in ("reinforce", "bolster"):
            return entry
        own = obj.i in deed.sides.at or obj.lower_ in ("them", "themselves")
        if (
            deed.what in self.words["troops"]
            or (own and deed.sides.of(obj) is not None and not self.place_like(obj, deed.inside))
            or (obj.pos_ == "PROPN" and obj.i not in deed.inside)
        ):
            return entry
        return None

    def weapon_does(self, deed: Deed, who: Token | None, *, harm: bool) -> Trigger | None:
        """A verb whose doer is what is fired: "rockets landed in X", "shells killed two in X" (harm)."""
        if harm and is_passive(deed.verb):
            agent = child(deed.verb, "agent")  # "the bridge was damaged by rockets"
            who = child(agent, "pobj") if agent is not None else None
        if who is None or (harm and self.is_event(who)):
            return None  # "the strike killed ten": the noun tells it
        weapons = self.words["weapons"]
        fired = who.lemma_.lower() in weapons or any(c.lemma_.lower() in weapons for c in who.children)
        return deed.entry if fired else None
