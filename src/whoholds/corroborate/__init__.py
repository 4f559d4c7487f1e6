"""Which reports and claims repeat one origin (echoes), so that a witness counts once."""

from whoholds.corroborate.contradictions import Contradiction, Dispute, Standing, contradictions, dispute
from whoholds.corroborate.families import DatedText, report_families
from whoholds.corroborate.witnesses import Heard, normalise_speaker, witnesses

__all__ = [
    "Contradiction",
    "DatedText",
    "Dispute",
    "Heard",
    "Standing",
    "contradictions",
    "dispute",
    "normalise_speaker",
    "report_families",
    "witnesses",
]
