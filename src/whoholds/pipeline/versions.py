"""Reports that their outlet edited or took back: their versions, and what rested on an older one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import shapely

from whoholds.errors import UnknownReport
from whoholds.infer import ControlSeries, infer
from whoholds.model import Claim, Place, PlacedClaim
from whoholds.pipeline.estimating import evidence
from whoholds.pipeline.judged import respected
from whoholds.pipeline.questions import theatre_of
from whoholds.pipeline.stored import ground_of_store, last_run
from whoholds.store import KeptReport, View
from whoholds.tell.series import day_range

MOVED = 0.01
"""A probability that differs by less is taken to be the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMoved:
    """A place whose estimate of the run's last day would be another had the older version stood."""

    place: Place
    before: str
    after: str
    p_before: Mapping[str, float]
    p_after: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What an edit did.

    Attributes
    ----------
    old, new : KeptReport
        `new` counts from its known day on.
    gone, fresh : tuple of Claim
        Claims only the old version makes, and only the new one.
    kept : int
        Claims both make.
    moved : tuple of PlaceMoved
        Places whose estimate rested on the difference, those that moved most first.
    """

    old: KeptReport
    new: KeptReport
    gone: tuple[Claim, ...]
    fresh: tuple[Claim, ...]
    kept: int
    moved: tuple[PlaceMoved, ...]


def edited_reports(view: View) -> list[list[KeptReport]]:
    """Reports with more than one version, each oldest version first, by the day the newest became known."""
    ids = sorted({ident for ident, _ in view.readings()})
    found = [versions for ident in ids if len(versions := view.versions(ident)) > 1]
    return sorted(found, key=lambda versions: (versions[-1].known_day, versions[-1].report.id))


def edits(view: View, report_id: str) -> list[Edited]:
    """What each edit of a report changed, the oldest first; empty where it was never edited.

    The run's inference is done again with the older version in place of the standing one.

    Raises
    ------
    UnknownReport
        The store has no such report.
    StoreError
        Nothing was run on this store yet.
    """
    versions = view.versions(report_id)
    if not versions:
        raise UnknownReport(
            f"There is no report {report_id!r} in the store.", remedy="See `whoholds reports` for the ids."
        )
    made = [{p.claim.id: p for p in view.placed_of(report_id, v.version)} for v in versions]
    out = []
    for at in range(1, len(versions)):
        old, new = made[at - 1], made[at]
        same = {i for i in old if i in new and _content(old[i]) == _content(new[i])}
        gone = [p.claim for i, p in old.items() if i not in same]
        fresh = [p.claim for i, p in new.items() if i not in same]
        moved = _moved(view, report_id, list(old.values())) if at == len(versions) - 1 and (gone or fresh) else ()
        out.append(
            Edited(
                old=versions[at - 1], new=versions[at], gone=tuple(gone), fresh=tuple(fresh), kept=len(same),
                moved=moved,
            )
        )  # fmt: skip
    return out


def _content(placed: PlacedClaim) -> tuple[object, ...]:
    """What a claim says, wherever it stands in the text."""
    claim = placed.claim
    bare = replace(claim, sentence=claim.trigger, rule="")
    return bare, tuple(r.best.place_id if r.best else r.area for r in placed.resolutions), placed.valid_day


def _moved(view: View, report_id: str, old: Sequence[PlacedClaim]) -> tuple[PlaceMoved, ...]:
    """Places whose estimate differs between the two versions on the run's last day."""
    standing = view.placed()
    now = _series(view, standing)
    # The old version would have counted from its own day on, in place of the new one.
    then = _series(view, [*(p for p in standing if p.claim.report_id != report_id), *old])
    places = {p.id: p for p, _ in view.places()}
    found = []
    for row, place_id in enumerate(now.places.ids.tolist()):
        p_then, p_now = then.prob[row, -1], now.prob[row, -1]
        if abs(p_then - p_now).max() >= MOVED:
            found.append(
                PlaceMoved(
                    place=places[place_id], before=then.states[int(p_then.argmax())],
                    after=now.states[int(p_now.argmax())],
                    p_before=dict(zip(then.states, map(float, p_then), strict=True)),
                    p_after=dict(zip(now.states, map(float, p_now), strict=True)),
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda m: (-max(abs(m.p_after[s] - m.p_before[s]) for s in m.p_after), m.place.id)))


def _series(view: View, claims: Sequence[PlacedClaim]) -> ControlSeries:
    """Control from these claims, as the last run infers it."""
    settings, ground = last_run(view), ground_of_store(view)
    placed = respected(
        sorted(claims, key=lambda p: (p.known_day, p.claim.id)), view.judgements(), {p.id: p for p in ground.nouns}
    )
    days = day_range(date.fromisoformat(settings["run_from"]), date.fromisoformat(settings["last_day"]))
    areas = {key: shapely.from_wkb(wkb) for key, wkb in view.areas().items()}
    return infer(
        ground.places, days, ground.base.tolist(), evidence(placed, ground.base_day), areas=areas,
        theatre=theatre_of(view), known_on=view.as_known_on,
    )  # fmt: skip
