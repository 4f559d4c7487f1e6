"""From a folder of reports to a map: every room, in order.

1. read       reports into the store; what cannot be read is set aside
2. extract    claims of the reports this way of reading has not seen
3. locate     the claims' names resolved near the front of the start
4. corroborate  echoes share a witness
5. infer      control of every place and day, with every report (control) and as known on each day (nowcast)
6. draw, tell  maps, brief, tables, layers
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from time import perf_counter

import shapely

from whoholds.errors import NothingUsable, StoreError
from whoholds.infer import MapObservation, ReliabilityRow
from whoholds.model import PlacedClaim
from whoholds.pipeline import outputs
from whoholds.pipeline.areas import area_table, areas_by_day
from whoholds.pipeline.briefed import facts_of
from whoholds.pipeline.estimating import control, days_of, evidence, nowcasted, run_days, table_of
from whoholds.pipeline.gather import LANGUAGES, MAP, Gathered, extract_new, gather
from whoholds.pipeline.ground import Ground, areas_of, front_of, lay_ground
from whoholds.pipeline.judged import respected
from whoholds.pipeline.mapped import drawn_maps, map_names, observations
from whoholds.pipeline.picturing import draw, mesh_of, shapes_of
from whoholds.pipeline.placing import Placed, ReadClaim, place_claims
from whoholds.pipeline.rooms import Rooms, code_of
from whoholds.pipeline.steps import Progress, RunSummary, Watch, unwatched
from whoholds.pipeline.stored import table_of_store
from whoholds.settings import RunSettings
from whoholds.store import Store
from whoholds.tell.series import SeriesTable, flips

PLACING, ESTIMATES = "placing", "estimates"
"""Facts of the store: what its placed claims and its estimates rest on, as hashes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimated:
    """Both series; `n_history` reports bear on neither, `n_maps` maps on both; not `anew` where those kept stand."""

    control: SeriesTable
    nowcast: SeriesTable
    n_history: int
    n_maps: int
    anew: bool


def run(
    paths: Sequence[str | Path],
    *,
    settings: RunSettings,
    store: Store,
    out: Path,
    now: datetime,
    watch: Watch = unwatched,
) -> RunSummary:
    """Read reports, infer who holds what, and write everything to a folder.

    Parameters
    ----------
    paths : sequence of str or Path
        Files and folders of reports; "-" for stdin.
    settings : RunSettings
    store : Store
        Keeps reports and claims; what it holds already is not read again.
    out : Path
        The folder for the files; made if need be.
    now : datetime
        The moment of the run; kept in the store, in no estimate.
    watch : callable
        Told of every step forward.

    Raises
    ------
    NothingUsable
        Every report was set aside, and the store holds none.
    StoreError
        The store is of another theatre.
    GazetteerError, MapError, UnknownTheatre, BadSetting
        The options cannot be used.
    """
    clock = _Clock()
    outputs.make_folder(out)
    with clock("opening"):
        rooms = Rooms.open(settings.theatre, gazetteer=settings.gazetteer, cache=settings.cache)
        bind_theatre(store, rooms.theatre.key)
        ground = lay_ground(rooms, settings)
    with clock("reading"):
        gathered = gather(paths, store=store, theatre=rooms.theatre, watch=watch)
    if not store.view().counts()["reports"]:
        raise nothing_usable(gathered)
    with clock("claims"):
        read = extract_new(rooms, settings, store=store, watch=watch)
    gathered.set_aside += read.set_aside
    with clock("places"):
        place_all(rooms, ground, store=store, watch=watch)
    with clock("control"):
        found = estimate(rooms, ground, settings, store=store, watch=watch)
        series, nowcast = found.control, found.nowcast
    with clock("files"):
        watch(Progress(stage="files", done=0, total=None, unit="files"))
        view = store.view(settings.known_on)
        claims, counts = outputs.told(view.claims()), view.counts()
        files = outputs.write_tables(out, claims, series, nowcast)
    with clock("map"):
        cells = mesh_of(rooms, ground)
        areas = areas_by_day(cells, series, range(len(series.days)))
        files += outputs.write_areas(out, area_table(series.days, areas))
        files += outputs.write_layers(out, series, shapes_of(cells, series, watch=watch))
        files += draw(out, rooms, ground, cells=cells, table=series, known=settings.known_on)
    with clock("brief"):
        shapes = {key: shapely.from_wkb(wkb) for key, wkb in view.areas().items()}
        facts = facts_of(
            rooms,
            ground,
            series,
            claims,
            areas=shapes,
            n_reports=counts["reports"],
            known_on=settings.known_on,
            maps=map_names(view, ground),
            drawn=drawn_maps(view, ground, rooms.theatre),
            areas_of_days=areas,
        )
        files += outputs.write_brief(out, facts, picture=(out / "map.png").read_bytes())
    summary = RunSummary(
        theatre=rooms.theatre.key,
        first_day=series.days[0],
        last_day=series.days[-1],
        known_on=settings.known_on,
        base=ground.base_name,
        n_read=gathered.n_read,
        n_new=gathered.n_new,
        n_new_versions=gathered.n_new_versions,
        n_new_claims=read.n_claims,
        n_reports=counts["reports"],
        n_claims=counts["claims"],
        n_placed=sum(1 for c in claims if c.placed and any(r.best or r.area for r in c.placed.resolutions)),
        n_places=counts["places"],
        n_changed=len(flips(series, rooms.theatre.side_keys)),
        n_history=found.n_history,
        inferred=found.anew,
        set_aside=tuple(gathered.set_aside),
        n_maps=gathered.n_maps,
        n_maps_bearing=found.n_maps,
        languages=gathered.languages,
        seconds=clock.seconds,
        files=outputs.sizes(files),
    )
    with store.writer() as writer:
        writer.add_run(
            inputs=inputs_of(ground, settings),
            settings=plain_settings(settings, ground, series.days),
            summary={"n_reports": summary.n_reports, "n_claims": summary.n_claims, "n_changed": summary.n_changed},
            at=now,
        )
    return summary


def bind_theatre(store: Store, key: str) -> None:
    """Hold a store to one theatre.

    Raises
    ------
    StoreError
        It is of another.
    """
    with store.writer() as writer:
        kept = writer.bind("theatre", key)
    if kept != key:
        raise StoreError(
            f"The store {store.path} holds reports of {kept}, not of {key}.",
            remedy="Give another file with --store, or another folder with -o.",
        )


def place_all(rooms: Rooms, ground: Ground, *, store: Store, watch: Watch = unwatched) -> list[Placed]:
    """Place every claim of the store; what was placed before on the same ground and reading is taken over."""
    view = store.view()
    key = f"{rooms.reading}/{ground.fingerprint}"
    kept = view.kept_resolutions() if view.fact(PLACING) == key else {}
    read = [ReadClaim(claim=c, report=r, version=v) for r, v, claims in view.read_claims() for c in claims]
    unread = [r for r in view.every_report() if r.lang not in LANGUAGES and r.format != MAP]
    front = front_of(ground, rooms.gazetteer)
    placed = place_claims(read, kept, rooms=rooms, front=front, watch=watch, unread=unread)
    with store.writer() as writer:
        writer.put(PLACING, key)
        writer.replace_placed((p.item, p.version) for p in placed)
        shapes = areas_of((p.item for p in placed), rooms)
        writer.replace_areas({k: shapely.to_wkb(s) for k, s in shapes.items()})
        writer.replace_places(zip(ground.nouns, ground.base.tolist(), strict=True))
    return placed


def estimate(
    rooms: Rooms, ground: Ground, settings: RunSettings, *, store: Store, watch: Watch = unwatched
) -> Estimated:
    """Infer control and keep both series; where nothing that bears on them has changed, those kept stand."""
    view = store.view(settings.known_on)
    verdicts, nouns = view.judgements(), {p.id: p for p in ground.nouns}
    placed = respected(view.placed(), verdicts, nouns)
    bearing = evidence(placed, ground.base_day)
    former = evidence(respected(view.former(), verdicts, nouns), ground.base_day)
    replaced = view.replaced_on()
    history = {p.claim.report_id for p in placed} - {p.claim.report_id for p in bearing}
    maps = observations(view, ground, rooms.theatre)
    days = days_of(bearing, settings, ground, rooms.theatre, maps=maps)
    shapes = {key: shapely.from_wkb(wkb) for key, wkb in view.areas().items()}
    key = estimate_key(ground, days, settings, [*bearing, *former], maps, replaced=replaced)
    if store.view().fact(ESTIMATES) == key:
        sides = rooms.theatre.side_keys
        kept = (table_of_store(store.view(), name, ground, sides=sides, days=days) for name in ("control", "nowcast"))
        table, now = next(kept), next(kept)
        return Estimated(control=table, nowcast=now, n_history=len(history), n_maps=len(maps), anew=False)
    watch(Progress(stage="control", done=0, total=None, unit="days"))
    whole = run_days(days[0], days, ground)
    known, theatre = settings.known_on, rooms.theatre
    series = control(ground, whole, bearing, areas=shapes, theatre=theatre, known_on=known, maps=maps)
    table = table_of(series, ground, since=days[0])
    daily = nowcasted(
        ground, whole, bearing, areas=shapes, theatre=theatre, known_on=known, maps=maps, former=former,
        replaced=replaced,
    )  # fmt: skip
    now = table_of(daily, ground, since=days[0])
    with store.writer() as writer:
        writer.replace_estimates("control", estimate_rows(table))
        writer.replace_estimates("nowcast", estimate_rows(now))
        writer.put("reliability", reliability_text(series.reliability))
        writer.put(ESTIMATES, key)
    watch(Progress(stage="control", done=len(days), total=len(days), unit="days"))
    return Estimated(control=table, nowcast=now, n_history=len(history), n_maps=len(maps), anew=True)


def estimate_key(
    ground: Ground,
    days: Sequence[date],
    settings: RunSettings,
    claims: Sequence[PlacedClaim],
    maps: Sequence[MapObservation],
    *,
    replaced: Mapping[date, Collection[str]],
) -> str:
    """What the estimates rest on: the ground, days, every claim as placed, maps, edits, and the code that infers."""
    digest = hashlib.sha256(repr((ground.fingerprint, days[0], days[-1], settings.known_on)).encode())
    digest.update(code_of("whoholds.infer"))
    for claim in claims:
        digest.update(repr(claim).encode())
    digest.update(repr([(day, sorted(ids)) for day, ids in sorted(replaced.items())]).encode())
    for seen in maps:
        digest.update(repr((seen.id, seen.day, seen.known_day, seen.group)).encode())
        digest.update("\n".join(seen.status.tolist()).encode())
    return digest.hexdigest()[:16]


def estimate_rows(table: SeriesTable) -> Iterator[dict[str, object]]:
    """A series as rows of the store."""
    for row in table.rows():
        yield {
            "place_id": row.place_id,
            "day": row.day,
            "status": row.status,
            "probabilities": dict(zip(table.states, row.probabilities, strict=True)),
            "basis": row.basis,
            "n_claims": row.n_claims,
        }


def reliability_text(rows: Sequence[ReliabilityRow]) -> str:
    """What was learned of each group of speakers, as JSON."""
    return json.dumps([asdict(row) for row in rows])


def nothing_usable(gathered: Gathered) -> NothingUsable:
    """The error of a run that found no report at all, with the first reasons."""
    reasons = "\n".join(f"  {s.origin}: {s.problem} {s.remedy}" for s in gathered.set_aside[:10])
    if not gathered.set_aside:
        return NothingUsable("There is no report in what was given.", remedy="Give files or folders with reports.")
    n = len(gathered.set_aside)
    return NothingUsable(
        f"Every report was set aside ({n}):\n{reasons}", remedy="Mend one of them, or give other reports."
    )


def inputs_of(ground: Ground, settings: RunSettings) -> str:
    """What a run rests on beside the reports, as a hash."""
    key = (ground.fingerprint, settings.theatre, settings.first_day, settings.last_day, settings.known_on)
    return hashlib.sha256(repr(key).encode()).hexdigest()[:16]


def plain_settings(settings: RunSettings, ground: Ground, days: Sequence[date]) -> dict[str, str | None]:
    """The options of a run as text, for the record."""
    return {
        "theatre": settings.theatre,
        "gazetteer": str(settings.gazetteer) if settings.gazetteer else None,
        "base": ground.base_name,
        "base_day": str(ground.base_day) if ground.base_day else None,
        "run_from": str(run_days(days[0], days, ground)[0]),
        "first_day": str(days[0]),
        "last_day": str(days[-1]),
        "known_on": str(settings.known_on) if settings.known_on else None,
    }


class _Clock:
    """Wall time by stage [s]."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + perf_counter() - start
