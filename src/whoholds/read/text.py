"""Plain text, with lines like "Date: 2022-09-10" on top or a line that is nothing but a day."""

from __future__ import annotations

import re

from whoholds.errors import UnreadableReport
from whoholds.model import Part, PartKind, Report
from whoholds.read.common import Options, build, decode
from whoholds.read.days import day_of
from whoholds.read.keep import TextBuilder

_HEADER = re.compile(
    r"(?P<key>title|headline|date|published|author|by|source|outlet|url|link|lang|language|categor(?:y|ies)|tags|id)"
    r"\s*:[ \t]*(?P<value>[^\n]*)\n?",
    re.IGNORECASE,
)
_ALIASES = {
    "headline": "title", "published": "date", "by": "author", "source": "outlet", "link": "url", "language": "lang",
    "category": "categories", "tags": "categories",
}  # fmt: skip
#: A line that holds a day and little else, as "Published: Saturday, 10 September 2022".
_DATELINE = re.compile(
    r"(?:(?:published|posted|updated|date)\W+)?(?:(?:on|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
    r"[\w.,/ -]{8,24}(?:[ ,]+\d{1,2}:\d{2}.{0,12})?",
    re.IGNORECASE,
)


def read_text(data: bytes, *, origin: str, options: Options) -> Report:
    """One text file as a report.

    Raises
    ------
    UnreadableReport, EmptyReport, UnknownDay
    """
    text, encoding = decode(data, origin, options.charset)
    if "\x00" in text:
        raise UnreadableReport(f"{origin} is not text.", remedy="Give text, HTML, PDF, a feed or JSON Lines.")
    mark = len(data) - len(text.encode(encoding, "replace")) if encoding == "utf-8" else 3 * (encoding == "utf-8-sig")
    values, start = _headers(text)
    end = len(text.rstrip())
    start = min(end, start + len(text[start:]) - len(text[start:].lstrip()))
    title = values.get("title", "")
    lines = [line for line in text[start:end].split("\n") if line.strip()]
    if not title and len(lines) > 1 and len(lines[0]) <= 150 and re.match(r"[^\n]+\n\s*\n", text[start:end]):
        title = lines[0].strip()
    printed = values.get("date") or next(
        (line.strip() for line in (*lines[:5], *lines[-3:]) if _is_dateline(line)), None
    )
    builder = TextBuilder()
    utf8 = encoding.startswith("utf-8")
    builder.copy(text[start:end], mark + len(text[:start].encode()) if utf8 else 0, None if utf8 else len(data))
    kept, segments = builder.build()
    parts = (Part(kind=PartKind.TITLE, start=0, end=len(title)),) if title and kept.startswith(title) else ()
    return build(
        original=data, format="text", text=kept, origin=origin, options=options, id=values.get("id"), title=title,
        outlet=values.get("outlet"), author=values.get("author"), published_text=printed, lang=values.get("lang"),
        url=values.get("url"), parts=parts, segments=segments,
        categories=tuple(c.strip() for c in re.split("[,;]", values.get("categories", "")) if c.strip()),
    )  # fmt: skip


def _headers(text: str) -> tuple[dict[str, str], int]:
    """The lines "key: value" on top, and where they end; front matter may stand between two lines of dashes."""
    opening = re.match(r"\s*(---[ \t]*\n)?", text)
    at = opening.end() if opening else 0
    fenced = bool(opening and opening[1])
    values: dict[str, str] = {}
    while found := _HEADER.match(text, at):
        key = found["key"].lower()
        values.setdefault(_ALIASES.get(key, key), found["value"].strip().strip("\"'"))
        at = found.end()
    if fenced and (closing := re.compile(r"---[ \t]*(?:\n|\Z)").match(text, at)):
        at = closing.end()
    return {key: value for key, value in values.items() if value}, at


def _is_dateline(line: str) -> bool:
    """Whether a line is a day and nothing else."""
    return _DATELINE.fullmatch(line.strip()) is not None and day_of(line) is not None
