"""Plain text: perhaps some header lines (Title:, Outlet:, Date: ...), then the words."""

from __future__ import annotations

import re
from datetime import date

from whoholds.errors import EmptyReport
from whoholds.model import Part, PartKind, Report
from whoholds.read.days import day_of, instant_of
from whoholds.read.keep import TextBuilder, sha256_of

_HEADER = re.compile(r"(title|outlet|source|author|date|published|url|lang|categories):[ \t]*(.*)", re.IGNORECASE)


def read_text(data: bytes, text: str, *, origin: str, lang: str, encoding: str) -> Report:
    """A text file as a report; header lines at the top are bookkeeping, not text.

    Raises
    ------
    EmptyReport
        There are only headers.
    """
    fields: dict[str, str] = {}
    at = 0
    for line in text.splitlines(keepends=True):
        header = _HEADER.fullmatch(line.strip())
        if header is None and (line.strip() or not fields):
            break
        if header is not None:
            fields[header[1].lower()] = header[2].strip()
        at += len(line)
    body = text[at:].strip()
    if not body:
        raise EmptyReport(f"{origin} has no text below its header lines.", remedy="Give a file with text in it.")
    builder = TextBuilder(encoding)
    start = text.index(body, at)
    title = fields.get("title", "")
    parts = []
    if title and not body.startswith(title):
        where = text.index(title)
        builder.copy(title, _byte(data, text, where, encoding))
        parts.append(Part(kind=PartKind.TITLE, start=0, end=builder.length))
        builder.put("\n\n")
    builder.copy(body, _byte(data, text, start, encoding))
    kept, segments = builder.build()
    digest = sha256_of(data)
    stamp = fields.get("published") or fields.get("date")
    published = instant_of(stamp) if stamp else None
    return Report(
        id=f"r-{digest[:16]}", format="text", sha256=digest, text=kept, lang=fields.get("lang") or lang,
        outlet=fields.get("outlet") or fields.get("source") or "unknown outlet",
        day=(day_of(stamp) if stamp else None) or _dated_line(body), title=title or body.split("\n", 1)[0][:120],
        author=fields.get("author"), url=fields.get("url"),
        categories=tuple(filter(None, re.split(r"\s*[,;]\s*", fields.get("categories", "")))),
        published=published, published_text=stamp, parts=tuple(parts), segments=segments, origin=origin, original=data,
    )  # fmt: skip


def _byte(data: bytes, text: str, at: int, encoding: str) -> int:
    """The byte of a character of a decoded file."""
    plain = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    mark = len(data) - len(text.encode(plain))
    return mark + len(text[:at].encode(plain))


def _dated_line(body: str) -> date | None:
    """The day of a line that holds nothing but a day, among the first lines."""
    for line in body.splitlines()[:6]:
        if len(line.strip()) <= 40 and (found := day_of(line)):
            return found
    return None
