"""Which reports and claims repeat one origin (echoes), so that a witness counts once."""

from whoholds.corroborate.contradictions import Contradiction, Dispute, Standing, contradictions, dispute
from whoholds.corroborate.endings import Drawn, Proof
from whoholds.corroborate.families import DatedText, Echo, Repeats, report_echoes, report_families
from whoholds.corroborate.retellings import common_words
from whoholds.corroborate.translations import FEWEST_MARKS, TRANSLATED_DAYS, is_translation, marks_of
from whoholds.corroborate.witnesses import Heard, normalise_speaker, witnesses

__all__ = [
    "FEWEST_MARKS",
    "TRANSLATED_DAYS",
    "Contradiction",
    "DatedText",
    "Dispute",
    "Drawn",
    "Echo",
    "Heard",
    "Proof",
    "Repeats",
    "Standing",
    "common_words",
    "contradictions",
    "dispute",
    "is_translation",
    "marks_of",
    "normalise_speaker",
    "report_echoes",
    "report_families",
    "witnesses",
]
