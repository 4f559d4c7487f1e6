"""One fact once: a headline that the body repeats, key takeaways that the body tells again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from whoholds.extract.sentences import split
from whoholds.model import Claim, ClaimPlace, EvidenceType, Kind, Report, Stance


def once(claims: Sequence[Claim], report: Report, bounds: Sequence[tuple[int, int]] = ()) -> list[Claim]:
    """The claims of a report without those that say again what another one of it says.

    Two claims are one where kind, side, failure, stance, place and speaker agree and their days do not differ; a
    claim of the heading gives way to the body's, "attacks" in a headline to the shelling that the body tells of.
    Places are taken away one by one: a claim that loses all of them goes, and what it knew beyond the one that
    stays (a day; in the headline's stead also a speaker, footage) passes to that.

    `bounds` are the report's sentences where they are known already.
    """
    if len(claims) < 2:
        return list(claims)
    claims = _without_retreats(_with_losers(_with_outcomes(claims)))
    kept: list[Claim] = []
    body = _body_start(report, bounds or split(report.text))
    topic = max(0, report.text.find(":", 0, _LONGEST_TOPIC))
    order = sorted(
        (replace(c, kind=Kind.FIRE) if c.places and _told_as_fire(c, claims, body, topic) else c for c in claims),
        key=lambda c: (
            _in_heading(c, report),
            "side of the same place" in c.rule,
            c.stance is Stance.RUMOURED and c.speaker is None,
            c.trigger.start,
        ),
    )
    for claim in order:
        if not claim.places:
            placed = [c for c in claims if c.places and c.kind is claim.kind is Kind.ESCALATE and c.side == claim.side]
            again = any(_same(claim, k) and _near_words(claim, k) for k in kept)
            if not again and not any(_near_words(claim, c) for c in placed):
                kept.append(claim)
            continue
        alike = [k for k in kept if _same(claim, k) or _headline(claim, k, body)]
        rest = tuple(p for p in claim.places if not any(_told(p, k) for k in alike))
        if rest:
            kept.append(replace(claim, places=rest) if len(rest) < len(claim.places) else claim)
            continue
        for k in alike:
            if any(_told(p, k) for p in claim.places):
                kept[kept.index(k)] = _with_more(k, claim, headline=_headline(claim, k, body))
    return sorted(kept, key=lambda c: (c.trigger.start, c.kind.value))


def _with_outcomes(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, an attack and its failure told in one sentence as one: "tried to attack X but was thrown back"."""
    out = list(claims)
    for end in claims:
        if not (end.kind is Kind.ATTACK and end.failed and end.places and "[place before]" in end.rule):
            continue
        begun = next((c for c in reversed(out) if _begins(c, end)), None)
        if begun is not None and end in out:
            out[out.index(begun)] = replace(begun, failed=True)
            out.remove(end)
    return out


def _with_losers(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, an attack that ends in retreat as failed: "tried to advance on X. They were forced to retreat"."""
    out = list(claims)
    for end in claims:
        if not (
            end.kind is Kind.LEAVE and end.places and "[place before]" in end.rule and end.stance is Stance.ASSERTED
        ):
            continue
        begun = next((c for c in reversed(out) if _ends_in(c, end)), None)
        if begun is not None:
            out[out.index(begun)] = replace(begun, failed=True)
    return out


def _ends_in(attack: Claim, retreat: Claim) -> bool:
    """Whether a retreat right behind an attack on the same places is the end of that."""
    told = (attack.side, attack.places) == (retreat.side, retreat.places) and attack.kind is Kind.ATTACK
    close = 0 <= retreat.sentence.start - attack.sentence.end <= _NEXT_SENTENCE or attack.sentence == retreat.sentence
    return told and close and attack.stance is Stance.ASSERTED and attack.trigger.start < retreat.trigger.start


def _without_retreats(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without what ends a repelled attack: "the attack on X was repelled. The enemy retreated"."""
    beaten = [c for c in claims if c.failed and c.kind is Kind.ATTACK]
    return [
        c
        for c in claims
        if c.kind is not Kind.LEAVE
        or "[place before]" not in c.rule
        or not any(
            (b.side, b.places) == (c.side, c.places)
            and b.trigger.start < c.trigger.start
            and (c.speaker is None or c.speaker == b.speaker)
            for b in beaten
        )
    ]


def _with_more(claim: Claim, again: Claim, *, headline: bool) -> Claim:
    """A claim with what only its repetition tells: the day, and between headline and body the speaker and footage."""
    if claim.date is None and again.date is not None:
        claim = replace(claim, date=again.date)
    if not headline:
        return claim
    if claim.speaker is None and again.speaker is not None and claim.stance is again.stance:
        claim = replace(
            claim, speaker=again.speaker, speaker_side=again.speaker_side, hedged=claim.hedged or again.hedged
        )
    if claim.evidence is EvidenceType.STATEMENT and again.evidence is not EvidenceType.STATEMENT:
        claim = replace(claim, evidence=again.evidence)
    return claim


def _begins(claim: Claim, end: Claim) -> bool:
    """Whether a claim is the attack whose failure another one tells."""
    told = (claim.kind, claim.side, claim.sentence, claim.places) == (end.kind, end.side, end.sentence, end.places)
    return told and not claim.failed and claim.stance is end.stance and claim.trigger.start < end.trigger.start


def _same(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same of the same side, places apart."""
    if (a.kind, a.side, a.failed, a.stance) != (b.kind, b.side, b.failed, b.stance):
        return False
    if a.date is not None and b.date is not None and a.date != b.date:
        return False
    if a.stance is Stance.RUMOURED and not (a.places or b.places):
        # a rumour is nobody's word: told by "media rumours" and told by none it is one
        return True
    if a.speaker is None or b.speaker is None:
        return a.speaker is b.speaker
    return a.speaker.text.lower() == b.speaker.text.lower() or _surname(a) == _surname(b)


def _headline(a: Claim, b: Claim, body: int) -> bool:
    """Whether one of two claims stands in the headline and the other in the body, and both say the same.

    Whoever says it.
    """
    if (a.kind, a.side, a.failed) != (b.kind, b.side, b.failed):
        return False
    return (a.trigger.start < body) != (b.trigger.start < body)


def _told_as_fire(claim: Claim, claims: Sequence[Claim], body: int, topic: int) -> bool:
    """Whether a headline's bare "attacks on X" are the shelling of X that the body, or the topic before it, tells of.

    `topic` is where a first line's topic ends ("Shelling of X: ..."), 0 where there is none.
    """
    start, body = claim.trigger.start, min(body, _LONGEST_HEADLINE)
    if claim.kind is not Kind.ATTACK or claim.trigger.text.lower() not in _ATTACKS or start >= _LONGEST_HEADLINE:
        return False
    fires = [
        k
        for k in claims
        if k.kind is Kind.FIRE
        and k.side == claim.side
        and (start < body <= k.trigger.start or (k.trigger.start < max(body, topic) and k.sentence != claim.sentence))
    ]
    return all(any(_told(p, k) for k in fires) for p in claim.places)


_MOST = 0.5  # of a headline's words come again in the sentence behind it
_SOME = 3  # words of both: fewer are chance in a short sentence
_LONGEST_HEADLINE = 250  # [characters]
_NEXT_SENTENCE = 2  # [characters] between one sentence and the next
_LONGEST_TOPIC = 80  # [characters]
_ATTACKS = frozenset({"attack", "attacks", "attacked", "attacking"})
_AXIS = re.compile(r"^direction of (the )?|(?<=\w) (direction|axis)s?$")
_STAMP = re.compile(r"\(?\d\d\.\d\d\.\d\d \d\d:\d\d|\s[«|]\s")
_WORD = re.compile(r"[A-Za-z]{4,}")


def _body_start(report: Report, bounds: Sequence[tuple[int, int]]) -> int:
    """Where the body begins after a headline that stands in the text: 0 where there is none.

    A headline is the title, what stands before a feed's time stamp, or a first sentence most of whose words come
    again in the second.
    """
    text = report.text
    if report.title and text.startswith(report.title):
        return len(report.title)
    stamps = [m.end() for m in _STAMP.finditer(text[:600])]
    if stamps:
        last = stamps[-1]
        again = text.find(text[: min(40, stamps[0] - 4)].strip(), last)
        stop = text.find(". ", again) if again >= 0 else -1
        return stop if stop > 0 else last
    if len(bounds) < 2:
        return 0
    topic = int(len(bounds) > 2 and text[: bounds[0][1]].rstrip().endswith(":"))  # "Shelling of X: ..."
    first, second = ({w.lower()[:5] for w in _WORD.findall(text[slice(*b)])} for b in bounds[topic : topic + 2])
    shared = len(first & second)
    again = shared >= _MOST * len(first) or (shared > _SOME and shared >= _MOST * len(second))
    return bounds[topic][1] if first and again else 0


def _surname(claim: Claim) -> str:
    """The last word of the speaker's name."""
    return claim.speaker.text.split()[-1].lower() if claim.speaker else ""


def _told(place: ClaimPlace, claim: Claim) -> bool:
    """Whether a claim names the place."""
    return any(_bare(p) == _bare(place) for p in claim.places)


def _bare(place: ClaimPlace) -> str:
    """The words of a place without article and without the word for a direction."""
    return _AXIS.sub("", place.span.text.lower().removeprefix("the "))


def _near_words(a: Claim, b: Claim) -> bool:
    """Whether two placeless claims use the same word."""
    return a.trigger.text.lower().split()[-1] == b.trigger.text.lower().split()[-1]


def _in_heading(claim: Claim, report: Report) -> bool:
    """Whether the claim stands in the title that the text begins with."""
    return bool(report.title) and claim.trigger.start < len(report.title) and report.text.startswith(report.title)
