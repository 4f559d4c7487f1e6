"""The side that nobody names but that it must be: by whom it hit, who denies it, who attacked before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from whoholds.extract.borrowing import Borrowing
from whoholds.extract.drafts import LIBERATE, MUTUAL, Draft
from whoholds.extract.syntax import base_of, child, clause_verb, is_passive, is_verb, subject
from whoholds.model import Kind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from whoholds.extract.links import Link

_DENY_OR_ADMIT = frozenset({"deny", "refute", "dispute", "reject", "dismiss", "admit", "acknowledge", "concede"})
_FALSEHOODS = frozenset({"lie", "lies", "untrue", "false", "fake", "disinformation", "fabrication", "untruth"})
_OFFENSIVE = frozenset({Kind.ATTACK, Kind.GAIN, Kind.ENTER, Kind.ADVANCE})
_SUFFERING = frozenset({"come", "suffer", "face", "endure", "sustain", "undergo", "experience", "remain", "witness"})
# Who blames whom is then the question: "each side accused the other of shelling X".
_EACH = frozenset({"each", "mutual", "mutually", "both"})
# What of a town is fired at: "downtown Misrata", "Kharkiv city", "the port of Odesa".
_OF_TOWN = re.compile(
    r"^(?:the )?(?:(?:port|city|town|centre|center|outskirts|suburbs) of |(?:central|downtown|greater) )+"
    r"|['’]s?$| (?:city|port|airport|town|outskirts|suburbs)$"
)
# What flies, or falls from what flies.
_FLIES = frozenset(
    {
        "warplane", "jet", "helicopter", "aircraft", "plane", "bomber", "gunship", "airstrike", "aerial", "air",
        "air-strike", "airplane", "chopper", "barrel", "sortie",
    }
)  # fmt: skip


class Implied(Borrowing):
    """The side of a trigger whose doer is not named."""

    def _conceded(self, token: Token) -> bool:
        """Whether who speaks denies or admits it: nobody does so of a gain of their own."""
        if token.sent[-1].i > token.i and any(t.lower_ in _FALSEHOODS for t in token.sent if t.i > token.i):
            return True  # "the claim that X had been captured was a lie"
        verbs = self.viewpoint.heard(token).verbs
        return bool(verbs) and self.doc[verbs[0]].lemma_.lower() in _DENY_OR_ADMIT

    def _suffered(self, token: Token, draft: Draft) -> bool:
        """Whether a doer that is not named can only be the speaker's enemy.

        So it is where the attack failed, and where the place "came under" fire or "was shelled".
        """
        if draft.status.predicted:
            return False  # who says that it will be shelled may mean to shell it
        if draft.failed or not draft.trigger.noun:
            # "reported an attempt to break through": nobody tells so of their own
            reported = draft.status.attempt and token.dep_ == "acl" and token.head.dep_ == "dobj"
            return draft.failed or is_passive(token) or reported
        host = self.doc[draft.host] if draft.host is not None else None
        return host is not None and host.lemma_.lower() in _SUFFERING

    def _announcer(self, token: Token) -> str | None:
        """The side that says of its own doing: "X declared that the town had been liberated"."""
        node = token
        for _ in range(4):
            if node.dep_ == "ccomp" and is_verb(node.head):
                who = subject(node.head)
                return self.sides.of(who) if who is not None else None
            if node.dep_ not in ("conj", "xcomp", "dobj", "nsubjpass") or node.head.i == node.i:
                return None
            node = node.head
        return None

    def _liberator(self, token: Token) -> str | None:
        """Who liberates where nobody says who: who speaks, else who spoke of its own gains before, else "our" side.

        Where more than two fight, no side is the country's: then it is who gains or attacks in the text before.
        """
        speaker = self.viewpoint.speaker(token)
        if speaker is not None:
            return speaker
        two = len(self.parts.sides.keys) == 2
        for d in reversed([d for d in self.drafted if d.i < token.i and d.side is not None][-4:]):
            if d.trigger.kind not in _OFFENSIVE or d.failed or d.status.negated:
                continue
            if not two or self.viewpoint.speaker(self.doc[d.i]) == d.side:
                return d.side
            break
        return "REB" if "REB" in self.parts.sides.keys else self.viewpoint.of(token)

    def _victims(self, token: Token, draft: Draft) -> set[str]:
        """The sides that an attack is said to be aimed at."""
        victims: set[str] = set()
        obj = None if draft.trigger.noun else self.parts.spotter.object_of(token)
        if obj is not None and obj.i not in self.inside:
            victims |= self.sides.all_of(obj)
        for c in token.children:
            if c.dep_ == "prep" and c.lower_ in ("on", "against", "of", "at", "targeting", "to", "in"):
                for p in c.children:
                    if p.dep_ == "pobj" and p.i not in self.inside and not self._is_deed(p):
                        victims |= self.sides.all_of(p)
        return victims

    def _is_deed(self, noun: Token) -> bool:
        """Whether a noun is what hits and not what is hit: "destroyed in their shelling"."""
        return noun.i in self.triggers or noun.lemma_.lower() in self.words["weapons"]

    def _victims_below(self, token: Token, draft: Draft) -> set[str]:
        """The sides named in what an attack is aimed at, labels of places among them ("rebel-held X")."""
        obj = None if draft.trigger.noun else self.parts.spotter.object_of(token)
        below = obj.subtree if obj is not None and obj.i > token.i else token.subtree
        return {
            self.sides.at[t.i]
            for t in below
            if t.i in self.sides.at
            and t.i not in self.sides.places
            and t.i > token.i
            and t.head.i != token.i
            and clause_verb(t).i in (token.i, clause_verb(token).i)
            and not self._is_deed(t.head)
        }

    def _foe(self, token: Token, draft: Draft, victim: str) -> str | None:
        """Who attacks a side: the one that flies, its only foe, or the one other side that the sentence names."""
        foe = self.parts.sides.opponent(victim)
        flier = self._flier(token) if draft.trigger.kind is Kind.FIRE else None
        if foe is not None:
            return foe if flier in (None, victim) else flier
        others = {self.sides.at[t.i] for t in token.sent if t.i in self.sides.at and t.i not in self.sides.places}
        others -= {victim}
        return next(iter(others)) if len(others) == 1 else None

    def _foe_of_victims(self, token: Token, draft: Draft) -> str | None:
        """Whom a force without a name fights for, by whom it fires at."""
        if draft.trigger.kind not in (Kind.ATTACK, Kind.FIRE):
            return None
        victims = self._victims(token, draft)
        return self._foe(token, draft, next(iter(victims))) if len(victims) == 1 else None

    def _flier(self, token: Token, over: str | None = None) -> str | None:
        """The side that flies in this war, over ground of a side, where what hits comes from the air."""
        air = self.parts.sides.theatre.flier(self.viewpoint.day, over)
        return air if air is not None and self._airborne(token) else None

    def _airborne(self, token: Token) -> bool:
        """Whether what hits comes from the air."""
        agent = child(token, "agent")
        near = (token, *token.children, *(agent.children if agent is not None else ()))
        for t in near:
            if t.i == token.i or t.dep_ in ("nsubj", "compound", "amod", "pobj"):
                words = [base_of(x) for x in (t, *(c for c in t.children if c.dep_ in ("compound", "amod")))]
                if not _FLIES.isdisjoint(words):
                    return True
        return False

    def _foe_of_holder(self, token: Token, kind: Kind, places: Iterable[str]) -> str | None:
        """Who attacks places of one side: the one that flies over them, else its only foe.

        None where nobody is known to hold them, where they have several holders, and where both sides are blamed.
        """
        held = {side for place in places if (side := self._holder(token, place)) is not None}
        if len(held) != 1 or any(t.lower_ in _EACH for t in token.sent):
            return None
        holder = next(iter(held))
        if kind is Kind.FIRE and (flier := self._flier(token, holder)) is not None:
            return flier if flier != holder else None
        return self.parts.sides.opponent(holder)

    def _place_words(self, link: Link) -> str:
        """The words that name the place of a link, those of its antecedent where it is "the town"."""
        return self.stands_for.get(link.mention, self.mentions[link.mention]).span.text

    def _holder(self, token: Token, place: str) -> str | None:
        """The side that holds a place: as the same text tells it, else as the theatre knows it for the day."""
        low = place.lower()
        named = [
            d
            for d in self.drafted
            if d.side is not None
            and d.i != token.i
            and d.trigger.kind in (Kind.HOLD, Kind.GAIN)
            and not (d.status.negated or d.status.predicted or d.status.attempt)
            and (d.i < token.i or d.trigger.kind is Kind.HOLD)
            and any(self._place_words(k).lower() == low for k in d.links)
        ]
        if named:
            return named[-1].side
        town = _OF_TOWN.sub("", low)
        return self.parts.sides.theatre.holder(town, self.viewpoint.day)

    def _implied(self, token: Token, draft: Draft, who: Token | None) -> str | None:
        """The side that nobody names but that it must be."""
        kind = draft.trigger.kind
        if kind in (Kind.ATTACK, Kind.FIRE) and draft.trigger.lemma not in MUTUAL:
            victims = self._victims(token, draft)
            if not victims:
                places = [self._place_words(k) for k in draft.links]
                if (foe := self._foe_of_holder(token, kind, places)) is not None:
                    return foe
            if self.outlet_side is not None and kind is Kind.FIRE and not victims:
                return self.parts.sides.opponent(self.outlet_side)
            victims = victims or self._victims_below(token, draft)
            if len(victims) == 1 and (foe := self._foe(token, draft, next(iter(victims)))) is not None:
                return foe
            if not victims and kind is Kind.FIRE and (flier := self._flier(token)) is not None:
                return self._flew_before(token) or flier
            if not victims and (kind is Kind.FIRE or self._suffered(token, draft)):
                speaker = self.viewpoint.speaker(token)
                if speaker is not None:
                    return self.parts.sides.opponent(speaker)
        if (
            kind in (Kind.GAIN, Kind.ENTER, Kind.LEAVE, Kind.ADVANCE, Kind.DEPLOY, Kind.HOLD, Kind.ESCALATE)
            or kind is Kind.FIRE
            or (kind is Kind.ATTACK and draft.trigger.lemma not in MUTUAL)
        ):
            same = self._deed_above(token) if who is None and not draft.trigger.noun else None
            if same is not None:
                return same
            clause, apart = clause_verb(token), _told_beside(token)
            found = {
                self.sides.at[t.i]
                for t in clause.subtree
                if t.i in self.sides.at and t.i not in apart and (t.i not in self.inside or t.dep_ in ("nsubj", "poss"))
            }
            if who is None and kind is Kind.GAIN and draft.trigger.lemma in LIBERATE:
                return self._announcer(token) or self._liberator(token)
            if who is None and kind is Kind.GAIN and draft.trigger.lemma == "occupy":
                return self.parts.sides.opponent(self.viewpoint.of(token))
            ringed = kind is Kind.ADVANCE and draft.trigger.object == "any" and is_passive(token)
            if who is None and (
                ringed or (kind in (Kind.GAIN, Kind.ENTER) and (draft.status.negated or self._conceded(token)))
            ):
                speaker = self.viewpoint.speaker(token)
                if speaker is not None:
                    return self.parts.sides.opponent(speaker)
            if who is None and ringed and (side := self._who_fights_there(draft)) is not None:
                return side
            if kind is Kind.GAIN and len(found) == 1 and any(c.lower_ == "from" for c in token.children):
                return self.parts.sides.opponent(next(iter(found)))
            if kind is Kind.GAIN and who is None and len(rid := self._rid_of(token)) == 1:
                return self.viewpoint.of(token) if self.viewpoint.of(token) not in rid else self._foe_of(rid)
            if len(found) == 1 and who is None:
                return next(iter(found))
            sent = token.sent
            if kind is Kind.ESCALATE and who is None:
                earlier = [side for at, side in self.sides.spots if token.idx - 300 < at < token.idx]
                if earlier:
                    return earlier[-1]
            if kind is Kind.HOLD and draft.trigger.lemma == "occupation":
                return self.parts.sides.opponent(self.viewpoint.of(token))
            if who is None or who.lower_ in ("they", "we", "it", "he"):
                only = self.sides.only_side(sent.start, min(apart, default=sent.end))
                if only is not None:
                    return only
                if apart and who is None and kind is Kind.GAIN:
                    return self.viewpoint.speaker(token)
                if kind is Kind.GAIN and who is None and token.dep_ == "conj":
                    return next((d.side for d in self.drafted if token.head.i in (d.i, d.host)), None)
        return None

    def _flew_before(self, token: Token) -> str | None:
        """The state whose fire was told of just before."""
        before = [d for d in self.drafted if d.i < token.i and d.side is not None]
        if not before or before[-1].trigger.kind is not Kind.FIRE or not self._near(before[-1].i, token.i):
            return None
        return before[-1].side if before[-1].side in ("GOV", "TUR", "US", "NATO") else None

    def _rid_of(self, verb: Token) -> set[str]:
        """The sides that a place was "cleared of"."""
        below = [n for c in verb.children if c.dep_ == "prep" and c.lower_ == "of" for n in c.children]
        return {side for n in below for side in self.sides.all_of(n)}

    def _foe_of(self, sides: set[str]) -> str | None:
        """The foe of the one side."""
        return self.parts.sides.opponent(next(iter(sides)))

    def _deed_above(self, verb: Token) -> str | None:
        """The side of the deed that an infinitive serves: "pulled back from X to bolster Y", one and the same."""
        if verb.dep_ not in ("advcl", "xcomp") or verb.tag_ != "VB":
            return None
        return next((d.side for d in self.drafted if d.i == verb.head.i), None)

    def _attackers(self, token: Token) -> str | None:
        """The side last said to have attacked or taken ground before a word."""
        before = [d for d in self.drafted if d.i < token.i and d.side is not None]
        return next((d.side for d in reversed(before[-4:]) if d.trigger.kind in _OFFENSIVE), None)

    def _who_fights_there(self, draft: Draft) -> str | None:
        """Who is told before to fight for a place, or the foe of who held or left it."""
        places = {self._place_words(k).lower() for k in draft.links}
        for d in reversed(self.drafted):
            if d.side is None or places.isdisjoint(self._place_words(k).lower() for k in d.links):
                continue
            if d.trigger.kind in (Kind.HOLD, Kind.LEAVE):
                return self.parts.sides.opponent(d.side)
            if d.trigger.kind in (Kind.GAIN, Kind.ENTER, Kind.ATTACK, Kind.ADVANCE):
                return d.side
        return None


def _told_beside(token: Token) -> set[int]:
    """The words of clauses joined behind the one around a word that have a subject of their own."""
    apart: set[int] = set()
    for c in clause_verb(token).children:
        if c.dep_ == "conj" and c.i > token.i and (c.pos_ == "NOUN" or child(c, "nsubj", "nsubjpass") is not None):
            apart |= {t.i for t in c.subtree}
    return apart
