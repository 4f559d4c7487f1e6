"""A gazetteer of a few real places, built once, and a theatre small enough to read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from whoholds.locate import Finder, Gazetteer, Resolver, build, open_gazetteer
from whoholds.model import Area, Border, Side, Theatre

# id, name, other names, lat, lon, feature, admin code, population
PLACES = (
    (703448, "Kyiv", "Kiev,Киев,Київ", 50.45466, 30.5238, "PPLC", "12", 2797553),
    (706483, "Kharkiv", "Kharkov,Харків,Харьков", 49.98081, 36.25272, "PPLA", "07", 1433886),
    (709717, "Donetsk", "Донецк,Донецьк", 48.023, 37.80224, "PPLA", "05", 901645),
    (702658, "Luhansk", "Lugansk,Луганск,Луганськ", 48.56705, 39.31706, "PPLA", "14", 452000),
    (706448, "Kherson", "Херсон", 46.63542, 32.61687, "PPLA", "08", 283649),
    (707292, "Izyum", "Izium,Изюм,Ізюм", 49.2128, 37.2583, "PPLA2", "07", 45884),
    (703656, "Kupyansk", "Kupiansk,Куп'янськ,Купянск", 49.71003, 37.61581, "PPLA2", "07", 27169),
    (712702, "Balakliya", "Балаклея,Балаклія", 49.45676, 36.83889, "PPLA3", "07", 28400),
    (713174, "Bakhmut", "Artemivsk,Artemovsk,Бахмут,Артемівськ,Артемовск", 48.59460, 38.00064, "PPLA2", "05", 73212),
    (705497, "Kodema", "Кодема", 48.4906, 38.0816, "PPL", "05", 500),
    (704204, "Lyman", "Krasnyy Lyman,Лиман,Красный Лиман", 48.99012, 37.80843, "PPLA3", "05", 20066),
    (703071, "Lyman", "Лиман", 49.59358, 36.46548, "PPL", "07", 4008),
    (703075, "Lyman", "Лиман", 45.90136, 29.96774, "PPL", "17", 153),
    (1000001, "Zarichne", "Зарічне", 48.9900, 37.9500, "PPL", "05", 0),
    (1000002, "Zarichne", "Зарічне", 46.7000, 32.5000, "PPL", "08", 9000),
    (1000003, "Zarichne", "Зарічне", 48.4800, 38.2200, "PPL", "05", 90),
    (702989, "Lyptsi", "Липці,Липцы", 50.2089, 36.4361, "PPL", "07", 4200),
    (1000004, "Chasiv Yar", "Часів Яр,Часов Яр", 48.5937, 37.8580, "PPLA3", "05", 12557),
    (1000005, "Bilozerka", "Ivanivka,Білозерка", 46.6294, 32.4410, "PPLA3", "08", 9800),
    (1000006, "Ivanivka", "Іванівка,Ивановка", 46.7200, 34.5500, "PPL", "08", 300),
    (1000007, "Center", "Центр", 48.3, 37.1, "PPL", "05", 100),
    (1000008, "Semenukha", "Семенуха", 50.1, 33.1, "PPL", "18", 40),
    (1000009, "Horlivka", "Горлівка,Горловка", 48.3336, 38.0925, "PPLA2", "05", 239828),
    (1000010, "Nova Kakhovka", "Нова Каховка", 46.7545, 33.3489, "PPLA3", "08", 45069),
    (1000011, "Kakhovka", "Каховка", 46.8140, 33.4867, "PPLA2", "08", 35400),
    (1000012, "Oskil", "Оскіл", 49.02, 37.42, "STM", "07", 0),
    (1000013, "Kharkiv Oblast", "Харківська область", 49.5, 36.5, "ADM1", "07", 0),
    (1000014, "Old Mill", "", 48.5, 37.5, "MLL", "05", 0),
)


def geonames_line(row: tuple[int, str, str, float, float, str, str, int]) -> str:
    """A row as GeoNames writes it: 19 columns."""
    identity, name, others, lat, lon, feature, admin1, population = row
    first = {"STM": "H", "ADM1": "A", "MLL": "S"}.get(feature, "P")
    cells = [
        str(identity), name, name, others, str(lat), str(lon), first, feature, "UA", "", admin1, "", "", "",
        str(population), "", "0", "Europe/Kyiv", "2026-01-01",
    ]  # fmt: skip
    return "\t".join(cells)


def box(code: str, name: str, sides: tuple[float, float, float, float]) -> dict[str, object]:
    """A rectangular admin unit between west, south, east and north."""
    west, south, east, north = sides
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"shapeName": name, "shapeISO": code, "shapeGroup": "UKR"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


BOXES = {
    "type": "FeatureCollection",
    "features": [
        box("UA-63", "Kharkiv Oblast", (34.8, 49.1, 38.1, 50.5)),
        box("UA-14", "Donetsk Oblast", (36.5, 47.0, 38.7, 49.1)),
        box("UA-09", "Luhansk Oblast", (38.7, 47.8, 40.2, 49.9)),
        box("UA-65", "Kherson Oblast", (31.5, 46.0, 35.2, 47.5)),
    ],
}


@pytest.fixture(scope="session")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A GeoNames dump of the places."""
    file = tmp_path_factory.mktemp("dump") / "UA.txt"
    file.write_text("\n".join(geonames_line(p) for p in PLACES) + "\n", encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def boundaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four rectangular oblasts."""
    file = tmp_path_factory.mktemp("adm") / "adm1.geojson"
    file.write_text(json.dumps(BOXES), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def gazetteer(dump: Path, boundaries: Path, tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    """The gazetteer built from both."""
    file = tmp_path_factory.mktemp("gazetteer") / "ua.gazetteer"
    build([dump, boundaries], file, near_km=0)
    return open_gazetteer(file)


@pytest.fixture(scope="session")
def theatre() -> Theatre:
    """A theatre with two sides, two areas, a border and a renamed town."""
    return Theatre(
        key="test",
        name="Test",
        timezone="Europe/Kyiv",
        first_day=date(2022, 2, 24),
        languages=("en", "uk", "ru"),
        countries=("UA",),
        sides=(
            Side(key="UA", name="Ukraine", colour="#00f", demonyms=("Ukrainian",), names=("Ukraine", "Kyiv", "Kiev")),
            Side(
                key="RU", name="Russia", colour="#f00", demonyms=("Russian",), names=("Russia", "Moscow"),
                people=("Sergei Shoigu",),
            ),
        ),
        default_side="UA",
        default_side_by_country={"UA": "UA", "RU": "RU"},
        claimed_admin1={"UA-43": "UA", "UA-40": "UA"},
        start_line={"RU": ({"admin1": ["UA-09"]},)},
        areas=(
            Area(key="donbas", type="region", names=("Donbas",), rule={"admin1": ["UA-14", "UA-09"]}),
            Area(key="snake", type="feature", names=("Snake Island",), rule={"point": [30.2, 45.255], "radius_km": 1}),
            Area(key="axis", type="direction", names=("Lyman axis",), rule={"buffer_km": 20, "of": ["Lyman"]}),
            Area(key="pair", type="region", names=("the pair",), rule={"buffer_km": 10, "of": [707292, "Lyptsi"]}),
        ),
        borders=(Border(name="Russian border", countries=("UA", "RU")),),
        renamed=(("Artemivsk", "Bakhmut", date(2016, 2, 4)),),
    )  # fmt: skip


@pytest.fixture(scope="session")
def finder(gazetteer: Gazetteer, theatre: Theatre) -> Finder:
    """The finder of the small gazetteer."""
    return Finder(gazetteer, theatre)


@pytest.fixture(scope="session")
def resolver(gazetteer: Gazetteer, theatre: Theatre) -> Resolver:
    """The resolver of the small gazetteer."""
    return Resolver(gazetteer, theatre)
