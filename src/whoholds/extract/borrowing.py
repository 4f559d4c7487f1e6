"""Places that a clause leaves out: those of a coordinated verb, of the subject, of the headline.

Of the claim just before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from whoholds.extract.background import is_support
from whoholds.extract.counts import count_of
from whoholds.extract.drafts import AT, MUTUAL, PREPS, SEVERAL, Draft
from whoholds.extract.links import Link
from whoholds.extract.posts import Posts
from whoholds.extract.spelled import FAR
from whoholds.extract.spotting import Spotter
from whoholds.extract.surroundings import on_all_fronts
from whoholds.extract.syntax import child, clause_verb
from whoholds.model import Kind, PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verbs of fire that need no place of their own beside what was told: "they shelled us", "they fired rockets all night".
_SHELLING = frozenset({"shell", "bomb", "bombard", "pound", "strike", "hit", "strafe", "hammer", "batter"})
_SHOOTING = frozenset({"fire", "lob", "rain", "unleash", "hurl", "open_fire"})


# A flag there flies in the town told of before.
_IN_TOWN = re.compile(r"\b(?:building|square|(?:city|town) (?:hall|cent(?:er|re))|council|headquarters)\b")
_WHOLE = frozenset({"country", "nation", "territory", "republic"})
_WAYS_IN = frozenset({"entrance", "entry", "gate", "gates", "approach", "approaches"})
_TALKS = frozenset({"agree", "sign", "broker", "negotiate", "mediate", "meet", "host", "convene"})
_MAKE = frozenset({"conduct", "launch", "mount", "stage", "make", "carry"})


class Borrowing(Posts):
    """Places from elsewhere in the sentence, or from the claim before."""

    def _borrow(self, draft: Draft, drafts: Mapping[int, Draft]) -> None:
        """Places of a coordinated trigger: "shelled and stormed X", "attacks and shelling in X"."""
        token = self.doc[draft.i]
        if draft.trigger.noun and token.dep_ == "dobj" and any(c.lower_ in ("the", "these") for c in token.children):
            return  # "stopped the attacks and pushed towards X": those told of before
        obj = None if draft.trigger.noun else child(token, "dobj")
        if obj is not None and any(t.lemma_.lower() in _WHOLE or t.i in self.inside for t in obj.subtree):
            return  # "took large swathes of Libya and control X": it has a place of its own
        near = [c for c in token.children if c.dep_ == "conj"]
        if token.dep_ == "conj":
            near.insert(0, token.head)
        if draft.host is not None and not any(
            c.dep_ == "prep" and c.lower_ in AT | {"against"}
            for c in (*token.children, *(c for c in self.doc[draft.host].children if c.i > token.i))
        ):
            near += [c for c in self.doc[draft.host].children if c.dep_ == "conj"]
            during = [c for c in self.doc[draft.host].children if c.lower_ == "during"]
            near += [n for c in during for n in c.children]  # "made gains during operations around X"
            over = self.doc[draft.host]
            if over.dep_ == "conj" and child(over, "neg") is not None:  # "shell X but did not conduct any attacks"
                first = [c for c in over.head.children if c.dep_ == "dobj"]
                near += [over.head, *(c for c in over.head.children if c.dep_ == "xcomp"), *first]
                near += [c for noun in first for c in noun.children if c.dep_ == "conj"]
        for other in near:
            found = drafts.get(other.i)
            if (
                found is not None
                and found.links
                and not (found.failed and draft.trigger.object == "force")  # "advanced on X but were driven back"
                and not (draft.trigger.kind is Kind.DEPLOY and found.trigger.kind is Kind.LEAVE)
                and (found.trigger.noun == draft.trigger.noun or draft.host is not None)
            ):
                draft.links = [Link(k.mention, draft.i, k.slot, k.preps, k.via, k.host) for k in found.links]
                draft.why = draft.why or "shared place"
                return

    def _context(self, draft: Draft, drafts: Mapping[int, Draft]) -> None:
        """Places that the clause leaves out: those of its purpose, of the same clause, of the claim just before."""
        token, trigger = self.doc[draft.i], draft.trigger
        if those := self._all_those(token):
            draft.links, draft.why = [Link(n, draft.i, "before") for n in those], "places told of"
            return
        if trigger.kind is Kind.FIRE and trigger.noun and is_support(token):
            return  # "backed by air strikes": fire on nobody says what
        if (
            trigger.noun
            and draft.host is not None
            and self._mere_subject(token, self.doc[draft.host])
            and trigger.kind is not Kind.FIRE
        ):
            return
        clauses = ("advcl", "conj", "xcomp") if trigger.kind is Kind.GAIN else ("advcl",) if trigger.failed else ()
        if not trigger.noun and token.dep_ in clauses:
            # "held X, repelling attacks", "kept control of X, repelling them"
            above = (d for t in (token.head, child(token.head, "dobj")) if t is not None and (d := drafts.get(t.i)))
            over = next((d for d in above if d.links), None)
        else:
            over = None
        if over is not None:
            draft.links = [Link(k.mention, draft.i, k.slot, k.preps) for k in over.links]
            draft.why = "place of the clause above"
            return
        if trigger.kind is Kind.GAIN and count_of(self.text, token, trigger, self.parts.lexicon) is not None:
            near = [
                n
                for n, m in enumerate(self.mentions)
                if m.type is PlaceType.REGION
                and m.span.end <= token.idx
                and token.idx - m.span.end < 260
                and m.area
                and not m.area.startswith("country:")
            ]
            if near:
                draft.links = [Link(near[-1], draft.i, "before")]
                draft.why = "region before"
                return
        arrives = trigger.kind is Kind.DEPLOY and trigger.lemma in ("arrive", "gather", "assemble", "mass")
        if arrives and (where := self._where(token)) is not None:
            draft.links, draft.why = [Link(where, draft.i, "prep", ("in",))], "place of the clause"
            return
        made = self.doc[draft.host] if draft.host is not None and token.dep_ == "dobj" else None
        fought = trigger.kind is Kind.ATTACK and made is not None and made.lemma_.lower() in _MAKE
        if trigger.lemma == "move" and not trigger.noun and self.parts.spotter.object_of(token) is None:
            return  # "are moving to consolidate control": nobody is sent
        if trigger.kind is Kind.DEPLOY or fought:
            doing = made if fought and made is not None else token
            for i, links in self.links.items():
                if i not in drafts and i != draft.i and self._above(self.doc[i], doing):
                    named = [k for k in links if k.slot in ("obj", "prep", "adv")]
                    aimed = [k for k in named if "from" not in k.preps] or named
                    draft.links = [Link(k.mention, draft.i, "purpose") for k in aimed]
                    if draft.links:
                        draft.why = "place of the purpose"
                        return
            if trigger.kind is Kind.DEPLOY:
                return
        obj = None if trigger.noun else self.parts.spotter.object_of(token)
        held = obj is not None and obj.i in drafts and drafts[obj.i].trigger.kind is Kind.HOLD
        ground = trigger.kind in (Kind.GAIN, Kind.LEAVE, Kind.ENTER)
        if obj is not None and obj.i in self.links and (ground or (held and trigger.kind in (Kind.ATTACK, Kind.FIRE))):
            named = [k for k in self.links[obj.i] if self.mentions[k.mention].type is PlaceType.SETTLEMENT]
            if named:  # "captured the last stronghold, the town of X"
                draft.links = [Link(k.mention, draft.i, "obj") for k in named]
                draft.why = "place of its object"
                return
        if trigger.kind in (Kind.ADVANCE, Kind.ATTACK) and obj is None:
            # "advanced toward the rebel stronghold of X"
            aims = [n for c in token.children if c.lower_ in ("toward", "towards", "on", "into") for n in c.children]
            held_ones = [n.i for n in aims if n.i in self.triggers and self.triggers[n.i].kind is Kind.HOLD]
            links = [k for i in held_ones for k in self.links.get(i, []) if k.prep == "of"]
            if links:
                draft.links = [Link(k.mention, draft.i, "obj") for k in links]
                draft.why = "place of its object"
                return
        if obj is not None and trigger.kind is Kind.GAIN:
            lost = [
                d for c in obj.subtree if (d := drafts.get(c.i)) is not None and d.trigger.lemma == "lose" and d.links
            ]
            if lost:  # "regained positions lost in X"
                draft.links = [Link(k.mention, draft.i, "obj", ("in",)) for k in lost[0].links]
                draft.why = "place of its object"
                return
        where = self._where(token)
        if where is not None:
            draft.links = [Link(where, draft.i, "prep", ("in",))]
            draft.why = "place of the clause"
            return
        if trigger.kind is Kind.ATTACK and any(
            c.dep_ in ("xcomp", "advcl")
            and c.i in drafts
            and drafts[c.i].links
            and any(t.tag_ == "TO" for t in c.children)
            for c in token.children
        ):
            return  # "fighting to capture X": told there
        topic = self._topic(token)
        if topic:
            draft.links = [Link(n, draft.i, "prep", ("in",)) for n in topic]
            draft.why = "place of the headline"
            return
        if trigger.lemma in ("flag", "show_in", "see_in"):
            sent = token.sent
            near = [
                n
                for n, top in self.tops.items()
                if sent.start <= top.i < sent.end
                and self.mentions[n].role != "anchor"
                and top.dep_ == "pobj"
                and (top.head.lower_ in AT | {"of", "including"} or top.head.head.lower_ in _WAYS_IN)
                and self.mentions[n].type in (PlaceType.SETTLEMENT, PlaceType.FEATURE)
            ]
            earlier = [d for d in drafts.values() if d.i < draft.i and d.links and self._near(d.i, draft.i)]
            draft.links = [Link(n, draft.i, "prep", ("in",)) for n in near]
            if not near and earlier and _IN_TOWN.search(token.sent.text) and not self._names_town(token):
                draft.links = [Link(k.mention, draft.i, "before") for k in earlier[-1].links][:1]
            draft.why = "place of the sentence"
            return
        if trigger.lemma == "close_in":
            beside = [d for d in drafts.values() if d.links and self.doc[d.i].sent.start == token.sent.start]
            draft.links = [Link(k.mention, draft.i, "before") for k in beside[-1].links] if beside else []
            draft.why = "place before"
            return
        if trigger.kind is Kind.ADVANCE and trigger.noun:
            beside = [d for d in drafts.values() if d.links and d.i < draft.i and d.side == draft.side]
            if not beside or self.doc[beside[-1].i].sent.start != token.sent.start:
                return
            went_on = token.dep_ == "dobj" and token.head.dep_ == "conj" and child(token.head, "nsubj") is None
            if draft.status.negated or (went_on and beside[-1].i == token.head.head.i):
                # "fired on positions north of X and made no advances"
                draft.links, draft.why = [Link(k.mention, draft.i, "before") for k in beside[-1].links], "place before"
            return
        if trigger.kind is Kind.ESCALATE or trigger.kind is Kind.ADVANCE or trigger.object == "label":
            return
        if (
            trigger.noun
            and token.dep_ == "pobj"
            and token.head.lower_ == "of"
            and any(c.lower_ == "the" for c in token.children)
        ):
            return
        definite = (
            trigger.noun
            and any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in token.children)
            and trigger.lemma not in MUTUAL
            and not (token.head.lower_ == "from" and token.head.head.lemma_.lower() in ("toll", "damage"))
        )
        background = (
            trigger.noun
            and trigger.kind is not Kind.LEAVE
            and token.dep_ in ("pobj", "pcomp")
            and (
                token.head.lower_ in ("after", "following", "amid", "during", "despite")
                or (
                    token.head.lower_ in ("of", "to")
                    and token.head.head.lemma_.lower() in ("result", "due", "because", "case", "consequence", "prior")
                )
            )
        )
        if trigger.kind is Kind.ATTACK and token.dep_ == "pobj" and token.head.lower_ == "in":
            over = drafts.get(token.head.head.i)
            if over is not None and over.trigger.kind is Kind.ATTACK and not over.trigger.noun:
                return  # "fought back in street battles": one fight
        used = {k.mention for d in drafts.values() for k in d.links}
        verb = clause_verb(token)
        inside = {t.i for t in verb.subtree}
        for number, top in self.tops.items():
            if number in used or top.i not in inside or self.mentions[number].role == "anchor":
                continue
            prep = top.head.lower_ if top.dep_ == "pobj" else ""
            if self._clause_of(top) == verb.i and prep in PREPS[trigger.kind] & AT and top.i > token.i:
                mention = self.mentions[number]
                if trigger.lemma in ("invasion", "war"):
                    continue
                if SEVERAL.match(mention.name) and trigger.kind not in (Kind.ATTACK, Kind.FIRE):
                    continue
                if (
                    self._too_wide(mention, trigger.kind, prep)
                    or self.mentions[number].span.text in self._governments()
                ):
                    continue
                draft.links.append(Link(number, draft.i, "prep", (prep,)))
        if draft.links:
            draft.links = self._specific(draft.links)
            draft.why = "place of the clause"
            return
        if draft.failed and trigger.kind is Kind.ATTACK:
            around = [d for d in drafts.values() if d.links and self.doc[d.i].sent.start == token.sent.start]
            keeping = [d for d in around if d.trigger.kind is Kind.HOLD and not d.trigger.noun and d.side != draft.side]
            if len(keeping) == 1:  # "fended off the attacks and continue to hold X"
                draft.links, draft.why = [Link(k.mention, draft.i, "before") for k in keeping[0].links], "place held"
                return
        if definite or background:
            return  # told before
        if not draft.links and trigger.kind in (Kind.ATTACK, Kind.FIRE) and draft.why == "":
            sent = token.sent
            near = [
                n
                for n, top in self.tops.items()
                if n not in used
                and sent.start <= top.i < sent.end
                and self.mentions[n].role != "anchor"
                and self._stands_at(top)
                and not _where_agreed(top)
                and self.mentions[n].span.text not in self._governments()
                and not self._too_wide(self.mentions[n], trigger.kind, "in")
                and token.i in self._sentence_part(top)
            ]
            if (not trigger.noun and token.dep_ in ("acl", "relcl")) or trigger.lemma in ("invasion", "war"):
                near = []
            if len(near) == 1:
                draft.links = [Link(near[0], draft.i, "prep", ("in",))]
                draft.why = "place of the sentence"
                return
        if Spotter.needs_place(trigger) or not self._contextual(draft):
            return
        if trigger.noun and draft.host is not None and self._serves_elsewhere(self.doc[draft.host]):
            return
        if any(m.name.lower() in FAR for m in self.mentions if token.sent.start_char <= m.span.start < token.idx):
            return  # "In Paris, ministers pledged strikes"
        before = [
            d
            for d in drafts.values()
            if d.i < draft.i
            and d.links
            and d.why != "place before"
            and d.trigger.kind not in (Kind.DEPLOY, Kind.ESCALATE)
            and d.trigger.lemma not in ("stronghold", "bastion")  # "strongholds such as X": told in passing
        ]
        last = before[-1] if before else None
        killed = trigger.kind is Kind.FIRE and token.dep_ in ("pobj", "conj") and token.head.dep_ in ("agent", "pobj")
        told = None if killed else self._told_of(token, last)
        if told is not None:
            draft.links = [Link(told, draft.i, "before")]
            draft.why = "place told of"
            return
        if trigger.kind is Kind.LEAVE:
            here = self._town_before(token)
            if here is not None:
                draft.links = [Link(here, draft.i, "before")]
                draft.why = "place of the sentence"
                return
        if last is None:
            return
        if not self._near(last.i, draft.i) and not (
            trigger.kind is Kind.GAIN
            and count_of(self.text, token, trigger, self.parts.lexicon)
            and self.doc[last.i].sent.end_char > token.sent.start_char - 400
        ):
            return
        draft.links = [Link(k.mention, draft.i, "before") for k in last.links][:3]
        draft.why = "place before"

    def _mere_subject(self, noun: Token, host: Token) -> bool:
        """Whether the noun is the subject of a verb that only talks about it ("shelling may indicate ...")."""
        return (
            noun.dep_ == "nsubj"
            and host.lemma_.lower()
            not in self.parts.lexicon.operators["light"] | self.parts.lexicon.operators["through"]
        )

    def _contextual(self, draft: Draft) -> bool:
        """Whether a claim without a place of its own may take the last one's."""
        kind, trigger = draft.trigger.kind, draft.trigger
        token = self.doc[draft.i]
        if trigger.noun and kind is Kind.LEAVE and token.dep_ == "pobj" and token.head.lower_ == "in":
            return False  # "troops in retreat are mining the roads"
        if kind is Kind.LEAVE and on_all_fronts(token, None):
            return False
        if (
            not trigger.noun
            and any(c.dep_ == "prep" and c.lower_ in ("from", "into", "in", "at", "near", "on") for c in token.children)
            and kind is Kind.LEAVE
        ):
            return False  # it says from where, in words that are no name
        obj = None if trigger.noun else self.parts.spotter.object_of(token)
        if (
            kind is Kind.GAIN
            and obj is not None
            and obj.tag_ == "NNS"
            and obj.lemma_.lower() not in self.words["parts"]
        ):
            return False
        if kind is Kind.LEAVE and obj is not None and any(c.dep_ == "prep" and c.lower_ == "of" for c in obj.children):
            return False  # "lost the base of their support"
        if kind is Kind.LEAVE:
            return draft.side is not None and (not trigger.noun or trigger.lemma in ("withdrawal", "retreat"))
        host = self.doc[draft.host] if draft.host is not None else None
        if trigger.noun and self._elsewhere(token, host):
            return False
        if trigger.noun and (draft.status.predicted or (host is not None and self._mere_subject(token, host))):
            return False
        if kind is Kind.FIRE and not trigger.noun:
            aimed = any(c.dep_ == "prep" and c.lower_ in PREPS[kind] for c in token.children)
            at_them = obj is not None and obj.pos_ == "PRON" and obj.dep_ == "dobj" and trigger.lemma in _SHELLING
            shot = trigger.object == "weapon" and trigger.lemma in _SHOOTING and not aimed
            return draft.side is not None and (at_them or shot) and token.dep_ in ("ROOT", "conj", "ccomp")
        if kind is Kind.ATTACK and obj is not None and obj.pos_ != "PRON":
            return False
        if kind is Kind.ATTACK:
            return (draft.side is not None and not trigger.noun) or trigger.lemma in (
                "assault",
                "counterattack",
                "fighting",
                "clash",
                "battle",
            )
        if kind in (Kind.GAIN, Kind.ENTER):
            return draft.side is not None and not trigger.noun and token.dep_ in ("ROOT", "conj", "ccomp", "advcl")
        if kind is Kind.HOLD:
            return draft.side is not None and trigger.lemma in ("dig_in", "hold_on", "hold_out", "hole_up", "entrench")
        return kind is Kind.FIRE and trigger.noun


def _where_agreed(top: Token) -> bool:
    """Whether a place is where something was negotiated: "the truce agreed in X"."""
    return top.dep_ == "pobj" and top.head.lower_ in ("in", "at") and top.head.head.lemma_.lower() in _TALKS
