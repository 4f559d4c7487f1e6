"""HTML pages: the article's text by trafilatura, without menus, and what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import trafilatura
from trafilatura.settings import Document

from whoholds.errors import EmptyReport
from whoholds.model import Part, PartKind, Report
from whoholds.read.days import instant_of
from whoholds.read.keep import TextBuilder, sha256_of

_INSTANT = re.compile(
    r"""(?:article:published_time|datePublished|date)["']?\s*(?:content=|[:=])\s*["'](\d{4}-\d{2}-\d{2}T[^"']+)["']""",
    re.IGNORECASE,
)


def read_html(data: bytes, text: str, *, origin: str, language: Callable[[str], str], url: str | None = None) -> Report:
    """A page as a report.

    Raises
    ------
    EmptyReport
        No article text was found in it.
    """
    found = trafilatura.bare_extraction(
        text, url=url, fast=True, include_comments=False, include_tables=True, with_metadata=True
    )
    if isinstance(found, dict):
        raise EmptyReport(f"{origin} holds no article text.", remedy="Save the article itself.")
    body = _body(found)
    if found is None or not body:
        raise EmptyReport(
            f"{origin} holds no article text.", remedy="Save the article itself, not an index or an app page."
        )
    builder, parts = TextBuilder(), []
    title = (found.title or "").strip()
    at = 0
    if title and not body.startswith(title):
        at = _copy(builder, title, text, 0, at_least=0)
        parts.append(Part(kind=PartKind.TITLE, start=0, end=builder.length))
        builder.put("\n\n")
    cursor = 0
    for n, paragraph in enumerate(body.split("\n")):
        if n:
            builder.put("\n")
        if paragraph:
            cursor = _copy(builder, paragraph, text, cursor, at_least=at)
    kept, segments = builder.build()
    digest = sha256_of(data)
    stamp = _INSTANT.search(text)
    published = instant_of(stamp[1]) if stamp else None
    printed = found.date
    return Report(
        id=f"r-{digest[:16]}", format="html", sha256=digest, text=kept, lang=found.language or language(kept),
        outlet=found.sitename or found.hostname or "unknown outlet",
        day=published.date() if published else date.fromisoformat(printed[:10]) if printed else None, title=title,
        author=found.author, url=found.url or url, categories=tuple(found.categories or ()), published=published,
        published_text=stamp[1] if stamp else printed, parts=tuple(parts), segments=segments, origin=origin,
        original=data,
    )  # fmt: skip


def _body(found: Document | None) -> str:
    """The article's text, paragraphs apart."""
    return str((found.text if found is not None else None) or "").strip()


def _copy(builder: TextBuilder, words: str, source: str, cursor: int, *, at_least: int) -> int:
    """Keep a paragraph with the way back where it stands in the page letter for letter; say where to look next."""
    where = source.find(words, max(cursor, at_least))
    if where < 0:
        builder.put(words)
        return cursor
    builder.copy(words, len(source[:where].encode()))
    return where + len(words)
