"""What the formats share: the call's options, decoding, and building a report."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from whoholds.errors import EmptyReport, UnknownDay, UnreadableReport
from whoholds.model import Part, Report, Segment
from whoholds.read.days import day_of, instant_of
from whoholds.read.keep import UNKNOWN_OUTLET, sha256_of
from whoholds.read.language import language_of

_DECLARED = re.compile(rb"""<\?xml[^>]*encoding=["']([\w-]+)|<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How reports are read: when they were fetched, which day undated ones get, how the language is told."""

    retrieved: datetime | None = None
    default_day: date | None = None
    language: Callable[[str], str] = language_of
    url: str | None = None
    charset: str | None = None


def decode(data: bytes, origin: str, charset: str | None = None) -> tuple[str, str]:
    """Text and its encoding: by byte order mark, by declaration, else UTF-8; never guessed.

    Raises
    ------
    UnreadableReport
        The bytes are not in that encoding.
    """
    found = _DECLARED.search(data[:4096])
    declared = (found[1] or found[2]).decode("ascii") if found else None
    encoding = charset or declared or "utf-8"
    if data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    try:
        return data.decode(encoding), encoding
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableReport(
            f"{origin} is not {encoding} text: {error}.",
            remedy="Convert it to UTF-8, for example with: iconv -f windows-1251 -t utf-8 OLD > NEW",
        ) from None


def build(
    *,
    original: bytes,
    format: str,
    text: str,
    origin: str,
    options: Options,
    id: str | None = None,
    title: str = "",
    outlet: str | None = None,
    author: str | None = None,
    day: date | None = None,
    published_text: str | None = None,
    lang: str | None = None,
    categories: tuple[str, ...] = (),
    url: str | None = None,
    parts: tuple[Part, ...] = (),
    segments: tuple[Segment, ...] = (),
) -> Report:
    """A report of what a format found, the day and instant read from what is printed.

    Raises
    ------
    EmptyReport
        No words.
    UnknownDay
        No day, and the call gives none.
    """
    if not text.strip():
        raise EmptyReport(f"{origin} has no text.", remedy="Give the article itself, or leave the file out.")
    printed = (published_text or "").strip()
    published = instant_of(printed) if printed else None
    day = day or (day_of(printed) if printed else None) or (published.date() if published else None)
    if day is None:
        day = options.default_day
    if day is None:
        raise UnknownDay(
            f"{origin} does not say when it was published{f' ({printed!r} is no certain day)' if printed else ''}.",
            remedy='Give it a line "Date: YYYY-MM-DD" (text), a "date" key (JSON Lines), or publication data.',
        )
    digest = sha256_of(original)
    return Report(
        id=id or f"r-{digest[:16]}", format=format, sha256=digest, text=text, lang=lang or options.language(text),
        outlet=outlet or UNKNOWN_OUTLET, day=day, title=title, author=author or None, categories=categories,
        url=url or options.url, published=published, published_text=printed or None, retrieved=options.retrieved,
        parts=parts, segments=segments, origin=origin, original=original,
    )  # fmt: skip
