"""The automaton: every surface of the gazetteer found in one pass over the text, script by script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from whoholds.locate.surfaces import Surfaces

_LATIN_LETTER = re.compile(r"[A-Za-z]")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")
_ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
_SCRIPTS = (("latin", _LATIN_LETTER), ("cyrillic", _CYRILLIC_LETTER), ("arabic", _ARABIC_LETTER))
_MARKS = "'’ʼ"
_POSSESSIVE = re.compile(r"['’]s\b")


class Hit(NamedTuple):
    """A surface where it stands; `number` is its index in the list the scanner was built from."""

    start: int
    end: int
    number: int


def script_of(text: str) -> str:
    """The script of a surface: that of its first letter."""
    c = text[:1]
    if "\u0400" <= c <= "\u04ff":
        return "cyrillic"
    return "arabic" if "\u0600" <= c <= "\u06ff" else "latin"


class Scanner:
    """Case-sensitive, leftmost-longest, whole words only; an automaton a script, made when the script is first met.

    Case matters: matching without it triples the hits, nearly all of them common words.
    """

    def __init__(self, surfaces: Surfaces, extra: Sequence[str] = ()) -> None:
        """`surfaces` are numbered first, `extra` (names of areas) after them."""
        self._surfaces = surfaces
        self._extra = tuple(extra)
        self._extra_number = {name: len(surfaces) + i for i, name in enumerate(self._extra)}
        self._automata: dict[str, tuple[CharwiseDoubleArrayAhoCorasick, np.ndarray] | None] = {}

    def _automaton(self, script: str) -> tuple[CharwiseDoubleArrayAhoCorasick, np.ndarray] | None:
        """The automaton of a script and the numbers of its patterns; None where no name is written in it."""
        if script not in self._automata:
            names: list[str] = []
            numbers: list[int] = []
            for number, name in enumerate(chain(self._surfaces, self._extra)):
                if script_of(name) == script:
                    names.append(name)
                    numbers.append(number)
            built = CharwiseDoubleArrayAhoCorasick(names, match_kind=MATCH_KIND_LEFTMOST_LONGEST) if names else None
            self._automata[script] = None if built is None else (built, np.array(numbers, dtype=np.int32))
        return self._automata[script]

    def _number(self, name: str) -> int | None:
        """The number of a name."""
        found = self._surfaces.find(name)
        return self._extra_number.get(name) if found is None else found

    def _shorter(self, text: str, start: int, end: int) -> Hit | None:
        """The longest run of whole words from `start`, shorter than the match, that is a surface too.

        In "Mariupol's port" the romanised soft sign of "Mariupol'" is none.
        """
        if text[end - 1] in _MARKS and _POSSESSIVE.match(text, end - 1):
            number = self._number(text[start : end - 1])
            if number is not None:
                return Hit(start, end - 1, number)
        words = text[start:end].split(" ")
        for k in range(len(words) - 1, 0, -1):
            name = " ".join(words[:k])
            number = self._number(name)
            if number is not None:
                return Hit(start, start + len(name), number)
        return None

    def scan(self, text: str) -> list[Hit]:
        """Whole-word hits in the order they stand."""
        hits: list[Hit] = []
        n = len(text)
        for script, letter in _SCRIPTS:
            automaton = self._automaton(script) if letter.search(text) else None
            if automaton is None:
                continue
            numbers = automaton[1]
            latin = script == "latin"
            for start, end, i in automaton[0].find(text):
                if start:
                    before = text[start - 1]
                    if before.isalnum() or before == "_":
                        continue
                    if before in _MARKS and text[start - 2 : start - 1].isalnum():
                        continue
                if end < n:
                    after = text[end]
                    inside = after.isalnum() or after == "_"
                    if after in _MARKS and text[end + 1 : end + 2].isalpha():
                        inside = not (latin and _POSSESSIVE.match(text, end))
                    if inside:
                        # "Sumy Oblasts": the longest match ends inside a word, a shorter one may not.
                        shorter = self._shorter(text, start, end)
                        if shorter is not None:
                            hits.append(shorter)
                        continue
                hits.append(Hit(start, end, int(numbers[i])))
        hits.sort()
        return hits
