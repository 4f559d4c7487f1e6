"""From a parsed text and its places to frames: who did what where.

1. spot the triggers (`spotting`) and hang every place on the trigger above it (`links`)
2. read what governs the trigger: attempted, failed, planned, wished (`operators`)
3. keep the places that the trigger's kind takes by their preposition; anaphors stand for the place named before
4. tell the side from subject, agent, modifiers, the verb that carries a noun, or who must have done it
5. split a frame whose places are of different kinds ("the northern part of X and Y")
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whoholds.extract.aims import is_aim
from whoholds.extract.anaphora import anaphors
from whoholds.extract.counts import count_of
from whoholds.extract.frame import Frame
from whoholds.extract.links import Link, Linker
from whoholds.extract.operators import Operators, Status
from whoholds.extract.sides import SideReader, Sides
from whoholds.extract.spotting import Spotter
from whoholds.extract.syntax import OBJECTS, child, clause_verb, is_passive, is_verb, subject
from whoholds.extract.triggers import Lexicon, Trigger
from whoholds.model import ClaimPlace, Kind, Mention, PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AT = frozenset(
    "in near at around on along across throughout outside inside within over between through beyond off round behind "
    "south north east west southeast southwest northeast northwest".split()
) | {"outside of", "inside of", "south of", "north of", "east of", "west of", "near of"}
_PREPS: dict[Kind, frozenset[str]] = {
    Kind.GAIN: _AT | {"of"},
    Kind.ENTER: _AT | {"into", "to", "of"},
    Kind.HOLD: _AT | {"of", "to"},
    Kind.LEAVE: frozenset({"from", "of", "out of", "away from", "off", "out", "outside"}),
    Kind.ATTACK: _AT | {"against", "upon", "toward", "towards", "to", "for", "of", "into", "targeting", "onto", "up"},
    Kind.FIRE: _AT | {"against", "of", "to", "into", "upon", "toward", "towards", "targeting", "onto"},
    Kind.ADVANCE: _AT | {"toward", "towards", "to", "into", "against", "of", "onto", "from", "up"},
    Kind.DEPLOY: _AT | {"to", "into", "toward", "towards", "onto"},
    Kind.ESCALATE: frozenset({"of", "in", "on", "into", "to", "throughout", "across", "within"}),
}
_WEAK_PREPS: dict[Kind, frozenset[str]] = {
    Kind.ATTACK: frozenset({"from"}),
    Kind.LEAVE: frozenset({"in", "at", "near", "around", "on", "along"}),
}
_MUTUAL = frozenset({"exchange", "clash", "battle", "fighting", "combat", "skirmish", "engagement", "firefight", "gunfight", "hostility", "fight", "gunbattle"})
_SUBJECT_OF = frozenset({"withdrawal", "retreat", "advance", "progress", "deployment", "redeployment", "buildup", "concentration", "influx", "gain", "offensive", "departure", "defeat", "regrouping", "rout", "expulsion", "ouster", "transfer", "reinforcement", "surrender", "evacuation", "loss"})
_LIBERATE = frozenset({"liberate", "liberation", "de-occupy", "de-occupation", "free", "deoccupy", "recapture", "retake", "retaking", "deoccupation"})
_OF_ONLY = frozenset({"loss", "capture", "fall", "seizure", "surrender", "evacuation", "abandonment", "taking", "departure", "conquest", "takeover", "retaking", "defeat", "clearing", "clearance", "ouster"})
_COMPASS_START = re.compile(r"(?:the |just |immediately |directly |further |due |far )*(?:north|south|east|west)", re.IGNORECASE)
_AND = re.compile(r",? and (?:(?:in|near|around|at|on|along|to) )?(?:the )?")
# Unnamed places of a number: the place of an attack, but a count of gains.
_SEVERAL = re.compile(r"many |several |a number |other |numerous ", re.IGNORECASE)
_COMPASS = ("north", "south", "east", "west")


@dataclass(slots=True)
class Draft:
    """A trigger with what has been read of it so far."""

    i: int
    trigger: Trigger
    status: Status
    verb: int
    links: list[Link]
    side: str | None = None
    failed: bool = False
    host: int | None = None
    why: str = ""


class FrameReader:
    """Reads the frames of parsed texts; holds no state of any text."""

    def __init__(self, lexicon: Lexicon, sides: Sides) -> None:
        self.lexicon = lexicon
        self.sides = sides
        self.spotter = Spotter(lexicon)
        self.linker = Linker(lexicon)
        self.operators = Operators(lexicon)

    def read(self, doc: Doc, text: str, mentions: Sequence[Mention], *, view: str | None, outlet_side: str | None) -> list[Frame]:
        """The frames of a Doc whose characters are those of `text`.

        Parameters
        ----------
        mentions
            Places found in the text.
        view
            The side for which "our" and "the enemy" speak.
        outlet_side
            The side of who publishes, None for a third party.
        """
        reader = _TextReader(self, doc, text, mentions, view, outlet_side)
        return reader.frames()


class _TextReader:
    """The frames of one text."""

    def __init__(
        self, parts: FrameReader, doc: Doc, text: str, mentions: Sequence[Mention], view: str | None, outlet_side: str | None
    ) -> None:
        self.parts = parts
        self.words = parts.lexicon.words
        self.doc = doc
        self.text = text
        self.outlet_side = outlet_side
        self.sides = SideReader(parts.sides, doc, text, view=view)
        stand_ins = anaphors(doc, mentions, parts.lexicon)
        self.mentions = [*mentions, *(Mention(span=a.span, type=a.stands_for.type, name=a.span.text, role="anaphor") for a in stand_ins)]
        self.stands_for = {len(mentions) + k: a.stands_for for k, a in enumerate(stand_ins)}
        self.inside = self._inside()
        self.sides.inside = self.inside
        countries = frozenset(n for side in parts.sides.theatre.sides for n in side.names)
        self.sides.places = {
            i
            for i, n in self.inside.items()
            if self.mentions[n].role != "anaphor" and (self.mentions[n].type is PlaceType.SETTLEMENT or self.mentions[n].span.text not in countries)
        }
        self.triggers = parts.spotter.spot(doc, self.inside, self.sides)
        links, self.tops = parts.linker.link(doc, self.mentions, self.triggers)
        self.links: dict[int, list[Link]] = {}
        self.drafted: list[Draft] = []
        for link in links:
            self.links.setdefault(link.trigger, []).append(link)

    def _inside(self) -> dict[int, int]:
        """Token index → the mention it is part of."""
        out: dict[int, int] = {}
        for number, m in enumerate(self.mentions):
            span = self.doc.char_span(m.span.start, m.span.end, alignment_mode="expand")
            if span is not None and m.role != "anchor":
                for t in span:
                    out[t.i] = number
        return out

    def frames(self) -> list[Frame]:
        """All frames, in the order of their triggers."""
        drafts: dict[int, Draft] = {}
        for i, trigger in sorted(self.triggers.items()):
            draft = self._draft(i, trigger)
            if draft is not None:
                drafts[i] = draft
                self.drafted.append(draft)
        for draft in drafts.values():
            if not draft.links:
                self._borrow(draft, drafts)
            if not draft.links:
                self._beside_subject(draft)
        for draft in drafts.values():
            if not draft.links:
                self._context(draft, drafts)
        out: list[Frame] = []
        for draft in drafts.values():
            out += self._finish(draft, out)
        return self._same_fire(out)

    @staticmethod
    def _same_fire(frames: list[Frame]) -> list[Frame]:
        """Fire without a side takes that of other fire on the same place."""
        known: dict[tuple[Kind, str], str] = {}
        for f in frames:
            if f.kind in (Kind.FIRE, Kind.ATTACK) and f.side is not None:
                for p in f.places:
                    known.setdefault((f.kind, p.span.text.lower()), f.side)
        out: list[Frame] = []
        for f in frames:
            mutual = f.kind is not Kind.FIRE and f.rule.split(":")[1].split("(")[0] in _MUTUAL
            if f.side is None and f.kind in (Kind.FIRE, Kind.ATTACK) and not mutual:
                side = next((known[f.kind, p.span.text.lower()] for p in f.places if (f.kind, p.span.text.lower()) in known), None)
                out.append(replace(f, side=side, rule=f"{f.rule} [side of the same place]") if side else f)
            else:
                out.append(f)
        return out

    def _context(self, draft: Draft, drafts: Mapping[int, Draft]) -> None:
        """Places that the clause leaves out: those of its purpose, of the same clause, of the claim just before."""
        token, trigger = self.doc[draft.i], draft.trigger
        if trigger.noun and draft.host is not None and self._mere_subject(token, self.doc[draft.host]) and trigger.kind is not Kind.FIRE:
            return
        if trigger.kind is Kind.GAIN and not trigger.noun and token.dep_ in ("advcl", "conj", "xcomp") and token.head.i in drafts and drafts[token.head.i].links:
            draft.links = [Link(k.mention, draft.i, k.slot, k.preps) for k in drafts[token.head.i].links]
            draft.why = "place of the clause above"
            return
        if trigger.kind is Kind.GAIN and count_of(self.doc, token, trigger, self.parts.lexicon) is not None:
            near = [n for n, m in enumerate(self.mentions) if m.type is PlaceType.REGION and m.span.end <= token.idx and token.idx - m.span.end < 260 and m.area and not m.area.startswith("country:")]
            if near:
                draft.links = [Link(near[-1], draft.i, "before")]
                draft.why = "region before"
                return
        if trigger.kind is Kind.DEPLOY:
            for i, links in self.links.items():
                if i not in drafts and i != draft.i and self._above(self.doc[i], token):
                    draft.links = [Link(k.mention, draft.i, "purpose") for k in links if k.slot in ("obj", "prep", "adv")]
                    if draft.links:
                        draft.why = "place of the purpose"
                        return
            return
        topic = self._topic(token)
        if topic:
            draft.links = [Link(n, draft.i, "prep", ("in",)) for n in topic]
            draft.why = "place of the headline"
            return
        if trigger.lemma == "flag":
            sent = token.sent
            near = [n for n, top in self.tops.items() if sent.start <= top.i < sent.end and self.mentions[n].role != "anchor" and top.dep_ == "pobj" and top.head.lower_ in _AT | {"of", "including"} and self.mentions[n].type in (PlaceType.SETTLEMENT, PlaceType.FEATURE)]
            draft.links = [Link(n, draft.i, "prep", ("in",)) for n in near]
            draft.why = "place of the sentence"
            return
        if trigger.kind is Kind.ESCALATE or trigger.kind is Kind.ADVANCE or trigger.object == "label":
            return
        if trigger.noun and token.dep_ == "pobj" and token.head.lower_ == "of" and any(c.lower_ == "the" for c in token.children):
            return
        definite = trigger.noun and any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in token.children) and trigger.lemma not in _MUTUAL
        background = trigger.noun and trigger.kind is not Kind.LEAVE and token.dep_ in ("pobj", "pcomp") and (token.head.lower_ in ("after", "following", "amid", "during", "despite") or (token.head.lower_ in ("of", "to") and token.head.head.lemma_.lower() in ("result", "due", "because", "case", "consequence")))
        used = {k.mention for d in drafts.values() for k in d.links}
        verb = clause_verb(token)
        inside = {t.i for t in verb.subtree}
        for number, top in self.tops.items():
            if number in used or top.i not in inside or self.mentions[number].role == "anchor":
                continue
            prep = top.head.lower_ if top.dep_ == "pobj" else ""
            if self._clause_of(top) == verb.i and prep in _PREPS[trigger.kind] & _AT and top.i > token.i:
                mention = self.mentions[number]
                if _SEVERAL.match(mention.name) and trigger.kind not in (Kind.ATTACK, Kind.FIRE):
                    continue
                if self._too_wide(mention, trigger.kind, prep) or self.mentions[number].span.text in self._governments():
                    continue
                draft.links.append(Link(number, draft.i, "prep", (prep,)))
        if draft.links:
            draft.links = self._specific(draft.links)
            draft.why = "place of the clause"
            return
        if definite or background:
            return  # told before
        if not draft.links and trigger.kind in (Kind.ATTACK, Kind.FIRE) and draft.why == "":
            sent = token.sent
            near = [n for n, top in self.tops.items() if n not in used and sent.start <= top.i < sent.end and self.mentions[n].role != "anchor" and self._stands_at(top) and self.mentions[n].span.text not in self._governments() and not self._too_wide(self.mentions[n], trigger.kind, "in") and token.i in self._sentence_part(top)]
            if (not trigger.noun and token.dep_ in ("acl", "relcl")) or trigger.lemma in ("invasion", "war"):
                near = []
            if len(near) == 1:
                draft.links = [Link(near[0], draft.i, "prep", ("in",))]
                draft.why = "place of the sentence"
                return
        if Spotter.needs_place(trigger) or not self._contextual(draft):
            return
        before = [d for d in drafts.values() if d.i < draft.i and d.links and d.why != "place before" and d.trigger.kind not in (Kind.DEPLOY, Kind.ESCALATE)]
        if not before:
            return
        last = before[-1]
        if not self._near(last.i, draft.i) and not (trigger.kind is Kind.GAIN and count_of(self.doc, token, trigger, self.parts.lexicon) and self.doc[last.i].sent.end_char > token.sent.start_char - 400):
            return
        draft.links = [Link(k.mention, draft.i, "before") for k in last.links][:3]
        draft.why = "place before"

    def _sentence_part(self, token: Token) -> set[int]:
        """The words below the verb of a clause and the verbs coordinated with it."""
        verb = clause_verb(token)
        while verb.dep_ == "conj" and is_verb(verb.head):
            verb = verb.head
        return {t.i for t in verb.subtree}

    def _clause_of(self, token: Token) -> int:
        """The verb of the clause a place stands in, out of infinitives that say what an attempt is for."""
        verb = clause_verb(token)
        for _ in range(4):
            if verb.i in self.triggers or verb.dep_ not in ("acl", "xcomp") or not any(c.tag_ == "TO" for c in verb.children):
                break
            verb = clause_verb(verb.head)
        return verb.i

    @staticmethod
    def _stands_at(top: Token) -> bool:
        """Whether a place is one where something is done: after "in", "near", or on a noun after "of"."""
        if top.dep_ == "pobj":
            return top.head.lower_ in _AT
        return top.dep_ in ("compound", "nmod", "poss") and top.head.dep_ == "pobj" and top.head.head.lower_ in _AT | {"of"} and top.head.pos_ == "NOUN"

    def _topic(self, token: Token) -> list[int]:
        """Places of a headline's topic before a colon: "The situation in X: six attacks repelled"."""
        before = self.text[: token.sent.start_char].rstrip()
        if not before.endswith(":") or self.triggers[token.i].kind is Kind.ESCALATE:
            return []
        start = max(before.rfind(c, 0, len(before) - 1) for c in (". ", "\n", "- ", "«")) + 1
        return [n for n, m in enumerate(self.mentions) if start <= m.span.start < len(before) and m.role == "name" and not self._too_wide(m, self.triggers[token.i].kind, "in")]

    def _contextual(self, draft: Draft) -> bool:
        """Whether a claim without a place of its own may take the last one's."""
        kind, trigger = draft.trigger.kind, draft.trigger
        token = self.doc[draft.i]
        if not trigger.noun and any(c.dep_ == "prep" and c.lower_ in ("from", "to", "into", "in", "at", "near", "on") for c in token.children) and kind is Kind.LEAVE:
            return False  # it says from where, in words that are no name
        obj = None if trigger.noun else self.parts.spotter.object_of(token)
        if kind is Kind.GAIN and obj is not None and obj.tag_ == "NNS" and obj.lemma_.lower() not in self.words["parts"]:
            return False
        if kind is Kind.LEAVE:
            return draft.side is not None and (not trigger.noun or trigger.lemma in ("withdrawal", "retreat"))
        host = self.doc[draft.host] if draft.host is not None else None
        if trigger.noun and (draft.status.predicted or (host is not None and self._mere_subject(token, host))):
            return False
        if kind is Kind.ATTACK and obj is not None and obj.pos_ != "PRON":
            return False
        if kind is Kind.ATTACK:
            return (draft.side is not None and not trigger.noun) or trigger.lemma in ("assault", "counterattack", "fighting")
        if kind in (Kind.GAIN, Kind.ENTER):
            return draft.side is not None and not trigger.noun and token.dep_ in ("ROOT", "conj", "ccomp", "advcl")
        if kind is Kind.HOLD:
            return draft.side is not None and trigger.lemma in ("dig_in", "hold_on", "hold_out", "hole_up", "entrench")
        return kind is Kind.FIRE and trigger.noun

    def _near(self, i: int, j: int) -> bool:
        """Whether two tokens stand in the same sentence or in neighbours."""
        a, b = self.doc[i].sent, self.doc[j].sent
        return a.start == b.start or 0 <= b.start - a.end <= 1

    @staticmethod
    def _above(token: Token, over: Token) -> bool:
        """Whether one word stands above another in the tree."""
        node = token
        for _ in range(8):
            if node.head.i == node.i:
                return False
            node = node.head
            if node.i == over.i:
                return True
        return False

    # -- one trigger ---------------------------------------------------------------------------------------------

    def _draft(self, i: int, trigger: Trigger) -> Draft | None:
        """A trigger with status, places and side, or None where it is no claim."""
        token = self.doc[i]
        if is_aim(token):
            return None
        host = self._host(token) if trigger.noun else None
        if trigger.noun and token.tag_ == "VBG" and token.dep_ in ("xcomp", "pcomp", "advcl", "conj"):
            host = token
        verb = token if host is None else host
        if trigger.noun and trigger.object == "label":
            return self._label(token, trigger)
        status = Status()
        if not trigger.noun or (host is not None and not self._mere_subject(token, host)):
            status = self.parts.operators.status(verb)
        if status.drop and not self._stands_anyway(trigger, status):
            return None
        draft = Draft(i=i, trigger=trigger, status=status, verb=verb.i, links=[], host=host.i if host is not None else None)
        if trigger.kind is Kind.DEPLOY and status.attempt:
            return None
        if trigger.noun and not self._noun_status(token, host, draft):
            return None
        draft.failed = draft.failed or (status.failed and (not trigger.noun or not any(c.tag_ == "MD" for c in verb.children)))
        if self._gave_up(verb, draft):
            draft.failed = True
        if trigger.kind is Kind.LEAVE and not trigger.noun and self._gives_up(token) and not self.links.get(i):
            return None
        self._kind(token, draft)
        draft.links = self._accepted(draft, self.links.get(i, []))
        if not draft.links:
            draft.links = self._own_object(token, draft)
        draft.side = self._side(token, draft)
        return draft

    def _gave_up(self, verb: Token, draft: Draft) -> bool:
        """ "attacked X but retreated": the attack failed."""
        if draft.trigger.kind not in (Kind.ATTACK, Kind.ADVANCE):
            return False
        found = [c for c in verb.children if c.dep_ == "conj"]
        found += [d for c in found for d in c.children if d.dep_ == "conj"]
        return any(self._gives_up(c) for c in found)

    def _gives_up(self, verb: Token) -> bool:
        """Whether a retreat is set against what stands before it by "but"."""
        head = verb.head
        above = [t for i, t in self.triggers.items() if i == head.i or (t.noun and self.doc[i].head.i == head.i)]
        if head.dep_ == "conj":
            above += [t for i, t in self.triggers.items() if i == head.head.i or any(c.i == i and t.noun for c in head.head.children)]
            if any(c.dep_ == "cc" and c.lower_ in ("but", "yet") for c in head.head.children) and verb.lemma_.lower() in ("retreat", "withdraw") and any(t.kind in (Kind.ATTACK, Kind.ADVANCE) for t in above):
                return verb.dep_ == "conj"
        if not any(t.kind in (Kind.ATTACK, Kind.ADVANCE) for t in above) or verb.dep_ != "conj" or verb.lemma_.lower() not in ("retreat", "withdraw", "fall", "flee"):
            return False
        return any(c.dep_ == "cc" and c.lower_ in ("but", "yet") for c in verb.head.children)

    @staticmethod
    def _stands_anyway(trigger: Trigger, status: Status) -> bool:
        """What is prepared counts as an act of state; what is to be ended exists."""
        if trigger.kind is Kind.ESCALATE and trigger.noun and status.why == "purpose":
            return True
        if trigger.kind is Kind.DEPLOY and trigger.lemma in ("bolster", "reinforce") and status.why == "purpose":
            return True
        if trigger.kind is Kind.HOLD and trigger.noun and trigger.lemma == "occupation":
            status.negated = status.predicted = False
            return True
        return False

    def _mere_subject(self, noun: Token, host: Token) -> bool:
        """Whether the noun is the subject of a verb that only talks about it ("shelling may indicate ...")."""
        return noun.dep_ == "nsubj" and host.lemma_.lower() not in self.parts.lexicon.operators["light"] | self.parts.lexicon.operators["through"]

    def _host(self, noun: Token) -> Token | None:
        """The verb that carries a noun trigger."""
        node = noun
        for _ in range(6):
            head, dep = node.head, node.dep_
            if head.i == node.i:
                return None
            if (dep in OBJECTS or dep in ("nsubj", "nsubjpass", "conj", "pobj", "prep", "appos", "agent")) and is_verb(head):
                if head.i in self.triggers and dep in ("prep", "pobj") and self.triggers[head.i].object not in ("troops", "weapon"):
                    return head
                return head
            if dep in ("pobj", "prep", "conj", *OBJECTS, "compound", "nmod", "amod", "agent"):
                if dep == "prep" and not is_verb(head) and node.lower_ not in ("of", "in", "to"):
                    return None
                node = head
                continue
            return None
        return None

    def _noun_status(self, noun: Token, host: Token | None, draft: Draft) -> bool:
        """What modifiers and the carrying verb make of a noun trigger; false where it is no claim."""
        words = self.words
        governed = draft.status.attempt
        for c in noun.children:
            low = c.lower_
            if c.dep_ in ("amod", "compound", "nmod"):
                if low in words["failed"] or any(d.lower_ in words["failed"] for d in c.children):
                    draft.failed = True
                if low in ("attempted", "tried") and draft.trigger.kind in (Kind.ADVANCE, Kind.GAIN, Kind.ENTER):
                    draft.status.attempt = True
                if low in ("potential", "possible", "future", "planned", "upcoming", "expected", "imminent", "impending", "anticipated", "prospective", "renewed_future", "threatened"):
                    draft.status.predicted = True
            if c.dep_ in ("det", "neg") and low in ("no", "any", "neither"):
                if low == "no" or (low == "neither"):
                    draft.status.negated = not draft.status.negated
        if noun.dep_ == "pobj" and noun.head.lower_ == "from" and draft.trigger.kind in (Kind.FIRE, Kind.ATTACK) and (host is None or host.lemma_.lower() not in ("suffer", "result", "come", "die", "stem", "flow")):
            return False
        if noun.dep_ == "pobj" and noun.head.lower_ in ("for", "without", "against", "before", "amid_fear") and draft.trigger.kind is not Kind.ESCALATE:
            over = noun.head.head
            if noun.head.lower_ == "without":
                draft.status.negated = True
            elif noun.head.lower_ in ("against",) or over.lemma_.lower() in (
                "condition", "preparation", "prepare", "plan", "ready", "readiness", "support", "capability", "target", "position", "responsible", "responsibility",
                "call", "hope", "reserve", "need", "time", "reason", "use", "retaliation", "revenge", "area", "equipment", "ground", "basis", "allow", "staging",
            ):  # fmt: skip
                if draft.trigger.kind in (Kind.ATTACK, Kind.FIRE, Kind.ADVANCE) and over.lemma_.lower() not in ("responsible", "responsibility"):
                    return False
        if host is None:
            return True
        lemma = host.lemma_.lower()
        if host.dep_ == "acl" and host.head.lemma_.lower() in self.parts.lexicon.operators["effort"] and is_verb(host.head.head) and self.parts.operators.repels(host.head.head):
            draft.failed = True
        if draft.trigger.kind is Kind.ESCALATE and lemma in ("mean", "imply", "require", "avoid", "risk"):
            return False
        if lemma in ("enable", "allow", "permit", "facilitate", "deter", "avoid", "await", "anticipate", "fear", "simulate", "rehearse"):
            return False
        direct = noun.dep_ in (*OBJECTS, "nsubjpass") or (noun.dep_ in ("pobj", "conj") and not (noun.head.dep_ == "prep" and noun.head.head.i == host.i and noun.head.lower_ not in ("of",)))
        if noun.dep_ == "pobj" and noun.head.lower_ == "from" and lemma in ("protect", "defend", "shield", "safeguard", "shelter", "hide", "refrain", "recover", "evacuate", "cover", "preserve", "save"):
            return False
        if lemma in ("confirm", "verify", "determine", "ascertain", "observe", "see", "report", "note", "specify") and any(c.dep_ == "neg" for c in host.children):
            return False
        if lemma == "set" and noun.dep_ == "pobj" and noun.head.lower_ == "for" and draft.trigger.kind is not Kind.ESCALATE:
            return False
        if direct and self.parts.operators.repels(host) and draft.trigger.kind in (Kind.ATTACK, Kind.ADVANCE, Kind.FIRE) and (governed or draft.status.predicted):
            return False
        if direct and self.parts.operators.repels(host) and draft.trigger.kind in (Kind.ATTACK, Kind.ADVANCE, Kind.FIRE):
            if draft.trigger.kind is Kind.FIRE and not lemma.startswith("rep"):
                return False
            draft.failed = True
            if draft.trigger.kind is Kind.ADVANCE:
                draft.status.attempt = True
        if lemma in ("fail", "stall", "falter", "collapse", "halt") and (noun.dep_ in ("nsubj", "nsubjpass")):
            draft.failed = True
        if draft.status.attempt and lemma in ("repel", "repulse"):
            draft.status.attempt = draft.trigger.kind is Kind.ADVANCE
        return True

    def _label(self, token: Token, trigger: Trigger) -> Draft | None:
        """ "rebel-held X": who holds it stands before the hyphen."""
        side: str | None = None
        for k in range(token.i, max(token.i - 4, -1), -1):
            if k in self.sides.at:
                side = self.sides.at[k]
                break
        head = token.head
        number = self.inside.get(head.i)
        if number is not None and self.mentions[number].role == "anaphor":
            number = None
        if number is None:
            below = [self.inside[t.i] for t in head.subtree if t.i in self.inside and t.i > token.i and self.mentions[self.inside[t.i]].role == "name"]
            number = below[0] if below and head.lemma_.lower() in self.words["settlements"] else None
        if number is None or side is None:
            return None
        draft = Draft(i=token.i, trigger=trigger, status=Status(), verb=token.i, links=[Link(number, token.i, "obj")], side=side)
        return draft

    def _kind(self, token: Token, draft: Draft) -> None:
        """Attempts make an attack of a gain; weapons make fire of an attack."""
        kind = draft.trigger.kind
        if kind is Kind.ATTACK and draft.trigger.lemma == "attack" and not draft.trigger.noun and self._after_fire(token):
            kind = Kind.FIRE
        if draft.status.attempt or draft.failed:
            if kind in (Kind.GAIN, Kind.ENTER) or (kind is Kind.ADVANCE and draft.trigger.lemma not in ("move_closer", "move_toward", "move_towards", "close_in", "encircle", "surround", "cut_off")):
                kind = Kind.ATTACK
            elif kind is Kind.HOLD and draft.status.failed and not draft.trigger.noun:
                kind, draft.failed, draft.status.failed = Kind.LEAVE, False, False
        if kind is Kind.ATTACK and not draft.trigger.noun and self.parts.spotter.fiery(token):
            kind = Kind.FIRE
        if kind in (Kind.LEAVE, Kind.HOLD, Kind.DEPLOY, Kind.GAIN, Kind.ENTER, Kind.ESCALATE):
            draft.failed = False
        if kind is not draft.trigger.kind:
            draft.why = kind.value
            draft.trigger = Trigger(lemma=draft.trigger.lemma, noun=draft.trigger.noun, kind=kind, object=draft.trigger.object, side=draft.trigger.side, subject=draft.trigger.subject)

    def _after_fire(self, token: Token) -> bool:
        """Whether the headline's topic before a colon is shelling: "Shelling of the region: they attacked X"."""
        sent = token.sent
        before = self.text[: sent.start_char].rstrip()
        if not before.endswith(":"):
            return False
        start = max(before.rfind(". "), before.rfind("\n"), before.rfind("- ")) + 1
        return any(start <= self.doc[i].idx < len(before) and t.kind is Kind.FIRE for i, t in self.triggers.items())

    # -- places --------------------------------------------------------------------------------------------------

    def _accepted(self, draft: Draft, links: Sequence[Link]) -> list[Link]:
        """The links whose place the claim is about."""
        kind, noun = draft.trigger.kind, draft.trigger.noun
        strong: list[Link] = []
        weak: list[Link] = []
        for link in links:
            mention = self.mentions[link.mention]
            if mention.role == "anchor":
                continue
            top = self.tops[link.mention]
            prep = link.prep
            such = self.text[: mention.span.start].endswith("such as ")
            if (link.slot == "agent" and not such) or "from" in link.preps[:-1]:
                continue
            if _SEVERAL.match(mention.name) and kind not in (Kind.ATTACK, Kind.FIRE):
                continue
            if self._too_wide(mention, kind, prep) or (mention.name[:8].lower() in ("occupied", "temporar") and kind is not Kind.ESCALATE):
                continue
            if noun and draft.trigger.lemma in _OF_ONLY and any(t.lemma_.lower() not in self.words["place_nouns"] for t in link.via) and draft.trigger.lemma != "defeat":
                continue
            if noun and draft.trigger.lemma in _OF_ONLY and not (link.slot in ("poss", "mod") or "of" in link.preps or (link.slot == "prep" and draft.trigger.lemma in ("defeat", "loss") and not link.host and prep in ("in", "at") and link.slot != "host" and draft.trigger.lemma == "defeat")):
                continue
            if link.slot == "agent":
                strong.append(link)
            elif link.slot == "prep" and draft.trigger.lemma == "control" and prep in _PREPS[Kind.HOLD]:
                strong.append(link)
            elif link.slot == "prep" and ((prep == "including" and not any(k.slot in ("prep", "obj") and k.prep != "including" for k in links)) or such):
                strong.append(link)
            elif link.slot == "prep":
                if prep in _PREPS[kind] or (kind is Kind.LEAVE and not noun and prep in ("west of",)):
                    if kind is Kind.ADVANCE and prep == "from" and not noun:
                        weak.append(link)
                    elif link.host and link.preps and draft.trigger.kind is Kind.LEAVE and prep == "of":
                        strong.append(link)
                    else:
                        strong.append(link)
                elif prep in _WEAK_PREPS.get(kind, ()):
                    weak.append(link)
            elif link.slot == "subj" and link.host and self._under(draft):
                strong.append(link)
            elif link.slot == "subj":
                if not noun and draft.trigger.object == "place" and not link.via:
                    strong.append(link)
                elif link.via and self._located(link, top):
                    weak.append(link)
            elif link.slot == "obj":
                if link.preps and link.preps[-1] in ("from", "by", "with", "after", "before", "since") and kind is not Kind.LEAVE and not (kind is Kind.ADVANCE and noun):
                    continue
                if draft.trigger.object == "troops" and not link.preps and not noun and draft.trigger.lemma not in ("reinforce", "bolster"):
                    weak.append(link)
                    continue
                if noun and link.host and not link.preps and not link.via and not self._under(draft):
                    continue
                strong.append(link)
            elif link.slot in ("mod", "poss"):
                if noun and kind in (Kind.DEPLOY,) and self.inside.get(top.i) is not None and top.dep_ == "compound":
                    continue
                if self.mentions[link.mention].span.text in self._governments() and top.dep_ in ("poss", "compound", "amod", "nmod"):
                    continue
                strong.append(link)
            else:
                strong.append(link)
        chosen = strong or weak
        return self._specific(chosen)

    @staticmethod
    def _located(link: Link, top: Token) -> bool:
        """Whether a place says where the subject is: "forces near X", "troops north of X"."""
        if link.preps:
            return link.preps[0] in _AT or link.preps[0] == "from"
        return top.dep_ in ("prep", "advmod", "npadvmod")

    def _too_wide(self, mention: Mention, kind: Kind, prep: str | None) -> bool:
        """Whether the place is a whole country that the claim is not about, or one where nobody fights."""
        if mention.area is None or not mention.area.startswith("country:"):
            return False
        theatre = self.parts.sides.theatre
        country = mention.area.split(":")[1]
        if country not in theatre.countries and country not in theatre.default_side_by_country:
            return True
        bare = mention.span.text.lower().removeprefix("the ") == mention.name.lower().removeprefix("the ")
        if not bare:
            return False
        if prep in ("throughout", "across"):
            return False
        return kind not in (Kind.LEAVE, Kind.ESCALATE, Kind.DEPLOY) or prep not in ("from", "to", "into", "in", "of")

    def _under(self, draft: Draft) -> bool:
        """ "X came under attack": the place is the subject."""
        token = self.doc[draft.i]
        return token.dep_ == "pobj" and token.head.lower_ == "under" and draft.host is not None

    def _governments(self) -> frozenset[str]:
        """Names that stand for a side as often as for a place."""
        return frozenset(n for side in self.parts.sides.theatre.sides for n in side.names)

    def _specific(self, links: Sequence[Link]) -> list[Link]:
        """Without the places that only say where another place is."""
        numbers = {k.mention for k in links}
        seen_numbers = set(numbers)
        out: list[Link] = []
        settlements = [k for k in links if self.mentions[k.mention].type in (PlaceType.SETTLEMENT, PlaceType.FEATURE)]
        towns = [k for k in settlements if self.mentions[k.mention].type is PlaceType.SETTLEMENT]
        roads = [k for k in settlements if k not in towns and re.search(r"highway|motorway|road|E\d\d|[HMPT]\d{1,4}|river|reservoir|lake", self.mentions[k.mention].span.text, re.I) and k.prep in ("along", "on", "across", "via", "over")]
        if towns and roads:
            links = [k for k in links if k not in roads]
            settlements = [k for k in settlements if k not in roads]
        seen: set[int] = set()
        for link in links:
            if link.mention in seen:
                continue
            mention, top = self.mentions[link.mention], self.tops[link.mention]
            if self._locates(link.mention, seen_numbers):
                continue
            if settlements and link not in settlements:
                compass = mention.type is PlaceType.DIRECTION and _COMPASS_START.match(mention.span.text) and " of " in mention.span.text
                gap = [self.text[a : b] for a, b in self._gaps(mention)]
                coordinated = any(_AND.fullmatch(g) for g in gap) or top.dep_ == "conj" or any(c.dep_ == "conj" and c.i in self.inside for c in top.children)
                if compass and not coordinated:
                    continue
                if mention.type is PlaceType.REGION and link.slot in ("prep", "adv", "obj") and not coordinated and not any(t.lemma_.lower() in ("settlement", "town", "village", "area", "place", "locality", "part") for t in link.via) and link.prep in ("in", "throughout", "within", "across"):
                    continue
            seen.add(link.mention)
            out.append(link)
        return out

    def _gaps(self, mention: Mention) -> list[tuple[int, int]]:
        """The stretches between a mention and the next ones to either side."""
        out: list[tuple[int, int]] = []
        for m in self.mentions:
            if m.span.end <= mention.span.start and mention.span.start - m.span.end < 20:
                out.append((m.span.end, mention.span.start))
            if mention.span.end <= m.span.start and m.span.start - mention.span.end < 20:
                out.append((mention.span.end, m.span.start))
        return out

    def _locates(self, number: int, numbers: set[int]) -> bool:
        """Whether a place hangs on another place of the same claim, as "Y Oblast" on "X in Y Oblast" or "X, Y Oblast"."""
        node = self.tops[number]
        mention = self.mentions[number]
        before = self.text[max(0, mention.span.start - 2) : mention.span.start]
        if before == ", " and mention.type is PlaceType.REGION:
            previous = [n for n, m in enumerate(self.mentions) if m.span.end == mention.span.start - 2 and m.type is PlaceType.SETTLEMENT]
            if previous:
                return True
        if node.dep_ == "appos" and node.head.i in self.inside and self.mentions[self.inside[node.head.i]].span.end + 2 >= mention.span.start:
            return mention.type is not PlaceType.SETTLEMENT
        if node.dep_ == "pobj" and node.head.lower_ in ("in", "of", "within", "to", "along", "between", "on", "across", "outside") and node.head.dep_ == "prep":
            over = node.head.head
            if over.i in self.inside and self.inside[over.i] in numbers and self.inside[over.i] != number:
                return True
        return False

    def _own_object(self, token: Token, draft: Draft) -> list[Link]:
        """Places of an object that stands elsewhere: before a relative or participial clause."""
        if draft.trigger.noun:
            return []
        obj = self.parts.spotter.object_of(token)
        if obj is None and token.dep_ == "relcl" and draft.trigger.object in ("place", "any"):
            obj = token.head if child(token, "nsubj") is not None else None
        if obj is None:
            return []
        if draft.trigger.lemma != "regroup" and token.dep_ not in ("relcl", "acl", "xcomp", "conj", "advcl") and obj.head.i == token.i:
            return []
        if obj.i > token.i:
            if draft.trigger.lemma == "regroup" and draft.trigger.kind is Kind.LEAVE:
                return [Link(n, token.i, "obj") for n, top in self.tops.items() if top.i in {t.i for t in obj.subtree} and self.mentions[n].role != "anchor"]
            return []
        found = [obj.i, *(c.i for c in obj.subtree if c.i < token.i)]
        numbers: list[int] = []
        for i in found:
            n = self.inside.get(i)
            if n is not None and n not in numbers and self.mentions[n].role != "anchor":
                numbers.append(n)
        if obj.i in self.inside:
            first = self.inside[obj.i]
            more = [n for n, top in self.tops.items() if top.dep_ == "conj" and top.head.i == self.tops[first].i and n != first]
            return [Link(n, token.i, "obj") for n in (first, *more)]
        return [Link(n, token.i, "obj") for n in numbers[:1]]

    def _borrow(self, draft: Draft, drafts: Mapping[int, Draft]) -> None:
        """Places of a coordinated trigger: "shelled and stormed X", "attacks and shelling in X"."""
        token = self.doc[draft.i]
        near = [c for c in token.children if c.dep_ == "conj"]
        if token.dep_ == "conj":
            near.insert(0, token.head)
        if draft.host is not None and not any(c.dep_ == "prep" and c.lower_ in _AT | {"against"} for c in (*token.children, *(c for c in self.doc[draft.host].children if c.i > token.i))):
            near += [c for c in self.doc[draft.host].children if c.dep_ == "conj"]
        for other in near:
            found = drafts.get(other.i)
            if found is not None and found.links and (found.trigger.noun == draft.trigger.noun or draft.host is not None):
                draft.links = [Link(k.mention, draft.i, k.slot, k.preps, k.via, k.host) for k in found.links]
                draft.why = draft.why or "shared place"
                return

    def _beside_subject(self, draft: Draft) -> None:
        """Where the subject is: "forces northwest of X were limited to shelling positions"."""
        token = self.doc[draft.i]
        if draft.trigger.kind in (Kind.GAIN, Kind.ENTER, Kind.HOLD, Kind.DEPLOY, Kind.ESCALATE, Kind.LEAVE) or draft.trigger.object == "label":
            return
        who = subject(self.doc[draft.host]) if draft.host is not None else (None if draft.trigger.noun else subject(token))
        if who is None or who.i in self.inside:
            return
        inside = {t.i for t in who.subtree if t.i < token.i}
        for number, top in self.tops.items():
            if top.i not in inside or self.mentions[number].role == "anchor":
                continue
            if (top.dep_ == "pobj" and top.head.lower_ in _AT | {"from"}) or top.dep_ in ("prep", "advmod", "npadvmod"):
                draft.links.append(Link(number, draft.i, "subj"))
                draft.why = "place of the subject"
        draft.links = self._specific(draft.links)

    # -- sides ---------------------------------------------------------------------------------------------------

    def _side(self, token: Token, draft: Draft) -> str | None:
        """Who does it."""
        trigger = draft.trigger
        if trigger.noun:
            return self._noun_side(token, draft)
        if trigger.side == "object":
            return self.sides.of(self.parts.spotter.object_of(token))
        if trigger.lemma in ("hole_up", "dig_in", "entrench") and is_passive(token):
            return self.sides.of(child(token, "nsubjpass"))
        if trigger.object == "troops" and is_passive(token) and child(token, "agent") is None:
            return self.sides.of(self.parts.spotter.object_of(token))
        who = subject(token)
        side = self.sides.of(who) if who is not None else None
        if who is not None and who.lower_ in ("we", "us") and self.outlet_side is None:
            draft.why = draft.why or "we"
        if side is None and who is not None and not self.sides.all_of(who) and self._force(who):
            side = self._last_side(token)
        if side is None and trigger.object == "troops":
            side = self.sides.of(child(token, "dobj"))
        if side is None and trigger.kind is Kind.LEAVE:
            obj = self.parts.spotter.object_of(token)
            if obj is not None and obj.i not in self.inside:
                side = self.sides.of(obj)
        if side is None and (who is None or not self.sides.all_of(who)):
            side = self._implied(token, draft, who)
        return side

    def _force(self, who: Token) -> bool:
        """Whether a noun is a force whose side is not said: "the 64th Brigade", "units"."""
        if who.lemma_.lower() in ("man", "number", "group", "company", "team", "train", "guard"):
            return False
        if who.lemma_.lower() == "element":
            return True
        if who.pos_ == "PROPN":
            return who.lower_ in ("brigade", "army", "regiment", "division", "corps", "battalion", "btg", "btgs", "armies", "brigades")
        return who.lemma_.lower() in self.words["troops"]

    def _last_side(self, token: Token) -> str | None:
        """The side of the last claim before a word, in the same sentence or the two before it."""
        before = [d for d in self.drafted if d.i < token.i and d.side is not None]
        if before and token.sent.start_char - self.doc[before[-1].i].sent.end_char < 400:
            return before[-1].side
        return None

    def _noun_side(self, noun: Token, draft: Draft) -> str | None:
        """The side behind an event named by a noun: its own modifiers, then the verb that carries it."""
        lemma, kind = draft.trigger.lemma, draft.trigger.kind
        own: set[str] = set()
        node = noun
        for _ in range(3):
            for c in node.children:
                if c.dep_ in ("amod", "compound", "poss", "nmod"):
                    if c.i in self.sides.places and c.dep_ != "poss":
                        continue
                    own |= self.sides.all_of(c) if c.dep_ == "poss" else self._modifier_side(c)
                elif c.dep_ in ("prep", "agent") and c.lower_ in ("by", "from", "between", "among") or self._weapon_of(c) or (c.dep_ == "prep" and c.lower_ == "of" and lemma in _SUBJECT_OF):
                    for p in c.children:
                        if p.dep_ == "pobj" and p.i not in self.inside:
                            own |= self.sides.all_of(p)
                elif c.dep_ == "acl" and c.tag_ == "VBN":
                    agent = child(c, "agent")
                    if agent is not None:
                        own |= self.sides.all_of(child(agent, "pobj"))
            if own or node.dep_ not in ("conj", "compound") or is_verb(node.head) or node.head.i in self.inside:
                break
            node = node.head
        if len(own) == 1:
            side = next(iter(own))
            if kind is Kind.LEAVE and lemma in ("loss",):
                return side
            return side
        if len(own) > 1:
            return None
        host = self.doc[draft.host] if draft.host is not None else None
        if lemma == "occupation":
            return self.parts.sides.opponent(self.sides.view)
        if host is not None:
            side = self._hosted_side(noun, host, draft)
            if side != "":
                return side
        if lemma in _MUTUAL:
            return None
        return self._implied(noun, draft, None)

    def _weapon_of(self, prep: Token) -> bool:
        """ "an attack of a Ukrainian drone": the weapon's side does it."""
        return prep.dep_ == "prep" and prep.lower_ == "of" and any(n.lemma_.lower() in self.words["weapons"] for n in prep.children if n.dep_ == "pobj")

    def _modifier_side(self, token: Token) -> set[str]:
        """The side a modifier names, coordination included."""
        out: set[str] = set()
        for t in (token, *(c for c in token.children if c.dep_ in ("conj", "compound", "amod", "nmod"))):
            if t.i in self.sides.at and t.i not in self.sides.places:
                out.add(self.sides.at[t.i])
            else:
                key = self.sides.by_view(t)
                if key:
                    out.add(key)
        return out

    def _hosted_side(self, noun: Token, host: Token, draft: Draft) -> str | None:
        """The side by the verb that carries the noun; "" where the verb does not tell."""
        lemma = host.lemma_.lower()
        if noun.dep_ == "nsubj" or (noun.dep_ == "conj" and noun.head.dep_ == "nsubj"):
            return ""
        who = subject(host)
        if who is not None and who.i == noun.i:
            return ""
        side = self.sides.of(who) if who is not None else None
        if side is None and who is not None and not self.sides.all_of(who) and self._force(who):
            side = self._last_side(noun)
        if lemma in ("accuse", "blame") and child(host, "dobj", "nsubjpass") is not None:
            return self.sides.of(child(host, "dobj", "nsubjpass"))
        if draft.failed and self.parts.operators.repels(host):
            return self.parts.sides.opponent(side)
        if side is None:
            return ""
        prep = noun.head.lower_ if noun.dep_ == "pobj" else ""
        if lemma in ("keep", "put", "place", "hold", "bring", "lay", "maintain"):
            return side
        if lemma in ("come", "be", "remain", "live", "suffer", "face", "endure", "sustain", "undergo", "experience", "witness", "fear", "die", "survive", "lie") or (prep in ("under", "despite", "after", "amid", "against", "during", "following", "from") and draft.trigger.kind in (Kind.ATTACK, Kind.FIRE)):
            if draft.trigger.kind in (Kind.ATTACK, Kind.FIRE) and draft.trigger.lemma not in _MUTUAL:
                return self.parts.sides.opponent(side)
            return "" if draft.trigger.lemma in _MUTUAL or prep in ("after", "amid", "during", "despite", "following") else side
        if lemma in ("say", "report", "claim", "note", "state", "confirm", "announce", "describe", "condemn", "discuss", "document", "acknowledge", "deny", "hail", "celebrate", "warn", "expect", "tell", "recognize", "call", "see", "show", "verify", "observe", "monitor", "publish", "post"):
            return ""
        if draft.trigger.lemma in _MUTUAL and lemma not in ("continue", "conduct", "launch", "participate", "engage", "start", "begin", "intensify", "resume", "join", "wage", "lead"):
            return None
        return side

    def _implied(self, token: Token, draft: Draft, who: Token | None) -> str | None:
        """The side that nobody names but that it must be."""
        kind = draft.trigger.kind
        victims: set[str] = set()
        if kind in (Kind.ATTACK, Kind.FIRE) and draft.trigger.lemma not in _MUTUAL:
            obj = None if draft.trigger.noun else self.parts.spotter.object_of(token)
            if obj is not None and obj.i not in self.inside:
                victims |= self.sides.all_of(obj)
            for c in token.children:
                if c.dep_ == "prep" and c.lower_ in ("on", "against", "of", "at", "targeting", "to", "in"):
                    for p in c.children:
                        if p.dep_ == "pobj" and p.i not in self.inside:
                            victims |= self.sides.all_of(p)
            if self.outlet_side is not None and kind is Kind.FIRE and not victims:
                return self.parts.sides.opponent(self.outlet_side)
            if not victims:
                below = obj.subtree if obj is not None and obj.i > token.i else token.subtree
                victims = {
                    self.sides.at[t.i]
                    for t in below
                    if t.i in self.sides.at and t.i not in self.sides.places and t.i > token.i and t.head.i != token.i and clause_verb(t).i in (token.i, clause_verb(token).i)
                }
            if len(victims) == 1:
                return self.parts.sides.opponent(next(iter(victims)))
        if kind in (Kind.GAIN, Kind.ENTER, Kind.LEAVE, Kind.ADVANCE, Kind.DEPLOY, Kind.HOLD, Kind.ESCALATE) or kind is Kind.FIRE or (kind is Kind.ATTACK and draft.trigger.lemma not in _MUTUAL):
            clause = clause_verb(token)
            found = {self.sides.at[t.i] for t in clause.subtree if t.i in self.sides.at and (t.i not in self.inside or t.dep_ in ("nsubj", "poss"))}
            if who is None and kind is Kind.GAIN and draft.trigger.lemma in _LIBERATE:
                if self.sides.view is not None:
                    return self.sides.view
            if who is None and kind is Kind.GAIN and draft.trigger.lemma == "occupy" and self.sides.view is not None:
                return self.parts.sides.opponent(self.sides.view)
            if kind is Kind.GAIN and len(found) == 1 and any(c.lower_ == "from" for c in token.children):
                return self.parts.sides.opponent(next(iter(found)))
            if len(found) == 1 and who is None:
                return next(iter(found))
            sent = token.sent
            if kind is Kind.ESCALATE and who is None:
                earlier = [side for at, side in self.sides.spots if token.idx - 300 < at < token.idx]
                if earlier:
                    return earlier[-1]
            if kind is Kind.HOLD and draft.trigger.lemma == "occupation":
                return self.parts.sides.opponent(self.sides.view)
            if who is None or who.lower_ in ("they", "we", "it", "he"):
                only = self.sides.only_side(sent.start, sent.end)
                if only is not None:
                    return only
        return None

    # -- result --------------------------------------------------------------------------------------------------

    def _finish(self, draft: Draft, before: Sequence[Frame]) -> list[Frame]:
        """The frames of a draft: one, or two where a part of one place and the whole of another are taken."""
        trigger = draft.trigger
        token = self.doc[draft.i]
        places: dict[Kind, list[ClaimPlace]] = {}
        for link in draft.links:
            kind = self._kind_at(link, draft)
            place = self._place(link, kind)
            if all(place.span.text.lower() != p.span.text.lower() for p in places.get(kind, [])):
                places.setdefault(kind, []).append(place)
        count = count_of(self.doc, token, draft.trigger, self.parts.lexicon)
        if not places:
            if not self._may_be_placeless(draft, count is not None):
                return []
            places = {trigger.kind: []}
        if draft.side is None and trigger.kind not in (Kind.ATTACK, Kind.FIRE):
            return []
        start, end = self._words(token, draft)
        rule = trigger.name + (f" [{draft.why}]" if draft.why else "")
        return [
            Frame(
                kind=kind, side=draft.side, places=tuple(found), start=start, end=end, i=draft.i, verb=draft.verb,
                failed=draft.failed and kind in (Kind.ATTACK, Kind.FIRE, Kind.ADVANCE), negated=draft.status.negated, predicted=draft.status.predicted, count=count,
                sent=token.sent, rule=rule,
            )
            for kind, found in places.items()
        ]  # fmt: skip

    def _may_be_placeless(self, draft: Draft, counted: bool) -> bool:
        """Whether the claim stands without a place."""
        token = self.doc[draft.i]
        host = self.doc[draft.host] if draft.host is not None else None
        if draft.trigger.lemma in _MUTUAL and host is not None and host.lemma_ == "be" and any(c.dep_ == "expl" for c in host.children):
            return any(c.dep_ == "prep" and c.lower_ == "in" and any(n.lemma_ in self.words["place_nouns"] for n in c.children) for c in (*token.children, *host.children))
        if draft.trigger.kind is Kind.LEAVE and draft.side is not None and not draft.trigger.noun:
            if draft.trigger.lemma == "rout":
                return True
            return any(c.dep_ == "prep" and c.lower_ == "from" and any(n.lemma_.lower() in ("line", "position", "front", "frontline", "area", "city", "town", "region") for n in c.children) for c in token.children)
        if Spotter.needs_place(draft.trigger):
            return False
        if draft.trigger.kind is Kind.ESCALATE:
            return draft.side is not None
        return counted and draft.side is not None and draft.trigger.kind in (Kind.GAIN, Kind.HOLD, Kind.LEAVE)

    def _kind_at(self, link: Link, draft: Draft) -> Kind:
        """The kind at one place: taking a part of it is entering it."""
        kind = draft.trigger.kind
        if kind is Kind.GAIN and self._part(link):
            return Kind.ENTER
        if kind is Kind.ADVANCE and draft.trigger.lemma == "gain" and draft.trigger.noun and link.prep == "in" and self.mentions[link.mention].type is PlaceType.SETTLEMENT:
            return Kind.ENTER
        if kind is Kind.ADVANCE and link.prep in ("within", "inside", "into") and self.mentions[link.mention].type is PlaceType.SETTLEMENT:
            return Kind.ENTER
        return kind

    def _part(self, link: Link) -> bool:
        """Whether the way from the place to the trigger leads over a part of the place."""
        if any(t.lemma_.lower() in self.words["wholes"] for t in link.via):
            return False
        return any(t.lemma_.lower() in self.words["parts"] and not (t.tag_ == "NNS" and t.lemma_.lower() in ("suburb", "district", "neighborhood")) for t in link.via)

    def _place(self, link: Link, kind: Kind) -> ClaimPlace:
        """The place as the claim names it; an anaphor gives way to the name it stands for."""
        mention = self.stands_for.get(link.mention, self.mentions[link.mention])
        kind_of = mention.type
        if kind_of is PlaceType.SETTLEMENT and kind is Kind.ADVANCE and link.prep in ("toward", "towards", "from"):
            kind_of = PlaceType.DIRECTION
        return ClaimPlace(span=mention.span, type=kind_of)

    def _words(self, token: Token, draft: Draft) -> tuple[int, int]:
        """The characters of the trigger: a noun with its modifiers, a verb with its particle."""
        first, last = token, token
        if draft.trigger.noun:
            for c in token.children:
                if c.dep_ in ("amod", "compound") and c.i < first.i and c.i not in self.sides.at and c.i not in self.inside and token.i - c.i <= 4 and c.pos_ != "X":
                    first = c
            if draft.trigger.lemma == "control" and draft.host is not None and 0 < token.i - draft.host <= 4:
                first = self.doc[draft.host]
        else:
            particle = child(token, "prt")
            if particle is not None and 0 < particle.i - token.i <= 3:
                last = particle
        return first.idx, last.idx + len(last.text)
