"""One fact once: a headline that the body repeats, key takeaways that the body tells again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from whoholds.extract.sentences import split
from whoholds.model import Claim, ClaimPlace, Kind, Report, Stance


def once(claims: Sequence[Claim], report: Report, bounds: Sequence[tuple[int, int]] = ()) -> list[Claim]:
    """The claims of a report without those that say again what another one of it says.

    Two claims are one where kind, side, failure, stance, place and speaker agree and their days do not differ; a
    claim of the heading gives way to the body's, "attacks" in a headline to the shelling that the body tells of.
    Places are taken away one by one: a claim that loses all of them goes.

    `bounds` are the report's sentences where they are known already.
    """
    if len(claims) < 2:
        return list(claims)
    claims = _with_outcomes(claims)
    kept: list[Claim] = []
    body = _body_start(report, bounds or split(report.text))
    order = sorted(
        (c for c in claims if not (c.places and _told_as_fire(c, claims, body))),
        key=lambda c: (
            _in_heading(c, report),
            "side of the same place" in c.rule,
            c.stance is Stance.RUMOURED and c.speaker is None,
            c.trigger.start,
        ),
    )
    for claim in order:
        if not claim.places:
            if not any(_same(claim, k) and _near_words(claim, k) for k in kept):
                kept.append(claim)
            continue
        rest = tuple(
            p
            for p in claim.places
            if not any((_same(claim, k) or _headline(claim, k, body)) and _told(p, k) for k in kept)
        )
        if rest:
            kept.append(replace(claim, places=rest) if len(rest) < len(claim.places) else claim)
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


def _told_as_fire(claim: Claim, claims: Sequence[Claim], body: int) -> bool:
    """Whether a headline's bare "attacks on X" are the shelling of X that the body tells of."""
    body = min(body, _LONGEST_HEADLINE)
    if claim.kind is not Kind.ATTACK or claim.trigger.start >= body or claim.trigger.text.lower() not in _ATTACKS:
        return False
    return all(
        any(k.kind is Kind.FIRE and k.side == claim.side and k.trigger.start >= body and _told(p, k) for k in claims)
        for p in claim.places
    )


_LONGEST_HEADLINE = 250  # [characters]
_ATTACKS = frozenset({"attack", "attacks", "attacked", "attacking"})
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
    first = {w.lower()[:6] for w in _WORD.findall(text[slice(*bounds[0])])}
    second = {w.lower()[:6] for w in _WORD.findall(text[slice(*bounds[1])])}
    return bounds[0][1] if first and len(first & second) >= 0.6 * len(first) else 0


def _surname(claim: Claim) -> str:
    """The last word of the speaker's name."""
    return claim.speaker.text.split()[-1].lower() if claim.speaker else ""


def _told(place: ClaimPlace, claim: Claim) -> bool:
    """Whether a claim names the place."""
    return any(_bare(p) == _bare(place) for p in claim.places)


def _bare(place: ClaimPlace) -> str:
    """The words of a place without article."""
    return place.span.text.lower().removeprefix("the ")


def _near_words(a: Claim, b: Claim) -> bool:
    """Whether two placeless claims use the same word."""
    return a.trigger.text.lower().split()[-1] == b.trigger.text.lower().split()[-1]


def _in_heading(claim: Claim, report: Report) -> bool:
    """Whether the claim stands in the title that the text begins with."""
    return bool(report.title) and claim.trigger.start < len(report.title) and report.text.startswith(report.title)
