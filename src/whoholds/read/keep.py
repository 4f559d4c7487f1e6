"""Text as kept, with the way back to the bytes it came from."""

from __future__ import annotations

import hashlib
import json
import re
from bisect import bisect_right

from whoholds.model import Report, Segment

UNKNOWN_OUTLET = "unknown outlet"
"""Where a format has no field for who published it; nothing is made up."""

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)")


class TextBuilder:
    """Puts a report's text together and remembers where each stretch came from.

    `copy` takes characters that stand in the original, `put` adds our own (a blank line between paragraphs).
    """

    def __init__(self, encoding: str = "utf-8") -> None:
        self._encoding = encoding
        self._pieces: list[str] = []
        self._segments: list[Segment] = []
        self._literal = False
        self.length = 0

    def copy(self, text: str, byte_start: int, byte_end: int | None = None) -> None:
        """Keep characters of the original that begin at a byte; `byte_end` only where they are not those bytes."""
        if not text:
            return
        end = byte_start + len(text.encode(self._encoding, "surrogatepass")) if byte_end is None else byte_end
        last = self._segments[-1] if self._segments else None
        joined = self._literal and byte_end is None
        self._literal = byte_end is None
        if joined and last is not None and last.byte_end == byte_start and last.text_end == self.length:
            self._segments[-1] = Segment(
                text_start=last.text_start, text_end=self.length + len(text), byte_start=last.byte_start, byte_end=end
            )
        else:
            self._segments.append(
                Segment(text_start=self.length, text_end=self.length + len(text), byte_start=byte_start, byte_end=end)
            )
        self._add(text)

    def put(self, text: str) -> None:
        """Add characters that stand nowhere in the original."""
        self._add(text)

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)

    def build(self) -> tuple[str, tuple[Segment, ...]]:
        """The text and its segments."""
        return "".join(self._pieces), tuple(self._segments)


def sha256_of(data: bytes) -> str:
    """The hash that names a report's bytes."""
    return hashlib.sha256(data).hexdigest()


def original_span(report: Report, start: int, end: int) -> tuple[int, int] | None:
    """The bytes of the original that characters [start, end) of the text came from.

    Exact where the original is UTF-8 text; where a format only allows a coarser answer (a page of a PDF, a paragraph of
    a page in another encoding) the bytes of the smallest stretch known to hold them.

    Parameters
    ----------
    report : Report
    start, end : int
        Characters of `report.text`.

    Returns
    -------
    (int, int) or None
        Byte offsets into `report.original`; None where those characters are ours (a blank line).
    """
    if report.format == "jsonl":
        return _json_span(report, start, end)
    starts = [segment.text_start for segment in report.segments]
    first = _segment_at(report.segments, starts, start)
    last = _segment_at(report.segments, starts, end - 1)
    if first is None or last is None:
        return None
    return _byte_at(report.text, first, start, up=False), _byte_at(report.text, last, end, up=True)


def _segment_at(segments: tuple[Segment, ...], starts: list[int], at: int) -> Segment | None:
    """The segment a character lies in."""
    i = bisect_right(starts, at) - 1
    return segments[i] if i >= 0 and at < segments[i].text_end else None


def _byte_at(text: str, segment: Segment, at: int, *, up: bool) -> int:
    """The byte of a character boundary within a segment; the segment's own end where it is not UTF-8 as it stands."""
    whole = len(text[segment.text_start : segment.text_end].encode())
    if whole != segment.byte_end - segment.byte_start:
        return segment.byte_end if up else segment.byte_start
    return segment.byte_start + len(text[segment.text_start : at].encode())


def _json_span(report: Report, start: int, end: int) -> tuple[int, int] | None:
    """Bytes of the "text" value of a JSON line, through its escapes."""
    line = report.original.decode("utf-8", "surrogatepass")
    value_start = _text_value(line, report.text)
    if value_start is None:
        return None
    at, character, found = value_start, 0, [0, 0]
    while character <= end and at < len(line):
        if character == start:
            found[0] = at
        if character == end:
            found[1] = at
            break
        escape = _ESCAPE.match(line, at)
        if escape is None:
            at += 1
        else:
            at = escape.end()
            high = escape[1] is not None and 0xD800 <= int(escape[1], 16) < 0xDC00
            low = _ESCAPE.match(line, at) if high else None
            if low is not None and low[1] is not None and 0xDC00 <= int(low[1], 16) < 0xE000:
                at = low.end()
        character += 1
    return len(line[: found[0]].encode("utf-8", "surrogatepass")), len(
        line[: found[1]].encode("utf-8", "surrogatepass")
    )


def _text_value(line: str, text: str) -> int | None:
    """Where the characters of the "text" value begin in a JSON line."""
    for key in re.finditer(r'"text"\s*:\s*"', line):
        try:
            value, _ = json.JSONDecoder(strict=False).raw_decode(line, key.end() - 1)
        except json.JSONDecodeError:
            continue
        if value == text:
            return key.end()
    return None
