"""The ledgers: counts, distances, open predictions, movements and speakers' records, each a list of plain rows."""

from whoholds.tell.ledgers.counts import CountRow, count_ledger
from whoholds.tell.ledgers.disputes import camp_in_words, dispute_in_words
from whoholds.tell.ledgers.distances import DistanceRow, distance_ledger
from whoholds.tell.ledgers.movements import MovementRow, movement_ledger
from whoholds.tell.ledgers.outlook import OutlookRow, Resolved, outlook_ledger
from whoholds.tell.ledgers.records import RecordRow, record_ledger, wilson

__all__ = [
    "CountRow",
    "DistanceRow",
    "MovementRow",
    "OutlookRow",
    "RecordRow",
    "Resolved",
    "camp_in_words",
    "count_ledger",
    "dispute_in_words",
    "distance_ledger",
    "movement_ledger",
    "outlook_ledger",
    "record_ledger",
    "wilson",
]
