"""One fact once: a headline that the body repeats, key takeaways that the body tells again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from whoholds.model import Claim, ClaimPlace, Report


def once(claims: Sequence[Claim], report: Report) -> list[Claim]:
    """The claims of a report without those that say again what another one of it says.

    Two claims are one where kind, side, failure, stance, place and speaker agree and their days do not differ; a claim of
    the heading gives way to the body's. Places are taken away one by one: a claim that loses all of them goes.
    """
    kept: list[Claim] = []
    order = sorted(claims, key=lambda c: (_in_heading(c, report), c.trigger.start))
    for claim in order:
        if not claim.places:
            if not any(_same(claim, k) and _near_words(claim, k) for k in kept):
                kept.append(claim)
            continue
        rest = tuple(p for p in claim.places if not any(_same(claim, k) and _told(p, k) for k in kept))
        if rest:
            kept.append(replace(claim, places=rest) if len(rest) < len(claim.places) else claim)
    return sorted(kept, key=lambda c: (c.trigger.start, c.kind.value))


def _same(a: Claim, b: Claim) -> bool:
    """Whether two claims say the same of the same side, places apart."""
    if (a.kind, a.side, a.failed, a.stance) != (b.kind, b.side, b.failed, b.stance):
        return False
    if a.date is not None and b.date is not None and a.date != b.date:
        return False
    if a.speaker is None or b.speaker is None:
        return a.speaker is b.speaker
    return a.speaker.text.lower() == b.speaker.text.lower() or _surname(a) == _surname(b)


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
