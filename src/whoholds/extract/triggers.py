"""The trigger lexicon as objects: which words carry which kind, and what has to stand around them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from whoholds.extract.cues import inflect
from whoholds.model import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One entry of the lexicon. `object` and `side` say what the slots of the verb hold; see lexicon/en.toml."""

    lemma: str
    noun: bool
    kind: Kind
    object: str = "any"
    side: str = "subject"
    strict: bool = False
    subject: str = ""
    place_object: bool = False
    failed: bool = False

    @property
    def name(self) -> str:
        """How rules call it: "gain:seize" for the verb, "fire:shelling(n)" for the noun."""
        return f"{self.kind.value}:{self.lemma}{'(n)' if self.noun else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All triggers of a language, and the word lists the rules lean on."""

    verbs: dict[str, tuple[Trigger, ...]]
    nouns: dict[str, Trigger]
    control: dict[str, Kind]
    operators: dict[str, frozenset[str]]
    words: dict[str, frozenset[str]]
    filter: dict[str, frozenset[str]]
    bases: dict[str, str]

    def base(self, lemma: str, word: str) -> str:
        """The base form of a verb: that of the lemmatizer, or of the lexicon where it has only that one."""
        return lemma if lemma in self.verbs else self.bases.get(word, lemma)

    def has(self, group: str, word: str) -> bool:
        """Whether the word is in one of the lists."""
        return word in self.words.get(group, ()) or word in self.operators.get(group, ())


@cache
def load_lexicon(lang: str = "en") -> Lexicon:
    """The packaged lexicon of a language."""
    raw: dict[str, Any] = tomllib.loads(
        resources.files("whoholds.extract.lexicon").joinpath(f"{lang}.toml").read_text("utf-8")
    )
    verbs: dict[str, list[Trigger]] = {}
    for entry in raw["verb"]:
        fields = {k: v for k, v in entry.items() if k not in ("kind", "lemmas")}
        for lemma in entry["lemmas"]:
            verbs.setdefault(lemma, []).append(Trigger(lemma=lemma, noun=False, kind=Kind(entry["kind"]), **fields))
    nouns = {
        lemma: Trigger(lemma=lemma, noun=True, kind=Kind(entry["kind"]))
        for entry in raw["noun"]
        for lemma in entry["lemmas"]
    }
    plain = {lemma for lemma in (*verbs, *(w for ws in raw["control"].values() for w in ws)) if "_" not in lemma}
    return Lexicon(
        bases={form: lemma for lemma in sorted(plain) for form in inflect(lemma) if form not in plain},
        verbs={k: tuple(v) for k, v in verbs.items()},
        nouns=nouns,
        control={lemma: Kind(kind) for kind, lemmas in raw["control"].items() for lemma in lemmas},
        operators={k: frozenset(v) for k, v in raw["operators"].items()},
        words={k: frozenset(v) for k, v in raw["words"].items()},
        filter={k: frozenset(v) for k, v in raw["filter"].items()},
    )
