"""Speakers beside the grammar: "X: ...", "... - X", the author under an embedded post, the credit of a caption."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from whoholds.model import PartKind, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whoholds.extract.allegiance import Allegiance
    from whoholds.extract.cues import Cues
    from whoholds.model import Part

# "..., - General Staff (27.08.22 10:00)", "... - Defense Ministry.", "... – authorities. VIDEO"
_TRAILING = re.compile(
    r"[,\s]\s?(?:(?:--|[-–—])\s|[-–—](?=[A-Z]))(?P<who>(?:the\s)?[A-Za-z][\w’'/]*(?:\.[\w’'/]+)*(?:\s[\w’'/&]+){0,6}?)\s*(?=[.(]|$|\s(?:PHOTO|VIDEO)|\s«|\n)"
)
# "..., : Ukrainian officials", ": IAEA chief": a headline's last words behind a colon
_BEHIND_COLON = re.compile(r":\s(?P<who>[A-Z][\w’'/]*(?:\.[\w’'/]+)*(?:\s[\w’'/&]+){0,4}?)\s*(?=\.|$|\n)")
_LEADING = re.compile(
    r"^(?:[-•*]\s)?(?P<who>(?:the )?[A-Z][\w’'./]*(?:\s[\w’'./]+){0,6})(?P<office>,\s[\w\s’'-]{3,50})?:\s"
)
# "the direction of X – Y": what a dash joins are places, where a name stands right before it
_PLACE_BEFORE = re.compile(r"[A-Z][\w’'-]*$")
_SIGNATURE = re.compile(r"^\s*(?:—|--|–)\s(?P<who>[^\n(@]{2,60}?)\s*\??\??\s*\(@\w+\)", re.MULTILINE)


def headline_speaker(text: str, at: int, paragraph: tuple[int, int], sides: Allegiance, cues: Cues) -> Span | None:
    """The speaker set beside a headline by a colon or a dash, around the character `at`."""
    start, end = paragraph
    stop = _sentence_end(text, at, end)
    for match in _TRAILING.finditer(text, at, min(end, stop + 1)):
        if _is_speaker(match["who"], sides, cues) or (
            _is_bare_name(match["who"]) and not _PLACE_BEFORE.search(text[at : match.start()])
        ):
            return Span.of(text, match.start("who"), match.end("who"))
    for match in _BEHIND_COLON.finditer(text, at, min(end, stop + 1)):
        if _is_speaker(match["who"], sides, cues) and not _tells(match["who"], sides):
            return Span.of(text, match.start("who"), match.end("who"))
    begin = _sentence_start(text, at, start)
    lead = _LEADING.match(text[begin:at])
    named = lead is not None and (
        _is_speaker(lead["who"], sides, cues) or _is_speaker((lead["office"] or "").strip(", "), sides, cues)
    )
    if lead is not None and named:
        return Span.of(text, begin + lead.start("who"), begin + lead.end("who"))
    return None


def _sentence_end(text: str, at: int, end: int) -> int:
    """The end of the headline: a full stop before a space and a capital, or the paragraph's end."""
    match = re.compile(r"(?<![A-Z])[.!?](?=\s[A-Z«0-9(—]|$)|\s«").search(text, at, end)
    return match.start() if match else end


def _sentence_start(text: str, at: int, start: int) -> int:
    """The start of the sentence around `at`."""
    last = start
    for match in re.compile(r"(?<![A-Z])[.!?]\s+(?=[A-Z])|\d\d:\d\d - ").finditer(text, start, at):
        last = match.end()
    return last


# Somebody who does something: "Kyiv's army destroys enemy depots: ...".
_DOES = re.compile(r"(?:[A-Z][\w’'-]*\s)+[a-z]+(?<!['’])s\s[a-z]")
# What headlines put before a colon to say what they are about.
_TOPICS = frozenset({
    "shelling", "attack", "situation", "war", "occupation", "fight", "fighting", "battle", "liberation", "strike",
    "explosion", "assault", "storm", "storming", "offensive", "counteroffensive", "invasion", "losse", "loss", "crime",
    "atrocitie", "referendum", "mobilization", "mobilisation", "annexation", "sabotage", "evacuation", "siege",
    "capture", "deoccupation", "de-occupation", "aggression", "withdrawal", "retreat",
})  # fmt: skip


def _is_speaker(who: str, sides: Allegiance, cues: Cues) -> bool:
    """Whether the words beside a headline name somebody who speaks, rather than a topic or a place."""
    low = who.lower()
    words = re.findall(r"[\w’'.]+", low)
    if not words or len(words) > 7:
        return False
    first = words[1] if words[0] in ("the", "russian", "russia’s", "russia's") and len(words) > 1 else words[0]
    if first.removesuffix("s") in _TOPICS:
        return False
    last = words[-1].removesuffix("s")
    if _DOES.match(who) and not words[-1].endswith(_OFFICIALS) and last not in cues.generic_speakers:
        return False
    if low in cues.credits or any(part.strip() in cues.credits for part in low.split("/")):
        return True
    offices = sides.speaks(who)
    return (
        offices
        or last
        in {
            "ministry",
            "staff",
            "authoritie",
            "official",
            "source",
            "spokesman",
            "spokesperson",
            "mayor",
            "governor",
            "medium",
            "rma",
            "command",
            "president",
            "agency",
            "army",
            "military",
            "police",
            "administration",
            "report",
            "head",
            "chief",
            "envoy",
            "intelligence",
        }
        or last in cues.generic_speakers
    )


def _tells(words: str, sides: Allegiance) -> bool:
    """Whether the words behind a colon go on telling: more than a name or an office, "The occupiers attacked X"."""
    low = words.lower().split()
    return sides.speaks(words) and len(low) > 2 and not low[-1].endswith(_OFFICIALS)


_OFFICIALS = (
    "official",
    "officials",
    "ministry",
    "staff",
    "spokesman",
    "governor",
    "mayor",
    "minister",
    "military",
    "army",
)


def _is_bare_name(who: str) -> bool:
    """Whether the words at a headline's end are nothing but capitalised: "... - Petrenko"."""
    words = who.split()
    return len(words) <= 3 and all(w[:1].isupper() and w[1:2].islower() for w in words)


def post_author(text: str, at: int, parts: Sequence[Part]) -> Span | None:
    """The author of the embedded post, or the credit of the caption, around a character."""
    for part in parts:
        if part.start <= at < part.end and part.kind is PartKind.POST and part.author:
            # the author's words where the post carries them: in its signature, else anywhere in the report
            spot = text.find(part.author, part.start, part.end + 120)
            if spot < 0:
                spot = text.find(part.author)
            return Span.of(text, spot, spot + len(part.author)) if spot >= 0 else None
    if any(part.kind is PartKind.POST for part in parts):
        return None  # the reader of the format knew where posts are
    match = _SIGNATURE.search(text, at)
    if match is None or text.count("\n\n", at, match.start("who")) > _POST_BREAKS:
        return None
    # the paragraphs between must read as one post: each break but the last is followed by a small letter or a link
    between = re.split(r"\n\s*\n", text[at : match.start()].rstrip())
    if any(part[:1].isupper() for part in between[1:]):
        return None
    return Span.of(text, match.start("who"), match.end("who"))


# A post spans few paragraphs: two breaks where the export split it in the middle.
_POST_BREAKS = 2
