"""Whether a verb is done to what the lexicon asks for, and what it tells then: `ObjectReader.fits`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from whoholds.extract.deeds import (
    Deed,
    bars_a_way,
    brings_down,
    falls_by_amount,
    is_convoy,
    is_label,
    is_lasting,
    is_state_of_now,
)
from whoholds.extract.fighters import FighterReader
from whoholds.extract.phrases import measures
from whoholds.extract.syntax import child, is_passive, subject
from whoholds.extract.triggers import Trigger
from whoholds.extract.whose import SideReader
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

_GIVING = frozenset({"hand_over", "cede", "surrender", "give_up", "relinquish", "return"})
# what weapons do to people and houses: "missiles killed two in X"
_HARM = frozenset(
    {"kill", "wound", "injure", "damage", "tear_through", "tear_into", "rip_through", "rip_into", "devastate"}
)

_CROWDS = frozenset(
    {"protester", "demonstrator", "crowd", "mob", "rioter", "police", "student", "fan", "villager", "resident"}
)
_NO_TARGETS = frozenset({
    "pensioner", "teacher", "activist", "youth", "voter", "official", "businessman", "entrepreneur", "audience",
    "reader", "economy", "market", "sector", "oligarch", "elite", "import", "export", "individual", "entity", "bank",
    "opposition",
})  # fmt: skip


class ObjectReader(FighterReader):
    """The objects of trigger verbs."""

    def fits(self, verb: Token, entry: Trigger, inside: Mapping[int, int], sides: SideReader) -> Trigger | None:
        """The entry, its kind perhaps changed, where the object is what it asks for."""
        deed = Deed(verb, entry, self.object_of(verb), inside, sides)
        if self._tells_something_else(deed):
            return None
        match entry.object:
            case "place":
                return self._with_place(deed)
            case "force":
                return self.with_force(deed)
            case "weapon":
                return self.with_weapon(deed)
            case "troops":
                return self.with_troops(deed)
            case "evacuees":
                return self.with_evacuees(deed)
            case "owner":
                return self._with_owner(deed)
            case "way" | "base" | "order":
                return entry if entry.subject != "force" or self.force_or_side(subject(verb), sides) else None
            case "water":
                named = deed.obj is not None and deed.obj.i in inside and deed.obj.pos_ == "PROPN"
                there = deed.what == "river" and deed.with_words("at", "near", "in", "around")
                return entry if (named or there) and self._done_by_forces(deed) else None
            case "border":
                return entry if deed.what in ("border", "frontier") and self._done_by_forces(deed) else None
            case "positions":
                return entry if deed.what == "position" else None
            case "none":
                return self._without_object(deed)
            case _:
                return self._with_anything(deed)

    def _tells_something_else(self, deed: Deed) -> bool:
        """Whether the verb with this object tells no claim, whatever the entry asks for."""
        verb, entry, obj = deed.verb, deed.entry, deed.obj
        if (
            entry.lemma in ("flee", "retreat", "escape", "advance")
            and obj is not None
            and verb.tag_ == "VBG"
            and deed.sides.of(obj)
            and obj.i not in deed.inside
        ):
            return True  # "fleeing Russian troops"
        if deed.what == "control":
            return True  # the noun carries it
        if entry.lemma == "take" and deed.what == "position" and any(c.lower_ == "up" for c in verb.children):
            return True  # a phrase of its own
        if entry.lemma in ("shoot", "bring", "fire") and any(c.lower_ == "down" for c in verb.children):
            return True  # what is shot down has hit nothing
        if entry.lemma == "wipe_out" and obj is not None and is_passive(verb) and self.forces(obj, deed.sides):
            return True  # those wiped out are no place
        if entry.lemma == "leave" and is_passive(verb) and child(verb, "agent") is None:
            return obj is None or obj.i not in deed.inside  # "not a building left in the town", but "X was left"
        who = subject(verb) if entry.kind in (Kind.ATTACK, Kind.FIRE) else None
        beaten = entry.failed and obj is not None and deed.sides.of(obj) is not None  # a crowd may beat an army
        if who is not None and who.lemma_.lower() in _CROWDS and not beaten:
            return True  # "protesters stormed the parliament", "villagers set fire to their houses"
        if entry.object == "place" and any(
            c.lower_ == "who" and c.dep_ in ("nsubjpass", "dobj") for c in verb.children
        ):
            return True  # people are held, not places
        return (
            obj is not None
            and entry.lemma == "take"
            and deed.what in ("part", "place")
            and not any(c.lower_ == "of" or c.dep_ == "det" for c in obj.children)
        )  # "taking part in an operation", "rallies take place"

    def _with_place(self, deed: Deed) -> Trigger | None:
        """A verb done to a place, or to a noun that stands for one."""
        verb, entry, obj, inside, sides = deed.verb, deed.entry, deed.obj, deed.inside, deed.sides
        if entry.subject == "force" and not self.force_or_side(subject(verb), sides):
            return None
        if entry.lemma in ("run", "administer", "govern") and not is_passive(verb):
            who = subject(verb)  # "a crossing that rebels run", but "lines that run along X"
            told = obj is not None or self._place_before(deed)
            if who is None or who.i == verb.head.i or not told or sides.of(who) is None:
                return None
        if entry.lemma == "reach" and is_convoy(subject(verb)):
            entry = replace(entry, kind=Kind.DEPLOY)  # "reinforcements reached X"
        if entry.lemma == "gain" and (obj is None or obj.i not in inside):
            return None  # "gained a foothold", "gained the trust of the town"
        if entry.lemma == "keep" and deed.with_parts("prep", "prt", "oprd", "acomp", "advmod", "ccomp", "xcomp"):
            return None  # "kept X under siege", "kept the town supplied"
        if entry.lemma == "return" and (obj is None or not (is_passive(verb) or deed.with_words("to"))):
            return None
        if obj is None:
            gives_itself_up = entry.lemma == "surrender" and not is_passive(verb)  # a town: another entry
            return entry if self._place_before(deed) and not gives_itself_up else None
        if not self.place_like(obj, inside, names=not entry.strict) and not (
            entry.lemma == "breach" and deed.what in ("wall", "perimeter", "fence")
        ):
            return None
        if entry.lemma in _GIVING and is_passive(verb) and child(verb, "agent") is None:
            to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ in ("prep", "dative")), None)
            if entry.lemma == "return" or (to is not None and any(sides.all_of(n) for n in to.children)):
                return replace(entry, kind=Kind.GAIN, side="to")
        if entry.lemma == "occupy" and (is_lasting(verb) if is_passive(verb) else is_state_of_now(verb)):
            return replace(entry, kind=Kind.HOLD)
        if entry.lemma == "occupy" and any(c.lower_ == "since" and child(c, "pobj") is not None for c in verb.children):
            return replace(entry, kind=Kind.HOLD)
        if entry.lemma in ("occupy", "capture") and is_label(verb, obj):
            return None
        return entry

    def _place_before(self, deed: Deed) -> bool:
        """Whether a verb without an object has its place before it: the headline "X liberated", "X, which Y took"."""
        verb, who = deed.verb, child(deed.verb, "nsubj")
        if who is None:
            return False
        nobody = who.i in deed.inside or deed.sides.of(who) is None
        if verb.tag_ in ("VBN", "VBD") and nobody and self.place_like(who, deed.inside):
            return True
        return verb.dep_ == "relcl" and self.place_like(verb.head, deed.inside)

    def _with_owner(self, deed: Deed) -> Trigger | None:
        """ "X is ours", "X is Ukrainian again"."""
        whose, what = child(deed.verb, "acomp", "attr"), child(deed.verb, "nsubj")
        if whose is None or what is None or not self.place_like(what, deed.inside):
            return None
        named = whose.lower_ in ("ours", "theirs", "loyal") or (whose.pos_ in ("ADJ", "PROPN") and deed.sides.of(whose))
        return deed.entry if named else None

    def _without_object(self, deed: Deed) -> Trigger | None:
        """A verb without an object: who does it decides, prepositions bring the places."""
        verb, entry, obj, inside = deed.verb, deed.entry, deed.obj, deed.inside
        match entry.subject:
            case "place":
                return entry if self._place_falls(deed) else None
            case "force":
                return entry if self._force_moves(deed) else None
            case "garrison":
                return entry if self._force_stays(deed) else None
            case "weapon":
                who = child(verb, "nsubj", "nsubjpass")
                return self.weapon_does(deed, who, harm=entry.lemma in _HARM)
        if entry.kind is Kind.ENTER and obj is not None:
            return None
        if entry.lemma == "fight" and self._for_a_cause(deed):
            return None
        if entry.kind is Kind.ADVANCE and obj is not None and not self.place_like(obj, inside):
            return entry if measures(obj) else None
        if entry.lemma.startswith(("move_", "push_")) and is_convoy(subject(verb)):
            return replace(entry, kind=Kind.DEPLOY)
        return entry

    def _place_falls(self, deed: Deed) -> bool:
        """Whether the subject is a named place: "X fell to Y"."""
        what = child(deed.verb, "nsubj") or (subject(deed.verb) if deed.verb.dep_ == "xcomp" else None)
        below = () if what is None else (what, *(t for t in what.subtree if t.dep_ == "pobj"))
        named = any(t.i in deed.inside for t in below) and self.place_like(what, deed.inside)
        return named and child(deed.verb, "acomp", "dobj", "attr") is None and not falls_by_amount(deed.verb)

    def _force_moves(self, deed: Deed) -> bool:
        """Whether a force does what has no object: "marines landed at X", "a column headed for X"."""
        who = subject(deed.verb)
        if who is None or who.i in deed.inside or not (deed.obj is None or measures(deed.obj)):
            return False
        if deed.entry.lemma == "drive":
            return is_convoy(who)
        if deed.entry.lemma == "head" and who.lemma_.lower() not in self.words["troops"]:
            return is_convoy(who)  # envoys head for towns, too
        return self.forces(who, deed.sides) or is_convoy(who) or who.lemma_.lower() == "defender"

    def _force_stays(self, deed: Deed) -> bool:
        """Whether a named force is said to stay in a place."""
        who = subject(deed.verb)
        if who is None or who.i in deed.inside or deed.sides.of(who) is None or not self.forces(who, deed.sides):
            return False
        said = child(deed.verb, "acomp", "attr", "oprd", "xcomp", "dobj")
        if said is not None and said.lower_ != "present":
            return False
        at = said if said is not None else deed.verb
        return any(c.dep_ == "prep" and c.lower_ in ("in", "inside", "at", "on", "within") for c in at.children)

    def _for_a_cause(self, deed: Deed) -> bool:
        """Whether those who fight fight for something that is no place, and nowhere: "fight for freedom"."""
        preps = [c for c in deed.verb.children if c.dep_ == "prep"]
        cause = any(
            c.lower_ == "for" and not any(self.place_like(n, deed.inside) or n.lemma_ == "control" for n in c.children)
            for c in preps
        )
        return cause and not any(c.lower_ in ("in", "near", "around", "on", "at") for c in preps)

    def _with_anything(self, deed: Deed) -> Trigger | None:
        """A verb done to anything that is no person: the places inside its object or beside it count."""
        verb, entry, obj, inside, sides = deed.verb, deed.entry, deed.obj, deed.inside, deed.sides
        if entry.kind is Kind.FIRE and (self._at_nothing(deed) or brings_down(verb, obj) or bars_a_way(verb, obj)):
            return None
        by_nobody = (verb.dep_ in ("acl", "relcl", "amod") and child(verb, "nsubj") is None) or (
            is_passive(verb) and child(verb, "agent") is None
        )
        if entry.kind is Kind.ESCALATE and by_nobody:
            return None
        who = subject(verb) if entry.lemma in ("hold_on", "hold_out") else None
        if who is not None and who.i in inside:
            return None  # a place that holds out: another entry
        if entry.lemma in ("hold_on", "hold_out") and obj is not None and not self.place_like(obj, inside):
            return None  # "to hold a referendum on September 11"
        if entry.strict and not (obj is not None and (self.place_like(obj, inside) or sides.of(obj))):
            return None
        if (
            entry.place_object
            and obj is not None
            and deed.what not in self.words["troops"]
            and not self.place_like(obj, inside)
            and sides.of(obj) is None
        ):
            return None
        return entry

    def _done_by_forces(self, deed: Deed) -> bool:
        """Whether a force does it."""
        who = subject(deed.verb)
        return who is not None and self.forces(who, deed.sides)

    def _at_nothing(self, deed: Deed) -> bool:
        """Whether what is hit is nothing that can be shelled: "hit the economy", "targets pensioners" with money."""
        if self._bloodless(deed.verb):
            return True
        if deed.entry.lemma == "target" and deed.what in _NO_TARGETS:
            return True
        a_market = deed.what == "market" and deed.obj is not None and any(c.lower_ == "a" for c in deed.obj.children)
        return deed.what in self.words["no_target"] and not a_market

    def _bloodless(self, verb: Token) -> bool:
        """Whether what hits is no weapon: "a cyber attack hit a bank"."""
        who = child(verb, "nsubj")
        return who is not None and any(c.lower_ in self.words["no_event"] for c in who.children)
