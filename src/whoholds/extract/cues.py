"""The words that say who speaks, how sure, and what is shown: lexicon/en_attribution.toml, inflected."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

_VOWELS = frozenset("aeiou")


_IRREGULAR = {
    "beat": "beat beaten", "break": "broke broken", "bring": "brought", "build": "built", "burst": "burst",
    "catch": "caught", "cling": "clung", "come": "came", "creep": "crept", "cut": "cut", "deal": "dealt",
    "dig": "dug", "draw": "drew drawn", "drive": "drove driven", "fall": "fell fallen", "feed": "fed",
    "fight": "fought", "flee": "fled", "fly": "flew flown", "forget": "forgot", "get": "got gotten",
    "give": "gave given", "go": "went gone", "hit": "hit", "hold": "held", "keep": "kept", "lay": "laid",
    "lead": "led", "leave": "left", "light": "lit", "lose": "lost", "make": "made", "overrun": "overran overrun",
    "overtake": "overtook overtaken", "put": "put", "quit": "quit", "retake": "retook retaken",
    "ride": "rode ridden", "run": "ran run", "seek": "sought", "send": "sent", "set": "set", "shoot": "shot",
    "sink": "sank sunk", "sneak": "snuck", "speed": "sped", "spread": "spread", "stand": "stood",
    "steal": "stole stolen", "strike": "struck stricken", "strive": "strove striven", "sweep": "swept",
    "swing": "swung", "take": "took taken", "tear": "tore torn", "throw": "threw thrown", "thrust": "thrust",
    "win": "won", "withdraw": "withdrew withdrawn",
}  # fmt: skip


def inflect(base: str) -> frozenset[str]:
    """The forms of an English verb.

    >>> sorted(inflect("deny"))
    ['denied', 'denies', 'deny', 'denying']
    >>> sorted(inflect("claim"))
    ['claim', 'claimed', 'claiming', 'claims']
    >>> sorted(inflect("sweep"))
    ['sweep', 'sweeping', 'sweeps', 'swept']
    """
    if base in _IRREGULAR:
        ing = (base[:-1] if base.endswith("e") and not base.endswith("ee") else base) + "ing"
        doubled = {base + base[-1] + "ing"} if re.search(r"(?:^|[^aeiou])[aeiou][tnpg]$", base) else set()
        return frozenset({base, base + "s", ing, *doubled, *_IRREGULAR[base].split()})
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
    irregular: dict[str, list[str]] = raw["irregular"]

    def forms(bases: list[str]) -> frozenset[str]:
        return frozenset(form for base in bases for form in (*inflect(base), *irregular.get(base, ())))

    sets = {name: forms(bases) for name, bases in raw["verbs"].items()}
    sets |= {name: frozenset(words) for name, words in (raw["words"] | raw["patterns"]).items()}
    speech = sets["say"] | sets["say_noun"] | sets["say_of"] | sets["show"]
    return Cues(**sets, speech=speech)
