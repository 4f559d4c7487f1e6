"""What a run tells while it goes on, and when it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from whoholds.model import SetAside


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """So much of a stage is done; `total` is None while nobody knows."""

    stage: str
    done: int
    total: int | None
    unit: str


Watch = Callable[[Progress], None]


def unwatched(progress: Progress) -> None:
    """Nobody looks."""
    del progress


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFile:
    """A file a run has written."""

    path: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """One screen about a run.

    Attributes
    ----------
    n_read : int
        Reports read this time, again or for the first time; set-aside ones not counted.
    n_new, n_new_versions : int
        Reports the store did not have, and new versions of ones it had.
    n_new_claims : int
    n_reports, n_claims, n_placed : int
        In the store now: standing reports, their claims, and how many of these have a place that was resolved.
    n_places : int
        Places control is inferred for.
    n_changed : int
        Places whose side at the end differs from the start.
    n_history : int
        Reports published no later than the base map's day: kept, but not evidence.
    n_maps, n_maps_bearing : int
        Control maps among the reports of this time; maps of the store that bear on the estimates.
    languages : dict of str to int
        Reports by language that this version cannot take claims from.
    inferred : bool
        False where nothing had changed since the last run, so that its estimates stand.
    seconds : dict of str to float
        Wall time by stage [s].
    """

    theatre: str
    first_day: date | None
    last_day: date | None
    known_on: date | None
    base: str | None
    n_read: int
    n_new: int
    n_new_versions: int
    n_new_claims: int
    n_reports: int
    n_claims: int
    n_placed: int
    n_places: int
    n_changed: int
    n_history: int
    set_aside: tuple[SetAside, ...]
    n_maps: int = 0
    n_maps_bearing: int = 0
    languages: dict[str, int] = field(default_factory=dict)
    inferred: bool = True
    seconds: dict[str, float] = field(default_factory=dict)
    files: tuple[WrittenFile, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 all, 1 some reports set aside."""
        return 1 if self.set_aside else 0
