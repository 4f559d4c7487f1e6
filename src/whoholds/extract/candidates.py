"""The cheap filter before the parser: which sentences can hold a claim at all.

One automaton looks for the words of the lexicon; a sentence is a candidate where such a word stands in it and it
names a
place or a side, or stands beside a sentence that names a place ("They left the city.").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from whoholds.extract.cues import inflect
from whoholds.extract.triggers import Lexicon
from whoholds.model import Kind, Mention, Theatre

if TYPE_CHECKING:
    from daachorse import CharwiseDoubleArrayAhoCorasick

# Irregular forms of trigger verbs, and nouns whose plural is not regular.
_IRREGULAR = [
    "taken",
    "took",
    "overran",
    "overrun",
    "retook",
    "retaken",
    "struck",
    "stricken",
    "hit",
    "shot",
    "fought",
    "withdrew",
    "withdrawn",
    "fled",
    "drove",
    "driven",
    "broke",
    "broken",
    "burst",
    "held",
    "lost",
    "left",
    "won",
    "beat",
    "beaten",
    "sent",
    "brought",
    "built",
    "dug",
    "laid",
    "fell",
    "fallen",
    "fired",
    "operation",
    "reconnaissance",
    "exchange",
    "mission",
    "fire",
    "flag",
    "declaration",
    "regroup",
    "stronghold",
    "positions",
    "rebuilt",
    "thrust",
    "swept",
    "cut",
    "blew",
    "blown",
    "shelling",
    "struck",
    "clearing",
    "lines",
    "sieges",
    "hostilities",
    "wrested",
    "dropped",
    "bombed",
    "referendums",
    "referenda",
    "annexed",
    "mobilised",
    "mobilized",
    "flags",
    "flag",
    "raised",
    "hoisted",
    "hold",
    "holds",
]


# A name that no gazetteer knows, where a place can stand.
_SLOT = re.compile(
    r"\b(?:in|near|outside|into|towards?|around|of|from|took|takes?|taken|seized?s?|captured?s?|liberated?s?|recaptured?s?|retook|retaken?s?|entered|enters?|stormed|shelled"
    r"|bombed) [A-Z][a-z]{2,}"
)


class Candidates:
    """Finds the sentences worth parsing."""

    def __init__(self, lexicon: Lexicon, theatre: Theatre) -> None:
        from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

        words: set[str] = set(_IRREGULAR)
        for lemma in (*lexicon.verbs, *lexicon.nouns, "control", "held"):
            base = lemma.split("_")[0]
            words |= {base, *inflect(base), base + "s"}
        sides = {n.lower() for side in theatre.sides for n in (*side.demonyms, *side.names, *side.forces, *side.people)}
        sides |= {
            "enemy",
            "invaders",
            "occupiers",
            "occupants",
            "aggressor",
            "our",
            "they",
            "troops",
            "forces",
            "army",
            "militants",
            "defenders",
            "rebels",
            "soldiers",
            "fighters",
        }
        states = {
            lemma
            for entry in (*lexicon.verbs.values(), tuple(lexicon.nouns.values()))
            for t in entry
            if t.kind is Kind.ESCALATE
            for lemma in (t.lemma.rstrip("e"),)
        }
        self._states: CharwiseDoubleArrayAhoCorasick = CharwiseDoubleArrayAhoCorasick(
            sorted(states), match_kind=MATCH_KIND_LEFTMOST_LONGEST
        )
        self._words: CharwiseDoubleArrayAhoCorasick = CharwiseDoubleArrayAhoCorasick(
            sorted(w for w in words if w), match_kind=MATCH_KIND_LEFTMOST_LONGEST
        )
        self._sides: CharwiseDoubleArrayAhoCorasick = CharwiseDoubleArrayAhoCorasick(
            sorted(w for w in sides if w), match_kind=MATCH_KIND_LEFTMOST_LONGEST
        )

    def choose(self, text: str, bounds: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> list[int]:
        """Indices of the sentences to parse, in order.

        Parameters
        ----------
        bounds
            Start and end of every sentence.
        mentions
            Places of the text, in order.
        """
        low = text.lower()
        if len(low) != len(text):
            low = text
        starts = [a for a, _ in bounds]
        acting = _where(self._words, low, starts)
        if not acting:
            return []
        wide = _where(self._states, low, starts)
        placed = {bisect_right(starts, m.span.start) - 1 for m in mentions if m.role != "anchor"}
        placed |= {bisect_right(starts, match.start()) - 1 for match in _SLOT.finditer(text)} & _where(
            self._sides, low, starts
        )
        if not placed and not wide:
            return []
        sided = _where(self._sides, low, starts)
        chosen = []
        for i in sorted(acting):
            near = {i - 2, i - 1, i + 1}
            if i in wide or i in placed or (near & placed) or (i in sided and any(p < i for p in placed)):
                chosen.append(i)
        return chosen


def _where(automaton: CharwiseDoubleArrayAhoCorasick, low: str, starts: Sequence[int]) -> set[int]:
    """The sentences in which a word begins as one of the automaton does."""
    out: set[int] = set()
    for start, *_ in automaton.find(low):
        if start == 0 or not low[start - 1].isalnum():
            out.add(bisect_right(starts, start) - 1)
    return out
