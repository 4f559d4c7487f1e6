"""Tables in the columns of other datasets: filled where we know, empty where we do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.tell.layouts import HOSTILE, SETTING, claims, read_csv
from tests.tell.made import THEATRE, series, told
from whoholds.model import Kind, Side
from whoholds.tell.exports import acled, ged, viina
from whoholds.tell.exports.columns import Column, names
from whoholds.tell.exports.table import cell, write_table


def words(text: str) -> list[str]:
    """Names that stand one after the other."""
    return text.split()


def test_viina_has_a_row_for_every_place_and_day(tmp_path: Path) -> None:
    """In VIINA's order of columns; other maps' columns are there and empty."""
    n = viina.write_viina(series(), tmp_path / "v.csv")
    rows = read_csv(tmp_path / "v.csv")
    assert n == len(rows) == 15
    assert list(rows[0]) == ["geonameid", "date", "status_wiki", "status_boost", "status_dsm", "status_isw", "status"]
    izium = {row["date"]: row["status"] for row in rows if row["geonameid"] == "707292"}
    assert izium == {"20220908": "RU", "20220909": "RU", "20220910": "UA", "20220911": "UA", "20220912": "UA"}
    assert {row["status_isw"] for row in rows} == {""}


def test_viina_leaves_out_what_geonames_does_not_have(tmp_path: Path) -> None:
    """And writes contested in capitals, unknown as nothing."""
    table = series()
    ids, status = table.ids.copy(), table.status.copy()
    ids[1] = -5
    status[2, :2] = (2, 3)
    viina.write_viina(replace(table, ids=ids, status=status), tmp_path / "v.csv")
    rows = read_csv(tmp_path / "v.csv")
    assert {row["geonameid"] for row in rows} == {"707292", "703448"}
    assert [row["status"] for row in rows if row["geonameid"] == "703448"][:3] == ["CONTESTED", "", "UA"]


def test_acled_has_the_published_columns_in_order(tmp_path: Path) -> None:
    """As ACLED's exports of 2024 have them."""
    acled.write_acled(claims(), SETTING, tmp_path / "a.csv")
    assert list(read_csv(tmp_path / "a.csv")[0]) == words(
        "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
        "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country "
        "admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities "
        "tags timestamp "
    )


def test_acled_joins_what_two_outlets_say_of_one_event(tmp_path: Path) -> None:
    """Rumours and denials are no events; no row has deaths."""
    assert acled.write_acled(claims(), SETTING, tmp_path / "a.csv") == 4
    rows = {row["sub_event_type"]: row for row in read_csv(tmp_path / "a.csv")}
    gain = rows["Government regains territory"]
    assert gain["source"] == "Oskil Dispatch; Steppe Courier"
    assert (gain["location"], gain["admin1"], gain["country"], gain["iso"]) == (
        "Izium",
        "Kharkiv Oblast",
        "Ukraine",
        "804",
    )
    assert (gain["event_date"], gain["time_precision"], gain["geo_precision"]) == ("2022-09-11", "1", "1")
    assert (gain["actor1"], gain["inter1"], gain["event_type"]) == ("Ukraine", "State forces", "Battles")
    assert gain["timestamp"] == "1662854400"
    assert "witnesses=2" in gain["tags"]
    left = rows["Non-violent transfer of territory"]
    assert (left["actor1"], left["actor2"], left["disorder_type"]) == ("", "Russia", "Strategic developments")
    assert (gain["actor2"], gain["inter2"]) == ("", "")
    assert "acknowledged" in left["tags"]
    region = rows["Armed clash"]
    assert (region["geo_precision"], region["location"], region["latitude"]) == ("3", "Kharkiv region", "49.5")
    assert {row["fatalities"] for row in rows.values()} == {""}


def test_acled_takes_a_foreign_side_for_no_government() -> None:
    """And an attempt for a clash; every kind has a sub-event type, every sub-event type its event type."""
    assert acled.sub_event_type(told(side="RU").claim, THEATRE) == "Non-state actor overtakes territory"
    assert acled.sub_event_type(replace(told().claim, failed=True), THEATRE) == "Armed clash"
    for kind in Kind:
        assert acled.sub_event_type(told(kind).claim, THEATRE) in acled.EVENT_TYPES
    assert [kind for kind, _, _ in acled.MAPPING] == list(Kind)


def test_acled_ids_are_those_of_the_event(tmp_path: Path) -> None:
    """The same, whatever else is exported and in whatever order."""
    acled.write_acled(claims(), SETTING, tmp_path / "a.csv")
    acled.write_acled(claims()[::-1], SETTING, tmp_path / "b.csv")
    one, other = ({r["event_id_cnty"] for r in read_csv(tmp_path / name)} for name in ("a.csv", "b.csv"))
    assert one == other
    assert len(one) == 4
    assert all(key.startswith("UKR") and key[3:].isdigit() for key in one)


def test_a_place_abroad_has_no_country_of_ours(tmp_path: Path) -> None:
    """Nothing is known of it but its coordinates."""
    acled.write_acled([told()], replace(SETTING, places={}), tmp_path / "a.csv")
    row = read_csv(tmp_path / "a.csv")[0]
    assert (row["country"], row["iso"], row["admin1"], row["latitude"]) == ("", "", "", "49.2")


def test_ged_has_the_published_columns_in_order(tmp_path: Path) -> None:
    """As UCDP GED 24 has them."""
    ged.write_ged(claims(), SETTING, tmp_path / "g.csv")
    assert list(read_csv(tmp_path / "g.csv")[0]) == words(
        "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id "
        "conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id "
        "side_b_new_id side_b number_of_sources source_article source_office source_date source_headline "
        "source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude "
        "geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a "
        "deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob "
    )


def test_ged_lists_force_and_leaves_deaths_empty(tmp_path: Path) -> None:
    """Fighting is state-based; whom fire was meant for is not read."""
    assert ged.write_ged(claims(), SETTING, tmp_path / "g.csv") == 2
    fire, clash = read_csv(tmp_path / "g.csv")
    assert (fire["type_of_violence"], clash["type_of_violence"]) == ("", "1")
    assert (fire["side_a"], fire["side_b"], fire["dyad_name"]) == ("Ukraine", "Russia", "Ukraine - Russia")
    assert (fire["where_prec"], clash["where_prec"]) == ("1", "4")
    assert fire["geom_wkt"] == "POINT (37.3 49.2)"
    assert fire["priogrid_gid"] == str(278 * 720 + 434 + 1)
    assert {row[name] for row in (fire, clash) for name in ged.DEATHS} == {""}
    assert fire["code_status"] == "Check deaths"
    assert fire["id"].isdigit() and fire["id"] != clash["id"]


def test_ged_with_three_sides_names_one(tmp_path: Path) -> None:
    """Against whom is not read."""
    three = replace(THEATRE, sides=(*THEATRE.sides, Side(key="X", name="Third", colour="#000000")))
    ged.write_ged([told(Kind.ATTACK, side="RU")], replace(SETTING, theatre=three), tmp_path / "g.csv")
    row = read_csv(tmp_path / "g.csv")[0]
    assert (row["side_a"], row["side_b"], row["dyad_name"]) == ("Russia", "", "")


def test_a_day_that_no_text_gives_is_not_exact(tmp_path: Path) -> None:
    """The report's day stands for it, until it became known."""
    one = told(Kind.ATTACK)
    vague = replace(one, claim=replace(one.claim, date=None), known_day=date(2022, 9, 12))
    acled.write_acled([vague], SETTING, tmp_path / "a.csv")
    ged.write_ged([vague], SETTING, tmp_path / "g.csv")
    assert read_csv(tmp_path / "a.csv")[0]["time_precision"] == "2"
    row = read_csv(tmp_path / "g.csv")[0]
    assert (row["date_prec"], row["date_start"], row["date_end"]) == ("2", "2022-09-11", "2022-09-12")


@pytest.mark.parametrize("write", [acled.write_acled, ged.write_ged])
def test_no_cell_starts_a_formula(write: object, tmp_path: Path) -> None:
    """Whatever an outlet calls itself."""
    write(claims(), SETTING, tmp_path / "t.csv")  # type: ignore[operator]
    cells = [value for row in read_csv(tmp_path / "t.csv") for value in row.values()]
    assert any(HOSTILE[1:10] in value for value in cells)
    assert not [value for value in cells if value.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert not [value for value in cells if "\x07" in value]


def test_numbers_are_no_formulas() -> None:
    """A longitude west of Greenwich stays a number."""
    assert [cell(v) for v in (-3.5, "-3.5", "\t=1", False, None)] == [-3.5, "'-3.5", "'\t=1", 0, ""]


def test_a_value_without_a_column_is_no_silence(tmp_path: Path) -> None:
    """It is an error of ours."""
    with pytest.raises(KeyError, match="lost"):
        write_table((Column(name="kept", what="x"),), [{"lost": 1}], tmp_path / "t.csv")


@pytest.mark.parametrize("columns", [viina.COLUMNS, acled.COLUMNS, ged.COLUMNS])
def test_every_column_says_what_it_is(columns: tuple[Column, ...]) -> None:
    """And no name stands twice."""
    assert len(set(names(columns))) == len(columns)
    assert all(c.what for c in columns)
