"""What a verb is done to, and whether it is what the lexicon asks for: a place, a force, a weapon, troops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from whoholds.extract.phrases import measures
from whoholds.extract.placelike import PlaceReader
from whoholds.extract.sides import SideReader
from whoholds.extract.syntax import child, is_passive, subject
from whoholds.extract.triggers import Trigger
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token


_NO_FORCES = frozenset(
    {"official", "minister", "president", "leader", "flag", "spokesman", "spokeswoman", "journalist"}
)
_GIVING = frozenset({"hand_over", "cede", "surrender", "give_up", "relinquish", "return"})


_MORE = frozenset({"strengthen", "boost", "beef_up", "shore_up", "augment", "step_up", "bulk_up"})
# what is sent on its way rather than advancing
_CONVOYS = frozenset({"convoy", "column", "reinforcement", "train", "vehicle", "truck", "equipment", "armour", "armor"})


def _is_convoy(who: Token | None) -> bool:
    """Whether who moves is on the march: "a convoy", "columns of vehicles"."""
    return who is not None and who.lemma_.lower() in _CONVOYS


def _measured(verb: Token) -> bool:
    """Whether what falls falls by an amount: "exports fell 10 percent"; a day or an apposed noun measures nothing."""
    amount = child(verb, "npadvmod")
    return amount is not None and any(c.dep_ in ("nummod", "quantmod") for c in amount.children)


def _as_of_now(verb: Token) -> bool:
    """ "they occupy three quarters of X" in a full sentence: a state, not the news of a headline."""
    return verb.tag_ in ("VBP", "VBZ") and verb.sent.text.rstrip().endswith((".", "]", ";"))


def _is_label(verb: Token, obj: Token | None) -> bool:
    """Whether "occupied" before a name is a label that the parser took for a verb: "In occupied X there was"."""
    if verb.tag_ not in ("VBD", "VBN") or obj is None or obj.i < verb.i or is_passive(verb):
        return False
    before = verb.nbor(-1) if verb.i > verb.sent.start else None
    while before is not None and before.dep_ == "advmod" and before.i > verb.sent.start:
        before = before.nbor(-1)
    return before is not None and before.pos_ in ("ADP", "DET")


# What weapons do to people and houses: "missiles killed two in X".
_HARM = frozenset({"kill", "wound", "injure", "damage", "tear_through", "rip_through", "devastate"})
_FLYING = frozenset(
    {"helicopter", "jet", "aircraft", "plane", "warplane", "bomber", "airplane", "gunship", "uavs", "fighter-jet"}
)


def _brought_down(verb: Token, what: Token | None) -> bool:
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


class ObjectReader(PlaceReader):
    """The objects of trigger verbs."""

    def _fits(self, verb: Token, entry: Trigger, inside: Mapping[int, int], sides: SideReader) -> Trigger | None:
        """The entry, its kind perhaps changed, where the object is what it asks for."""
        obj = self.object_of(verb)
        lemma = obj.lemma_.lower() if obj is not None else ""
        if (
            entry.lemma in ("flee", "retreat", "escape", "advance")
            and obj is not None
            and verb.tag_ == "VBG"
            and sides.of(obj)
            and obj.i not in inside
        ):
            return None  # "fleeing Russian troops"
        if obj is not None and lemma == "control":
            return None  # the noun carries it
        if entry.lemma == "leave" and is_passive(verb) and child(verb, "agent") is None:
            return None  # "not a building left in the town"
        if entry.object == "place" and any(
            c.lower_ == "who" and c.dep_ in ("nsubjpass", "dobj") for c in verb.children
        ):
            return None  # people are held, not places
        if (
            obj is not None
            and entry.lemma == "take"
            and lemma in ("part", "place")
            and not any(c.lower_ == "of" or c.dep_ == "det" for c in obj.children)
        ):
            return None  # "taking part in an operation", "rallies take place"
        match entry.object:
            case "place":
                if entry.subject == "force" and not self._go(subject(verb), sides):
                    return None
                if entry.lemma == "gain" and (obj is None or obj.i not in inside):
                    return None  # "gained a foothold", "gained the trust of the town"
                if entry.lemma == "keep" and any(
                    c.dep_ in ("prep", "prt", "oprd", "acomp", "advmod", "ccomp", "xcomp") for c in verb.children
                ):
                    return None  # "kept X under siege", "kept the town supplied"
                if obj is None and entry.lemma == "return":
                    return None
                if obj is None:
                    subj = child(verb, "nsubj")
                    if (
                        verb.tag_ in ("VBN", "VBD")
                        and subj is not None
                        and self.place_like(subj, inside)
                        and (subj.i in inside or sides.of(subj) is None)
                    ):
                        return entry  # headline: "X liberated"
                    if (
                        verb.dep_ in ("relcl",)
                        and self.place_like(verb.head, inside)
                        and child(verb, "nsubj") is not None
                    ):
                        return entry
                    return None
                if (
                    entry.lemma == "return"
                    and not is_passive(verb)
                    and not any(c.lower_ == "to" for c in verb.children)
                ):
                    return None
                if self.place_like(obj, inside, names=not entry.strict):
                    if entry.lemma in _GIVING and is_passive(verb) and child(verb, "agent") is None:
                        to = next((c for c in verb.children if c.lower_ == "to" and c.dep_ in ("prep", "dative")), None)
                        if entry.lemma == "return" or (to is not None and any(sides.all_of(n) for n in to.children)):
                            return replace(entry, kind=Kind.GAIN, side="to")
                    if entry.lemma == "occupy" and (self._lasting(verb) if is_passive(verb) else _as_of_now(verb)):
                        return replace(entry, kind=Kind.HOLD)
                    if entry.lemma in ("occupy", "capture") and _is_label(verb, obj):
                        return None
                    return entry
                return None
            case "force":
                if entry.failed and obj is not None and not self._fighters(obj, sides):
                    return None  # "repelled an attempt": the noun carries it
                if entry.lemma in ("drive", "chase") and not any(
                    c.lower_ in ("from", "out", "off", "away", "back") for c in verb.children
                ):
                    return None  # "drove their vehicles through the forest"
                if obj is not None and (
                    sides.all_of(obj)
                    or lemma in self.words["troops"]
                    or lemma in ("attacker", "assailant", "besieger")
                    or obj.pos_ == "PRON"
                ):
                    if entry.kind is Kind.ADVANCE and any(
                        t.lower_ in ("from", "out") and t.head.i in (verb.i, verb.i + 1) for t in verb.subtree
                    ):
                        return replace(entry, kind=Kind.LEAVE, side="object")  # "pushed the enemy back from X"
                    return entry
                return None
            case "owner":
                whose = child(verb, "acomp", "attr")
                subj = child(verb, "nsubj")
                if whose is None or subj is None or not self.place_like(subj, inside):
                    return None
                named = whose.lower_ in ("ours", "theirs") or (whose.pos_ in ("ADJ", "PROPN") and sides.of(whose))
                return entry if named else None
            case "way" | "base" | "order":
                return entry if entry.subject != "force" or self._go(subject(verb), sides) else None
            case "water":
                if obj is None or obj.i not in inside or obj.pos_ != "PROPN":
                    return None
                who = subject(verb)
                return entry if who is not None and self._forces(who, sides) else None
            case "border":
                who = subject(verb)
                return (
                    entry if lemma in ("border", "frontier") and who is not None and self._forces(who, sides) else None
                )
            case "evacuees":
                gone = any(c.lower_ in ("from", "out") for c in verb.children)
                return entry if gone and obj is not None and self._forces(obj, sides) else None
            case "positions":
                return entry if lemma == "position" else None
            case "weapon":
                if entry.lemma in ("use", "employ") and lemma not in self.words["fire"]:
                    return None
                if entry.lemma in ("use", "employ") and any(
                    c.dep_ in ("xcomp", "advcl", "acl")
                    for c in (*verb.children, *(obj.children if obj is not None else ()))
                ):
                    return None  # used to shell: the other verb tells it
                if lemma in self.words["weapons"] or (
                    obj is not None and any(c.lemma_.lower() in self.words["weapons"] for c in obj.children)
                ):
                    if (
                        obj is not None
                        and lemma in ("strike", "fire", "barrage", "airstrike", "raid", "shelling", "salvo", "volley")
                        and lemma in self.lexicon.nouns
                    ):
                        return None  # the noun carries it
                    return entry
                if (
                    obj is None
                    and entry.lemma in ("fire", "shoot", "open_fire")
                    and any(c.lower_ in ("at", "on", "upon", "into", "toward", "towards") for c in verb.children)
                ):
                    return entry
                return None
            case "troops":
                if entry.lemma in _MORE and lemma in ("position", "defense", "defence", "line", "system", "equipment"):
                    return None  # "strengthened their positions": nobody comes
                if (
                    entry.lemma == "regroup"
                    and obj is not None
                    and any(
                        c.dep_ == "acl" and c.lemma_.lower() in ("station", "deploy", "base", "position", "locate")
                        for c in obj.children
                    )
                ):
                    return replace(entry, kind=Kind.LEAVE)  # "regroup troops stationed in X"
                if (
                    entry.lemma in ("station", "position", "base")
                    and verb.dep_ == "acl"
                    and verb.head.dep_ == "dobj"
                    and any(t.object == "troops" for t in self.lexicon.verbs.get(verb.head.head.lemma_.lower(), ()))
                ):
                    return None
                if (
                    entry.lemma
                    in (
                        "increase",
                        "expand",
                        "replenish",
                        "commit",
                        "bring",
                        "rotate",
                        "set_up",
                        "push",
                        "rush",
                        "deliver",
                        "pour",
                        "ship",
                        "gather",
                        "station",
                        "position",
                        "stage",
                    )
                    or obj is not None
                ):
                    return (
                        entry
                        if (
                            obj is not None
                            and (
                                lemma in self.words["troops"]
                                or (
                                    (obj.i in sides.at or obj.lower_ in ("them", "themselves"))
                                    and sides.of(obj) is not None
                                    and not self.place_like(obj, inside)
                                )
                                or (obj.pos_ == "PROPN" and obj.i not in inside)
                            )
                        )
                        or (entry.lemma in ("reinforce", "bolster") and obj is not None)
                        else None
                    )
                return (
                    entry
                    if entry.lemma
                    in (
                        "deploy",
                        "redeploy",
                        "re-deploy",
                        "concentrate",
                        "mass",
                        "amass",
                        "accumulate",
                        "regroup",
                        "move",
                        "arrive",
                        "operate",
                        "relocate",
                        "assemble",
                        "transfer",
                        "pour",
                    )
                    else None
                )
            case "none":
                if entry.subject == "place":
                    subj = child(verb, "nsubj")
                    below = () if subj is None else (subj, *(t for t in subj.subtree if t.dep_ == "pobj"))
                    named = any(t.i in inside for t in below) and self.place_like(subj, inside)
                    return (
                        entry
                        if named and child(verb, "acomp", "dobj", "attr") is None and not _measured(verb)
                        else None
                    )
                if entry.subject == "force":
                    who = subject(verb)
                    if who is None or obj is not None or who.i in inside:
                        return None
                    if entry.lemma == "head" and who.lemma_.lower() not in self.words["troops"]:
                        return entry if _is_convoy(who) else None  # envoys head for towns, too
                    return entry if self._forces(who, sides) or _is_convoy(who) else None
                if entry.subject == "garrison":
                    who = subject(verb)
                    there = any(c.dep_ == "prep" and c.lower_ in ("in", "inside", "at", "on") for c in verb.children)
                    named = (
                        who is not None
                        and who.i not in inside
                        and sides.of(who) is not None
                        and self._forces(who, sides)
                    )
                    return entry if named and there and child(verb, "acomp", "attr", "oprd", "xcomp") is None else None
                if entry.subject == "weapon":
                    subj = child(verb, "nsubj", "nsubjpass")
                    if entry.lemma in _HARM and (is_passive(verb) or self._is_event(subj)):
                        return None  # "the strike killed ten": the noun tells it
                    return (
                        entry
                        if subj is not None
                        and (
                            subj.lemma_.lower() in self.words["weapons"]
                            or any(c.lemma_.lower() in self.words["weapons"] for c in subj.children)
                        )
                        else None
                    )
                if entry.kind is Kind.ENTER and obj is not None:
                    return None
                if (
                    entry.lemma == "fight"
                    and any(
                        c.dep_ == "prep"
                        and c.lower_ == "for"
                        and not any(self.place_like(n, inside) or n.lemma_ == "control" for n in c.children)
                        for c in verb.children
                    )
                    and not any(
                        c.dep_ == "prep" and c.lower_ in ("in", "near", "around", "on", "at") for c in verb.children
                    )
                ):
                    return None  # for a cause
                if entry.kind is Kind.ADVANCE and obj is not None and not self.place_like(obj, inside):
                    return entry if measures(obj) else None
                if entry.lemma.startswith(("move_", "push_")) and _is_convoy(subject(verb)):
                    return replace(entry, kind=Kind.DEPLOY)
                return entry
            case _:
                if entry.kind is Kind.FIRE and (lemma in self.words["no_target"] or self._bloodless(verb)):
                    return None
                if entry.kind is Kind.FIRE and _brought_down(verb, obj):
                    return None
                if entry.kind is Kind.ESCALATE and (
                    verb.dep_ in ("acl", "relcl", "amod") or (is_passive(verb) and child(verb, "agent") is None)
                ):
                    return None
                if entry.lemma in ("hold_on", "hold_out") and obj is not None and not self.place_like(obj, inside):
                    return None  # "to hold a referendum on September 11"
                if entry.strict and not (obj is not None and (self.place_like(obj, inside) or sides.of(obj))):
                    return None
                if (
                    entry.place_object
                    and obj is not None
                    and lemma not in self.words["troops"]
                    and not self.place_like(obj, inside)
                    and sides.of(obj) is None
                ):
                    return None
                return entry

    def _forces(self, noun: Token, sides: SideReader) -> bool:
        """Whether a noun is a force: of a named side, or troops."""
        if noun.lemma_.lower() in self.words["troops"]:
            return True
        return bool(sides.of(noun)) and noun.pos_ != "PRON" and noun.lemma_.lower() not in _NO_FORCES

    def _fighters(self, noun: Token, sides: SideReader) -> bool:
        """Whether a noun is fighters, by name, by pronoun or as troops, and no deed of theirs."""
        if noun.lemma_.lower() in self.words["troops"] or noun.pos_ == "PRON":
            return True
        return noun.i in sides.at and noun.lemma_.lower() not in self.lexicon.nouns

    def _go(self, who: Token | None, sides: SideReader) -> bool:
        """Whether who is told to be somewhere is a force, or a side by its name or pronoun."""
        return who is not None and (self._forces(who, sides) or bool(sides.of(who)))

    def _bloodless(self, verb: Token) -> bool:
        """Whether what hits is no weapon: "a cyber attack hit a bank"."""
        who = child(verb, "nsubj")
        return who is not None and any(c.lower_ in self.words["no_event"] for c in who.children)

    def _is_event(self, noun: Token | None) -> bool:
        """Whether a noun is an event by itself: "a strike", "shelling"."""
        return noun is not None and not self.lexicon.nouns.keys().isdisjoint((noun.lemma_.lower(), noun.lower_))

    @staticmethod
    def _lasting(verb: Token) -> bool:
        """ "is occupied", "territory occupied by X": a state, where no day or month says when it began."""
        if any(
            c.dep_ == "prep"
            and c.lower_ in ("in", "on")
            and any(
                n.ent_type_ == "DATE"
                or n.text[:3] in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
                for n in c.children
            )
            for c in verb.children
        ):
            return False
        return verb.dep_ == "acl" or any(
            (c.dep_ in ("auxpass", "aux") and c.lower_ in ("is", "are", "remains"))
            or (c.dep_ == "prep" and c.lower_ == "since")
            for c in verb.children
        )
