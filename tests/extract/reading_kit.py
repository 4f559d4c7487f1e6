"""A small theatre and one call that reads the attributes of a word in a sentence."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from whoholds.extract.frame import Frame
from whoholds.extract.parsing import SentenceParser, load_model
from whoholds.extract.passage import Passage
from whoholds.extract.reading import Reader, Reading
from whoholds.extract.sentences import split
from whoholds.model import Kind, Outlet, Part, Report, Side, Theatre

THEATRE = Theatre(
    key="test",
    name="A war of North and South",
    timezone="UTC",
    first_day=date(2021, 3, 1),
    languages=("en",),
    countries=("XX",),
    default_side="N",
    sides=(
        Side(
            key="N",
            name="Norland",
            colour="blue",
            demonyms=("Norlandic",),
            names=("Norland",),
            people=("Jan Berg", "Ilse Falk"),
            offices=("General Staff",),
            forces=("Norland Army",),
        ),
        Side(
            key="S",
            name="Sudria",
            colour="red",
            demonyms=("Sudrian",),
            names=("Sudria", "Austral City"),
            people=("Teo Marr",),
            forces=("Red Falcons",),
        ),
    ),
    outlets=(
        Outlet(name="Norland Press", aliases=("norpress.example",), side="N", kind="agency"),
        Outlet(name="The Observer of Wars", aliases=("Observer of Wars", "TOW"), side=None),
    ),
    speaker_groups={"S": ("war bloggers",), "monitors": ("Norlandic Watch for Rights",)},
)
DAY = date(2021, 9, 15)  # a Wednesday


@cache
def _tools() -> tuple[SentenceParser, Reader]:
    """The parser and the reader, made once for all tests."""
    return SentenceParser(load_model()), Reader(THEATRE)


def read(
    text: str,
    trigger: str,
    *,
    kind: Kind = Kind.GAIN,
    side: str | None = "S",
    failed: bool = False,
    negated: bool = False,
    outlet: str = "The Daily",
    nth: int = 0,
    parts: tuple[Part, ...] = (),
    day: date | None = DAY,
) -> Reading:
    """The attributes of the nth `trigger` in `text`."""
    parser, reader = _tools()
    bounds = split(text)
    doc = parser.parse(text, bounds, [])
    passage = Passage(text, bounds, lambda i: doc.char_span(*bounds[i], alignment_mode="expand"))
    match = list(re.finditer(re.escape(trigger), text))[nth]
    sent = passage.sentence(passage.index_at(match.start()))
    inside = {t.i for t in sent if t.idx < match.end() and t.idx + len(t) > match.start()}
    head = next((doc[i] for i in sorted(inside) if doc[i].head.i not in inside or doc[i].head.i == i), doc[min(inside)])
    verb = head.head if head.pos_ == "NOUN" and head.dep_ in {"dobj", "nsubj", "nsubjpass"} else head
    frame = Frame(
        kind=kind,
        side=side,
        places=(),
        start=match.start(),
        end=match.end(),
        i=head.i,
        verb=verb.i,
        failed=failed,
        negated=negated,
        predicted=False,
        count=None,
        sent=sent,
        rule="test",
    )
    report = Report(id="r", format="text", sha256="", text=text, lang="en", outlet=outlet, day=day, parts=parts)
    return reader.read(passage, frame, report)
