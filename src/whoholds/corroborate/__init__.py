"""Which reports and claims repeat one origin (echoes), so that a witness counts once."""

from whoholds.corroborate.contradictions import Contradiction, Dispute, Standing, contradictions, dispute
from whoholds.corroborate.endings import Drawn, Proof
from whoholds.corroborate.families import DatedText, Echo, Repeats, report_echoes, report_families
from whoholds.corroborate.retellings import common_words
from whoholds.corroborate.witnesses import Heard, normalise_speaker, witnesses

__all__ = [
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
    "normalise_speaker",
    "report_echoes",
    "report_families",
    "witnesses",
]
