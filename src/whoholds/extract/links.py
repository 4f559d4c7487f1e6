"""From place names up the tree to the triggers they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whoholds.extract.anaphora import is_dateline
from whoholds.extract.cues import english_cues
from whoholds.extract.phrases import SLIPPING
from whoholds.extract.syntax import OBJECTS, is_verb
from whoholds.extract.texts import text_of
from whoholds.extract.triggers import Lexicon, Trigger
from whoholds.model import Kind, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


# "toward X, rather than toward Y", "X, home to workers of Y": nothing is told of Y.
_RULED_OUT = re.compile(r"\b(?:rather than|instead of)\s(?:\w+ ){0,3}$|, home (?:to|of) (?:[\w’'-]+ ){0,5}$")
# "was under fire", "ended in an attack": the preposition by which a verb carries an event
_CARRIED = frozenset(
    {"in", "under", "with", "by", "of", "to", "into", "for", "as", "on", "about", "despite", "amid", "during", "within"}
)
SHAKEN = frozenset(
    {"rock", "shake", "jolt", "engulf", "grip", "convulse"}
)  # "explosions rocked X after a missile strike"
_AT = frozenset({"in", "at", "on"})
_LYING = frozenset({"situate", "locate", "lie", "stand", "base", "belong"})
_PROCLAIMED = frozenset({"announce", "declare", "proclaim", "celebrate", "mark"})


@dataclass(slots=True)
class Link:
    """How a place hangs on a trigger.

    `slot` is obj, subj, prep, mod, adv, agent or host (the place hangs on the verb that carries a noun trigger);
    `preps` are the prepositions on the way, the trigger's own last; `via` the nouns on the way ("outskirts").
    """

    mention: int
    trigger: int
    slot: str
    preps: tuple[str, ...] = ()
    via: tuple[Token, ...] = field(default=())
    host: bool = False

    @property
    def prep(self) -> str | None:
        """The preposition next to the trigger."""
        return self.preps[-1] if self.preps else None


class Linker:
    """Finds, for every place of a text, the trigger it belongs to."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def link(
        self, doc: Doc, mentions: Sequence[Mention], triggers: Mapping[int, Trigger]
    ) -> tuple[list[Link], dict[int, Token]]:
        """The links of every mention, and each mention's own top word."""
        hosts: dict[int, list[int]] = {}
        for i, trigger in triggers.items():
            if trigger.noun and trigger.object != "label":  # "captured the rebel-held town of X" is about X, too
                for host in self.hosts(doc[i], triggers):
                    hosts.setdefault(host, []).append(i)
        text = text_of(doc)
        links: list[Link] = []
        tops: dict[int, Token] = {}
        inside: dict[int, int] = {}
        for number, mention in enumerate(mentions):
            if _RULED_OUT.search(text, max(0, mention.span.start - 40), mention.span.start):
                continue
            if is_dateline(text, mention):
                continue
            span = doc.char_span(mention.span.start, mention.span.end, alignment_mode="expand")
            if span is None or any(t.pos_ == "SPACE" and len(t.text) > 3 for t in span):
                continue
            if all(t.pos_ == "X" for t in span):
                continue  # in a stretch that was not parsed
            top = _top(span)
            tops[number] = top
            for t in span:
                inside[t.i] = number
        for number, top in tops.items():
            links += self._climb(top, number, triggers, hosts, inside)
            links += _told_by_which(top, number, hosts)
        # "In X, a spokesman said they had entered Y": where somebody speaks, unless the words name no other place
        placed = {link.trigger for link in links if not _is_where_said(tops[link.mention])}
        links = [k for k in links if k.trigger not in placed or not k.host or not _is_where_said(tops[k.mention])]
        links = [k for k in links if not k.host or not _is_where_proclaimed(tops[k.mention])]
        return links, tops

    def hosts(self, noun: Token, triggers: Mapping[int, Trigger]) -> list[int]:
        """Words whose places count for an event named by a noun.

        Its light verb, "a series of ...", relative clauses.
        """
        out: list[int] = []
        node = noun
        for _ in range(6):
            head, dep = node.head, node.dep_
            if head.i == node.i:
                break
            if dep in OBJECTS or dep in ("nsubj", "nsubjpass"):
                if is_verb(head):
                    if head.i not in triggers or triggers[head.i].object in ("weapon", "troops"):
                        out.append(head.i)
                        out += self._raised(head, triggers)
                    break
                node = head
            elif dep == "conj" and not is_verb(head):
                node = head
            elif dep == "pobj":
                over = head.head
                if over.lower_ == "out" and over.dep_ == "prep":
                    over = over.head  # "is out of their control"
                if head.lower_ == "with" and node.i != noun.i:
                    break  # "fields are around X, with rebels in control of Y"
                if is_verb(over) and over.i not in triggers:
                    shaken = over.lemma_.lower() in SHAKEN and head.lower_ in ("after", "following", "from")
                    if head.lower_ in _CARRIED or shaken or self._slips(noun, over, triggers):
                        out.append(over.i)
                        if over.dep_ == "xcomp" and over.head.lemma_.lower() in _RAISING:
                            out.append(over.head.i)  # "X is believed to be under their control"
                    break
                if over.i in triggers or is_verb(over) or head.lower_ not in ("of", "in"):
                    break
                out.append(over.i)
                node = over
            elif dep in ("compound", "amod", "nmod") and not is_verb(head):
                out.append(head.i)
                node = head
            else:
                break
        for c in noun.children:
            if c.dep_ in ("relcl", "acl") and is_verb(c) and c.i not in triggers:
                out.append(c.i)
        return out

    @staticmethod
    def _slips(noun: Token, verb: Token, triggers: Mapping[int, Trigger]) -> bool:
        """Whether a place goes out of somebody's control: "X slipped from their hands"."""
        return triggers[noun.i].kind is Kind.LEAVE and verb.lemma_.lower() in SLIPPING

    def _raised(self, verb: Token, triggers: Mapping[int, Trigger]) -> list[int]:
        """Verbs over a light verb that share its places: "continued [in X] to conduct attacks"."""
        out: list[int] = []
        while verb.dep_ == "xcomp" and is_verb(verb.head) and verb.head.i not in triggers:
            verb = verb.head
            out.append(verb.i)
        return out

    def _climb(
        self,
        top: Token,
        number: int,
        triggers: Mapping[int, Trigger],
        hosts: Mapping[int, list[int]],
        inside: Mapping[int, int],
    ) -> list[Link]:
        """Walk from a place to its trigger."""
        preps: list[str] = []
        via: list[Token] = []
        slot = "adv"
        node = top
        for _ in range(25):
            head, dep = node.head, node.dep_
            if head.i == node.i:
                return []
            if dep == "pobj" and inside.get(head.i) == number:
                node = head  # the place is "northeast of X": the preposition is its own
                continue
            if dep in ("pobj", "pcomp"):
                slot = "prep"
                if head.dep_ == "agent":
                    slot = "agent"
                preps.append(head.lower_)
                node = head
                # "out of X", "outside of X": the adverb before the preposition is part of it
                if (
                    head.head.i != head.i
                    and head.head.dep_ in ("prep", "advmod", "prt")
                    and head.lower_ in ("of", "from")
                    and head.head.lower_
                    in (
                        "out",
                        "outside",
                        "inside",
                        "west",
                        "east",
                        "north",
                        "south",
                        "away",
                        "ahead",
                        "because",
                        "instead",
                        "near",
                    )
                ):
                    preps[-1] = f"{head.head.lower_} {head.lower_}"
                    node = head.head
                continue
            if dep in ("prep", "agent", "dep", "punct", "cc", "mark", "intj", "meta", "nsubj", "nsubjpass",
            "advmod", "npadvmod", "det", "predet", "prt", "neg", "aux", "csubj") or dep in OBJECTS or dep in (
                "amod", "compound", "nmod", "poss", "nummod", "quantmod",
            ):  # fmt: skip
                if dep in ("amod", "compound", "nmod", "poss", "nummod", "quantmod", "det", "predet"):
                    slot = "mod" if dep != "poss" else "poss"
                elif dep in OBJECTS or dep == "nsubjpass":
                    slot = "obj"
                elif dep in ("nsubj", "csubj"):
                    slot = "subj"
                elif dep in ("advmod", "npadvmod"):
                    slot = "prep" if preps and preps[-1] in ("to", "into", "toward", "towards") else "adv"
            elif dep == "conj" and not is_verb(node) and is_verb(head):
                slot = "obj"
            elif dep in ("acl", "relcl") and node.lemma_.lower() in _LYING and preps:
                slot = "prep"  # "struck a hotel, which is situated in X"
            elif dep in ("appos", "acl", "relcl", "advcl", "xcomp", "ccomp", "parataxis") and is_verb(node):
                return []
            elif dep == "appos" and preps and head.i in inside and _is_called(node):
                return []  # "X, a town at the junction of Y and Z": they say where X is
            elif head.lemma_ == "range" and preps and preps[-1] == "of":
                return []  # "out of artillery range of X"
            # arrive at head
            if head.i in triggers and not (dep == "conj" and is_verb(head) is False and triggers[head.i].noun is False):
                trigger = triggers[head.i]
                if dep == "conj" and trigger.noun and slot != "prep":
                    return []
                return [Link(number, head.i, slot, tuple(preps), tuple(via))]
            if head.i in hosts:
                return [Link(number, t, slot, tuple(preps), tuple(via), host=True) for t in hosts[head.i]]
            if head.pos_ == "ADP" and dep in ("prep", "pcomp"):
                preps.append(head.lower_)  # "from around X"
            lies = (
                preps
                and head.dep_ in ("acl", "relcl")
                and ((preps[-1] in _AT and head.lemma_.lower() in _LYING) or head.lemma_.lower() == "belong")
            )
            loaded = head.dep_ == "acl" and preps and preps[0] in ("on", "at", "into", "over", "in")
            loaded = loaded and head.lemma_.lower() not in _LYING
            if loaded and head.head.head.i in triggers and triggers[head.head.head.i].kind is Kind.FIRE:
                # "dropped barrels packed with explosives on X", "struck a station crowded with people in X"
                node = head.head
                continue
            if lies and head.head.i not in inside and head.head.pos_ == "NOUN":
                node = head
                continue
            if is_verb(head):
                if (
                    head.dep_ == "conj"
                    and head.head.i in triggers
                    and not any(c.dep_ in ("nsubj", "nsubjpass") for c in head.children)
                    and slot in ("obj", "prep")
                    and not triggers[head.head.i].noun
                    and not any(
                        c.dep_ in ("dobj", "nsubj", "nsubjpass") and c.i != node.i
                        for c in head.head.children
                        if c.dep_ == "dobj"
                    )
                ):
                    return [Link(number, head.head.i, slot, tuple(preps), tuple(via))]
                return self._below(head, number, slot, tuple(preps), tuple(via), triggers, hosts)
            if head.i not in inside and head.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "PRON", "DET"):
                via.append(head)
            node = head
        return []

    def _below(  # noqa: PLR0917
        self,
        verb: Token,
        number: int,
        slot: str,
        preps: tuple[str, ...],
        via: tuple[Token, ...],
        triggers: Mapping[int, Trigger],
        hosts: Mapping[int, list[int]],
    ) -> list[Link]:
        """A place on a verb that is no trigger counts for the trigger that verb governs ("continued in X to.

        Attack").
        """
        if slot == "subj" or (slot == "obj" and not preps and verb.lemma_.lower() in _RAISING):
            about = [c for c in verb.children if c.dep_ in ("acomp", "xcomp")]
            falls = [x for c in about for x in (c, *c.children) if x.i in triggers and triggers[x.i].subject == "place"]
            return [
                Link(number, x.i, "subj", preps, via) for x in falls
            ]  # "X is about to fall", "is said to have fallen"
        if slot in ("agent", "obj"):
            return []
        for c in verb.children:
            if c.dep_ in ("xcomp", "ccomp") and is_verb(c):
                if c.dep_ == "ccomp" and any(m.dep_ == "mark" and m.lower_ in _APART for m in c.children):
                    continue  # "met in X, hours after they bombed Y"
                if slot == "obj" and c.dep_ == "ccomp":
                    continue
                if c.i in triggers:
                    return [Link(number, c.i, slot, preps, via, host=True)]
                if c.i in hosts:
                    return [Link(number, t, slot, preps, via, host=True) for t in hosts[c.i]]
                below = self._below(c, number, slot, preps, via, triggers, hosts)
                if below:
                    return below
        return []


# Verbs whose subject is that of the clause below: "X appears to be", "X is thought to be".
_RAISING = frozenset({
    "appear", "seem", "believe", "think", "say", "report", "consider", "understand", "know", "allege", "presume",
    "assume", "remain", "continue",
})  # fmt: skip
_APART = frozenset({"after", "before", "while", "as", "when", "since", "because", "if", "until"})
_TOWNS = frozenset({"city", "town", "village", "port", "suburb", "district", "settlement", "capital", "enclave"})


def _told_by_which(top: Token, number: int, hosts: Mapping[int, list[int]]) -> list[Link]:
    """Links of a place that a relative clause tells of: "X, a town which has been in their hands since May"."""
    apposed = (c for noun in top.children if noun.dep_ == "appos" and noun.pos_ == "NOUN" for c in noun.children)
    town = top.head.head  # "the city of X, which ..."
    called = town.children if top.dep_ == "pobj" and top.head.lower_ == "of" and town.lemma_.lower() in _TOWNS else ()
    for clause in (*top.children, *apposed, *called):
        if clause.dep_ != "relcl":
            continue
        # "X, which they said was in their hands"
        for verb in (clause, *(c for c in clause.children if c.dep_ == "ccomp")):
            if any(c.dep_ == "nsubj" and c.lower_ in ("which", "that") for c in verb.children):
                # "which appears to be under their control"
                seeming = [c for c in verb.children if c.dep_ == "xcomp" and verb.lemma_.lower() in ("appear", "seem")]
                return [Link(number, t, "subj", host=True) for v in (verb, *seeming) for t in hosts.get(v.i, ())]
    return []


def _is_called(noun: Token) -> bool:
    """Whether a noun says what the place before it is: "X, a town", "X, a small suburb"."""
    return noun.pos_ == "NOUN" and any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in noun.children)


def _is_where_said(top: Token) -> bool:
    """Whether a place hangs by its preposition on a verb of saying that has a clause of its own."""
    prep = top.head
    verb = prep.head
    if top.dep_ != "pobj" or prep.dep_ != "prep" or not is_verb(verb) or verb.lower_ not in english_cues().say:
        return False
    return any(c.dep_ == "ccomp" for c in verb.children)


def _is_where_proclaimed(top: Token) -> bool:
    """Whether a place is where something is proclaimed: "the liberation will be announced in X"."""
    if top.head.lower_ == "of" and top.head.head.dep_ == "pobj":
        top = top.head.head  # "in the city of X"
    prep, verb = top.head, top.head.head
    if top.dep_ != "pobj" or prep.lower_ not in ("in", "at", "from") or verb.lemma_.lower() not in _PROCLAIMED:
        return False
    return any(c.dep_ == "nsubjpass" for c in verb.children)


def _top(span: Span) -> Token:
    """The word of a span whose head is outside it."""
    first, last = span[0].i, span[-1].i
    tops = [t for t in span if (not first <= t.head.i <= last or t.head.i == t.i) and t.dep_ != "punct"]
    nouns = [t for t in tops if t.pos_ in ("PROPN", "NOUN", "ADV")]
    return (nouns or tops or list(span))[-1]
