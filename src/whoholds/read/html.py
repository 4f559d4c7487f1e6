"""Web pages: the article without its surroundings, by trafilatura; captions and embedded posts put back in place."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

from whoholds.errors import EmptyReport
from whoholds.model import PartKind, Report
from whoholds.read.common import Options, build, decode
from whoholds.read.markup import Block, align, blocks_of, put_together

_PUBLISHED = re.compile(
    r"""<meta[^>]+(?:article:published_time|datePublished|pubdate|dc\.date|DC\.date\.issued|name=["']date["'])[^>]*>"""
    r"""|<time[^>]+datetime=[^>]+>""",
    re.IGNORECASE,
)
_VALUE = re.compile(r"""(?:content|datetime)\s*=\s*["']([^"']+)""", re.IGNORECASE)
_LINKED = re.compile(r"""<script[^>]+application/ld\+json[^>]*>(.*?)</script>""", re.DOTALL | re.IGNORECASE)
#: Deeper nesting than any page a person wrote; parsers that recurse are kept from it.
DEEPEST = 2000


def read_html(data: bytes, *, origin: str, options: Options) -> Report:
    """One page as a report.

    The day is what the page declares as its publication (metadata, JSON-LD, `<time>`), never one guessed from copyright
    lines or the address.

    Raises
    ------
    EmptyReport
        No article in it: a menu, a script that loads the text, a login page.
    UnreadableReport, UnknownDay
    """
    source, encoding = decode(data, origin, options.charset)
    found = _extracted(source)
    blocks = _with_asides(
        [Block(PartKind.BODY, line.strip()) for line in found["text"].split("\n") if line.strip()], source
    )
    if not blocks:
        raise EmptyReport(
            f"{origin} is a page without an article.",
            remedy="Save the page after it has loaded, or give its text as a .txt file with a Date: line.",
        )
    title = found["title"] or ""
    text, parts = put_together(title, blocks)
    return build(
        original=data, format="html", text=text, origin=origin, options=options, title=title, author=found["author"],
        outlet=found["sitename"] or found["hostname"], published_text=_published(source) or found["date"],
        url=found["url"], categories=tuple(found["categories"] or ()), parts=parts,
        segments=align(text, source, encoding=encoding),
    )  # fmt: skip


def _extracted(source: str) -> dict[str, Any]:
    """What trafilatura finds; for pages too short for it, the plain blocks."""
    import trafilatura

    keys = ("text", "title", "author", "sitename", "hostname", "date", "url", "categories")
    document: Any = None
    if _depth(source) < DEEPEST:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = trafilatura.bare_extraction(
                source, with_metadata=True, include_comments=False,
                date_extraction_params={"extensive_search": False, "original_date": True},
            )  # fmt: skip
    found = {key: getattr(document, key, None) for key in keys}
    body = re.sub(r"<head\b.*?</head>", "", source, flags=re.DOTALL | re.IGNORECASE)
    if not found["text"]:
        found["text"] = "\n".join(block.text for block in blocks_of(body))
    if not found["title"]:
        named = re.search(r"<title[^>]*>(.*?)</title>", source, re.DOTALL | re.IGNORECASE)
        found["title"] = " ".join(b.text for b in blocks_of(named[1])) if named else ""
    return found


def _depth(source: str) -> int:
    """How many more tags are opened than closed at the deepest."""
    deepest = depth = 0
    for found in re.finditer(
        r"<(/?)(?:div|span|ul|li|table|td|tr|b|i|font|section|blockquote)\b", source, re.IGNORECASE
    ):
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _with_asides(blocks: list[Block], source: str) -> list[Block]:
    """Captions and quotations of the page, each after the paragraph it followed."""
    asides = {PartKind.CAPTION, PartKind.QUOTE}
    every = blocks_of(source)
    kept = list(blocks)
    after = -1
    squeezed = {_squeeze(b.text): i for i, b in enumerate(blocks)}
    for block in every:
        words = _squeeze(block.text)
        if words in squeezed:
            after = next(i for i, b in enumerate(kept) if _squeeze(b.text) == words)
            if block.kind in asides:
                kept[after] = Block(block.kind, kept[after].text)
        elif block.kind in asides and words:
            # The extractor may have kept a quotation as several lines of its own.
            pieces = [i for i, b in enumerate(kept) if _squeeze(b.text) in words and b.kind is PartKind.BODY]
            if pieces:
                kept[pieces[0]] = block
                kept = [b for i, b in enumerate(kept) if i not in pieces[1:]]
                after = pieces[0]
            elif 0 <= after < len(kept):
                after += 1
                kept.insert(after, block)
    return kept


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", text)


def _published(source: str) -> str | None:
    """The publication time a page declares."""
    for script in _LINKED.finditer(source):
        try:
            rows = json.loads(script[1])
        except (ValueError, RecursionError):
            continue
        rows = rows if isinstance(rows, list) else rows.get("@graph", [rows]) if isinstance(rows, dict) else []
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and isinstance(row.get("datePublished"), str):
                return str(row["datePublished"])
    for found in _PUBLISHED.finditer(source):
        if value := _VALUE.search(found[0]):
            return value[1]
    return None
