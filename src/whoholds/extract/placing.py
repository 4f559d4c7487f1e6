"""Which places a trigger takes: by the way they hang on it, without those that only say where another place is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from whoholds.extract.drafts import AT, COMPASS_START, OF_ONLY, PREPS, SEVERAL, WEAK_PREPS, Draft
from whoholds.extract.links import SHAKEN, Link
from whoholds.extract.phrases import measures
from whoholds.extract.siting import Siting
from whoholds.extract.spelled import FAR
from whoholds.extract.syntax import base_of, child, is_passive
from whoholds.model import Kind, Mention, PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Token


_ENDURE = frozenset({
    "endure", "suffer", "face", "sustain", "undergo", "withstand", "weather", "experience", "survive", "brave",
    "witness", "see",
})  # fmt: skip


_SCENES = frozenset({"scene", "site", "subject", "target", "object", "focus", "epicentre", "epicenter", "theatre"})

_DEFENDERS = frozenset({"defender", "garrison"})


class Placing(Siting):
    """The places of a trigger."""

    def _accepted(self, draft: Draft, links: Sequence[Link]) -> list[Link]:
        """The links whose place the claim is about."""
        kind, noun = draft.trigger.kind, draft.trigger.noun
        token = self.doc[draft.i]
        if noun and kind is Kind.HOLD and token.dep_ == "appos" and token.head.i in self.inside:
            number = self.inside[token.head.i]  # "X, the last stronghold in Y": X is it
            if self.mentions[number].role != "anchor":
                return [Link(number, draft.i, "obj")]
        strong: list[Link] = []
        weak: list[Link] = []
        for link in links:
            mention = self.mentions[link.mention]
            if mention.role == "anchor":
                continue
            top = self.tops[link.mention]
            after = self.doc[min(top.i + 1, len(self.doc) - 1)]
            if top.dep_ == "appos" and after.tag_ == "VBD" and mention.span.text in self._governments():
                continue  # "the city Moscow took last year"
            prep = link.prep
            if prep == "by" and len(link.preps) == 2 and any(measures(t) for t in link.via):
                prep = link.preps[0]  # "advanced by 200 metres in X"
            if noun and kind is Kind.DEPLOY and prep == "of" and self._of_force(link, mention):
                prep = link.preps[0]  # "a concentration of troops near X"
            such = self.text[: mention.span.start].endswith("such as ")
            if (link.slot == "agent" and not such) or ("from" in link.preps[:-1] and not (noun and kind is Kind.LEAVE)):
                continue
            where_to = kind is Kind.LEAVE and not noun and self._going_to(draft, top)
            if where_to and link.slot not in ("obj", "subj") and "from" not in link.preps:
                continue
            if SEVERAL.match(mention.name) and kind not in (Kind.ATTACK, Kind.FIRE):
                continue
            if len(links) > 1 and self._only_locates(link, links):
                continue
            if self._too_wide(mention, kind, prep) or (
                mention.name[:8].lower() in ("occupied", "temporar") and kind is not Kind.ESCALATE
            ):
                continue
            if (
                noun
                and draft.trigger.lemma in OF_ONLY
                and any(t.lemma_.lower() not in self.words["place_nouns"] for t in link.via)
                and draft.trigger.lemma != "defeat"
            ):
                continue
            if (
                noun
                and draft.trigger.lemma in OF_ONLY
                and not (
                    link.slot in ("poss", "mod")
                    or "of" in link.preps
                    or (
                        link.slot == "prep"
                        and draft.trigger.lemma in ("defeat", "loss")
                        and not link.host
                        and prep in ("in", "at")
                        and link.slot != "host"
                        and draft.trigger.lemma == "defeat"
                    )
                )
            ):
                continue
            if (
                link.slot == "agent"
                or (link.slot == "prep" and draft.trigger.lemma == "control" and prep in PREPS[Kind.HOLD])
                or (
                    link.slot == "prep"
                    and (
                        (
                            prep == "including"
                            and not any(k.slot in ("prep", "obj") and k.prep != "including" for k in links)
                        )
                        or such
                    )
                )
            ):
                strong.append(link)
            elif link.slot == "prep":
                if (
                    prep in PREPS[kind]
                    or (draft.trigger.lemma == "head" and prep == "for")
                    or (draft.trigger.object == "order" and prep == "to")
                    or (kind is Kind.LEAVE and not noun and prep in ("west of",))
                ):
                    ringed = draft.trigger.lemma == "encirclement"  # "the encirclement of X from Y"
                    if kind is Kind.ADVANCE and prep == "from" and (ringed or not noun):
                        weak.append(link)
                    elif link.host and link.preps and draft.trigger.kind is Kind.LEAVE and prep == "of":
                        strong.append(link)
                    else:
                        strong.append(link)
                elif prep in WEAK_PREPS.get(kind, ()) and not (kind is Kind.LEAVE and self._going_to(draft, top)):
                    weak.append(link)
            elif link.slot == "subj" and link.host and self._endures(draft) and "to" not in link.preps:
                strong.append(link)
            elif link.slot == "subj":
                if not noun and draft.trigger.subject == "place":
                    if all(t.lemma_.lower() in self.words["place_nouns"] for t in link.via):
                        strong.append(link)
                elif not noun and not link.via and self._left_out_be(draft, mention):
                    strong.append(link)
                elif (
                    link.via
                    and self._located(link, top)
                    and (kind is not Kind.DEPLOY or not self._sent_away(draft, link))
                ):
                    weak.append(link)
            elif link.slot == "obj":
                if (
                    link.preps
                    and link.preps[-1] in ("from", "by", "with", "after", "before", "since")
                    and kind is not Kind.LEAVE
                    and not (kind is Kind.ADVANCE and (noun or draft.trigger.lemma == "near"))
                ):
                    continue
                if (
                    draft.trigger.object == "troops"
                    and not link.preps
                    and not noun
                    and draft.trigger.lemma not in ("reinforce", "bolster")
                ):
                    weak.append(link)
                    continue
                shaken = token.dep_ == "nsubj" and token.head.lemma_.lower() in SHAKEN  # "fighting rocked X"
                if noun and link.host and not (link.preps or link.via or shaken or self._under(draft)):
                    continue
                strong.append(link)
            elif link.slot in ("mod", "poss"):
                if noun and kind in (Kind.DEPLOY,) and self.inside.get(top.i) is not None and top.dep_ == "compound":
                    continue
                if top.dep_ in ("compound", "amod", "nmod") and base_of(top.head) in self.words["troops"]:
                    continue  # "under the X army's control"
                if self.mentions[link.mention].span.text in self._governments() and top.dep_ in (
                    "poss",
                    "compound",
                    "amod",
                    "nmod",
                ):
                    continue
                strong.append(link)
            elif kind is not Kind.DEPLOY or link.prep != "from":  # "moved units - likely from Y - to X"
                strong.append(link)
        chosen = strong or weak or self._verbless(draft)
        if any(k.mention not in self.parts_of for k in chosen):
            # "took the artillery school in X": the name, not the place told of before
            chosen = [k for k in chosen if k.mention not in self.parts_of]
        return self._specific(self._sited(chosen, kind))

    def _verbless(self, draft: Draft) -> list[Link]:
        """The place over a noun in a headline without a verb: "X under fire", "X back in rebel hands"."""
        token = self.doc[draft.i]
        if not draft.trigger.noun or token.dep_ != "pobj" or token.head.lower_ not in ("under", "in"):
            return []
        over = token.head.head
        if over.dep_ == "advmod" and over.lower_ in ("back", "now", "still", "again"):
            over = over.head
        if over.dep_ == "appos" and over.i not in self.inside:
            over = over.head  # "X, a port under their control"
        number = self.inside.get(over.i)
        if number is None or number in self.stands_for or over.i > token.i:
            return []
        if token.head.lower_ == "in" and draft.trigger.lemma not in ("control", "hands"):
            return []
        return [Link(number, draft.i, "subj")]

    def _left_out_be(self, draft: Draft, mention: Mention) -> bool:
        """Whether a place before a verb is what the verb is done to: "Lyman captured", "Kherson shelled again"."""
        token, trigger = self.doc[draft.i], draft.trigger
        if trigger.object not in ("place", "any") or token.dep_ == "relcl" or child(token, "dobj") is not None:
            return False
        if trigger.object == "place":
            return mention.span.text not in self._governments()
        return (
            trigger.kind in (Kind.FIRE, Kind.GAIN)
            and token.tag_ in ("VBD", "VBN")
            and mention.type in (PlaceType.SETTLEMENT, PlaceType.FEATURE)
            and mention.span.text not in self._governments()
        )

    def _going_to(self, draft: Draft, top: Token) -> bool:
        """Whether a verb of leaving says where to before the place: "fell back to positions near X"."""
        return any(
            c.dep_ == "prep" and c.lower_ in ("to", "toward", "towards", "into") and c.i < top.i
            for c in self.doc[draft.i].children
        )

    @staticmethod
    def _located(link: Link, top: Token) -> bool:
        """Whether a place says where the subject is: "forces near X", "troops north of X"."""
        if link.preps:
            defenders = any(t.lemma_.lower() in _DEFENDERS for t in link.via)  # "the defenders of X"
            return link.preps[0] in AT or link.preps[0] == "from" or defenders
        return top.dep_ in ("prep", "advmod", "npadvmod")

    def _sent_away(self, draft: Draft, link: Link) -> bool:
        """Whether those deployed go elsewhere: "forces in X deployed north", "forces from X deployed"."""
        verb = self.doc[draft.i]
        return "from" in link.preps or any(
            c.dep_ in ("advmod", "npadvmod") and COMPASS_START.match(c.text) for c in verb.children
        )

    def _too_wide(self, mention: Mention, kind: Kind, prep: str | None) -> bool:
        """Whether the place is a whole country that the claim is not about, or one where nobody fights."""
        if mention.type is PlaceType.SETTLEMENT and mention.name.lower() in FAR:
            return True
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

    def _only_locates(self, link: Link, links: Sequence[Link]) -> bool:
        """Whether a name says no more than where the one before is: "X, Russia", "an island off the coast of Y"."""
        mention = self.mentions[link.mention]
        before = [k for k in links if self.mentions[k.mention].span.end <= mention.span.start]
        if not before:
            return False
        if (mention.area or "").startswith("country:"):
            last = max(self.mentions[k.mention].span.end for k in before)
            return self.text[last : mention.span.start] == ", "
        if link.prep == "within":
            near = any(k.prep in ("near", "in", "at", "around") for k in before)
            return near and any(measures(t) for t in link.via)  # "near X, all within 5 miles of Y"
        return link.prep == "off" and any(k.slot == "obj" for k in before)

    def _of_force(self, link: Link, mention: Mention) -> bool:
        """Whether a place is where the force stands whose deed it is: "a concentration of troops near X"."""
        near = len(link.preps) == 2 and any(base_of(t) in self.words["troops"] for t in link.via)
        return near and not (mention.area or "").startswith("country:")

    def _endures(self, draft: Draft) -> bool:
        """Whether the subject of the carrying verb is the place it happens to: "X came under fire", "X endured it"."""
        if self._under(draft):
            return True
        token, host = self.doc[draft.i], self.doc[draft.host] if draft.host is not None else None
        if host is not None and draft.trigger.lemma in ("stronghold", "bastion") and token.dep_ == "attr":
            return host.lemma_ in ("be", "remain")
        if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_.lower() in _SCENES:
            return token.head.head.dep_ == "attr"  # "X was the scene of fighting"
        return (
            host is not None
            and draft.trigger.kind in (Kind.ATTACK, Kind.FIRE)
            and host.lemma_.lower() in _ENDURE
            and not is_passive(host)
            and (token.dep_ == "dobj" or (token.dep_ == "pobj" and token.head.lower_ == "of"))
        )

    def _under(self, draft: Draft) -> bool:
        """ "X came under attack", "explosions rocked X after a strike": the place hangs on the verb."""
        token = self.doc[draft.i]
        if token.dep_ != "pobj" or draft.host is None:
            return False
        if token.head.lower_ == "to" and self.doc[draft.host].lemma_.lower() == "subject":
            return True  # "X was subjected to shelling"
        if draft.trigger.lemma in ("control", "hands"):
            # "X is in their hands", "X is out of their control"
            return (
                token.head.lower_ in ("under", "in", "into", "to", "from", "within") or token.head.head.lower_ == "out"
            )
        shaken = token.head.head.lemma_.lower() in SHAKEN and draft.trigger.kind in (Kind.FIRE, Kind.ATTACK)
        return shaken or token.head.lower_ == "under"

    def _governments(self) -> frozenset[str]:
        """Names that stand for a side as often as for a place."""
        return frozenset(n for side in self.parts.sides.theatre.sides for n in side.names)

    def _own_object(self, token: Token, draft: Draft) -> list[Link]:
        """Places of an object that stands elsewhere: before a relative or participial clause."""
        if draft.trigger.noun:
            return []
        obj = self.parts.spotter.object_of(token)
        if obj is None and token.dep_ == "relcl" and draft.trigger.object in ("place", "any"):
            obj = token.head if child(token, "nsubj") is not None else None
        if obj is None:
            return []
        if obj.i in self.inside and obj.dep_ == "pobj" and obj.head.head.dep_ == "appos":
            named = obj.head.head.head
            if named.i in self.inside:
                obj = named  # "X, a town in Y which they attacked"
        elif obj.dep_ == "appos" and obj.i not in self.inside and obj.head.i in self.inside:
            obj = obj.head  # "X, a town held by them"
        if (
            draft.trigger.lemma != "regroup"
            and token.dep_ not in ("relcl", "acl", "xcomp", "conj", "advcl")
            and obj.head.i == token.i
        ):
            return []
        if obj.i > token.i:
            if draft.trigger.lemma == "regroup" and draft.trigger.kind is Kind.LEAVE:
                return [
                    Link(n, token.i, "obj")
                    for n, top in self.tops.items()
                    if top.i in {t.i for t in obj.subtree} and self.mentions[n].role != "anchor"
                ]
            return []
        called = self._called(obj)
        if called is not None:
            return [Link(called, token.i, "obj")]
        found = [obj.i, *(c.i for c in obj.subtree if c.i < token.i)]
        numbers: list[int] = []
        for i in found:
            n = self.inside.get(i)
            if n is not None and n not in numbers and self.mentions[n].role != "anchor":
                numbers.append(n)
        if obj.i in self.inside:
            first = self.inside[obj.i]
            more = [
                n
                for n, top in self.tops.items()
                if top.dep_ == "conj" and top.head.i == self.tops[first].i and n != first
            ]
            return [Link(n, token.i, "obj") for n in (first, *more)]
        # "the northern districts of X that they overran"
        via = (obj,) if obj.lemma_.lower() in self.words["quarters"] else ()
        return [Link(n, token.i, "obj", (), via) for n in numbers[:1]]

    def _called(self, noun: Token) -> int | None:
        """The place that a noun is said to be: "X is a town held by them", "X is one of the towns they took"."""
        if noun.dep_ == "pobj" and noun.head.lower_ == "of":
            noun = noun.head.head
        who = child(noun.head, "nsubj") if noun.dep_ == "attr" and noun.head.lemma_ == "be" else None
        return self.inside.get(who.i) if who is not None else None
