"""RSS and Atom feeds, and WordPress exports: one report an item."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import feedparser

from whoholds.errors import EmptyReport, UnknownDay, UnreadableReport
from whoholds.model import Report, SetAside
from whoholds.read.days import day_of, instant_of
from whoholds.read.keep import TextBuilder, sha256_of

_TAG = re.compile(r"<(?:br|/p|/div|/li|/h\d)[^>]*>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_ITEM = re.compile(rb"<(item|entry)[\s>].*?</\1>", re.DOTALL)


def read_feed(
    data: bytes, *, origin: str, language: Callable[[str], str], wordpress: bool = False
) -> Iterator[Report | SetAside]:
    """Every item of a feed; an item without text or day is set aside alone.

    Raises
    ------
    UnreadableReport
        It is no feed, or it defines entities (which can be made to grow without end).
    """
    if _ENTITY.search(data[:100_000]):
        raise UnreadableReport(f"{origin} defines XML entities.", remedy="Save the feed again without them.")
    parsed = feedparser.parse(data)
    if not parsed.entries:
        why = f": {parsed.bozo_exception}" if parsed.get("bozo") else ""
        raise UnreadableReport(f"{origin} has no items{why}.", remedy="Give a complete RSS, Atom or WordPress export.")
    outlet = str(parsed.feed.get("title") or "unknown outlet")
    raw = [found.group(0) for found in _ITEM.finditer(data)]
    exact = len(raw) == len(parsed.entries)
    for n, entry in enumerate(parsed.entries):
        where = f"{origin}, item {n + 1}"
        if wordpress and entry.get("wp_post_type", "post") not in ("post", "page"):
            continue
        try:
            yield _item(
                entry,
                raw[n] if exact else repr(sorted(entry.items())).encode(),
                where,
                outlet,
                language,
                wordpress=wordpress,
            )
        except (EmptyReport, UnknownDay) as error:
            yield SetAside(origin=where, error=type(error).__name__, problem=error.problem, remedy=error.remedy)


def _item(
    entry: Any, raw: bytes, where: str, outlet: str, language: Callable[[str], str], *, wordpress: bool
) -> Report:
    """One item as a report."""
    content = (entry.get("content") or [{}])[0].get("value") or entry.get("summary") or ""
    body = _words(str(content))
    title = _words(str(entry.get("title") or ""))
    if not body and not title:
        raise EmptyReport(f"{where} has no text.", remedy="Nothing to do: the others were read.")
    stamp = entry.get("published") or entry.get("updated")
    published = instant_of(str(stamp)) if stamp else None
    day = published.date() if published else day_of(str(stamp or ""))
    if day is None:
        raise UnknownDay(f"{where} has no day.", remedy="Add a pubDate or published element.")
    builder = TextBuilder()
    text = f"{title}\n\n{body}" if title and body and not body.startswith(title) else body or title
    builder.copy(text, 0, len(raw))
    kept, segments = builder.build()
    digest = sha256_of(raw)
    return Report(
        id=str(entry.get("id") or entry.get("link") or f"r-{digest[:16]}"), format="wordpress" if wordpress else "feed",
        sha256=digest, text=kept, lang=language(kept), outlet=outlet, day=day, title=title,
        author=entry.get("author") or None, url=entry.get("link") or None,
        categories=tuple(str(tag.term) for tag in entry.get("tags") or () if tag.get("term")), published=published,
        published_text=str(stamp), segments=segments, origin=where, original=raw,
    )  # fmt: skip


def _words(markup: str) -> str:
    """The words of a scrap of HTML."""
    spaced = _ANY_TAG.sub("", _TAG.sub("\n\n", markup))
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in html.unescape(spaced).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
