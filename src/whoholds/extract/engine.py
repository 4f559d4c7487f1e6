"""Report and mentions in, claims out: candidates, parse, frames, then who says it, how sure, when.

And what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from whoholds.extract.anaphora import with_nameless
from whoholds.extract.apart import each_on_its_day
from whoholds.extract.candidates import Candidates
from whoholds.extract.dedupe import once
from whoholds.extract.denials import denials
from whoholds.extract.elaborations import with_lead_days, with_statement_days
from whoholds.extract.frames import FrameReader
from whoholds.extract.landmarks import landmarks
from whoholds.extract.parsing import Selection, SentenceParser, load_model
from whoholds.extract.passage import Passage
from whoholds.extract.reading import Reader
from whoholds.extract.sentences import split
from whoholds.extract.sides import Sides
from whoholds.extract.strangers import strangers
from whoholds.extract.triggers import load_lexicon
from whoholds.extract.viewpoint import Viewpoint
from whoholds.model import Claim, Mention, Report, Span, Theatre, claim_id

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.tokens import Span as Sentence

    from whoholds.extract.frame import Frame

TOGETHER = 40_000
"""Characters of sentences parsed at a time: beyond, larger matrices gain nothing and leave the processor's cache."""
MOST_TOGETHER = 200
"""Reports held at a time, however little of them is parsed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a claim was made: its sentence, how that was parsed (a word, its link and the word above.

    A line each), its rule.
    """

    claim: Claim
    sentence: str
    parse: tuple[str, ...]
    rule: str

    def __str__(self) -> str:
        places = ", ".join(p.span.text for p in self.claim.places) or "-"
        head = f"{self.claim.kind.value} {self.claim.side or '?'}: {places}   by {self.rule}"
        return "\n".join([head, f"  {self.sentence}", *(f"    {line}" for line in self.parse)])


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A report, its places, its sentences and which of them are parsed."""

    report: Report
    mentions: Sequence[Mention]
    bounds: Sequence[tuple[int, int]]
    indices: Sequence[int]

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """The sentences that are parsed."""
        return [self.bounds[i] for i in self.indices]


class Explanations(tuple[Explanation, ...]):
    """The explanations of a report, as a readable text where printed."""

    __slots__ = ()

    def __str__(self) -> str:
        return "\n\n".join(map(str, self))


class Extractor:
    """Reads claims out of reports.

    Parameters
    ----------
    theatre
        Whose sides, names and outlets are meant.
    nlp
        A spaCy pipeline with tagger, lemmatizer and parser; the installed English model where None, loaded when
        first needed.

    Raises
    ------
    MissingPart
        No English model is installed (at the first report).
    """

    def __init__(self, theatre: Theatre, *, nlp: Language | None = None) -> None:
        self.theatre = theatre
        self.lexicon = load_lexicon("en")
        self.sides = Sides(theatre)
        self.candidates = Candidates(self.lexicon, theatre)
        self.frame_reader = FrameReader(self.lexicon, self.sides)
        self.reader = Reader(theatre)
        self._nlp = nlp
        self._parser: SentenceParser | None = None
        self._outlet_sides = {
            name.lower(): outlet.side for outlet in theatre.outlets for name in (outlet.name, *outlet.aliases)
        }

    @property
    def parser(self) -> SentenceParser:
        """The parser, made when first needed."""
        if self._parser is None:
            self._parser = SentenceParser(self._nlp or load_model(), keep_case=self.sides.words)
        return self._parser

    def extract(self, report: Report, mentions: Sequence[Mention]) -> list[Claim]:
        """The claims of a report, in the order of their triggers; each place a span of the report's text.

        Only English is read so far: a report in another language has no claims.
        """
        return next(self.extract_many([(report, mentions)]))

    def extract_many(self, reports: Iterable[tuple[Report, Sequence[Mention]]]) -> Iterator[list[Claim]]:
        """The claims of each of many reports with their mentions, as `extract` gives them, in order.

        Faster than one by one, as the sentences of many reports are parsed together; some thousand words are held at a
        time, however many reports there are.
        """
        waiting: list[_Chosen] = []
        size = 0
        for report, mentions in reports:
            chosen = self._choose(report, mentions)
            waiting.append(chosen)
            size += sum(b - a for a, b in chosen.ranges)
            if size >= TOGETHER or len(waiting) >= MOST_TOGETHER:
                yield from self._claims_of(waiting)
                waiting, size = [], 0
        yield from self._claims_of(waiting)

    def explain(self, report: Report, mentions: Sequence[Mention]) -> Explanations:
        """Sentence, parse and rule of every claim of a report."""
        return Explanations(
            Explanation(
                claim=claim,
                sentence=claim.sentence.text,
                parse=tuple(f"{t.text} --{t.dep_}--> {t.head.text}" for t in frame.sent if not t.is_space),
                rule=claim.rule,
            )
            for chosen in [self._choose(report, mentions)]
            for claim, frame in (self._read(chosen, *self._parse([chosen])) if chosen.indices else ())
        )

    def worth_reading(self, report: Report) -> bool:
        """Whether a report may have claims at all: its places need not be looked for where it may not."""
        return report.lang in ("en", "") and self.candidates.possible(report.text)

    def candidate_ranges(self, text: str, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
        """The sentences of a text that would be parsed."""
        bounds = split(text)
        return [bounds[i] for i in self.candidates.choose(text, bounds, mentions)]

    def outlet_side(self, outlet: str) -> str | None:
        """The side of an outlet, None for a third party or one that the theatre does not know."""
        return self._outlet_sides.get(outlet.lower())

    def _choose(self, report: Report, mentions: Sequence[Mention]) -> _Chosen:
        """A report with the sentences of it that are worth parsing; none where it is not in English."""
        if not self.worth_reading(report):
            return _Chosen(report, (), (), ())
        mentions = with_nameless(report.text, mentions)
        bounds = split(report.text)
        return _Chosen(report, mentions, bounds, self.candidates.choose(report.text, bounds, mentions))

    def _parse(self, chosen: Sequence[_Chosen]) -> list[Doc]:
        """The Docs of reports."""
        return self.parser.parse_many([Selection(c.report.text, c.ranges, c.mentions) for c in chosen])

    def _claims_of(self, many: Sequence[_Chosen]) -> Iterator[list[Claim]]:
        """The claims of reports parsed together."""
        docs = iter(self._parse([c for c in many if c.indices]) if any(c.indices for c in many) else ())
        for chosen in many:
            yield [claim for claim, _ in self._read(chosen, next(docs))] if chosen.indices else []

    def _read(self, chosen: _Chosen, doc: Doc) -> list[tuple[Claim, Frame]]:
        """Claims with the frames they were made of."""
        report, text, mentions = chosen.report, chosen.report.text, chosen.mentions
        unknown = strangers(doc, mentions, self.sides.scan(doc, text), self.lexicon)
        unknown += landmarks(doc, [*mentions, *unknown], self.lexicon)
        if unknown:
            mentions = sorted([*mentions, *unknown], key=lambda m: m.span.start)
        side = self.outlet_side(report.outlet)
        passage = self._passage(doc, text, chosen.bounds, chosen.indices, mentions)
        viewpoint = Viewpoint(
            passage, self.reader.attributor, outlet=report.outlet, outlet_side=side,
            default=self.theatre.default_side, parts=report.parts, day=report.day,
        )  # fmt: skip
        frames = self.frame_reader.read(doc, text, mentions, viewpoint)
        by_id: dict[str, Frame] = {}
        sides: dict[str, list[str | None]] = {}
        claims: list[Claim] = []
        for frame in frames:
            claim = self._claim(passage, frame, report)
            if "[we]" in frame.rule:  # who "we" are, only the speaker tells
                if claim.speaker_side is None:
                    continue
                claim = replace(claim, side=claim.speaker_side)
            told = sides.setdefault(claim.id, [])
            if claim.side in told:
                continue
            for part in each_on_its_day(claim, text, report_day=report.day, first_day=self.theatre.first_day):
                part = _distinct(part, len(told))  # noqa: PLW2901
                told.append(part.side)
                by_id[part.id] = frame
                claims.append(part)
        kept = once(with_statement_days(with_lead_days(claims, text), text), report, chosen.bounds)
        for denial, denied in denials(kept, self.reader.attributor.voices(passage, report.outlet), report.id):
            twin = sum(c.trigger == denial.trigger and c.kind is denial.kind for c in kept)
            kept.append(_distinct(denial, twin))
            by_id[kept[-1].id] = by_id[denied.id]
        return [(claim, by_id[claim.id]) for claim in sorted(kept, key=lambda c: c.trigger.start)]

    def _passage(
        self, doc: Doc, text: str, bounds: Sequence[tuple[int, int]], chosen: Sequence[int], mentions: Sequence[Mention]
    ) -> Passage:
        """The text for the readers of attributes: sentences left out so far are parsed when they ask."""
        parsed = set(chosen)

        def sentence(index: int) -> Sentence:
            """The parsed sentence of an index."""
            start, end = bounds[index]
            here = doc if index in parsed else self.parser.parse(text, [bounds[index]], mentions)
            span = here.char_span(start, end, alignment_mode="contract")
            return span if span is not None else here[0:1]

        return Passage(text, bounds, sentence)

    def _claim(self, passage: Passage, frame: Frame, report: Report) -> Claim:
        """A frame with its attributes as a claim."""
        read = self.reader.read(passage, frame, report)
        text = report.text
        sent = text[frame.sent.start_char : frame.sent.end_char]
        start = frame.sent.start_char + len(sent) - len(sent.lstrip())
        return Claim(
            id=claim_id(report.id, frame.start, frame.end, frame.kind),
            report_id=report.id,
            kind=frame.kind,
            side=frame.side,
            places=frame.places,
            trigger=Span.of(text, frame.start, frame.end),
            stance=read.stance,
            hedged=read.hedged,
            failed=frame.failed,
            speaker=read.speaker,
            speaker_side=read.speaker_side,
            date=read.date,
            evidence=read.evidence,
            count=frame.count,
            sentence=Span.of(text, start, frame.sent.start_char + len(sent.rstrip())),
            rule=f"{frame.rule}; {read.rule}" if read.rule else frame.rule,
            via=read.via,
        )


def _distinct(claim: Claim, nth: int) -> Claim:
    """The claim under an id of its own where its trigger has carried `nth` claims of its kind before."""
    span = claim.trigger
    return replace(claim, id=claim_id(claim.report_id, span.start, span.end, claim.kind, nth=nth)) if nth else claim
