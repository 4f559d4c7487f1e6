"""Gazetteers are built from every source, opened, and refuse what they cannot use."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from whoholds.errors import GazetteerError
from whoholds.locate import Gazetteer, build, default_gazetteer, open_gazetteer
from whoholds.model import Theatre

from .conftest import PLACES, geonames_line


def test_what_the_file_holds(gazetteer: Gazetteer) -> None:
    izyum = gazetteer.place(707292)
    assert (izyum.name, izyum.country, izyum.admin1, izyum.population) == ("Izyum", "UA", "UA-63", 45884)
    assert 1000014 not in set(gazetteer.ids.tolist())  # a mill is no place


@pytest.mark.parametrize("name", ["Izium", "Izyum", "Изюм", "Ізюмом", "IZIUM", "Ізюм"])
def test_names_lead_to_the_place(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.by_name(name)[0].id == 707292


def test_a_main_name_comes_before_a_former_one(gazetteer: Gazetteer) -> None:
    found = [p.name for p in gazetteer.by_name("Ivanivka")]
    assert found == ["Ivanivka", "Bilozerka"]


def test_an_unknown_name_leads_nowhere(gazetteer: Gazetteer) -> None:
    assert gazetteer.by_name("Atlantis") == ()
    with pytest.raises(KeyError):
        gazetteer.place(42)


def test_living_places_of_a_country(gazetteer: Gazetteer) -> None:
    table = gazetteer.places_of("UA")
    assert len(table.ids) == len(table.names) == len(table.lat) == sum(p[5].startswith("PPL") for p in PLACES)
    assert not len(gazetteer.places_of("FR").ids)


@pytest.mark.parametrize("kind", ["gz", "zip"])
def test_packed_dumps(dump: Path, tmp_path: Path, kind: str) -> None:
    packed = tmp_path / f"UA.{kind}"
    if kind == "gz":
        packed.write_bytes(gzip.compress(dump.read_bytes()))
    else:
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("readme.txt", "read me " * 2000)
            archive.writestr("UA.txt", dump.read_bytes())
    report = build([packed], tmp_path / "g", near_km=0)
    assert report.n_places == len(PLACES) - 1
    assert report.bytes == (tmp_path / "g").stat().st_size
    assert open_gazetteer(tmp_path / "g").by_name("Lyptsi")


def test_language_tagged_names(dump: Path, tmp_path: Path) -> None:
    names = tmp_path / "alternateNamesV2.txt"
    names.write_text("1\t705497\ten\tKodemka\t\t\t\t\t\t\n2\t705497\tfr\tCodème\t\t\t\t\t\t\n", encoding="utf-8")
    build([dump, names], tmp_path / "g", near_km=0)
    opened = open_gazetteer(tmp_path / "g")
    assert [p.id for p in opened.by_name("Kodemka")] == [705497]
    assert opened.by_name("Codème") == ()


def test_a_layer_of_places(tmp_path: Path) -> None:
    places = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "Нове Село", "name:en": "Nove Selo", "place": "village", "population": "120"},
                "geometry": {"type": "Point", "coordinates": [37.1, 49.3]},
            }
        ],
    }
    file = tmp_path / "osm.geojson"
    file.write_text(json.dumps(places), encoding="utf-8")
    build([file], tmp_path / "g", near_km=0)
    place = open_gazetteer(tmp_path / "g").by_name("Нового Села")[0]
    assert place.id < 0
    assert (place.name, place.population, place.admin1) == ("Nove Selo", 120, "UA-63")


def test_building_twice_gives_the_same_bytes_of_names(dump: Path, tmp_path: Path) -> None:
    shuffled = tmp_path / "shuffled.txt"
    shuffled.write_text("\n".join(reversed(dump.read_text("utf-8").splitlines())), encoding="utf-8")
    for source, out in ((dump, "a"), (shuffled, "b")):
        build([source], tmp_path / out, near_km=0)
    with np.load(tmp_path / "a") as a, np.load(tmp_path / "b") as b:
        assert all((a[k] == b[k]).all() for k in a.files)


def test_the_default_needs_no_download(theatre: Theatre, tmp_path: Path) -> None:
    first = default_gazetteer(("AM",), cache=tmp_path)
    again = default_gazetteer(("AM",), cache=tmp_path)
    assert first.by_name("Yerevan")[0].country == "AM"
    assert len(list(tmp_path.iterdir())) == 1
    assert len(first.ids) == len(again.ids)


def _line(**changes: str) -> str:
    cells = geonames_line(PLACES[0]).split("\t")
    for index, value in changes.items():
        cells[int(index.removeprefix("c"))] = value
    return "\t".join(cells)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("a\tb\n", "columns"),
        (_line(c4="north") + "\n", "line 1"),
        (_line() + "\nshort\trow\n", "line 2"),
        (_line(c6="S", c7="MLL") + "\n", "holds a place"),
        ("", "columns"),
    ],
)
def test_dumps_that_cannot_be_used(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "bad.txt"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(GazetteerError, match=says) as caught:
        build([file], tmp_path / "g", near_km=0)
    assert caught.value.remedy
    assert not (tmp_path / "g").exists()


def test_a_truncated_archive(dump: Path, tmp_path: Path) -> None:
    file = tmp_path / "UA.txt.gz"
    file.write_bytes(gzip.compress(dump.read_bytes())[:-40])
    with pytest.raises(GazetteerError, match="truncated"):
        build([file], tmp_path / "g", near_km=0)


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="does not exist"):
        build([tmp_path / "none.txt"], tmp_path / "g")


def test_broken_geojson(dump: Path, tmp_path: Path) -> None:
    file = tmp_path / "adm.geojson"
    file.write_text('{"type": "FeatureCollection", "features": [', encoding="utf-8")
    with pytest.raises(GazetteerError, match="cannot be read"):
        build([dump, file], tmp_path / "g", near_km=0)


@pytest.mark.parametrize("content", [b"", b"no gazetteer at all", b"PK\x03\x04 cut"])
def test_files_that_are_no_gazetteer(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.gazetteer"
    file.write_bytes(content)
    with pytest.raises(GazetteerError, match="no gazetteer"):
        open_gazetteer(file)


def test_a_gazetteer_that_is_missing_or_of_another_version(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match="There is no gazetteer"):
        open_gazetteer(tmp_path / "none")
    with (tmp_path / "old").open("wb") as old:
        np.savez_compressed(old, format=np.array([1]))
    with pytest.raises(GazetteerError, match="another version"):
        open_gazetteer(tmp_path / "old")
