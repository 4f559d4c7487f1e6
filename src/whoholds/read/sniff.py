"""What a file is, by what is in it; its name plays no part."""

from __future__ import annotations

import codecs
import json
import re
from enum import StrEnum

from whoholds.errors import EmptyReport, UnreadableReport
from whoholds.read.archive import is_archive

HEAD = 65_536


class Format(StrEnum):
    """The formats the room reads."""

    JSONL = "jsonl"
    TELEGRAM = "telegram"
    MAP = "map"
    WARC = "warc"
    PDF = "pdf"
    WORDPRESS = "wordpress"
    FEED = "feed"
    HTML = "html"
    ARCHIVE = "archive"
    TEXT = "text"


def format_of(head: bytes, *, origin: str) -> Format:
    """The format of a file from its first bytes (up to `HEAD`, already decompressed).

    Raises
    ------
    EmptyReport
        There is nothing in it.
    UnreadableReport
        It is binary, and no format the room knows.

    >>> format_of(b"%PDF-1.7", origin="x"), format_of(b"<html><body>", origin="x")
    (<Format.PDF: 'pdf'>, <Format.HTML: 'html'>)
    """
    if not head.strip():
        raise EmptyReport(f"{origin} is empty.", remedy="Give a file with text in it.")
    if head.startswith(b"%PDF"):
        return Format.PDF
    if head.startswith((b"WARC/1.0", b"WARC/1.1")):
        return Format.WARC
    if _is_binary(head):
        raise UnreadableReport(
            f"{origin} is binary, not text.", remedy="Give text, HTML, PDF, a feed, JSON Lines, WARC or a map."
        )
    text = decoded(head, origin=origin, whole=False)[0].lstrip()
    if text.startswith("{"):
        return _json_format(text)
    if text.startswith("<"):
        return _markup_format(text[:4000].lower())
    return Format.ARCHIVE if is_archive(text) or _begins_like_archive(text) else Format.TEXT


def decoded(data: bytes, *, origin: str, whole: bool = True, declared: str | None = None) -> tuple[str, str]:
    """The text of bytes, and the encoding they were in.

    A byte order mark decides, then UTF-8, then what the file declares; Windows-1251 is taken for Cyrillic bytes.

    Raises
    ------
    UnreadableReport
        In no encoding the room knows.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "strict" if whole else "ignore"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if not whole and error.start > len(data) - 4:
            return data[: error.start].decode("utf-8"), "utf-8"
    for encoding in filter(None, (declared, "cp1251", "cp1252")):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        letters = [c for c in text if c.isalpha() and ord(c) > 127]
        cyrillic = sum("\u0400" <= c <= "\u04ff" for c in letters)
        if encoding != "cp1251" or declared == "cp1251" or cyrillic > 20:
            return text, encoding
    raise UnreadableReport(f"{origin} is in no encoding this reads.", remedy="Save it as UTF-8.")


def _is_binary(head: bytes) -> bool:
    """Control bytes that no text has."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    odd = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head[:4096])
    return b"\x00" in head[:4096] or odd > len(head[:4096]) // 50


def _json_format(text: str) -> Format:
    """A map, a Telegram export, or reports line by line."""
    first = text.split("\n", 1)[0].strip()
    start = text[:20_000]
    if re.search(r'"type"\s*:\s*"(?:FeatureCollection|Feature|GeometryCollection)"', start) and not _has_text(first):
        return Format.MAP
    if re.search(r'"messages"\s*:\s*\[', text):
        return Format.TELEGRAM
    return Format.JSONL


def _has_text(line: str) -> bool:
    """Whether a line is a JSON object with a text of its own."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and isinstance(row.get("text"), str)


def _markup_format(start: str) -> Format:
    """Which kind of tagged text."""
    if "<kml" in start:
        return Format.MAP
    if "xmlns:wp=" in start or "wordpress.org/export" in start:
        return Format.WORDPRESS
    if re.search(r"<(?:rss|feed|rdf:rdf)\b", start):
        return Format.FEED
    return Format.HTML


def _begins_like_archive(text: str) -> bool:
    """An export longer than the head still shows its Description line near the top."""
    return len(text) >= HEAD // 2 and any(line.strip() == "Description" for line in text.splitlines()[:12])
