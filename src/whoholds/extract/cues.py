"""The words that say who speaks, how sure, and what is shown: lexicon/en_attribution.toml, inflected."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_VOWELS = frozenset("aeiou")


def inflect(base: str) -> frozenset[str]:
    """The forms of an English verb.

    >>> sorted(inflect("deny"))
    ['denied', 'denies', 'deny', 'denying']
    >>> sorted(inflect("claim"))
    ['claim', 'claimed', 'claiming', 'claims']
    >>> "swept" in inflect("sweep")
    True
    """
    irregular = _irregular().get(base)
    if irregular is not None:
        ing = (base[:-1] if base.endswith("e") and not base.endswith("ee") else base) + "ing"
        return frozenset({*_regular(base), ing, *irregular})
    return _regular(base)


@cache
def _irregular() -> dict[str, list[str]]:
    """The forms that no rule gives."""
    text = resources.files("whoholds.extract").joinpath("lexicon/en_attribution.toml").read_text("utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)["irregular"]
    return found


def _regular(base: str) -> frozenset[str]:
    """The regular forms of a verb."""
    if base.endswith("e"):
        return frozenset({base, base + "s", base + "d", base[:-1] + "ing"})
    if base.endswith("y") and base[-2] not in _VOWELS:
        return frozenset({base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"})
    if base.endswith(("s", "sh", "ch", "x", "z")):
        return frozenset({base, base + "es", base + "ed", base + "ing"})
    return frozenset({base, base + "s", base + "ed", base + "ing"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Sets of lower-case words; the verb sets hold every form."""

    say: frozenset[str]
    quote: frozenset[str]
    say_self: frozenset[str]
    say_noun: frozenset[str]
    say_of: frozenset[str]
    show: frozenset[str]
    depict: frozenset[str]
    infer: frozenset[str]
    acknowledge: frozenset[str]
    confirm: frozenset[str]
    deny: frozenset[str]
    doubt: frozenset[str]
    guess: frozenset[str]
    plan: frozenset[str]
    fail: frozenset[str]
    cease: frozenset[str]
    happen: frozenset[str]
    done: frozenset[str]
    doubt_adverbs: frozenset[str]
    rumour_adverbs: frozenset[str]
    doubt_adjectives: frozenset[str]
    future_adjectives: frozenset[str]
    rumour_verbs: frozenset[str]
    claim_nouns: frozenset[str]
    admission_nouns: frozenset[str]
    denial_nouns: frozenset[str]
    threat_words: frozenset[str]
    plan_nouns: frozenset[str]
    try_nouns: frozenset[str]
    chance_nouns: frozenset[str]
    evidence_nouns: frozenset[str]
    bodies: frozenset[str]
    information: frozenset[str]
    happenings: frozenset[str]
    progress: frozenset[str]
    halted: frozenset[str]
    ready: frozenset[str]
    hard_words: frozenset[str]
    scheduled: frozenset[str]
    aside: frozenset[str]
    false_words: frozenset[str]
    seem: frozenset[str]
    weak_modals: frozenset[str]
    strong_modals: frozenset[str]
    negations: frozenset[str]
    unlikely: frozenset[str]
    saying_nouns: frozenset[str]
    rumour_nouns: frozenset[str]
    document_nouns: frozenset[str]
    picture_nouns: frozenset[str]
    map_nouns: frozenset[str]
    generic_speakers: frozenset[str]
    titles: frozenset[str]
    institutions: frozenset[str]
    local_offices: frozenset[str]
    local_words: frozenset[str]
    local_bodies: frozenset[str]
    installed: frozenset[str]
    backed: frozenset[str]
    third_parties: frozenset[str]
    credits: frozenset[str]
    media: frozenset[str]
    acts_of_state: frozenset[str]
    days: frozenset[str]
    bodies_told_of: frozenset[str]
    picture_marks: frozenset[str]
    speech: frozenset[str]


@cache
def english_cues() -> Cues:
    """The packaged English cues, read once.

    >>> "denied" in english_cues().deny
    True
    """
    raw = tomllib.loads(resources.files("whoholds.extract").joinpath("lexicon/en_attribution.toml").read_text("utf-8"))

    def forms(bases: list[str]) -> frozenset[str]:
        return frozenset(form for base in bases for form in inflect(base))

    sets = {name: forms(bases) for name, bases in raw["verbs"].items()}
    sets |= {name: frozenset(words) for name, words in (raw["words"] | raw["patterns"]).items()}
    speech = sets["say"] | sets["say_noun"] | sets["say_of"] | sets["show"]
    return Cues(**sets, speech=speech)
