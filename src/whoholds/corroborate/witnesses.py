"""Independent witnesses: who said it first-hand, and which claims only pass that on.

Two claims are one witness when they say the same thing (kind, side, outcome, stance, place) on the word of the same
speaker within a few days, whichever outlets carried it. Attacks, shelling and moves are told anew day by day: there
the day of the deed must be the same too. Where nobody is named, or only "sources", the outlet vouches; and claims of
reports that repeat one text (`families`) are one witness whoever is named in them. A speaker who repeats himself is
still one person.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from whoholds.model import Claim, Kind, Outlet, Side, Theatre

# A claim repeated within this many days of its first telling is the same testimony; later it is a fresh look.
REPEAT_DAYS = 3
# Words shared, of all, by a sentence and its reprint with a word or two changed. Chosen.
SAME_SENTENCE = 0.8
# Kinds that tell of a state or of one turn of events; the others are deeds of a day.
_LASTING = frozenset({Kind.GAIN, Kind.HOLD, Kind.LEAVE, Kind.ENTER, Kind.ESCALATE})
_TITLES = frozenset(
    (
        "the", "a", "an", "of", "and", "for", "in", "to", "mr", "mrs", "ms", "dr", "gen", "general", "col", "colonel",
        "maj", "major", "lt", "lieutenant", "president", "prime", "minister", "deputy", "foreign", "defence",
        "defense", "interior", "governor", "mayor", "spokesman", "spokeswoman", "spokesperson", "official",
        "officials", "head", "chief", "commander", "ministry", "adviser", "advisor", "secretary", "press", "service",
        "office", "state", "regional", "military", "armed", "forces", "afu",
    )
)  # fmt: skip
# Words of a body: with one of them the last word is no person's name.
_BODIES = frozenset(
    (
        "administration", "command", "council", "directorate", "ministry", "staff", "office", "police", "intelligence",
        "brigade", "regiment", "corps", "group", "agency", "service", "government", "parliament", "committee", "mod",
        "gur", "hur", "sbu", "militia", "authority", "centre", "center", "institute", "company", "coalition",
    )
)  # fmt: skip
# Those who speak without a name: another outlet's "sources" are other people.
_NAMELESS = re.compile(
    r"\b(?:sources?|officials?|milbloggers?|bloggers?|channels?|users?|authorities|residents?|witness\w*|media|analysts?|"
    r"outlets?|observers?|experts?|correspondents?|journalists?|activists?|rebels?|insurgents?|locals?)\b",
    re.IGNORECASE,
)
_SPELLINGS = {"defence": "defense", "southern": "south", "northern": "north", "eastern": "east", "western": "west"}
_LONG_FORMS = {"mod": ("defense", "ministry"), "gur": ("intelligence",), "hur": ("intelligence",)}
_FILLERS = frozenset(
    (
        "the", "a", "an", "of", "for", "and", "armed", "forces", "afu", "main", "military", "local", "region",
        "regional", "oblast", "state", "directorate", "civil", "spokesman", "spokeswoman", "spokesperson",
        "official", "officials",
    )
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A claim with what corroboration needs to know: its places as resolved (any stable strings), outlet and days.

    `day` is when it was so; the known day where None.
    """

    claim: Claim
    places: tuple[str, ...]
    outlet: str
    known_day: date
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A witness, the day of its first telling, and a report that tells it, with the words of the sentence."""

    day: date
    witness: str
    report: str
    words: frozenset[str]


def witnesses(heard_claims: Iterable[Heard], families: Mapping[str, str], theatre: Theatre) -> dict[str, str]:
    """The witness behind each claim; claims of one witness count once.

    Parameters
    ----------
    heard_claims : iterable of Heard
        In any order. What is known later never changes the witness of what was known before.
    families : mapping of str to str
        Report id to family, as `report_families` gives it.
    theatre : Theatre
        Names of sides, offices and outlets: "Ukraine's General Staff" and "the General Staff" are one office.

    Returns
    -------
    dict of str to str
        Claim id to witness id.
    """
    alike: dict[tuple[str, ...], list[Heard]] = {}
    for heard in heard_claims:
        alike.setdefault(_what_was_said(heard), []).append(heard)
    found: dict[str, str] = {}
    for said, members in alike.items():
        # Each claim joins the witness first heard that it may belong to, so that a later one never joins two earlier.
        told: dict[str, list[_Told]] = {}
        for heard in sorted(members, key=lambda t: (t.known_day, t.claim.id)):
            report = heard.claim.report_id
            voice, text = _whose_word(heard, theatre), "r:" + families.get(report, report)
            # Two speakers in one report are two witnesses; in two copies of a text they are one.
            earlier = [*told.get(voice, ()), *(t for t in told.get(text, ()) if t.report != report)]
            # An outlet that prints its own sentence again has not looked again.
            words = frozenset(_WORD.findall(heard.claim.sentence.text.lower()))
            if heard.claim.speaker is None:
                earlier += [t for t in told.get("n:" + heard.outlet, ()) if _same_sentence(t.words, words)]
            fresh = [t for t in earlier if (heard.known_day - t.day).days <= REPEAT_DAYS]
            if fresh:
                one = replace(min(fresh, key=lambda t: (t.day, t.witness)), report=report, words=words)
            else:
                key = "\x1f".join((voice, *said, heard.known_day.isoformat()))
                witness = "w-" + hashlib.sha256(key.encode()).hexdigest()[:16]
                one = _Told(day=heard.known_day, report=report, witness=witness, words=words)
            for name in (voice, text, "n:" + heard.outlet):
                told.setdefault(name, []).append(one)
            found[heard.claim.id] = one.witness
    return found


def normalise_speaker(words: str, side: str | None, theatre: Theatre) -> str:
    """One key for the ways a speaker is named: the side's office, or the last name of a person.

    Parameters
    ----------
    words : str
        The speaker as the text names it.
    side : str or None
        The speaker's side, where known; it tells two ministries of defence apart.
    theatre : Theatre
        Whose offices and people are looked up.

    Returns
    -------
    str
        Lower case, without accents: stable over outlets, not meant for reading.
    """
    return _speaker_key(words, side, theatre.sides)


def _speaker_key(words: str, side: str | None, sides: tuple[Side, ...]) -> str:
    """As `normalise_speaker`."""
    person = _person(words, sides)
    if person is not None:
        return f"{side or ''}:{_respelt(person)}"
    # A spokesman speaks for the body, whatever his name.
    plain, own = re.sub(r"\b(spokes\w+) .*", r"\1", _plain(words)), _own_words(sides)
    for party in sides:
        for office in sorted(party.offices, key=len, reverse=True):
            if _plain(office) in plain and side in (None, party.key):
                return f"{side or party.key}:{_body(plain, sides)}"
    every = _bare_words(plain)
    if any(word in _BODIES for word in every):
        return f"{side or ''}:{_body(plain, sides)}"
    personal = [word for word in every if word not in _TITLES and word not in own]
    return f"{side or ''}:{_respelt(personal[-1]) if personal else ' '.join(every) or plain}"


def outlet_key(name: str, theatre: Theatre) -> str | None:
    """The theatre's outlet of that name or alias, as one key; None for a name it does not know.

    "ISW" as a speaker is the outlet ISW: what others pass on from it is no second witness. An official channel is the
    office itself.
    """
    return _outlets(theatre.outlets, theatre.sides).get(_plain(name).removeprefix("the ").removeprefix("www."))


@lru_cache(maxsize=8)
def _outlets(outlets: tuple[Outlet, ...], sides: tuple[Side, ...]) -> dict[str, str]:
    """Every name of an outlet to its key; the first of a name counts."""
    found: dict[str, str] = {}
    for outlet in outlets:
        whole = outlet.kind == "official"
        key = "s:" + _speaker_key(outlet.name, outlet.side, sides) if whole else "o:" + _plain(outlet.name)
        for name in (outlet.name, *outlet.aliases):
            found.setdefault(_plain(name).removeprefix("the ").removeprefix("www."), key)
    return found


def _person(words: str, sides: tuple[Side, ...]) -> str | None:
    """The last name where words name a person with a title: "Luhansk Administration Head Serhiy Haidai".

    None for a spokesman, who speaks for the body.
    """
    found = _WORD.findall(words)
    low = _bare_words(_plain(words))
    if len(found) < 3 or len(low) != len(found) or any(word.startswith("spokes") for word in low):
        return None
    not_names = _BODIES | _TITLES | _own_words(sides)
    named = all(found[at][0].isupper() and low[at] not in not_names for at in (-1, -2))
    return low[-1] if named and any(word in _TITLES - _FILLERS for word in low[:-2]) else None


def _whose_word(heard: Heard, theatre: Theatre) -> str:
    """Who vouches for a claim: the speaker; the outlet where none is named, or only "sources"."""
    # "Officials told Reuters": they are Reuters' officials, whoever passes that on.
    carrier = heard.claim.via.text if heard.claim.via is not None else heard.outlet
    outlet = outlet_key(carrier, theatre) or "o:" + _plain(carrier)
    speaker = heard.claim.speaker
    if speaker is None:
        # What an outlet tells anew of another day is its fresh look, not its own echo.
        return f"{outlet}@{(heard.day or heard.known_day).isoformat()}"
    cited = outlet_key(speaker.text, theatre)
    if cited is not None:
        return cited
    who = normalise_speaker(speaker.text, heard.claim.speaker_side, theatre)
    named = any(
        word[0].isupper() and word.lower() not in _own_words(theatre.sides) for word in _WORD.findall(speaker.text)[1:]
    )
    return f"g:{who}@{outlet}" if _NAMELESS.search(speaker.text) and not named else f"s:{who}"


def _same_sentence(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences share nearly all words."""
    return bool(one) and len(one & other) >= SAME_SENTENCE * len(one | other)


def _what_was_said(heard: Heard) -> tuple[str, ...]:
    """The content of a claim; for a deed of a day, the day too."""
    claim = heard.claim
    count = repr(claim.count) if claim.count is not None else ""
    day = "" if claim.kind in _LASTING else (heard.day or heard.known_day).isoformat()
    facts = (
        claim.kind.value,
        claim.side or "",
        str(claim.failed),
        claim.stance.value,
        claim.evidence.value,
        count,
        day,
    )
    return (*facts, *sorted(heard.places))


def _respelt(name: str) -> str:
    """A last name in one spelling of the several it is transliterated to.

    >>> _respelt("zelenskyi") == _respelt("zelenskiy") == _respelt("zelensky")
    True
    """
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[yij]+", "i", name.replace("kh", "h")))


def _body(plain: str, sides: tuple[Side, ...]) -> str:
    """One key for the ways a body is named: "Russian MoD", "Russia's Defence Ministry", "Ministry of Defense"."""
    words: set[str] = set()
    for bare in _bare_words(plain):
        if bare not in _FILLERS and bare not in _own_words(sides):
            words.update(_LONG_FORMS.get(bare, (_SPELLINGS.get(bare, bare),)))
    return " ".join(sorted(words)) or plain


def _bare_words(plain: str) -> list[str]:
    """Words without the genitive."""
    return [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(plain)]


@lru_cache(maxsize=8)
def _own_words(sides: tuple[Side, ...]) -> frozenset[str]:
    """The words of the sides' names: they tell whose office it is, not which."""
    labels = (label for party in sides for label in (party.name, *party.demonyms, *party.names))
    return frozenset(word for label in labels for word in _plain(label).split())


def _plain(words: str) -> str:
    """Lower case without accents."""
    spread = unicodedata.normalize("NFKD", words.lower())
    return "".join(c for c in spread if not unicodedata.combining(c)).strip()
