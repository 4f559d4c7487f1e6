"""The text of a Doc and its words in columns, made once: spaCy builds an object for every token each time one looks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daachorse import CharwiseDoubleArrayAhoCorasick
    from spacy.tokens import Doc

_TEXT = "whoholds.text"
_COLUMNS = "whoholds.columns"
# By spaCy's numbers, which are the same in every vocabulary: it looks a word up several times slower than a dict.
_STRINGS: dict[int, str] = {}


@dataclass(frozen=True, slots=True)
class Columns:
    """What is asked of every word of a Doc, a list each: where it begins, and its attributes as spaCy names them."""

    idx: list[int]
    lower: list[str]
    lemma: list[str]
    pos: list[str]
    tag: list[str]
    dep: list[str]

    @classmethod
    def of(cls, doc: Doc) -> Columns:
        """Of a Doc as it stands."""
        from spacy.attrs import DEP, LEMMA, LENGTH, LOWER, POS, SPACY, TAG

        rows = doc.to_array([LENGTH, SPACY, LOWER, LEMMA, POS, TAG, DEP]).T.tolist()
        idx, at = [], 0
        for length, space in zip(rows[0], rows[1], strict=True):
            idx.append(at)
            at += length + space
        known, strings = _STRINGS, doc.vocab.strings
        for column in rows[2:]:
            for number in set(column).difference(known):
                known[number] = strings[number]
        return cls(idx, *([known[number] for number in column] for column in rows[2:]))


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of some words, the longest first, that goes over common beginnings once.

    >>> any_of(["rebel", "rebels", "regime"])
    're(?:bel(?:s|)|gime)'
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    """The expression for what may follow a beginning; the end comes last, so that longer words win."""
    parts = [re.escape(letter) + _branches(below) for letter, below in node.items() if letter]
    if "" in node:
        parts.append("")
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


class AnyWord:
    """Tells quickly whether any of some words or parts of words, spelled just so, is in a text.

    Asked before an expression that can only match where one of them is: the expression is many times slower.

    >>> "over the hotels" in AnyWord(["hotel", "Hotel"])
    True
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = list(words)

    def __contains__(self, text: str) -> bool:
        return bool(self._automaton.find(text))

    @cached_property
    def _automaton(self) -> CharwiseDoubleArrayAhoCorasick:
        from daachorse import CharwiseDoubleArrayAhoCorasick

        return CharwiseDoubleArrayAhoCorasick(self._words)


def text_of(doc: Doc) -> str:
    """`doc.text`, kept with the doc."""
    text: str | None = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return text


def keep_text(doc: Doc, text: str) -> None:
    """Keep a text that is known to be the doc's."""
    doc.user_data[_TEXT] = text


def columns_of(doc: Doc) -> Columns:
    """The columns of a Doc that is not changed any more, kept with it."""
    columns: Columns | None = doc.user_data.get(_COLUMNS)
    if columns is None:
        columns = doc.user_data[_COLUMNS] = Columns.of(doc)
    return columns
