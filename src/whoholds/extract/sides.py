"""Which side a word names: the theatre's names, adjectives, forces, offices and people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whoholds.extract.texts import any_of, columns_of
from whoholds.model import Theatre

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# What parties of civil wars are called where the theatre file has no better word, by the key of the side.
_ROLES = {
    "GOV": (
        "army",
        "government forces",
        "government troops",
        "army troops",
        "regime forces",
        "loyalists",
        "regime",
        "loyalist forces",
        "pro-government forces",
        "government army",
    ),
    "REB": (
        "opposition",
        "rebels",
        "rebel",
        "insurgents",
        "opposition forces",
        "opposition fighters",
        "revolutionaries",
    ),
    "OPP": (
        "opposition",
        "rebels",
        "rebel",
        "insurgents",
        "opposition forces",
        "opposition fighters",
        "opposition groups",
        "rebel fighters",
    ),
}


class Sides:
    """Finds the side words of a theatre in a parsed text and tells the side of a noun."""

    def __init__(self, theatre: Theatre) -> None:
        self.theatre = theatre
        self.keys = theatre.side_keys
        alias: dict[str, str] = {}
        for side in theatre.sides:
            for words in (side.people, side.offices, side.forces, side.names, side.demonyms):
                for word in words:
                    if word:
                        alias[_plain(word)] = side.key
        for key, words in _ROLES.items():
            for word in words if key in self.keys else ():
                alias.setdefault(word, key)
        self._alias = alias
        named = rf"(?<![\w])(?:{any_of(alias)})(?:s|['’]s?)?(?![\w])" if alias else "(?!)"
        self._pattern, self._any_case = re.compile(named), re.compile(named, re.I)
        self._last: tuple[str, list[tuple[int, int, str, str]]] = ("", [])
        self._exact = frozenset(_plain(w) for side in theatre.sides for w in side.forces + side.names if w.isupper())

        # Words that names of the sides are made of: "Syrian" is nobody's alone, but no third party's.
        self.parts = frozenset(
            w for side in theatre.sides for n in (*side.names, *side.demonyms, *side.forces) for w in _plain(n).split()
        )
        self._people = frozenset(_plain(w).split()[-1] for side in theatre.sides for w in side.people if w)

    def is_person(self, token: Token) -> bool:
        """Whether a name is that of a leader or spokesman, not of a force."""
        return token.pos_ == "PROPN" and _plain(token.text) in self._people

    @property
    def words(self) -> frozenset[str]:
        """All words that name a side, as they are written."""
        return frozenset(
            w for side in self.theatre.sides for n in side.demonyms + side.names + side.forces for w in n.split()
        )

    @property
    def only_two_fight(self) -> bool:
        """Whether whoever does not fight for one side fights for the other; an air force above them is no third."""
        return len(self.keys) == 2 or set(self.keys) == {"REB", "GOV", "NATO"}

    def opponent(self, side: str | None) -> str | None:
        """The other side, where there are but two that fight each other."""
        if side is None:
            return None
        if len(self.keys) == 2:
            return self.keys[1] if side == self.keys[0] else self.keys[0]
        if set(self.keys) == {"REB", "GOV", "NATO"}:
            return {"NATO": "GOV", "REB": "GOV"}.get(side, "REB")
        if {"GOV", "OPP"} <= set(self.keys):
            return {"GOV": "OPP", "OPP": "GOV", "TUR": "SDF"}.get(side)
        return None

    def _named(self, text: str) -> list[tuple[int, int, str, str]]:
        """Where in a text a side is named (start, end), by which words in small letters, and which side."""
        if self._last[0] is not text:
            flat = _plain(text)
            # A letter that changes length when made small: leave the text as it is.
            matches = self._pattern.finditer(flat) if len(flat) == len(text) else self._any_case.finditer(text)
            found = []
            for match in matches:
                words = match[0]
                key = self._alias.get(words) or self._alias.get(re.sub(r"(?:s|['’]s?)$", "", words))
                if flat.startswith("anti-", max(0, match.start() - 5)):
                    key = self.opponent(key)  # "anti-regime forces"
                if key is not None:
                    found.append((match.start(), match.end(), words, key))
            self._last = (text, found)
        return self._last[1]

    def named(self, text: str) -> list[tuple[int, str, str]]:
        """Where in a text a side is named, which, and by which words in small letters."""
        return [(start, key, words) for start, _, words, key in self._named(text)]

    def spots(self, text: str) -> list[tuple[int, str]]:
        """Where in a text a side is named, and which."""
        return [(start, key) for start, _, _, key in self._named(text)]

    def people_at(self, text: str) -> list[tuple[int, str]]:
        """Where in a text a person of a side is named, and of which."""
        return [(start, key) for start, _, words, key in self._named(text) if words.split()[-1] in self._people]

    def scan(self, doc: Doc, text: str) -> dict[int, str]:
        """Token index → side for every word that names one."""
        named = self._named(text)
        found: dict[int, str] = {}
        starts = {idx: i for i, idx in enumerate(columns_of(doc).idx)} if named else {}
        for start, end, words, key in named:
            bare = re.sub(r"['’]s?$", "", text[start:end])
            if words in self._exact and not any(c.isupper() for c in bare):
                continue
            for at in range(start, end):
                if at in starts:
                    found[starts[at]] = key
        return found


def _plain(words: str) -> str:
    """Small letters and plain apostrophes."""
    return words.lower().replace("’", "'")
