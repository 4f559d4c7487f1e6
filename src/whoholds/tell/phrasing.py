"""Claims in a few neutral words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from whoholds.model import Claim, EvidenceType, Kind, Stance
from whoholds.tell.brief import words
from whoholds.tell.claims import NAMELESS, ToldClaim

DONE = {Kind.GAIN: "taken by", Kind.ENTER: "entered by", Kind.HOLD: "held by", Kind.LEAVE: "left by"}
DID = {
    Kind.GAIN: "took it", Kind.ENTER: "entered it", Kind.HOLD: "holds it", Kind.LEAVE: "left it",
    Kind.ATTACK: "attacked there", Kind.FIRE: "fired on it", Kind.ADVANCE: "advanced there",
    Kind.DEPLOY: "sent forces there", Kind.ESCALATE: "took an act of state",
}  # fmt: skip
ACTS = {
    Kind.GAIN: "taking", Kind.ENTER: "entering", Kind.HOLD: "holding", Kind.LEAVE: "leaving", Kind.ATTACK: "attacking",
    Kind.FIRE: "shelling", Kind.ADVANCE: "advancing", Kind.DEPLOY: "sending forces",
}  # fmt: skip


STEM = 5
"""Letters that tell one act of state from another: annex, mobil, decla."""


def pieces(told: ToldClaim) -> tuple[tuple[str, bool], ...]:
    """A claim's sentence in pieces: words, and whether they are the claim's own."""
    claim, start = told.claim, told.claim.sentence.start
    spans = sorted({(s.start - start, s.end - start) for s in (claim.trigger, *(p.span for p in claim.places))})
    out: list[tuple[str, bool]] = []
    at = 0
    for a, b in spans:
        if a < at or b > len(told.sentence):
            continue
        if a > at:
            out.append((told.sentence[at:a], False))
        out.append((told.sentence[a:b], True))
        at = b
    if at < len(told.sentence):
        out.append((told.sentence[at:], False))
    return tuple(out)


def supports(claim: Claim, side: str) -> bool:
    """Whether a claim says that a side came to hold its place."""
    if claim.failed or claim.stance in (Stance.DENIED, Stance.PREDICTED):
        return False
    return (
        claim.side == side
        if claim.kind in (Kind.GAIN, Kind.ENTER, Kind.HOLD)
        else (claim.kind is Kind.LEAVE and claim.side not in (None, side))
    )


def whose_words(claims: Sequence[ToldClaim]) -> str:
    """On whose word: concessions and pictures named as such."""
    conceded = [t for t in claims if t.claim.stance is Stance.ACKNOWLEDGED]
    seen = [t for t in claims if t.claim.evidence is EvidenceType.VISUAL and t not in conceded]
    rest = [t for t in claims if t not in conceded and t not in seen]
    out = []
    if conceded:
        out.append(f"acknowledged by {words(voices(conceded), most=3)}")
    if seen:
        out.append(f"pictures or video, {words(voices(seen), most=3)}")
    if rest:
        out.append(f"said by {words(voices(rest), most=3)}")
    return "; ".join(out)


def open_words(claim: Claim, side: str) -> str:
    """A rumour or prediction in a few words; `side` names whose act it is, and is empty where nobody says."""
    where = f" ({words([p.span.text for p in claim.places], most=3)})" if claim.places else ""
    if claim.kind is Kind.ESCALATE:  # its own words say what act it is
        return f'{side + ": " if side else ""}"{claim.trigger.text}"{where}'
    return f'{side + ", " if side else ""}{ACTS[claim.kind]}, "{claim.trigger.text}"{where}'


def act_of_state(claim: Claim) -> str:
    """What an act of state is, whatever the form of its word: "partial mobilization" and "mobilized" are one act.

    The first letters of the last word are compared; long enough to tell the acts apart, short of any ending.
    """
    *_, last = re.split(r"[\W_]+", claim.trigger.text.casefold().strip())
    return last[:STEM]


def short_claim(claim: Claim, side: str) -> str:
    """A claim about a place named before: who did what, in whose own word, and whether it is denied."""
    told = f'{side} {DID[claim.kind]}, "{claim.trigger.text}"'
    return f"denied that {told}" if claim.stance is Stance.DENIED else told


def chance(probability: float) -> str:
    """A probability as a percentage; what is estimated is never told as certain.

    >>> chance(0.948), chance(0.9991), chance(1.0)
    ('95%', '>99%', '>99%')
    """
    return ">99%" if probability >= 0.995 else f"{probability:.0%}"


def voices(claims: Sequence[ToldClaim]) -> list[str]:
    """Whose words, each once: one speaker in several outlets is one voice."""
    heard: dict[str, tuple[str, list[str]]] = {}
    for told in claims:
        speaker = " ".join(told.claim.speaker.text.split()) if told.claim.speaker else ""
        name = mid_sentence(speaker) or told.whose_word
        outlets = heard.setdefault(name.casefold(), (name, []))[1]
        if speaker and told.outlet not in (*NAMELESS, *outlets):
            outlets.append(told.outlet)
    return [f"{name} ({', '.join(outlets)})" if outlets else name for name, outlets in heard.values()]


OPENERS = frozenset(
    {
        *("a", "an", "the", "some", "several", "many", "most", "multiple", "various", "certain", "one", "two", "three"),
        *("other", "others", "another", "both", "all", "each", "their", "his", "her", "its", "our", "local", "unnamed"),
        *("unspecified", "unknown", "anonymous", "official", "officials", "sources"),
    }
)
"""Words that bear a capital only because a sentence began with them."""


def mid_sentence(name: str) -> str:
    """A speaker's name as it stands within a sentence.

    >>> mid_sentence("Several Russian sources"), mid_sentence("Volodymyr Zelensky")
    ('several Russian sources', 'Volodymyr Zelensky')
    """
    first, _, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if rest and first.lower() in OPENERS else name


def witness_of(told: ToldClaim) -> str:
    """The witness behind a claim."""
    return told.placed.witness if told.placed else told.claim.id


def rank(claim: Claim) -> int:
    """Concessions first, pictures next, hedged and rumoured last."""
    if claim.stance is Stance.ACKNOWLEDGED:
        return 0
    if claim.evidence is EvidenceType.VISUAL:
        return 1
    return 3 if claim.hedged or claim.stance is Stance.RUMOURED else 2
