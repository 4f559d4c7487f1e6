"""RSS and Atom feeds: one report an entry, kept as the bytes of that entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from whoholds.errors import ReportError, UnreadableReport
from whoholds.model import Report, SetAside
from whoholds.read.common import Options, build, decode
from whoholds.read.markup import align, blocks_of, put_together

_ENTRY = re.compile(rb"<(item|entry)(?=[\s>]).*?</\1\s*>", re.DOTALL)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def refuse_entities(data: bytes, origin: str) -> None:
    """Refuse XML that declares entities: a few lines can swell to gigabytes, or read other files.

    Raises
    ------
    UnreadableReport
    """
    if _ENTITY.search(data) or _ENTITY.search(data[:8192].replace(b"\x00", b"")):
        raise UnreadableReport(f"{origin} declares XML entities.", remedy="Save it again without a DOCTYPE.")


def read_feed(data: bytes, *, origin: str, options: Options) -> Iterator[Report | SetAside]:
    """The entries of a feed.

    Raises
    ------
    UnreadableReport
        Not a feed, or one that declares entities.
    """
    import feedparser

    refuse_entities(data, origin)
    _, encoding = decode(data, origin, options.charset)
    parsed = feedparser.parse(data, sanitize_html=True)
    if not parsed.entries:
        problem = parsed.get("bozo_exception")
        raise UnreadableReport(
            f"{origin} is a feed without entries{f' ({problem})' if problem else ''}.", remedy="Fetch the feed again."
        )
    slices = [found[0] for found in _ENTRY.finditer(data)]
    if len(slices) != len(parsed.entries):
        slices = [data] * len(parsed.entries)
    for n, (entry, original) in enumerate(zip(parsed.entries, slices, strict=True), start=1):
        at = f"{origin}: entry {n}"
        try:
            yield _entry(entry, original, encoding, str(parsed.feed.get("title", "")), origin=at, options=options)
        except ReportError as error:
            yield aside(at, error)


def aside(origin: str, error: ReportError) -> SetAside:
    """A refused report as the note kept of it."""
    return SetAside(origin=origin, error=type(error).__name__, problem=error.problem, remedy=error.remedy)


def _entry(entry: Any, original: bytes, encoding: str, outlet: str, *, origin: str, options: Options) -> Report:
    """One entry."""
    contents = [c.get("value", "") for c in entry.get("content", ())] or [entry.get("summary", "")]
    title = " ".join(b.text for b in blocks_of(str(entry.get("title", ""))))
    text, parts = put_together(title, [b for content in contents for b in blocks_of(str(content))])
    source = original.decode(encoding, "replace")
    return build(
        original=original, format="feed", text=text, origin=origin, options=options, id=_id(entry), title=title,
        outlet=outlet, author=entry.get("author"), published_text=entry.get("published") or entry.get("updated"),
        url=entry.get("link"), parts=parts, segments=align(text, source, layers=2, encoding=encoding),
        categories=tuple(str(tag["term"]) for tag in entry.get("tags", ()) if tag.get("term")),
    )  # fmt: skip


def _id(entry: Any) -> str | None:
    """The guid; a bare number is no id outside its feed."""
    found = str(entry.get("id") or "")
    return found if len(found) > 8 and not found.isdigit() else None
