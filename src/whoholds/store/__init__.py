"""What is kept: reports, claims, places, estimates, judgements and runs, in one SQLite file.

Two clocks: `Store.view(as_known_on=DAY)` sees nothing that was known later.
"""

from whoholds.store.codec import version_of
from whoholds.store.columns import EstimateColumns
from whoholds.store.store import Store
from whoholds.store.view import KeptClaim, KeptReport, Removed, View
from whoholds.store.writer import Writer

__all__ = ["EstimateColumns", "KeptClaim", "KeptReport", "Removed", "Store", "View", "Writer", "version_of"]
