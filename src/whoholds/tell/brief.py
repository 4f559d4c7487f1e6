"""The brief: what changed and on whose word, for an editor in a hurry."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from whoholds.model import Theatre
from whoholds.tell.claims import ToldClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A claim as evidence: its number in the list at the end, its sentence in pieces (words, marked or not)."""

    number: int
    told: ToldClaim
    pieces: tuple[tuple[str, bool], ...]

    @property
    def what(self) -> str:
        """Side, kind and how it is said, in a few words."""
        claim = self.told.claim
        extra = [claim.stance.value] if claim.stance.value != "asserted" else []
        extra += ["hedged"] if claim.hedged else []
        extra += ["failed"] if claim.failed else []
        extra += [claim.evidence.value] if claim.evidence.value != "statement" else []
        side = f"{claim.side} " if claim.side else ""
        return f"{side}{claim.kind.value}" + (f" ({', '.join(extra)})" if extra else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the brief, and the numbers of the claims it rests on."""

    text: str
    cites: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """The brief's parts, in the order they are read; an empty one is left out."""

    title: str
    lead: tuple[str, ...]
    changed: tuple[Line, ...]
    told: tuple[Line, ...]
    disputed: tuple[Line, ...]
    counts: tuple[Line, ...]
    distances: tuple[Line, ...]
    rumours: tuple[Line, ...]
    single: tuple[Line, ...]
    evidence: tuple[Cited, ...]
    notes: tuple[str, ...]

    @property
    def parts(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """Headings and lines of the parts that say something."""
        every = (
            ("What changed, and on whose word", self.changed),
            ("What is said, and does not move the map", self.told),
            ("Disputed", self.disputed),
            ("Counts claimed against places named", self.counts),
            ("Distances claimed against the map", self.distances),
            ("Rumours and announcements still open", self.rumours),
            ("What rests on one witness", self.single),
        )
        return tuple((heading, lines) for heading, lines in every if lines)


def render_markdown(brief: Brief) -> str:
    """The brief as Markdown."""
    return _environment().get_template("brief.md.j2").render(brief=brief)


def render_html(brief: Brief, theatre: Theatre, *, picture: bytes | None = None) -> str:
    """The brief as a page of its own: no script, no other file, printable; `picture` is a map as PNG, set inside."""
    image = base64.b64encode(picture).decode() if picture else None
    return _environment().get_template("brief.html.j2").render(brief=brief, theatre=theatre, image=image)


def words(items: Sequence[str], *, most: int = 6) -> str:
    """A list as people write it: "A, B and 3 others".

    >>> words(["A", "B", "C"]), words(["A", "B", "C", "D"], most=2)
    ('A, B and C', 'A, B and 2 others')
    """
    shown = list(items[:most])
    rest = len(items) - len(shown)
    if rest:
        shown.append(f"{rest} other{'s' if rest > 1 else ''}")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""


def day_words(day: date) -> str:
    """A day as people write it.

    >>> day_words(date(2022, 9, 11))
    '11 September 2022'
    """
    return f"{day.day} {day:%B %Y}"


def span_words(first: date, last: date) -> str:
    """A period as people write it, no year or month said twice.

    >>> span_words(date(2022, 9, 5), date(2022, 9, 13)), span_words(date(2022, 8, 29), date(2022, 9, 30))
    ('5 to 13 September 2022', '29 August to 30 September 2022')
    >>> span_words(date(2022, 12, 30), date(2023, 1, 2)), span_words(date(2022, 9, 5), date(2022, 9, 5))
    ('30 December 2022 to 2 January 2023', '5 September 2022')
    """
    if first == last:
        return day_words(last)
    start = day_words(first)
    if first.year == last.year:
        start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%B}"
    return f"{start} to {day_words(last)}"


def short_day(day: date) -> str:
    """A day without its year.

    >>> short_day(date(2022, 9, 11))
    '11 Sep'
    """
    return f"{day.day} {day:%b}"


def _environment() -> Environment:
    """Templates; everything that comes from a report is escaped."""
    environment = Environment(
        loader=PackageLoader("whoholds.tell"),
        autoescape=select_autoescape(["html", "html.j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["md"] = _plain_markdown
    environment.filters["spaced"] = lambda text: _plain_markdown(text, edges="kept")
    environment.filters["day"] = day_words
    return environment


def _plain_markdown(text: object, edges: Literal["cut", "kept"] = "cut") -> str:
    """Text that Markdown shows as it stands, on one line."""
    out = str(text)
    for sign in "\\`*_[]<>#|":
        out = out.replace(sign, "\\" + sign)
    plain = " ".join(out.split())
    if edges == "kept" and out:
        plain = (" " if out[0].isspace() else "") + plain + (" " if out[-1].isspace() and plain else "")
    return plain
