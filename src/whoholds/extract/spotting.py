"""Which words of a parsed text are triggers: the verb or noun, its particle, and whether its object fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from whoholds.extract.background import is_background, is_effort, new_ground
from whoholds.extract.kept import BY_COMPANY, control, flag, grips, kept
from whoholds.extract.objects import ObjectReader
from whoholds.extract.phrases import PHRASE_VERBS, phrasal
from whoholds.extract.situations import tells_of_fighting
from whoholds.extract.syntax import child, is_verb
from whoholds.extract.texts import columns_of, text_of
from whoholds.extract.triggers import Trigger
from whoholds.extract.whose import SideReader
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PARTICLES = frozenset(
    [
        "closer",
        "back",
        "out",
        "away",
        "forward",
        "off",
        "on",
        "up",
        "down",
        "over",
        "in",
        "into",
        "from",
        "firm",
        "toward",
        "towards",
        "fire",
        "ground",
        "siege",
        "onto",
        "through",
        "ahead",
    ]
)
_BEFORE = frozenset({"previously", "formerly", "once", "earlier"})
_NEED_PLACE = frozenset({
    "loss", "capture", "fall", "seizure", "surrender", "evacuation", "abandonment", "taking",
    "clearing",
    "clearance", "departure", "conquest",
    "takeover", "retake", "retaking", "recapture", "liberation", "occupation", "landing", "reinforcement",
    "transfer", "concentration", "influx",
    "progress", "push", "drive", "gain", "engagement", "thrust", "defeat", "regrouping",
    "hostility",
    "foothold", "toehold", "garrison", "bridgehead", "sabotage",
    "resistance", "gunfire", "ouster", "expulsion", "rout", "fight", "deployment", "situation",
})  # fmt: skip


# nouns that name an event by what is said of them: "offensive operations", "the situation in X is tense"
_FLOWN = frozenset({"aerial", "air", "drone", "uav", "aviation"})
_MEASURES = frozenset({"pace", "rate", "volume", "intensity", "tempo", "density"})
_BY_MODIFIER = frozenset({
    "provocation", "mission", "campaign", "activity", "attempt", "duel", "round", "operation", "action", "maneuver",
    "manoeuvre", "fire", "exchange", "reconnaissance", "situation",
})  # fmt: skip

_KEPT_UP = frozenset(
    {"keep", "keep_up", "continue", "concentrate", "turn", "resume", "intensify", "maintain", "direct"}
)
_OFFERED = frozenset({"put", "put_up", "offer", "mount", "organize", "organise", "maintain", "sustain", "continue"})
"""Verbs with which defenders resist."""


class Spotter(ObjectReader):
    """Finds triggers; `inside` tells which tokens belong to a place name."""

    def spot(self, doc: Doc, inside: Mapping[int, int], sides: SideReader) -> dict[int, Trigger]:
        """The triggers of a Doc by token index."""
        out: dict[int, Trigger] = {}
        words = columns_of(doc)
        for i, (pos, *word) in enumerate(zip(words.pos, words.lower, words.lemma, strict=True)):
            if pos in ("SPACE", "PUNCT", "X", "DET", "PRON", "ADP", "CCONJ") or not self._may_be(*word):
                continue
            token = doc[i]
            if (
                token.lower_ in ("held", "controlled")
                and token.i > 1
                and token.nbor(-1).text == "-"
                and token.dep_ in ("amod", "compound", "nmod", "acl")
            ):
                if not any(c.lower_ in _BEFORE for c in (*token.children, *token.head.children)):
                    out[token.i] = Trigger(lemma=token.lower_, noun=True, kind=Kind.HOLD, object="label")
                continue
            found = (
                self._verb(token, inside, sides)
                if is_verb(token) and not self._gerund(token)
                else self._noun(token, inside)
            )
            if found is not None and found.kind is Kind.HOLD and any(c.lower_ in _BEFORE for c in token.children):
                continue  # "a village earlier occupied by them"
            if found is not None and (token.i not in inside or found.object == "label"):
                out[token.i] = found
        return {i: t for i, t in out.items() if not self._target(doc[i], t, out)}

    @cached_property
    def _verbs(self) -> frozenset[str]:
        """The verbs of which one looks what stands beside them."""
        return PHRASE_VERBS | {lemma.split("_")[0] for lemma in self.lexicon.verbs}

    @cached_property
    def _seen(self) -> dict[tuple[str, str], bool]:
        """Words met so far, and whether they may be triggers."""
        return {}

    def _may_be(self, lower: str, lemma: str) -> bool:
        """Whether a word may be a trigger, whatever stands around it; most may not, and are looked at no closer.

        What `_verb` and `_noun` ask of a word itself is asked here as well.
        """
        may = self._seen.get((lower, lemma))
        if may is None:
            base = lemma.lower()
            may = self._seen[lower, lemma] = (
                not self._verbs.isdisjoint((base, self.lexicon.base(base, lower)))
                or not self.lexicon.nouns.keys().isdisjoint((base, lower, _singular(lower)))
                or base in _BY_MODIFIER | BY_COMPANY
                or lower in ("hands", "held", "controlled")
                or "control" in (base, lower)
                or lower.endswith(("-held", "-controlled"))
            )
        return may

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
            if (
                verb.i in triggers
                and not triggers[verb.i].noun
                and triggers[verb.i].kind in (Kind.FIRE, Kind.ATTACK)
                and (token.dep_ == "nsubj" or token.head.dep_ == "agent")
            ):
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
        return (
            token.tag_ == "VBG"
            and token.lower_ in self.lexicon.nouns
            and child(token, "dobj", "aux", "nsubj") is None
            and child(token, "prep", "agent") is not None
            and token.dep_ not in ("acl", "advcl_", "relcl")
            and (token.dep_ != "advcl" or any(c.lower_ == "of" for c in token.children))
        )

    def _verb(self, verb: Token, inside: Mapping[int, int], sides: SideReader) -> Trigger | None:
        """The entry a verb matches, its object considered."""
        if verb.dep_ in ("amod", "compound", "nmod") and child(verb, "agent", "dobj") is None:
            return None  # "occupied Kherson", "captured tanks": labels
        for entry in self._entries(verb):
            fitted = self.fits(verb, entry, inside, sides)
            if fitted is not None:
                return fitted
        return None

    def _entries(self, verb: Token) -> Iterator[Trigger]:
        """Entries of the verb with its particles, the longest first."""
        lemma = self.lexicon.base(verb.lemma_.lower(), verb.lower_)
        seen: list[str] = []
        for c in verb.children:
            if c.dep_ in ("prt", "advmod", "prep", "dobj", "acomp") and c.lower_ in _PARTICLES:
                seen.append(c.lower_)
        for particle in seen:
            yield from self.lexicon.verbs.get(f"{lemma}_{particle}", ())
        yield from phrasal(verb)
        yield from self.lexicon.verbs.get(lemma, ())

    def _noun(self, noun: Token, inside: Mapping[int, int]) -> Trigger | None:
        """The entry of a noun that names an event."""
        if noun.i in inside:
            return None
        lemma = noun.lemma_.lower()
        lower = noun.lower_
        entry = (
            self.lexicon.nouns.get(lemma) or self.lexicon.nouns.get(lower) or self.lexicon.nouns.get(_singular(lower))
        )
        if entry is None:
            entry = self._operation(noun, lemma) or kept(noun, self.lexicon)
        if lemma == "situation" and tells_of_fighting(noun):
            return Trigger(lemma=lemma, noun=True, kind=Kind.ATTACK)
        if "control" in (lemma, lower) or lower == "hands" or grips(noun):
            return control(noun, self.lexicon)
        if lower.endswith(("-held", "-controlled")) or (
            lower in ("held", "controlled") and noun.i > 1 and noun.nbor(-1).text == "-"
        ):
            return Trigger(lemma=lower.rsplit("-", 1)[-1], noun=True, kind=Kind.HOLD, object="label")
        if entry is None:
            return None
        if noun.dep_ in ("compound", "amod", "nmod", "npadvmod") and noun.head.i not in inside:
            return None
        if noun.dep_ == "conj" and noun.head.dep_ in ("compound", "amod", "nmod"):
            return None
        modifiers = {c.lemma_.lower() for c in noun.children if c.dep_ in ("amod", "compound", "nmod")}
        if modifiers & self.words["no_event"]:
            return None
        if entry.kind is Kind.HOLD and modifiers & {"attempted", "potential", "possible"}:
            return None
        if lemma in ("flag", "tricolour", "tricolor", "banner"):
            return flag(noun)
        if _heads_a_list(noun):
            return None
        if entry.kind is Kind.ATTACK and lemma not in ("offensive", "counteroffensive") and self.fiery(noun):
            entry = replace(entry, kind=Kind.FIRE)
        if entry.lemma == "destruction" and any(
            c.lower_ == "of"
            and any(
                n.lemma_.lower() in self.words["people"]
                and n.lemma_.lower() not in ("tank", "weapon", "vehicle", "equipment", "ammunition")
                for n in c.children
            )
            for c in noun.children
        ):
            return None
        if entry.lemma == "declaration" and not any(
            c.lower_ == "of" and any(d.lower_ == "war" for d in c.children) for c in noun.children
        ):
            return None
        if entry.lemma in ("foothold", "bridgehead", "toehold") and new_ground(noun):
            return replace(entry, kind=Kind.ENTER)
        if entry.lemma == "loss" and lower == "losses" and not any(c.lower_ == "of" for c in noun.children):
            return None  # casualties
        if is_background(noun):
            return None
        if entry.kind is Kind.GAIN and is_effort(noun):
            return replace(entry, kind=Kind.ATTACK)
        if entry.lemma == "resistance" and noun.dep_ == "dobj" and noun.head.lemma_.lower() in _OFFERED:
            return replace(entry, kind=Kind.HOLD)  # "put up resistance in X"
        if entry.lemma == "regrouping" and noun.i > 0 and noun.nbor(-1).is_quote:
            return replace(entry, kind=Kind.LEAVE)  # the word held at arm's length: a retreat by another name
        if entry.lemma in ("strike", "fire") and modifiers & {"ground", "labor", "general"}:
            return None
        if entry.lemma == "advance" and noun.dep_ == "pobj" and noun.head.lower_ == "in":
            return None
        return entry

    def _operation(self, noun: Token, lemma: str) -> Trigger | None:
        """ "offensive operations", "reconnaissance-in-force attempt", "enemy fire".

        Nouns that name an event by their modifier.
        """
        if lemma not in _BY_MODIFIER:
            return None
        before = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound", "nmod")}
        for c in noun.children:
            if c.dep_ in ("amod", "compound", "nmod"):
                before |= {d.lower_ for d in c.children}
        if lemma in ("provocation", "mission", "campaign", "activity", "attempt", "duel", "round") and (
            before & self.words["fire"] or before & {"fire", "interdiction", "shelling", "bombing"}
        ):
            return Trigger(lemma=lemma, noun=True, kind=Kind.FIRE)
        if "reconnaissance" in before and before & _FLOWN:
            return None  # "aerial reconnaissance operations" are no attack
        if (
            lemma in ("operation", "attempt", "action", "maneuver", "manoeuvre", "mission", "activity")
            and before & self.words["assaulting"]
        ):
            return Trigger(lemma=lemma, noun=True, kind=Kind.ATTACK)
        if lemma == "operation" and "defensive" in before:
            return Trigger(lemma="defensive_operation", noun=True, kind=Kind.HOLD)
        if lemma == "fire" and noun.dep_ == "dobj" and noun.head.lemma_.lower() in _KEPT_UP and _on_a_name(noun):
            return Trigger(lemma="fire", noun=True, kind=Kind.FIRE)
        if lemma == "fire" and noun.dep_ == "pobj" and noun.head.head.lemma_.lower() in _MEASURES:
            return Trigger(lemma="fire", noun=True, kind=Kind.FIRE)  # "stepped up the pace of fire against X"
        if lemma == "fire" and (
            (noun.dep_ == "pobj" and noun.head.lower_ in ("under",)) or before & self.words["firing"]
        ):
            if noun.head.lemma_ in ("catch", "set", "open", "cease", "put") or (
                noun.dep_ == "dobj"
                and noun.head.lemma_
                not in ("direct", "rain", "conduct", "exchange", "adjust", "trade", "return", "launch")
            ):
                return None
            return Trigger(lemma="fire", noun=True, kind=Kind.FIRE)
        if lemma == "exchange":
            of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
            what = {t.lemma_.lower() for t in of.subtree} if of is not None else set()
            if what & self.words["weapons"]:
                return Trigger(lemma=lemma, noun=True, kind=Kind.ATTACK if what & {"gunfire", "fire"} else Kind.FIRE)
        if (
            lemma == "reconnaissance"
            and noun.dep_ == "dobj"
            and noun.head.lemma_ in ("conduct", "carry")
            and noun.head.head.lemma_ in ("attempt", "try")
        ):
            return Trigger(lemma=lemma, noun=True, kind=Kind.ATTACK)
        if lemma == "reconnaissance" and any(
            c.lower_ in ("in", "by") and any(d.lower_ in ("force", "battle", "combat", "fighting") for d in c.children)
            for c in noun.children
        ):
            return Trigger(lemma=lemma, noun=True, kind=Kind.ATTACK)
        return None

    def fiery(self, token: Token) -> bool:
        """Whether the modifiers, the doer or the means of an attack are those of fire from afar."""
        fire = self.words["fire"]
        if token.lemma_.lower() == "attack" and not is_verb(token) and token.sent.text.rstrip().endswith(":"):
            # a headline's topic: "Attack on X: drones hit a depot"
            after = text_of(token.doc)[token.sent.end_char : token.sent.end_char + 160].lower()
            if {w.strip(".,").removesuffix("s") for w in after.split()} & (fire - {"tank"}):
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
                    if noun.lemma_.lower() in fire - {"tank"} or (noun.lower_ in fire):
                        return True
                    if any(
                        d.lemma_.lower() in fire - {"tank"} and d.dep_ in ("compound", "amod", "conj")
                        for d in noun.children
                    ):
                        return True
            if c.dep_ == "advcl" and c.lower_ == "using":
                return any(
                    n.lemma_.lower() in fire or any(d.lemma_.lower() in fire for d in n.children) for n in c.children
                )
            if c.dep_ == "prep" and c.lower_ == "-":
                continue
        return False

    @staticmethod
    def needs_place(trigger: Trigger) -> bool:
        """Whether a noun is a trigger only where a place hangs on it."""
        return trigger.noun and trigger.lemma in _NEED_PLACE


def _on_a_name(noun: Token) -> bool:
    """Whether fire is on a name: "kept up its fire on X"."""
    near = (*noun.children, *noun.head.children)
    return any(c.lower_ in ("on", "at") and any(n.pos_ == "PROPN" for n in c.children) for c in near)


def _singular(word: str) -> str:
    """A plural without its ending, for nouns that the tagger took for verbs."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word.removesuffix("s")


def _heads_a_list(noun: Token) -> bool:
    """Whether a noun with capitals is the heading of what a report will tell: "Counteroffensives - The South"."""
    behind = noun.nbor(1).text if noun.i + 1 < len(noun.doc) else ""
    return noun.text[:1].isupper() and noun.i > noun.sent.start and behind in ("-", "–", "—")
