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
        from spacy.matcher import Matcher
        from spacy.pipeline import AttributeRuler, Lemmatizer

        if not isinstance(ruler, AttributeRuler) or not isinstance(lemmatizer, Lemmatizer):
            raise ValueError("Only an attribute ruler and a lemmatizer by rules or tables can be remembered.")
        if lemmatizer.mode not in ("rule", "lookup") or lemmatizer.overwrite:
            raise ValueError(f"A lemmatizer in mode {lemmatizer.mode!r} cannot be remembered.")
        self._vocab = vocab
        self._ruler = ruler
        self._lemmatizer = lemmatizer
        expressions: list[str] = []
        self._pairs = Matcher(vocab)
        rules: Any = ruler.patterns
        for number, rule in enumerate(rules):
            for pattern in rule["patterns"]:
                if len(pattern) > 1:
                    self._pairs.add(str(number), [pattern])
                else:
                    expressions += _expressions(pattern[0])
        self._names = re.compile("|".join(f"(?:{e})" for e in expressions) or "(?!)")
        self._named: dict[int, bool] = {}  # whether a rule names the word of a hash, in small letters
        self._ruled: dict[tuple[int, int, int], tuple[int, int, int]] = {}
        self._lemmas: dict[tuple[int, int, int], int] = {}

    def set(self, doc: Doc) -> None:
        """Set part of speech and base form of every word of a Doc that has tags and links and no white space."""
        from spacy.attrs import DEP, LEMMA, LOWER, ORTH, POS, TAG

        pairs = {i: (start, end) for _, start, end in self._pairs(doc, allow_missing=True) for i in range(start, end)}
        rows = doc.to_array([ORTH, LOWER, TAG, DEP]).tolist()
        forms: list[tuple[int, int, int]] = []
        for i, (_, lower, tag, link) in enumerate(rows):
            if i in pairs:
                a, b = pairs[i]
                both = self._ask([t.text for t in doc[a:b]], [r[2] for r in rows[a:b]], [r[3] for r in rows[a:b]])
                forms.append(both[i - a])
                continue
            named = self._named.get(lower)
            if named is None:
                named = self._named[lower] = self._names.search(self._vocab.strings[lower]) is not None
            key = (lower if named else 0, tag, link)
            if key not in self._ruled:
                self._ruled[key] = self._ask([self._vocab.strings[lower]], [tag], [link])[0]
            forms.append(self._ruled[key])
        lemmas = self._base([row[0] for row in rows], forms)
        out: Any = np.array([(pos, lemma) for (pos, _, _), lemma in zip(forms, lemmas, strict=True)], dtype=np.uint64)
        if len(out):
            doc.from_array([POS, LEMMA], out)

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

        cases = [(orth, pos, morph) for orth, (pos, morph, _) in zip(orths, forms, strict=True)]
        if len(self._lemmas) > MOST_CASES:
            self._lemmas.clear()
            self._named.clear()
        fresh = [case for case in dict.fromkeys(cases) if case not in self._lemmas]
        if fresh:
            strings = self._vocab.strings
            doc = Doc(
                self._vocab,
                words=[strings[orth] for orth, _, _ in fresh],
                pos=[strings[pos] for _, pos, _ in fresh],
                morphs=[strings[morph] for _, _, morph in fresh],
            )
            self._lemmatizer(doc)
            self._lemmas.update(zip(fresh, (t.lemma for t in doc), strict=True))
        return [given or self._lemmas[case] for case, (_, _, given) in zip(cases, forms, strict=True)]


def _expressions(rule: dict[str, Any]) -> list[str]:
    """The words, in small letters, that a rule about one word names, as regular expressions."""
    out: list[str] = []
    for what, value in rule.items():
        if what in ("TAG", "DEP", "IS_SPACE"):
            continue
        kind = next(iter(value)) if isinstance(value, dict) and len(value) == 1 else ""
        if what == "LOWER" and isinstance(value, str):
            out.append(rf"^{re.escape(value)}$")
        elif what == "LOWER" and kind == "IN":
            out += [rf"^{re.escape(word)}$" for word in value["IN"]]
        elif what == "LOWER" and kind == "REGEX":
            out.append(value["REGEX"])
        else:
            raise ValueError(f"A rule of the attribute ruler looks at {what}: {value!r}.")
    return out
