"""Which places a trigger takes: by the way they hang on it, without those that only say where another place is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from whoholds.extract.drafts import AND, AT, COMPASS_START, OF_ONLY, PREPS, SEVERAL, WEAK_PREPS, Draft, TextState
from whoholds.extract.landmarks import ROLE as LANDMARK
from whoholds.extract.links import Link
from whoholds.extract.spelled import FAR
from whoholds.extract.syntax import child
from whoholds.model import Kind, Mention, PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Token


# "In the X direction they attacked near A and B": the direction says where A and B are
_SECTOR = re.compile(r"(?:direction|axis|sector|front)$", re.IGNORECASE)
# "X in Y", "X and Z districts of Y", "X on the southern edge of Y"
_LIES_IN = re.compile(
    r"(?: (?:districts?|neighbou?rhoods?|suburbs?|quarters?|areas?|squares?|airport|base|refinery|hospital|camp))?,?"
    r" (?:in|of|on the (?:[\w-]+ )?(?:outskirts|edge|side|fringes?) of|outside)(?: the)?(?: \w+)?"
    r"(?: (?:city|town|village) of)? "
)
# "Y's X district"
_OWNS = re.compile(
    r"['’]s? (?:\w+ )?"
    r"| (?:province |region |border |coastal |oil |port |frontline )?"
    r"(?:(?:town|city|village)(?: of)?|suburb|district|quarter) "
)


class Placing(TextState):
    """The places of a trigger."""

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
            if SEVERAL.match(mention.name) and kind not in (Kind.ATTACK, Kind.FIRE):
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
                if prep in PREPS[kind] or (kind is Kind.LEAVE and not noun and prep in ("west of",)):
                    if kind is Kind.ADVANCE and prep == "from" and not noun:
                        weak.append(link)
                    elif link.host and link.preps and draft.trigger.kind is Kind.LEAVE and prep == "of":
                        strong.append(link)
                    else:
                        strong.append(link)
                elif prep in WEAK_PREPS.get(kind, ()) and not (kind is Kind.LEAVE and self._going_to(draft, top)):
                    weak.append(link)
            elif link.slot == "subj" and link.host and self._under(draft) and "to" not in link.preps:
                strong.append(link)
            elif link.slot == "subj":
                if not noun and draft.trigger.subject == "place":
                    if all(t.lemma_.lower() in self.words["place_nouns"] for t in link.via):
                        strong.append(link)
                elif not noun and not link.via and self._left_out_be(draft, mention):
                    strong.append(link)
                elif link.via and self._located(link, top):
                    weak.append(link)
            elif link.slot == "obj":
                if (
                    link.preps
                    and link.preps[-1] in ("from", "by", "with", "after", "before", "since")
                    and kind is not Kind.LEAVE
                    and not (kind is Kind.ADVANCE and noun)
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
                if noun and link.host and not link.preps and not link.via and not self._under(draft):
                    continue
                strong.append(link)
            elif link.slot in ("mod", "poss"):
                if noun and kind in (Kind.DEPLOY,) and self.inside.get(top.i) is not None and top.dep_ == "compound":
                    continue
                if self.mentions[link.mention].span.text in self._governments() and top.dep_ in (
                    "poss",
                    "compound",
                    "amod",
                    "nmod",
                ):
                    continue
                strong.append(link)
            else:
                strong.append(link)
        chosen = strong or weak or self._verbless(draft)
        if any(k.mention not in self.parts_of for k in chosen):
            # "took the artillery school in X": the name, not the place told of before
            chosen = [k for k in chosen if k.mention not in self.parts_of]
        return self._specific(self._sited(chosen, kind))

    def _sited(self, links: list[Link], kind: Kind) -> list[Link]:
        """Without the towns that only say where a nameless landmark is; fire on one of a town is on the town."""
        sites = [k for k in links if self.mentions[k.mention].role == LANDMARK]
        if not sites or len(sites) == len(links):
            return links
        if kind is Kind.FIRE:
            return [k for k in links if k not in sites]
        first = min(self.tops[k.mention].i for k in sites)
        ahead = {k.mention for k in links if k.host or self.tops[k.mention].i < first}
        below = {t.i for k in sites for t in self.tops[k.mention].subtree}
        return [
            k
            for k in links
            if k in sites
            or self._coordinated(k.mention)
            or (self.tops[k.mention].i not in below and (k.mention not in ahead or k.slot == "obj"))
        ]

    def _coordinated(self, number: int) -> bool:
        """Whether a place is one more of a list."""
        top = self.tops[number]
        return top.dep_ == "conj" and top.head.i in self.inside

    def _verbless(self, draft: Draft) -> list[Link]:
        """The place over a noun in a headline without a verb: "X under fire", "X back in rebel hands"."""
        token = self.doc[draft.i]
        if not draft.trigger.noun or token.dep_ != "pobj" or token.head.lower_ not in ("under", "in"):
            return []
        over = token.head.head
        if over.dep_ == "advmod" and over.lower_ in ("back", "now", "still", "again"):
            over = over.head
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
            return link.preps[0] in AT or link.preps[0] == "from"
        return top.dep_ in ("prep", "advmod", "npadvmod")

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

    def _under(self, draft: Draft) -> bool:
        """ "X came under attack": the place is the subject."""
        token = self.doc[draft.i]
        if token.dep_ != "pobj" or draft.host is None:
            return False
        if draft.trigger.lemma in ("control", "hands"):
            # "X is in their hands", "X is out of their control"
            return token.head.lower_ in ("under", "in", "into", "from") or token.head.head.lower_ == "out"
        return token.head.lower_ == "under"

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
        roads = [
            k
            for k in settlements
            if k not in towns
            and re.search(
                r"highway|motorway|road|E\d\d|[HMPT]\d{1,4}|river|reservoir|lake",
                self.mentions[k.mention].span.text,
                re.I,
            )
            and k.prep in ("along", "on", "across", "via", "over")
        ]
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
                compass = (
                    mention.type is PlaceType.DIRECTION
                    and COMPASS_START.match(mention.span.text)
                    and " of " in mention.span.text
                )
                gap = [self.text[a:b] for a, b in self._gaps(mention)]
                coordinated = (
                    any(AND.fullmatch(g) for g in gap)
                    or top.dep_ == "conj"
                    or any(c.dep_ == "conj" and c.i in self.inside for c in top.children)
                )
                if compass and not coordinated:
                    continue
                if (
                    (mention.type is PlaceType.REGION or _SECTOR.search(mention.span.text))
                    and link.slot in ("prep", "adv", "obj")
                    and not coordinated
                    and not any(
                        t.lemma_.lower() in ("settlement", "town", "village", "area", "place", "locality", "part")
                        for t in link.via
                    )
                    and link.prep in ("in", "throughout", "within", "across")
                ):
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
        """Whether a place hangs on another place of the same claim, as "Y Oblast" on "X in Y Oblast" or "X.

        Y Oblast".
        """
        node = self.tops[number]
        mention = self.mentions[number]
        before = self.text[max(0, mention.span.start - 2) : mention.span.start]
        if before == ", " and mention.type is PlaceType.REGION:
            previous = [
                n
                for n, m in enumerate(self.mentions)
                if m.span.end == mention.span.start - 2 and m.type is PlaceType.SETTLEMENT
            ]
            if previous:
                return True
        if (
            node.dep_ == "appos"
            and node.head.i in self.inside
            and self.mentions[self.inside[node.head.i]].span.end + 2 >= mention.span.start
        ):
            return mention.type is not PlaceType.SETTLEMENT
        if self._behind(mention, numbers):
            return True
        if (
            node.dep_ == "pobj"
            and node.head.lower_ in ("in", "of", "within", "to", "along", "between", "on", "across", "outside")
            and node.head.dep_ == "prep"
        ):
            over = node.head.head
            if over.dep_ == "appos" and over.i not in self.inside and over.head.i in self.inside:
                over = over.head  # "X, a town in Y"
            if over.i not in self.inside:
                # "the town of X in Y"
                named = [c for p in over.children if p.lower_ == "of" and p.i < node.i for c in p.children]
                over = next((c for c in named if c.i in self.inside), over)
            if over.i in self.inside and self.inside[over.i] in numbers and self.inside[over.i] != number:
                return True
        return False

    def _behind(self, mention: Mention, numbers: set[int]) -> bool:
        """Whether a town stands right behind another place that lies in it: "X in Y", "the X district of Y"."""
        for n in numbers:
            m = self.mentions[n]
            gap = mention.span.start - m.span.end
            if m.role == "name" and 0 < gap < 60 and _LIES_IN.fullmatch(self.text, m.span.end, mention.span.start):
                return m.type in (PlaceType.SETTLEMENT, PlaceType.FEATURE) or "district" in m.span.text
            if mention.span.end < m.span.start and _OWNS.fullmatch(self.text, mention.span.end, m.span.start):
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
        if obj.i in self.inside and obj.dep_ == "pobj" and obj.head.head.dep_ == "appos":
            named = obj.head.head.head
            if named.i in self.inside and self.mentions[self.inside[obj.i]].type is PlaceType.REGION:
                obj = named  # "X, a town in Y which they attacked"
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
        return [Link(n, token.i, "obj") for n in numbers[:1]]
