"""Which of the places of a trigger it is about: those that only say where another place is drop out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whoholds.extract.drafts import AND, COMPASS_START, TextState
from whoholds.extract.landmarks import ROLE as LANDMARK
from whoholds.extract.links import Link
from whoholds.extract.syntax import child
from whoholds.model import Kind, Mention, PlaceType

# "In the X direction they attacked near A and B": the direction says where A and B are
_SECTOR = re.compile(r"(?:direction|axis|sector|front)$", re.IGNORECASE)
# "X in Y", "X and Z districts of Y", "X on the southern edge of Y"
_LIES_IN = re.compile(
    r"(?: (?:districts?|neighbou?rhoods?|suburbs?|quarters?|areas?|squares?"
    r"|villages?|towns?|cit(?:y|ies)|settlements?|airport|base|refinery|hospital|camp))?,?"
    r" (?:in|of|on the (?:[\w-]+ )?(?:outskirts|edge|side|fringes?) of|outside)(?: the)?(?: \w+)?"
    r"(?: (?:city|town|village) of)? "
)
# "Y's X district"
_OWNS = re.compile(
    r"['’]s? (?:\w+ )?"
    r"| (?:province |region |border |coastal |oil |port |frontline )?"
    r"(?:(?:town|city|village)(?: of)?|suburb|district|quarter) "
)


# "the town of X and villages in Y district": Y, too
_VILLAGES_IN = re.compile(
    r"\band (?:[a-z]+ ){0,2}(?:villages|towns|settlements|areas|communities|localities) (?:in|of|across) (?:the )?$"
)
_ON_AXES = ("on", "along")
_SUCH_AS = re.compile(
    r"\b(?:including|among them|namely|such as)(?: the (?:[\w-]+ ){0,2}(?:towns?|villages?|cit(?:y|ies)) of)? $"
)


_CITY_BEFORE = re.compile(r" (?:city|town|village), $")
_WHERE = re.compile(
    r"(?:directly |just |about |right |located |situated )*(?:on|in|at|near|outside|between|north|south|east|west|\d)"
    r"[^()]*$"
)
_BANK = re.compile(r"(?:the )?(?:[\w-]+ )?(?:bank|shore) of ")


def _is_line(mention: Mention) -> bool:
    """Whether a mention is a line without a name: what it runs through is then no mere location of it."""
    return mention.role == "name" and mention.type is PlaceType.DIRECTION and mention.name.startswith("the ")


class Siting(TextState):
    """The places of a trigger, each once and none that only locates another."""

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
        starts = [self.mentions[k.mention].span.start for k in links]
        first = min((a for a in starts if _SUCH_AS.search(self.text, max(0, a - 30), a)), default=None)
        if first is not None:
            # "villages in X including A and B", "villages around X were freed, among them A and B"
            links = [k for k in links if self.mentions[k.mention].span.start >= first or not self._among_many(k)]
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
                    and link.prep in ("in", "throughout", "within", "across", *_ON_AXES)
                    and (link.prep not in _ON_AXES or mention.type is PlaceType.DIRECTION)
                    and not _VILLAGES_IN.search(self.text, max(0, mention.span.start - 50), mention.span.start)
                ):
                    continue
            seen.add(link.mention)
            out.append(link)
        return out

    def _among_many(self, link: Link) -> bool:
        """Whether a place only says where many are of which some are named: "villages near X, including A and B"."""
        what = child(self.doc[link.trigger], "dobj", "nsubjpass") if link.slot == "prep" else None
        nouns = (*link.via, what) if what is not None else link.via
        return any(t.tag_ == "NNS" and t.lemma_.lower() in self.words["place_nouns"] for t in nouns)

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
        ahead = _CITY_BEFORE.search(self.text, max(0, mention.span.start - 12), mention.span.start)
        apposed = mention.type is PlaceType.DIRECTION and bool(COMPASS_START.match(mention.span.text))
        if before == ", " and (mention.type is PlaceType.REGION or apposed):
            previous = [
                n
                for n, m in enumerate(self.mentions)
                if m.span.end in (mention.span.start - 2, ahead.start() if ahead else -1)
                and m.type is PlaceType.SETTLEMENT
            ]
            if previous:
                return True
        if (
            node.dep_ == "appos"
            and node.head.i in self.inside
            and self.mentions[self.inside[node.head.i]].span.end + 2 >= mention.span.start
        ):
            return mention.type is not PlaceType.SETTLEMENT
        if self._behind(mention, numbers) or self._in_brackets(mention, numbers) or self._part_of(mention, numbers):
            return True
        if (
            node.dep_ == "pobj"
            and node.head.lower_ in ("in", "of", "within", "to", "along", "between", "on", "across", "outside")
            and node.head.dep_ == "prep"
        ):
            over = node.head.head
            if over.dep_ == "appos" and over.i not in self.inside and over.head.i in self.inside:
                if node.head.lower_ == "of" and over.lemma_.lower() in self.words["settlements"]:
                    return False  # "the east, the city of Y": one more of a list
                over = over.head  # "X, a town in Y"
            if over.i not in self.inside:
                # "the town of X in Y"
                named = [c for p in over.children if p.lower_ == "of" and p.i < node.i for c in p.children]
                over = next((c for c in named if c.i in self.inside), over)
            where = self.inside.get(over.i, number)
            if where in numbers and where != number and not _is_line(self.mentions[where]):
                return True
        return False

    def _in_brackets(self, mention: Mention, numbers: set[int]) -> bool:
        """Whether brackets right behind a town say by this place where it is: "X (on the outskirts of Y)"."""
        opened = self.text.rfind("(", max(0, mention.span.start - 60), mention.span.start)
        if opened < 0 or not _WHERE.match(self.text, opened + 1, mention.span.start):
            return False
        towns = (self.mentions[n] for n in numbers if self.mentions[n].type is PlaceType.SETTLEMENT)
        return any(m.span.end <= opened and not self.text[m.span.end : opened].strip() for m in towns)

    def _part_of(self, mention: Mention, numbers: set[int]) -> bool:
        """Whether a place is only a side of the next: "the eastern sector of X"."""
        if mention.type is not PlaceType.DIRECTION or not COMPASS_START.match(mention.span.text):
            return False
        return any(self.text[mention.span.end : self.mentions[n].span.start] in (" of ", " of the ") for n in numbers)

    def _behind(self, mention: Mention, numbers: set[int]) -> bool:
        """Whether a town stands right behind another place that lies in it: "X in Y", "the X district of Y"."""
        for n in numbers:
            m = self.mentions[n]
            gap = mention.span.start - m.span.end
            on = 0 < gap < len(" on  ") and self.text[m.span.end : mention.span.start].strip() == "on"
            if m.role == "name" and on and _BANK.match(mention.span.text):
                return True  # "near X on the west bank of the Y River"
            if m.role == "name" and 0 < gap < 60 and _LIES_IN.fullmatch(self.text, m.span.end, mention.span.start):
                return m.type in (PlaceType.SETTLEMENT, PlaceType.FEATURE) or "district" in m.span.text
            owned = mention.span.end < m.span.start and m.type is not PlaceType.DIRECTION
            gap_text = self.text[mention.span.end : m.span.start] if owned else ""
            if owned and _OWNS.fullmatch(gap_text) and not (m.type is PlaceType.REGION and gap_text.endswith(" of ")):
                return True
        return False
