"""Which words of a parsed text are triggers: the verb or noun, its particle, and whether its object fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from whoholds.extract.sides import SideReader
from whoholds.extract.syntax import antecedent, child, is_passive, is_verb
from whoholds.extract.triggers import Lexicon, Trigger
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PARTICLES = frozenset(
    "closer back out away forward off on up down over in into toward towards fire ground siege onto through ahead".split()
)
_NEED_PLACE = frozenset({
    "loss", "capture", "fall", "seizure", "surrender", "evacuation", "abandonment", "taking", "clearing", "clearance", "departure", "conquest",
    "takeover", "retake", "retaking", "recapture", "liberation", "occupation", "landing", "reinforcement", "transfer", "concentration", "influx",
    "progress", "push", "drive", "gain", "engagement", "thrust", "defeat", "regrouping", "hostility", "foothold", "garrison", "bridgehead", "sabotage",
    "resistance", "gunfire", "ouster", "expulsion", "rout", "fight", "deployment",
})  # fmt: skip


class Spotter:
    """Finds triggers; `inside` tells which tokens belong to a place name."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words = lexicon.words

    def spot(self, doc: Doc, inside: Mapping[int, int], sides: SideReader) -> dict[int, Trigger]:
        """The triggers of a Doc by token index."""
        out: dict[int, Trigger] = {}
        for token in doc:
            if token.pos_ in ("SPACE", "PUNCT", "X", "DET", "PRON", "ADP", "CCONJ"):
                continue
            if token.lower_ in ("held", "controlled") and token.i > 1 and token.nbor(-1).text == "-" and token.dep_ in ("amod", "compound", "nmod", "acl"):
                if not any(c.lower_ in ("previously", "formerly", "once") for c in (*token.children, *token.head.children)):
                    out[token.i] = Trigger(lemma=token.lower_, noun=True, kind=Kind.HOLD, object="label")
                continue
            found = self._verb(token, inside, sides) if is_verb(token) and not self._gerund(token) else self._noun(token, inside)
            if found is not None and (token.i not in inside or found.object == "label"):
                out[token.i] = found
        return {i: t for i, t in out.items() if not self._target(doc[i], t, out)}

    @staticmethod
    def _target(token: Token, trigger: Trigger, triggers: Mapping[int, Trigger]) -> bool:
        """Whether a noun only names what another event is aimed at: "strikes on a concentration of troops"."""
        if not trigger.noun:
            return False
        if trigger.kind in (Kind.ATTACK, Kind.ADVANCE) and token.dep_ == "pobj" and token.head.dep_ == "agent":
            over = triggers.get(token.head.head.i)
            return over is not None and not over.noun
        if trigger.kind is Kind.FIRE and (token.dep_ in ("nsubj", "pobj")):
            verb = token.head.head if token.dep_ == "pobj" and token.head.dep_ == "agent" else token.head
            if verb.i in triggers and not triggers[verb.i].noun and triggers[verb.i].kind in (Kind.FIRE, Kind.ATTACK) and (token.dep_ == "nsubj" or token.head.dep_ == "agent"):
                return True  # "strikes hit X": the verb tells it
        node = token
        while node.dep_ in ("conj", "compound", "nmod") and node.head.i != node.i and not is_verb(node.head):
            node = node.head
        if node.dep_ == "pobj" and node.head.lower_ in ("on", "against", "at", "to", "upon"):
            over = triggers.get(node.head.head.i)
            return over is not None and over.kind in (Kind.FIRE, Kind.ATTACK)
        if node.dep_ == "dobj":
            over = triggers.get(node.head.i)
            return over is not None and over.kind is Kind.FIRE and over.object == "any"
        return False

    def _gerund(self, token: Token) -> bool:
        """Whether a word in -ing is the name of an event: "Shelling of X"."""
        return token.tag_ == "VBG" and token.lower_ in self.lexicon.nouns and child(token, "dobj", "aux", "nsubj") is None and child(token, "prep") is not None and token.dep_ not in ("acl", "advcl_", "relcl") and (token.dep_ != "advcl" or any(c.lower_ == "of" for c in token.children))

    def _verb(self, verb: Token, inside: Mapping[int, int], sides: SideReader) -> Trigger | None:
        """The entry a verb matches, its object considered."""
        if verb.dep_ in ("amod", "compound", "nmod") and child(verb, "agent", "dobj") is None:
            return None  # "occupied Kherson", "captured tanks": labels
        for entry in self._entries(verb):
            fitted = self._fits(verb, entry, inside, sides)
            if fitted is not None:
                return fitted
        return None

    def _entries(self, verb: Token) -> Iterator[Trigger]:
        """Entries of the verb with its particles, the longest first."""
        lemma = verb.lemma_.lower()
        seen: list[str] = []
        for c in verb.children:
            if c.dep_ in ("prt", "advmod", "prep", "dobj", "acomp") and c.lower_ in _PARTICLES:
                seen.append(c.lower_)
        for particle in seen:
            yield from self.lexicon.verbs.get(f"{lemma}_{particle}", ())
        obj = child(verb, "dobj")
        if obj is not None and lemma in ("gain", "take", "make", "win") and obj.lemma_ == "ground":
            yield Trigger(lemma=f"{lemma}_ground", noun=False, kind=Kind.ADVANCE, object="none")
        yield from self.lexicon.verbs.get(lemma, ())

    def object_of(self, verb: Token) -> Token | None:
        """What the verb is done to."""
        if is_passive(verb):
            own = child(verb, "nsubjpass")
            if own is not None:
                return antecedent(own)
            if verb.dep_ in ("acl", "relcl"):
                return verb.head
            if verb.dep_ == "conj":
                return self.object_of(verb.head) if is_verb(verb.head) else None
            if verb.dep_ == "xcomp":
                return child(verb.head, "nsubj", "nsubjpass")
            return None
        own = child(verb, "dobj", "obj")
        if own is not None:
            return antecedent(own)
        return None

    def place_like(self, token: Token | None, inside: Mapping[int, int], *, names: bool = False) -> bool:
        """Whether a noun is a place or stands for one."""
        if token is None:
            return False
        if token.i in inside:
            return True
        if token.lemma_.lower() in self.words["place_nouns"]:
            return not any(c.lemma_.lower() in ("tank", "prisoner") for c in token.children if c.dep_ == "compound")
        if token.pos_ in ("NUM", "PRON", "DET", "ADJ") or token.lemma_ in ("ring", "string", "series", "cluster", "chunk", "handful", "couple", "belt", "network", "group", "%", "percent", "dozen", "hundred", "number", "more", "lot", "control", "kilometer"):
            of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ in ("of", "over")), None)
            if of is not None and self.place_like(child(of, "pobj"), inside):
                return True
        if names and token.pos_ == "PROPN" and token.text[:1].isupper() and not token.text.isupper():
            return True
        return any(self.place_like(c, inside, names=names) for c in token.children if c.dep_ in ("conj", "appos"))

    def _fits(self, verb: Token, entry: Trigger, inside: Mapping[int, int], sides: SideReader) -> Trigger | None:
        """The entry, its kind perhaps changed, where the object is what it asks for."""
        obj = self.object_of(verb)
        lemma = obj.lemma_.lower() if obj is not None else ""
        if entry.lemma in ("flee", "retreat", "escape", "advance") and obj is not None and verb.tag_ == "VBG" and sides.of(obj) and obj.i not in inside:
            return None  # "fleeing Russian troops"
        if obj is not None and lemma == "control":
            return None  # the noun carries it
        match entry.object:
            case "place":
                if obj is None and verb.dep_ == "relcl" and False:
                    return None
                if obj is None:
                    subj = child(verb, "nsubj")
                    if verb.tag_ in ("VBN", "VBD") and subj is not None and self.place_like(subj, inside) and (subj.i in inside or sides.of(subj) is None):
                        return entry  # headline: "X liberated"
                    if verb.dep_ in ("relcl",) and self.place_like(verb.head, inside) and child(verb, "nsubj") is not None:
                        return entry
                    return None
                if self.place_like(obj, inside, names=not entry.strict):
                    if entry.lemma == "occupy" and is_passive(verb) and self._lasting(verb):
                        return replace(entry, kind=Kind.HOLD)
                    return entry
                return None
            case "force":
                if obj is not None and (sides.all_of(obj) or lemma in self.words["troops"] or obj.pos_ == "PRON"):
                    return entry
                return None
            case "positions":
                return entry if lemma == "position" else None
            case "weapon":
                if entry.lemma in ("use", "employ") and lemma not in self.words["fire"]:
                    return None
                if entry.lemma in ("use", "employ") and any(c.dep_ in ("xcomp", "advcl", "acl") for c in (*verb.children, *(obj.children if obj is not None else ()))):
                    return None  # used to shell: the other verb tells it
                if lemma in self.words["weapons"] or (obj is not None and any(c.lemma_.lower() in self.words["weapons"] for c in obj.children)):
                    if obj is not None and lemma in ("strike", "fire", "barrage", "airstrike", "raid", "shelling", "salvo", "volley") and lemma in self.lexicon.nouns:
                        return None  # the noun carries it
                    return entry
                if obj is None and entry.lemma in ("fire", "shoot", "open_fire") and any(c.lower_ in ("at", "on", "upon", "into", "toward", "towards") for c in verb.children):
                    return entry
                return None
            case "troops":
                if entry.lemma == "regroup" and obj is not None and any(c.dep_ == "acl" and c.lemma_.lower() in ("station", "deploy", "base", "position", "locate") for c in obj.children):
                    return replace(entry, kind=Kind.LEAVE)  # "regroup troops stationed in X"
                if entry.lemma in ("station", "position", "base") and verb.dep_ == "acl" and verb.head.dep_ == "dobj" and any(t.object == "troops" for t in self.lexicon.verbs.get(verb.head.head.lemma_.lower(), ())):
                    return None
                if entry.lemma in ("increase", "expand", "replenish", "commit", "bring", "rotate", "set_up", "push", "rush", "deliver", "pour", "ship", "gather", "station", "position", "stage") or obj is not None:
                    return entry if obj is not None and (lemma in self.words["troops"] or ((obj.i in sides.at or obj.lower_ in ("them", "themselves")) and sides.of(obj) is not None and not self.place_like(obj, inside)) or (obj.pos_ == "PROPN" and obj.i not in inside)) or (entry.lemma in ("reinforce", "bolster") and obj is not None) else None
                return entry if entry.lemma in ("deploy", "redeploy", "re-deploy", "concentrate", "mass", "amass", "accumulate", "regroup", "move", "arrive", "operate", "relocate", "assemble", "transfer", "pour") else None
            case "none":
                if entry.subject == "weapon":
                    subj = child(verb, "nsubj", "nsubjpass")
                    return entry if subj is not None and (subj.lemma_.lower() in self.words["weapons"] or any(c.lemma_.lower() in self.words["weapons"] for c in subj.children)) else None
                if entry.kind is Kind.ENTER and obj is not None:
                    return None
                if entry.lemma == "fight" and any(c.dep_ == "prep" and c.lower_ == "for" and not any(self.place_like(n, inside) or n.lemma_ == "control" for n in c.children) for c in verb.children) and not any(c.dep_ == "prep" and c.lower_ in ("in", "near", "around", "on", "at") for c in verb.children):
                    return None  # for a cause
                if entry.kind is Kind.ADVANCE and obj is not None and not self.place_like(obj, inside):
                    return None
                return entry
            case _:
                if entry.kind is Kind.FIRE and lemma in self.words["no_target"]:
                    return None
                if entry.lemma == "occupy" and False:
                    return None
                if entry.kind is Kind.ESCALATE and (verb.dep_ in ("acl", "relcl", "amod") or (is_passive(verb) and child(verb, "agent") is None)):
                    return None
                if entry.strict and not (obj is not None and (self.place_like(obj, inside) or sides.of(obj))):
                    return None
                if entry.place_object and obj is not None and lemma not in self.words["troops"] and not self.place_like(obj, inside) and sides.of(obj) is None:
                    return None
                return entry

    @staticmethod
    def _lasting(verb: Token) -> bool:
        """ "is occupied", "territory occupied by X": a state, where no day or month says when it began."""
        if any(c.dep_ == "prep" and c.lower_ in ("in", "on", "since") and any(n.ent_type_ == "DATE" or n.text[:3] in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec") for n in c.children) for c in verb.children):
            return False
        return verb.dep_ == "acl" or any(c.dep_ in ("auxpass", "aux") and c.lower_ in ("is", "are", "remains", "been") for c in verb.children)

    def _noun(self, noun: Token, inside: Mapping[int, int]) -> Trigger | None:
        """The entry of a noun that names an event."""
        if noun.i in inside:
            return None
        lemma = noun.lemma_.lower()
        lower = noun.lower_
        entry = self.lexicon.nouns.get(lemma) or self.lexicon.nouns.get(lower) or self.lexicon.nouns.get(_singular(lower))
        if entry is None:
            entry = self._operation(noun, lemma)
        if lemma == "control" or lower == "control":
            return self._control(noun)
        if lower.endswith(("-held", "-controlled")) or (lower in ("held", "controlled") and noun.i > 1 and noun.nbor(-1).text == "-"):
            return Trigger(lemma=lower.rsplit("-", 1)[-1], noun=True, kind=Kind.HOLD, object="label")
        if entry is None:
            return None
        if noun.dep_ in ("compound", "amod", "nmod", "npadvmod") and not (noun.head.i in inside):
            return None
        if noun.dep_ == "conj" and noun.head.dep_ in ("compound", "amod", "nmod"):
            return None
        modifiers = {c.lemma_.lower() for c in noun.children if c.dep_ in ("amod", "compound", "nmod")}
        if modifiers & self.words["no_event"]:
            return None
        if lemma == "flag":
            return self._flag(noun)
        if entry.kind is Kind.ATTACK and lemma not in ("offensive", "counteroffensive"):
            if self.fiery(noun):
                entry = replace(entry, kind=Kind.FIRE)
        if entry.lemma == "destruction" and any(c.lower_ == "of" and any(n.lemma_.lower() in self.words["people"] and n.lemma_.lower() not in ("tank", "weapon", "vehicle", "equipment", "ammunition") for n in c.children) for c in noun.children):
            return None
        if entry.lemma == "declaration" and not any(c.lower_ == "of" and any(d.lower_ == "war" for d in c.children) for c in noun.children):
            return None
        if entry.lemma == "regrouping" and noun.i > 0 and noun.nbor(-1).is_quote:
            return replace(entry, kind=Kind.LEAVE)  # the word held at arm's length: a retreat by another name
        if entry.lemma in ("strike", "fire") and modifiers & {"ground", "labor", "general"}:
            return None
        if entry.lemma == "advance" and noun.dep_ == "pobj" and noun.head.lower_ == "in":
            return None
        return entry

    def _operation(self, noun: Token, lemma: str) -> Trigger | None:
        """ "offensive operations", "reconnaissance-in-force attempt", "enemy fire": nouns that name an event by their modifier."""
        before = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound", "nmod")}
        for c in noun.children:
            if c.dep_ in ("amod", "compound", "nmod"):
                before |= {d.lower_ for d in c.children}
        if lemma in ("provocation", "mission", "campaign", "activity", "attempt", "duel", "round") and (before & self.words["fire"] or before & {"fire", "interdiction", "shelling", "bombing"}):
            return Trigger(lemma=lemma, noun=True, kind=Kind.FIRE)
        if lemma in ("operation", "attempt", "action", "maneuver", "manoeuvre", "mission", "activity") and before & self.words["assaulting"]:
            return Trigger(lemma=lemma, noun=True, kind=Kind.ATTACK)
        if lemma == "fire" and ((noun.dep_ == "pobj" and noun.head.lower_ in ("under",)) or before & self.words["firing"]):
            if noun.head.lemma_ in ("catch", "set", "open", "cease", "put") or (noun.dep_ == "dobj" and noun.head.lemma_ not in ("direct", "rain", "conduct", "exchange", "adjust", "trade", "return", "launch")):
                return None
            return Trigger(lemma="fire", noun=True, kind=Kind.FIRE)
        if lemma == "exchange":
            of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
            what = {t.lemma_.lower() for t in of.subtree} if of is not None else set()
            if what & self.words["weapons"]:
                return Trigger(lemma=lemma, noun=True, kind=Kind.ATTACK if what & {"gunfire", "fire"} else Kind.FIRE)
        if lemma == "reconnaissance" and noun.dep_ == "dobj" and noun.head.lemma_ in ("conduct", "carry") and noun.head.head.lemma_ in ("attempt", "try"):
            return Trigger(lemma=lemma, noun=True, kind=Kind.ATTACK)
        if lemma == "reconnaissance" and any(c.lower_ in ("in", "by") and any(d.lower_ in ("force", "battle", "combat", "fighting") for d in c.children) for c in noun.children):
            return Trigger(lemma=lemma, noun=True, kind=Kind.ATTACK)
        return None

    def fiery(self, token: Token) -> bool:
        """Whether the modifiers, the doer or the means of an attack are those of fire from afar."""
        fire = self.words["fire"]
        sent = token.sent
        if token.lemma_.lower() == "attack" and not is_verb(token) and any(t.text == ":" and t.i > token.i for t in sent):
            # a headline's topic: "Attack on X: drones hit a depot"
            if any(t.lemma_.lower() in fire and t.lemma_.lower() != "tank" for t in sent if t.i > token.i):
                return True
        for c in token.children:
            if c.dep_ in ("amod", "compound", "nmod", "nsubj") and (c.lemma_.lower() in fire or c.lower_ in fire):
                if c.lemma_.lower() == "tank" or (c.dep_ == "conj" and not is_verb(token)):
                    continue
                return True
            if c.dep_ == "nsubj" and any(d.lemma_.lower() in fire and d.dep_ != "prep" for d in c.children):
                return True
            if c.dep_ in ("agent", "prep") and c.lower_ in ("by", "with", "from", "using", "of"):
                for noun in c.children:
                    if noun.lemma_.lower() in fire or (noun.lower_ in fire):
                        return True
                    if any(d.lemma_.lower() in fire and d.dep_ in ("compound", "amod", "conj") for d in noun.children):
                        return True
            if c.dep_ == "advcl" and c.lower_ == "using":
                return any(n.lemma_.lower() in fire or any(d.lemma_.lower() in fire for d in n.children) for n in c.children)
            if c.dep_ == "prep" and c.lower_ == "-" :
                continue
        return False

    @staticmethod
    def _flag(noun: Token) -> Trigger | None:
        """ "Ukrainian flags on statues in X", "flags raised in X": who flies the flag holds the place."""
        if any(c.lower_ in ("white", "false", "red") for c in noun.children):
            return None
        verb = noun.head if noun.dep_ in ("nsubj", "nsubjpass", "dobj") else None
        if verb is not None and verb.lemma_.lower() in ("burn", "tear", "remove", "lower", "wave", "white", "trample", "desecrate"):
            return None
        return Trigger(lemma="flag", noun=True, kind=Kind.HOLD)

    def _control(self, noun: Token) -> Trigger | None:
        """ "control": gained, lost or held, as its verb has it."""
        if noun.dep_ in ("compound", "amod", "nmod"):
            return None
        kind: Kind | None = None
        node = noun
        while node.dep_ == "conj" and not is_verb(node.head):
            node = node.head
        if node.dep_ in ("dobj", "nsubjpass", "attr", "nsubj") and is_verb(node.head):
            kind = self.lexicon.control.get(node.head.lemma_.lower())
            if kind is None and node.dep_ == "nsubj":
                kind = Kind.HOLD
        elif node.dep_ == "pobj":
            prep = node.head
            if prep.lower_ in ("under", "in"):
                kind = Kind.HOLD
                if prep.lower_ == "under" and prep.head.lemma_.lower() in ("bring", "take", "return", "come", "put", "place"):
                    kind = Kind.GAIN
            elif prep.lower_ in ("of",) and prep.head.lemma_.lower() in ("loss",):
                kind = Kind.LEAVE
            elif prep.lower_ == "for":
                return None
            elif prep.lower_ == "of" and prep.head.lemma_.lower() in ("consolidation", "maintenance"):
                kind = Kind.HOLD
        if kind is None:
            return None
        return Trigger(lemma="control", noun=True, kind=kind)

    @staticmethod
    def needs_place(trigger: Trigger) -> bool:
        """Whether a noun is a trigger only where a place hangs on it."""
        return trigger.noun and trigger.lemma in _NEED_PLACE


def _singular(word: str) -> str:
    """A plural without its ending, for nouns that the tagger took for verbs."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")
