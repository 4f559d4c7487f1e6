"""A report's text as sentences that are parsed when asked for, its paragraphs and its quotations."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Span as Sentence

_OPENING = "“«„"
_CLOSING = "”»"
# Quotations that run over several lines are looked for this many characters around.
_BLOCK = 1500
# Fewer words in quotation marks are a name or a word held at arm's length ("liberation"), not speech.
_MIN_QUOTED_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Characters [start, end) inside a pair of quotation marks; `closed` is False where the mark is missing."""

    start: int
    end: int
    closed: bool = True


class Passage:
    """A text, the bounds of its sentences, and a parser to call on the few that matter.

    Parameters
    ----------
    text
        The report's text.
    bounds
        Start and end of every sentence, in order.
    parse
        Gives the parsed sentence of an index, out of a doc whose characters are those of the text.
    """

    def __init__(self, text: str, bounds: Sequence[tuple[int, int]], parse: Callable[[int], Sentence]) -> None:
        self.text = text
        self.bounds = tuple(bounds)
        self._starts = [start for start, _ in bounds]
        self._parse = parse
        self._parsed: dict[int, Sentence] = {}

    @classmethod
    def of_doc(cls, doc) -> Passage:  # type: ignore[no-untyped-def]
        """A passage whose whole text is one parsed doc."""
        sents = list(doc.sents)
        return cls(doc.text, [(s.start_char, s.end_char) for s in sents], sents.__getitem__)

    def index_at(self, char: int) -> int:
        """The index of the sentence around a character."""
        return max(0, bisect_right(self._starts, char) - 1)

    def sentence(self, index: int) -> Sentence:
        """The parsed sentence of an index."""
        if index not in self._parsed:
            self._parsed[index] = self._parse(index)
        return self._parsed[index]

    def paragraph_at(self, char: int) -> tuple[int, int]:
        """The bounds of the paragraph around a character: up to an empty line or the text's ends."""
        start = self.text.rfind("\n", 0, char) + 1
        end = self.text.find("\n", char)
        return start, len(self.text) if end < 0 else end

    def _block_at(self, char: int) -> tuple[int, int]:
        """The bounds of the lines around a character with no empty line between, at most some way off."""
        empty = self.text.rfind("\n\n", 0, char)
        start = max(empty + 2 if empty >= 0 else 0, self.text.rfind("\n", 0, max(0, char - _BLOCK)) + 1)
        end = self.text.find("\n\n", char)
        limit = self.text.find("\n", char + _BLOCK)
        ends = [e for e in (end, limit) if e >= 0]
        return start, min(ends) if ends else len(self.text)

    def quotation_at(self, char: int) -> Quotation | None:
        """The quotation around a character, None where it stands outside or inside a mere phrase in quotation marks."""
        start, end = self._block_at(char)
        for quote in quotations_of_block(self.text[start:end]):
            if quote.start <= char - start < quote.end:
                words = len(self.text[start + quote.start : start + quote.end].split())
                if words < _MIN_QUOTED_WORDS:
                    return None
                return Quotation(start=start + quote.start, end=start + quote.end, closed=quote.closed)
        return None


@lru_cache(maxsize=256)
def quotations_of_block(block: str) -> tuple[Quotation, ...]:
    """The quotations of lines that follow each other: one left open goes on to the line that closes it.

    >>> block = '"We left.\\nThere was no way.\\nIt is over," he said.'
    >>> [block[q.start : q.end] for q in quotations_of_block(block)]
    ['We left.\\nThere was no way.\\nIt is over,']
    """
    found: list[Quotation] = []
    offset, pending = 0, -1
    for line in block.split("\n"):
        here = [Quotation(start=offset + q.start, end=offset + q.end, closed=q.closed) for q in quotations(line)]
        if pending >= 0 and here:
            goes_on = here[0].start == offset and not here[0].closed and here[0].end < offset + len(line)
            if goes_on:
                found[pending] = Quotation(start=found[pending].start, end=here[0].end)
                here = here[1:]
            pending = -1
        found += here
        if here and not here[-1].closed and here[-1].end == offset + len(line):
            pending = len(found) - 1
        offset += len(line) + 1
    return tuple(found)


@lru_cache(maxsize=256)
def quotations(paragraph: str) -> tuple[Quotation, ...]:
    """The quotations of one paragraph; a mark without its partner reaches to the paragraph's end or from its start.

    >>> [(q.start, q.end) for q in quotations('"We left," he said. "All of us."')]
    [(1, 9), (21, 31)]
    """
    found: list[Quotation] = []
    open_at: int | None = None
    for match in re.finditer(r'["“”«»„]', paragraph):
        mark, at = match[0], match.start()
        before, after = paragraph[at - 1 : at], paragraph[at + 1 : at + 2]
        if mark in _OPENING:
            # so do some close with an opening one: then a letter stands before and none after
            opens = (
                open_at is None
                or not before
                or before.isspace()
                or before in _OPENING
                or (after.isalnum() and not before.isalnum())
            )
        elif mark in _CLOSING:
            # ISW and others also open with a closing mark: then a space stands before and none after
            opens = open_at is None and (not before or before.isspace()) and bool(after) and not after.isspace()
        elif open_at is not None:
            opens = (before.isspace() or before in "([—") and bool(after) and not after.isspace() and before != ""
            # two openings in a row: the first was never closed
        else:
            opens = bool(after) and not after.isspace() and (not before or not (before.isalnum() or before in ".,!?"))
            if not opens and not found and at > 0:
                found.append(Quotation(start=0, end=at, closed=False))
                continue
        if opens:
            if open_at is not None:
                found.append(Quotation(start=open_at, end=at, closed=False))
            open_at = at + 1
        elif open_at is not None:
            found.append(Quotation(start=open_at, end=at))
            open_at = None
        elif not found and at > 0:
            found.append(Quotation(start=0, end=at, closed=False))
    if open_at is not None:
        found.append(Quotation(start=open_at, end=len(paragraph), closed=False))
    return tuple(found)
