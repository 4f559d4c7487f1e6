"""Places in a text: half-open ranges of characters (Unicode code points)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Characters `start` (inclusive) to `end` (exclusive) of a report's text, and the words there."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of `text` between two offsets.

        >>> Span.of("in Lyman today", 3, 8)
        Span(start=3, end=8, text='Lyman')
        """
        return cls(start=start, end=end, text=text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end
