"""Part of speech and base form of tagged and parsed words, as spaCy's attribute ruler and lemmatizer give them.

The same values, remembered: what the ruler says of a word depends on its tag, its link and, for the few words that have
a rule of their own, its spelling; the base form on the word and its part of speech. So each such case is put to spaCy
once. Rules about two words ("there is") are looked for in every text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

MOST_CASES = 200_000
"""Words with a part of speech whose base form is kept."""


class WordForms:
    """Gives Docs their parts of speech and base forms.

    Parameters
    ----------
    ruler, lemmatizer
        The pipes of a spaCy pipeline, an `AttributeRuler` and a `Lemmatizer`.

    Raises
    ------
    ValueError
        The ruler or lemmatizer looks at more than words, tags and links; they have to be called themselves.
    """

    def __init__(self, vocab: Vocab, ruler: Any, lemmatizer: Any) -> None:
        from spacy.pipeline import AttributeRuler, Lemmatizer

        if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer):
            raise ValueError("Only an attribute ruler and a lemmatizer by rules or tables can be remembered.")
        if lemmatizer.mode not in ("rule", "lookup") or lemmatizer.overwrite:
            raise ValueError(f"A lemmatizer in mode {lemmatizer.mode!r} cannot be remembered.")
        _indexed(lemmatizer)
        self._vocab = vocab
        self._ruler = ruler
        self._lemmatizer = lemmatizer
        # What rules about one word ask of its spelling: words as they are, and all else.
        self._spelled: set[str] = set()
        self._words: list[Any] = []
        self._pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
        rules: Any = ruler.patterns
        for pattern in (p for rule in rules for p in rule["patterns"]):
            for asked in pattern:
                known = {"TAG", "DEP", "LOWER"} if len(pattern) == 2 else {"TAG", "DEP", "LOWER", "IS_SPACE"}
                if set(asked) - known or len(pattern) > 2:
                    raise ValueError(f"The attribute ruler has a rule that cannot be remembered: {pattern}.")
                for value in asked.values():
                    _admits(value, "")
            if len(pattern) == 2:
                self._pairs.append((pattern[0], pattern[1]))
            elif "LOWER" in pattern[0]:
                asked = pattern[0]["LOWER"]
                if isinstance(asked, str):
                    self._spelled.add(asked)
                elif set(asked) == {"IN"}:
                    self._spelled.update(asked["IN"])
                else:
                    self._words.append(asked)
        # By a word's number, in small letters: whether a rule names it, and the rules about two words it ends.
        self._met: dict[int, tuple[bool, list[tuple[dict[str, Any], dict[str, Any]]]]] = {}
        self._ruled: dict[tuple[int, int, int], tuple[int, int, int]] = {}
        self._lemmas: dict[tuple[int, tuple[int, int, int]], int] = {}

    def set(self, doc: Doc) -> None:
        """Set part of speech and base form of every word of a Doc that has tags and links and no white space."""
        from spacy.attrs import DEP, LEMMA, LOWER, ORTH, POS, TAG

        strings, met, ruled = self._vocab.strings, self._met, self._ruled
        orths, lowers, tags, links = doc.to_array([ORTH, LOWER, TAG, DEP]).T.tolist() if len(doc) else ([], [], [], [])
        forms: list[tuple[int, int, int]] = []
        for i, (lower, tag, link) in enumerate(zip(lowers, tags, links, strict=True)):
            known = met.get(lower)
            if known is None:
                known = met[lower] = self._meet(strings[lower])
            named, pairs = known
            if pairs and i and any(self._fit(p, (lowers, tags, links), i) for p in pairs):
                both = slice(i - 1, i + 1)
                forms[i - 1 :] = self._ask([strings[orth] for orth in orths[both]], tags[both], links[both])
                continue
            key = (lower if named else 0, tag, link)
            form = ruled.get(key)
            if form is None:
                form = ruled[key] = self._ask([strings[lower]], [tag], [link])[0]
            forms.append(form)
        out: Any = np.array([[form[0] for form in forms], self._base(orths, forms)], dtype=np.uint64).T
        if len(out):
            doc.from_array([POS, LEMMA], out)

    def _meet(self, word: str) -> tuple[bool, list[tuple[dict[str, Any], dict[str, Any]]]]:
        """Whether a rule names the word, and the rules about two words that it can end."""
        ends = [pair for pair in self._pairs if "LOWER" not in pair[1] or _admits(pair[1]["LOWER"], word)]
        return word in self._spelled or any(_admits(asked, word) for asked in self._words), ends

    def _fit(self, pair: tuple[dict[str, Any], dict[str, Any]], columns: Sequence[list[int]], end: int) -> bool:
        """Whether two words, the second at `end`, are what a rule asks; columns are small letters, tags, links."""
        strings = self._vocab.strings
        for asked, i in zip(pair, (end - 1, end), strict=True):
            of = dict(zip(("LOWER", "TAG", "DEP"), (column[i] for column in columns), strict=True))
            if not all(_admits(value, strings[of[what]]) for what, value in asked.items()):
                return False
        return True

    def _ask(self, words: list[str], tags: list[int], links: list[int]) -> list[tuple[int, int, int]]:
        """What the ruler says of words that stand together: part of speech, morphology, base form (0: none)."""
        from spacy.attrs import LEMMA, MORPH, POS
        from spacy.tokens import Doc

        strings = self._vocab.strings
        doc = Doc(
            self._vocab,
            words=words,
            tags=[strings[tag] for tag in tags],
            heads=[0] * len(words),
            deps=[strings[link] for link in links],
        )
        self._ruler(doc)
        return [(pos, morph, lemma) for pos, morph, lemma in doc.to_array([POS, MORPH, LEMMA]).tolist()]

    def _base(self, orths: Sequence[int], forms: Sequence[tuple[int, int, int]]) -> list[int]:
        """The base forms of words; those not met before are put to the lemmatizer all at once."""
        from spacy.tokens import Doc

        lemmas = self._lemmas
        if len(lemmas) > MOST_CASES:
            lemmas.clear()
            self._met.clear()
        fresh = {(o, form[0], form[1]): None for o, form in zip(orths, forms, strict=True) if (o, form) not in lemmas}
        if fresh:
            strings = self._vocab.strings
            doc = Doc(
                self._vocab,
                words=[strings[orth] for orth, _, _ in fresh],
                pos=[strings[pos] for _, pos, _ in fresh],
                morphs=[strings[morph] for _, _, morph in fresh],
            )
            self._lemmatizer(doc)
            found = dict(zip(fresh, (t.lemma for t in doc), strict=True))
            for o, form in zip(orths, forms, strict=True):
                if (o, form) not in lemmas:
                    lemmas[o, form] = form[2] or found[o, form[0], form[1]]
        return [lemmas[case] for case in zip(orths, forms, strict=True)]


def _indexed(lemmatizer: Any) -> None:
    """Let a lemmatizer look for a known word in a table, not along a list of up to 60,000: what it says is the same."""
    if lemmatizer.lookups.has_table("lemma_index"):
        index = lemmatizer.lookups.get_table("lemma_index")
        for pos, words in index.items():
            if isinstance(words, list):
                index[pos] = dict.fromkeys(words)


def _admits(asked: Any, word: str) -> bool:
    """Whether a word, tag or link is what a pattern of spaCy's matcher asks for.

    Raises
    ------
    ValueError
        The pattern asks in a way that is not known here.
    """
    if not isinstance(asked, dict):
        return bool(asked == word)
    for how, value in asked.items():
        if how == "IN":
            good = word in value
        elif how == "NOT_IN":
            good = word not in value
        elif how == "REGEX":
            good = re.search(value, word) is not None
        else:
            raise ValueError(f"The attribute ruler has a rule that cannot be remembered: {asked}.")
        if not good:
            return False
    return True
