"""What a verb is done to, and whether a noun is a place or stands for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from whoholds.extract.syntax import antecedent, child, is_passive, is_verb, subject
from whoholds.extract.triggers import Lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_PORTIONS = frozenset({
    "most", "all", "much", "half", "majority", "part", "parts", "portion", "rest", "remainder", "third", "quarter",
    "thirds", "quarters",
})  # fmt: skip


class PlaceReader:
    """Objects of verbs, and nouns that are places."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.words = lexicon.words

    def object_of(self, verb: Token) -> Token | None:
        """What the verb is done to."""
        if is_passive(verb):
            own = child(verb, "nsubjpass")
            if own is not None:
                return antecedent(own)
            if verb.dep_ in ("acl", "relcl"):
                return verb.head
            if verb.dep_ == "conj":
                if not is_verb(verb.head):
                    return None
                # "guarded X and were captured": who guarded it was
                return self.object_of(verb.head) if is_passive(verb.head) else subject(verb.head)
            if verb.dep_ == "advcl" and is_verb(verb.head) and verb.i < verb.head.i:
                return child(verb.head, "nsubj", "nsubjpass")  # "occupied in February, X was freed in May"
            if verb.dep_ == "xcomp":
                return child(verb.head, "nsubj", "nsubjpass")
            return None
        own = child(verb, "dobj", "obj")
        if own is not None:
            return antecedent(own)
        return None

    def place_like(self, token: Token | None, inside: Mapping[int, int], *, names: bool = False) -> bool:
        """Whether a noun is a place or stands for one."""
        if token is None:
            return False
        if token.i in inside:
            return True
        of = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        if token.lower_ in _PORTIONS and of is not None:
            noun = child(of, "pobj")  # "half of the town", but "much of their strength"
            return noun is not None and (noun.pos_ == "PRON" or self.place_like(noun, inside, names=names))
        if token.lemma_.lower() in self.words["place_nouns"]:
            return not any(c.lemma_.lower() in ("tank", "prisoner") for c in token.children if c.dep_ == "compound")
        if token.pos_ in ("NUM", "PRON", "DET", "ADJ") or token.lemma_ in (
            "ring",
            "string",
            "series",
            "cluster",
            "chunk",
            "handful",
            "couple",
            "belt",
            "network",
            "group",
            "%",
            "percent",
            "dozen",
            "hundred",
            "number",
            "more",
            "lot",
            "control",
            "kilometer",
        ):
            of = of or next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "over"), None)
            if of is not None and self.place_like(child(of, "pobj"), inside):
                return True
        if names and token.pos_ == "PROPN" and token.text[:1].isupper() and not token.text.isupper():
            return True
        return any(self.place_like(c, inside, names=names) for c in token.children if c.dep_ in ("conj", "appos"))
