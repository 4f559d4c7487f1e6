"""Independent witnesses: who said it first-hand, and which claims only pass that on.

Two claims are one witness when they say the same thing (kind, side, outcome, stance, place) on the word of the same
speaker within a few days, whichever outlets carried it; where no speaker is named, the report's family (see
`families`) stands for the speaker. A speaker who repeats himself is still one person.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from whoholds.model import Claim, Theatre

# A claim repeated within this many days of its first telling is the same testimony; later it is a fresh look.
REPEAT_DAYS = 3
_TITLES = frozenset(
    (
        "the", "a", "an", "of", "and", "mr", "mrs", "ms", "dr", "gen", "general", "col", "colonel", "maj",
        "major", "lt", "lieutenant", "president", "prime", "minister", "deputy", "foreign", "defence",
        "defense", "interior", "governor", "mayor", "spokesman", "spokeswoman", "spokesperson", "official",
        "officials", "head", "chief", "commander", "minister", "ministry", "adviser", "advisor", "secretary",
        "press", "service", "office", "state", "regional", "military",
    )
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A claim with what corroboration needs to know: its places as resolved (any stable strings), outlet and days."""

    claim: Claim
    places: tuple[str, ...]
    outlet: str
    known_day: date


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
    groups: dict[tuple[str, ...], list[Heard]] = {}
    for heard in heard_claims:
        groups.setdefault(_what_was_said(heard, families, theatre), []).append(heard)
    found: dict[str, str] = {}
    for said, members in groups.items():
        first: date | None = None
        for heard in sorted(members, key=lambda t: (t.known_day, t.claim.id)):
            if first is None or (heard.known_day - first).days > REPEAT_DAYS:
                first = heard.known_day
            key = "\x1f".join((*said, first.isoformat()))
            found[heard.claim.id] = "w-" + hashlib.sha256(key.encode()).hexdigest()[:16]
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
    plain = _plain(words)
    for party in theatre.sides:
        for office in sorted(party.offices, key=len, reverse=True):
            if _plain(office) in plain and side in (None, party.key):
                return f"{side or party.key}:{_plain(office)}"
    names = [word for word in _WORD.findall(plain) if word not in _TITLES]
    labels = [label for party in theatre.sides for label in (*party.demonyms, *party.names)]
    own = {word for label in labels for word in _plain(label).split()}
    personal = [word for word in names if word not in own and not word.endswith(("'s", "’s"))]
    return f"{side or ''}:{personal[-1] if personal else ' '.join(names) or plain}"


def _what_was_said(heard: Heard, families: Mapping[str, str], theatre: Theatre) -> tuple[str, ...]:
    """The content of a claim and whose word it is."""
    claim = heard.claim
    if claim.speaker is not None:
        whose = "s:" + normalise_speaker(claim.speaker.text, claim.speaker_side, theatre)
    else:
        whose = "r:" + families.get(claim.report_id, claim.report_id)
    count = repr(claim.count) if claim.count is not None else ""
    facts = (claim.kind.value, claim.side or "", str(claim.failed), claim.stance.value, claim.evidence.value, count)
    return (whose, *facts, *sorted(heard.places))


def _plain(words: str) -> str:
    """Lower case without accents."""
    spread = unicodedata.normalize("NFKD", words.lower())
    return "".join(c for c in spread if not unicodedata.combining(c)).strip()
