"""What format bytes are in, by what they hold and never by their name."""

from __future__ import annotations

import json
import re
from enum import StrEnum

from whoholds.read.archive import is_archive

#: Bytes looked at.
HEAD = 65536


class Format(StrEnum):
    """The formats a report can come in."""

    ARCHIVE = "archive"
    FEED = "feed"
    GZIP = "gzip"
    HTML = "html"
    JSONL = "jsonl"
    MAP = "map"
    PDF = "pdf"
    TELEGRAM = "telegram"
    TEXT = "text"
    WARC = "warc"
    WORDPRESS = "wordpress"
    BINARY = "binary"
    EMPTY = "empty"


_MAP_JSON = re.compile(
    rb'"type"\s*:\s*"(?:FeatureCollection|Feature|Topology|MultiPolygon|Polygon)"|"features"\s*:\s*\['
)
_TELEGRAM = re.compile(rb'"messages"\s*:\s*\[')
_PROLOGUE = re.compile(rb"\A(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*<([\w:-]+)", re.DOTALL | re.I)
_TAGS = re.compile(rb"<(?:html|head|body|article|main|div|p|h1|title|meta)\b", re.I)
_BOMS = (b"\xff\xfe", b"\xfe\xff")


def sniff(data: bytes) -> Format:
    """Tell the format.

    Parameters
    ----------
    data : bytes
        The whole, or its first `HEAD` bytes.

    Examples
    --------
    >>> sniff(b'{"id": "a", "text": "Words."}').value, sniff(b"<html><p>Words").value, sniff(b"").value
    ('jsonl', 'html', 'empty')
    """
    if data.startswith(b"\x1f\x8b"):
        return Format.GZIP
    head = data[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        return Format.EMPTY
    if b"%PDF-" in head[:1024]:
        return Format.PDF
    if head.startswith(b"WARC/"):
        return Format.WARC
    if head.startswith(b"SQLite format 3\x00") or (head.startswith(b"PK\x03\x04") and b".kml" in head[:2048]):
        return Format.MAP
    if b"\x00" in head and not head.startswith(_BOMS):
        return Format.BINARY
    if sum(c < 9 or 13 < c < 27 for c in head[:4096]) > len(head[:4096]) // 50:
        return Format.BINARY
    if head.startswith(b"{"):
        return _json_format(head)
    if head.startswith(b"<"):
        return _markup_format(head)
    text = data[:HEAD].decode("utf-8", "replace")
    # The day stands at the end, past the head of a long export: the caller looks again with the whole.
    return Format.ARCHIVE if is_archive(text) else Format.TEXT


def _json_format(head: bytes) -> Format:
    """An object: a line of many, a map, or an export of a channel."""
    first = head.split(b"\n", 1)[0]
    try:
        row = json.loads(first)
    except (ValueError, RecursionError):
        row = None
    if isinstance(row, dict) and "text" in row and "features" not in row:
        return Format.JSONL
    start = head[:4096]
    if not re.match(rb'\{\s*"(?:id|text)"\s*:\s*"', start):
        if _TELEGRAM.search(head):
            return Format.TELEGRAM
        if _MAP_JSON.search(head):
            return Format.MAP
    return Format.JSONL


def _markup_format(head: bytes) -> Format:
    """XML by its root, else HTML."""
    found = _PROLOGUE.match(head)
    root = found[1].decode("ascii", "replace").lower() if found else ""
    if root == "kml":
        return Format.MAP
    if root == "rss":
        return Format.WORDPRESS if b"wordpress.org/export/" in head else Format.FEED
    if root in {"feed", "rdf:rdf"}:
        return Format.FEED
    return Format.HTML if root == "html" or _TAGS.search(head) else Format.TEXT
