"""The map picture: what is drawn where, in which colour, with which words."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from matplotlib.figure import Figure
from PIL import Image
from shapely.geometry import LineString, box

from whoholds.draw import (
    Backdrop,
    Situation,
    draw_map,
    film_bytes,
    film_frames,
    frame_of,
    headline,
    picture_bytes,
    save_film,
    save_picture,
    window_of,
)
from whoholds.draw import colours as palette
from whoholds.draw.names import town_rows
from whoholds.errors import BadSetting
from whoholds.geometry import Mesh, mesh
from whoholds.model import Side

SIDES = (
    Side(key="UA", name="Ukraine", colour="#0072b2"),
    Side(key="RU", name="Russia", colour="#d55e00"),
)
SPOTS = np.array([[x, y] for y in np.linspace(49.1, 50.2, 10) for x in np.linspace(36.1, 37.9, 10)])
OUTLINE = box(36, 49, 38, 50.3)
GROUND: Mesh = mesh(SPOTS, OUTLINE)
NAMES = [f"Village {number}" for number in range(100)]
POPULATION = np.where(np.arange(100) % 7 == 0, 20_000, 300)


def situation(
    day: int, edge: float, *, sure: float = 1.0, basis: str = "carried", statuses: np.ndarray | None = None
) -> Situation:
    """The east beyond a meridian is Russian-held."""
    held = np.where(SPOTS[:, 0] > edge, "RU", "UA") if statuses is None else statuses
    keys = ("UA", "contested", "RU")
    chance = np.full((100, 3), (1 - sure) / 2)
    chance[np.arange(100), [keys.index(status) if status in keys else 0 for status in held]] = sure
    return Situation.of(
        day=date(2022, 9, day), known_day=date(2022, 9, day), lonlat=SPOTS, statuses=held, names=NAMES,
        population=POPULATION, keys=keys, probabilities=chance, basis=[basis] * 100, ids=np.arange(100),
    )  # fmt: skip


FIRST, LAST = situation(5, 36.8), situation(11, 37.4)


def words_of(figure: Figure) -> list[str]:
    """Every text on the page."""
    texts = [text.get_text() for text in figure.texts]
    texts += [text.get_text() for axes in figure.axes for text in axes.texts]
    return texts + [text.get_text() for legend in figure.legends for text in legend.get_texts()]


def colour_at(figure: Figure, lon: float, lat: float) -> tuple[int, int, int]:
    """The most common colour around a spot of the map."""
    image = np.asarray(Image.open(io.BytesIO(picture_bytes(figure))).convert("RGB"))
    ratio = 10 * 0.96 / (8.4 * (1 - 0.105 - 0.115))
    window = frame_of(GROUND, LAST, extent=(36.0, 49.0, 38.0, 50.3), ratio=ratio)
    xy = window.plane.forward([[lon, lat]])[0]
    x, y = figure.axes[0].transData.transform(xy)
    row, column = image.shape[0] - int(y), int(x)
    patch = image[row - 6 : row + 7, column - 6 : column + 7].reshape(-1, 3)
    colours, count = np.unique(patch, axis=0, return_counts=True)
    red, green, blue = (int(value) for value in colours[np.argmax(count)])
    return red, green, blue


def rgb(colour: str) -> tuple[int, int, int]:
    """A hexadecimal colour as numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def test_ground_has_the_colour_of_its_side_paler_where_unsure() -> None:
    for sure, number in ((1.0, 0), (0.8, 1), (0.5, 2)):
        figure = draw_map(GROUND, situation(11, 37.4, sure=sure), sides=SIDES, extent=(36.0, 49.0, 38.0, 50.3))
        assert colour_at(figure, 36.62, 49.53) == pytest.approx(rgb(palette.tint("#0072b2", number)), abs=2)
        assert colour_at(figure, 37.83, 49.53) == pytest.approx(rgb(palette.tint("#d55e00", number)), abs=2)


def test_words_say_the_day_the_known_day_and_what_changed() -> None:
    figure = draw_map(GROUND, LAST, before=FIRST, sides=SIDES, attribution="Places: made up.")
    words = words_of(figure)
    assert any("11 September 2022" in word and "as known on" in word and "5 September" in word for word in words)
    assert any("places taken by Ukraine in 6 days" in word for word in words)
    assert "Places: made up." in words
    assert "Taken by Ukraine since 5 Sep" in words
    assert "Front line" in words
    assert any(word.endswith(" km") for word in words)


def test_the_legend_has_only_what_is_shown() -> None:
    plain = words_of(draw_map(GROUND, LAST, sides=SIDES))
    assert not {"Contested", "Unknown", "Named in a report", "Inferred from neighbours or a region"} & set(plain)
    mixed = LAST.statuses.astype("<U9").copy()
    mixed[:3], mixed[3:5] = "contested", "unknown"
    full = words_of(draw_map(GROUND, situation(11, 0, statuses=mixed, basis="observed"), sides=SIDES))
    assert {"Contested", "Unknown", "Named in a report"} <= set(full)


def test_names_do_not_overlap_and_stay_inside() -> None:
    figure = draw_map(GROUND, LAST, before=FIRST, sides=SIDES)
    axes = figure.axes[0]
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    boxes = [text.get_window_extent(renderer) for text in axes.texts if text.get_text().startswith("Village")]
    assert len(boxes) >= 10
    frame = axes.get_window_extent(renderer)
    for number, one in enumerate(boxes):
        assert frame.x0 <= one.x0
        assert one.x1 <= frame.x1
        assert not any(one.overlaps(other) for other in boxes[number + 1 :])


def test_large_towns_are_named_first_and_suburbs_not_at_all() -> None:
    window = frame_of(GROUND, LAST, extent="all")
    rows = town_rows(window, LAST, None)
    assert set(rows[: len(rows)]) == set(np.flatnonzero(np.arange(100) % 7 == 0))
    near = LAST.lonlat.copy()
    near[1] = near[0] + 0.01
    people = [500_000, 20_000, *[300] * 98]
    beside = Situation.of(day=LAST.day, lonlat=near, statuses=LAST.statuses, names=NAMES, population=people)
    assert town_rows(window, beside, None) == [0]


def test_the_frame_goes_to_where_things_change() -> None:
    moved = FIRST.statuses.copy()
    moved[SPOTS[:, 1] < 49.4] = "UA"
    window = frame_of(GROUND, situation(11, 0, statuses=moved), before=FIRST)
    _, south, _, north = window.degrees
    assert south < 49.2
    assert north < 50.1
    along = frame_of(GROUND, LAST, extent="front").degrees
    assert along[0] < 37.4 < along[2]
    still = situation(11, 0, statuses=np.full(100, "UA"))
    assert frame_of(GROUND, still, before=still).degrees[0] <= 36.0


def test_headlines() -> None:
    sides = {side.key: side for side in SIDES}
    assert headline(GROUND, FIRST, FIRST, sides) == "No place changes hands in 0 days"
    assert headline(GROUND, FIRST, None, sides) == "Who holds what"
    assert headline(GROUND, FIRST, None, sides, default_side="UA").startswith("Russia: 12,500 km², 60%")


def test_a_headline_with_gains_on_both_sides() -> None:
    swapped = FIRST.statuses.copy()
    swapped[[4, 5]], swapped[[0, 1, 2]] = "UA", "RU"
    words = headline(GROUND, situation(11, 0, statuses=swapped), FIRST, {side.key: side for side in SIDES})
    assert words.endswith("in 6 days")
    assert "taken by Russia" in words
    assert "by Ukraine" in words


def test_too_many_rings_are_thinned_to_what_changed() -> None:
    spots = np.column_stack([axis.ravel() for axis in np.meshgrid(np.linspace(36, 38, 40), np.linspace(49, 50.3, 30))])
    ground = mesh(spots, box(35.9, 48.9, 38.1, 50.4))
    held = np.where(spots[:, 0] > 37, "RU", "UA")
    days = [
        Situation.of(day=date(2022, 9, day), lonlat=spots, statuses=statuses, basis=["inferred"] * len(spots))
        for day, statuses in ((5, held), (11, np.where(np.arange(len(spots)) < 20, "RU", held)))
    ]
    figure = draw_map(ground, days[1], before=days[0], sides=SIDES, extent=(35.9, 48.9, 38.1, 50.4))
    assert sum(len(np.asarray(part.get_offsets())) for part in figure.axes[0].collections) == 20
    alone = draw_map(ground, days[1], sides=SIDES, extent=(35.9, 48.9, 38.1, 50.4))
    assert 300 < sum(len(np.asarray(part.get_offsets())) for part in alone.axes[0].collections) <= len(spots)


def test_the_same_map_is_the_same_file_and_can_be_read(tmp_path: Path) -> None:
    figures = [draw_map(GROUND, LAST, before=FIRST, sides=SIDES) for _ in range(2)]
    svg = [picture_bytes(figure, kind="svg") for figure in figures]
    png = [picture_bytes(figure) for figure in figures]
    assert svg[0] == svg[1]
    assert png[0] == png[1]
    title = ET.fromstring(svg[0]).find(".//{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert "taken by Ukraine" in str(title.text)
    with Image.open(save_picture(figures[0], tmp_path / "map.png")) as image:
        assert image.size == (1600, 1344)
    assert save_picture(figures[0], tmp_path / "map.svg").stat().st_size > 10_000
    with pytest.raises(BadSetting, match="bmp"):
        save_picture(figures[0], tmp_path / "map.bmp")


def test_backdrop_borders_regions_and_countries() -> None:
    back = Backdrop(
        land=box(38, 48, 42, 52),
        borders=(LineString([(38, 49), (38, 50.3)]),),
        regions=(("West", box(36, 49, 37, 50.3)), ("East", box(37, 49, 38, 50.3))),
        countries=(("Neighbour", box(38, 48, 42, 52)),),
    )
    words = words_of(draw_map(GROUND, LAST, sides=SIDES, backdrop=back, extent=(36, 49, 40, 50.5)))
    flat = {word.replace("\u200a", "") for word in words}
    assert {"WEST", "NEIGHBOUR"} <= flat


def test_a_theatre_of_four_sides_and_a_day_on_which_nothing_is_known() -> None:
    colours = {"A": "#0072b2", "B": "#d55e00", "C": "#009e73", "D": "#cc79a7"}
    four = tuple(Side(key=key, name=key, colour=colour) for key, colour in colours.items())
    held = np.array(["A", "B", "C", "D"])[np.arange(100) % 4]
    one = Situation.of(day=date(2016, 12, 1), lonlat=SPOTS, statuses=held, names=NAMES)
    assert {"Held by A", "Held by D"} <= set(words_of(draw_map(GROUND, one, sides=four)))
    lone = Situation.of(day=date(2016, 12, 1), lonlat=SPOTS, statuses=np.full(100, "unknown"))
    assert "Unknown" in words_of(draw_map(GROUND, lone, sides=four))


def test_a_situation_of_other_places_is_refused() -> None:
    with pytest.raises(BadSetting, match="100 cells"):
        draw_map(GROUND, Situation.of(day=date(2022, 9, 1), lonlat=SPOTS[:3], statuses=["UA"] * 3), sides=SIDES)
    with pytest.raises(BadSetting, match="names"):
        Situation.of(day=date(2022, 9, 1), lonlat=SPOTS[:3], statuses=["UA"] * 3, names=["a"])
    with pytest.raises(BadSetting, match="Probabilities"):
        Situation.of(
            day=date(2022, 9, 1), lonlat=SPOTS[:3], statuses=["UA"] * 3, probabilities=[[1.0]] * 3, keys=("UA", "RU")
        )


def test_a_film_has_a_picture_a_day(tmp_path: Path) -> None:
    days = [FIRST, situation(8, 37.1), LAST]
    window = window_of(GROUND, FIRST, LAST)
    path = save_film(film_frames(GROUND, days, sides=SIDES, window=window), tmp_path / "film.gif")
    with Image.open(path) as film:
        assert film.n_frames == 3  # type: ignore[attr-defined]
        assert film.size == (1000, 840)
        film.seek(2)
        assert film.info["duration"] == 3000
    with pytest.raises(BadSetting, match="at least one day"):
        film_bytes([])
    with pytest.raises(BadSetting, match="mov"):
        save_film([], tmp_path / "film.mov")


@pytest.mark.parametrize("blindness", ["none", "protan", "deutan", "tritan"])
def test_tints_of_the_two_sides_are_told_apart_by_every_eye(blindness: str) -> None:
    blue, orange = ([palette.tint(colour, number) for number in range(3)] for colour in ("#0072b2", "#d55e00"))
    assert palette.distance_as_seen(blue[0], orange[0], blindness=blindness) > 25
    for tints in (blue, orange):
        for paler, darker in ((tints[1], tints[0]), (tints[2], tints[1])):
            assert palette.distance_as_seen(paler, darker, blindness=blindness) > 6


def test_places_beyond_the_outline_bear_no_ring() -> None:
    spots = SPOTS.copy()
    spots[9] = (38.3, 49.1)
    out = Situation.of(day=date(2022, 9, 1), lonlat=spots, statuses=np.full(100, "UA"), basis=["inferred"] * 100)
    figure = draw_map(mesh(spots, OUTLINE), out, sides=SIDES, extent=(36.0, 49.0, 38.5, 50.3))
    rings = [len(shapely.points(part.get_offsets())) for part in figure.axes[0].collections]
    assert rings == [99]


def test_names_and_legend_stay_where_they_are_in_a_film() -> None:
    """From picture to picture only the ground changes; alone, each would name other places."""
    window = window_of(GROUND, FIRST, LAST)

    def set_names(day: Situation, film: tuple[Situation, Situation] | None) -> list[tuple[str, tuple[float, float]]]:
        figure = draw_map(GROUND, day, sides=SIDES, before=FIRST, frame=window, film=film)
        legend = [(text.get_text(), (0.0, 0.0)) for text in figure.legends[0].get_texts()]
        return [(text.get_text(), text.get_position()) for text in figure.axes[0].texts] + legend

    middle = situation(8, 37.1, basis="observed")
    assert set_names(middle, (FIRST, LAST)) == set_names(LAST, (FIRST, LAST))
    assert set_names(middle, None) != set_names(LAST, None)


def test_a_long_headline_is_set_smaller() -> None:
    """Sides have long names in some wars."""
    figure = draw_map(GROUND, LAST, sides=SIDES, title="taken by the Council of All " * 6)
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    (headline,) = (text for text in figure.texts if text.get_text().startswith("taken by"))
    assert headline.get_window_extent(renderer).x1 <= figure.bbox.width


def test_the_sea_is_no_land_where_neighbours_are_known() -> None:
    """Also where none of them lies in the window."""
    far = Backdrop(land=box(60, 49, 61, 50))
    one, other = (
        draw_map(GROUND, LAST, sides=SIDES, extent=(36.0, 49.0, 38.0, 50.3), backdrop=b).axes[0].get_facecolor()
        for b in (far, Backdrop())
    )
    assert one != other
