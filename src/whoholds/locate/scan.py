"""The automaton: every surface of the gazetteer found in one pass over the text, script by script."""

from __future__ import annotations

import re
from typing import NamedTuple

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

_LATIN_LETTER = re.compile(r"[A-Za-z]")
_CYRILLIC_LETTER = re.compile(r"[\u0400-\u04ff]")
_ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
_SCRIPTS = (("latin", _LATIN_LETTER), ("cyrillic", _CYRILLIC_LETTER), ("arabic", _ARABIC_LETTER))
_MARKS = "'’ʼ"
_POSSESSIVE = re.compile(r"['’]s\b")
_MARKS_AND_LINE = _MARKS + "_"


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

    def __init__(self, surfaces: list[str]) -> None:
        self._by_script: dict[str, tuple[list[str], list[int]]] = {}
        for number, surface in enumerate(surfaces):
            names, numbers = self._by_script.setdefault(script_of(surface), ([], []))
            names.append(surface)
            numbers.append(number)
        self._index = {name: i for i, name in enumerate(surfaces)}
        self._automata: dict[str, CharwiseDoubleArrayAhoCorasick] = {}

    def _automaton(self, script: str) -> CharwiseDoubleArrayAhoCorasick:
        found = self._automata.get(script)
        if found is None:
            names = self._by_script[script][0]
            found = CharwiseDoubleArrayAhoCorasick(names, match_kind=MATCH_KIND_LEFTMOST_LONGEST)
            self._automata[script] = found
        return found

    def _shorter(self, text: str, start: int, end: int) -> tuple[int, int | None]:
        """The longest run of whole words from `start`, shorter than the match, that is a surface too."""
        words = text[start:end].split(" ")
        for k in range(len(words) - 1, 0, -1):
            name = " ".join(words[:k])
            if name in self._index:
                return start + len(name), self._index[name]
        return end, None

    def scan(self, text: str) -> list[Hit]:
        """Whole-word hits in the order they stand."""
        hits: list[Hit] = []
        n = len(text)
        for script, letter in _SCRIPTS:
            if script not in self._by_script or letter.search(text) is None:
                continue
            numbers = self._by_script[script][1]
            for start, end, i in self._automaton(script).find(text):
                if start:
                    before = text[start - 1]
                    if (
                        before.isalnum()
                        or before == "_"
                        or (before in _MARKS and text[start - 2 : start - 1].isalnum())
                    ):
                        continue
                if end < n and (text[end].isalnum() or text[end] in _MARKS_AND_LINE):
                    after = text[end]
                    if after not in _MARKS or (text[end + 1 : end + 2].isalpha() and not _POSSESSIVE.match(text, end)):
                        # "Sumy Oblasts": the longest match ends inside a word, a shorter one may not.
                        end, number = self._shorter(text, start, end)
                        if number is None:
                            continue
                        hits.append(Hit(start, end, number))
                        continue
                hits.append(Hit(start, end, numbers[i]))
        hits.sort()
        return hits
