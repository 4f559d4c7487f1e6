"""What a clause without a place stands among: names beside it, above it, and the town that the text has turned to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whoholds.extract.drafts import AT, Draft
from whoholds.extract.placing import Placing
from whoholds.extract.spelled import FAR
from whoholds.extract.syntax import clause_verb, is_verb
from whoholds.model import Kind, PlaceType

if TYPE_CHECKING:
    from spacy.tokens import Token

_SENTENCES = re.compile(r"[.!?][\"”’]? ")
# "In X, ...", "Further west, in the town of X, ..."
_OPENS = re.compile(
    r"(?:^|[.!?:][\"”’]? |\n)(?:(?:[A-Z]\w+ )?\w+, )?(?:In|in|At|Around|Near|near)(?: the (?:\w+ ){0,3}of)? $"
)
_TOWNS = frozenset({"city", "town", "village", "port", "settlement", "suburb", "district"})

_FRONTS = frozenset({"direction", "axis", "sector", "front", "frontline", "line"})
_DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
    "april", "may", "june", "july", "august", "september", "october", "november", "december",
})  # fmt: skip


WITHIN = 220  # [characters] of other sentences between what is told of a place and what is told on


_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class Surroundings(Placing):
    """The names around a clause."""

    def _all_those(self, token: Token) -> list[int]:
        """The towns that "the two villages" or "both towns" are: so many as the last claim that named so many."""
        nouns = [t for t in token.subtree if t.tag_ == "NNS" and t.lemma_.lower() in _TOWNS]
        for noun in nouns:
            words = {c.lower_ for c in noun.children}
            many = next((_NUMBERS[w] for w in words if w in _NUMBERS), 0)
            if not many or not words & {"the", "these", "those", "both"}:
                continue
            for told in reversed([d for d in self.drafted if d.i < token.i]):
                named = [k.mention for k in told.links if self.mentions[k.mention].type is PlaceType.SETTLEMENT]
                if len(named) == many and self.doc[told.i].sent.start != token.sent.start:
                    return named
        return []

    def _where(self, token: Token) -> int | None:
        """The name that a clause hangs on by "where": "in X and Y, where shelling went on" tells it of Y."""
        for node in (token, *token.ancestors):
            if node.dep_ != "relcl":
                continue
            mark = min(node.subtree, key=lambda t: t.i)
            if mark.lower_ != "where":
                return None
            before = [n for n, m in enumerate(self.mentions) if 0 <= mark.idx - m.span.end <= 2 and m.role == "name"]
            return before[-1] if before else None
        return None

    def _told_of(self, token: Token, last: Draft | None) -> int | None:
        """The town that the text has turned to since the last claim with a place: "In X, ... They are holding out"."""
        begun = self.doc[last.i].idx if last is not None else 0
        paragraph = self.text.rfind("\n", 0, token.idx) + 1
        found: int | None = None
        for number, m in enumerate(self.mentions):
            if (
                m.role == "name"
                and m.type is PlaceType.SETTLEMENT
                and m.name.lower() not in FAR
                and max(begun, paragraph) < m.span.start
                and m.span.end <= token.idx
                and m.span.start not in self.secondary
                and _SENTENCES.subn("", self.text[m.span.end : token.idx])[1] <= 1
                and (
                    (last is None and _SENTENCES.search(self.text, m.span.end, token.idx))
                    or _OPENS.search(self.text, max(0, m.span.start - 40), m.span.start)
                )
            ):
                found = number
        return found

    def _town_before(self, token: Token) -> int | None:
        """The last town told of before, in the same sentence: "they are in X, and that the garrison was retreating"."""
        found: int | None = None
        for number, m in enumerate(self.mentions):
            if (
                m.role == "name"
                and m.type is PlaceType.SETTLEMENT
                and token.sent.start_char <= m.span.start
                and m.span.end <= token.idx
                and m.span.start not in self.secondary
                and self.text[: m.span.start].endswith((" in ", " of ", " at ", " into ", " near "))
            ):
                found = number
        return found

    def _elsewhere(self, noun: Token, host: Token | None) -> bool:
        """Whether an event is said to be in unnamed places: "fighting erupted on new fronts"."""
        preps = [c for t in (noun, host) if t is not None for c in t.children if c.dep_ == "prep" and c.lower_ in AT]
        return any(
            p.tag_ == "NNS" and p.lemma_.lower() in self.words["place_nouns"] - self.words["parts"]
            for c in preps
            for p in c.children
        ) or any(
            p.pos_ == "PROPN"
            and p.i not in self.inside
            and p.dep_ == "pobj"
            and p.lower_ not in _DAYS
            and c.lower_ in ("in", "near", "around", "outside")
            and not self.sides.at.get(p.i)
            for c in preps
            for p in c.children
        )

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
            if (
                verb.i in self.triggers
                or verb.dep_ not in ("acl", "xcomp")
                or not any(c.tag_ == "TO" for c in verb.children)
            ):
                break
            verb = clause_verb(verb.head)
        return verb.i

    @staticmethod
    def _stands_at(top: Token) -> bool:
        """Whether a place is one where something is done: after "in", "near", or on a noun after "of"."""
        if top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lemma_.lower() in _TOWNS:
            top = top.head.head  # "in the port city of X"
        if top.dep_ == "pobj":
            return top.head.lower_ in AT
        return (
            top.dep_ in ("compound", "nmod", "poss")
            and top.head.dep_ == "pobj"
            and top.head.head.lower_ in AT | {"of"}
            and top.head.pos_ == "NOUN"
        )

    def _topic(self, token: Token) -> list[int]:
        """Places of a headline's topic before a colon: "The situation in X: six attacks repelled"."""
        before = self.text[: token.sent.start_char].rstrip()
        if not before.endswith(":") or self.triggers[token.i].kind is Kind.ESCALATE:
            return []
        start = max(before.rfind(c, 0, len(before) - 1) for c in (". ", "\n", "- ", "«")) + 1
        return [
            n
            for n, m in enumerate(self.mentions)
            if start <= m.span.start < len(before)
            and m.role == "name"
            and not self._too_wide(m, self.triggers[token.i].kind, "in")
        ]

    def _near(self, i: int, j: int) -> bool:
        """Whether two tokens stand in the same sentence or in neighbours."""
        a, b = self.doc[i].sent, self.doc[j].sent
        if a.start == b.start or 0 <= b.start - a.end <= 1:
            return True
        between = self.text[a.end_char : b.start_char]
        return a.end <= b.start and "\n" not in between and len(between) <= WITHIN

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


def on_all_fronts(event: Token, host: Token | None) -> bool:
    """Whether fighting is said to be on many parts of the front, none of them named: "in all directions"."""
    around = [t for t in (event, host) if t is not None]
    return any(
        c.dep_ == "prep"
        and c.lower_ in ("in", "on", "along", "at", "across", "throughout")
        and any(
            n.lemma_.lower() in _FRONTS
            and (n.tag_ == "NNS" or any(a.lower_ in ("entire", "whole") for a in n.children))
            and not any(p.lower_ in ("these", "those") for p in n.children)  # told before
            and not any(p.dep_ == "prep" and p.lower_ == "of" and _has_name(p) for p in n.children)
            for n in c.children
        )
        for t in around
        for c in t.children
    )


def _has_name(prep: Token) -> bool:
    """Whether a name stands behind a preposition."""
    return any(n.pos_ == "PROPN" for n in prep.children)
