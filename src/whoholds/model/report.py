"""One document read in: an article, post, briefing, assessment or map snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class PartKind(StrEnum):
    """What a stretch of a report's text is."""

    TITLE = "title"
    DESCRIPTION = "description"
    BODY = "body"
    CAPTION = "caption"
    POST = "post"
    QUOTE = "quote"
    ITEM = "item"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of the text with a role: an embedded post keeps its author, handle and day."""

    kind: PartKind
    start: int
    end: int
    author: str | None = None
    handle: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Text characters [text_start, text_end) came from original bytes [byte_start, byte_end)."""

    text_start: int
    text_end: int
    byte_start: int
    byte_end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as kept: its text, what is known about it, and the way back to its bytes.

    `day` is the day printed on it (the anchor of "Saturday"); the day from which it could be known is
    worked out by the pipeline from `published`, `day` and the outlet's habit (model.theatre.Outlet).
    """

    id: str
    format: str
    sha256: str
    text: str
    lang: str
    outlet: str
    day: date | None
    title: str = ""
    author: str | None = None
    categories: tuple[str, ...] = ()
    url: str | None = None
    published: datetime | None = None
    published_text: str | None = None
    retrieved: datetime | None = None
    parts: tuple[Part, ...] = ()
    segments: tuple[Segment, ...] = ()
    origin: str = ""
    original: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A report that could not be read: where it was, why, and what to do about it."""

    origin: str
    error: str
    problem: str
    remedy: str
