"""What a run is told: one frozen object, built where the user is (cli, serve) and passed down."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from whoholds.errors import BadSetting

DEFAULT_THEATRE = "ukraine-2022"
CACHE_VARIABLE = "WHOHOLDS_CACHE"
STORE_NAME = "whoholds.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSettings:
    """The options of a run.

    Attributes
    ----------
    theatre : str
        Key of a packaged theatre, or path of a theatre file.
    gazetteer : Path, optional
        A gazetteer file; the packaged one of 500 people and more where missing.
    base : tuple of Path
        The files of one control map, holding at the end of `base_day`; without, the theatre's line at the start.
    base_day : date, optional
        The day the base shows; read off the map or its name where missing.
    first_day, last_day : date, optional
        The days inferred; the day after the base (or the first report) and the last report's day where missing.
    known_on : date, optional
        Leave out whatever became known later.
    workers : int
        Processes that read reports; 0 for as many as pay.
    cache : Path
        Where the packaged gazetteer is kept once made.
    """

    theatre: str = DEFAULT_THEATRE
    gazetteer: Path | None = None
    base: tuple[Path, ...] = ()
    base_day: date | None = None
    first_day: date | None = None
    last_day: date | None = None
    known_on: date | None = None
    workers: int = 0
    cache: Path

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise BadSetting(
                f"--to {self.last_day} lies before --from {self.first_day}.", remedy="Give the earlier day as --from."
            )
        if self.base_day and not self.base:
            raise BadSetting("--base-date is given without --base.", remedy="Give the map with --base MAP.")
        if self.base_day and self.last_day and self.last_day <= self.base_day:
            raise BadSetting(
                f"--to {self.last_day} does not lie after the base map's day {self.base_day}.",
                remedy="Choose an earlier map with --base, or a later --to.",
            )
        if self.workers < 0:
            raise BadSetting(
                f"{self.workers} workers are not possible.", remedy="Give 1 or more, or 0 to leave it open."
            )


def cache_folder(environment: Mapping[str, str] | None = None) -> Path:
    """The folder for what is made once: WHOHOLDS_CACHE, else the user's cache.

    >>> cache_folder({"WHOHOLDS_CACHE": "/tmp/w"}).as_posix()
    '/tmp/w'
    """
    known = os.environ if environment is None else environment
    if known.get(CACHE_VARIABLE):
        return Path(known[CACHE_VARIABLE])
    home = known.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "whoholds"
