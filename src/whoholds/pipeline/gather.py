"""Reports into the store, and the claims of those that are new."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import TypeVar

from whoholds.errors import UnknownDay, WhoholdsError
from whoholds.model import Claim, Report, SetAside, Theatre
from whoholds.pipeline.clocks import known_day
from whoholds.pipeline.placing import BY_HAND
from whoholds.pipeline.rooms import Rooms
from whoholds.pipeline.steps import Progress, Watch
from whoholds.read import read_path
from whoholds.settings import RunSettings
from whoholds.store import Store, version_of

BATCH = 400
"""Reports a transaction: an interrupted run loses no more work than that."""
EVERY = 20
"""Reports between two signs of progress."""
CHUNK = 25
"""Reports handed to a worker at a time."""
WORTH_A_WORKER = 600_000
"""Characters of new reports from which a second process pays: some 10 s of reading; it takes 3 to 5 s to start."""
MOST_WORKERS = 4

T = TypeVar("T")

MAP = "map"
"""The format of a control map among the reports."""
LANGUAGES = frozenset({"en"})
"""Languages claims are taken from."""


@dataclass(slots=True)
class Gathered:
    """What came of the reports."""

    n_read: int = 0
    n_new: int = 0
    n_new_versions: int = 0
    n_claims: int = 0
    n_maps: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)


def gather(paths: Sequence[str | Path], *, store: Store, theatre: Theatre, watch: Watch) -> Gathered:
    """Read reports and keep those the store does not have."""
    gathered = Gathered()
    known = {key[0] for key in store.view().readings()}
    for batch in _batches(_read_all(paths), BATCH):
        with store.writer() as writer:
            for item in batch:
                if isinstance(item, SetAside):
                    gathered.set_aside.append(item)
                    continue
                try:
                    day = known_day(item, theatre)
                except UnknownDay as error:
                    gathered.set_aside.append(set_aside(item.origin or item.id, error))
                    continue
                gathered.n_read += 1
                if item.format == MAP:
                    gathered.n_maps += 1
                elif item.lang not in LANGUAGES:
                    gathered.languages[item.lang] = gathered.languages.get(item.lang, 0) + 1
                if writer.add_report(item, known_day=day):
                    gathered.n_new += item.id not in known
                    gathered.n_new_versions += item.id in known
                    known.add(item.id)
            writer.add_set_aside(gathered.set_aside)
        watch(Progress(stage="reading", done=gathered.n_read, total=None, unit="reports"))
    return gathered


def extract_new(rooms: Rooms, settings: RunSettings, *, store: Store, watch: Watch) -> Gathered:
    """Take the claims of every report that this way of reading has not seen."""
    gathered = Gathered()
    view = store.view()
    done = view.readings()
    new = (r for r in view.every_report() if done.get((r.id, version_of(r))) != rooms.reading)
    waiting = [r for r in new if r.format != BY_HAND]
    if not waiting:
        return gathered
    n = 0
    with _reader(rooms, settings, sum(len(r.text) for r in waiting)) as read:
        for batch in _batches(read(waiting), BATCH):
            with store.writer() as writer:
                for report, claims, problem in batch:
                    n += 1
                    if n % EVERY == 0:
                        watch(Progress(stage="claims", done=n, total=len(waiting), unit="reports"))
                    if problem is not None:
                        gathered.set_aside.append(problem)
                        writer.add_set_aside([problem])
                        continue
                    gathered.n_claims += writer.add_claims(report, claims, reading=rooms.reading)
            watch(Progress(stage="claims", done=n, total=len(waiting), unit="reports"))
    return gathered


def set_aside(origin: str, error: Exception) -> SetAside:
    """An error as the note that a report was set aside."""
    if isinstance(error, WhoholdsError):
        return SetAside(origin=origin, error=type(error).__name__, problem=error.problem, remedy=error.remedy)
    return SetAside(
        origin=origin,
        error=type(error).__name__,
        problem=f"Reading its claims failed: {error}",
        remedy="Please report it with the text; every other report was read.",
    )


def _read_all(paths: Sequence[str | Path]) -> Iterator[Report | SetAside]:
    """Every report under the paths; a path that cannot be read is set aside."""
    for path in paths:
        try:
            yield from read_path(path)
        except WhoholdsError as error:
            yield set_aside(str(path), error)


Read = tuple[Report, list[Claim], SetAside | None]


@contextmanager
def _reader(
    rooms: Rooms, settings: RunSettings, n_characters: int
) -> Iterator[Callable[[list[Report]], Iterator[Read]]]:
    """A function from reports to their claims, in their order, in as many processes as pay."""
    workers = settings.workers or (min(cpu_count() or 1, MOST_WORKERS) if n_characters >= WORTH_A_WORKER else 1)
    if workers == 1:
        yield lambda reports: _claims_of(rooms, reports)
        return
    # Spawned, not forked: the progress display has a thread.
    pool: Executor = ProcessPoolExecutor(
        workers,
        mp_context=get_context("spawn"),
        initializer=_start_worker,
        initargs=(settings.theatre, settings.gazetteer, settings.cache),
    )
    with pool:

        def read(reports: list[Report]) -> Iterator[Read]:
            # The bytes are not needed to find claims, and would be copied to the worker and back.
            bare = (replace(r, original=b"", segments=()) for r in reports)
            for found in pool.map(_work, _batches(bare, CHUNK)):
                yield from found

        yield read


_rooms: list[Rooms] = []


def _start_worker(theatre: str, gazetteer: Path | None, cache: Path) -> None:
    """Open the rooms once a process."""
    _rooms[:] = [Rooms.open(theatre, gazetteer=gazetteer, cache=cache)]
    # Gazetteer and theatre stay to the end: not looked through again at every collection of garbage.
    _rooms[0].open_readers()
    gc.freeze()


def _work(reports: list[Report]) -> list[Read]:
    """The claims of reports, in a worker."""
    return list(_claims_of(_rooms[0], reports))


def _claims_of(rooms: Rooms, reports: Iterable[Report]) -> Iterator[Read]:
    """The claims of reports, some read together; whatever goes wrong stays with its report (law 6)."""
    for some in _batches(reports, CHUNK):
        done = 0
        try:
            english = [report for report in some if report.lang in LANGUAGES]
            found = rooms.claims_of(english)
            for report in some:
                claims = next(found) if report.lang in LANGUAGES else []
                yield report, claims, None
                done += 1
        except Exception:
            # One of them cannot be read: each of the rest by itself.
            for report in some[done:]:
                yield _read_alone(rooms, report)


def _read_alone(rooms: Rooms, report: Report) -> Read:
    """The claims of a report, or why it has none."""
    if report.lang not in LANGUAGES:
        return report, [], None
    try:
        return report, rooms.claims(report), None
    except Exception as error:
        return report, [], set_aside(report.origin or report.id, error)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of up to so many."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
