"""Everything about a frame but its facts: who says it, how sure, when, and what is shown, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from whoholds.extract.attribution import Attributor
from whoholds.extract.cues import Cues, english_cues
from whoholds.extract.dates import day_of
from whoholds.extract.evidence import evidence_of
from whoholds.extract.stance import judge
from whoholds.model import EvidenceType, Kind, Span, Stance

if TYPE_CHECKING:
    from whoholds.extract.frame import Frame
    from whoholds.extract.passage import Passage
    from whoholds.model import Report, Theatre

# "The next day" and the year of a date go back at most this many characters: some five sentences.
_TOLD_BEFORE = 800


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The attributes of a claim that are not its facts; `rule` names how the speaker was found."""

    speaker: Span | None
    speaker_side: str | None
    stance: Stance
    hedged: bool
    date: date | None
    evidence: EvidenceType
    rule: str
    via: Span | None = None


class Reader:
    """Reads speaker, stance, day and evidence of frames.

    Parameters
    ----------
    theatre
        Whose people, offices, outlets and groups belong to which side.
    cues
        The words of saying and doubting; the packaged English ones by default.
    """

    def __init__(self, theatre: Theatre, *, cues: Cues | None = None) -> None:
        self.theatre = theatre
        self.cues = cues or english_cues()
        self.attributor = Attributor(theatre, cues=self.cues)

    def read(self, passage: Passage, frame: Frame, report: Report) -> Reading:
        """The attributes of one frame of a report.

        Parameters
        ----------
        passage
            The report's text with its sentences, parsed when asked for.
        frame
            What is said.
        report
            For its outlet, its day (the anchor of "Saturday") and its parts.
        """
        doc = frame.sent.doc
        attribution = self.attributor.attribute(passage, frame, outlet=report.outlet, parts=report.parts)
        judged = judge(doc, frame, attribution, cues=self.cues)
        # a post embedded in an article is anchored on its own day
        posted = next((p.day for p in report.parts if p.day and p.start <= frame.start < p.end), None)
        day = day_of(
            frame.sent,
            doc[frame.i],
            posted or report.day,
            speech=[doc[i] for i in attribution.verbs],
            first_day=self.theatre.first_day,
            future=judged.stance is Stance.PREDICTED,
            lasting=frame.kind is Kind.HOLD,
            before=passage.text[max(0, frame.sent.start_char - _TOLD_BEFORE) : frame.sent.start_char],
        )
        return Reading(
            speaker=attribution.speaker,
            speaker_side=attribution.speaker_side,
            stance=judged.stance,
            hedged=judged.hedged,
            date=day,
            evidence=evidence_of(passage.text, frame, attribution, parts=report.parts, cues=self.cues),
            rule=attribution.rule,
            via=attribution.via,
        )
