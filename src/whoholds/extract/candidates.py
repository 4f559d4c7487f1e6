"""The cheap filter before the parser: which sentences can hold a claim at all.

Automata look for the words of the lexicon, for sides and for words that stand for a place. A sentence is a candidate

- with a word of war and a place, or a place in a sentence beside it ("Forty settlements were liberated."),
- with a word that also means much else ("take", "move") only with a place, or an anaphor of one, and a side,
- with an act of state ("annexation").

Words count whole, with their endings ("invade" is not in "invaders"), verbs that tell nothing alone only beside what
they need (`company`), and "occupied" not where it is only a label ("in occupied Kherson").

A country by its bare name is no place here: nearly every report names one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from whoholds.extract.company import needed_beside
from whoholds.extract.cues import inflect
from whoholds.extract.texts import AnyWord
from whoholds.extract.triggers import Lexicon
from whoholds.model import Kind, Mention, PlaceType, Theatre

if TYPE_CHECKING:
    from daachorse import CharwiseDoubleArrayAhoCorasick

# Forms that regular inflection does not give, and modifiers that make "operation" a word of war.
_STRONG_FORMS = [
    "overran", "overrun", "retook", "retaken", "struck", "stricken", "hit", "withdrew", "withdrawn", "fled",
    "offensive", "assault", "reconnaissance", "shelling", "sieges", "hostilities", "stronghold", "wrested",
    "under fire", "military action", "pull out", "pulled out", "pulling out", "pull back", "pulled back",
    "pulling back", "fall back", "fell back", "fallen back", "falling back",
    "thwarted", "foiled", "infiltration",
    "outskirts", "bombed", "referendums", "referenda", "annexed", "mobilised", "mobilized", "captured", "besieged",
]  # fmt: skip
_PEOPLE = [
    "enemy", "invaders", "occupiers", "occupants", "aggressor", "our", "they", "we", "troops", "forces", "army",
    "militants", "defenders", "rebels", "soldiers", "fighters", "military", "units", "aviation", "artillery",
    "brigade", "battalion", "missiles", "drones", "rockets", "missile", "drone", "rocket", "shell", "shahed",
    "helicopter", "warplane", "jets", "aircraft", "tanks", "the group", "extremists", "jihadists", "insurgents",
]  # fmt: skip
# The last letter of a word and what may follow it where the form is not listed: its ending.
_ENDING = re.compile(r"(.)(?:s|es|ed|d|ing|\1(?:ed|ing))?(?![^\W\d_])", re.DOTALL)
_LABELS = frozenset({"occupied", "de-occupied"})
_BEFORE_LABEL = re.compile(
    r"\b(?:in|of|from|to|near|around|at|into|on|over|across|through|throughout|within|towards?|outside)(?: the)?"
    r"(?: (?:temporarily|newly|recently|illegally))? $"
)
REACH = 10  # [sentences] how far back a place may stand that a sentence without one is about
# A name that no gazetteer knows, where a place can stand.
_SLOT = re.compile(
    r"\b(?:(?:farms|towns?|villages?|districts?|suburbs?|hills?|outskirts|city|settlements?) of|out of"
    r"|(?:battles?|fight(?:ing)?) for|[Ii]n|[Nn]ear|on|at|outside|into|towards?|[Aa]round|lost|takes?|took|taken"
    r"|seizes?|seized|captures?|captured|recaptured?|liberates?|liberated|retook|retakes?|enters?|entered|stormed|shelled"
    r"|bombed|holds?|held|defend(?:s|ed|ing)?|left|besieg(?:es?|ed|ing)|pounded|bombarded|abandoned|evacuated|cleared"
    r"|overran) (?P<name>[A-Z][a-z]{2,})"
)
_NO_NAME = frozenset([
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "The",
    "This", "These", "Those", "Our", "Their", "His", "Europe", "European",
])  # fmt: skip


# So many sentences about places fought for make a report one of war; a headline with its lede never has as many.
_TELLS_OF_WAR = 3


class Candidates:
    """Finds the sentences worth parsing."""

    def __init__(self, lexicon: Lexicon, theatre: Theatre) -> None:
        weak = {f for w in lexicon.filter["weak"] for f in (w, *inflect(w), w + "s")}
        strong: set[str] = set(_STRONG_FORMS)
        states: set[str] = set()
        entries = [*((t.lemma, t) for ts in lexicon.verbs.values() for t in ts), *lexicon.nouns.items()]
        alone = {lemma for lemma, _ in entries if "_" not in lemma}
        for lemma, trigger in entries:
            base = lemma.split("_")[0]
            if base not in alone:
                weak |= {base, *inflect(base)}  # "give up", "order out": little by its first word
                continue
            forms = {base, *inflect(base), base + "s"}
            if base in lexicon.filter["inflected"]:
                weak |= {f for f in forms if f.endswith(("ed", "ing"))}
                continue
            if trigger.kind is Kind.ESCALATE and base != "declaration":
                states |= {base.rstrip("e")}
            strong |= forms - weak
        sides = {n.lower() for side in theatre.sides for n in (*side.demonyms, *side.names, *side.forces, *side.people)}
        self._side_words = frozenset(w for n in sides for w in n.split())
        needed = needed_beside(lexicon)
        self._strong, self._weak = _Words(strong, needed), _Words(weak, needed)
        self._states = _automaton(states | {"declaration of war", "declare war"})
        self._sides = _automaton(sides | set(_PEOPLE))
        self._control = _automaton({"control", "withdraw", "retreat", "advanc"})
        self._anaphors = _automaton({*lexicon.filter["anaphors"], *lexicon.words["landmarks"]})

    def possible(self, text: str) -> bool:
        """Whether any sentence of a text may be chosen, whatever places it names: quick, for texts about other things.

        A word of war, or one that also means much else beside a side or an act of state.
        """
        low = _small(text)
        return _any(self._strong.automaton, low) or (
            _any(self._weak.automaton, low) and (_any(self._sides, low) or _any(self._states, low))
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
        low = _small(text)
        starts = [a for a, _ in bounds]
        strong, weak = self._strong.where(low, bounds), self._weak.where(low, bounds)
        if not strong and not weak:
            return []
        sided = _where(self._sides, low, starts)
        wide = _where(self._states, low, starts)
        controlled = _where(self._control, low, starts)
        placed: set[int] = set()
        offices: set[int] = set()  # "the mayor of X": what "the city" then stands for
        for m in mentions:
            if m.role == "name" and not _bare_country(m):
                placed.add(bisect_right(starts, m.span.start) - 1)
            elif m.role == "office" and m.type is PlaceType.SETTLEMENT:
                offices.add(bisect_right(starts, m.span.start) - 1)
        for match in _SLOT.finditer(text):
            name = match["name"]
            if name not in _NO_NAME and name.lower() not in self._side_words:
                placed.add(bisect_right(starts, match.start()) - 1)
        if not placed and not offices and not wide:
            return []
        # "Kharkiv: two killed by shells": what follows the colon is about the place before it
        placed |= {i + 1 for i in placed if i + 1 < len(bounds) and text[slice(*bounds[i])].rstrip().endswith(":")}
        again = _where(self._anaphors, low, starts) if placed or offices else set()
        placed |= {i for o in offices for i in (o, o + 1) if i in again}
        chosen = []
        for i in sorted(strong | weak | wide):
            here = i in placed
            before = any(i - k in placed for k in range(1, REACH + 1))
            near = before or i + 1 in placed
            if (
                i in wide
                or (here and (i in strong or i in sided))
                or (near and (i in strong or (before and i in sided and (i in again or i in controlled))))
            ):
                chosen.append(i)
        if len(chosen) >= _TELLS_OF_WAR:
            # The report is about the fighting: what names no place ("they have been routed") belongs to it as well.
            chosen = sorted({*chosen, *(i for i in strong | weak if i in placed or (i in sided and i in strong))})
        return chosen


class _Words:
    """Words that make a sentence worth parsing, some of them only in company."""

    def __init__(self, words: Iterable[str], needed: Mapping[str, frozenset[str]]) -> None:
        known = {w for w in words if w}
        self.automaton = _automaton(known)
        kept: dict[frozenset[str], AnyWord] = {}
        self._needed = {w: kept.setdefault(needed[w], AnyWord(needed[w])) for w in known if w in needed}

    def where(self, low: str, bounds: Sequence[tuple[int, int]]) -> set[int]:
        """The sentences in which one of the words stands, in the company that it needs and as no mere label."""
        starts = [a for a, _ in bounds]
        out: set[int] = set()
        for start, end, *_ in self.automaton.find(low):
            if (start and low[start - 1].isalnum()) or not _ENDING.match(low, end - 1):
                continue
            i = bisect_right(starts, start) - 1
            if i in out:
                continue
            needed = self._needed.get(low[start:end])
            if (needed is None or low[slice(*bounds[i])] in needed) and not _is_label(low, start, end):
                out.add(i)
        return out


def _is_label(low: str, start: int, end: int) -> bool:
    """Whether a word only says whose a place is: "in occupied Kherson", "Russian-occupied"."""
    word = low[start:end]
    if word not in _LABELS:
        return False
    if word == "occupied" and low[start - 1 : start] == "-":
        return True
    return _BEFORE_LABEL.search(low, max(0, start - 30), start) is not None


def _automaton(words: Iterable[str]) -> CharwiseDoubleArrayAhoCorasick:
    """An automaton of words in small letters."""
    from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

    return CharwiseDoubleArrayAhoCorasick(sorted({w for w in words if w}), match_kind=MATCH_KIND_LEFTMOST_LONGEST)


def _small(text: str) -> str:
    """The text in small letters, character by character; as it is where a letter changes length."""
    low = text.lower()
    return low if len(low) == len(text) else text


def _any(automaton: CharwiseDoubleArrayAhoCorasick, low: str) -> bool:
    """Whether any word begins as one of the automaton does."""
    return any(start == 0 or not low[start - 1].isalnum() for start, *_ in automaton.find(low))


def _where(automaton: CharwiseDoubleArrayAhoCorasick, low: str, starts: Sequence[int]) -> set[int]:
    """The sentences in which a word begins as one of the automaton does."""
    out: set[int] = set()
    for start, *_ in automaton.find(low):
        if start == 0 or not low[start - 1].isalnum():
            out.add(bisect_right(starts, start) - 1)
    return out


def _bare_country(mention: Mention) -> bool:
    """Whether a mention is a country by its bare name."""
    if mention.area is None or not mention.area.startswith("country:"):
        return False
    return mention.span.text.lower().removeprefix("the ") == mention.name.lower().removeprefix("the ")
