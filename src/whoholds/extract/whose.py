"""Which side a noun of one text stands for: its words, its modifiers, the point of view, what a pronoun refers to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from whoholds.extract.sides import Sides
from whoholds.extract.syntax import antecedent, noun_children, subject

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from whoholds.extract.viewpoint import Viewpoint

ENEMY = frozenset({
    "enemy", "invader", "occupier", "occupant", "aggressor", "adversary", "foe", "orc",
    "invaders",
    "occupiers", "occupants",
    "enemies", "orcs", "rashist", "rashists", "racist", "racists", "raschists", "ruscists", "ruscist",
})  # fmt: skip
OURS = frozenset({"our", "we", "us", "ours", "defender", "defenders"})
PRONOUNS = frozenset({"they", "them", "their", "it", "its", "he", "his", "she", "her", "these", "those"})
# Who counts as whom where both are named as one: Turkey's allies fight in its operations, the coalition is the SDF's.
_TOGETHER = {frozenset({"TUR", "OPP"}): "TUR", frozenset({"US", "SDF"}): "SDF"}
# What any movement's men are called.
_ANY_MOVEMENT = frozenset(
    {
        "militants",
        "jihadists",
        "extremists",
        "terrorists",
        "insurgents",
        "fighters",
        "gunmen",
        "jihadist",
        "the militants",
    }
)
# "The group controls X": a movement told of before.
_A_GROUP = frozenset({"group", "organization", "organisation", "movement", "faction"})
_GROUPS = ("OPP", "IS", "SDF", "REB")
# From the first Turkish operation in Syria on, rebels fight in them.
_TURKISH_OPERATIONS = date(2016, 8, 24)
_BACKED = re.compile(r"\w+[- ](?:backed|supported|allied|aligned|sponsored)\b")
# Nouns whose side is told by what follows "of": "elements of the 35th Army".
_CONTAINERS = frozenset(
    [
        "element",
        "unit",
        "troop",
        "force",
        "soldier",
        "member",
        "remnant",
        "group",
        "part",
        "number",
        "brigade",
        "battalion",
        "regiment",
        "division",
        "company",
        "column",
        "convoy",
        "contingent",
        "commander",
        "fighter",
        "army",
        "grouping",
        "thousand",
        "hundred",
        "dozen",
        "batch",
        "wave",
        "band",
        "handful",
        "pocket",
        "team",
        "detachment",
        "concentration",
        "third",
        "half",
        "quarter",
        "most",
        "majority",
        "bulk",
        "percent",
        "%",
        "most",
        "some",
        "all",
        "many",
        "majority",
        "bulk",
        "position",
        "base",
        "depot",
        "warehouse",
        "equipment",
        "personnel",
        "piece",
        "tank",
        "aircraft",
        "accumulation",
        "cluster",
        "campaign",
        "house",
        "son",
        "brother",
        "general",
        "minister",
        "president",
        "ministry",
        "representative",
        "serviceman",
        "staff",
        "corps",
        "sort",
        "kind",
        "bit",
        "type",
        "lot",
        "both",
        "total",
        "one",
        "hand",
    ]
)


def _in_quotes(token: Token) -> bool:
    """Whether a word stands between quotation marks that open in its own sentence."""
    before = token.doc[token.sent.start : token.i].text
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _told_by_others(token: Token) -> bool:
    """Whether a word stands in what somebody is quoted as saying of others: "the rebels say they hold it"."""
    return any(t.dep_ == "ccomp" for t in (token.head, *token.head.ancestors))


class SideReader:
    """The sides of one text: knows what every word stands for, who spoke of whom last, and whose view it is."""

    def __init__(self, sides: Sides, doc: Doc, text: str, *, viewpoint: Viewpoint) -> None:
        self.sides = sides
        self.doc = doc
        self.at = sides.scan(doc, text)
        self.spots = sides.spots(text)
        self.people = sides.people_at(text)
        self.movements = [(at, key, words) for at, key, words in sides.named(text) if key in ("OPP", "IS")]
        self.groups = [
            (at, key) for at, key, words in sides.named(text) if key in _GROUPS and words not in _ANY_MOVEMENT
        ]
        self.viewpoint = viewpoint
        self.backed = [(start, key) for start, key in self.spots if _BACKED.match(text, start) is not None]
        # Tokens of settlement names: "the Kyiv offensive" is no offensive of Kyiv's.
        self.places: set[int] = set()
        self.inside: Mapping[int, int] = {}

    def of(self, token: Token | None, depth: int = 0) -> str | None:
        """The side a noun phrase stands for, None where it names none or more than one."""
        found = self.all_of(token, depth)
        if len(found) == 2:
            return _TOGETHER.get(frozenset(found))
        if found == {"OPP"} and token is not None:
            if self._fights_for_turkey(token):
                return "TUR"
            named = any(c.dep_ in ("amod", "compound", "poss") and c.i in self.at for c in token.children)
            if token.lower_ in _ANY_MOVEMENT and not named:
                return self._movement_before(token) or "OPP"
        return next(iter(found)) if len(found) == 1 else None

    def _movement_before(self, token: Token) -> str | None:
        """Whose "the militants" are: of Islamic State where it was the last movement named before them."""
        before = [
            key for at, key, words in self.movements if token.idx - 500 < at < token.idx and words not in _ANY_MOVEMENT
        ]
        return before[-1] if before and before[-1] == "IS" else None

    def _group_before(self, token: Token) -> str | None:
        """Whose "the group" is: of the last movement named before it."""
        if [c.lower_ for c in token.children if c.dep_ not in ("relcl", "punct", "case")] != ["the"]:
            return None
        before = [key for at, key in self.groups if token.idx - 700 < at < token.idx]
        return before[-1] if before else None

    def _fights_for_turkey(self, token: Token) -> bool:
        """Whether rebels are told of by Turkey, or after "Turkish-backed" ones: proxies count with their patron."""
        day = self.viewpoint.day
        if "TUR" not in self.sides.keys or day is None or day < _TURKISH_OPERATIONS:
            return False
        if any(key == "TUR" and token.idx - 400 < at < token.idx for at, key in self.backed):
            return True
        told_of = token.dep_ == "dobj" and any(c.dep_ == "relcl" for c in token.children)
        told_of = told_of or token.dep_ in ("nsubj", "nsubjpass", "poss", "compound")
        return told_of and self.viewpoint.speaker(token) == "TUR"

    def all_of(self, token: Token | None, depth: int = 0) -> set[str]:
        """Every side a noun phrase names."""
        if token is None or depth > 5:
            return set()
        token = antecedent(token)
        word = token.lower_
        if word in _A_GROUP and (key := self._group_before(token)) is not None:
            return {key}
        if word in ("coalition", "alliance") and (made_of := self._made_of(token, depth)):
            return made_of
        if (
            token.i in self.at
            and token.pos_ != "VERB"
            and (token.i not in self.places or (token.dep_ in ("nsubj", "poss") and depth == 0))
        ):
            own = self.at[token.i]
            if word in _ANY_MOVEMENT:
                # "ISIS extremists", "Islamic State (ISIS) militants"
                whose = {
                    self.at[c.i] for c in token.children if c.dep_ in ("amod", "compound", "nmod") and c.i in self.at
                }
                own = next(iter(whose)) if len(whose) == 1 else own
            others = {self.at[c.i] for c in self._conjuncts(token) if c.i in self.at}
            # "X's and Y troops", where "Y troops" is a name
            others |= {
                self.at[c.i]
                for c in noun_children(token)
                if c.i in self.at and c.dep_ == "amod" and c.i < token.i - 1 and any(self._conjuncts(c))
            }
            return {own, *others}
        found: set[str] = set()
        near = list(noun_children(token))
        for c in near:
            if c.i in self.at and not (c.i in self.places and c.dep_ in ("compound", "nmod")):
                found.add(self.at[c.i])
        if not found:
            for c in (token, *near):
                key = self.by_view(c)
                if key:
                    found.add(key)
        if not found:
            for c in near:
                if c.dep_ in ("poss", "compound", "nmod"):
                    found |= self.all_of(c, depth + 1) if c.pos_ != "PRON" else set()
        if not found:
            # "forces loyal to X", "forces remaining loyal to X"
            clauses = [c for c in token.children if c.dep_ in ("acl", "relcl")]
            for c in (*token.children, *(a for v in clauses for a in v.children if a.dep_ == "acomp")):
                if c.lower_ in ("loyal", "allied", "aligned", "affiliated", "sympathetic"):
                    for p in c.children:
                        if p.dep_ == "prep" and p.lower_ in ("to", "with"):
                            found |= self.all_of(next((n for n in p.children if n.dep_ == "pobj"), None), depth + 1)
        if not found and (token.lemma_ in _CONTAINERS or token.pos_ in ("PROPN", "NUM", "DET", "PRON")):
            for p in token.children:
                above_all = p.lower_ == "in" and any(
                    t.lower_ == "particular" for t in p.subtree
                )  # "units, in particular X"
                if p.dep_ == "prep" and (p.lower_ in ("of", "from", "belonging", "among", "with") or above_all):
                    for noun in p.children:
                        if noun.dep_ == "pobj":
                            found |= self.all_of(noun, depth + 1)
        if not found:
            for c in token.children:
                if c.dep_ == "appos" or (c.dep_ == "prep" and c.lower_ in ("including",)):
                    found |= self.all_of(c if c.dep_ == "appos" else next((x for x in c.children), None), depth + 1)
        if not found:
            found |= self._also_known(token, depth)
        if not found and word in PRONOUNS and word not in ("he", "she", "her", "him"):
            key = self._they(token) or self.pronoun(token)
            if key:
                found.add(key)
        if not found:
            for c in near:
                if c.lower_ in ("their", "its", "his") and (key := self.pronoun(c)):
                    found.add(key)
        for c in self._conjuncts(token):
            if c.pos_ in ("NOUN", "PROPN"):
                found |= self.all_of(c, depth + 1)
        return found

    def _made_of(self, token: Token, depth: int) -> set[str]:
        """The sides that a coalition is said to be made of: "a coalition of rebel groups", "the rebel coalition"."""
        of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        noun = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
        of_whom = {self.at[c.i] for c in token.children if c.dep_ in ("amod", "compound") and c.i in self.at}
        return self.all_of(noun, depth + 1) or self._also_known(token, depth) or of_whom - {self.at.get(token.i, "")}

    def _also_known(self, token: Token, depth: int) -> set[str]:
        """The sides of what a noun is said to be known as: "a militia known as the Syrian Democratic Forces"."""
        called = next(
            (c for c in token.children if c.dep_ == "acl" and c.lower_ in ("known", "called", "dubbed")), None
        )
        if called is None:
            return set()
        by_name = [c for p in called.children if p.dep_ == "prep" and p.lower_ == "as" for c in p.children]
        by_name += [c for c in called.children if c.dep_ == "oprd"]
        return {key for c in by_name if c.pos_ in ("NOUN", "PROPN") for key in self.all_of(c, depth + 1)}

    def by_view(self, token: Token) -> str | None:
        """The side of "our", "the enemy", "defenders" from where the text stands."""
        word = token.lower_
        if word in ENEMY or token.lemma_ in ENEMY:
            return self.sides.opponent(self.viewpoint.of(token))
        if word in OURS and token.text != "US":
            return self.viewpoint.of(token)
        return None

    @staticmethod
    def _conjuncts(token: Token) -> Iterable[Token]:
        """Nouns coordinated with this one."""
        return [c for c in token.children if c.dep_ == "conj"]

    def _they(self, token: Token) -> str | None:
        """The side of "they" in "they shelled us": not the speaker's."""
        if token.lower_ != "they" or token.dep_ != "nsubj" or not any(c.lower_ == "us" for c in token.head.children):
            return None
        return self.sides.opponent(self.viewpoint.of(token))

    def pronoun(self, token: Token) -> str | None:
        """The side a pronoun refers to: the last noun before it that stood for one side, subjects first."""
        sent = token.sent
        but: str | None = None
        if token.lower_ in ("them", "it", "him") and token.dep_ == "dobj":
            over = token.head
            if over.pos_ == "NOUN" and over.head.pos_ == "VERB":
                over = over.head
            doer = subject(over) if over.pos_ in ("VERB", "AUX") else None
            if doer is not None and doer.i != token.i:
                but = self.of(doer, 4)
        if token.lower_ == "it" and token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ == "ccomp":
            teller = subject(token.head.head)
            if teller is not None and teller.pos_ in ("NOUN", "PROPN") and teller.i < token.i:
                return self.of(teller, 4)  # "X announced that it would": X
        if token.lower_ in ("they", "them", "their") and _in_quotes(token) and not _told_by_others(token):
            but = but or self.viewpoint.speaker(token)  # who speaks says "we"
            if but is not None and len(self.sides.keys) == 2:
                return self.sides.opponent(but)
        if token.lower_ in ("he", "him", "his"):
            near = [key for at, key in self.people if token.idx - 400 < at < token.idx and key != but]
            if near:
                return near[-1]
        for subjects_only in (True, False):
            best: str | None = None
            for t in self.doc[max(0, sent.start - 90) : token.i]:
                if t.i >= sent.start and subjects_only and (own := self._own_men(t)) is not None:
                    best = own
                    continue
                if (
                    t.i not in self.at
                    or t.pos_ == "SPACE"
                    or self.at[t.i] == but
                    or (t.i in self.places and t.dep_ not in ("nsubj", "poss"))
                ):
                    continue
                head = t
                while head.dep_ in ("compound", "amod", "poss", "nmod", "appos") and head.head.i != head.i:
                    head = head.head
                if subjects_only and head.dep_ not in ("nsubj", "nsubjpass"):
                    continue
                if (
                    token.lower_ in ("they", "them", "their")
                    and head.pos_ == "PROPN"
                    and head.tag_ != "NNPS"
                    and head.dep_ == "nsubj"
                    and head.head.lemma_ in ("say", "report", "state", "note", "claim", "add")
                ):
                    continue
                best = (self.of(t, 4) if t.i == head.i and self.at[t.i] == "OPP" else None) or self.at[t.i]
            if best is not None:
                return best
        # In sentences that were not parsed: the name nearest before.
        earlier = [side for at, side in self.spots if token.idx - 600 < at < token.idx and side != but]
        return earlier[-1] if earlier else None

    def _own_men(self, noun: Token) -> str | None:
        """Whose "his troops" are, where they are a subject."""
        if noun.dep_ not in ("nsubj", "nsubjpass") or noun.pos_ != "NOUN" or noun.i in self.at:
            return None
        whose = next((c for c in noun.children if c.dep_ == "poss" and c.lower_ in ("his", "its", "our")), None)
        return self.of(noun, 4) if whose is not None else None

    def only_side(self, start: int, end: int) -> str | None:
        """The side that tokens [start, end) name, where they name but one."""
        found = {
            self.at[i]
            for i in range(start, end)
            if i in self.at and not (i in self.inside and self.doc[i].dep_ not in ("nsubj", "poss"))
        }
        return next(iter(found)) if len(found) == 1 else None
