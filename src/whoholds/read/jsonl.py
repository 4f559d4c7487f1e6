"""JSON Lines: one report a line, with keys id, date, source, title, url, lang, text and perhaps published."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from whoholds.errors import EmptyReport, UnknownDay, UnreadableReport
from whoholds.model import Part, PartKind, Report
from whoholds.read.days import day_of, instant_of
from whoholds.read.keep import UNKNOWN_OUTLET, sha256_of

_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)
_ITEM = re.compile(r"^[-*•] .*$", re.MULTILINE)
_TABLE = re.compile(r"(?:^\|.*\|[ \t]*$\n?)+", re.MULTILINE)


def read_line(line: bytes, *, origin: str, language: Callable[[str], str], default_day: date | None = None) -> Report:
    """One line as a report.

    Parameters
    ----------
    line : bytes
        Without its line end.
    origin : str
        The file and line number.
    language : callable
        (text) to a language tag, for lines that give none.
    default_day : date, optional
        For lines that give no day; without it they are refused.

    Raises
    ------
    UnreadableReport, EmptyReport, UnknownDay
    """
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableReport(f"{origin} is not JSON: {error}.", remedy="Mend or remove that line.") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise UnreadableReport(f'{origin} has no "text".', remedy='Give one object a line with a "text" string.')
    text = row["text"]
    if not text.isascii() and not _is_unicode(text):
        raise UnreadableReport(f"{origin} has half a surrogate pair in its text.", remedy="Mend its \\u escapes.")
    if not text.strip():
        raise EmptyReport(f"{origin} has an empty text.", remedy="Remove that line.")
    published_text = str(row["published"]) if row.get("published") else None
    published = instant_of(published_text) if published_text else None
    day = day_of(str(row.get("date") or "")) or (published.date() if published else None) or default_day
    if day is None:
        raise UnknownDay(f"{origin} has no day.", remedy='Give it a "date" (YYYY-MM-DD) or a "published" instant.')
    digest = sha256_of(line)
    return Report(
        id=str(row.get("id") or f"r-{digest[:16]}"), format="jsonl", sha256=digest, text=text,
        lang=str(row.get("lang") or language(text)), outlet=str(row.get("source") or UNKNOWN_OUTLET), day=day,
        title=str(row.get("title") or ""), author=_string(row.get("author")), url=_string(row.get("url")),
        categories=_strings(row.get("categories")), published=published,
        published_text=published_text, parts=parts_of(text), origin=origin, original=line,
    )  # fmt: skip


def parts_of(text: str) -> tuple[Part, ...]:
    """Headings, list items and tables of a text with light markup, in order.

    >>> [(p.kind.value, p.start, p.end) for p in parts_of("## Day one\\n\\nWords.\\n- an item")]
    [('title', 0, 10), ('item', 19, 28)]
    """
    found: Iterator[tuple[re.Match[str], PartKind]] = (
        (match, kind)
        for pattern, kind in ((_HEADING, PartKind.TITLE), (_ITEM, PartKind.ITEM), (_TABLE, PartKind.TABLE))
        for match in pattern.finditer(text)
    )
    parts = (Part(kind=kind, start=match.start(), end=match.end()) for match, kind in found)
    return tuple(sorted(parts, key=lambda part: part.start))


def _is_unicode(text: str) -> bool:
    """Whether a text can be written down at all."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _strings(value: Any) -> tuple[str, ...]:
    """A list of strings, or one."""
    if isinstance(value, list):
        return tuple(map(str, value))
    return (value,) if isinstance(value, str) and value else ()


def _string(value: Any) -> str | None:
    """A non-empty string, else None."""
    return str(value) if value else None
